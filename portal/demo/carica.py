"""The whole demonstration, in the order in which things happen, on a clock that starts some months ago.

One call (Casarano, sheet B.7) has gone all the way: published, answered, evaluated, bound to its budget line. The
other (Gagliano, ReD 3.0) is open today, with a finished draft waiting for its legal representative.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import current_app

from .. import clocks
from ..ambiti.models import Ambito, Comune
from ..ambiti.queries import tutti
from ..avvisi.models import Avviso
from ..clocks import da_roma, oggi
from ..db import sessione
from ..enti import operations as enti_op
from ..enti.models import Ente
from ..piano.queries import scheda_per_codice
from ..proposte.models import Proposta
from ..storage import Deposito
from ..tenancy import tutti_gli_ambiti, usa_ambito
from ..transaction import unita
from ..utenti.models import Utente
from . import avvisi, enti, guida, organi, piano, progetti, proposte, rete, sedute, tavoli, valutazione, verbale
from .lettura import leggi

AMBITI = {
    "casarano": (
        "Ambito sociale di Casarano",
        ("Casarano", "Collepasso", "Matino", "Parabita", "Ruffano", "Supersano", "Taurisano"),
        "blu",
    ),
    "gagliano": (
        "Ambito sociale di Gagliano del Capo",
        (
            "Gagliano del Capo", "Alessano", "Castrignano del Capo", "Corsano", "Miggiano", "Montesano Salentino",
            "Morciano di Leuca", "Patù", "Presicce-Acquarica", "Salve", "Specchia", "Tiggiano", "Tricase", "Ugento",
        ),
        "verde",
    ),
}  # fmt: skip
"""By slug: name, comuni (capofila first), accent of the header. From the plans of the two Ambiti."""


def carica() -> str:
    """Load everything, once; says what it did. Needs an application context."""
    with tutti_gli_ambiti():
        if tutti():
            return "I dati dimostrativi ci sono già."
    with unita(), tutti_gli_ambiti():
        _carica(Calendario(oggi()))
    return "Dati dimostrativi caricati: due Ambiti, un piano, due avvisi, la guida."


@dataclass(frozen=True)
class Calendario:
    """The days of the demonstration, counted back from the real today."""

    oggi: date

    def giorni_fa(self, giorni: int, ora: int = 10) -> datetime:
        return da_roma(datetime.combine(self.oggi - timedelta(days=giorni), time(ora)))


@dataclass(frozen=True)
class Scena:
    """Everybody and everything the demonstration starts from."""

    quando: Calendario
    ambiti: dict[str, Ambito]
    enti: dict[str, Ente]
    persone: dict[str, Utente]
    deposito: Deposito
    verifica: str


def _carica(quando: Calendario) -> None:
    with clocks.alle(quando.giorni_fa(120)):
        scena = _inizio(quando)
    with usa_ambito(scena.ambiti["casarano"].id):
        organi.carica(scena.ambiti["casarano"], scena.persone)
        rete.carica(scena.ambiti["casarano"], scena.enti, scena.persone, quando.giorni_fa(6))
        sedute.carica(scena.persone, scena.deposito)
        verbale.carica(scena.ambiti["casarano"], scena.deposito, scena.verifica)
        tavoli.carica(scena.ambiti["casarano"], scena.enti)
        _casarano(scena)
    with usa_ambito(scena.ambiti["gagliano"].id):
        _gagliano(scena)
        rete.carica_categorie(scena.ambiti["gagliano"])
    for ambito in scena.ambiti.values():
        with usa_ambito(ambito.id):
            guida.carica(ambito)


def _inizio(quando: Calendario) -> Scena:
    """Ambiti, enti, accounts and the plan."""
    ambiti = {slug: _ambito(slug) for slug in AMBITI}
    enti_ = enti.carica_enti()
    persone = enti.carica_account(ambiti, enti_)
    for ambito in ambiti.values():
        with usa_ambito(ambito.id):
            piano.carica(ambito)
    indirizzo = current_app.config["INDIRIZZO"] + "/verifica"
    return Scena(quando, ambiti, enti_, persone, current_app.extensions["deposito"], indirizzo)


def _casarano(s: Scena) -> None:
    """A call that has gone all the way: sheet B.7, one proposal, outcome, project on its budget line."""
    scheda = scheda_per_codice("2022-2024", "B.7")
    responsabile = s.persone["responsabile@casarano.example"]
    with clocks.alle(s.quando.giorni_fa(75)):
        avviso = avvisi.pubblica(
            "pronto-intervento-sociale", ambito=s.ambiti["casarano"], scheda_id=scheda.id if scheda else None,
            termine=s.quando.giorni_fa(45, 12), attore=responsabile,
            priorita=tavoli.priorita_di_scheda(scheda.id) if scheda else (),
        )  # fmt: skip
    presentate = [
        _presenta(s, avviso, "pronto-intervento-associazione-esempio-aps", "associazione-esempio-aps", 2, giorni_fa=46),
        _presenta(s, avviso, "pronto-intervento-fondazione-esempio", "fondazione-esempio", 3, giorni_fa=45),
    ]
    commissari = [s.persone[f"commissario{n}@casarano.example"] for n in (1, 2, 3)]
    esito = valutazione.valuta(avviso, presentate, responsabile=responsabile, commissari=commissari)
    progetti.lega(esito, responsabile=responsabile)


def _presenta(s: Scena, avviso: Avviso, nome: str, ente: str, numero: int, *, giorni_fa: int) -> Proposta:
    """Write and submit an example proposal, in the morning of that day."""
    chi = s.persone[f"rappresentante@ente-esempio-{numero}.example"]
    with clocks.alle(s.quando.giorni_fa(giorni_fa + 4)):
        bozza = proposte.scrivi(nome, avviso=avviso, ente=s.enti[ente], attore=chi, deposito=s.deposito)
    with clocks.alle(s.quando.giorni_fa(giorni_fa)):
        return proposte.presenta(bozza, attore=chi, indirizzo_verifica=s.verifica)


def _gagliano(s: Scena) -> None:
    """A call open today, with a finished draft that waits for its legal representative and one just begun."""
    cooperativa = s.enti["cooperativa-sociale-esempio"]
    with clocks.alle(s.quando.giorni_fa(7)):
        avviso = avvisi.pubblica(
            "red-3-0", ambito=s.ambiti["gagliano"], scheda_id=None, termine=s.quando.giorni_fa(-23, 12),
            attore=s.persone["responsabile@gagliano.example"],
        )  # fmt: skip
    with clocks.alle(s.quando.giorni_fa(3)):
        registro = enti.runts(leggi("enti", "cooperativa-sociale-esempio"))
        enti_op.rileva(cooperativa, registro, attore=s.persone["rappresentante@ente-esempio-1.example"])
        proposte.scrivi(
            "red-3-0-cooperativa-sociale-esempio", avviso=avviso, ente=cooperativa,
            attore=s.persone["compilatore@ente-esempio-1.example"], deposito=s.deposito,
        )  # fmt: skip
        proposte.scrivi(
            "red-3-0-volontari-esempio-odv", avviso=avviso, ente=s.enti["volontari-esempio-odv"],
            attore=s.persone["rappresentante@ente-esempio-4.example"], deposito=s.deposito, completa=False,
        )  # fmt: skip


def _ambito(slug: str) -> Ambito:
    nome, comuni, accento = AMBITI[slug]
    ambito = Ambito(slug=slug, nome=nome, capofila=comuni[0], accento=accento)
    sessione.add(ambito)
    sessione.flush()  # its comuni need its id
    for i, comune in enumerate(comuni):
        sessione.add(Comune(ambito_id=ambito.id, nome=comune, capofila=i == 0))
    return ambito
