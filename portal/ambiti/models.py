from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import Base, Id, Riga, Sigla
from ..tenancy import DellAmbito

CLASSI_ETA = ("0-3", "4-14", "15-17", "18-29", "30-64", "65+")


class Ambito(Base):
    """One Ambito: the tenant. ``slug`` is its word in every URL."""

    __tablename__ = "ambito"
    __table_args__ = (UniqueConstraint("slug"), CheckConstraint("slug = lower(slug)", name="slug_minuscolo"))

    id: Mapped[Id]
    slug: Mapped[Sigla]
    nome: Mapped[Riga]
    capofila: Mapped[Riga]
    email: Mapped[Riga | None]
    pec: Mapped[Riga | None]
    telefono: Mapped[Riga | None]
    codice_fiscale: Mapped[Sigla | None]
    accento: Mapped[Sigla | None]
    """Colour accent of the header: one of the names of ``static/css/portale.css``."""


class Comune(DellAmbito, Base):
    __tablename__ = "comune"
    __table_args__ = (UniqueConstraint("ambito_id", "nome"),)

    id: Mapped[Id]
    nome: Mapped[Riga]
    capofila: Mapped[bool] = mapped_column(default=False)
    popolazione: Mapped[list[Popolazione]] = relationship(back_populates="comune", lazy="raise_on_sql")


class Popolazione(DellAmbito, Base):
    """Residents of a comune in an age class, as the plan prints them."""

    __tablename__ = "popolazione"
    __table_args__ = (
        UniqueConstraint("comune_id", "anno", "classe"),
        CheckConstraint("abitanti >= 0", name="abitanti"),
    )

    id: Mapped[Id]
    comune_id: Mapped[int] = mapped_column(ForeignKey("comune.id"))
    anno: Mapped[int]
    classe: Mapped[Sigla]
    abitanti: Mapped[int]
    comune: Mapped[Comune] = relationship(back_populates="popolazione", lazy="raise_on_sql")


class Festivita(DellAmbito, Base):
    """A local holiday (the patron saint of the capofila): terms that end on it move on."""

    __tablename__ = "festivita"
    __table_args__ = (UniqueConstraint("ambito_id", "giorno"),)

    id: Mapped[Id]
    giorno: Mapped[date]
    nome: Mapped[Riga]


class Impostazione(DellAmbito, Base):
    """The Ambito's own value for a setting of ``ambiti.rules.IMPOSTAZIONI``; no row means the default."""

    __tablename__ = "impostazione"
    __table_args__ = (UniqueConstraint("ambito_id", "chiave"),)

    id: Mapped[Id]
    chiave: Mapped[Sigla]
    valore: Mapped[Riga]
