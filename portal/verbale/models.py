from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import Base, Id, Riga, Sigla, Versionata, enum
from ..sedute.models import Decisione, Punto, Seduta
from ..tenancy import DellAmbito


class StatoVerbale(StrEnum):
    BOZZA = "bozza"
    IN_REVISIONE = "in_revisione"
    APPROVATO = "approvato"
    FIRMATO = "firmato"
    PUBBLICATO = "pubblicato"


class GenereParte(StrEnum):
    """A part that says how the sitting began, one for each item of its agenda, one that says how it ended."""

    PREMESSA = "premessa"
    PUNTO = "punto"
    CHIUSURA = "chiusura"


class EsitoOsservazione(StrEnum):
    ACCOLTA = "accolta"
    ACCOLTA_IN_PARTE = "accolta_in_parte"
    NON_ACCOLTA = "non_accolta"


class GenereFile(StrEnum):
    """The files of a minute: frozen when approved, signed, published without what is left out."""

    ORIGINALE = "originale"
    FIRMATO = "firmato"
    PUBBLICO = "pubblico"


class Verbale(DellAmbito, Versionata, Base):
    """The minute of one sitting. ``numero`` counts those of the body in ``anno``, without gaps: taken with the draft."""

    __tablename__ = "verbale"
    __table_args__ = (
        UniqueConstraint("organo_id", "anno", "numero"),
        UniqueConstraint("codice"),
        CheckConstraint("stato = 'bozza' OR (inviato_il IS NOT NULL AND osservazioni_entro IS NOT NULL)", name="inviato"),
        CheckConstraint(
            "stato IN ('bozza', 'in_revisione') OR (approvato_il IS NOT NULL AND approvato_in IS NOT NULL"
            " AND fissato != '')",
            name="approvato",
        ),
        CheckConstraint("stato NOT IN ('firmato', 'pubblicato') OR firmato_il IS NOT NULL", name="firmato"),
        CheckConstraint("(stato = 'pubblicato') = (pubblicato_il IS NOT NULL)", name="pubblicato"),
    )

    id: Mapped[Id]
    organo_id: Mapped[int] = mapped_column(ForeignKey("organo.id"))
    seduta_id: Mapped[int] = mapped_column(ForeignKey("seduta.id"), unique=True)
    anno: Mapped[int]
    numero: Mapped[int]
    codice: Mapped[Sigla]
    """What anyone types at ``/verifica``: random, so that it says nothing of minutes that are not published."""
    stato: Mapped[StatoVerbale] = mapped_column(enum(StatoVerbale, "stato"), default=StatoVerbale.BOZZA)
    sommario: Mapped[Riga] = mapped_column(default="")
    """What was decided, in one sentence for everyone."""
    composto_il: Mapped[datetime]
    inviato_il: Mapped[datetime | None]
    osservazioni_entro: Mapped[datetime | None]
    """The instant after which members may not write remarks any more."""
    fissato: Mapped[str] = mapped_column(default="")
    """The whole content as it was approved (``rules.contenuto``, JSON): what a seat or a person is called later does not
    change an act."""
    approvato_il: Mapped[datetime | None]
    approvato_in: Mapped[int | None] = mapped_column(ForeignKey("punto.id"), index=True)
    """The item of a later sitting by which the body approved it."""
    firmato_il: Mapped[datetime | None]
    pubblicato_il: Mapped[datetime | None]
    seduta: Mapped[Seduta] = relationship(lazy="raise_on_sql")
    approvazione: Mapped[Punto | None] = relationship(lazy="raise_on_sql")
    parti: Mapped[list[Parte]] = relationship(back_populates="verbale", lazy="raise_on_sql", order_by="Parte.ordine")
    osservazioni: Mapped[list[Osservazione]] = relationship(
        back_populates="verbale", lazy="raise_on_sql", order_by="Osservazione.id"
    )
    omissis: Mapped[list[Omissis]] = relationship(
        back_populates="verbale", lazy="raise_on_sql", order_by="Omissis.id", cascade="all, delete-orphan"
    )
    file: Mapped[list[FileVerbale]] = relationship(back_populates="verbale", lazy="raise_on_sql", order_by="FileVerbale.id")
    rettifiche: Mapped[list[Rettifica]] = relationship(
        back_populates="verbale", lazy="raise_on_sql", order_by="Rettifica.id"
    )


class Parte(DellAmbito, Versionata, Base):
    """A text of the minute that people write (Markdown). Facts (who was there, votes, decisions) are not texts."""

    __tablename__ = "verbale_parte"
    __table_args__ = (
        UniqueConstraint("verbale_id", "ordine"),
        UniqueConstraint("verbale_id", "punto_id"),
        CheckConstraint("(genere = 'punto') = (punto_id IS NOT NULL)", name="punto"),
    )

    id: Mapped[Id]
    verbale_id: Mapped[int] = mapped_column(ForeignKey("verbale.id"))
    genere: Mapped[GenereParte] = mapped_column(enum(GenereParte, "genere"))
    punto_id: Mapped[int | None] = mapped_column(ForeignKey("punto.id"), index=True)
    ordine: Mapped[int]
    testo: Mapped[str] = mapped_column(default="")
    verbale: Mapped[Verbale] = relationship(back_populates="parti", lazy="raise_on_sql")


class Osservazione(DellAmbito, Base):
    """What somebody who was called to the sitting asks to change, and what the office answered."""

    __tablename__ = "verbale_osservazione"
    __table_args__ = (
        CheckConstraint("(esito IS NULL) = (risposta_il IS NULL)", name="risposta"),
        CheckConstraint("esito IS NULL OR risposta != ''", name="motivo"),
    )

    id: Mapped[Id]
    verbale_id: Mapped[int] = mapped_column(ForeignKey("verbale.id"), index=True)
    seggio_id: Mapped[int] = mapped_column(ForeignKey("seggio.id"), index=True)
    testo: Mapped[str]
    scritta_il: Mapped[datetime]
    scritta_da: Mapped[int | None] = mapped_column(ForeignKey("utente.id"), index=True)
    esito: Mapped[EsitoOsservazione | None] = mapped_column(enum(EsitoOsservazione, "esito"))
    risposta: Mapped[str] = mapped_column(default="")
    risposta_il: Mapped[datetime | None]
    verbale: Mapped[Verbale] = relationship(back_populates="osservazioni", lazy="raise_on_sql")


class Omissis(DellAmbito, Base):
    """Words that the published copy leaves out, wherever they are, and why (art. 6 reg. UE 2016/679; art. 7-bis c. 4 D.Lgs.
    33/2013). The original keeps them."""

    __tablename__ = "verbale_omissis"
    __table_args__ = (UniqueConstraint("verbale_id", "testo"),)

    id: Mapped[Id]
    verbale_id: Mapped[int] = mapped_column(ForeignKey("verbale.id"))
    testo: Mapped[Riga] = mapped_column(info={"personale": "ciò che la copia pubblicata non deve dire"})
    motivo: Mapped[Riga]
    scritto_il: Mapped[datetime]
    verbale: Mapped[Verbale] = relationship(back_populates="omissis", lazy="raise_on_sql")


class FileVerbale(DellAmbito, Base):
    """A file of the minute, kept by key and known by its SHA-256. ``firma``: what could be said of its signatures."""

    __tablename__ = "verbale_file"
    __table_args__ = (
        UniqueConstraint("verbale_id", "genere"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("(genere = 'firmato') = (firma IS NOT NULL)", name="firma"),
    )

    id: Mapped[Id]
    verbale_id: Mapped[int] = mapped_column(ForeignKey("verbale.id"))
    genere: Mapped[GenereFile] = mapped_column(enum(GenereFile, "genere"))
    nome: Mapped[Riga]
    chiave: Mapped[Riga]
    dimensione: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    firma: Mapped[Sigla | None]
    firme: Mapped[int] = mapped_column(default=0)
    fatto_il: Mapped[datetime]
    verbale: Mapped[Verbale] = relationship(back_populates="file", lazy="raise_on_sql")


class Rettifica(DellAmbito, Base):
    """A correction, by a later decision of the same body: the text of the minute stays as it was approved."""

    __tablename__ = "verbale_rettifica"
    __table_args__ = (UniqueConstraint("verbale_id", "decisione_id"),)

    id: Mapped[Id]
    verbale_id: Mapped[int] = mapped_column(ForeignKey("verbale.id"))
    decisione_id: Mapped[int] = mapped_column(ForeignKey("decisione.id"), index=True)
    testo: Mapped[str]
    scritta_il: Mapped[datetime]
    verbale: Mapped[Verbale] = relationship(back_populates="rettifiche", lazy="raise_on_sql")
    decisione: Mapped[Decisione] = relationship(lazy="raise_on_sql")
