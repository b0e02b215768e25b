"""Everyday words find the page one needs, in the guide that the demonstration carries."""

from __future__ import annotations

import pytest

from portal.ambiti.queries import comuni
from portal.db import sessione
from portal.demo import guida as demo
from portal.guida import queries
from portal.guida.models import Categoria
from portal.guida.queries import Filtri
from portal.home.rules import PAROLE
from portal.tenancy import usa_ambito
from tests import fabbrica

from .costruttori import scrivendo, servizio

NIENTE = Filtri()


@pytest.fixture
def casarano(contesto):
    ambito = fabbrica.ambito("casarano", comuni=("Casarano", "Matino"))
    with usa_ambito(ambito.id):
        assert demo.carica(ambito) == 34
        yield ambito


def slug(ambito, testo, filtri=NIENTE):
    return [r.slug for r in queries.cerca(testo, filtri, ambito_id=ambito.id).righe]


def test_le_parole_di_tutti_i_giorni(casarano):
    attese = {
        "assistenza anziani": "assistenza-domiciliare",
        "citta": "sportello-immigrati",
        "violenza": "centro-antiviolenza",
        "badante": "assistenza-domiciliare",
        "non arrivo a fine mese": "sostegno-al-reddito",
        "assistensa": "assistenza-domiciliare",
        "mio marito mi picchia": "centro-antiviolenza",
        "SFRATTO": "pronto-intervento-sociale",
        "domestic violence": "protezione-bambini-e-ragazzi",
    }
    trovati = {testo: slug(casarano, testo) for testo in attese}
    assert {t: voluta for t, voluta in attese.items() if voluta not in trovati[t]} == {}
    assert trovati["violenza"][0] == trovati["mio marito mi picchia"][0] == "centro-antiviolenza"
    assert trovati["badante"][0] == "assistenza-domiciliare"


def test_ogni_parola_della_prima_pagina_trova_qualcosa(casarano):
    assert [str(p) for p in PAROLE if not slug(casarano, str(p))] == []


def test_una_parola_sbagliata_si_corregge_e_si_dice(casarano):
    trovati = queries.cerca("trasprto", NIENTE, ambito_id=casarano.id)
    assert trovati.corretta == "trasporto"
    assert "trasporto-sociale" in [r.slug for r in trovati.righe]


def test_niente_di_niente(casarano):
    trovati = queries.cerca("xyzzyqq", NIENTE, ambito_id=casarano.id)
    assert (trovati.righe, trovati.totale, trovati.dopo) == ((), 0, None)


def test_i_filtri_valgono_anche_per_la_ricerca(contesto):
    ambito = fabbrica.ambito(comuni=("Casarano", "Matino"))
    with usa_ambito(ambito.id):
        casarano, matino = (c.id for c in comuni())
        ovunque = servizio(ambito, "ovunque", parole="ciaramella")
        servizio(ambito, "solo-casarano", parole="ciaramella", comuni=frozenset({casarano}))
        servizio(ambito, "solo-matino", parole="ciaramella", comuni=frozenset({matino}), categoria=Categoria.VIOLENZA)
        assert set(slug(ambito, "ciaramella")) == {"ovunque", "solo-casarano", "solo-matino"}
        assert set(slug(ambito, "ciaramella", Filtri(comune="Matino"))) == {"ovunque", "solo-matino"}
        assert slug(ambito, "ciaramella", Filtri(categoria=Categoria.VIOLENZA)) == ["solo-matino"]
        assert slug(ambito, "ciaramella", Filtri(categoria=Categoria.VIOLENZA, comune="Casarano")) == []
        assert [r.slug for r in queries.elenco(Filtri(comune="Matino"))] == [ovunque.slug, "solo-matino"]


def test_la_ricerca_si_sfoglia(casarano):
    prima = queries.cerca("aiuto", NIENTE, ambito_id=casarano.id)
    assert (len(prima.righe), prima.dopo) == (20, 20)
    seconda = queries.cerca("aiuto", NIENTE, ambito_id=casarano.id, salta=20)
    assert set(prima.righe).isdisjoint(seconda.righe)
    assert prima.totale == 20 + len(seconda.righe)


def test_ogni_ambito_trova_le_sue_e_la_prima_pagina_le_trova_tutte(app):
    with scrivendo(app):
        uno, due = fabbrica.ambito(), fabbrica.ambito()
        di_uno, di_due = servizio(uno, parole="zampogna"), servizio(due, parole="zampogna")
        servizio(due, parole="zampogna", pubblicato=False)
        sessione.flush()
        assert {r.id for r in queries.cerca_ovunque("zampogna").righe} == {di_uno.id, di_due.id}
    with app.test_request_context("/"), usa_ambito(uno.id):
        assert [r.id for r in queries.cerca("zampogna", NIENTE, ambito_id=uno.id).righe] == [di_uno.id]
