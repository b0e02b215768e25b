"""Who may open a proposal, and who of the office must abstain on an avviso because of the ente they work for.

L. 241/1990 art. 6-bis (a conflict «even potential» asks for abstention); DPR 62/2013 art. 7.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Any

from sqlalchemy import ScalarSelect, Select, select
from sqlalchemy.orm import aliased

from ..access import Predicato, regola
from ..avvisi.models import Avviso
from ..avvisi.permissions import ASTENSIONI
from ..avvisi.rules import aperto
from ..clocks import adesso
from ..db import sessione
from ..i18n import _l
from ..tenancy import tutti_gli_ambiti
from ..utenti.models import Utente
from ..utenti.permissions import ufficio
from .models import Proposta, StatoProposta

LETTORI: list[Predicato] = []
"""Who else may read a submitted proposal: higher areas (the commission) add their predicates here."""

ASTENSIONE = _l(
    "Lavori per un ente che ha presentato una proposta a questo avviso: la legge ti chiede di astenerti "
    "(art. 6-bis della legge 241/1990). Se ne occupa un’altra persona dell’Ufficio."
)
"""What who must abstain is told, wherever the office's pages refuse them."""


class P(StrEnum):
    VEDI = "proposte.vedi"
    SCRIVI = "proposte.scrivi"
    PRESENTA = "proposte.presenta"
    LEGGI_PRESENTATA = "proposte.leggi_presentata"


def si_astiene(utente: Utente, avviso_id: int | ScalarSelect[int]) -> bool:
    """Must this person of the office abstain on that avviso? Yes when an ente they work for, today, has applied to it.

    The conflict is of the organisation, in any role and in any Ambito, and it is on the whole avviso: its rivals too.
    A proposal that was withdrawn counts: its ente took part, knows that it may contest the outcome, and the law asks for
    abstention when the conflict is only potential. A draft does not: before the term nobody opens anything, after it a
    draft can never be submitted, and anyone of an ente may start one, which would keep a colleague from their work.

    One query, and none for who works for no ente. ``avviso_id`` may be a subquery that finds it.
    """
    enti = utente.enti_ids()
    if not enti:
        return False
    with tutti_gli_ambiti():  # the proposals of the reader's own enti
        return bool(sessione.scalar(select(_candidature(enti).where(Proposta.avviso_id == avviso_id).exists())))


def avvisi_da_cui_si_astiene(utente: Utente, avvisi: Collection[int]) -> frozenset[int]:
    """Those among these avvisi on which ``si_astiene`` says yes: one query for a whole list."""
    enti = utente.enti_ids()
    if not enti or not avvisi:
        return frozenset()
    with tutti_gli_ambiti():
        return frozenset(sessione.scalars(_candidature(enti).where(Proposta.avviso_id.in_(avvisi))))


def astensioni(utente: Utente) -> Select[int] | None:
    """The avvisi of the current Ambito on which ``si_astiene`` says yes, as a subquery; None for who works for no ente."""
    enti = utente.enti_ids()
    return _candidature(enti, aliased(Proposta)) if enti else None


def _candidature(enti: Collection[int], proposta: Any = Proposta) -> Select[int]:
    return select(proposta.avviso_id).where(proposta.ente_id.in_(enti), proposta.stato != StatoProposta.BOZZA)


def _perche_si_astiene(utente: Utente, avviso: Avviso) -> Any:
    return ASTENSIONE if si_astiene(utente, avviso.id) else None


ASTENSIONI.append(_perche_si_astiene)


@regola(P.VEDI)
def vedi(utente: Utente, proposta: Any) -> bool:
    """The ente's own pages: whoever works for the ente, in any state."""
    return proposta.ente_id in utente.enti_ids()


@regola(P.SCRIVI)
def scrivi(utente: Utente, proposta: Any) -> bool:
    """Write the draft: whoever works for the ente. That it is still a draft, and in time, operations say."""
    return proposta.ente_id in utente.enti_ids()


@regola(P.PRESENTA, noto_a=vedi)
def presenta(utente: Utente, proposta: Any) -> bool:
    """Submit, send back or withdraw: the legal representative, or a delegate with procura (CAD art. 65)."""
    return proposta.ente_id in utente.puo_presentare_per


def _da_aprire(proposta: Any) -> bool:
    """Was it submitted, and is the term over? Nobody but its ente reads it before."""
    avviso = proposta.avviso
    return proposta.stato != StatoProposta.BOZZA and not aperto(avviso.stato, avviso.termine, adesso())


def _ufficio_dopo_il_termine(utente: Utente, proposta: Any) -> bool:
    return _da_aprire(proposta) and ufficio(utente, proposta)


@regola(P.LEGGI_PRESENTATA, noto_a=_ufficio_dopo_il_termine, perche=ASTENSIONE)
def leggi_presentata(utente: Utente, proposta: Any) -> bool:
    """The content of a submitted proposal: its ente; after the term, the office and who the evaluation lets in.

    Who of the office must abstain on the avviso reads none but the proposals of their own ente.
    """
    if vedi(utente, proposta):
        return True
    if not _da_aprire(proposta):
        return False
    dell_ufficio = ufficio(utente, proposta) and not si_astiene(utente, proposta.avviso_id)
    return dell_ufficio or any(lettore(utente, proposta) for lettore in LETTORI)
