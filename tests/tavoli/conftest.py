"""An Ambito with an open tavolo, an ente, and one person for each role."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from portal.utenti.models import Ruolo, RuoloUtente
from tests import fabbrica
from tests.guida.costruttori import scrivendo
from tests.palco import scena as su_palco

from .costruttori import percorso, tavolo


@pytest.fixture
@su_palco
def mondo(app: Any) -> SimpleNamespace:
    with scrivendo(app):
        ambito, ente = fabbrica.ambito("prova"), fabbrica.ente()
        di = percorso(ambito, "percorso")
        in_conflitto = fabbrica.utente(Ruolo.RESPONSABILE, ambito=ambito)
        in_conflitto.ruoli.append(RuoloUtente(ruolo=Ruolo.COMPILATORE, ente_id=ente.id))
        return SimpleNamespace(
            ambito=ambito,
            ente=ente,
            percorso=di,
            tavolo=tavolo(di, "inclusione", titolo="Inclusione e povertà"),
            rappresentante=fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=ente, email="legale@ente.example"),
            compilatore=fabbrica.utente(Ruolo.COMPILATORE, ente=ente),
            altro=fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=fabbrica.ente()),
            operatore=fabbrica.utente(Ruolo.OPERATORE, ambito=ambito),
            responsabile=fabbrica.utente(Ruolo.RESPONSABILE, ambito=ambito),
            in_conflitto=in_conflitto,
        )
