"""Structured logs: one JSON object a line, identifiers only, never personal data.

What may be written: endpoint names, numeric ids, states, durations, exception classes. What may not:
e-mail addresses, names, codici fiscali, query strings, form values. ``_solo_ammessi`` drops the rest. Of an
exception the classes and the places are kept, not the messages: those of a database quote the values it refused.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

log = structlog.get_logger("portal")

VIETATI = frozenset({"email", "nome", "cognome", "codice_fiscale", "password", "pec", "telefono", "testo", "form"})


def _solo_ammessi(_: Any, __: str, evento: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for chiave in VIETATI & set(evento):
        evento[chiave] = "[omesso]"
    return evento


def _classi_e_luoghi(exc_info: tuple[type[BaseException], BaseException, TracebackType | None]) -> str:
    """The chain of exceptions, outermost last as Python prints them, each with its frames: no messages, no source lines."""
    righe: list[str] = []
    errore: BaseException | None = exc_info[1]
    while errore is not None:
        luoghi = [f"  {f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(errore.__traceback__)]
        righe[:0] = [*luoghi, f"{type(errore).__module__}.{type(errore).__qualname__}"]
        errore = errore.__cause__ or (None if errore.__suppress_context__ else errore.__context__)
    return "\n".join(righe)


def configura(livello: str = "INFO", *, messaggi: bool = False) -> None:
    """Start the logs. ``messaggi``: exceptions with their messages, for who develops on invented data."""
    scrivi = structlog.processors.ExceptionRenderer
    eccezioni = scrivi() if messaggi else scrivi(_classi_e_luoghi)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            eccezioni,
            _solo_ammessi,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(livello)),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # wherever errors go at that moment
        cache_logger_on_first_use=False,
    )
