"""Words for values: what a person reads where the database holds a key. Keys unknown to the table are shown as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .i18n import _l

RUOLI: Mapping[str, Any] = {
    "responsabile": _l("Responsabile dell’Ufficio di Piano"),
    "operatore": _l("Operatore dell’Ufficio di Piano"),
    "commissario": _l("Commissario"),
    "componente": _l("Componente"),
    "rappresentante": _l("Rappresentante legale"),
    "delegato": _l("Delegato con procura"),
    "compilatore": _l("Compilatore"),
    "amministratore": _l("Amministratore"),
}


def parola_ruolo(chiave: str) -> str:
    return str(RUOLI.get(str(chiave), chiave))
