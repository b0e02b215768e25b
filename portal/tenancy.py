"""Many Ambiti in one installation, and no way to forget which one you are in.

Every row that belongs to an Ambito carries ``ambito_id`` (mixin ``DellAmbito``). A hook on the session adds
the criteria for the current Ambito to every ORM query that touches such a table; a query made with no Ambito
chosen is an error, not a leak. A page that spans Ambiti says so with ``tutti_gli_ambiti()`` and may read only
public data or the reader's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, Final

from sqlalchemy import ForeignKey, Integer, Table, bindparam, event
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, mapped_column, with_loader_criteria
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.visitors import iterate

from .db import Base, sessione

TUTTI: Final = 0
_corrente: ContextVar[int | None] = ContextVar("ambito_corrente", default=None)


class AmbitoMancante(RuntimeError):
    """A query on an Ambito's rows was made with no Ambito chosen: a bug of ours."""


class DellAmbito:
    """Mixin of the rows that belong to one Ambito."""

    ambito_id: Mapped[int] = mapped_column(ForeignKey("ambito.id"), index=True)


def ambito_corrente() -> int | None:
    """Id of the current Ambito; ``TUTTI`` inside ``tutti_gli_ambiti()``; None when none was chosen."""
    return _corrente.get()


@contextmanager
def usa_ambito(ambito_id: int) -> Iterator[None]:
    """Everything inside reads and writes that Ambito only."""
    gettone = _corrente.set(ambito_id)
    try:
        yield
    finally:
        _corrente.reset(gettone)


@contextmanager
def tutti_gli_ambiti() -> Iterator[None]:
    """Everything inside spans Ambiti: for public pages, the ETS's own data, and maintenance."""
    with usa_ambito(TUTTI):
        yield


def scegli(ambito_id: int | None) -> None:
    """Set the Ambito for the rest of this request (reset by the request's teardown)."""
    _corrente.set(ambito_id)


class _Scelto(FunctionElement[int]):
    """The id of the current Ambito, asked when the statement runs: one criterion, one compiled statement for all of them.

    An ordinary parameter would be compared with its own copies at every execution, and each comparison of SQLAlchemy's
    elements builds an expression: it took a third of the time of a short query.
    """

    inherit_cache = True
    type = Integer()


@compiles(_Scelto)
def _scrivi(_scelto: _Scelto, compilatore: SQLCompiler, **opzioni: Any) -> str:
    return compilatore.process(bindparam("ambito", callable_=_scelto_adesso, type_=Integer(), unique=True), **opzioni)


def _scelto_adesso() -> int:
    """Also for what is read later from a row found in an Ambito: never without one, never across."""
    ambito = _corrente.get()
    if not ambito:
        raise AmbitoMancante("una lettura cominciata in un Ambito continua fuori")
    return ambito


_SCELTO = _Scelto()
_CRITERIO = with_loader_criteria(DellAmbito, lambda cls: cls.ambito_id == _SCELTO, include_aliases=True)


@event.listens_for(sessione.session_factory, "do_orm_execute")
def _aggiungi_criteri(esecuzione: ORMExecuteState) -> None:
    if esecuzione.is_column_load or esecuzione.is_relationship_load:
        return  # the parent row was already filtered, and its criteria travel with it
    if not (esecuzione.is_select or esecuzione.is_update or esecuzione.is_delete):
        return
    ambito = _corrente.get()
    if ambito == TUTTI:
        return
    if ambito is None:
        if _tocca_un_ambito(esecuzione):
            raise AmbitoMancante(f"nessun Ambito scelto per: {esecuzione.statement}")
        return
    # on every statement, whatever it selects: the criteria reach subqueries and aggregates too
    esecuzione.statement = esecuzione.statement.options(_CRITERIO)


def _tocca_un_ambito(esecuzione: ORMExecuteState) -> bool:
    """Does the statement name a table of an Ambito anywhere, in what it selects or inside?"""
    if any(issubclass(m.class_, DellAmbito) for m in esecuzione.all_mappers):
        return True
    tabelle = _tabelle()
    return any(e in tabelle for e in iterate(esecuzione.statement) if isinstance(e, Table))  # type: ignore[arg-type]


@cache
def _tabelle() -> frozenset[Table]:
    """The tables of the rows that belong to an Ambito (asked after every model is imported)."""
    return frozenset(
        mapper.local_table
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, DellAmbito) and isinstance(mapper.local_table, Table)
    )


@event.listens_for(sessione.session_factory, "before_flush")
def _controlla_scritture(sessione_: Session, _contesto: Any, _istanze: Any) -> None:
    ambito = _corrente.get()
    for oggetto in [*sessione_.new, *sessione_.dirty, *sessione_.deleted]:
        if not isinstance(oggetto, DellAmbito):
            continue
        if ambito is None:
            raise AmbitoMancante(f"scrittura di {type(oggetto).__name__} senza Ambito")
        if ambito == TUTTI:
            continue
        if oggetto.ambito_id is None:
            oggetto.ambito_id = ambito
        elif oggetto.ambito_id != ambito:
            raise AmbitoMancante(f"{type(oggetto).__name__} di un altro Ambito")
