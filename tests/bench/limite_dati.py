"""The tables of the bare limit and how they are filled: apart from the application, which imports Flask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Engine, String, Text, create_engine, event, insert, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

PRAGMA = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=15000", "mmap_size=268435456", "cache_size=-16000")
"""Those of ``portal/db.py``: the same durability, the same memory."""

INDICE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE ricerca USING fts5(titolo, corpo, content='servizio', content_rowid='id',"
        " tokenize='unicode61 remove_diacritics 2')",
        "INSERT INTO ricerca(ricerca) VALUES ('rebuild')",
    ],
    "postgresql": [
        "ALTER TABLE servizio ADD COLUMN vettore tsvector GENERATED ALWAYS AS"
        " (to_tsvector('simple'::regconfig, titolo || ' ' || corpo)) STORED",
        "CREATE INDEX ix_vettore ON servizio USING gin (vettore)",
    ],
}


class Base(DeclarativeBase):
    pass


class Servizio(Base):
    __tablename__ = "servizio"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    titolo: Mapped[str] = mapped_column(String(300))
    corpo: Mapped[str] = mapped_column(Text)


class Proposta(Base):
    __tablename__ = "proposta"

    id: Mapped[int] = mapped_column(primary_key=True)
    codice: Mapped[str] = mapped_column(String(40), unique=True)
    titolo: Mapped[str] = mapped_column(String(300))
    testo: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str | None] = mapped_column(String(64))
    dimensione: Mapped[int | None]


def apri(url: str) -> Engine:
    motore = create_engine(url)
    if motore.dialect.name == "sqlite":
        event.listen(motore, "connect", _regola)
    return motore


def _regola(connessione: Any, _registro: Any) -> None:
    for regola in PRAGMA:
        connessione.execute(f"PRAGMA {regola}")


def prepara(url: str, righe: Iterable[tuple[str, str, str]]) -> None:
    """Make the tables and fill them with services: slug, title, text. Then the index of the search."""
    motore = apri(url)
    Base.metadata.create_all(motore)
    valori = [{"slug": slug, "titolo": titolo, "corpo": corpo} for slug, titolo, corpo in righe]
    with motore.begin() as connessione:
        for inizio in range(0, len(valori), 1000):
            connessione.execute(insert(Servizio), valori[inizio : inizio + 1000])
        for frase in INDICE[motore.dialect.name]:
            connessione.execute(text(frase))
    motore.dispose()
