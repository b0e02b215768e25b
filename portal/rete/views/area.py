"""The blueprint and the words of the states. The enti's pages are in no Ambito, so that each route says its own prefix."""

from __future__ import annotations

from typing import Any

from ...clocks import adesso
from ...memoria import cambia_dopo
from ...web import Area
from .. import rules
from ..models import EsitoCandidatura, StatoAdesione
from ..rules import elezioni

area = Area("rete", "portal.rete", dell_ambito=False)


@area.app_template_filter("parola_adesione")
def parola_adesione(stato: StatoAdesione) -> str:
    return str(rules.STATI[stato][0])


@area.app_template_filter("tono_adesione")
def tono_adesione(stato: StatoAdesione) -> str:
    return rules.STATI[stato][1]


@area.app_template_filter("fase_elezione")
def fase_elezione(elezione: Any) -> elezioni.Fase:
    """In which phase it is, now."""
    return elezioni.fase(elezione.stato, elezione.candidature_entro, elezione.voto_dal, elezione.voto_al, adesso())


def cambia_con(elezione: Any) -> None:
    """The page being made says in which phase the election is: it changes with its terms."""
    for termine in (elezione.candidature_entro, elezione.voto_dal, elezione.voto_al):
        cambia_dopo(termine)


@area.app_template_filter("parola_fase")
def parola_fase(fase: elezioni.Fase) -> str:
    return str(elezioni.FASI[fase][0])


@area.app_template_filter("tono_fase")
def tono_fase(fase: elezioni.Fase) -> str:
    return elezioni.FASI[fase][1]


@area.app_template_filter("parola_eletto")
def parola_eletto(esito: EsitoCandidatura) -> str:
    return str(elezioni.ESITI[esito][0])


@area.app_template_filter("tono_eletto")
def tono_eletto(esito: EsitoCandidatura) -> str:
    return elezioni.ESITI[esito][1]
