"""The worker: sends what is in the outbox, does the jobs, closes what has expired. One process is enough; several agree.

On SIGTERM it finishes the message or the step in hand and stops.
"""

from __future__ import annotations

import signal
from threading import Event

from flask import Flask

from . import jobs, mail, outbox, tenancy
from .db import sessione
from .logs import log
from .transaction import unita

PAUSA = 1.0
"""Seconds between two looks at the queues when they are empty."""


def gira(app: Flask, *, una_volta: bool = False) -> None:
    """Work until told to stop, or until there is nothing to do (``una_volta``)."""
    ferma = Event()
    if not una_volta:
        for segnale in (signal.SIGTERM, signal.SIGINT):
            signal.signal(segnale, lambda *_: ferma.set())
    spedisci = mail.spedizione(app.config["PORTALE"])
    with app.app_context():
        while not ferma.is_set():
            fatto = passo(spedisci)
            if una_volta and not fatto:
                return
            if not fatto:
                ferma.wait(PAUSA)


def passo(spedisci: mail.Spedizione) -> bool:
    """One look at everything; True when something was done."""
    try:
        with tenancy.tutti_gli_ambiti():
            fatto = [_messaggio(spedisci), _lavoro(), _scadenze()]
        return any(fatto)
    except Exception as errore:
        log.error("worker", exc_info=errore)
        return False
    finally:
        sessione.remove()


def _messaggio(spedisci: mail.Spedizione) -> bool:
    """Claim in one transaction, send outside any, note the outcome in another: a crash repeats, never loses."""
    with unita():
        messaggio = outbox.prendi()
    if messaggio is None:
        return False
    try:
        spedisci(messaggio)
    except Exception as errore:
        # whatever is wrong with a letter stays written on it, and does not stop the others
        motivo = str(errore) if isinstance(errore, mail.PostaNonInviata) else type(errore).__name__
        with unita():
            outbox.fallito(messaggio, motivo)
        return True
    with unita():
        outbox.spedito(messaggio)
    return True


def _lavoro() -> bool:
    preso = jobs.prendi()
    return preso is not None and jobs.esegui(preso)


def _scadenze() -> bool:
    from .scadenze import chiudi_scaduti, dimentica_mittenti

    return chiudi_scaduti() + dimentica_mittenti() > 0
