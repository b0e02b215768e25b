"""Words that the published copy leaves out: taken away from the text itself, never covered (art. 6 reg. UE 2016/679).

What is published is composed again from the redacted values, so no layer of any file holds the words. Letter case and
line ends do not matter; a word inside a longer one is another word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ...i18n import _
from ...richtext import OMISSIS, testo_semplice
from .contenuto import Contenuto, Deciso, PuntoDetto, ovunque, testi


@cache
def _cerca(parole: str) -> re.Pattern[str]:
    """The words as they were written, whatever the spaces between them."""
    pezzi = r"\s+".join(re.escape(p) for p in parole.split())
    return re.compile(rf"(?<!\w){pezzi}(?!\w)", re.IGNORECASE)


def con_omissis(contenuto: Contenuto, omessi: Iterable[str]) -> Contenuto:
    """The content with ``OMISSIS`` in the place of each of those words, the longest first."""
    schemi = [_cerca(p) for p in sorted(omessi, key=len, reverse=True)]

    def togli(testo: str) -> str:
        for schema in schemi:
            testo = schema.sub(OMISSIS, testo)
        return testo

    pulito: Contenuto = ovunque(contenuto, togli)
    return pulito


def quante(contenuto: Contenuto, parole: str) -> int:
    """How many times those words are written in the minute."""
    return sum(len(_cerca(parole).findall(t)) for t in testi(contenuto))


def resta(contenuto: Contenuto, omessi: Iterable[str], altri: Iterable[str] = ()) -> list[str]:
    """Words that somebody would still read in the copy: with signs of Markdown in the middle, inside another word, or in
    what is published beside it (``altri``: reasons, corrections)."""
    letto = " ".join(" ".join(testo_semplice(t).split()) for t in (*testi(contenuto), *altri)).casefold()
    return [p for p in omessi if " ".join(p.split()).casefold() in letto]


def gia_pubblico(contenuto: Contenuto, parole: str) -> list[str]:
    """Where those words are public already, on the page of the sitting: its place and who was there, titles of items, votes,
    and decisions by their number."""
    schema = _cerca(parole)
    presenti = [t for p in contenuto.presenze for t in (p.chi, p.qualita, p.delegato)]
    sala = [contenuto.luogo, *presenti, *(s.chi for s in contenuto.senza_voto)]
    dove = [_("la seduta")] if any(schema.search(t) for t in sala) else []
    for punto in contenuto.punti:
        dove += [n for n, testo in _pubblici(punto) if schema.search(testo)]
    return dove


def _pubblici(punto: PuntoDetto) -> list[tuple[str, str]]:
    deciso: list[Deciso] = list(punto.decisioni)
    return [(punto.numero, punto.titolo), (punto.numero, punto.relatore), *((punto.numero, v.oggetto) for v in punto.voti),
            *((d.numero, d.testo) for d in deciso)]  # fmt: skip
