"""A process of its own that takes apart signed envelopes and PDFs made by strangers (see ``portal.signatures``).

Four kilobytes of PDF can keep a parser busy for a century, so whatever follows the structure of a file runs
here, with a ceiling on memory, and is killed when it takes too long. It is started by path and imports nothing
of the portal: requests come on standard input, answers leave on standard output, and it ends with its parent.

Only integrity is looked at; no name of a signer leaves this process. pyHanko is imported before any CMS is
parsed: asn1crypto remembers its attribute names at the first use (libraries.md T11).
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import select
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Any, BinaryIO, TypeVar

from asn1crypto import cms, core
from pyhanko.pdf_utils.crypt import StandardSecurityHandler
from pyhanko.pdf_utils.crypt.api import AuthStatus
from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import match_issuer_serial
from pyhanko.sign.validation.generic_cms import extract_self_reported_ts, validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

MIB = 1024 * 1024
PRONTO = b"!"
MEMORIA = 1536 * MIB
OZIO = 1800  # seconds without work after which the process ends
MAX_ELEMENTI = 300_000
MAX_PROFONDITA = 60
MAX_FIRME = 50
INTEGRA, ALTERATA, NON_VERIFICABILE = "integra", "alterata", "non verificabile"
_LIMITI_PDF = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=32 * MIB),
    document_budget=DocumentDecodeBudget(base_allowance=256 * MIB, max_ratio=8),
)
T = TypeVar("T")
A = TypeVar("A")
Firma = dict[str, str | None]
Risposta = tuple[dict[str, Any], bytes]


class NonSiApre(Exception):
    """The envelope does not give back its document; the argument is one of ``signatures.Difetto``."""


def apri_busta(dati: bytes) -> Risposta:
    """Of a CMS SignedData: the document inside and, for each signature around it, what can be said."""
    try:
        _percorri(dati)
        firmati = _firmati(dati)
        contenuto = _contenuto(firmati["encap_content_info"]["content"])
        return {"firme": _firme_cms(firmati, contenuto)}, contenuto
    except NonSiApre as errore:
        return {"difetto": str(errore)}, b""
    except Exception:  # hostile bytes break the parser in more ways than it declares
        return {"difetto": "illeggibile"}, b""


def _firmati(dati: bytes) -> Any:
    busta = cms.ContentInfo.load(dati)
    tipo = str(busta["content_type"].native)
    if tipo != "signed_data":
        raise NonSiApre("cifrata" if "enveloped" in tipo else "illeggibile")
    return busta["content"]


def _contenuto(interno: Any) -> bytes:
    if isinstance(interno, core.Void) or interno.contents is None:
        raise NonSiApre("staccata")
    return _ricomponi(interno.contents) if interno.method else bytes(interno)


def _ricomponi(pezzi: bytes) -> bytes:
    """The document that was streamed in pieces (BER). asn1crypto does it too, in quadratic time."""
    uniti, posizione = [], 0
    while posizione < len(pezzi):
        etichetta = pezzi[posizione]
        _costruito, posizione, lunghezza = _testata(pezzi, posizione)
        if etichetta == 0x04:
            fine = posizione + (lunghezza or 0)
            uniti.append(pezzi[posizione:fine])
            posizione = fine
        elif etichetta not in (0x24, 0x00):  # pieces of pieces, and the marks that close them
            raise NonSiApre("illeggibile")
    return b"".join(uniti)


def _firme_cms(firmati: Any, contenuto: bytes) -> list[Firma]:
    firmatari = list(firmati["signer_infos"])
    if len(firmatari) > MAX_FIRME:
        return [_firma(NON_VERIFICABILE) for _ in firmatari]
    certificati = [c.chosen.untag() for c in firmati["certificates"] if c.name == "certificate"]
    tipo = str(firmati["encap_content_info"]["content_type"].native)
    return [_firma_cms(f, certificati, tipo, contenuto) for f in firmatari]


def _firma_cms(firmatario: Any, certificati: list[Any], tipo: str, contenuto: bytes) -> Firma:
    def integrita() -> str:
        certificato = next(c for c in certificati if _e_di(firmatario["sid"], c))
        impronta = hashlib.new(firmatario["digest_algorithm"]["algorithm"].native, contenuto).digest()
        # the digest and the signature on it: a tampered file can carry a signature that still holds (T12)
        stesso, tiene = validate_sig_integrity(firmatario, certificato, tipo, impronta)
        return INTEGRA if stesso and tiene else ALTERATA

    # no certificate inside, an unknown algorithm, broken attributes: then nothing can be said
    return _firma(_se_riesce(integrita, NON_VERIFICABILE), firmatario)


def _e_di(identificativo: Any, certificato: Any) -> bool:
    if identificativo.name == "issuer_and_serial_number":
        return bool(match_issuer_serial(identificativo.chosen, certificato))
    return bool(certificato.key_identifier == identificativo.chosen.native)


def _firma(esito: str, firmatario: Any = None) -> Firma:
    momento = _se_riesce(lambda: extract_self_reported_ts(firmatario), None)
    consapevole = isinstance(momento, datetime) and momento.tzinfo is not None
    return {
        "esito": esito,
        "momento": momento.isoformat() if momento and consapevole else None,
        "algoritmo": _se_riesce(lambda: _nome_algoritmo(firmatario), None),
    }


def _nome_algoritmo(firmatario: Any) -> str:
    impronta = str(firmatario["digest_algorithm"]["algorithm"].native).upper()
    cifra = str(firmatario["signature_algorithm"].signature_algo)
    nome = {"rsassa_pkcs1v15": "RSA", "rsassa_pss": "RSA-PSS"}.get(cifra, cifra.upper())
    if impronta.startswith("SHA") and impronta[3:4].isdigit():
        impronta = f"SHA-{impronta[3:]}"
    return f"{impronta} {nome}"[:60]


def _percorri(dati: bytes) -> None:
    """Walk the BER elements without building them: whole, not too deep, not too many.

    asn1crypto recurses and keeps an object per element, so this is what bounds its time and memory.
    """
    aperti: list[int | None] = []  # where each open element ends; None: at its end-of-contents mark
    posizione = elementi = 0
    try:
        while aperti or not elementi:
            costruito, inizio, lunghezza = _testata(dati, posizione)
            elementi += 1
            if elementi > MAX_ELEMENTI or len(aperti) > MAX_PROFONDITA:
                raise NonSiApre("illeggibile")
            chiude = dati[posizione] == 0 and lunghezza == 0
            posizione = inizio if costruito else inizio + (lunghezza or 0)
            if costruito:
                aperti.append(None if lunghezza is None else inizio + lunghezza)
            elif chiude and aperti and aperti[-1] is None:
                aperti.pop()
            while aperti and aperti[-1] is not None and posizione >= aperti[-1]:
                aperti.pop()
            if posizione > len(dati):
                raise NonSiApre("incompleta")
    except IndexError as errore:
        raise NonSiApre("incompleta") from errore


def _testata(dati: bytes, posizione: int) -> tuple[bool, int, int | None]:
    """Is the element constructed, where its content starts, its length (None: indefinite)."""
    etichetta = dati[posizione]
    posizione += 1
    if etichetta & 0x1F == 0x1F:
        while dati[posizione] & 0x80:
            posizione += 1
        posizione += 1
    primo = dati[posizione]
    posizione += 1
    costruito = bool(etichetta & 0x20)
    if primo < 0x80:
        return costruito, posizione, primo
    quanti = primo & 0x7F
    if quanti > 8 or (quanti == 0 and not costruito):
        raise NonSiApre("illeggibile")
    lunghezza = int.from_bytes(dati[posizione : posizione + quanti], "big") if quanti else None
    return costruito, posizione + quanti, lunghezza


def leggi_pdf(dati: bytes) -> Risposta:
    """Of a PDF: does it ask for a password, is it signed, was it changed after signing."""
    return _se_riesce(lambda: _pdf(dati), {"leggibile": False}), b""


def _pdf(dati: bytes) -> dict[str, Any]:
    lettore = PdfFileReader(BytesIO(dati), strict=False, decode_limits=_LIMITI_PDF)
    protetto = bool(lettore.encrypted)
    if protetto and not _si_apre_senza_password(lettore):
        return {"leggibile": True, "chiede_password": True, "protetto": True}
    leggibile = "/Pages" in lettore.root
    return {"leggibile": leggibile, "protetto": protetto, "firme": _firme_pdf(lettore)}


def _si_apre_senza_password(lettore: PdfFileReader) -> bool:
    if not isinstance(lettore.security_handler, StandardSecurityHandler):
        return False
    return lettore.decrypt("").status != AuthStatus.FAILED


def _firme_pdf(lettore: PdfFileReader) -> list[Firma]:
    firme: list[Firma] = []
    for nome, oggetto, campo in enumerate_sig_fields(lettore, filled_status=True):
        if oggetto.get_object().get("/Type", "/Sig") == "/DocTimeStamp":
            continue
        if len(firme) >= MAX_FIRME:
            return [_firma(NON_VERIFICABILE) for _ in firme]
        # an old or broken kind of signature: it is there, and that is all that can be said
        firme.append(_se_riesce(partial(_firma_pdf, lettore, campo, nome), _firma(NON_VERIFICABILE)))
    return firme


def _firma_pdf(lettore: PdfFileReader, campo: Any, nome: str) -> Firma:
    firma = EmbeddedPdfSignature(lettore, campo, nome)
    return _firma(_se_riesce(lambda: _integrita_pdf(firma), NON_VERIFICABILE), firma.signer_info)


def _integrita_pdf(firma: EmbeddedPdfSignature) -> str:
    firma.compute_integrity_info()
    impronta = firma.compute_digest()
    stesso, tiene = validate_sig_integrity(firma.signer_info, firma.signer_cert, "data", impronta)
    # additions made after the signature are looked at too: some are lawful (a second signature), some not
    aggiunte_lecite = firma.summarise_integrity_info()["docmdp_ok"]
    return INTEGRA if stesso and tiene and aggiunte_lecite else ALTERATA


def _se_riesce(leggi: Callable[[], T], altrimenti: A) -> T | A:
    """The parsers of CMS and PDF fail in many more ways than they declare when the bytes are hostile."""
    try:
        return leggi()
    except Exception:
        return altrimenti


def servi(entrata: BinaryIO, uscita: BinaryIO) -> None:
    """Answer until the input closes or nothing comes for a while. A request is an ASCII letter, then its bytes.

    Lengths are eight bytes, big-endian; an answer is a JSON object, then the document taken out of the envelope.
    The first byte ever written says that the process is ready: starting is slow, and is not the file's fault.
    """
    uscita.write(PRONTO)
    uscita.flush()
    while os.name == "nt" or select.select([entrata], [], [], OZIO)[0]:
        cosa = entrata.read(1)
        if not cosa:
            return
        dati = entrata.read(int.from_bytes(entrata.read(8), "big"))
        esito, contenuto = (apri_busta if cosa == b"b" else leggi_pdf)(dati)
        for parte in (json.dumps(esito).encode(), contenuto):
            uscita.write(len(parte).to_bytes(8, "big"))
            uscita.write(parte)
        uscita.flush()


def _limita() -> None:
    try:
        import resource
    except ImportError:  # not on Windows: there only the time is limited
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORIA, MEMORIA))


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)  # what a stranger's file looks like is nobody's log
    _limita()
    servi(sys.stdin.buffer, sys.stdout.buffer)
