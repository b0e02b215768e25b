"""Commissions: who may sit in one, who sits, what each has scored. Others' scores only once one's own are in."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ...audit.models import Evento
from ...avvisi.models import Avviso
from ...db import sessione
from ...enti.models import Ente
from ...figli import carica_figli
from ...proposte.models import StatoProposta
from ...proposte.queries import proposta_intera
from ...utenti.models import DELL_ENTE, Ruolo, RuoloUtente, Utente
from ..models import Commissione, Membro, Punteggio
from ..permissions import DaValutare, Seggio, concorrenti, seggio_di


@dataclass(frozen=True)
class Candidabile:
    """Someone who may be appointed, and the bodies among those that applied for which they hold a role."""

    utente_id: int
    nome: str
    conflitti: tuple[str, ...]


@dataclass(frozen=True)
class Commissario:
    """A seat of the user, for the list of one's commissions."""

    slug: str
    titolo: str
    commissione: Commissione
    membro: Membro


@dataclass(frozen=True)
class AltroPunteggio:
    """Points of another commissioner on a criterion."""

    nome: str
    criterio_id: int
    punti: Decimal
    motivazione: str


@dataclass(frozen=True)
class CambioPunteggio:
    """A score that was changed: the old points stay readable."""

    criterio_id: int
    prima: str
    dopo: str
    quando: datetime


def enti_concorrenti(avviso_id: int) -> dict[int, str]:
    """Bodies that submitted a proposal, also if they withdrew it: id -> name. Call only after the term."""
    cerca = select(Ente.id, Ente.denominazione).where(Ente.id.in_(concorrenti(avviso_id)))
    return dict(sessione.execute(cerca).all())


def ruoli_negli_enti(utenti: Iterable[int]) -> dict[int, frozenset[int]]:
    """For each user, the ids of the bodies for which they hold a role."""
    cerca = select(RuoloUtente.utente_id, RuoloUtente.ente_id).where(
        RuoloUtente.utente_id.in_(utenti), RuoloUtente.ruolo.in_(DELL_ENTE)
    )
    trovati: dict[int, set[int]] = defaultdict(set)
    for utente_id, ente_id in sessione.execute(cerca):
        trovati[utente_id].add(ente_id or 0)
    return {utente_id: frozenset(enti) for utente_id, enti in trovati.items()}


def candidabili(avviso: Avviso) -> list[Candidabile]:
    """Commissioners of the Ambito, by name, with the conflicts that their roles already show."""
    cerca = (
        select(Utente.id, Utente.nome)
        .join(RuoloUtente, RuoloUtente.utente_id == Utente.id)
        .where(RuoloUtente.ruolo == Ruolo.COMMISSARIO, RuoloUtente.ambito_id == avviso.ambito_id, Utente.attivo)
        .order_by(Utente.nome, Utente.id)
        .limit(200)
    )
    persone = sessione.execute(cerca).all()
    enti, ruoli = enti_concorrenti(avviso.id), ruoli_negli_enti([p.id for p in persone])
    return [
        Candidabile(p.id, p.nome, tuple(enti[e] for e in sorted(ruoli.get(p.id, frozenset()) & enti.keys())))
        for p in persone
    ]


def commissione(avviso_id: int) -> Commissione | None:
    """The commission of an avviso with its members and their names, the president first."""
    trovata = sessione.scalar(select(Commissione).where(Commissione.avviso_id == avviso_id))
    if trovata is not None:
        carica_figli(trovata, Commissione.membri, con=Membro.utente)
    return trovata


def commissione_bloccata(commissione_id: int) -> Commissione | None:
    """The commission with its members, held until the transaction ends and read afresh.

    The people are left alone: reading them again would forget the roles of who is logged in.
    """
    cerca = select(Commissione).where(Commissione.id == commissione_id).with_for_update()
    trovata = sessione.scalar(cerca.execution_options(populate_existing=True))
    if trovata is not None:
        carica_figli(trovata, Commissione.membri, rileggi=True)
    return trovata


def indirizzi_dei_membri(commissione_id: int) -> list[str]:
    """E-mail addresses of the members, in the order of their seats."""
    cerca = select(Utente.email).join(Membro, Membro.utente_id == Utente.id)
    return list(sessione.scalars(cerca.where(Membro.commissione_id == commissione_id).order_by(Membro.id)))


def membro_per_id(slug: str, membro_id: int) -> Membro | None:
    """A member of the commission of that avviso, with commission, avviso and the other members."""
    return sessione.scalar(
        select(Membro)
        .join(Commissione, Commissione.id == Membro.commissione_id)
        .join(Avviso, Avviso.id == Commissione.avviso_id)
        .where(Avviso.slug == slug, Membro.id == membro_id)
        .options(
            joinedload(Membro.utente),
            joinedload(Membro.commissione).joinedload(Commissione.avviso),
            joinedload(Membro.commissione).selectinload(Commissione.membri).joinedload(Membro.utente),
        )
    )


def seggio(slug: str, utente_id: int) -> Seggio | None:
    """The user's place in the commission of an avviso of the current Ambito; None when there is none."""
    avviso_id = sessione.scalar(select(Avviso.id).where(Avviso.slug == slug))
    return seggio_di(utente_id, avviso_id) if avviso_id is not None else None


def seggi_di(utente_id: int) -> list[Commissario]:
    """The commissions of the current Ambito in which the user sits, the latest first."""
    cerca = (
        select(Membro, Avviso.slug, Avviso.titolo)
        .join(Commissione, Commissione.id == Membro.commissione_id)
        .join(Avviso, Avviso.id == Commissione.avviso_id)
        .where(Membro.utente_id == utente_id)
        .options(joinedload(Membro.commissione).selectinload(Commissione.membri))
        .order_by(Commissione.id.desc())
        .limit(50)
    )
    return [Commissario(slug, titolo, m.commissione, m) for m, slug, titolo in sessione.execute(cerca)]


def da_valutare(slug: str, proposta_id: int, utente_id: int) -> DaValutare | None:
    """A proposal on the desk of a commissioner, as it was submitted; None for a seat or a proposal that is not."""
    suo = seggio(slug, utente_id)
    if suo is None:
        return None
    proposta = proposta_intera(proposta_id)
    if proposta is None or proposta.avviso_id != suo.avviso.id or proposta.stato == StatoProposta.BOZZA:
        return None
    return DaValutare(suo, proposta)


def miei_punteggi(membro_id: int, proposta_id: int) -> list[Punteggio]:
    return list(
        sessione.scalars(select(Punteggio).where(Punteggio.membro_id == membro_id, Punteggio.proposta_id == proposta_id))
    )


def punteggi_dati(commissione_id: int) -> dict[tuple[int, int], int]:
    """(membro, proposta) -> how many criteria have points."""
    cerca = (
        select(Punteggio.membro_id, Punteggio.proposta_id, func.count())
        .join(Membro, Membro.id == Punteggio.membro_id)
        .where(Membro.commissione_id == commissione_id)
        .group_by(Punteggio.membro_id, Punteggio.proposta_id)
    )
    return {(membro, proposta): quanti for membro, proposta, quanti in sessione.execute(cerca)}


def punteggi_altrui(membro: Membro, proposta_id: int, *, criteri: int) -> list[AltroPunteggio]:
    """What the other members gave to a proposal: nothing until this member has scored all its ``criteri``."""
    if len(miei_punteggi(membro.id, proposta_id)) < criteri:
        return []
    cerca = (
        select(Utente.nome, Punteggio.criterio_id, Punteggio.punti, Punteggio.motivazione)
        .join(Membro, Membro.id == Punteggio.membro_id)
        .join(Utente, Utente.id == Membro.utente_id)
        .where(
            Membro.commissione_id == membro.commissione_id,
            Membro.id != membro.id,
            Punteggio.proposta_id == proposta_id,
        )
        .order_by(Punteggio.criterio_id, Membro.id)
    )
    return [AltroPunteggio(*riga) for riga in sessione.execute(cerca)]


def storia_punteggi(punteggi: Sequence[Punteggio]) -> list[CambioPunteggio]:
    """How these scores were changed, the latest first: read from the register."""
    criteri = {p.id: p.criterio_id for p in punteggi}
    cerca = (
        select(Evento)
        .where(
            Evento.oggetto_tipo == Punteggio.__tablename__,
            Evento.oggetto_id.in_(criteri),
            Evento.azione == "valutazione.cambia_punteggio",
        )
        .order_by(Evento.id.desc())
        .limit(100)
    )
    cambi = []
    for evento in sessione.scalars(cerca):
        dettagli: dict[str, Any] = json.loads(evento.dettagli)
        criterio = criteri[evento.oggetto_id or 0]
        cambi.append(CambioPunteggio(criterio, dettagli["prima"], dettagli["dopo"], evento.quando))
    return cambi


def punteggi_di_membro(membro_id: int) -> list[list[str | int]]:
    """Every score of a member as [proposta, criterio, points]: what the register keeps when a member leaves."""
    cerca = select(Punteggio.proposta_id, Punteggio.criterio_id, Punteggio.punti)
    righe = sessione.execute(cerca.where(Punteggio.membro_id == membro_id).order_by(Punteggio.id))
    return [[proposta, criterio, str(punti)] for proposta, criterio, punti in righe]


def membri_in_conflitto(avviso_id: int) -> list[str]:
    """Names of the members who hold, today, a role in an ente that applied."""
    partecipanti = enti_concorrenti(avviso_id).keys()
    cerca = (
        select(Utente.id, Utente.nome)
        .join(Membro, Membro.utente_id == Utente.id)
        .join(Commissione, Commissione.id == Membro.commissione_id)
        .where(Commissione.avviso_id == avviso_id)
        .order_by(Membro.id)
    )
    membri = sessione.execute(cerca).all()
    ruoli = ruoli_negli_enti([m[0] for m in membri])
    return [nome for utente_id, nome in membri if ruoli.get(utente_id, frozenset()) & partecipanti]
