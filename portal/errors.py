"""Errors that operations raise and pages explain.

An operation never talks to the browser: it raises one of these and the caller decides. ``registra`` turns
each into a page with the right status; a view that shows a form catches ``ErroreDominio`` itself and puts
the message on the field, so that nothing typed is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


class ErroreDominio(Exception):
    """A rule says no. ``messaggio`` is for the person, ``campo`` names the form field it belongs to.

    ``torna``: words and address of where to go on from, when there is nothing to try again. Who catches it gives it.
    """

    stato_http = 400
    torna: tuple[Any, str] | None = None

    def __init__(self, messaggio: Any, campo: str | None = None) -> None:
        super().__init__(str(messaggio))
        self.messaggio = messaggio
        self.campo = campo


class NonTrovato(ErroreDominio):
    """It does not exist, or the reader may not know that it does."""

    stato_http = 404

    def __init__(self, messaggio: Any = "", campo: str | None = None) -> None:
        super().__init__(messaggio, campo)


class Vietato(ErroreDominio):
    """The reader may know it exists but may not do this."""

    stato_http = 403


class FuoriTermine(ErroreDominio):
    """The term has passed (domain.md 1.11): refused, with the draft kept readable."""

    stato_http = 403


class TransizioneNonAmmessa(ErroreDominio):
    """The object is not in a state from which this step may start: usually someone was faster."""

    stato_http = 409


class Conflitto(ErroreDominio):
    """Two people edited the same thing. Carries both texts, so that the page can show them side by side.

    ``mio`` and ``salvato`` map a field label to its text: what I typed and what the database now holds.
    """

    stato_http = 409

    def __init__(
        self,
        messaggio: Any,
        *,
        mio: dict[str, str] | None = None,
        salvato: dict[str, str] | None = None,
        ritorno: str | None = None,
    ) -> None:
        super().__init__(messaggio)
        self.mio = mio or {}
        self.salvato = salvato or {}
        self.ritorno = ritorno


class TroppiTentativi(ErroreDominio):
    """Rate limit reached; ``attesa`` is in seconds."""

    stato_http = 429

    def __init__(self, messaggio: Any, attesa: int) -> None:
        super().__init__(messaggio)
        self.attesa = attesa


PAGINE = frozenset({400, 403, 404, 409, 413, 429, 500})


def _pagina(stato: int, **dati: Any) -> tuple[str, int]:
    """The page of a status (``templates/errori/<status>.html``); one without its own gets its family's."""
    from flask import render_template

    nome = stato if stato in PAGINE else (500 if stato >= 500 else 400)
    return render_template(f"errori/{nome}.html", stato=stato, cornice=_cornice(), **dati), stato


def _cornice() -> str:
    """The frame around the page: the one that who works there had before the error. Others see the public one, which
    says nothing of what is behind the address."""
    from flask import g
    from flask_login import current_user

    from .navigation import zona

    ambito = g.get("ambito")
    if not current_user.is_authenticated or zona() == "pubblico":
        return "ambito.html"
    if zona() == "ente":
        return "ente.html"
    return "ufficio.html" if ambito is not None and ambito.id in current_user.ambiti_ids() else "ambito.html"


def registra(app: Flask) -> None:
    """Give each error its page."""
    from flask_wtf.csrf import CSRFError
    from sqlalchemy.orm.exc import StaleDataError
    from werkzeug.exceptions import HTTPException

    app.register_error_handler(ErroreDominio, _dominio)
    app.register_error_handler(StaleDataError, _superato)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _imprevisto)


def _dominio(errore: Any) -> Any:
    testate = {"Retry-After": str(errore.attesa)} if isinstance(errore, TroppiTentativi) else {}
    return *_pagina(errore.stato_http, errore=errore), testate


def _superato(_errore: Exception) -> tuple[str, int]:
    """Somebody saved between our reading and our writing."""
    from flask import request

    from .i18n import _
    from .richiesta import campi_ritentabili

    messaggio = _("Mentre lavoravi, un’altra persona ha salvato la stessa pagina. Il tuo testo è qui sotto.")
    return _pagina(409, errore=Conflitto(messaggio, mio=campi_ritentabili(request.form)))


def _csrf(_errore: Exception) -> tuple[str, int]:
    """The page was open for too long: what was typed is given back."""
    from flask import render_template, request

    from .richiesta import campi_da_rimandare

    campi = campi_da_rimandare(request.form)
    return render_template("errori/csrf.html", stato=400, cornice=_cornice(), campi=campi), 400


def _http(errore: Any) -> Any:
    stato = errore.code or 500
    if stato < 400 or errore.response is not None:
        return errore
    permessi = getattr(errore, "valid_methods", None)
    return *_pagina(stato, errore=errore), {"Allow": ", ".join(sorted(permessi))} if permessi else {}


def _imprevisto(errore: Exception) -> tuple[str, int]:
    """A bug of ours: told to the log by class and place, without personal data; shown as it is in tests."""
    from flask import current_app, g, request

    from .db import sessione
    from .logs import log

    if current_app.testing:
        raise errore
    log.error("errore_imprevisto", exc_info=errore, endpoint=request.endpoint)
    try:
        sessione.rollback()  # a failed transaction would answer nothing to the page of the error
        g.pop("_login_user", None)  # expired by the roll-back: read afresh
        return _pagina(500, errore=None)
    except Exception as altro:
        log.error("pagina_di_errore", motivo=type(altro).__name__)
        return _pagina_senza_base_dati()


def _pagina_senza_base_dati() -> tuple[str, int]:
    """Who is logged in and in which Ambito cannot be read: the page as it is for everyone."""
    from flask import current_app, g

    g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
    g.ambito, g.comuni = None, ()
    return _pagina(500, errore=None)
