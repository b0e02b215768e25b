"""Reads of the plan: its pages, and the lines that other areas bind things to."""

from .pagine import (
    DettagliScheda,
    Piano,
    TreNumeri,
    ciclo_corrente,
    ciclo_per_codice,
    dettagli_scheda,
    piano,
    tre_numeri,
    valori,
)
from .righe import (
    RigaDiScheda,
    RigaPerScelta,
    SchedaPerScelta,
    blocca_riga,
    righe_di_scheda,
    righe_per_scelta,
    scheda_per_codice,
    scheda_per_id,
    schede_per_scelta,
)

__all__ = [
    "DettagliScheda",
    "Piano",
    "RigaDiScheda",
    "RigaPerScelta",
    "SchedaPerScelta",
    "TreNumeri",
    "blocca_riga",
    "ciclo_corrente",
    "ciclo_per_codice",
    "dettagli_scheda",
    "piano",
    "righe_di_scheda",
    "righe_per_scelta",
    "scheda_per_codice",
    "scheda_per_id",
    "schede_per_scelta",
    "tre_numeri",
    "valori",
]
