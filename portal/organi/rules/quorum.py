"""When a body may decide: how many of its members must be there, by heads, by quotas, or by both (domain.md 3.4).

A threshold is data of the body, first and second call apart. Printed quotas do not always sum to 100: what they are
measured against is a choice of the body, and the difference is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..models import BaseQuote, NomeSoglia

CENTO = Decimal(100)


@dataclass(frozen=True)
class Soglia:
    """A part of a whole. ``oltre``: more than that part (the majority is more than one half), else at least that."""

    numeratore: int
    denominatore: int
    oltre: bool = False

    def raggiunta(self, valore: Decimal | int, base: Decimal | int) -> bool:
        """Does ``valore`` out of ``base`` reach it? An empty base reaches nothing."""
        if not base:
            return False
        a, b = valore * self.denominatore, base * self.numeratore
        return a > b if self.oltre else a >= b

    def servono(self, base: int) -> int:
        """The least number of heads that reaches it, out of ``base``."""
        intero, resto = divmod(base * self.numeratore, self.denominatore)
        return intero + (1 if resto or self.oltre else 0)


MAGGIORANZA = Soglia(1, 2, oltre=True)
META = Soglia(1, 2)
UN_TERZO = Soglia(1, 3)
DUE_TERZI = Soglia(2, 3)
TUTTI = Soglia(1, 1)


SOGLIE = {
    NomeSoglia.MAGGIORANZA: MAGGIORANZA,
    NomeSoglia.META: META,
    NomeSoglia.UN_TERZO: UN_TERZO,
    NomeSoglia.DUE_TERZI: DUE_TERZI,
    NomeSoglia.TUTTI: TUTTI,
}


@dataclass(frozen=True)
class Quorum:
    """What a sitting needs; None where that way of counting does not matter. None and None: always valid."""

    teste: Soglia | None = MAGGIORANZA
    quote: Soglia | None = None


@dataclass(frozen=True)
class Componenti:
    """The members on the day of the sitting: id of the seat -> quota (percent, two decimals; None where there is none)."""

    quote: Mapping[int, Decimal | None]
    base: BaseQuote = BaseQuote.CENTO

    @property
    def somma(self) -> Decimal:
        return sum((q for q in self.quote.values() if q is not None), Decimal(0))

    @property
    def scarto(self) -> Decimal | None:
        """How much the printed quotas differ from 100; None without quotas."""
        return self.somma - CENTO if any(q is not None for q in self.quote.values()) else None

    def quota(self, seggi: Collection[int]) -> Decimal:
        return sum((self.quote[s] or Decimal(0) for s in seggi), Decimal(0))

    def senza(self, seggi: Collection[int]) -> Componenti:
        """The same body without some seats: who must abstain by law, where the rules do not count them."""
        return Componenti({s: q for s, q in self.quote.items() if s not in set(seggi)}, self.base)


@dataclass(frozen=True)
class Conto:
    """The arithmetic of one moment. ``per_teste`` and ``per_quote``: reached or not, None where it does not matter."""

    presenti: int
    componenti: int
    servono: int | None
    quota_presente: Decimal
    quota_base: Decimal
    per_teste: bool | None
    per_quote: bool | None

    @property
    def valida(self) -> bool:
        return self.per_teste is not False and self.per_quote is not False


def conta(
    componenti: Componenti, presenti: Collection[int], quorum: Quorum, *, fuori: Collection[int] = (), riduce: bool = False
) -> Conto:
    """Who is there against who must be. ``fuori``: seats that left the room for a conflict of interest.

    They are never among the present; ``riduce`` (a choice of the body) takes them away from the members too, so that a
    duty to abstain cannot make the body unable to decide. Raises KeyError for a seat that is not of the body.
    """
    base = componenti.senza(fuori) if riduce else componenti
    qui = {s for s in presenti if componenti.quote.keys() >= {s} and s not in set(fuori)}
    if estranei := set(presenti) - componenti.quote.keys():
        raise KeyError(min(estranei))
    teste, quota = len(base.quote), base.quota(qui & base.quote.keys())
    # what is left of 100 without the quotas of those who are out
    quota_base = base.somma if componenti.base == BaseQuote.SOMMA else CENTO - (componenti.somma - base.somma)
    return Conto(
        presenti=len(qui),
        componenti=teste,
        servono=quorum.teste.servono(teste) if quorum.teste else None,
        quota_presente=quota,
        quota_base=quota_base,
        per_teste=quorum.teste.raggiunta(len(qui), teste) if quorum.teste else None,
        per_quote=quorum.quote.raggiunta(quota, quota_base) if quorum.quote else None,
    )
