"""The agenda: how its items are numbered, and what of it has no outcome yet (domain.md 3.5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from ...errors import ErroreDominio
from ...i18n import _
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


V = TypeVar("V", bound=VoceAgenda)


def in_fila(punti: Iterable[V]) -> list[V]:
    """Each item followed by its parts, otherwise in the order they come."""
    tutti = list(punti)
    ci_sono = {p.id for p in tutti}
    interi = [p for p in tutti if p.padre_id not in ci_sono]
    return [voce for intero in interi for voce in (intero, *(p for p in tutti if p.padre_id == intero.id))]


def estremi(punti: Iterable[VoceAgenda]) -> dict[str, set[int]]:
    """The items that may not go up (``su``) and those that may not go down (``giu``): first and last among their peers."""
    per_padre: dict[int | None, list[int]] = {}
    for punto in punti:
        per_padre.setdefault(punto.padre_id, []).append(punto.id)
    return {"su": {p[0] for p in per_padre.values()}, "giu": {p[-1] for p in per_padre.values()}}


def spostato(punti: Iterable[V], punto_id: int, *, su: bool) -> list[V]:
    """The agenda with an item one place up or down among its peers, its parts with it.

    Raises ``ErroreDominio`` on the first that goes up, or the last that goes down.
    """
    fila = in_fila(punti)
    punto = next(p for p in fila if p.id == punto_id)
    pari = [p for p in fila if p.padre_id == punto.padre_id]
    dove = pari.index(punto)
    con = dove + (-1 if su else 1)
    if not 0 <= con < len(pari):
        raise ErroreDominio(_("È già il primo.") if su else _("È già l’ultimo."))
    pari[dove], pari[con] = pari[con], pari[dove]
    altri = [p for p in fila if p.padre_id != punto.padre_id]
    return in_fila([*pari, *altri])
