"""Sittings as iCalendar (RFC 5545): a stable UID, SEQUENCE that grows at each change, CANCELLED for those called off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from icalendar import Event

from .. import agenda
from ..clocks import ROMA, adesso
from ..i18n import _
from ..web import assoluto
from .models import Seduta, StatoSeduta
from .rules.agenda import numera

DURATA = timedelta(hours=2)
"""What a calendar shows for a sitting that has not ended yet."""


def di_sedute(sedute: Iterable[Seduta], ambito: Any, *, per_chi_e_convocato: bool = False) -> bytes:
    """The calendar file of some sittings, with body and agenda loaded; for who is convened, how to follow from afar too."""
    eventi = (evento(s, ambito, per_chi_e_convocato=per_chi_e_convocato) for s in sedute)
    return agenda.file("sedute", eventi)


def evento(seduta: Seduta, ambito: Any, *, per_chi_e_convocato: bool = False) -> Event:
    """A sitting as an event; its body and agenda loaded."""
    evento = Event()
    evento.add("uid", f"seduta-{seduta.id}@{ambito.slug}.coprogetta")
    evento.add("summary", _("Seduta: %(organo)s", organo=seduta.organo.nome))
    evento.add("dtstamp", adesso())
    evento.add("dtstart", seduta.inizio.astimezone(ROMA))
    evento.add("dtend", (seduta.chiusa_il or seduta.inizio + DURATA).astimezone(ROMA))
    evento.add("location", seduta.luogo)
    numeri = numera(seduta.punti)
    righe = [f"{numeri[p.id]}. {p.titolo}" for p in seduta.punti]
    if per_chi_e_convocato and seduta.collegamento:
        righe.append(_("Da lontano: %(indirizzo)s", indirizzo=seduta.collegamento))
    evento.add("description", "\n".join(righe))
    evento.add("sequence", seduta.sequenza)
    evento.add("status", "CANCELLED" if seduta.stato == StatoSeduta.ANNULLATA else "CONFIRMED")
    dove = "sedute.mia" if per_chi_e_convocato else "sedute.seduta"
    evento.add("url", assoluto(dove, slug=seduta.organo.slug, numero=seduta.numero))
    return evento
