"""What of a decision can be searched: its text, and the item it was taken on."""

from __future__ import annotations

TIPO = "decisione"
"""What decisions are called in the search index."""


def titolo(organo: str, anno: int, numero: int, punto: str) -> str:
    return f"{organo} {anno}/{numero} {punto}"
