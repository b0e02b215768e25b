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
    """A rule says no. ``messaggio`` is for the person, ``campo`` names the form field it belongs to."""

    stato_http = 400

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


def registra(app: Flask) -> None:
    """Give each error its page (``templates/errori/<stato>.html``)."""
    from flask import render_template, request
    from flask_wtf.csrf import CSRFError
    from sqlalchemy.orm.exc import StaleDataError
    from werkzeug.exceptions import HTTPException

    from .logs import log
    from .richiesta import campi_ritentabili

    pagine = {400, 403, 404, 409, 413, 429, 500}

    def pagina(stato: int, **dati: Any) -> tuple[str, int]:
        nome = stato if stato in pagine else (500 if stato >= 500 else 400)
        return render_template(f"errori/{nome}.html", stato=stato, **dati), stato

    @app.errorhandler(ErroreDominio)
    def _dominio(errore: ErroreDominio) -> tuple[str, int]:
        return pagina(errore.stato_http, errore=errore)

    @app.errorhandler(StaleDataError)
    def _superato(_: StaleDataError) -> tuple[str, int]:
        from .i18n import _ as t

        errore = Conflitto(
            t("Mentre lavoravi, un’altra persona ha salvato la stessa pagina. Il tuo testo è qui sotto."),
            mio=campi_ritentabili(request.form),
        )
        return pagina(409, errore=errore)

    @app.errorhandler(CSRFError)
    def _csrf(errore: CSRFError) -> tuple[str, int]:
        return render_template("errori/csrf.html", stato=400, campi=campi_ritentabili(request.form)), 400

    @app.errorhandler(HTTPException)
    def _http(errore: HTTPException) -> Any:
        stato = errore.code or 500
        if stato < 400:
            return errore
        return pagina(stato, errore=errore)

    @app.errorhandler(Exception)
    def _imprevisto(errore: Exception) -> tuple[str, int]:
        if app.testing:
            raise errore
        # no personal data in logs: the class and the place are enough to find it
        log.error("errore_imprevisto", exc_info=errore, endpoint=request.endpoint)
        return pagina(500, errore=None)
