"""An ente asks to take part, writes, sends, reads its answer; nobody else reads its drafts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import tenancy
from portal.clocks import adesso, oggi
from portal.db import sessione
from portal.enti.models import TipoEnte
from portal.tavoli.models import (
    Contributo,
    Momento,
    Partecipazione,
    StatoContributo,
    StatoPartecipazione,
    StatoTavolo,
)
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.guida.costruttori import scrivendo
from tests.palco import scena as su_palco

from .costruttori import contributo, incontro, partecipazione, percorso, tavolo

RICHIESTA = {"chi": "La presidente", "perche": "Ci lavoriamo ogni giorno."}
TESTI = {"bisogno": "La sera non c’è nessuno.", "destinatari": "Tutti", "proposta": "Aprire", "risorse": "Volontari"}


def tutti(tipo):
    with tenancy.tutti_gli_ambiti():
        return sessione.scalars(select(tipo).order_by(tipo.id).execution_options(populate_existing=True)).all()


def modulo(cliente, indirizzo, **valori):
    """Open the page, fill its form, send it."""
    return cliente.post(indirizzo, {**cliente.modulo(cliente.get(indirizzo)), **valori})


@pytest.fixture
def base(mondo):
    return f"/ente/{mondo.ente.id}/tavoli"


@pytest.fixture
@su_palco
def bozza(app, mondo):
    with scrivendo(app):
        return contributo(mondo.tavolo, mondo.ente, StatoContributo.BOZZA, bisogno="Segreto di bozza")


@pytest.mark.parametrize("tipo", [TipoEnte.PUBBLICO, TipoEnte.SINDACATO, TipoEnte.ALTRO])
def test_un_ente_fuori_dal_runts_siede_e_scrive(app, mondo, entra, tipo):
    with scrivendo(app):
        ente = fabbrica.ente_senza_runts(tipo)
        persona = fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=ente)
    chi, suo = entra(persona), f"/ente/{ente.id}/tavoli"
    pagina = chi.get(suo)
    assert "Inclusione e povertà" in pagina.testo
    assert "RUNTS" not in pagina.dom.main.get_text()
    assert modulo(chi, f"{suo}/{mondo.tavolo.id}/partecipa", **RICHIESTA).stato == 303
    assert [(p.ente_id, p.stato) for p in tutti(Partecipazione)] == [(ente.id, StatoPartecipazione.RICHIESTA)]
    assert chi.get(f"{suo}").stato == 200
    ufficio = entra(mondo.operatore)
    assert (
        ente.denominazione
        in ufficio.get("/prova/ufficio/tavoli").testo
        + ufficio.get(f"/prova/ufficio/tavoli/partecipazioni/{tutti(Partecipazione)[0].id}").testo
    )


def test_la_pagina_dell_ente_mostra_i_tavoli_aperti(app, mondo, base, entra):
    with scrivendo(app):
        tavolo(percorso(mondo.ambito, bozza=True), titolo="Non ancora")
        tavolo(mondo.percorso, titolo="Già finito", stato=StatoTavolo.RESTITUITO)
    chi = entra(mondo.rappresentante)
    assert chi.get("/ente/tavoli").luogo == base
    pagina = chi.get(base)
    assert ["Inclusione e povertà" in pagina.testo, "Non ancora" in pagina.testo, "Già finito" in pagina.testo] == [
        True, False, False,
    ]  # fmt: skip
    assert entra(mondo.altro).get(base).stato == 404


def test_chi_lavora_per_due_enti_li_vede_insieme(app, mondo, entra):
    with scrivendo(app):
        altro = fabbrica.ente(denominazione="Secondo ente")
        fabbrica.salva(fabbrica.RuoloUtente(utente_id=mondo.rappresentante.id, ruolo="rappresentante", ente_id=altro.id))
    pagina = entra(mondo.rappresentante).get("/ente/tavoli")
    assert (pagina.stato, "Secondo ente" in pagina.testo, mondo.ente.denominazione in pagina.testo) == (200, True, True)


def test_chiede_di_partecipare_una_volta_sola(mondo, base, entra):
    chi, pagina = entra(mondo.rappresentante), f"{base}/{mondo.tavolo.id}/partecipa"
    assert modulo(chi, pagina, **RICHIESTA).luogo == base
    (chiesta,) = tutti(Partecipazione)
    assert (chiesta.stato, chiesta.chi, chiesta.chiesta_da) == ("richiesta", "La presidente", mondo.rappresentante.id)
    assert chi.get(pagina).luogo == base
    ancora = chi.post(pagina, RICHIESTA)
    assert (ancora.stato, "ha già chiesto di partecipare" in ancora.testo) == (422, True)
    assert len(tutti(Partecipazione)) == 1
    assert "in attesa della decisione" in chi.get(base).testo


def test_il_compilatore_non_chiede_per_l_ente(mondo, base, entra):
    assert entra(mondo.compilatore).get(f"{base}/{mondo.tavolo.id}/partecipa").stato == 403
    assert entra(mondo.altro).get(f"{base}/{mondo.tavolo.id}/partecipa").stato == 404


@pytest.mark.parametrize(("campo", "valore"), [("chi", ""), ("perche", " "), ("chi", "x" * 301), ("perche", "x" * 4001)])
def test_una_richiesta_incompleta_resta_scritta(mondo, base, entra, campo, valore):
    rifiutata = modulo(entra(mondo.rappresentante), f"{base}/{mondo.tavolo.id}/partecipa", **{**RICHIESTA, campo: valore})
    assert (rifiutata.stato, bool(rifiutata.errore_di(campo))) == (422, True)
    assert tutti(Partecipazione) == []


def test_dopo_il_termine_non_si_chiede_piu(app, mondo, base, entra):
    with scrivendo(app):
        fabbrica.cambia(mondo.percorso, istanze_al=oggi() - timedelta(days=1))
    chi, pagina = entra(mondo.rappresentante), f"{base}/{mondo.tavolo.id}/partecipa"
    tardi = chi.post(pagina, RICHIESTA)
    assert tardi.stato == 403
    assert [d.get_text() for d in tardi.dom.select("main dd")] == ["La presidente", "Ci lavoriamo ogni giorno."]
    assert "qui sotto" not in chi.get(pagina).testo
    assert "Si poteva chiedere di partecipare fino al" in tardi.testo
    assert tutti(Partecipazione) == []


def test_ritira_e_poi_puo_chiedere_di_nuovo(app, mondo, base, entra):
    with scrivendo(app):
        ammessa = partecipazione(mondo.tavolo, mondo.ente, StatoPartecipazione.AMMESSA)
    chi = entra(mondo.rappresentante)
    assert entra(mondo.altro).post(f"/ente/tavoli/partecipazioni/{ammessa.id}/ritira").stato == 404
    assert chi.post(f"/ente/tavoli/partecipazioni/{ammessa.id}/ritira").luogo == base
    assert (tutti(Partecipazione)[0].stato, tutti(Partecipazione)[0].atto) == ("ritirata", "Determinazione n. 2")
    assert chi.post(f"/ente/tavoli/partecipazioni/{ammessa.id}/ritira").stato == 409
    assert modulo(chi, f"{base}/{mondo.tavolo.id}/partecipa", **RICHIESTA).stato == 303


def test_scrive_una_bozza_la_cambia_la_manda(app, mondo, base, entra):
    with scrivendo(app):
        incontro(mondo.tavolo, oggi() - timedelta(days=1))
    chi = entra(mondo.rappresentante)
    fatto = modulo(chi, f"{base}/{mondo.tavolo.id}/contributo", **TESTI)
    (scritto,) = tutti(Contributo)
    assert (fatto.luogo, scritto.stato) == (f"/ente/tavoli/contributi/{scritto.id}", "bozza")
    aperto = chi.modulo(chi.get(fatto.luogo))
    assert chi.post(fatto.luogo, {**aperto, "proposta": "Aprire anche la domenica"}).stato == 303
    assert chi.post(f"{fatto.luogo}/invia").luogo == fatto.luogo
    mandato = tutti(Contributo)[0]
    assert (mandato.stato, mandato.momento, mandato.proposta) == ("inviato", Momento.DOPO, "Aprire anche la domenica")
    pagina = chi.get(fatto.luogo)
    assert "arrivato dopo gli incontri" in pagina.testo
    assert not pagina.dom.select_one("textarea")
    assert chi.post(f"{fatto.luogo}/invia").stato == 409
    ritardo = chi.post(fatto.luogo, {**aperto, "proposta": "Un’altra ancora"})
    assert (ritardo.stato, "già stato mandato" in ritardo.testo) == (422, True)
    assert "Un’altra ancora" in ritardo.dom.main.get_text()
    assert tutti(Contributo)[0].proposta == "Aprire anche la domenica"


def test_il_compilatore_scrive_ma_non_manda(mondo, bozza, entra):
    chi = entra(mondo.compilatore)
    assert "La manda chi rappresenta l’ente" in chi.get(f"/ente/tavoli/contributi/{bozza.id}").testo
    assert chi.post(f"/ente/tavoli/contributi/{bozza.id}/invia").stato == 403
    assert tutti(Contributo)[0].stato == "bozza"


def test_la_bozza_di_un_altro_ente_non_si_trova(app, mondo, bozza, entra):
    for chi in (mondo.altro, mondo.operatore):
        assert entra(chi).get(f"/ente/tavoli/contributi/{bozza.id}").stato == 404
        assert entra(chi).post(f"/ente/tavoli/contributi/{bozza.id}/invia").stato == 404
    ufficio = entra(mondo.operatore)
    assert ufficio.get(f"/prova/ufficio/tavoli/contributi/{bozza.id}").stato == 404
    for pagina in ("/prova/ufficio/tavoli", "/prova/ufficio/tavoli/inclusione", "/prova/tavoli/inclusione"):
        assert "Segreto di bozza" not in ufficio.get(pagina).testo
    with scrivendo(app):
        cittadino = contributo(mondo.tavolo, None)
    assert entra(mondo.rappresentante).get(f"/ente/tavoli/contributi/{cittadino.id}").stato == 404


def test_due_che_scrivono_la_stessa_bozza(mondo, bozza, entra):
    pagina = f"/ente/tavoli/contributi/{bozza.id}"
    primo = entra(mondo.compilatore)
    aperto = primo.modulo(primo.get(pagina))
    assert modulo(entra(mondo.rappresentante), pagina, **TESTI).stato == 303
    tardi = primo.post(pagina, {**aperto, "bisogno": "La mia versione"})
    assert (tardi.stato, "La mia versione" in tardi.testo, TESTI["bisogno"] in tardi.testo) == (409, True, True)


def test_dopo_il_termine_la_bozza_resta_da_leggere(app, mondo, base, bozza, entra):
    with scrivendo(app):
        fabbrica.cambia(mondo.percorso, contributi_al=oggi() - timedelta(days=1))
    chi = entra(mondo.rappresentante)
    tardi = chi.post(f"/ente/tavoli/contributi/{bozza.id}/invia")
    assert (tardi.stato, "Segreto di bozza" in tardi.testo) == (403, True)
    assert "si potevano mandare fino al" in tardi.testo
    assert "Segreto di bozza" in chi.get(f"/ente/tavoli/contributi/{bozza.id}").testo
    nuovo = chi.post(f"{base}/{mondo.tavolo.id}/contributo", TESTI)
    assert (nuovo.stato, TESTI["proposta"] in nuovo.testo) == (403, True)
    assert [c.stato for c in tutti(Contributo)] == ["bozza"]


def test_dopo_la_restituzione_non_si_manda(app, mondo, bozza, entra):
    with scrivendo(app):
        fabbrica.cambia(mondo.tavolo, stato=StatoTavolo.RESTITUITO, restituito_il=adesso())
    tardi = entra(mondo.rappresentante).post(f"/ente/tavoli/contributi/{bozza.id}/invia")
    assert (tardi.stato, "ha finito i suoi lavori" in tardi.testo) == (403, True)


def test_l_ente_legge_la_risposta_anche_se_non_si_pubblica(app, mondo, entra):
    with scrivendo(app):
        c = contributo(
            mondo.tavolo, mondo.ente, StatoContributo.RISPOSTO, pubblico=False, motivo="Si riconosce una **persona**."
        )
    pagina = entra(mondo.compilatore).get(f"/ente/tavoli/contributi/{c.id}")
    assert "Si riconosce una persona ." in pagina.testo or "Si riconosce una persona." in pagina.testo
    assert "lo leggete solo voi" in pagina.testo


@pytest.mark.parametrize("parte", ["partecipa", "contributo"])
def test_un_tavolo_in_bozza_o_inventato_non_c_e(app, mondo, base, entra, parte):
    with scrivendo(app):
        di_bozza = tavolo(percorso(mondo.ambito, bozza=True))
    for tavolo_id in (di_bozza.id, 999_999):
        assert entra(mondo.rappresentante).get(f"{base}/{tavolo_id}/{parte}").stato == 404


@pytest.mark.parametrize("quanti", [1, 20])
def test_la_pagina_dell_ente_costa_lo_stesso(app, mondo, base, entra, conta_query, quanti):
    with scrivendo(app):
        for _ in range(quanti):
            t = tavolo(mondo.percorso)
            partecipazione(t, mondo.ente)
            contributo(t, mondo.ente)
    chi = entra(mondo.rappresentante)
    chi.get(base)
    with conta_query() as conto:
        assert chi.get(base).stato == 200
    assert conto.totale <= 8, conto.testi
