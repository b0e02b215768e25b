"""Calendar files: the hour of an event is Rome's for every reader, in summer and in winter, today and years ago."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from icalendar import Event

from portal import agenda
from portal.clocks import ROMA
from tests.servizi.agenda import eventi


def file(*quando, **altro):
    voci = []
    for n, istante in enumerate(quando):
        evento = Event()
        for campo, valore in (("uid", f"{n}"), ("summary", "Prova"), ("sequence", 0), ("status", "CONFIRMED")):
            evento.add(campo, valore)
        evento.add("dtstamp", datetime(2026, 1, 1, tzinfo=UTC))
        evento.add("dtstart", istante.astimezone(ROMA))
        voci.append(evento)
    return agenda.file("prova", voci, **altro)


@pytest.mark.parametrize(
    "istante",
    [
        datetime(2022, 6, 13, 8, tzinfo=UTC),
        datetime(2023, 2, 28, 9, tzinfo=UTC),
        datetime(2025, 10, 21, 13, 45, tzinfo=UTC),
        datetime(2026, 3, 29, 0, 59, tzinfo=UTC),  # the last minute of winter time
        datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 3, 0, tzinfo=UTC),
        datetime(2041, 7, 1, 12, tzinfo=UTC),
    ],
)
def test_l_ora_e_quella_di_roma_per_chiunque_la_legga(istante):
    (evento,) = eventi(file(istante))  # two parsers, one instant
    assert evento["DTSTART"].dt == istante


def test_un_file_senza_date_si_legge_lo_stesso():
    assert eventi(file(nome="Niente, ancora")) == []


@pytest.mark.parametrize(("da_seguire", "c_e"), [(True, True), (False, False)])
def test_solo_cio_che_si_segue_e_pubblicato(da_seguire, c_e):
    assert (b"METHOD:PUBLISH" in file(da_seguire=da_seguire)) is c_e
