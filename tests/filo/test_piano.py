"""The thread of a whole plan: who was heard, who decided, what came of it; on the plan's page and on the minute's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import g

from portal import clocks
from portal.db import sessione
from portal.filo import queries
from portal.filo.queries import oggetti
from portal.piano.models import Ciclo, StatoCiclo
from portal.rete.models import StatoElezione
from portal.sedute.models import StatoPunto
from portal.tavoli.models import StatoTavolo
from portal.tenancy import usa_ambito
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.fabbrica import cambia
from tests.guida.costruttori import scrivendo
from tests.rete import costruttori as rete
from tests.sedute import costruttori as sedute
from tests.tavoli import costruttori as tavoli
from tests.verbale import costruttori as verbale

PASSI = ["Bisogni", "Priorità", "Rappresentanti", "Esame delle schede", "Adozione", "Schede e soldi", "Spesa e rendiconto"]
ADOTTATO = date(2026, 11, 25)


@pytest.fixture
def ambito(contesto):
    nuovo = fabbrica.ambito("prova")
    g.ambito = nuovo
    with usa_ambito(nuovo.id):
        yield nuovo


@pytest.fixture
def scheda(ambito):
    return fabbrica.scheda(ambito, "B.7")[0]


@pytest.fixture
def ciclo(scheda):
    return sessione.get_one(Ciclo, scheda.ciclo_id)


def decidi(organo, *oggetti_decisi):
    """A sitting that decides on these things, in this order."""
    titoli = [f"Punto {n}" for n in range(len(oggetti_decisi))]
    with clocks.alle(sedute.ORE_15):
        seduta = sedute.aperta(organo, range(1, 7), *titoli)
        for n, (tipo, chiave) in enumerate(oggetti_decisi):
            punto = sedute.in_discussione(seduta, n)
            punto.oggetto_tipo, punto.oggetto_id = tipo, chiave
            sedute.vota(punto, decisione="Si approva.")
            sedute.banco.chiudi_punto(punto, esito=StatoPunto.TRATTATO, attore=None)
        sedute.banco.chiudi(seduta, ora=clocks.adesso(), attore=None)
    sessione.flush()
    return seduta


def per_nome(righe):
    assert [r.nome for r in righe] == PASSI
    return {r.nome: r for r in righe}


def test_di_un_piano_appena_scritto_si_dice_che_cosa_manca(ciclo):
    righe = per_nome(queries.passi_piano(ciclo))
    assert {nome for nome, r in righe.items() if r.stato == "manca"} == set(PASSI) - {"Schede e soldi"}
    assert all(r.titolo for r in righe.values())
    soldi = righe["Schede e soldi"]
    assert (soldi.stato, soldi.titolo, soldi.url) == ("qui", "Una scheda", None)
    assert soldi.atto.startswith("149.000,00")


def test_dai_tavoli_e_dalla_rete_all_adozione(ambito, ciclo, scheda):
    cambia(ciclo, stato=StatoCiclo.ADOTTATO, adottato_il=ADOTTATO, atto="Coordinamento")
    percorso = tavoli.percorso(ambito, titolo="Il percorso", ciclo_id=ciclo.id)
    reso, aperto = tavoli.tavolo(percorso, stato=StatoTavolo.RESTITUITO), tavoli.tavolo(percorso)
    tavoli.incontro(aperto, date(2026, 6, 14))
    tavoli.incontro(reso, date(2026, 6, 13))
    tavoli.priorita(reso)
    tavoli.priorita(aperto)  # not given back: nobody knows of it yet
    eletta(ambito, "eletti", StatoElezione.SCRUTINATA)
    altra = fabbrica.scheda(ambito, "C.1")[0]
    decidi(sedute.cabina(ambito), ("scheda", scheda.id), ("scheda", altra.id), ("piano", ciclo.id))
    righe = per_nome(queries.passi_piano(ciclo))
    assert {r.stato for nome, r in righe.items() if nome in PASSI[:5]} == {"fatto"}
    assert (righe["Bisogni"].titolo, righe["Bisogni"].atto, righe["Bisogni"].quando) == (
        "2 tavoli tematici", "Il percorso", "13 giugno 2026",
    )  # fmt: skip
    assert righe["Priorità"].titolo == "Una priorità"
    assert righe["Rappresentanti"].url == "/prova/rete/elezioni/eletti"
    assert [d.testo for d in righe["Esame delle schede"].decisioni] == ["Cabina di Regia, 25 novembre 2026: 2 schede"]
    assert [d.testo for d in righe["Adozione"].decisioni] == ["Cabina di Regia, 25 novembre 2026, decisione 2026/3"]
    assert righe["Schede e soldi"].titolo == "2 schede"


@pytest.mark.parametrize("adottato_il", [None, ADOTTATO + timedelta(days=1)])
def test_chi_legge_il_piano_prima_non_lo_ha_adottato(ambito, ciclo, adottato_il):
    cambia(ciclo, adottato_il=adottato_il)
    decidi(sedute.cabina(ambito), ("piano", ciclo.id))
    righe = per_nome(queries.passi_piano(ciclo))
    letta = ["Cabina di Regia, 25 novembre 2026, decisione 2026/1"]
    assert [d.testo for d in righe["Esame delle schede"].decisioni] == letta
    assert (righe["Adozione"].decisioni, righe["Adozione"].stato) == ((), "fatto" if adottato_il else "manca")


def eletta(ambito, slug, stato, **altro):
    """An election on the day of the adoption, in that state."""
    membro = rete.adesione(rete.categoria(ambito), fabbrica.ente())
    giorno = clocks.fine_giornata(ADOTTATO) - timedelta(hours=1)
    prima = {"candidature_entro": giorno - timedelta(days=2), "voto_dal": giorno - timedelta(days=1), "voto_al": giorno}
    nuova = rete.elezione(membro, slug, **{**prima, **altro})[0]
    if stato != StatoElezione.INDETTA:
        bianche = 0 if stato == StatoElezione.SCRUTINATA else None
        cambia(nuova, stato=stato, chiusa_il=giorno, bianche=bianche, motivo="" if bianche == 0 else "Errore.")


@pytest.mark.parametrize(
    ("stato", "altro"),
    [
        (StatoElezione.INDETTA, {}),
        (StatoElezione.ANNULLATA, {}),
        (StatoElezione.SCRUTINATA, {"voto_al": clocks.fine_giornata(ADOTTATO) + timedelta(seconds=1)}),
        (StatoElezione.SCRUTINATA, {"mandato_al": date(2021, 12, 31)}),
    ],
)
def test_un_elezione_che_non_e_di_questo_piano_non_c_e(ambito, ciclo, stato, altro):
    cambia(ciclo, adottato_il=ADOTTATO)
    eletta(ambito, "altra", stato, **altro)
    assert per_nome(queries.passi_piano(ciclo))["Rappresentanti"].stato == "manca"


def test_un_percorso_in_bozza_non_si_vede(ambito, ciclo):
    tavoli.tavolo(tavoli.percorso(ambito, bozza=True, ciclo_id=ciclo.id))
    assert per_nome(queries.passi_piano(ciclo))["Bisogni"].stato == "manca"


def test_un_piano_in_preparazione_e_solo_dell_ufficio(ambito, ciclo):
    cambia(ciclo, stato=StatoCiclo.IN_PREPARAZIONE)
    chiave = ("piano", ciclo.id)
    operatore = fabbrica.utente(Ruolo.OPERATORE, ambito=ambito)
    assert oggetti.leggi([chiave], None) == {}
    assert oggetti.leggi([chiave], operatore)[chiave].url is None
    assert "Piani di zona" in oggetti.da_scegliere(operatore)


def test_la_seduta_che_adotta_il_piano_ne_mostra_il_filo(ambito, ciclo, scheda):
    cambia(ciclo, adottato_il=ADOTTATO)
    seduta = decidi(sedute.cabina(ambito), ("piano", ciclo.id), ("scheda", scheda.id))
    trovato, righe = queries.passi_seduta(seduta)
    assert (trovato.tipo, trovato.url) == ("piano", "/prova/piano/2022-2024")
    righe = per_nome(righe)
    assert [d.qui for passo in ("Esame delle schede", "Adozione") for d in righe[passo].decisioni] == [True, True]
    assert righe["Schede e soldi"].url == "/prova/piano/2022-2024#schede"


def test_il_verbale_e_il_piano_si_trovano_l_un_l_altro(app, cliente):
    with scrivendo(app):
        ambito = fabbrica.ambito("prova")
        with usa_ambito(ambito.id):
            scheda, _riga = fabbrica.scheda(ambito, "B.7")
            verbale.pubblicato(sedute.cabina(ambito), oggetto=("piano", scheda.ciclo_id))
    sessione.remove()
    with clocks.alle(verbale.SUCCESSIVA + timedelta(days=1)):
        del_verbale = cliente.get("/prova/organi/cabina-prova/sedute/1/verbale").dom.find(id="filo")
        del_piano = cliente.get("/prova/piano/2022-2024").dom.find(id="filo")
        registro = cliente.get("/prova/organi/decisioni?tipo=piano").dom
    assert del_verbale.find("a", href="/prova/piano/2022-2024#schede") is not None
    assert del_piano.find("a", href=lambda h: h.startswith("/prova/organi/cabina-prova/sedute/1#p")) is not None
    assert registro.find("main").find("a", href="/prova/piano/2022-2024") is not None
