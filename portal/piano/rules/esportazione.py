"""The lines of a plan as open data: CSV (UTF-8, ``;``, decimal comma) and JSON.

A blank amount is an empty cell in one and null in the other. A text that a spreadsheet would run as a formula
is written with an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from .valori import ValoriAnno, ValoriRiga, ValoriScheda

COLONNE = (
    "ciclo",
    "schema",
    "scheda",
    "titolo",
    "area",
    "area_titolo",
    "anno",
    "importo_anno",
    "fonte_testo",
    "fondo",
    "fondo_nome",
    "fonte_stampata",
    "importo",
    "totale_scheda_stampato",
)
FORMULE = ("=", "+", "-", "@", "\t", "\r", "\n")


def cella_sicura(testo: str) -> str:
    """The text, made harmless for a spreadsheet."""
    return f"'{testo}" if testo.startswith(FORMULE) else testo


def _numero(valore: Decimal | None) -> str:
    return "" if valore is None else f"{valore:.2f}".replace(".", ",")


def righe(ciclo: str, schede: Iterable[ValoriScheda]) -> Iterator[tuple[str, ...]]:
    """One row for each line, and one for each year that has no lines."""
    for scheda in schede:
        for anno in scheda.anni:
            for riga in anno.righe or (None,):
                yield tuple(cella_sicura(c) for c in _riga(ciclo, scheda, anno, riga))


def _riga(ciclo: str, s: ValoriScheda, a: ValoriAnno, r: ValoriRiga | None) -> tuple[str, ...]:
    inizio = (
        ciclo,
        s.schema,
        s.codice,
        s.titolo,
        s.macro,
        s.macro_titolo,
        str(a.anno),
        _numero(a.importo),
        a.fonte_testo,
    )
    fondo = (r.fondo, r.fondo_nome, r.fonte, _numero(r.importo)) if r is not None else ("", "", "", "")
    return (*inizio, *fondo, _numero(s.totale_dichiarato))


def csv_piano(ciclo: str, schede: Iterable[ValoriScheda]) -> str:
    foglio = io.StringIO(newline="")
    scrittore = csv.writer(foglio, delimiter=";", lineterminator="\r\n")
    scrittore.writerow(COLONNE)
    scrittore.writerows(righe(ciclo, schede))
    return foglio.getvalue()


def json_piano(testa: dict[str, Any], schede: Iterable[ValoriScheda]) -> str:
    """Amounts are strings with two decimals, so that no reader rounds them."""
    return json.dumps({**testa, "schede": [_scheda(s) for s in schede]}, ensure_ascii=False, indent=1)


def _scheda(s: ValoriScheda) -> dict[str, Any]:
    return {
        "schema": s.schema,
        "codice": s.codice,
        "titolo": s.titolo,
        "area": s.macro,
        "area_titolo": s.macro_titolo,
        "totale_stampato": _testo(s.totale_dichiarato),
        "totale_calcolato": _testo(s.totale),
        "anni": [_anno(a) for a in s.anni],
    }


def _anno(a: ValoriAnno) -> dict[str, Any]:
    return {
        "anno": a.anno,
        "importo": _testo(a.importo),
        "fonte_testo": a.fonte_testo,
        "righe": [
            {
                "fondo": r.fondo,
                "fondo_nome": r.fondo_nome,
                "fonte_stampata": r.fonte,
                "importo": _testo(r.importo),
            }
            for r in a.righe
        ],
    }


def _testo(valore: Decimal | None) -> str | None:
    return None if valore is None else f"{valore:.2f}"
