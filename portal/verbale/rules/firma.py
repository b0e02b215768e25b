"""Is the signed file the minute that was approved? By its bytes, never by its name (artt. 20-21 D.Lgs. 82/2005)."""

from __future__ import annotations

import hashlib

from ...signatures import BustaIllegibile, apri_busta, leggi_cms

BUSTE = 3
"""Envelopes one inside the other that are opened: president, secretary, and one to spare."""


def contiene(firmato: bytes, originale: bytes) -> bool:
    """Is ``originale`` what was signed? In a p7m it is the document inside; a PDF signed in itself (PAdES) begins with it,
    because a signature is only added at the end."""
    dentro = firmato
    for _busta in range(BUSTE):
        if dentro == originale:
            return True
        busta = leggi_cms(dentro)
        if busta is None:
            break
        try:
            dentro = apri_busta(busta).contenuto
        except BustaIllegibile:
            return False
    return dentro.startswith(originale)


def impronta(dati: bytes) -> str:
    """SHA-256 in 64 hexadecimal digits."""
    return hashlib.sha256(dati).hexdigest()
