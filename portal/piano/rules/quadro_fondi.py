"""The money of one sheet as a table, fund by year: what is printed beside what the lines sum to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .valori import ValoriScheda, somma_indicati


@dataclass(frozen=True)
class RigaFondo:
    """A fund of the sheet; None in the years that it does not pay."""

    nome: str
    anni: tuple[Decimal | None, ...]
    totale: Decimal | None


@dataclass(frozen=True)
class QuadroFondi:
    """``somme``: the lines of each year summed; ``stampati``: the amounts of the years as printed."""

    anni: tuple[int, ...]
    righe: tuple[RigaFondo, ...]
    somme: tuple[Decimal | None, ...]
    somma: Decimal | None
    stampati: tuple[Decimal | None, ...]


def quadro_fondi(scheda: ValoriScheda, anni: tuple[int, ...]) -> QuadroFondi:
    """Funds in the order in which the sheet first names them."""
    nomi = {r.fondo: r.fondo_nome or r.fondo for _, r in scheda.righe}
    righe = []
    for fondo, nome in nomi.items():
        per_anno = tuple(_del_fondo(scheda, fondo, anno) for anno in anni)
        righe.append(RigaFondo(nome, per_anno, somma_indicati(per_anno)))
    trovati = [scheda.anno(anno) for anno in anni]
    return QuadroFondi(
        anni,
        tuple(righe),
        somme=tuple(a.somma_righe if a is not None else None for a in trovati),
        somma=somma_indicati(r.totale for r in righe),
        stampati=tuple(a.importo if a is not None else None for a in trovati),
    )


def _del_fondo(scheda: ValoriScheda, fondo: str, anno: int) -> Decimal | None:
    return somma_indicati(r.importo for suo, r in scheda.righe if suo == anno and r.fondo == fondo)
