from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base, Id, Sigla


class Evento(Base):
    """One operation. ``catena`` is the Ambito's id, or 0 for what belongs to the whole installation.

    Triggers made by the migration refuse UPDATE and DELETE.
    """

    __tablename__ = "evento"
    __table_args__ = (
        UniqueConstraint("catena", "numero"),
        CheckConstraint("length(impronta) = 64", name="impronta"),
        Index("ix_evento_oggetto", "oggetto_tipo", "oggetto_id"),
    )

    id: Mapped[Id]
    catena: Mapped[int]
    numero: Mapped[int]
    quando: Mapped[datetime]
    attore_id: Mapped[int | None]
    azione: Mapped[Sigla]
    oggetto_tipo: Mapped[Sigla]
    oggetto_id: Mapped[int | None]
    dettagli: Mapped[str]
    precedente: Mapped[str] = mapped_column(String(64))
    impronta: Mapped[str] = mapped_column(String(64))


class TestaCatena(Base):
    """The last row of a chain: locked at the end of each transaction, so that rows queue and never fork.

    ``contenuto`` grows with every event that a public page may show: the version that kept pages are made from.
    """

    __tablename__ = "evento_testa"

    catena: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    numero: Mapped[int]
    impronta: Mapped[str] = mapped_column(String(64))
    contenuto: Mapped[int] = mapped_column(default=0, server_default="0")
