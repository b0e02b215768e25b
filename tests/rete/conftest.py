"""An Ambito with its Rete, an ente that may ask, and one person for each role."""

from __future__ import annotations

from typing import Any

import pytest

from portal.rete.models import CategoriaRete
from portal.utenti.models import Ruolo, RuoloUtente
from tests import fabbrica
from tests.guida.costruttori import scrivendo
from tests.palco import scena as su_palco

from .costruttori import categoria


@pytest.fixture
@su_palco
def mondo(app: Any) -> dict[str, Any]:
    with scrivendo(app):
        ambito, ente = fabbrica.ambito("prova"), fabbrica.ente()
        cat: CategoriaRete = categoria(ambito)
        in_conflitto = fabbrica.utente(Ruolo.RESPONSABILE, ambito=ambito)
        in_conflitto.ruoli.append(RuoloUtente(ruolo=Ruolo.COMPILATORE, ente_id=ente.id))
        return {
            "ambito": ambito,
            "ente": ente,
            "categoria": cat,
            "rappresentante": fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=ente, email="legale@ente.example"),
            "compilatore": fabbrica.utente(Ruolo.COMPILATORE, ente=ente),
            "operatore": fabbrica.utente(Ruolo.OPERATORE, ambito=ambito),
            "responsabile": fabbrica.utente(Ruolo.RESPONSABILE, ambito=ambito),
            "in_conflitto": in_conflitto,
        }
