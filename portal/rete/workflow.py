"""States of an ente's adhesion to the Rete."""

from __future__ import annotations

from ..workflow import Transition, Workflow
from .models import StatoAdesione as S
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
