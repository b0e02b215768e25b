"""The pages as people use them: each one is checked against the house rules by the client that opens it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import update

from portal.clocks import adesso
from portal.db import sessione
from portal.valutazione import queries
from portal.valutazione.models import Punteggio

from .costruttori import (
    al_lavoro,
    ammetti,
    avviso,
    commissione,
    dentro,
    dichiara,
    lavora_per,
    nomina,
    proposta,
    pubblica,
    scena,
    stati,
    tutto,
    valuta,
    valuta_tutto,
)


def test_l_elenco_dice_che_cosa_tocca_fare(app, entra):
    s = scena(app)
    cliente = entra(s.operatore)
    pagina = cliente.get(f"/{s.ambito.slug}/ufficio/valutazione")
    assert pagina.stato == 200
    assert "Proposte da esaminare" in pagina.testo
    assert pagina.dom.find("a", href=s.url()) is not None


def test_l_elenco_vuoto(app, entra):
    s = scena(app, richiesti=(), stato="bozza", numero=None, anno=None, pubblicato_il=None, chiuso_il=None)
    assert "Nessun avviso pubblicato" in entra(s.operatore).get(f"/{s.ambito.slug}/ufficio/valutazione").testo


def test_prima_della_scadenza_non_si_sa_niente(app, entra):
    s = scena(app, termine=adesso() + timedelta(minutes=5))
    cliente = entra(s.operatore)
    pagina = cliente.get(s.url())
    assert pagina.stato == 200
    assert all(ente.denominazione not in pagina.testo for ente in s.enti)
    assert "non ancora" in cliente.get(f"/{s.ambito.slug}/ufficio/valutazione").testo
    assert [cliente.get(s.url(f"/proposte/{p}")).stato for p in s.proposte] == [404, 404, 404]


@pytest.mark.parametrize("fino_a", ["scena", "ammetti", "nomina", "dichiara", "valuta", "pubblica"])
def test_la_pagina_della_procedura_a_ogni_passo(app, entra, fino_a):
    s = scena(app)
    passi = {
        "ammetti": lambda: ammetti(app, s, tranne=[2]),
        "nomina": lambda: nomina(app, s),
        "dichiara": lambda: dichiara(app, s),
        "valuta": lambda: valuta_tutto(app, s),
        "pubblica": lambda: entra(s.operatore).post(s.url("/esito"), _conferma(app, s)),
    }
    for nome, passo in passi.items():
        if fino_a == "scena":
            break
        passo()
        if nome == fino_a:
            break
    pagina = entra(s.operatore).get(s.url())
    assert pagina.stato == 200
    assert all(ente.denominazione in pagina.testo for ente in s.enti)


def _conferma(app, s):
    with dentro(app, s):
        return {"atto": "Determinazione 15", "impronta": queries.calcolo(avviso(s)).impronta, "conferma": "si"}


def test_si_decide_in_due_passi(app, entra):
    s = scena(app, richiesti=("40000.00",))
    cliente, indirizzo = entra(s.operatore), s.url(f"/proposte/{s.proposte[0]}")
    pagina = cliente.get(indirizzo)
    assert "Iscrizione al RUNTS" in pagina.testo
    assert "Testo di bisogni_territorio." in pagina.testo
    controllo = cliente.post(indirizzo, {"decisione": "no", "motivo": "Manca la lettera r."})
    assert controllo.stato == 200
    assert "Manca la lettera r." in controllo.testo
    assert stati(app, s) == ["presentata"]
    fatto = cliente.post(indirizzo, cliente.modulo(controllo))
    assert (fatto.stato, fatto.luogo) == (303, s.url())
    assert stati(app, s) == ["non_ammessa"]
    assert "Manca la lettera r." in cliente.get(indirizzo).testo


@pytest.mark.parametrize(
    ("dati", "campo"),
    [({}, "decisione"), ({"decisione": "no", "motivo": " "}, "motivo"), ({"decisione": "boh"}, "decisione")],
)
def test_una_decisione_incompleta_torna_indietro(app, entra, dati, campo):
    s = scena(app, richiesti=("40000.00",))
    pagina = entra(s.operatore).post(s.url(f"/proposte/{s.proposte[0]}"), dati)
    assert pagina.stato == 422
    assert pagina.titolo.startswith("Errore:")
    assert pagina.dom.select_one(f".sommario-errori a[href^='#{campo}']") is not None
    assert stati(app, s) == ["presentata"]


def test_chi_arriva_secondo_legge_che_si_e_gia_deciso(app, entra):
    s = scena(app, richiesti=("40000.00",))
    cliente, indirizzo = entra(s.operatore), s.url(f"/proposte/{s.proposte[0]}")
    dati = {"decisione": "si", "conferma": "si", "csrf_token": cliente.csrf(indirizzo)}
    ammetti(app, s)
    assert cliente.post(indirizzo, dati).stato == 409


def test_la_nomina(app, entra):
    s = scena(app)
    lavora_per(app, s, s.commissari[4], s.enti[0])
    cliente, indirizzo = entra(s.operatore), s.url("/commissione")
    assert f"In conflitto: ha un ruolo in {s.enti[0].denominazione}." in cliente.get(indirizzo).testo
    ids = [c.id for c in s.commissari]
    troppi = cliente.post(indirizzo, {"atto": "Determinazione 12", "presidente": ids[0], "componenti": ids[1:4]})
    assert troppi.stato == 422
    assert "3 componenti, presidente compreso: ne hai scelti 4" in troppi.testo
    assert troppi.valore_di("atto") == "Determinazione 12"
    in_conflitto = cliente.post(indirizzo, {"atto": "D. 12", "presidente": ids[4], "componenti": ids[1:3]})
    assert (in_conflitto.stato, s.enti[0].denominazione in in_conflitto.testo) == (422, True)
    fatto = cliente.post(indirizzo, {"atto": "Determinazione 12", "presidente": ids[0], "componenti": ids[1:3]})
    assert (fatto.stato, fatto.luogo) == (303, s.url())


def test_prima_del_termine_la_nomina_non_dice_chi_partecipa(app, entra):
    """That a commissioner is in conflict would tell which ente has applied."""
    s = scena(app, termine=adesso() + timedelta(minutes=5))
    lavora_per(app, s, s.commissari[4], s.enti[0])
    cliente, indirizzo = entra(s.responsabile), s.url("/commissione")
    ids = [c.id for c in s.commissari]
    mandata = cliente.post(indirizzo, {"atto": "D. 12", "presidente": ids[4], "componenti": ids[1:3]})
    for pagina in (cliente.get(indirizzo), mandata):
        assert s.commissari[4].nome in pagina.testo
        assert ("In conflitto" in pagina.testo, s.enti[0].denominazione in pagina.testo) == (False, False)
    assert mandata.stato == 422


def test_la_nomina_vuota(app, entra):
    s = scena(app)
    pagina = entra(s.operatore).post(s.url("/commissione"), {})
    assert pagina.stato == 422
    assert "Scegli chi presiede." in pagina.testo


def test_la_dichiarazione_e_la_sostituzione(app, entra):
    s = dichiara(app, nomina(app, ammetti(app, scena(app))), [0, 1])
    cliente = entra(s.commissari[2])
    mie = cliente.get(f"/{s.ambito.slug}/commissione")
    assert "Tocca a te dichiarare" in mie.testo
    pagina = cliente.get(s.commissione("/dichiarazione"))
    assert all(ente.denominazione in pagina.testo for ente in s.enti)
    assert "Proposta di prova" not in pagina.testo
    senza = cliente.post(s.commissione("/dichiarazione"), {"risposta": "conflitto"})
    assert senza.stato == 422
    assert "Scrivi con quale ente e perché." in senza.testo
    fatta = cliente.post(s.commissione("/dichiarazione"), {"risposta": "conflitto", "nota": "Ci lavora mia sorella."})
    assert (fatta.stato, fatta.luogo) == (303, s.commissione())
    assert "l’Ufficio ti sostituirà" in cliente.get(s.commissione()).testo

    ufficio = entra(s.operatore)
    assert "Ci lavora mia sorella." in ufficio.get(s.url()).testo
    with dentro(app, s):
        membro = commissione(s).membri[2].id
    vuota = ufficio.post(s.url(f"/commissione/{membro}/sostituisci"), {})
    assert vuota.stato == 422
    nuova = {"con": s.commissari[3].id, "motivo": "Conflitto, determinazione 13."}
    assert ufficio.post(s.url(f"/commissione/{membro}/sostituisci"), nuova).stato == 303
    assert s.commissari[3].nome in ufficio.get(s.url()).testo
    assert cliente.get(s.commissione()).stato == 404


def test_i_punti_si_danno_dalla_pagina(app, entra):
    s = al_lavoro(app, scena(app, richiesti=("40000.00",)))
    cliente, indirizzo = entra(s.commissari[0]), s.commissione(f"/proposte/{s.proposte[0]}")
    assert "Criteri valutati: 0 su 2" in cliente.get(s.commissione()).testo
    pagina = cliente.get(indirizzo)
    assert "Testo di gruppo_lavoro." in pagina.testo
    with dentro(app, s):
        uno, due = (c.id for c in avviso(s).criteri)
    dati = cliente.modulo(pagina)
    meta = cliente.post(indirizzo, {**dati, f"punti_{uno}": "50,5", f"motivo_{uno}": "Chiara.", "solo_salva": "1"})
    assert (meta.stato, meta.luogo) == (303, indirizzo)
    ripresa = cliente.get(indirizzo)
    assert ripresa.valore_di(f"punti_{uno}") == "50,50"
    totale = ripresa.dom.find(id="totale-punti")
    assert totale.get_text() == "Totale salvato: 50,5 su 100"
    assert (totale["role"], totale["data-massimo"]) == ("status", "100")
    assert {totale["data-somma"], totale["data-somma-incerta"]} == {
        "Totale dei punti scritti qui: {n} su {max}",
        "Totale dei punti scritti qui: {n} su {max}, senza quelli che non si leggono",
    }
    assert [c["name"] for c in ripresa.dom.select('[data-addendo="totale-punti"]')] == [f"punti_{uno}", f"punti_{due}"]
    tutti = {**cliente.modulo(ripresa), f"punti_{due}": "30", f"motivo_{due}": "Rete forte."}
    assert cliente.post(indirizzo, tutti).luogo == s.commissione()
    assert "Criteri valutati: 2 su 2" in cliente.get(s.commissione()).testo


@pytest.mark.parametrize(
    ("punti", "frase"),
    [
        ("12.5", "volevi scrivere 12,5?"),
        ("dodici", "Scrivi un numero"),
        ("60,01", "Criterio 1: i punti vanno da 0 a 60."),
        ("", "Criterio 1: scrivi i punti, da 0 a 60."),
        ("1,234", "Due decimali al massimo"),
    ],
)
def test_i_punti_sbagliati_restano_scritti(app, entra, punti, frase):
    s = al_lavoro(app, scena(app, richiesti=("40000.00",)))
    cliente, indirizzo = entra(s.commissari[0]), s.commissione(f"/proposte/{s.proposte[0]}")
    with dentro(app, s):
        uno, due = (c.id for c in avviso(s).criteri)
    dati = {**cliente.modulo(cliente.get(indirizzo)), f"punti_{uno}": punti, f"motivo_{uno}": "Perché è così."}
    pagina = cliente.post(indirizzo, {**dati, f"punti_{due}": "10", f"motivo_{due}": "Va bene."})
    assert pagina.stato == 422
    assert frase in pagina.testo
    assert pagina.valore_di(f"punti_{uno}") == punti
    assert pagina.valore_di(f"motivo_{uno}") == "Perché è così."


def test_due_finestre_mostrano_i_due_testi(app, entra):
    s = al_lavoro(app, scena(app, richiesti=("40000.00",)))
    cliente, indirizzo = entra(s.commissari[0]), s.commissione(f"/proposte/{s.proposte[0]}")
    vecchia = cliente.modulo(cliente.get(indirizzo))
    valuta(app, s, 0, 0, ("20", "20"))
    with dentro(app, s):
        uno = avviso(s).criteri[0].id
    pagina = cliente.post(indirizzo, {**vecchia, f"punti_{uno}": "55", f"motivo_{uno}": "Mio.", "solo_salva": "1"})
    assert pagina.stato == 409
    assert "55,00" in pagina.testo
    assert "20,00" in pagina.testo


def test_gli_altri_punti_compaiono_dopo_i_miei(app, entra):
    s = al_lavoro(app, scena(app, richiesti=("40000.00",)))
    valuta(app, s, 1, 0, ("13", "7"))
    cliente, indirizzo = entra(s.commissari[0]), s.commissione(f"/proposte/{s.proposte[0]}")
    assert s.commissari[1].nome not in cliente.get(indirizzo).testo
    valuta(app, s, 0, 0)
    valuta(app, s, 0, 0, ("45", "30"), versione=2)
    pagina = cliente.get(indirizzo)
    assert s.commissari[1].nome in pagina.testo
    assert "da 50,00 a 45,00 punti" in pagina.testo


def test_la_graduatoria_e_la_pubblicazione(app, entra, cliente):
    s = valuta_tutto(app, al_lavoro(app, scena(app, richiesti=("40000.00", "70000.00")), tranne=[]), {0: ("60", "40")})
    ufficio = entra(s.operatore)
    assert cliente.get(f"/{s.ambito.slug}/avvisi/{s.slug}/esito").stato == 404
    pagina = ufficio.get(s.url("/graduatoria"))
    assert "Il conto:" in pagina.testo
    assert ufficio.post(s.url("/esito"), {"atto": ""}).stato == 422
    controllo = ufficio.post(s.url("/esito"), {"atto": "Determinazione 15"})
    assert controllo.stato == 200
    assert "Scriviamo ai 2 enti" in controllo.testo
    assert cliente.get(f"/{s.ambito.slug}/avvisi/{s.slug}/esito").stato == 404
    assert ufficio.post(s.url("/esito"), ufficio.modulo(controllo)).luogo == s.url("/graduatoria")
    esito = cliente.get(f"/{s.ambito.slug}/avvisi/{s.slug}/esito")
    assert esito.stato == 200
    prima = esito.dom.select_one("main table tbody th")
    assert prima.get_text(" ", strip=True).startswith(s.enti[0].denominazione)
    assert "Si capisce bene." not in esito.testo
    torna = ufficio.get(s.url("/graduatoria") + "?ricalcola=1")
    assert "Tutto torna." in torna.testo


def test_il_ricalcolo_dice_che_cosa_non_torna(app, entra):
    s = tutto(app, scena(app, richiesti=("40000.00",)))
    with dentro(app, s):
        primo = queries.miei_punteggi(commissione(s).membri[0].id, s.proposte[0])[0]
        sessione.execute(update(Punteggio).where(Punteggio.id == primo.id).values(punti=Decimal("20.00")))
    pagina = entra(s.operatore).get(s.url("/graduatoria") + "?ricalcola=1")
    assert "Non torna." in pagina.testo
    assert "Tutto torna." not in pagina.testo
    assert "80,00 70,00" in pagina.testo


def test_l_esito_si_ferma_finche_manca_qualcosa(app, entra):
    s = al_lavoro(app, scena(app, richiesti=("40000.00",)))
    ufficio = entra(s.operatore)
    assert "Punteggi che mancano: 6." in ufficio.get(s.url("/graduatoria")).testo
    pagina = ufficio.get(s.url("/esito"))
    assert pagina.stato == 200
    assert pagina.dom.find(attrs={"name": "atto"}) is None
    assert ufficio.post(s.url("/esito"), {"atto": "D. 15", "conferma": "si", "impronta": "x"}).stato == 422


def test_le_non_ammesse_senza_il_motivo(app, cliente):
    s = scena(app, richiesti=("40000.00", "1.00"))
    s = al_lavoro(app, s, tranne=[1])
    valuta_tutto(app, s)
    pubblica(app, s)
    pagina = cliente.get(f"/{s.ambito.slug}/avvisi/{s.slug}/esito")
    assert s.enti[1].denominazione in pagina.testo
    assert "Manca l’iscrizione." not in pagina.testo


@pytest.mark.parametrize("percorso", ["ufficio/valutazione", "valutazione", "graduatoria", "esito"])
def test_una_e_tre_costano_le_stesse_query(app, entra, conta_query, percorso):
    def costo(quante: int) -> int:
        s = scena(app, richiesti=("10.00",) * quante)
        if percorso in ("graduatoria", "esito"):
            tutto(app, s)
        elif percorso == "valutazione":
            al_lavoro(app, s)
        indirizzi = {
            "ufficio/valutazione": f"/{s.ambito.slug}/ufficio/valutazione",
            "valutazione": s.url(),
            "graduatoria": s.url("/graduatoria"),
            "esito": f"/{s.ambito.slug}/avvisi/{s.slug}/esito",
        }
        cliente = entra(s.operatore)
        with conta_query() as conto:
            assert cliente.get(indirizzi[percorso]).stato == 200
        return conto.totale

    assert costo(1) == costo(3)


def test_una_e_tre_proposte_dal_commissario(app, entra, conta_query):
    def costo(quante: int) -> int:
        s = al_lavoro(app, scena(app, richiesti=("10.00",) * quante))
        cliente = entra(s.commissari[0])
        with conta_query() as conto:
            assert cliente.get(s.commissione()).stato == 200
        return conto.totale

    assert costo(1) == costo(3)


def test_la_proposta_intera_non_si_legge_da_un_altro_avviso(app, entra):
    s, altra = scena(app), scena(app)
    with dentro(app, s):
        assert proposta(s, 0).avviso_id == s.avviso_id
    assert entra(s.operatore).get(s.url(f"/proposte/{altra.proposte[0]}")).stato == 404
