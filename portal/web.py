"""Blueprints of the areas, and what every request goes through.

``Area`` wraps each view that answers something other than GET in ``@transaction`` and finds the Ambito from the
first word of the URL. Read ``architecture.md`` «One request» beside this file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from flask import Blueprint, Flask, g, request, url_for
from werkzeug.wrappers import Response

from . import tenancy
from .clocks import adesso
from .db import sessione
from .errors import NonTrovato
from .paging import MASSIMO_INTERO
from .transaction import transaction, unita

ANNO = 31_536_000
SICURI = frozenset({"GET", "HEAD", "OPTIONS"})
TrovaAmbito = Callable[[str], Any]
"""From the slug of the URL to the Ambito, the names of its comuni and the version of its content, or None."""


class Area(Blueprint):
    """The blueprint of an area. ``dell_ambito``: its URLs start with ``/<ambito>``."""

    def __init__(self, nome: str, modulo: str, *, dell_ambito: bool = True, prefisso: str = "") -> None:
        super().__init__(nome, modulo, url_prefix=("/<ambito>" if dell_ambito else "") + prefisso)
        self.dell_ambito = dell_ambito

    def add_url_rule(
        self,
        rule: str,
        endpoint: str | None = None,
        view_func: Callable[..., Any] | None = None,
        provide_automatic_options: bool | None = None,
        **opzioni: Any,
    ) -> None:
        metodi = {m.upper() for m in opzioni.get("methods") or ("GET",)}
        if view_func is not None and metodi - SICURI and not getattr(view_func, "gestisce_transazione", False):
            view_func = _scrive_se_serve(view_func)
        super().add_url_rule(rule, endpoint, view_func, provide_automatic_options, **opzioni)


def gestisce_transazione(vista: Callable[..., Any]) -> Callable[..., Any]:
    """This view opens ``unita()`` by itself: it has slow work (a file to check and store) to do before."""
    vista.__dict__["gestisce_transazione"] = vista.__dict__["scrive"] = True
    return vista


@contextmanager
def _utente_riletto() -> Iterator[None]:
    """A roll-back expires what was loaded: after it the page reads the user afresh."""
    try:
        yield
    except Exception:
        g.pop("_login_user", None)
        raise


@contextmanager
def unita_di_vista() -> Iterator[None]:
    """``unita`` for a view with its own transactions. What it had loaded is to be read again after a refusal."""
    with _utente_riletto(), unita():
        yield


def _scrive_se_serve(vista: Callable[..., Any]) -> Callable[..., Any]:
    in_transazione = transaction(vista)

    @wraps(vista)
    def avvolta(**valori: Any) -> Any:
        if request.method in SICURI:
            return vista(**valori)
        with _utente_riletto():
            return in_transazione(**valori)

    avvolta.__dict__["scrive"] = True
    return avvolta


def collega(app: Flask, trova_ambito: TrovaAmbito) -> None:
    """Hooks of every request: the Ambito in, the session out, the security headers on."""

    @app.before_request
    def _ambito() -> None:
        valori = request.view_args
        g.ambito, g.comuni = None, ()
        g.arrivo = adesso()
        tenancy.scegli(None)
        if _impossibile(valori or {}):
            raise NonTrovato
        if valori and "ambito" in valori:
            trovato = trova_ambito(valori.pop("ambito"))
            if trovato is None:
                raise NonTrovato
            g.ambito, g.comuni, g.versione = trovato
            tenancy.scegli(g.ambito.id)

    @app.url_defaults
    def _ambito_negli_indirizzi(endpoint: str, valori: dict[str, Any]) -> None:
        if "ambito" in valori or getattr(g, "ambito", None) is None:
            return
        if app.url_map.is_endpoint_expecting(endpoint, "ambito"):
            valori["ambito"] = g.ambito.slug

    @app.teardown_request
    def _chiudi(_errore: BaseException | None) -> None:
        sessione.remove()
        tenancy.scegli(None)

    app.after_request(_intestazioni)


def _impossibile(valori: dict[str, Any]) -> bool:
    """Does the address hold what no row can: a NUL, or a number that the database has no room for?"""
    testi = [v for voci in request.args.listvalues() for v in voci] + [v for v in valori.values() if isinstance(v, str)]
    numeri = [v for v in valori.values() if isinstance(v, int)]
    return any("\x00" in t for t in testi) or any(n > MASSIMO_INTERO for n in numeri)


CSP = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


def _intestazioni(risposta: Response) -> Response:
    """Strict headers on every answer: no inline anything, no framing, no sniffing, no leaking of addresses."""
    testate = risposta.headers
    testate.setdefault("Content-Security-Policy", CSP)
    testate.setdefault("X-Content-Type-Options", "nosniff")
    testate.setdefault("Referrer-Policy", "same-origin")
    testate.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
    testate.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    testate.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if request.is_secure:
        testate.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint == "static" and request.args.get("v") and risposta.status_code < 400:
        testate["Cache-Control"] = f"public, max-age={ANNO}, immutable"  # asset(): the address changes with the file
    elif _autenticato() and request.endpoint not in ("static", "bootstrap_italia"):
        # what a person sees after logging in must not stay in a shared computer's cache
        testate["Cache-Control"] = "no-store"
    elif risposta.mimetype == "text/html":
        testate.setdefault("Cache-Control", "no-cache")
    return risposta


def _autenticato() -> bool:
    """Was anything of this answer decided knowing who is logged in?"""
    return bool(getattr(g.get("_login_user"), "is_authenticated", False))


def pagina_interna(indirizzo: str | None) -> str | None:
    """The address if it is a path of ours, else None: no open redirect after the login."""
    if not indirizzo or not indirizzo.startswith("/") or indirizzo.startswith(("//", "/\\")):
        return None
    return indirizzo if all(c.isprintable() for c in indirizzo) else None


def assoluto(endpoint: str, **valori: Any) -> str:
    """The public address of a page, for mail and receipts."""
    from flask import current_app

    return current_app.config["INDIRIZZO"] + url_for(endpoint, **valori)


def indirizzo(endpoint: str, **valori: Any) -> str:
    """The path of a page, for areas that may not know Flask."""
    return url_for(endpoint, **valori)
