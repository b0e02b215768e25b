"""Check a receipt or a minute by its code, or a file by its fingerprint. Says public facts only, keeps nothing.

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
from ...verbale import queries as verbali
from ...verbale.rules import parole
from ..forms import Verifica
from ..rules import codice_pulito
from .area import area

MASSIMO_FILE = 20


@dataclass(frozen=True)
class FileControllato:
    """``nella_ricevuta``: is it one of the files of the receipt or minute asked for (None when none was)?

    ``altrove``, ``verbali``: the receipts that list it and the minutes it is a file of, when no code was asked for.
    """

    nome: str
    sha256: str
    nella_ricevuta: bool | None
    altrove: tuple[proposte.FileRicevuto, ...] = ()
    verbali: tuple[verbali.FileRiconosciuto, ...] = ()


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
    verbale = verbali.per_codice(codice) if codice and ricevuta is None else None
    noti = set(ricevuta.file) if ricevuta else set(verbale.file) if verbale else None
    return render_template(
        "home/verifica.html",
        modulo=modulo,
        chiesto=bool(codice),
        codice=codice,
        ricevuta=ricevuta,
        verbale=verbale,
        parole=parole,
        file=[_controlla(nome, sha256, noti, chiesto=bool(codice)) for nome, sha256 in caricati],
        manca=False,
    )


def impronta(caricato: FileStorage) -> str:
    """SHA-256 of an uploaded file, read a piece at a time."""
    return hashlib.file_digest(caricato.stream, "sha256").hexdigest()  # type: ignore[arg-type]


def _controlla(nome: str, sha256: str, noti: set[str] | None, *, chiesto: bool) -> FileControllato:
    """``noti``: fingerprints of the files of what was asked for; None when the code names nothing."""
    if chiesto:
        return FileControllato(nome, sha256, sha256 in noti if noti is not None else None)
    altrove, di_verbali = proposte.file_ricevuti(sha256), verbali.file_riconosciuti(sha256)
    return FileControllato(nome, sha256, None, tuple(altrove), tuple(di_verbali))
