"""Reads of the home pages: letters of the outbox, the register with names, the state of the queues, the site map."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from ..ambiti.models import Ambito
from ..audit.models import Evento
from ..avvisi.models import Avviso
from ..avvisi.queries import PUBBLICI
from ..db import sessione
from ..jobs import Lavoro, StatoLavoro
from ..outbox import MASSIMO_TENTATIVI, Messaggio
from ..tenancy import ambito_corrente, tutti_gli_ambiti
from ..utenti.models import Utente
from .permissions import chiusa, di_chi_si_astiene

FILTRI_MESSAGGI = ("trattenuti", "falliti", "in_coda", "inviati")
TETTO = 1000
"""Counts of the desk stop here: «1.000 o più» is as urgent as the true number."""


@dataclass(frozen=True)
class RigaMessaggio:
    """A letter in the list; ``chiusa``: on a proposal that nobody may open yet, so that only its state may be shown."""

    id: int
    destinatario: str
    oggetto: str
    creato_il: datetime
    inviato_il: datetime | None
    trattenuto: bool
    tentativi: int
    errore: str | None
    chiusa: bool

    @property
    def stato(self) -> str:
        return stato_di(self)


def stato_di(lettera: RigaMessaggio | Messaggio) -> str:
    """inviato, trattenuto, fallito (nobody will try again), in_coda."""
    if lettera.inviato_il is not None:
        return "inviato"
    if lettera.trattenuto:
        return "trattenuto"
    return "fallito" if lettera.tentativi >= MASSIMO_TENTATIVI else "in_coda"


_RIFERIMENTO = (Messaggio.riferimento_tipo, Messaggio.riferimento_id)
_FALLITA = and_(Messaggio.inviato_il.is_(None), ~Messaggio.trattenuto, Messaggio.tentativi >= MASSIMO_TENTATIVI)


def _delle_lettere(utente: Utente, *colonne: Any) -> Select[Any]:
    """The letters of the current Ambito that this person of the office may read."""
    sue = ~di_chi_si_astiene(utente, *_RIFERIMENTO, anche_avvisi=True)
    return select(*colonne).where(Messaggio.ambito_id == ambito_corrente(), sue)


def _in_elenco() -> ColumnElement[bool]:
    """A letter on a proposal still closed is in no list (how many there are is not known), unless it did not leave."""
    return or_(~chiusa(*_RIFERIMENTO), _FALLITA)


def _con_filtro(cerca: Select[Any], filtro: str | None) -> Select[Any]:
    if filtro == "inviati":
        return cerca.where(Messaggio.inviato_il.is_not(None))
    if filtro is None:
        return cerca
    cerca = cerca.where(Messaggio.inviato_il.is_(None), Messaggio.trattenuto.is_(filtro == "trattenuti"))
    if filtro == "falliti":
        return cerca.where(Messaggio.tentativi >= MASSIMO_TENTATIVI)
    return cerca.where(Messaggio.tentativi < MASSIMO_TENTATIVI) if filtro == "in_coda" else cerca


def messaggi(utente: Utente, filtro: str | None, *, dopo: int | None, limite: int = 50) -> list[RigaMessaggio]:
    """Letters of the current Ambito that this person may read, the latest first; ``limite`` + 1 rows, one query.

    ``filtro``: one of ``FILTRI_MESSAGGI``. Those that did not leave are there also when their proposal is still closed.
    """
    campi = [getattr(Messaggio, campo.name) for campo in fields(RigaMessaggio)[:-1]]
    cerca = _con_filtro(_delle_lettere(utente, *campi, chiusa(*_RIFERIMENTO)).where(_in_elenco()), filtro)
    if dopo is not None:
        cerca = cerca.where(Messaggio.id < dopo)
    return [RigaMessaggio(*r) for r in sessione.execute(cerca.order_by(Messaggio.id.desc()).limit(limite + 1))]


def messaggio(utente: Utente, messaggio_id: int) -> Messaggio | None:
    """A letter of the current Ambito, whole; None for one that this person may not read."""
    return sessione.scalar(_delle_lettere(utente, Messaggio).where(Messaggio.id == messaggio_id, ~chiusa(*_RIFERIMENTO)))


def da_ritentare(utente: Utente, messaggio_id: int) -> Messaggio | None:
    """A letter to send again: to try once more nobody needs to read it, so that also a closed one will do."""
    return sessione.scalar(_delle_lettere(utente, Messaggio).where(Messaggio.id == messaggio_id))


def conta_messaggi(utente: Utente, filtro: str) -> int:
    """Letters in that state that this person finds in the list, up to ``TETTO``."""
    cerca = _con_filtro(_delle_lettere(utente, Messaggio.id).where(_in_elenco()), filtro)
    return len(sessione.scalars(cerca.limit(TETTO)).all())


def eventi_riservati(utente: Utente, ids: Collection[int]) -> frozenset[int]:
    """Those among these rows of the register of which this person may only know that they are there (one query)."""
    if not ids:
        return frozenset()
    oggetto = (Evento.oggetto_tipo, Evento.oggetto_id)
    riservato = or_(chiusa(*oggetto), di_chi_si_astiene(utente, *oggetto))
    return frozenset(sessione.scalars(select(Evento.id).where(Evento.id.in_(ids), riservato)))


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
