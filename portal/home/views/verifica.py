"""Check a receipt by its code, or a file by its fingerprint. Says public facts only, keeps nothing.

Files are read once to compute their SHA-256 and then forgotten; without JavaScript and without an account.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from werkzeug.datastructures import FileStorage

from ...access import public
from ...proposte import queries as proposte
from ..forms import Verifica
from ..rules import codice_pulito
from .area import area

MASSIMO_FILE = 20


@dataclass(frozen=True)
class FileControllato:
    """``nella_ricevuta``: is it one of the files of the receipt asked for (None when no receipt was)?

    ``altrove``: the receipts that list it, when none was asked for.
    """

    nome: str
    sha256: str
    nella_ricevuta: bool | None
    altrove: tuple[proposte.FileRicevuto, ...] = ()


@area.route("/verifica", methods=["GET", "POST"])
@public
def verifica() -> Any:
    """``?codice=`` works as a link (receipts print it); files come by POST."""
    modulo = Verifica()
    # fingerprints first, before any query: a slow upload must not hold the database
    caricati = [(f.filename or "", impronta(f)) for f in modulo.file.data or () if f and f.filename][:MASSIMO_FILE]
    codice = codice_pulito(modulo.codice.data or request.args.get("codice", ""))
    modulo.codice.data = codice
    if request.method == "POST" and not (modulo.validate() and (codice or caricati)):
        return render_template("home/verifica.html", modulo=modulo, chiesto=False, errori_modulo=True, manca=True), 422
    ricevuta = proposte.ricevuta_per_codice(codice) if codice else None
    return render_template(
        "home/verifica.html",
        modulo=modulo,
        chiesto=bool(codice),
        codice=codice,
        ricevuta=ricevuta,
        file=[_controlla(nome, sha256, ricevuta, chiesto=bool(codice)) for nome, sha256 in caricati],
        manca=False,
    )


def impronta(caricato: FileStorage) -> str:
    """SHA-256 of an uploaded file, read a piece at a time."""
    return hashlib.file_digest(caricato.stream, "sha256").hexdigest()  # type: ignore[arg-type]


def _controlla(nome: str, sha256: str, ricevuta: proposte.RigaRicevuta | None, *, chiesto: bool) -> FileControllato:
    if chiesto:
        return FileControllato(nome, sha256, sha256 in ricevuta.file if ricevuta else None)
    return FileControllato(nome, sha256, None, tuple(proposte.file_ricevuti(sha256)))
