"""The browser of the tests, and the automatic accessibility check (axe) of the pages it opens.

The check covers the rules of WCAG 2.2 AA that a machine can verify: it does not stand in for a person.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, sync_playwright

from tests.servizi import chromium
from tests.servizi.salti import manca

REGOLE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = Axe().axe_script
GUARDA = Path(__file__).with_name("aspetti.js").read_text(encoding="utf-8")
OPZIONI = [
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Violazione:
    """A broken rule: its name in axe, how grave it is, what is wrong and where (CSS selectors)."""

    regola: str
    gravita: str
    descrizione: str
    elementi: tuple[str, ...]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The browser of the journeys; where there is none the test is skipped or, in CI, fails.

    Closed with their package: while Playwright is on, its event loop is the thread's, and no other test may start one.
    """
    try:
        programma = chromium.presente(os.environ)
    except chromium.NonRiuscito as errore:
        manca("browser", str(errore))
    if not programma:
        manca("browser", "installa Chromium, o indica dov’è con PORTALE_CHROMIUM")
    # Chromium does not start inside its sandbox when root runs it.
    opzioni = [*OPZIONI, "--no-sandbox"] if os.geteuid() == 0 else OPZIONI
    with sync_playwright() as playwright:
        aperto = playwright.chromium.launch(executable_path=programma, args=opzioni)
        yield aperto
        aperto.close()


def controlla_axe(pagina: Page, visti: set[str] | None = None) -> list[Violazione]:
    """The violations of WCAG 2.2 A and AA of the page as it is now; empty when axe finds none.

    Contrast is half of the work, and the same rows, buttons and notices come back on every page: of what looks the same
    one is measured, and none of what is in ``visti``, where what was found good goes.
    """
    # preload fetches the style sheets again, for rules that are not among ours
    opzioni = {"runOnly": {"type": "tag", "values": REGOLE}, "resultTypes": ["violations"], "preload": False}
    filo = pagina.context.new_cdp_session(pagina)
    filo.send("Runtime.evaluate", {"expression": AXE})
    filo.detach()
    violazioni, aspetti = pagina.evaluate(GUARDA, [opzioni, sorted(visti or ())])
    if visti is not None and not violazioni:
        visti.update(aspetti)
    return [
        Violazione(v["id"], v["impact"] or "", v["help"], tuple(" ".join(map(str, n["target"])) for n in v["nodes"]))
        for v in violazioni
    ]
