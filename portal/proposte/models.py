from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..avvisi.models import Avviso, DichiarazioneRichiesta, DocumentoRichiesto, Lotto
from ..db import Base, Id, Riga, Sigla, Versionata, enum
from ..enti.models import Ente, RilevazioneRunts
from ..tenancy import DellAmbito


class StatoProposta(StrEnum):
    BOZZA = "bozza"
    PRESENTATA = "presentata"
    RITIRATA = "ritirata"
    AMMESSA = "ammessa"
    NON_AMMESSA = "non_ammessa"
    SELEZIONATA = "selezionata"
    IDONEA = "idonea_non_finanziata"
    NON_IDONEA = "non_idonea"
    CONVENZIONATA = "convenzionata"


class Proposta(DellAmbito, Versionata, Base):
    """One ente's answer to one avviso: at most one not withdrawn (``attiva`` is 1 or NULL for that)."""

    __tablename__ = "proposta"
    __table_args__ = (
        UniqueConstraint("avviso_id", "ente_id", "attiva", name="uq_proposta_una_per_ente"),
        CheckConstraint("(stato = 'bozza') = (presentata_il IS NULL)", name="presentata"),
        CheckConstraint("(stato = 'bozza') = (impronta IS NULL)", name="impronta"),
        CheckConstraint("attiva IS NULL OR attiva = 1", name="attiva"),
        Index("ix_proposta_ente", "ente_id", "stato"),
        Index("ix_proposta_avviso", "ambito_id", "avviso_id", "stato"),
    )

    id: Mapped[Id]
    avviso_id: Mapped[int] = mapped_column(ForeignKey("avviso.id"))
    ente_id: Mapped[int] = mapped_column(ForeignKey("ente.id"))
    titolo: Mapped[Riga]
    stato: Mapped[StatoProposta] = mapped_column(enum(StatoProposta, "stato"))
    attiva: Mapped[int | None]
    creata_il: Mapped[datetime]
    creata_da: Mapped[int] = mapped_column(ForeignKey("utente.id"))
    presentata_il: Mapped[datetime | None]
    presentata_da: Mapped[int | None] = mapped_column(ForeignKey("utente.id"))
    impronta: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of the content as submitted (``proposte.rules.impronta``)."""
    rilevazione_id: Mapped[int | None] = mapped_column(ForeignKey("rilevazione_runts.id"))
    """What the RUNTS said of the ente when the proposal was submitted."""
    rinviata_motivo: Mapped[str | None]
    """Why the legal representative sent the draft back to who writes it."""
    avviso: Mapped[Avviso] = relationship(lazy="raise_on_sql")
    ente: Mapped[Ente] = relationship(lazy="raise_on_sql")
    rilevazione: Mapped[RilevazioneRunts | None] = relationship(lazy="raise_on_sql")
    sezioni: Mapped[list[Sezione]] = relationship(
        back_populates="proposta", lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    lotti: Mapped[list[LottoProposto]] = relationship(
        back_populates="proposta", lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    voci: Mapped[list[Voce]] = relationship(
        back_populates="proposta", lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Voce.ordine"
    )
    allegati: Mapped[list[Allegato]] = relationship(
        back_populates="proposta", lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Allegato.id"
    )
    dichiarazioni: Mapped[list[Dichiarazione]] = relationship(
        back_populates="proposta", lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    ricevuta: Mapped[Ricevuta | None] = relationship(back_populates="proposta", lazy="raise_on_sql")


class Sezione(DellAmbito, Versionata, Base):
    """A written section. Its own version: two people on two sections never get in each other's way."""

    __tablename__ = "sezione"
    __table_args__ = (UniqueConstraint("proposta_id", "chiave"),)

    id: Mapped[Id]
    proposta_id: Mapped[int] = mapped_column(ForeignKey("proposta.id"))
    chiave: Mapped[Sigla]
    testo: Mapped[str]
    modificata_il: Mapped[datetime]
    modificata_da: Mapped[int] = mapped_column(ForeignKey("utente.id"))
    proposta: Mapped[Proposta] = relationship(back_populates="sezioni", lazy="raise_on_sql")


class LottoProposto(DellAmbito, Base):
    __tablename__ = "lotto_proposto"
    __table_args__ = (UniqueConstraint("proposta_id", "lotto_id"),)

    id: Mapped[Id]
    proposta_id: Mapped[int] = mapped_column(ForeignKey("proposta.id"))
    lotto_id: Mapped[int] = mapped_column(ForeignKey("lotto.id"))
    proposta: Mapped[Proposta] = relationship(back_populates="lotti", lazy="raise_on_sql")
    lotto: Mapped[Lotto] = relationship(lazy="raise_on_sql")


class CategoriaCosto(StrEnum):
    """Kinds of cost (domain.md 1.2): no profit, no mark-up. Contributions in kind are valued apart, never reimbursed."""

    PERSONALE = "personale"
    VOLONTARI = "volontari"
    BENI = "beni"
    SERVIZI = "servizi"
    LOCALI = "locali"
    ASSICURAZIONI = "assicurazioni"
    COSTI_INDIRETTI = "costi_indiretti"
    ALTRO = "altro"
    APPORTI = "apporti_in_natura"


class Voce(DellAmbito, Versionata, Base):
    """A cost line of the quadro economico: what is asked of the Ambito and what the ente puts in, in euro."""

    __tablename__ = "voce"
    __table_args__ = (
        CheckConstraint("richiesto >= 0 AND quota_propria >= 0", name="non_negativi"),
        CheckConstraint("richiesto + quota_propria > 0", name="non_vuota"),
        Index("ix_voce_proposta", "proposta_id", "ordine"),
    )

    id: Mapped[Id]
    proposta_id: Mapped[int] = mapped_column(ForeignKey("proposta.id"))
    ordine: Mapped[int]
    categoria: Mapped[CategoriaCosto] = mapped_column(enum(CategoriaCosto, "categoria"))
    descrizione: Mapped[Riga]
    richiesto: Mapped[Decimal]
    quota_propria: Mapped[Decimal]
    proposta: Mapped[Proposta] = relationship(back_populates="voci", lazy="raise_on_sql")


class Allegato(DellAmbito, Base):
    """A file of the proposal: stored by key, known by its SHA-256. ``firma`` is what could be said of it."""

    __tablename__ = "allegato"
    __table_args__ = (
        UniqueConstraint("proposta_id", "documento_id"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("dimensione > 0", name="dimensione"),
    )

    id: Mapped[Id]
    proposta_id: Mapped[int] = mapped_column(ForeignKey("proposta.id"))
    documento_id: Mapped[int] = mapped_column(ForeignKey("documento_richiesto.id"))
    nome: Mapped[Riga]
    tipo: Mapped[Sigla]
    dimensione: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    chiave: Mapped[Riga]
    firma: Mapped[Sigla | None]
    firme: Mapped[int]
    caricato_il: Mapped[datetime]
    caricato_da: Mapped[int] = mapped_column(ForeignKey("utente.id"))
    proposta: Mapped[Proposta] = relationship(back_populates="allegati", lazy="raise_on_sql")
    documento: Mapped[DocumentoRichiesto] = relationship(lazy="raise_on_sql")


class Dichiarazione(DellAmbito, Base):
    """A declaration made: the text is copied, so that what was signed stays readable."""

    __tablename__ = "dichiarazione"
    __table_args__ = (UniqueConstraint("proposta_id", "richiesta_id"),)

    id: Mapped[Id]
    proposta_id: Mapped[int] = mapped_column(ForeignKey("proposta.id"))
    richiesta_id: Mapped[int] = mapped_column(ForeignKey("dichiarazione_richiesta.id"))
    testo: Mapped[str]
    norma: Mapped[Riga]
    resa_il: Mapped[datetime]
    resa_da: Mapped[int] = mapped_column(ForeignKey("utente.id"))
    proposta: Mapped[Proposta] = relationship(back_populates="dichiarazioni", lazy="raise_on_sql")
    richiesta: Mapped[DichiarazioneRichiesta] = relationship(lazy="raise_on_sql")


class Ricevuta(DellAmbito, Base):
    """Proof of submission. ``codice`` is what anyone types at /verifica; it names nobody."""

    __tablename__ = "ricevuta"
    __table_args__ = (
        UniqueConstraint("proposta_id"),
        UniqueConstraint("ambito_id", "anno", "numero"),
        UniqueConstraint("codice"),
    )

    id: Mapped[Id]
    proposta_id: Mapped[int] = mapped_column(ForeignKey("proposta.id"))
    anno: Mapped[int]
    numero: Mapped[int]
    codice: Mapped[Sigla]
    emessa_il: Mapped[datetime]
    impronta: Mapped[str] = mapped_column(String(64))
    proposta: Mapped[Proposta] = relationship(back_populates="ricevuta", lazy="raise_on_sql")
