"""What people write becomes clean HTML, loses nothing, and its readability can be counted by hand."""

from __future__ import annotations

import threading

import pytest
from markupsafe import Markup

from portal.richtext import MASSIMO, gulpease, rendi
from portal.richtext import _conta as conta
from portal.richtext import testo_semplice as semplice

EFFICACI = ("<script", "<img", "<svg", "<iframe", "<div", "<style", "<p onclick", "<del onclick")


@pytest.mark.parametrize(
    ("scritto", "atteso"),
    [
        ("Testo **forte** e *piano*", "<p>Testo <strong>forte</strong> e <em>piano</em></p>"),
        ("<da completare>", "<p>&lt;da completare&gt;</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
        ("<p onclick=x>\n\nciao", "<p>&lt;p onclick=x&gt;</p>\n<p>ciao</p>"),
        ("<del>12</del> <ins>13</ins> giugno", "<p><del>12</del> <ins>13</ins> giugno</p>"),
        ("<del onclick=x>12</del>", "<p>&lt;del onclick=x&gt;12</p>"),
        ("<del>aperto", "<p><del>aperto</del></p>"),
        ("via Roma<br>Casarano", "<p>via Roma<br>Casarano</p>"),
        ("meno di <18 anni & più", "<p>meno di &lt;18 anni &amp; più</p>"),
        ("uno\n\n---\n\ndue", "<p>uno</p>\n<hr>\n<p>due</p>"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
        ("\x02wzxhzdk:0\x03", "<p>wzxhzdk:0</p>"),
    ],
)
def test_html(scritto: str, atteso: str) -> None:
    assert rendi(scritto) == atteso


@pytest.mark.parametrize("vuoto", [None, "", "  \n\t "])
def test_vuoto(vuoto: str | None) -> None:
    assert (rendi(vuoto), semplice(vuoto), gulpease(vuoto)) == ("", "", None)


def test_e_markup_per_i_modelli() -> None:
    assert type(rendi("ciao")) is Markup


@pytest.mark.parametrize(
    ("scritto", "atteso"),
    [
        ("[x](javascript:alert(1))", "<a>x</a>"),
        ("[x](JaVaScRiPt:alert(1))", "<a>x</a>"),
        ("[x](data:text/html;base64,AA)", "<a>x</a>"),
        ("[x](vbscript:x)", "<a>x</a>"),
        ("[x](/guida/sad)", '<a href="/guida/sad">x</a>'),
        ("[x](#filo)", '<a href="#filo">x</a>'),
        ("[x](mailto:a@esempio.it)", '<a href="mailto:a@esempio.it">x</a>'),
        ("[x](tel:+390000)", '<a href="tel:+390000">x</a>'),
        (
            '[x](https://esempio.it "t")',
            '<a href="https://esempio.it" rel="noopener noreferrer">x</a>',
        ),
        ("[x](//esempio.it)", '<a href="//esempio.it" rel="noopener noreferrer">x</a>'),
        (
            "<https://esempio.it>",
            '<a href="https://esempio.it" rel="noopener noreferrer">https://esempio.it</a>',
        ),
        ("<a@esempio.it>", '<a href="mailto:a@esempio.it">a@esempio.it</a>'),
        ("![pianta](/file/1)", '<a href="/file/1">pianta</a>'),
        ("[![pianta](/file/1)](/piano)", '<a href="/piano">pianta</a>'),
        ("![](javascript:alert(1))", "<a>javascript:alert(1)</a>"),
    ],
)
def test_collegamenti(scritto: str, atteso: str) -> None:
    assert rendi(scritto) == f"<p>{atteso}</p>"


@pytest.mark.parametrize(
    ("livello", "scritto", "ranghi"),
    [
        (2, "# a\n\n## b\n\n### c\n\n#### d", "h2 h3 h4 h4"),
        (2, "## a\n\n## b\n\n### c", "h2 h2 h3"),
        (2, "### a\n\n# b", "h2 h2"),
        (2, "# a\n\n### b\n\n## c\n\n# d", "h2 h3 h3 h2"),
        (3, "# a\n\n## b", "h3 h4"),
        (6, "# a\n\n## b", "h6 h6"),
        (2, "a\n=\n\nb\n-", "h2 h3"),
        (2, "<h1>a</h1>", ""),
    ],
)
def test_titoli(livello: int, scritto: str, ranghi: str) -> None:
    prodotti = [pezzo[:2] for pezzo in rendi(scritto, livello=livello).split("<") if pezzo.startswith("h")]
    assert " ".join(prodotti) == ranghi


def test_tabella_con_intestazioni_e_cifre_a_destra() -> None:
    assert rendi("| Anno | Importo | |\n|---|--:|---|\n| 2022 | 1,00 | x |").replace("\n", "") == (
        '<table class="table"><thead><tr><th scope="col">Anno</th><th class="num" scope="col">Importo</th>'
        '<td></td></tr></thead><tbody><tr><td>2022</td><td class="num">1,00</td><td>x</td></tr></tbody></table>'
    )


@pytest.mark.parametrize(
    ("scritto", "atteso"),
    [
        ("Porta:\n- carta\n- ISEE", "<p>Porta:</p><ul><li>carta</li><li>ISEE</li></ul>"),
        ("Fai così:\n1. uno\n2. due", "<p>Fai così:</p><ol><li>uno</li><li>due</li></ol>"),
        ("3. tre\n4. quattro", '<ol start="3"><li>tre</li><li>quattro</li></ol>'),
        ("- a\n  b\n- c", "<ul><li>a  b</li><li>c</li></ul>"),
        ("- a\n\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("nato il\n12. maggio", "<p>nato il12. maggio</p>"),
    ],
)
def test_elenchi(scritto: str, atteso: str) -> None:
    assert rendi(scritto).replace("\n", "") == atteso


def test_sigle() -> None:
    assert rendi('Il PdZ.\n\n*[PdZ]: Piano <b> "x') == ('<p>Il <abbr title="Piano &lt;b&gt; &quot;x">PdZ</abbr>.</p>')


@pytest.mark.parametrize(
    "scritto",
    [
        "<div><style>*{}</style></div>",
        "<iframe src=//x></iframe>",
        "<svg/onload=alert(1)>",
        "a<!-- <script> -->",
        "<<script>script>alert(1)<</script>/script>",
        "[a](<javascript:alert(1)> 'x')",
        "[a]: javascript:alert(1)\n\n[a]",
        "`` <img src=x> ``",
        "    <script>alert(1)</script>",
        '| <img src=x onerror="a"> |\n|---|\n| <script>x</script> |',
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&#60;script&#62;",
        "# <script>x</script>",
        '*[a]: " onmouseover="x\n\na',
    ],
)
def test_niente_di_eseguibile(scritto: str) -> None:
    uscito = rendi(scritto).lower()
    assert [brutto for brutto in (*EFFICACI, 'href="javascript', '" onmouseover') if brutto in uscito] == []


@pytest.mark.parametrize(
    "scritto",
    ["[" * 5000 + "a" + "](b)" * 5000, "- " * 2000 + "x", "**parola** " * (MASSIMO // 10)],
    ids=["parentesi", "elenchi", "lungo"],
)
def test_smisurato_esce_come_testo_e_non_guasta_il_seguente(scritto: str) -> None:
    assert rendi(scritto) == f"<p>{scritto}</p>"
    assert rendi(f"- a **b** {len(scritto)}") == f"<ul>\n<li>a <strong>b</strong> {len(scritto)}</li>\n</ul>"


def test_da_piu_fili_insieme() -> None:
    usciti: dict[int, str] = {}

    def scrive(n: int) -> None:
        usciti[n] = "".join(rendi(f"# t{n}-{i}\n\n- **a{i}**") for i in range(40))

    fili = [threading.Thread(target=scrive, args=(n,)) for n in range(4)]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join()
    assert usciti == {
        n: "".join(f"<h2>t{n}-{i}</h2>\n<ul>\n<li><strong>a{i}</strong></li>\n</ul>" for i in range(40)) for n in range(4)
    }


@pytest.mark.parametrize(
    ("scritto", "atteso"),
    [
        ("# Titolo\n\nUna *frase*\nspezzata.", "Titolo\n\nUna frase spezzata."),
        ("- a\n- b\n\nfine", "- a\n- b\n\nfine"),
        ("- a\n\n- b", "- a\n\n- b"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("| A | B |\n|---|---|\n| 1 | 2 |", "A\tB\n1\t2"),
        ("via Roma<br>Casarano", "via Roma\nCasarano"),
        ("    x  y\n      z", "x  y\nz"),
        ("a < b & c", "a < b & c"),
        ("[la guida](/guida)", "la guida"),
    ],
)
def test_testo_semplice(scritto: str, atteso: str) -> None:
    assert semplice(scritto) == atteso


@pytest.mark.parametrize(
    ("scritto", "atteso"),
    [
        ("[la guida](https://esempio.it/guida)", "la guida (https://esempio.it/guida)"),
        ("<https://esempio.it>", "https://esempio.it"),
        ("[scrivi](mailto:a@esempio.it)", "scrivi (a@esempio.it)"),
        ("<a@esempio.it>", "a@esempio.it"),
    ],
)
def test_testo_semplice_per_la_posta(scritto: str, atteso: str) -> None:
    assert semplice(scritto, collegamenti=True) == atteso


@pytest.mark.parametrize(
    ("testo", "frasi", "parole", "lettere"),
    [
        ("Vieni alle ore 9.30. Porta l’ISEE! Hai domande? Chiama…", 4, 11, 41),
        ("Vedi l’art. 55 del D.Lgs. 117/2017.", 1, 9, 24),
        ("Sono 1.234,56 euro. Pochi.", 2, 6, 19),
        ("La S.p.A. e la L. 241/1990. Fine.", 2, 10, 20),
        ("Scrivi a ufficio@esempio.it o su www.esempio.it. Grazie.", 2, 11, 44),
        ("Il sig. Esempio abita qui. Sì.", 2, 6, 22),
        ("Elenco:\n\n- primo punto\n- secondo punto", 3, 5, 28),
        ("La riga\nspezzata è una sola.", 1, 6, 22),
        ("Aspetta... poi entra. «Ciao!» Basta.", 3, 5, 24),
        ("| A | B |\n|---|---|\n| uno | due |", 4, 4, 8),
    ],
)
def test_conta(testo: str, frasi: int, parole: int, lettere: int) -> None:
    assert conta(semplice(testo)) == (frasi, parole, lettere)


@pytest.mark.parametrize(
    ("testo", "indice"),
    [
        # 10 words, 2 sentences, 40 letters: 89 + (600 - 400) / 10 = 109, held at 100
        ("Casa casa casa casa casa. Casa casa casa casa casa.", 100),
        # 10 words, 1 sentence, 90 letters: 89 + (300 - 900) / 10 = 29
        ("Bracciali " * 10, 29),
        # 12 words, 1 sentence, 84 letters: 89 + (300 - 840) / 12 = 44
        ("Milioni " * 12, 44),
        # 16 words, 1 sentence, 100 letters: 89 + (300 - 1000) / 16 = 45.25
        ("Tavola " * 12 + "Milioni " * 4, 45),
        # 10 words of 20 letters: 89 + (300 - 2000) / 10 = -81, held at 0
        ("Amministrativamentee " * 10, 0),
        ("Solo nove parole qui dentro non bastano mai più.", None),
    ],
)
def test_gulpease(testo: str, indice: int | None) -> None:
    assert gulpease(testo) == indice


def test_il_burocratese_si_legge_peggio() -> None:
    burocratico = (
        "Il presente provvedimento disciplina le modalità di partecipazione alla procedura comparativa finalizzata "
        "all’individuazione di soggetti del Terzo settore ai sensi della normativa vigente in materia."
    )
    chiaro = "Puoi chiedere aiuto se vivi qui. Vai allo sportello. È gratis. Porta la carta di identità."
    assert (gulpease(burocratico), gulpease(chiaro)) == (34, 100)
