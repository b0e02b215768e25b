"""Submissions as browsers send them: the file to the portal's page of that document, then the confirmation.

The bare limit gets one POST with the same text and the same file. Files are all of the same bytes, and each is
written, hashed and flushed again.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlencode

from .carico import Lavoro, Richiesta
from .dati import SCRITTO, Bozza

PESO = 5_000_000
CONFINE = "confine-del-modulo-di-prova"


@cache
def pdf(peso: int = PESO) -> bytes:
    """A PDF of about ``peso`` bytes that opens: one page, and a scan that does not compress."""
    scansione = random.Random(5).randbytes(peso)
    oggetti = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        b"<< /Length %d >>\nstream\n" % len(scansione) + scansione + b"\nendstream",
    ]
    scritto, dove = bytearray(b"%PDF-1.7\n"), []
    for numero, oggetto in enumerate(oggetti, 1):
        dove.append(len(scritto))
        scritto += b"%d 0 obj\n" % numero + oggetto + b"\nendobj\n"
    tavola = len(scritto)
    scritto += b"xref\n0 %d\n0000000000 65535 f \n" % (len(oggetti) + 1) + b"".join(b"%010d 00000 n \n" % d for d in dove)
    scritto += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(oggetti) + 1, tavola)
    return bytes(scritto)


@cache
def _modulo(campi: tuple[tuple[str, str], ...], peso: int) -> bytes:
    """A multipart form with those fields and the file, as ``file``."""
    parti = [f'--{CONFINE}\r\nContent-Disposition: form-data; name="{nome}"\r\n\r\n{valore}\r\n' for nome, valore in campi]
    parti.append(
        f'--{CONFINE}\r\nContent-Disposition: form-data; name="file"; filename="progetto.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    return "".join(parti).encode() + pdf(peso) + f"\r\n--{CONFINE}--\r\n".encode()


COL_FILE = {"Content-Type": f"multipart/form-data; boundary={CONFINE}"}
SEMPLICE = {"Content-Type": "application/x-www-form-urlencoded"}


def al_portale(bozza: Bozza) -> Lavoro:
    """The file first, where the draft waits for one; then the declarations and the submission."""
    chi = {"Cookie": bozza.cookie}
    pagina = f"/ente/proposte/{bozza.id}"
    campi = [("csrf_token", bozza.csrf), *(("dichiarazioni", str(d)) for d in bozza.dichiarazioni)]
    fatto = f"{pagina}/presentata"
    presenta = Richiesta(
        "POST", f"{pagina}/presenta", lambda s, dove: (s, dove) == (303, fatto), SEMPLICE | chi, urlencode(campi).encode()
    )
    if not bozza.con_file:
        return [presenta]
    corpo = _modulo((("csrf_token", bozza.csrf),), PESO)
    documento = f"{pagina}/documenti/{bozza.documento_id}"
    return [Richiesta("POST", documento, lambda s, dove: (s, dove) == (303, pagina), COL_FILE | chi, corpo), presenta]


def al_limite(quante: int, *, con_file: bool) -> Iterator[Lavoro]:
    campi = (("titolo", "Proposta"), ("testo", SCRITTO))
    corpo = _modulo(campi, PESO) if con_file else urlencode(campi).encode()
    testate = COL_FILE if con_file else SEMPLICE
    for _ in range(quante):
        yield [Richiesta("POST", "/presenta", lambda s, _dove: s == 201, testate, corpo)]
