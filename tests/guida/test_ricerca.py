"""Everyday words find the page one needs, in the guide that the demonstration carries."""

from __future__ import annotations

import pytest

from portal import create_app
from portal.ambiti.models import Ambito
from portal.ambiti.queries import comuni
from portal.db import sessione
from portal.demo import guida as demo
from portal.guida import queries
from portal.guida.models import Categoria
from portal.guida.queries import Filtri
from portal.home.rules import PAROLE
from portal.tenancy import tutti_gli_ambiti, usa_ambito
from portal.transaction import unita
from tests import fabbrica
from tests.conftest import configurazione

from .costruttori import scrivendo, servizio

NIENTE = Filtri()


@pytest.fixture(scope="module")
def guida_piena(banca, tmp_path_factory, compilati):
    """The demonstration's guide on a database of its own, loaded once: the tests here only read it."""
    app = create_app(configurazione(banca.nuova(), tmp_path_factory.mktemp("guida")))
    app.jinja_env.bytecode_cache = compilati
    with app.test_request_context("/"), tutti_gli_ambiti(), unita():
        ambito = fabbrica.ambito("casarano", comuni=("Casarano", "Matino"))
        with usa_ambito(ambito.id):
            assert demo.carica(ambito) == 34
        ambito_id = ambito.id
    sessione.remove()
    yield app, ambito_id
    app.extensions["motore"].dispose()


@pytest.fixture
def casarano(guida_piena, contesto):
    app, ambito_id = guida_piena
    della_prova = sessione().bind
    sessione.remove()
    sessione.configure(bind=app.extensions["motore"])
    with usa_ambito(ambito_id):
        yield sessione.get_one(Ambito, ambito_id)
    sessione.remove()
    sessione.configure(bind=della_prova)


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
