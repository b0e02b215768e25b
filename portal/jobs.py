"""Long and timed work as rows: claimed by one worker, with progress, resumed after a crash.

A job is a function registered with ``@lavoro("nome")``; it receives its row and its arguments, and calls
``avanza`` as it goes (each call is a commit: what is done stays done). Whoever dies in the middle leaves a lease
that expires, and another worker starts the job again from its ``fatto``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from .clocks import adesso
from .db import Base, Id, Riga, Sigla, enum, sessione
from .logs import log
from .transaction import unita

AFFITTO = timedelta(minutes=5)
MASSIMO_TENTATIVI = 5


class StatoLavoro(StrEnum):
    IN_CODA = "in_coda"
    IN_CORSO = "in_corso"
    FINITO = "finito"
    FALLITO = "fallito"


class Lavoro(Base):
    """A job: ``fatto`` of ``totale`` units done; ``affitto_fino`` is how long its worker owns it."""

    __tablename__ = "lavoro"
    __table_args__ = (
        CheckConstraint("fatto >= 0 AND (totale IS NULL OR fatto <= totale)", name="avanzamento"),
        Index("ix_lavoro_coda", "stato", "affitto_fino"),
    )

    id: Mapped[Id]
    ambito_id: Mapped[int | None] = mapped_column(ForeignKey("ambito.id"))
    nome: Mapped[Sigla]
    argomenti: Mapped[str]
    stato: Mapped[StatoLavoro] = mapped_column(enum(StatoLavoro, "stato"))
    fatto: Mapped[int] = mapped_column(default=0)
    totale: Mapped[int | None]
    tentativi: Mapped[int] = mapped_column(default=0)
    errore: Mapped[Riga | None]
    creato_il: Mapped[datetime]
    affitto_fino: Mapped[datetime]


Funzione = Callable[..., None]
_lavori: dict[str, Funzione] = {}


def lavoro(nome: str) -> Callable[[Funzione], Funzione]:
    """Register the function that does the jobs called ``nome``."""

    def registra(funzione: Funzione) -> Funzione:
        _lavori[nome] = funzione
        return funzione

    return registra


def accoda(nome: str, *, ambito_id: int | None = None, **argomenti: Any) -> Lavoro:
    """Queue a job in the current transaction. Arguments must fit JSON."""
    if nome not in _lavori:
        raise KeyError(f"lavoro sconosciuto: {nome}")
    quando = adesso()
    riga = Lavoro(
        nome=nome,
        ambito_id=ambito_id,
        argomenti=json.dumps(argomenti, ensure_ascii=False),
        stato=StatoLavoro.IN_CODA,
        creato_il=quando,
        affitto_fino=quando,
    )
    sessione.add(riga)
    return riga


def avanza(riga: Lavoro, fatto: int, totale: int | None = None) -> None:
    """Save the progress and renew the lease; call it inside ``unita()`` together with the work it tells of."""
    riga.fatto = fatto
    if totale is not None:
        riga.totale = totale
    riga.affitto_fino = adesso() + AFFITTO


def prendi() -> int | None:
    """Claim a job that waits, or whose worker is gone. The id, or None. Runs in its own unit of work.

    A job whose workers all died half-way has had its chances: it is marked as failed.
    """
    quando = adesso()
    interrotti = Lavoro.stato == StatoLavoro.IN_CORSO, Lavoro.affitto_fino <= quando, Lavoro.tentativi >= MASSIMO_TENTATIVI
    libero = (
        select(Lavoro.id)
        .where(
            Lavoro.tentativi < MASSIMO_TENTATIVI,
            Lavoro.affitto_fino <= quando,
            or_(Lavoro.stato == StatoLavoro.IN_CODA, Lavoro.stato == StatoLavoro.IN_CORSO),
        )
        .order_by(Lavoro.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    with unita():
        sessione.execute(update(Lavoro).where(*interrotti).values(stato=StatoLavoro.FALLITO, errore="interrotto"))
        return sessione.scalar(
            update(Lavoro)
            .where(Lavoro.id == libero.scalar_subquery())
            .values(stato=StatoLavoro.IN_CORSO, affitto_fino=quando + AFFITTO, tentativi=Lavoro.tentativi + 1)
            .returning(Lavoro.id)
        )


def esegui(lavoro_id: int) -> bool:
    """Do a claimed job; True when it finished. A failure is kept on the row and tried again after the lease."""
    riga = sessione.get(Lavoro, lavoro_id, populate_existing=True)
    if riga is None:
        return False
    argomenti: Mapping[str, Any] = json.loads(riga.argomenti)
    try:
        _lavori[riga.nome](lavoro_id, **argomenti)
    except Exception as errore:
        sessione.rollback()  # what the job left half-done must not get in the way of saying so
        log.error("lavoro_fallito", lavoro=lavoro_id, tipo=riga.nome, motivo=type(errore).__name__, exc_info=errore)
        _segna_fallito(lavoro_id, errore)
        return False
    with unita():
        fatto = sessione.get_one(Lavoro, lavoro_id, populate_existing=True)
        fatto.stato, fatto.errore = StatoLavoro.FINITO, None
    return True


def _segna_fallito(lavoro_id: int, errore: Exception) -> None:
    with unita():
        riga = sessione.get_one(Lavoro, lavoro_id, populate_existing=True)
        riga.errore = type(errore).__name__
        if riga.tentativi >= MASSIMO_TENTATIVI:
            riga.stato = StatoLavoro.FALLITO
