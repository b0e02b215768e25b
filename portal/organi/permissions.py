"""Bodies and who sits in them are public; writing them is for the Ufficio di Piano of the Ambito."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from ..access import regola
from ..utenti.models import Utente
from ..utenti.permissions import responsabile, ufficio


class P(StrEnum):
    MODIFICA = "organi.modifica"
    REGOLA = "organi.regola"


regola(P.MODIFICA)(ufficio)


@regola(P.REGOLA, noto_a=ufficio)
def regola_l_organo(utente: Utente, oggetto: Any) -> bool:
    """Change quorum, votes and terms of a body: the Responsabile, who answers for the regulation they come from."""
    return responsabile(utente, oggetto)
