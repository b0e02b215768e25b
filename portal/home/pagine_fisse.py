"""The product's own pages (legal notes, privacy, help…): Markdown files beside this module, one per language.

They are texts of the portal, not data of an installation: an Ambito that needs its own puts them in its site.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

RADICE = Path(__file__).parent / "pagine"
NOMI = ("note-legali", "privacy", "accessibilita", "aiuto", "come-cancellare-la-cronologia")
PROTETTE = frozenset({"come-cancellare-la-cronologia"})
"""Pages for who is afraid: «Esci subito», nothing left in the cache."""


@dataclass(frozen=True)
class PaginaFissa:
    """``lingua`` is the one of the text: Italian where there is no translation."""

    nome: str
    titolo: str
    corpo: str
    lingua: str

    @property
    def protetta(self) -> bool:
        return self.nome in PROTETTE


@cache
def pagina(nome: str, lingua: str) -> PaginaFissa | None:
    """The page with that name, in that language or in Italian; None for a name that is not in ``NOMI``."""
    if nome not in NOMI:
        return None
    for codice in dict.fromkeys((lingua, "it")):
        percorso = RADICE / codice / f"{nome}.md"
        if percorso.is_file():
            titolo, _, corpo = percorso.read_text("utf-8").partition("\n")
            return PaginaFissa(nome, titolo.removeprefix("# ").strip(), corpo.strip(), codice)
    return None
