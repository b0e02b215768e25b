"""The blueprint of the area and how its pages find a proposal: across Ambiti, because the enti's pages span them."""

from __future__ import annotations

from ...errors import NonTrovato
from ...tenancy import scegli
from ...web import Area
from .. import queries, rules
from ..models import Proposta, StatoProposta

area = Area("proposte", "portal.proposte", dell_ambito=False)


def carica(proposta_id: int) -> Proposta:
    """The whole proposal; from here on the request is in its Ambito."""
    proposta = queries.proposta_intera(proposta_id)
    if proposta is None:
        raise NonTrovato
    scegli(proposta.ambito_id)
    return proposta


@area.app_template_filter("parola_proposta")
def parola_proposta(stato: StatoProposta) -> str:
    """The word of a state, for lists."""
    return str(rules.STATI[stato][0])


@area.app_template_filter("tono_proposta")
def tono_proposta(stato: StatoProposta) -> str:
    return rules.STATI[stato][1]
