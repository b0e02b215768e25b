"""The call of a sitting: when, where, of what, to whom, by which protocol (the body's regulation; domain.md 3.5).

Pure: from values to the plain texts that ``templates/pdf/convocazione.typ`` prints.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypedDict

from .ricevuta import Fatto, elenco_fatti
from .testi import a_paragrafi

TITOLO = "Convocazione: {organo}"


@dataclass(frozen=True)
class Voce:
    """An item of the agenda, numbered; ``parte`` of the one before. ``documenti``: a line of text for each paper."""

    numero: str
    titolo: str
    note: str = ""
    testo: str = ""
    documenti: Sequence[str] = ()
    parte: bool = False


@dataclass(frozen=True, kw_only=True)
class Convocazione:
    """What a call is made from. ``data`` is aware: when it was sent. ``stato`` is printed in evidence, when there is any.

    ``posti``: who is called for each seat, and how.
    """

    ambito: str
    capofila: str
    numero: str
    data: datetime
    fatti: Sequence[tuple[str, str | None]]
    voci: Sequence[Voce]
    posti: Sequence[tuple[str, str, str]] = ()
    stato: str = ""
    preavviso: str = ""


class DatiVoce(TypedDict):
    numero: str
    titolo: str
    note: str
    paragrafi: list[str]
    documenti: list[str]
    parte: bool


class DatiConvocazione(TypedDict):
    """The shape ``convocazione.typ`` reads. The first seven keys are common to every model."""

    ambito: str
    sottotitolo: str
    genere: str
    numero: str
    codice_verifica: str
    indirizzo_verifica: str
    data_documento: str
    stato: str
    preavviso: str
    fatti: list[Fatto]
    voci: list[DatiVoce]
    posti: list[list[str]]
    canali: bool


def dati_convocazione(c: Convocazione) -> DatiConvocazione:
    """The texts of the call. Raises ``ValueError`` if ``data`` does not say its offset from UTC."""
    if c.data.tzinfo is None:
        raise ValueError("la data non dice il fuso orario")
    return DatiConvocazione(
        ambito=c.ambito,
        sottotitolo=f"Ente capofila: {c.capofila}",
        genere="Convocazione",
        numero=c.numero,
        codice_verifica="",
        indirizzo_verifica="",
        data_documento=c.data.astimezone(UTC).isoformat(),
        stato=c.stato,
        preavviso=c.preavviso,
        fatti=elenco_fatti(c.fatti),
        voci=[_voce(v) for v in c.voci],
        posti=[list(p) for p in c.posti],
        canali=any(canale for _posto, _chi, canale in c.posti),
    )


def _voce(v: Voce) -> DatiVoce:
    return DatiVoce(
        numero=v.numero, titolo=v.titolo, note=v.note, paragrafi=a_paragrafi(v.testo), documenti=list(v.documenti),
        parte=v.parte,
    )  # fmt: skip
