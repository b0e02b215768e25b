"""Who may sit for somebody else: delegations for a sitting or standing, so many for each person (domain.md 3.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from ...errors import ErroreDominio
from ...i18n import _


@dataclass(frozen=True)
class Delega:
    """A seat whose holder sends somebody else: ``delegato`` is whoever sits, by any key that tells people apart."""

    seggio: int
    delegato: Hashable


def controlla(deleghe: Iterable[Delega], *, ammesse: bool, per_persona: int) -> None:
    """Raise ``ErroreDominio`` when delegations are not allowed, or somebody holds more than the body allows."""
    elenco = list(deleghe)
    if elenco and not ammesse:
        raise ErroreDominio(_("Quest’organo non ammette deleghe."), "delegato")
    if doppi := [s for s, quante in Counter(d.seggio for d in elenco).items() if quante > 1]:
        raise ErroreDominio(_("Un componente ha dato più di una delega (%(n)s).", n=len(doppi)), "delegato")
    quante = max(Counter(d.delegato for d in elenco).values(), default=0)
    if quante > per_persona:
        raise ErroreDominio(
            _("La stessa persona ha %(n)s deleghe: quest’organo ne ammette %(massimo)s.", n=quante, massimo=per_persona),
            "delegato",
        )
