"""Forms of the minute: its texts, remarks and answers, approval, signature, words left out, correction."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import HiddenInput

from ..fields import OBBLIGATORIO, ModuloBase, scelte
from ..i18n import _l
from .rules import parole


class ModuloSommario(ModuloBase):
    sommario = StringField(_l("In una frase, che cosa si è deciso?"), [DataRequired(OBBLIGATORIO), Length(max=300)])
    versione = IntegerField(widget=HiddenInput(), default=0)


class ModuloParte(ModuloBase):
    testo = TextAreaField(_l("Che cosa scrive il verbale?"), [Length(max=100_000)])
    versione = IntegerField(widget=HiddenInput(), default=0)

    @property
    def scritto(self) -> str:
        """With the line ends that the database keeps, whatever the browser sends."""
        return (self.testo.data or "").replace("\r\n", "\n")


class ModuloOsservazione(ModuloBase):
    seggio_id = SelectField(_l("Per chi?"), coerce=int)
    testo = TextAreaField(_l("Che cosa va cambiato, e dove?"), [DataRequired(OBBLIGATORIO), Length(max=10_000)])


class ModuloRisposta(ModuloBase):
    esito = RadioField(
        _l("Come si risponde?"), [DataRequired(OBBLIGATORIO)], choices=scelte(parole.ESITI.items()), default=None
    )
    risposta = TextAreaField(_l("Con quale risposta?"), [DataRequired(OBBLIGATORIO), Length(max=10_000)])


class ModuloApprova(ModuloBase):
    punto = SelectField(_l("In quale punto di quale seduta l’organo l’ha approvato?"), coerce=int)


class ModuloFirma(ModuloBase):
    file = FileField(_l("Scegli il file firmato"), description=_l("PDF oppure PDF firmato (.p7m), al massimo 20 MB."))


class ModuloOmissis(ModuloBase):
    testo = StringField(_l("Quali parole si tolgono?"), [DataRequired(OBBLIGATORIO), Length(max=300)])
    motivo = StringField(_l("Per quale motivo?"), [DataRequired(OBBLIGATORIO), Length(max=300)])


class ModuloRettifica(ModuloBase):
    decisione = SelectField(_l("Con quale decisione si corregge?"), coerce=int)
    testo = TextAreaField(_l("Che cosa si corregge?"), [DataRequired(OBBLIGATORIO), Length(max=10_000)])


class ModuloConferma(ModuloBase):
    """Only the token: a page that asks to confirm."""
