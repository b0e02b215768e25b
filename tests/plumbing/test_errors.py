"""Every refusal is a page that says what happened and what to do, and a guasto says nothing of how we are made."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from flask import abort, current_app, make_response, render_template_string, request
from sqlalchemy import text
from sqlalchemy.orm.exc import StaleDataError

from portal.access import public
from portal.db import sessione
from portal.errors import (
    Conflitto,
    ErroreDominio,
    FuoriTermine,
    NonTrovato,
    TransizioneNonAmmessa,
    TroppiTentativi,
    Vietato,
)
from portal.transaction import unita
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.pagina import Cliente
from tests.servizi import postgres

SEGRETO = "host=db.interno password=abracadabra"
ERRORI = {
    "dominio": ErroreDominio("Manca la firma."),
    "assente": NonTrovato(),
    "vietato": Vietato("Solo chi rappresenta l’ente può presentare."),
    "tardi": FuoriTermine("Il termine è passato."),
    "stato": TransizioneNonAmmessa("Qualcuno l’ha già fatto."),
    "conflitto": Conflitto(
        "Un’altra persona ha salvato.",
        mio={"Titolo": "Il <mio> testo"},
        salvato={"Titolo": "Il testo salvato"},
        ritorno="/prova/dominio",
    ),
    "tanti": TroppiTentativi("Troppi tentativi.", 125),
    "superato": StaleDataError(SEGRETO),
    "guasto": RuntimeError(SEGRETO),
}


@pytest.fixture(scope="module")
def con_la_vista(vetrina: Any) -> Any:
    def vista(nome: str) -> Any:
        if nome.isdigit():
            abort(int(nome))
        if nome == "pronta":
            abort(make_response("già pronta", 418, {"Content-Type": "text/plain"}))
        if nome == "leggi":
            return request.form["testo"][:5], 200, {"Content-Type": "text/plain"}
        raise ERRORI[nome]

    vetrina.area.route("/<nome>", endpoint="vista", methods=["GET", "POST"])(public(vista))
    return vetrina


@pytest.fixture
def browser(con_la_vista: Any) -> Cliente:
    return con_la_vista.apri()


@pytest.mark.parametrize(
    ("nome", "stato", "titolo", "detto"),
    [
        ("dominio", 400, "Così non si può fare", "Manca la firma."),
        ("assente", 404, "Qui non c’è nessuna pagina", "Forse l’indirizzo è cambiato"),
        ("vietato", 403, "Adesso non puoi farlo", "Solo chi rappresenta l’ente può presentare."),
        ("tardi", 403, "Adesso non puoi farlo", "Il termine è passato."),
        ("stato", 409, "Nel frattempo qualcosa è cambiato", "Qualcuno l’ha già fatto."),
        ("conflitto", 409, "Qualcun altro ha salvato prima di te", "Un’altra persona ha salvato."),
        ("tanti", 429, "Troppe richieste in poco tempo", "Puoi riprovare tra 3 minuti."),
        ("guasto", 500, "Abbiamo un guasto", "Non dipende da te."),
        ("400", 400, "Questa richiesta non si capisce", "Manca un dato"),
        ("403", 403, "Questa pagina non è per il tuo ruolo", "La pagina esiste"),
        ("404", 404, "Qui non c’è nessuna pagina", "Forse l’indirizzo è cambiato"),
        ("410", 410, "Questa richiesta non si capisce", "Manca un dato"),
        ("413", 413, "Il file è troppo grande", "L’invio pesa più di quanto il portale accetta."),
        ("503", 503, "Abbiamo un guasto", "Non dipende da te."),
    ],
)
def test_ogni_errore_ha_la_sua_pagina(browser: Cliente, nome: str, stato: int, titolo: str, detto: str) -> None:
    pagina = browser.get(f"/prova/{nome}")
    assert pagina.stato == stato
    assert pagina.dom.h1.get_text(strip=True) == titolo
    assert detto in pagina.testo
    assert pagina.dom.find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_chi_ha_provato_troppo_sa_quando_riprovare(browser: Cliente) -> None:
    assert browser.get("/prova/tanti").risposta.headers["Retry-After"] == "125"
    assert "Retry-After" not in browser.get("/prova/dominio").risposta.headers


def test_un_conflitto_mostra_i_due_testi_e_la_via_del_ritorno(browser: Cliente) -> None:
    pagina = browser.get("/prova/conflitto")
    lati = {lato.p.get_text(): lato.div.get_text() for lato in pagina.dom.select(".confronto-lato")}
    assert lati == {"Il tuo testo": "Il <mio> testo", "Il testo salvato": "Il testo salvato"}
    assert pagina.dom.find("a", href="/prova/dominio") is not None


def test_un_salvataggio_superato_rida_quello_che_era_scritto(browser: Cliente) -> None:
    pagina = browser.post("/prova/superato", {"titolo": "Il mio titolo", "password": "segretissima"})
    assert pagina.stato == 409
    assert [t.get_text() for t in pagina.dom.select(".confronto-testo")] == ["Il mio titolo"]
    assert "segretissima" not in pagina.risposta.text
    assert SEGRETO not in pagina.risposta.text


def test_un_guasto_non_dice_come_siamo_fatti(browser: Cliente, capsys: pytest.CaptureFixture[str]) -> None:
    pagina = browser.get("/prova/guasto?email=maria@prova.example")
    for parola in ("abracadabra", "Runtime", "Traceback", ".py"):
        assert parola not in pagina.risposta.text
    [riga] = [json.loads(r) for r in capsys.readouterr().err.splitlines()]
    assert (riga["event"], riga["endpoint"]) == ("errore_imprevisto", "prova.vista")
    assert "builtins.RuntimeError" in riga["exception"]
    assert "abracadabra" not in str(riga)
    assert "maria" not in str(riga)


def test_un_metodo_sbagliato_dice_quali_vanno(browser: Cliente) -> None:
    risposta = browser._chiama("DELETE", "/prova/dominio", headers={"X-CSRFToken": browser.csrf("/accedi")})
    assert risposta.status_code == 405
    assert risposta.headers["Allow"] == "GET, HEAD, OPTIONS, POST"


def test_una_risposta_gia_pronta_passa_com_e(browser: Cliente) -> None:
    risposta = browser.get("/prova/pronta").risposta
    assert (risposta.status_code, risposta.text) == (418, "già pronta")


def test_un_invio_troppo_grande_si_rifiuta_senza_leggerlo(browser: Cliente) -> None:
    gettone = browser.csrf("/accedi")
    grande = browser._chiama(
        "POST",
        "/prova/leggi",
        input_stream=io.BytesIO(b"testo=x"),
        environ_overrides={"CONTENT_LENGTH": str(25 * 1024 * 1024)},
        content_type="application/x-www-form-urlencoded",
        headers={"X-CSRFToken": gettone},
    )
    assert grande.status_code == 413
    a_parti = {"content_type": "multipart/form-data"}
    lungo = {"testo": "x" * (2 * 1024 * 1024 + 1), "csrf_token": gettone}
    assert browser.post("/prova/leggi", lungo, **a_parti).stato == 413
    assert browser.post("/prova/leggi", {**lungo, "testo": "giusto"}, **a_parti).risposta.text == "giust"


def test_una_pagina_che_non_c_e_da_nessuna_parte(browser: Cliente) -> None:
    assert browser.get("/proprio/niente/qui").stato == 404
    assert browser.get("/ambito-che-non-c-e/").stato == 404


@pytest.mark.parametrize("indirizzo", ["/a%00a/", "/prova/dominio?dopo=a%00b", "/prova/404%00"])
def test_un_carattere_che_nessuna_riga_contiene_non_e_un_guasto(browser: Cliente, indirizzo: str) -> None:
    assert browser.get(indirizzo).stato == 404


def amministratrice(browser: Cliente) -> None:
    with browser.app.app_context():
        with unita():
            utente = fabbrica.utente(Ruolo.AMMINISTRATORE)
        browser.accedi(utente)
        sessione.remove()


@pytest.mark.parametrize("metodo", ["GET", "POST"])
def test_dopo_un_errore_della_base_dati_la_pagina_sa_ancora_chi_e_entrato(bottega: Any, metodo: str) -> None:
    @bottega.area.route("/", methods=["GET", "POST"])
    @public
    def vista() -> Any:
        render_template_string("{{ utente.nome }}")
        sessione.execute(text("SELECT * FROM tabella_che_non_c_e"))

    browser = bottega.apri()
    amministratrice(browser)
    pagina = browser.get("/prova/") if metodo == "GET" else browser.post("/prova/", da="/profilo")
    assert pagina.stato == 500
    assert "Persona di prova" in pagina.testo
    assert browser.get("/profilo").stato == 200


def spegni(url: str) -> None:
    """Take the database away, as when its server dies."""
    if url.startswith("sqlite"):
        percorso = Path(url.removeprefix("sqlite:///"))
        percorso.unlink()
        percorso.mkdir()
    else:
        server = postgres.avvia_condiviso()
        assert server is not None
        server.elimina(url.rpartition("/")[2].partition("?")[0])


def test_senza_base_dati_resta_una_pagina_intera_anche_per_chi_era_entrato(bottega: Any) -> None:
    browser = bottega.apri()
    amministratrice(browser)
    assert browser.get("/profilo").stato == 200
    bottega.app.extensions["motore"].dispose()
    spegni(bottega.app.config["PORTALE"].database)
    for indirizzo in ("/profilo", "/un-ambito/", "/accedi"):
        pagina = browser.get(indirizzo)
        assert (indirizzo, pagina.stato) == (indirizzo, 500)
        assert "Abbiamo un guasto" in pagina.testo
        assert pagina.risposta.headers["Cache-Control"] in ("no-store", "no-cache")
    assert browser.get("/salute").stato == 503


def test_le_prove_vedono_l_errore_vero(app: Any) -> None:
    assert app.testing
    assert os.environ.get("FLASK_DEBUG") is None
    with pytest.raises(ZeroDivisionError), app.test_request_context("/"):
        current_app.handle_user_exception(ZeroDivisionError())
