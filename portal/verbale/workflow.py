"""States of a minute (domain.md 3.5): bozza, in revisione (observations), approvato, firmato, pubblicato."""

from __future__ import annotations

from typing import Any

from ..i18n import _
from ..organi.models import Pubblicazione
from ..workflow import Transition, Workflow
from .models import StatoVerbale as S
from .permissions import P
from .rules.cammino import manca_per_inviare


def _c_e_tutto(verbale: Any) -> str | None:
    manca = manca_per_inviare(verbale.sommario, verbale.parti)
    return _("Al verbale manca: %(cosa)s.", cosa="; ".join(manca)) if manca else None


def _si_pubblica(verbale: Any) -> str | None:
    if verbale.seduta.organo.pubblicazione == Pubblicazione.VERBALE:
        return None
    return _("Di quest’organo il verbale non si pubblica: lo dicono le sue regole.")


VERBALE = Workflow(
    "verbale",
    (
        Transition("invia", (S.BOZZA,), S.IN_REVISIONE, P.SCRIVI, (_c_e_tutto,), "inviato_il"),
        Transition("approva", (S.IN_REVISIONE,), S.APPROVATO, P.SCRIVI, (), "approvato_il"),
        Transition("firma", (S.APPROVATO,), S.FIRMATO, P.SCRIVI, (), "firmato_il", "artt. 20-21 D.Lgs. 82/2005"),
        Transition("pubblica", (S.FIRMATO,), S.PUBBLICATO, P.PUBBLICA, (_si_pubblica,), "pubblicato_il"),
    ),
)
