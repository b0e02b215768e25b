"""The ente asks, follows, withdraws, leaves and says who speaks for it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal import tenancy
from portal.clocks import oggi
from portal.db import sessione
from portal.enti.models import StatoRunts, TipoEnte
from portal.errors import ErroreDominio
from portal.rete import operations
from portal.rete.models import Adesione, Rappresentante
from portal.rete.models import StatoAdesione as S
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.guida.costruttori import scrivendo

from .costruttori import adesione, categoria, rappresentante


def indirizzo(mondo):
    return f"/ente/rete/{mondo['ente'].id}/chiedi/prova"


def richiesta(mondo, **cambi):
    return {"categoria": str(mondo["categoria"].id), "presentazione": "Aiutiamo.", "dichiara": "y", **cambi}


def una():
    with tenancy.tutti_gli_ambiti():
        return sessione.scalars(select(Adesione).execution_options(populate_existing=True)).one()


def modulo(browser, indirizzo, **cambi):
    pagina = browser.get(indirizzo)
    return browser.post(indirizzo, {**browser.modulo(pagina), **cambi})


def test_l_ente_chiede_e_segue_la_richiesta(mondo, entra):
    chi = entra(mondo["rappresentante"])
    assert "Ambito sociale di Prova" in chi.get("/ente/rete").testo
    fatta = chi.post(indirizzo(mondo), richiesta(mondo), da=indirizzo(mondo))
    salvata = una()
    assert (fatta.stato, fatta.luogo) == (303, f"/ente/rete/{salvata.id}")
    assert (salvata.stato, salvata.attiva, salvata.rilevazione_id) == (S.RICHIESTA, 1, mondo["ente"].rilevazioni[0].id)
    assert "i dati scritti qui e nel RUNTS sono veri" in salvata.dichiarazione
    assert "in attesa della decisione" in chi.get(fatta.luogo).testo
    assert "Chiedi di entrare" not in chi.get("/ente/rete").testo


def test_chiesto_due_volte_si_va_alla_richiesta(mondo, entra):
    chi = entra(mondo["rappresentante"])
    prima = chi.post(indirizzo(mondo), richiesta(mondo), da=indirizzo(mondo))
    seconda = chi.post(indirizzo(mondo), richiesta(mondo), da="/ente/rete")
    assert (seconda.stato, seconda.luogo) == (303, prima.luogo)
    assert una().presentazione == "Aiutiamo."


def test_la_base_dati_rifiuta_la_seconda_richiesta(app, mondo):
    with app.test_request_context("/"), tenancy.usa_ambito(mondo["ambito"].id):
        valori = {"ambito_id": mondo["ambito"].id, "categoria": mondo["categoria"], "presentazione": "", "dichiara": True}
        operations.chiedi(mondo["ente"], **valori, attore=None)
        with pytest.raises(ErroreDominio, match="ha già chiesto"):
            operations.chiedi(mondo["ente"], **valori, attore=None)


@pytest.mark.parametrize(
    ("cambi", "campo", "messaggio"),
    [
        ({"categoria": ""}, "categoria", ""),
        ({"categoria": "999999"}, "categoria", ""),
        ({"categoria": "tutte"}, "categoria", ""),
        ({"presentazione": "   "}, "presentazione", "serve"),
        ({"presentazione": "x" * 4001}, "presentazione", "4.000"),
        ({"dichiara": ""}, "dichiara", "serve la dichiarazione"),
    ],
)
def test_una_richiesta_sbagliata_resta_scritta(mondo, entra, cambi, campo, messaggio):
    inviati = {k: v for k, v in richiesta(mondo, **cambi).items() if v != ""}
    rifiutata = entra(mondo["rappresentante"]).post(indirizzo(mondo), inviati, da=indirizzo(mondo))
    assert rifiutata.stato == 422
    assert messaggio in rifiutata.errore_di(campo)
    with tenancy.tutti_gli_ambiti():
        assert sessione.scalars(select(Adesione)).all() == []


def test_il_testo_ostile_si_legge_e_non_si_esegue(mondo, entra):
    ostile = "<script>alert(1)</script> {{ 7*7 }} '; DROP TABLE adesione;--\x00"
    chi = entra(mondo["rappresentante"])
    fatta = chi.post(indirizzo(mondo), richiesta(mondo, presentazione=ostile), da=indirizzo(mondo))
    pagina = chi.get(fatta.luogo)
    assert "<script>alert(1)</script> {{ 7*7 }}" in pagina.testo
    assert not pagina.dom.select("main script")


@pytest.mark.parametrize(("stato", "repertorio"), [(StatoRunts.NON_TROVATO, 5), (StatoRunts.ISCRITTO, None)])
def test_senza_i_dati_del_runts_non_si_chiede(mondo, entra, stato, repertorio):
    fabbrica.cambia(mondo["ente"].rilevazioni[0], stato=stato, repertorio=repertorio)
    sessione.commit()
    chi = entra(mondo["rappresentante"])
    assert "RUNTS" in chi.get(indirizzo(mondo)).dom.select_one("main").get_text()
    rifiutata = chi.post(indirizzo(mondo), richiesta(mondo), da=indirizzo(mondo))
    assert rifiutata.stato == 422
    assert rifiutata.valore_di("presentazione") == "Aiutiamo."


@pytest.mark.parametrize("tipo", [TipoEnte.PUBBLICO, TipoEnte.SINDACATO, TipoEnte.ALTRO])
def test_un_ente_fuori_dal_runts_chiede_entra_e_nomina(app, mondo, entra, tipo):
    with scrivendo(app):
        ente = fabbrica.ente_senza_runts(tipo, denominazione="Ente di prova fuori dal registro")
        chi = fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=ente)
    browser, suo = entra(chi), f"/ente/rete/{ente.id}/chiedi/prova"
    assert f'href="{suo}"' in str(browser.get("/ente/rete").dom.main)
    pagina = browser.get(suo)
    assert "RUNTS" not in pagina.dom.main.get_text()
    fatta = browser.post(suo, richiesta(mondo), da=suo)
    assert fatta.stato == 303
    assert una().rilevazione_id is None
    assert "RUNTS" not in una().dichiarazione
    assert "i dati scritti qui sono veri" in una().dichiarazione
    ufficio = entra(mondo["operatore"])
    scheda = ufficio.get(f"/prova/ufficio/rete/{una().id}")
    assert "Ente di prova fuori dal registro" in scheda.testo
    assert "RUNTS" not in scheda.dom.main.get_text()
    decisa = modulo(ufficio, f"/prova/ufficio/rete/{una().id}/decidi", esito="si", atto="Determinazione n. 12")
    assert (decisa.stato, una().stato) == (303, S.AMMESSA)
    nominata = modulo(browser, f"/ente/rete/{una().id}/rappresentanti", nome="Chi parla", qualita="Segretario")
    assert nominata.stato == 303
    assert "Ente di prova fuori dal registro" in entra(mondo["operatore"]).get("/prova/rete").testo


def test_a_un_ets_si_chiede_ancora_del_runts(mondo, entra):
    pagina = entra(mondo["rappresentante"]).get(indirizzo(mondo)).dom.main.get_text()
    assert "i dati scritti qui e nel RUNTS sono veri" in pagina
    assert "Ente del Terzo settore" in pagina


def test_in_una_categoria_chiusa_non_si_chiede(app, mondo, entra):
    with scrivendo(app):
        categoria(mondo["ambito"], "Chiusa", aperta=False)
    assert "Chiusa" not in entra(mondo["rappresentante"]).get(indirizzo(mondo)).testo
    fabbrica.cambia(mondo["categoria"], aperta=False)
    sessione.commit()
    assert entra(mondo["rappresentante"]).get(indirizzo(mondo)).stato == 404


def test_il_compilatore_guarda_e_non_chiede(app, mondo, entra):
    chi = entra(mondo["compilatore"])
    assert chi.get(indirizzo(mondo)).stato == 403
    assert "la fa chi rappresenta l’ente" in chi.get("/ente/rete").testo
    with scrivendo(app):
        membro = adesione(mondo["categoria"], mondo["ente"])
    pagina = chi.get(f"/ente/rete/{membro.id}")
    assert pagina.stato == 200
    assert "Esci dalla Rete" not in pagina.testo


def test_l_ente_ritira_e_puo_chiedere_di_nuovo(app, mondo, entra):
    with scrivendo(app):
        prima = adesione(mondo["categoria"], mondo["ente"], S.RICHIESTA)
    chi = entra(mondo["rappresentante"])
    assert modulo(chi, f"/ente/rete/{prima.id}/ritira", motivo="Ci ripensiamo").stato == 303
    assert (una().stato, una().attiva, una().motivo_fine) == (S.RITIRATA, None, "Ci ripensiamo")
    assert chi.get(f"/ente/rete/{prima.id}/ritira").luogo == f"/ente/rete/{prima.id}"
    assert chi.post(f"/ente/rete/{prima.id}/ritira", {}, da="/ente/rete").stato == 409
    assert chi.post(indirizzo(mondo), richiesta(mondo), da=indirizzo(mondo)).stato == 303


def test_l_ente_esce_e_il_suo_passato_resta(app, mondo, entra, cliente):
    with scrivendo(app):
        membro = adesione(mondo["categoria"], mondo["ente"], dal=oggi() - timedelta(days=3))
    chi, nome = entra(mondo["rappresentante"]), mondo["ente"].denominazione
    assert nome in cliente.get("/prova/rete").testo
    assert modulo(chi, f"/ente/rete/{membro.id}/recedi", motivo="").stato == 303
    assert (una().stato, una().cessata_il) == (S.RECESSA, oggi())
    assert nome not in cliente.get("/prova/rete").testo
    assert nome in cliente.get(f"/prova/rete?al={oggi() - timedelta(days=1)}").testo
    assert chi.post(f"/ente/rete/{membro.id}/recedi", {}, da="/ente/rete").stato == 409


PERSONA = {"tipo": "titolare", "qualita": "Presidente", "nome": "Persona Privata", "utente": "0", "delega": "", "al": ""}


def test_chi_rappresenta_e_i_suoi_delegati(app, mondo, entra, cliente):
    with scrivendo(app):
        membro = adesione(mondo["categoria"], mondo["ente"], dal=date(2022, 6, 10))
    chi, base = entra(mondo["rappresentante"]), f"/ente/rete/{membro.id}/rappresentanti"
    assert modulo(chi, base, **{**PERSONA, "dal": "10/06/2022"}).stato == 303
    nuova = {**PERSONA, "qualita": "Presidente nuova", "dal": "01/01/2023", "utente": str(mondo["compilatore"].id)}
    assert modulo(chi, base, **nuova).stato == 303
    senza = modulo(chi, base, **{**PERSONA, "tipo": "delegato", "dal": "01/01/2023"})
    assert "serve la delega scritta" in senza.errore_di("delega")
    delegato = {**PERSONA, "tipo": "delegato", "qualita": "Consigliera", "delega": "Del 2/1/2023", "dal": "01/01/2023"}
    assert modulo(chi, base, **delegato).stato == 303
    with tenancy.tutti_gli_ambiti():
        righe = sessione.scalars(select(Rappresentante).order_by(Rappresentante.id)).all()
    assert [(r.qualita, r.dal, r.al, r.delegato) for r in righe] == [
        ("Presidente", date(2022, 6, 10), date(2022, 12, 31), False),
        ("Presidente nuova", date(2023, 1, 1), None, False),
        ("Consigliera", date(2023, 1, 1), None, True),
    ]
    assert righe[1].utente_id == mondo["compilatore"].id
    sopra = modulo(chi, base, **{**PERSONA, "dal": "01/07/2022"})
    assert "c’è già un altro rappresentante" in sopra.errore_di("dal")
    fine = f"{base}/{righe[2].id}/fine"
    assert "comincia dopo" in modulo(chi, fine, al="01/01/2022").errore_di("al")
    assert modulo(chi, fine, al="30/06/2023").stato == 303
    assert "finisce già prima" in modulo(chi, fine, al="30/07/2023").errore_di("al")


@pytest.mark.parametrize(
    ("cambi", "campo"),
    [
        ({"dal": "09/06/2022"}, "dal"),
        ({"dal": "ieri"}, "dal"),
        ({"dal": "01/07/2022", "al": "01/06/2022"}, "al"),
        ({"qualita": ""}, "qualita"),
        ({"nome": "x" * 301}, "nome"),
        ({"tipo": "sindaco"}, "tipo"),
        ({"utente": "999999"}, "utente"),
    ],
)
def test_una_nomina_sbagliata_resta_scritta(app, mondo, entra, cambi, campo):
    with scrivendo(app):
        membro = adesione(mondo["categoria"], mondo["ente"], dal=date(2022, 6, 10))
    inviati = {**PERSONA, "dal": "01/07/2022", **cambi}
    rifiutata = modulo(entra(mondo["rappresentante"]), f"/ente/rete/{membro.id}/rappresentanti", **inviati)
    assert rifiutata.stato == 422
    assert rifiutata.dom.select(f"[name={campo}]")[0].find_parent(class_="campo-sbagliato")
    if campo != "qualita":
        assert rifiutata.valore_di("qualita") == "Presidente"


def test_un_altro_ente_non_vede_niente(app, mondo, entra):
    with scrivendo(app):
        altro = fabbrica.utente(fabbrica.Ruolo.RAPPRESENTANTE, ente=fabbrica.ente())
        membro = adesione(mondo["categoria"], mondo["ente"])
        persona = rappresentante(membro)
    chi = entra(altro)
    for pagina in ("", "/ritira", "/recedi", "/rappresentanti", f"/rappresentanti/{persona.id}/fine"):
        assert chi.get(f"/ente/rete/{membro.id}{pagina}").stato == 404
    assert chi.get(indirizzo(mondo)).stato == 404


@pytest.mark.parametrize("quanti", [1, 20])
def test_la_pagina_dell_ente_costa_lo_stesso(app, mondo, entra, conta_query, quanti):
    with scrivendo(app):
        for _ in range(quanti):
            adesione(categoria(fabbrica.ambito()), mondo["ente"])
    chi = entra(mondo["rappresentante"])
    chi.get("/ente/rete")
    with conta_query() as conto:
        assert chi.get("/ente/rete").stato == 200
    assert conto.totale <= 9, conto.testi
