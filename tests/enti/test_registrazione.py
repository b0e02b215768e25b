"""Registering an ente: what is typed stays, what is wrong is said on its field."""

from __future__ import annotations

import pytest

from portal.db import sessione
from portal.enti.models import Ente
from portal.fields import difetto_codice_fiscale
from portal.outbox import Messaggio
from portal.utenti.models import Ruolo
from tests import fabbrica

GIUSTI = {
    "codice_fiscale": "81001150754",
    "denominazione": "Associazione di prova",
    "forma_giuridica": "associazione",
    "pec": "prova@pec.prova.example",
    "comune": "Casarano",
    "provincia": "le",
    "cap": "73042",
    "attivita": ["a", "w"],
    "sezione": "aps",
    "repertorio": "12345",
    "iscritto_il": "2022-03-21",
    "nome": "Chi rappresenta",
    "email": "chi@prova.example",
}


@pytest.mark.parametrize(
    ("codice", "giusto"),
    [
        ("81001150754", True),
        ("90048490479", True),
        ("12345678903", True),
        ("81001150755", False),
        ("81001150745", False),
        ("8100115075", False),
        ("810011507541", False),
        ("8100115075A", False),
        ("RSSMRA85T10A562S", False),
        ("٨١٠٠١١٥٠٧٥٤", False),
    ],
)
def test_il_codice_fiscale_di_un_ente(contesto, codice, giusto):
    assert (difetto_codice_fiscale(codice) is None) == giusto


@pytest.mark.parametrize("posizione", range(11))
def test_una_cifra_sbagliata_si_vede_sempre(contesto, posizione):
    giusto = "81001150754"
    sbagliato = giusto[:posizione] + str((int(giusto[posizione]) + 1) % 10) + giusto[posizione + 1 :]
    assert difetto_codice_fiscale(sbagliato) is not None


def test_un_ente_si_registra_e_il_collegamento_va_alla_pec(contesto, cliente):
    risposta = cliente.post("/ente/registra", GIUSTI)
    assert (risposta.stato, risposta.luogo) == (303, "/ente/registrato")
    ente = sessione.query(Ente).filter_by(codice_fiscale="81001150754").one()
    assert (ente.provincia, ente.denominazione) == ("LE", "Associazione di prova")
    assert [m.destinatario for m in sessione.query(Messaggio)] == ["prova@pec.prova.example"]


def test_chi_e_dentro_rappresenta_subito_l_ente(contesto, entra):
    persona = fabbrica.utente()
    dati = {k: v for k, v in GIUSTI.items() if k not in ("nome", "email")}
    pagina = entra(persona).post("/ente/registra", dati)
    assert pagina.luogo == "/ente/"


def test_una_cifra_sbagliata_e_detta_sul_campo_e_niente_si_perde(contesto, cliente):
    pagina = cliente.post("/ente/registra", {**GIUSTI, "codice_fiscale": "81001150755"})
    assert pagina.stato == 422
    assert "cifra" in pagina.errore_di("codice_fiscale")
    assert pagina.valore_di("codice_fiscale") == "81001150755"
    assert pagina.valore_di("denominazione") == "Associazione di prova"
    assert pagina.titolo.startswith("Errore:")
    assert sessione.query(Ente).count() == 0


@pytest.mark.parametrize(
    ("campo", "valore"),
    [
        ("pec", "non-un-indirizzo"),
        ("provincia", "Lecce"),
        ("cap", "7304"),
        ("repertorio", "dodici"),
        ("iscritto_il", "2031-01-01"),
        ("iscritto_il", "2022-02-30"),
        ("denominazione", ""),
        ("sito", "javascript:alert(1)"),
    ],
)
def test_ogni_campo_sbagliato_ha_la_sua_frase(contesto, cliente, campo, valore):
    pagina = cliente.post("/ente/registra", {**GIUSTI, campo: valore})
    assert pagina.stato == 422
    assert pagina.errore_di(campo)
    assert sessione.query(Ente).count() == 0


def test_lo_stesso_codice_fiscale_due_volte_si_spiega(contesto, cliente):
    cliente.post("/ente/registra", GIUSTI)
    pagina = cliente.post("/ente/registra", {**GIUSTI, "email": "altra@prova.example"})
    assert "già registrato" in pagina.errore_di("codice_fiscale")


def test_i_dati_si_cambiano_e_due_insieme_si_vedono(contesto, entra):
    ente = fabbrica.ente()
    rappresentante = entra(fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=ente))
    indirizzo = f"/ente/{ente.id}/modifica"
    primo = rappresentante.modulo(rappresentante.get(indirizzo))
    secondo = dict(primo)
    pagina = rappresentante.post(indirizzo, {**primo, "denominazione": "Primo nome"})
    assert pagina.stato == 303, pagina.testo
    conflitto = rappresentante.post(indirizzo, {**secondo, "denominazione": "Secondo nome"})
    assert conflitto.stato == 409
    assert "Primo nome" in conflitto.testo
    assert "Secondo nome" in conflitto.testo


def test_il_compilatore_legge_ma_non_cambia(contesto, entra):
    ente = fabbrica.ente()
    compilatore = entra(fabbrica.utente(Ruolo.COMPILATORE, ente=ente))
    assert compilatore.get(f"/ente/dati?ente={ente.id}").stato == 200
    assert compilatore.get(f"/ente/{ente.id}/modifica").stato == 403
    assert compilatore.get(f"/ente/{ente.id}/persone").stato == 403


def test_un_altro_ente_non_esiste(contesto, entra):
    mio, altrui = fabbrica.ente(), fabbrica.ente()
    persona = entra(fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=mio))
    assert persona.get(f"/ente/dati?ente={altrui.id}").stato == 404


def test_si_invita_una_persona_e_l_ultimo_rappresentante_resta(contesto, entra):
    ente = fabbrica.ente()
    capo = fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=ente)
    browser = entra(capo)
    dati = {"nome": "Chi compila", "email": "compila@prova.example", "ruolo": "compilatore"}
    assert browser.post(f"/ente/{ente.id}/persone", dati).stato == 303
    assert "compila@prova.example" in browser.get(f"/ente/dati?ente={ente.id}").testo
    risposta = browser.post(f"/ente/{ente.id}/persone/{capo.ruoli[0].id}/togli", da=f"/ente/{ente.id}/persone")
    assert risposta.stato == 303
    assert "Serve almeno un rappresentante legale" in browser.get(risposta.luogo).testo


def test_la_casa_dell_ente_vuota_e_piena(contesto, entra):
    ente = fabbrica.ente()
    capo = fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=ente)
    browser = entra(capo)
    assert "Nessuna proposta in bozza" in browser.get("/ente/").testo
    avviso = fabbrica.avviso(fabbrica.ambito())
    fabbrica.proposta(avviso, ente, capo)
    assert avviso.titolo in browser.get("/ente/").testo


@pytest.mark.parametrize("quante", [1, 3])
def test_la_casa_dell_ente_costa_lo_stesso_con_una_o_tre_proposte(contesto, entra, conta_query, quante):
    ente = fabbrica.ente()
    capo = fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=ente)
    for _ in range(quante):
        fabbrica.proposta(fabbrica.avviso(fabbrica.ambito()), ente, capo)
    browser = entra(capo)
    browser.get("/ente/")
    with conta_query() as conto:
        browser.get("/ente/")
    assert conto.totale == 8
