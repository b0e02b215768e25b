"""Calendar files (RFC 5545): what each of ours begins with, whatever it holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from .clocks import ROMA

ORA_SOLARE, ORA_LEGALE = timedelta(hours=1), timedelta(hours=2)


def file(area: str, eventi: Iterable[Event], *, nome: str = "", da_seguire: bool = True) -> bytes:
    """The events, whose hours are Rome's, as a file of that area. ``da_seguire``: to subscribe to (METHOD:PUBLISH)."""
    calendario = Calendar()
    calendario.add("prodid", f"-//Coprogetta//{area}//IT")
    calendario.add("version", "2.0")
    if da_seguire:
        calendario.add("method", "PUBLISH")
    if nome:
        calendario.add("name", nome)
    calendario.add_component(_roma())
    for evento in eventi:
        calendario.add_component(evento)
    return calendario.to_ical()


def _roma() -> Timezone:
    """Rome's time by rule, as it has been since 1996 (directive 2000/84/EC, and those it follows).

    icalendar would list every change of hour, one by one, at the hour after it: other readers then take summer for winter.
    """
    fuso = Timezone()
    fuso.add("tzid", ROMA.key)
    for parte, nome, inizio, mese, prima, dopo in (
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), 3, ORA_SOLARE, ORA_LEGALE),  # noqa: DTZ001  local, by RFC
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), 10, ORA_LEGALE, ORA_SOLARE),  # noqa: DTZ001
    ):
        parte.add("tzname", nome)
        parte.add("dtstart", inizio)
        parte.add("rrule", {"freq": "yearly", "bymonth": mese, "byday": "-1su"})
        parte.add("tzoffsetfrom", prima)
        parte.add("tzoffsetto", dopo)
        fuso.add_component(parte)
    return fuso
