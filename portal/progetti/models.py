from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import Base, Id, Riga, Sigla, Versionata, enum
from ..enti.models import Ente
from ..piano.models import RigaBilancio
from ..proposte.models import Proposta
from ..tenancy import DellAmbito


class StatoProgetto(StrEnum):
    DA_LEGARE = "da_legare"
    ATTIVO = "attivo"
    CONCLUSO = "concluso"


class Progetto(DellAmbito, Versionata, Base):
    """A selected proposal on its way: ``attivo`` once its whole contribution is bound to budget lines."""

    __tablename__ = "progetto"
    __table_args__ = (
        UniqueConstraint("ambito_id", "slug"),
        UniqueConstraint("proposta_id"),
        CheckConstraint("contributo > 0", name="contributo"),
        CheckConstraint("(stato = 'da_legare') = (attivo_il IS NULL)", name="attivo"),
    )

    id: Mapped[Id]
    slug: Mapped[Sigla]
    proposta_id: Mapped[int] = mapped_column(ForeignKey("proposta.id"))
    ente_id: Mapped[int] = mapped_column(ForeignKey("ente.id"))
    titolo: Mapped[Riga]
    sintesi: Mapped[str]
    contributo: Mapped[Decimal]
    atto: Mapped[Riga]
    approvato_il: Mapped[date]
    stato: Mapped[StatoProgetto] = mapped_column(enum(StatoProgetto, "stato"))
    creato_il: Mapped[datetime]
    attivo_il: Mapped[datetime | None]
    proposta: Mapped[Proposta] = relationship(lazy="raise_on_sql")
    ente: Mapped[Ente] = relationship(lazy="raise_on_sql")
    impegni: Mapped[list[Impegno]] = relationship(back_populates="progetto", lazy="raise_on_sql", order_by="Impegno.id")


class Impegno(DellAmbito, Base):
    """A part of the contribution bound to one budget line, in euro.

    ``residuo_prima`` is what the line had left when the decision was taken; an overrun keeps its reason and who
    accepted it, and both stay visible.
    """

    __tablename__ = "impegno"
    __table_args__ = (
        CheckConstraint("importo > 0", name="importo"),
        CheckConstraint("(sforamento_motivo IS NULL) = (sforamento_da IS NULL)", name="sforamento_da"),
        CheckConstraint("importo <= residuo_prima OR sforamento_motivo IS NOT NULL", name="sforamento_motivo"),
        Index("ix_impegno_riga", "ambito_id", "riga_id"),
        Index("ix_impegno_progetto", "progetto_id"),
    )

    id: Mapped[Id]
    progetto_id: Mapped[int] = mapped_column(ForeignKey("progetto.id"))
    riga_id: Mapped[int] = mapped_column(ForeignKey("riga_bilancio.id"))
    importo: Mapped[Decimal]
    residuo_prima: Mapped[Decimal]
    sforamento_motivo: Mapped[str | None]
    sforamento_da: Mapped[int | None] = mapped_column(ForeignKey("utente.id"))
    creato_il: Mapped[datetime]
    creato_da: Mapped[int] = mapped_column(ForeignKey("utente.id"))
    progetto: Mapped[Progetto] = relationship(back_populates="impegni", lazy="raise_on_sql")
    riga: Mapped[RigaBilancio] = relationship(lazy="raise_on_sql")
