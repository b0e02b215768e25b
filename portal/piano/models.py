from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import Base, Id, Riga, Sigla, Versionata, enum
from ..tenancy import DellAmbito


class StatoCiclo(StrEnum):
    IN_PREPARAZIONE = "in_preparazione"
    ADOTTATO = "adottato"
    CHIUSO = "chiuso"


class Livello(StrEnum):
    """Priority levels of a sheet (domain.md 4.2)."""

    LEPS = "LEPS"
    POTENZIAMENTO = "POTENZIAMENTO"
    ODS = "ODS"
    SPECIFICITA = "SPECIFICITA"


class Ciclo(DellAmbito, Base):
    """A plan: ``codice`` is its word in the URL (2022-2024)."""

    __tablename__ = "ciclo"
    __table_args__ = (
        UniqueConstraint("ambito_id", "codice"),
        CheckConstraint("anno_a >= anno_da", name="anni"),
    )

    id: Mapped[Id]
    codice: Mapped[Sigla]
    titolo: Mapped[Riga]
    anno_da: Mapped[int]
    anno_a: Mapped[int]
    stato: Mapped[StatoCiclo] = mapped_column(enum(StatoCiclo, "stato"))
    adottato_il: Mapped[date | None]
    atto: Mapped[Riga | None]
    fonte: Mapped[Riga]
    budget_dichiarato: Mapped[Decimal | None]
    schede: Mapped[list[Scheda]] = relationship(back_populates="ciclo", lazy="raise_on_sql", order_by="Scheda.ordine")


class Fondo(DellAmbito, Base):
    """A source of money. ``codice`` is ours and stable; ``nome`` is what people read."""

    __tablename__ = "fondo"
    __table_args__ = (UniqueConstraint("ambito_id", "codice"),)

    id: Mapped[Id]
    codice: Mapped[Sigla]
    nome: Mapped[Riga]


class Scheda(DellAmbito, Versionata, Base):
    """A sheet of the plan (domain.md 4.3). ``totale_dichiarato`` is the total as printed, with its slips."""

    __tablename__ = "scheda"
    __table_args__ = (
        UniqueConstraint("ciclo_id", "codice"),
        Index("ix_scheda_ambito_codice", "ambito_id", "codice"),
    )

    id: Mapped[Id]
    ciclo_id: Mapped[int] = mapped_column(ForeignKey("ciclo.id"))
    schema: Mapped[Sigla]
    """Code scheme: ``PRPS22``; codes of different schemes collide (domain.md 4.1)."""
    codice: Mapped[Sigla]
    titolo: Mapped[Riga]
    macro: Mapped[Sigla]
    macro_titolo: Mapped[Riga]
    ordine: Mapped[int]
    totale_dichiarato: Mapped[Decimal | None]
    ciclo: Mapped[Ciclo] = relationship(back_populates="schede", lazy="raise_on_sql")
    livelli: Mapped[list[SchedaLivello]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    interventi: Mapped[list[Intervento]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Intervento.ordine"
    )
    annualita: Mapped[list[Annualita]] = relationship(
        back_populates="scheda", lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Annualita.anno"
    )


class SchedaLivello(DellAmbito, Base):
    __tablename__ = "scheda_livello"
    __table_args__ = (UniqueConstraint("scheda_id", "livello"),)

    id: Mapped[Id]
    scheda_id: Mapped[int] = mapped_column(ForeignKey("scheda.id"))
    livello: Mapped[Livello] = mapped_column(enum(Livello, "livello"))


class Intervento(DellAmbito, Base):
    """What the sheet offers, with its legal reference as printed (an article, a law, a DGR, or nothing)."""

    __tablename__ = "intervento"
    __table_args__ = (Index("ix_intervento_scheda", "scheda_id", "ordine"),)

    id: Mapped[Id]
    scheda_id: Mapped[int] = mapped_column(ForeignKey("scheda.id"))
    ordine: Mapped[int]
    denominazione: Mapped[str]
    riferimento: Mapped[str]


class Annualita(DellAmbito, Base):
    """A year of a sheet: the amount as printed (None when the box is blank) and the text of its sources."""

    __tablename__ = "annualita"
    __table_args__ = (UniqueConstraint("scheda_id", "anno"),)

    id: Mapped[Id]
    scheda_id: Mapped[int] = mapped_column(ForeignKey("scheda.id"))
    anno: Mapped[int]
    importo_dichiarato: Mapped[Decimal | None]
    fonte_testo: Mapped[str]
    scheda: Mapped[Scheda] = relationship(back_populates="annualita", lazy="raise_on_sql")
    righe: Mapped[list[RigaBilancio]] = relationship(
        back_populates="annualita",
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        order_by="RigaBilancio.ordine",
    )


class RigaBilancio(DellAmbito, Base):
    """A budget line: year x fund of a sheet. Money of projects is bound here (``progetti.Impegno``)."""

    __tablename__ = "riga_bilancio"
    __table_args__ = (
        Index("ix_riga_bilancio_annualita", "annualita_id", "ambito_id"),
        Index("ix_riga_bilancio_fondo", "ambito_id", "fondo_id"),
        CheckConstraint("importo >= 0", name="importo"),
    )

    id: Mapped[Id]
    annualita_id: Mapped[int] = mapped_column(ForeignKey("annualita.id"))
    fondo_id: Mapped[int] = mapped_column(ForeignKey("fondo.id"))
    ordine: Mapped[int]
    fonte: Mapped[Riga]
    """The fund's name as printed, before normalising."""
    importo: Mapped[Decimal]
    annualita: Mapped[Annualita] = relationship(back_populates="righe", lazy="raise_on_sql")
    fondo: Mapped[Fondo] = relationship(lazy="raise_on_sql")


class VoceDichiarata(DellAmbito, Base):
    """A figure that the plan prints outside its sheets (budget, co-financing…), kept for the checks.

    ``tavola`` names the printed table, ``riga`` and ``colonna`` its cell; amounts in euro go to ``importo``,
    counts (inhabitants, families, percent) to ``conteggio``. None where the cell is blank.
    """

    __tablename__ = "voce_dichiarata"
    __table_args__ = (UniqueConstraint("ciclo_id", "tavola", "riga", "colonna"),)

    id: Mapped[Id]
    ciclo_id: Mapped[int] = mapped_column(ForeignKey("ciclo.id"))
    tavola: Mapped[Sigla]
    riga: Mapped[Riga]
    colonna: Mapped[Riga]
    ordine: Mapped[int]
    importo: Mapped[Decimal | None]
    conteggio: Mapped[int | None]
