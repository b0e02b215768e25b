"""What can be said of a digital signature without a trust list: are these still the bytes that were signed?

CAdES envelopes (.p7m: CMS SignedData, DER or BER, base64 or PEM) and PAdES signatures inside a PDF (CAD art. 20
and 65; domain.md 1.10). Who signed, and whether the certificate was good that day, is for a verifier with the
Italian trust list: nothing here ever says «valida». The signer's name is personal data and is not read.

The reading is done by ``portal/signature_reader.py`` in a process of its own: one per worker, started when the
first signed file arrives, kept for the next ones, killed after ``SECONDI``. A hostile file costs that, and no more.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import subprocess
import sys
import threading
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

SECONDI = 10.0
_OID_PKCS7 = bytes.fromhex("06092a864886f70d0107")
_CODA_PDF = re.compile(rb"startxref\s{1,8}(\d{1,12})\s{1,8}%%EOF")
_TABELLA_PDF = re.compile(rb"\s{0,8}(?:xref\s|\d{1,10}\s\d{1,5}\sobj)")


class Integrita(StrEnum):
    """The only three things that may be said (libraries.md T12)."""

    INTEGRA = "integra"
    ALTERATA = "alterata"
    NON_VERIFICABILE = "non verificabile"


class Difetto(StrEnum):
    """Why an envelope cannot be opened."""

    ILLEGGIBILE = "illeggibile"
    INCOMPLETA = "incompleta"
    CIFRATA = "cifrata"
    STACCATA = "staccata"


class BustaIllegibile(Exception):
    """The envelope does not give back its document; ``difetto`` says why."""

    def __init__(self, difetto: Difetto) -> None:
        super().__init__(difetto.value)
        self.difetto = difetto


@dataclass(frozen=True, slots=True)
class Firma:
    """One signature: its integrity, the time the signer's computer declared (aware), its algorithms."""

    esito: Integrita
    momento: datetime | None = None
    algoritmo: str | None = None


@dataclass(frozen=True, slots=True)
class Busta:
    """What a p7m holds: the document inside and the signatures around it."""

    contenuto: bytes
    firme: tuple[Firma, ...]


@dataclass(frozen=True, slots=True)
class LetturaPdf:
    """``intero`` False: the end is missing. ``leggibile`` False: the structure could not be followed."""

    intero: bool = True
    leggibile: bool = True
    chiede_password: bool = False
    protetto: bool = False
    firme: tuple[Firma, ...] = ()


def peggiore(esiti: Iterable[Integrita]) -> Integrita:
    """One altered signature alters the whole; one that cannot be checked leaves the whole unchecked."""
    ordine = (Integrita.ALTERATA, Integrita.NON_VERIFICABILE, Integrita.INTEGRA)
    return min(esiti, key=ordine.index, default=Integrita.NON_VERIFICABILE)


def leggi_cms(dati: bytes) -> bytes | None:
    """The binary CMS in ``dati``, taken out of base64 or PEM if need be; None if there is none."""
    if dati[:1] != b"\x30":
        dati = _da_base64(dati)
    return dati if dati[:1] == b"\x30" and _OID_PKCS7 in dati[:32] else None


def _da_base64(dati: bytes) -> bytes:
    if dati[:200].lstrip()[:10] == b"-----BEGIN":
        dati = dati.partition(b"-----BEGIN")[2].partition(b"\n")[2].partition(b"-----END")[0]
    try:
        return b64decode(b"".join(dati.split()), validate=True)
    except ValueError:
        return b""


def apri_busta(dati: bytes) -> Busta:
    """Open one CMS SignedData (from ``leggi_cms``) and check its signatures, however many signed side by side.

    Raises ``BustaIllegibile``, and nothing else whatever the bytes.
    """
    esito, contenuto = _processo.chiedi(b"b", dati) or ({}, b"")
    if "firme" not in esito:
        raise BustaIllegibile(Difetto(esito.get("difetto", "illeggibile")))
    return Busta(contenuto, _firme(esito["firme"]))


def leggi_pdf(dati: bytes) -> LetturaPdf:
    """Is the PDF whole, encrypted, signed, changed after signing? Never raises.

    A PDF that cannot be followed may still open in a viewer that repairs it, so that is only told. Most are
    neither signed nor encrypted, and need no process to know it.
    """
    coda = _CODA_PDF.findall(dati.rstrip(b"\x00\r\n\t ")[-1536:])
    if not coda:
        return LetturaPdf(intero=False, leggibile=False)
    forse_firmato = b"/ByteRange" in dati
    esito: Mapping[str, Any] = {"leggibile": bool(_TABELLA_PDF.match(dati, int(coda[-1])))}
    if esito["leggibile"] and (forse_firmato or b"/Encrypt" in dati):
        esito = (_processo.chiedi(b"p", dati) or ({"leggibile": False}, b""))[0]
    dubbia = [{"esito": "non verificabile"}] if forse_firmato and not esito["leggibile"] else []
    return LetturaPdf(
        leggibile=esito["leggibile"],
        chiede_password=esito.get("chiede_password", False),
        protetto=esito.get("protetto", False),
        firme=_firme(esito.get("firme", dubbia)),
    )


def prova() -> bool:
    """Whether signatures can be read on this machine: for ``/salute``, and to start the process beforehand."""
    return _processo.chiedi(b"p", b"") is not None


def _firme(voci: list[dict[str, Any]]) -> tuple[Firma, ...]:
    return tuple(
        Firma(
            esito=Integrita(voce["esito"]),
            momento=datetime.fromisoformat(voce["momento"]) if voce.get("momento") else None,
            algoritmo=voce.get("algoritmo"),
        )
        for voce in voci
    )


class _Lettore:
    """The reading process of this worker: one request at a time, started again when it is gone."""

    def __init__(self) -> None:
        self.dimentica()

    def dimentica(self) -> None:
        """Start from nothing: a forked worker must not share its parent's pipes."""
        self._turno = threading.Lock()
        self._vivo: subprocess.Popen[bytes] | None = None

    def chiedi(self, cosa: bytes, dati: bytes) -> tuple[dict[str, Any], bytes] | None:
        """The answer, or None if the file took too long or too much."""
        with self._turno:
            for _ in range(2):  # the first try may meet a process that has just ended for want of work
                in_tempo = threading.Event()
                risposta = self._tenta(cosa, dati, in_tempo)
                if risposta is not None or not in_tempo.is_set():
                    return risposta
            return None

    def chiudi(self) -> None:
        """End the process; the next request starts another."""
        if self._vivo is not None:
            self._vivo.kill()
            self._vivo.communicate()
            self._vivo = None

    def _tenta(self, cosa: bytes, dati: bytes, in_tempo: threading.Event) -> tuple[dict[str, Any], bytes] | None:
        in_tempo.set()
        try:
            entrata, uscita = self._avviato()
            with self._sveglia(in_tempo):
                entrata.write(cosa + len(dati).to_bytes(8, "big"))
                entrata.write(dati)
                entrata.flush()
                return json.loads(_blocco(uscita)), _blocco(uscita)
        except (OSError, ValueError):
            self.chiudi()
            return None

    @contextmanager
    def _sveglia(self, in_tempo: threading.Event) -> Iterator[None]:
        """Kill the process if what is inside takes longer than ``SECONDI``."""
        processo = self._vivo

        def scade() -> None:
            in_tempo.clear()
            if processo is not None:
                processo.kill()

        sveglia = threading.Timer(SECONDI, scade)
        sveglia.daemon = True
        sveglia.start()
        try:
            yield
        finally:
            sveglia.cancel()

    def _avviato(self) -> tuple[IO[bytes], IO[bytes]]:
        """The input and the output of the process, ready to work."""
        if self._vivo is not None and self._vivo.poll() is not None:
            self.chiudi()
        nuovo = self._vivo is None
        if self._vivo is None:
            self._vivo = subprocess.Popen(
                # -P: the folder of the script is ours, and its module names are not to be imported by others
                [sys.executable, "-P", str(Path(__file__).with_name("signature_reader.py"))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        entrata, uscita = self._vivo.stdin, self._vivo.stdout
        if entrata is None or uscita is None or (nuovo and uscita.read(1) != b"!"):
            raise OSError("il lettore delle firme non parte")
        return entrata, uscita


def _blocco(flusso: IO[bytes]) -> bytes:
    """A length in eight bytes, then as many bytes; ValueError if the other side is gone."""
    lunghezza = flusso.read(8)
    dati = flusso.read(int.from_bytes(lunghezza, "big"))
    if len(lunghezza) < 8 or len(dati) < int.from_bytes(lunghezza, "big"):
        raise ValueError("risposta interrotta")
    return dati


_processo = _Lettore()
atexit.register(_processo.chiudi)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_processo.dimentica)
