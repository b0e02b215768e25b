from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..ambiti.models import Comune
from ..db import Base, Id, Riga, Sigla, Versionata, enum
from ..piano.models import Scheda
from ..tenancy import DellAmbito


class Categoria(StrEnum):
    """The seven strategic areas of the plan, as a citizen looks for them."""

    ACCESSO = "accesso"
    FAMIGLIE = "famiglie"
    ANZIANI = "anziani"
    DISABILITA = "disabilita"
    INCLUSIONE = "inclusione"
    VIOLENZA = "violenza"
    CONCILIAZIONE = "conciliazione"


class StatoServizio(StrEnum):
    ATTIVO = "attivo"
    NON_ATTIVO = "non_attivo"


class Servizio(DellAmbito, Versionata, Base):
    """A page of the guide. Long texts are Markdown. ``pubblicato`` False: a draft of the office."""

    __tablename__ = "servizio"
    __table_args__ = (
        UniqueConstraint("ambito_id", "slug"),
        CheckConstraint("length(descrizione) <= 255", name="descrizione_255"),
        CheckConstraint("stato = 'attivo' OR length(motivo_stato) > 0", name="motivo_stato"),
        Index("ix_servizio_elenco", "ambito_id", "pubblicato", "titolo"),
        Index("ix_servizio_scheda", "scheda_id", "ambito_id"),
    )

    id: Mapped[Id]
    slug: Mapped[Sigla]
    titolo: Mapped[Riga]
    categoria: Mapped[Categoria] = mapped_column(enum(Categoria, "categoria"))
    stato: Mapped[StatoServizio] = mapped_column(enum(StatoServizio, "stato"))
    motivo_stato: Mapped[str]
    descrizione: Mapped[Riga]
    protetto: Mapped[bool]
    pubblicato: Mapped[bool]
    scheda_id: Mapped[int | None] = mapped_column(ForeignKey("scheda.id"))
    breve_per_chi: Mapped[str]
    breve_costo: Mapped[str]
    breve_portare: Mapped[str]
    breve_urgenza: Mapped[str]
    a_chi: Mapped[str]
    come_fare: Mapped[str]
    cosa_serve: Mapped[str]
    cosa_ottieni: Mapped[str]
    tempi: Mapped[str]
    costi: Mapped[str]
    chi_paga: Mapped[str]
    condizioni: Mapped[str]
    parole: Mapped[str]
    """Everyday words people search with, comma separated."""
    argomenti: Mapped[str]
    """Topics of the municipal vocabulary, comma separated (shown, not searched by field)."""
    fonte: Mapped[Riga]
    verificato_il: Mapped[date | None]
    verificato_da: Mapped[Riga]
    aggiornato_il: Mapped[datetime]
    scheda: Mapped[Scheda | None] = relationship(lazy="raise_on_sql")
    sedi: Mapped[list[Sede]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Sede.ordine")
    contatti: Mapped[list[Contatto]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Contatto.ordine"
    )
    comuni: Mapped[list[ServizioComune]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    traduzioni: Mapped[list[Traduzione]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")


class Sede(DellAmbito, Base):
    """Where the service is given. An empty text is shown as «da completare», never invented."""

    __tablename__ = "sede"
    __table_args__ = (UniqueConstraint("servizio_id", "ordine"),)

    id: Mapped[Id]
    servizio_id: Mapped[int] = mapped_column(ForeignKey("servizio.id"))
    ordine: Mapped[int]
    nome: Mapped[Riga]
    indirizzo: Mapped[str]
    orari: Mapped[str]
    accessibilita: Mapped[str]


class Contatto(DellAmbito, Base):
    __tablename__ = "contatto"
    __table_args__ = (UniqueConstraint("servizio_id", "ordine"),)

    id: Mapped[Id]
    servizio_id: Mapped[int] = mapped_column(ForeignKey("servizio.id"))
    ordine: Mapped[int]
    tipo: Mapped[Sigla]
    etichetta: Mapped[Riga]
    valore: Mapped[Riga]


class ServizioComune(DellAmbito, Base):
    """A comune the service covers; no row at all means the whole Ambito."""

    __tablename__ = "servizio_comune"
    __table_args__ = (UniqueConstraint("servizio_id", "comune_id"),)

    id: Mapped[Id]
    servizio_id: Mapped[int] = mapped_column(ForeignKey("servizio.id"))
    comune_id: Mapped[int] = mapped_column(ForeignKey("comune.id"))
    comune: Mapped[Comune] = relationship(lazy="raise_on_sql")


class Traduzione(DellAmbito, Base):
    """Title, summary and «in breve» of a page in another language; acts have legal value in Italian only."""

    __tablename__ = "traduzione"
    __table_args__ = (UniqueConstraint("servizio_id", "lingua"),)

    id: Mapped[Id]
    servizio_id: Mapped[int] = mapped_column(ForeignKey("servizio.id"))
    lingua: Mapped[Sigla]
    titolo: Mapped[Riga]
    descrizione: Mapped[Riga]
    breve_per_chi: Mapped[str]
    breve_costo: Mapped[str]
    breve_portare: Mapped[str]
    breve_urgenza: Mapped[str]


class Parere(DellAmbito, Base):
    """An answer to «Questa pagina è chiara?»: a mark from 1 to 4 and a free sentence, nothing on who wrote it."""

    __tablename__ = "parere"
    __table_args__ = (
        CheckConstraint("chiarezza BETWEEN 1 AND 4", name="chiarezza"),
        Index("ix_parere_servizio", "servizio_id", "id"),
    )

    id: Mapped[Id]
    servizio_id: Mapped[int] = mapped_column(ForeignKey("servizio.id"))
    chiarezza: Mapped[int]
    testo: Mapped[str]
    lasciato_il: Mapped[datetime]
