from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, reconstructor, relationship

from ..db import Base, Id, Riga, Sigla, enum


class Ruolo(StrEnum):
    """What a person is. The first four for an Ambito, the next three for an ente, the last for everything."""

    RESPONSABILE = "responsabile"
    OPERATORE = "operatore"
    COMMISSARIO = "commissario"
    COMPONENTE = "componente"
    RAPPRESENTANTE = "rappresentante"
    DELEGATO = "delegato"
    COMPILATORE = "compilatore"
    AMMINISTRATORE = "amministratore"


DELL_AMBITO = (Ruolo.RESPONSABILE, Ruolo.OPERATORE, Ruolo.COMMISSARIO, Ruolo.COMPONENTE)
DELL_ENTE = (Ruolo.RAPPRESENTANTE, Ruolo.DELEGATO, Ruolo.COMPILATORE)


def _fra(ruoli: tuple[Ruolo, ...]) -> str:
    return "ruolo IN (" + ", ".join(f"'{r.value}'" for r in ruoli) + ")"


class Utente(UserMixin, Base):
    __tablename__ = "utente"
    __table_args__ = (UniqueConstraint("email"), CheckConstraint("email = lower(email)", name="email_minuscola"))

    id: Mapped[Id]
    email: Mapped[Riga] = mapped_column(info={"personale": "accesso e comunicazioni"})
    nome: Mapped[Riga] = mapped_column(info={"personale": "chi firma e chi scrive"})
    password: Mapped[str | None] = mapped_column(info={"personale": "impronta argon2id"})
    attivo: Mapped[bool] = mapped_column(default=True)
    creato_il: Mapped[datetime]
    ruoli: Mapped[list[RuoloUtente]] = relationship(
        back_populates="utente", lazy="raise_on_sql", cascade="all, delete-orphan"
    )

    def __init__(self, **valori: Any) -> None:
        super().__init__(**valori)
        self.in_questa_richiesta()

    @reconstructor
    def in_questa_richiesta(
        self, sessione_id: int | None = None, gettone: str | None = None, vista_il: datetime | None = None
    ) -> None:
        """The session this request came with: its id, its secret, when it was last noted. Not stored; None outside one."""
        self.sessione_id = sessione_id
        self.gettone = gettone
        self.vista_il = vista_il

    @property
    def is_active(self) -> bool:
        return self.attivo

    def get_id(self) -> str:
        """Flask-Login keeps the session token in the signed cookie, not the user's id: revoking works."""
        return self.gettone or ""

    def ha(self, *ruoli: Ruolo, ambito_id: int | None = None, ente_id: int | None = None) -> bool:
        """Does the user hold any of these roles, for that Ambito or ente where one is given?"""
        return any(
            r.ruolo in ruoli
            and (ambito_id is None or r.ambito_id == ambito_id)
            and (ente_id is None or r.ente_id == ente_id)
            for r in self.ruoli
        )

    @property
    def amministratore(self) -> bool:
        return self.ha(Ruolo.AMMINISTRATORE)

    def enti_ids(self, *ruoli: Ruolo) -> frozenset[int]:
        """Ids of the enti for which the user holds any of these roles (any role of an ente by default)."""
        voluti = ruoli or DELL_ENTE
        return frozenset(r.ente_id for r in self.ruoli if r.ruolo in voluti and r.ente_id is not None)

    def ambiti_ids(self, *ruoli: Ruolo) -> frozenset[int]:
        voluti = ruoli or (Ruolo.RESPONSABILE, Ruolo.OPERATORE)
        return frozenset(r.ambito_id for r in self.ruoli if r.ruolo in voluti and r.ambito_id is not None)

    @property
    def puo_presentare_per(self) -> frozenset[int]:
        """Enti this person may submit for: legal representative, or delegate with procura."""
        return self.enti_ids(Ruolo.RAPPRESENTANTE, Ruolo.DELEGATO)


class RuoloUtente(Base):
    """utente x ruolo x ente? x ambito?"""

    __tablename__ = "ruolo_utente"
    __table_args__ = (
        UniqueConstraint("utente_id", "ruolo", "ambito_id", "ente_id"),
        CheckConstraint(f"({_fra(DELL_AMBITO)}) = (ambito_id IS NOT NULL)", name="ambito_se_serve"),
        CheckConstraint(f"({_fra(DELL_ENTE)}) = (ente_id IS NOT NULL)", name="ente_se_serve"),
        Index("ix_ruolo_utente_ente", "ente_id", "ruolo"),
        Index("ix_ruolo_utente_ambito", "ambito_id", "ruolo"),
    )

    id: Mapped[Id]
    utente_id: Mapped[int] = mapped_column(ForeignKey("utente.id"))
    ruolo: Mapped[Ruolo] = mapped_column(enum(Ruolo, "ruolo"))
    ambito_id: Mapped[int | None] = mapped_column(ForeignKey("ambito.id"))
    ente_id: Mapped[int | None] = mapped_column(ForeignKey("ente.id"))
    utente: Mapped[Utente] = relationship(back_populates="ruoli", lazy="raise_on_sql")


class SessioneUtente(Base):
    """One device logged in. The cookie holds the token, the database only its SHA-256."""

    __tablename__ = "sessione_utente"
    __table_args__ = (UniqueConstraint("gettone"), Index("ix_sessione_utente_utente", "utente_id"))

    id: Mapped[Id]
    utente_id: Mapped[int] = mapped_column(ForeignKey("utente.id"))
    gettone: Mapped[str] = mapped_column(String(64))
    creata_il: Mapped[datetime]
    vista_il: Mapped[datetime]
    scade_il: Mapped[datetime]
    dispositivo: Mapped[Riga] = mapped_column(info={"personale": "per riconoscere i propri accessi"})


class RecuperoPassword(Base):
    """A one-time link to choose a password, valid for some hours; the token is stored hashed."""

    __tablename__ = "recupero_password"
    __table_args__ = (UniqueConstraint("gettone"),)

    id: Mapped[Id]
    utente_id: Mapped[int] = mapped_column(ForeignKey("utente.id"))
    gettone: Mapped[str] = mapped_column(String(64))
    scade_il: Mapped[datetime]
    usato_il: Mapped[datetime | None]


class Tentativo(Base):
    """A login attempt that failed, by key (hashed e-mail or address): the limit is the same for every process."""

    __tablename__ = "tentativo"
    __table_args__ = (Index("ix_tentativo_chiave", "chiave", "quando"),)

    id: Mapped[Id]
    chiave: Mapped[Sigla] = mapped_column(String(64))
    quando: Mapped[datetime]
