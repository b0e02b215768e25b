"""Numbers for the charts of the pages: bars and stacked bars, drawn by template macros (look/README.md).

Pure: amounts in, shares and widths out. The text of a row stands beside its bar, never inside the drawing, so
the amounts stay Decimal here and the page writes them. «Not stated» (None) is not zero: it takes no part in
totals and shares, and is listed by name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

__all__ = ["Barra", "GraficoBarre", "GraficoImpilato", "Pila", "barre", "impilate"]

Voce = tuple[str, Decimal | None]
VoceImpilata = tuple[str, Decimal | None, Decimal | None, Decimal | None]
Traduci = Callable[[str], str]

ZERO = Decimal("0.00")
DECIMO = Decimal("0.1")


def N_(frase: str) -> str:
    """Marks a phrase for translation without translating it."""
    return frase


ALTRI = N_("Altri {n}")
NESSUN_DATO = N_("Nessun importo indicato.")
UNA_VOCE = N_("Una sola voce: %(prima)s.")
IN_ORDINE = N_("%(n)s voci, dalla più alta alla più bassa: la prima è %(prima)s, circa %(quota)s per cento del totale.")
IN_FILA = N_("%(n)s voci in fila: la più alta è %(prima)s, circa %(quota)s per cento del totale.")
SENZA_QUOTE = N_("%(n)s voci: la più alta è %(prima)s.")
NON_INDICATE = N_("Importo non indicato: %(voci)s.")
PILA = N_("%(prima)s: impegnato circa %(impegnato)s per cento del programmato, liquidato circa %(liquidato)s per cento.")
PILA_IMPEGNATO = N_("%(prima)s: impegnato circa %(impegnato)s per cento del programmato, liquidato non indicato.")
PILA_LIQUIDATO = N_("%(prima)s: liquidato circa %(liquidato)s per cento del programmato, impegnato non indicato.")
UNA_PILA = N_("Programmato, impegnato e liquidato di %(prima)s.")
PILE = N_("Programmato, impegnato e liquidato di %(n)s voci.")


@dataclass(frozen=True)
class Barra:
    """One row. ``quota`` is the percentage of the total, one decimal, half up; None when the amount is not
    stated or a share makes no sense. ``larghezza`` is 0-100, relative to the greatest amount."""

    testo: str
    valore: Decimal | None
    quota: Decimal | None
    larghezza: float

    @property
    def indicato(self) -> bool:
        return self.valore is not None


@dataclass(frozen=True)
class GraficoBarre:
    """``righe`` are drawn, ``tabella`` has every row. ``totale`` sums the stated amounts, None if there are
    none; ``non_indicate`` names the rows without an amount; ``descrizione`` is the text for ``role="img"``."""

    righe: tuple[Barra, ...]
    tabella: tuple[Barra, ...]
    totale: Decimal | None
    non_indicate: tuple[str, ...]
    descrizione: str


@dataclass(frozen=True)
class Pila:
    """Programmed, committed, paid of one row; any may be None, «not stated».

    The three bars lie one on the other. Their widths share one scale: the greatest of the three is 100, so an
    overrun shows. Shares are percentages of the programmed amount. ``residuo`` is programmed less committed,
    negative in an overrun; ``non_torna`` when more was committed than programmed, or paid than committed.
    """

    testo: str
    programmato: Decimal | None
    impegnato: Decimal | None
    liquidato: Decimal | None
    quota_impegnato: Decimal | None
    quota_liquidato: Decimal | None
    larghezza_programmato: float
    larghezza_impegnato: float
    larghezza_liquidato: float

    @property
    def residuo(self) -> Decimal | None:
        if self.programmato is None or self.impegnato is None:
            return None
        return self.programmato - self.impegnato

    @property
    def non_torna(self) -> bool:
        return _supera(self.impegnato, self.programmato) or _supera(self.liquidato, self.impegnato)


@dataclass(frozen=True)
class GraficoImpilato:
    """``righe`` in the given order; ``totale`` adds up each figure, None where some row does not state it."""

    righe: tuple[Pila, ...]
    totale: Pila | None
    descrizione: str


def barre(
    voci: Sequence[Voce],
    *,
    massimo_voci: int = 8,
    altri: str = ALTRI,
    ordina: bool = True,
    traduci: Traduci = N_,
) -> GraficoBarre:
    """A chart of bars, from the greatest amount down; ``ordina=False`` keeps the order given (years).

    Beyond ``massimo_voci`` stated rows the rest become one, named ``altri`` with ``{n}`` for how many; a rest
    of one row stays itself, and a chart in its own order is never cut. ``traduci`` is gettext where the page has
    one. With a negative amount no row has a share. Equal amounts keep the order given.
    """
    indicate = [(testo, valore) for testo, valore in voci if valore is not None]
    non_indicate = tuple(testo for testo, valore in voci if valore is None)
    ordinate: list[Voce] = list(voci)
    if ordina:
        ordinate = [*sorted(indicate, key=_valore, reverse=True), *((testo, None) for testo in non_indicate)]
    totale = sum((valore for _testo, valore in indicate), ZERO) if indicate else None
    quote = totale is not None and all(valore >= 0 for _testo, valore in indicate)
    disegnate = _con_altri(ordinate[: len(indicate)], massimo_voci, traduci(altri)) if ordina else ordinate
    tabella = _barre(ordinate, totale if quote else None)
    return GraficoBarre(
        righe=_barre(disegnate, totale if quote else None),
        tabella=tabella,
        totale=totale,
        non_indicate=non_indicate,
        descrizione=_descrivi_barre(tabella, non_indicate, ordina, traduci),
    )


def impilate(voci: Sequence[VoceImpilata], *, comune: bool = False, traduci: Traduci = N_) -> GraficoImpilato:
    """Programmed, committed, paid, row by row. Each row has its own scale, or with ``comune`` all have one."""
    massimo = max((_massimo(importi) for _testo, *importi in voci), default=ZERO) if comune else None
    righe = tuple(_pila(testo, importi, massimo) for testo, *importi in voci)
    colonne = list(zip(*(importi for _testo, *importi in voci), strict=True))
    totale = _pila("", [_somma_completa(colonna) for colonna in colonne]) if voci else None
    return GraficoImpilato(righe=righe, totale=totale, descrizione=_descrivi_pile(righe, traduci))


def _valore(voce: Voce) -> Decimal:
    return voce[1] or ZERO


def _con_altri(voci: list[Voce], massimo: int, nome: str) -> list[Voce]:
    resto = voci[massimo:]
    if len(resto) < 2:
        return voci
    return [*voci[:massimo], (nome.replace("{n}", str(len(resto))), sum(map(_valore, resto), ZERO))]


def _barre(voci: Sequence[Voce], totale: Decimal | None) -> tuple[Barra, ...]:
    massimo = max((_valore(voce) for voce in voci), default=ZERO)
    return tuple(Barra(testo, v, percentuale(v, totale), _larghezza(v, massimo)) for testo, v in voci)


def _pila(testo: str, importi: Sequence[Decimal | None], massimo: Decimal | None = None) -> Pila:
    programmato, impegnato, liquidato = importi
    scala = _massimo(importi) if massimo is None else massimo
    return Pila(
        testo,
        programmato,
        impegnato,
        liquidato,
        percentuale(impegnato, programmato),
        percentuale(liquidato, programmato),
        *(_larghezza(importo, scala) for importo in importi),
    )


def percentuale(parte: Decimal | None, tutto: Decimal | None) -> Decimal | None:
    """Percentage with one decimal, half up; None where either is not stated or there is no whole."""
    if parte is None or not tutto:
        return None
    return (parte * 100 / tutto).quantize(DECIMO, ROUND_HALF_UP)


def _larghezza(valore: Decimal | None, massimo: Decimal) -> float:
    return round(float(max(valore, ZERO) * 100 / massimo), 2) if valore is not None and massimo > 0 else 0.0


def _massimo(importi: Sequence[Decimal | None]) -> Decimal:
    return max((importo for importo in importi if importo is not None), default=ZERO)


def _somma_completa(importi: Sequence[Decimal | None]) -> Decimal | None:
    indicati = [importo for importo in importi if importo is not None]
    return sum(indicati, ZERO) if len(indicati) == len(importi) else None


def _supera(parte: Decimal | None, tutto: Decimal | None) -> bool:
    return parte is not None and tutto is not None and parte > tutto


def _descrivi_barre(tabella: Sequence[Barra], non_indicate: Sequence[str], in_ordine: bool, traduci: Traduci) -> str:
    indicate = [barra for barra in tabella if barra.valore is not None]
    if not indicate:
        return traduci(NESSUN_DATO)
    prima = max(indicate, key=lambda barra: barra.valore or ZERO)
    frase = SENZA_QUOTE if prima.quota is None else IN_ORDINE if in_ordine else IN_FILA
    if len(indicate) == 1:
        frase = UNA_VOCE
    testo = traduci(frase) % {"n": len(indicate), "prima": prima.testo, "quota": _intera(prima.quota)}
    if non_indicate:
        testo += " " + traduci(NON_INDICATE) % {"voci": ", ".join(non_indicate)}
    return testo


def _descrivi_pile(righe: Sequence[Pila], traduci: Traduci) -> str:
    if not righe:
        return traduci(NESSUN_DATO)
    if len(righe) > 1:
        return traduci(PILE) % {"n": len(righe)}
    pila = righe[0]
    return traduci(_frase_pila(pila)) % {
        "prima": pila.testo,
        "impegnato": _intera(pila.quota_impegnato),
        "liquidato": _intera(pila.quota_liquidato),
    }


def _frase_pila(pila: Pila) -> str:
    if not pila.programmato or (pila.impegnato is None and pila.liquidato is None):
        return UNA_PILA
    if pila.liquidato is None:
        return PILA_IMPEGNATO
    return PILA if pila.impegnato is not None else PILA_LIQUIDATO


def _intera(quota: Decimal | None) -> str:
    return "" if quota is None else str(quota.quantize(Decimal(1), ROUND_HALF_UP))
