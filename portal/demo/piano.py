"""The real plan of Casarano, 2022-2024: sheets, synoptic table and the figures around them, as printed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from ..ambiti.models import Ambito
from ..piano import operations
from ..piano.models import Ciclo, StatoCiclo

DATI = Path(__file__).resolve().parent / "dati"
PIANI = {
    "casarano": operations.DatiCiclo(
        codice="2022-2024",
        titolo="Piano sociale di zona 2022-2024",
        anno_da=2022,
        anno_a=2024,
        stato=StatoCiclo.ADOTTATO,
        adottato_il=date(2023, 6, 1),
        atto="Coordinamento Istituzionale",
    )
}
"""By slug. Gagliano has no sheets in the sources: its plan page says there is none yet."""


def _leggi(nome: str) -> dict[str, Any]:
    contenuto: dict[str, Any] = json.loads((DATI / nome).read_text(encoding="utf-8"))
    return contenuto


def carica(ambito: Ambito) -> Ciclo | None:
    """Load the plan of an Ambito, where there is one. Inside a unit of work, with the Ambito chosen."""
    dati = PIANI.get(ambito.slug)
    if dati is None:
        return None
    schede = _leggi(f"{ambito.slug}_schede_pdz_{dati.anno_da}_{dati.anno_a}.json")
    ciclo = operations.importa_piano(schede, ciclo=dati, attore=None).ciclo
    operations.importa_voci(ciclo, _leggi(f"{ambito.slug}_finanza_e_governance.json"), attore=None)
    operations.importa_quadro(ciclo, _leggi("codici_prps22.json"), attore=None)
    return ciclo
