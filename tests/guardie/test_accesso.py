"""Every endpoint says who may enter, what writes is in a transaction, and no form is sent without its token."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.routing import Rule
from werkzeug.routing.converters import AnyConverter, IntegerConverter

from portal.access import REGOLE
from portal.tenancy import tutti_gli_ambiti
from portal.transaction import unita
from portal.utenti.models import Ruolo
from portal.web import SICURI, Area
from tests import fabbrica

from .sorgenti import nessuno

DEL_FRAMEWORK = {"static"}
"""Flask's own endpoint, which serves our static files: it has no view of ours to mark."""


def regole(app: Any) -> Iterator[tuple[Rule, Any]]:
    for regola in app.url_map.iter_rules():
        if regola.endpoint not in DEL_FRAMEWORK:
            yield regola, app.view_functions[regola.endpoint]


def metodi(regola: Rule) -> set[str]:
    return set(regola.methods or ()) - SICURI


def test_ogni_endpoint_dice_chi_puo_entrare(portale: Any):
    nessuno(r.endpoint for r, vista in regole(portale) if not getattr(vista, "accesso", None))


def test_ogni_permesso_chiesto_ha_la_sua_regola(portale: Any):
    chiesti = {(r.endpoint, getattr(vista, "accesso", "pubblico")) for r, vista in regole(portale)}
    nessuno(f"{endpoint}: {permesso}" for endpoint, permesso in sorted(chiesti) if permesso not in {*REGOLE, "pubblico"})


def test_ogni_permesso_e_dichiarato_nel_modulo_della_sua_area(portale: Any):
    """``avvisi.prepara`` is a rule of ``portal/avvisi``: whoever greps the word finds it."""
    assert portale
    fuori = [p for p, r in REGOLE.items() if f".{p.partition('.')[0]}." not in f"{r.predicato.__module__}."]
    riusati = [p for p in fuori if REGOLE[p].predicato.__module__ != "portal.utenti.permissions"]
    nessuno(riusati)


def test_chi_legge_non_scrive_e_chi_scrive_e_in_una_transazione(portale: Any):
    sbagliati = [
        f"{r.endpoint}: metodi {sorted(r.methods or ())}, scrive={getattr(vista, 'scrive', False)}"
        for r, vista in regole(portale)
        if bool(metodi(r)) != bool(getattr(vista, "scrive", False))
    ]
    nessuno(sbagliati)


def test_ogni_area_nasce_da_area(portale: Any):
    """A plain Blueprint would not wrap its views: nothing would be saved."""
    assert portale.blueprints
    nessuno(nome for nome, b in portale.blueprints.items() if not isinstance(b, Area))


def test_ogni_indirizzo_comincia_con_la_parola_della_sua_area(portale: Any):
    """One word travels through everything: URL, package, templates (the frame's own pages apart)."""
    senza_parola = {"home", "utenti", "enti"}
    strane = [
        f"{r.endpoint} {r.rule}"
        for r, _vista in regole(portale)
        if (area := r.endpoint.partition(".")[0]) in portale.blueprints
        and area not in senza_parola
        and area not in r.rule
        and r.endpoint not in FUORI_PAROLA
    ]
    nessuno(strane)


FUORI_PAROLA = {
    "proposte.allegato",  # a file has the same address for whoever may read it
    "valutazione.esito",  # the outcome is a page of its avviso
    "valutazione.commissario",  # commissioners know the word «commissione»
    "valutazione.dichiarazione",
    "valutazione.proposte",
    "valutazione.punteggi",
}


def test_nessuna_vista_e_esente_dal_csrf(portale: Any):
    protezione = portale.extensions["csrf"]
    assert protezione._exempt_views == set()
    assert protezione._exempt_blueprints == set()
    assert (portale.config["WTF_CSRF_ENABLED"], portale.config["WTF_CSRF_CHECK_DEFAULT"]) == (True, True)
    assert set(portale.config["WTF_CSRF_METHODS"]) >= {"POST", "PUT", "PATCH", "DELETE"}


def valori_finti(app: Any, regola: Rule) -> dict[str, Any]:
    """Values that fit the converters of a route, and find nothing."""
    finti: dict[str, Any] = {}
    for nome in regola.arguments:
        convertitore = regola._converters[nome]
        if isinstance(convertitore, AnyConverter):
            finti[nome] = sorted(convertitore.items)[0]
        else:
            finti[nome] = 1 if isinstance(convertitore, IntegerConverter) else "x"
    return finti


@pytest.fixture
def ambito(app: Any) -> Any:
    with app.app_context(), tutti_gli_ambiti(), unita():
        return fabbrica.ambito("prova")


def test_ogni_modulo_senza_gettone_e_rifiutato(app: Any, ambito: Any):
    """Before anything else, even before asking who it is: 400 and nothing runs."""
    client, provati = app.test_client(), 0
    for regola, _vista in regole(app):
        for metodo in metodi(regola):
            valori = {**valori_finti(app, regola), **({"ambito": ambito.slug} if "ambito" in regola.arguments else {})}
            with app.test_request_context():
                indirizzo = app.url_map.bind("localhost").build(regola.endpoint, valori, method=metodo)
            risposta = client.open(indirizzo, method=metodo, data={"testo": "quello che avevo scritto"})
            assert risposta.status_code == 400, f"{metodo} {indirizzo}: {risposta.status}"
            provati += 1
    assert provati > 30


def test_i_predicati_rispondono_si_o_no_senza_sapere_chi_c_e(portale: Any):
    """A rule is two values in and a bool out: it must not look at who is logged in or at the request."""
    guardano = [
        permesso
        for permesso, regola in REGOLE.items()
        if {"current_user", "request", "g", "session"} & set(regola.predicato.__code__.co_names)
    ]
    nessuno(guardano)


@pytest.mark.parametrize("slug", ["quello-che-c-e", "quello-che-non-c-e"])
def test_chi_non_e_dell_ufficio_ha_la_risposta_prima_che_si_legga(app, entra, conta_query, slug):
    """The Ambito and who is asking: nothing else is read, so nothing else can show."""
    with app.app_context(), tutti_gli_ambiti():
        ambito = fabbrica.ambito("prova")
        fabbrica.avviso(ambito, slug="quello-che-c-e")
        cliente = entra(fabbrica.utente(Ruolo.COMMISSARIO, ambito=ambito))
    with conta_query() as n:
        assert cliente.get(f"/prova/ufficio/avvisi/{slug}").stato == 404
    assert n.totale == 2, n.testi
