"""Texts kept in a zip (ODT, DOCX), told apart without unpacking them: what they hold was written by strangers."""

from __future__ import annotations

import io
import zipfile
import zlib

ODT = "application/vnd.oasis.opendocument.text"


def testo_zippato(dati: bytes) -> str | None:
    """``odt``, ``docx`` or None, whatever the bytes: nothing is unpacked but the word that says it. With macros: None."""
    try:
        with zipfile.ZipFile(io.BytesIO(dati)) as zippato:
            nomi = set(zippato.namelist())
            if "mimetype" in nomi:
                detto = zippato.open("mimetype").read(200).decode("ascii", "replace").strip()
                return "odt" if detto == ODT else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error, ValueError):
        return None
    di_word = any(n.startswith("word/document") for n in nomi) and "word/vbaProject.bin" not in nomi
    return "docx" if di_word and "[Content_Types].xml" in nomi else None
