from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ..fields import OBBLIGATORIO, EuroField, ModuloBase, scelte
from ..i18n import _l
from . import rules
from .models import CategoriaCosto


class Spunte(SelectMultipleField):
    """Several choices as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Inizio(ModuloBase):
    ente = SelectField(_l("Per quale ente?"), coerce=int, choices=[])


class Titolo(ModuloBase):
    """Saved even half empty: the task list says what is missing."""

    versione = HiddenField(validators=[InputRequired()])
    titolo = StringField(_l("Come si chiama la proposta?"), [Length(max=300, message=_l("Al massimo 300 caratteri."))])
    lotti = Spunte(_l("A quali lotti rispondete?"), coerce=int, choices=[])


class Testo(ModuloBase):
    """A written section. A text too long is saved and marked, so that nothing typed is lost."""

    versione = HiddenField(validators=[InputRequired()])
    testo = TextAreaField(_l("Testo"), [Length(max=60_000, message=_l("È troppo lungo: al massimo 60.000 caratteri."))])


class VoceDiCosto(ModuloBase):
    versione = HiddenField(default="0", validators=[InputRequired()])
    categoria = SelectField(
        _l("Che tipo di spesa è?"), coerce=CategoriaCosto, choices=scelte((c.value, c.value) for c in CategoriaCosto)
    )
    descrizione = StringField(
        _l("Che cosa pagate?"),
        [DataRequired(OBBLIGATORIO), Length(max=300)],
        description=_l("Per esempio: educatore, 20 ore a settimana per 12 mesi."),
    )
    richiesto = EuroField(_l("Quanto chiedete all’Ambito?"), [Optional()])
    quota_propria = EuroField(_l("Quanto mettete voi?"), [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categoria.choices = scelte((c.value, str(nome)) for c, nome in rules.CATEGORIE.items())


class File(ModuloBase):
    file = FileField(_l("Scegli il file"), description=_l("PDF oppure PDF firmato (.p7m), al massimo 20 MB."))


class Rinvio(ModuloBase):
    motivo = TextAreaField(_l("Che cosa va cambiato?"), [DataRequired(OBBLIGATORIO), Length(max=4000)])


class Presentazione(ModuloBase):
    """The declarations, one tick each: all are needed, and the operation says so."""

    dichiarazioni = Spunte(_l("Dichiaro che"), coerce=int, choices=[])


class Ritiro(ModuloBase):
    motivo = TextAreaField(_l("Perché la ritirate?"), [DataRequired(OBBLIGATORIO), Length(max=4000)])
