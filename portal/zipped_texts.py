"""Texts kept in a zip (ODT, DOCX), told apart without unpacking them: what they hold was written by strangers."""

from __future__ import annotations

import io
import zipfile
import zlib

ODT = "application/vnd.oasis.opendocument.text"
PIANE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The compressions that can be read a little at a time; of the others a few bytes may unpack into gigabytes at once."""


def testo_zippato(dati: bytes) -> str | None:
    """``odt``, ``docx`` or None, whatever the bytes: nothing is unpacked but the word that says it. With macros: None."""
    try:
        with zipfile.ZipFile(io.BytesIO(dati)) as zippato:
            nomi = set(zippato.namelist())
            if any(_macro(nome) for nome in nomi):
                return None
            if "mimetype" in nomi:
                if zippato.getinfo("mimetype").compress_type not in PIANE:
                    return None
                detto = zippato.open("mimetype").read(200).decode("ascii", "replace").strip()
                return "odt" if detto == ODT else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error, ValueError):
        return None  # whatever it is, it is no text: who sent it is told so
    di_word = any(n.startswith("word/document") for n in nomi)
    return "docx" if di_word and "[Content_Types].xml" in nomi else None


def _macro(nome: str) -> bool:
    """Does a part by that name hold a program? LibreOffice keeps a list of its libraries also where there is none."""
    piano = nome.lower()
    if piano.endswith("vbaproject.bin"):
        return True
    return piano.startswith(("basic/", "scripts/")) and not piano.endswith(("/", "script-lb.xml", "script-lc.xml"))
