"""Rules of the guide, with tables of values."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from portal.guida import rules
from portal.guida.models import Categoria

from .costruttori import contenuto


@pytest.mark.parametrize(
    ("verificato", "mesi", "prossimo"),
    [
        (date(2026, 5, 22), 6, date(2026, 11, 22)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 31), 12, date(2027, 1, 31)),
    ],
)
def test_il_prossimo_controllo_e_lo_stesso_giorno_mesi_dopo(verificato, mesi, prossimo):
    assert rules.prossimo_controllo(verificato, mesi) == prossimo


@pytest.mark.parametrize(
    ("verificato", "oggi", "superata"),
    [
        (None, date(2026, 11, 22), True),
        (date(2026, 5, 22), date(2026, 11, 22), False),
        (date(2026, 5, 22), date(2026, 11, 23), True),
        (date(2026, 11, 22), date(2026, 11, 22), False),
    ],
)
def test_una_pagina_e_da_verificare_il_giorno_dopo_la_scadenza(verificato, oggi, superata):
    assert rules.da_verificare(verificato, oggi, 6) == superata


@pytest.mark.parametrize("oggi", [date(2026, 8, 31), date(2026, 2, 28), date(2024, 2, 29), date(2026, 11, 22)])
@pytest.mark.parametrize("mesi", [1, 6, 7, 12])
def test_il_confine_divide_le_pagine_come_la_regola(oggi, mesi):
    confine = rules.confine_verifica(oggi, mesi)
    giorni = [confine + timedelta(days=n) for n in range(-40, 40)]
    assert [rules.da_verificare(g, oggi, mesi) for g in giorni] == [g < confine for g in giorni]


def test_le_sezioni_sono_nell_ordine_del_modello_comuni():
    assert [s.chiave for s in rules.SEZIONI] == [
        "a_chi", "come_fare", "cosa_serve", "cosa_ottieni", "tempi", "costi", "sedi", "condizioni", "contatti", "argomenti",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("valore", "numero"),
    [
        ("1522", "1522"),
        ("112", "112"),
        ("0833 12 34 56", "0833123456"),
        ("+39 0833/123456", "+390833123456"),
        ("(0833) 123.456", "0833123456"),
        ("da completare", None),
        ("", None),
        ("12", None),
        ("dalle 9 alle 12", None),
        ("1234567890123456", None),
    ],
)
def test_si_chiamano_solo_i_numeri_veri(valore, numero):
    assert rules.numero_da_chiamare(valore) == numero


@pytest.mark.parametrize(
    ("tipo", "valore", "indirizzo"),
    [
        ("telefono", "1522", "tel:1522"),
        ("telefono", "da completare", None),
        ("email", "ufficio@comune.example", "mailto:ufficio@comune.example"),
        ("pec", "da completare", None),
        ("sito", "https://www.1522.eu", "https://www.1522.eu"),
        ("sito", "javascript:alert(1)", None),
        ("sito", "http://senza.cifra", None),
        ("testo", "1522", None),
    ],
)
def test_un_contatto_porta_dove_si_puo_andare(tipo, valore, indirizzo):
    assert rules.indirizzo_contatto(tipo, valore) == indirizzo


def test_i_numeri_pubblici_si_trovano_dentro_le_frasi():
    assert rules.con_numeri("Chiama il 1522. In pericolo: 112.") == (
        ("Chiama il ", False), ("1522", True), (". In pericolo: ", False), ("112", True), (".", False),
    )  # fmt: skip
    assert rules.con_numeri("Legge 1122 del 2010") == (("Legge 1122 del 2010", False),)
    assert rules.con_numeri("") == ()


@pytest.mark.parametrize(("valore", "esito"), [("", True), ("  ", True), ("Da completare", True), ("Via Roma", False)])
def test_manca(valore, esito):
    assert rules.manca(valore) == esito


def test_le_parole_si_separano_con_la_virgola_una_volta_sola():
    assert rules.in_elenco(["badante", " SAD ", "", "casa, mia", "badante"]) == "badante, SAD, casa  mia"
    assert rules.voci("uno, due,,uno , ") == ("uno", "due")


def test_le_differenze_sono_nell_ordine_del_modulo():
    prima = contenuto()
    assert rules.differenze(contenuto(tempi="Subito.", titolo="Altro", sedi=()), prima) == ("titolo", "tempi", "sedi")
    assert rules.differenze(contenuto(), prima) == ()


def test_ogni_campo_si_legge_in_parole(contesto):
    nomi = {"comuni": {1: "Matino", 2: "Alezio"}, "scheda_id": {7: "C.1 Anziani"}}
    c = contenuto(comuni=frozenset({1, 2}), scheda_id=7)
    assert rules.in_testo(c, "comuni", nomi) == "Alezio, Matino"
    assert rules.in_testo(c, "scheda_id", nomi) == "C.1 Anziani"
    assert rules.in_testo(contenuto(), "scheda_id", nomi) == ""
    assert rules.in_testo(c, "categoria", nomi) == "Anziani"
    assert rules.in_testo(c, "sedi", nomi) == "Sportello\nda completare\nLunedì, dalle 9 alle 12"
    assert rules.in_testo(c, "contatti", nomi) == "Telefono: da completare\nEmergenza: 112"


def test_la_leggibilita_dice_che_cosa_e_difficile():
    difficile = (
        "L’accesso alle prestazioni summenzionate è subordinato alla preventiva presentazione dell’istanza "
        "debitamente sottoscritta, corredata della documentazione comprovante il possesso dei requisiti."
    )
    per_etichetta = {str(i): lettura for i, lettura in enumerate(rules.letture(contenuto(a_chi=difficile, tempi="Subito.")))}
    breve, descrizione, a_chi, tempi = per_etichetta["0"], per_etichetta["1"], per_etichetta["2"], per_etichetta["6"]
    assert (breve.obiettivo, a_chi.obiettivo) == (80, 60)
    assert a_chi.difficile
    assert not descrizione.difficile
    assert (tempi.indice, tempi.difficile) == (None, False)


def _pagina(**altro):
    valori = {
        "titolo": "Assistenza a casa",
        "descrizione": "Aiuto in casa.",
        "categoria": Categoria.ANZIANI,
        "argomenti": "Assistenza sociale, Lavoro",
        "breve_per_chi": "Anziani.",
        "cosa_ottieni": "- aiuto;\n- ascolto.",
        "aggiornato_il": datetime(2026, 11, 22, 10, 0, tzinfo=UTC),
        "sedi": [
            SimpleNamespace(nome="Sportello", indirizzo="da completare"),
            SimpleNamespace(nome="Sede", indirizzo="Via Roma 1"),
        ],
        "contatti": [
            SimpleNamespace(tipo="telefono", etichetta="Telefono", valore="da completare"),
            SimpleNamespace(tipo="telefono", etichetta="Emergenza", valore="112"),
        ],
        **altro,
    }
    return SimpleNamespace(**valori)


def test_i_dati_collegati_tacciono_quello_che_manca(contesto):
    dati = rules.governo(_pagina(), url="https://x/casarano/guida/sad", ambito="Ambito di Casarano", comuni=["Matino"])
    assert dati["@type"] == "GovernmentService"
    assert dati["serviceType"] == ["Anziani", "Assistenza sociale", "Lavoro"]
    assert dati["areaServed"] == [{"@type": "AdministrativeArea", "name": "Matino"}]
    assert dati["availableChannel"]["serviceLocation"] == [
        {"@type": "Place", "name": "Sportello"},
        {"@type": "Place", "name": "Sede", "address": "Via Roma 1"},
    ]
    assert [t["telephone"] for t in dati["availableChannel"]["servicePhone"]] == ["112"]
    assert "da completare" not in str(dati)
