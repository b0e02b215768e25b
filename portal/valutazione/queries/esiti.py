"""The ranking as the stored scores give it, and the outcome as it was published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ...avvisi.models import Avviso
from ...db import sessione
from ...enti.models import Ente
from ...proposte.models import Proposta, StatoProposta, Voce
from .. import rules
from ..models import Ammissibilita, Commissione, Esito, EsitoProposta, Membro, Punteggio, RigaEsito
from .procedure import AMMESSE


@dataclass(frozen=True)
class Calcolo:
    """A ranking with what it was computed from. ``posti`` is None while scores are missing."""

    bando: rules.Bando
    candidate: tuple[rules.Candidata, ...]
    voti: tuple[rules.Voto, ...]
    membri: tuple[tuple[int, str], ...]
    """Id and name of the commissioners, in the order of the columns."""
    non_ammesse: tuple[int, ...]
    mancanti: frozenset[tuple[int, int]]
    posti: tuple[rules.Posto, ...] | None
    impronta: str

    def righe(self) -> list[rules.Pubblicata]:
        """The rows of the outcome these scores give. Call only when nothing is missing."""
        return rules.come_pubblicata(self.posti or (), self.non_ammesse)

    def punti(self, proposta_id: int, criterio_id: int) -> list[Decimal | None]:
        """Points of each commissioner, in the order of ``membri``; None where they are missing."""
        dati = {v.membro_id: v.punti for v in self.voti if (v.proposta_id, v.criterio_id) == (proposta_id, criterio_id)}
        return [dati.get(membro_id) for membro_id, _ in self.membri]


@dataclass(frozen=True)
class RigaPubblicata:
    """A row of the published outcome, with the name of the body."""

    proposta_id: int
    ente_id: int
    ente: str
    titolo: str
    posizione: int | None
    punti: Decimal | None
    esito: EsitoProposta
    contributo: Decimal | None


def calcolo(avviso: Avviso) -> Calcolo:
    """Compute the ranking of an avviso (with its criteria loaded) from the scores in the database, now."""
    bando = rules.Bando(tuple(rules.Peso(c.id, c.peso) for c in avviso.criteri), avviso.soglia, avviso.risorse)
    candidate, membri, voti = _candidate(avviso.id), _membri(avviso.id), _voti(avviso.id)
    proposte = [c.proposta_id for c in candidate]
    mancanti = frozenset(rules.mancanti(bando.pesi, [m for m, _ in membri], proposte, voti))
    completa = not mancanti and (bool(membri) or not proposte)
    return Calcolo(
        bando,
        candidate,
        voti,
        membri,
        _non_ammesse(avviso.id),
        mancanti,
        tuple(rules.graduatoria(bando, candidate, voti)) if completa else None,
        rules.impronta(bando, candidate, voti),
    )


def _candidate(avviso_id: int) -> tuple[rules.Candidata, ...]:
    cerca = (
        select(Proposta.id, Proposta.presentata_il, func.coalesce(func.sum(Voce.richiesto), 0))
        .outerjoin(Voce, Voce.proposta_id == Proposta.id)
        .where(Proposta.avviso_id == avviso_id, Proposta.stato.in_(AMMESSE))
        .group_by(Proposta.id, Proposta.presentata_il)
        .order_by(Proposta.presentata_il, Proposta.id)
    )
    # a CHECK says that what was submitted has its time
    return tuple(rules.Candidata(*riga) for riga in sessione.execute(cerca))  # type: ignore[arg-type]


def _membri(avviso_id: int) -> tuple[tuple[int, str], ...]:
    from ...utenti.models import Utente

    cerca = (
        select(Membro.id, Utente.nome)
        .join(Commissione, Commissione.id == Membro.commissione_id)
        .join(Utente, Utente.id == Membro.utente_id)
        .where(Commissione.avviso_id == avviso_id)
        .order_by(Membro.ruolo.desc(), Membro.id)
    )
    return tuple((membro_id, nome) for membro_id, nome in sessione.execute(cerca))


def _voti(avviso_id: int) -> tuple[rules.Voto, ...]:
    cerca = (
        select(Punteggio.proposta_id, Punteggio.criterio_id, Punteggio.membro_id, Punteggio.punti)
        .join(Proposta, Proposta.id == Punteggio.proposta_id)
        .where(Proposta.avviso_id == avviso_id, Proposta.stato.in_(AMMESSE))
        .order_by(Punteggio.id)
    )
    return tuple(rules.Voto(*riga) for riga in sessione.execute(cerca))


def _non_ammesse(avviso_id: int) -> tuple[int, ...]:
    cerca = select(Proposta.id).where(Proposta.avviso_id == avviso_id, Proposta.stato == StatoProposta.NON_AMMESSA)
    return tuple(sessione.scalars(cerca.order_by(Proposta.presentata_il, Proposta.id)))


def candidate_valutabili(avviso_id: int) -> Sequence[Proposta]:
    """Admitted proposals with their body, in order of arrival: the commissioner's list."""
    return sessione.scalars(
        select(Proposta)
        .where(Proposta.avviso_id == avviso_id, Proposta.stato.in_(AMMESSE))
        .options(joinedload(Proposta.ente), joinedload(Proposta.ricevuta))
        .order_by(Proposta.presentata_il, Proposta.id)
        .limit(500)
    ).all()


def ammissibilita_di(proposta_id: int) -> Ammissibilita | None:
    return sessione.scalar(select(Ammissibilita).where(Ammissibilita.proposta_id == proposta_id))


def esito(avviso_id: int) -> Esito | None:
    return sessione.scalar(select(Esito).where(Esito.avviso_id == avviso_id))


def righe_esito(avviso_id: int) -> list[RigaPubblicata]:
    """The published outcome: the ranking in order, then the proposals that were not admitted."""
    cerca = (
        select(
            RigaEsito.proposta_id,
            Ente.id,
            Ente.denominazione,
            Proposta.titolo,
            RigaEsito.posizione,
            RigaEsito.punti,
            RigaEsito.esito,
            RigaEsito.contributo,
        )
        .join(Proposta, Proposta.id == RigaEsito.proposta_id)
        .join(Ente, Ente.id == Proposta.ente_id)
        .where(RigaEsito.avviso_id == avviso_id)
        .order_by(RigaEsito.posizione.is_(None), RigaEsito.posizione, Ente.denominazione)
    )
    return [RigaPubblicata(*riga) for riga in sessione.execute(cerca)]


def come_pubblicate(righe: Sequence[RigaPubblicata]) -> list[rules.Pubblicata]:
    """The published rows in the shape that ``rules.differenze`` compares."""
    return [rules.Pubblicata(r.proposta_id, r.posizione, r.punti, r.esito, r.contributo) for r in righe]
