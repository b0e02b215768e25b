"""What a page costs in queries: few, and the same whatever the number of rows."""

from __future__ import annotations

import pytest

from portal.guida import operations
from portal.guida.rules import DatiContatto, DatiSede
from portal.utenti.models import Ruolo
from tests import fabbrica

from .costruttori import scrivendo, servizio

TESTI = {"titolo": "x", "descrizione": "x", "breve_per_chi": "", "breve_costo": "", "breve_portare": "", "breve_urgenza": ""}


def riempi(app, quanti):
    with scrivendo(app):
        ambito = fabbrica.ambito(f"a{quanti}")
        scheda, _ = fabbrica.scheda(ambito)
        for n in range(quanti):
            sedi, contatti = (DatiSede("Sede"),) * quanti, (DatiContatto("telefono", "Tel", "112"),) * quanti
            s = servizio(ambito, f"s{n}", sedi=sedi, contatti=contatti, parole="zampogna", scheda_id=scheda.id)
            operations.traduci(s, "en", TESTI, attore=None)
            operations.lascia_parere(s, chiarezza=3, testo="Bene")
        return ambito, fabbrica.utente(Ruolo.RESPONSABILE, ambito=ambito)


PUBBLICHE = ["guida", "guida?q=zampogna", "guida?q=zampogna&categoria=anziani", "guida/s0", "guida/s0/stampa"]


@pytest.mark.parametrize("coda", PUBBLICHE)
def test_le_pagine_pubbliche_costano_sei_query_al_massimo(app, cliente, conta_query, coda):
    costi = []
    for quanti in (1, 3):
        riempi(app, quanti)
        with conta_query() as conto:
            assert cliente.get(f"/a{quanti}/{coda}").stato == 200
        costi.append(conto.totale)
    assert costi[0] == costi[1]
    assert costi[1] <= 6, conto.testi


@pytest.mark.parametrize("coda", ["ufficio/guida", "ufficio/guida/s0", "ufficio/guida/nuova"])
def test_le_pagine_dell_ufficio_costano_dieci_query_al_massimo(app, entra, conta_query, coda):
    costi = []
    for quanti in (1, 3):
        _, utente = riempi(app, quanti)
        browser = entra(utente)
        with conta_query() as conto:
            assert browser.get(f"/a{quanti}/{coda}").stato == 200
        costi.append(conto.totale)
    assert costi[0] == costi[1]
    assert costi[1] <= 10, conto.testi
