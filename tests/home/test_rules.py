"""Words of the home pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from portal.home import rules

ORA = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)  # 11:00 in Rome


@pytest.mark.parametrize(
    ("fra", "parole"),
    [
        (timedelta(days=23), "23 giorni per rispondere"),
        (timedelta(hours=13), "Un giorno per rispondere"),
        (timedelta(hours=12, minutes=59), "12 ore per rispondere"),
        (timedelta(minutes=61), "Un’ora per rispondere"),
        (timedelta(minutes=59), "59 minuti per rispondere"),
        (timedelta(seconds=30), "Un minuto per rispondere"),
    ],
)
def test_il_tempo_che_resta_si_dice_in_parole(contesto, fra, parole):
    assert rules.tempo_che_resta(ORA, ORA + fra) == parole


@pytest.mark.parametrize(
    ("testo", "codice"),
    [
        ("JQNZ-5CCV-Q6UX-ES9T", "JQNZ-5CCV-Q6UX-ES9T"),
        ("jqnz 5ccv q6ux es9t", "JQNZ-5CCV-Q6UX-ES9T"),
        ("jqnz5ccvq6uxes9t\n", "JQNZ-5CCV-Q6UX-ES9T"),
        (" abcd-1234 ", "ABCD-1234"),
        ("", ""),
        ("x" * 90, "X" * 40),
    ],
)
def test_il_codice_si_legge_come_lo_si_incolla(testo, codice):
    assert rules.codice_pulito(testo) == codice


@pytest.mark.parametrize(
    ("secondi", "parole"), [(5, "meno di un minuto"), (60, "un minuto"), (600, "10 minuti"), (7300, "2 ore")]
)
def test_l_eta_di_una_coda(contesto, secondi, parole):
    assert rules.eta(secondi) == parole
