"""Sittings are prepared, convened and minuted by the Ufficio di Piano; who is convened reads what is convened."""

from __future__ import annotations

from enum import StrEnum

from ..access import regola
from ..utenti.permissions import ufficio


class P(StrEnum):
    PREPARA = "sedute.prepara"
    CONVOCA = "sedute.convoca"
    VERBALIZZA = "sedute.verbalizza"


regola(P.PREPARA)(ufficio)
regola(P.CONVOCA)(ufficio)
regola(P.VERBALIZZA)(ufficio)
