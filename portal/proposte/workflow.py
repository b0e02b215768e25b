"""States of a proposal (domain.md 1.2, per-application machine, short form)."""

from __future__ import annotations

from ..workflow import Transition, Workflow
from .models import StatoProposta as S
from .permissions import P

PROPOSTA = Workflow(
    "proposte",
    (
        Transition("presenta", (S.BOZZA,), S.PRESENTATA, P.PRESENTA, fonte="art. 65 CAD"),
        Transition("ritira", (S.PRESENTATA,), S.RITIRATA, P.PRESENTA),
        # the next ones are taken by the evaluation and the projects, which check their own permissions
        Transition("ammetti", (S.PRESENTATA,), S.AMMESSA, None),
        Transition("non_ammettere", (S.PRESENTATA,), S.NON_AMMESSA, None, fonte="artt. 3 e 10-bis L. 241/1990"),
        Transition("seleziona", (S.AMMESSA,), S.SELEZIONATA, None),
        Transition("dichiara_idonea", (S.AMMESSA,), S.IDONEA, None),
        Transition("dichiara_non_idonea", (S.AMMESSA,), S.NON_IDONEA, None),
        Transition("convenziona", (S.SELEZIONATA,), S.CONVENZIONATA, None, fonte="art. 11 L. 241/1990"),
    ),
)
