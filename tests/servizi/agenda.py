"""Calendar files, read by the library that wrote them and by another: who forgives its own slips is no judge of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import vobject  # type: ignore[import-untyped]
from icalendar import Calendar


def eventi(dati: bytes) -> list[Any]:
    """The events of the file, as icalendar reads them; vobject must read the same ones in it."""
    letti = list(Calendar.from_ical(dati).walk("VEVENT"))
    calendario = vobject.readOne(dati.decode())
    altri = [
        (e.uid.value, _istante(e.dtstart.value), int(e.sequence.value), e.status.value, e.summary.value)
        for e in calendario.contents.get("vevent", [])
    ]
    nostri = [
        (str(e["UID"]), _istante(e["DTSTART"].dt), int(e["SEQUENCE"]), str(e["STATUS"]), str(e["SUMMARY"])) for e in letti
    ]
    assert altri == nostri
    return letti


def _istante(quando: date) -> date:
    return quando.astimezone(UTC) if isinstance(quando, datetime) else quando
