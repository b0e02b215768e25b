"""Reading the figures that a plan prints outside its sheets: JSON already parsed in, cells of tables out.

Keys may carry years (``popolazione_2021``, ``rendiconto_pdz_2018_2021``); what is not a figure is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ...errors import ErroreDominio
from ...i18n import _
from . import tavole as t
from .lettura import leggi_importo


@dataclass(frozen=True)
class VoceLetta:
    tavola: str
    riga: str
    colonna: str
    importo: Decimal | None = None
    conteggio: int | None = None


@dataclass(frozen=True)
class PopolazioneLetta:
    """Residents by comune and age class, without totals (those are cells, kept as printed)."""

    anno: int
    abitanti: Mapping[str, Mapping[str, int]]


Lettore = Callable[[Any, tuple[str, ...]], Iterator[VoceLetta]]


def leggi_voci(dati: Mapping[str, Any]) -> tuple[VoceLetta, ...]:
    """Every figure of the file. Raises ``ErroreDominio`` when a table has not the shape it should."""
    voci: list[VoceLetta] = []
    for chiave, contenuto in dati.items():
        for forma, lettore in LETTORI:
            trovata = re.fullmatch(forma, chiave)
            if trovata is None:
                continue
            try:
                voci.extend(lettore(contenuto, trovata.groups()))
            except (KeyError, TypeError, ValueError, AttributeError) as errore:
                raise ErroreDominio(_("La tabella «%(chiave)s» non ha la forma attesa.", chiave=chiave)) from errore
    return tuple(voci)


def leggi_popolazione(dati: Mapping[str, Any]) -> PopolazioneLetta | None:
    """The age table by comune, of the latest year in the file; None when there is none."""
    anni = sorted(k for k in dati if re.fullmatch(r"popolazione_\d{4}", k))
    if not anni:
        return None
    tavola = dati[anni[-1]]
    classi = tavola["classi"]
    abitanti = {
        comune: {classe: int(n) for classe, n in zip(classi, numeri, strict=True) if _riga(classe) != t.TOTALE}
        for comune, numeri in tavola["righe"].items()
        if _riga(comune) != t.TOTALE
    }
    return PopolazioneLetta(int(anni[-1][-4:]), abitanti)


def _riga(nome: str) -> str:
    """Every way of printing «Totale» as one word; any other name as it is."""
    return t.TOTALE if nome.strip().lower() in ("totale", "totale ambito") else nome


def _popolazione(contenuto: Any, _anni: tuple[str, ...]) -> Iterator[VoceLetta]:
    """Only the printed totals: the cells by comune and class are the Ambito's population."""
    for comune, numeri in contenuto["righe"].items():
        for classe, numero in zip(contenuto["classi"], numeri, strict=True):
            if t.TOTALE in (_riga(comune), _riga(classe)):
                yield VoceLetta(t.POPOLAZIONE, _riga(comune), _riga(classe), conteggio=int(numero))
    nel_testo = contenuto.get("popolazione_dichiarata_nel_testo")
    if nel_testo is not None:
        yield VoceLetta(t.POPOLAZIONE_TESTO, t.TOTALE, t.ABITANTI, conteggio=int(nel_testo))


def _famiglie(contenuto: Any, _anni: tuple[str, ...]) -> Iterator[VoceLetta]:
    for comune, numero in contenuto.items():
        yield VoceLetta(t.FAMIGLIE, _riga(comune), t.FAMIGLIE, conteggio=int(numero))


def _euro(tavola: str, riga: str, colonna: str, valore: Any) -> VoceLetta:
    return VoceLetta(tavola, _riga(riga), _riga(colonna), importo=leggi_importo(valore, f"{tavola}, {riga}, {colonna}"))


def _tabella(tavola: str, righe: Mapping[str, Any], colonne: list[Any]) -> Iterator[VoceLetta]:
    for riga, valori in righe.items():
        for colonna, valore in zip(colonne, valori, strict=True):
            yield _euro(tavola, riga, str(colonna), valore)


def _spesa_storica(contenuto: Any, _anni: tuple[str, ...]) -> Iterator[VoceLetta]:
    yield from _tabella(t.SPESA_STORICA, contenuto, [t.TRIENNIO, t.MEDIA_ANNUA])


def _cofinanziamento(contenuto: Any, _anni: tuple[str, ...]) -> Iterator[VoceLetta]:
    yield from _tabella(t.COFINANZIAMENTO, contenuto["righe"], contenuto["anni"])


def _minimo(contenuto: Any, _anni: tuple[str, ...]) -> Iterator[VoceLetta]:
    yield from _tabella(t.COFINANZIAMENTO_MINIMO, contenuto["righe"], contenuto["colonne"])


def _programmato(contenuto: Any, _anni: tuple[str, ...]) -> Iterator[VoceLetta]:
    for colonna in (t.ANNUO, t.TRIENNIO):
        yield _euro(t.COFINANZIAMENTO_PROGRAMMATO, t.TOTALE, colonna, contenuto[colonna])
    percento = int(contenuto["pct_sul_minimo"])
    yield VoceLetta(t.COFINANZIAMENTO_PROGRAMMATO, t.TOTALE, t.PERCENTO_SUL_MINIMO, conteggio=percento)


def _rendiconto(contenuto: Any, anni: tuple[str, ...]) -> Iterator[VoceLetta]:
    piano = "-".join(anni)
    for colonna in (t.BUDGET, t.IMPEGNATO, t.RESIDUO):
        yield _euro(t.RENDICONTO, piano, colonna, contenuto[colonna])
    yield VoceLetta(t.RENDICONTO, piano, t.AVANZAMENTO, conteggio=int(contenuto["avanzamento_pct"]))


def _fnps(contenuto: Any, _anni: tuple[str, ...]) -> Iterator[VoceLetta]:
    righe = {str(riga[0]): riga[1:] for riga in contenuto["righe"]}
    yield from _tabella(t.FNPS, righe, contenuto["colonne"][1:])


def _fondo_annuo(tavola: str) -> Lettore:
    def leggi(contenuto: Any, anni: tuple[str, ...]) -> Iterator[VoceLetta]:
        yield _euro(tavola, anni[0], t.IMPORTO, contenuto)

    return leggi


def _fgsa(contenuto: Any, _anni: tuple[str, ...]) -> Iterator[VoceLetta]:
    """Years and total of the fund's own table; the figure of the budget is read with the budget."""
    for periodo, valore in contenuto.items():
        if periodo[:4].isdigit() or _riga(periodo) == t.TOTALE:
            yield _euro(t.FGSA, periodo, t.IMPORTO, valore)


def _budget(contenuto: Any, _anni: tuple[str, ...]) -> Iterator[VoceLetta]:
    for voce, valore in contenuto["voci"].items():
        yield _euro(t.BUDGET, voce, t.IMPORTO, valore)
    yield _euro(t.BUDGET, t.TOTALE, t.IMPORTO, contenuto["totale"])


LETTORI: tuple[tuple[str, Lettore], ...] = (
    (r"popolazione_(\d{4})", _popolazione),
    (r"famiglie_(\d{4})", _famiglie),
    (r"spesa_storica_(\d{4})_(\d{4})", _spesa_storica),
    (r"cofinanziamento_(\d{4})_(\d{4})", _cofinanziamento),
    (r"cofinanziamento_minimo_(\d{4})", _minimo),
    (r"cofinanziamento_programmato", _programmato),
    (r"rendiconto_pdz_(\d{4})_(\d{4})", _rendiconto),
    (r"fnps_quote", _fnps),
    (r"fna_(\d{4})", _fondo_annuo(t.FNA)),
    (r"qfp_(\d{4})", _fondo_annuo(t.QFP)),
    (r"fgsa", _fgsa),
    (r"budget_pdz_(\d{4})_(\d{4})", _budget),
)


def leggi_quadro(dati: Mapping[str, Any]) -> tuple[VoceLetta, ...]:
    """The synoptic table: ``{"codici": [{codice, in_quadro_sinottico, quadro_sinottico_vuoto}]}``."""
    try:
        return tuple(
            VoceLetta(t.QUADRO, c["codice"], t.COMPILATA, conteggio=int(not c["quadro_sinottico_vuoto"]))
            for c in dati["codici"]
            if c["in_quadro_sinottico"]
        )
    except (KeyError, TypeError) as errore:
        raise ErroreDominio(_("Il file non ha la forma di un quadro sinottico.")) from errore
