"""Keyset pages: what is shown, and where «avanti» and «all’inizio» lead."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.paging import Pagina, cursore, indirizzo_con


def pagina(n: int, dopo: int | None = None, limite: int = 3) -> Pagina[int]:
    return Pagina.da(list(range(1, n + 1)), limite, lambda r: r, dopo=dopo)


@pytest.mark.parametrize(
    ("trovate", "mostrate", "poi"), [(0, (), None), (2, (1, 2), None), (3, (1, 2, 3), None), (4, (1, 2, 3), "3")]
)
def test_la_riga_in_piu_dice_solo_che_ce_n_e_ancora(trovate: int, mostrate: tuple[int, ...], poi: str | None) -> None:
    assert pagina(trovate) == Pagina(mostrate, poi, True)


def test_gli_indirizzi_tengono_i_filtri(nuda: Flask) -> None:
    with nuda.test_request_context("/elenco?stato=aperti&dopo=9&tipo=a&tipo=b&q=perch%C3%A9%20s%C3%AC"):
        assert pagina(4, dopo=9).indirizzo_dopo() == "/elenco?stato=aperti&tipo=a&tipo=b&q=perch%C3%A9+s%C3%AC&dopo=3"
        assert pagina(4, dopo=9).indirizzo_inizio() == "/elenco?stato=aperti&tipo=a&tipo=b&q=perch%C3%A9+s%C3%AC"
        assert pagina(3, dopo=9).indirizzo_dopo() is None
        assert indirizzo_con(stato=None, tipo=None, dopo=None, q=None) == "/elenco"


def test_dalla_prima_pagina_non_si_torna_all_inizio(nuda: Flask) -> None:
    with nuda.test_request_context("/elenco"):
        assert pagina(4).indirizzo_inizio() is None


def test_un_indirizzo_con_caratteri_strani_resta_un_percorso(nuda: Flask) -> None:
    with nuda.test_request_context('/a"><b/'):
        assert indirizzo_con(dopo="1") == "/a%22%3E%3Cb/?dopo=1"


@pytest.mark.parametrize(
    ("scritto", "letto"),
    [
        ("7", 7),
        ("2147483647", 2147483647),
        ("2147483648", None),
        ("9" * 40, None),
        ("0", None),
        ("-3", None),
        ("1.5", None),
        ("abc", None),
        ("", None),
    ],
)
def test_un_cursore_e_l_id_di_una_riga_o_niente(nuda: Flask, scritto: str, letto: Any) -> None:
    with nuda.test_request_context("/", query_string={"dopo": scritto}):
        assert cursore() == letto
    with nuda.test_request_context("/"):
        assert cursore() is None
