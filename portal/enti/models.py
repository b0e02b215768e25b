from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import Base, Id, Riga, Versionata, enum


class TipoEnte(StrEnum):
    ETS = "ets"
    PUBBLICO = "pubblico"
    SINDACATO = "sindacato"
    ALTRO = "altro"


class SezioneRunts(StrEnum):
    """Sections of the register, art. 46 c. 1 D.Lgs. 117/2017."""

    ODV = "odv"
    APS = "aps"
    EF = "ef"
    IS = "is"
    RA = "ra"
    SMS = "sms"
    ETS = "ets"


class StatoRunts(StrEnum):
    """What the register says (domain.md 2.3)."""

    ISCRITTO = "iscritto"
    IN_ISTRUTTORIA = "in_istruttoria"
    TRASMIGRATO = "iscritto_da_trasmigrazione"
    CANCELLATO = "cancellato"
    NON_TROVATO = "non_trovato"
    SOLO_REGISTRO_IMPRESE = "solo_registro_imprese"
    EX_ONLUS = "ex_onlus_domanda_pendente"
    RAMO_RELIGIOSO = "ramo_ets_ente_religioso"


class Ente(Versionata, Base):
    """A body, known to the whole installation; what it may do where is said by roles and procedures."""

    __tablename__ = "ente"
    __table_args__ = (
        UniqueConstraint("codice_fiscale"),
        CheckConstraint("length(codice_fiscale) = 11", name="codice_fiscale_11"),
        CheckConstraint("cap IS NULL OR length(cap) = 5", name="cap_5"),
    )

    id: Mapped[Id]
    tipo: Mapped[TipoEnte] = mapped_column(enum(TipoEnte, "tipo"))
    codice_fiscale: Mapped[str] = mapped_column(String(11))
    denominazione: Mapped[Riga]
    forma_giuridica: Mapped[Riga | None]
    pec: Mapped[Riga]
    sito: Mapped[Riga | None]
    telefono: Mapped[Riga | None]
    indirizzo: Mapped[Riga | None]
    cap: Mapped[str | None] = mapped_column(String(5))
    comune: Mapped[Riga]
    provincia: Mapped[str] = mapped_column(String(2))
    esempio: Mapped[bool] = mapped_column(default=False)
    """True for the made-up bodies of the demonstration: the pages say so."""
    registrato_il: Mapped[datetime]
    rilevazioni: Mapped[list[RilevazioneRunts]] = relationship(
        back_populates="ente", lazy="raise_on_sql", order_by="RilevazioneRunts.rilevata_il.desc()"
    )
    attivita: Mapped[list[AttivitaEnte]] = relationship(
        back_populates="ente", lazy="raise_on_sql", cascade="all, delete-orphan", order_by="AttivitaEnte.lettera"
    )


class RilevazioneRunts(Base):
    """What the register said of an ente on a date, and who says so (domain.md 2.3, check dates)."""

    __tablename__ = "rilevazione_runts"
    __table_args__ = (Index("ix_rilevazione_runts_ente", "ente_id", "rilevata_il"),)

    id: Mapped[Id]
    ente_id: Mapped[int] = mapped_column(ForeignKey("ente.id"))
    stato: Mapped[StatoRunts] = mapped_column(enum(StatoRunts, "stato"))
    sezione: Mapped[SezioneRunts | None] = mapped_column(enum(SezioneRunts, "sezione"))
    repertorio: Mapped[int | None]
    iscritto_il: Mapped[date | None]
    fonte: Mapped[Riga]
    rilevata_il: Mapped[datetime]
    ente: Mapped[Ente] = relationship(back_populates="rilevazioni", lazy="raise_on_sql")


class AttivitaEnte(Base):
    """A letter of art. 5 c. 1 D.Lgs. 117/2017 that the statute of the ente names."""

    __tablename__ = "attivita_ente"
    __table_args__ = (UniqueConstraint("ente_id", "lettera"),)

    id: Mapped[Id]
    ente_id: Mapped[int] = mapped_column(ForeignKey("ente.id"))
    lettera: Mapped[str] = mapped_column(String(1))
    ente: Mapped[Ente] = relationship(back_populates="attivita", lazy="raise_on_sql")
