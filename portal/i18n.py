"""Languages: Italian is the source (the msgids), English is a complete translation.

The choice is an explicit one: ``?lingua=en`` once, then a cookie of ours; else the browser's preference.
"""

from __future__ import annotations

from contextlib import _GeneratorContextManager
from typing import TYPE_CHECKING

from flask import g, has_request_context, request
from flask_babel import Babel, force_locale, get_locale, gettext, lazy_gettext, ngettext, pgettext

if TYPE_CHECKING:
    from flask import Flask

LINGUE: dict[str, str] = {"it": "italiano", "en": "English"}
COOKIE = "lingua"

_ = gettext
_l = lazy_gettext
_n = ngettext
_p = pgettext

__all__ = ["COOKIE", "LINGUE", "_", "_l", "_n", "_p", "collega", "in_italiano", "lingua"]


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


def lingua() -> str:
    locale = get_locale()
    return str(locale.language) if locale else "it"


def collega(app: Flask) -> None:
    from .percorsi import cartella

    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(cartella("translations"))
    app.config["BABEL_DEFAULT_LOCALE"] = "it"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Rome"
    Babel(app, locale_selector=scegli_lingua)

    @app.after_request
    def _ricorda(risposta):  # type: ignore[no-untyped-def]
        chiesta = request.args.get("lingua")
        if chiesta in LINGUE and request.method == "GET":
            risposta.set_cookie(COOKIE, chiesta, max_age=31_536_000, samesite="Lax", httponly=True, secure=request.is_secure)
            g.lingua_scelta = chiesta
        return risposta
