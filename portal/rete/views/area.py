"""The blueprint and the words of the states. The enti's pages are in no Ambito, so that each route says its own prefix."""

from __future__ import annotations

from ...web import Area
from .. import rules
from ..models import StatoAdesione

area = Area("rete", "portal.rete", dell_ambito=False)


@area.app_template_filter("parola_adesione")
def parola_adesione(stato: StatoAdesione) -> str:
    return str(rules.STATI[stato][0])


@area.app_template_filter("tono_adesione")
def tono_adesione(stato: StatoAdesione) -> str:
    return rules.STATI[stato][1]
