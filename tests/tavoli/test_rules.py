"""Phases on a day, terms, moments, what a restitution lacks: tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.errors import Conflitto
from portal.tavoli import rules
from portal.tavoli.models import Area, EsitoContributo, Momento, StatoContributo, StatoPartecipazione

pytestmark = pytest.mark.usefixtures("italiano")


@dataclass(frozen=True)
class F:
    numero: int
    dal: date | None = None
    al: date | None = None


def g(giorno: int, mese: int = 6) -> date:
    return date(2022, mese, giorno)


CASARANO = [
    F(1, g(26, 5), g(8)), F(2, g(13), g(14, 7)), F(3, g(2, 11), date(2023, 3, 2)), F(4), F(5, date(2023, 6, 1)), F(6),
]  # fmt: skip


@pytest.mark.parametrize(
    ("giorno", "fase"),
    [
        (g(25, 5), None), (g(26, 5), 1), (g(8), 1), (g(9), None), (g(13), 2), (g(14, 7), 2), (g(15, 7), None),
        (date(2023, 6, 1), 5), (date(2023, 6, 2), None),
    ],
)  # fmt: skip
def test_la_fase_di_un_giorno_nel_percorso_di_casarano(giorno, fase):
    assert rules.fase_corrente(CASARANO, giorno) == fase


def test_quando_due_fasi_si_toccano_vale_la_piu_avanti():
    assert rules.fase_corrente([F(1, g(1), g(10)), F(2, g(10), g(20))], g(10)) == 2


@pytest.mark.parametrize(
    ("dal", "al", "giorno", "stato"),
    [
        (None, None, g(1), "senza_data"), (g(2), None, g(1), "da_fare"), (g(2), None, g(2), "in_corso"),
        (g(2), None, g(3), "fatta"), (g(2), g(4), g(4), "in_corso"), (g(2), g(4), g(5), "fatta"),
    ],
)  # fmt: skip
def test_come_sta_una_fase(dal, al, giorno, stato):
    assert rules.stato_fase(dal, al, giorno) == stato


@pytest.mark.parametrize(
    ("fasi", "numero"),
    [
        (CASARANO, None),
        ([F(1, g(5), g(4))], 1),
        ([F(1, None, g(4))], 1),
        ([F(1, g(5)), F(2), F(3, g(4))], 3),
        ([F(1), F(2)], None),
    ],
)
def test_le_fasi_vanno_in_ordine(fasi, numero):
    difetto = rules.difetto_fasi(fasi)
    assert (difetto[0] if difetto else None) == numero


@pytest.mark.parametrize(
    ("valori", "aperto"),
    [
        ({}, True),
        ({"giorno": g(1)}, True),
        ({"giorno": g(20)}, True),
        ({"giorno": g(21)}, False),
        ({"giorno": g(31, 5)}, False),
        ({"pubblicato": False}, False),
        ({"restituito": True}, False),
    ],
)
def test_quando_si_mandano_i_contributi(valori, aperto):
    dati = {"pubblicato": True, "restituito": False, "dal": g(1), "al": g(20), "giorno": g(10), **valori}
    assert (rules.difetto_contributo(**dati) is None) is aperto


@pytest.mark.parametrize(
    ("valori", "aperto"),
    [({}, True), ({"giorno": g(21)}, False), ({"pubblicato": False}, False), ({"restituito": True}, False)],
)
def test_fino_a_quando_si_chiede_di_partecipare(valori, aperto):
    dati = {"pubblicato": True, "restituito": False, "istanze_al": g(20), "giorno": g(20), **valori}
    assert (rules.difetto_istanza(**dati) is None) is aperto


@pytest.mark.parametrize(
    ("incontri", "giorno", "momento"),
    [
        ([], g(10), Momento.PRIMA),
        ([g(13)], g(12), Momento.PRIMA),
        ([g(13)], g(13), Momento.DURANTE),
        ([g(13)], g(14), Momento.DOPO),
        ([g(13), g(20)], g(15), Momento.DURANTE),
        ([g(20), g(13)], g(21), Momento.DOPO),
    ],
)
def test_il_momento_di_un_contributo(incontri, giorno, momento):
    assert rules.momento(incontri, giorno) == momento


@pytest.mark.parametrize(
    ("testo", "senza_risposta", "priorita", "quante"),
    [("Testo", 0, 1, 0), ("", 0, 1, 1), (" \n", 0, 1, 1), ("Testo", 2, 1, 1), ("Testo", 0, 0, 1), ("", 1, 0, 3)],
)
def test_che_cosa_manca_alla_restituzione(testo, senza_risposta, priorita, quante):
    manca = rules.manca_alla_restituzione(testo=testo, senza_risposta=senza_risposta, priorita=priorita)
    assert len(manca) == quante


@pytest.mark.parametrize(("perche", "contributi", "va"), [("", [1], True), ("Perché sì", [], True), ("  ", [], False)])
def test_una_priorita_viene_da_qualcosa(perche, contributi, va):
    assert (rules.difetto_priorita(perche, contributi) is None) is va


def test_chi_ha_avuto_la_risposta_si_dimentica_dopo_un_mese():
    ora = datetime(2026, 11, 22, tzinfo=UTC)
    assert rules.da_dimenticare(ora) == ora - timedelta(days=30)


def test_due_versioni_diverse_sono_un_conflitto():
    rules.stessa_versione(3, 3, mio={}, salvato={})
    with pytest.raises(Conflitto) as errore:
        rules.stessa_versione(3, 2, mio={"a": "b"}, salvato={"a": "c"})
    assert (errore.value.mio, errore.value.salvato) == ({"a": "b"}, {"a": "c"})


def test_ogni_valore_ha_le_sue_parole():
    assert set(rules.AREE) == set(Area)
    assert set(rules.ESITI) == set(EsitoContributo)
    assert set(rules.CONTRIBUTI) == set(StatoContributo)
    assert set(rules.PARTECIPAZIONI) == set(StatoPartecipazione)
    assert set(rules.MOMENTI) == set(Momento)
    assert set(rules.STATI_FASE) == set(rules.StatoFase)
    assert len(rules.FASI) == 6
