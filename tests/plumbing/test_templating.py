"""Dates, amounts, sizes and addresses as the pages write them: Rome's time, the language of the reader."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale
from jinja2 import UndefinedError

from portal.clocks import alle, da_roma
from portal.parole import parola_dettagli
from portal.templating import FILTRI, asset, bi

FINE_ANNO = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
"""Half past midnight of New Year's Day in Rome."""
MEZZOGIORNO = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
SECONDI = datetime(2026, 7, 21, 10, 0, 1, tzinfo=UTC)
CAMBIO = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
GIORNO = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("filtro", "valore", "italiano", "inglese"),
    [
        ("ora_minuti", SECONDI, "12:00", "12:00"),
        ("ora_minuti", None, "", ""),
        ("data", GIORNO, "21/11/2026", "21/11/2026"),
        ("data", FINE_ANNO, "01/01/2027", "01/01/2027"),
        ("data", None, "", ""),
        ("data_lunga", GIORNO, "sabato 21 novembre 2026", "Saturday 21 November 2026"),
        ("data_lunga", FINE_ANNO, "venerdì 1 gennaio 2027", "Friday 1 January 2027"),
        ("data_lunga", None, "", ""),
        ("data_media", GIORNO, "21 novembre 2026", "21 November 2026"),
        ("mese_breve", GIORNO, "nov", "Nov"),
        ("ora", MEZZOGIORNO, "12:00", "12:00"),
        ("ora", SECONDI, "12:00:01", "12:00:01"),
        ("ora", CAMBIO, "02:30", "02:30"),
        ("ora", FINE_ANNO, "00:30", "00:30"),
        ("ora", None, "", ""),
        ("ora_secondi", MEZZOGIORNO, "12:00:00", "12:00:00"),
        ("istante", SECONDI, "21/07/2026 12:00:01", "21/07/2026 12:00:01"),
        ("istante", None, "", ""),
        ("numero", 70274, "70.274", "70,274"),
        ("numero", Decimal("1234.50"), "1.234,5", "1,234.5"),
        ("numero", 0, "0", "0"),
        ("numero", None, "", ""),
        ("percento", Decimal("53.6"), "53,6\u00a0%", "53.6%"),
        ("percento", 100, "100,0\u00a0%", "100.0%"),
        ("percento", 0, "0,0\u00a0%", "0.0%"),
        ("percento", None, "", ""),
        ("punti", Decimal("12.50"), "12,5", "12.5"),
        ("punti", Decimal("12.00"), "12", "12"),
        ("punti", Decimal("12.25"), "12,25", "12.25"),
        ("punti", None, "", ""),
        ("dimensione", 0, "0\u00a0byte", "0\u00a0byte"),
        ("dimensione", 999, "999\u00a0byte", "999\u00a0byte"),
        ("dimensione", 1000, "1\u00a0kB", "1\u00a0kB"),
        ("dimensione", 1_234_567, "1,2\u00a0MB", "1.2\u00a0MB"),
        ("dimensione", 5_000_000_000_000, "5.000\u00a0GB", "5,000\u00a0GB"),
        ("dimensione", None, "", ""),
        ("euro", Decimal("1234.5"), "1.234,50\u00a0€", "€1,234.50"),
        ("euro", None, "non indicato", "not stated"),
        ("importo", Decimal("1234.5"), "1.234,50", "1,234.50"),
        ("importo", None, "non indicato", "not stated"),
        ("parola_azione", "avvisi.pubblica", "ha pubblicato l’avviso", "published the call"),
        ("parola_azione", "altro.ancora", "altro.ancora", "altro.ancora"),
        ("parola_firma", "non verificabile", "non verificabile", "cannot be verified"),
        ("lang", "it", "", ' lang="it"'),
        ("lang", "en", ' lang="en"', ""),
        ("italiano", "Un <titolo>", "Un <titolo>", '<span lang="it">Un &lt;titolo&gt;</span>'),
        ("italiano", "", "", ""),
        ("italiano", None, None, None),
        ("giorni_a", None, None, None),
    ],
)
def test_come_si_scrivono_i_valori(nuda: Flask, filtro: str, valore: Any, italiano: Any, inglese: Any) -> None:
    with nuda.test_request_context("/"):
        assert FILTRI[filtro](valore) == italiano
        with force_locale("en"):
            assert FILTRI[filtro](valore) == inglese


def test_una_percentuale_esatta_non_nasconde_i_centesimi(nuda: Flask) -> None:
    with nuda.test_request_context("/"):
        assert FILTRI["percento"](Decimal("95.04"), esatto=True) == "95,04\u00a0%"
        assert FILTRI["percento"](Decimal(95), esatto=True) == "95\u00a0%"


def test_il_giorno_e_l_ora_insieme(nuda: Flask) -> None:
    with nuda.test_request_context("/"):
        assert FILTRI["data_ora"](MEZZOGIORNO) == "sabato 21 novembre 2026, ore 12:00"
        assert FILTRI["data_ora"](None) == ""


@pytest.mark.parametrize(
    ("termine", "giorni"),
    [
        (datetime(2026, 11, 21, 22, 59, tzinfo=UTC), 0),
        (datetime(2026, 11, 21, 23, 0, tzinfo=UTC), 1),
        (datetime(2026, 11, 20, 10, 0, tzinfo=UTC), -1),
        (datetime(2026, 12, 1, 10, 0, tzinfo=UTC), 10),
    ],
)
def test_quanti_giorni_mancano(termine: datetime, giorni: int) -> None:
    with alle(MEZZOGIORNO):
        assert FILTRI["giorni_a"](termine) == giorni


def scrivi(app: Any, modello: str, **valori: Any) -> str:
    with app.test_request_context("/"):
        return render_template_string(modello, **valori)


def test_ogni_filtro_si_usa_nei_modelli(app: Any) -> None:
    assert scrivi(app, "{{ 1000|numero }} {{ g|data }} {{ 'responsabile'|parola_ruolo }}", g=GIORNO) == (
        "1.000 21/11/2026 Responsabile dell’Ufficio di Piano"
    )
    assert scrivi(app, "{{ 'ignoto'|parola_ruolo }}") == "ignoto"


def test_quello_che_e_scritto_da_altri_non_diventa_pagina(app: Any) -> None:
    assert scrivi(app, "{{ x }}", x="<script>") == "&lt;script&gt;"
    assert "<script" not in scrivi(app, "{{ x|markdown }}", x="<script>alert(1)</script> *ciao*")
    assert "<em>ciao</em>" in scrivi(app, "{{ x|markdown }}", x="*ciao*")


def test_in_un_titolo_la_lingua_del_contenuto_non_apre_varchi(app: Any) -> None:
    with app.test_request_context("/?lingua=en"):
        scritto = render_template_string('<p{{ "it"|lang }}>{{ x|italiano }}</p>', x="<script>")
    assert scritto == '<p lang="it"><span lang="it">&lt;script&gt;</span></p>'


def test_anche_di_una_costante_la_lingua_e_quella_della_pagina(app: Any) -> None:
    modello = app.jinja_env.from_string('{{ 100|percento }}{{ "it"|lang }}')
    for lingua, scritto in (("it", "100,0\u00a0%"), ("en", '100.0% lang="it"'), ("it", "100,0\u00a0%")):
        with app.test_request_context(f"/?lingua={lingua}"):
            assert modello.render() == scritto


def test_un_nome_sbagliato_in_un_modello_si_vede(app: Any) -> None:
    with pytest.raises(UndefinedError):
        scrivi(app, "{{ refuso }}")


def test_gli_indirizzi_dei_file_cambiano_con_i_file(app: Any) -> None:
    with app.test_request_context("/"):
        nostro, di_bootstrap = asset("css/portale.css"), bi("svg/sprites.svg")
    assert nostro.startswith("/static/css/portale.css?v=")
    assert len(nostro.partition("?v=")[2]) == 10
    assert di_bootstrap.startswith("/static/bi/svg/sprites.svg?v=")
    with app.test_request_context("/"), pytest.raises(FileNotFoundError):
        asset("css/non-c-e.css")


def test_le_ore_ripetute_di_ottobre_si_leggono_uguali(nuda: Flask) -> None:
    with nuda.test_request_context("/"):
        letti = {FILTRI["ora"](datetime(2026, 10, 25, h, 30, tzinfo=UTC)) for h in (0, 1)}
    assert letti == {"02:30"}
    assert da_roma(datetime.fromisoformat("2026-10-25T02:30")) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("valori", "detto"),
    [
        ({}, ""),
        ({"ammessa": True, "motivo": None}, "ammessa: sì · motivo: niente"),
        ({"il": "2026-11-21T11:00:01+00:00"}, "il: 21/11/2026 12:00:01"),
        ({"il": "2026-11-21T11:00:01.5Z", "dal": "2026-02-01"}, "il: 21/11/2026 12:00:01 · dal: 01/02/2026"),
        ({"titolo": "2026-99-99", "altro": "2026-02-01 e oltre"}, "titolo: 2026-99-99 · altro: 2026-02-01 e oltre"),
        ({"codice_fiscale": "01234567890", "ruolo": "commissario"}, "codice fiscale: 01234567890 · ruolo: Commissario"),
        ({"campi": ["titolo", "rup"], "regole": {"a_maggioranza": False}}, "campi: titolo, rup · regole: a maggioranza no"),
    ],
)
def test_il_registro_si_legge(italiano, valori, detto):
    assert parola_dettagli(valori) == detto
