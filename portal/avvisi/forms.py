"""Forms of the office: one group of questions a page. A part with many rows is a list with a blank row to add one."""

from __future__ import annotations

from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ..fields import OBBLIGATORIO, DataOraField, EuroField, ModuloBase, scelte
from ..i18n import _, _l
from . import rules
from .models import TipoAvviso, TipoRequisito

LUNGO = Length(max=60_000, message=_l("Il testo è troppo lungo: al massimo 60.000 caratteri."))

REQUISITI = {
    TipoRequisito.ISCRIZIONE_RUNTS: _l("iscrizione al RUNTS"),
    TipoRequisito.ISCRIZIONE_MESI: _l("iscrizione da tanti mesi"),
    TipoRequisito.SEZIONE_RUNTS: _l("sezione del RUNTS"),
    TipoRequisito.ATTIVITA_STATUTARIA: _l("attività dello statuto (lettere dell’art. 5)"),
    TipoRequisito.BOLLO: _l("imposta di bollo"),
    TipoRequisito.ASSENZA_ESCLUSIONI: _l("nessuna causa di esclusione"),
    TipoRequisito.ESPERIENZA: _l("esperienza"),
    TipoRequisito.DOPPIO_FINANZIAMENTO: _l("nessun doppio finanziamento"),
    TipoRequisito.ALTRO: _l("altro"),
}


class Spunte(SelectMultipleField):
    """Several choices as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Nuovo(ModuloBase):
    titolo = StringField(_l("Come si chiama l’avviso?"), [DataRequired(OBBLIGATORIO), Length(max=300)])
    tipo = SelectField(_l("Con quale strumento?"), coerce=TipoAvviso, choices=scelte((t.value, t.value) for t in TipoAvviso))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tipo.choices = scelte((t.value, f"{nome} ({rules.NORME[t]})") for t, nome in rules.TIPI.items())


class Versionato(ModuloBase):
    versione = HiddenField(validators=[DataRequired()])


class Testi(Versionato):
    titolo = StringField(_l("Titolo"), [DataRequired(OBBLIGATORIO), Length(max=300)])
    sommario = TextAreaField(_l("In una frase: chi cercate e per fare che cosa?"), [LUNGO])
    oggetto = TextAreaField(_l("Oggetto"), [LUNGO])
    base_giuridica = TextAreaField(_l("Base giuridica"), [LUNGO])
    testo = TextAreaField(_l("Testo dell’avviso"), [LUNGO])
    fasi = TextAreaField(_l("Fasi del procedimento"), [LUNGO])
    privacy = TextAreaField(_l("Dati personali"), [LUNGO])


class Risorse(Versionato):
    risorse = EuroField(_l("Quanto denaro mette l’Ambito?"), [Optional()])
    risorse_nota = TextAreaField(_l("Da quali fondi viene?"), [LUNGO])
    scheda_id = SelectField(_l("Da quale scheda del piano nasce?"), coerce=int, choices=[], validate_choice=False)
    priorita = Spunte(_l("Da quali priorità dei tavoli nasce?"), coerce=int)
    durata = StringField(_l("Quanto dura il partenariato?"), [Optional(), Length(max=300)])
    termine = DataOraField(_l("Fino a quando si può presentare?"), [Optional()], description=_l("Giorno e ora di Roma."))
    rup = StringField(_l("Chi è il responsabile del procedimento?"), [Optional(), Length(max=300)])
    contatti = TextAreaField(_l("A chi si chiedono informazioni?"), [LUNGO])
    atto = StringField(
        _l("Atto che approva l’avviso"), [Optional(), Length(max=300)], description=_l("Tipo, numero e data.")
    )
    cup = StringField(_l("CUP"), [Optional(), Length(max=40)])
    soglia = IntegerField(
        _l("Punteggio minimo per essere idonei"),
        [InputRequired(OBBLIGATORIO), NumberRange(0, 100, _l("Scrivi un numero da 0 a 100."))],
    )


class RigaLotto(Form):
    titolo = StringField(_l("Titolo del lotto"), [Length(max=300)])
    per_chi = TextAreaField(_l("Per chi"), [LUNGO])
    esempi = TextAreaField(_l("Esempi di attività"), [LUNGO])
    importo = EuroField(_l("Importo, se diviso"), [Optional()])


class RigaRequisito(Form):
    titolo = StringField(_l("Titolo del requisito"), [Length(max=300)])
    tipo = SelectField(_l("Di che tipo è"), coerce=TipoRequisito, choices=scelte((t.value, t.value) for t in TipoRequisito))
    parametro = StringField(_l("Valore (mesi, lettere, sezioni)"), [Length(max=300)])
    norma = StringField(_l("Norma"), [Length(max=300)])
    testo = TextAreaField(_l("Spiegazione"), [LUNGO])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tipo.choices = scelte((t.value, str(nome)) for t, nome in REQUISITI.items())


class RigaCriterio(Form):
    titolo = StringField(_l("Criterio"), [Length(max=300)])
    descrizione = TextAreaField(_l("Che cosa si guarda"), [LUNGO])
    peso = IntegerField(_l("Punti al massimo"), [Optional(), NumberRange(1, 100, _l("Scrivi un numero da 1 a 100."))])


class RigaDocumento(Form):
    titolo = StringField(_l("Documento"), [Length(max=300)])
    descrizione = TextAreaField(_l("Che cosa deve contenere"), [LUNGO])
    obbligatorio = BooleanField(_l("È obbligatorio"))


class RigaDichiarazione(Form):
    testo = TextAreaField(_l("Dichiaro che…"), [LUNGO])
    norma = StringField(_l("Norma"), [Length(max=300)])


def modulo_a_righe(riga: type[Form], principale: str) -> type[Versionato]:
    """A form with a list of rows; a row whose ``principale`` field is empty does not count."""

    class Righe(Versionato):
        righe = FieldList(FormField(riga), max_entries=60)

        def piene(self) -> list[dict[str, Any]]:
            """Values of the rows that were filled in; a text left blank is an empty text."""
            scritte = [voce.form for voce in self.righe if str(voce.form[principale].data or "").strip()]
            return [
                {n: "" if c.data is None and c.type in TESTUALI else c.data for n, c in f._fields.items()} for f in scritte
            ]

        def validate(self, extra_validators: Any = None) -> bool:
            vuote = [v for v in self.righe if not str(v.form[principale].data or "").strip()]
            valido = super().validate(extra_validators)
            for voce in vuote:  # an empty row is not an error, a half-filled one is
                altri = [n for n, c in voce.form._fields.items() if n != principale and _scritto(c)]
                if altri:
                    voce.form[principale].errors = [*voce.form[principale].errors, _("Compila anche questo campo.")]
                    valido = False
            return valido and self._numeri_presenti(principale)

        def _numeri_presenti(self, principale: str) -> bool:
            """A criterion with a title needs its points."""
            mancanti = [
                campo
                for voce in self.righe
                for campo in voce.form
                if campo.type == "IntegerField" and campo.data is None and str(voce.form[principale].data or "").strip()
            ]
            for campo in mancanti:
                campo.errors = [*campo.errors, _("Scrivi un numero.")]
            return not mancanti

    return Righe


TESTUALI = ("StringField", "TextAreaField")


def _scritto(campo: Any) -> bool:
    """Did a person write in the field? Choices and ticks have a value by themselves and do not tell."""
    return campo.type not in ("SelectField", "BooleanField") and bool(str(campo.data or "").strip())


RIGHE: dict[str, tuple[type[Form], str]] = {
    "lotti": (RigaLotto, "titolo"),
    "requisiti": (RigaRequisito, "titolo"),
    "criteri": (RigaCriterio, "titolo"),
    "documenti": (RigaDocumento, "titolo"),
    "dichiarazioni": (RigaDichiarazione, "testo"),
}


class Revoca(ModuloBase):
    motivo = TextAreaField(_l("Perché si revoca?"), [DataRequired(OBBLIGATORIO), LUNGO])
