"""Names of the tables, rows and columns under which the figures printed outside the sheets are kept.

The importer writes with these words and the checks read with them; years and names of comuni stay as printed.
"""

from __future__ import annotations

from typing import Final

TOTALE: Final = "totale"
"""Row of the Ambito's total and column of a row's total, in every table."""

POPOLAZIONE: Final = "popolazione"
POPOLAZIONE_TESTO: Final = "popolazione_testo"
ABITANTI: Final = "abitanti"
FAMIGLIE: Final = "famiglie"
SPESA_STORICA: Final = "spesa_storica"
TRIENNIO: Final = "triennio"
MEDIA_ANNUA: Final = "media_annua"
COFINANZIAMENTO: Final = "cofinanziamento"
COFINANZIAMENTO_MINIMO: Final = "cofinanziamento_minimo"
QUOTA: Final = "quota_100"
QUOTA_DENARO: Final = "quota_denaro_50"
QUOTA_SERVIZI: Final = "quota_servizi_50"
COFINANZIAMENTO_PROGRAMMATO: Final = "cofinanziamento_programmato"
ANNUO: Final = "annuo"
PERCENTO_SUL_MINIMO: Final = "percento_sul_minimo"
RENDICONTO: Final = "rendiconto"
BUDGET: Final = "budget"
IMPEGNATO: Final = "impegnato"
LIQUIDATO: Final = "liquidato"
RESIDUO: Final = "residuo"
AVANZAMENTO: Final = "avanzamento"
FNPS: Final = "fnps"
FNA: Final = "fna"
FGSA: Final = "fgsa"
QFP: Final = "qfp"
IMPORTO: Final = "importo"
MINORI: Final = "quota_minori_famiglia"
DIMISSIONI: Final = "quota_dimissioni_protette"
VIOLENZA: Final = "quota_contrasto_violenza"
QUADRO: Final = "quadro_sinottico"
COMPILATA: Final = "compilata"
"""Column of the synoptic table: 1 where the row of a code says something, 0 where it is empty."""
