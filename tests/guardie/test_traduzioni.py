"""The English translation is complete: our own gate, because the usual tools let an empty plural or a lost %(name)s by."""

from __future__ import annotations

import ast
import io
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from portal.i18n import LINGUE

from .sorgenti import RADICE, moduli, nessuno, nodi

PO = RADICE / "translations" / "en" / "LC_MESSAGES" / "messages.po"
PAROLE_CHIAVE = {**DEFAULT_KEYWORDS, "_l": None, "_n": (1, 2), "_p": ((1, "c"), 2)}
"""What ``portal.i18n`` calls its functions, beside the names that every tool knows."""
SEGNAPOSTO = re.compile(r"%(?:\((\w+)\))?[sd]")
ETICHETTA = re.compile(r"</?([a-z][a-z0-9]*)")

Chiave = tuple[str, str | None]


@cache
def mappature() -> tuple[dict[str, Any], ...]:
    dati = tomllib.loads((RADICE / "pyproject.toml").read_text(encoding="utf-8"))
    return tuple(dati["tool"]["babel"]["mappings"])


def test_le_opzioni_di_estrazione_sono_testi():
    """``pybabel extract`` hands them to Jinja2 as they are, and Jinja2 wants words: ``true`` without quotes crashes it."""
    nessuno(
        f"{m['pattern']}: {nome} = {valore!r}"
        for m in mappature()
        for nome, valore in m.items()
        if nome not in ("method", "pattern") and not isinstance(valore, str)
    )


@cache
def scritti() -> dict[Chiave, tuple[Any, str]]:
    """Every text marked in code and templates: id (the first of a plural) and context -> id as extracted, place."""
    trovati: dict[Chiave, tuple[Any, str]] = {}
    metodi = [(m["pattern"], m["method"]) for m in mappature()]
    opzioni = {
        m["pattern"]: {n: str(v).lower() for n, v in m.items() if n not in ("method", "pattern")} for m in mappature()
    }
    for cartella in {m["pattern"].partition("/")[0] for m in mappature()}:
        estratti = extract_from_dir(RADICE / cartella, _dentro(metodi, cartella), _opzioni(opzioni, cartella), PAROLE_CHIAVE)
        for nome, riga, testo, _commenti, contesto in estratti:
            chiave = (testo[0] if isinstance(testo, tuple) else testo, contesto)
            gia = trovati.get(chiave)
            if gia is None or (isinstance(testo, tuple) and not isinstance(gia[0], tuple)):
                trovati[chiave] = testo, f"{cartella}/{nome}:{riga}"
    return trovati


def _dentro(metodi: list[tuple[str, str]], cartella: str) -> list[tuple[str, str]]:
    return [
        (modello.removeprefix(f"{cartella}/"), metodo) for modello, metodo in metodi if modello.startswith(f"{cartella}/")
    ]


def _opzioni(opzioni: dict[str, dict[str, str]], cartella: str) -> dict[str, dict[str, str]]:
    return {modello.removeprefix(f"{cartella}/"): o for modello, o in opzioni.items() if modello.startswith(f"{cartella}/")}


@cache
def catalogo() -> Catalog:
    with PO.open("rb") as aperto:
        return read_po(aperto, locale="en", abort_invalid=True)


def voci() -> Iterator[tuple[Any, str, Message | None]]:
    for (testo, contesto), (intero, dove) in sorted(scritti().items(), key=str):
        yield intero, dove, catalogo().get(testo, contesto)


def forme(messaggio: Message) -> tuple[str, ...]:
    """What the translation says: one text, or one for each plural form."""
    return messaggio.string if isinstance(messaggio.string, tuple) else (messaggio.string,)


def test_si_estrae_davvero():
    """Texts from Python and from templates, single, plural and lazy ones."""
    assert len(scritti()) > 500
    assert any(dove.startswith("templates/") for _t, dove in scritti().values())
    assert any(isinstance(testo, tuple) for testo, _dove in scritti().values())
    assert ("Guida ai servizi", None) in scritti(), "le parole di _l() non si estraggono"


def test_le_funzioni_di_traduzione_hanno_un_solo_nome():
    """``from .i18n import _ as t``: what is marked with another name is never extracted."""
    altri_nomi = [
        f"{m.relativo}:{nodo.lineno} {a.name} come {a.asname}"
        for m in moduli()
        for nodo in nodi(m.albero)
        if isinstance(nodo, ast.ImportFrom) and nodo.module and nodo.module.split(".")[-1] in ("i18n", "flask_babel")
        for a in nodo.names
        if a.asname is not None
    ]
    nessuno(altri_nomi)


def test_ogni_lingua_diversa_dall_italiano_ha_il_suo_catalogo():
    assert set(LINGUE) - {"it"} == {p.name for p in (RADICE / "translations").iterdir() if p.is_dir()}


def test_ogni_testo_e_tradotto():
    nessuno(
        f"{dove} {testo!r}"
        for testo, dove, trovato in voci()
        if trovato is None or not all(f.strip() for f in forme(trovato))
    )


def test_ogni_plurale_ha_tutte_le_sue_forme():
    """An entry made single by mistake, or with one form only, is missing."""
    nessuno(
        f"{dove} {testo!r}"
        for testo, dove, trovato in voci()
        if isinstance(testo, tuple)
        and trovato is not None
        and (trovato.id != testo or len(forme(trovato)) != catalogo().num_plurals or not all(forme(trovato)))
    )


def test_nessuna_traduzione_e_un_tentativo():
    nessuno(f"{trovato.id!r}" for _t, _d, trovato in voci() if trovato is not None and trovato.fuzzy)


def segnaposti(testo: str) -> set[str]:
    return {nome or "%s" for nome in SEGNAPOSTO.findall(testo.replace("%%", ""))}


def test_ogni_traduzione_ha_gli_stessi_segnaposto():
    """A singular may say «one» without its number; every other form has exactly the names of the Italian."""
    diversi = []
    for testo, dove, trovato in voci():
        if trovato is None:
            continue
        if isinstance(testo, tuple):
            ammessi = segnaposti(testo[0]) | segnaposti(testo[1])
            bene = segnaposti(forme(trovato)[0]) <= ammessi and segnaposti(forme(trovato)[-1]) == segnaposti(testo[1])
        else:
            bene = segnaposti(forme(trovato)[0]) == segnaposti(testo)
        if not bene:
            diversi.append(f"{dove} {testo!r} -> {trovato.string!r}")
    nessuno(diversi)


def test_ogni_traduzione_ha_le_stesse_etichette_html():
    nessuno(
        f"{dove} {testo!r} -> {trovato.string!r}"
        for testo, dove, trovato in voci()
        if trovato is not None
        and isinstance(testo, str)
        and sorted(ETICHETTA.findall(testo)) != sorted(ETICHETTA.findall(forme(trovato)[0]))
    )


def test_nessuna_traduzione_e_rimasta_senza_testo():
    """Entries whose Italian is no longer written anywhere."""
    vivi = {(testo, contesto or None) for testo, contesto in scritti()}
    nessuno(
        repr(m.id)
        for m in catalogo()
        if m.id and ((m.id[0] if isinstance(m.id, tuple) else m.id), m.context or None) not in vivi
    )


def test_il_catalogo_compilato_e_quello_scritto():
    """The ``.mo`` is what the pages read."""
    atteso = io.BytesIO()
    write_mo(atteso, catalogo())
    atteso.seek(0)
    with PO.with_suffix(".mo").open("rb") as aperto:
        letti, voluti = contenuto(read_mo(aperto)), contenuto(read_mo(atteso))
    nessuno(chiave for chiave in sorted({*letti, *voluti}) if letti.get(chiave) != voluti.get(chiave))


def contenuto(compilato: Catalog) -> dict[str, str]:
    return {repr((m.context, m.id)): repr(m.string) for m in compilato if m.id}


def test_i_testi_hanno_apostrofi_e_virgolette_tipografici():
    diritti = re.compile(r"\w'\w|\w' |(?<![=\w])\"\w")
    nessuno(
        f"{dove} {testo!r}"
        for testo, dove in scritti().values()
        if any(diritti.search(ETICHETTA.sub("", t)) for t in (testo if isinstance(testo, tuple) else (testo,)))
    )
