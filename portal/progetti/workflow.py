"""The life of a project (domain.md 1.2, from the provvedimento conclusivo on): bound to the plan, then active."""

from __future__ import annotations

from ..i18n import _
from ..money import scrivi_euro
from ..workflow import Transition, Workflow
from . import rules
from .models import Progetto, StatoProgetto
from .permissions import P


def tutto_legato(progetto: Progetto) -> str | None:
    """A project starts when its whole contribution is on lines of the plan. Needs ``progetto.impegni``."""
    copertura = rules.copertura(progetto.contributo, [i.importo for i in progetto.impegni])
    if copertura.completa:
        return None
    return _("Prima lega tutto il contributo: mancano %(euro)s.", euro=scrivi_euro(copertura.da_legare))


PROGETTO = Workflow(
    "progetti",
    (
        Transition(
            "attiva",
            (StatoProgetto.DA_LEGARE,),
            StatoProgetto.ATTIVO,
            P.LEGA,
            condizioni=(tutto_legato,),
            istante="attivo_il",
            fonte="L. 241/1990 art. 11",
        ),
    ),
)
