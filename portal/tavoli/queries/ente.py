"""The tavoli for the enti, whose pages are in no Ambito: who asks is checked on what is found."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...ambiti.models import Ambito
from ...db import sessione
from ...enti.models import Ente
from ...tenancy import tutti_gli_ambiti
from ..models import (
    Contributo,
    EsitoContributo,
    Partecipazione,
    Percorso,
    StatoContributo,
    StatoPartecipazione,
    StatoPercorso,
    StatoTavolo,
    Tavolo,
)

MASSIMO = 200


@dataclass(frozen=True)
class TavoloAperto:
    """A tavolo that takes contributions or requests on a day."""

    id: int
    numero: int
    titolo: str
    slug: str
    percorso: str
    ambito: str
    ambito_slug: str
    istanze_al: date
    contributi_dal: date
    contributi_al: date


def aperti(giorno: date) -> list[TavoloAperto]:
    """Tavoli of every Ambito where something may still be asked or written on that day."""
    cerca = (
        select(
            Tavolo.id, Tavolo.numero, Tavolo.titolo, Tavolo.slug, Percorso.titolo, Ambito.nome, Ambito.slug,
            Percorso.istanze_al, Percorso.contributi_dal, Percorso.contributi_al,
        )
        .join(Percorso, Percorso.id == Tavolo.percorso_id)
        .join(Ambito, Ambito.id == Percorso.ambito_id)
        .where(
            Percorso.stato == StatoPercorso.PUBBLICATO,
            Tavolo.stato == StatoTavolo.APERTO,
            (Percorso.istanze_al >= giorno) | (Percorso.contributi_al >= giorno),
        )
        .order_by(Ambito.nome, Percorso.atto_il.desc(), Percorso.id, Tavolo.numero)
        .limit(MASSIMO)
    )  # fmt: skip
    with tutti_gli_ambiti():
        righe: Iterable[Any] = sessione.execute(cerca)
        return [TavoloAperto(*riga) for riga in righe]


@dataclass(frozen=True)
class RigaPartecipazione:
    """A request of an ente, as its own pages list it."""

    id: int
    ente_id: int
    ente: str
    tavolo_id: int
    tavolo: str
    slug: str
    ambito: str
    ambito_slug: str
    stato: StatoPartecipazione
    chi: str
    chiesta_il: datetime
    motivo: str
    atto: str | None


def partecipazioni_di(enti: Collection[int]) -> list[RigaPartecipazione]:
    """What these enti asked, in every Ambito, the latest first."""
    if not enti:
        return []
    cerca = (
        select(
            Partecipazione.id, Ente.id, Ente.denominazione, Tavolo.id, Tavolo.titolo, Tavolo.slug, Ambito.nome, Ambito.slug,
            Partecipazione.stato, Partecipazione.chi, Partecipazione.chiesta_il, Partecipazione.motivo, Partecipazione.atto,
        )
        .select_from(Partecipazione)
        .join(Ente, Ente.id == Partecipazione.ente_id)
        .join(Tavolo, Tavolo.id == Partecipazione.tavolo_id)
        .join(Ambito, Ambito.id == Tavolo.ambito_id)
        .where(Partecipazione.ente_id.in_(enti))
        .order_by(Partecipazione.id.desc())
        .limit(MASSIMO)
    )  # fmt: skip
    with tutti_gli_ambiti():
        righe: Iterable[Any] = sessione.execute(cerca)
        return [RigaPartecipazione(*riga) for riga in righe]


@dataclass(frozen=True)
class RigaContributo:
    """A contribution of an ente, as its own pages list it."""

    id: int
    ente_id: int
    ente: str
    tavolo: str
    slug: str
    ambito: str
    ambito_slug: str
    stato: StatoContributo
    bisogno: str
    creato_il: datetime
    inviato_il: datetime | None
    esito: EsitoContributo | None


def contributi_di(enti: Collection[int]) -> list[RigaContributo]:
    """What these enti wrote, drafts too, in every Ambito, the latest first."""
    if not enti:
        return []
    cerca = (
        select(
            Contributo.id, Ente.id, Ente.denominazione, Tavolo.titolo, Tavolo.slug, Ambito.nome, Ambito.slug,
            Contributo.stato, Contributo.bisogno, Contributo.creato_il, Contributo.inviato_il, Contributo.esito,
        )
        .select_from(Contributo)
        .join(Ente, Ente.id == Contributo.ente_id)
        .join(Tavolo, Tavolo.id == Contributo.tavolo_id)
        .join(Ambito, Ambito.id == Tavolo.ambito_id)
        .where(Contributo.ente_id.in_(enti))
        .order_by(Contributo.id.desc())
        .limit(MASSIMO)
    )  # fmt: skip
    with tutti_gli_ambiti():
        righe: Iterable[Any] = sessione.execute(cerca)
        return [RigaContributo(*riga) for riga in righe]


def tavolo_ovunque(tavolo_id: int) -> Tavolo | None:
    """A tavolo of a published percorso, from a page that is in no Ambito."""
    cerca = (
        select(Tavolo)
        .join(Percorso, Percorso.id == Tavolo.percorso_id)
        .where(Tavolo.id == tavolo_id, Percorso.stato == StatoPercorso.PUBBLICATO)
        .options(joinedload(Tavolo.percorso))
    )
    with tutti_gli_ambiti():
        return sessione.scalar(cerca)


def viva(tavolo_id: int, ente_id: int) -> int | None:
    """The id of the ente's request to that tavolo, when one is alive."""
    cerca = select(Partecipazione.id).where(
        Partecipazione.tavolo_id == tavolo_id, Partecipazione.ente_id == ente_id, Partecipazione.attiva == 1
    )
    return sessione.scalar(cerca)


def partecipazione_ovunque(partecipazione_id: int) -> Partecipazione | None:
    with tutti_gli_ambiti():
        return sessione.scalar(select(Partecipazione).where(Partecipazione.id == partecipazione_id))


def contributo_ovunque(contributo_id: int) -> Contributo | None:
    """A contribution of an ente, with its tavolo; those of citizens are nobody's page."""
    cerca = (
        select(Contributo)
        .where(Contributo.id == contributo_id, Contributo.ente_id.is_not(None))
        .options(joinedload(Contributo.tavolo).joinedload(Tavolo.percorso), joinedload(Contributo.ente))
    )
    with tutti_gli_ambiti():
        return sessione.scalar(cerca)
