"""Reading the guide is for everyone; writing it is for the Ufficio di Piano of the Ambito."""

from __future__ import annotations

from enum import StrEnum

from ..access import regola
from ..utenti.permissions import ufficio


class P(StrEnum):
    MODIFICA = "guida.modifica"


regola(P.MODIFICA)(ufficio)
