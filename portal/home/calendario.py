"""Every public date of an Ambito in one place: sittings, tavoli, terms of calls, elections of the Rete; and as iCalendar.

A source is a function that gives the dates between two instants: one query each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any

from icalendar import Event

from .. import agenda
from ..avvisi import calendario as degli_avvisi
from ..avvisi import queries as avvisi
from ..avvisi.models import StatoAvviso
from ..clocks import ROMA, a_roma, adesso, da_roma
from ..i18n import _
from ..rete.models import Elezione, StatoElezione
from ..rete.queries import elezioni
from ..sedute import calendario as delle_sedute
from ..sedute import queries as sedute
from ..sedute.models import StatoSeduta
from ..tavoli import queries as tavoli
from ..tavoli.models import Incontro
from ..web import assoluto, indirizzo

MASSIMO = 500
"""Of each kind on a page, or in the file."""


@dataclass(frozen=True)
class Appuntamento:
    """A public date. ``titolo`` is a text of the thing, ``che`` what it is, in the words of the page; ``quando`` aware."""

    quando: datetime
    che: str
    titolo: str
    url: str
    luogo: str = ""
    aperto_a_tutti: bool = False
    annullato: bool = False
    senza_ora: bool = False

    @property
    def giorno(self) -> Any:
        return a_roma(self.quando).date()


Fonte = Callable[[datetime, datetime | None], Iterable[Appuntamento]]


def _delle_sedute(dal: datetime, al: datetime | None, limite: int = MASSIMO) -> Iterator[Appuntamento]:
    for s in sedute.in_calendario(dal, al, limite):
        url = indirizzo("sedute.seduta", slug=s.organo_slug, numero=s.numero)
        annullata = s.stato == StatoSeduta.ANNULLATA
        yield Appuntamento(s.inizio, _("Seduta"), s.organo_nome, url, s.luogo, s.pubblica, annullata)


def prossime_sedute(limite: int) -> list[Appuntamento]:
    """The next sittings that are to be held."""
    return [a for a in _delle_sedute(adesso(), None, limite * 3) if not a.annullato][:limite]


def _degli_avvisi(dal: datetime, al: datetime | None) -> Iterator[Appuntamento]:
    for a in avvisi.in_calendario(dal, al, MASSIMO):
        if a.termine is not None:
            revocato = a.stato == StatoAvviso.REVOCATO
            url = indirizzo("avvisi.avviso", slug=a.slug)
            yield Appuntamento(a.termine, _("Scade un avviso"), a.titolo, url, annullato=revocato)


def _delle_elezioni(dal: datetime, al: datetime | None) -> Iterator[Appuntamento]:
    for e in elezioni.in_calendario(dal, al, MASSIMO):
        url, annullata = indirizzo("rete.elezione", slug=e.slug), e.stato == StatoElezione.ANNULLATA
        for quando, che in (
            (e.candidature_entro, _("Ultimo giorno per candidarsi")),
            (e.voto_dal, _("Si vota nella Rete")),
            (e.voto_al, _("Ultimo giorno per votare")),
        ):
            if dal <= quando and (al is None or quando < al):
                yield Appuntamento(quando, che, e.titolo, url, annullato=annullata)


def _dei_tavoli(dal: datetime, al: datetime | None) -> Iterator[Appuntamento]:
    for i in tavoli.in_calendario(a_roma(dal).date(), a_roma(al).date() if al else None, MASSIMO):
        if i.tavolo is not None:
            url = indirizzo("tavoli.tavolo", slug=i.tavolo.slug)
            yield Appuntamento(_quando(i), _("Tavolo tematico"), i.tavolo.titolo, url, i.luogo, senza_ora=not i.ora)


def _quando(incontro: Incontro) -> datetime:
    """The instant it begins; midnight (Rome) where its hour is not written."""
    return da_roma(datetime.combine(incontro.giorno, time.fromisoformat((incontro.ora or "00:00").zfill(5))))


FONTI: tuple[Fonte, ...] = (_delle_sedute, _dei_tavoli, _degli_avvisi, _delle_elezioni)


def appuntamenti(dal: datetime, al: datetime | None = None) -> list[tuple[datetime, list[Appuntamento]]]:
    """The public dates from an instant to another (excluded), month by month (the first one of each says which)."""
    tutti = sorted((a for fonte in FONTI for a in fonte(dal, al)), key=lambda a: a.quando)
    mesi = groupby(tutti, key=lambda a: (a.giorno.year, a.giorno.month))
    return [(gruppo[0].quando, gruppo) for gruppo in (list(suoi) for _mese, suoi in mesi)]


def anni() -> list[int]:
    """The years that have a public date behind them, the latest first."""
    incontro = tavoli.primo_incontro()
    dei_tavoli = da_roma(datetime.combine(incontro, time())) if incontro else None
    prima_di_tutte = (sedute.prima_seduta(), dei_tavoli, avvisi.prima_scadenza(), elezioni.prima_elezione())
    prime = [quando for quando in prima_di_tutte if quando is not None and quando < adesso()]
    if not prime:
        return []
    return list(range(a_roma(adesso()).year, a_roma(min(prime)).year - 1, -1))


def ics(ambito: Any) -> bytes:
    """The whole calendar as a file to subscribe to: the latest of each kind, those called off too."""
    nome = _("Calendario di %(ambito)s", ambito=ambito.nome)
    return agenda.file("calendario", _eventi(ambito), nome=nome)


def _eventi(ambito: Any) -> Iterator[Event]:
    for seduta in sedute.per_calendario(None, MASSIMO):
        yield delle_sedute.evento(seduta, ambito)
    for incontro in tavoli.per_calendario(MASSIMO):
        yield _incontro(incontro, ambito)
    for avviso in avvisi.per_calendario(MASSIMO):
        yield from degli_avvisi.eventi(avviso, ambito)
    for elezione in elezioni.elezioni():
        yield _voto(elezione, ambito)


def _incontro(incontro: Incontro, ambito: Any) -> Event:
    evento = Event()
    evento.add("uid", f"incontro-{incontro.id}@{ambito.slug}.coprogetta")
    evento.add("summary", _("Tavolo: %(titolo)s", titolo=incontro.tavolo.titolo if incontro.tavolo else incontro.titolo))
    evento.add("dtstamp", adesso())
    evento.add("dtstart", _quando(incontro).astimezone(ROMA) if incontro.ora else incontro.giorno)
    evento.add("sequence", incontro.versione)
    evento.add("status", "CONFIRMED")
    if incontro.luogo:
        evento.add("location", incontro.luogo)
    if incontro.tavolo:
        evento.add("url", assoluto("tavoli.tavolo", slug=incontro.tavolo.slug))
    return evento


def _voto(elezione: Elezione, ambito: Any) -> Event:
    evento = Event()
    evento.add("uid", f"elezione-{elezione.id}@{ambito.slug}.coprogetta")
    evento.add("summary", _("Si vota nella Rete: %(titolo)s", titolo=elezione.titolo))
    evento.add("dtstamp", adesso())
    evento.add("dtstart", elezione.voto_dal.astimezone(ROMA))
    evento.add("dtend", max(elezione.voto_al, elezione.voto_dal + timedelta(minutes=1)).astimezone(ROMA))
    evento.add("sequence", elezione.versione)
    evento.add("status", "CANCELLED" if elezione.stato == StatoElezione.ANNULLATA else "CONFIRMED")
    evento.add("url", assoluto("rete.elezione", slug=elezione.slug))
    return evento
