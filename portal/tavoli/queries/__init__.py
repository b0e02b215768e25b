"""Percorsi and tavoli as everyone reads them: published ones only, a fixed number of queries for each page."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ...clocks import adesso
from ...db import sessione
from ...enti.models import Ente
from ...organi.models import Organo
from ...piano.models import Scheda
from ...sedute.models import Seduta
from ...tenancy import tutti_gli_ambiti
from ...utenti.rules import impronta
from ..models import (
    Contributo,
    EsitoContributo,
    Incontro,
    Mittente,
    Momento,
    Partecipazione,
    Percorso,
    Priorita,
    StatoContributo,
    StatoPartecipazione,
    StatoPercorso,
    StatoTavolo,
    Tavolo,
)

PERCORSI = 20
"""Procedures on the public list: more than an Ambito opens in a generation of plans."""
PARTECIPANTI = 500

_PUBBLICO = Percorso.stato == StatoPercorso.PUBBLICATO


def percorsi(*, anche_bozze: bool = False) -> list[Percorso]:
    """With phases, tavoli and their areas, the latest first."""
    cerca = select(Percorso).order_by(Percorso.atto_il.desc(), Percorso.id.desc()).limit(PERCORSI)
    cerca = cerca.options(selectinload(Percorso.fasi), selectinload(Percorso.tavoli).selectinload(Tavolo.aree))
    return list(sessione.scalars(cerca if anche_bozze else cerca.where(_PUBBLICO)))


def date_incontri(percorsi_ids: Collection[int]) -> dict[int, tuple[date, date]]:
    """Tavolo -> the first and the last day of its meetings, for all the tavoli of these percorsi."""
    if not percorsi_ids:
        return {}
    cerca = (
        select(Incontro.tavolo_id, func.min(Incontro.giorno), func.max(Incontro.giorno))
        .where(Incontro.percorso_id.in_(percorsi_ids), Incontro.tavolo_id.is_not(None))
        .group_by(Incontro.tavolo_id)
    )
    righe: Iterable[Any] = sessione.execute(cerca)
    return {t: (prima, ultima) for t, prima, ultima in righe}


def percorso(slug: str, *, anche_bozza: bool = False) -> Percorso | None:
    """A percorso with its plan, phases and tavoli."""
    cerca = select(Percorso).where(Percorso.slug == slug)
    if not anche_bozza:
        cerca = cerca.where(_PUBBLICO)
    return sessione.scalar(
        cerca.options(
            joinedload(Percorso.ciclo),
            selectinload(Percorso.fasi),
            selectinload(Percorso.tavoli).selectinload(Tavolo.aree),
        )
    )


def calendario(percorso_id: int, limite: int = 200) -> list[Incontro]:
    """Every day of a percorso, in order, with the tavolo and the sitting of each."""
    cerca = (
        select(Incontro)
        .where(Incontro.percorso_id == percorso_id)
        .options(joinedload(Incontro.tavolo), joinedload(Incontro.seduta).joinedload(Seduta.organo))
        .order_by(Incontro.giorno, Incontro.ora, Incontro.id)
        .limit(limite)
    )
    return list(sessione.scalars(cerca))


def _in_calendario(cosa: Any) -> Any:
    """Days of the tavoli of published percorsi; those that are sittings of a body are in the calendar already."""
    cerca = select(cosa).select_from(Incontro).join(Percorso, Percorso.id == Incontro.percorso_id)
    return cerca.where(_PUBBLICO, Incontro.seduta_id.is_(None), Incontro.tavolo_id.is_not(None))


def in_calendario(dal: date, al: date | None, limite: int) -> list[Incontro]:
    """Days of published percorsi from one to another (excluded), in order, with their tavolo."""
    cerca = _in_calendario(Incontro).where(Incontro.giorno >= dal).options(joinedload(Incontro.tavolo))
    if al is not None:
        cerca = cerca.where(Incontro.giorno < al)
    return list(sessione.scalars(cerca.order_by(Incontro.giorno, Incontro.ora, Incontro.id).limit(limite)))


def per_calendario(limite: int) -> list[Incontro]:
    """The latest days of published percorsi, in order, with their tavolo."""
    cerca = _in_calendario(Incontro).options(joinedload(Incontro.tavolo))
    ultimi = (Incontro.giorno.desc(), Incontro.ora.desc(), Incontro.id.desc())
    return list(sessione.scalars(cerca.order_by(*ultimi).limit(limite)))[::-1]


def primo_incontro() -> date | None:
    """The first of the days that the calendar shows."""
    return sessione.scalar(_in_calendario(func.min(Incontro.giorno)))


def pubblico(slug: str) -> Tavolo | None:
    """A tavolo of a published percorso, whole but for who takes part and what was written."""
    trovato = tavolo(slug)
    return trovato if trovato is not None and trovato.percorso.stato == StatoPercorso.PUBBLICATO else None


def tavolo(slug: str) -> Tavolo | None:
    """A tavolo with its percorso, areas, meetings and priorities (their contributions and sheets too)."""
    return sessione.scalar(_intero(), {"slug": slug})


@cache
def _intero() -> Select[Tavolo]:
    """Made once: putting it together takes longer than reading a tavolo."""
    priorita = selectinload(Tavolo.priorita)
    return (
        select(Tavolo)
        .where(Tavolo.slug == bindparam("slug"))
        .options(
            joinedload(Tavolo.percorso).selectinload(Percorso.fasi),
            joinedload(Tavolo.percorso).joinedload(Percorso.ciclo),
            joinedload(Tavolo.organo),
            selectinload(Tavolo.aree),
            selectinload(Tavolo.incontri).joinedload(Incontro.seduta).joinedload(Seduta.organo),
            priorita.selectinload(Priorita.contributi).joinedload(Contributo.ente),
            priorita.selectinload(Priorita.schede).joinedload(Scheda.ciclo),
        )
    )


@dataclass(frozen=True)
class Partecipante:
    """An ente admitted to a tavolo; ``chi`` is the role of who comes, never a name."""

    ente: str
    esempio: bool
    chi: str


def partecipanti(tavolo_id: int) -> list[Partecipante]:
    """Who was admitted, by name of the ente."""
    cerca = (
        select(Ente.denominazione, Ente.esempio, Partecipazione.chi)
        .select_from(Partecipazione)
        .join(Ente, Ente.id == Partecipazione.ente_id)
        .where(Partecipazione.tavolo_id == tavolo_id, Partecipazione.stato == StatoPartecipazione.AMMESSA)
        .order_by(Ente.denominazione, Ente.id)
        .limit(PARTECIPANTI)
    )
    righe: Iterable[Any] = sessione.execute(cerca)
    return [Partecipante(*riga) for riga in righe]


@dataclass(frozen=True)
class ContributoPubblico:
    """A contribution that everyone may read, with its answer; ``ente`` is None when a citizen wrote it."""

    id: int
    ente: str | None
    bisogno: str
    destinatari: str
    proposta: str
    risorse: str
    momento: Momento
    inviato_il: datetime
    esito: EsitoContributo
    motivo: str


def contributi_pubblici(tavolo_id: int, *, dopo: int | None, limite: int) -> list[ContributoPubblico]:
    """Those answered and not held back, the oldest first; ``limite`` + 1 rows."""
    cerca = (
        select(
            Contributo.id, Ente.denominazione, Contributo.bisogno, Contributo.destinatari, Contributo.proposta,
            Contributo.risorse, Contributo.momento, Contributo.inviato_il, Contributo.esito, Contributo.motivo,
        )
        .select_from(Contributo)
        .outerjoin(Ente, Ente.id == Contributo.ente_id)
        .where(Contributo.tavolo_id == tavolo_id, Contributo.stato == StatoContributo.RISPOSTO, Contributo.pubblico)
        .order_by(Contributo.id)
        .limit(limite + 1)
    )  # fmt: skip
    if dopo is not None:
        cerca = cerca.where(Contributo.id > dopo)
    righe: Iterable[Any] = sessione.execute(cerca)
    return [ContributoPubblico(*riga) for riga in righe]


@dataclass(frozen=True)
class Conto:
    """Contributions of a tavolo: received, answered, and answered but not published."""

    ricevuti: int
    risposti: int
    riservati: int


def conto(tavolo_id: int) -> Conto:
    """How many contributions reached the office, whatever became of them."""
    cerca = (
        select(Contributo.stato, Contributo.pubblico, func.count(Contributo.id))
        .where(Contributo.tavolo_id == tavolo_id, Contributo.stato.in_((StatoContributo.INVIATO, StatoContributo.RISPOSTO)))
        .group_by(Contributo.stato, Contributo.pubblico)
    )
    righe = sessione.execute(cerca).all()
    risposti = [(pubblico, n) for stato, pubblico, n in righe if stato == StatoContributo.RISPOSTO]
    return Conto(sum(n for _s, _p, n in righe), sum(n for _p, n in risposti), sum(n for p, n in risposti if not p))


def mittente(gettone: str) -> Mittente | None:
    """Who holds the link, with what was written; None when the link is unknown, or too old and never used."""
    trovato = sessione.scalar(
        select(Mittente)
        .where(Mittente.gettone == impronta(gettone))
        .options(joinedload(Mittente.contributo).joinedload(Contributo.tavolo).joinedload(Tavolo.percorso))
    )
    if trovato is None or (trovato.confermato_il is None and trovato.scade_il <= adesso()):
        return None
    return trovato


def email_di(contributo_id: int) -> str | None:
    """The address of the citizen who wrote, while it is kept."""
    return sessione.scalar(select(Mittente.email).where(Mittente.contributo_id == contributo_id))


def giorni_incontri(tavolo_id: int) -> list[date]:
    return list(sessione.scalars(select(Incontro.giorno).where(Incontro.tavolo_id == tavolo_id).limit(500)))


def priorita_restituite(limite: int = 300) -> list[tuple[int, str]]:
    """The published priorities of the Ambito, the latest tavoli first: what a call may come from."""
    cerca = (
        select(Priorita.id, Tavolo.titolo, Priorita.titolo)
        .join(Tavolo, Tavolo.id == Priorita.tavolo_id)
        .where(Tavolo.stato == StatoTavolo.RESTITUITO)
        .order_by(Tavolo.percorso_id.desc(), Tavolo.numero, Priorita.numero)
        .limit(limite)
    )
    return [(i, f"{titolo} ({tavolo_})") for i, tavolo_, titolo in sessione.execute(cerca)]


def organi_scelti() -> list[tuple[int, str]]:
    """The bodies at work, to be chosen from."""
    cerca = select(Organo.id, Organo.nome).where(Organo.attivo).order_by(Organo.ordine, Organo.id).limit(200)
    return [(i, nome) for i, nome in sessione.execute(cerca)]


def da_dimenticare(ora: datetime, risposti_prima: datetime, limite: int = 100) -> list[int]:
    """Ids of the addresses to throw away, in every Ambito: links gone stale, answers given long ago."""
    cerca = (
        select(Mittente.id)
        .join(Contributo, Contributo.id == Mittente.contributo_id)
        .where(
            or_(
                and_(Mittente.confermato_il.is_(None), Mittente.scade_il <= ora),
                and_(Mittente.confermato_il.is_not(None), Contributo.risposto_il <= risposti_prima),
            )
        )
        .order_by(Mittente.id)
        .limit(limite)
    )
    with tutti_gli_ambiti():
        return list(sessione.scalars(cerca))
