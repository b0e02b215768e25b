"""What of a refused form may be shown again: every text the person typed, never a secret or a token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SEGRETI = ("csrf", "password", "token", "codice_accesso")


def campi_ritentabili(modulo: Mapping[str, Any]) -> dict[str, str]:
    """Field name -> text, for the «nothing is lost» pages (expired session, conflict)."""
    return {
        nome: str(valore)
        for nome, valore in modulo.items()
        if str(valore).strip() and not any(segreto in nome.lower() for segreto in SEGRETI)
    }
