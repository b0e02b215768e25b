"""The database: one engine, one session per request, typed columns, names for every constraint.

The same code runs on SQLite (WAL, foreign keys on, durable writes) and PostgreSQL. A writing request opens
its transaction with ``BEGIN IMMEDIATE`` on SQLite, so that two writers queue instead of failing half-way;
on PostgreSQL rows are locked where the operation says ``with_for_update``.

SQLite itself keeps no queue: who finds the database busy sleeps and tries again, and under load the unlucky one
waits for many seconds and then fails. So writers of all processes queue on a lock of the system beside the file.
"""

from __future__ import annotations

import os
from contextvars import ContextVar
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import (
    Date,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    String,
    Text,
    create_engine,
    event,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column, scoped_session, sessionmaker
from sqlalchemy.types import TypeDecorator

from .money import Euro

try:
    import fcntl
except ImportError:  # Windows: SQLite's own waiting is all there is
    fcntl = None  # type: ignore[assignment]

NOMI = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Istante(TypeDecorator[datetime]):
    """An aware instant in UTC. SQLite has no time zone: stored naive there, given back aware."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("istante senza fuso orario")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table of the portal."""

    metadata = MetaData(naming_convention=NOMI)
    type_annotation_map = {datetime: Istante, date: Date, str: Text, Decimal: Euro}


class Versionata:
    """Mixin of what two people may edit: a stale write raises instead of overwriting (a 409 page)."""

    versione: Mapped[int] = mapped_column()

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.versione}


Id = Annotated[int, mapped_column(primary_key=True)]
SENZA_ORDINE = {"sqlite_with_rowid": False}
"""Options of a table whose rows keep no trace of the order they came in: its key must be drawn at random."""
Sigla = Annotated[str, mapped_column(String(40))]
Riga = Annotated[str, mapped_column(String(300))]


def enum(tipo: type[StrEnum], nome: str) -> Enum:
    """A StrEnum stored by value with a named CHECK: readable dumps, the same on every database."""
    return Enum(
        tipo,
        name=nome,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda voci: [v.value for v in voci],
    )


sessione: scoped_session[Session] = scoped_session(sessionmaker(expire_on_commit=False, autoflush=True))
SCRIVE: ContextVar[bool] = ContextVar("portale_scrive", default=False)
"""True while a transaction that will write is being opened (set by ``portal.transaction``)."""


def apri(url: str, **opzioni: Any) -> Engine:
    """Make the engine for ``url`` and bind the session to it."""
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    if url.startswith("sqlite"):
        motore = create_engine(url, poolclass=opzioni.pop("poolclass", None), **opzioni)
        if fcntl is not None:
            _metti_in_fila(motore)  # first: the queue is joined before BEGIN asks for the database
        _prepara_sqlite(motore)
    else:
        motore = create_engine(url, pool_pre_ping=True, **opzioni)
    sessione.remove()
    sessione.configure(bind=motore)
    return motore


def _prepara_sqlite(motore: Engine) -> None:
    @event.listens_for(motore, "connect")
    def _connetti(connessione: Any, _: Any) -> None:
        connessione.isolation_level = None  # we emit BEGIN ourselves
        for comando in (
            "journal_mode=WAL",
            "synchronous=FULL",  # a «received» told to an ente survives a power cut
            "foreign_keys=ON",
            "busy_timeout=15000",
            "mmap_size=268435456",
            "cache_size=-16000",
        ):
            connessione.execute(f"PRAGMA {comando}")

    @event.listens_for(motore, "begin")
    def _inizia(connessione: Any) -> None:
        connessione.exec_driver_sql("BEGIN IMMEDIATE" if SCRIVE.get() else "BEGIN")


def _metti_in_fila(motore: Engine) -> None:
    """Writers in the order they come: ``flock`` until the connection goes back to the pool, or its process dies."""
    percorso = f"{motore.url.database}-fila"

    @event.listens_for(motore, "begin")
    def _aspetta(connessione: Any) -> None:
        if SCRIVE.get():
            if "fila" not in connessione.info:
                connessione.info["fila"] = os.open(percorso, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(connessione.info["fila"], fcntl.LOCK_EX)

    @event.listens_for(motore, "checkin")
    def _lascia(_connessione: Any, registrata: Any) -> None:
        if "fila" in registrata.info:
            fcntl.flock(registrata.info["fila"], fcntl.LOCK_UN)

    @event.listens_for(motore, "close")
    def _chiudi(_connessione: Any, registrata: Any) -> None:
        if "fila" in registrata.info:
            os.close(registrata.info.pop("fila"))
