"""States of an avviso (domain.md 1.2, short form)."""

from __future__ import annotations

from typing import Any

from ..clocks import adesso
from ..i18n import _
from ..workflow import Transition, Workflow
from .models import StatoAvviso as S
from .permissions import P
from .rules import in_tempo


def _termine_passato(avviso: Any) -> str | None:
    return _("Il termine non è ancora passato.") if in_tempo(adesso(), avviso.termine) else None


AVVISO = Workflow(
    "avvisi",
    (
        Transition("pubblica", (S.BOZZA,), S.PUBBLICATO, P.PUBBLICA, istante="pubblicato_il", fonte="DM 72/2021 §3"),
        Transition("chiudi", (S.PUBBLICATO,), S.CHIUSO, P.PREPARA, (_termine_passato,), "chiuso_il"),
        Transition("pubblica_esito", (S.CHIUSO,), S.ESITO_PUBBLICATO, P.PUBBLICA, istante="esito_il"),
        Transition("revoca", (S.PUBBLICATO, S.CHIUSO), S.REVOCATO, P.REVOCA, fonte="art. 21-quinquies L. 241/1990"),
    ),
)
