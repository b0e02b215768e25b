"""Money of a project against the lines of the plan: the arithmetic, and who may go beyond it. Pure functions.

For each line (year x fund of a sheet) ``residuo = programmato - impegnato`` (domain.md 4.4). A project may not
take more than the residual; only the Responsabile may accept an overrun, writing why, and the reason stays visible.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ..i18n import _l
from ..money import CENTESIMO, quota, somma
from .models import StatoProgetto

ZERO = Decimal("0.00")
STATI: Mapping[StatoProgetto, tuple[Any, str]] = {
    StatoProgetto.DA_LEGARE: (_l("Approvato, risorse da legare"), "attesa"),
    StatoProgetto.ATTIVO: (_l("Attivo"), "successo"),
    StatoProgetto.CONCLUSO: (_l("Concluso"), "neutro"),
}
"""Word and tone of each state."""


class Verdetto(StrEnum):
    """What happens to an amount that somebody wants to bind."""

    AMMESSO = "ammesso"
    SFORAMENTO_ACCETTATO = "sforamento_accettato"
    NON_VALIDO = "non_valido"
    OLTRE_CONTRIBUTO = "oltre_contributo"
    OLTRE_RESIDUO = "oltre_residuo"
    MANCA_MOTIVO = "manca_motivo"

    @property
    def passa(self) -> bool:
        return self in (Verdetto.AMMESSO, Verdetto.SFORAMENTO_ACCETTATO)


@dataclass(frozen=True)
class Controllo:
    """The verdict with its arithmetic, in euro. ``oltre`` is by how much the limit that was hit is exceeded."""

    verdetto: Verdetto
    importo: Decimal
    programmato: Decimal
    impegnato: Decimal
    residuo: Decimal
    oltre: Decimal = ZERO


@dataclass(frozen=True)
class Copertura:
    """How much of a contribution is bound: euro, and the share in percent with one decimal."""

    contributo: Decimal
    legato: Decimal
    da_legare: Decimal
    quota: Decimal

    @property
    def completa(self) -> bool:
        return self.da_legare == 0


def residuo(programmato: Decimal, impegni: Iterable[Decimal]) -> Decimal:
    """What a line has left, in euro; negative after an accepted overrun."""
    return programmato - somma(impegni)


def importo_valido(importo: Decimal) -> bool:
    """More than zero, and whole cents."""
    return importo.is_finite() and importo > 0 and importo == importo.quantize(CENTESIMO)


def controlla_impegno(
    importo: Decimal,
    *,
    programmato: Decimal,
    impegnato: Decimal,
    da_legare: Decimal,
    puo_sforare: bool = False,
    motivo: str | None = None,
) -> Controllo:
    """May ``importo`` be bound to a line with that programmed and bound money, for a project that still misses
    ``da_legare``? An overrun passes only with ``puo_sforare`` (the Responsabile) and a written ``motivo``.
    """
    resta = residuo(programmato, [impegnato])

    def esito(verdetto: Verdetto, oltre: Decimal = ZERO) -> Controllo:
        return Controllo(verdetto, importo, programmato, impegnato, resta, oltre)

    if not importo_valido(importo):
        return esito(Verdetto.NON_VALIDO)
    if importo > da_legare:
        return esito(Verdetto.OLTRE_CONTRIBUTO, importo - da_legare)
    if importo <= resta:
        return esito(Verdetto.AMMESSO)
    if not puo_sforare:
        return esito(Verdetto.OLTRE_RESIDUO, importo - resta)
    if not (motivo or "").strip():
        return esito(Verdetto.MANCA_MOTIVO, importo - resta)
    return esito(Verdetto.SFORAMENTO_ACCETTATO, importo - resta)


def copertura(contributo: Decimal, impegni: Iterable[Decimal]) -> Copertura:
    legato = somma(impegni)
    return Copertura(contributo, legato, contributo - legato, quota(legato, contributo))


def difetto_contributo(contributo: Decimal, *, richiesto: Decimal, disponibile: Decimal | None) -> str | None:
    """Why a contribution cannot be approved: «valore», «richiesto» (more than asked for), «risorse» (more than the
    avviso has left); None when it can. ``disponibile`` None: the avviso sets no limit."""
    if not importo_valido(contributo):
        return "valore"
    if contributo > richiesto:
        return "richiesto"
    return "risorse" if disponibile is not None and contributo > disponibile else None


def larghezze(tutto: Decimal, parti: Iterable[Decimal]) -> list[float]:
    """Widths from 0 to 100 of the parts of a bar; never beyond its end, whatever an overrun adds."""
    libero, trovate = 100.0, []
    for parte in parti:
        larga = min(float(max(parte, ZERO) * 100 / tutto), libero) if tutto > 0 else 0.0
        libero -= larga
        trovate.append(larga)
    return trovate
