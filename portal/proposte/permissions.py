from __future__ import annotations

from enum import StrEnum
from typing import Any

from ..access import Predicato, regola
from ..avvisi.rules import aperto
from ..clocks import adesso
from ..utenti.models import Utente
from ..utenti.permissions import ufficio
from .models import StatoProposta

LETTORI: list[Predicato] = []
"""Who else may read a submitted proposal: higher areas (the commission) add their predicates here."""


class P(StrEnum):
    VEDI = "proposte.vedi"
    SCRIVI = "proposte.scrivi"
    PRESENTA = "proposte.presenta"
    LEGGI_PRESENTATA = "proposte.leggi_presentata"


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


@regola(P.LEGGI_PRESENTATA)
def leggi_presentata(utente: Utente, proposta: Any) -> bool:
    """The content of a submitted proposal: its ente; after the term, the office and who the evaluation lets in."""
    if vedi(utente, proposta):
        return True
    avviso = proposta.avviso
    if proposta.stato == StatoProposta.BOZZA or aperto(avviso.stato, avviso.termine, adesso()):
        return False
    return ufficio(utente, proposta) or any(lettore(utente, proposta) for lettore in LETTORI)
