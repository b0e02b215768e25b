"""States of an ente's adhesion to the Rete, and of an election."""

from __future__ import annotations

from typing import Any

from ..clocks import adesso
from ..i18n import _
from ..workflow import Transition, Workflow
from .models import StatoAdesione as S
from .models import StatoElezione as E
from .permissions import P

ADESIONE = Workflow(
    "rete",
    (
        Transition("ammetti", (S.RICHIESTA,), S.AMMESSA, P.DECIDI, istante="decisa_il"),
        Transition("respingi", (S.RICHIESTA,), S.RESPINTA, P.DECIDI, istante="decisa_il", fonte="art. 3 L. 241/1990"),
        Transition("ritira", (S.RICHIESTA,), S.RITIRATA, P.CURA),
        Transition("recedi", (S.AMMESSA,), S.RECESSA, P.CURA),
        Transition("escludi", (S.AMMESSA,), S.ESCLUSA, P.ESCLUDI, fonte="art. 3 L. 241/1990"),
    ),
)


def _voto_finito(elezione: Any) -> str | None:
    return _("Il voto non è ancora finito.") if adesso() <= elezione.voto_al else None


ELEZIONE = Workflow(
    "rete",
    (
        Transition("scrutina", (E.INDETTA,), E.SCRUTINATA, P.ELEGGI, (_voto_finito,), "chiusa_il"),
        Transition("annulla", (E.INDETTA,), E.ANNULLATA, P.ELEGGI, istante="chiusa_il"),
    ),
)
