"""Tables as sheets (CSV) that a spreadsheet opens with a double click: semicolons, as Italians' programs expect."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

FORMULE = ("=", "+", "-", "@", "\t", "\r")


def scrivi(colonne: Iterable[Any], righe: Iterable[Iterable[Any]]) -> str:
    """The sheet. Values as they are to be read: days and numbers already written."""
    foglio = io.StringIO(newline="")
    scrittore = csv.writer(foglio, delimiter=";", lineterminator="\r\n")
    scrittore.writerow([str(c) for c in colonne])
    for riga in righe:
        scrittore.writerow([_cella(str(valore)) for valore in riga])
    return foglio.getvalue()


def _cella(testo: str) -> str:
    """A spreadsheet must not read what somebody typed as a formula."""
    return f"'{testo}" if testo.startswith(FORMULE) else testo
