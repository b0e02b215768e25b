"""The public pages: what they say, at what cost, with and without a plan."""

from __future__ import annotations

import csv
import io
import json

import pytest

from portal import tenancy
from portal.ambiti.models import Impostazione
from portal.db import sessione
from portal.piano.models import Ciclo, StatoCiclo
from portal.transaction import unita
from tests import fabbrica

PIANO = "/casarano/piano/2022-2024"


def cella(pagina, riga, colonna):
    """The text of a cell of the table of the sheets."""
    for tr in pagina.dom.select("table.fissa tr"):
        celle = [c.get_text(" ", strip=True) for c in tr.find_all(["td", "th"])]
        if celle and celle[0] == riga:
            return celle[colonna]
    raise AssertionError(f"manca la riga {riga}")


def test_senza_piano_la_pagina_lo_dice(ambito, cliente):
    pagina = cliente.get("/casarano/piano")
    assert pagina.stato == 200
    assert "non c’è ancora nessun piano" in pagina.testo
    for indirizzo in (
        PIANO,
        f"{PIANO}/controlli",
        f"{PIANO}/schede/A.1",
        f"{PIANO}/dati.csv",
        f"{PIANO}/dati.json",
    ):
        assert cliente.get(indirizzo).stato == 404


def test_il_piano_corrente_porta_all_ultimo_ciclo(casarano, cliente):
    pagina = cliente.get("/casarano/piano")
    assert (pagina.stato, pagina.luogo) == (302, PIANO)


def test_il_piano_al_centesimo(casarano, cliente):
    pagina = cliente.get(PIANO)
    for euro in (
        "9.939.197,22",
        "9.939.197,20",
        "8.515.853,74",
        "5.330.425,61",
        "3.731.520,65",
        "761.261,57",
        "3.075.191,70",
    ):
        assert euro in pagina.testo, euro
    assert "Le 27 schede" in pagina.testo
    assert "Altri 8 fondi" in pagina.testo
    assert "36 segnalazioni: 5 errori, 16 avvisi, 10 arrotondamenti, 5 note." in pagina.testo
    assert cella(pagina, "B.4", 5) == "742.927,35"
    assert "non torna" in cella(pagina, "B.4", 1)
    assert "non torna" not in cella(pagina, "B.5", 1)


def test_bianco_e_zero_sulla_pagina(casarano, cliente):
    pagina = cliente.get(PIANO)
    assert [cella(pagina, "B.1", n) for n in (2, 3, 4, 5)] == ["non indicato"] * 4
    assert [cella(pagina, "B.8", n) for n in (2, 3, 4, 5)] == ["0,00"] * 4
    assert [cella(pagina, "B.7", n) for n in (2, 3, 4)] == ["non indicato", "149.000,00", "non indicato"]


def test_i_filtri_stanno_nell_indirizzo(casarano, cliente):
    pagina = cliente.get(f"{PIANO}?anno=2023&fondo=PNRR")
    assert "3 schede, 1.053.500,00" in pagina.testo
    assert (pagina.valore_di("anno"), pagina.valore_di("fondo"), pagina.valore_di("area")) == (
        "2023",
        "PNRR",
        "",
    )
    assert cella(pagina, "D.4", 2) == "365.000,00"
    assert "Nessuna scheda ha soldi" in cliente.get(f"{PIANO}?anno=2024&fondo=REACT_EU").testo
    assert "Le 27 schede" in cliente.get(f"{PIANO}?anno=1999&fondo=altro&area=%3Cb%3E").testo


def test_la_pagina_del_piano_costa_sei_query(casarano, cliente, conta_query):
    cliente.get(PIANO)
    with conta_query() as n:
        cliente.get(PIANO)
    assert n.totale <= 6, n.testi


def test_la_scheda_che_non_torna(casarano, cliente):
    pagina = cliente.get(f"{PIANO}/schede/B.4")
    assert pagina.dom.h1.get_text() == "B.4 Supporto alle famiglie e alle reti familiari"
    for testo in (
        "742.927,35 €",
        "742.927,33 €",
        "Scarto 0,02 €",
        "I due totali sono diversi",
        "239.948,02",
        "Programma PIPPI",
    ):
        assert testo in pagina.testo.replace("\xa0", " "), testo
    assert [c.get_text(strip=True) for c in pagina.dom.select(".testa-pagina .chip")] == [
        "Livello essenziale (LEPS)",
        "Potenziamento",
        "Obiettivo di servizio",
    ]


def test_la_scheda_che_torna(casarano, cliente):
    pagina = cliente.get(f"{PIANO}/schede/B.5")
    assert "Qui torna tutto" in pagina.testo
    assert "Totale stampato" not in pagina.testo
    assert "Nessun progetto usa ancora questi soldi" in pagina.testo


def test_la_scheda_in_bianco(casarano, cliente):
    testo = cliente.get(f"{PIANO}/schede/B.1").testo
    assert "Nessun fondo con un importo" in testo
    assert "Fondi Regionali" in testo


def test_il_codice_si_scrive_in_piu_modi(casarano, cliente):
    pagina = cliente.get(f"{PIANO}/schede/b4")
    assert (pagina.stato, pagina.luogo) == (301, f"{PIANO}/schede/B.4")
    assert cliente.get(f"{PIANO}/schede/Z.9").stato == 404
    assert cliente.get(f"{PIANO}/schede/%3Cb%3E").stato == 404


def test_ogni_scheda_ha_la_sua_pagina(casarano, cliente):
    collegamenti = {a["href"] for a in cliente.get(PIANO).dom.select("table.fissa th a") if "#" not in a["href"]}
    assert len(collegamenti) == 27
    assert {cliente.get(c).stato for c in collegamenti} == {200}


def test_i_controlli(casarano, cliente):
    pagina = cliente.get(f"{PIANO}/controlli")
    assert len(pagina.dom.select("li.list-group-item")) == 36
    assert pagina.dom.find(id="F20") is not None
    assert "Torna tutto" in pagina.testo
    (una,) = cliente.get(f"{PIANO}/controlli?regola=I1").dom.select("li.list-group-item")
    assert "B.4: il totale stampato è 742.927,33" in una.get_text()
    assert len(cliente.get(f"{PIANO}/controlli?gravita=errore").dom.select("li.list-group-item")) == 5
    assert len(cliente.get(f"{PIANO}/controlli?gravita=errore&regola=I6").dom.select("li.list-group-item")) == 2
    assert "i conti tornano" in cliente.get(f"{PIANO}/controlli?regola=I2").testo
    assert len(cliente.get(f"{PIANO}/controlli?gravita=boh&regola=X").dom.select("li.list-group-item")) == 36


@pytest.mark.parametrize(("tolleranza", "parola"), [("0", "Errore"), ("1", "Errore"), ("2", "Arrotondamento")])
def test_la_tolleranza_e_dell_ambito(app, casarano, cliente, tolleranza, parola):
    with app.app_context(), unita(), tenancy.usa_ambito(casarano.id):
        sessione.add(Impostazione(chiave="tolleranza_centesimi", valore=tolleranza))
        sessione.flush()
    (una,) = cliente.get(f"{PIANO}/controlli?regola=I1").dom.select("li.list-group-item")
    assert parola in una.get_text()


def test_un_piano_in_preparazione_non_si_vede(app, casarano, cliente):
    with app.app_context(), unita(), tenancy.usa_ambito(casarano.id):
        sessione.query(Ciclo).update({"stato": StatoCiclo.IN_PREPARAZIONE, "adottato_il": None})
    assert cliente.get(PIANO).stato == 404
    assert "nessun piano" in cliente.get("/casarano/piano").testo


def test_un_piano_senza_schede(app, ambito, cliente):
    with app.app_context(), unita(), tenancy.usa_ambito(ambito.id):
        sessione.add(
            Ciclo(
                codice="2022-2024",
                titolo="Piano",
                anno_da=2022,
                anno_a=2024,
                stato=StatoCiclo.CHIUSO,
                fonte="",
            )
        )
        sessione.flush()
    assert "non sono ancora state caricate" in cliente.get(PIANO).testo
    assert "Niente da confrontare" in cliente.get(f"{PIANO}/controlli").testo


def test_un_piano_di_una_scheda_sola(app, ambito, cliente):
    with app.app_context(), unita(), tenancy.tutti_gli_ambiti():
        fabbrica.scheda(ambito)
    pagina = cliente.get(PIANO)
    assert "149.000,00" in pagina.testo
    assert "Tutti i confronti tornano" in pagina.testo
    assert cliente.get(f"{PIANO}/schede/B.7").stato == 200


def test_i_dati_si_scaricano(casarano, cliente):
    risposta = cliente.get(f"{PIANO}/dati.csv").risposta
    assert risposta.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert risposta.headers["Content-Disposition"] == "attachment; filename=piano-casarano-2022-2024.csv"
    righe = list(csv.DictReader(io.StringIO(risposta.get_data(as_text=True), newline=""), delimiter=";"))
    assert len(righe) == 85 + 31
    assert sum(int(r["importo"].replace(",", "")) for r in righe if r["importo"]) == 993919722
    assert {r["importo_anno"] for r in righe if r["scheda"] == "B.1"} == {""}
    assert {r["importo_anno"] for r in righe if r["scheda"] == "B.8"} == {"0,00"}
    risposta = cliente.get(f"{PIANO}/dati.json").risposta
    assert risposta.headers["Content-Disposition"] == "attachment; filename=piano-casarano-2022-2024.json"
    letto = json.loads(risposta.get_data(as_text=True))
    assert (letto["ambito"], len(letto["schede"])) == ("Ambito sociale di Casarano", 27)
