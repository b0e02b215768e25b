"""The rules that every page of the tests goes through do refuse what they are there to refuse."""

from __future__ import annotations

import pytest
from lxml.html import document_fromstring

from tests.pagina import regole_della_casa

CSP = "default-src 'self'"
BUONA = """<!doctype html><html lang="it"><head><title>Prova - Coprogetta</title></head><body><a href="#qui">Vai</a>
<main id="qui"><h1>Prova</h1><h2>Parte</h2><form method="post"><input type="hidden" name="csrf_token">
<label for="n">Nome</label><input id="n" aria-describedby="aiuto"><p id="aiuto">Aiuto</p><button>Invia</button></form>
<div class="testo-ricco"><a>rifiutato</a></div></main></body></html>"""


def test_una_pagina_buona_passa():
    regole_della_casa(document_fromstring(BUONA), CSP)


@pytest.mark.parametrize(
    ("prima", "dopo", "perche"),
    [
        ('lang="it"', 'lang="de"', "lingua"),
        ("<title>Prova - Coprogetta</title>", "", "titolo"),
        ("Prova - Coprogetta", "Prova", "Prova"),
        ("<h2>Parte</h2>", "<h1>Parte</h1>", "h1"),
        ("<h2>Parte</h2>", "<h3>Parte</h3>", "saltato"),
        ("<h2>Parte</h2>", "<main></main>", "main"),
        ('<p id="aiuto">', '<p id="n">', "doppi"),
        ('id="aiuto"', "", "aiuto"),
        ('<label for="n">', "<label>", "etichetta"),
        ('name="csrf_token"', "", "CSRF"),
        ("<button>Invia</button>", "<button type='button'>Invia</button>", "bottone"),
        ("<h2>", "<h2 style='color: red'>", "color"),
        ("<h2>", "<style></style><h2>", "stile"),
        ("<h2>", "<script>1</script><h2>", "script"),
        ("<h2>", "<h2 onclick='x()'>", "gestore"),
        ("#qui", "#altrove", "bersaglio"),
        (">Vai<", "><", "senza nome"),
        ('class="testo-ricco"', "", "senza indirizzo"),
    ],
)
def test_una_pagina_cattiva_no(prima, dopo, perche):
    assert prima in BUONA
    with pytest.raises(AssertionError, match=perche):
        regole_della_casa(document_fromstring(BUONA.replace(prima, dopo, 1)), CSP)


@pytest.mark.parametrize("csp", ["", "default-src 'self'; style-src 'unsafe-inline'"])
def test_una_pagina_senza_difese_no(csp):
    with pytest.raises(AssertionError):
        regole_della_casa(document_fromstring(BUONA), csp)
