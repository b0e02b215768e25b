"""Structured logs: one JSON object a line, identifiers only, never personal data.

What may be written: endpoint names, numeric ids, states, durations, exception classes. What may not:
e-mail addresses, names, codici fiscali, query strings, form values. ``_solo_ammessi`` drops the rest.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

log = structlog.get_logger("portal")

VIETATI = frozenset({"email", "nome", "cognome", "codice_fiscale", "password", "pec", "telefono", "testo", "form"})


def _solo_ammessi(_: Any, __: str, evento: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for chiave in VIETATI & set(evento):
        evento[chiave] = "[omesso]"
    return evento


def configura(livello: str = "INFO") -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _solo_ammessi,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(livello)),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
