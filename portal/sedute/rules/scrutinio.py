"""From the way a vote is taken to its numbers: heads always, quotas where it is known who voted what (domain.md 3.4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ...errors import ErroreDominio
from ...i18n import _
from ...organi.models import Peso
from ...organi.rules.quorum import Componenti
from ..models import Modo, Voto
from .voti import Misura, Scrutinio, controlla


@dataclass(frozen=True)
class Conteggio:
    """A count of hands or of ballots."""

    favorevoli: int
    contrari: int
    astenuti: int


def nominale(presenti: Collection[int], voti: Mapping[int, Voto]) -> dict[int, Voto]:
    """The votes of those present, all of them. Raises ``ErroreDominio`` on one that is missing or too many."""
    if estranei := voti.keys() - set(presenti):
        raise ErroreDominio(_("Ha votato chi non è in sala (%(n)s).", n=len(estranei)), "voti")
    if mancano := set(presenti) - voti.keys():
        raise ErroreDominio(_("Manca il voto di %(n)s presenti.", n=len(mancano)), "voti")
    return dict(voti)


def di_nomi(
    componenti: Componenti, presenti: Collection[int], voti: Mapping[int, Voto], presiede: int | None, base: Decimal
) -> Scrutinio:
    """A vote by name, by heads and by quotas. ``presiede``: the seat whose vote may decide a tie; ``base``: what the body
    measures the quotas of all its members against, 100 or their sum."""
    per_voto = {v: [s for s, dato in voti.items() if dato == v] for v in Voto}
    teste = Misura(len(componenti.quote), len(presenti), *(len(per_voto[v]) for v in Voto))
    quote = None
    if componenti.scarto is not None:
        quote = Misura(base, componenti.quota(presenti), *(componenti.quota(per_voto[v]) for v in Voto))
    return Scrutinio(teste, quote, voti.get(presiede) if presiede is not None else None)


def di_conteggio(
    componenti: Componenti, presenti: Collection[int], conteggio: Conteggio, *, peso: Peso, presidente: Voto | None
) -> Scrutinio:
    """A count without names. Raises ``ErroreDominio`` where quotas weigh: nobody can say whose hands they were."""
    if peso != Peso.TESTE:
        raise ErroreDominio(_("Qui contano le quote: serve il voto per nome, o l’unanimità."), "modo")
    teste = Misura(len(componenti.quote), len(presenti), conteggio.favorevoli, conteggio.contrari, conteggio.astenuti)
    controlla(teste)
    if presidente is not None and not {
        Voto.FAVOREVOLE: teste.favorevoli, Voto.CONTRARIO: teste.contrari, Voto.ASTENUTO: teste.astenuti
    }[presidente]:  # fmt: skip
        raise ErroreDominio(_("Il voto di chi presiede non c’è fra quelli contati."), "presidente")
    return Scrutinio(teste, None, presidente)


def unanime(presenti: Collection[int]) -> dict[int, Voto]:
    return dict.fromkeys(presenti, Voto.FAVOREVOLE)


def quote_di(scrutinio: Scrutinio) -> dict[str, Decimal | None]:
    """The columns of a vote that hold its quotas; None for each where they are not known."""
    nomi = ("componenti", "presenti", "favorevoli", "contrari", "astenuti")
    return {f"quota_{n}": Decimal(getattr(scrutinio.quote, n)) if scrutinio.quote else None for n in nomi}


PALESI = (Modo.NOMI, Modo.UNANIME)
"""Ways of voting of which each name is known."""
