"""What of a refused form may be shown again: every text the person typed, never a secret or a token."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

SEGRETI = ("csrf", "password", "token", "codice_accesso")
"""Parts of the names of fields that are never shown again."""
PASSWORD = frozenset({"attuale", "ripeti"})
"""Names of the fields that hold a password without saying so."""


def campi_ritentabili(modulo: Mapping[str, Any]) -> dict[str, str]:
    """Field name -> text, for the page of a conflict. A field sent more than once shows all that it held."""
    campi: dict[str, str] = {}
    for nome, valore in campi_da_rimandare(modulo):
        campi[nome] = f"{campi[nome]}\n{valore}" if nome in campi else valore
    return campi


def campi_da_rimandare(modulo: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Name and text of every value, in order: what the page of an expired session sends again, whole."""
    coppie: Iterable[tuple[str, Any]] = modulo.items(multi=True) if isinstance(modulo, MultiDict) else modulo.items()
    return [(nome, str(valore)) for nome, valore in coppie if str(valore).strip() and not _segreto(nome)]


def _segreto(nome: str) -> bool:
    return nome.lower() in PASSWORD or any(segreto in nome.lower() for segreto in SEGRETI)
