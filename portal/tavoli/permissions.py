"""Who prepares, who decides, who writes for an ente. Whoever of the office works for an ente does not decide on it.

L. 241/1990 art. 6-bis; DPR 62/2013 art. 7.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from ..access import regola
from ..i18n import _l
from ..utenti.models import Utente
from ..utenti.permissions import ufficio

ASTENSIONE = _l(
    "Lavori per questo ente: la legge ti chiede di astenerti (art. 6-bis della legge 241/1990). "
    "Se ne occupa un’altra persona dell’Ufficio."
)


class P(StrEnum):
    PREPARA = "tavoli.prepara"
    AMMETTI = "tavoli.ammetti"
    RISPONDI = "tavoli.rispondi"
    SEGUI = "tavoli.segui"
    CHIEDI = "tavoli.chiedi"
    SCRIVI = "tavoli.scrivi"
    INVIA = "tavoli.invia"


regola(P.PREPARA)(ufficio)


def _imparziale(utente: Utente, oggetto: Any) -> bool:
    """The staff, but not who works for the ente that asked or wrote, in any role."""
    return ufficio(utente, oggetto) and oggetto.ente_id not in utente.enti_ids()


@regola(P.AMMETTI, noto_a=ufficio, perche=ASTENSIONE)
def ammetti(utente: Utente, partecipazione: Any) -> bool:
    """Decide who sits at a tavolo."""
    return _imparziale(utente, partecipazione)


@regola(P.RISPONDI, noto_a=ufficio, perche=ASTENSIONE)
def rispondi(utente: Utente, contributo: Any) -> bool:
    """Answer a contribution."""
    return _imparziale(utente, contributo)


@regola(P.SEGUI)
def segui(utente: Utente, oggetto: Any) -> bool:
    """What the ente asked and wrote: whoever works for it."""
    return oggetto.ente_id in utente.enti_ids()


@regola(P.CHIEDI, noto_a=segui)
def chiedi(utente: Utente, oggetto: Any) -> bool:
    """Ask to take part, or withdraw: the legal representative, or a delegate with procura (CAD art. 65)."""
    return oggetto.ente_id in utente.puo_presentare_per


@regola(P.SCRIVI)
def scrivi(utente: Utente, oggetto: Any) -> bool:
    """Write the draft of a contribution: whoever works for the ente."""
    return oggetto.ente_id in utente.enti_ids()


@regola(P.INVIA, noto_a=segui)
def invia(utente: Utente, contributo: Any) -> bool:
    """Send it in the ente's name: as to ask."""
    return contributo.ente_id in utente.puo_presentare_per
