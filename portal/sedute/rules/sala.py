"""The room at a moment: who is there, who left for a conflict, whether the body may decide (domain.md 3.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from ...organi.models import NomeSoglia
from ...organi.rules.quorum import SOGLIE, Componenti, Conto, Quorum, conta
from .presenze import Momento, Movimento, andamento, presenti_alle, presenze


@dataclass(frozen=True)
class Sala:
    """``fuori``: seats out of the room for a conflict on the item under discussion: not present, not counted."""

    presenti: frozenset[int]
    fuori: frozenset[int]
    conto: Conto
    momenti: tuple[Momento, ...]

    @property
    def votanti(self) -> frozenset[int]:
        return self.presenti - self.fuori


def soglie(teste: NomeSoglia | None, quote: NomeSoglia | None) -> Quorum:
    return Quorum(SOGLIE[teste] if teste else None, SOGLIE[quote] if quote else None)


def sala(
    movimenti: Iterable[Movimento],
    componenti: Componenti,
    quorum: Quorum,
    *,
    ora: datetime,
    fuori: Collection[int] = (),
    riduce: bool = False,
) -> Sala:
    """The room at ``ora`` (aware), with the history of its quorum until then."""
    finora = [m for m in movimenti if m.ora <= ora]
    qui = presenti_alle(ora, presenze(finora))
    escono = frozenset(fuori) & componenti.quote.keys()
    conto = conta(componenti, qui, quorum, fuori=escono, riduce=riduce)
    return Sala(qui, escono, conto, andamento(finora, componenti, quorum))
