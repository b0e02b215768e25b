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
from ..clocks import da_roma, oggi
from ..db import sessione
from ..enti import operations as enti_op
from ..piano.queries import scheda_per_codice
from ..tenancy import tutti_gli_ambiti, usa_ambito
from ..transaction import unita
from . import avvisi, enti, guida, piano, progetti, proposte, valutazione
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


def _carica(quando: Calendario) -> None:
    verifica = current_app.config["INDIRIZZO"] + "/verifica"
    deposito = current_app.extensions["deposito"]
    with clocks.alle(quando.giorni_fa(120)):
        ambiti = {slug: _ambito(slug) for slug in AMBITI}
        enti_ = enti.carica_enti()
        persone = enti.carica_account(ambiti, enti_)
        for ambito in ambiti.values():
            with usa_ambito(ambito.id):
                piano.carica(ambito)
    casarano, gagliano = ambiti["casarano"], ambiti["gagliano"]
    aps, coop, odv = (enti_[n] for n in ("associazione-esempio-aps", "cooperativa-sociale-esempio", "volontari-esempio-odv"))
    responsabile = persone["responsabile@casarano.example"]

    with usa_ambito(casarano.id):
        scheda = scheda_per_codice("2022-2024", "B.7")
        with clocks.alle(quando.giorni_fa(75)):
            pis = avvisi.pubblica(
                "pronto-intervento-sociale", ambito=casarano, scheda_id=scheda.id if scheda else None,
                termine=quando.giorni_fa(45, 12), attore=responsabile,
            )  # fmt: skip
        rappresentante = persone["rappresentante@ente-esempio-2.example"]
        with clocks.alle(quando.giorni_fa(50)):
            bozza = proposte.scrivi(
                "pronto-intervento-associazione-esempio-aps", avviso=pis, ente=aps, attore=rappresentante, deposito=deposito
            )
        with clocks.alle(quando.giorni_fa(46, 23)):
            presentata = proposte.presenta(bozza, attore=rappresentante, indirizzo_verifica=verifica)
        commissari = [persone[f"commissario{n}@casarano.example"] for n in (1, 2, 3)]
        esito = valutazione.valuta(pis, [presentata], responsabile=responsabile, commissari=commissari)
        progetti.lega(esito, responsabile=responsabile)

    with usa_ambito(gagliano.id):
        with clocks.alle(quando.giorni_fa(7)):
            red = avvisi.pubblica(
                "red-3-0", ambito=gagliano, scheda_id=None, termine=quando.giorni_fa(-23, 12),
                attore=persone["responsabile@gagliano.example"],
            )  # fmt: skip
        with clocks.alle(quando.giorni_fa(3)):
            enti_op.rileva(coop, enti.runts(leggi("enti", "cooperativa-sociale-esempio")), attore=persone["rappresentante@ente-esempio-1.example"])
            proposte.scrivi(
                "red-3-0-cooperativa-sociale-esempio", avviso=red, ente=coop,
                attore=persone["compilatore@ente-esempio-1.example"], deposito=deposito,
            )  # fmt: skip
            proposte.scrivi(
                "red-3-0-volontari-esempio-odv", avviso=red, ente=odv,
                attore=persone["rappresentante@ente-esempio-4.example"], deposito=deposito, completa=False,
            )  # fmt: skip
    for ambito in ambiti.values():
        with usa_ambito(ambito.id):
            guida.carica(ambito)


def _ambito(slug: str) -> Ambito:
    nome, comuni, accento = AMBITI[slug]
    ambito = Ambito(slug=slug, nome=nome, capofila=comuni[0], accento=accento)
    sessione.add(ambito)
    sessione.flush()  # its comuni need its id
    for i, comune in enumerate(comuni):
        sessione.add(Comune(ambito_id=ambito.id, nome=comune, capofila=i == 0))
    return ambito
