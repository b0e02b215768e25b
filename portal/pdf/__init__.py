"""PDF acts: receipts, copies of proposals. Plain data in, the bytes of a file out.

The files are PDF/A-2a (kept for years: AgID guidelines on electronic documents, annex 2) and PDF/UA-1 (read
by everyone: L. 4/2004, EN 301 549) at once; the compiler refuses to write a file that breaks either. The
models are in ``templates/pdf/*.typ``; data reach them as one JSON text, so what a person has written can
never become an instruction. Same data, same bytes: the date of the file comes from the data.

The models are written in Italian, because acts have legal value in Italian only (domain.md 5.5).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

from portal.percorsi import bootstrap_italia, cartella

from .testi import codifica, contiene_codici, ripulisci

__all__ = ["ErrorePdf", "compone"]

STANDARD: list[typst.PDFStandard] = ["a-2a", "ua-1"]
SENZA_SEGNO = "Il codice fra parentesi quadre, come [U+1F600], sta per un carattere che qui non si può disegnare."
_MODELLO = re.compile(r"[a-z]+(_[a-z]+)*")
_NON_DISEGNABILE = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
_CODICE = re.compile(r"\\u\{([0-9a-f]+)\}")


class ErrorePdf(RuntimeError):
    """The PDF could not be made: unknown model, missing data, or a text the standards refuse."""


def compone(modello: str, dati: Mapping[str, object], *, titolo: str, lingua: str = "it") -> bytes:
    """The PDF of ``templates/pdf/<modello>.typ`` filled with ``dati`` (shapes: ``ricevuta``, ``proposta``).

    ``dati["data_documento"]`` is the date of the file: ISO 8601 with its offset from UTC. ``titolo`` is the
    title of the document and its first heading; ``lingua`` the language its text is in (BCP 47). Characters
    that no font of ours can draw are written as ``[U+1F600]``, and a line at the end says so.
    Safe from several threads at once. Raises ``ErrorePdf``.
    """
    sorgente = _sorgente(modello)
    istante = _istante(dati)
    atto = ripulisci({**dati, "titolo": titolo, "lingua": lingua})
    caratteri = _caratteri(bootstrap_italia())
    try:
        return _compila(sorgente, atto, istante, caratteri)
    except typst.TypstError as errore:
        mancanti = _non_disegnabili(errore.diagnostic)
        if not mancanti:
            raise ErrorePdf(errore.message) from errore
    try:
        return _compila(sorgente, codifica(atto, mancanti), istante, caratteri)
    except typst.TypstError as errore:
        raise ErrorePdf(errore.message) from errore


def _sorgente(modello: str) -> Path:
    percorso = cartella("templates") / "pdf" / f"{modello}.typ"
    if not _MODELLO.fullmatch(modello) or not percorso.is_file():
        raise ErrorePdf(f"non c’è un modello «{modello}»")
    return percorso


def _istante(dati: Mapping[str, object]) -> int:
    """Seconds since 1970: typst wants a fixed instant, and Rome's offset changes twice a year."""
    try:
        data = datetime.fromisoformat(str(dati["data_documento"]))
    except (KeyError, ValueError) as errore:
        raise ErrorePdf("manca la data del documento, o non è una data") from errore
    if data.tzinfo is None:
        raise ErrorePdf("la data del documento non dice il fuso orario")
    return int(data.timestamp())


@cache
def _caratteri(bootstrap: Path | None) -> typst.Fonts:
    """Titillium Web and Roboto Mono from the Bootstrap Italia wheel, then the fonts inside typst. Never those
    of the machine: the same receipt must come out the same everywhere."""
    famiglie = ("Titillium_Web", "Roboto_Mono") if bootstrap else ()
    cartelle = [str(bootstrap / "fonts" / nome) for nome in famiglie if bootstrap]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(cartelle))


def _compila(sorgente: Path, atto: dict[str, object], istante: int, caratteri: typst.Fonts) -> bytes:
    atto = {**atto, "avvertenze": [SENZA_SEGNO] if contiene_codici(atto) else []}
    return typst.compile(
        sorgente,
        root=sorgente.parent,
        font_paths=caratteri,
        ignore_system_fonts=True,
        sys_inputs={"dati": json.dumps(atto, ensure_ascii=False, sort_keys=True)},
        pdf_standards=STANDARD,
        timestamp=istante,
    )


def _non_disegnabili(diagnostica: str) -> set[str]:
    """The characters the compiler names as missing from every font; it lists all of them at once."""
    trovati = (_CODICE.sub(lambda m: chr(int(m[1], 16)), testo) for testo in _NON_DISEGNABILE.findall(diagnostica))
    return {carattere for testo in trovati for carattere in testo if not carattere.isascii()}
