"""Templates: every name written in the code exists, every file is used, compiles, keeps the CSP and is translatable."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, meta, nodes

from .sorgenti import TEMPLATES, moduli, nessuno, nodi, puntato, stringhe

NOME = re.compile(r"^[a-z0-9_]+(/[a-z0-9_]+)*\.(html|xml|txt)$")
TRADUCONO = {"_", "_n", "_p", "gettext", "ngettext", "pgettext", "npgettext"}
ATTRIBUTI_LETTI = {"title", "alt", "placeholder", "aria-label", "aria-description", "aria-roledescription", "label"}
NON_SI_TRADUCE = {"Coprogetta", "CSV", "JSON", "SHA"}
"""Names: the same in every language."""


@cache
def file() -> tuple[str, ...]:
    return tuple(p.relative_to(TEMPLATES).as_posix() for p in sorted(TEMPLATES.rglob("*")) if NOME.match(_nome(p)))


def _nome(percorso: Path) -> str:
    return percorso.relative_to(TEMPLATES).as_posix()


def leggi(nome: str) -> str:
    return (TEMPLATES / nome).read_text(encoding="utf-8")


@cache
def albero(ambiente: Environment, nome: str) -> nodes.Template:
    return ambiente.parse(leggi(nome))


def nel_codice() -> Iterator[tuple[str, str]]:
    """Names (or patterns, where part of the name is computed) of templates in the code, with their place."""
    for m in moduli():
        for valore, riga in stringhe(m.albero):
            if NOME.match(valore):
                yield valore, f"{m.relativo}:{riga}"
        for nodo in nodi(m.albero):
            if isinstance(nodo, ast.JoinedStr):
                modello = "".join(str(v.value) if isinstance(v, ast.Constant) else "*" for v in nodo.values)
                if "/" in modello and NOME.match(modello.replace("*", "x")):
                    yield modello, f"{m.relativo}:{nodo.lineno}"


def test_ogni_pagina_nominata_nel_codice_esiste():
    nessuno(f"{dove} {nome}" for nome, dove in nel_codice() if not any(fnmatch(f, nome) for f in file()))


def test_ogni_render_template_ha_un_nome_leggibile():
    """A computed name hides from this guard which page is drawn: it must at least be a pattern."""
    oscuri = []
    for m in moduli():
        for nodo in nodi(m.albero):
            if isinstance(nodo, ast.Call) and puntato(nodo.func).endswith("render_template") and nodo.args:
                primo = nodo.args[0]
                if not isinstance(primo, ast.Constant | ast.JoinedStr) and m.nome != "portal.access":
                    oscuri.append(f"{m.relativo}:{nodo.lineno}")
    nessuno(oscuri)


def test_ogni_pagina_e_usata_da_qualcuno(portale: Any):
    usati = {nome for nome, _dove in nel_codice()}
    for nome in file():
        letto = albero(portale.jinja_env, nome)
        usati |= {n for n in meta.find_referenced_templates(letto) if n is not None and n != nome}
        usati |= {str(c.value) for c in letto.find_all(nodes.Const) if isinstance(c.value, str) and NOME.match(c.value)}
    nessuno(nome for nome in file() if not any(fnmatch(nome, u) for u in usati))


def test_ogni_pagina_inclusa_esiste(portale: Any):
    mancano = []
    for nome in file():
        for altro in meta.find_referenced_templates(albero(portale.jinja_env, nome)):
            if altro is not None and altro not in file():
                mancano.append(f"{nome} vuole {altro}")
    nessuno(mancano)


@pytest.mark.parametrize("nome", file())
def test_ogni_pagina_si_compila(portale: Any, nome: str):
    portale.jinja_env.get_template(nome)


def test_le_parole_di_un_modello_importato_stanno_nelle_sue_macro(portale: Any):
    """Jinja runs an imported file once and keeps it: words outside its macros stay in the language of that page."""
    importati = {
        nodo.template.value
        for nome in file()
        for nodo in albero(portale.jinja_env, nome).find_all((nodes.FromImport, nodes.Import))
        if isinstance(nodo.template, nodes.Const)
    }
    assert "piano/_parole.html" in importati
    nessuno(
        f"{nome}:{chiamata.lineno}"
        for nome in sorted(importati)
        for parte in albero(portale.jinja_env, nome).body
        if not isinstance(parte, nodes.Macro)
        for chiamata in parte.find_all(nodes.Call)
        if isinstance(chiamata.node, nodes.Name) and chiamata.node.name in TRADUCONO
    )


def test_ogni_testo_formattato_dice_in_che_lingua_e():
    """``testo|markdown`` was written by people in their language: its element carries ``|lang`` (WCAG 3.1.2)."""
    nessuno(
        f"{nome}:{n}"
        for nome in file()
        for n, riga in enumerate(leggi(nome).splitlines(), 1)
        if re.search(r"\|\s*markdown\b", riga) and "|lang" not in riga
    )


def test_ogni_modello_di_documento_e_usato():
    """Typst models: drawn by ``compone("<nome>", …)`` or imported by another."""
    scritti = {valore for m in moduli() for valore, _riga in stringhe(m.albero)}
    modelli = sorted((TEMPLATES / "pdf").glob("*.typ"))
    importati = {n for p in modelli for n in re.findall(r'import "([a-z_]+)\.typ"', p.read_text(encoding="utf-8"))}
    nessuno(p.name for p in modelli if p.stem not in scritti | importati)


def senza_jinja(sorgente: str) -> str:
    """The HTML of a template, on the same lines: comments, expressions and blocks are blanked."""

    def bianco(trovato: re.Match[str]) -> str:
        return "\n" * trovato[0].count("\n")

    return re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", bianco, sorgente, flags=re.DOTALL)


VIETATI = {
    "stile in linea": re.compile(r"<[a-z][^<>]*\sstyle\s*=|<style\b", re.IGNORECASE),
    "script in linea": re.compile(r"<script\b(?![^>]*\ssrc\s*=)", re.IGNORECASE),
    "gestore in linea": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE),
    "indirizzo javascript:": re.compile(r"javascript:", re.IGNORECASE),
    "risorsa di altri": re.compile(
        r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE
    ),
}


@pytest.mark.parametrize("che_cosa", VIETATI)
def test_la_csp_severa_regge(che_cosa: str):
    trovati = []
    for nome in file():
        html = senza_jinja(leggi(nome))
        for trovato in VIETATI[che_cosa].finditer(html):
            trovati.append(f"templates/{nome}:{html.count(chr(10), 0, trovato.start()) + 1} {trovato[0][:60]!r}")
    nessuno(trovati)


class Lettore(HTMLParser):
    """What a person would read of a template's own HTML: texts and spoken attributes, with their lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.letti: list[tuple[int, str]] = []
        self._muto = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._muto += tag in ("script", "style")
        for nome, valore in attrs:
            if valore and (
                nome in ATTRIBUTI_LETTI or (tag == "meta" and nome == "content" and ("name", "description") in attrs)
            ):
                self.letti.append((self.getpos()[0], valore))

    def handle_endtag(self, tag: str) -> None:
        self._muto -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._muto:
            self.letti.append((self.getpos()[0], data))


def html_proprio(letto: nodes.Template) -> str:
    """The texts of a template outside expressions, each near the line where it stands."""
    pezzi, righe = [], 1
    for dato in letto.find_all(nodes.TemplateData):
        if dato.lineno > righe:
            pezzi.append("\n" * (dato.lineno - righe))
            righe = dato.lineno
        pezzi.append(dato.data + "\ue000")
        righe += dato.data.count("\n")
    return "".join(pezzi)


def parole_lette(letto: nodes.Template) -> Iterator[tuple[int, str]]:
    lettore = Lettore()
    lettore.feed(html_proprio(letto))
    for riga, scritto in lettore.letti:
        parole = re.findall(r"[^\W\d_]{2,}", scritto.replace("\ue000", " "))
        if [p for p in parole if p not in NON_SI_TRADUCE]:
            yield riga, " ".join(scritto.replace("\ue000", "…").split())


def frasi_negli_argomenti(nodo: nodes.Node, *, dentro: bool = False) -> Iterator[tuple[int, str]]:
    """Strings that look like sentences, given to a macro or a filter without being marked for translation."""
    if isinstance(nodo, nodes.Call) and isinstance(nodo.node, nodes.Name) and nodo.node.name in TRADUCONO:
        dentro = True
    if isinstance(nodo, nodes.Const) and isinstance(nodo.value, str) and not dentro:
        detto = nodo.value.strip()
        classe = re.fullmatch(r"(?:[A-Z][a-z]+){2,}", detto)  # the type of a field, compared in the template
        if (
            detto not in NON_SI_TRADUCE
            and not classe
            and re.match(r"[A-ZÀÈÉÌÒÙ«][a-zàèéìòù’]+|[a-zàèéìòù]+ .*[.?!:’àèéìòù]", detto)
        ):
            yield nodo.lineno, detto
    for figlio in nodo.iter_child_nodes():
        yield from frasi_negli_argomenti(figlio, dentro=dentro)


def test_nessun_testo_resta_fuori_dalle_traduzioni(portale: Any):
    trovati = []
    for nome in file():
        letto = albero(portale.jinja_env, nome)
        for riga, scritto in [*parole_lette(letto), *frasi_negli_argomenti(letto)]:
            trovati.append(f"templates/{nome}:{riga} {scritto[:80]}")
    nessuno(trovati)
