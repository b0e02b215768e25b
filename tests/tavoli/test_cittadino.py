"""A citizen writes, confirms by mail, has an answer, is forgotten."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import clocks, tenancy
from portal.audit.models import Evento
from portal.clocks import adesso, oggi
from portal.db import sessione
from portal.outbox import CANCELLATO, Messaggio
from portal.scadenze import dimentica_mittenti
from portal.tavoli.models import Contributo, Mittente, StatoContributo, StatoTavolo
from tests import fabbrica
from tests.guida.costruttori import scrivendo

from .costruttori import contributo, mittente

PAGINA = "/prova/tavoli/inclusione/contributo"
TESTI = {"bisogno": "La sera non c’è nessun autobus.", "destinatari": "Anziani", "proposta": "Una corsa in più"}
SCRITTO = {**TESTI, "email": "Cittadina@Posta.example"}


def tutti(tipo):
    with tenancy.tutti_gli_ambiti():
        return sessione.scalars(select(tipo).order_by(tipo.id).execution_options(populate_existing=True)).all()


def manda(cliente, **altro):
    return cliente.post(PAGINA, {**SCRITTO, **altro}, da=PAGINA)


def collegamento():
    return re.search(r"http://localhost(/prova/tavoli/conferma/\S+)", tutti(Messaggio)[-1].testo)[1]


def test_quello_che_scrive_aspetta_la_conferma(mondo, cliente, entra):
    assert "Non scrivere nomi né storie di persone" in cliente.get(PAGINA).testo
    fatto = manda(cliente)
    assert fatto.stato == 303
    assert "Guarda la tua posta" in cliente.get(fatto.luogo).testo
    (scritto,), (chi,) = tutti(Contributo), tutti(Mittente)
    assert (scritto.stato, scritto.ente_id, scritto.momento) == (StatoContributo.DA_CONFERMARE, None, None)
    assert (chi.email, chi.confermato_il) == ("cittadina@posta.example", None)
    assert collegamento().rsplit("/", 1)[1] != chi.gettone
    assert "autobus" not in entra(mondo.operatore).get("/prova/ufficio/tavoli").testo
    assert entra(mondo.operatore).get(f"/prova/ufficio/tavoli/contributi/{scritto.id}").stato == 404


def test_la_conferma_lo_porta_all_ufficio_una_volta_sola(mondo, cliente, entra):
    manda(cliente)
    pagina = collegamento()
    assert "autobus" in cliente.get(pagina).testo
    assert tutti(Contributo)[0].stato == StatoContributo.DA_CONFERMARE
    assert cliente.post(pagina, da=pagina).stato == 200
    assert (tutti(Contributo)[0].stato, tutti(Contributo)[0].momento) == (StatoContributo.INVIATO, "prima")
    for ancora in (cliente.get(pagina), cliente.post(pagina, da=PAGINA)):
        assert (ancora.stato, "Il contributo è arrivato" in ancora.testo) == (200, True)
    with tenancy.tutti_gli_ambiti():
        azioni = sessione.scalars(select(Evento.azione).where(Evento.azione.startswith("tavoli."))).all()
    assert azioni == ["tavoli.scrivi_da_cittadino", "tavoli.conferma"]
    assert "autobus" in entra(mondo.operatore).get("/prova/ufficio/tavoli").testo


def test_un_collegamento_scaduto_o_inventato_non_vale(mondo, cliente):
    manda(cliente)
    pagina = collegamento()
    with clocks.alle(adesso() + timedelta(hours=49)):
        for scaduto in (cliente.get(pagina), cliente.post(pagina, da="/verifica")):
            assert (scaduto.stato, "non vale più" in scaduto.testo) == (404, True)
    assert cliente.get("/prova/tavoli/conferma/inventato").stato == 404
    assert tutti(Contributo)[0].stato == StatoContributo.DA_CONFERMARE


def test_il_collegamento_di_un_altro_ambito_non_vale(app, mondo, cliente):
    with scrivendo(app):
        fabbrica.ambito("altrove")
    manda(cliente)
    assert cliente.get(collegamento().replace("/prova/", "/altrove/")).stato == 404


def test_si_conferma_dopo_il_termine_ma_non_dopo_la_restituzione(app, mondo, cliente):
    manda(cliente)
    pagina = collegamento()
    with scrivendo(app):
        fabbrica.cambia(mondo.percorso, contributi_al=oggi())
        fabbrica.cambia(mondo.tavolo, stato=StatoTavolo.RESTITUITO, restituito_il=adesso())
    tardi = cliente.post(pagina, da="/verifica")
    assert (tardi.stato, "autobus" in tardi.testo) == (403, True)
    with scrivendo(app):
        fabbrica.cambia(mondo.tavolo, stato=StatoTavolo.APERTO, restituito_il=None)
    with clocks.alle(adesso() + timedelta(hours=47)):
        assert cliente.post(pagina, da="/verifica").stato == 200
    assert tutti(Contributo)[0].stato == StatoContributo.INVIATO


@pytest.mark.parametrize(
    ("campo", "valore"),
    [("bisogno", " "), ("bisogno", "x" * 4001), ("email", ""), ("email", "non-un-indirizzo"), ("email", "a@b.it,c@d.it")],
)
def test_quello_che_manca_si_dice_e_il_resto_resta(mondo, cliente, campo, valore):
    rifiutata = manda(cliente, **{campo: valore})
    assert rifiutata.stato == 422
    assert rifiutata.errore_di(campo)
    assert rifiutata.valore_di("proposta") == "Una corsa in più"
    assert tutti(Contributo) == []


def test_dopo_il_termine_il_testo_resta_da_leggere(app, mondo, cliente):
    with scrivendo(app):
        fabbrica.cambia(mondo.percorso, contributi_al=oggi() - timedelta(days=1))
    tardi = manda(cliente)
    assert tardi.stato == 403
    assert "si potevano mandare fino al" in tardi.testo
    assert "La sera non c’è nessun autobus." in tardi.testo
    assert cliente.get(PAGINA).stato == 200
    assert (tutti(Contributo), tutti(Messaggio)) == ([], [])


def test_dove_i_cittadini_non_scrivono_la_pagina_non_c_e(app, mondo, cliente):
    with scrivendo(app):
        fabbrica.cambia(mondo.percorso, cittadini=False)
    assert cliente.get(PAGINA).stato == 404
    assert manda(cliente).stato == 403
    assert PAGINA not in str(cliente.get("/prova/tavoli/inclusione").dom)


def test_troppi_contributi_insieme_aspettano(mondo, cliente):
    for _ in range(3):
        assert manda(cliente).stato == 303
    troppi = manda(cliente)
    assert (troppi.stato, "riprova fra" in troppi.testo) == (429, True)
    assert int(troppi.risposta.headers["Retry-After"]) > 0
    assert troppi.valore_di("bisogno") == SCRITTO["bisogno"]
    assert manda(cliente, email="altra@posta.example").stato == 303
    assert len(tutti(Contributo)) == 4


def confermato(app, mondo):
    with scrivendo(app):
        scritto = contributo(mondo.tavolo, None)
        mittente(scritto, "gettone", confermato_il=adesso())
        return scritto


def test_la_risposta_arriva_per_posta_e_poi_l_indirizzo_si_cancella(app, mondo, cliente, entra):
    scritto = confermato(app, mondo)
    operatore, pagina = entra(mondo.operatore), f"/prova/ufficio/tavoli/contributi/{scritto.id}/rispondi"
    aperto = operatore.modulo(operatore.get(pagina))
    assert operatore.post(pagina, {**aperto, "esito": "accolto", "motivo": "Una corsa in più dal 2027."}).stato == 303
    (lettera,) = tutti(Messaggio)
    assert (lettera.destinatario, lettera.trattenuto) == ("cittadina@posta.example", False)
    assert "Una corsa in più dal 2027." in lettera.testo
    letta = cliente.get("/prova/tavoli/inclusione").testo
    assert "Un cittadino" in letta
    assert "cittadina@posta.example" not in letta
    with scrivendo(app):
        fabbrica.cambia(lettera, inviato_il=adesso())
    with clocks.alle(adesso() + timedelta(days=29)):
        assert dimentica_mittenti() == 0
    with clocks.alle(adesso() + timedelta(days=31)):
        assert dimentica_mittenti() == 1
        assert dimentica_mittenti() == 0
    assert tutti(Mittente) == []
    assert [m.destinatario for m in tutti(Messaggio)] == [CANCELLATO]
    assert [c.stato for c in tutti(Contributo)] == [StatoContributo.RISPOSTO]


def test_chi_non_conferma_sparisce_con_il_suo_testo(app, mondo, cliente):
    manda(cliente)
    with clocks.alle(adesso() + timedelta(hours=49)):
        assert dimentica_mittenti() == 1
    assert (tutti(Contributo), tutti(Mittente), tutti(Messaggio)) == ([], [], [])
    with tenancy.tutti_gli_ambiti():
        assert sessione.scalars(select(Evento.azione).order_by(Evento.id.desc()).limit(1)).one() == "tavoli.dimentica"


def test_chi_aspetta_la_risposta_non_si_dimentica(app, mondo):
    confermato(app, mondo)
    with clocks.alle(adesso() + timedelta(days=400)):
        assert dimentica_mittenti() == 0
    assert len(tutti(Mittente)) == 1
