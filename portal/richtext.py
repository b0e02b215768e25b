"""Texts people write: Markdown to clean HTML, to plain text, and how hard they are to read.

Acts are published for years: what is typed must never disappear nor become code. So raw HTML is shown as it
was typed («<da completare>» stays readable), except the four bare tags that Markdown lacks: ``<del>``,
``<ins>`` (corrections), ``<br>`` and ``<abbr>``. Whatever comes out is then cleaned against an allow-list.

Readability is the Gulpease index (Lucisano and Piemontese, 1988; domain.md 5.4): shown to editors, never a gate.
"""

from __future__ import annotations

import html
import re
import threading
from functools import lru_cache
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import HtmlInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup, escape

__all__ = ["OMISSIS", "gulpease", "rendi", "segna_omissis", "testo_semplice"]

OMISSIS = "[omissis]"
"""What stands where words were left out of a published copy."""

TITOLI = ("h2", "h3", "h4", "h5", "h6")
ALTRI_TAG = "p ul ol li strong em a table thead tbody tr th td blockquote code pre del ins br hr abbr"
TAG = {*TITOLI, *ALTRI_TAG.split()}
ATTRIBUTI = {"*": set[str](), "a": {"href", "rel"}, "th": {"scope"}, "abbr": {"title"}, "ol": {"start"}}
CLASSI = {"table": {"table"}, "th": {"num"}, "td": {"num"}}
SCHEMI = {"http", "https", "mailto", "tel"}
PAROLE_MINIME = 10
MASSIMO = 200_000
ANNIDATE = 50

_VOCE = re.compile(r"(?:[-*+]|1\.) +\S")
_QUADRE = re.compile(r"[\[\]]")
_ESTERNO = re.compile(r"(https?:)?//", re.IGNORECASE)
_TAG_GREZZI = r"(</?(?:del|ins)>|<br ?/?>)"
_locale = threading.local()


def rendi(testo: str | None, *, livello: int = 2) -> Markup:
    """``testo`` as HTML that may go straight into a page.

    The author's first rank of headings becomes ``<h{livello}>`` (2 to 6), two more ranks below it; ranks the
    author skipped are closed up, so that the outline of the page has no holes. What nobody writes in earnest
    (over ``MASSIMO`` characters, hundreds of nested lists) comes out as plain text, whole.
    """
    return _rendi(testo, livello) if testo and testo.strip() else Markup("")


def segna_omissis(testo: str) -> Markup:
    """``testo`` (plain, or markup already) with each ``OMISSIS`` made visible."""
    return Markup(str(escape(testo)).replace(OMISSIS, '<span class="omissis">omissis</span>'))


def _smisurato(testo: str) -> bool:
    """Too long, or brackets within brackets that cost the parser cubic time (5,000 of them: 17 s)."""
    profondita = 0
    for segno in _QUADRE.findall(testo) if len(testo) <= MASSIMO else "[" * ANNIDATE:
        profondita = profondita + 1 if segno == "[" else max(profondita - 1, 0)
        if profondita >= ANNIDATE:
            return True
    return False


def _nudo(testo: str) -> str:
    return f"<p>{html.escape(testo)}</p>"


@lru_cache(maxsize=2048)
def _rendi(testo: str, livello: int) -> Markup:
    try:
        grezzo = _nudo(testo) if _smisurato(testo) else _markdown(livello).convert(testo)
    except RecursionError:
        # the parser stopped half way: its next text would start inside this one's lists
        _pronti().clear()
        grezzo = _nudo(testo)
    # nh3 checks schemes, closes what is open and drops the rest: the markup is safe from here on
    return Markup(_pulitore().clean(grezzo).strip())


def testo_semplice(testo: str | None, *, collegamenti: bool = False) -> str:  # noqa: PT028  not a test
    """``testo`` without its Markdown: for the search index, for mail, for PDF.

    Blocks are parted by an empty line, list items begin with «- » or their number. ``collegamenti`` writes
    the address after the words of each link, as mail needs.
    """
    lettore = _Lettore(collegamenti)
    lettore.feed(str(rendi(testo)))
    lettore.close()
    return lettore.testo()


def gulpease(testo: str | None) -> int | None:
    """Readability of an Italian text (Markdown or plain), 0 hard to 100 easy; None under ten words.

    89 + (300 · sentences − 10 · letters) / words. Headings, list items and table cells are sentences of their
    own; abbreviations, numbers and addresses do not end one; elided words count apart («l’ente» is two).
    """
    frasi, parole, lettere = _conta(testo_semplice(testo))
    if parole < PAROLE_MINIME:
        return None
    valore = 89 + (300 * frasi - 10 * lettere) / parole
    return max(0, min(100, int(valore + 0.5)))


_SIGLE = (
    "all arch art artt avv cap capp cc cfr circ cit co cod cost del delib det dir disp div dlgs dott dr ecc es "
    "etc fig gg geom gu ing int lett lgs max min nn nr num ord pag pagg par parr pp prof prot prov rag reg rep "
    "sec seg segg sez sig sigg ss succ suppl tab tel tit vol"
)
_ABBREVIAZIONI = frozenset(_SIGLE.split())
_FINE = re.compile(r"[.!?…]+")
_ULTIMA = re.compile(r"[^\W\d_]*$")
_SPAZI = re.compile(r"[ \t\n]+")
_PAROLA = re.compile(r"[^\W_]+")


def _conta(testo: str) -> tuple[int, int, int]:
    """Sentences, words and letters of a plain text."""
    frasi = parole = lettere = 0
    for riga in re.split(r"[\n\t]", testo):
        inizio = 0
        for fine in [m.end() for m in _FINE.finditer(riga) if _chiude(riga, m)] + [len(riga)]:
            trovate = _PAROLA.findall(riga, inizio, fine)
            frasi += bool(trovate)
            parole += len(trovate)
            lettere += sum(map(len, trovate))
            inizio = fine
    return frasi, parole, lettere


def _chiude(riga: str, segno: re.Match[str]) -> bool:
    """Whether this mark ends a sentence: not inside «1.234,56» or «S.p.A.», not after «art.» or an initial."""
    dopo = riga[segno.end() :].lstrip(" )]»”\"'’")
    if not dopo or not set(segno[0]) <= {".", "…"}:
        return True
    if riga[segno.end()].isalnum() or dopo[0].islower():
        return False
    ultima = _ULTIMA.search(riga, 0, segno.start())
    parola = ultima[0] if ultima else ""
    return len(parola) != 1 and parola.lower() not in _ABBREVIAZIONI


class _SenzaHtml(Extension):
    """Raw HTML is text, but for the bare tags of ``_TAG_GREZZI``; our own pass over the tree comes last."""

    def __init__(self, livello: int) -> None:
        super().__init__()
        self.livello = livello

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block")
        md.preprocessors.register(_ElenchiAttaccati(md), "elenchi_attaccati", 20)
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.register(HtmlInlineProcessor(_TAG_GREZZI, md), "tag_grezzi", 90)
        md.treeprocessors.register(_Ritocchi(md, self.livello), "ritocchi", 5)


class _ElenchiAttaccati(Preprocessor):
    """A list may begin right under a line of text, as everybody types it: here the empty line is put in."""

    def run(self, lines: list[str]) -> list[str]:
        righe: list[str] = []
        in_elenco = False
        for riga in lines:
            voce = bool(_VOCE.match(riga))
            if voce and not in_elenco and righe and righe[-1].strip():
                righe.append("")
            in_elenco = voce or (in_elenco and bool(riga.strip()))
            righe.append(riga)
        return righe


class _Ritocchi(Treeprocessor):
    """Ranks of headings, scope of header cells, figures to the right, external links, images as links."""

    def __init__(self, md: Markdown, livello: int) -> None:
        super().__init__(md)
        self.livello = livello

    def run(self, root: Element) -> None:
        ranghi: list[int] = []
        for elemento in root.iter():
            if elemento.tag in ("h1", *TITOLI):
                elemento.tag = self._titolo(int(elemento.tag[1]), ranghi)
            elif elemento.tag == "img":
                _immagine(elemento, "a")
            elif elemento.tag == "table":
                elemento.set("class", "table")
            elif elemento.tag in ("th", "td"):
                _cella(elemento)
            if elemento.tag == "a":
                _collegamento(elemento)

    def _titolo(self, rango: int, aperti: list[int]) -> str:
        while aperti and aperti[-1] >= rango:
            aperti.pop()
        aperti.append(rango)
        return f"h{min(self.livello + min(len(aperti), 3) - 1, 6)}"


def _immagine(elemento: Element, tag: str) -> None:
    """A picture is published as a document with its own description: here it is a link to it."""
    indirizzo = elemento.get("src", "")
    elemento.tag, elemento.text = tag, elemento.get("alt") or indirizzo
    elemento.set("href", indirizzo)


def _collegamento(elemento: Element) -> None:
    for immagine in list(elemento.iter("img")):
        _immagine(immagine, "span")
    if _ESTERNO.match(elemento.get("href", "")):
        elemento.set("rel", "noopener noreferrer")


def _cella(elemento: Element) -> None:
    destra = elemento.attrib.pop("align", "") == "right"
    if destra:
        elemento.set("class", "num")
    if elemento.tag == "th" and not (elemento.text or len(elemento)):
        elemento.tag = "td"
    elif elemento.tag == "th":
        elemento.set("scope", "col")


def _pronti() -> dict[int, Markdown]:
    """Converters of this thread, by level: building one costs more than using it, and none is thread-safe."""
    pronti: dict[int, Markdown] = _locale.__dict__.setdefault("pronti", {})
    return pronti


def _markdown(livello: int) -> Markdown:
    pronti = _pronti()
    if livello not in pronti:
        pronti[livello] = Markdown(
            extensions=["tables", "sane_lists", "abbr", _SenzaHtml(livello)],
            extension_configs={"tables": {"use_align_attribute": True}},
            output_format="html",
        )
    return pronti[livello].reset()


@lru_cache(maxsize=1)
def _pulitore() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=TAG,
        attributes=ATTRIBUTI,
        allowed_classes=CLASSI,
        url_schemes=SCHEMI,
        link_rel=None,
        strip_comments=True,
    )


class _Lettore(HTMLParser):
    """Reads clean HTML aloud: words, with the pauses where the blocks are."""

    _BLOCCHI = frozenset(("p", "blockquote", "pre", "table", "ul", "ol", "hr", *TITOLI))

    def __init__(self, collegamenti: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.collegamenti = collegamenti
        self.pezzi: list[str] = []
        self.numeri: list[int | None] = []
        self.indirizzo = ""
        self.fermo = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self.numeri.append(int(dict(attrs).get("start") or 1) if tag == "ol" else None)
        self.fermo = self.fermo or tag == "pre"
        if tag == "li":
            self.pezzi.append(f"\n{self._segno()} ")
        elif tag in ("br", "tr"):
            self.pezzi.append("\n")
        elif tag in self._BLOCCHI:
            self.pezzi.append("\n\n")
        elif tag == "a":
            self.indirizzo = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self.numeri.pop()
        self.fermo = self.fermo and tag != "pre"
        if tag in self._BLOCCHI:
            self.pezzi.append("\n\n")
        elif tag in ("td", "th"):
            self.pezzi.append("\t")
        elif tag == "a" and self.collegamenti and self.indirizzo:
            self._aggiungi_indirizzo()

    def handle_data(self, data: str) -> None:
        self.pezzi.append(data if self.fermo else _SPAZI.sub(" ", data))

    def testo(self) -> str:
        unito = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(self.pezzi).replace("\t ", "\t"))
        # a loose list item is «- » followed by a block of its own: keep the sign and its words together
        unito = re.sub(r"(?m)^(-|\d+\.)\n+(?=\S)", r"\1 ", unito)
        return re.sub(r"\n{3,}", "\n\n", unito).strip()

    def _segno(self) -> str:
        numero = self.numeri[-1] if self.numeri else None
        if numero is None:
            return "-"
        self.numeri[-1] = numero + 1
        return f"{numero}."

    def _aggiungi_indirizzo(self) -> None:
        nudo = self.indirizzo.removeprefix("mailto:").removeprefix("tel:")
        if self.pezzi and self.pezzi[-1] not in (nudo, self.indirizzo):
            self.pezzi.append(f" ({nudo})")
