"""Elections: the frozen roll, the candidates, the count. Nothing here can join a ballot to a voter."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from ...ambiti.models import Ambito
from ...clocks import oggi
from ...db import sessione
from ...enti.models import Ente, TipoEnte
from ...organi.models import Fine, Mandato, Seggio
from ...tenancy import tutti_gli_ambiti
from ..models import (
    Adesione,
    Candidatura,
    Elettore,
    Elezione,
    EsitoCandidatura,
    Preferenza,
    Rappresentante,
    SchedaVoto,
    StatoElezione,
)

GESTORI: list[Callable[[int], Any]] = []
"""Why an ente runs services for the current Ambito, in words, or None: higher areas, which know the agreements, add here."""


LASCIANO = (Fine.DIMISSIONI, Fine.REVOCA, Fine.DECADENZA)
"""Ends of a mandate that leave an elected seat to the next one."""


def da_lasciare(candidatura: Candidatura) -> bool:
    """Is its seat to be given to the next one: it runs services, or left before time while the others go on?

    Needs ``mandato`` and ``elezione``.
    """
    ha_lasciato = candidatura.mandato is not None and candidatura.mandato.fine in LASCIANO
    ha_lasciato = ha_lasciato and candidatura.elezione.mandato_al >= oggi()
    return candidatura.esito == EsitoCandidatura.ELETTA and (candidatura.gestore_dal is not None or ha_lasciato)


def perche_gestore(ente_id: int) -> Any:
    """The agreement for which the ente is not eligible; None when there is none (domain.md 3.2)."""
    return next((motivo for chiedi in GESTORI if (motivo := chiedi(ente_id)) is not None), None)


def elezioni() -> list[Elezione]:
    """The elections of the current Ambito, the latest first."""
    return list(sessione.scalars(select(Elezione).order_by(Elezione.id.desc()).limit(100)))


def in_calendario(dal: datetime, al: datetime | None, limite: int) -> list[Elezione]:
    """The elections with a term or a vote, even under way, from an instant to another (excluded), in order."""
    cerca = select(Elezione).where(Elezione.voto_al >= dal)
    if al is not None:
        cerca = cerca.where(Elezione.candidature_entro < al)
    return list(sessione.scalars(cerca.order_by(Elezione.voto_dal, Elezione.id).limit(limite)))


def prima_elezione() -> datetime | None:
    return sessione.scalar(select(func.min(Elezione.candidature_entro)))


def elezione(slug: str) -> Elezione | None:
    """An election with its candidates, their enti and the seats they were put on."""
    cerca = select(Elezione).where(Elezione.slug == slug)
    posto = joinedload(Candidatura.mandato).joinedload(Mandato.seggio).joinedload(Seggio.organo)
    con = selectinload(Elezione.candidature).options(joinedload(Candidatura.ente), posto)
    trovata: Elezione | None = sessione.scalar(cerca.options(con))
    for candidatura in trovata.candidature if trovata else ():
        set_committed_value(candidatura, "elezione", trovata)  # held: who is given a candidate alone still has its election
    return trovata


def slug_usati(inizio: str) -> set[str]:
    cerca = select(Elezione.slug).where(Elezione.slug.startswith(inizio, autoescape=True))
    return set(sessione.scalars(cerca.limit(1000)))


def iscritti_al(giorno: date) -> list[tuple[int, int]]:
    """(adhesion, ente) of who is in the Rete on that day: the roll to freeze."""
    cerca = select(Adesione.id, Adesione.ente_id).where(
        Adesione.ammessa_il <= giorno, or_(Adesione.cessata_il.is_(None), Adesione.cessata_il > giorno)
    )
    return [(a, e) for a, e in sessione.execute(cerca.order_by(Adesione.id))]


@dataclass(frozen=True)
class Affluenza:
    """How many may vote and how many did."""

    aventi_diritto: int
    votanti: int


def affluenza(elezione_id: int) -> Affluenza:
    cerca = select(func.count(Elettore.id), func.count(Elettore.id).filter(Elettore.ha_votato))
    return Affluenza(*sessione.execute(cerca.where(Elettore.elezione_id == elezione_id)).one())


def elettori(elezione_id: int) -> list[Elettore]:
    """The roll with its enti, for the list of who voted."""
    cerca = select(Elettore).where(Elettore.elezione_id == elezione_id).options(joinedload(Elettore.ente))
    return sorted(sessione.scalars(cerca.limit(5000)), key=lambda e: e.ente.denominazione)


@dataclass(frozen=True)
class RigaElettore:
    """An election in which an ente of the reader votes."""

    id: int
    titolo: str
    ambito: str
    ambito_slug: str
    slug: str
    stato: StatoElezione
    candidature_entro: datetime
    voto_dal: datetime
    voto_al: datetime
    ha_votato: bool
    tipo_ente: TipoEnte


def elezioni_di(enti: Collection[int]) -> list[RigaElettore]:
    """The elections in whose roll these enti are, in every Ambito, the latest first."""
    campi: tuple[Any, ...] = (
        Elettore.id, Elezione.titolo, Ambito.nome, Ambito.slug, Elezione.slug, Elezione.stato,
        Elezione.candidature_entro, Elezione.voto_dal, Elezione.voto_al, Elettore.ha_votato, Ente.tipo,
    )  # fmt: skip
    cerca = (
        select(*campi)
        .select_from(Elettore)
        .join(Ente, Ente.id == Elettore.ente_id)
        .join(Elezione, Elezione.id == Elettore.elezione_id)
        .join(Ambito, Ambito.id == Elezione.ambito_id)
        .where(Elettore.ente_id.in_(enti))
        .order_by(Elezione.id.desc())
        .limit(100)
    )
    with tutti_gli_ambiti():
        return [RigaElettore(*riga) for riga in sessione.execute(cerca)]


def elettore_ovunque(elettore_id: int) -> Elettore | None:
    """A voter with its election, candidates and representatives, from the ente's pages, which are in no Ambito."""
    candidati = joinedload(Elettore.elezione).selectinload(Elezione.candidature).joinedload(Candidatura.ente)
    persone = joinedload(Elettore.adesione).selectinload(Adesione.rappresentanti)
    cerca = select(Elettore).where(Elettore.id == elettore_id)
    with tutti_gli_ambiti():
        return sessione.scalar(cerca.options(candidati, persone, joinedload(Elettore.ente)))


def ha_votato(elettore_id: int) -> bool:
    """Has the ente voted? Read afresh, and held: of two ballots sent at once only the first is cast."""
    cerca = select(Elettore.ha_votato).where(Elettore.id == elettore_id).with_for_update()
    return bool(sessione.execute(cerca).scalar_one())


def blocca_elezione(elezione_id: int) -> StatoElezione:
    """Hold the election, and its state read afresh: a ballot is not cast while it is being counted, nor after."""
    return sessione.execute(select(Elezione.stato).where(Elezione.id == elezione_id).with_for_update()).scalar_one()


def schede(elezione_id: int) -> list[list[int]]:
    """The ballots of an election, each as the candidates on it; a blank one is empty."""
    cerca = (
        select(SchedaVoto.id, Preferenza.candidatura_id)
        .outerjoin(Preferenza, Preferenza.scheda_id == SchedaVoto.id)
        .where(SchedaVoto.elezione_id == elezione_id)
    )
    trovate: dict[str, list[int]] = {}
    for chiave, candidata in sessione.execute(cerca):
        trovate.setdefault(chiave, []).extend([candidata] if candidata is not None else [])
    return [sorted(scheda) for scheda in trovate.values()]


def voti(elezione_id: int) -> dict[int, int]:
    """Candidate -> votes."""
    cerca = select(Preferenza.candidatura_id, func.count(Preferenza.id)).join(
        SchedaVoto, SchedaVoto.id == Preferenza.scheda_id
    )
    cerca = cerca.where(SchedaVoto.elezione_id == elezione_id).group_by(Preferenza.candidatura_id)
    return dict(sessione.execute(cerca).all())


def bianche(elezione_id: int) -> int:
    """Ballots that name nobody."""
    senza = ~select(Preferenza.id).where(Preferenza.scheda_id == SchedaVoto.id).exists()
    return sessione.scalar(select(func.count(SchedaVoto.id)).where(SchedaVoto.elezione_id == elezione_id, senza)) or 0


def in_carica(ente_id: int, giorno: date) -> list[Candidatura]:
    """The seats that an ente holds on that day in the current Ambito."""
    eletta = and_(Candidatura.ente_id == ente_id, Candidatura.esito == EsitoCandidatura.ELETTA)
    cerca = select(Candidatura).join(Elezione, Elezione.id == Candidatura.elezione_id)
    return list(sessione.scalars(cerca.where(eletta, Elezione.mandato_al >= giorno)))


def prossima(elezione_id: int) -> Candidatura | None:
    """Who takes a seat that becomes free: the first unelected who has a vote and runs no service."""
    cerca = (
        select(Candidatura)
        .where(
            Candidatura.elezione_id == elezione_id,
            Candidatura.esito == EsitoCandidatura.NON_ELETTA,
            Candidatura.voti > 0,
            Candidatura.gestore_dal.is_(None),
        )
        .order_by(Candidatura.posto)
        .options(joinedload(Candidatura.ente))
    )
    return next((c for c in sessione.scalars(cerca) if perche_gestore(c.ente_id) is None), None)


def conta_decadenze() -> int:
    """Seats to be declared forfeited in the current Ambito."""
    lasciato = and_(Mandato.fine.in_(LASCIANO), Elezione.mandato_al >= oggi())
    cerca = select(func.count(Candidatura.id)).join(Elezione, Elezione.id == Candidatura.elezione_id)
    cerca = cerca.outerjoin(Mandato, Mandato.id == Candidatura.mandato_id)
    cerca = cerca.where(Candidatura.esito == EsitoCandidatura.ELETTA, or_(Candidatura.gestore_dal.is_not(None), lasciato))
    return sessione.scalar(cerca) or 0


def parla_per(ente_id: int, giorno: date) -> int | None:
    """The account of who represents the ente in the Rete on that day."""
    cerca = (
        select(Rappresentante.utente_id)
        .join(Adesione, Adesione.id == Rappresentante.adesione_id)
        .where(
            Adesione.ente_id == ente_id, Adesione.attiva == 1, ~Rappresentante.delegato, Rappresentante.dal <= giorno,
            or_(Rappresentante.al.is_(None), Rappresentante.al >= giorno),
        )
    )  # fmt: skip
    return sessione.scalar(cerca.limit(1))
