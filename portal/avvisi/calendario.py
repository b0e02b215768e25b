"""Terms of a call as iCalendar (RFC 5545): stable UID, SEQUENCE from the row's version, no personal data."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from icalendar import Event

from .. import agenda
from ..clocks import ROMA, adesso
from ..i18n import _
from ..web import assoluto
from .models import Avviso, StatoAvviso


def di_avviso(avviso: Avviso, ambito: Any) -> bytes:
    """The calendar file of a published call."""
    nome = f"{ambito.nome}: {avviso.titolo}"
    return agenda.file("avvisi", eventi(avviso, ambito), nome=nome, da_seguire=False)


def eventi(avviso: Avviso, ambito: Any) -> list[Event]:
    """The deadline of a published call, and the last day of the questions."""
    voci = [(_("Scade: %(titolo)s", titolo=avviso.titolo), avviso.termine, "termine")]
    if avviso.chiarimenti_entro:
        voci.append(
            (_("Ultimo giorno per le domande: %(titolo)s", titolo=avviso.titolo), avviso.chiarimenti_entro, "domande")
        )
    return [_evento(avviso, ambito, titolo, quando, chiave) for titolo, quando, chiave in voci if quando is not None]


def _evento(avviso: Avviso, ambito: Any, titolo: str, quando: Any, chiave: str) -> Event:
    evento = Event()
    evento.add("uid", f"avviso-{avviso.id}-{chiave}@{ambito.slug}.coprogetta")
    evento.add("summary", titolo)
    evento.add("dtstamp", adesso())
    evento.add("dtstart", quando.astimezone(ROMA) - timedelta(minutes=15))
    evento.add("dtend", quando.astimezone(ROMA))
    evento.add("sequence", avviso.versione)
    evento.add("status", "CANCELLED" if avviso.stato == StatoAvviso.REVOCATO else "CONFIRMED")
    evento.add("url", assoluto("avvisi.avviso", slug=avviso.slug))
    return evento
