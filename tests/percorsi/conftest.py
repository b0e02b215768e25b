"""A real server on loopback with a database of its own, and a real browser that checks every page it meets.

Journeys run on SQLite: what differs between the databases is tested below the page.
"""

from __future__ import annotations

import logging
import os
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from sqlalchemy import select
from werkzeug.serving import make_server

from portal import db
from portal.db import sessione
from portal.tenancy import tutti_gli_ambiti
from portal.transaction import unita
from portal.utenti.models import Utente
from portal.utenti.password import password_qui
from tests.conftest import Banca, Vere
from tests.pagina import Cliente
from tests.servizi.browser import browser, controlla_axe  # noqa: F401  the fixture is found here

VISTE: set[str] = set()
"""Kinds of page already checked: address without numbers, and whether it showed an error."""
ASPETTI: set[str] = set()
"""What axe has already measured the contrast of."""
PAROLA = "una parola lunga per le prove"
LARGA: ViewportSize = {"width": 1280, "height": 900}
STRETTA: ViewportSize = {"width": 390, "height": 844}


@dataclass
class Sito:
    """The running portal: its address and its application."""

    url: str
    app: Any


@pytest.fixture(scope="module")
def sito(vere: Vere) -> Iterator[Sito]:
    app = vere.prendi(Banca("sqlite", Path(os.environ["PORTALE_PROVE"])))
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    filo = threading.Thread(target=server.serve_forever, daemon=True)
    filo.start()
    yield Sito(f"http://127.0.0.1:{server.server_port}", app)
    server.shutdown()
    filo.join(10)
    vere.lascia(app)


@dataclass
class Scrivania:
    """One person's browser: every kind of page it meets is checked."""

    sito: Sito
    pagina: Page
    errori: list[str] = field(default_factory=list)

    def apri(self, percorso: str) -> None:
        self.pagina.goto(self.sito.url + percorso)
        self.controlla()

    def controlla(self) -> None:
        """axe finds nothing, nothing overflows at 390 px (once per kind of page), and the console is clean.

        Pages are looked at wide and narrow in turn: a width changes once for each of them.
        """
        assert self.errori == [], f"{self.pagina.url}: {self.errori}"
        titolo = self.pagina.title()
        forma = re.sub(r"\d+", "n", self.pagina.url.partition("?")[0]) + titolo[:7]
        if forma in VISTE:
            return
        VISTE.add(forma)
        violazioni = controlla_axe(self.pagina, ASPETTI)
        assert violazioni == [], f"{titolo}: {violazioni}"
        if stretta := self.pagina.viewport_size == STRETTA:
            self._sta(STRETTA)
        self.pagina.set_viewport_size(LARGA if stretta else STRETTA)
        if not stretta:
            self._sta(STRETTA)

    def non_trabocca(self, *larghezze: int) -> None:
        """Nothing is wider than the screen: called for a page whose content makes the difference."""
        for larghezza in larghezze:
            self.pagina.set_viewport_size({**STRETTA, "width": larghezza})
            self._sta({**STRETTA, "width": larghezza})
        self.pagina.set_viewport_size(LARGA)

    def _sta(self, schermo: ViewportSize) -> None:
        eccesso = self.pagina.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert eccesso <= 0, f"{self.pagina.title()}: trabocca di {eccesso} px a {schermo['width']}"

    def premi(self, nome: str) -> None:
        """Press a button of the page's content and look at where it leads, however long the answer takes."""
        with self.pagina.expect_navigation():
            self.pagina.locator("main").get_by_role("button", name=nome, exact=True).first.click()
        self.controlla()

    def segui(self, nome: str) -> None:
        self.pagina.locator("main").get_by_role("link", name=nome, exact=True).first.click()
        self.pagina.wait_for_load_state()
        self.controlla()

    def scrivi(self, **campi: str) -> None:
        """Fill in fields by name (two underscores for a dash)."""
        for nome, valore in campi.items():
            self.pagina.locator(f"main [name='{nome.replace('__', '-')}']").first.fill(valore)

    def spunta(self, selettore: str, indice: int = 0) -> None:
        """Tick a box or choose a radio button as a person does: by its label."""
        campo = self.pagina.locator(f"main {selettore}").nth(indice)
        self.pagina.locator(f"label[for='{campo.get_attribute('id')}']").click()
        expect(campo).to_be_checked()

    def legge(self, testo: str) -> None:
        expect(self.pagina.locator("main")).to_contain_text(testo)

    def entra(self, email: str) -> None:
        self.apri("/accedi")
        self.scrivi(email=email, password=PAROLA)
        self.premi("Accedi")


@pytest.fixture
def persona(browser: Browser, sito: Sito) -> Iterator[Any]:  # noqa: F811
    """``persona("email")``: her browser, logged in, the same whenever she comes back; without an address, a new citizen's.

    The first person of a journey logs in at the page, as people do; who comes after finds her session open.
    """
    aperti: list[Any] = []
    scrivanie: dict[str, Scrivania] = {}

    def apri(email: str | None = None, **opzioni: Any) -> Scrivania:
        if email in scrivanie:
            return scrivanie[email]
        contesto = browser.new_context(locale="it-IT", viewport=LARGA, **opzioni)
        aperti.append(contesto)
        if email and scrivanie:
            contesto.add_cookies(
                [{"name": sito.app.config["SESSION_COOKIE_NAME"], "value": _sessione_di(sito, email), "url": sito.url}]
            )
        scrivania = Scrivania(sito, contesto.new_page())
        scrivania.pagina.on("console", lambda m: _segna(scrivania, m))
        scrivania.pagina.set_default_timeout(20_000)
        if email:
            if not scrivanie:
                scrivania.entra(email)
            scrivanie[email] = scrivania
        return scrivania

    yield apri
    for contesto in aperti:
        contesto.close()


def _sessione_di(sito: Sito, email: str) -> str:
    """The cookie of a session opened for that person."""
    cliente = Cliente(sito.app)
    with sito.app.app_context():
        cliente.accedi(sessione.scalars(select(Utente).where(Utente.email == email)).one())
        sessione.remove()
    biscotto = cliente.biscotto()
    assert biscotto
    return biscotto


def _segna(scrivania: Scrivania, messaggio: Any) -> None:
    """Console errors count, but for the line the browser writes about an answer of 400 or more that we asked for."""
    testo = messaggio.text
    if messaggio.type == "error" and "status of 4" not in testo:
        scrivania.errori.append(testo)


@pytest.fixture
def nel_sito(sito: Sito) -> Any:
    """``with nel_sito(): …``: write in the site's database, across Ambiti, and commit."""
    from contextlib import contextmanager

    @contextmanager
    def dentro() -> Iterator[None]:
        with sito.app.app_context(), tutti_gli_ambiti(), unita():
            yield
        db.sessione.remove()

    return dentro


def con_password(utente: Any) -> Any:
    """Give a builder's person the password of the journeys."""
    utente.password = password_qui().cifra(PAROLA)
    return utente
