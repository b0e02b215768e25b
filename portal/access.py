"""Who may do what: one registry, asked by views, templates and operations alike.

A permission is a string ``area.verbo``; its rule is a predicate ``(utente, oggetto) -> bool`` that the area
declares in ``permissions.py``. Views say ``@requires(P, load=…)`` or ``@public``: a guard test fails on an
endpoint that says neither. Where existence itself is confidential the answer is 404, not 403; a 403 may say its reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from .errors import NonTrovato, Vietato
from .i18n import _
from .richiesta import campi_da_rimandare

Predicato = Callable[[Any, Any], bool]
V = TypeVar("V", bound=Callable[..., Any])


@dataclass(frozen=True)
class Regola:
    predicato: Predicato
    noto_a: Predicato | None
    """Who may know that the object exists, and so gets 403; for everyone else a refusal looks like «not found»."""
    perche: Any = None
    """The words of that 403 (translated when shown), or what gives them for a person and an object; None: the usual ones."""

    def motivo(self, utente: Any, oggetto: Any) -> Any:
        """The words for this person on this object; None for the usual ones."""
        return self.perche(utente, oggetto) if callable(self.perche) else self.perche


class VietatoPerche(Vietato):
    """Refused, and the message is the whole reason: the page adds no guesses about roles."""

    motivato = True


REGOLE: dict[str, Regola] = {}


def regola(permesso: str, *, noto_a: Predicato | None = None, perche: Any = None) -> Callable[[Predicato], Predicato]:
    """Declare the rule of a permission. A refusal answers 404, or 403 to those who satisfy ``noto_a``.

    ``perche`` is what those are told: words where, to them, the rule can say no for one reason only; else a function
    of the person and the object that gives the words, or None when the usual ones will do.
    """

    def dichiara(predicato: Predicato) -> Predicato:
        if permesso in REGOLE and REGOLE[permesso].predicato is not predicato:
            raise RuntimeError(f"permesso dichiarato due volte: {permesso}")
        REGOLE[permesso] = Regola(predicato, noto_a, perche)
        return predicato

    return dichiara


def can(permesso: str, oggetto: Any = None, utente: Any = None) -> bool:
    """May the user (the current one by default) do this on the object? Never raises, an unknown name apart."""
    chi = utente if utente is not None else current_user
    return bool(getattr(chi, "is_authenticated", False)) and REGOLE[permesso].predicato(chi, oggetto)


def check(permesso: str, oggetto: Any, utente: Any) -> None:
    """Raise ``NonTrovato`` or ``Vietato`` (``VietatoPerche`` where the rule gives its reason) unless the user may."""
    if can(permesso, oggetto, utente):
        return
    rifiuta = REGOLE[permesso]
    if rifiuta.noto_a is None or not rifiuta.noto_a(utente, oggetto):
        raise NonTrovato
    if (motivo := rifiuta.motivo(utente, oggetto)) is not None:
        raise VietatoPerche(motivo)
    raise Vietato(_("Il tuo ruolo non permette questa operazione."))


def public(vista: V) -> V:
    """This endpoint is for everyone."""
    vista.__dict__["accesso"] = "pubblico"
    return vista


def requires(permesso: str, load: Callable[..., Any] | None = None) -> Callable[[V], V]:
    """Let in only who may ``permesso`` on what ``load(**url values)`` finds, and hand it to the view.

    An anonymous visitor is sent to the login page (and back). ``load`` must raise ``NonTrovato`` itself or
    return None when there is nothing. Without ``load`` the permission is asked on nothing.
    """

    def decora(vista: V) -> V:
        @wraps(vista)
        def protetta(**valori: Any) -> Any:
            if not current_user.is_authenticated:
                return _manda_ad_accedere()
            if load is None:
                check(permesso, None, current_user)
                return vista(**valori)
            _solo_per_l_ufficio()
            oggetto = load(**valori)
            if oggetto is None:
                raise NonTrovato
            check(permesso, oggetto, current_user)
            return vista(oggetto)

        protetta.__dict__["accesso"] = permesso
        return protetta  # type: ignore[return-value]

    return decora


def _solo_per_l_ufficio() -> None:
    """What lies under ``/<ambito>/ufficio/`` is its staff's: to anybody else it is not there, whatever would be found.

    Asked before anything is read: the answer costs nothing and cannot depend on what exists.
    """
    if request.url_rule is not None and "/ufficio/" in request.url_rule.rule and not can("utenti.ufficio"):
        raise NonTrovato


def _manda_ad_accedere() -> Any:
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("utenti.accedi", prossima=request.full_path.rstrip("?")), 303)
    # a form sent with an expired session: the error page keeps what was typed
    return render_template("errori/csrf.html", stato=401, campi=campi_da_rimandare(request.form)), 401
