"""Words and choices of the home pages. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..clocks import giorni_interi
from ..i18n import _, _l, _n

PAROLE = (
    _l("non arrivo a fine mese"),
    _l("ho paura a casa"),
    _l("badante"),
    _l("anziano solo"),
    _l("un posto al nido"),
    _l("mio figlio a scuola"),
    _l("disabilità"),
    _l("cerco lavoro"),
    _l("permesso di soggiorno"),
)
"""Everyday words offered on the home: each must find something in a guide that has the usual services."""
PRONTO_INTERVENTO = "pronto-intervento-sociale"
"""Slug of the page of the social emergency service (art. 22, c. 4, lett. b, L. 328/2000), where the guide has it."""


def tempo_che_resta(ora: datetime, termine: datetime) -> str:
    """How long until a term, in the words of a card: days, then hours, then minutes. Both instants aware."""
    giorni = giorni_interi(ora, termine)
    if giorni > 0:
        return str(_n("Un giorno per rispondere", "%(num)s giorni per rispondere", giorni))
    minuti = int((termine - ora).total_seconds() // 60)
    if minuti >= 60:
        return str(_n("Un’ora per rispondere", "%(num)s ore per rispondere", minuti // 60))
    return str(_n("Un minuto per rispondere", "%(num)s minuti per rispondere", max(minuti, 1)))


def resta_fino_a(ora: datetime, termine: datetime) -> datetime:
    """The last instant at which ``tempo_che_resta`` says what it says at ``ora``, midnight apart."""
    if giorni_interi(ora, termine) > 0:
        return termine
    return termine - timedelta(minutes=max((termine - ora) // timedelta(minutes=1), 0))


def codice_pulito(testo: str) -> str:
    """A receipt code as it is stored, from what a person types or pastes: capitals, groups of four, no spaces."""
    nudo = "".join(testo.split()).upper()[:40]
    cifre = "".join(c for c in nudo if c.isalnum())
    return "-".join(cifre[n : n + 4] for n in range(0, 16, 4)) if len(cifre) == 16 else nudo


def eta(secondi: float) -> str:
    """How old a queue is, in words."""
    minuti = int(secondi // 60)
    if minuti < 1:
        return str(_("meno di un minuto"))
    if minuti < 120:
        return str(_n("un minuto", "%(num)s minuti", minuti))
    return str(_n("un’ora", "%(num)s ore", minuti // 60))
