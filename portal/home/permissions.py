"""The desk's permissions: letters and register of an Ambito are its office's; the chain is checked by the responsabile."""

from __future__ import annotations

from enum import StrEnum

from ..access import regola
from ..utenti.permissions import responsabile, ufficio


class P(StrEnum):
    UFFICIO = "home.ufficio"
    MESSAGGI = "home.messaggi"
    REGISTRO = "home.registro"
    CONTROLLA = "home.controlla"


regola(P.UFFICIO)(ufficio)
regola(P.MESSAGGI)(ufficio)
regola(P.REGISTRO)(ufficio)
regola(P.CONTROLLA, noto_a=ufficio)(responsabile)
