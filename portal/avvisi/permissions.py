from __future__ import annotations

from enum import StrEnum
from typing import Any

from ..access import regola
from ..utenti.models import Utente
from ..utenti.permissions import responsabile, ufficio


class P(StrEnum):
    PREPARA = "avvisi.prepara"
    PUBBLICA = "avvisi.pubblica"
    REVOCA = "avvisi.revoca"


@regola(P.PREPARA)
def prepara(utente: Utente, avviso: Any) -> bool:
    """Write a draft: the staff of its Ambito."""
    return ufficio(utente, avviso)


@regola(P.PUBBLICA, noto_a=prepara)
def pubblica(utente: Utente, avviso: Any) -> bool:
    """Publish: the staff too; the act that approves the call is the Responsabile's and is named in it."""
    return ufficio(utente, avviso)


@regola(P.REVOCA, noto_a=prepara)
def revoca(utente: Utente, avviso: Any) -> bool:
    """Withdraw a published call, with reasons (L. 241/1990 art. 21-quinquies): the Responsabile."""
    return responsabile(utente, avviso)
