from __future__ import annotations

from enum import StrEnum
from typing import Any

from ..access import regola
from ..utenti.models import Utente
from ..utenti.permissions import responsabile
from ..utenti.permissions import ufficio as dell_ufficio


class P(StrEnum):
    UFFICIO = "progetti.ufficio"
    CREA = "progetti.crea"
    LEGA = "progetti.lega"
    DISIMPEGNA = "progetti.disimpegna"
    SFORA = "progetti.sfora"


@regola(P.UFFICIO)
def ufficio(utente: Utente, oggetto: Any) -> bool:
    return dell_ufficio(utente, oggetto)


@regola(P.CREA)
def crea(utente: Utente, proposta: Any) -> bool:
    """Make a project of a selected proposal: the staff, unless they hold a role in that ente (L. 241/1990 art. 6-bis)."""
    return dell_ufficio(utente, proposta) and proposta.ente_id not in utente.enti_ids()


@regola(P.LEGA)
def lega(utente: Utente, progetto: Any) -> bool:
    """Bind the project's money to lines of the plan."""
    return dell_ufficio(utente, progetto) and progetto.ente_id not in utente.enti_ids()


@regola(P.DISIMPEGNA)
def disimpegna(utente: Utente, impegno: Any) -> bool:
    """Take one commitment back. Needs ``impegno.progetto``."""
    return lega(utente, impegno.progetto)


@regola(P.SFORA, noto_a=ufficio)
def sfora(utente: Utente, progetto: Any) -> bool:
    """Accept more than a line has left: the Responsabile alone, with a written reason."""
    return responsabile(utente, progetto)
