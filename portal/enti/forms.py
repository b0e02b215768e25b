from __future__ import annotations

from wtforms import (
    EmailField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    URLField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from ..fields import OBBLIGATORIO, CodiceFiscaleEnteField, DataField, ModuloBase, scelte
from ..i18n import _l
from ..parole import parola_ruolo
from ..utenti.models import DELL_ENTE
from . import rules
from .models import SezioneRunts, TipoEnte

INDIRIZZO = Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message=_l("Scrivi un indirizzo come nome@dominio.it."))


class Spunte(SelectMultipleField):
    """Several choices as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Natura(ModuloBase):
    """What a body outside the RUNTS is."""

    tipo = RadioField(
        _l("Che cosa siete?"),
        [InputRequired(_l("Scegli che cosa siete."))],
        coerce=TipoEnte,
        choices=lambda: scelte((t.value, rules.TIPI[t]) for t in rules.FUORI_DAL_REGISTRO),
    )


class Identita(ModuloBase):
    codice_fiscale = CodiceFiscaleEnteField(
        _l("Codice fiscale dell’ente"),
        [DataRequired(OBBLIGATORIO)],
        description=_l("Le 11 cifre dell’ente, non il codice di una persona."),
    )


class DatiEnte(ModuloBase):
    """What is asked of every body, whatever it is."""

    denominazione = StringField(_l("Come si chiama l’ente?"), [DataRequired(OBBLIGATORIO), Length(max=300)])
    forma_giuridica = StringField(
        _l("Forma giuridica"), [Optional(), Length(max=300)], description=_l("Per esempio: associazione riconosciuta.")
    )
    pec = EmailField(
        _l("PEC dell’ente"),
        [DataRequired(OBBLIGATORIO), INDIRIZZO, Length(max=300)],
        description=_l("L’indirizzo di posta certificata a cui l’ente riceve gli atti."),
    )
    sito = URLField(_l("Sito"), [Optional(), Length(max=300), Regexp(r"^https?://\S+$", message=_l("Inizia con https://"))])
    telefono = StringField(
        _l("Telefono"), [Optional(), Length(max=40), Regexp(r"^[+\d][\d ./-]{4,}$", message=_l("Scrivi solo cifre."))]
    )
    indirizzo = StringField(_l("Via e numero della sede legale"), [Optional(), Length(max=300)])
    cap = StringField(_l("CAP"), [Optional(), Regexp(r"^\d{5}$", message=_l("Il CAP ha 5 cifre."))])
    comune = StringField(_l("Comune della sede legale"), [DataRequired(OBBLIGATORIO), Length(max=300)])
    provincia = StringField(
        _l("Provincia"),
        [DataRequired(OBBLIGATORIO), Regexp(r"^[A-Za-z]{2}$", message=_l("Due lettere, per esempio LE."))],
        filters=[lambda testo: testo.upper() if testo else testo],
    )

    def dati(self) -> dict[str, str | None]:
        """Values of the ente's own columns."""
        return {nome: campo.data or None for nome, campo in self._fields.items() if nome in _COLONNE}


_COLONNE = frozenset(
    {"denominazione", "forma_giuridica", "pec", "sito", "telefono", "indirizzo", "cap", "comune", "provincia"}
)


class Statuto(ModuloBase):
    """What an ETS may do: the letters of art. 5 are asked of no other body."""

    attivita = Spunte(
        _l("Attività di interesse generale dello statuto"),
        [InputRequired(_l("Scegli almeno un’attività."))],
        description=_l("Art. 5 del Codice del Terzo settore: scegli quelle scritte nello statuto."),
        choices=[],
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.attivita.choices = scelte((lettera, f"{lettera}) {nome}") for lettera, nome in rules.ATTIVITA.items())


class Modifica(DatiEnte):
    versione = HiddenField(validators=[DataRequired()])


class ModificaEts(Modifica, Statuto):
    pass


class ModificaAltro(Modifica, Natura):
    pass


class DatiRunts(ModuloBase):
    sezione = SelectField(
        _l("Sezione del RUNTS"), coerce=SezioneRunts, choices=scelte((s.value, s.value) for s in SezioneRunts)
    )
    repertorio = IntegerField(
        _l("Numero di repertorio"),
        [InputRequired(_l("Scrivi il numero di repertorio, senza punti.")), NumberRange(1, 9_999_999)],
        description=_l("È il numero con cui il RUNTS identifica l’ente."),
    )
    iscritto_il = DataField(_l("Iscritto dal"), [InputRequired(OBBLIGATORIO)])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.sezione.choices = scelte((s.value, str(nome)) for s, nome in rules.SEZIONI.items())


class IscrizioneRunts(Statuto, DatiRunts):
    """What an organisation that has entered the register says of itself."""


class Registrazione(Identita, DatiEnte):
    """What is asked of who registers any body; the person's two fields go when she is logged in."""

    nome = StringField(_l("Nome e cognome di chi rappresenta l’ente"), [DataRequired(OBBLIGATORIO), Length(max=300)])
    email = EmailField(
        _l("E-mail di chi rappresenta l’ente"),
        [DataRequired(OBBLIGATORIO), INDIRIZZO, Length(max=300)],
        description=_l("È l’indirizzo con cui entrerai nel portale."),
    )


class RegistrazioneEts(Registrazione, Statuto, DatiRunts):
    pass


class RegistrazioneAltro(Registrazione, Natura):
    pass


class Invito(ModuloBase):
    nome = StringField(_l("Nome e cognome"), [DataRequired(OBBLIGATORIO), Length(max=300)])
    email = EmailField(_l("E-mail"), [DataRequired(OBBLIGATORIO), INDIRIZZO, Length(max=300)])
    ruolo = SelectField(_l("Che cosa può fare?"), choices=scelte((r.value, r.value) for r in DELL_ENTE))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.ruolo.choices = scelte((r.value, parola_ruolo(r)) for r in reversed(DELL_ENTE))
