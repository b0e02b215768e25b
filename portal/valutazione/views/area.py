"""The blueprint of the area, shared by the office's pages, the commissioners' and the public one."""

from __future__ import annotations

from typing import Any

from ...proposte.contenuto import costi
from ...proposte.models import Proposta
from ...proposte.rules import CATEGORIE, SEZIONI, STATI, quadro
from ...web import Area

area = Area("valutazione", "portal.valutazione")


def da_leggere(proposta: Proposta) -> dict[str, Any]:
    """What ``valutazione/_proposta.html`` needs to show a proposal (from ``proposta_intera``) as it was submitted."""
    return {
        "proposta": proposta,
        "testi": {s.chiave: s.testo for s in proposta.sezioni},
        "sezioni": SEZIONI,
        "categorie": CATEGORIE,
        "stati": STATI,
        "quadro": quadro(costi(proposta)),
    }
