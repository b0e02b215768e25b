"""The receipt of a proposal: what arrived, when, from whom, with which files (L. 241/1990, art. 18-bis).

Pure: from values to the plain texts that ``templates/pdf/ricevuta.typ`` prints. ``compone("ricevuta",
dati_ricevuta(r), titolo=TITOLO.format(numero=r.numero))`` gives the file. The receipt also names who is in
charge and by when (art. 8, c. 2, L. 241/1990), so that it serves as notice that the procedure has begun.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypedDict

from .testi import dimensione, istante_completo

TITOLO = "Ricevuta della proposta n. {numero}"
# art. 82, c. 5, CTS; the text of each avviso may replace it
BOLLO_ESENTE = "Esente da imposta di bollo ai sensi dell’art. 82, c. 5, D.Lgs. 117/2017."
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class FileRicevuto:
    """A file as it arrived: size in bytes, SHA-256 in 64 lower-case hexadecimal digits."""

    nome: str
    byte: int
    sha256: str
    descrizione: str = ""


@dataclass(frozen=True, kw_only=True)
class Ricevuta:
    """What a receipt is made from. ``ricevuta_il`` is aware; rows left ``None`` are not printed, but a
    missing ``protocollo`` is said. ``impronta`` is the SHA-256 of the whole content; ``bollo`` empty when the
    exemption does not apply (social enterprises in company form, art. 82, c. 1)."""

    ambito: str
    capofila: str
    numero: str
    ricevuta_il: datetime
    avviso: str
    ente: str
    codice_fiscale: str
    presentata_da: str
    in_qualita_di: str
    file: Sequence[FileRicevuto]
    impronta: str
    codice_verifica: str
    indirizzo_verifica: str
    dichiarazioni: Sequence[str] = ()
    passi: Sequence[str] = ()
    bollo: str = BOLLO_ESENTE
    titolo_proposta: str | None = None
    runts: str | None = None
    protocollo: str | None = None
    identificazione: str | None = None
    responsabile: str | None = None
    ufficio: str | None = None
    contatto: str | None = None
    termine: str | None = None
    rimedi: str | None = None


class Fatto(TypedDict):
    voce: str
    valore: str


class RigaFile(TypedDict):
    nome: str
    descrizione: str
    dimensione: str
    sha256: str


class DatiRicevuta(TypedDict):
    """The shape ``ricevuta.typ`` reads. The first seven keys are common to every model."""

    ambito: str
    sottotitolo: str
    genere: str
    numero: str
    codice_verifica: str
    indirizzo_verifica: str
    data_documento: str
    frase: str
    ricevuta_il: str
    fatti: list[Fatto]
    procedimento: list[Fatto]
    passi: list[str]
    conto_file: str
    file: list[RigaFile]
    impronta: str
    dichiarazioni: list[str]
    bollo: str


def dati_ricevuta(r: Ricevuta) -> DatiRicevuta:
    """The texts of the receipt. Raises ``ValueError`` if a fingerprint is not a SHA-256, if a size is
    negative or if the instant does not say its offset from UTC."""
    return DatiRicevuta(
        ambito=r.ambito,
        sottotitolo=f"Ente capofila: {r.capofila}",
        genere="Ricevuta",
        numero=r.numero,
        codice_verifica=r.codice_verifica,
        indirizzo_verifica=r.indirizzo_verifica,
        data_documento=r.ricevuta_il.astimezone(UTC).isoformat(),
        frase="La tua proposta è arrivata. Qui trovi quando, chi l’ha presentata e con quali file.",
        ricevuta_il=istante_completo(r.ricevuta_il),
        fatti=_fatti(r),
        procedimento=_procedimento(r),
        passi=[passo for passo in r.passi if passo.strip()],
        conto_file=_conto(r.file),
        file=[_riga(f) for f in r.file],
        impronta=_impronta(r.impronta),
        dichiarazioni=[testo for testo in r.dichiarazioni if testo.strip()],
        bollo=r.bollo,
    )


def _fatti(r: Ricevuta) -> list[Fatto]:
    return elenco_fatti(
        (
            ("Protocollo", r.protocollo or "non ancora assegnato"),
            ("Avviso", r.avviso),
            ("Titolo della proposta", r.titolo_proposta),
            ("Ente", r.ente),
            ("Codice fiscale", r.codice_fiscale),
            ("Repertorio RUNTS", r.runts),
            ("Presentata da", r.presentata_da),
            ("In qualità di", r.in_qualita_di),
            ("Accesso con", r.identificazione),
        )
    )


def _procedimento(r: Ricevuta) -> list[Fatto]:
    return elenco_fatti(
        (
            ("Amministrazione", r.ambito),
            ("Ufficio", r.ufficio),
            ("Responsabile", r.responsabile),
            ("Contatto", r.contatto),
            ("Risposta entro", r.termine),
            ("Se non rispondiamo", r.rimedi),
        )
    )


def elenco_fatti(coppie: Iterable[tuple[str, str | None]]) -> list[Fatto]:
    """Label and value pairs, without those that have no value."""
    return [Fatto(voce=voce, valore=valore) for voce, valore in coppie if valore]


def _riga(f: FileRicevuto) -> RigaFile:
    if f.byte < 0:
        raise ValueError(f"«{f.nome}» ha una dimensione negativa")
    return RigaFile(nome=f.nome, descrizione=f.descrizione, dimensione=dimensione(f.byte), sha256=_impronta(f.sha256))


def _conto(file: Sequence[FileRicevuto]) -> str:
    totale = dimensione(sum(f.byte for f in file))
    return f"Un file, {totale}." if len(file) == 1 else f"{len(file)} file, {totale} in tutto."


def _impronta(cifre: str) -> str:
    if not _SHA256.fullmatch(cifre):
        raise ValueError("l’impronta non è uno SHA-256 di 64 cifre esadecimali minuscole")
    return cifre
