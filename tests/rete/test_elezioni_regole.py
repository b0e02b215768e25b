"""Ties, places, ballots, phases: tables of values."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.rete.rules.elezioni import Candidato, Fase, difetto_scheda, eletti, fase, in_ordine

VECCHIO, NUOVO = date(2022, 6, 8), date(2023, 1, 1)
A = Candidato(1, 3, NUOVO, 2)
B = Candidato(2, 3, VECCHIO, 3)
C = Candidato(3, 5, NUOVO, 1)
D = Candidato(4, 3, NUOVO, 1)
E = Candidato(5, 0, VECCHIO, 4)


@pytest.mark.parametrize(("parita", "ordine"), [("sorteggio", [3, 4, 1, 2, 5]), ("anzianita", [3, 2, 4, 1, 5])])
def test_l_ordine_e_le_parita(parita, ordine):
    assert [c.chi for c in in_ordine([A, B, C, D, E], parita)] == ordine


@pytest.mark.parametrize(
    ("seggi", "esclusi", "chi"), [(1, (), [3]), (3, (), [3, 4, 1]), (9, (), [3, 4, 1, 2]), (2, (3,), [4, 1])]
)
def test_chi_e_eletto(seggi, esclusi, chi):
    assert eletti(in_ordine([A, B, C, D, E], "sorteggio"), seggi, esclusi) == chi


@pytest.mark.parametrize(
    ("scelti", "massimo", "difetto"),
    [([], 1, None), ([1], 1, None), ([1, 1], 1, None), ([1, 2], 1, "troppe"), ([9], 1, "sconosciuto"), ([1, 2], 2, None)],
)
def test_una_scheda(scelti, massimo, difetto):
    assert difetto_scheda(scelti, {1, 2, 3}, massimo) == difetto


T = datetime(2022, 7, 1, 10, tzinfo=UTC)
ORA = timedelta(hours=1)


@pytest.mark.parametrize(
    ("stato", "ora", "attesa"),
    [
        ("indetta", T, Fase.CANDIDATURE),
        ("indetta", T + ORA / 2, Fase.ATTESA),
        ("indetta", T + ORA, Fase.VOTO),
        ("indetta", T + 2 * ORA, Fase.VOTO),
        ("indetta", T + 3 * ORA, Fase.SCRUTINIO),
        ("scrutinata", T, Fase.FINITA),
        ("annullata", T, Fase.ANNULLATA),
    ],
)
def test_le_fasi(stato, ora, attesa):
    assert fase(stato, T, T + ORA, T + 2 * ORA, ora) == attesa
