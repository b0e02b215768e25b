from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnExpressionArgument, Integer, ScalarSelect, bindparam, func, or_, select

from ..db import sessione
from . import rules
from .models import Evento, TestaCatena


@dataclass(frozen=True)
class RigaRegistro:
    id: int
    numero: int
    quando: datetime
    attore_id: int | None
    azione: str
    oggetto_tipo: str
    oggetto_id: int | None
    dettagli: str


def eventi(catena: int, *, prima_di: int | None = None, limite: int = 50) -> list[RigaRegistro]:
    """The register of an Ambito, newest first, one keyset page."""
    cerca = select(Evento).where(Evento.catena == catena).order_by(Evento.numero.desc()).limit(limite)
    if prima_di is not None:
        cerca = cerca.where(Evento.numero < prima_di)
    campi = RigaRegistro.__dataclass_fields__
    return [RigaRegistro(**{c: getattr(e, c) for c in campi}) for e in sessione.scalars(cerca)]


def storia(tipo: str, oggetto_id: int, *, limite: int = 50) -> list[RigaRegistro]:
    """What happened to one object, newest first."""
    cerca = select(Evento).where(Evento.oggetto_tipo == tipo, Evento.oggetto_id == oggetto_id)
    campi = RigaRegistro.__dataclass_fields__
    return [
        RigaRegistro(**{c: getattr(e, c) for c in campi})
        for e in sessione.scalars(cerca.order_by(Evento.id.desc()).limit(limite))
    ]


def versione_di(ambito_id: ColumnExpressionArgument[int]) -> ScalarSelect[int]:
    """The version of what an Ambito's public pages show, for a query that has the Ambito already."""
    della_catena = or_(TestaCatena.catena == 0, TestaCatena.catena == ambito_id)
    return select(func.coalesce(func.sum(TestaCatena.contenuto), 0)).where(della_catena).scalar_subquery()


_DELL_AMBITO = select(versione_di(bindparam("ambito_id", type_=Integer)))
_DI_TUTTI = select(func.coalesce(func.sum(TestaCatena.contenuto), 0))


def versione(ambito_id: int | None) -> int:
    """The version of what the public pages of an Ambito show; None: of those that speak of all Ambiti.

    It grows in the transaction of every registered change, the installation's own included, and never comes back.
    """
    if ambito_id is None:
        return sessione.scalar(_DI_TUTTI) or 0
    return sessione.scalar(_DELL_AMBITO, {"ambito_id": ambito_id}) or 0


def rotture() -> list[rules.Rottura]:
    """Walk every chain, those without a head too; the first break of each, if any."""
    teste = {t.catena: (t.numero, t.impronta) for t in sessione.scalars(select(TestaCatena))}
    catene = teste.keys() | set(sessione.scalars(select(Evento.catena).distinct()))
    trovate = (rules.verifica(catena, _righe(catena), teste.get(catena, (0, rules.ORIGINE))) for catena in sorted(catene))
    return [rottura for rottura in trovate if rottura is not None]


def _righe(catena: int) -> Iterator[tuple[rules.Riga, str, str]]:
    cerca = select(Evento).where(Evento.catena == catena).order_by(Evento.numero).execution_options(yield_per=500)
    campi = rules.Riga.__dataclass_fields__
    for e in sessione.scalars(cerca):
        yield rules.Riga(**{c: getattr(e, c) for c in campi}), e.precedente, e.impronta
