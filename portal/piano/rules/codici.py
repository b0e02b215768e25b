"""Codes of the sheets and of the regional scheme (domain.md 4.1): ``A1``, ``A.1``, ``a 1`` are one code."""

from __future__ import annotations

import re

_CODICE = re.compile(r"^([A-Z])[\s.]*(\d{1,2})?$")


def normalizza_codice(testo: str) -> str | None:
    """``a 1`` -> ``A.1``; ``t`` -> ``T``; None when it is not a code."""
    trovato = _CODICE.match(testo.strip().upper())
    if trovato is None:
        return None
    lettera, numero = trovato.groups()
    return f"{lettera}.{int(numero)}" if numero else lettera
