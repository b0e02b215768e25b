"""The copy of a whole proposal: every section as it was written, every amount with its total.

Pure: from values to the plain texts that ``templates/pdf/proposta.typ`` prints. Amounts arrive already
written («1.234,56 €», «non indicato»): money has one notation, in ``portal.money``. Texts arrive without
Markdown (``richtext.testo_semplice``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypedDict

from .ricevuta import Fatto, elenco_fatti
from .testi import a_paragrafi

TITOLO = "Proposta n. {numero}"


@dataclass(frozen=True)
class Quadro:
    """A table of costs. ``colonne`` head the amounts; every row, and the total if any, has one text each."""

    titolo: str
    colonne: Sequence[str]
    righe: Sequence[tuple[str, Sequence[str]]]
    totale: Sequence[str] = ()
    prima_colonna: str = "Voce"
    voce_totale: str = "Totale"
    nota: str = ""


@dataclass(frozen=True)
class Sezione:
    """A section of the proposal: short answers, then the text (empty lines part its paragraphs), then tables."""

    titolo: str
    testo: str = ""
    fatti: Sequence[tuple[str, str | None]] = ()
    quadri: Sequence[Quadro] = ()


@dataclass(frozen=True, kw_only=True)
class Proposta:
    """What a copy is made from. ``stato`` is printed in evidence («Bozza del …, non presentata»); a draft has
    no ``codice_verifica``. ``data`` is aware: the instant of the content, not of the printing."""

    ambito: str
    capofila: str
    numero: str
    data: datetime
    fatti: Sequence[tuple[str, str | None]]
    sezioni: Sequence[Sezione]
    stato: str = ""
    codice_verifica: str = ""
    indirizzo_verifica: str = ""


class DatiQuadro(TypedDict):
    titolo: str
    prima_colonna: str
    colonne: list[str]
    righe: list[RigaQuadro]
    voce_totale: str
    totale: list[str]
    nota: str


class RigaQuadro(TypedDict):
    voce: str
    importi: list[str]


class DatiSezione(TypedDict):
    titolo: str
    fatti: list[Fatto]
    paragrafi: list[str]
    tabelle: list[DatiQuadro]


class DatiProposta(TypedDict):
    """The shape ``proposta.typ`` reads. The first seven keys are common to every model."""

    ambito: str
    sottotitolo: str
    genere: str
    numero: str
    codice_verifica: str
    indirizzo_verifica: str
    data_documento: str
    stato: str
    fatti: list[Fatto]
    sezioni: list[DatiSezione]


def dati_proposta(p: Proposta) -> DatiProposta:
    """The texts of the copy. Raises ``ValueError`` if a row of a table has not as many amounts as columns, or
    if ``data`` does not say its offset from UTC."""
    if p.data.tzinfo is None:
        raise ValueError("la data non dice il fuso orario")
    return DatiProposta(
        ambito=p.ambito,
        sottotitolo=f"Ente capofila: {p.capofila}",
        genere="Proposta",
        numero=p.numero,
        codice_verifica=p.codice_verifica,
        indirizzo_verifica=p.indirizzo_verifica,
        data_documento=p.data.astimezone(UTC).isoformat(),
        stato=p.stato,
        fatti=elenco_fatti(p.fatti),
        sezioni=[_sezione(s) for s in p.sezioni],
    )


def _sezione(s: Sezione) -> DatiSezione:
    return DatiSezione(
        titolo=s.titolo,
        fatti=elenco_fatti(s.fatti),
        paragrafi=a_paragrafi(s.testo),
        tabelle=[_quadro(q) for q in s.quadri],
    )


def _quadro(q: Quadro) -> DatiQuadro:
    attese = len(q.colonne)
    if any(len(importi) != attese for _voce, importi in q.righe) or len(q.totale) not in (0, attese):
        raise ValueError(f"«{q.titolo}»: ogni riga deve avere {attese} importi")
    return DatiQuadro(
        titolo=q.titolo,
        prima_colonna=q.prima_colonna,
        colonne=list(q.colonne),
        righe=[RigaQuadro(voce=voce, importi=list(importi)) for voce, importi in q.righe],
        voce_totale=q.voce_totale,
        totale=list(q.totale),
        nota=q.nota,
    )
