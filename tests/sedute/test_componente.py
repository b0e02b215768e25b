"""The member's side of a sitting: what one reads, how one answers, who is sent in one's place."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest

from portal import clocks
from portal.audit.models import Evento
from portal.db import sessione
from portal.errors import Conflitto, ErroreDominio
from portal.outbox import Messaggio
from portal.sedute import queries
from portal.sedute.convocazione import dati_della_convocazione
from portal.sedute.models import Canale, Risposta
from portal.sedute.operations import deleghe, risposte
from portal.sedute.operations.risposte import DatiConsegna, DatiRisposta
from portal.sedute.queries import mie
from portal.sedute.rules.consegna import Consegna, consegna, conta, vista
from portal.tenancy import tutti_gli_ambiti, usa_ambito
from portal.transaction import unita
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.organi import costruttori as organi
from tests.servizi.agenda import eventi

from . import costruttori as c

DOPO = c.CONVOCAZIONE + timedelta(hours=1)
MIA = "/prova/sedute/mie/cabina-prova/1"
SALA = "https://sala.example/cabina"


@pytest.fixture
def scena(app):
    """A body of four, of which two members have an account, convened an hour ago."""
    with app.test_request_context("/"), tutti_gli_ambiti(), unita():
        ambito = fabbrica.ambito("prova")
        with usa_ambito(ambito.id):
            organo, persone = _organo(ambito)
            c.convocata(organo, "Il piano", "Il bilancio", collegamento=SALA)
        operatore = fabbrica.utente(Ruolo.OPERATORE, ambito=ambito)
    sessione.remove()
    with clocks.alle(DOPO):
        yield ambito, organo, persone, operatore


def _organo(ambito, **altro):
    """Four seats; the holders of the second and the third have an account."""
    organo = organi.organo(ambito, f"cabina-{ambito.slug}", **altro)
    persone = [fabbrica.utente(Ruolo.COMPONENTE, ambito=ambito) for _ in range(2)]
    for n in range(1, 5):
        chi = persone[n - 2].id if n in (2, 3) else None
        organi.nomina(organi.seggio(organo, f"Comune {n}", presiede=n == 1), utente_id=chi)
    return organo, persone


@pytest.fixture
def dentro(app, scena):
    """``with dentro() as seduta``: the sitting, to write on."""

    @contextmanager
    def apri():
        with app.test_request_context("/"), usa_ambito(scena[0].id), unita():
            yield queries.intera("cabina-prova", 1)
        sessione.remove()

    return apri


def di(seduta, posto):
    return next(x for x in seduta.convocati if x.seggio.ordine == posto)


def test_chi_e_convocato_legge_tutto_e_lo_dice(scena, dentro, entra, cliente):
    browser = entra(scena[2][0])
    pagina = browser.get(MIA)
    assert (SALA in pagina.testo, "Comune 2 (Sindaca)" in pagina.testo) == (True, True)
    assert SALA not in cliente.get("/prova/organi/cabina-prova/sedute/1").testo
    evento = eventi(browser.get(f"{MIA}/seduta.ics").risposta.get_data())[0]
    assert SALA in str(evento["DESCRIPTION"])
    with dentro() as seduta:
        assert di(seduta, 2).letta_il is None, "aprire la pagina non scrive niente"
    assert browser.post(f"{MIA}/letta").luogo == MIA
    with clocks.alle(DOPO + timedelta(hours=1)):
        browser.post(f"{MIA}/letta")
    with dentro() as seduta:
        assert di(seduta, 2).letta_il == DOPO


def test_chi_non_e_convocato_non_trova_niente(app, scena, entra):
    with app.test_request_context("/"), tutti_gli_ambiti(), unita():
        altro = fabbrica.utente(Ruolo.COMPONENTE, ambito=scena[0])
    sessione.remove()
    for chi in (altro, scena[3]):
        browser = entra(chi)
        assert [browser.get(MIA).stato, browser.post(f"{MIA}/letta").stato, browser.post(MIA).stato] == [404, 404, 404]
    assert "Nessuna seduta in programma" in entra(altro).get("/prova/sedute/mie").testo


def test_si_risponde_e_si_cambia_idea_fino_all_apertura(scena, dentro, entra):
    browser = entra(scena[2][0])
    assert browser.post(MIA, {"motivo": "Sono via"}).stato == 422
    assert browser.post(MIA, {"risposta": "non_viene", "motivo": "Sono via"}).luogo == MIA
    with dentro() as seduta:
        suo = di(seduta, 2)
        assert (suo.risposta, suo.giustificata, suo.motivo_assenza, suo.letta_il) == (
            Risposta.NON_VIENE, True, "Sono via", DOPO,
        )  # fmt: skip
    ufficio = entra(scena[3]).get("/prova/ufficio/organi/cabina-prova/sedute/1").testo
    assert "non vengono: 1 (con un motivo: 1)" in ufficio
    assert browser.post(MIA, {"risposta": "non_viene", "motivo": ""}).stato == 303
    with dentro() as seduta:
        assert di(seduta, 2).giustificata is False
    assert browser.post(MIA, {"risposta": "viene", "motivo": "Sono via"}).stato == 303
    assert "Hai risposto il 18 novembre 2026, ore 10:00: ci sarai" in browser.get(MIA).testo
    with dentro() as seduta:
        assert (di(seduta, 2).risposta, di(seduta, 2).motivo_assenza) == (Risposta.VIENE, "")
        assert [json.loads(e.dettagli)["risposta"] for e in _eventi("sedute.rispondi")] == [
            "non_viene",
            "non_viene",
            "viene",
        ]
        assert all("Sono via" not in str(e.dettagli) for e in _eventi("sedute.rispondi")), "il motivo non va nel registro"


def _eventi(azione):
    with tutti_gli_ambiti():
        return sessione.query(Evento).filter(Evento.azione == azione).order_by(Evento.id).all()


def test_quando_la_seduta_e_aperta_la_risposta_non_cambia(scena, dentro, entra):
    with clocks.alle(c.ORE_15):
        browser = entra(scena[2][0])
        with dentro() as seduta:
            c.entrano(seduta, (1, 2, 3))
            c.banco.apri(seduta, ora=c.ORE_15, in_seconda=False, attore=None)
        pagina = browser.post(MIA, {"risposta": "viene"})
        assert (pagina.stato, "già cominciata" in pagina.testo) == (422, True)
        assert "Manda la risposta" not in browser.get(MIA).testo


def test_la_delega_entro_le_regole_e_l_ultima_vale(scena, dentro, entra):
    uno, due = (entra(p) for p in scena[2])
    assert "Scrivi chi mandi" in uno.post(MIA, {"risposta": "delega"}).errore_di("delegato")
    assert uno.post(MIA, {"risposta": "delega", "delegato": "Vicesindaca", "nota": "Atto n. 7"}).stato == 303
    doppia = due.post(MIA, {"risposta": "delega", "delegato": "vicesindaca"})
    assert (doppia.stato, "ne ammette 1" in doppia.errore_di("delegato")) == (422, True)
    with dentro() as seduta:
        assert (di(seduta, 2).delegato, di(seduta, 2).delega_nota, di(seduta, 3).delegato) == (
            "Vicesindaca",
            "Atto n. 7",
            "",
        )
        deleghe.delega(seduta, di(seduta, 2), delegato="Assessora", attore=scena[3])
    assert "Assessora" in uno.get(MIA).testo
    assert uno.post(MIA, {"risposta": "viene"}).stato == 303
    with dentro() as seduta:
        assert (di(seduta, 2).delegato, di(seduta, 2).delega_nota) == ("", "")
    assert due.post(MIA, {"risposta": "delega", "delegato": "Vicesindaca"}).stato == 303, "la prima si è ritirata"


def test_l_ufficio_che_toglie_la_delega_toglie_la_risposta(dentro):
    with dentro() as seduta:
        suo = di(seduta, 2)
        risposte.rispondi(seduta, suo, dati=DatiRisposta(Risposta.DELEGA, delegato="Vicesindaca"), attore=None)
        deleghe.delega(seduta, suo, delegato="", attore=None)
        assert (suo.delegato, suo.risposta, suo.risposta_il) == ("", None, None)


@pytest.mark.parametrize("ammesse", [True, False])
def test_un_componente_ha_la_delega_di_un_altro_se_l_organo_vuole(contesto, ammesse):
    ambito = fabbrica.ambito()
    with usa_ambito(ambito.id), clocks.alle(DOPO):
        organo, _persone = _organo(ambito, deleghe_ai_componenti=ammesse, deleghe_massime=1)
        s = c.convocata(organo)
        uno, due, tre, quattro = s.convocati
        manda = DatiRisposta(Risposta.DELEGA, a_posto=tre.seggio_id)
        if not ammesse:
            for dati in (manda, DatiRisposta(Risposta.DELEGA, delegato="COMUNE  3")):
                with pytest.raises(ErroreDominio, match="non può avere la delega"):
                    risposte.rispondi(s, due, dati=dati, attore=None)
            return
        risposte.rispondi(s, due, dati=manda, attore=None)
        assert (due.delegato, due.delegato_seggio_id) == ("Comune 3", tre.seggio_id)
        with pytest.raises(ErroreDominio, match="ne ammette 1"):
            risposte.rispondi(s, uno, dati=manda, attore=None)
        with pytest.raises(ErroreDominio, match="a sua volta"):
            risposte.rispondi(s, tre, dati=DatiRisposta(Risposta.DELEGA, delegato="Vicesindaca"), attore=None)
        with pytest.raises(ErroreDominio, match="da soli"):
            risposte.rispondi(s, quattro, dati=DatiRisposta(Risposta.DELEGA, a_posto=quattro.seggio_id), attore=None)
        with pytest.raises(ErroreDominio, match="non è fra i convocati"):
            risposte.rispondi(s, quattro, dati=DatiRisposta(Risposta.DELEGA, a_posto=999_999), attore=None)


def test_un_organo_senza_deleghe_non_le_propone(app, entra):
    with app.test_request_context("/"), tutti_gli_ambiti(), unita():
        ambito = fabbrica.ambito("prova")
        with usa_ambito(ambito.id):
            organo, persone = _organo(ambito, deleghe_massime=0)
            c.convocata(organo)
    sessione.remove()
    with clocks.alle(DOPO):
        browser = entra(persone[0])
        pagina = browser.get(MIA)
        assert "Quest’organo non ammette deleghe." in pagina.testo
        assert [i["value"] for i in pagina.dom.find_all("input", attrs={"name": "risposta"})] == ["viene", "non_viene"]
        assert browser.post(MIA, {"risposta": "delega", "delegato": "Vicesindaca"}).stato == 422


def test_come_e_arrivata_passo_per_passo(scena, dentro, entra):
    with dentro() as seduta:
        uno, due = di(seduta, 1), di(seduta, 2)
        assert (uno.canale, due.canale) == (None, Canale.EMAIL)
        assert consegna(uno) == (Consegna.DA_PROVARE, None)
        assert consegna(due, per_lettera=True) == (Consegna.FRA_I_MESSAGGI, None)
        lettera = sessione.query(Messaggio).filter(Messaggio.destinatario == scena[2][0].email).one()
        lettera.trattenuto, lettera.inviato_il = False, c.CONVOCAZIONE
        sessione.flush()
        partite = mie.lettere_partite(seduta.id)
        assert partite == {scena[2][0].id: c.CONVOCAZIONE}
        assert consegna(due, partita=partite[due.utente_id]) == (Consegna.SPEDITA, c.CONVOCAZIONE)
        a_mano = DatiConsegna(Canale.MANO, c.CONVOCAZIONE, DOPO - timedelta(minutes=5), prova="Firma")
        risposte.prova_consegna(seduta, uno, dati=a_mano, letta=vista(uno), attore=None)
        assert consegna(uno) == (Consegna.A_MANO, DOPO - timedelta(minutes=5))
        letta = DatiConsegna(Canale.PEC, c.CONVOCAZIONE, c.CONVOCAZIONE, DOPO)
        risposte.prova_consegna(seduta, uno, dati=letta, letta=vista(uno), attore=None)
        assert consegna(uno) == (Consegna.LETTA, DOPO)
    testo = entra(scena[3]).get("/prova/ufficio/organi/cabina-prova/sedute/1").testo
    assert "per PEC" in testo
    assert "Spedita" in testo


@pytest.mark.parametrize(
    ("dati", "campo"),
    [
        (DatiConsegna(Canale.PEC, DOPO, c.CONVOCAZIONE), "consegnata_il"),
        (DatiConsegna(Canale.PEC, DOPO + timedelta(days=1)), "spedita_il"),
        (DatiConsegna(None, c.CONVOCAZIONE), "canale"),
    ],
)
def test_una_prova_che_non_sta_in_piedi(dentro, dati, campo):
    with dentro() as seduta, pytest.raises(ErroreDominio) as errore:
        risposte.prova_consegna(seduta, di(seduta, 1), dati=dati, letta=vista(di(seduta, 1)), attore=None)
    assert errore.value.campo == campo


def test_la_prova_scritta_da_una_pagina_vecchia_non_copre_la_lettura(dentro):
    with dentro() as seduta:
        suo = di(seduta, 2)
        prima = vista(suo)
        risposte.leggi(suo, attore=None)
        with pytest.raises(Conflitto):
            risposte.prova_consegna(seduta, suo, dati=DatiConsegna(Canale.PEC, prova="PEC"), letta=prima, attore=None)
        assert (suo.letta_il, suo.prova) == (DOPO, "")


def test_il_conto_delle_risposte(dentro):
    with dentro() as seduta:
        risposte.rispondi(seduta, di(seduta, 1), dati=DatiRisposta(Risposta.VIENE), attore=None)
        risposte.rispondi(seduta, di(seduta, 2), dati=DatiRisposta(Risposta.NON_VIENE, "Via"), attore=None)
        risposte.rispondi(seduta, di(seduta, 3), dati=DatiRisposta(Risposta.DELEGA, delegato="Vice"), attore=None)
        quante = conta(seduta.convocati)
        assert (quante.vengono, quante.non_vengono, quante.giustificate, quante.delegano, quante.tacciono) == (1, 1, 1, 1, 1)


def _norme(pdf):
    """Which parts of PDF/A and PDF/UA the file claims."""
    with pikepdf.open(BytesIO(pdf)) as aperto, aperto.open_metadata() as dati:
        return dati.get("pdfaid:part"), dati.get("pdfaid:conformance"), dati.get("pdfuaid:part")


def test_la_convocazione_in_pdf_per_chi_e_convocato_e_per_tutti(scena, entra, cliente):
    riservata = "/prova/organi/cabina-prova/sedute/1/riservata/convocazione.pdf"
    tutti = cliente.get("/prova/organi/cabina-prova/sedute/1/convocazione.pdf").risposta
    sua = entra(scena[2][0]).get(riservata).risposta
    assert [r.mimetype for r in (tutti, sua)] == ["application/pdf"] * 2
    assert _norme(sua.get_data()) == ("2", "A", "1")
    assert entra(scena[3]).get(riservata).risposta.get_data() == sua.get_data(), "gli stessi dati, gli stessi byte"
    assert cliente.get(riservata).luogo.startswith("/accedi")


def test_che_cosa_dice_il_pdf(scena, dentro, app):
    with dentro() as seduta:
        c.documento(seduta.punti[0], app, "Relazione", riservato=False)
        c.documento(seduta.punti[1], app, "Parere")
        intero, aperto = (
            dati_della_convocazione(seduta, ambito="A", capofila="C", per_chi_e_convocato=tutto) for tutto in (True, False)
        )
    assert {"voce": "Da lontano", "valore": SALA} in intero["fatti"]
    assert SALA not in str(aperto)
    assert [v["documenti"] for v in aperto["voci"]] == [["Relazione (pagine: 12, aggiunto il 18/11/2026)"], []]
    assert intero["voci"][1]["documenti"] == ["Parere (pagine: 12, per chi è convocato, aggiunto il 18/11/2026)"]
    assert {"voce": "Protocollo", "valore": "n. 21085 del 18/11/2026"} in aperto["fatti"]
    assert intero["posti"][1] == ["Comune 2", "Sindaca", "per e-mail"]
    assert (aperto["posti"][1], aperto["canali"]) == (["Comune 2", "Sindaca", ""], False)
    assert aperto["preavviso"] == "Giorni di preavviso: 7. Il regolamento ne chiede 5."


def test_la_lettera_porta_alla_pagina_di_chi_e_convocato(app, scena, entra):
    with app.test_request_context("/"), usa_ambito(scena[0].id), unita():
        c.bozza(scena[1], "Il regolamento")
    sessione.remove()
    entra(scena[3]).post("/prova/ufficio/organi/cabina-prova/sedute/2/convoca", {"protocollo": "7"})
    with tutti_gli_ambiti():
        testi = [m.testo for m in sessione.query(Messaggio).filter(Messaggio.oggetto.startswith("Convocazione"))]
    assert any("http://localhost/prova/sedute/mie/cabina-prova/2" in t for t in testi)


def test_le_mie_sedute_costano_lo_stesso_con_una_e_con_sei(app, scena, entra, conta_query):
    browser, costi = entra(scena[2][0]), []
    for quante in (1, 6):
        with app.test_request_context("/"), usa_ambito(scena[0].id), unita():
            organo = queries.intera("cabina-prova", 1).organo
            for n in range(quante):
                c.convocata(organo, f"Punto {n}")
                c.proposto(scena[2][0], queries.intera("cabina-prova", 1).convocati[1].seggio_id, f"Voce {quante} {n}")
        sessione.remove()
        browser.get("/prova/sedute/mie")
        with conta_query() as n:
            pagina = browser.get("/prova/sedute/mie")
        costi.append(n.totale)
    assert pagina.testo.count("Rispondi") == 8
    assert costi[0] == costi[1]
