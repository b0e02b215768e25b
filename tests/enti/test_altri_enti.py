"""Public bodies, unions and other organisations: they come in without the RUNTS, and every page is right for them."""

from __future__ import annotations

import json

import pytest

from portal.audit.models import Evento
from portal.db import sessione
from portal.enti import operations
from portal.enti.models import Ente, RilevazioneRunts, SezioneRunts, TipoEnte
from portal.errors import ErroreDominio, Vietato
from portal.outbox import Messaggio
from portal.utenti.models import Ruolo, Utente
from tests import fabbrica
from tests.palco import scena as su_palco

PAGINA = "/ente/registra/altro"
FUORI = [TipoEnte.PUBBLICO, TipoEnte.SINDACATO, TipoEnte.ALTRO]
GIUSTI = {
    "tipo": "sindacato",
    "codice_fiscale": "81001150754",
    "denominazione": "Sindacato di prova",
    "pec": "prova@pec.prova.example",
    "comune": "Casarano",
    "provincia": "le",
    "cap": "73042",
    "nome": "Chi rappresenta",
    "email": "chi@prova.example",
}
DATI = {"denominazione": "Sindacato", "pec": "s@pec.prova.example", "comune": "Casarano", "provincia": "LE"}


@pytest.fixture
@su_palco
def scena(contesto):
    ente = fabbrica.ente_senza_runts(TipoEnte.SINDACATO, denominazione="Sindacato di prova")
    return {"ente": ente, "persona": fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=ente)}


@pytest.fixture
def browser(scena, entra):
    return entra(scena["persona"])


def uno() -> Ente:
    return sessione.query(Ente).populate_existing().one()


def test_le_due_pagine_si_indicano_l_una_con_l_altra(contesto, cliente):
    del_terzo_settore, altra = cliente.get("/ente/registra"), cliente.get(PAGINA)
    assert "Non siete un ente del Terzo settore?" in del_terzo_settore.testo
    assert del_terzo_settore.dom.select_one(f"main a[href='{PAGINA}']")
    assert "Siete iscritti al RUNTS" in altra.testo
    assert altra.dom.select_one("main a[href='/ente/registra']")


def test_non_si_chiedono_dati_che_non_ci_sono(contesto, cliente):
    nomi = {c.get("name") for c in cliente.get(PAGINA).dom.main.select("input, select, textarea")}
    assert {"tipo", "codice_fiscale", "nome", "email"} <= nomi
    assert not nomi & {"attivita", "sezione", "repertorio", "iscritto_il"}
    assert [r.get("value") for r in cliente.get(PAGINA).dom.select("input[name=tipo]")] == list(FUORI)


@pytest.mark.parametrize("tipo", FUORI)
def test_si_registra_e_il_collegamento_va_alla_pec(contesto, cliente, tipo):
    risposta = cliente.post(PAGINA, {**GIUSTI, "tipo": tipo.value})
    assert (risposta.stato, risposta.luogo) == (303, "/ente/registrato")
    assert (uno().tipo, uno().provincia) == (tipo, "LE")
    assert sessione.query(RilevazioneRunts).count() == 0
    assert [m.destinatario for m in sessione.query(Messaggio)] == ["prova@pec.prova.example"]
    evento = sessione.query(Evento).filter_by(azione="enti.registra").one()
    assert json.loads(evento.dettagli)["tipo"] == tipo


def test_chi_e_dentro_lo_rappresenta_subito(contesto, entra):
    browser = entra(fabbrica.utente())
    assert "E-mail di chi rappresenta" not in browser.get(PAGINA).testo
    fatta = browser.post(PAGINA, {k: v for k, v in GIUSTI.items() if k not in ("nome", "email")})
    assert fatta.luogo == "/ente/"
    assert "Sindacato di prova è registrato." in browser.get("/ente/").testo
    assert sessione.query(Messaggio).count() == 0


@pytest.mark.parametrize(
    ("campo", "valore"),
    [
        ("codice_fiscale", "81001150755"),
        ("codice_fiscale", "RSSMRA85T10A562S"),
        ("codice_fiscale", ""),
        ("denominazione", ""),
        ("pec", "non-un-indirizzo"),
        ("provincia", "Lecce"),
        ("comune", "   "),
        ("email", "chi"),
        ("nome", ""),
    ],
)
def test_un_campo_sbagliato_si_spiega_e_niente_si_perde(contesto, cliente, campo, valore):
    pagina = cliente.post(PAGINA, {**GIUSTI, "forma_giuridica": "confederazione", campo: valore})
    assert pagina.stato == 422
    assert pagina.errore_di(campo)
    assert pagina.titolo.startswith("Errore:")
    assert pagina.valore_di("forma_giuridica") == "confederazione"
    assert pagina.dom.select_one("input[name=tipo][checked]").get("value") == "sindacato"
    assert sessione.query(Ente).count() == 0


@pytest.mark.parametrize("valore", [None, "", "ets", "comune", "x" * 5000])
def test_senza_dire_che_cosa_si_e_non_si_va_avanti(contesto, cliente, valore):
    dati = {k: v for k, v in {**GIUSTI, "tipo": valore}.items() if v is not None}
    pagina = cliente.post(PAGINA, dati)
    assert pagina.stato == 422
    assert pagina.dom.find(id="tipo-errore")
    assert pagina.dom.select_one(".sommario-errori a").get("href") == "#tipo-0"
    assert pagina.valore_di("denominazione") == "Sindacato di prova"
    assert sessione.query(Ente).count() == 0


def test_il_doppio_clic_registra_una_volta_sola(contesto, cliente):
    assert cliente.post(PAGINA, GIUSTI).stato == 303
    doppio = cliente.post(PAGINA, GIUSTI)
    assert doppio.stato == 422
    assert "già registrato" in doppio.errore_di("codice_fiscale")
    assert (sessione.query(Ente).count(), sessione.query(Messaggio).count()) == (1, 1)


def test_il_codice_fiscale_di_un_ets_non_entra_dall_altra_porta(contesto, cliente):
    fabbrica.ente(codice_fiscale="81001150754")
    pagina = cliente.post(PAGINA, GIUSTI)
    assert "già registrato" in pagina.errore_di("codice_fiscale")
    assert sessione.query(Utente).count() == 0


def test_un_indirizzo_che_ha_gia_un_accesso_si_dice_e_l_ente_non_resta(contesto, cliente):
    fabbrica.utente(email=GIUSTI["email"])
    pagina = cliente.post(PAGINA, GIUSTI)
    assert "C’è già un accesso" in pagina.errore_di("email")
    assert sessione.query(Ente).count() == 0


def test_il_registro_e_solo_degli_ets(contesto):
    runts = operations.DatiRunts(SezioneRunts.APS, 1, None)
    comune = {"codice_fiscale": "81001150754", "dati": DATI, "attore": None}
    with pytest.raises(ErroreDominio, match="RUNTS"):
        operations.registra(**comune)
    with pytest.raises(ErroreDominio, match="art. 4"):
        operations.registra(**comune, tipo=TipoEnte.PUBBLICO, runts=runts)
    ente = fabbrica.ente_senza_runts()
    with pytest.raises(Vietato, match="art. 4"):
        operations.rileva(ente, runts, attore=fabbrica.utente())
    with pytest.raises(ErroreDominio, match="lo dice il RUNTS"):
        operations.modifica(ente, versione=ente.versione, dati=DATI, tipo=TipoEnte.ETS, attore=fabbrica.utente())
    with pytest.raises(ErroreDominio, match="lo dice il RUNTS"):
        ets = fabbrica.ente()
        operations.modifica(ets, versione=ets.versione, dati=DATI, tipo=TipoEnte.ALTRO, attore=fabbrica.utente())


def test_la_casa_parla_di_rete_e_tavoli_non_di_proposte(browser):
    casa = browser.get("/ente/")
    assert casa.stato == 200
    assert "Proposte da finire" not in casa.testo
    assert casa.dom.select_one("main a[href='/ente/rete']")
    assert casa.dom.select_one("main a[href='/ente/tavoli']")
    assert "Rispondono solo gli enti del Terzo settore" in casa.testo


def test_con_anche_un_ets_la_casa_tiene_le_proposte(scena, entra):
    dei_due = fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=fabbrica.ente())
    fabbrica.salva(type(dei_due.ruoli[0])(utente_id=dei_due.id, ruolo=Ruolo.COMPILATORE, ente_id=scena["ente"].id))
    sessione.expire(dei_due)
    casa = entra(dei_due).get("/ente/")
    assert "Proposte da finire" in casa.testo
    assert "Rispondono solo" not in casa.testo


@pytest.mark.parametrize(
    ("tipo", "parola"),
    [
        (TipoEnte.PUBBLICO, "Ente pubblico"),
        (TipoEnte.SINDACATO, "Organizzazione sindacale"),
        (TipoEnte.ALTRO, "Altra organizzazione"),
    ],
)
def test_la_scheda_dice_che_cos_e_e_tace_del_runts(contesto, entra, tipo, parola):
    ente = fabbrica.ente_senza_runts(tipo)
    pagina = entra(fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=ente)).get("/ente/dati")
    main = pagina.dom.main.get_text()
    assert parola in main
    assert ("RUNTS" in main) == (tipo == TipoEnte.ALTRO)  # an organisation may enter the register one day
    assert "art. 5" not in main
    assert not pagina.dom.main.find("table")


def test_si_modifica_senza_attivita_e_si_corregge_che_cosa_si_e(scena, browser):
    indirizzo = f"/ente/{scena['ente'].id}/modifica"
    pagina = browser.get(indirizzo)
    valori = browser.modulo(pagina)
    assert "attivita" not in valori
    assert valori["tipo"] == "sindacato"
    assert browser.post(indirizzo, {**valori, "denominazione": "Nuovo nome", "tipo": "altro"}).stato == 303
    assert (uno().denominazione, uno().tipo) == ("Nuovo nome", TipoEnte.ALTRO)
    cambi = sessione.query(Evento).filter_by(azione="enti.modifica").one()
    assert json.loads(cambi.dettagli)["campi"] == ["denominazione", "tipo"]


@pytest.mark.parametrize("tipo", ["ets", ""])
def test_modificando_non_si_diventa_ets(scena, browser, tipo):
    indirizzo = f"/ente/{scena['ente'].id}/modifica"
    valori = browser.modulo(browser.get(indirizzo))
    pagina = browser.post(indirizzo, {**valori, "denominazione": "Nuovo nome", "tipo": tipo})
    assert pagina.stato == 422
    assert pagina.valore_di("denominazione") == "Nuovo nome"
    assert uno().tipo == TipoEnte.SINDACATO


def test_due_insieme_si_vedono(scena, browser):
    indirizzo = f"/ente/{scena['ente'].id}/modifica"
    valori = browser.modulo(browser.get(indirizzo))
    assert browser.post(indirizzo, {**valori, "denominazione": "Primo nome"}).stato == 303
    conflitto = browser.post(indirizzo, {**valori, "denominazione": "Secondo nome"})
    assert conflitto.stato == 409
    assert "Primo nome" in conflitto.testo
    assert "Secondo nome" in conflitto.testo


def test_un_ets_deve_ancora_dire_le_sue_attivita(contesto, entra):
    ente = fabbrica.ente()
    browser = entra(fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=ente))
    indirizzo = f"/ente/{ente.id}/modifica"
    valori = browser.modulo(browser.get(indirizzo))
    assert "tipo" not in valori
    valori.pop("attivita")
    pagina = browser.post(indirizzo, valori)
    assert pagina.stato == 422
    assert "Scegli almeno un’attività" in pagina.testo


def test_la_pagina_del_runts_dice_che_non_e_per_lui(scena, browser):
    indirizzo = f"/ente/{scena['ente'].id}/runts"
    for pagina in (browser.get(indirizzo), browser.post(indirizzo, {"sezione": "aps", "repertorio": "1"})):
        assert pagina.stato == 403
        assert "registro degli enti del Terzo settore" in pagina.testo
        assert pagina.dom.select_one(f"main a[href='/ente/dati?ente={scena['ente'].id}']")
    assert sessione.query(RilevazioneRunts).count() == 0


ISCRITTA = {"attivita": ["a", "w"], "sezione": "aps", "repertorio": "12345", "iscritto_il": "2022-03-21"}


@pytest.fixture
@su_palco
def comitato(contesto):
    ente = fabbrica.ente_senza_runts(TipoEnte.ALTRO, denominazione="Comitato di prova")
    return {"ente": ente, "persona": fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=ente)}


def test_un_organizzazione_che_entra_nel_runts_diventa_un_ets(comitato, entra):
    browser, indirizzo = entra(comitato["persona"]), f"/ente/{comitato['ente'].id}/runts"
    assert browser.get("/ente/dati").dom.select_one(f"main a[href='{indirizzo}']")
    assert browser.post(indirizzo, {**browser.modulo(browser.get(indirizzo)), **ISCRITTA}).stato == 303
    ente = uno()
    assert (ente.tipo, sessione.query(RilevazioneRunts).one().repertorio) == (TipoEnte.ETS, 12345)
    assert sessione.query(Evento).filter_by(azione="enti.iscrivi").count() == 1
    dati = browser.get("/ente/dati").dom.main.get_text()
    assert "Ente del Terzo settore" in dati
    assert "a) interventi e servizi sociali" in dati
    assert "Proposte da finire" in browser.get("/ente/").testo
    assert browser.get(indirizzo).dom.select_one("input[name=repertorio]").get("value") == "12345"


@pytest.mark.parametrize(
    ("campo", "valore", "frase"),
    [
        ("attivita", [], "Scegli almeno un’attività"),
        ("attivita", ["1"], ""),
        ("repertorio", "dodici", ""),
        ("iscritto_il", "2031-01-01", "dal 23 novembre 2021"),
    ],
)
def test_dati_del_registro_sbagliati_non_ne_fanno_un_ets(comitato, entra, campo, valore, frase):
    browser, indirizzo = entra(comitato["persona"]), f"/ente/{comitato['ente'].id}/runts"
    pagina = browser.post(indirizzo, {**ISCRITTA, campo: valore})
    assert pagina.stato == 422
    assert frase in pagina.testo
    assert pagina.valore_di("sezione") == "aps"
    assert uno().tipo == TipoEnte.ALTRO
    assert sessione.query(RilevazioneRunts).count() == 0


@pytest.mark.parametrize("tipo", [TipoEnte.PUBBLICO, TipoEnte.SINDACATO, TipoEnte.ETS])
def test_solo_un_altra_organizzazione_entra_nel_registro(contesto, tipo):
    ente = fabbrica.ente_senza_runts(tipo)
    with pytest.raises(Vietato):
        runts = operations.DatiRunts(SezioneRunts.APS, 1, None)
        operations.iscrivi(ente, runts, attivita=["a"], attore=fabbrica.utente())


def test_si_invita_una_persona(scena, browser):
    dati = {"nome": "Chi compila", "email": "compila@prova.example", "ruolo": "compilatore"}
    assert browser.post(f"/ente/{scena['ente'].id}/persone", dati).stato == 303
    assert "compila@prova.example" in browser.get("/ente/dati").testo
