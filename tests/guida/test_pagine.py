"""The guide as anybody reads it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.clocks import oggi
from portal.db import sessione
from portal.guida import operations
from portal.guida.models import Categoria, Parere, StatoServizio
from portal.guida.rules import SEZIONI
from portal.tenancy import tutti_gli_ambiti
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.palco import scena as su_palco

from .costruttori import scrivendo, servizio


@pytest.fixture
@su_palco
def ambito(app):
    with scrivendo(app):
        return fabbrica.ambito("prova", comuni=("Casarano", "Matino"))


def pubblica(app, ambito, slug="sad", **altro):
    with scrivendo(app):
        return servizio(ambito, slug, **altro)


def test_la_pagina_ha_le_sezioni_nell_ordine_della_legge(app, ambito, cliente):
    pubblica(app, ambito)
    pagina = cliente.get("/prova/guida/sad")
    assert pagina.stato == 200
    titoli = [h.get_text(strip=True) for h in pagina.dom.main.find_all("h2")]
    assert titoli[: len(SEZIONI) + 1] == ["In breve", *(str(s.titolo) for s in SEZIONI)]
    ganci = [e["data-element"] for e in pagina.dom.main.find_all(attrs={"data-element": True})]
    assert [g for g in ganci if g.startswith("service-")] == [
        "service-status", "service-title", "service-description", "service-addressed", "service-how-to", "service-needed",
        "service-achieved", "service-calendar-text", "service-generic-access", "service-file", "service-area",
        "service-topic",
    ]  # fmt: skip


def test_in_breve_ha_quattro_risposte_e_i_numeri_si_toccano(app, ambito, cliente):
    pubblica(app, ambito)
    breve = cliente.get("/prova/guida/sad").dom.find("section", attrs={"aria-labelledby": "breve"})
    domande = [dt.get_text() for dt in breve.find_all("dt")]
    assert domande == ["Per chi", "Quanto costa", "Che cosa portare", "Se hai urgenza"]
    assert [a["href"] for a in breve.find_all("a")] == ["tel:112"]


def test_un_contatto_che_manca_si_dice_e_non_si_chiama(app, ambito, cliente):
    pubblica(app, ambito)
    contatti = cliente.get("/prova/guida/sad").dom.find(attrs={"data-element": "service-area"})
    assert [dd.get_text(strip=True) for dd in contatti.find_all("dd")] == ["da completare", "112"]
    assert [a["href"] for a in contatti.find_all("a")] == ["tel:112"]


def test_una_pagina_non_attiva_dice_perche(app, ambito, cliente):
    pubblica(app, ambito, stato=StatoServizio.NON_ATTIVO, motivo_stato="Mancano i soldi.")
    testo = cliente.get("/prova/guida/sad").testo
    assert "Servizio non attivo" in testo
    assert "Adesso non si può chiedere. Mancano i soldi." in testo


@pytest.mark.parametrize(("giorni", "superata"), [(10, False), (400, True)])
def test_si_legge_quando_e_stata_controllata(app, ambito, cliente, giorni, superata):
    with scrivendo(app):
        s = servizio(ambito, "sad")
        operations.segna_verificato(s, da="Segretariato sociale", il=oggi() - timedelta(days=giorni), attore=None)
    testo = cliente.get("/prova/guida/sad").testo
    assert ("Da verificare" in testo) == superata
    assert ("Controllato il" in testo) != superata


def test_le_pagine_protette_fanno_uscire_e_non_lasciano_tracce(app, ambito, cliente):
    pubblica(app, ambito, "cav", protetto=True, categoria=Categoria.VIOLENZA)
    for indirizzo in ("/prova/guida/cav", "/prova/guida/cav/stampa", "/prova/guida/cav.json"):
        testate = cliente.get(indirizzo).risposta.headers
        assert (testate["Cache-Control"], testate["Referrer-Policy"]) == ("no-store", "no-referrer"), indirizzo
    dom = cliente.get("/prova/guida/cav").dom
    assert dom.select_one(".esci a")["href"] == "/esci-subito"
    assert dom.find("a", href="/pagine/come-cancellare-la-cronologia")


def test_le_altre_pagine_non_hanno_esci_subito(app, ambito, cliente):
    pubblica(app, ambito)
    pagina = cliente.get("/prova/guida/sad")
    assert pagina.dom.select_one(".esci") is None
    assert pagina.risposta.headers["Cache-Control"] == "no-cache"


def test_in_inglese_si_legge_quello_che_e_tradotto(app, ambito, cliente):
    testi = {"titolo": "Home help", "descrizione": "Somebody comes.", "breve_per_chi": "Old people.", "breve_costo": "Free.",
             "breve_portare": "Nothing.", "breve_urgenza": "Call 112."}  # fmt: skip
    with scrivendo(app):
        operations.traduci(servizio(ambito, "sad"), "en", testi, attore=None)
        servizio(ambito, "solo-italiano")
    pagina = cliente.get("/prova/guida/sad?lingua=en")
    assert (pagina.dom.html["lang"], pagina.dom.h1.get_text()) == ("en", "Home help")
    assert "Old people." in pagina.testo
    assert pagina.dom.find(attrs={"data-element": "service-how-to"}).find(class_="testo-ricco")["lang"] == "it"
    altra = cliente.get("/prova/guida/solo-italiano?lingua=en")
    assert altra.dom.h1.span["lang"] == "it"


def test_la_pagina_per_le_macchine_sta_accanto_e_non_dentro(app, ambito, cliente):
    pubblica(app, ambito)
    collegamento = cliente.get("/prova/guida/sad").dom.find("link", type="application/ld+json")
    risposta = cliente.get(collegamento["href"]).risposta
    assert risposta.mimetype == "application/ld+json"
    dati = json.loads(risposta.get_data(as_text=True))
    assert (dati["@type"], dati["@id"]) == ("GovernmentService", "http://localhost/prova/guida/sad")
    assert [c["name"] for c in dati["areaServed"]] == ["Casarano", "Matino"]


def test_il_foglio_da_stampare_ha_le_stesse_sezioni(app, ambito, cliente):
    pubblica(app, ambito)
    pagina = cliente.get("/prova/guida/sad/stampa")
    assert [h.get_text(strip=True) for h in pagina.dom.main.find_all("h2")][1:] == [str(s.titolo) for s in SEZIONI]
    assert "http://localhost/prova/guida/sad" in pagina.testo


@pytest.mark.parametrize("coda", ["", "/stampa", ".json"])
def test_una_bozza_la_vede_solo_l_ufficio(app, ambito, cliente, entra, coda):
    with scrivendo(app):
        servizio(ambito, "sad", pubblicato=False)
        dentro = fabbrica.utente(Ruolo.OPERATORE, ambito=ambito)
        fuori = fabbrica.utente(Ruolo.OPERATORE, ambito=fabbrica.ambito())
    assert cliente.get(f"/prova/guida/sad{coda}").stato == 404
    assert entra(fuori).get(f"/prova/guida/sad{coda}").stato == 404
    assert entra(dentro).get(f"/prova/guida/sad{coda}").stato == 200


def test_le_pagine_di_un_altro_ambito_non_ci_sono(app, ambito, cliente):
    with scrivendo(app):
        servizio(fabbrica.ambito("altro"), "sad")
    assert cliente.get("/prova/guida/sad").stato == 404
    assert "Nessun servizio" in cliente.get("/prova/guida").testo


def pareri():
    with tutti_gli_ambiti():
        return [(p.chiarezza, p.testo) for p in sessione.scalars(select(Parere))]


def test_un_parere_si_lascia_senza_accesso(app, ambito, cliente):
    pubblica(app, ambito)
    pagina = cliente.post("/prova/guida/sad/parere", {"voto": "3", "commento": "Bene"}, da="/prova/guida/sad/parere")
    assert (pagina.stato, pagina.luogo) == (303, "/prova/guida/sad?grazie=1")
    assert "Grazie" in cliente.get(pagina.luogo).testo
    assert pareri() == [(3, "Bene")]


def test_la_risposta_scelta_sulla_pagina_arriva_scelta(app, ambito, cliente):
    pubblica(app, ambito)
    pagina = cliente.get("/prova/guida/sad")
    assert pagina.dom.select_one("form.chiarezza-scatola")["action"] == "/prova/guida/sad/parere"
    scelte = [i["value"] for i in cliente.get("/prova/guida/sad/parere?voto=2").dom.select("input[name=voto][checked]")]
    assert scelte == ["2"]
    for strano in ("", "?voto=9", "?voto=due"):
        assert not cliente.get(f"/prova/guida/sad/parere{strano}").dom.select("input[name=voto][checked]")


def test_senza_voto_il_commento_resta_scritto(app, ambito, cliente):
    pubblica(app, ambito)
    pagina = cliente.post("/prova/guida/sad/parere", {"commento": "Non capisco l’ISEE"}, da="/prova/guida/sad/parere")
    assert pagina.stato == 422
    assert pagina.titolo.startswith("Errore:")
    assert pagina.valore_di("commento") == "Non capisco l’ISEE"
    assert pagina.dom.select_one(".sommario-errori a")["href"] == "#voto-1"
    assert pareri() == []


def test_l_elenco_si_filtra_e_l_indirizzo_lo_dice(app, ambito, cliente):
    with scrivendo(app):
        servizio(ambito, "aaa", titolo="Assistenza", categoria=Categoria.ANZIANI)
        servizio(ambito, "bbb", titolo="Buoni", categoria=Categoria.FAMIGLIE)
        servizio(ambito, "ccc", titolo="Bozza", pubblicato=False)

    def trovati(coda):
        pagina = cliente.get(f"/prova/guida{coda}")
        return [a["href"] for a in pagina.dom.select(".elenco a")]

    assert trovati("") == ["/prova/guida/aaa", "/prova/guida/bbb"]
    assert trovati("?lettera=B") == ["/prova/guida/bbb"]
    assert trovati("?categoria=anziani") == ["/prova/guida/aaa"]
    assert trovati("?categoria=non-esiste&comune=Nessuno&lettera=??&dopo=abc") == ["/prova/guida/aaa", "/prova/guida/bbb"]
    assert trovati("?q=buoni") == ["/prova/guida/bbb"]


def test_l_elenco_si_sfoglia_per_chiave(app, ambito, cliente):
    with scrivendo(app):
        for n in range(23):
            servizio(ambito, f"s{n:02}", titolo=f"Servizio {n:02}")
    prima = cliente.get("/prova/guida")
    assert len(prima.dom.select(".elenco a")) == 20
    dopo = prima.dom.find("a", rel="next")["href"]
    assert [a.get_text() for a in cliente.get(dopo).dom.select(".elenco a")] == ["Servizio 20", "Servizio 21", "Servizio 22"]


@pytest.mark.parametrize("q", ["xyzzyqq", "<script>alert(1)</script>", "'; DROP TABLE", "a" * 500, '"', "*"])
def test_una_ricerca_senza_esito_aiuta(app, ambito, cliente, q):
    pubblica(app, ambito)
    pagina = cliente.get("/prova/guida", query_string={"q": q})
    assert pagina.stato == 200
    assert pagina.dom.select_one('.scatola-bianca a[href="tel:112"]') is not None
    assert pagina.dom.find("a", href="/prova/guida", string="Guarda tutti i servizi dalla A alla Z")


def test_forse_cercavi(app, ambito, cliente):
    pubblica(app, ambito, parole="trasporto")
    pagina = cliente.get("/prova/guida?q=trasprto")
    assert pagina.dom.select_one("main strong").get_text() == "trasporto"
    assert "Un servizio per «trasporto»" in pagina.testo
