"""The plan summed up for its page: by area, by fund, by year, and the table of the sheets. Exact to the cent.

Totals are of what the plan states; a blank box adds nothing and stays blank.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from ...charts import Barra, barre, ordinate
from .valori import ZERO, ValoriAnno, ValoriScheda, somma_indicati


@dataclass(frozen=True)
class Filtri:
    """Which part of the plan to look at; None for all of it."""

    anno: int | None = None
    fondo: str | None = None
    area: str | None = None

    def __bool__(self) -> bool:
        return self.anno is not None or self.fondo is not None or self.area is not None


@dataclass(frozen=True)
class Cella:
    """``c_e`` is False where the filters leave nothing: not a blank box of the plan."""

    importo: Decimal | None
    c_e: bool = True


@dataclass(frozen=True)
class RigaScheda:
    codice: str
    titolo: str
    anni: tuple[Cella, ...]
    totale: Decimal | None
    totale_dichiarato: Decimal | None


@dataclass(frozen=True)
class Gruppo:
    """The sheets of an area (macro-activity), with its total."""

    macro: str
    titolo: str
    schede: tuple[RigaScheda, ...]
    totale: Decimal


@dataclass(frozen=True)
class Prospetto:
    anni: tuple[int, ...]
    gruppi: tuple[Gruppo, ...]
    per_area: tuple[Barra, ...]
    per_fondo: tuple[Barra, ...]
    per_anno: tuple[Barra, ...]
    totali_anno: tuple[Decimal, ...]
    totale: Decimal
    totale_dichiarato: Decimal
    """Sum of the totals printed on the sheets."""

    @property
    def schede(self) -> int:
        return sum(len(g.schede) for g in self.gruppi)


def filtra(schede: Iterable[ValoriScheda], filtri: Filtri) -> tuple[ValoriScheda, ...]:
    """The sheets with only the years and the lines asked for; a sheet left with nothing goes away.

    Under a fund, a year counts for that fund's lines only, and the printed total no longer compares.
    """
    if not filtri:
        return tuple(schede)
    scelte = (_riduci(s, filtri) for s in schede if filtri.area in (None, s.macro))
    return tuple(s for s in scelte if s.anni)


def _riduci(scheda: ValoriScheda, filtri: Filtri) -> ValoriScheda:
    anni = tuple(a for a in scheda.anni if filtri.anno in (None, a.anno))
    if filtri.fondo is not None:
        ridotti = (_del_fondo(a, filtri.fondo) for a in anni)
        anni = tuple(a for a in ridotti if a.righe)
    intera = anni == scheda.anni
    return replace(scheda, anni=anni, totale_dichiarato=scheda.totale_dichiarato if intera else None)


def _del_fondo(anno: ValoriAnno, fondo: str) -> ValoriAnno:
    righe = tuple(r for r in anno.righe if r.fondo == fondo)
    return replace(anno, righe=righe, importo=somma_indicati(r.importo for r in righe))


def prospetto(schede: Iterable[ValoriScheda], anni: tuple[int, ...]) -> Prospetto:
    """Sum up the sheets over ``anni``, in the order given."""
    elenco = tuple(schede)
    gruppi = _gruppi(elenco, anni)
    totali_anno = tuple(_totale_anno(elenco, anno) for anno in anni)
    fondi: dict[str, tuple[str, Decimal]] = {}
    for scheda in elenco:
        for _anno, riga in scheda.righe:
            nome, importo = fondi.get(riga.fondo, (riga.fondo_nome or riga.fondo, ZERO))
            fondi[riga.fondo] = (nome, importo + riga.importo)
    return Prospetto(
        anni,
        gruppi,
        per_area=ordinate(barre((g.macro, g.titolo, g.totale) for g in gruppi)),
        per_fondo=ordinate(barre((codice, *voce) for codice, voce in fondi.items())),
        per_anno=barre((str(anno), str(anno), totale) for anno, totale in zip(anni, totali_anno, strict=True)),
        totali_anno=totali_anno,
        totale=sum(totali_anno, ZERO),
        totale_dichiarato=somma_indicati(s.totale_dichiarato for s in elenco) or ZERO,
    )


def _totale_anno(schede: Iterable[ValoriScheda], anno: int) -> Decimal:
    anni = (s.anno(anno) for s in schede)
    return somma_indicati(a.importo for a in anni if a is not None) or ZERO


def _gruppi(schede: tuple[ValoriScheda, ...], anni: tuple[int, ...]) -> tuple[Gruppo, ...]:
    titoli = {s.macro: s.macro_titolo for s in schede}
    gruppi = []
    for macro, titolo in titoli.items():
        proprie = tuple(_riga(s, anni) for s in schede if s.macro == macro)
        gruppi.append(Gruppo(macro, titolo, proprie, somma_indicati(r.totale for r in proprie) or ZERO))
    return tuple(gruppi)


def _riga(s: ValoriScheda, anni: tuple[int, ...]) -> RigaScheda:
    trovati = [s.anno(anno) for anno in anni]
    celle = tuple(Cella(a.importo) if a is not None else Cella(None, c_e=False) for a in trovati)
    return RigaScheda(s.codice, s.titolo, celle, s.totale, s.totale_dichiarato)
