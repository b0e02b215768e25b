"""The office makes projects of selected proposals and binds their money; who must abstain on the avviso does neither.

The money of an avviso is shared: what a rival gets is what is left for one's own ente, so that the abstention is on
every project of the avviso (L. 241/1990 art. 6-bis), not only on those of one's own ente.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from ..access import regola
from ..proposte.models import Proposta
from ..proposte.permissions import ASTENSIONE, si_astiene
from ..utenti.models import Utente
from ..utenti.permissions import responsabile
from ..utenti.permissions import ufficio as dell_ufficio


class P(StrEnum):
    UFFICIO = "progetti.ufficio"
    CREA = "progetti.crea"
    LEGA = "progetti.lega"
    DISIMPEGNA = "progetti.disimpegna"
    SFORA = "progetti.sfora"


@regola(P.UFFICIO)
def ufficio(utente: Utente, oggetto: Any) -> bool:
    return dell_ufficio(utente, oggetto)


@regola(P.CREA, noto_a=ufficio, perche=ASTENSIONE)
def crea(utente: Utente, proposta: Any) -> bool:
    """Make a project of a selected proposal, and say how much it gets."""
    return dell_ufficio(utente, proposta) and not si_astiene(utente, proposta.avviso_id)


@regola(P.LEGA, noto_a=ufficio, perche=ASTENSIONE)
def lega(utente: Utente, progetto: Any) -> bool:
    """Bind the project's money to lines of the plan."""
    sua = aliased(Proposta)
    avviso_id = select(sua.avviso_id).where(sua.id == progetto.proposta_id).scalar_subquery()
    return dell_ufficio(utente, progetto) and not si_astiene(utente, avviso_id)


@regola(P.DISIMPEGNA, noto_a=ufficio, perche=ASTENSIONE)
def disimpegna(utente: Utente, impegno: Any) -> bool:
    """Take one commitment back. Needs ``impegno.progetto``."""
    return lega(utente, impegno.progetto)


@regola(P.SFORA, noto_a=ufficio)
def sfora(utente: Utente, progetto: Any) -> bool:
    """Accept more than a line has left: the Responsabile alone, with a written reason."""
    return responsabile(utente, progetto)
