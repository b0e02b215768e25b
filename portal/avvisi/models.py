from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..clocks import giorni_interi
from ..db import Base, Id, Riga, Sigla, Versionata, enum
from ..tenancy import DellAmbito


class TipoAvviso(StrEnum):
    """Instruments of the Code (domain.md 1.0)."""

    COPROGETTAZIONE = "coprogettazione"
    COPROGRAMMAZIONE = "coprogrammazione"
    ACCREDITAMENTO = "accreditamento"
    CONVENZIONE_56 = "convenzione_art_56"


class StatoAvviso(StrEnum):
    BOZZA = "bozza"
    PUBBLICATO = "pubblicato"
    CHIUSO = "chiuso"
    ESITO_PUBBLICATO = "esito_pubblicato"
    REVOCATO = "revocato"


class TipoRequisito(StrEnum):
    """What kind of requirement: those of the first group are computed from the ente's data."""

    ISCRIZIONE_RUNTS = "iscrizione_runts"
    ISCRIZIONE_MESI = "iscrizione_mesi"
    SEZIONE_RUNTS = "sezione_runts"
    ATTIVITA_STATUTARIA = "attivita_statutaria"
    BOLLO = "bollo"
    ASSENZA_ESCLUSIONI = "assenza_esclusioni"
    ESPERIENZA = "esperienza"
    DOPPIO_FINANZIAMENTO = "doppio_finanziamento"
    ALTRO = "altro"


class Avviso(DellAmbito, Versionata, Base):
    """A call. ``termine`` is the last instant at which a proposal is received (UTC; shown in Europe/Rome)."""

    __tablename__ = "avviso"
    __table_args__ = (
        UniqueConstraint("ambito_id", "slug"),
        UniqueConstraint("ambito_id", "anno", "numero"),
        CheckConstraint("(stato = 'bozza') = (pubblicato_il IS NULL)", name="pubblicato"),
        CheckConstraint("stato = 'bozza' OR (termine IS NOT NULL AND numero IS NOT NULL)", name="termine"),
        CheckConstraint("(stato = 'revocato') = (motivo_revoca IS NOT NULL)", name="revocato"),
        CheckConstraint("risorse IS NULL OR risorse >= 0", name="risorse"),
        CheckConstraint("soglia BETWEEN 0 AND 100", name="soglia"),
        Index("ix_avviso_aperti", "stato", "termine"),
        Index("ix_avviso_scheda", "scheda_id", "ambito_id"),
    )

    id: Mapped[Id]
    slug: Mapped[Sigla]
    anno: Mapped[int | None]
    numero: Mapped[int | None]
    tipo: Mapped[TipoAvviso] = mapped_column(enum(TipoAvviso, "tipo"))
    stato: Mapped[StatoAvviso] = mapped_column(enum(StatoAvviso, "stato"))
    titolo: Mapped[Riga]
    sommario: Mapped[str]
    oggetto: Mapped[str]
    base_giuridica: Mapped[str]
    testo: Mapped[str]
    fasi: Mapped[str]
    privacy: Mapped[str]
    risorse: Mapped[Decimal | None]
    risorse_nota: Mapped[str]
    durata: Mapped[Riga]
    rup: Mapped[Riga]
    contatti: Mapped[str]
    cup: Mapped[Sigla | None]
    atto: Mapped[Riga | None]
    """The act that approves the call: type, number and date as the office writes them."""
    scheda_id: Mapped[int | None] = mapped_column(ForeignKey("scheda.id"))
    soglia: Mapped[int]
    termine: Mapped[datetime | None]
    chiarimenti_entro: Mapped[datetime | None]
    creato_il: Mapped[datetime]
    pubblicato_il: Mapped[datetime | None]
    chiuso_il: Mapped[datetime | None]
    esito_il: Mapped[datetime | None]
    motivo_revoca: Mapped[str | None]
    esempio: Mapped[bool] = mapped_column(default=False)
    lotti: Mapped[list[Lotto]] = relationship(
        back_populates="avviso", lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Lotto.numero"
    )
    requisiti: Mapped[list[Requisito]] = relationship(
        back_populates="avviso", lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Requisito.ordine"
    )
    criteri: Mapped[list[Criterio]] = relationship(
        back_populates="avviso", lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Criterio.ordine"
    )
    documenti: Mapped[list[DocumentoRichiesto]] = relationship(
        back_populates="avviso", lazy="raise_on_sql", cascade="all, delete-orphan", order_by="DocumentoRichiesto.ordine"
    )
    dichiarazioni: Mapped[list[DichiarazioneRichiesta]] = relationship(
        back_populates="avviso",
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        order_by="DichiarazioneRichiesta.ordine",
    )

    @property
    def somma_pesi(self) -> int:
        return sum(c.peso for c in self.criteri)

    @property
    def criteri_in_tabella(self) -> list[tuple[str, int]]:
        return [(c.titolo, c.peso) for c in self.criteri]

    @property
    def giorni_concessi(self) -> int:
        """Calendar days from publication to term."""
        if self.pubblicato_il is None or self.termine is None:
            return 0
        return giorni_interi(self.pubblicato_il, self.termine)


class AvvisoPriorita(DellAmbito, Base):
    """A priority of the tavoli that the call comes from."""

    __tablename__ = "avviso_priorita"
    __table_args__ = (UniqueConstraint("avviso_id", "priorita_id"),)

    id: Mapped[Id]
    avviso_id: Mapped[int] = mapped_column(ForeignKey("avviso.id"))
    priorita_id: Mapped[int] = mapped_column(ForeignKey("priorita.id"), index=True)


class Lotto(DellAmbito, Base):
    """A part of the call (or a kind of action) to which an ente may answer alone. ``importo`` None: not split."""

    __tablename__ = "lotto"
    __table_args__ = (UniqueConstraint("avviso_id", "numero"),)

    id: Mapped[Id]
    avviso_id: Mapped[int] = mapped_column(ForeignKey("avviso.id"))
    numero: Mapped[int]
    titolo: Mapped[Riga]
    per_chi: Mapped[str]
    esempi: Mapped[str]
    importo: Mapped[Decimal | None]
    avviso: Mapped[Avviso] = relationship(back_populates="lotti", lazy="raise_on_sql")


class Requisito(DellAmbito, Base):
    """What an ente must have. ``parametro`` depends on ``tipo``: letters, months, sections."""

    __tablename__ = "requisito"
    __table_args__ = (UniqueConstraint("avviso_id", "ordine"),)

    id: Mapped[Id]
    avviso_id: Mapped[int] = mapped_column(ForeignKey("avviso.id"))
    ordine: Mapped[int]
    tipo: Mapped[TipoRequisito] = mapped_column(enum(TipoRequisito, "tipo"))
    titolo: Mapped[Riga]
    testo: Mapped[str]
    norma: Mapped[Riga]
    parametro: Mapped[Riga]
    avviso: Mapped[Avviso] = relationship(back_populates="requisiti", lazy="raise_on_sql")


class Criterio(DellAmbito, Base):
    """What a proposal is judged by: ``peso`` is the greatest number of points it can give."""

    __tablename__ = "criterio"
    __table_args__ = (UniqueConstraint("avviso_id", "ordine"), CheckConstraint("peso > 0 AND peso <= 100", name="peso"))

    id: Mapped[Id]
    avviso_id: Mapped[int] = mapped_column(ForeignKey("avviso.id"))
    ordine: Mapped[int]
    titolo: Mapped[Riga]
    descrizione: Mapped[str]
    peso: Mapped[int]
    avviso: Mapped[Avviso] = relationship(back_populates="criteri", lazy="raise_on_sql")


class DocumentoRichiesto(DellAmbito, Base):
    __tablename__ = "documento_richiesto"
    __table_args__ = (UniqueConstraint("avviso_id", "ordine"),)

    id: Mapped[Id]
    avviso_id: Mapped[int] = mapped_column(ForeignKey("avviso.id"))
    ordine: Mapped[int]
    titolo: Mapped[Riga]
    descrizione: Mapped[str]
    obbligatorio: Mapped[bool]
    avviso: Mapped[Avviso] = relationship(back_populates="documenti", lazy="raise_on_sql")


class DichiarazioneRichiesta(DellAmbito, Base):
    """A sentence that the legal representative declares to be true when submitting (DPR 445/2000 artt. 46-47)."""

    __tablename__ = "dichiarazione_richiesta"
    __table_args__ = (UniqueConstraint("avviso_id", "ordine"),)

    id: Mapped[Id]
    avviso_id: Mapped[int] = mapped_column(ForeignKey("avviso.id"))
    ordine: Mapped[int]
    testo: Mapped[str]
    norma: Mapped[Riga]
    avviso: Mapped[Avviso] = relationship(back_populates="dichiarazioni", lazy="raise_on_sql")
