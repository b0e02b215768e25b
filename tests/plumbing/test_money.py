"""Amounts: read as Italians write them or refused with a suggestion, never guessed; exact to the cent in the database."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Column, Integer, MetaData, Table, func, insert, select
from sqlalchemy.exc import StatementError

from portal.i18n import in_italiano
from portal.money import (
    MASSIMO,
    Euro,
    ImportoNonValido,
    leggi_euro,
    quota,
    scrivi_euro,
    scrivi_importo,
    scrivi_numero,
    somma,
    suggerisci,
)


@pytest.mark.parametrize(
    ("testo", "valore"),
    [
        ("1.234,56", "1234.56"),
        ("1234,56", "1234.56"),
        ("1234", "1234.00"),
        ("1.234", "1234.00"),
        ("0", "0.00"),
        ("0,5", "0.50"),
        ("0007", "7.00"),
        ("99.766,80", "99766.80"),
        ("1.234.567,89", "1234567.89"),
        ("999.999.999.999,99", "999999999999.99"),
        ("€ 1.234,56", "1234.56"),
        ("1.234,56 €", "1234.56"),
        ("1.234,56\u00a0€", "1234.56"),
        ("  12 ", "12.00"),
        ("1 234,56", "1234.56"),
        ("1\u202f234\u202f567", "1234567.00"),
    ],
)
def test_si_leggono_gli_importi_all_italiana(italiano: None, testo: str, valore: str) -> None:
    letto = leggi_euro(testo)
    assert letto == Decimal(valore)
    assert letto.as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("testo", "detto"),
    [
        ("", "Scrivi un importo, per esempio 1.234,56."),
        ("   ", "Scrivi un importo, per esempio 1.234,56."),
        ("€", "Scrivi un importo, per esempio 1.234,56."),
        ("1.23", "«1.23» non è un importo. Volevi scrivere 1,23?"),
        ("99.766.80", "«99.766.80» non è un importo. Volevi scrivere 99.766,80?"),
        ("1,234.56", "«1,234.56» non è un importo. Volevi scrivere 1.234,56?"),
        ("1234.5", "«1234.5» non è un importo. Volevi scrivere 1.234,50?"),
        ("1.2345", "«1.2345» non è un importo. Scrivilo così: 1.234,56."),
        ("12 34", "«12 34» non è un importo. Scrivilo così: 1.234,56."),
        ("12€34", "«12€34» non è un importo. Scrivilo così: 1.234,56."),
        ("mille", "«mille» non è un importo. Scrivilo così: 1.234,56."),
        ("1e5", "«1e5» non è un importo. Scrivilo così: 1.234,56."),
        ("+5", "«+5» non è un importo. Scrivilo così: 1.234,56."),
        ("NaN", "«NaN» non è un importo. Scrivilo così: 1.234,56."),
        (",50", "«,50» non è un importo. Scrivilo così: 1.234,56."),
        ("١٢٣", "«١٢٣» non è un importo. Scrivilo così: 1.234,56."),
        ("１２", "«１２» non è un importo. Scrivilo così: 1.234,56."),
        ("-5", "L’importo non può essere negativo."),
        ("€ -5,00", "L’importo non può essere negativo."),
        ("\u22125", "L’importo non può essere negativo."),
        ("1,234", "I centesimi sono due cifre: «1,234» ne ha di più."),
        ("1.234,567", "I centesimi sono due cifre: «1.234,567» ne ha di più."),
        ("1.000.000.000.000", "L’importo è troppo grande."),
        ("9" * 29, "L’importo è troppo grande."),
        ("9" * 5000, "L’importo è troppo grande."),
        ("9" * 5000 + ".80", "L’importo è troppo grande."),
        ("x" * 5000, f"«{'x' * 40}» non è un importo. Scrivilo così: 1.234,56."),
    ],
)
def test_il_resto_si_rifiuta_e_si_dice_come_scriverlo(italiano: None, testo: str, detto: str) -> None:
    with pytest.raises(ImportoNonValido) as rifiuto:
        leggi_euro(testo)
    assert str(rifiuto.value) == detto


@pytest.mark.parametrize(
    ("testo", "proposta"),
    [("99.766.80", "99.766,80"), ("1.5", "1,50"), ("1.234", None), (".50", None), ("1..5", "1,50"), ("abc", None)],
)
def test_si_propone_solo_cio_che_si_puo_indovinare(italiano: None, testo: str, proposta: str | None) -> None:
    assert suggerisci(testo) == proposta


@pytest.mark.parametrize(
    ("valore", "scritto"),
    [
        (Decimal("1234.5"), "1.234,50\u00a0€"),
        (Decimal("0"), "0,00\u00a0€"),
        (Decimal("-99766.8"), "-99.766,80\u00a0€"),
        (MASSIMO, "999.999.999.999,99\u00a0€"),
        (1000, "1.000,00\u00a0€"),
        (None, "non indicato"),
    ],
)
def test_si_scrivono_all_italiana(italiano: None, valore: Decimal | None, scritto: str) -> None:
    assert scrivi_euro(valore) == scritto


@pytest.mark.parametrize(
    ("valore", "scritto", "senza_segno"),
    [
        (Decimal("1234.5"), "€1,234.50", "1,234.50"),
        (Decimal("0"), "€0.00", "0.00"),
        (Decimal("-99766.8"), "-€99,766.80", "-99,766.80"),
        (MASSIMO, "€999,999,999,999.99", "999,999,999,999.99"),
        (1000, "€1,000.00", "1,000.00"),
    ],
)
def test_in_inglese_si_scrivono_all_inglese(nuda: Flask, valore: Decimal, scritto: str, senza_segno: str) -> None:
    with nuda.test_request_context("/?lingua=en"):
        assert (scrivi_euro(valore), scrivi_importo(valore)) == (scritto, senza_segno)


def test_un_numero_ha_i_decimali_che_si_chiedono(nuda: Flask) -> None:
    with nuda.test_request_context("/"):
        assert [scrivi_numero(70274), scrivi_numero(Decimal("80.84"), 1), scrivi_numero(Decimal("-1234.5"), 2)] == [
            "70.274", "80,8", "-1.234,50"
        ]  # fmt: skip
    with nuda.test_request_context("/?lingua=en"):
        assert [scrivi_numero(70274), scrivi_numero(Decimal("80.84"), 1)] == ["70,274", "80.8"]


def test_un_atto_ha_i_numeri_italiani_e_un_campo_anche(nuda: Flask) -> None:
    with nuda.test_request_context("/?lingua=en"):
        assert scrivi_euro(Decimal("1234.5"), simbolo=False) == "1.234,50"
        assert suggerisci("1,234.5") == "1.234,50"
        with in_italiano():
            assert (scrivi_euro(Decimal("1234.5")), scrivi_importo(Decimal("1234.5"))) == ("1.234,50\u00a0€", "1.234,50")


def test_senza_il_segno_si_rilegge_uguale(italiano: None) -> None:
    assert scrivi_euro(Decimal("1234567.8"), simbolo=False) == "1.234.567,80"
    assert leggi_euro(scrivi_euro(Decimal("1234567.8"), simbolo=False)) == Decimal("1234567.80")


def test_cio_che_non_e_indicato_non_e_zero_ma_non_si_somma() -> None:
    assert somma([Decimal("0.10"), None, Decimal("0.20")]) == Decimal("0.30")
    assert somma([None]) == Decimal("0.00")
    assert somma(Decimal("0.10") for _ in range(1000)) == Decimal("100.00")


@pytest.mark.parametrize(
    ("parte", "tutto", "percento"),
    [("1", "3", "33.3"), ("2", "3", "66.7"), ("1", "8", "12.5"), ("1", "800", "0.1"), ("5", "0", "0"), ("5", "4", "125")],
)
def test_la_quota_ha_un_decimale(parte: str, tutto: str, percento: str) -> None:
    assert quota(Decimal(parte), Decimal(tutto)) == Decimal(percento)


conti = Table("conti_di_prova", MetaData(), Column("id", Integer, primary_key=True), Column("importo", Euro))


@pytest.fixture
def registro(motore_vuoto: Any) -> Any:
    with motore_vuoto.begin() as connessione:
        conti.create(connessione)
        yield connessione


def scrivi(registro: Any, *importi: object) -> None:
    registro.execute(insert(conti), [{"importo": i} for i in importi])


def test_la_colonna_restituisce_ogni_centesimo(registro: Any) -> None:
    importi = [Decimal("0.01"), Decimal("99766.80"), MASSIMO, Decimal("-0.10"), None, Decimal(7)]
    scrivi(registro, *importi)
    letti = registro.scalars(select(conti.c.importo).order_by(conti.c.id)).all()
    assert letti == importi
    assert [str(v) for v in letti if v is not None] == ["0.01", "99766.80", "999999999999.99", "-0.10", "7.00"]


def test_la_somma_la_fa_la_base_dati_ed_e_esatta(registro: Any) -> None:
    scrivi(registro, *[Decimal("0.10")] * 1000, None, *[MASSIMO] * 100)
    totale = registro.scalar(select(func.sum(conti.c.importo)))
    assert totale == 1000 * Decimal("0.10") + 100 * MASSIMO
    assert isinstance(totale, Decimal)


def test_la_somma_di_niente_non_e_indicata(registro: Any) -> None:
    assert registro.scalar(select(func.sum(conti.c.importo))) is None


def test_si_confronta_e_si_ordina_come_numero(registro: Any) -> None:
    scrivi(registro, Decimal("9.00"), Decimal("10.00"), Decimal("100.00"))
    grandi = select(conti.c.importo).where(conti.c.importo >= Decimal("10.00")).order_by(conti.c.importo.desc())
    assert registro.scalars(grandi).all() == [Decimal("100.00"), Decimal("10.00")]


@pytest.mark.parametrize("sbagliato", [Decimal("0.001"), 0.1, Decimal("NaN")])
def test_mezzi_centesimi_non_entrano(registro: Any, sbagliato: object) -> None:
    with pytest.raises(StatementError, match="più di due decimali"):
        scrivi(registro, sbagliato)
