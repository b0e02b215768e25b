"""Codes that people copy from paper: drawn at random, so that they say nothing and cannot be guessed."""

from __future__ import annotations

ALFABETO = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that nobody mistakes for one another on paper."""


def codice_leggibile(byte: bytes) -> str:
    """A verification code in four groups of four, from at least 16 random bytes: 80 bits, easy to type."""
    segni = "".join(ALFABETO[b % 32] for b in byte[:16])
    return "-".join(segni[i : i + 4] for i in range(0, 16, 4))
