"""Keyset paging: a page is «after this row», never «skip n rows», so the last page costs what the first does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import quote, urlencode

from flask import request

T = TypeVar("T")
MASSIMO_INTERO = 2**31 - 1
"""The largest id a database column holds."""


@dataclass(frozen=True)
class Pagina(Generic[T]):
    """One page of a list. ``cursore_dopo`` is the value of ``?dopo=`` of the next page, None on the last."""

    righe: tuple[T, ...]
    cursore_dopo: str | None
    prima: bool

    @classmethod
    def da(cls, righe: Sequence[T], limite: int, chiave: Callable[[T], object], *, dopo: object | None) -> Pagina[T]:
        """From a query that asked for ``limite + 1`` rows."""
        mostrate = tuple(righe[:limite])
        altra = str(chiave(mostrate[-1])) if len(righe) > limite and mostrate else None
        return cls(mostrate, altra, dopo is None)

    def indirizzo_dopo(self) -> str | None:
        return indirizzo_con(dopo=self.cursore_dopo) if self.cursore_dopo else None

    def indirizzo_inizio(self) -> str | None:
        return None if self.prima else indirizzo_con(dopo=None)


def indirizzo_con(**cambi: str | None) -> str:
    """The present address with some query parameters changed (None drops one): the URL is the list's state."""
    parametri: dict[str, str | list[str]] = dict(request.args.to_dict(flat=False))
    for nome, valore in cambi.items():
        parametri.pop(nome, None)
        if valore is not None:
            parametri[nome] = valore
    return f"{quote(request.path)}?{urlencode(parametri, doseq=True)}" if parametri else quote(request.path)


def cursore(nome: str = "dopo") -> int | None:
    """The cursor asked for, None on the first page or when it is not the id of a row."""
    chiesto = request.args.get(nome, type=int)
    return chiesto if chiesto is not None and 0 < chiesto <= MASSIMO_INTERO else None
