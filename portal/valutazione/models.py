from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..avvisi.models import Avviso, Criterio
from ..db import Base, Id, Riga, Versionata, enum
from ..proposte.models import Proposta
from ..tenancy import DellAmbito
from ..utenti.models import Utente


class Ammissibilita(DellAmbito, Versionata, Base):
    """Outcome of the formal check of a proposal: a refusal always has its reason (L. 241/1990 art. 3)."""

    __tablename__ = "ammissibilita"
    __table_args__ = (
        UniqueConstraint("proposta_id"),
        CheckConstraint("ammessa OR length(motivo) > 0", name="motivo"),
    )

    id: Mapped[Id]
    proposta_id: Mapped[int] = mapped_column(ForeignKey("proposta.id"))
    ammessa: Mapped[bool]
    motivo: Mapped[str]
    decisa_il: Mapped[datetime]
    decisa_da: Mapped[int] = mapped_column(ForeignKey("utente.id"))
    proposta: Mapped[Proposta] = relationship(lazy="raise_on_sql")


class StatoCommissione(StrEnum):
    NOMINATA = "nominata"
    AL_LAVORO = "al_lavoro"
    CONCLUSA = "conclusa"


class Commissione(DellAmbito, Versionata, Base):
    __tablename__ = "commissione"
    __table_args__ = (
        UniqueConstraint("avviso_id"),
        CheckConstraint("(stato = 'conclusa') = (conclusa_il IS NOT NULL)", name="conclusa"),
    )

    id: Mapped[Id]
    avviso_id: Mapped[int] = mapped_column(ForeignKey("avviso.id"))
    atto: Mapped[Riga]
    stato: Mapped[StatoCommissione] = mapped_column(enum(StatoCommissione, "stato"))
    nominata_il: Mapped[datetime]
    conclusa_il: Mapped[datetime | None]
    avviso: Mapped[Avviso] = relationship(lazy="raise_on_sql")
    membri: Mapped[list[Membro]] = relationship(
        back_populates="commissione", lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Membro.id"
    )


class RuoloMembro(StrEnum):
    PRESIDENTE = "presidente"
    COMPONENTE = "componente"


class StatoDichiarazione(StrEnum):
    """State of a commissioner's declaration (art. 6-bis L. 241/1990; DPR 62/2013 art. 7)."""

    DA_RENDERE = "da_rendere"
    ASSENZA = "assenza"
    CONFLITTO = "conflitto"


class Membro(DellAmbito, Base):
    """A seat of the commission. Nobody opens a proposal until every declaration is made."""

    __tablename__ = "membro"
    __table_args__ = (
        UniqueConstraint("commissione_id", "utente_id"),
        CheckConstraint("(dichiarazione = 'da_rendere') = (dichiarata_il IS NULL)", name="dichiarata"),
    )

    id: Mapped[Id]
    commissione_id: Mapped[int] = mapped_column(ForeignKey("commissione.id"))
    utente_id: Mapped[int] = mapped_column(ForeignKey("utente.id"))
    ruolo: Mapped[RuoloMembro] = mapped_column(enum(RuoloMembro, "ruolo"))
    dichiarazione: Mapped[StatoDichiarazione] = mapped_column(enum(StatoDichiarazione, "dichiarazione"))
    dichiarata_il: Mapped[datetime | None]
    conflitto_nota: Mapped[str]
    commissione: Mapped[Commissione] = relationship(back_populates="membri", lazy="raise_on_sql")
    utente: Mapped[Utente] = relationship(lazy="raise_on_sql")


class Punteggio(DellAmbito, Versionata, Base):
    """Points of one commissioner on one criterion of one proposal, with the reason (hundredths of a point)."""

    __tablename__ = "punteggio"
    __table_args__ = (
        UniqueConstraint("membro_id", "proposta_id", "criterio_id"),
        CheckConstraint("punti >= 0", name="punti"),
        CheckConstraint("length(motivazione) > 0", name="motivazione"),
        Index("ix_punteggio_proposta", "proposta_id"),
    )

    id: Mapped[Id]
    membro_id: Mapped[int] = mapped_column(ForeignKey("membro.id"))
    proposta_id: Mapped[int] = mapped_column(ForeignKey("proposta.id"))
    criterio_id: Mapped[int] = mapped_column(ForeignKey("criterio.id"))
    punti: Mapped[Decimal]
    motivazione: Mapped[str]
    scritto_il: Mapped[datetime]
    criterio: Mapped[Criterio] = relationship(lazy="raise_on_sql")


class EsitoProposta(StrEnum):
    SELEZIONATA = "selezionata"
    IDONEA = "idonea_non_finanziata"
    NON_IDONEA = "non_idonea"
    NON_AMMESSA = "non_ammessa"


class RigaEsito(DellAmbito, Base):
    """A row of the published outcome: a copy of what the scores gave, so that the two can be compared for ever."""

    __tablename__ = "riga_esito"
    __table_args__ = (
        UniqueConstraint("proposta_id"),
        CheckConstraint("(esito = 'non_ammessa') = (posizione IS NULL)", name="posizione"),
        Index("ix_riga_esito_avviso", "avviso_id", "posizione"),
    )

    id: Mapped[Id]
    avviso_id: Mapped[int] = mapped_column(ForeignKey("avviso.id"))
    proposta_id: Mapped[int] = mapped_column(ForeignKey("proposta.id"))
    posizione: Mapped[int | None]
    punti: Mapped[Decimal | None]
    esito: Mapped[EsitoProposta] = mapped_column(enum(EsitoProposta, "esito"))
    contributo: Mapped[Decimal | None]
    """Contribution proposed for a selected proposal, in euro."""
    proposta: Mapped[Proposta] = relationship(lazy="raise_on_sql")


class Esito(DellAmbito, Base):
    """The published outcome of an avviso: the act that approves it and when it was published."""

    __tablename__ = "esito"
    __table_args__ = (UniqueConstraint("avviso_id"),)

    id: Mapped[Id]
    avviso_id: Mapped[int] = mapped_column(ForeignKey("avviso.id"))
    atto: Mapped[Riga]
    pubblicato_il: Mapped[datetime]
    pubblicato_da: Mapped[int] = mapped_column(ForeignKey("utente.id"))
    impronta: Mapped[Riga]
    """SHA-256 of the scores the ranking was computed from."""
    avviso: Mapped[Avviso] = relationship(lazy="raise_on_sql")
