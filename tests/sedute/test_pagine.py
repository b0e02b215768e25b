"""The pages of the sittings as the office uses them, as everyone reads them, and at the hand of who should not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import clocks
from portal.db import sessione
from portal.sedute import queries
from portal.sedute.models import Seduta, StatoPunto, StatoSeduta
from portal.tenancy import tutti_gli_ambiti, usa_ambito
from portal.transaction import unita
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.guida.costruttori import scrivendo as in_scrittura
from tests.organi import costruttori as organi
from tests.organi.costruttori import PRESENTI
from tests.servizi.agenda import eventi

from . import costruttori as c


@pytest.fixture
def scena(app):
    """An Ambito with a body of seven, its operator, and the clock when the sittings begin."""
    with app.app_context(), tutti_gli_ambiti(), unita():
        ambito = fabbrica.ambito("prova")
        with usa_ambito(ambito.id):
            organo = c.cabina(ambito)
        operatore = fabbrica.utente(Ruolo.OPERATORE, ambito=ambito)
    sessione.remove()
    with clocks.alle(c.ORE_15):
        yield ambito, organo, operatore


@pytest.fixture
def scrivendo(app, scena):
    """``with scrivendo(): …``: write as the office does, in the Ambito of the scene."""
    from contextlib import contextmanager

    @contextmanager
    def dentro():
        with app.test_request_context("/"), usa_ambito(scena[0].id), unita():
            yield
        sessione.remove()

    return dentro


def letta(app, scena, numero=1):
    with app.test_request_context("/"), usa_ambito(scena[0].id):
        return queries.intera(scena[1].slug, numero)


UFFICIO = "/prova/ufficio/organi/cabina-prova/sedute"
PUBBLICA = "/prova/organi/cabina-prova/sedute"


def test_dalla_bozza_alla_decisione(app, scena, entra, cliente):
    browser = entra(scena[2])
    with clocks.alle(c.CONVOCAZIONE):
        assert browser.get("/prova/ufficio/sedute").dom.find("a", href=f"{UFFICIO}/nuova")
        dati = {"inizio": "2026-11-25T15:00", "luogo": "Sala del consiglio", "segreteria": "Segreteria", "pubblica": "y"}
        assert browser.post(f"{UFFICIO}/nuova", dati).luogo == f"{UFFICIO}/1"
        assert "serve almeno un punto" in browser.get(f"{UFFICIO}/1").testo
        assert cliente.get(f"{PUBBLICA}/1").stato == 404
        for titolo in ("Il piano", "Comunicazioni"):
            punto = {"titolo": titolo, "decide": "y" if titolo == "Il piano" else "", "padre_id": "0"}
            assert browser.post(f"{UFFICIO}/1/punti/nuovo", {k: v for k, v in punto.items() if v}).luogo == f"{UFFICIO}/1"
        assert browser.post(f"{UFFICIO}/1/convoca", {"protocollo": "21085"}).luogo == f"{UFFICIO}/1"
        assert "tardiva" not in browser.get(f"{UFFICIO}/1").testo
    pubblica = cliente.get(f"{PUBBLICA}/1")
    assert "1. Il piano" in pubblica.testo
    assert "protocollo 21085 del 18 novembre 2026" in pubblica.testo
    banco = f"{UFFICIO}/1/banco"
    assert "Manca il numero legale" in browser.post(f"{banco}/apertura", {"apertura-ora": ""}).testo
    s = letta(app, scena)
    for convocato in s.convocati[:4]:
        assert browser.post(f"{banco}/presenze", {"presenza-ora": "14.50", "entra": str(convocato.seggio_id)}).stato == 303
    assert browser.post(f"{banco}/apertura", {"apertura-ora": "15:00"}).stato == 303
    piano, comunicazioni = (p.id for p in s.punti)
    assert browser.post(f"{banco}/punti/{piano}/apri").luogo == f"{banco}?punto={piano}"
    scrive = browser.get(f"{banco}?punto={piano}")
    versione = scrive.valore_di("punto-versione")
    note = {"punto-discussione": "Il Responsabile illustra il piano.", "punto-versione": versione}
    assert browser.post(f"{banco}/punti/{piano}/discussione", note).stato == 303
    modulo = browser.modulo(browser.get(f"{banco}?punto={piano}"), 0)
    voto = {**modulo, "voto-modo": "unanime", "punto-delibera": "Si adotta il piano.", "voto-eseguibile": "y"}
    assert browser.post(f"{banco}/punti/{piano}/voto", voto).stato == 303
    fatto = browser.get(f"{banco}?punto={piano}").testo
    assert "4 + 0 + 0 = 4 presenti" in fatto
    assert "Decisione 2026/1 · immediatamente eseguibile" in fatto
    assert browser.post(f"{banco}/punti/{piano}/esito", {"esito": "trattato"}).stato == 303
    pagina = browser.post(f"{banco}/chiusura", {"chiusura-ora": ""})
    assert (pagina.stato, "Il punto 2 non ha un esito" in pagina.testo) == (422, True)
    assert browser.post(f"{banco}/punti/{comunicazioni}/esito", {"esito": "rinviato"}).stato == 303
    assert browser.post(f"{banco}/chiusura", {"chiusura-ora": ""}).stato == 303
    chiusa = cliente.get(f"{PUBBLICA}/1").testo
    for detto in (
        "Approvata all’unanimità",
        "Si adotta il piano.",
        "dalle 15:00 alle 15:00",
        "Comune 7 Sindaca Sindaca assente",
    ):
        assert detto in chiusa, detto
    assert "Il Responsabile illustra" not in chiusa, "quello che si è detto aspetta il verbale"
    assert "Decisione 2026/1" in cliente.get(PUBBLICA).testo


def test_una_convocazione_tardiva_lo_dice_a_tutti(scena, scrivendo, entra, cliente):
    with clocks.alle(c.ORE_15 - timedelta(days=2)), scrivendo():
        c.operations.convoca(c.bozza(scena[1], "Il piano"), protocollo="21085", attore=None)
    for pagina in (cliente.get(f"{PUBBLICA}/1"), entra(scena[2]).get(f"{UFFICIO}/1")):
        assert "Convocata in ritardo. 2 giorni prima; il regolamento ne chiede 5." in pagina.testo


def test_prima_di_convocare_si_legge_se_e_tardi(scena, scrivendo, entra):
    with clocks.alle(c.ORE_15 - timedelta(days=2)):
        with scrivendo():
            c.bozza(scena[1], "Il piano")
        assert "Giorni di preavviso: 2; il regolamento ne chiede 5." in entra(scena[2]).get(f"{UFFICIO}/1/convoca").testo


def test_quello_che_si_e_scritto_male_resta(scena, scrivendo, entra):
    with scrivendo():
        s = c.aperta(scena[1], (1, 2, 3, 4), "Il piano")
        punto = c.in_discussione(s).id
    browser, banco = entra(scena[2]), f"{UFFICIO}/1/banco"
    voto = {
        "voto-regola": "1",
        "voto-modo": "mano",
        "voto-favorevoli": "9",
        "voto-contrari": "0",
        "punto-delibera": "Si fa.",
    }
    pagina = browser.post(f"{banco}/punti/{punto}/voto", voto)
    assert pagina.stato == 422
    assert "più dei presenti" in pagina.errore_di("voto-favorevoli")
    assert (pagina.valore_di("voto-favorevoli"), pagina.valore_di("punto-delibera")) == ("9", "Si fa.")
    for modulo, campo, valore, perche in (
        ("presenze", "presenza-ora", "boh", "14:57"),
        ("presenze", "presenza-ora", "23:59", "deve ancora venire"),
        (f"punti/{punto}/voto", "voto-favorevoli", "x", ""),
        (f"punti/{punto}/conflitto", "conflitto-motivo", "", "serve"),
        (f"punti/{punto}/da-fare", "azione-cosa", "", "serve"),
    ):
        pagina = browser.post(f"{banco}/{modulo}", {campo: valore, "entra": "1"})
        assert (pagina.stato, perche in pagina.errore_di(campo)) == (422, True), modulo
    assert browser.post(f"{banco}/punti/{punto}/esito", {"esito": "boh"}).stato == 422


def test_due_verbalizzanti_nessuna_parola_persa(app, scena, scrivendo, entra):
    with scrivendo():
        punto = c.aperta(scena[1], (1, 2, 3, 4), "Il piano").punti[0].id
    uno, due = entra(scena[2]), entra(scena[2])
    banco, dove = f"{UFFICIO}/1/banco", f"{UFFICIO}/1/banco/punti/{punto}/discussione"
    viste = [b.get(f"{banco}?punto={punto}").valore_di("punto-versione") for b in (uno, due)]
    assert uno.post(dove, {"punto-discussione": "Parla la presidente.", "punto-versione": viste[0]}).stato == 303
    pagina = due.post(dove, {"punto-discussione": "Parla l’assessore.", "punto-versione": viste[1]})
    assert pagina.stato == 409
    assert "Parla la presidente." in pagina.testo
    assert "Parla l’assessore." in pagina.testo
    assert letta(app, scena).punti[0].discussione == "Parla la presidente."


def test_ogni_gesto_porta_con_se_quello_che_si_stava_scrivendo(app, scena, scrivendo, entra):
    with scrivendo():
        s = c.aperta(scena[1], (1, 2, 3, 4), "Il piano", "Il bilancio")
        punto, quarto = c.in_discussione(s), s.convocati[3].seggio_id
    browser, banco = entra(scena[2]), f"{UFFICIO}/1/banco"
    pagina = browser.get(f"{banco}?punto={punto.id}")
    scritto = {**browser.modulo(pagina, 0), "punto-discussione": "Parla la presidente.", "punto-delibera": "Si fa."}
    with clocks.alle(c.fra(5)):
        assert browser.post(f"{banco}/presenze?punto={punto.id}", {**scritto, "esce": str(quarto)}).stato == 303
    letto = letta(app, scena).punti[0]
    assert (letto.discussione, letto.delibera) == ("Parla la presidente.", "Si fa.")
    vecchia = {**scritto, "punto-discussione": "Altro.", "entra": str(quarto)}
    with clocks.alle(c.fra(6)):
        assert browser.post(f"{banco}/presenze?punto={punto.id}", vecchia).stato == 409
    assert letta(app, scena).punti[0].discussione == "Parla la presidente."


def test_si_salva_da_solo(app, scena, scrivendo, entra):
    with scrivendo():
        punto = c.aperta(scena[1], (1, 2, 3, 4), "Il piano").punti[0].id
    browser, dove = entra(scena[2]), f"{UFFICIO}/1/banco/punti/{punto}/discussione"
    versione = browser.get(f"{UFFICIO}/1/banco?punto={punto}").valore_di("punto-versione")
    json = {"Accept": "application/json"}
    prima = browser.post(dove, {"punto-discussione": "Uno.", "punto-versione": versione}, headers=json).risposta.json
    assert (prima["versione"] > int(versione), prima["salvato"]) == (True, "15:00:00")
    dopo = browser.post(dove, {"punto-discussione": "Uno, due.", "punto-versione": str(prima["versione"])}, headers=json)
    assert dopo.stato == 200
    tardi = browser.post(dove, {"punto-discussione": "Altro.", "punto-versione": versione}, headers=json)
    assert (tardi.stato, "un’altra persona" in tardi.risposta.json["perche"]) == (409, True)
    assert letta(app, scena).punti[0].discussione == "Uno, due."


def test_il_voto_per_nome_e_il_conflitto_dal_banco(app, scena, scrivendo, entra):
    with scrivendo():
        punto = c.in_discussione(c.aperta(scena[1], (1, 2, 3, 4, 5), "Il piano")).id
    posti = [x.seggio_id for x in letta(app, scena).convocati]
    browser, banco = entra(scena[2]), f"{UFFICIO}/1/banco"
    fuori = {"conflitto-seggio_id": str(posti[4]), "conflitto-motivo": "Lavora per un ente che partecipa."}
    assert browser.post(f"{banco}/punti/{punto}/conflitto", fuori).stato == 303
    pagina = browser.get(f"{banco}?punto={punto}")
    assert "fuori per conflitto" in pagina.testo
    assert pagina.dom.find("input", attrs={"name": f"nome-{posti[4]}"}) is None
    nomi = {f"nome-{s}": "favorevole" for s in posti[:3]} | {f"nome-{posti[3]}": "contrario", "nome-zzz": "favorevole"}
    assert browser.post(f"{banco}/punti/{punto}/voto", {"voto-regola": "1", "voto-modo": "nomi", **nomi}).stato == 303
    v = letta(app, scena).punti[0].votazioni[0]
    assert (v.favorevoli, v.contrari, v.presenti, v.componenti) == (3, 1, 4, 6)


def test_la_seduta_si_sposta_e_si_annulla(scena, scrivendo, entra, cliente):
    browser = entra(scena[2])
    with clocks.alle(c.CONVOCAZIONE):
        with scrivendo():
            c.operations.convoca(c.bozza(scena[1], "Il piano"), protocollo="1", attore=None)
        pagina = browser.get(f"{UFFICIO}/1/dati")
        dati = {**browser.modulo(pagina), "inizio": "2026-11-26T16:30"}
        assert browser.post(f"{UFFICIO}/1/dati", dati).stato == 303
        assert browser.post(f"{UFFICIO}/1/dati", {**dati, "luogo": "Altrove"}).stato == 409
        evento = eventi(cliente.get(f"{PUBBLICA}/1/seduta.ics").risposta.get_data())[0]
        assert (evento["SEQUENCE"], evento["STATUS"], evento.decoded("dtstart").hour) == (1, "CONFIRMED", 16)
        assert browser.post(f"{UFFICIO}/1/annulla", {"motivo": ""}).errore_di("motivo") != ""
        assert browser.post(f"{UFFICIO}/1/annulla", {"motivo": "Manca la sala"}).stato == 303
    assert "La seduta non si tiene. Manca la sala" in cliente.get(f"{PUBBLICA}/1").testo
    evento = eventi(cliente.get("/prova/organi/cabina-prova/sedute.ics").risposta.get_data())[0]
    assert (evento["SEQUENCE"], evento["STATUS"]) == (2, "CANCELLED")


def test_la_prova_della_consegna_e_la_delega(app, scena, scrivendo, entra):
    with scrivendo():
        c.convocata(scena[1], "Il piano")
    primo, secondo = (x.id for x in letta(app, scena).convocati[:2])
    browser, dove = entra(scena[2]), f"{UFFICIO}/1/convocati/{primo}"
    prova = {"prova-canale": "pec", "prova-consegnata_il": "2026-11-18T10:30", "prova-prova": "PEC del 18 novembre"}
    assert browser.post(dove, {**browser.modulo(browser.get(dove), 0), **prova}).luogo == f"{UFFICIO}/1"
    assert browser.post(f"{UFFICIO}/1/convocati/{primo}", {"delega-delegato": "Vicesindaca"}).stato == 303
    doppia = browser.post(f"{UFFICIO}/1/convocati/{secondo}", {"delega-delegato": "vicesindaca"})
    assert "ne ammette 1" in doppia.errore_di("delega-delegato")
    trovato = letta(app, scena).convocati[0]
    assert (trovato.prova, trovato.delegato) == ("PEC del 18 novembre", "Vicesindaca")


def test_una_seduta_si_chiude_dopo_mezzanotte(app, entra):
    sera = c.ORE_15.replace(hour=20)  # 21:00 in Rome
    with in_scrittura(app), clocks.alle(sera):
        ambito = fabbrica.ambito("notte")
        operatore = fabbrica.utente(Ruolo.OPERATORE, ambito=ambito)
        with usa_ambito(ambito.id):
            seduta = c.convocata(c.cabina(ambito), inizio=sera)
            c.entrano(seduta, range(1, 6))
            c.banco.apri(seduta, ora=sera, in_seconda=False, attore=None)
            c.banco.chiudi_punto(seduta.punti[0], esito=StatoPunto.RINVIATO, attore=None)
    sessione.remove()
    base = "/notte/ufficio/organi/cabina-notte/sedute/1/banco"
    with clocks.alle(sera + timedelta(hours=4)):
        assert entra(operatore).post(f"{base}/chiusura", {"chiusura-ora": "00:20"}).stato == 303
    with tutti_gli_ambiti():
        assert sessione.scalar(select(Seduta.chiusa_il)) == sera + timedelta(hours=3, minutes=20)


@pytest.mark.parametrize("pubblicazione", ["verbale", "decisioni", "niente"])
def test_di_una_seduta_si_legge_quello_che_l_organo_pubblica(app, entra, pubblicazione, cliente):
    with app.test_request_context("/"), tutti_gli_ambiti(), unita(), clocks.alle(c.ORE_15):
        ambito = fabbrica.ambito("prova")
        with usa_ambito(ambito.id):
            s = c.aperta(c.cabina(ambito, pubblicazione=pubblicazione), (1, 2, 3, 4), "Il piano")
            c.vota(c.in_discussione(s), decisione="Si adotta.")
            c.banco.chiudi_punto(s.punti[0], esito=StatoPunto.TRATTATO, attore=None)
            c.banco.chiudi(s, ora=c.ORE_15, attore=None)
    sessione.remove()
    pagina, elenco = cliente.get(f"{PUBBLICA}/1").testo, cliente.get(PUBBLICA).testo
    assert ("Si adotta." in pagina, "Si adotta." in elenco) == (pubblicazione != "niente",) * 2
    assert "1. Il piano" in pagina


def test_pistoia_al_banco_mostra_teste_quote_e_scarto(app, entra):
    with app.test_request_context("/"), tutti_gli_ambiti(), unita(), clocks.alle(c.ORE_15):
        ambito = fabbrica.ambito("prova")
        with usa_ambito(ambito.id):
            c.aperta(c.assemblea(ambito), sorted(PRESENTI), "Documento programmatico")
        operatore = fabbrica.utente(Ruolo.OPERATORE, ambito=ambito)
    sessione.remove()
    with clocks.alle(c.ORE_15):
        testo = entra(operatore).get("/prova/ufficio/organi/assemblea/sedute/1/banco").testo
    for detto in ("8 su 10", "91,44 %", "Le quote scritte fanno 99 %, non 100.", "Seduta valida", "servono 6"):
        assert detto in testo.replace("\u00a0", " "), detto


def test_il_banco_costa_le_stesse_query_con_sette_e_con_duecento(app, entra, conta_query):
    costi = []
    for quanti in (7, 60):
        with app.test_request_context("/"), tutti_gli_ambiti(), unita(), clocks.alle(c.ORE_15):
            ambito = fabbrica.ambito()
            with usa_ambito(ambito.id):
                c.aperta(c.cabina(ambito, quanti), range(1, quanti + 1), *(f"Punto {n}" for n in range(quanti // 5)))
            operatore = fabbrica.utente(Ruolo.OPERATORE, ambito=ambito)
        sessione.remove()
        with clocks.alle(c.ORE_15):
            browser = entra(operatore)
            for conta in (False, True):
                with conta_query() as n:
                    pagina = browser.get(f"/{ambito.slug}/ufficio/organi/cabina-{ambito.slug}/sedute/1/banco")
                if conta:
                    costi.append(n.totale)
        assert pagina.stato == 200
    assert costi[0] == costi[1]


def test_organi_spenti_e_sedute_che_non_ci_sono(scena, cliente, entra):
    browser = entra(scena[2])
    for indirizzo in (
        f"{PUBBLICA}/9",
        f"{PUBBLICA}/9/seduta.ics",
        "/prova/organi/nessuno/sedute",
        "/prova/organi/nessuno/sedute.ics",
    ):
        assert cliente.get(indirizzo).stato == 404
    for indirizzo in (f"{UFFICIO}/9", f"{UFFICIO}/9/banco", f"{UFFICIO}/9/punti/1"):
        assert browser.get(indirizzo).stato == 404
    assert cliente.get(f"{PUBBLICA}?dopo=1").stato == 404


def test_una_seduta_vuota_e_una_di_un_organo_senza_posti(app, scena, scrivendo, entra):
    with scrivendo():
        vuoto = organi.organo(scena[0], "vuoto", nome="Vuoto")
        c.bozza(vuoto, "Il piano", inizio=c.ORE_15 + timedelta(days=9))
    browser = entra(scena[2])
    pagina = browser.post("/prova/ufficio/organi/vuoto/sedute/1/convoca", {"protocollo": ""})
    assert (pagina.stato, "non c’è chi convocare" in pagina.testo) == (422, True)
    assert letta(app, (scena[0], vuoto)).stato == StatoSeduta.BOZZA


def test_chi_non_ha_scritto_niente_non_trova_un_conflitto(app, scena, scrivendo, entra):
    """Another minute-taker saved the notes; marking a departure with the page of before is no quarrel about words."""
    with scrivendo():
        s = c.aperta(scena[1], (1, 2, 3, 4), "Il piano")
        c.scrive(s.punti[0], "Riga una.\nRiga due.")
        punto, quarto = s.punti[0].id, s.convocati[3].seggio_id
    uno, due, banco = entra(scena[2]), entra(scena[2]), f"{UFFICIO}/1/banco"
    aperta = due.modulo(due.get(f"{banco}?punto={punto}"), 0)
    aperta["punto-discussione"] = aperta["punto-discussione"].replace("\n", "\r\n")
    scrive = {**uno.modulo(uno.get(f"{banco}?punto={punto}"), 0), "punto-discussione": "Riga nuova."}
    assert uno.post(f"{banco}/punti/{punto}/discussione", scrive).stato == 303
    with clocks.alle(c.fra(5)):
        assert due.post(f"{banco}/presenze?punto={punto}", {**aperta, "esce": str(quarto)}).stato == 303
    assert letta(app, scena).punti[0].discussione == "Riga nuova."


def test_quello_che_non_si_salva_non_dice_di_essere_salvato(app, scena, scrivendo, entra):
    with scrivendo():
        punto = c.aperta(scena[1], (1, 2, 3, 4), "Il piano").punti[0].id
    browser, dove = entra(scena[2]), f"{UFFICIO}/1/banco/punti/{punto}/discussione"
    versione = browser.get(f"{UFFICIO}/1/banco?punto={punto}").valore_di("punto-versione")
    lungo = {"punto-discussione": "x" * 100_001, "punto-versione": versione}
    risposta = browser.post(dove, lungo, headers={"Accept": "application/json"})
    assert (risposta.stato, "salvato" in risposta.risposta.json) == (422, False)
    assert letta(app, scena).punti[0].discussione == ""


def test_una_cosa_fatta_non_torna_alla_prossima_seduta(app, scena, scrivendo, entra):
    with scrivendo():
        punto = c.in_discussione(c.aperta(scena[1], (1, 2, 3, 4), "Il piano"))
        fatta = c.banco.da_fare(punto, cosa="Scrivere ai Comuni", chi="Ufficio", entro=None, attore=None)
        c.bozza(scena[1], "Un altro")
        sessione.flush()
        chiave = fatta.id
    browser = entra(scena[2])
    assert "Scrivere ai Comuni" in browser.get(f"{UFFICIO}/2").testo
    for _volta in range(2):
        assert (
            browser.post(f"/prova/ufficio/organi/cabina-prova/sedute/da-fare/{chiave}/fatta", da=f"{UFFICIO}/2").stato == 303
        )
    assert "Scrivere ai Comuni" not in browser.get(f"{UFFICIO}/2").testo
