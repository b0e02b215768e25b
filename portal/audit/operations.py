"""Writing the register. Events are gathered during the transaction and chained just before its commit.

The chain's head is the last lock taken, for the shortest time and always in the same order: two busy
transactions queue on it, they never block each other for long and never deadlock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, SessionTransaction

from ..clocks import adesso
from ..db import sessione
from . import rules
from .models import Evento, TestaCatena

CHIAVE = "audit_in_attesa"


@dataclass(frozen=True)
class Voce:
    """An event that waits for the commit; ``punto`` is the savepoint it belongs to, if any."""

    azione: str
    oggetto: Any
    attore_id: int | None
    dettagli: dict[str, Any]
    quando: datetime
    punto: SessionTransaction | None
    riservata: bool

    def dentro(self, punto: SessionTransaction) -> bool:
        """Was the event told inside that savepoint, or inside one of its own?"""
        corrente = self.punto
        while corrente is not None and corrente is not punto:
            corrente = corrente.parent
        return corrente is punto


def registra(
    azione: str, oggetto: Any, *, attore: Any, dettagli: Mapping[str, Any] | None = None, riservata: bool = False
) -> None:
    """Say that ``attore`` did ``azione`` to ``oggetto``. None as attore: the portal itself.

    ``dettagli`` holds states, numbers and fingerprints, not personal data. ``riservata``: no page that everyone may
    read shows what it changed, so the pages kept ready stay true. Saved with the transaction.
    """
    corrente = sessione()
    if not corrente.in_transaction():
        corrente.begin()  # so that a roll-back is told, even when nothing else was written
    voce = Voce(
        azione,
        oggetto,
        getattr(attore, "id", None),
        dict(dettagli or {}),
        adesso(),
        corrente.get_nested_transaction(),
        riservata,
    )
    corrente.info.setdefault(CHIAVE, []).append(voce)


@event.listens_for(sessione.session_factory, "before_commit")
def _scrivi(corrente: Session) -> None:
    attesa = corrente.info.get(CHIAVE)
    if not attesa or corrente.in_nested_transaction():
        return
    corrente.info[CHIAVE] = []
    corrente.flush()  # objects made in this transaction need their ids
    per_catena: dict[int, list[Voce]] = {}
    for voce in attesa:
        per_catena.setdefault(getattr(voce.oggetto, "ambito_id", None) or 0, []).append(voce)
    for catena in sorted(per_catena):
        _aggiungi(corrente, catena, per_catena[catena])
    corrente.flush()


@event.listens_for(sessione.session_factory, "after_soft_rollback")
def _dimentica(corrente: Session, annullata: SessionTransaction) -> None:
    """What was rolled back did not happen: all of it, or only what a savepoint held."""
    if annullata.nested:
        corrente.info[CHIAVE] = [voce for voce in corrente.info.get(CHIAVE, ()) if not voce.dentro(annullata)]
    elif annullata.parent is None:
        corrente.info.pop(CHIAVE, None)


def _aggiungi(corrente: Session, catena: int, voci: list[Voce]) -> None:
    testa = _testa(corrente, catena)
    for voce in voci:
        riga = _riga(catena, testa.numero + 1, voce)
        impronta = rules.impronta(riga, testa.impronta)
        corrente.add(Evento(**riga.__dict__, precedente=testa.impronta, impronta=impronta))
        testa.numero, testa.impronta = riga.numero, impronta
    testa.contenuto += not all(voce.riservata for voce in voci)


def _riga(catena: int, numero: int, voce: Voce) -> rules.Riga:
    tipo = getattr(type(voce.oggetto), "__tablename__", type(voce.oggetto).__name__.lower())
    identita = getattr(voce.oggetto, "id", None)
    return rules.Riga(
        catena, numero, voce.quando, voce.attore_id, voce.azione, tipo, identita, rules.canonico(voce.dettagli)
    )


def _testa(corrente: Session, catena: int) -> TestaCatena:
    cerca = select(TestaCatena).where(TestaCatena.catena == catena).with_for_update()
    cerca = cerca.execution_options(populate_existing=True)
    testa = corrente.scalar(cerca)
    if testa is None:
        try:
            with corrente.begin_nested():
                corrente.add(TestaCatena(catena=catena, numero=0, impronta=rules.ORIGINE, contenuto=0))
        except IntegrityError:
            pass  # another transaction opened the chain first: use theirs
        testa = corrente.scalars(cerca).one()
    return testa
