"""Who sits on which seat, on which day: mandates that never overlap, vacancies, forfeiture for absence (domain.md 3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True)
class Periodo:
    """From one day to another, both included; None: until further notice."""

    dal: date
    al: date | None = None

    def contiene(self, giorno: date) -> bool:
        return self.dal <= giorno and (self.al is None or giorno <= self.al)

    def tocca(self, altro: Periodo) -> bool:
        return (altro.al is None or self.dal <= altro.al) and (self.al is None or altro.dal <= self.al)


@dataclass(frozen=True)
class Mandato:
    """Somebody on a seat, titolare or substitute: each seat has one of each at a time."""

    seggio: int
    chi: int
    periodo: Periodo
    supplente: bool = False


def sovrapposti(mandati: Iterable[Mandato]) -> list[tuple[Mandato, Mandato]]:
    """Pairs of mandates that put two people on one seat, in order."""
    ordinati = sorted(mandati, key=lambda m: (m.seggio, m.supplente, m.periodo.dal))
    return [
        (prima, dopo)
        for prima, dopo in pairwise(ordinati)
        if (prima.seggio, prima.supplente) == (dopo.seggio, dopo.supplente) and prima.periodo.tocca(dopo.periodo)
    ]


def composizione(seggi: Iterable[int], mandati: Iterable[Mandato], giorno: date) -> dict[int, Mandato | None]:
    """Seat -> who holds it on ``giorno``; None: vacant."""
    titolari = {m.seggio: m for m in mandati if not m.supplente and m.periodo.contiene(giorno)}
    return {seggio: titolari.get(seggio) for seggio in seggi}


@dataclass(frozen=True)
class Assenza:
    """Of a seat at a sitting that was held, in the order of the sittings. ``quando``, ``seduta``: its day and number."""

    presente: bool
    giustificata: bool = False
    quando: date = date.min
    seduta: int = 0


def fila(sedute: Sequence[Assenza]) -> tuple[Assenza, ...]:
    """The unjustified absences in a row, up to the last sitting; a justified one neither counts nor breaks the row."""
    trovate: list[Assenza] = []
    for seduta in reversed(sedute):
        if seduta.presente:
            break
        if not seduta.giustificata:
            trovate.insert(0, seduta)
    return tuple(trovate)


def assenze_di_fila(sedute: Sequence[Assenza]) -> int:
    return len(fila(sedute))


def da_valutare(sedute: Sequence[Assenza], dal: date, massimo: int | None) -> tuple[Assenza, ...]:
    """The absences for which who sits since ``dal`` may be declared forfeited; none when they are too few.

    Those of who sat there before do not count.
    """
    sue = [s for s in sedute if s.quando >= dal]
    return fila(sue) if decadenza_da_dichiarare(sue, massimo) else ()


def decadenza_da_dichiarare(sedute: Sequence[Assenza], massimo: int | None) -> bool:
    """Has the seat been empty, without a reason, as many times in a row as the body's rules allow? None: never."""
    return massimo is not None and assenze_di_fila(sedute) >= massimo
