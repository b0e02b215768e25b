from __future__ import annotations

from enum import StrEnum
from typing import Any

from ..access import regola
from ..utenti.models import Utente
from ..utenti.permissions import responsabile, ufficio


class P(StrEnum):
    IMPOSTA = "ambiti.imposta"


@regola(P.IMPOSTA, noto_a=ufficio)
def imposta(utente: Utente, oggetto: Any) -> bool:
    """Change the settings of the Ambito: the Responsabile, who answers for the regulation they come from."""
    return responsabile(utente, oggetto)
