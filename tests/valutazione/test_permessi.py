"""Role by endpoint: who may open the pages of an evaluation, at the moment when the most is open."""

from __future__ import annotations

import pytest

from .costruttori import Scena, al_lavoro, astenuto, commissione, dentro, lavora_per, pubblica, scena, stati, valuta_tutto

RUOLI = (
    "anonimo",
    "ente_proprio",
    "altro_ente",
    "commissario",
    "commissario_in_conflitto",
    "commissario_non_nominato",
    "operatore",
    "responsabile",
    "ufficio_in_conflitto",
    "ufficio_altro_ambito",
)


def solo(*ammessi: str) -> dict[str, int]:
    return {r: 200 if r in ammessi else 303 if r == "anonimo" else 404 for r in RUOLI}


IMPARZIALI = {**solo("operatore", "responsabile"), "ufficio_in_conflitto": 403}
DEI_COMMISSARI = solo("commissario", "commissario_in_conflitto", "commissario_non_nominato")
DEI_NOMINATI = solo("commissario", "commissario_in_conflitto")
PAGINE = {
    "/ufficio/valutazione": {**IMPARZIALI, "ufficio_in_conflitto": 200},
    "/ufficio/avvisi/{slug}/valutazione": IMPARZIALI,
    "/ufficio/avvisi/{slug}/valutazione/proposte/{proposta}": IMPARZIALI,
    "/ufficio/avvisi/{slug}/valutazione/commissione": IMPARZIALI,
    "/ufficio/avvisi/{slug}/valutazione/commissione/{membro}/sostituisci": IMPARZIALI,
    "/ufficio/avvisi/{slug}/valutazione/graduatoria": IMPARZIALI,
    "/ufficio/avvisi/{slug}/valutazione/esito": IMPARZIALI,
    "/commissione": DEI_COMMISSARI,
    "/commissione/{slug}": DEI_NOMINATI,
    "/commissione/{slug}/dichiarazione": DEI_NOMINATI,
    "/commissione/{slug}/proposte/{proposta}": solo("commissario"),
    "/avvisi/{slug}/esito": dict.fromkeys(RUOLI, 404),
}
SCRITTURE = (
    "/ufficio/avvisi/{slug}/valutazione/proposte/{proposta}",
    "/ufficio/avvisi/{slug}/valutazione/commissione",
    "/ufficio/avvisi/{slug}/valutazione/commissione/{membro}/sostituisci",
    "/ufficio/avvisi/{slug}/valutazione/esito",
    "/commissione/{slug}/dichiarazione",
    "/commissione/{slug}/proposte/{proposta}",
)


def persone(app, s: Scena, altra: Scena):
    lavora_per(app, s, s.commissari[1], s.enti[0])
    return {
        "ente_proprio": s.rappresentanti[0],
        "altro_ente": altra.rappresentanti[0],
        "commissario": s.commissari[0],
        "commissario_in_conflitto": s.commissari[1],
        "commissario_non_nominato": s.commissari[4],
        "operatore": s.operatore,
        "responsabile": s.responsabile,
        "ufficio_in_conflitto": astenuto(app, s, s.enti[0]),
        "ufficio_altro_ambito": altra.operatore,
    }


@pytest.mark.parametrize("ruolo", RUOLI)
def test_ruoli_e_pagine(app, entra, cliente, ruolo):
    s, altra = al_lavoro(app, scena(app, richiesti=("10.00",))), scena(app, richiesti=("10.00",))
    persona = persone(app, s, altra).get(ruolo)
    with dentro(app, s):
        valori = {"slug": s.slug, "proposta": s.proposte[0], "membro": commissione(s).membri[2].id}
    navigatore = entra(persona) if persona is not None else cliente
    avuti = {p: navigatore.get(f"/{s.ambito.slug}{p.format(**valori)}").stato for p in PAGINE}
    assert avuti == {p: attesi[ruolo] for p, attesi in PAGINE.items()}
    for percorso in SCRITTURE:
        if PAGINE[percorso][ruolo] != 200:
            stato = navigatore.post(f"/{s.ambito.slug}{percorso.format(**valori)}", {"decisione": "no", "motivo": "x"}).stato
            assert stato == (401 if ruolo == "anonimo" else PAGINE[percorso][ruolo]), percorso
    assert stati(app, s) == ["ammessa"]


@pytest.mark.parametrize("ruolo", RUOLI)
def test_l_esito_pubblicato_e_di_tutti(app, entra, cliente, ruolo):
    s, altra = scena(app, richiesti=("10.00",)), scena(app, richiesti=("10.00",))
    pubblica(app, valuta_tutto(app, al_lavoro(app, s)))
    persona = persone(app, s, altra).get(ruolo)
    navigatore = entra(persona) if persona is not None else cliente
    assert navigatore.get(f"/{s.ambito.slug}/avvisi/{s.slug}/esito").stato == 200
