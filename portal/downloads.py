"""Files that people put in, on their way out: always a download, never opened or guessed by the browser on our address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import quote

from flask import Response, current_app

from .storage import Deposito

BLOCCO = 256 * 1024


def deposito() -> Deposito:
    """Where the files of this application are kept."""
    qui: Deposito = current_app.extensions["deposito"]
    return qui


def scarica(chiave: str, *, nome: str, dimensione: int) -> Response:
    """The file stored under ``chiave`` as it arrived, in pieces: nobody's memory holds it whole."""
    flusso = deposito().open(chiave)
    risposta = Response(_blocchi(flusso), mimetype="application/octet-stream")
    risposta.headers["Content-Length"] = str(dimensione)
    risposta.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(nome)}"
    risposta.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    risposta.headers["Cache-Control"] = "private, no-store"
    return risposta


def _blocchi(flusso: BinaryIO) -> Iterator[bytes]:
    with flusso:
        while blocco := flusso.read(BLOCCO):
            yield blocco


def pdf(contenuto: bytes, nome: str) -> Response:
    """An act made now, to keep."""
    testate = {"Content-Disposition": f"attachment; filename={nome}", "Cache-Control": "private, no-store"}
    return Response(contenuto, mimetype="application/pdf", headers=testate)


def ics(contenuto: bytes, nome: str) -> Response:
    """A calendar, to be opened by one; ``nome`` without its extension."""
    testate = {"Content-Disposition": f'attachment; filename="{nome}.ics"'}
    return Response(contenuto, mimetype="text/calendar", headers=testate)
