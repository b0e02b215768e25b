"""The register as everyone reads it, on any day."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest

from portal.clocks import oggi
from portal.rete.models import StatoAdesione as S
from tests import fabbrica
from tests.guida.costruttori import scrivendo
from tests.palco import scena as su_palco

from .costruttori import adesione, categoria, rappresentante


@pytest.fixture
@su_palco
def rete(app, mondo):
    with scrivendo(app):
        scuole = categoria(mondo["ambito"], "Scuole", ordine=0)
        adesione(scuole, fabbrica.ente(denominazione="Scuola Uno"), dal=date(2022, 6, 10))
        membro = adesione(mondo["categoria"], fabbrica.ente(denominazione="Associazione Due"), dal=date(2022, 7, 1))
        rappresentante(membro, "Presidente uscente", dal=date(2022, 7, 1), al=date(2022, 12, 31), nome="Nome Privato")
        rappresentante(membro, "Presidente nuova", dal=date(2023, 1, 1), nome="Nome Privato")
        rappresentante(membro, "Consigliere", dal=date(2022, 7, 1), delegato=True, delega="Del 1/7/2022")
        uscita = fabbrica.ente(denominazione="Coop Tre")
        adesione(mondo["categoria"], uscita, S.RECESSA, dal=date(2022, 6, 10), al=date(2023, 3, 10))
        adesione(mondo["categoria"], uscita, S.AMMESSA, dal=date(2024, 1, 1))
        for stato in (S.RICHIESTA, S.RESPINTA, S.RITIRATA):
            adesione(mondo["categoria"], fabbrica.ente(denominazione=f"Segreta {stato}"), stato)
    return mondo


def enti(pagina):
    return [p.get_text(" ", strip=True) for p in pagina.dom.select("#membri ~ ul .fw-semibold")]


@pytest.mark.parametrize(
    ("al", "chi"),
    [
        ("2022-06-09", []),
        ("2022-06-10", ["Scuola Uno", "Coop Tre"]),
        ("2022-07-14", ["Scuola Uno", "Associazione Due", "Coop Tre"]),
        ("14/07/2022", ["Scuola Uno", "Associazione Due", "Coop Tre"]),
        ("2023-03-09", ["Scuola Uno", "Associazione Due", "Coop Tre"]),
        ("2023-03-10", ["Scuola Uno", "Associazione Due"]),
        ("", ["Scuola Uno", "Associazione Due", "Coop Tre"]),
    ],
)
def test_il_registro_di_ogni_giorno(rete, cliente, al, chi):
    pagina = cliente.get(f"/prova/rete?al={al}")
    assert enti(pagina) == chi
    assert "Segreta" not in pagina.testo


@pytest.mark.parametrize("al", ["ieri", "2022-02-30", "9" * 300, "2999-01-01", (oggi() + timedelta(days=1)).isoformat()])
def test_di_un_giorno_che_non_c_e_si_dice_e_si_vede_oggi(rete, cliente, al):
    pagina = cliente.get(f"/prova/rete?al={al}")
    assert "non c’è un registro" in pagina.testo
    assert enti(pagina) == ["Scuola Uno", "Associazione Due", "Coop Tre"]


@pytest.mark.parametrize(("al", "veste"), [("2022-12-31", "Presidente uscente"), ("2023-01-01", "Presidente nuova")])
def test_si_pubblica_la_veste_mai_il_nome(rete, cliente, al, veste):
    testo = cliente.get(f"/prova/rete?al={al}").testo
    assert f"nella Rete parla: {veste}" in testo
    assert "Nome Privato" not in testo
    assert "Consigliere" not in testo


def test_il_foglio_e_la_pagina_dello_stesso_giorno(rete, cliente):
    foglio = cliente.get("/prova/rete/registro.csv?al=2022-07-14")
    righe = list(csv.DictReader(io.StringIO(foglio.risposta.get_data(as_text=True)), delimiter=";"))
    assert [r["ente"] for r in righe] == ["Scuola Uno", "Associazione Due", "Coop Tre"]
    assert (righe[1]["categoria"], righe[1]["nella_rete_dal"], righe[1]["rappresentante"]) == (
        "Enti del Terzo settore",
        "2022-07-01",
        "Presidente uscente",
    )
    assert foglio.risposta.headers["Content-Disposition"] == "attachment; filename=rete-prova-2022-07-14.csv"


def test_quanti_per_categoria(rete, cliente):
    barre = cliente.get("/prova/rete?al=2022-07-14").dom.select("#quanti ~ figure .barre li")
    assert [" ".join(b.get_text(" ").split()) for b in barre] == ["Scuole 1 33,3 %", "Enti del Terzo settore 2 66,7 %"]


def test_senza_categorie_non_si_puo_chiedere(app, cliente):
    with scrivendo(app):
        fabbrica.ambito("vuoto")
    testo = cliente.get("/vuoto/rete").testo
    assert "non c’è ancora nessun ente" in testo
    assert "non ha aperto nessuna categoria" in testo


def test_la_rete_di_un_altro_ambito_non_si_vede(app, rete, cliente):
    with scrivendo(app):
        altro = fabbrica.ambito("altrove")
        adesione(categoria(altro), fabbrica.ente(denominazione="Ente di altrove"))
    assert "Ente di altrove" not in cliente.get("/prova/rete").testo
    assert enti(cliente.get("/altrove/rete")) == ["Ente di altrove"]


@pytest.mark.parametrize("quanti", [1, 40])
def test_il_registro_costa_lo_stesso(app, mondo, cliente, conta_query, quanti):
    with scrivendo(app):
        for _ in range(quanti):
            rappresentante(adesione(mondo["categoria"], fabbrica.ente()))
    with conta_query() as conto:
        assert len(enti(cliente.get("/prova/rete"))) == quanti
    assert conto.totale <= 4, conto.testi


def test_in_inglese_i_nomi_si_dichiarano_italiani(rete, cliente):
    pagina = cliente.get("/prova/rete?lingua=en&al=2022-07-14")
    assert pagina.dom.select_one("#membri ~ h3").span["lang"] == "it"
    assert "Who is in it on" in pagina.testo
