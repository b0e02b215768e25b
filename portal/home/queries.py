"""Reads of the home pages: letters of the outbox, the register with names, the state of the queues, the site map."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from ..ambiti.models import Ambito
from ..avvisi.models import Avviso
from ..avvisi.queries import PUBBLICI
from ..db import sessione
from ..jobs import Lavoro, StatoLavoro
from ..outbox import MASSIMO_TENTATIVI, Messaggio
from ..tenancy import ambito_corrente, tutti_gli_ambiti
from ..utenti.models import Utente

FILTRI_MESSAGGI = ("trattenuti", "falliti", "in_coda", "inviati")
TETTO = 1000
"""Counts of the desk stop here: «1.000 o più» is as urgent as the true number."""


@dataclass(frozen=True)
class RigaMessaggio:
    id: int
    destinatario: str
    oggetto: str
    creato_il: datetime
    inviato_il: datetime | None
    trattenuto: bool
    tentativi: int
    errore: str | None

    @property
    def stato(self) -> str:
        """inviato, trattenuto, fallito (nobody will try again), in_coda."""
        if self.inviato_il is not None:
            return "inviato"
        if self.trattenuto:
            return "trattenuto"
        return "fallito" if self.tentativi >= MASSIMO_TENTATIVI else "in_coda"


_CAMPI = tuple(getattr(Messaggio, nome) for nome in RigaMessaggio.__dataclass_fields__)


def _con_filtro(cerca: Select[Any], filtro: str | None) -> Select[Any]:
    if filtro == "inviati":
        return cerca.where(Messaggio.inviato_il.is_not(None))
    if filtro is None:
        return cerca
    cerca = cerca.where(Messaggio.inviato_il.is_(None), Messaggio.trattenuto.is_(filtro == "trattenuti"))
    if filtro == "falliti":
        return cerca.where(Messaggio.tentativi >= MASSIMO_TENTATIVI)
    return cerca.where(Messaggio.tentativi < MASSIMO_TENTATIVI) if filtro == "in_coda" else cerca


def messaggi(filtro: str | None, *, dopo: int | None, limite: int = 50) -> list[RigaMessaggio]:
    """Letters of the current Ambito, the latest first; ``limite`` + 1 rows. ``filtro``: one of ``FILTRI_MESSAGGI``."""
    cerca = _con_filtro(select(*_CAMPI).where(Messaggio.ambito_id == ambito_corrente()), filtro)
    if dopo is not None:
        cerca = cerca.where(Messaggio.id < dopo)
    return [RigaMessaggio(*r) for r in sessione.execute(cerca.order_by(Messaggio.id.desc()).limit(limite + 1))]


def messaggio(messaggio_id: int) -> Messaggio | None:
    """A letter of the current Ambito, whole."""
    return sessione.scalar(select(Messaggio).where(Messaggio.id == messaggio_id, Messaggio.ambito_id == ambito_corrente()))


def conta_messaggi(filtro: str) -> int:
    """Letters of the current Ambito in that state, up to ``TETTO``."""
    cerca = _con_filtro(select(Messaggio.id).where(Messaggio.ambito_id == ambito_corrente()), filtro)
    return len(sessione.scalars(cerca.limit(TETTO)).all())


def nomi(ids: Collection[int]) -> dict[int, str]:
    """Names of the people in the register."""
    if not ids:
        return {}
    return dict(sessione.execute(select(Utente.id, Utente.nome).where(Utente.id.in_(ids))).all())


@dataclass(frozen=True)
class Code:
    """What waits in the whole installation: letters held or given up, jobs waiting or failed."""

    trattenuti: int
    falliti: int
    lavori: int
    lavori_falliti: int


def code() -> Code:
    """Counts for the administrator (4 queries)."""
    messaggi_ = select(func.count(Messaggio.id))
    lavori = select(func.count(Lavoro.id))
    return Code(
        trattenuti=sessione.scalar(_con_filtro(messaggi_, "trattenuti")) or 0,
        falliti=sessione.scalar(_con_filtro(messaggi_, "falliti")) or 0,
        lavori=sessione.scalar(lavori.where(Lavoro.stato.in_((StatoLavoro.IN_CODA, StatoLavoro.IN_CORSO)))) or 0,
        lavori_falliti=sessione.scalar(lavori.where(Lavoro.stato == StatoLavoro.FALLITO)) or 0,
    )


def database_risponde() -> bool:
    return sessione.scalar(select(1)) == 1


@dataclass(frozen=True)
class IndirizzoAvviso:
    """A published call for the map of the site."""

    ambito: str
    slug: str
    pubblicato_il: datetime | None


def avvisi_pubblici(limite: int) -> list[IndirizzoAvviso]:
    """Published calls of every Ambito, the latest first."""
    cerca = (
        select(Ambito.slug, Avviso.slug, Avviso.pubblicato_il)
        .join(Ambito, Ambito.id == Avviso.ambito_id)
        .where(Avviso.stato.in_(PUBBLICI))
        .order_by(Avviso.id.desc())
        .limit(limite)
    )
    with tutti_gli_ambiti():
        return [IndirizzoAvviso(*r) for r in sessione.execute(cerca)]
