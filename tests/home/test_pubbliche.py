"""Home of the installation and of an Ambito, search everywhere, the product's own pages, «Esci subito», site map."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.avvisi.models import StatoAvviso
from portal.clocks import adesso
from portal.home.pagine_fisse import NOMI, pagina
from portal.home.rules import PAROLE
from portal.tenancy import usa_ambito
from tests import fabbrica
from tests.guida.costruttori import scrivendo, servizio
from tests.sedute.costruttori import cabina
from tests.tavoli.costruttori import percorso, tavolo
from tests.verbale.costruttori import pubblicato


def test_con_un_solo_ambito_la_sua_prima_pagina_e_la_prima(app, cliente):
    with scrivendo(app):
        fabbrica.ambito("solo")
    risposta = cliente.get("/")
    assert (risposta.stato, risposta.luogo) == (302, "/solo/")


def test_con_piu_ambiti_si_sceglie_dai_comuni(app, cliente):
    with scrivendo(app):
        uno, due = fabbrica.ambito("uno", comuni=("Matino", "Parabita")), fabbrica.ambito("due", comuni=("Tricase",))
        fabbrica.avviso(uno, titolo="Avviso di Uno")
        fabbrica.avviso(due, titolo="Avviso di Due")
    home = cliente.get("/")
    assert [a["href"] for a in home.dom.select('[aria-labelledby="ambiti"] a')] == ["/due/", "/uno/"]
    assert "Matino, Parabita." in home.testo
    assert {a.get_text() for a in home.dom.select('[aria-labelledby="aperto"] a')} == {"Avviso di Uno", "Avviso di Due"}


def test_senza_ambiti_lo_si_dice(app, cliente):
    assert "Qui non c’è ancora nessun Ambito" in cliente.get("/").testo


def test_un_ambito_vuoto_non_mostra_quello_che_non_ha(app, cliente):
    with scrivendo(app):
        fabbrica.ambito("vuoto")
    home = cliente.get("/vuoto/")
    assert [h.get_text(strip=True) for h in home.dom.main.find_all("h2")] == ["Hai bisogno adesso?"]
    assert len(home.dom.select(".chip")) == len(PAROLE)


def test_la_prima_pagina_di_un_ambito(app, cliente):
    with scrivendo(app):
        ambito = fabbrica.ambito("prova")
        servizio(ambito, "pronto-intervento-sociale")
        fabbrica.scheda(ambito, importo="149000.00")
        fabbrica.avviso(ambito, titolo="Fra un anno", termine=adesso() + timedelta(days=365))
        fabbrica.avviso(ambito, titolo="Fra poco", termine=adesso() + timedelta(days=3))
        fabbrica.avviso(ambito, titolo="Scaduto", termine=adesso() - timedelta(days=3))
        fabbrica.avviso(ambito, titolo="Bozza", stato=StatoAvviso.BOZZA)
    home = cliente.get("/prova/")
    assert [a.get_text() for a in home.dom.select('[aria-labelledby="aperto"] article a')] == ["Fra poco", "Fra un anno"]
    assert "3 giorni per rispondere" in home.testo
    assert home.dom.find("a", href="/prova/guida/pronto-intervento-sociale")
    assert "149.000,00" in home.dom.select_one(".statistica").get_text()
    assert [a["href"] for a in home.dom.select('a[href^="tel:"]')] == ["tel:112", "tel:1522"]


@pytest.mark.parametrize("indirizzo", ["/", "/a{n}/", "/cerca?q=zampogna", "/pagine/privacy", "/verifica?codice=X"])
def test_le_pagine_pubbliche_costano_sei_query_al_massimo(app, cliente, conta_query, indirizzo):
    costi = []
    for n in (2, 3):
        with scrivendo(app):
            for _ in range(n):
                ambito = fabbrica.ambito()
                servizio(ambito, parole="zampogna")
                fabbrica.avviso(ambito)
            mio = fabbrica.ambito(f"a{n}")
            fabbrica.scheda(mio)
            for _ in range(n):
                fabbrica.avviso(mio)
        with conta_query() as conto:
            assert cliente.get(indirizzo.format(n=n)).stato == 200
        costi.append(conto.totale)
    assert costi[0] == costi[1]
    assert costi[1] <= 6, conto.testi


def test_si_cerca_in_tutte_le_guide(app, cliente):
    with scrivendo(app):
        uno, due = fabbrica.ambito("uno"), fabbrica.ambito("due")
        servizio(uno, "sad", parole="zampogna")
        servizio(due, "sad", parole="zampogna")
        servizio(due, "bozza", parole="zampogna", pubblicato=False)
    trovati = cliente.get("/cerca?q=zampogna")
    assert {a["href"] for a in trovati.dom.select(".elenco a")} == {"/uno/guida/sad", "/due/guida/sad"}
    assert "2 servizi per «zampogna»" in trovati.testo
    assert "Ambito sociale di Uno" in trovati.testo
    assert cliente.get("/cerca").stato == 200
    assert "Nessun servizio" in cliente.get("/cerca?q=xyzzyqq").testo


@pytest.mark.parametrize("nome", NOMI)
@pytest.mark.parametrize("lingua", ["it", "en"])
def test_le_pagine_del_portale_ci_sono_in_due_lingue(app, cliente, nome, lingua):
    risposta = cliente.get(f"/pagine/{nome}?lingua={lingua}")
    assert risposta.stato == 200
    assert pagina(nome, lingua).lingua == lingua
    assert len(risposta.dom.main.get_text()) > 500


def test_una_pagina_che_manca_in_una_lingua_si_legge_in_italiano():
    assert pagina("privacy", "de") == pagina("privacy", "it")
    assert pagina("../../config", "it") is None


def test_una_pagina_sconosciuta_non_c_e(app, cliente):
    assert cliente.get("/pagine/altro").stato == 404


def test_esci_subito_porta_altrove_senza_dire_da_dove(app, cliente):
    risposta = cliente.get("/esci-subito").risposta
    assert (risposta.status_code, risposta.headers["Location"]) == (303, "https://www.wikipedia.org")
    assert (risposta.headers["Referrer-Policy"], risposta.headers["Cache-Control"]) == ("no-referrer", "no-store")


def test_dove_porta_esci_subito_si_sceglie(app, cliente, monkeypatch):
    monkeypatch.setitem(app.config, "USCITA", "https://www.meteo.example")
    assert cliente.get("/esci-subito").risposta.headers["Location"] == "https://www.meteo.example"


def test_la_pagina_sulla_cronologia_e_protetta(app, cliente):
    risposta = cliente.get("/pagine/come-cancellare-la-cronologia")
    assert risposta.risposta.headers["Cache-Control"] == "no-store"
    assert risposta.dom.select_one(".esci a")["href"] == "/esci-subito"


def test_robots_e_mappa_del_sito(app, cliente):
    with scrivendo(app):
        ambito = fabbrica.ambito("prova")
        servizio(ambito, "sad")
        servizio(ambito, "bozza", pubblicato=False)
        fabbrica.avviso(ambito, slug="uno")
        fabbrica.avviso(ambito, slug="bozza", stato=StatoAvviso.BOZZA)
        fabbrica.scheda(ambito, "B.7")
        tavolo(percorso(ambito, "il-percorso"), "il-tavolo")
        tavolo(percorso(ambito, "percorso-in-bozza", bozza=True), "tavolo-in-bozza")
        with usa_ambito(ambito.id):
            pubblicato(cabina(ambito))
    robots = cliente.get("/robots.txt").risposta.get_data(as_text=True)
    assert "Disallow: /*/ufficio/" in robots
    assert "Sitemap: http://localhost/sitemap.xml" in robots
    mappa = cliente.get("/sitemap.xml").risposta
    assert mappa.mimetype == "application/xml"
    testo = mappa.get_data(as_text=True)
    indirizzi = [r.split("</loc>")[0] for r in testo.split("<loc>")[1:]]
    assert [i.removeprefix("http://localhost/prova/") for i in indirizzi] == [
        "", "guida/sad", "avvisi/uno", "piano/2022-2024", "piano/2022-2024/schede/B.7", "tavoli/percorsi/il-percorso",
        "tavoli/il-tavolo", "organi/cabina-prova/sedute/1/verbale",
    ]  # fmt: skip
