"""One registry of permissions, and what a visitor sees when the answer is no."""

from __future__ import annotations

from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from flask import request
from sqlalchemy import delete

from portal.access import VietatoPerche, can, check, public, regola, requires
from portal.db import sessione
from portal.errors import NonTrovato, Vietato
from portal.transaction import unita
from portal.utenti.models import Ruolo, SessioneUtente
from tests import fabbrica
from tests.pagina import Cliente

ANONIMO = SimpleNamespace(is_authenticated=False)
MARIA = SimpleNamespace(is_authenticated=True, nome="maria")
PERSONA = count(1)
LUCA = SimpleNamespace(is_authenticated=True, nome="luca")
CASA = SimpleNamespace(di="maria", vicino="luca")
TESTO = {"Content-Type": "text/plain"}


@pytest.fixture(autouse=True)
def _regole_di_prova(senza_resti: None) -> None:
    regola("prova.apri")(lambda utente, casa: utente.nome == casa.di)
    regola("prova.bussa", noto_a=lambda utente, casa: utente.nome == casa.vicino)(
        lambda utente, casa: utente.nome == casa.di
    )


def test_can_risponde_e_non_solleva() -> None:
    assert can("prova.apri", CASA, MARIA) is True
    assert can("prova.apri", CASA, LUCA) is False
    assert can("prova.apri", CASA, ANONIMO) is False
    with pytest.raises(KeyError):
        can("prova.inesistente", CASA, MARIA)


@pytest.mark.parametrize("permesso", ["prova.apri", "prova.bussa"])
def test_check_lascia_passare_chi_puo(permesso: str) -> None:
    check(permesso, CASA, MARIA)


@pytest.mark.parametrize(
    ("permesso", "utente", "errore"),
    [("prova.apri", LUCA, NonTrovato), ("prova.bussa", LUCA, Vietato), ("prova.apri", ANONIMO, NonTrovato)],
)
def test_check_dice_che_non_c_e_a_chi_non_deve_saperlo(italiano: None, permesso: str, utente: Any, errore: type) -> None:
    with pytest.raises(errore) as sollevato:
        check(permesso, CASA, utente)
    assert type(sollevato.value) is errore


def test_una_regola_puo_dire_perche(italiano: None) -> None:
    regola("prova.serra", noto_a=lambda u, casa: u.nome == casa.vicino, perche="Chi è vicino si astiene.")(
        lambda u, casa: False
    )
    with pytest.raises(VietatoPerche) as sollevato:
        check("prova.serra", CASA, LUCA)
    assert (sollevato.value.messaggio, sollevato.value.stato_http) == ("Chi è vicino si astiene.", 403)
    with pytest.raises(NonTrovato):
        check("prova.serra", CASA, MARIA)


def test_il_perche_puo_dipendere_da_chi_e_da_che_cosa(italiano: None) -> None:
    """With no words for that person, the usual ones."""
    regola("prova.orto", noto_a=lambda u, casa: True, perche=lambda u, casa: "Ti astieni." if u is LUCA else None)(
        lambda u, casa: False
    )
    with pytest.raises(VietatoPerche, match=r"^Ti astieni\.$"):
        check("prova.orto", CASA, LUCA)
    with pytest.raises(Vietato, match="Il tuo ruolo non permette") as sollevato:
        check("prova.orto", CASA, MARIA)
    assert type(sollevato.value) is Vietato


def test_uno_sconosciuto_non_sa_neppure_che_c_e() -> None:
    with pytest.raises(NonTrovato):
        check("prova.bussa", CASA, SimpleNamespace(is_authenticated=True, nome="estranea"))


def test_un_permesso_si_dichiara_una_volta() -> None:
    with pytest.raises(RuntimeError, match=r"permesso dichiarato due volte: prova\.apri"):
        regola("prova.apri")(lambda utente, casa: True)


def test_le_viste_dicono_che_accesso_vogliono() -> None:
    assert public(lambda: "").accesso == "pubblico"
    assert requires("prova.apri")(lambda: "").accesso == "prova.apri"


@pytest.fixture(scope="module")
def con_le_viste(bottega_comune: Any) -> Any:
    """Views: ``/libera`` for everyone, ``/casa/<chi>`` (404 when refused), ``/cancello/<chi>`` (403 for operators)."""

    def carica(chi: str) -> Any:
        return SimpleNamespace(chi=chi) if chi != "nessuno" else None

    def mostra(casa: Any) -> Any:
        return f"{request.method} {casa.chi} {request.form.get('testo', '')}", 200, TESTO

    rotta, metodi = bottega_comune.area.route, ["GET", "POST"]
    rotta("/casa/<chi>", endpoint="casa", methods=metodi)(requires("prova.maria", load=carica)(mostra))
    rotta("/cancello/<chi>", endpoint="cancello")(requires("prova.cancello", load=carica)(mostra))
    rotta("/libera", endpoint="libera")(public(lambda: ("libera", 200, TESTO)))
    rotta("/niente", endpoint="niente")(requires("prova.niente")(lambda: ("niente", 200, TESTO)))
    return bottega_comune


@pytest.fixture
def browser(con_le_viste: Any) -> Any:
    for utente in ("maria", "luca"):
        regola(f"prova.{utente}")(lambda u, casa: u.ha(Ruolo.AMMINISTRATORE))
    regola("prova.cancello", noto_a=lambda u, casa: u.email.startswith("nota"))(lambda u, casa: u.ha(Ruolo.AMMINISTRATORE))
    regola("prova.niente")(lambda u, oggetto: oggetto is None)
    return con_le_viste.apri()


def entra(browser: Cliente, ruolo: Ruolo | None = None, email: str | None = None) -> Any:
    with browser.app.app_context():
        with unita():
            utente = fabbrica.utente(ruolo, email=email and email.replace("@", f"-{next(PERSONA)}@"))
        browser.accedi(utente)
        sessione.remove()
    return utente


def test_un_anonimo_va_ad_accedere_e_poi_torna(browser: Cliente) -> None:
    assert browser.get("/prova/libera").stato == 200
    risposta = browser.get("/prova/casa/maria?scheda=B.7&q=due parole")
    assert risposta.stato == 303
    assert risposta.luogo == "/accedi?prossima=/prova/casa/maria?scheda%3DB.7%26q%3Ddue+parole"
    pagina = browser.get(risposta.luogo)
    assert pagina.valore_di("prossima") == "/prova/casa/maria?scheda=B.7&q=due parole"


def test_anche_una_head_va_ad_accedere(browser: Cliente) -> None:
    assert browser._chiama("HEAD", "/prova/casa/maria").status_code == 303


def test_un_anonimo_non_sa_se_una_cosa_esiste(browser: Cliente) -> None:
    assert browser.get("/prova/casa/nessuno").stato == browser.get("/prova/casa/maria").stato == 303


def test_chi_puo_entra(browser: Cliente) -> None:
    entra(browser, Ruolo.AMMINISTRATORE)
    assert browser.get("/prova/casa/maria").risposta.text == "GET maria "
    assert browser.get("/prova/niente").risposta.text == "niente"


@pytest.mark.parametrize(
    ("email", "indirizzo", "stato"),
    [
        ("ignota@prova.example", "/prova/casa/maria", 404),
        ("ignota@prova.example", "/prova/cancello/maria", 404),
        ("nota@prova.example", "/prova/cancello/maria", 403),
        ("nota@prova.example", "/prova/cancello/nessuno", 404),
    ],
)
def test_chi_non_puo_vede_404_o_403(browser: Cliente, email: str, indirizzo: str, stato: int) -> None:
    entra(browser, email=email)
    pagina = browser.get(indirizzo)
    assert pagina.stato == stato
    assert ("Qui non c’è nessuna pagina" in pagina.testo) == (stato == 404)
    assert ("Il tuo ruolo non permette questa operazione." in pagina.testo) == (stato == 403)


def test_un_modulo_inviato_con_la_sessione_scaduta_non_si_perde(browser: Cliente) -> None:
    entra(browser, Ruolo.AMMINISTRATORE)
    gettone = browser.csrf("/profilo")
    with browser.app.app_context(), unita():
        sessione.execute(delete(SessioneUtente))
    scritto = {
        "testo": 'una <b>frase</b> lunga "mezz’ora"',
        "scelte": ["a", "b"],
        "password": "segretissima",
        "csrf_token": gettone,
    }
    pagina = browser.post("/prova/casa/maria", scritto)
    assert pagina.stato == 401
    assert "segretissima" not in pagina.risposta.text
    da_rimandare = browser.modulo(pagina)
    assert da_rimandare.pop("csrf_token") != ""
    assert da_rimandare == {"testo": scritto["testo"], "scelte": ["a", "b"]}
    modulo = pagina.dom.main.find("form", method="post")
    assert modulo["action"] == "/prova/casa/maria"
    entra(browser, Ruolo.AMMINISTRATORE)
    rimandato = browser.post(modulo["action"], da_rimandare)
    assert rimandato.risposta.text == f"POST maria {scritto['testo']}"


def test_senza_un_gettone_valido_non_si_scrive_e_il_testo_resta(browser: Cliente) -> None:
    entra(browser, Ruolo.AMMINISTRATORE)
    pagina = browser.post("/prova/casa/maria", {"testo": "una frase", "csrf_token": "inventato"})
    assert pagina.stato == 400
    assert browser.modulo(pagina)["testo"] == "una frase"
    assert browser.post("/prova/casa/maria", browser.modulo(pagina)).risposta.text == "POST maria una frase"
