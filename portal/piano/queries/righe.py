"""Sheets and budget lines for the areas that bind money, calls and services to them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ...db import sessione
from ..models import Annualita, Ciclo, Fondo, RigaBilancio, Scheda


@dataclass(frozen=True)
class RigaDiScheda:
    """A budget line as other areas bind money to it."""

    id: int
    anno: int
    fondo_codice: str
    fondo_nome: str
    importo: Decimal


@dataclass(frozen=True)
class RigaPerScelta:
    """A budget line for a select box: «B.7 · 2023 · REACT-EU»."""

    id: int
    scheda_codice: str
    scheda_titolo: str
    anno: int
    fondo_nome: str
    importo: Decimal


@dataclass(frozen=True)
class SchedaPerScelta:
    id: int
    codice: str
    titolo: str


def scheda_per_codice(ciclo_codice: str, codice: str) -> Scheda | None:
    """A sheet with its cycle, for other areas; None when there is none."""
    return sessione.scalar(
        select(Scheda)
        .join(Ciclo, Ciclo.id == Scheda.ciclo_id)
        .where(Ciclo.codice == ciclo_codice, Scheda.codice == codice)
        .options(selectinload(Scheda.ciclo))
    )


def scheda_per_id(scheda_id: int) -> Scheda | None:
    """A sheet with its cycle."""
    return sessione.scalar(select(Scheda).where(Scheda.id == scheda_id).options(selectinload(Scheda.ciclo)))


def righe_di_scheda(scheda_id: int) -> tuple[RigaDiScheda, ...]:
    """The budget lines of a sheet, by year and then as printed."""
    righe = sessione.execute(
        select(RigaBilancio.id, Annualita.anno, Fondo.codice, Fondo.nome, RigaBilancio.importo)
        .join(Annualita, Annualita.id == RigaBilancio.annualita_id)
        .join(Fondo, Fondo.id == RigaBilancio.fondo_id)
        .where(Annualita.scheda_id == scheda_id)
        .order_by(Annualita.anno, RigaBilancio.ordine)
    )
    return tuple(RigaDiScheda(*riga) for riga in righe)


def righe_per_scelta(
    *, ciclo: str | None = None, scheda_id: int | None = None, anno: int | None = None, limite: int = 500
) -> tuple[RigaPerScelta, ...]:
    """Budget lines to choose from, by sheet and year; of every cycle unless one is given."""
    cerca = (
        select(RigaBilancio.id, Scheda.codice, Scheda.titolo, Annualita.anno, Fondo.nome, RigaBilancio.importo)
        .join(Annualita, Annualita.id == RigaBilancio.annualita_id)
        .join(Scheda, Scheda.id == Annualita.scheda_id)
        .join(Ciclo, Ciclo.id == Scheda.ciclo_id)
        .join(Fondo, Fondo.id == RigaBilancio.fondo_id)
    )
    if ciclo is not None:
        cerca = cerca.where(Ciclo.codice == ciclo)
    if scheda_id is not None:
        cerca = cerca.where(Scheda.id == scheda_id)
    if anno is not None:
        cerca = cerca.where(Annualita.anno == anno)
    ordinata = cerca.order_by(Ciclo.anno_da.desc(), Scheda.ordine, Annualita.anno, RigaBilancio.ordine).limit(limite)
    return tuple(RigaPerScelta(*riga) for riga in sessione.execute(ordinata))


def schede_per_scelta(ciclo: str | None = None) -> tuple[SchedaPerScelta, ...]:
    """Sheets to choose from, in the order of the document; of every cycle unless one is given."""
    cerca = select(Scheda.id, Scheda.codice, Scheda.titolo).join(Ciclo, Ciclo.id == Scheda.ciclo_id)
    if ciclo is not None:
        cerca = cerca.where(Ciclo.codice == ciclo)
    righe = sessione.execute(cerca.order_by(Ciclo.anno_da.desc(), Scheda.ordine).limit(500))
    return tuple(SchedaPerScelta(*riga) for riga in righe)


def blocca_riga(riga_id: int) -> RigaBilancio | None:
    """The budget line, locked until the end of the transaction and read afresh: two decisions on it queue.

    None when there is no such line in the Ambito. On SQLite the writing transaction is the lock.
    """
    return sessione.scalar(
        select(RigaBilancio).where(RigaBilancio.id == riga_id).with_for_update().execution_options(populate_existing=True)
    )
