"""The sittings as a member sees them: those one is convened to, and how far the letters have got."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from ...db import sessione
from ...organi.models import Organo
from ...outbox import Messaggio
from ...utenti.models import Utente
from ..models import Convocato, Risposta, Seduta, StatoSeduta


@dataclass(frozen=True)
class MiaSeduta:
    """A sitting that somebody is convened to, with the answer given."""

    id: int
    numero: int
    stato: StatoSeduta
    inizio: datetime
    luogo: str
    organo_nome: str
    organo_slug: str
    risposta: Risposta | None
    delegato: str


def _mie(utente_id: int, *condizioni: Any, ordine: Any, limite: int) -> list[MiaSeduta]:
    cerca = (
        select(
            Seduta.id, Seduta.numero, Seduta.stato, Seduta.inizio, Seduta.luogo, Organo.nome, Organo.slug,
            Convocato.risposta, Convocato.delegato,
        )
        .join(Convocato, Convocato.seduta_id == Seduta.id)
        .join(Organo, Organo.id == Seduta.organo_id)
        .where(Convocato.utente_id == utente_id, *condizioni)
        .order_by(*ordine)
        .limit(limite)
    )  # fmt: skip
    righe: Iterable[Any] = sessione.execute(cerca)
    return [MiaSeduta(*r) for r in righe]


def mie_da_tenere(utente_id: int, limite: int = 50) -> list[MiaSeduta]:
    """Those that are not over, the nearest first."""
    vive = (StatoSeduta.CONVOCATA, StatoSeduta.APERTA)
    return _mie(utente_id, Seduta.stato.in_(vive), ordine=(Seduta.inizio, Seduta.id), limite=limite)


def mie_tenute(utente_id: int, limite: int = 20) -> list[MiaSeduta]:
    """The latest that were held or called off."""
    finite = (StatoSeduta.CHIUSA, StatoSeduta.ANNULLATA)
    return _mie(utente_id, Seduta.stato.in_(finite), ordine=(Seduta.inizio.desc(), Seduta.id.desc()), limite=limite)


def conta_senza_risposta(utente_id: int) -> int:
    """The sittings still to come that somebody has not answered to."""
    cerca = (
        select(func.count(Convocato.id))
        .join(Seduta, Seduta.id == Convocato.seduta_id)
        .where(Convocato.utente_id == utente_id, Convocato.risposta.is_(None), Seduta.stato == StatoSeduta.CONVOCATA)
    )
    return sessione.scalar(cerca) or 0


def lettere_partite(seduta_id: int) -> dict[int, datetime]:
    """Convened account -> when the first letter about the sitting left for it."""
    cerca = (
        select(Convocato.utente_id, func.min(Messaggio.inviato_il))
        .join(Utente, Utente.id == Convocato.utente_id)
        .join(Messaggio, Messaggio.destinatario == Utente.email)
        .where(
            Convocato.seduta_id == seduta_id,
            Messaggio.riferimento_tipo == Seduta.__tablename__,
            Messaggio.riferimento_id == seduta_id,
            Messaggio.inviato_il.is_not(None),
        )
        .group_by(Convocato.utente_id)
    )
    righe = sessione.execute(cerca)
    return {utente_id: quando for utente_id, quando in righe if utente_id is not None and quando is not None}
