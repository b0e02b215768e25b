"""The minute of a sitting, whole or with words left out: the plain texts that ``templates/pdf/verbale.typ`` prints.

Pure. Texts arrive without Markdown (``richtext.testo_semplice``); numbers and hours already written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypedDict

from .ricevuta import Fatto, elenco_fatti
from .testi import a_paragrafi

TITOLO = "Verbale n. {numero}: {organo}"


@dataclass(frozen=True)
class Blocco:
    """A vote or a decision in evidence: a title in bold, then lines."""

    titolo: str
    righe: Sequence[str] = ()


@dataclass(frozen=True)
class Punto:
    """An item: its title, a line of facts under it, its text, its votes and decisions."""

    titolo: str
    sotto: str = ""
    testo: str = ""
    blocchi: Sequence[Blocco] = ()


@dataclass(frozen=True, kw_only=True)
class Verbale:
    """What the file is made from. ``data`` is aware. ``stato`` is printed in evidence («Bozza»). ``presenze``: rows of three
    texts (who, as what, when they were there). ``firme``: who signs, by role; none on a copy."""

    ambito: str
    capofila: str
    numero: str
    organo: str
    data: datetime
    fatti: Sequence[tuple[str, str | None]]
    presenze: Sequence[tuple[str, str, str]]
    senza_voto: Sequence[str]
    premessa: str
    punti: Sequence[Punto]
    chiusura: str
    stato: str = ""
    note: Sequence[str] = ()
    firme: Sequence[str] = ()
    codice_verifica: str = ""
    indirizzo_verifica: str = ""


class DatiBlocco(TypedDict):
    titolo: str
    paragrafi: list[str]


class DatiPunto(TypedDict):
    titolo: str
    sotto: str
    paragrafi: list[str]
    blocchi: list[DatiBlocco]


class DatiVerbale(TypedDict):
    """The shape ``verbale.typ`` reads. The first seven keys are common to every model."""

    ambito: str
    sottotitolo: str
    genere: str
    numero: str
    codice_verifica: str
    indirizzo_verifica: str
    data_documento: str
    stato: str
    organo: str
    fatti: list[Fatto]
    presenze: list[list[str]]
    senza_voto: list[str]
    premessa: list[str]
    punti: list[DatiPunto]
    chiusura: list[str]
    note: list[str]
    firme: list[str]


def dati_verbale(v: Verbale) -> DatiVerbale:
    """The texts of the minute. Raises ``ValueError`` if ``data`` does not say its offset from UTC."""
    if v.data.tzinfo is None:
        raise ValueError("la data non dice il fuso orario")
    return DatiVerbale(
        ambito=v.ambito,
        sottotitolo=f"Ente capofila: {v.capofila}",
        genere="Verbale",
        numero=v.numero,
        codice_verifica=v.codice_verifica,
        indirizzo_verifica=v.indirizzo_verifica,
        data_documento=v.data.astimezone(UTC).isoformat(),
        stato=v.stato,
        organo=v.organo,
        fatti=elenco_fatti(v.fatti),
        presenze=[list(riga) for riga in v.presenze],
        senza_voto=list(v.senza_voto),
        premessa=a_paragrafi(v.premessa),
        punti=[_punto(p) for p in v.punti],
        chiusura=a_paragrafi(v.chiusura),
        note=list(v.note),
        firme=list(v.firme),
    )


def _punto(p: Punto) -> DatiPunto:
    blocchi = [DatiBlocco(titolo=b.titolo, paragrafi=[q for r in b.righe for q in a_paragrafi(r)]) for b in p.blocchi]
    return DatiPunto(titolo=p.titolo, sotto=p.sotto, paragrafi=a_paragrafi(p.testo), blocchi=blocchi)
