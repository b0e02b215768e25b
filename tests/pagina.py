"""A browser for tests that reads every page it gets and asserts the rules of the house on it.

Each HTML answer must have a language, one title, one h1, one main, labels on its fields, no duplicate ids, a
CSRF token in each form that posts, no inline style, script or handler, and ids that its anchors point to. So every
test that opens a page is a test of its quality.
"""

from __future__ import annotations

from contextvars import Context
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, SoupStrainer
from flask import Flask
from werkzeug.test import TestResponse

from portal import clocks
from portal.db import sessione
from portal.transaction import unita
from portal.utenti import operations as utenti

GETTONE = SoupStrainer("input", attrs={"name": "csrf_token"})
CAMBIANO_SESSIONE = ("/accedi", "/esci", "/password", "/profilo")
SENZA_ETICHETTA = {"hidden", "submit", "button", "image"}


class Pagina:
    """An answer, with its HTML parsed (``dom``) when it is a page."""

    def __init__(self, risposta: TestResponse) -> None:
        self.risposta = risposta
        self.stato = risposta.status_code
        self.html = risposta.mimetype == "text/html" and risposta.status_code not in (301, 302, 303, 304)
        self.dom = BeautifulSoup(risposta.get_data(as_text=True) if self.html else "", "lxml")
        if self.html:
            regole_della_casa(self.dom, risposta)

    @property
    def testo(self) -> str:
        """What a person reads, spaces folded."""
        return " ".join(self.dom.get_text(" ").split())

    @property
    def titolo(self) -> str:
        return self.dom.title.get_text() if self.dom.title else ""

    @property
    def luogo(self) -> str:
        """Where a redirect leads (path and query)."""
        parti = urlsplit(self.risposta.headers.get("Location", ""))
        return parti.path + (f"?{parti.query}" if parti.query else "")

    def errore_di(self, campo: str) -> str:
        """The error written beside a field, empty when there is none."""
        elemento = self.dom.find(attrs={"name": campo})
        if elemento is None or elemento.get("aria-invalid") != "true":
            return ""
        descritto = str(elemento.get("aria-describedby", "")).split()
        testi = [self.dom.find(id=i).get_text(" ", strip=True) for i in descritto if self.dom.find(id=i)]
        return " ".join(testi)

    def valore_di(self, campo: str) -> str:
        """What a field holds: typed text must still be there after an error."""
        elemento = self.dom.find(attrs={"name": campo})
        assert elemento is not None, f"manca il campo {campo}"
        if elemento.name == "textarea":
            return elemento.get_text().removeprefix("\r\n").removeprefix("\n")
        if elemento.name == "select":
            scelta = elemento.find("option", selected=True)
            return str(scelta.get("value")) if scelta else ""
        return str(elemento.get("value", ""))


def regole_della_casa(dom: BeautifulSoup, risposta: TestResponse) -> None:
    html = dom.html
    assert html is not None and html.get("lang") in ("it", "en"), "manca la lingua"
    assert dom.title is not None and dom.title.get_text().strip(), "manca il titolo"
    assert dom.title.get_text().rstrip().endswith("Coprogetta"), dom.title.get_text()
    assert len(dom.find_all("h1")) == 1, f"h1: {[h.get_text(strip=True) for h in dom.find_all('h1')]}"
    assert len(dom.find_all("main")) == 1, "un solo main"
    _id_unici(dom)
    _etichette(dom)
    _moduli(dom)
    _niente_in_linea(dom)
    _titoli_in_ordine(dom)
    for ancora in dom.select('a[href^="#"]'):
        bersaglio = str(ancora["href"])[1:]
        assert not bersaglio or dom.find(id=bersaglio), f"ancora senza bersaglio: #{bersaglio}"
    for collegamento in dom.find_all("a"):
        if collegamento.find_parent(class_="testo-ricco") and not collegamento.get("href"):
            continue  # a link of somebody's text whose address was refused
        assert collegamento.get("href"), f"collegamento senza indirizzo: {collegamento}"
        nome = collegamento.get_text(strip=True) or collegamento.get("aria-label") or collegamento.find("title")
        assert nome, f"collegamento senza nome: {collegamento}"
    csp = risposta.headers.get("Content-Security-Policy", "")
    assert "default-src 'self'" in csp and "unsafe" not in csp


def _id_unici(dom: BeautifulSoup) -> None:
    identificatori = [e["id"] for e in dom.find_all(id=True)]
    doppi = {i for i in identificatori if identificatori.count(i) > 1}
    assert not doppi, f"id doppi: {doppi}"
    for elemento in dom.find_all(attrs={"aria-describedby": True}) + dom.find_all(attrs={"aria-labelledby": True}):
        for attributo in ("aria-describedby", "aria-labelledby"):
            for i in str(elemento.get(attributo, "")).split():
                assert i in identificatori, f"{attributo} indica #{i}, che non c’è"


def _etichette(dom: BeautifulSoup) -> None:
    per = {e.get("for") for e in dom.find_all("label")}
    for campo in dom.find_all(["input", "select", "textarea"]):
        if campo.get("type") in SENZA_ETICHETTA:
            continue
        nome = (
            campo.get("id") in per or campo.get("aria-label") or campo.get("aria-labelledby") or campo.find_parent("label")
        )
        assert nome, f"campo senza etichetta: {campo.get('name')}"


def _moduli(dom: BeautifulSoup) -> None:
    for modulo in dom.find_all("form"):
        if str(modulo.get("method", "get")).lower() == "post":
            assert modulo.find("input", attrs={"name": "csrf_token"}), f"modulo senza CSRF: {modulo.get('action')}"
            assert modulo.find(["button", "input"], attrs={"type": ["submit", None]}), "modulo senza bottone"


def _niente_in_linea(dom: BeautifulSoup) -> None:
    assert not dom.find_all(style=True), [str(e)[:80] for e in dom.find_all(style=True)]
    assert not dom.find_all("style")
    assert all(s.get("src") for s in dom.find_all("script"))
    for elemento in dom.find_all(True):
        assert not [a for a in elemento.attrs if a.startswith("on")], f"gestore in linea: {elemento}"


def _titoli_in_ordine(dom: BeautifulSoup) -> None:
    livello = 0
    principale = dom.main or dom
    for titolo in principale.find_all(["h1", "h2", "h3", "h4", "h5", "h6"]):
        nuovo = int(titolo.name[1])
        assert nuovo <= livello + 1 or livello == 0, f"titolo saltato: {titolo.get_text(strip=True)}"
        livello = nuovo


class Cliente:
    """Opens pages and sends forms. ``get`` and ``post`` return a checked ``Pagina``."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._client = app.test_client()
        self._gettone: str | None = None

    def get(self, indirizzo: str, **opzioni: Any) -> Pagina:
        return Pagina(self._chiama("GET", indirizzo, **opzioni))

    def post(self, indirizzo: str, dati: dict[str, Any] | None = None, *, da: str | None = None, **opzioni: Any) -> Pagina:
        """Send a form. The CSRF token is taken from the page ``da`` (by default the address itself, else any page).

        It holds as long as the session does: it is looked for again after a log-in, a log-out, a refusal.
        """
        valori = dict(dati or {})
        valori.setdefault("csrf_token", self.csrf(da or indirizzo))
        risposta = self._chiama("POST", indirizzo, data=valori, **opzioni)
        if risposta.status_code == 400 or indirizzo.startswith(CAMBIANO_SESSIONE):
            self._gettone = None
        return Pagina(risposta)

    def _chiama(self, metodo: str, indirizzo: str, **opzioni: Any) -> TestResponse:
        """A request sees what the test has written so far and the test's clock, and nothing else of the test's context."""
        sessione.commit()
        contesto = Context()
        contesto.run(clocks._fermato.set, clocks._fermato.get())
        return contesto.run(self._client.open, indirizzo, method=metodo, **opzioni)

    def csrf(self, indirizzo: str) -> str:
        if self._gettone is not None:
            return self._gettone
        for luogo in (indirizzo, "/accedi"):
            risposta = self._chiama("GET", luogo)
            campo = BeautifulSoup(risposta.get_data(as_text=True), "lxml", parse_only=GETTONE).find("input")
            if campo is not None:
                self._gettone = str(campo["value"])
                return self._gettone
        raise AssertionError("nessuna pagina con un gettone CSRF")

    def modulo(self, pagina: Pagina, indice: int | None = None) -> dict[str, Any]:
        """The values of a form of the page as a browser would send them untouched (the last POST form by default)."""
        moduli = [m for m in pagina.dom.main.find_all("form") if str(m.get("method", "")).lower() == "post"]
        return valori_del_modulo(moduli[indice if indice is not None else -1])

    def accedi(self, utente: Any) -> None:
        """Open a session for the user without going through the password (the login page has its own tests)."""
        sessione.commit()
        with self.app.app_context(), unita():
            gettone = utenti.apri_sessione(utente, dispositivo="prova")
        Context().run(self._metti_nel_biscotto, gettone)

    def _metti_nel_biscotto(self, gettone: str) -> None:
        with self._client.session_transaction() as biscotto:
            biscotto["_user_id"] = gettone
            biscotto["_fresh"] = True


def valori_del_modulo(modulo: Any) -> dict[str, Any]:
    valori: dict[str, Any] = {}
    for campo in modulo.find_all(["input", "select", "textarea"]):
        nome, tipo = campo.get("name"), campo.get("type")
        if (
            not nome
            or tipo in ("submit", "file", "button")
            or (tipo in ("checkbox", "radio") and not campo.has_attr("checked"))
        ):
            continue
        if campo.name == "textarea":
            valore = campo.get_text().removeprefix("\r\n").removeprefix("\n")
        elif campo.name == "select":
            scelta = campo.find("option", selected=True) or campo.find("option")
            valore = scelta.get("value", "") if scelta else ""
        else:
            valore = campo.get("value", "on" if tipo == "checkbox" else "")
        if nome in valori:
            valori[nome] = [*(valori[nome] if isinstance(valori[nome], list) else [valori[nome]]), valore]
        else:
            valori[nome] = valore
    return valori
