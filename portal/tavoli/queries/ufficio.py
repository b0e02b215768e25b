"""The tavoli for the office: what waits for a decision or an answer, one row whole, choices for the forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from ...db import sessione
from ...enti.models import Ente
from ...organi.models import Organo
from ...piano.models import Ciclo, Scheda
from ...sedute.models import Seduta
from ..models import (
    Contributo,
    EsitoContributo,
    Incontro,
    Partecipazione,
    Percorso,
    Priorita,
    StatoContributo,
    StatoPartecipazione,
    StatoTavolo,
    Tavolo,
)

LIMITE = 200
ARRIVATI = (StatoContributo.INVIATO, StatoContributo.RISPOSTO)
"""Drafts, and what a citizen has not confirmed, never reach the office."""


@dataclass(frozen=True)
class RigaRichiesta:
    """A request to take part in a list of the office."""

    id: int
    ente: str
    tavolo: str
    stato: StatoPartecipazione
    chi: str
    chiesta_il: datetime


def _richieste(*condizioni: Any) -> list[RigaRichiesta]:
    cerca = (
        select(
            Partecipazione.id, Ente.denominazione, Tavolo.titolo, Partecipazione.stato, Partecipazione.chi,
            Partecipazione.chiesta_il,
        )
        .select_from(Partecipazione)
        .join(Ente, Ente.id == Partecipazione.ente_id)
        .join(Tavolo, Tavolo.id == Partecipazione.tavolo_id)
        .where(*condizioni)
        .order_by(Partecipazione.chiesta_il, Partecipazione.id)
        .limit(LIMITE)
    )  # fmt: skip
    righe: Iterable[Any] = sessione.execute(cerca)
    return [RigaRichiesta(*riga) for riga in righe]


def richieste_da_decidere() -> list[RigaRichiesta]:
    """In the current Ambito, the oldest first."""
    return _richieste(Partecipazione.stato == StatoPartecipazione.RICHIESTA)


def richieste_di(tavolo_id: int) -> list[RigaRichiesta]:
    return _richieste(Partecipazione.tavolo_id == tavolo_id)


@dataclass(frozen=True)
class RigaArrivato:
    """A contribution that reached the office; ``ente`` is None when a citizen wrote it."""

    id: int
    ente: str | None
    tavolo: str
    bisogno: str
    stato: StatoContributo
    inviato_il: datetime
    esito: EsitoContributo | None


def _arrivati(*condizioni: Any) -> list[RigaArrivato]:
    cerca = (
        select(
            Contributo.id, Ente.denominazione, Tavolo.titolo, Contributo.bisogno, Contributo.stato, Contributo.inviato_il,
            Contributo.esito,
        )
        .select_from(Contributo)
        .outerjoin(Ente, Ente.id == Contributo.ente_id)
        .join(Tavolo, Tavolo.id == Contributo.tavolo_id)
        .where(*condizioni)
        .order_by(Contributo.inviato_il, Contributo.id)
        .limit(LIMITE)
    )  # fmt: skip
    righe: Iterable[Any] = sessione.execute(cerca)
    return [RigaArrivato(*riga) for riga in righe]


def contributi_da_rispondere() -> list[RigaArrivato]:
    """In the current Ambito, the oldest first."""
    return _arrivati(Contributo.stato == StatoContributo.INVIATO)


def contributi_di(tavolo_id: int) -> list[RigaArrivato]:
    return _arrivati(Contributo.tavolo_id == tavolo_id, Contributo.stato.in_(ARRIVATI))


def conta_richieste() -> int:
    cerca = select(func.count(Partecipazione.id)).where(Partecipazione.stato == StatoPartecipazione.RICHIESTA)
    return sessione.scalar(cerca) or 0


def conta_da_rispondere() -> int:
    return sessione.scalar(select(func.count(Contributo.id)).where(Contributo.stato == StatoContributo.INVIATO)) or 0


def senza_risposta(tavolo_id: int) -> int:
    """Contributions of a tavolo that wait for their answer."""
    cerca = select(func.count(Contributo.id)).where(
        Contributo.tavolo_id == tavolo_id, Contributo.stato == StatoContributo.INVIATO
    )
    return sessione.scalar(cerca) or 0


def partecipazione(partecipazione_id: int) -> Partecipazione | None:
    """A request with its ente and tavolo."""
    cerca = select(Partecipazione).where(Partecipazione.id == partecipazione_id)
    return sessione.scalar(cerca.options(joinedload(Partecipazione.ente), joinedload(Partecipazione.tavolo)))


def contributo(contributo_id: int) -> Contributo | None:
    """A contribution that reached the office, with its ente and tavolo."""
    cerca = select(Contributo).where(Contributo.id == contributo_id, Contributo.stato.in_(ARRIVATI))
    return sessione.scalar(cerca.options(joinedload(Contributo.ente), joinedload(Contributo.tavolo)))


def incontro(slug: str, incontro_id: int) -> Incontro | None:
    """A day of the calendar of that percorso."""
    cerca = select(Incontro).join(Percorso, Percorso.id == Incontro.percorso_id)
    return sessione.scalar(cerca.where(Percorso.slug == slug, Incontro.id == incontro_id))


def priorita(slug: str, numero: int) -> Priorita | None:
    """A priority of that tavolo, with its links."""
    cerca = (
        select(Priorita)
        .join(Tavolo, Tavolo.id == Priorita.tavolo_id)
        .where(Tavolo.slug == slug, Priorita.numero == numero)
        .options(joinedload(Priorita.tavolo), selectinload(Priorita.contributi), selectinload(Priorita.schede))
        .execution_options(populate_existing=True)
    )
    return sessione.scalar(cerca)


def cicli() -> list[tuple[int, str]]:
    """The plans of the Ambito, the latest first."""
    cerca = select(Ciclo.id, Ciclo.titolo).order_by(Ciclo.anno_da.desc(), Ciclo.id).limit(50)
    return [(i, titolo) for i, titolo in sessione.execute(cerca)]


def schede(ciclo_id: int | None) -> list[tuple[int, str]]:
    """The sheets a priority may be linked to: those of its plan, or of every plan when it has none yet."""
    cerca = select(Scheda.id, Scheda.codice, Scheda.titolo).join(Ciclo, Ciclo.id == Scheda.ciclo_id)
    if ciclo_id is not None:
        cerca = cerca.where(Scheda.ciclo_id == ciclo_id)
    cerca = cerca.order_by(Ciclo.anno_da.desc(), Scheda.ordine).limit(500)
    return [(i, f"{codice} {titolo}") for i, codice, titolo in sessione.execute(cerca)]


def sedute_scelte() -> list[tuple[int, Seduta]]:
    """The latest sittings, to be chosen from, with their bodies."""
    cerca = select(Seduta).join(Organo, Organo.id == Seduta.organo_id).options(joinedload(Seduta.organo))
    cerca = cerca.where(Seduta.convocata_il.is_not(None)).order_by(Seduta.inizio.desc(), Seduta.id).limit(LIMITE)
    return [(s.id, s) for s in sessione.scalars(cerca)]


def slug_percorsi(inizio: str) -> set[str]:
    return set(sessione.scalars(select(Percorso.slug).where(Percorso.slug.startswith(inizio, autoescape=True))))


def slug_tavoli(inizio: str) -> set[str]:
    return set(sessione.scalars(select(Tavolo.slug).where(Tavolo.slug.startswith(inizio, autoescape=True))))


def prossimo_tavolo(percorso_id: int) -> int:
    return (sessione.scalar(select(func.max(Tavolo.numero)).where(Tavolo.percorso_id == percorso_id)) or 0) + 1


def prossima_priorita(tavolo_id: int) -> int:
    return (sessione.scalar(select(func.max(Priorita.numero)).where(Priorita.tavolo_id == tavolo_id)) or 0) + 1


def stato_bloccato(tavolo_id: int) -> StatoTavolo:
    """The tavolo held until the transaction ends, and its state now: answers, contributions and the restitution queue."""
    return sessione.execute(select(Tavolo.stato).where(Tavolo.id == tavolo_id).with_for_update()).scalar_one()


def ciclo_di(percorso_id: int) -> int | None:
    """The plan that a percorso prepares."""
    return sessione.scalar(select(Percorso.ciclo_id).where(Percorso.id == percorso_id))
