"""The words of what can be found, to understand the misspelled ones: «assitenza», «handycap», «anzziani».

The everyday words that ``portal.stems`` knows are understood too, although no page contains them.

Each word is kept with its sound, whole and less one letter. Two words that differ by a letter (missing,
extra, wrong, swapped with the next) or by how the same sound is written have one of these in common, and meet
by plain equality on an index: no function of the database, no scan of the vocabulary however large it grows.
"""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from .db import Base
from .stems import MAX_DOMANDA, MAX_GETTONE, MAX_GRUPPI, PAROLA, normalizza, parole, quotidiane, radice, suono

MAX_CANDIDATE = 200
MAX_PAROLE = 5000
MIN_LETTERE = 4
SIMILE = 0.7


class RicercaParola(Base):
    """Every word ever indexed, as it is written, with its root: what a misspelled word may have meant."""

    __tablename__ = "ricerca_parola"

    parola: Mapped[str] = mapped_column(primary_key=True)
    grafia: Mapped[str]
    radice: Mapped[str] = mapped_column(index=True)


class RicercaVariante(Base):
    """The sound of a word, whole or less one letter."""

    __tablename__ = "ricerca_variante"

    variante: Mapped[str] = mapped_column(primary_key=True)
    parola: Mapped[str] = mapped_column(primary_key=True)


def correggi(sessione: Session, testo: str) -> str | None:
    """``testo`` with each word that nothing contains replaced by the most alike of those known, or None."""
    viste = dict(list(_scritte(testo[:MAX_DOMANDA]).items())[:MAX_GRUPPI])
    radici_viste = {parola: radice(parola) for parola in viste}
    note = set(sessione.scalars(select(RicercaParola.radice).where(RicercaParola.radice.in_(radici_viste.values()))))
    note.update(map(radice, quotidiane()))
    cambi = {}
    for parola, sua in radici_viste.items():
        if sua not in note and (migliore := _simile(sessione, parola)):
            cambi[parola] = migliore
    if not cambi:
        return None
    return PAROLA.sub(lambda t: cambi.get(normalizza(t.group()), t.group()), testo[:MAX_DOMANDA])


def _simile(sessione: Session, parola: str) -> str | None:
    suoni = _varianti(parola)
    if not suoni:
        return None
    candidate = sessione.execute(
        select(RicercaParola.parola, RicercaParola.grafia)
        .join(RicercaVariante, RicercaVariante.parola == RicercaParola.parola)
        .where(RicercaVariante.variante.in_(suoni))
        .distinct()
        .order_by(RicercaParola.parola)
        .limit(MAX_CANDIDATE)
    ).all()
    altre = [(altra, grafia) for altra, grafia in quotidiane().items() if suoni & _varianti(altra)]
    voti = [(SequenceMatcher(None, parola, altra).ratio(), grafia) for altra, grafia in (*candidate, *altre)]
    voto, grafia = max(voti, default=(0.0, ""), key=lambda v: v[0])
    return grafia if voto >= SIMILE else None


def impara(sessione: Session, testo: str) -> None:
    """Add the words not known yet: in order, so that two writers never wait for each other in a circle."""
    viste = dict(sorted(_scritte(testo).items())[:MAX_PAROLE])
    note = set(sessione.scalars(select(RicercaParola.parola).where(RicercaParola.parola.in_(viste))))
    nuove = [parola for parola in viste if parola not in note]
    righe = [{"parola": parola, "grafia": viste[parola], "radice": radice(parola)} for parola in nuove]
    varianti = [{"variante": v, "parola": p} for p in nuove for v in sorted(_varianti(p))]
    for modello, valori in ((RicercaParola, righe), (RicercaVariante, varianti)):
        if valori:
            sessione.execute(inserimento(sessione, modello).on_conflict_do_nothing(), valori)


def _scritte(testo: str) -> dict[str, str]:
    """The words that count, normalised, with the way they are written (accents kept)."""
    grafie: dict[str, str] = {}
    for scritta in PAROLA.findall(unicodedata.normalize("NFC", testo).casefold()):
        if not scritta.isascii() or normalizza(scritta) not in grafie:
            grafie[normalizza(scritta)] = scritta
    return {parola: grafie.get(parola, parola) for parola, _radice in parole(testo)}


@lru_cache(5000)
def _varianti(parola: str) -> frozenset[str]:
    if not (MIN_LETTERE <= len(parola) <= MAX_GETTONE and parola.isascii() and parola.isalpha()):
        return frozenset()
    intera = suono(parola)
    return frozenset([intera, *(intera[:n] + intera[n + 1 :] for n in range(len(intera)))])


def inserimento(sessione: Session, modello: type[Base]) -> Any:
    """An INSERT that knows ``on_conflict``, which each dialect has of its own."""
    if sessione.get_bind().dialect.name == "sqlite":
        return sqlite.insert(modello)
    return postgresql.insert(modello)
