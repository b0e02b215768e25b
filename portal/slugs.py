"""Words for URLs, from titles: lower case, no accents, dashes, forty characters at most."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

MASSIMO = 40
RISERVATI = frozenset({"nuovo", "nuova", "ufficio", "esito", "domande"})


def fai_slug(testo: str, usati: Collection[str] = ()) -> str:
    """``Città & servizi`` -> ``citta-servizi``; a number is added when the word is taken or reserved."""
    piano = unicodedata.normalize("NFKD", testo.lower()).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", piano).strip("-")[:MASSIMO].rstrip("-") or "senza-titolo"
    if base not in usati and base not in RISERVATI:
        return base
    n = 2
    while (candidato := f"{base[: MASSIMO - len(str(n)) - 1].rstrip('-')}-{n}") in usati:
        n += 1
    return candidato
