"""Role by endpoint: who may open the pages of projects."""

from __future__ import annotations

import pytest

from portal.utenti.models import Ruolo, RuoloUtente

from .costruttori import Scena, crea, dentro, lega, progetto, scena

UFFICIO = {
    "anonimo": 303,
    "ente_proprio": 404,
    "altro_ente": 404,
    "commissario": 404,
    "operatore": 200,
    "operatore_in_conflitto": 403,
    "responsabile": 200,
    "ufficio_altro_ambito": 404,
}
PUBBLICO = dict.fromkeys(UFFICIO, 200)
ENDPOINT = {
    "/progetti": PUBBLICO,
    "/progetti/progetto-1": PUBBLICO,
    "/ufficio/progetti": {**UFFICIO, "operatore_in_conflitto": 200},
    "/ufficio/progetti/nuovo/{proposta}": UFFICIO,
    "/ufficio/progetti/progetto-1": UFFICIO,
    "/ufficio/progetti/progetto-1/attiva": UFFICIO,
}


def chi(app, s: Scena, altra: Scena, nome: str):
    if nome == "operatore_in_conflitto":
        with dentro(app, s):
            from portal.db import sessione

            sessione.add(s.altro_operatore)
            s.altro_operatore.ruoli.append(RuoloUtente(ruolo=Ruolo.DELEGATO, ente_id=s.enti[1].id))  # a rival of progetto-1
    return {
        "ente_proprio": s.rappresentanti[0],
        "altro_ente": altra.rappresentanti[0],
        "commissario": s.commissario,
        "operatore": s.operatore,
        "operatore_in_conflitto": s.altro_operatore,
        "responsabile": s.responsabile,
        "ufficio_altro_ambito": altra.operatore,
    }.get(nome)


@pytest.mark.parametrize("nome", UFFICIO)
def test_ruoli_e_pagine(app, entra, cliente, nome):
    s, altra = scena(app, richiesti=("40000.00", "1000.00")), scena(app)
    crea(app, s)
    impegno = lega(app, s, "40000.00").id
    persona = chi(app, s, altra, nome)
    navigatore = entra(persona) if persona is not None else cliente
    avuti = {
        percorso: navigatore.get(f"/{s.ambito.slug}{percorso.format(proposta=s.proposte[1])}").stato for percorso in ENDPOINT
    }
    assert avuti == {percorso: attesi[nome] for percorso, attesi in ENDPOINT.items()}
    for percorso in ("/progetto-1", "/progetto-1/attiva", f"/progetto-1/impegni/{impegno}/togli"):
        if UFFICIO[nome] != 200:
            scritto = navigatore.post(s.url(percorso), {"riga": s.riga_id, "importo": "1,00"}).stato
            assert scritto == (401 if nome == "anonimo" else UFFICIO[nome])
    with dentro(app, s):
        assert (progetto(s).stato.value, len(progetto(s).impegni)) == ("da_legare", 1)


def test_l_elenco_non_porta_dove_ci_si_astiene(app, entra, conta_query):
    """To the public page instead, and for one query more than a colleague's."""
    s, altra = scena(app, richiesti=("40000.00", "1000.00")), scena(app)
    crea(app, s)
    nuovo, lega_uno = s.url(f"/nuovo/{s.proposte[1]}"), s.url("/progetto-1")
    costi = []
    for persona, astenuto in ((s.operatore, False), (chi(app, s, altra, "operatore_in_conflitto"), True)):
        browser = entra(persona)
        browser.get(s.url())
        with conta_query() as conto:
            pagina = browser.get(s.url())
        costi.append(conto.totale)
        verso = {a["href"] for a in pagina.dom.main.find_all("a", href=True)}
        assert (nuovo in verso, lega_uno in verso) == (not astenuto, not astenuto)
        assert (s.pubblico("/progetto-1") in verso) is astenuto
        assert ("Ti astieni: lavori per un ente che partecipa." in pagina.testo) is astenuto
    assert costi[1] - costi[0] == 1


def test_su_un_altro_avviso_l_elenco_porta_al_lavoro(app, entra):
    s, altra = scena(app), scena(app)
    with dentro(app, s):
        from portal.db import sessione

        sessione.add(s.altro_operatore)
        s.altro_operatore.ruoli.append(RuoloUtente(ruolo=Ruolo.DELEGATO, ente_id=altra.enti[0].id))
    pagina = entra(s.altro_operatore).get(s.url())
    assert pagina.dom.find("a", href=s.url(f"/nuovo/{s.proposte[0]}")) is not None
