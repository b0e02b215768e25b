from __future__ import annotations

from enum import StrEnum
from typing import Any

from ..access import regola
from ..utenti.models import Ruolo, Utente


class P(StrEnum):
    AREA = "enti.area"
    VEDI = "enti.vedi"
    MODIFICA = "enti.modifica"
    PERSONE = "enti.persone"


@regola(P.AREA)
def area(utente: Utente, _oggetto: Any) -> bool:
    """The area of the enti: whoever works for one."""
    return bool(utente.enti_ids())


@regola(P.VEDI)
def vedi(utente: Utente, ente: Any) -> bool:
    return ente.id in utente.enti_ids()


@regola(P.MODIFICA, noto_a=vedi)
def modifica(utente: Utente, ente: Any) -> bool:
    """Data of the ente: who represents it (the RUNTS is kept by the representative, art. 47 D.Lgs. 117/2017)."""
    return ente.id in utente.enti_ids(Ruolo.RAPPRESENTANTE, Ruolo.DELEGATO)


@regola(P.PERSONE, noto_a=vedi)
def persone(utente: Utente, ente: Any) -> bool:
    """Who may work for the ente is decided by its legal representative alone."""
    return ente.id in utente.enti_ids(Ruolo.RAPPRESENTANTE)
