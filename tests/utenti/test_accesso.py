"""Login, sessions, passwords: as a person does them, and as somebody who should not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from portal import clocks
from portal.clocks import adesso
from portal.config import ConfigurazioneErrata, dall_ambiente
from portal.db import sessione
from portal.outbox import Messaggio
from portal.utenti import operations, password, queries, rules
from portal.utenti.models import SessioneUtente, Tentativo
from portal.utenti.password import password_qui
from portal.web import pagina_interna
from tests import fabbrica
from tests.pagina import Cliente

PAROLA = "quattro parole facili da ricordare"


@pytest.fixture
def persona(contesto):
    return operations.crea_utente(email="Maria@Prova.example", nome="Prova", attore=None, password=PAROLA)


def accedi(cliente, password=PAROLA, email=" maria@prova.EXAMPLE ", headers=None, **altro):
    return cliente.post("/accedi", {"email": email, "password": password, **altro}, headers=headers or {})


def test_si_entra_e_si_esce(persona, cliente):
    assert accedi(cliente).luogo == "/scrivania"
    assert cliente.get("/profilo").stato == 200
    assert cliente.post("/esci", da="/profilo").luogo == "/"
    assert cliente.get("/profilo").luogo.startswith("/accedi")


def test_un_browser_che_non_si_riconosce_ha_un_nome_in_ogni_lingua(persona, cliente):
    assert rules.descrivi_dispositivo("curl/8.5 (Linux)") == "altro browser · Linux"
    accedi(cliente, headers={"User-Agent": "curl/8.5 (Linux)"})
    assert cliente.get("/profilo").dom.main.strong.get_text() == "altro browser · Linux"
    assert cliente.get("/profilo?lingua=en").dom.main.strong.get_text() == "another browser · Linux"


def test_dopo_l_accesso_si_torna_dove_si_era(persona, cliente):
    assert accedi(cliente, prossima="/profilo").luogo == "/profilo"


@pytest.mark.parametrize(
    "altrove", ["https://cattivo.example/", "//cattivo.example", "/\\cattivo.example", "/ok\r\nx: y", ""]
)
def test_dopo_l_accesso_non_si_va_fuori(altrove):
    assert pagina_interna(altrove) is None


def test_una_password_sbagliata_lascia_l_indirizzo_e_non_dice_quale_dei_due(persona, cliente):
    pagina = accedi(cliente, password="sbagliata ma lunga")
    assert "non sono giusti" in pagina.testo
    assert pagina.valore_di("email") == "maria@prova.EXAMPLE"
    assert accedi(cliente, email="nessuno@prova.example").testo.count("non sono giusti") == 1
    assert sessione.query(Tentativo).count() == 4


def test_dopo_cinque_errori_si_aspetta_anche_con_la_password_giusta(persona, cliente):
    for _ in range(5):
        accedi(cliente, password="sbagliata ma lunga")
    risposta = accedi(cliente)
    assert risposta.stato == 429
    assert int(risposta.risposta.headers["Retry-After"]) > 0
    with clocks.alle(adesso() + timedelta(minutes=16)):
        assert accedi(cliente).stato == 303


def test_un_utente_spento_non_entra(persona, cliente):
    persona.attivo = False
    assert accedi(cliente).stato == 200
    assert cliente.get("/profilo").stato == 303


def test_la_password_della_dimostrazione_non_vale_fuori(contesto, cliente):
    operations.crea_utente(email="demo@prova.example", nome="Demo", attore=None, password=rules.PAROLA_DIMOSTRAZIONE)
    assert "non sono giusti" in accedi(cliente, password=rules.PAROLA_DIMOSTRAZIONE, email="demo@prova.example").testo


def test_due_applicazioni_in_un_processo_tengono_ciascuna_la_sua_regola(app):
    vera, prova = Flask("vera"), Flask("prova")
    for qui, in_demo in ((prova, True), (vera, False), (prova, True)):
        password.collega(qui, replace(app.config["PORTALE"], ambiente="demo" if in_demo else "prova"))
    cifrata = vera.extensions["password"].cifra(rules.PAROLA_DIMOSTRAZIONE)
    for qui, vale in ((vera, False), (prova, True)):
        with qui.app_context():
            assert password_qui().giusta(cifrata, rules.PAROLA_DIMOSTRAZIONE) is vale


def test_una_sessione_chiusa_altrove_non_vale_piu(persona, app, cliente):
    altro = Cliente(app)
    accedi(cliente)
    accedi(altro)
    ids = sorted(s.id for s in sessione.query(SessioneUtente))
    pagina = cliente.get("/profilo")
    assert pagina.testo.count("Scollega") == 2
    assert cliente.post(f"/profilo/sessioni/{ids[1]}/chiudi", da="/profilo").stato == 303
    assert altro.get("/profilo").luogo.startswith("/accedi")
    assert cliente.get("/profilo").stato == 200


def test_la_sessione_di_un_altro_non_si_chiude(persona, app, cliente, entra):
    accedi(cliente)
    estraneo = entra(fabbrica.utente())
    mia = sessione.query(SessioneUtente).filter_by(utente_id=persona.id).one()
    assert estraneo.post(f"/profilo/sessioni/{mia.id}/chiudi", da="/profilo").stato == 404


def test_una_sessione_scade(persona, cliente):
    accedi(cliente)
    with clocks.alle(adesso() + rules.DURATA_SESSIONE + timedelta(seconds=1)):
        assert cliente.get("/profilo").luogo.startswith("/accedi")


def test_chi_scrive_resta_collegato(persona, cliente):
    accedi(cliente)
    adesso_qui, quasi = adesso(), rules.DURATA_SESSIONE - timedelta(minutes=1)
    with clocks.alle(adesso_qui + quasi):
        cliente.get("/profilo")
        altra = sessione.query(SessioneUtente).one()
        assert altra.scade_il - adesso_qui < rules.DURATA_SESSIONE + timedelta(minutes=1), "leggere non allunga"
        sbagliata = {"attuale": "non è questa", "password": "un’altra frase molto lunga", "ripeti": "diversa"}
        assert cliente.post("/profilo", sbagliata).stato in (404, 405, 422)
        assert cliente.post("/password/recupera", {"email": "nessuno@prova.example"}).stato == 200
    with clocks.alle(adesso_qui + quasi + rules.DURATA_SESSIONE - timedelta(seconds=1)):
        assert cliente.get("/profilo").stato == 200
    with clocks.alle(adesso_qui + quasi + rules.DURATA_SESSIONE + timedelta(seconds=1)):
        assert cliente.get("/profilo").luogo.startswith("/accedi")


@pytest.mark.parametrize(("secondi", "volte"), [(30, 0), (61, 1)])
def test_la_sessione_in_uso_si_segna_una_volta_al_minuto(persona, cliente, conta_query, secondi, volte):
    accedi(cliente)
    with clocks.alle(adesso() + timedelta(seconds=secondi)), conta_query() as n:
        cliente.post("/password/recupera", {"email": "nessuno@prova.example"})
    assert sum(frase.startswith("UPDATE sessione_utente") for frase in n.testi) == volte


def test_il_biscotto_non_contiene_l_utente(persona, cliente):
    accedi(cliente)
    gettoni = [s.gettone for s in sessione.query(SessioneUtente)]
    assert all(len(g) == 64 for g in gettoni)
    assert queries.utente_per_gettone(gettoni[0]) is None


def test_si_recupera_la_password_con_un_collegamento_che_vale_una_volta(persona, app, cliente):
    accedi(cliente)
    fuori = Cliente(app)
    assert "Guarda la tua posta" in fuori.post("/password/recupera", {"email": "maria@prova.example"}).testo
    lettera = sessione.query(Messaggio).one()
    collegamento = next(riga for riga in lettera.testo.splitlines() if riga.startswith("http"))
    percorso = collegamento.removeprefix("http://localhost")
    assert fuori.get(percorso).stato == 200
    nuova = {"password": "un’altra frase molto lunga", "ripeti": "un’altra frase molto lunga"}
    assert fuori.post(percorso, {**nuova, "ripeti": "diversa"}).stato == 422
    assert fuori.post(percorso, nuova).luogo == "/accedi"
    assert fuori.get(percorso).stato == 404
    assert cliente.get("/profilo").stato == 303, "le altre sessioni si chiudono"
    assert accedi(fuori, password=nuova["password"]).stato == 303


def test_chiedere_per_un_indirizzo_ignoto_risponde_uguale(persona, cliente):
    assert "Guarda la tua posta" in cliente.post("/password/recupera", {"email": "x@prova.example"}).testo
    assert sessione.query(Messaggio).count() == 0


@pytest.mark.parametrize(
    ("password", "buona"),
    [
        ("corta", False),
        ("aaaaaaaaaaaaaa", False),
        ("passwordpassword", False),
        ("maria ha una password", False),
        ("tre parole lunghe", True),
        ("x" * 201, False),
        (rules.PAROLA_DIMOSTRAZIONE, False),
    ],
)
def test_la_forza_di_una_password(contesto, password, buona):
    assert (rules.difetto_password(password, "maria@prova.example") is None) == buona


def test_la_password_si_cambia_sapendo_quella_di_prima(persona, cliente):
    accedi(cliente)
    dati = {"attuale": "no", "password": "una frase nuova e lunga", "ripeti": "una frase nuova e lunga"}
    assert "Non è la tua password" in cliente.post("/profilo", dati).errore_di("attuale")
    assert cliente.post("/profilo", {**dati, "attuale": PAROLA}).stato == 303
    assert cliente.get("/profilo").stato == 200


@pytest.mark.parametrize(
    ("minuti_fa", "attesa"),
    [([1, 2, 3, 4], 0), ([1, 2, 3, 4, 5], 10 * 60 + 1), ([1, 2, 3, 4, 16], 0), ([0, 0, 0, 0, 0, 14], 15 * 60 + 1)],
)
def test_quanto_si_aspetta(minuti_fa, attesa):
    ora = adesso()
    assert rules.attesa([ora - timedelta(minutes=m) for m in minuti_fa], rules.PER_EMAIL, ora) == attesa


def test_in_produzione_non_si_parte_a_meta():
    with pytest.raises(ConfigurazioneErrata, match="DATABASE_URL"):
        dall_ambiente({"PORTALE_AMBIENTE": "produzione", "SECRET_KEY": "x" * 40})
