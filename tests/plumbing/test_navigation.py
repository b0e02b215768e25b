"""The menus and the frame: which words, for whom, where."""

from __future__ import annotations

from typing import Any

import pytest
from flask import g, url_for

from portal import navigation
from portal.db import sessione
from portal.tenancy import usa_ambito
from portal.utenti.models import Ruolo
from tests import fabbrica


@pytest.fixture
def ambito(contesto: Any) -> Any:
    nuovo = fabbrica.ambito("aa", comuni=("Capofila", "Beta"), email="ufficio@aa.example", pec=None, telefono=None)
    sessione.commit()
    return nuovo


def alla_pagina(app: Any, indirizzo: str, ambito: Any = None) -> Any:
    contesto = app.test_request_context(indirizzo)
    contesto.push()
    g.ambito, g.comuni = ambito, ("Capofila", "Beta") if ambito else ()
    return contesto


@pytest.mark.parametrize(
    ("indirizzo", "zona"),
    [
        ("/", "pubblico"),
        ("/aa/", "pubblico"),
        ("/aa/avvisi/ufficio-aperto", "pubblico"),
        ("/aa/ufficio", "ufficio"),
        ("/aa/ufficio/avvisi", "ufficio"),
        ("/ente", "ente"),
        ("/ente/proposte", "ente"),
        ("/aa/guida/ente", "pubblico"),
    ],
)
def test_la_zona_si_legge_dall_indirizzo(app: Any, indirizzo: str, zona: str) -> None:
    with app.test_request_context(indirizzo):
        assert navigation.zona() == zona


PUBBLICO = ["Guida ai servizi", "Avvisi", "Progetti", "Tavoli", "Rete", "Organi e verbali", "Calendario", "Piano di Zona"]
UFFICIO = [
    "Da fare",
    "Avvisi",
    "Proposte",
    "Progetti",
    "Guida",
    "Tavoli",
    "Rete",
    "Sedute",
    "Messaggi",
    "Registro",
    "Impostazioni",
]
ENTE = ["I nostri adempimenti", "Proposte", "Tavoli", "Rete", "Il nostro ente"]


@pytest.mark.parametrize(
    ("indirizzo", "con_ambito", "chi", "menu"),
    [
        ("/", False, None, []),
        ("/aa/", True, None, PUBBLICO),
        ("/aa/", True, Ruolo.OPERATORE, PUBBLICO),
        ("/aa/ufficio/", True, Ruolo.OPERATORE, UFFICIO[:-1]),  # the settings are the Responsabile’s
        ("/aa/ufficio/", True, Ruolo.RESPONSABILE, UFFICIO),
        ("/aa/ufficio/", True, Ruolo.COMMISSARIO, PUBBLICO),
        ("/aa/ufficio/", True, None, PUBBLICO),
        ("/ente", False, Ruolo.OPERATORE, ENTE),
        ("/ente", False, None, []),
    ],
)
def test_i_menu(app: Any, ambito: Any, indirizzo: str, con_ambito: bool, chi: Ruolo | None, menu: list[str]) -> None:
    utente = fabbrica.utente(chi, ambito=ambito) if chi else None
    contesto = alla_pagina(app, indirizzo, ambito if con_ambito else None)
    try:
        with usa_ambito(ambito.id):
            voci = navigation.voci(g.ambito, utente)
    finally:
        contesto.pop()
    assert [v.testo for v in voci] == menu
    assert all(v.url.startswith(("/aa/", "/ente")) for v in voci)


@pytest.mark.parametrize(
    ("indirizzo", "attiva"),
    [
        ("/aa/avvisi", ["Avvisi"]),
        ("/aa/guida", ["Guida ai servizi"]),
        ("/aa/piano", ["Piano di Zona"]),
        ("/aa/organi", ["Organi e verbali"]),
        ("/aa/organi/cabina/sedute", ["Organi e verbali"]),
        ("/aa/", []),
    ],
)
def test_la_voce_della_pagina_e_segnata(app: Any, ambito: Any, indirizzo: str, attiva: list[str]) -> None:
    contesto = alla_pagina(app, indirizzo, ambito)
    try:
        assert [v.testo for v in navigation.voci(ambito, None) if v.attiva] == attiva
    finally:
        contesto.pop()


def test_ogni_voce_e_ogni_collegamento_porta_a_una_pagina_che_c_e(app: Any, ambito: Any) -> None:
    """A word with no page behind is left out in silence: none must be."""
    menu = [nome for righe in (navigation.PUBBLICO, navigation.UFFICIO, navigation.ENTE) for _testo, nome in righe]
    assert [nome for nome in menu if nome not in app.view_functions] == []
    contesto = alla_pagina(app, "/aa/", ambito)
    try:
        collegamenti = navigation.collegamenti(ambito)
        regole = app.url_map.bind("localhost")
        assert [
            regole.match(u.partition("#")[0])[0] for u in (collegamenti.home, collegamenti.accedi, collegamenti.cerca)
        ] == [
            "home.ambito",
            "utenti.accedi",
            "guida.elenco",
        ]
    finally:
        contesto.pop()


def test_la_cornice_dell_ambito(app: Any, ambito: Any) -> None:
    contesto = alla_pagina(app, "/aa/", ambito)
    try:
        sito = navigation.sito(ambito, g.comuni)
    finally:
        contesto.pop()
    assert (sito.nome, sito.url, sito.radice) == ("Ambito sociale di Aa", "/aa/", "Ambito")
    assert sito.sottotitolo == "Servizi, avvisi e decisioni di 2 Comuni"
    assert sito.riga_sottile == "Comune capofila: Capofila"
    assert sito.contatti[1:] == (("E-mail", "ufficio@aa.example", "mailto:ufficio@aa.example"), ("PEC", None, None))


@pytest.mark.parametrize(
    ("indirizzo", "nome", "radice"),
    [("/", "Coprogetta", "Inizio"), ("/ente", "Area degli enti", "Area degli enti"), ("/accedi", "Coprogetta", "Inizio")],
)
def test_la_cornice_fuori_da_un_ambito(app: Any, indirizzo: str, nome: str, radice: str) -> None:
    with app.test_request_context(indirizzo):
        g.ambito = None
        sito = navigation.sito(None, ())
    assert (sito.nome, sito.radice) == (nome, radice)


def test_il_menu_della_persona_secondo_cio_che_e(app: Any, ambito: Any) -> None:
    voci = {}
    for chi, utente in {
        "nessuno": None,
        "operatore": fabbrica.utente(Ruolo.OPERATORE, ambito=ambito),
        "rappresentante": fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=fabbrica.ente()),
    }.items():
        account = navigation.account(utente)
        voci[chi] = [testo for testo, _url in account.voci] if account else None
    assert voci == {
        "nessuno": None,
        "operatore": ["Le tue cose da fare", "Accessi e password"],
        "rappresentante": ["Le tue cose da fare", "Area del tuo ente", "Accessi e password"],
    }
    assert url_for("utenti.esci") == navigation.account(fabbrica.utente()).esci


@pytest.mark.parametrize(
    ("ruolo", "dove", "indirizzo", "mostrato"),
    [
        (Ruolo.OPERATORE, "ambito", "/aa/ufficio", ("Operatore dell’Ufficio di Piano", None)),
        (Ruolo.OPERATORE, "altro", "/aa/ufficio", None),
        (Ruolo.COMPILATORE, "ente", "/ente", ("Compilatore", "puoi scrivere, non presentare")),
        (Ruolo.RAPPRESENTANTE, "ente", "/ente", ("Rappresentante legale", "puoi scrivere e presentare")),
        (Ruolo.RAPPRESENTANTE, "ente", "/aa/", None),
    ],
)
def test_il_ruolo_in_cima_alla_pagina(app: Any, ambito: Any, ruolo: Ruolo, dove: str, indirizzo: str, mostrato: Any) -> None:
    if dove == "ente":
        utente = fabbrica.utente(ruolo, ente=fabbrica.ente())
    else:
        utente = fabbrica.utente(ruolo, ambito=ambito if dove == "ambito" else fabbrica.ambito("bb"))
    with app.test_request_context(indirizzo):
        corrente = navigation.ruolo(ambito, utente)
    assert (corrente and (corrente.nome, corrente.puo)) == mostrato
    with app.test_request_context(indirizzo):
        assert navigation.ruolo(ambito, None) is None


def test_chi_non_e_dell_ufficio_non_vede_i_suoi_menu(contesto: Any, ambito: Any, entra: Any) -> None:
    """A page of error under /ufficio is drawn for whoever asks."""
    estraneo = entra(fabbrica.utente(Ruolo.OPERATORE, ambito=fabbrica.ambito("bb"))).get("/aa/ufficio/")
    assert estraneo.stato == 404
    assert "Registro" not in estraneo.testo
    di_casa = entra(fabbrica.utente(Ruolo.OPERATORE, ambito=ambito)).get("/aa/ufficio/")
    assert di_casa.stato == 200
    assert "Registro" in di_casa.testo
