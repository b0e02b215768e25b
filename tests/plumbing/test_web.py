"""What every answer carries, whatever it is; what is cached and what never; files served from nowhere else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from flask import g, redirect, request, url_for
from flask_login import current_user
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.access import public
from portal.ambiti.models import Ambito
from portal.config import Config
from portal.db import sessione
from portal.templating import asset, bi
from portal.tenancy import ambito_corrente, tutti_gli_ambiti
from portal.transaction import unita
from portal.web import Area, assoluto, indirizzo, pagina_interna
from tests import fabbrica
from tests.conftest import Banca
from tests.pagina import Cliente
from tests.plumbing.conftest import apri_bottega

SEMPRE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
}
TESTO = {"Content-Type": "text/plain"}
ANNO = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module")
def con_le_viste(vetrina: Any) -> Any:
    area = vetrina.area
    area.route("/testo", endpoint="testo")(public(lambda: ("testo", 200, TESTO)))
    area.route("/dati", endpoint="dati")(public(lambda: {"a": 1}))
    area.route("/vai", endpoint="vai", methods=["GET", "POST"])(public(lambda: redirect("/accedi", 303)))
    area.route("/guasto", endpoint="guasto")(public(lambda: 1 / 0))
    area.route("/pubblica", endpoint="pubblica")(
        public(lambda: ("x", 200, {**TESTO, "Cache-Control": "public, max-age=60"}))
    )
    area.route("/pagina", endpoint="pagina")(public(lambda: "<p>x"))
    area.route("/numero/<int:n>", endpoint="numero")(public(lambda n: (str(n), 200, TESTO)))
    area.route("/file", endpoint="file")(public(un_file))
    return vetrina


def un_file() -> Any:
    return current_user.is_authenticated and "file", 200, {"Content-Type": "application/pdf", "Cache-Control": "public"}


@pytest.fixture
def browser(con_le_viste: Any) -> Cliente:
    return con_le_viste.apri()


def entra(browser: Cliente) -> None:
    with browser.app.app_context():
        with unita():
            utente = fabbrica.utente()
        browser.accedi(utente)
        sessione.remove()


def prendi(browser: Cliente, indirizzo: str, **opzioni: Any) -> TestResponse:
    return browser._chiama("GET", indirizzo, **opzioni)


def indirizzi(browser: Cliente) -> dict[str, int]:
    with browser.app.test_request_context("/"):
        files = {asset("css/portale.css"): 200, bi("svg/sprites.svg"): 200}
    prova = {"testo": 200, "dati": 200, "vai": 303, "guasto": 500, "niente": 404}
    altri = {"/accedi": 200, "/robots.txt": 200, "/static/niente.css": 404, "/profilo": 303, "/a%00b/": 404}
    return {**files, **{f"/prova/{k}": v for k, v in prova.items()}, **altri}


def test_le_intestazioni_ci_sono_su_ogni_genere_di_risposta(browser: Cliente) -> None:
    for luogo, stato in indirizzi(browser).items():
        risposta = prendi(browser, luogo)
        assert (luogo, risposta.status_code) == (luogo, stato)
        assert {nome: risposta.headers.get(nome) for nome in SEMPRE} == SEMPRE, luogo
        assert "Strict-Transport-Security" not in risposta.headers
    rifiutata = browser._chiama("POST", "/prova/vai", data={"csrf_token": "no"})
    assert rifiutata.status_code == 400
    assert rifiutata.headers["Content-Security-Policy"] == SEMPRE["Content-Security-Policy"]


def test_solo_https_promette_https(browser: Cliente) -> None:
    sicura = prendi(browser, "/prova/testo", base_url="https://portale.example")
    assert sicura.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(("proxy", "creduto"), [(0, False), (1, True)])
def test_si_crede_a_chi_sta_davanti_solo_se_c_e(tmp_path: Path, compilati: Any, proxy: int, creduto: bool) -> None:
    def vista() -> Any:
        return f"{request.scheme} {request.host} {request.remote_addr}", 200, TESTO

    testate = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "portale.example", "X-Forwarded-For": "192.0.2.7"}
    url = sqlite_nuova()
    with apri_bottega(url, tmp_path, compilati, proxy=proxy) as bottega:
        bottega.area.route("/")(public(vista))
        risposta = bottega.apri()._chiama("GET", "/prova/", headers=testate)
    assert risposta.text == ("https portale.example 192.0.2.7" if creduto else "http localhost 127.0.0.1")
    assert ("Strict-Transport-Security" in risposta.headers) == creduto


def sqlite_nuova() -> str:
    return Banca("sqlite", Path(os.environ["PORTALE_PROVE"])).nuova()


def test_la_pagina_di_chi_e_entrato_non_resta_nel_computer(browser: Cliente) -> None:
    prima = {luogo: prendi(browser, luogo).headers.get("Cache-Control") for luogo in ("/accedi", "/prova/pubblica")}
    entra(browser)
    dopo = {luogo: prendi(browser, luogo).headers.get("Cache-Control") for luogo in ("/profilo", "/scrivania")}
    assert prima == {"/accedi": "no-cache", "/prova/pubblica": "public, max-age=60"}
    assert dopo == {"/profilo": "no-store", "/scrivania": "no-store"}


def test_vale_anche_per_un_file_mostrato_a_chi_e_entrato(browser: Cliente) -> None:
    entra(browser)
    assert prendi(browser, "/prova/file").headers["Cache-Control"] == "no-store"


def test_i_nostri_file_si_tengono_finche_non_cambiano(browser: Cliente) -> None:
    with browser.app.test_request_context("/"):
        nostro, di_bootstrap = asset("css/portale.css"), bi("svg/sprites.svg")
    assert "?v=" in nostro
    assert "?v=" in di_bootstrap
    entra(browser)
    assert prendi(browser, nostro).headers["Cache-Control"] == ANNO
    assert prendi(browser, di_bootstrap).headers["Cache-Control"] == ANNO
    assert prendi(browser, "/static/css/portale.css").headers["Cache-Control"] == "no-cache"
    assert prendi(browser, "/static/css/niente.css?v=1").headers["Cache-Control"] != ANNO
    etichetta = prendi(browser, nostro).headers["ETag"]
    assert prendi(browser, nostro, headers={"If-None-Match": etichetta}).status_code == 304


@pytest.mark.parametrize("radice", ["/static/", "/static/bi/"])
@pytest.mark.parametrize(
    "percorso",
    [
        "../pyproject.toml",
        "../../pyproject.toml",
        "..%2f..%2fpyproject.toml",
        "%2e%2e/%2e%2e/pyproject.toml",
        "....//pyproject.toml",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "css/../../../pyproject.toml",
        "..\\pyproject.toml",
        "%00",
        "",
        "css",
    ],
)
def test_dai_file_non_si_esce(browser: Cliente, radice: str, percorso: str) -> None:
    risposta = prendi(browser, radice + percorso)
    assert risposta.status_code in (404, 308)
    assert "requires-python" not in risposta.text
    assert "root:" not in risposta.text


@pytest.mark.parametrize(
    ("numero", "stato"), [("7", 200), ("2147483647", 200), ("2147483648", 404), ("9" * 60, 404), ("-1", 404), ("a", 404)]
)
def test_un_numero_che_la_base_dati_non_contiene_non_e_di_nessuna_riga(browser: Cliente, numero: str, stato: int) -> None:
    assert prendi(browser, f"/prova/numero/{numero}").status_code == stato


@pytest.mark.parametrize(
    ("chiesto", "dato"),
    [
        ("/profilo", "/profilo"),
        ("/casarano/avvisi?stato=aperti&q=a b", "/casarano/avvisi?stato=aperti&q=a b"),
        ("/", "/"),
        (None, None),
        ("", None),
        ("profilo", None),
        ("https://cattivo.example/", None),
        ("//cattivo.example", None),
        ("///cattivo.example", None),
        ("/\\cattivo.example", None),
        ("\\\\cattivo.example", None),
        ("/\t/cattivo.example", None),
        ("/ok\r\nSet-Cookie: a=b", None),
        ("/\u2028x", None),
        ("javascript:alert(1)", None),
        (" /profilo", None),
    ],
)
def test_dopo_l_accesso_si_va_solo_in_casa(chiesto: str | None, dato: str | None) -> None:
    assert pagina_interna(chiesto) == dato


def test_accedere_non_porta_fuori(browser: Cliente) -> None:
    pagina = browser.get("/accedi?prossima=https://cattivo.example/")
    assert "cattivo.example" not in str(pagina.dom.main)


def test_l_ambito_della_pagina_entra_da_se_negli_indirizzi(app: Any, contesto: Any) -> None:
    g.ambito = fabbrica.ambito("aa")
    assert indirizzo("avvisi.elenco") == "/aa/avvisi"
    assert indirizzo("avvisi.elenco", ambito="bb") == "/bb/avvisi"
    assert url_for("utenti.accedi") == "/accedi"
    assert assoluto("avvisi.elenco") == "http://localhost/aa/avvisi"


def test_dalla_parola_dell_indirizzo_si_arriva_all_ambito(bottega: Any) -> None:
    area = Area("nello", __name__, prefisso="/prova")

    @area.get("/")
    @public
    def vista() -> Any:
        return f"{g.ambito.slug} {ambito_corrente() == g.ambito.id} {' '.join(g.comuni)}", 200, TESTO

    bottega.app.register_blueprint(area)
    browser = bottega.apri()
    with bottega.app.app_context(), tutti_gli_ambiti(), unita():
        fabbrica.ambito("aa", comuni=("Zeta", "Alfa", "Beta"))
    assert prendi(browser, "/aa/prova/").text == "aa True Zeta Alfa Beta"
    assert prendi(browser, "/bb/prova/").status_code == 404
    with bottega.app.app_context():
        assert sessione.scalars(select(Ambito.slug)).all() == ["aa"]
        sessione.remove()


def test_una_vista_che_scrive_si_riconosce() -> None:
    area = Area("a", __name__, dell_ambito=False)
    viste = {}
    for nome, metodi in {
        "legge": ["GET"],
        "scrive": ["POST"],
        "tutt_e_due": ["GET", "POST"],
        "cancella": ["DELETE"],
    }.items():
        area.route(f"/{nome}", endpoint=nome, methods=metodi)(public(lambda: ""))
    finta = type("App", (), {"add_url_rule": lambda _s, _r, nome, vista, **_o: viste.__setitem__(nome, vista)})
    for rimandata in area.deferred_functions:
        rimandata(area.make_setup_state(finta(), {"url_prefix": ""}, True))  # type: ignore[arg-type]
    assert {nome.removeprefix("a."): getattr(v, "scrive", False) for nome, v in viste.items()} == {
        "legge": False,
        "scrive": True,
        "tutt_e_due": True,
        "cancella": True,
    }


def test_il_biscotto_di_https_e_solo_di_https(tmp_path: Path, compilati: Any) -> None:
    with apri_bottega(sqlite_nuova(), tmp_path, compilati, indirizzo="https://portale.example") as bottega:
        risposta = bottega.app.test_client().get("/accedi", base_url="https://portale.example")
    biscotto = risposta.headers["Set-Cookie"]
    assert biscotto.startswith("__Host-portale=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {p.strip() for p in biscotto.split(";")}
    assert Config(indirizzo="https://portale.example").https
