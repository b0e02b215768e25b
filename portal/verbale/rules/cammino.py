"""The way of a minute: when remarks may still come, what is missing before the next step, which vote approves it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from ...clocks import a_roma, da_roma
from ...i18n import _
from ..models import GenereParte, StatoVerbale

MODIFICABILI = (StatoVerbale.BOZZA, StatoVerbale.IN_REVISIONE)
"""Until it is approved its texts may change; afterwards only a later decision corrects it."""


def termine_osservazioni(inviato: datetime, giorni: int) -> datetime:
    """The last instant for remarks: the end (Rome) of the ``giorni``-th day after the one it was sent, excluded from the
    count (art. 155 c.p.c. as domain.md 1.11). With 0 days, the very instant."""
    if giorni == 0:
        return inviato
    ultimo = a_roma(inviato).date() + timedelta(days=giorni)
    return da_roma(datetime.combine(ultimo, time(23, 59, 59)))


def in_tempo(ora: datetime, entro: datetime | None) -> bool:
    return entro is not None and ora <= entro


def manca_per_inviare(sommario: str, parti: Iterable[Any]) -> list[str]:
    """What members could not judge: an empty head, items with neither a text nor a vote. Empty: it may leave.

    Real archives hold a minute printed twice, the second time blank (domain.md 3.5): that one does not pass.
    """
    manca = [] if sommario.strip() else [_("una frase che dica che cosa si è deciso")]
    for parte in parti:
        if parte.testo.strip():
            continue
        if parte.genere == GenereParte.PREMESSA:
            manca.append(_("come è cominciata la seduta"))
        elif parte.genere == GenereParte.CHIUSURA:
            manca.append(_("come è finita la seduta"))
    return manca


def manca_per_approvare(
    osservazioni: Iterable[Any], entro: datetime | None, *, votato: datetime, seduta_chiusa: datetime | None
) -> list[str]:
    """Why a vote taken at ``votato`` does not approve it: remarks could still come, or one has no answer yet."""
    manca = []
    if seduta_chiusa is None or votato <= seduta_chiusa:
        manca.append(_("lo approva una seduta che viene dopo"))
    if in_tempo(votato, entro):
        manca.append(_("quando si è votato il termine per le osservazioni non era passato"))
    if quante := sum(o.esito is None for o in osservazioni):
        manca.append(_("ci sono osservazioni senza risposta: %(n)s", n=quante))
    return manca
