"""Procedures on the office's desk: which avvisi, how many proposals, at what point. Counts only after the term."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ...ambiti.queries import impostazione_numero
from ...avvisi.models import Avviso, Criterio, StatoAvviso
from ...avvisi.rules import Esame, Profilo, esamina
from ...clocks import a_roma, adesso
from ...db import sessione
from ...enti.models import Ente, StatoRunts
from ...figli import carica_figli
from ...proposte.models import Proposta, Ricevuta, StatoProposta, Voce
from ...proposte.queries import proposta_intera
from ...tenancy import ambito_corrente
from ...utenti.models import DELL_ENTE, RuoloUtente, Utente
from .. import rules
from ..models import Ammissibilita, Commissione, Membro, Punteggio, StatoCommissione
from ..permissions import RICEVUTE

AMMESSE = (
    StatoProposta.AMMESSA,
    StatoProposta.SELEZIONATA,
    StatoProposta.IDONEA,
    StatoProposta.NON_IDONEA,
    StatoProposta.CONVENZIONATA,
)
"""States of a proposal that passed the formal check."""


@dataclass(frozen=True)
class RigaProcedura:
    avviso_id: int
    slug: str
    titolo: str
    termine: datetime
    fase: rules.Fase
    conti: rules.Conti


@dataclass(frozen=True)
class RigaProposta:
    """A proposal received, as a line of the list. ``richiesto`` in euro."""

    id: int
    numero: int | None
    anno: int | None
    ente_id: int
    ente: str
    titolo: str
    presentata_il: datetime
    richiesto: Decimal
    stato: StatoProposta
    motivo: str | None


def avviso_per_slug(slug: str) -> Avviso | None:
    """An avviso that was published, with what its evaluation needs; None for a draft."""
    avviso = sessione.scalar(select(Avviso).where(Avviso.slug == slug, Avviso.stato != StatoAvviso.BOZZA))
    if avviso is not None:
        carica_figli(avviso, Avviso.criteri, Avviso.requisiti)
    return avviso


def avviso_pubblicato(slug: str) -> Avviso | None:
    """The avviso, only if its outcome is public."""
    trovato = avviso_per_slug(slug)
    return trovato if trovato is not None and trovato.stato == StatoAvviso.ESITO_PUBBLICATO else None


def procedure(*, dopo: int | None, limite: int) -> list[RigaProcedura]:
    """Avvisi that were published, the latest first, with their stage: ``limite + 1`` rows for the pager."""
    cerca = select(Avviso).where(Avviso.stato != StatoAvviso.BOZZA).order_by(Avviso.id.desc()).limit(limite + 1)
    avvisi = sessione.scalars(cerca.where(Avviso.id < dopo) if dopo is not None else cerca).all()
    conti = conti_di(avvisi)
    return [_riga(avviso, conti[avviso.id]) for avviso in avvisi]


def _riga(avviso: Avviso, conti: rules.Conti) -> RigaProcedura:
    assert avviso.termine is not None  # a CHECK of the table
    return RigaProcedura(avviso.id, avviso.slug, avviso.titolo, avviso.termine, rules.fase(conti), conti)


def conti_di(avvisi: Sequence[Avviso]) -> dict[int, rules.Conti]:
    """What the stage of each avviso depends on: the same five queries for one avviso and for many."""
    ids, ora = [a.id for a in avvisi], adesso()
    stati, commissioni, membri = _stati(ids), _commissioni(ids), _membri(ids)
    criteri, punteggi = _criteri(ids), _punteggi(ids)
    conti = {}
    for avviso in avvisi:
        ammesse = sum(stati[avviso.id].get(s, 0) for s in AMMESSE)
        conti[avviso.id] = rules.Conti(
            termine_passato=rules.termine_passato(avviso.termine, ora),
            revocato=avviso.stato == StatoAvviso.REVOCATO,
            pubblicato=avviso.stato == StatoAvviso.ESITO_PUBBLICATO,
            ricevute=sum(stati[avviso.id].get(s, 0) for s in RICEVUTE),
            da_esaminare=stati[avviso.id].get(StatoProposta.PRESENTATA, 0),
            ammesse=ammesse,
            commissione=commissioni.get(avviso.id),
            punteggi=punteggi.get(avviso.id, 0),
            attesi=ammesse * membri.get(avviso.id, 0) * criteri.get(avviso.id, 0),
        )
    return conti


def _stati(ids: Iterable[int]) -> dict[int, dict[StatoProposta, int]]:
    cerca = select(Proposta.avviso_id, Proposta.stato, func.count()).where(Proposta.avviso_id.in_(ids))
    trovati: dict[int, dict[StatoProposta, int]] = defaultdict(dict)
    for avviso_id, stato, quante in sessione.execute(cerca.group_by(Proposta.avviso_id, Proposta.stato)):
        trovati[avviso_id][stato] = quante
    return trovati


def _commissioni(ids: Iterable[int]) -> dict[int, StatoCommissione]:
    cerca = select(Commissione.avviso_id, Commissione.stato).where(Commissione.avviso_id.in_(ids))
    return dict(sessione.execute(cerca).all())


def _membri(ids: Iterable[int]) -> dict[int, int]:
    cerca = (
        select(Commissione.avviso_id, func.count(Membro.id))
        .join(Membro, Membro.commissione_id == Commissione.id)
        .where(Commissione.avviso_id.in_(ids))
        .group_by(Commissione.avviso_id)
    )
    return dict(sessione.execute(cerca).all())


def _criteri(ids: Iterable[int]) -> dict[int, int]:
    cerca = select(Criterio.avviso_id, func.count()).where(Criterio.avviso_id.in_(ids)).group_by(Criterio.avviso_id)
    return dict(sessione.execute(cerca).all())


def _punteggi(ids: Iterable[int]) -> dict[int, int]:
    cerca = (
        select(Proposta.avviso_id, func.count(Punteggio.id))
        .join(Punteggio, Punteggio.proposta_id == Proposta.id)
        .where(Proposta.avviso_id.in_(ids), Proposta.stato.in_(AMMESSE))
        .group_by(Proposta.avviso_id)
    )
    return dict(sessione.execute(cerca).all())


def proposte_ricevute(avviso_id: int) -> list[RigaProposta]:
    """What was submitted to an avviso and not withdrawn, in order of arrival. Call only after the term."""
    richiesto = select(func.sum(Voce.richiesto)).where(Voce.proposta_id == Proposta.id).scalar_subquery()
    cerca = (
        select(
            Proposta.id,
            Ricevuta.numero,
            Ricevuta.anno,
            Proposta.ente_id,
            Ente.denominazione,
            Proposta.titolo,
            Proposta.presentata_il,
            func.coalesce(richiesto, 0),
            Proposta.stato,
            Ammissibilita.motivo,
        )
        .join(Ente, Ente.id == Proposta.ente_id)
        .outerjoin(Ricevuta, Ricevuta.proposta_id == Proposta.id)
        .outerjoin(Ammissibilita, Ammissibilita.proposta_id == Proposta.id)
        .where(Proposta.avviso_id == avviso_id, Proposta.stato.in_(RICEVUTE))
        .order_by(Proposta.presentata_il, Proposta.id)
        .limit(500)
    )
    return [RigaProposta(*riga) for riga in sessione.execute(cerca).all()]  # type: ignore[call-arg, arg-type]


def indirizzi(enti: Iterable[int]) -> dict[int, list[str]]:
    """Where to write to each ente: its PEC first, then the people who work for it."""
    ids = list(enti)
    trovati: dict[int, list[str]] = defaultdict(list)
    for ente_id, pec in sessione.execute(select(Ente.id, Ente.pec).where(Ente.id.in_(ids))):
        trovati[ente_id].append(pec)
    cerca = (
        select(RuoloUtente.ente_id, Utente.email)
        .join(Utente, Utente.id == RuoloUtente.utente_id)
        .where(RuoloUtente.ente_id.in_(ids), RuoloUtente.ruolo.in_(DELL_ENTE), Utente.attivo)
        .order_by(RuoloUtente.id)
    )
    for per_ente, email in sessione.execute(cerca):
        trovati[per_ente or 0].append(email)
    return trovati


def proposta_di(slug: str, proposta_id: int) -> Proposta | None:
    """A proposal submitted to that avviso of the current Ambito, whole; None for a draft or another avviso's."""
    proposta = proposta_intera(proposta_id)
    if proposta is None or proposta.stato == StatoProposta.BOZZA or proposta.ambito_id != ambito_corrente():
        return None
    return proposta if proposta.avviso.slug == slug else None


def proposte_per_id(ids: Iterable[int]) -> Sequence[Proposta]:
    """Proposals with avviso and ente loaded, for changing their state."""
    return sessione.scalars(
        select(Proposta).where(Proposta.id.in_(list(ids))).options(joinedload(Proposta.avviso), joinedload(Proposta.ente))
    ).all()


def esami(proposta: Proposta) -> tuple[Esame, ...]:
    """The requirements of the avviso, looked at with what the RUNTS said when the proposal was submitted.

    Needs ``proposta.ente.attivita``, ``proposta.rilevazione`` and ``proposta.avviso.requisiti``.
    """
    rilevazione, termine = proposta.rilevazione, proposta.avviso.termine
    profilo = Profilo(
        stato=rilevazione.stato if rilevazione else StatoRunts.NON_TROVATO,
        sezione=rilevazione.sezione if rilevazione else None,
        iscritto_il=rilevazione.iscritto_il if rilevazione else None,
        rilevata_il=rilevazione.rilevata_il if rilevazione else None,
        attivita=frozenset(a.lettera for a in proposta.ente.attivita),
        forma_giuridica=proposta.ente.forma_giuridica,
    )
    assert termine is not None  # CHECKs of the tables
    assert proposta.presentata_il is not None
    return esamina(
        proposta.avviso.requisiti,
        profilo,
        a_roma(termine).date(),
        oggi=a_roma(proposta.presentata_il).date(),
        giorni_runts=impostazione_numero("runts_giorni"),
    )
