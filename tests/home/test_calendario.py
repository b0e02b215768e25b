"""The calendar: every public date, nothing of a draft, what has passed behind a link, a file that calendars read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal import clocks
from portal.avvisi.models import StatoAvviso
from portal.db import sessione
from portal.home import calendario as agenda
from portal.organi.models import Organo
from portal.sedute.models import Seduta
from portal.tavoli.models import Tavolo
from portal.tenancy import usa_ambito
from tests import fabbrica
from tests.guida.costruttori import scrivendo
from tests.palco import scena as su_palco
from tests.rete import costruttori as rete
from tests.sedute import costruttori as c
from tests.servizi.agenda import eventi
from tests.tavoli import costruttori as tavoli

PRIMA = c.ORE_15 - timedelta(days=2)


@pytest.fixture
@su_palco
def ambito(app):
    with scrivendo(app), clocks.alle(c.CONVOCAZIONE):
        ambito = fabbrica.ambito("prova")
        with usa_ambito(ambito.id):
            organo = c.cabina(ambito)
            c.convocata(organo, "Il piano", pubblica=True, luogo="Sala grande")
            annullata = c.convocata(organo, "Mai tenuta", inizio=c.ORE_15 + timedelta(days=30))
            c.operations.annulla(annullata, motivo="Neve", attore=None)
            c.bozza(organo, "segreta", inizio=c.ORE_15 + timedelta(days=1), luogo="Segreto")
            fabbrica.avviso(ambito, titolo="Un avviso", termine=c.ORE_15 + timedelta(days=3))
            fabbrica.avviso(ambito, titolo="Di prima", termine=c.ORE_15 - timedelta(days=400))
            fabbrica.avviso(ambito, titolo="Bozza", stato=StatoAvviso.BOZZA, termine=c.ORE_15 + timedelta(days=4))
            tavolo = tavoli.tavolo(tavoli.percorso(ambito), titolo="Casa")
            tavoli.incontro(tavolo, date(2026, 11, 27), luogo="Biblioteca")
            tavoli.incontro(tavolo, date(2026, 11, 29), ora="9:30")
            tavoli.incontro(tavoli.tavolo(tavoli.percorso(ambito, bozza=True), titolo="segreta"), date(2026, 11, 27))
            membro = rete.adesione(rete.categoria(ambito), fabbrica.ente())
            rete.elezione(
                membro, "voto", candidature_entro=c.ORE_15 + timedelta(days=5), voto_dal=c.ORE_15 + timedelta(days=6),
                voto_al=c.ORE_15 + timedelta(days=7),
            )  # fmt: skip
    sessione.remove()
    return ambito


def voci(pagina):
    return [li.get_text(" ", strip=True).split(" , ")[0] for li in pagina.dom.select("main li.riga-data")]


def anni(cliente):
    return [a.get_text() for a in cliente.get("/prova/calendario").dom.select('main a[href*="anno="]')]


def test_il_calendario_mese_per_mese(ambito, cliente):
    with clocks.alle(PRIMA):
        pagina = cliente.get("/prova/calendario")
        assert voci(pagina) == [
            "25 nov Seduta, ore 15:00 · aperta a tutti Cabina di Regia",
            "27 nov Tavolo tematico Casa",
            "28 nov Scade un avviso, ore 15:00 Un avviso",
            "29 nov Tavolo tematico, ore 09:30 Casa",
            "30 nov Ultimo giorno per candidarsi, ore 15:00 Rappresentanti",
            "1 dic Si vota nella Rete, ore 15:00 Rappresentanti",
            "2 dic Ultimo giorno per votare, ore 15:00 Rappresentanti",
            "25 dic Seduta, ore 15:00 Cabina di Regia",
        ]
        assert [h.get_text() for h in pagina.dom.select("main h2")] == [
            "novembre 2026", "dicembre 2026", "Che cosa c’è già stato",
        ]  # fmt: skip
        assert "Annullato" in pagina.testo
        assert "Sala grande" in pagina.testo
        assert "Segreto" not in pagina.testo


def test_il_passato_sta_dietro_un_anno(ambito, cliente):
    with clocks.alle(PRIMA):
        assert anni(cliente) == ["2026", "2025"]
        assert voci(cliente.get("/prova/calendario?anno=2025")) == ["21 ott Scade un avviso, ore 16:00 Di prima"]
        assert cliente.get("/prova/calendario?anno=2024").stato == 404
        assert cliente.get("/prova/calendario?anno=ieri").stato == 200


def test_un_anno_senza_date_da_mostrare_non_c_e(app, ambito, cliente):
    with scrivendo(app), clocks.alle(c.CONVOCAZIONE), usa_ambito(ambito.id):
        casa = sessione.scalar(select(Tavolo).where(Tavolo.titolo == "Casa"))
        tavoli.incontro(casa, date(2021, 5, 4), tavolo_id=None)
        tavoli.incontro(casa, date(2022, 5, 4), seduta_id=sessione.scalar(select(Seduta.id).limit(1)))
        bozza = c.bozza(sessione.scalar(select(Organo)), "Bozza", inizio=c.ORE_15 + timedelta(days=2))
        bozza.inizio, bozza.convocata_il = c.ORE_15 - timedelta(days=1000), c.CONVOCAZIONE
    with clocks.alle(PRIMA):
        assert anni(cliente) == ["2026", "2025"]


@pytest.mark.parametrize(("giorni", "restano"), [(6, 2), (7, 1), (8, 0)])
def test_un_elezione_resta_finche_si_vota(ambito, cliente, giorni, restano):
    with clocks.alle(c.ORE_15 + timedelta(days=giorni)):
        date_sue = [v for v in voci(cliente.get("/prova/calendario")) if v.endswith("Rappresentanti")]
    attese = [
        "1 dic Si vota nella Rete, ore 15:00 Rappresentanti",
        "2 dic Ultimo giorno per votare, ore 15:00 Rappresentanti",
    ]
    assert date_sue == attese[2 - restano :]


def test_la_home_dice_il_prossimo_incontro_finche_non_comincia(ambito, cliente):
    for quando, ci_sono in ((PRIMA, True), (c.ORE_15 + timedelta(minutes=1), False)):
        with clocks.alle(quando):
            home = cliente.get("/prova/")
        assert (home.dom.find(id="incontri") is not None) is ci_sono
        assert "Neve" not in home.testo


def test_il_file_si_legge(ambito, cliente):
    with clocks.alle(PRIMA):
        risposta = cliente.get("/prova/calendario.ics").risposta
    assert risposta.mimetype == "text/calendar"
    letti = eventi(risposta.get_data())
    per_genere = {str(e["UID"]).split("@")[0].rstrip("0123456789-"): e for e in letti}
    assert sorted(str(e["STATUS"]) for e in letti) == ["CANCELLED", *["CONFIRMED"] * 6]
    assert len({str(e["UID"]) for e in letti}) == 7
    assert per_genere["incontro"]["DTSTART"].dt.isoformat() == "2026-11-29T09:30:00+01:00"
    assert per_genere["elezione"]["DTSTART"].dt == c.ORE_15 + timedelta(days=6)
    assert b"BEGIN:VTIMEZONE" in risposta.get_data()
    assert b"segreta" not in risposta.get_data()


@pytest.mark.parametrize(("quanti", "giorni"), [(1, ["2026-11-29"]), (2, ["2026-11-27", "2026-11-29"])])
def test_nel_file_restano_gli_incontri_piu_vicini(app, ambito, cliente, monkeypatch, quanti, giorni):
    monkeypatch.setattr(agenda, "MASSIMO", quanti)
    with scrivendo(app), usa_ambito(ambito.id):
        tavoli.incontro(sessione.scalar(select(Tavolo).where(Tavolo.titolo == "Casa")), date(2023, 5, 4))
    trovati = eventi(cliente.get("/prova/calendario.ics").risposta.get_data())
    assert [e["DTSTART"].dt.isoformat()[:10] for e in trovati if str(e["UID"]).startswith("incontro")] == giorni


def test_un_ambito_senza_date_lo_dice(app, cliente):
    with scrivendo(app):
        fabbrica.ambito("vuoto")
    pagina = cliente.get("/vuoto/calendario")
    assert "Nessuna data in programma" in pagina.testo
    assert eventi(cliente.get("/vuoto/calendario.ics").risposta.get_data()) == []


def test_il_calendario_costa_lo_stesso(app, ambito, cliente, conta_query):
    costi = []
    for quante in (1, 3):
        with scrivendo(app), clocks.alle(c.CONVOCAZIONE), usa_ambito(ambito.id):
            for n in range(quante):
                fabbrica.avviso(ambito, termine=c.ORE_15 + timedelta(days=40 + n))
        with clocks.alle(PRIMA), conta_query() as conto:
            assert cliente.get("/prova/calendario").stato == 200
        costi.append(conto.totale)
    assert costi[0] == costi[1] <= 9
