"""Contrast is measured once for each look, and a look is not only a class."""

from __future__ import annotations

from typing import Any

import pytest

from tests.servizi.browser import controlla_axe

SBIADITO = '<p style="color: #aaa">Si legge male.</p>'


@pytest.fixture
def mostra(browser: Any) -> Any:
    """``mostra(content, looks already measured)``: names of the rules that the page breaks, and where."""
    pagina = browser.new_page()

    def guarda(corpo: str, visti: set[str] | None = None) -> list[tuple[str, int]]:
        pagina.set_content(f'<html lang="it"><title>Prova</title><body><main><h1>Prova</h1>{corpo}</main></body></html>')
        return [(v.regola, len(v.elementi)) for v in controlla_axe(pagina, visti)]

    yield guarda
    pagina.close()


def test_di_due_uguali_se_ne_misura_uno(mostra: Any):
    assert mostra(SBIADITO * 3) == [("color-contrast", 1)]


@pytest.mark.parametrize(
    ("buono", "uguale_ma"),
    [
        ("<p>Testo.</p>", '<p style="color: #aaa">Testo.</p>'),
        ("<div><p>Testo.</p></div>", '<div style="background: #666"><p>Testo.</p></div>'),
        ("<div><p>Testo.</p></div>", '<div style="opacity: 0.4"><p>Testo.</p></div>'),
        ('<p style="color: #888; font-size: 2rem">Testo.</p>', '<p style="color: #888">Testo.</p>'),
        ('<p style="color: #888; font-size: 1.3rem; font-weight: 700">Testo.</p>',
         '<p style="color: #888; font-size: 1.3rem">Testo.</p>'),
        ('<button disabled style="color: #aaa; background: #fff">Salva</button>',
         '<button style="color: #aaa; background: #fff">Salva</button>'),
    ],
    ids=["colore", "fondo", "trasparenza", "corpo", "peso", "spento"],
)  # fmt: skip
def test_quello_che_e_disegnato_altrimenti_si_misura(mostra: Any, buono: str, uguale_ma: str):
    """Each differs from the good one before it by that thing alone: same tags, no class, as much text."""
    visti: set[str] = set()
    assert mostra(buono, visti) == []
    assert visti
    assert mostra(f"{buono}{uguale_ma}", visti) == [("color-contrast", 1)]


def test_quello_che_era_vuoto_o_chiuso_si_misura_quando_si_legge(mostra: Any):
    visti: set[str] = set()
    chiuso = f"<p style='color: #aaa'></p><details><summary>Apri</summary>{SBIADITO}</details>"
    assert mostra(chiuso, visti) == []
    assert mostra(chiuso.replace("<details>", "<details open>"), visti) == [("color-contrast", 1)]
    assert mostra(chiuso.replace("></p>", ">Adesso c’è.</p>"), visti) == [("color-contrast", 1)]


def test_quello_che_si_legge_male_si_dice_ogni_volta(mostra: Any):
    visti: set[str] = set()
    assert mostra(SBIADITO, visti) == mostra(SBIADITO, visti) == [("color-contrast", 1)]
