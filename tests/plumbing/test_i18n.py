"""The language of a page is the one asked for, then the one chosen before, then the browser's, then Italian."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.i18n import LINGUE, in_italiano, lingua, scegli_lingua


@pytest.mark.parametrize(
    ("parametro", "biscotto", "browser", "attesa"),
    [
        (None, None, None, "it"),
        (None, None, "en-GB,en;q=0.9", "en"),
        (None, None, "de,fr;q=0.9", "it"),
        (None, None, "de,en;q=0.5,it;q=0.4", "en"),
        (None, "en", "it", "en"),
        (None, "it", "en", "it"),
        ("en", "it", "it", "en"),
        ("it", "en", "en", "it"),
        ("xx", None, None, "it"),
        ("xx", None, "en", "en"),
        ("", "en", "it", "en"),
        (None, "../../etc", "it", "it"),
    ],
)
def test_quale_lingua(nuda: Flask, parametro: str | None, biscotto: str | None, browser: str | None, attesa: str) -> None:
    indirizzo = "/" if parametro is None else f"/?lingua={parametro}"
    testate = {"Accept-Language": browser} if browser else {}
    if biscotto:
        testate["Cookie"] = f"lingua={biscotto}"
    with nuda.test_request_context(indirizzo, headers=testate):
        assert scegli_lingua() == lingua() == attesa


def test_fuori_da_una_pagina_si_parla_italiano(nuda: Flask) -> None:
    with nuda.app_context():
        assert scegli_lingua() == lingua() == "it"


def test_la_scelta_si_ricorda(cliente: Any) -> None:
    assert cliente.get("/accedi").dom.html["lang"] == "it"
    scelta = cliente.get("/accedi?lingua=en")
    assert scelta.dom.html["lang"] == "en"
    biscotto = scelta.risposta.headers.getlist("Set-Cookie")[-1]
    assert biscotto.startswith("lingua=en;")
    assert {"HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=31536000"} <= {p.strip() for p in biscotto.split(";")}
    assert cliente.get("/accedi").dom.html["lang"] == "en"
    assert cliente.get("/accedi?lingua=it").dom.html["lang"] == "it"
    assert cliente.get("/accedi").dom.html["lang"] == "it"


@pytest.mark.parametrize("scritta", ["xx", "en%0d%0aSet-Cookie:x=1", ""])
def test_una_lingua_che_non_c_e_non_si_ricorda(cliente: Any, scritta: str) -> None:
    pagina = cliente.get(f"/accedi?lingua={scritta}")
    assert pagina.dom.html["lang"] == "it"
    assert not [b for b in pagina.risposta.headers.getlist("Set-Cookie") if b.startswith("lingua=")]


def test_la_pagina_offre_l_altra_lingua_e_tiene_il_suo_indirizzo(cliente: Any) -> None:
    for questa, altra in (("it", "en"), ("en", "it")):
        pagina = cliente.get(f"/accedi?prossima=/profilo&lingua={questa}")
        offerte = {a["hreflang"]: a["href"] for a in pagina.dom.select("a[hreflang]")}
        assert offerte == {altra: f"/accedi?prossima=%2Fprofilo&lingua={altra}"}
    assert set(LINGUE) == {"it", "en"}


def test_un_atto_e_in_italiano_chiunque_lo_chieda(nuda: Flask) -> None:
    with nuda.test_request_context("/?lingua=en"):
        assert lingua() == "en"
        with in_italiano():
            assert lingua() == "it"
        assert lingua() == "en"
