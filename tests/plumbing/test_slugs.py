"""Words for URLs: short, plain, never taken and never one that is a page's own."""

from __future__ import annotations

import pytest

from portal.slugs import MASSIMO, RISERVATI, fai_slug


@pytest.mark.parametrize(
    ("titolo", "slug"),
    [
        ("Città & servizi", "citta-servizi"),
        ("  L’Ufficio di Piano, dov’è?  ", "lufficio-di-piano-dove"),
        ("ASILO NIDO 0-3", "asilo-nido-0-3"),
        ("Ωμέγα", "senza-titolo"),
        ("", "senza-titolo"),
        ("../../etc/passwd", "etc-passwd"),
        ("a" * 60, "a" * 40),
        ("un titolo di quarantuno lettere precise ok", "un-titolo-di-quarantuno-lettere-precise"),
    ],
)
def test_dal_titolo_alla_parola(titolo: str, slug: str) -> None:
    assert fai_slug(titolo) == slug
    assert len(slug) <= MASSIMO


@pytest.mark.parametrize(
    ("titolo", "usati", "slug"),
    [
        ("Casa", {"casa"}, "casa-2"),
        ("Casa", {"casa", "casa-2", "casa-3"}, "casa-4"),
        ("Casa", {"casa-2"}, "casa"),
        ("a" * 60, {"a" * 40}, "a" * 38 + "-2"),
        ("a" * 37 + " bcde", {"a" * 37 + "-bc"}, "a" * 37 + "-2"),
    ],
)
def test_una_parola_presa_riceve_un_numero(titolo: str, usati: set[str], slug: str) -> None:
    assert fai_slug(titolo, usati) == slug


@pytest.mark.parametrize("parola", sorted(RISERVATI))
def test_le_parole_delle_pagine_non_si_danno(parola: str) -> None:
    assert fai_slug(parola.title()) == f"{parola}-2"
