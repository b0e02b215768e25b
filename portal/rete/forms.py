"""Forms of the Rete: what an ente asks and whom it names, what the office decides."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from ..fields import OBBLIGATORIO, DataField, ModuloBase, scelte
from ..i18n import _, _l
from . import rules
from .operations import DatiRappresentante

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


def numero(testo: str | None) -> int:
    """The version that a hidden field carried: -1, which no row has, for anything else."""
    giusto = testo is not None and len(testo) <= 9 and testo.isascii() and testo.isdigit()
    return int(testo) if testo and giusto else -1
