"""Numbers without gaps, per Ambito, register and year.

The counter is a row, advanced in the same transaction as the act that takes the number: if the act is rolled
back the number goes back with it, and two acts at once queue on the row. Never a database sequence, which
leaves gaps.
"""

from __future__ import annotations

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped

from .db import Base, Id, Sigla, sessione
from .tenancy import DellAmbito


class Numeratore(DellAmbito, Base):
    __tablename__ = "numeratore"
    __table_args__ = (UniqueConstraint("ambito_id", "registro", "anno"),)

    id: Mapped[Id]
    registro: Mapped[Sigla]
    anno: Mapped[int]
    ultimo: Mapped[int]


def prossimo(registro: str, anno: int, *, ambito_id: int) -> int:
    """The next number of ``registro`` in ``anno``, from 1. Locks the counter until the transaction ends."""
    cerca = select(Numeratore).where(
        Numeratore.ambito_id == ambito_id, Numeratore.registro == registro, Numeratore.anno == anno
    )
    riga = sessione.scalar(cerca.with_for_update().execution_options(populate_existing=True))
    if riga is None:
        _crea(registro, anno, ambito_id)
        riga = sessione.scalars(cerca.with_for_update().execution_options(populate_existing=True)).one()
    riga.ultimo += 1
    sessione.flush()  # the number must be taken before anything else of the act is written
    return riga.ultimo


def _crea(registro: str, anno: int, ambito_id: int) -> None:
    """Make the counter; if another transaction made it first, wait for it and use theirs."""
    from sqlalchemy.exc import IntegrityError

    try:
        with sessione.begin_nested():
            sessione.add(Numeratore(registro=registro, anno=anno, ambito_id=ambito_id, ultimo=0))
    except IntegrityError:
        pass
