"""Who writes a minute, who may remark on it, who publishes it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from ..access import regola
from ..utenti.models import Utente
from ..utenti.permissions import responsabile, ufficio


class P(StrEnum):
    SCRIVI = "verbale.scrivi"
    PUBBLICA = "verbale.pubblica"
    OSSERVA = "verbale.osserva"


regola(P.SCRIVI)(ufficio)
regola(P.PUBBLICA, noto_a=ufficio)(responsabile)


@regola(P.OSSERVA)
def osserva(utente: Utente, verbale: Any) -> bool:
    """Who was called to the sitting with an account, from when the draft was sent to them."""
    return bool(verbale.inviato_il) and any(c.utente_id == utente.id for c in verbale.seduta.convocati)
