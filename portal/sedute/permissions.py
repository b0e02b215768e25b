"""Sittings are prepared, convened and minuted by the Ufficio di Piano; who is convened reads the papers and answers."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import select

from ..access import regola
from ..clocks import oggi
from ..db import sessione
from ..organi.models import Mandato
from ..tenancy import ambito_corrente
from ..utenti.models import Ruolo, Utente
from ..utenti.permissions import ufficio


class P(StrEnum):
    PREPARA = "sedute.prepara"
    CONVOCA = "sedute.convoca"
    VERBALIZZA = "sedute.verbalizza"
    SIEDE = "sedute.siede"
    PARTECIPA = "sedute.partecipa"
    LEGGI = "sedute.leggi"


regola(P.PREPARA)(ufficio)
regola(P.CONVOCA)(ufficio)
regola(P.VERBALIZZA)(ufficio)


@regola(P.SIEDE)
def siede(utente: Utente, _oggetto: Any) -> bool:
    """Has a seat in a body of this Ambito, or the role of those who have."""
    qui = ambito_corrente()
    return qui is not None and (utente.ha(Ruolo.COMPONENTE, ambito_id=qui) or _ha_un_posto(utente.id))


def _ha_un_posto(utente_id: int) -> bool:
    in_vigore = Mandato.al.is_(None) | (Mandato.al >= oggi())
    return sessione.scalar(select(Mandato.id).where(Mandato.utente_id == utente_id, in_vigore).limit(1)) is not None


@regola(P.PARTECIPA)
def convocato(utente: Utente, oggetto: Any) -> bool:
    """Is convened to that sitting (loaded with who is)."""
    return any(c.utente_id == utente.id for c in getattr(oggetto, "convocati", ()))


@regola(P.LEGGI)
def leggi(utente: Utente, oggetto: Any) -> bool:
    """What of a sitting is not for everyone: for who is convened and for the office."""
    return convocato(utente, oggetto) or ufficio(utente, oggetto)
