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


@dataclass(frozen=True)
class Posto:
    """The key of a delegate who is a member too: its seat."""

    seggio: int


def fra_componenti(deleghe: Iterable[Delega], *, ammesse: bool) -> None:
    """Raise ``ErroreDominio`` when members may not sit for each other, or one that does has sent somebody else."""
    elenco = list(deleghe)
    a_posti = {d.seggio: d.delegato.seggio for d in elenco if isinstance(d.delegato, Posto)}
    if a_posti and not ammesse:
        raise ErroreDominio(_("In quest’organo un componente non può avere la delega di un altro."), "delegato")
    if any(da == a for da, a in a_posti.items()):
        raise ErroreDominio(_("Non ci si può delegare da soli."), "delegato")
    if {d.seggio for d in elenco} & set(a_posti.values()):
        raise ErroreDominio(_("Chi ha la delega di un altro deve esserci: non può delegare a sua volta."), "delegato")


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
