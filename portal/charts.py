"""Numbers for the charts of the pages: how long each bar is, its share of the whole, which bars to draw.

Pure: amounts in, shares and lengths out. ``componenti/barre.html`` draws them in SVG, writes each number beside its
bar, never inside the drawing, and puts the whole table under it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .money import quota

ZERO = Decimal("0.00")
PRIME = 8
"""Bars shown one by one; the rest is «Altri n»."""


@dataclass(frozen=True)
class Barra:
    """``quota``: percent of the whole; ``larghezza``: percent of the longest. Both with one decimal, half up."""

    chiave: str
    nome: str
    importo: Decimal
    quota: Decimal
    larghezza: Decimal


def barre(voci: Iterable[tuple[str, str, Decimal]]) -> tuple[Barra, ...]:
    """Bars from (key, name, amount), in the order given. Amounts that sum to nothing have no share and no length."""
    elenco = tuple(voci)
    totale = sum((importo for *_, importo in elenco), ZERO)
    massimo = max((importo for *_, importo in elenco), default=ZERO)
    return tuple(Barra(c, nome, i, quota(i, totale), quota(i, massimo)) for c, nome, i in elenco)


def ordinate(barre: Iterable[Barra]) -> tuple[Barra, ...]:
    """The longest first; equal ones in the order given."""
    return tuple(sorted(barre, key=lambda b: -b.importo))


def prime(barre: tuple[Barra, ...], quante: int = PRIME) -> tuple[tuple[Barra, ...], tuple[Barra, ...]]:
    """The bars to draw one by one, and those to sum under «Altri n»; a single one left over is drawn too."""
    if len(barre) <= quante + 1:
        return barre, ()
    return barre[:quante], barre[quante:]
