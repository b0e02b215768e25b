"""Forms of the bodies: their rules, a seat, a mandate. Percent as Italians write it; blank thresholds do not matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import HiddenInput

from ..fields import OBBLIGATORIO, DataField, EuroField, ModuloBase, scelte
from ..i18n import _l
from .models import Organo
from .operations import DatiRegola, DatiSeggio
from .rules import parole

SOGLIE_FACOLTATIVE = (("", _l("non si conta")), *parole.SOGLIE.items())
REGOLE_VUOTE = 1
INDIRIZZO = Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message=_l("Scrivi un indirizzo come nome@dominio.it."))
NUMERI = ("preavviso_giorni", "preavviso_ore", "deleghe_massime", "osservazioni_giorni")
SOGLIE = ("quorum_teste", "quorum_quote", "seconda_teste", "seconda_quote")
ALTRI = ("assenze_massime", "conflitto_riduce", "deleghe_ai_componenti")
TESTI = ("assenze_norma", "nome", "compiti", "norma", "genere", "base_quote", "pubblicazione")


def _riga(etichetta: Any, massimo: int = 300) -> StringField:
    return StringField(etichetta, [DataRequired(OBBLIGATORIO), Length(max=massimo)])


def _numero(etichetta: Any, minimo: int = 0, massimo: int = 365) -> IntegerField:
    return IntegerField(etichetta, [InputRequired(OBBLIGATORIO), NumberRange(minimo, massimo)])


def _scelta(etichetta: Any, coppie: Any, **altro: Any) -> SelectField:
    return SelectField(etichetta, choices=scelte(coppie), **altro)


class ModuloRegola(Form):
    """One rule of vote; a blank name is a row left empty."""

    nome = StringField(_l("Per quali atti?"), [Length(max=300)])
    base = _scelta(_l("Di chi serve il voto?"), parole.BASI_VOTO.items())
    soglia = _scelta(_l("Quanti servono?"), parole.SOGLIE.items())
    peso = _scelta(_l("Come si contano?"), parole.PESI.items())
    prevale_presidente = BooleanField(_l("A parità prevale il voto di chi presiede"))
    segreta = BooleanField(_l("Il voto è segreto"))


class ModuloOrgano(ModuloBase):
    nome = _riga(_l("Come si chiama?"))
    genere = _scelta(_l("Che organo è?"), parole.GENERI.items())
    compiti = TextAreaField(_l("Che cosa fa?"), [DataRequired(OBBLIGATORIO), Length(max=5000)])
    norma = _riga(_l("Da quale legge o regolamento viene?"))
    quorum_teste = _scelta(_l("Prima convocazione: quanti componenti servono?"), SOGLIE_FACOLTATIVE)
    quorum_quote = _scelta(_l("Prima convocazione: quante quote servono?"), SOGLIE_FACOLTATIVE)
    seconda_teste = _scelta(_l("Seconda convocazione: quanti componenti servono?"), SOGLIE_FACOLTATIVE)
    seconda_quote = _scelta(_l("Seconda convocazione: quante quote servono?"), SOGLIE_FACOLTATIVE)
    base_quote = _scelta(_l("Le quote si misurano su"), parole.BASI_QUOTE.items())
    conflitto_riduce = BooleanField(_l("Chi esce per conflitto di interessi non conta fra i componenti"))
    preavviso_giorni = _numero(_l("Quanti giorni prima si convoca?"))
    preavviso_ore = _numero(_l("Quante ore prima, se è urgente?"))
    deleghe_massime = _numero(_l("Quante deleghe può avere una persona?"), massimo=20)
    deleghe_ai_componenti = BooleanField(_l("Un componente può avere la delega di un altro"))
    assenze_massime = IntegerField(_l("Dopo quante assenze di fila si decade?"), [Optional(), NumberRange(1, 50)])
    assenze_norma = StringField(_l("In quale articolo del regolamento c’è scritto?"), [Length(max=300)])
    osservazioni_giorni = _numero(_l("Quanti giorni per le osservazioni al verbale?"))
    pubblicazione = _scelta(_l("Che cosa si pubblica di una seduta?"), parole.PUBBLICAZIONI.items())
    regole = FieldList(FormField(ModuloRegola))
    versione = IntegerField(widget=HiddenInput(), default=0)

    def con_una_vuota(self) -> ModuloOrgano:
        """A blank rule at the end, for who needs another. Returns itself."""
        if not self.is_submitted():
            for _vuota in range(REGOLE_VUOTE):
                self.regole.append_entry()
        return self

    def dati(self) -> dict[str, Any]:
        """The columns of the body, as values."""
        valori: dict[str, Any] = {c: getattr(self, c).data for c in (*TESTI, *NUMERI, *ALTRI)}
        valori["assenze_norma"] = valori["assenze_norma"] or ""
        return {**valori, **{c: getattr(self, c).data or None for c in SOGLIE}}

    def dati_regole(self) -> list[DatiRegola]:
        righe = [{c: v for c, v in riga.items() if c != "csrf_token"} for riga in self.regole.data]
        return [DatiRegola(**riga) for riga in righe if riga["nome"]]


def iniziale(organo: Organo) -> Mapping[str, Any]:
    """What the form of a body holds when it is opened."""
    colonne = (*TESTI, *NUMERI, *ALTRI, "versione")
    valori: dict[str, Any] = {c: getattr(organo, c) for c in colonne}
    campi = ("nome", "base", "soglia", "peso", "prevale_presidente", "segreta")
    regole = [{c: getattr(r, c) for c in campi} for r in organo.regole]
    return {**valori, **{c: getattr(organo, c) or "" for c in SOGLIE}, "regole": regole}


class ModuloSeggio(ModuloBase):
    categoria = _riga(_l("Di quale categoria è il posto?"))
    rappresenta = _riga(_l("Chi rappresenta?"))
    quota = EuroField(_l("Quanto vale la quota?"), [Optional(), NumberRange(0, 100)])
    voto = BooleanField(_l("Ha diritto di voto"), default=True)
    presiede = BooleanField(_l("Presiede l’organo"))
    dal = DataField(_l("Da quando c’è il posto?"), [DataRequired(OBBLIGATORIO)])

    def dati(self) -> DatiSeggio:
        return DatiSeggio(
            self.categoria.data, self.rappresenta.data, self.dal.data,
            quota=self.quota.data, voto=self.voto.data, presiede=self.presiede.data,
        )  # fmt: skip


class ModuloNomina(ModuloBase):
    nome = StringField(_l("Chi è? (lo leggono tutti)"), [Length(max=300)])
    qualita = _riga(_l("In quale veste?"))
    atto = _riga(_l("Con quale atto è stata scelta?"))
    dal = DataField(_l("Da quando?"), [DataRequired(OBBLIGATORIO)])
    al = DataField(_l("Fino a quando?"), [Optional()])
    supplente = BooleanField(_l("Supplente: siede quando manca chi ha il posto"))


class ModuloFine(ModuloBase):
    al = DataField(_l("Qual è l’ultimo giorno?"), [DataRequired(OBBLIGATORIO)])
    fine = _scelta(_l("Perché finisce?"), parole.FINI.items())


class ModuloAccesso(ModuloBase):
    email = EmailField(
        _l("Con quale indirizzo e-mail entra nel portale?"),
        [DataRequired(OBBLIGATORIO), INDIRIZZO, Length(max=300)],
    )


class ModuloDecadenza(ModuloBase):
    atto = _riga(_l("Con quale atto?"))
    al = DataField(_l("Qual è l’ultimo giorno?"), [DataRequired(OBBLIGATORIO)])


class ModuloChiusura(ModuloBase):
    al = DataField(_l("Qual è l’ultimo giorno del posto?"), [DataRequired(OBBLIGATORIO)])
    motivo = _riga(_l("Perché si chiude?"))
    anche_mandati = BooleanField(_l("Chi ci siede finisce quel giorno"))


class ModuloStato(ModuloBase):
    motivo = _riga(_l("Perché?"))
