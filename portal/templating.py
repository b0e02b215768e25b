"""What templates may use: filters for dates, money and sizes, and a few globals. No queries here.

Dates, euro and numbers are written only through these filters, in the language of the page and in Rome's time. The rule
has no exceptions on a page: euro, percentages, points and sizes all follow it (what is inside a field: see ``money``).
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache, wraps
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal
from flask import Flask, Response, abort, current_app, g, request, send_from_directory, url_for
from flask_login import current_user
from jinja2 import StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from . import access, navigation
from .clocks import a_roma, adesso, giorni_interi
from .i18n import LINGUE, _, lingua
from .money import scrivi_euro, scrivi_importo
from .paging import indirizzo_con
from .parole import parola_azione, parola_firma, parola_ruolo
from .percorsi import bootstrap_italia, cartella
from .richtext import rendi, segna_omissis

ANNO = 31_536_000


def _giorno(valore: date | datetime) -> date:
    return a_roma(valore).date() if isinstance(valore, datetime) else valore


def data(valore: date | datetime | None) -> str:
    """21/11/2026"""
    return _giorno(valore).strftime("%d/%m/%Y") if valore else ""


def data_lunga(valore: date | datetime | None) -> str:
    """sabato 21 novembre 2026"""
    return format_date(_giorno(valore), "EEEE d MMMM y", locale=lingua()) if valore else ""


def data_media(valore: date | datetime | None) -> str:
    """21 novembre 2026"""
    return format_date(_giorno(valore), "d MMMM y", locale=lingua()) if valore else ""


def mese_anno(valore: date | datetime) -> str:
    """novembre 2026"""
    return format_date(_giorno(valore), "MMMM y", locale=lingua())


def mese_breve(valore: date | datetime) -> str:
    """nov"""
    return format_date(_giorno(valore), "MMM", locale=lingua())


def ora(valore: datetime | None) -> str:
    """12:00, or 12:00:01 when the seconds count."""
    if not valore:
        return ""
    locale = a_roma(valore)
    return format_time(locale, "HH:mm:ss" if locale.second else "HH:mm", locale=lingua())


def ora_minuti(valore: datetime | None) -> str:
    """14:57, whatever the seconds: for what a minute of a sitting says."""
    return a_roma(valore).strftime("%H:%M") if valore else ""


def ora_secondi(valore: datetime | None) -> str:
    """12:00:00: for terms that close to the second."""
    return a_roma(valore).strftime("%H:%M:%S") if valore else ""


def data_ora(valore: datetime | None) -> str:
    """sabato 21 novembre 2026, ore 12:00"""
    if not valore:
        return ""
    return _("%(giorno)s, ore %(ora)s", giorno=data_lunga(valore), ora=ora(valore))


def istante(valore: datetime | None) -> str:
    """21/11/2026 12:00:01: to the second, for receipts and registers."""
    return format_datetime(a_roma(valore), "dd/MM/y HH:mm:ss", locale="it") if valore else ""


def numero(valore: int | Decimal | None) -> str:
    """70.274"""
    return "" if valore is None else format_decimal(valore, locale=lingua())


def percento(valore: Decimal | float | None, *, esatto: bool = False) -> str:
    """53,6 %, with a non-breaking space; 53.6% in English. ``esatto``: with the decimals it has, for small differences."""
    if valore is None:
        return ""
    segno = "%" if lingua() == "en" else "\u00a0%"
    return format_decimal(Decimal(str(valore)), format="#,##0.##" if esatto else "#,##0.0", locale=lingua()) + segno


def punti(valore: Decimal | None) -> str:
    """12,5 (points of a score: two decimals at most, none when whole)"""
    return "" if valore is None else format_decimal(valore, format="#,##0.##", locale=lingua())


def dimensione(byte: int | None) -> str:
    """1,2 MB (decimal units, as on the tin)"""
    if byte is None:
        return ""
    valore, unita = Decimal(byte), "byte"
    for unita in ("byte", "kB", "MB", "GB"):
        if valore < 1000 or unita == "GB":
            break
        valore /= 1000
    return f"{format_decimal(valore, format='#,##0.#' if unita != 'byte' else '#,##0', locale=lingua())}\u00a0{unita}"


def lang(contenuto: str) -> Markup:
    """The attribute that says in which language an element's content is, where that is not the page's (WCAG 3.1.2):
    ``<div class="testo-ricco"{{ "it"|lang }}>``. Acts, sheets and proposals are in Italian whatever the page's language."""
    return Markup("") if contenuto == lingua() else Markup(' lang="{}"').format(contenuto)


def italiano(testo: Any) -> Any:
    """A text written in Italian, by people, inside a sentence or a cell of the page: marked as such on other pages.
    Not for attributes, where no mark can stand."""
    return testo if lingua() == "it" or not testo else Markup('<span lang="it">{}</span>').format(testo)


def giorni_a(valore: datetime | None) -> int | None:
    """Calendar days from today (Rome) to that day; negative when it is past."""
    return None if valore is None else giorni_interi(adesso(), valore)


FILTRI: dict[str, Callable[..., Any]] = {
    "data": data,
    "data_lunga": data_lunga,
    "data_media": data_media,
    "mese_anno": mese_anno,
    "mese_breve": mese_breve,
    "ora": ora,
    "data_ora": data_ora,
    "ora_minuti": ora_minuti,
    "ora_secondi": ora_secondi,
    "istante": istante,
    "numero": numero,
    "percento": percento,
    "punti": punti,
    "dimensione": dimensione,
    "giorni_a": giorni_a,
    "euro": scrivi_euro,
    "importo": scrivi_importo,
    "lang": lang,
    "italiano": italiano,
    "markdown": rendi,
    "segna_omissis": segna_omissis,
    "parola_ruolo": parola_ruolo,
    "parola_azione": parola_azione,
    "parola_firma": parola_firma,
}


def _nella_pagina(filtro: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, worked out when the page is drawn: of a constant (``100|percento``, ``"it"|lang``) Jinja would keep
    what the first page to be compiled said, in its language."""

    @pass_context
    @wraps(filtro)
    def scritto(_contesto: Context, *valori: Any, **altri: Any) -> Any:
        return filtro(*valori, **altri)

    return scritto


@cache
def _impronta(percorso: Path, _modificato: float) -> str:
    return hashlib.sha256(percorso.read_bytes()).hexdigest()[:10]


def asset(nome: str) -> str:
    """URL of a static file of ours, changing when the file changes: it may be cached for ever.

    The file is looked at once, and at every page only where templates too may change under a running portal.
    """
    percorso = cartella("static") / nome
    modificato = percorso.stat().st_mtime if current_app.config["TEMPLATES_AUTO_RELOAD"] else 0.0
    return url_for("static", filename=nome, v=_impronta(percorso, modificato))


def bi(nome: str) -> str:
    """URL of a file of Bootstrap Italia, served from its wheel."""
    return url_for("bootstrap_italia", nome=nome, v=_versione_bi())


@cache
def _versione_bi() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("design-django-theme")
    except PackageNotFoundError:
        return "0"


def _lingue() -> list[tuple[str, str, str, bool]]:
    """The language switch: code, name, address of this page in it, whether it is the present one."""
    if not request.endpoint or request.method != "GET":
        return []
    return [(codice, nome, indirizzo_con(lingua=codice), codice == lingua()) for codice, nome in LINGUE.items()]


def collega(app: Flask, *, demo: bool) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update({nome: _nella_pagina(filtro) for nome, filtro in FILTRI.items()})
    app.jinja_env.globals.update(can=access.can, asset=asset, bi=bi, adesso=adesso, indirizzo_con=indirizzo_con, demo=demo)

    @app.context_processor
    def _contesto() -> dict[str, Any]:
        ambito = getattr(g, "ambito", None)
        utente = current_user if current_user.is_authenticated else None
        return {
            "lingua": lingua(),
            "lingue": _lingue(),
            "ambito": ambito,
            "utente": utente,
            "sito": navigation.sito(ambito, g.get("comuni", ())),
            "navigazione": navigation.voci(ambito, utente),
            "collegamenti": navigation.collegamenti(ambito),
            "account": navigation.account(utente),
            "ruolo_corrente": navigation.ruolo(ambito, utente),
            "errori_modulo": False,
        }

    @app.get("/static/bi/<path:nome>")
    @access.public
    def bootstrap_italia(nome: str) -> Response:
        return _file_bootstrap_italia(nome)


FOGLIO = "css/bootstrap-italia.min.css"
_FONT_INCORPORATO = re.compile(rb"@font-face\{[^}]*url\(data:[^}]*\}")


def _file_bootstrap_italia(nome: str) -> Response:
    """A file of the wheel, for ever in the browser's cache; the style sheet compressed, and without the one font it
    embeds as ``data:`` (a video player's, which we do not use and our CSP refuses)."""
    radice = bootstrap_italia()
    if radice is None:
        abort(404)
    if nome == FOGLIO:
        accetta = "gzip" in request.headers.get("Accept-Encoding", "")
        risposta = Response(_foglio(radice / nome, accetta), mimetype="text/css")
        risposta.headers["Vary"] = "Accept-Encoding"
        if accetta:
            risposta.headers["Content-Encoding"] = "gzip"
    else:
        risposta = send_from_directory(radice, nome, max_age=ANNO)
    risposta.headers["Cache-Control"] = f"public, max-age={ANNO}, immutable"
    return risposta


@cache
def _foglio(percorso: Path, compresso: bool) -> bytes:
    testo = _FONT_INCORPORATO.sub(b"", percorso.read_bytes())
    return gzip.compress(testo, 9, mtime=0) if compresso else testo
