"""The clock of the portal: the only place that reads the system time.

Instants are stored aware in UTC; terms are read and written in Europe/Rome, to the second. Terms count
calendar days; when the avviso says so, a term that ends on a Saturday, Sunday or holiday moves to the next
working day (domain.md 1.11, by analogy with art. 155 c.p.c.; a setting of the Ambito).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays

ROMA = ZoneInfo("Europe/Rome")


_fermato: ContextVar[datetime | None] = ContextVar("orologio_fermato", default=None)


def adesso() -> datetime:
    """Now, aware, in UTC."""
    return _fermato.get() or datetime.now(UTC)


@contextmanager
def alle(istante: datetime) -> Iterator[None]:
    """Everything inside happens at that instant: for the demonstration's past and for tests of terms, nothing else."""
    gettone = _fermato.set(istante.astimezone(UTC))
    try:
        yield
    finally:
        _fermato.reset(gettone)


def oggi() -> date:
    """Today's date in Rome."""
    return adesso().astimezone(ROMA).date()


def a_roma(istante: datetime) -> datetime:
    """The same instant as Rome reads it on its clocks."""
    return istante.astimezone(ROMA)


def da_roma(ora_locale: datetime) -> datetime:
    """A naive wall-clock time of Rome as an instant in UTC.

    In the hour that the autumn change repeats, the first one counts (``fold=0``); a time that the spring
    change skips is moved forward by an hour.
    """
    return ora_locale.replace(tzinfo=ROMA).astimezone(UTC)


def fine_giornata(giorno: date) -> datetime:
    """The last second of ``giorno`` in Rome, as an instant in UTC."""
    return da_roma(datetime.combine(giorno, time(23, 59, 59)))


def festivo(giorno: date, locali: Collection[date] = ()) -> bool:
    """Saturday, Sunday, a national holiday (Easter Monday included) or one of the Ambito's own."""
    return giorno.weekday() >= 5 or giorno in locali or giorno in holidays.country_holidays("IT", years=giorno.year)


def primo_lavorativo(giorno: date, locali: Collection[date] = ()) -> date:
    while festivo(giorno, locali):
        giorno += timedelta(days=1)
    return giorno


def termine_da(inizio: date, giorni: int, *, locali: Collection[date] = (), proroga_festivi: bool = True) -> date:
    """The day on which a term of ``giorni`` calendar days from ``inizio`` ends (the first day is not counted)."""
    fine = inizio + timedelta(days=giorni)
    return primo_lavorativo(fine, locali) if proroga_festivi else fine


def giorni_interi(da: datetime, a: datetime) -> int:
    """Calendar days in Rome between two instants: 0 on the same day, negative when ``a`` is past."""
    return (a_roma(a).date() - a_roma(da).date()).days


@dataclass(frozen=True)
class Sospensione:
    """An interval in which a term does not run, with its cause (L. 241/1990 art. 2 c. 7, art. 10-bis)."""

    dal: date
    al: date
    causa: str


@dataclass(frozen=True)
class Orologio:
    """A procedural term: start, length in days and suspensions give the day it is due."""

    inizio: date
    giorni: int
    sospensioni: tuple[Sospensione, ...] = ()

    def scade_il(self, *, locali: Collection[date] = (), proroga_festivi: bool = True) -> date:
        """The last day. A suspension counts for the days it takes from the term: none before its start or after its end."""
        giorni = self.giorni
        for s in _unite(self.sospensioni):
            if s.dal <= self.inizio + timedelta(days=giorni):
                giorni += max((s.al - max(s.dal, self.inizio)).days, 0)
        return termine_da(self.inizio, giorni, locali=locali, proroga_festivi=proroga_festivi)

    def residui(self, il: date, *, locali: Collection[date] = (), proroga_festivi: bool = True) -> int:
        """Days left on ``il``, zero on the last day, negative after."""
        return (self.scade_il(locali=locali, proroga_festivi=proroga_festivi) - il).days


def _unite(sospensioni: Iterable[Sospensione]) -> list[Sospensione]:
    """Overlapping suspensions count once."""
    unite: list[Sospensione] = []
    for corrente in sorted(sospensioni, key=lambda s: s.dal):
        if unite and corrente.dal <= unite[-1].al:
            ultima = unite[-1]
            unite[-1] = Sospensione(ultima.dal, max(ultima.al, corrente.al), ultima.causa)
        else:
            unite.append(corrente)
    return unite
