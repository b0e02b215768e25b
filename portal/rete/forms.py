"""Forms of the Rete: what an ente asks and whom it names, what the office decides."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ..fields import OBBLIGATORIO, DataField, DataOraField, ModuloBase, scelte
from ..i18n import _, _l
from . import rules
from .models import Parita
from .operations import DatiRappresentante
from .operations.elezioni import DatiElezione
from .rules import elezioni

LUNGO = Length(max=4000, message=_l("Usa al massimo 4.000 caratteri."))
RIGA = Length(max=300, message=_l("Usa al massimo 300 caratteri."))
SCEGLI = InputRequired(_l("Scegli una risposta."))


class ModuloCategoria(ModuloBase):
    nome = StringField(_l("Come si chiama la categoria?"), [DataRequired(OBBLIGATORIO), RIGA])


class ModuloCategoriaEsistente(ModuloCategoria):
    ordine = IntegerField(_l("In quale posto dell’elenco?"), [InputRequired(OBBLIGATORIO), NumberRange(0, 1000)])
    aperta = BooleanField(_l("Si può ancora chiedere di entrare in questa categoria"))
    versione = HiddenField()


class ModuloRichiesta(ModuloBase):
    categoria = RadioField(_l("In quale categoria?"), [SCEGLI], coerce=int)
    presentazione = TextAreaField(_l("Che cosa fa l’ente nei Comuni dell’Ambito?"), [DataRequired(OBBLIGATORIO), LUNGO])
    dichiara = BooleanField(rules.DICHIARAZIONE)

    def fra(self, categorie: Iterable[tuple[int, str]]) -> None:
        self.categoria.choices = scelte(categorie)


class ModuloMotivo(ModuloBase):
    motivo = TextAreaField(_l("Vuoi dire perché?"), [LUNGO])


class ModuloDecisione(ModuloBase):
    esito = RadioField(
        _l("L’ente entra nella Rete?"),
        [SCEGLI],
        choices=lambda: scelte([("si", _("Sì, è ammesso")), ("no", _("No, la richiesta è respinta"))]),
    )
    categoria = SelectField(_l("In quale categoria entra?"), coerce=int)
    motivo = TextAreaField(_l("Perché?"), [LUNGO])
    atto = StringField(_l("Con quale atto?"), [DataRequired(OBBLIGATORIO), RIGA])
    versione = HiddenField()

    def fra(self, categorie: Iterable[tuple[int, str]]) -> None:
        self.categoria.choices = scelte(categorie)


class ModuloStorico(ModuloBase):
    codice_fiscale = StringField(_l("Qual è il codice fiscale dell’ente?"), [DataRequired(OBBLIGATORIO), Length(max=16)])
    categoria = SelectField(_l("In quale categoria?"), coerce=int)
    ammessa_il = DataField(_l("Da quando è nella Rete?"), [DataRequired(OBBLIGATORIO)])
    atto = StringField(_l("Con quale atto?"), [DataRequired(OBBLIGATORIO), RIGA])

    def fra(self, categorie: Iterable[tuple[int, str]]) -> None:
        self.categoria.choices = scelte(categorie)


class ModuloPosto(ModuloBase):
    seggio_id = SelectField(_l("Su quale posto?"), coerce=int)
    dal = DataField(_l("Da quando?"), [DataRequired(OBBLIGATORIO)])
    atto = StringField(_l("Con quale atto?"), [DataRequired(OBBLIGATORIO), RIGA])

    def fra(self, posti: Iterable[tuple[int, str, str]]) -> None:
        """Free seats: id, body, name of the seat."""
        self.seggio_id.choices = [SelectChoice(str(s), nome, optgroup=organo) for s, organo, nome in posti]


class ModuloEsclusione(ModuloBase):
    motivo = TextAreaField(_l("Perché l’ente è escluso?"), [DataRequired(OBBLIGATORIO), LUNGO])
    atto = StringField(_l("Con quale atto?"), [DataRequired(OBBLIGATORIO), RIGA])
    versione = HiddenField()


class ModuloRappresentante(ModuloBase):
    tipo = RadioField(
        _l("Chi è?"),
        [SCEGLI],
        choices=lambda: scelte([("titolare", _("Chi ci rappresenta")), ("delegato", _("Chi lo sostituisce, con delega"))]),
    )
    qualita = StringField(_l("In quale veste? (lo leggono tutti)"), [DataRequired(OBBLIGATORIO), RIGA])
    nome = StringField(_l("Nome e cognome (lo legge solo l’Ufficio)"), [DataRequired(OBBLIGATORIO), RIGA])
    utente = SelectField(_l("Con quale accesso al portale?"), coerce=int)
    delega = StringField(_l("Con quale delega scritta?"), [RIGA])
    dal = DataField(_l("Da quando?"), [DataRequired(OBBLIGATORIO)])
    al = DataField(_l("Fino a quando?"), [Optional()])

    def fra(self, persone: Iterable[tuple[int, str]]) -> None:
        """The people of the ente who have an access, and the one who has none."""
        self.utente.choices = scelte([(0, _("Nessuno")), *persone])

    def dati(self) -> DatiRappresentante:
        return DatiRappresentante(
            self.qualita.data, self.nome.data, self.dal.data, self.al.data,
            delegato=self.tipo.data == "delegato", delega=self.delega.data or "", utente_id=self.utente.data or None,
        )  # fmt: skip


class ModuloFine(ModuloBase):
    al = DataField(_l("Qual è l’ultimo giorno?"), [DataRequired(OBBLIGATORIO)])


class ModuloElezione(ModuloBase):
    titolo = StringField(_l("Che cosa si elegge?"), [DataRequired(OBBLIGATORIO), RIGA])
    seggi = IntegerField(_l("Quanti posti ci sono?"), [InputRequired(OBBLIGATORIO), NumberRange(1, 50)])
    preferenze = IntegerField(_l("Quante preferenze può dare ogni ente?"), [InputRequired(OBBLIGATORIO), NumberRange(1, 50)])
    parita = RadioField(
        _l("Come si decide se due hanno gli stessi voti?"), [SCEGLI], choices=lambda: scelte(elezioni.PARITA.items())
    )
    elettorato_al = DataField(_l("Vota chi era nella Rete in quale giorno?"), [DataRequired(OBBLIGATORIO)])
    candidature_entro = DataOraField(_l("Fino a quando ci si candida?"), [DataRequired(OBBLIGATORIO)])
    voto_dal = DataOraField(_l("Da quando si vota?"), [DataRequired(OBBLIGATORIO)])
    voto_al = DataOraField(_l("Fino a quando si vota?"), [DataRequired(OBBLIGATORIO)])
    mandato_al = DataField(_l("Fino a quando resta chi è eletto?"), [DataRequired(OBBLIGATORIO)])

    def dati(self) -> DatiElezione:
        valori = {c.short_name: c.data for c in self if c.short_name not in ("csrf_token", "parita")}
        return DatiElezione(parita=Parita(self.parita.data), **valori)


class ModuloCandidatura(ModuloBase):
    presentazione = TextAreaField(_l("Perché votarvi? (lo leggono tutti)"), [DataRequired(OBBLIGATORIO), LUNGO])
    dichiara = BooleanField(elezioni.DICHIARAZIONE)


class Spunte(SelectMultipleField):
    """Several choices as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ModuloVoto(ModuloBase):
    preferenze = Spunte(_l("Chi scegli?"), coerce=int)
    conferma = HiddenField()

    def fra(self, candidati: Iterable[tuple[int, str]]) -> None:
        self.preferenze.choices = scelte(candidati)


class ModuloAnnulla(ModuloBase):
    motivo = TextAreaField(_l("Perché l’elezione è annullata?"), [DataRequired(OBBLIGATORIO), LUNGO])


class ModuloAtto(ModuloBase):
    atto = StringField(_l("Con quale atto?"), [DataRequired(OBBLIGATORIO), RIGA])


def numero(testo: str | None) -> int:
    """The version that a hidden field carried: -1, which no row has, for anything else."""
    giusto = testo is not None and len(testo) <= 9 and testo.isascii() and testo.isdigit()
    return int(testo) if testo and giusto else -1
