"""The hash chain: pure functions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ..i18n import _l

ORIGINE = "0" * 64


def canonico(dettagli: Mapping[str, Any]) -> str:
    """Details as one JSON text that is always the same for the same content."""
    return json.dumps(dettagli, sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":"))


@dataclass(frozen=True)
class Riga:
    """The content of one event, as it enters its fingerprint."""

    catena: int
    numero: int
    quando: datetime
    attore_id: int | None
    azione: str
    oggetto_tipo: str
    oggetto_id: int | None
    dettagli: str


def impronta(riga: Riga, precedente: str) -> str:
    """SHA-256 of the row and of the fingerprint before it."""
    quando = riga.quando.astimezone(UTC).isoformat(timespec="microseconds")
    parti = [precedente, riga.catena, riga.numero, quando, riga.attore_id, riga.azione, riga.oggetto_tipo]
    testo = json.dumps([*parti, riga.oggetto_id, riga.dettagli], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(testo.encode()).hexdigest()


@dataclass(frozen=True)
class Rottura:
    """Where a chain stops being true; ``motivo`` is said in the language of who reads."""

    catena: int
    numero: int
    motivo: Any


def verifica(catena: int, righe: Iterable[tuple[Riga, str, str]], testa: tuple[int, str]) -> Rottura | None:
    """Walk a chain of (row, previous, fingerprint) in order; the first break, or None.

    ``testa`` is the (number, fingerprint) that the chain says it ends with: rows cut off at the end show too.
    """
    precedente, numero = ORIGINE, 0
    for riga, prima, scritta in righe:
        if riga.numero != numero + 1:
            return Rottura(catena, numero + 1, _l("manca una riga"))
        if prima != precedente:
            return Rottura(catena, riga.numero, _l("non segue la riga precedente"))
        if impronta(riga, prima) != scritta:
            return Rottura(catena, riga.numero, _l("il contenuto è stato cambiato"))
        precedente, numero = scritta, riga.numero
    if testa[0] < numero:
        return Rottura(catena, testa[0] + 1, _l("la riga viene dopo la fine dichiarata della catena"))
    if testa != (numero, precedente):
        return Rottura(catena, numero + 1, _l("la catena finisce prima del dovuto"))
    return None
