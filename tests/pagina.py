"""A browser for tests that reads every page it gets and asserts the rules of the house on it.

Each HTML answer must have a language, one title, one h1, one main, labels on its fields, no duplicate ids, a
CSRF token in each form that posts, no inline style, script or handler, and ids that its anchors point to. So every
test that opens a page is a test of its quality.
"""

from __future__ import annotations

import re
from collections import Counter
from contextvars import Context
from functools import cached_property
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from lxml.html import HtmlElement, HTMLParser, document_fromstring, tostring
from werkzeug.test import TestResponse

from portal import clocks
from portal.db import sessione
from portal.transaction import unita
from portal.utenti import operations as utenti

GETTONE = re.compile(r"""name=["']csrf_token["'][^>]*value=["']([^"']+)["']""")
CON_UN_MODULO = "/verifica"
CAMBIANO_SESSIONE = ("/accedi", "/esci", "/password", "/profilo")
SCRITTO_DA_QUALCUNO = "boolean(ancestor::*[contains(concat(' ', @class, ' '), ' testo-ricco ')])"
SENZA_ETICHETTA = {"hidden", "submit", "button", "image"}


class Pagina:
    """An answer, with its HTML parsed (``dom``) when it is a page."""

    def __init__(self, risposta: TestResponse) -> None:
        self.risposta = risposta
        self.stato = risposta.status_code
        self.html = risposta.mimetype == "text/html" and risposta.status_code not in (301, 302, 303, 304)
        if self.html:
            self._radice = document_fromstring(risposta.get_data(), parser=HTMLParser(encoding="utf-8"))
            regole_della_casa(self._radice, risposta.headers.get("Content-Security-Policy", ""))

    @cached_property
    def dom(self) -> BeautifulSoup:
        """The page as a tree to ask questions of; empty when the answer is no page. Read when first asked for."""
        return BeautifulSoup(self.risposta.get_data(as_text=True) if self.html else "", "lxml")

    @property
    def testo(self) -> str:
        """What a person reads, spaces folded."""
        return " ".join(" ".join(self._radice.xpath("//text()")).split()) if self.html else ""

    @property
    def titolo(self) -> str:
        return (self._radice.findtext(".//title") or "") if self.html else ""

    @property
    def luogo(self) -> str:
        """Where a redirect leads (path and query)."""
        parti = urlsplit(self.risposta.headers.get("Location", ""))
        return parti.path + (f"?{parti.query}" if parti.query else "")

    def errore_di(self, campo: str) -> str:
        """The error written beside a field, empty when there is none."""
        elemento = self._campo(campo)
        if elemento is None or elemento.get("aria-invalid") != "true":
            return ""
        vicini = [self._radice.get_element_by_id(i, None) for i in elemento.get("aria-describedby", "").split()]
        return " ".join(parola for vicino in vicini if vicino is not None for parola in vicino.text_content().split())

    def valore_di(self, campo: str) -> str:
        """What a field holds: typed text must still be there after an error."""
        elemento = self._campo(campo)
        assert elemento is not None, f"manca il campo {campo}"
        if elemento.tag == "select" and elemento.find(".//option[@selected]") is None:
            return ""
        return valore_del_campo(elemento)

    def _campo(self, nome: str) -> HtmlElement | None:
        return next(iter(self._radice.xpath("//*[@name=$nome]", nome=nome)), None) if self.html else None

    def moduli(self) -> list[HtmlElement]:
        """The forms of the content that write something, in order."""
        return [m for m in self._radice.find(".//main").iter("form") if m.get("method", "").lower() == "post"]


def regole_della_casa(html: HtmlElement, csp: str) -> None:
    assert html.get("lang") in ("it", "en"), "manca la lingua"
    titolo = html.findtext(".//title") or ""
    assert titolo.strip(), "manca il titolo"
    assert titolo.rstrip().endswith("Coprogetta"), titolo
    assert html.xpath("count(//h1)") == 1, f"h1: {[h.text_content().strip() for h in html.iter('h1')]}"
    assert html.xpath("count(//main)") == 1, "un solo main"
    identificatori = html.xpath("//@id")
    unici = set(identificatori)
    _indicati(html, identificatori, unici)
    _etichette(html)
    _moduli(html)
    _niente_in_linea(html)
    _titoli_in_ordine(html)
    _ancore(html, unici)
    assert "default-src 'self'" in csp and "unsafe" not in csp


def _indicati(html: HtmlElement, identificatori: list[str], unici: set[str]) -> None:
    assert len(identificatori) == len(unici), f"id doppi: {[i for i, n in Counter(identificatori).items() if n > 1]}"
    for indicati in html.xpath("//@aria-describedby | //@aria-labelledby"):
        assert not (mancano := set(indicati.split()) - unici), f"si indica #{mancano}, che non c’è"


def _etichette(html: HtmlElement) -> None:
    per = set(html.xpath("//label/@for"))
    for campo in html.iter("input", "select", "textarea"):
        if campo.get("type") in SENZA_ETICHETTA:
            continue
        nome = campo.get("id") in per or campo.get("aria-label") or campo.get("aria-labelledby")
        assert nome or campo.xpath("boolean(ancestor::label)"), f"campo senza etichetta: {campo.get('name')}"


def _moduli(html: HtmlElement) -> None:
    for modulo in html.iter("form"):
        if modulo.get("method", "get").lower() == "post":
            assert modulo.xpath("boolean(.//input[@name='csrf_token'])"), f"modulo senza CSRF: {modulo.get('action')}"
            bottoni = ".//button[@type='submit' or not(@type)] | .//input[@type='submit']"
            assert modulo.xpath(bottoni), "modulo senza bottone"


def _niente_in_linea(html: HtmlElement) -> None:
    assert not html.xpath("//@style"), html.xpath("//@style")[0]
    assert not html.xpath("//style"), "stile nella pagina"
    assert not html.xpath("//script[not(@src)]"), "script nella pagina"
    gestori = html.xpath("//@*[starts-with(name(), 'on')]")
    assert not gestori, f"gestore in linea: {gestori}"


def _titoli_in_ordine(html: HtmlElement) -> None:
    livello = 0
    for titolo in html.find(".//main").iter("h1", "h2", "h3", "h4", "h5", "h6"):
        nuovo = int(titolo.tag[1])
        assert nuovo <= livello + 1 or livello == 0, f"titolo saltato: {titolo.text_content().strip()}"
        livello = nuovo


def _ancore(html: HtmlElement, identificatori: set[str]) -> None:
    for collegamento in html.iter("a"):
        dove = collegamento.get("href")
        if not dove:  # a link of somebody's text whose address was refused
            assert collegamento.xpath(SCRITTO_DA_QUALCUNO), f"collegamento senza indirizzo: {tostring(collegamento)}"
            continue
        assert not dove.startswith("#") or not dove[1:] or dove[1:] in identificatori, f"ancora senza bersaglio: {dove}"
        nome = (
            collegamento.get("aria-label")
            or collegamento.text_content().strip()
            or collegamento.find(".//title") is not None
        )
        assert nome, f"collegamento senza nome: {tostring(collegamento)}"


class Cliente:
    """Opens pages and sends forms. ``get`` and ``post`` return a checked ``Pagina``."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._client = app.test_client()
        self._gettone: str | None = None

    def get(self, indirizzo: str, **opzioni: Any) -> Pagina:
        return Pagina(self._chiama("GET", indirizzo, **opzioni))

    def post(self, indirizzo: str, dati: dict[str, Any] | None = None, *, da: str | None = None, **opzioni: Any) -> Pagina:
        """Send a form. The CSRF token is taken from the page ``da``; by default it is one that such a page would have.

        It holds as long as the session does: it is looked for again after a log-in, a log-out, a refusal.
        """
        valori = dict(dati or {})
        valori.setdefault("csrf_token", self.csrf(da) if da else self._gettone_di_sessione())
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
        for luogo in (indirizzo, CON_UN_MODULO, "/accedi"):
            risposta = self._chiama("GET", luogo)
            if trovato := GETTONE.search(risposta.get_data(as_text=True)):
                self._gettone = trovato[1]
                return self._gettone
        raise AssertionError("nessuna pagina con un gettone CSRF")

    def _gettone_di_sessione(self) -> str:
        """The token of any page of this session, without opening one: what Flask-WTF signs is in the cookie."""
        if self._gettone is None:
            sessione.commit()  # as at every request: its end forgets what the test has not saved
            grezzo = Context().run(self._segreto_del_modulo)
            self._gettone = str(URLSafeTimedSerializer(self.app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(grezzo))
        return self._gettone

    def _segreto_del_modulo(self) -> str:
        with self._client.session_transaction() as biscotto:
            return str(biscotto.setdefault("csrf_token", token_hex(20)))

    def modulo(self, pagina: Pagina, indice: int | None = None) -> dict[str, Any]:
        """The values of a form of the page as a browser would send them untouched (the last POST form by default)."""
        return valori_del_modulo(pagina.moduli()[indice if indice is not None else -1])

    def accedi(self, utente: Any) -> None:
        """Open a session for the user without going through the password (the login page has its own tests)."""
        sessione.commit()
        with self.app.app_context(), unita():
            gettone = utenti.apri_sessione(utente, dispositivo="prova")
        Context().run(self._metti_nel_biscotto, gettone)

    def biscotto(self) -> str | None:
        """The cookie of the session, as a browser keeps it."""
        tenuto = self._client.get_cookie(self.app.config["SESSION_COOKIE_NAME"])
        return tenuto.value if tenuto else None

    def _metti_nel_biscotto(self, gettone: str) -> None:
        with self._client.session_transaction() as biscotto:
            biscotto["_user_id"] = gettone
            biscotto["_fresh"] = True


def valori_del_modulo(modulo: HtmlElement) -> dict[str, Any]:
    valori: dict[str, Any] = {}
    for campo in modulo.iter("input", "select", "textarea"):
        nome, tipo = campo.get("name"), campo.get("type")
        spento = tipo in ("checkbox", "radio") and campo.get("checked") is None
        if not nome or spento or tipo in ("submit", "file", "button"):
            continue
        valore = valore_del_campo(campo)
        if nome in valori:
            valori[nome] = [*(valori[nome] if isinstance(valori[nome], list) else [valori[nome]]), valore]
        else:
            valori[nome] = valore
    return valori


def valore_del_campo(campo: HtmlElement) -> str:
    """What a browser would send for a field that nobody touched: of a list without a choice, its first line."""
    if campo.tag == "textarea":
        return str(campo.text_content()).removeprefix("\r\n").removeprefix("\n")
    if campo.tag == "select":
        scelte = campo.xpath(".//option[@selected]") or campo.xpath(".//option")
        return str(scelte[0].get("value", "")) if scelte else ""
    return str(campo.get("value", "on" if campo.get("type") == "checkbox" else ""))
