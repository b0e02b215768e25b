"""Reads of the home pages: letters of the outbox, the register with names, the state of the queues, the site map."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, null, or_, select

from ..ambiti.models import Ambito
from ..audit.models import Evento
from ..avvisi.models import Avviso
from ..avvisi.queries import PUBBLICI
from ..db import sessione
from ..jobs import Lavoro, StatoLavoro
from ..organi.models import Organo
from ..outbox import MASSIMO_TENTATIVI, Messaggio
from ..piano.models import Ciclo, Scheda
from ..piano.queries.pagine import PUBBLICI as CICLI_PUBBLICI
from ..sedute.models import Seduta
from ..tavoli.models import Percorso, StatoPercorso, Tavolo
from ..tenancy import ambito_corrente, tutti_gli_ambiti
from ..utenti.models import Utente
from ..verbale.models import StatoVerbale, Verbale
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
class IndirizzoPubblico:
    """A page for the map of the site: its endpoint, the values of its address, when it last changed (None: not known)."""

    endpoint: str
    valori: Mapping[str, Any]
    quando: datetime | None


def _avvisi() -> Any:
    return select(Avviso.slug, Avviso.pubblicato_il).where(Avviso.stato.in_(PUBBLICI)).order_by(Avviso.id.desc())


def _piani() -> Any:
    return select(Ciclo.codice, null()).where(Ciclo.stato.in_(CICLI_PUBBLICI)).order_by(Ciclo.id.desc())


def _schede() -> Any:
    cerca = select(Ciclo.codice, Scheda.codice, null()).join(Ciclo, Ciclo.id == Scheda.ciclo_id)
    return cerca.where(Ciclo.stato.in_(CICLI_PUBBLICI)).order_by(Scheda.id.desc())


def _percorsi() -> Any:
    cerca = select(Percorso.slug, Percorso.pubblicato_il).where(Percorso.stato == StatoPercorso.PUBBLICATO)
    return cerca.order_by(Percorso.id.desc())


def _tavoli() -> Any:
    quando = func.coalesce(Tavolo.restituito_il, Percorso.pubblicato_il)
    cerca = select(Tavolo.slug, quando).join(Percorso, Percorso.id == Tavolo.percorso_id)
    return cerca.where(Percorso.stato == StatoPercorso.PUBBLICATO).order_by(Tavolo.id.desc())


def _verbali() -> Any:
    cerca = select(Organo.slug, Seduta.numero, Verbale.pubblicato_il).join(Seduta, Seduta.id == Verbale.seduta_id)
    cerca = cerca.join(Organo, Organo.id == Verbale.organo_id).where(Verbale.stato == StatoVerbale.PUBBLICATO)
    return cerca.order_by(Verbale.id.desc())


_NELLA_MAPPA: tuple[tuple[str, tuple[str, ...], Any, Callable[[], Any]], ...] = (
    ("avvisi.avviso", ("slug",), Avviso, _avvisi),
    ("piano.ciclo", ("ciclo",), Ciclo, _piani),
    ("piano.scheda", ("ciclo", "codice"), Scheda, _schede),
    ("tavoli.percorso", ("slug",), Percorso, _percorsi),
    ("tavoli.tavolo", ("slug",), Tavolo, _tavoli),
    ("verbale.verbale", ("slug", "numero"), Verbale, _verbali),
)
"""Endpoint, the values of its address, the rows it comes from, what reads them: address and instant of each."""


def indirizzi_pubblici(limite: int) -> Iterator[IndirizzoPubblico]:
    """The public pages of every Ambito, the guide apart: of each kind the latest ``limite``, with one query."""
    with tutti_gli_ambiti():
        for endpoint, nomi_valori, righe_di, cerca in _NELLA_MAPPA:
            trovate = sessione.execute(
                cerca().add_columns(Ambito.slug).join(Ambito, Ambito.id == righe_di.ambito_id).limit(limite)
            ).all()
            for *valori, quando, ambito in trovate:
                yield IndirizzoPubblico(endpoint, dict(zip(nomi_valori, valori, strict=True), ambito=ambito), quando)
