"""How far a call has got with each member, and how they answered: sent, delivered, read (domain.md 3.5)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from ..models import Canale, Risposta


class Consegna(StrEnum):
    """The furthest that is known."""

    DA_PROVARE = "da_provare"
    FRA_I_MESSAGGI = "fra_i_messaggi"
    SPEDITA = "spedita"
    CONSEGNATA = "consegnata"
    A_MANO = "a_mano"
    LETTA = "letta"


class Chiamato(Protocol):
    """What must be known of who is convened."""

    @property
    def canale(self) -> Canale | None: ...
    @property
    def spedita_il(self) -> datetime | None: ...
    @property
    def consegnata_il(self) -> datetime | None: ...
    @property
    def letta_il(self) -> datetime | None: ...
    @property
    def prova(self) -> str: ...
    @property
    def risposta(self) -> Risposta | None: ...
    @property
    def giustificata(self) -> bool: ...


def consegna(
    chi: Chiamato, *, partita: datetime | None = None, per_lettera: bool = False
) -> tuple[Consegna, datetime | None]:
    """How far the call has got, and since when. ``per_lettera``: the portal writes; its letter left at ``partita``."""
    if chi.letta_il is not None:
        return Consegna.LETTA, chi.letta_il
    if chi.consegnata_il is not None:
        return (Consegna.A_MANO if chi.canale == Canale.MANO else Consegna.CONSEGNATA), chi.consegnata_il
    spedita = partita or chi.spedita_il
    if spedita is not None:
        return Consegna.SPEDITA, spedita
    return (Consegna.FRA_I_MESSAGGI if per_lettera else Consegna.DA_PROVARE), None


def vista(chi: Chiamato) -> str:
    """A fingerprint of what is known: who opened a page with another one does not write over it."""
    passi = (chi.spedita_il, chi.consegnata_il, chi.letta_il)
    parti = [chi.canale or "", *(p.isoformat() if p else "" for p in passi), chi.prova]
    return hashlib.sha256("\x1f".join(parti).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Risposte:
    """How many answered what. ``giustificate`` are among those that do not come."""

    vengono: int
    non_vengono: int
    giustificate: int
    delegano: int
    tacciono: int


def conta(chiamati: Iterable[Chiamato]) -> Risposte:
    tutti = list(chiamati)
    quante = Counter(c.risposta for c in tutti)
    return Risposte(
        quante[Risposta.VIENE],
        quante[Risposta.NON_VIENE],
        sum(c.giustificata for c in tutti),
        quante[Risposta.DELEGA],
        quante[None],
    )
