from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import Base, Id, Riga, Versionata, enum
from ..enti.models import Ente, RilevazioneRunts
from ..tenancy import DellAmbito


class CategoriaRete(DellAmbito, Versionata, Base):
    """As what one sits in the Rete: each Ambito has its own table (domain.md 3.1)."""

    __tablename__ = "categoria_rete"
    __table_args__ = (UniqueConstraint("ambito_id", "nome"), CheckConstraint("ordine >= 0", name="ordine"))

    id: Mapped[Id]
    nome: Mapped[Riga]
    ordine: Mapped[int]
    aperta: Mapped[bool] = mapped_column(default=True)
    """Whether one may still ask to join in it; who is there already stays."""


class StatoAdesione(StrEnum):
    RICHIESTA = "richiesta"
    AMMESSA = "ammessa"
    RESPINTA = "respinta"
    RITIRATA = "ritirata"
    RECESSA = "recessa"
    ESCLUSA = "esclusa"


class Adesione(DellAmbito, Versionata, Base):
    """An ente and the Rete, from the request to the end: at most one alive (``attiva`` is 1 or NULL for that).

    It is a member from ``ammessa_il``, included, to ``cessata_il``, excluded: two of them never share a day.
    """

    __tablename__ = "adesione"
    __table_args__ = (
        UniqueConstraint("ambito_id", "ente_id", "attiva", name="uq_adesione_una_per_ente"),
        CheckConstraint("attiva IS NULL OR attiva = 1", name="attiva"),
        CheckConstraint("(stato IN ('richiesta', 'ammessa')) = (attiva IS NOT NULL)", name="viva"),
        CheckConstraint("(stato IN ('richiesta', 'ritirata')) = (decisa_il IS NULL)", name="decisa"),
        CheckConstraint("(decisa_il IS NULL) = (atto IS NULL)", name="decisa_con_atto"),
        CheckConstraint("(stato IN ('ammessa', 'recessa', 'esclusa')) = (ammessa_il IS NOT NULL)", name="nella_rete"),
        CheckConstraint("(stato IN ('recessa', 'esclusa')) = (cessata_il IS NOT NULL)", name="cessata"),
        CheckConstraint("(stato = 'esclusa') = (atto_fine IS NOT NULL)", name="esclusa_con_atto"),
        CheckConstraint("cessata_il IS NULL OR cessata_il >= ammessa_il", name="periodo"),
        Index("ix_adesione_registro", "ambito_id", "ammessa_il"),
        Index("ix_adesione_stato", "ambito_id", "stato"),
    )

    id: Mapped[Id]
    ente_id: Mapped[int] = mapped_column(ForeignKey("ente.id"), index=True)
    categoria_id: Mapped[int] = mapped_column(ForeignKey("categoria_rete.id"), index=True)
    stato: Mapped[StatoAdesione] = mapped_column(enum(StatoAdesione, "stato"))
    attiva: Mapped[int | None]
    presentazione: Mapped[str]
    """What the ente does in the Ambito, in its own words."""
    dichiarazione: Mapped[str]
    """The declaration as it was made: copied, so that what was declared stays readable."""
    rilevazione_id: Mapped[int | None] = mapped_column(ForeignKey("rilevazione_runts.id"))
    """What the RUNTS said of the ente when it asked."""
    chiesta_il: Mapped[datetime]
    chiesta_da: Mapped[int | None] = mapped_column(ForeignKey("utente.id"))
    decisa_il: Mapped[datetime | None]
    decisa_da: Mapped[int | None] = mapped_column(ForeignKey("utente.id"))
    motivo: Mapped[str] = mapped_column(default="")
    """Of the decision."""
    atto: Mapped[Riga | None]
    ammessa_il: Mapped[date | None]
    cessata_il: Mapped[date | None]
    motivo_fine: Mapped[str] = mapped_column(default="")
    """Of the withdrawal of the request, of leaving, of the exclusion."""
    atto_fine: Mapped[Riga | None]
    ente: Mapped[Ente] = relationship(lazy="raise_on_sql")
    categoria: Mapped[CategoriaRete] = relationship(lazy="raise_on_sql")
    rilevazione: Mapped[RilevazioneRunts | None] = relationship(lazy="raise_on_sql")
    rappresentanti: Mapped[list[Rappresentante]] = relationship(
        back_populates="adesione", lazy="raise_on_sql", order_by="Rappresentante.dal, Rappresentante.id"
    )


class Rappresentante(DellAmbito, Base):
    """Who speaks for an ente in the Rete. Everyone reads ``qualita``; the name stays between the ente and the office."""

    __tablename__ = "rappresentante"
    __table_args__ = (
        CheckConstraint("al IS NULL OR al >= dal", name="periodo"),
        CheckConstraint("NOT delegato OR delega <> ''", name="delega_scritta"),
        Index("ix_rappresentante_adesione", "adesione_id", "dal"),
    )

    id: Mapped[Id]
    adesione_id: Mapped[int] = mapped_column(ForeignKey("adesione.id"))
    utente_id: Mapped[int | None] = mapped_column(ForeignKey("utente.id"), index=True)
    nome: Mapped[Riga] = mapped_column(info={"personale": "chi parla per l'ente nella Rete"})
    qualita: Mapped[Riga]
    delegato: Mapped[bool]
    delega: Mapped[Riga]
    """The written proxy of a delegate; empty for the titolare."""
    dal: Mapped[date]
    al: Mapped[date | None]
    adesione: Mapped[Adesione] = relationship(back_populates="rappresentanti", lazy="raise_on_sql")
