"""The life of a commission (domain.md 1.8): appointed, at work once every declaration is in, ended by the outcome."""

from __future__ import annotations

from ..i18n import _
from ..workflow import Transition, Workflow
from .models import Commissione, StatoCommissione, StatoDichiarazione


def dichiarazioni_rese(commissione: Commissione) -> str | None:
    """Nobody opens a proposal until everyone has declared that there is no conflict."""
    if all(m.dichiarazione == StatoDichiarazione.ASSENZA for m in commissione.membri):
        return None
    return _("Mancano ancora delle dichiarazioni, o qualcuno ha un conflitto di interessi.")


COMMISSIONE = Workflow(
    "valutazione",
    (
        Transition(
            "avvia",
            (StatoCommissione.NOMINATA,),
            StatoCommissione.AL_LAVORO,
            None,
            condizioni=(dichiarazioni_rese,),
            fonte="L. 241/1990 art. 6-bis",
        ),
        Transition("ferma", (StatoCommissione.AL_LAVORO,), StatoCommissione.NOMINATA, None),
        Transition(
            "concludi",
            (StatoCommissione.AL_LAVORO,),
            StatoCommissione.CONCLUSA,
            None,
            condizioni=(dichiarazioni_rese,),
            istante="conclusa_il",
        ),
    ),
)
