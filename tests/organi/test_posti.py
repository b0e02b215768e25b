"""Seats that close, bodies that are switched off, substitutes, forfeiture for absences."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal import clocks
from portal.audit.models import Evento
from portal.db import sessione
from portal.errors import ErroreDominio
from portal.organi import operations, queries
from portal.organi.rules import mandati
from portal.sedute.models import StatoPunto
from portal.sedute.operations import assenze
from portal.sedute.queries.assenze import storico
from portal.tenancy import tutti_gli_ambiti, usa_ambito
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.guida.costruttori import scrivendo
from tests.palco import scena as su_palco
from tests.sedute import costruttori as c

BASE = "/prova/ufficio/organi/cabina-prova"


@pytest.fixture
@su_palco
def mondo(app):
    with scrivendo(app):
        ambito = fabbrica.ambito("prova")
        with usa_ambito(ambito.id):
            organo = c.cabina(ambito, 5)
        return {
            "ambito": ambito,
            "organo": organo,
            "responsabile": fabbrica.utente(Ruolo.RESPONSABILE, ambito=ambito),
            "operatore": fabbrica.utente(Ruolo.OPERATORE, ambito=ambito),
        }


def tenuta(organo, presenti, giorno, **altro):
    """A sitting held ``giorno`` days after the first, with those seats, closed."""
    with clocks.alle(c.ORE_15 + timedelta(days=giorno)):
        seduta = c.convocata(organo, "Un punto", inizio=c.ORE_15 + timedelta(days=giorno))
        c.entrano(seduta, presenti, ora=c.fra(-10))
        c.banco.apri(seduta, ora=clocks.adesso(), in_seconda=False, attore=None)
        c.banco.chiudi_punto(seduta.punti[0], esito=StatoPunto.RINVIATO, attore=None)
        c.banco.chiudi(seduta, ora=clocks.adesso(), attore=None)
    return seduta


def azioni():
    with tutti_gli_ambiti():
        return [e.azione for e in sessione.scalars(select(Evento).order_by(Evento.id))]


def test_un_posto_si_chiude_quando_nessuno_ci_siede(app, mondo, entra, cliente):
    browser = entra(mondo["operatore"])
    dati = {"al": "2026-11-30", "motivo": "Il regolamento nuovo toglie il posto"}
    con_qualcuno = browser.post(f"{BASE}/seggi/5/chiudi", dati)
    assert con_qualcuno.stato == 422
    assert "Dopo quel giorno ci siede ancora qualcuno: Sindaca." in con_qualcuno.errore_di("al")
    assert browser.post(f"{BASE}/seggi/5/chiudi", {**dati, "motivo": ""}).errore_di("motivo")
    assert browser.post(f"{BASE}/seggi/5/chiudi", {**dati, "al": "2001-01-01"}).errore_di("al")
    assert browser.post(f"{BASE}/seggi/5/chiudi", {**dati, "anche_mandati": "y"}).stato == 303
    pagina = browser.get(f"{BASE}/seggi/5").testo
    assert "Il posto c’è fino al 30/11/2026. Il regolamento nuovo toglie il posto" in pagina
    assert "dal 01/01/2022 al 30/11/2026" in pagina
    righe = [len(cliente.get(f"/prova/organi/cabina-prova?al={g}").dom.select("main tbody tr")) for g in
             ("2026-11-30", "2026-12-01")]  # fmt: skip
    assert righe == [5, 4]
    assert azioni()[-1] == "organi.chiudi_seggio"


def test_un_posto_con_una_nomina_che_comincia_dopo_non_si_chiude(app, mondo):
    with scrivendo(app), usa_ambito(mondo["ambito"].id):
        posto = c.organi.seggio(mondo["organo"], "Posto")
        c.organi.nomina(posto, dal=date(2027, 1, 1))
        sessione.flush()
        posto = queries.seggio("cabina-prova", posto.ordine)
        with pytest.raises(ErroreDominio, match="comincia dopo"):
            operations.chiudi_seggio(posto, al=date(2026, 12, 1), motivo="x", anche_mandati=True, attore=None)


def test_un_organo_spento_non_si_riunisce_e_il_passato_resta(app, mondo, entra, cliente):
    with scrivendo(app), usa_ambito(mondo["ambito"].id):
        tenuta(mondo["organo"], (1, 2, 3), 0)
    browser = entra(mondo["responsabile"])
    assert browser.post(f"{BASE}/stato", {"motivo": ""}).errore_di("motivo")
    assert browser.post(f"{BASE}/stato", {"motivo": "Il piano è finito"}).stato == 303
    assert "Il piano è finito" in browser.get(f"{BASE}/seggi").testo
    for indirizzo in ("", "/sedute", "/sedute/1"):
        assert cliente.get(f"/prova/organi/cabina-prova{indirizzo}").stato == 200, indirizzo
    assert "Quest’organo non si riunisce più." in cliente.get("/prova/organi/cabina-prova").testo
    assert "Non si riuniscono più" in cliente.get("/prova/organi").testo
    nuova = browser.post(f"{BASE}/sedute/nuova", {"inizio": "2027-01-01T10:00", "luogo": "Sala"})
    assert "è spento" in nuova.testo
    assert browser.post(f"{BASE}/stato", {"motivo": "Un piano nuovo"}).stato == 303
    assert browser.post(f"{BASE}/sedute/nuova", {"inizio": "2027-01-01T10:00", "luogo": "Sala"}).stato == 303
    assert [a for a in azioni() if a in ("organi.spegni", "organi.riaccendi")] == ["organi.spegni", "organi.riaccendi"]


def test_con_una_seduta_convocata_l_organo_non_si_spegne(app, mondo, entra):
    with scrivendo(app), usa_ambito(mondo["ambito"].id):
        c.convocata(mondo["organo"], "Un punto")
    pagina = entra(mondo["responsabile"]).post(f"{BASE}/stato", {"motivo": "Basta"})
    assert (pagina.stato, "La seduta n. 1 è convocata" in pagina.testo) == (422, True)


GIORNI = [date(2026, 1, n) for n in range(1, 7)]
SI, NO, GIUSTA = (True, False), (False, False), (False, True)


@pytest.mark.parametrize(
    ("righe", "dal", "massimo", "attesi"),
    [
        ([], 1, 3, []), ([NO, NO], 1, 3, []), ([NO, NO, NO], 1, 3, [1, 2, 3]), ([NO, NO, NO], 1, None, []),
        ([NO, NO, NO], 2, 3, []), ([NO, NO, NO], 2, 2, [2, 3]), ([NO, NO, NO, SI], 1, 3, []),
        ([NO, GIUSTA, NO, NO], 1, 3, [1, 3, 4]), ([NO, NO, GIUSTA, GIUSTA], 1, 3, []),
        ([SI, NO, NO, NO, NO], 1, 3, [2, 3, 4, 5]),
    ],
)  # fmt: skip
def test_le_assenze_da_valutare(righe, dal, massimo, attesi):
    """Only those of the present holder, in a row, without a reason: one with a reason neither counts nor breaks the row."""
    sedute = [mandati.Assenza(p, g, GIORNI[n]) for n, (p, g) in enumerate(righe)]
    trovate = mandati.da_valutare(sedute, GIORNI[dal - 1], massimo)
    assert [a.quando.day for a in trovate] == attesi


def test_dalle_assenze_alla_decadenza(app, mondo, entra):
    with scrivendo(app), usa_ambito(mondo["ambito"].id):
        c.organi.nomina(queries.seggio("cabina-prova", 5), "Vicesindaca", supplente=True)
        for giorno in (0, 7, 14):
            tenuta(mondo["organo"], (1, 2, 3), giorno)
        annullata = c.convocata(mondo["organo"], "Mai tenuta", inizio=c.ORE_15 + timedelta(days=21))
        c.operations.annulla(annullata, motivo="Neve", attore=None)
    with clocks.alle(c.ORE_15 + timedelta(days=20)):
        browser, responsabile = entra(mondo["operatore"]), entra(mondo["responsabile"])
        da_valutare = browser.get(f"{BASE}/seggi")
        assert "Comune 4: 3 assenze di fila senza motivo. 25/11/2026 , 02/12/2026 , 09/12/2026" in da_valutare.testo
        assert browser.get(f"{BASE}/seggi/4/decadenza").stato == 403
        with scrivendo(app), usa_ambito(mondo["ambito"].id):
            quarto = queries.seggio("cabina-prova", 4).id
        assert browser.post(f"{BASE}/sedute/1/assenze", {"seggio_id": str(quarto), "motivo": "Malattia"}).stato == 303
        assert "Comune 4:" not in browser.get(f"{BASE}/seggi").testo
        assert responsabile.get(f"{BASE}/seggi/4/decadenza").stato == 404
        troppo_presto = responsabile.post(f"{BASE}/seggi/5/decadenza", {"atto": "Decreto 9", "al": "2026-12-01"})
        assert "L’ultima assenza è del 09/12/2026." in troppo_presto.errore_di("al")
        assert responsabile.post(f"{BASE}/seggi/5/decadenza", {"atto": "", "al": "2026-12-10"}).errore_di("atto")
        fatta = responsabile.post(f"{BASE}/seggi/5/decadenza", {"atto": "Decreto 9", "al": "2026-12-10"})
        proposta = responsabile.get(fatta.luogo)
        assert (proposta.valore_di("qualita"), proposta.valore_di("dal")) == ("Vicesindaca", "2026-12-11")
        assert "decadenza: Decreto 9" in proposta.testo
        assert azioni()[-1] == "organi.dichiara_decadenza"


def test_un_assenza_si_giustifica_solo_se_c_e(app, mondo, entra):
    with scrivendo(app), usa_ambito(mondo["ambito"].id):
        seduta = c.riletta(tenuta(mondo["organo"], (1, 2, 3), 0))
        per_posto = {x.seggio.ordine: x.seggio_id for x in seduta.convocati}
        for posto, motivo, perche in ((1, "x", "non era vuoto"), (4, " ", "motivo"), (99, "x", "non è fra i convocati")):
            with pytest.raises(ErroreDominio, match=perche):
                assenze.giustifica(seduta, seggio_id=per_posto.get(posto, 0), motivo=motivo, attore=None)
        for motivo in ("Malattia", "Lutto"):
            assenze.giustifica(seduta, seggio_id=per_posto[4], motivo=motivo, attore=None)
        sessione.flush()
        assert [(a.presente, a.giustificata) for a in storico(mondo["organo"].id)[per_posto[4]]] == [(False, True)]
    pagina = entra(mondo["operatore"]).get(f"{BASE}/sedute/1/assenze")
    assert "Comune 4 Lutto giustificata" in pagina.testo
    assert "Comune 5 senza motivo" in pagina.testo


def test_il_motivo_dato_con_la_risposta_giustifica(app, mondo):
    with scrivendo(app), usa_ambito(mondo["ambito"].id):
        seduta = c.riletta(tenuta(mondo["organo"], (1, 2, 3), 0))
        quarto, quinto = (next(x for x in seduta.convocati if x.seggio.ordine == n) for n in (4, 5))
        quarto.giustificata = True
        sessione.flush()
        righe = storico(mondo["organo"].id)
        assert [righe[x.seggio_id][0].giustificata for x in (quarto, quinto)] == [True, False]


def test_il_supplente_entra_all_appello(app, mondo, entra, cliente):
    with scrivendo(app), usa_ambito(mondo["ambito"].id):
        c.organi.nomina(queries.seggio("cabina-prova", 2), "Vicesindaca", supplente=True)
        seduta = c.convocata(mondo["organo"], "Un punto")
        primo, secondo = (x.seggio_id for x in seduta.convocati[:2])
    banco = f"{BASE}/sedute/1/banco"
    with clocks.alle(c.ORE_15):
        browser = entra(mondo["operatore"])
        pagina = browser.get(banco)
        assert [b["value"] for b in pagina.dom.select('button[name="supplente"]')] == [str(secondo)]
        assert "assente · supplente: Vicesindaca" in pagina.testo
        senza = browser.post(f"{banco}/presenze", {"presenza-ora": "", "supplente": str(primo)})
        assert (senza.stato, "non ha un supplente" in senza.testo) == (422, True)
        assert browser.post(f"{banco}/presenze", {"presenza-ora": "15:00", "supplente": str(secondo)}).stato == 303
        assert "dalle 15:00 · supplente: Vicesindaca" in browser.get(banco).testo


@pytest.mark.parametrize("quanti", [5, 40])
def test_le_assenze_costano_una_query(app, mondo, conta_query, quanti):
    with scrivendo(app), usa_ambito(mondo["ambito"].id):
        for n in range(quanti - 5):
            c.organi.nomina(c.organi.seggio(mondo["organo"], f"Altro {n}"))
        tenuta(mondo["organo"], range(1, quanti), 0)
        sessione.flush()
        organo_id = mondo["organo"].id
        with conta_query() as conto:
            trovate = storico(organo_id)
        assert (conto.totale, len(trovate)) == (1, quanti)
        assert [len(mandati.fila(righe)) for righe in trovate.values()].count(1) == 1
