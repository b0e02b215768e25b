"""Terms, commissions, points as they are written, stages: pure functions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from portal.valutazione import rules
from portal.valutazione.models import StatoCommissione as SC
from portal.valutazione.rules import Conti, Fase

TERMINE = datetime(2026, 3, 1, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ora", "passato"),
    [
        (TERMINE - timedelta(seconds=1), False),
        (TERMINE, False),
        (TERMINE + timedelta(microseconds=999_999), False),
        (TERMINE + timedelta(seconds=1), True),
    ],
)
def test_le_proposte_si_aprono_un_secondo_dopo_il_termine(ora, passato):
    assert rules.termine_passato(TERMINE, ora) is passato


def test_senza_termine_non_si_apre_niente():
    assert rules.termine_passato(None, TERMINE) is False


@pytest.mark.parametrize(
    ("scritto", "letto"), [("12", "12.00"), ("12,5", "12.50"), (" 0 ", "0.00"), ("100", "100.00"), ("7,25", "7.25")]
)
def test_i_punti_si_leggono_con_la_virgola(scritto, letto):
    assert rules.leggi_punti(scritto) == Decimal(letto)


@pytest.mark.parametrize(
    ("scritto", "difetto"),
    [
        ("", "vuoto"),
        ("12.5", "punto"),
        ("12,505", "decimali"),
        ("-1", "forma"),
        ("dieci", "forma"),
        ("1.000", "forma"),
        ("٣", "forma"),
    ],
)
def test_i_punti_scritti_male_dicono_perche(scritto, difetto):
    with pytest.raises(rules.PuntiNonValidi, match=difetto):
        rules.leggi_punti(scritto)


@pytest.mark.parametrize(
    ("punti", "difetto"),
    [("0", None), ("35", None), ("34.99", None), ("35.01", "troppi"), ("-0.01", "negativi"), ("1.005", "decimali")],
)
def test_i_punti_stanno_fra_zero_e_il_peso(punti, difetto):
    assert rules.difetto_punti(Decimal(punti), 35) == difetto


@pytest.mark.parametrize(
    ("quanti", "presidenti", "previsti", "difetto"),
    [
        (3, 1, 3, None),
        (5, 1, 5, None),
        (2, 1, 3, "pari"),
        (4, 1, 4, "pari"),
        (5, 1, 3, "numero"),
        (3, 0, 3, "presidente"),
        (3, 2, 3, "presidente"),
    ],
)
def test_una_commissione_e_dispari_e_ha_un_presidente(quanti, presidenti, previsti, difetto):
    assert rules.difetto_composizione(quanti, presidenti, previsti) == difetto


def test_il_conflitto_e_dell_organizzazione():
    assert rules.in_conflitto([7, 8], [8, 9]) == {8}
    assert rules.in_conflitto([], [8, 9]) == set()


@pytest.mark.parametrize(
    ("conti", "fase"),
    [
        (Conti(termine_passato=False), Fase.RACCOLTA),
        (Conti(termine_passato=False, revocato=True), Fase.REVOCATA),
        (Conti(termine_passato=True, da_esaminare=1, ammesse=2), Fase.AMMISSIBILITA),
        (Conti(termine_passato=True, ammesse=2), Fase.COMMISSIONE),
        (Conti(termine_passato=True, ammesse=2, commissione=SC.NOMINATA), Fase.DICHIARAZIONI),
        (Conti(termine_passato=True, ammesse=2, commissione=SC.AL_LAVORO, punteggi=11, attesi=12), Fase.PUNTEGGI),
        (Conti(termine_passato=True, ammesse=2, commissione=SC.AL_LAVORO, punteggi=12, attesi=12), Fase.ESITO),
        (Conti(termine_passato=True), Fase.ESITO),
        (Conti(termine_passato=True, pubblicato=True, commissione=SC.CONCLUSA), Fase.CONCLUSA),
    ],
)
def test_la_fase_e_la_prima_cosa_da_fare(conti, fase):
    assert rules.fase(conti) == fase
