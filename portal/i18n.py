"""Languages: Italian is the source (the msgids), English is a complete translation.

The choice is an explicit one: ``?lingua=en`` once, then a cookie of ours; else the browser's preference.
"""

from __future__ import annotations

from contextlib import _GeneratorContextManager
from functools import cache
from typing import TYPE_CHECKING, Any

from babel.support import NullTranslations, Translations
from flask import g, has_request_context, request
from flask_babel import Babel, force_locale, get_locale
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from .percorsi import cartella

if TYPE_CHECKING:
    from flask import Flask

LINGUE: dict[str, str] = {"it": "italiano", "en": "English"}
COOKIE = "lingua"
__all__ = ["COOKIE", "LINGUE", "_", "_l", "_n", "collega", "in_italiano", "lingua"]


def lingua() -> str:
    locale = get_locale()
    return str(locale.language) if locale else "it"


@cache
def _catalogo(codice: str) -> NullTranslations:
    """The words of a language, read once: a page asks for a hundred of them. Italian has none, the msgids are its words."""
    return Translations.load(cartella("translations"), [codice])


def _(testo: str, /, **valori: Any) -> str:
    """The text in the language of the page, with its ``%(names)s`` filled in when there are any."""
    tradotto = _catalogo(lingua()).ugettext(testo)
    return tradotto % valori if valori else tradotto


def _n(uno: str, tanti: str, num: int, /, **valori: Any) -> str:
    """The one or the other form, by ``num``, which the text may name."""
    return _catalogo(lingua()).ungettext(uno, tanti, num) % {"num": num, **valori}


def _l(testo: str, /, **valori: Any) -> LazyString:
    """A text that is translated when it is shown: for what is written once, when a module is read."""
    return LazyString(_, testo, **valori)


def _nel_modello(testo: str, /, **valori: Any) -> Markup:
    """``_`` in templates: a text of ours is safe, what is put into it is escaped, and a ``%`` is written twice."""
    tradotto = Markup(_catalogo(lingua()).ugettext(testo))
    return tradotto % valori if valori or "%" in tradotto else tradotto


def _n_nel_modello(uno: str, tanti: str, num: int, /, **valori: Any) -> Markup:
    return Markup(_catalogo(lingua()).ungettext(uno, tanti, num)) % {"num": num, **valori}


def in_italiano() -> _GeneratorContextManager[None]:
    """Everything inside is written in Italian, whoever clicks: acts and letters have legal value in Italian only."""
    return force_locale("it")


def scegli_lingua() -> str:
    """The language of this request; Italian wherever nothing else is asked."""
    if not has_request_context():
        return "it"
    chiesta = request.args.get("lingua") or request.cookies.get(COOKIE)
    if chiesta in LINGUE:
        return str(chiesta)
    return request.accept_languages.best_match(list(LINGUE), default="it") or "it"


def collega(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = "it"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Rome"
    Babel(app, locale_selector=scegli_lingua)
    app.jinja_env.globals.update(_=_nel_modello, gettext=_nel_modello, ngettext=_n_nel_modello)

    @app.after_request
    def _ricorda(risposta):  # type: ignore[no-untyped-def]
        chiesta = request.args.get("lingua")
        if chiesta in LINGUE and request.method == "GET":
            risposta.set_cookie(COOKIE, chiesta, max_age=31_536_000, samesite="Lax", httponly=True, secure=request.is_secure)
            g.lingua_scelta = chiesta
        return risposta
