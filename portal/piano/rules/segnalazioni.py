"""What a check answers: how many comparisons it made, and one ``Segnalazione`` for each that does not hold.

Severity (domain.md 4.5): a difference within the tolerance of the Ambito, in cents, is a rounding; above it,
an error. Checks that ask for judgement (a floor met by derogation, a blank box) say warning or note.
Ids F01-F42 are the stable names of the findings in domain.md 4.6.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Gravita(StrEnum):
    """From the worst to the mildest."""

    ERRORE = "errore"
    AVVISO = "avviso"
    ARROTONDAMENTO = "arrotondamento"
    NOTA = "nota"


class Unita(StrEnum):
    EURO = "euro"
    NUMERO = "numero"
    PERCENTO = "percento"


@dataclass(frozen=True)
class Segnalazione:
    """A comparison that does not hold. ``stampato`` is what the plan says, ``ricalcolato`` what follows from
    the rest of it; both None where the trouble is not a number. ``schede``: codes of the sheets concerned.
    """

    regola: str
    id: str
    gravita: Gravita
    dove: str
    titolo: str
    spiegazione: str
    stampato: Decimal | None = None
    ricalcolato: Decimal | None = None
    unita: Unita = Unita.EURO
    schede: tuple[str, ...] = ()

    @property
    def scarto(self) -> Decimal | None:
        """The distance between the two figures, never negative."""
        if self.stampato is None or self.ricalcolato is None:
            return None
        return abs(self.stampato - self.ricalcolato)


@dataclass(frozen=True)
class Esito:
    """The outcome of a rule: ``confronti`` counts the comparisons made, passed and failed."""

    regola: str
    confronti: int
    segnalazioni: tuple[Segnalazione, ...]

    @classmethod
    def da(cls, regola: str, confronti: Iterable[Segnalazione | None]) -> Esito:
        """From one item for each comparison: None when it holds."""
        tutti = tuple(confronti)
        return cls(regola, len(tutti), tuple(s for s in tutti if s is not None))


def gravita_scarto(stampato: Decimal, ricalcolato: Decimal, tolleranza: int) -> Gravita | None:
    """None when the two are the same; a rounding up to ``tolleranza`` cents; an error above it."""
    scarto = abs(stampato - ricalcolato)
    if scarto == 0:
        return None
    return Gravita.ARROTONDAMENTO if scarto * 100 <= tolleranza else Gravita.ERRORE
