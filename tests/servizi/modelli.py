"""The empty, migrated databases that every other one of the run is a copy of.

With several processes they are made while these collect their tests: who needs one first waits for it.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from portal import schema

from .postgres import Server

MODELLO = "modello"
PRONTI, GUASTO = "pronti", "guasto"
PAUSA, PAZIENZA = 0.05, 120.0
"""Seconds: between two looks, and before giving up."""


def prepara(radice: Path, server: Server | None) -> None:
    """Make them in ``radice`` and in ``server``, and say so there: what went wrong, too."""
    try:
        schema.aggiorna(f"sqlite:///{radice}/{MODELLO}.db")
        if server is not None:
            server.elimina(MODELLO)
            server.crea_da_modello(MODELLO)
            schema.aggiorna(server.url(MODELLO))
    except Exception:
        (radice / GUASTO).write_text(traceback.format_exc(), encoding="utf-8")
        raise
    (radice / PRONTI).touch()


def in_sottofondo(radice: Path, server: Server | None) -> Callable[[], None]:
    """The same in a thread; gives what waits for its end."""
    filo = threading.Thread(target=prepara, args=(radice, server), daemon=True)
    filo.start()
    return filo.join


def attendi(radice: Path, *, pazienza: float = PAZIENZA) -> None:
    """Come back when they are there. Raises ``RuntimeError`` with what went wrong, or after ``pazienza`` seconds."""
    scade = time.monotonic() + pazienza
    while not (radice / PRONTI).exists():
        if (radice / GUASTO).exists():
            raise RuntimeError((radice / GUASTO).read_text(encoding="utf-8"))
        if time.monotonic() > scade:
            raise RuntimeError(f"le basi dati di partenza non sono pronte dopo {pazienza} secondi")
        time.sleep(PAUSA)
