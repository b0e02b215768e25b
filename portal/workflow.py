"""State machines as data: rows that can be read, grepped and printed as a table. Knows no area.

``advance`` is the only way a state changes: it checks the source state, the permission and the conditions, sets
the state and its date, and writes the audit row in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from . import access
from .clocks import adesso
from .errors import ErroreDominio, TransizioneNonAmmessa
from .i18n import _

Condizione = Callable[[Any], str | None]
"""Given the object, None when it may pass, else the reason (already translated) why it may not."""


@dataclass(frozen=True)
class Transition:
    """One step: from any of ``da`` to ``a``; ``istante`` is the column that receives the time, if any."""

    nome: str
    da: tuple[StrEnum, ...]
    a: StrEnum
    permesso: str | None
    condizioni: tuple[Condizione, ...] = ()
    istante: str | None = None
    fonte: str = ""


@dataclass(frozen=True)
class Workflow:
    """The transitions of one kind of object, by name."""

    area: str
    transizioni: tuple[Transition, ...]
    campo: str = "stato"
    _per_nome: Mapping[str, Transition] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_per_nome", {t.nome: t for t in self.transizioni})

    def __getitem__(self, nome: str) -> Transition:
        return self._per_nome[nome]

    def possibili(self, oggetto: Any) -> tuple[Transition, ...]:
        """The steps that may start from the object's present state, permissions and conditions apart."""
        return tuple(t for t in self.transizioni if getattr(oggetto, self.campo) in t.da)


def ostacoli(oggetto: Any, flusso: Workflow, nome: str) -> list[str]:
    """Why the step may not be taken now: empty when it may (permissions apart)."""
    passo = flusso[nome]
    if getattr(oggetto, flusso.campo) not in passo.da:
        return [_("Da questo stato non si può: la pagina non è aggiornata.")]
    return [motivo for condizione in passo.condizioni if (motivo := condizione(oggetto))]


def advance(
    oggetto: Any,
    flusso: Workflow,
    nome: str,
    *,
    attore: Any,
    dettagli: Mapping[str, Any] | None = None,
) -> Transition:
    """Take the step ``nome``: check, set the state and its date, write the audit row.

    ``attore`` None means the portal itself (a term that expires): no permission is asked.
    Raises ``TransizioneNonAmmessa`` from a wrong state, ``Vietato``/``NonTrovato`` without permission,
    ``ErroreDominio`` with the first condition that fails.
    """
    from . import audit

    passo = flusso[nome]
    stato = getattr(oggetto, flusso.campo)
    if attore is not None and passo.permesso is not None:
        access.check(passo.permesso, oggetto, attore)
    if stato not in passo.da:
        raise TransizioneNonAmmessa(_("Qualcuno l’ha già fatto, o la pagina non è aggiornata: ricaricala."))
    for condizione in passo.condizioni:
        if motivo := condizione(oggetto):
            raise ErroreDominio(motivo)
    setattr(oggetto, flusso.campo, passo.a)
    if passo.istante:
        setattr(oggetto, passo.istante, adesso())
    audit.registra(f"{flusso.area}.{nome}", oggetto, attore=attore, dettagli={"da": stato, "a": passo.a, **(dettagli or {})})
    return passo
