"""Texts on their way to paper: cleaning what a font cannot draw, writing sizes and instants in full.

People paste from word processors and name files as they like: control characters, emoji, marks that reverse
the reading order. A receipt must come out all the same, and show what was really there.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from babel.dates import format_datetime
from babel.numbers import format_decimal

from portal.clocks import ROMA, a_roma

_A_CAPO = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
# marks that change the order of what follows: in a file name they can make «fdp.exe» look like «exe.pdf»
_ROVESCIANO = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_CON_CODICE = re.compile(r"\[U\+[0-9A-F]{4,6}\]")
_VIETATE = frozenset({"Cs", "Co", "Cn"})


def ripulisci(valore: Any) -> Any:
    """``valore`` (text, or mappings and lists of texts) with every text made fit to be drawn.

    Line ends become ``\\n``, control characters disappear, accents are composed (NFC); surrogates, private or
    unassigned characters and marks that reverse the order are written as ``[U+202E]``.
    """
    return _ovunque(valore, _ripulito)


def codifica(valore: Any, caratteri: Collection[str]) -> Any:
    """The same structure with each of ``caratteri`` written as its code, ``[U+1F600]``."""
    tabella = {ord(c): _codice(c) for c in caratteri}
    return _ovunque(valore, lambda testo: testo.translate(tabella))


def contiene_codici(valore: Any) -> bool:
    """Whether some text in the structure shows a character by its code."""
    return bool(_CON_CODICE.search(json.dumps(valore, ensure_ascii=False)))


def dimensione(byte: int) -> str:
    """A size as people read it: «850 byte», «12,4 kB», «1,2 MB» (decimal units, as on the tin)."""
    valore, unita = Decimal(byte), "byte"
    for unita in ("byte", "kB", "MB", "GB"):
        if valore < 1000 or unita == "GB":
            break
        valore /= 1000
    return f"{format_decimal(valore, format='#,##0.#', locale='it')}\u00a0{unita}"


def istante_completo(istante: datetime) -> str:
    """«sabato 21 novembre 2026, ore 11:42:07 (ora di Roma, UTC+1)»: one instant only, even in the hour that
    the autumn change repeats. ``istante`` must be aware (``ValueError``)."""
    if istante.tzinfo is None:
        raise ValueError("l’istante non dice il fuso orario")
    locale = a_roma(istante)
    scarto = locale.utcoffset()
    ore = int(scarto.total_seconds() // 3600) if scarto is not None else 0
    testo = format_datetime(locale, "EEEE d MMMM yyyy, 'ore' HH:mm:ss", tzinfo=ROMA, locale="it")
    return f"{testo} (ora di Roma, UTC{ore:+d})"


def a_paragrafi(testo: str) -> list[str]:
    """A plain text split where a line is left empty; single line ends stay inside the paragraph."""
    righe = testo.replace("\r\n", "\n").translate(_A_CAPO).split("\n")
    return list(_raggruppa(riga.rstrip() for riga in righe))


def _raggruppa(righe: Iterator[str]) -> Iterator[str]:
    aperto: list[str] = []
    for riga in righe:
        if riga.strip():
            aperto.append(riga)
        elif aperto:
            yield "\n".join(aperto)
            aperto = []
    if aperto:
        yield "\n".join(aperto)


def _ovunque(valore: Any, cambia: Any) -> Any:
    if isinstance(valore, str):
        return cambia(valore)
    if isinstance(valore, Mapping):
        return {str(chiave): _ovunque(v, cambia) for chiave, v in valore.items()}
    if isinstance(valore, list | tuple):
        return [_ovunque(v, cambia) for v in valore]
    return valore


def _ripulito(testo: str) -> str:
    normale = unicodedata.normalize("NFC", testo.replace("\r\n", "\n").translate(_A_CAPO))
    return "".join(map(_lecito, normale)) if not normale.isascii() or not normale.isprintable() else normale


def _lecito(carattere: str) -> str:
    if carattere in "\n\t":
        return carattere
    categoria = unicodedata.category(carattere)
    if categoria == "Cc" or carattere == "\ufeff":
        return ""
    return _codice(carattere) if categoria in _VIETATE or carattere in _ROVESCIANO else carattere


def _codice(carattere: str) -> str:
    return f"[U+{ord(carattere):04X}]"
