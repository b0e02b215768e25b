"""Quorum and mandates in tables of numbers.

Pistoia: the sitting of 30 January 2019 of the Società della Salute Pistoiese (act n. 2), ten members by quotas, eight
present.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portal.organi.models import BaseQuote
from portal.organi.rules import mandati, quorum
from portal.organi.rules.mandati import Assenza, Mandato, Periodo
from portal.organi.rules.quorum import META, TUTTI, UN_TERZO, Componenti, Quorum, Soglia, conta
from tests.organi.costruttori import CITTA, PISTOIA, PRESENTI

MAGGIORANZA = quorum.MAGGIORANZA
TESTE_E_QUOTE = Quorum(MAGGIORANZA, MAGGIORANZA)


@pytest.fixture(autouse=True)
def _italiano(italiano):
    """Reasons are said in words."""


@pytest.mark.parametrize(
    ("soglia", "base", "servono"),
    [
        (MAGGIORANZA, 10, 6), (MAGGIORANZA, 9, 5), (MAGGIORANZA, 7, 4), (MAGGIORANZA, 1, 1), (META, 10, 5), (META, 9, 5),
        (UN_TERZO, 10, 4), (UN_TERZO, 9, 3), (quorum.DUE_TERZI, 10, 7), (quorum.DUE_TERZI, 9, 6), (TUTTI, 7, 7),
        (Soglia(2, 5, oltre=True), 10, 5),
    ],
)  # fmt: skip
def test_quanti_ne_servono(soglia, base, servono):
    assert soglia.servono(base) == servono
    assert soglia.raggiunta(servono, base)
    assert not soglia.raggiunta(servono - 1, base)


def test_nessuno_non_raggiunge_niente():
    assert not MAGGIORANZA.raggiunta(0, 0)
    assert not META.raggiunta(Decimal(0), Decimal(0))


def test_pistoia_e_valida_per_teste_e_per_quote():
    c = conta(PISTOIA, PRESENTI, TESTE_E_QUOTE)
    assert (c.presenti, c.componenti, c.servono) == (8, 10, 6)
    assert (c.quota_presente, c.quota_base) == (Decimal("91.44"), Decimal(100))
    assert (c.per_teste, c.per_quote, c.valida) == (True, True, True)
    assert (PISTOIA.somma, PISTOIA.scarto) == (Decimal("99.00"), Decimal("-1.00"))


def test_pistoia_senza_la_citta():
    c = conta(PISTOIA, PRESENTI - {CITTA}, TESTE_E_QUOTE)
    assert (c.presenti, c.quota_presente) == (7, Decimal("56.68"))
    assert c.valida


def test_senza_la_citta_e_l_azienda_sanitaria_le_quote_mancano():
    c = conta(PISTOIA, PRESENTI - {CITTA, 10}, TESTE_E_QUOTE)
    assert (c.presenti, c.quota_presente) == (6, Decimal("23.68"))
    assert (c.per_teste, c.per_quote, c.valida) == (True, False, False)
    assert conta(PISTOIA, PRESENTI - {CITTA, 10}, Quorum(MAGGIORANZA)).valida


@pytest.mark.parametrize(
    ("base", "quota", "valida"),
    [(BaseQuote.CENTO, "49.75", False), (BaseQuote.SOMMA, "49.75", True), (BaseQuote.CENTO, "50.01", True)],
)
def test_la_base_delle_quote_la_sceglie_l_organo(base, quota, valida):
    componenti = Componenti({1: Decimal(quota), 2: Decimal("99.00") - Decimal(quota)}, base)
    assert conta(componenti, {1}, Quorum(None, MAGGIORANZA)).valida is valida


def test_la_seconda_convocazione_chiede_meno():
    pochi = set(list(PISTOIA.quote)[:4])
    assert not conta(PISTOIA, pochi, Quorum(MAGGIORANZA)).valida
    assert conta(PISTOIA, pochi, Quorum(UN_TERZO)).valida
    assert not conta(PISTOIA, set(list(pochi)[:3]), Quorum(UN_TERZO)).valida
    assert conta(PISTOIA, set(), Quorum(None, None)).valida, "un tavolo senza numero legale"


def test_chi_si_astiene_per_conflitto_esce_dal_conto():
    dieci = Componenti(dict.fromkeys(range(1, 11)))
    sei = {1, 2, 3, 4, 5, 6}
    assert conta(dieci, sei, Quorum()).valida
    resta = conta(dieci, sei, Quorum(), fuori={6})
    assert (resta.presenti, resta.componenti, resta.servono, resta.valida) == (5, 10, 6, False)
    scende = conta(dieci, sei, Quorum(), fuori={6}, riduce=True)
    assert (scende.presenti, scende.componenti, scende.servono, scende.valida) == (5, 9, 5, True)


def test_il_conflitto_toglie_anche_la_quota():
    c = conta(PISTOIA, PRESENTI, TESTE_E_QUOTE, fuori={10}, riduce=True)
    assert (c.quota_presente, c.quota_base) == (Decimal("58.44"), Decimal("67.00"))
    somma = conta(Componenti(PISTOIA.quote, BaseQuote.SOMMA), PRESENTI, TESTE_E_QUOTE, fuori={10}, riduce=True)
    assert somma.quota_base == Decimal("66.00")


def test_un_seggio_di_un_altro_organo_non_si_conta():
    with pytest.raises(KeyError):
        conta(PISTOIA, {1, 99}, Quorum())


def mandato(seggio, chi, dal, al=None, *, supplente=False):
    return Mandato(seggio, chi, Periodo(date(*dal), date(*al) if al else None), supplente)


PRIMO, SECONDO = mandato(1, 10, (2022, 1, 1), (2023, 6, 30)), mandato(1, 11, (2023, 7, 1))


@pytest.mark.parametrize(
    ("giorno", "chi"),
    [((2021, 12, 31), None), ((2022, 1, 1), 10), ((2023, 6, 30), 10), ((2023, 7, 1), 11), ((2030, 1, 1), 11)],
)
def test_la_composizione_a_una_data(giorno, chi):
    trovata = mandati.composizione([1, 2], [PRIMO, SECONDO, mandato(1, 99, (2022, 1, 1), supplente=True)], date(*giorno))
    assert {s: m and m.chi for s, m in trovata.items()} == {1: chi, 2: None}


@pytest.mark.parametrize(
    ("altro", "tocca"),
    [
        (mandato(1, 12, (2023, 6, 30)), True),
        (mandato(1, 12, (2021, 1, 1), (2021, 12, 31)), False),
        (mandato(1, 12, (2021, 1, 1), (2022, 1, 1)), True),
        (mandato(2, 12, (2022, 1, 1)), False),
        (mandato(1, 12, (2022, 1, 1), (2023, 6, 30), supplente=True), False),
    ],
)
def test_due_mandati_sullo_stesso_seggio_non_si_sovrappongono(altro, tocca):
    assert bool(mandati.sovrapposti([PRIMO, altro])) is tocca


SI, NO, GIUSTA = Assenza(True), Assenza(False), Assenza(False, giustificata=True)


@pytest.mark.parametrize(
    ("sedute", "di_fila", "decade"),
    [
        ([], 0, False), ([NO, NO, NO], 3, True), ([NO, NO], 2, False), ([NO, NO, SI], 0, False),
        ([NO, SI, NO, NO], 2, False), ([NO, NO, GIUSTA, NO], 3, True), ([SI, GIUSTA, GIUSTA, GIUSTA], 0, False),
    ],
)  # fmt: skip
def test_la_decadenza_per_assenze_si_calcola(sedute, di_fila, decade):
    assert mandati.assenze_di_fila(sedute) == di_fila
    assert mandati.decadenza_da_dichiarare(sedute, 3) is decade
    assert not mandati.decadenza_da_dichiarare(sedute, None)
