"""Terms of law in Rome's time (domain.md 1.11): a day lost or gained here is a right lost or invented."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from portal import clocks
from portal.clocks import (
    Orologio,
    Sospensione,
    a_roma,
    adesso,
    alle,
    da_roma,
    festivo,
    fine_giornata,
    giorni_interi,
    oggi,
    primo_lavorativo,
    termine_da,
)

PATRONO = date(2026, 5, 19)
"""A Tuesday, here the day of the patron saint of the capofila."""


def utc(*parti: int) -> datetime:
    return datetime(*parti, tzinfo=UTC)


def muro(*parti: int) -> datetime:
    """What a clock on a wall in Rome says."""
    return datetime(*parti)


@pytest.mark.parametrize(
    ("roma", "atteso"),
    [
        (muro(2026, 1, 15, 12), utc(2026, 1, 15, 11)),
        (muro(2026, 7, 15, 12), utc(2026, 7, 15, 10)),
        (muro(2026, 3, 29, 1, 59, 59), utc(2026, 3, 29, 0, 59, 59)),
        (muro(2026, 3, 29, 2, 30), utc(2026, 3, 29, 1, 30)),  # skipped: read as 03:30
        (muro(2026, 3, 29, 3), utc(2026, 3, 29, 1)),
        (muro(2026, 10, 25, 1, 59, 59), utc(2026, 10, 24, 23, 59, 59)),
        (muro(2026, 10, 25, 2, 30), utc(2026, 10, 25, 0, 30)),  # repeated: the first of the two
        (muro(2026, 10, 25, 3), utc(2026, 10, 25, 2)),
    ],
)
def test_l_ora_di_roma_in_utc(roma: datetime, atteso: datetime) -> None:
    assert da_roma(roma) == atteso


@pytest.mark.parametrize(
    ("istante", "ora"),
    [
        (utc(2026, 3, 29, 0, 59), "01:59"),
        (utc(2026, 3, 29, 1, 0), "03:00"),
        (utc(2026, 10, 25, 0, 30), "02:30"),
        (utc(2026, 10, 25, 1, 30), "02:30"),
        (utc(2026, 10, 25, 2, 0), "03:00"),
    ],
)
def test_utc_sull_orologio_di_roma(istante: datetime, ora: str) -> None:
    assert a_roma(istante).strftime("%H:%M") == ora


@pytest.mark.parametrize(
    ("giorno", "atteso", "ore"),
    [
        (date(2026, 1, 10), utc(2026, 1, 10, 22, 59, 59), 24),
        (date(2026, 3, 29), utc(2026, 3, 29, 21, 59, 59), 23),
        (date(2026, 10, 25), utc(2026, 10, 25, 22, 59, 59), 25),
    ],
)
def test_la_giornata_finisce_a_mezzanotte_di_roma_anche_quando_cambia_l_ora(
    giorno: date, atteso: datetime, ore: int
) -> None:
    assert fine_giornata(giorno) == atteso
    assert fine_giornata(giorno) - fine_giornata(giorno - timedelta(days=1)) == timedelta(hours=ore)


@pytest.mark.parametrize(
    ("istante", "giorno"),
    [
        (utc(2026, 6, 30, 21, 59, 59), date(2026, 6, 30)),
        (utc(2026, 6, 30, 22, 0), date(2026, 7, 1)),
        (utc(2026, 12, 31, 22, 59, 59), date(2026, 12, 31)),
        (utc(2026, 12, 31, 23, 0), date(2027, 1, 1)),
    ],
)
def test_oggi_e_il_giorno_di_roma(istante: datetime, giorno: date) -> None:
    with alle(istante):
        assert oggi() == giorno
        assert adesso() == istante


def test_l_orologio_fermato_riparte() -> None:
    with alle(utc(2020, 1, 1)), alle(da_roma(muro(2021, 1, 1))):
        assert adesso() == utc(2020, 12, 31, 23)
        assert adesso().tzinfo is UTC
    assert abs(datetime.now(UTC) - adesso()) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("giorno", "festa"),
    [
        (date(2026, 4, 3), False),  # Good Friday is a working day in Italy
        (date(2026, 4, 5), True),
        (date(2026, 4, 6), True),  # Easter Monday
        (date(2026, 4, 7), False),
        (date(2026, 4, 25), True),
        (date(2026, 5, 1), True),
        (date(2026, 6, 2), True),
        (date(2025, 10, 4), True),  # a Saturday
        (date(2027, 10, 4), True),  # national again since 2026 (L. 151/2025)
        (date(2024, 10, 4), False),
        (date(2026, 12, 24), False),
        (date(2026, 12, 26), True),
        (PATRONO, False),
    ],
)
def test_le_feste(giorno: date, festa: bool) -> None:
    assert festivo(giorno) == festa


def test_il_patrono_e_festa_solo_dove_lo_e() -> None:
    assert festivo(PATRONO, {PATRONO})
    assert primo_lavorativo(PATRONO, {PATRONO}) == date(2026, 5, 20)


@pytest.mark.parametrize(
    ("inizio", "giorni", "fine"),
    [
        (date(2026, 11, 2), 30, date(2026, 12, 2)),  # a Wednesday
        (date(2026, 11, 5), 30, date(2026, 12, 7)),  # Saturday 5: Monday 7, since the 8th is still to come
        (date(2026, 11, 6), 30, date(2026, 12, 7)),  # Sunday 6
        (date(2026, 11, 8), 30, date(2026, 12, 9)),  # Tuesday 8, the Immacolata
        (date(2026, 3, 6), 30, date(2026, 4, 7)),  # Easter Sunday, then Easter Monday
        (date(2026, 11, 25), 30, date(2026, 12, 28)),  # 25, 26 and Sunday 27 December
        (date(2026, 12, 2), 30, date(2027, 1, 4)),  # New Year, Saturday and Sunday
        (date(2026, 5, 9), 10, date(2026, 5, 20)),  # the patron saint
        (date(2024, 2, 28), 1, date(2024, 2, 29)),
        (date(2026, 11, 2), 0, date(2026, 11, 2)),
    ],
)
def test_un_termine_che_finisce_di_festa_va_al_primo_giorno_di_lavoro(inizio: date, giorni: int, fine: date) -> None:
    assert termine_da(inizio, giorni, locali={PATRONO}) == fine
    assert termine_da(inizio, giorni, locali={PATRONO}, proroga_festivi=False) == inizio + timedelta(days=giorni)


def test_i_giorni_si_contano_a_mezzanotte_di_roma() -> None:
    sera, notte = utc(2026, 6, 30, 21, 59, 59), utc(2026, 6, 30, 22, 0)
    assert giorni_interi(sera, notte) == 1
    assert giorni_interi(notte, sera) == -1
    assert giorni_interi(utc(2026, 6, 30, 22, 0), utc(2026, 7, 1, 21, 59)) == 0


@pytest.mark.parametrize(("dal", "al"), [(date(2026, 3, 28), date(2026, 3, 30)), (date(2026, 10, 24), date(2026, 10, 26))])
def test_i_giorni_non_si_perdono_quando_cambia_l_ora(dal: date, al: date) -> None:
    mezzogiorno = [da_roma(muro(g.year, g.month, g.day, 12)) for g in (dal, al)]
    assert giorni_interi(*mezzogiorno) == 2


def sospensione(dal: tuple[int, int], al: tuple[int, int]) -> Sospensione:
    return Sospensione(date(2026, *dal), date(2026, *al), "integrazione (art. 2 c. 7 L. 241/1990)")


@pytest.mark.parametrize(
    ("sospensioni", "fine"),
    [
        ([], date(2026, 10, 14)),
        ([((9, 20), (9, 25))], date(2026, 10, 19)),
        ([((9, 20), (9, 25)), ((10, 1), (10, 4))], date(2026, 10, 22)),
        ([((9, 20), (9, 28)), ((9, 25), (9, 30))], date(2026, 10, 26)),  # overlapping: ten days to Saturday 24, moved
        ([((9, 20), (9, 30)), ((9, 22), (9, 24))], date(2026, 10, 26)),  # one inside the other
        ([((9, 25), (9, 30)), ((9, 20), (9, 25))], date(2026, 10, 26)),  # told in any order, one after the other
        ([((9, 20), (9, 20))], date(2026, 10, 14)),
        ([((9, 10), (9, 18))], date(2026, 10, 19)),  # begun before the term: Sunday 18, moved
        ([((9, 1), (9, 10))], date(2026, 10, 14)),  # over before the term starts
        ([((10, 15), (10, 30))], date(2026, 10, 14)),  # when the term is over already
        ([((10, 14), (10, 15))], date(2026, 10, 15)),  # on the last day
    ],
)
def test_una_sospensione_allunga_il_termine_dei_giorni_che_gli_toglie(
    sospensioni: list[tuple[tuple[int, int], tuple[int, int]]], fine: date
) -> None:
    orologio = Orologio(date(2026, 9, 14), 30, tuple(sospensione(*s) for s in sospensioni))
    assert orologio.scade_il() == fine


def test_i_giorni_che_restano() -> None:
    orologio = Orologio(date(2026, 5, 9), 10)
    assert orologio.residui(date(2026, 5, 9)) == 10
    assert orologio.residui(date(2026, 5, 19)) == 0
    assert orologio.residui(date(2026, 5, 20)) == -1
    assert orologio.residui(date(2026, 5, 19), locali={PATRONO}) == 1
    assert orologio.residui(date(2026, 5, 19), locali={PATRONO}, proroga_festivi=False) == 0


def test_un_istante_fermato_vale_solo_nel_suo_filo() -> None:
    from threading import Thread

    letti: list[datetime] = []
    with alle(utc(2000, 1, 1)):
        filo = Thread(target=lambda: letti.append(clocks.adesso()))
        filo.start()
        filo.join()
    assert letti[0] > utc(2025, 1, 1)
