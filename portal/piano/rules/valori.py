"""What the checks read: the plain values of a plan, as printed. No database and no request in here.

An amount, zero and «not stated» (None) are three different things everywhere (domain.md 4.3). Amounts are
euro with two decimals; counts (inhabitants, families, percent) are Decimal too: one comparison fits all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

ZERO = Decimal("0.00")
VUOTA = " _\u2026."
"""Signs that print an empty box: «_____», dots."""


def somma_indicati(importi: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is stated; None when nothing is."""
    indicati = [i for i in importi if i is not None]
    return sum(indicati, ZERO) if indicati else None


@dataclass(frozen=True)
class ValoriRiga:
    """A budget line: ``fondo`` is our code, ``fonte`` the fund's name as printed."""

    fondo: str
    fonte: str
    importo: Decimal
    fondo_nome: str = ""
    id: int = 0


@dataclass(frozen=True)
class ValoriAnno:
    anno: int
    importo: Decimal | None
    fonte_testo: str = ""
    righe: tuple[ValoriRiga, ...] = ()

    @property
    def somma_righe(self) -> Decimal | None:
        return somma_indicati(r.importo for r in self.righe)

    @property
    def nomina_fonte(self) -> bool:
        """The box of the sources says something, be it only a name without an amount."""
        return bool(self.righe) or bool(self.fonte_testo.strip(VUOTA))


@dataclass(frozen=True)
class ValoriScheda:
    codice: str
    titolo: str
    totale_dichiarato: Decimal | None
    anni: tuple[ValoriAnno, ...]
    macro: str = ""
    macro_titolo: str = ""
    schema: str = "PRPS22"
    id: int = 0

    @property
    def totale(self) -> Decimal | None:
        """The sum of the years that are stated; None when all are blank."""
        return somma_indicati(a.importo for a in self.anni)

    @property
    def righe(self) -> tuple[tuple[int, ValoriRiga], ...]:
        return tuple((a.anno, r) for a in self.anni for r in a.righe)

    def anno(self, anno: int) -> ValoriAnno | None:
        return next((a for a in self.anni if a.anno == anno), None)


@dataclass(frozen=True)
class Tavola:
    """A printed table: cells by (row, column), in the order of the page. A blank cell is None."""

    celle: Mapping[tuple[str, str], Decimal | None] = field(default_factory=dict)

    @property
    def righe(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r for r, _ in self.celle))

    @property
    def colonne(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(c for _, c in self.celle))

    def cella(self, riga: str, colonna: str) -> Decimal | None:
        return self.celle.get((riga, colonna))

    def __bool__(self) -> bool:
        return bool(self.celle)


@dataclass(frozen=True)
class Valori:
    """A whole plan. ``tolleranza`` is in cents: a difference up to it is a rounding, above it an error."""

    schede: tuple[ValoriScheda, ...] = ()
    tavole: Mapping[str, Tavola] = field(default_factory=dict)
    anni: tuple[int, ...] = ()
    tolleranza: int = 5

    def tavola(self, nome: str) -> Tavola:
        """The table, empty when the plan does not print it: its checks then compare nothing."""
        return self.tavole.get(nome, Tavola())

    def righe(self, *fondi: str, schede: Iterable[str] | None = None, anni: Iterable[int] | None = None) -> Decimal:
        """Sum of the lines of those funds, on those sheets and years (all by default)."""
        volute = None if schede is None else set(schede)
        voluti = None if anni is None else set(anni)
        return sum(
            (
                r.importo
                for s in self.schede
                if volute is None or s.codice in volute
                for anno, r in s.righe
                if r.fondo in fondi and (voluti is None or anno in voluti)
            ),
            ZERO,
        )
