"""The term of a tavolo is looked at when the form reached us, not when its turn came (L. 241/1990; domain.md 1.11)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from portal import clocks
from portal.ambiti.models import Ambito
from portal.clocks import da_roma
from portal.db import sessione
from portal.errors import FuoriTermine
from portal.tavoli import queries
from portal.tavoli.models import StatoContributo
from portal.tavoli.operations import contributi, partecipazioni
from tests import fabbrica

from . import costruttori as c

ULTIMO = da_roma(datetime(2026, 11, 30, 23, 59, 59))
DOPO = ULTIMO + timedelta(seconds=20)


@pytest.fixture
def tavolo(contesto):
    ambito = fabbrica.ambito()
    giorno = clocks.a_roma(ULTIMO).date()
    with clocks.alle(ULTIMO - timedelta(days=2)):
        nuovo = c.tavolo(c.percorso(ambito, istanze_al=giorno, contributi_al=giorno))
    return queries.tavolo(nuovo.slug)


def test_una_richiesta_arrivata_in_tempo_vale_anche_se_ha_aspettato(tavolo):
    ente, altro = fabbrica.ente(), fabbrica.ente()
    with clocks.alle(DOPO):
        partecipazioni.chiedi(tavolo, ente, chi="Presidente", perche="Sì.", arrivo=ULTIMO, attore=None)
        with pytest.raises(FuoriTermine):
            partecipazioni.chiedi(tavolo, altro, chi="Presidente", perche="Sì.", arrivo=DOPO, attore=None)
        with pytest.raises(FuoriTermine):
            partecipazioni.chiedi(tavolo, altro, chi="Presidente", perche="Sì.", attore=None)


def test_un_contributo_arrivato_in_tempo_vale_anche_se_ha_aspettato(tavolo):
    with clocks.alle(DOPO):
        bozza = contributi.scrivi_bozza(
            tavolo, fabbrica.ente(), testi=contributi.Testi("Serve."), arrivo=ULTIMO, attore=None
        )
        with pytest.raises(FuoriTermine):
            contributi.invia(bozza, arrivo=DOPO, attore=None)
        contributi.invia(bozza, arrivo=ULTIMO, attore=None)
    assert bozza.stato == StatoContributo.INVIATO


def test_anche_la_pagina_guarda_quando_il_modulo_e_arrivato(tavolo, cliente, monkeypatch):
    ambito = sessione.get_one(Ambito, tavolo.ambito_id)
    pagina = f"/{ambito.slug}/tavoli/{tavolo.slug}/contributo"
    testi = {"bisogno": "Serve un autobus.", "email": "a@prova.example"}
    with clocks.alle(ULTIMO):
        aperta = cliente.modulo(cliente.get(pagina))
    with clocks.alle(DOPO):
        assert cliente.post(pagina, {**aperta, **testi}).stato == 403
        monkeypatch.setattr("portal.web.adesso", lambda: ULTIMO)
        assert cliente.post(pagina, {**aperta, **testi}).stato != 403
