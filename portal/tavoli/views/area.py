"""The blueprint and the words of phases and states. The enti's pages are in no Ambito: each route says its own prefix."""

from __future__ import annotations

from datetime import date
from typing import Any

from ...clocks import oggi
from ...web import Area
from .. import rules
from ..models import Fase, Percorso

area = Area("tavoli", "portal.tavoli", dell_ambito=False)


@area.app_template_filter("stato_fase")
def stato_fase(fase: Fase) -> tuple[Any, str]:
    """Word and tone of a phase, today."""
    return rules.STATI_FASE[rules.stato_fase(fase.dal, fase.al, oggi())]


@area.app_template_filter("fase_di_oggi")
def fase_di_oggi(percorso: Percorso) -> Fase | None:
    """The phase that runs today. Needs the phases."""
    numero = rules.fase_corrente(percorso.fasi, oggi())
    return next((f for f in percorso.fasi if f.numero == numero), None)


@area.app_template_filter("ultima_data")
def ultima_data(percorso: Percorso) -> date | None:
    """The last day that its phases name. Needs the phases."""
    return max((g for f in percorso.fasi for g in (f.dal, f.al) if g is not None), default=None)


@area.app_template_filter("parola_area")
def parola_area(area_: str) -> str:
    return next(str(testo) for chiave, testo in rules.AREE.items() if chiave == area_)


@area.app_template_filter("tavolo_chiuso")
def tavolo_chiuso(tavolo: Any) -> str | None:
    """Why it takes no contribution today; None when it does. Needs its percorso."""
    return rules.chiuso_ai_contributi(tavolo, oggi())
