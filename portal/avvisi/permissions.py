"""Who of the office writes, publishes and withdraws a call: not who must abstain on it (L. 241/1990 art. 6-bis)."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from ..access import regola
from ..utenti.models import Utente
from ..utenti.permissions import responsabile, ufficio
from .models import Avviso

ASTENSIONI: list[Callable[[Utente, Avviso], Any]] = []
"""Why a person must abstain on a call, in words, or None: higher areas, which know who applied, add theirs here."""


class P(StrEnum):
    PREPARA = "avvisi.prepara"
    PUBBLICA = "avvisi.pubblica"
    REVOCA = "avvisi.revoca"


def perche_si_astiene(utente: Utente, avviso: Avviso) -> Any:
    """The reason why this person may not decide on that call; None when there is none."""
    return next((motivo for chiedi in ASTENSIONI if (motivo := chiedi(utente, avviso)) is not None), None)


@regola(P.PREPARA)
def prepara(utente: Utente, avviso: Any) -> bool:
    """Write a draft, to which nobody has applied, and read it again when it is public: the staff of its Ambito."""
    return ufficio(utente, avviso)


@regola(P.PUBBLICA, noto_a=prepara, perche=perche_si_astiene)
def pubblica(utente: Utente, avviso: Avviso) -> bool:
    """Publish the call, and later mark its outcome as public: the staff too; the act is named in it."""
    return ufficio(utente, avviso) and perche_si_astiene(utente, avviso) is None


@regola(P.REVOCA, noto_a=prepara, perche=perche_si_astiene)
def revoca(utente: Utente, avviso: Avviso) -> bool:
    """Withdraw a published call, with reasons (L. 241/1990 art. 21-quinquies): the Responsabile."""
    return responsabile(utente, avviso) and perche_si_astiene(utente, avviso) is None
