"""What came before and after what a minute says was decided; the minutes on a member's list of sittings."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import g

from portal import clocks
from portal.db import sessione
from portal.filo import queries as filo
from portal.sedute.models import StatoPunto
from portal.tenancy import usa_ambito
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.guida.costruttori import scrivendo
from tests.sedute import costruttori as sedute

from . import costruttori as c

QUI = "/prova/organi/cabina-prova/sedute/1/verbale"


def pubblica(app, *, con_oggetto=True):
    with scrivendo(app):
        ambito = fabbrica.ambito("prova")
        with usa_ambito(ambito.id):
            scheda, _riga = fabbrica.scheda(ambito, "B.7")
            fabbrica.avviso(ambito, titolo="Il bando", scheda_id=scheda.id)
            c.pubblicato(sedute.cabina(ambito), oggetto=("scheda", scheda.id) if con_oggetto else None)
    sessione.remove()


def test_il_verbale_mostra_il_filo_della_scheda_decisa(app, cliente):
    pubblica(app)
    with clocks.alle(c.SUCCESSIVA + timedelta(days=1)):
        pagina = cliente.get(QUI)
    filo = pagina.dom.find(id="filo")
    passi = {li.select_one(".passo").get_text(): li for li in filo.select("li")}
    assert passi["Avviso"].find("a").get_text() == "Il bando"
    assert passi["Scheda e soldi"].find("a")["href"].endswith("/schede/B.7")
    assert passi["Scheda e soldi"].find("strong", attrs={"aria-current": "true"}).get_text().endswith(": sei qui")
    assert "B.7" in filo.find("p").get_text()
    assert pagina.dom.select_one("a[href='#filo']") is not None


def test_senza_una_cosa_decisa_non_c_e_filo(app, cliente):
    pubblica(app, con_oggetto=False)
    with clocks.alle(c.SUCCESSIVA + timedelta(days=1)):
        assert cliente.get(QUI).dom.find(id="filo") is None


@pytest.mark.parametrize("prima", ["scheda", "avviso"])
def test_il_filo_e_della_prima_cosa_nell_ordine_del_giorno(contesto, prima):
    ambito = fabbrica.ambito()
    with usa_ambito(ambito.id), clocks.alle(c.SEDUTA):
        cose = {"scheda": fabbrica.scheda(ambito, "B.7")[0].id, "avviso": fabbrica.avviso(ambito, titolo="Il bando").id}
        seduta = sedute.aperta(sedute.cabina(ambito), range(1, 7), "Uno", "Due")
        for n, tipo in enumerate(sorted(cose, key=lambda tipo: tipo != prima)):
            punto = sedute.in_discussione(seduta, n)
            punto.oggetto_tipo, punto.oggetto_id = tipo, cose[tipo]
            sedute.vota(punto, decisione="Si approva.")
            sedute.banco.chiudi_punto(punto, esito=StatoPunto.TRATTATO, attore=None)
        sessione.flush()
        g.ambito = ambito
        trovato, passi = filo.passi_seduta(seduta)
    assert (trovato.tipo, len(passi)) == (prima, 11)


@pytest.mark.parametrize(
    ("passo", "giorni", "dove", "detto"),
    [
        ("bozza", 0, None, ""), ("in_revisione", 0, f"{QUI}/bozza", "Rileggi il verbale"),
        ("in_revisione", 30, f"{QUI}/bozza", "non ancora pubblicato"), ("pubblicato", 30, QUI, "Leggi il verbale"),
    ],
)  # fmt: skip
def test_dalle_mie_sedute_si_arriva_al_verbale(app, entra, passo, giorni, dove, detto):
    with scrivendo(app):
        ambito = fabbrica.ambito("prova")
        componente = fabbrica.utente(Ruolo.COMPONENTE, ambito=ambito)
        with usa_ambito(ambito.id):
            organo = sedute.cabina(ambito)
            organo.seggi[1].mandati[0].utente_id = componente.id
            getattr(c, passo)(organo)
    sessione.remove()
    with clocks.alle(c.SEDUTA + timedelta(days=giorni, hours=3)):
        tenute = entra(componente).get("/prova/sedute/mie").dom.find("section", attrs={"aria-labelledby": "tenute"})
    verbali = [a for a in tenute.find_all("a") if "verbale" in a["href"]]
    assert [a["href"] for a in verbali] == ([dove] if dove else [])
    assert detto in tenute.get_text()
