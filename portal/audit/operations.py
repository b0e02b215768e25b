"""Writing the register. Events are gathered during the transaction and chained just before its commit.

The chain's head is the last lock taken, for the shortest time and always in the same order: two busy
transactions queue on it, they never block each other for long and never deadlock.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..clocks import adesso
from ..db import sessione
from . import rules
from .models import Evento, TestaCatena

CHIAVE = "audit_in_attesa"


def registra(azione: str, oggetto: Any, *, attore: Any, dettagli: Mapping[str, Any] | None = None) -> None:
    """Say that ``attore`` did ``azione`` to ``oggetto``. None as attore: the portal itself.

    ``dettagli`` holds states, numbers and fingerprints, not personal data. Saved with the transaction.
    """
    sessione().info.setdefault(CHIAVE, []).append((azione, oggetto, getattr(attore, "id", None), dict(dettagli or {}), adesso()))


@event.listens_for(sessione.session_factory, "before_commit")
def _scrivi(corrente: Session) -> None:
    attesa = corrente.info.get(CHIAVE)
    if not attesa or corrente.in_nested_transaction():
        return
    corrente.info[CHIAVE] = []
    corrente.flush()  # objects made in this transaction need their ids
    per_catena: dict[int, list[Any]] = {}
    for voce in attesa:
        per_catena.setdefault(getattr(voce[1], "ambito_id", None) or 0, []).append(voce)
    for catena in sorted(per_catena):
        _aggiungi(corrente, catena, per_catena[catena])
    corrente.flush()


@event.listens_for(sessione.session_factory, "after_rollback")
def _dimentica(corrente: Session) -> None:
    corrente.info.pop(CHIAVE, None)


def _aggiungi(corrente: Session, catena: int, voci: list[Any]) -> None:
    testa = _testa(corrente, catena)
    for azione, oggetto, attore_id, dettagli, quando in voci:
        riga = _riga(catena, testa.numero + 1, quando, attore_id, azione, oggetto, dettagli)
        impronta = rules.impronta(riga, testa.impronta)
        corrente.add(Evento(**riga.__dict__, precedente=testa.impronta, impronta=impronta))
        testa.numero, testa.impronta = riga.numero, impronta


def _riga(
    catena: int, numero: int, quando: datetime, attore_id: int | None, azione: str, oggetto: Any, dettagli: dict[str, Any]
) -> rules.Riga:
    tipo = getattr(type(oggetto), "__tablename__", type(oggetto).__name__.lower())
    identita = getattr(oggetto, "id", None)
    return rules.Riga(catena, numero, quando, attore_id, azione, tipo, identita, rules.canonico(dettagli))


def _testa(corrente: Session, catena: int) -> TestaCatena:
    cerca = select(TestaCatena).where(TestaCatena.catena == catena).with_for_update()
    cerca = cerca.execution_options(populate_existing=True)
    testa = corrente.scalar(cerca)
    if testa is None:
        try:
            with corrente.begin_nested():
                corrente.add(TestaCatena(catena=catena, numero=0, impronta=rules.ORIGINE))
        except IntegrityError:
            pass  # another transaction opened the chain first: use theirs
        testa = corrente.scalars(cerca).one()
    return testa
