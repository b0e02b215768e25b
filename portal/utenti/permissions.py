"""Roles to permissions for the installation as a whole; each area adds its own."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from ..access import regola
from ..tenancy import ambito_corrente
from .models import Ruolo, Utente


class P(StrEnum):
    PROFILO = "utenti.profilo"
    UFFICIO = "utenti.ufficio"
    RESPONSABILE = "utenti.responsabile"
    AMMINISTRA = "utenti.amministra"


@regola(P.PROFILO)
def profilo(utente: Utente, _oggetto: Any) -> bool:
    """One's own account: anyone logged in."""
    return True


@regola(P.UFFICIO)
def ufficio(utente: Utente, oggetto: Any) -> bool:
    """Staff of the Ufficio di Piano of the Ambito (of the object's, or of the current one)."""
    return utente.ha(Ruolo.OPERATORE, Ruolo.RESPONSABILE, ambito_id=_ambito(oggetto))


@regola(P.RESPONSABILE, noto_a=ufficio)
def responsabile(utente: Utente, oggetto: Any) -> bool:
    return utente.ha(Ruolo.RESPONSABILE, ambito_id=_ambito(oggetto))


@regola(P.AMMINISTRA)
def amministra(utente: Utente, _oggetto: Any) -> bool:
    return utente.amministratore


def _ambito(oggetto: Any) -> int:
    """The object's Ambito, else the page's; -1 when there is neither, so that nobody has the role."""
    dell_oggetto = getattr(oggetto, "ambito_id", None)
    return dell_oggetto if dell_oggetto is not None else (ambito_corrente() or -1)
