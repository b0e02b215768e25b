"""What a minute says, as plain values: the same for the page, the PDF, the DOCX and the data, whole or with words left out.

Domain.md 3.5 lists it: organ, number, date, hours, place, call, attendance with delegations and times, items with their
discussion, declarations and conflicts, votes, decisions. Texts are Markdown; instants are aware.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from ...sedute.rules.convocazione import Preavviso


@dataclass(frozen=True)
class Orario:
    """In the room from an instant to another; None: until the end."""

    dalle: datetime
    alle: datetime | None


@dataclass(frozen=True)
class Presenza:
    """A seat that was called. No ``orari``: absent. ``delegato``: who sat there in the holder's place."""

    chi: str
    qualita: str
    delegato: str
    voto: bool
    orari: tuple[Orario, ...]


@dataclass(frozen=True)
class SenzaVoto:
    chi: str
    titolo: str


@dataclass(frozen=True)
class Voto:
    """A vote in words and numbers. ``contro``, ``si_astengono``: names, where the vote was open and by name."""

    oggetto: str
    modo: str
    regola: str
    verdetto: str
    approvata: bool
    presenti: int
    favorevoli: int
    contrari: int
    astenuti: int
    quote: str
    contro: tuple[str, ...]
    si_astengono: tuple[str, ...]


@dataclass(frozen=True)
class Deciso:
    """``numero``: «2023/9». ``testo``: Markdown."""

    numero: str
    testo: str
    eseguibile: bool


@dataclass(frozen=True)
class Uscito:
    """Who left the room for a conflict of interest on the item, and why (art. 6-bis L. 241/1990)."""

    chi: str
    motivo: str


@dataclass(frozen=True)
class PuntoDetto:
    """An item as it was dealt with. ``presenti``: who could vote on it, None when it was not opened."""

    numero: str
    titolo: str
    relatore: str
    esito: str
    dalle: datetime | None
    alle: datetime | None
    presenti: int | None
    testo: str
    usciti: tuple[Uscito, ...]
    voti: tuple[Voto, ...]
    decisioni: tuple[Deciso, ...]


@dataclass(frozen=True)
class Contenuto:
    """The whole minute. ``sommario``: what was decided, in a sentence for everyone. ``componenti``, ``servono``: members and
    heads needed (None: the body asks no quorum by heads)."""

    organo: str
    anno: int
    numero: int
    giorno: datetime
    seconda: bool
    aperta: datetime
    chiusa: datetime
    luogo: str
    protocollo: str
    convocata: datetime
    preavviso: Preavviso
    presenti: int
    componenti: int
    servono: int | None
    senza_numero_legale: tuple[Orario, ...]
    segreteria: str
    presenze: tuple[Presenza, ...]
    senza_voto: tuple[SenzaVoto, ...]
    sommario: str
    premessa: str
    punti: tuple[PuntoDetto, ...]
    chiusura: str


def ovunque(valore: Any, cambia: Callable[[str], str]) -> Any:
    """The same value with every text in it changed."""
    if isinstance(valore, str):
        return cambia(valore)
    if isinstance(valore, tuple):
        return tuple(ovunque(v, cambia) for v in valore)
    if is_dataclass(valore) and not isinstance(valore, type):
        return replace(valore, **{f.name: ovunque(getattr(valore, f.name), cambia) for f in fields(valore)})
    return valore


def testi(valore: Any) -> Iterator[str]:
    """Every text in it, in order."""
    if isinstance(valore, str):
        yield valore
    elif isinstance(valore, tuple):
        for v in valore:
            yield from testi(v)
    elif is_dataclass(valore) and not isinstance(valore, type):
        for f in fields(valore):
            yield from testi(getattr(valore, f.name))


def scrivi(contenuto: Contenuto) -> str:
    """JSON (UTF-8 text): keys as the fields, instants in ISO 8601."""
    return json.dumps(_nudo(contenuto), ensure_ascii=False, indent=1)


def leggi(testo: str) -> Contenuto:
    """The content that ``scrivi`` wrote."""
    letto: Contenuto = _vestito(Contenuto, json.loads(testo))
    return letto


def _nudo(valore: Any) -> Any:
    if is_dataclass(valore) and not isinstance(valore, type):
        return {f.name: _nudo(getattr(valore, f.name)) for f in fields(valore)}
    if isinstance(valore, tuple):
        return [_nudo(v) for v in valore]
    return valore.isoformat() if isinstance(valore, datetime) else valore


def _vestito(tipo: Any, valore: Any) -> Any:
    if get_origin(tipo) is UnionType:
        tipo = next(t for t in get_args(tipo) if t is not NoneType)
    if valore is None:
        return None
    if get_origin(tipo) is tuple:
        return tuple(_vestito(get_args(tipo)[0], v) for v in valore)
    if isinstance(tipo, type) and is_dataclass(tipo):
        tipi = get_type_hints(tipo)
        return tipo(**{nome: _vestito(tipi[nome], v) for nome, v in valore.items()})
    return datetime.fromisoformat(valore) if tipo is datetime else valore
