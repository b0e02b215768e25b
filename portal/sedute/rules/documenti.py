"""The papers of an item: until when they may change, and which of them came after the call."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..models import StatoPunto, StatoSeduta

APERTI = (StatoPunto.DA_TRATTARE, StatoPunto.IN_DISCUSSIONE)
FINITE = (StatoSeduta.CHIUSA, StatoSeduta.ANNULLATA)


def si_cambiano(punto: StatoPunto, seduta: StatoSeduta) -> bool:
    """May the papers of an item in that state, of a sitting in that one, still be added and taken away?"""
    return punto in APERTI and seduta not in FINITE


def aggiunto_dopo(documento: Any, seduta: Any) -> bool:
    """Was the paper added when the call had left already?"""
    convocata: datetime | None = seduta.convocata_il
    return convocata is not None and bool(documento.caricato_il > convocata)
