"""The agenda: how its items are numbered, and what of it has no outcome yet (domain.md 3.5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from ..models import StatoPunto

SENZA_ESITO = (StatoPunto.DA_TRATTARE, StatoPunto.IN_DISCUSSIONE)


class VoceAgenda(Protocol):
    """What an item must have to stand in an agenda. ``padre_id``: the item it is a part of."""

    @property
    def id(self) -> int: ...
    @property
    def padre_id(self) -> int | None: ...


def numera(punti: Iterable[VoceAgenda]) -> dict[int, str]:
    """Id -> «2» or, for the parts of an item, «2.1». The items come in order, a part anywhere after its whole.

    A part whose whole is not there is numbered as an item.
    """
    numeri: dict[int, str] = {}
    parti: dict[int | None, int] = {}
    for punto in punti:
        padre = punto.padre_id if punto.padre_id in numeri else None
        parti[padre] = parti.get(padre, 0) + 1
        numeri[punto.id] = f"{numeri[padre]}.{parti[padre]}" if padre is not None else str(parti[padre])
    return numeri
