"""The register of the decisions: what is in it, how it is searched and filtered, what it never shows."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from flask import g

from portal import clocks
from portal.avvisi.models import StatoAvviso
from portal.db import sessione
from portal.filo import queries as filo
from portal.filo.queries import oggetti
from portal.organi.models import Pubblicazione
from portal.proposte.models import StatoProposta
from portal.sedute.models import StatoPunto
from portal.tenancy import usa_ambito
from portal.utenti.models import Ruolo, RuoloUtente
from tests import fabbrica
from tests.guida.costruttori import scrivendo
from tests.palco import scena as su_palco
from tests.sedute import costruttori as c

REGISTRO = "/prova/organi/decisioni"


def decide(organo, testo, *, oggetto=(None, None), importo=None, chiude=True):
    """A sitting of its own in which the body decides that, closed unless ``chiude`` says no."""
    seduta = c.aperta(organo, (1, 2, 3, 4), "Il punto")
    punto = seduta.punti[0]
    punto.oggetto_tipo, punto.oggetto_id = oggetto
    c.in_discussione(seduta)
    c.scrive(punto, "", testo)
    regola = c.queries.regola(organo, 1)
    c.votazioni.vota(punto, regola=regola, scheda=c.votazioni.Scheda(c.Modo.UNANIME), importo=importo, attore=None)
    c.banco.chiudi_punto(punto, esito=StatoPunto.TRATTATO, attore=None)
    if chiude:
        c.banco.chiudi(seduta, ora=c.ORE_15, attore=None)
    return punto


@pytest.fixture
@su_palco
def mondo(app):
    """Two bodies: one publishes its decisions, the other only its agendas."""
    with scrivendo(app), clocks.alle(c.ORE_15):
        ambito = fabbrica.ambito("prova")
        with usa_ambito(ambito.id):
            scheda, _riga = fabbrica.scheda(ambito, importo="149000.00")
            avviso = fabbrica.avviso(ambito, titolo="Un avviso")
            cabina = c.cabina(ambito)
            decide(cabina, "Si condivide la scheda degli **asili**.", oggetto=("scheda", scheda.id), importo=Decimal(149000))
            decide(cabina, "Si pubblica l’avviso.", oggetto=("avviso", avviso.id))
            decide(cabina, "Non si legge ancora.", chiude=False)
            muto = c.organi.organo(ambito, "muto", nome="Organo muto", pubblicazione=Pubblicazione.NIENTE)
            c.organi.posti(muto, *({"rappresenta": f"Posto {n}"} for n in range(1, 5)))
            decide(muto, "Segreto.")
    sessione.remove()
    return {"ambito": ambito, "scheda": scheda, "avviso": avviso}


def lette(pagina):
    return [p.get_text(strip=True) for p in pagina.dom.select("main .scatola-bianca li p.misura")]


ASILI, AVVISO = "Si condivide la scheda degli asili.", "Si pubblica l’avviso."


FILTRI = {
    "": [AVVISO, ASILI], "q=asilo": [ASILI], "q=zampogna": [], "organo=cabina-prova": [AVVISO, ASILI],
    "organo=muto": [], "anno=2026": [AVVISO, ASILI], "anno=2025": [], "anno=ieri": [AVVISO, ASILI],
    "oggetto=avviso": [AVVISO], "oggetto=altro": [AVVISO, ASILI], "scheda={scheda}": [ASILI],
    "scheda=99999999999999999999999": [AVVISO, ASILI],
    "soldi=0": [ASILI], "soldi=149.000,00": [ASILI], "soldi=149.000,01": [], "soldi=molti": [AVVISO, ASILI],
    "q=scheda&anno=2026&oggetto=scheda&soldi=1": [ASILI],
}  # fmt: skip


def test_il_registro_si_filtra(mondo, cliente):
    avuti = {}
    for filtro, attesi in FILTRI.items():
        detto = filtro.format(scheda=mondo["scheda"].id)
        foglio = cliente.get(f"{REGISTRO}.csv?{detto}").risposta.get_data(as_text=True)
        righe = [riga["Decisione"] for riga in csv.DictReader(foglio.splitlines(), delimiter=";")]
        avuti[filtro] = lette(cliente.get(f"{REGISTRO}?{detto}"))
        assert righe == attesi, filtro
    assert avuti == FILTRI


def test_una_riga_porta_al_punto_e_alla_cosa(mondo, cliente):
    riga = cliente.get(f"{REGISTRO}?oggetto=scheda")
    assert "Cabina di Regia 2026/1" in riga.testo
    assert "muove 149.000,00" in riga.testo
    assert "Approvata all’unanimità" in riga.testo
    indirizzi = [a["href"] for a in riga.dom.select("main .scatola-bianca a")]
    seduta, ancora = indirizzi[0].split("#")
    punto = cliente.get(seduta).dom.find(id=ancora)
    assert punto.get_text() == "1. Il punto"
    assert indirizzi[1].endswith(f"/schede/{mondo['scheda'].codice}")
    assert f"Si decide di: {mondo['scheda'].codice}" in cliente.get(seduta).testo


def test_senza_decisioni_il_registro_dice_perche(app, cliente):
    with scrivendo(app):
        fabbrica.ambito("vuoto")
    assert "compaiono qui quando una seduta si chiude" in cliente.get("/vuoto/organi/decisioni").testo
    assert cliente.get("/vuoto/organi/decisioni?dopo=9").stato == 404


def test_il_registro_va_a_pagine(app, mondo, cliente):
    with scrivendo(app), clocks.alle(c.ORE_15), usa_ambito(mondo["ambito"].id):
        organo = c.organi.organo(mondo["ambito"], "altro", nome="Altro organo")
        c.organi.posti(organo, *({"rappresenta": f"Posto {n}"} for n in range(1, 5)))
        for n in range(21):
            decide(organo, f"Decisione numero {n}")
    prima = cliente.get(REGISTRO)
    assert "23 decisioni" in prima.testo
    dopo = cliente.get(prima.dom.find("a", rel="next")["href"])
    assert len(lette(prima)) == 20
    assert lette(dopo) == ["Decisione numero 0", AVVISO, ASILI]


@pytest.mark.parametrize("pagina", [REGISTRO, f"{REGISTRO}?q=scheda"])
def test_il_registro_costa_lo_stesso(app, mondo, cliente, conta_query, pagina):
    costi = []
    for quante in (1, 3):
        with scrivendo(app), clocks.alle(c.ORE_15), usa_ambito(mondo["ambito"].id):
            organo = c.organi.organo(mondo["ambito"], f"organo-{quante}", nome=f"Organo {quante}")
            c.organi.posti(organo, *({"rappresenta": f"Posto {n}"} for n in range(1, 5)))
            for _n in range(quante):
                decide(organo, "Un’altra scheda.", oggetto=("scheda", mondo["scheda"].id))
        with conta_query() as conto:
            assert cliente.get(pagina).stato == 200
        costi.append(conto.totale)
    assert costi[0] == costi[1] <= 9


def test_il_filo_dice_che_cosa_si_e_deciso(app, mondo):
    with scrivendo(app), usa_ambito(mondo["ambito"].id):
        per_nome = {p.nome: p for p in filo.passi_scheda(mondo["scheda"])}
        deciso = per_nome["Scheda e soldi"].decisioni
        assert [d.testo for d in deciso] == ["Cabina di Regia, 25 novembre 2026, decisione 2026/1"]
        assert deciso[0].url.startswith("/prova/organi/cabina-prova/sedute/1#p")
        dell_avviso = {p.nome: p for p in filo.passi_avviso(mondo["avviso"])}["Avviso"]
        assert [d.testo for d in dell_avviso.decisioni] == ["Cabina di Regia, 25 novembre 2026, decisione 2026/2"]


def test_una_cosa_si_mostra_a_chi_la_puo_aprire(app, mondo):
    """A draft of a call and a proposal are the office's; who must abstain does not see the proposals of that call."""
    with scrivendo(app), usa_ambito(mondo["ambito"].id):
        g.ambito = mondo["ambito"]
        bozza = fabbrica.avviso(mondo["ambito"], stato=StatoAvviso.BOZZA)
        chiuso = fabbrica.avviso(mondo["ambito"], stato=StatoAvviso.CHIUSO, termine=clocks.adesso() - c.timedelta(days=1))
        ente = fabbrica.ente()
        autore = fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=ente)
        proposta = fabbrica.proposta(chiuso, ente, autore, stato=StatoProposta.PRESENTATA)
        operatore = fabbrica.utente(Ruolo.OPERATORE, ambito=mondo["ambito"])
        si_astiene = fabbrica.utente(Ruolo.OPERATORE, ambito=mondo["ambito"])
        si_astiene.ruoli.append(RuoloUtente(ruolo=Ruolo.COMPILATORE, ente_id=ente.id))
        sessione.flush()
        chiavi = [("avviso", bozza.id), ("avviso", mondo["avviso"].id), ("proposta", proposta.id), ("boh", 1)]
        letti = [set(oggetti.leggi(chiavi, chi)) for chi in (None, operatore, si_astiene, autore)]
        pubblico = {("avviso", mondo["avviso"].id)}
        dell_ufficio = pubblico | {("avviso", bozza.id)}
        assert letti == [pubblico, dell_ufficio | {("proposta", proposta.id)}, dell_ufficio, pubblico]
        assert oggetti.leggi(chiavi, operatore)["avviso", bozza.id].url == f"/prova/ufficio/avvisi/{bozza.slug}"
        assert set(oggetti.da_scegliere(operatore)) == {"Piani di zona", "Schede del piano", "Avvisi", "Proposte"}
        assert "Proposte" not in oggetti.da_scegliere(si_astiene)


def test_l_ufficio_sceglie_di_che_cosa_si_decide(app, mondo, entra):
    with scrivendo(app), clocks.alle(c.ORE_15), usa_ambito(mondo["ambito"].id):
        operatore = fabbrica.utente(Ruolo.OPERATORE, ambito=mondo["ambito"])
        organo = c.organi.organo(mondo["ambito"], "nuovo-organo", nome="Nuovo organo")
        c.organi.nomina(c.organi.seggio(organo))
        c.bozza(organo)
    browser, base = entra(operatore), "/prova/ufficio/organi/nuovo-organo/sedute/1"
    scelta = f"scheda:{mondo['scheda'].id}"
    dati = {"titolo": "La scheda", "padre_id": "0", "oggetto": scelta, "decide": "y"}
    assert browser.post(f"{base}/punti/nuovo", dati).luogo == base
    preparata = browser.get(base)
    assert preparata.dom.select_one(f'main a[href$="/schede/{mondo["scheda"].codice}"]')
    punto = preparata.dom.select_one('main a[href*="/punti/"]')["href"]
    scritto = browser.get(punto)
    assert scritto.dom.select_one("#oggetto option[selected]")["value"] == scelta
    assert [g["label"] for g in scritto.dom.select("#oggetto optgroup")] == ["Piani di zona", "Schede del piano", "Avvisi"]
    rifiutata = browser.post(f"{base}/punti/nuovo", {**dati, "oggetto": "scheda:999"})
    assert rifiutata.stato == 422


def test_al_banco_si_scrive_quanti_soldi_muove(app, mondo, entra, cliente):
    with scrivendo(app), clocks.alle(c.ORE_15), usa_ambito(mondo["ambito"].id):
        operatore = fabbrica.utente(Ruolo.OPERATORE, ambito=mondo["ambito"])
        organo = c.organi.organo(mondo["ambito"], "con-soldi", nome="Organo con soldi")
        c.organi.nomina(c.organi.seggio(organo))
        punto = c.in_discussione(c.aperta(organo, (1,), "Le risorse"))
    base = "/prova/ufficio/organi/con-soldi/sedute/1/banco"
    with clocks.alle(c.ORE_15):
        browser = entra(operatore)
        modulo = browser.modulo(browser.get(f"{base}?punto={punto.id}"), 0)
        voto = {**modulo, "voto-modo": "unanime", "punto-delibera": "Si stanziano le risorse."}
        for scritto in ("molti", "-1"):
            assert browser.post(f"{base}/punti/{punto.id}/voto", {**voto, "voto-importo": scritto}).stato == 422
        assert browser.post(f"{base}/punti/{punto.id}/voto", {**voto, "voto-importo": "1.234,56"}).stato == 303
        assert "Decisione 2026/1 · muove 1.234,56" in browser.get(f"{base}?punto={punto.id}").testo
        assert browser.post(f"{base}/punti/{punto.id}/esito", {"esito": "trattato"}).stato == 303
        assert browser.post(f"{base}/chiusura", {"chiusura-ora": ""}).stato == 303
    assert "muove 1.234,56" in cliente.get("/prova/organi/con-soldi/sedute/1").testo
    assert lette(cliente.get(f"{REGISTRO}?soldi=1.234,56&organo=con-soldi")) == ["Si stanziano le risorse."]
