"""What the office does with a letter: let it go, or try again one that did not leave."""

from __future__ import annotations

from .. import audit
from ..clocks import adesso
from ..errors import TransizioneNonAmmessa
from ..i18n import _
from ..outbox import MASSIMO_TENTATIVI, Messaggio
from ..utenti.models import Utente


def rilascia(messaggio: Messaggio, *, attore: Utente) -> None:
    """Send a letter that waited for somebody to look at it. Raises ``TransizioneNonAmmessa`` if it does not wait."""
    if not messaggio.trattenuto or messaggio.inviato_il is not None:
        raise TransizioneNonAmmessa(_("Questo messaggio non è in attesa di un controllo."))
    messaggio.trattenuto = False
    messaggio.prossimo_il = adesso()
    audit.registra("home.rilascia_messaggio", messaggio, attore=attore)


def ritenta(messaggio: Messaggio, *, attore: Utente) -> None:
    """Queue again, at once, a letter the worker gave up. Raises ``TransizioneNonAmmessa`` for any other letter."""
    if messaggio.inviato_il is not None or messaggio.trattenuto or messaggio.tentativi < MASSIMO_TENTATIVI:
        raise TransizioneNonAmmessa(_("Questo messaggio non è fra quelli da ritentare."))
    tentativi = messaggio.tentativi
    messaggio.tentativi = 0
    messaggio.prossimo_il = adesso()
    audit.registra("home.ritenta_messaggio", messaggio, attore=attore, dettagli={"tentativi": tentativi})
