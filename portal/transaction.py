"""The only commit in the codebase.

``@transaction`` wraps every view that writes: commit when the answer is below 400, roll back on anything else
and *before* the error handlers run, so that an error page never saves half a change. Operations write audit
and outbox rows in the same transaction; the worker sends what they left in the outbox. GET never writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec

from flask import make_response

from .db import SCRIVE, sessione

P = ParamSpec("P")
_prima: list[Callable[[], None]] = []


def prima_del_commit(funzione: Callable[[], None]) -> Callable[[], None]:
    """Register something that every unit of work saves too (the session in use). For plumbing only."""
    _prima.append(funzione)
    return funzione


@contextmanager
def unita() -> Iterator[None]:
    """One unit of work: everything inside is saved together, or nothing is. For views, CLI and worker."""
    gettone = SCRIVE.set(True)
    try:
        _ricomincia()
        yield
        for funzione in _prima:
            funzione()
        sessione.commit()
    except BaseException:
        sessione.rollback()
        raise
    finally:
        SCRIVE.reset(gettone)


def _ricomincia() -> None:
    """Reads made before (who is logged in) must not leave us inside a reading transaction."""
    if sessione.registry.has() and sessione().in_transaction() and not sessione().in_nested_transaction():
        if sessione.new or sessione.dirty or sessione.deleted:
            raise RuntimeError("scritture in sospeso prima della transazione")
        sessione.commit()  # nothing was written: this only ends the reading


class _Rifiutata(Exception):
    """Carries an answer of 400 or more out of the unit of work, so that it is rolled back."""

    def __init__(self, risposta: Any) -> None:
        self.risposta = risposta


def transaction(vista: Callable[P, Any]) -> Callable[P, Any]:
    """Commit if the answer is below 400, roll back on any other answer or exception."""

    @wraps(vista)
    def avvolta(*args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            with unita():
                risposta = make_response(vista(*args, **kwargs))
                if risposta.status_code >= 400:
                    raise _Rifiutata(risposta)
                return risposta
        except _Rifiutata as rifiutata:
            return rifiutata.risposta

    avvolta.__dict__["scrive"] = True
    return avvolta
