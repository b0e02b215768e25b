"""Who was in the room, and when: arrivals and departures give the quorum of every moment (domain.md 3.4, 3.5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby

from ...clocks import a_roma, da_roma
from ...errors import ErroreDominio
from ...i18n import _
from ...organi.rules.quorum import Componenti, Conto, Quorum, conta
from ..models import Verso

MEZZA_GIORNATA = timedelta(hours=12)
ALBA = time(4)
"""A sitting of the evening goes on in the small hours: until then it is still that day."""


def istante_scritto(comincia: datetime, ora: time) -> datetime:
    """The instant of an hour (Rome) written at the desk of a sitting that begins at ``comincia``.

    It is of the same day; one that would fall more than twelve hours before the beginning is of the night that follows.
    """
    giorno = a_roma(comincia).date()
    stesso = da_roma(datetime.combine(giorno, ora))
    if comincia - stesso <= MEZZA_GIORNATA:
        return stesso
    return da_roma(datetime.combine(giorno + timedelta(days=1), ora))


def comincia(
    inizio: datetime, seconda: datetime | None, *, in_seconda: bool | None, ora: datetime, aperta: datetime | None = None
) -> datetime:
    """When the sitting that the desk writes of begins: by its call, or when it opened if that was another day.

    ``in_seconda``: None until somebody says. Until then, on the day of the second call (``ora``) it is that one, and on any
    other day the first: who writes down afterwards what was on paper finds the hours where the sitting was called.
    """
    if in_seconda is None and seconda is not None:
        in_seconda = a_roma(ora).date() == a_roma(seconda).date() != a_roma(inizio).date()
    base = seconda if seconda is not None and in_seconda else inizio
    return aperta if aperta is not None and aperta - base > MEZZA_GIORNATA else base


def da_quando(inizio: datetime, seconda: datetime | None, *, tenuta: datetime) -> datetime | None:
    """The instant from which what was written of the room counts, at a sitting held at ``tenuta``; None: all of it.

    Who came to a first call that nobody opened is not for that at the second one of another day: the roll is called again.
    """
    if seconda is None:
        return None
    passate = timedelta(hours=ALBA.hour)
    alba = da_roma(datetime.combine((a_roma(seconda) - passate).date(), ALBA))
    return None if inizio >= alba or tenuta < alba else alba


@dataclass(frozen=True)
class Movimento:
    """Somebody who sits for a seat comes in or goes out. ``ora``: aware instant."""

    seggio: int
    ora: datetime
    verso: Verso


@dataclass(frozen=True)
class Intervallo:
    """From one instant (included) to another (excluded); None: still there."""

    dalle: datetime
    alle: datetime | None = None

    def contiene(self, istante: datetime) -> bool:
        return self.dalle <= istante and (self.alle is None or istante < self.alle)


Presenze = Mapping[int, tuple[Intervallo, ...]]


def presenze(movimenti: Iterable[Movimento]) -> dict[int, tuple[Intervallo, ...]]:
    """Seat -> the times it was taken. Raises ``ErroreDominio`` on who comes in twice or goes out before coming in."""
    ordinati = sorted(movimenti, key=lambda m: (m.seggio, m.ora, m.verso == Verso.ENTRA))
    return {seggio: tuple(_intervalli(list(suoi))) for seggio, suoi in groupby(ordinati, key=lambda m: m.seggio)}


def _intervalli(movimenti: list[Movimento]) -> Iterable[Intervallo]:
    entrato: datetime | None = None
    for m in movimenti:
        if m.verso == Verso.ENTRA:
            if entrato is not None:
                raise ErroreDominio(_("Risulta già in sala: non può entrare due volte."), "ora")
            entrato = m.ora
            continue
        if entrato is None or m.ora <= entrato:
            raise ErroreDominio(_("L’uscita è prima dell’arrivo: ricontrolla l’ora."), "ora")
        yield Intervallo(entrato, m.ora)
        entrato = None
    if entrato is not None:
        yield Intervallo(entrato)


def presenti_alle(istante: datetime, presenze: Presenze) -> frozenset[int]:
    return frozenset(s for s, intervalli in presenze.items() if any(i.contiene(istante) for i in intervalli))


@dataclass(frozen=True)
class Momento:
    """From ``ora`` on, until the next: who is there and whether the sitting is valid."""

    ora: datetime
    presenti: frozenset[int]
    conto: Conto


def andamento(movimenti: Collection[Movimento], componenti: Componenti, quorum: Quorum) -> tuple[Momento, ...]:
    """The quorum at every moment at which somebody moved, in order: for the chart, and to say when it was lost."""
    stati = presenze(movimenti)
    momenti = []
    for ora in sorted({m.ora for m in movimenti}):
        qui = presenti_alle(ora, stati)
        momenti.append(Momento(ora, qui, conta(componenti, qui, quorum)))
    return tuple(momenti)


def mancanze(momenti: Iterable[Momento], *, aperta_alle: datetime) -> tuple[Intervallo, ...]:
    """When the sitting, once open, was not valid."""
    trovate: list[Intervallo] = []
    dalle: datetime | None = None
    for momento in momenti:
        if momento.conto.valida:
            if dalle is not None and momento.ora > aperta_alle:
                trovate.append(Intervallo(max(dalle, aperta_alle), momento.ora))
            dalle = None
        elif dalle is None:
            dalle = momento.ora
    if dalle is not None:
        trovate.append(Intervallo(max(dalle, aperta_alle)))
    return tuple(trovate)
