"""Was the body convened in time? Days of notice and their flag in the minute (domain.md 3.5; the body's regulation)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ...clocks import giorni_interi


@dataclass(frozen=True)
class RegolaPreavviso:
    """``giorni``: calendar days in an ordinary case; ``ore_urgenza``: hours in an urgent one."""

    giorni: int = 5
    ore_urgenza: int = 24


@dataclass(frozen=True)
class Preavviso:
    """``giorni``: calendar days (Rome) from the sending to the sitting, the first day not counted."""

    giorni: int
    richiesti: int
    urgente: bool
    ore: int
    ore_richieste: int

    @property
    def tardiva(self) -> bool:
        return self.ore < self.ore_richieste if self.urgente else self.giorni < self.richiesti


def preavviso(inviata: datetime, seduta: datetime, regola: RegolaPreavviso, *, urgente: bool = False) -> Preavviso:
    """The notice given. Both instants aware; a sending after the sitting gives negative days, and is late."""
    ore = (seduta - inviata) // timedelta(hours=1)
    return Preavviso(giorni_interi(inviata, seduta), regola.giorni, urgente, ore, regola.ore_urgenza)
