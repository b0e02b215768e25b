"""The steps of an evaluation: terms, commission, points, and what is still to be done. Pure functions.

Sources: domain.md 1.2 and 1.8; L. 241/1990 art. 6-bis; DPR 62/2013 art. 7.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from ...avvisi.rules import in_tempo
from ..models import StatoCommissione


def difetto_composizione(quanti: int, presidenti: int, previsti: int) -> str | None:
    """What is wrong with a commission: «numero», «pari» or «presidente»; None when it is right (domain.md 1.8)."""
    if quanti % 2 == 0:
        return "pari"
    if quanti != previsti:
        return "numero"
    return None if presidenti == 1 else "presidente"


def in_conflitto(enti_della_persona: Iterable[int], enti_concorrenti: Iterable[int]) -> frozenset[int]:
    """Enti that applied and for which the person holds a role: a conflict whatever the person declares."""
    return frozenset(enti_della_persona) & frozenset(enti_concorrenti)


def termine_passato(termine: datetime | None, ora: datetime) -> bool:
    """``termine`` is the last instant at which a proposal is received: files open only after it."""
    return termine is not None and not in_tempo(ora, termine)


class PuntiNonValidi(ValueError):
    """Why the points cannot be these: «vuoto», «forma», «punto» (a dot for the comma), «decimali», «troppi»."""


def leggi_punti(testo: str) -> Decimal:
    """Points as Italians write them: ``12``, ``12,5``, ``12,50``. Raises ``PuntiNonValidi``."""
    pulito = testo.strip()
    if not pulito:
        raise PuntiNonValidi("vuoto")
    if re.fullmatch(r"\d{1,3}\.\d{1,2}", pulito, re.ASCII):
        raise PuntiNonValidi("punto")
    if re.fullmatch(r"\d{1,3},\d{3,}", pulito, re.ASCII):
        raise PuntiNonValidi("decimali")
    if not re.fullmatch(r"\d{1,3}(,\d{1,2})?", pulito, re.ASCII):
        raise PuntiNonValidi("forma")
    return Decimal(pulito.replace(",", ".")).quantize(Decimal("0.01"))


def difetto_punti(punti: Decimal, massimo: int) -> str | None:
    """«decimali», «negativi» or «troppi»; None when the points fit a criterion of that weight."""
    if punti != punti.quantize(Decimal("0.01")):
        return "decimali"
    if punti < 0:
        return "negativi"
    return "troppi" if punti > massimo else None


class Fase(StrEnum):
    """Where an evaluation has got to, in the order of the law (domain.md 1.2)."""

    RACCOLTA = "raccolta"
    AMMISSIBILITA = "ammissibilita"
    COMMISSIONE = "commissione"
    DICHIARAZIONI = "dichiarazioni"
    PUNTEGGI = "punteggi"
    ESITO = "esito"
    CONCLUSA = "conclusa"
    REVOCATA = "revocata"


@dataclass(frozen=True)
class Conti:
    """What the stage depends on. ``punteggi`` counts the points in, ``attesi`` those that must be there."""

    termine_passato: bool
    revocato: bool = False
    pubblicato: bool = False
    ricevute: int = 0
    da_esaminare: int = 0
    ammesse: int = 0
    commissione: StatoCommissione | None = None
    punteggi: int = 0
    attesi: int = 0


def fase(conti: Conti) -> Fase:
    """The stage a procedure is at: the first thing that is still to be done."""
    da_fare = (
        (conti.revocato, Fase.REVOCATA),
        (conti.pubblicato, Fase.CONCLUSA),
        (not conti.termine_passato, Fase.RACCOLTA),
        (conti.da_esaminare > 0, Fase.AMMISSIBILITA),
        (conti.ammesse == 0, Fase.ESITO),  # nobody to score: the outcome says so
        (conti.commissione is None, Fase.COMMISSIONE),
        (conti.commissione == StatoCommissione.NOMINATA, Fase.DICHIARAZIONI),
        (conti.punteggi < conti.attesi, Fase.PUNTEGGI),
    )
    return next((passo for vero, passo in da_fare if vero), Fase.ESITO)
