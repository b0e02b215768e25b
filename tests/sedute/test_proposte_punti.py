"""Items that members ask for, and the order of the agenda."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta

import pytest

from portal import clocks
from portal.db import sessione
from portal.errors import ErroreDominio, TransizioneNonAmmessa
from portal.outbox import Messaggio
from portal.sedute import queries
from portal.sedute.models import PuntoProposto, StatoPuntoProposto
from portal.sedute.operations import ordine, proposte
from portal.sedute.operations import sedute as operations
from portal.sedute.operations.sedute import DatiPunto
from portal.sedute.queries import proposte as queries_proposte
from portal.sedute.rules.agenda import estremi, in_fila, numera, spostato
from portal.tenancy import tutti_gli_ambiti, usa_ambito
from portal.transaction import unita
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.organi import costruttori as organi

from . import costruttori as c

UFFICIO = "/prova/ufficio/organi/cabina-prova/sedute"


@pytest.fixture
def scena(app):
    """A body with a member who has an account, a draft and an operator."""
    with app.test_request_context("/"), tutti_gli_ambiti(), unita():
        ambito = fabbrica.ambito("prova")
        componente = fabbrica.utente(Ruolo.COMPONENTE, ambito=ambito)
        with usa_ambito(ambito.id):
            organo = organi.organo(ambito, "cabina-prova")
            posto = organi.seggio(organo, presiede=True)
            organi.nomina(posto, utente_id=componente.id)
            c.bozza(organo, "Il piano")
        operatore = fabbrica.utente(Ruolo.OPERATORE, ambito=ambito)
    sessione.remove()
    with clocks.alle(c.CONVOCAZIONE):
        yield ambito, organo, posto, componente, operatore


@pytest.fixture
def dentro(app, scena):
    @contextmanager
    def apri(numero=1):
        with app.test_request_context("/"), usa_ambito(scena[0].id), unita():
            yield queries.intera("cabina-prova", numero)
        sessione.remove()

    return apri


def proponi(browser, scena, titolo="La mensa"):
    campi = {"seggio_id": str(scena[2].id), "titolo": titolo, "motivo": "Manca da un anno.", "testo": "Si apre."}
    return browser.post("/prova/sedute/mie/proposte/nuova", campi)


def lettere():
    with tutti_gli_ambiti():
        return [(m.destinatario, m.oggetto, m.testo) for m in sessione.query(Messaggio).order_by(Messaggio.id)]


def test_si_propone_e_con_una_pressione_va_all_ordine_del_giorno(scena, dentro, entra):
    componente, ufficio = entra(scena[3]), entra(scena[4])
    assert proponi(componente, scena).luogo == "/prova/sedute/mie"
    assert "La mensa Cabina di Regia · proposto il 18/11/2026 In attesa" in componente.get("/prova/sedute/mie").testo
    assert "1 punto proposto da decidere" in ufficio.get("/prova/ufficio/sedute").testo
    assert "Metti nella seduta del 25/11/2026" in ufficio.get(f"{UFFICIO}/proposte").testo
    with dentro():
        (riga,) = queries_proposte.in_attesa(scena[1].id)
    assert ufficio.post(f"{UFFICIO}/1/proposte/{riga.id}").luogo == f"{UFFICIO}/1"
    with dentro() as seduta:
        nuovo = seduta.punti[-1]
        assert (nuovo.titolo, nuovo.proposta, nuovo.relatore) == ("La mensa", "Si apre.", "Comune di Prova")
    assert "Nella seduta del 25 novembre 2026, ancora da convocare" in componente.get("/prova/sedute/mie").testo
    ((a, oggetto, testo),) = lettere()
    assert (a, oggetto) == (scena[3].email, "Il punto che hai proposto va all’ordine del giorno")
    assert "25/11/2026 15:00" in testo
    ufficio.post(f"{UFFICIO}/1/proposte/{riga.id}")
    assert "Qualcuno l’ha già fatto" in ufficio.get(f"{UFFICIO}/proposte").testo
    with dentro() as seduta:
        assert len(seduta.punti) == 2


def test_si_risponde_di_no_con_un_motivo(scena, dentro, entra):
    componente, ufficio = entra(scena[3]), entra(scena[4])
    proponi(componente, scena)
    with dentro():
        (riga,) = queries_proposte.in_attesa(scena[1].id)
    dove = f"{UFFICIO}/proposte/{riga.id}/respingi"
    assert ufficio.post(dove, {"motivo": ""}).errore_di("motivo") != ""
    assert ufficio.post(dove, {"motivo": "Ne parla il Comune."}).luogo == f"{UFFICIO}/proposte"
    assert "Perché: Ne parla il Comune. Non accolto" in componente.get("/prova/sedute/mie").testo
    assert "Ne parla il Comune." in lettere()[0][2]
    assert "Qualcuno l’ha già fatto" in ufficio.post(dove, {"motivo": "Altro."}).testo


def test_tolto_dalla_bozza_torna_fra_i_proposti(scena, dentro):
    with dentro() as seduta:
        proposto = c.proposto(scena[3], scena[2].id)
        sessione.flush()
        proposto = queries_proposte.proposto("cabina-prova", proposto.id)
        proposte.accogli(proposto, seduta, attore=None)
        sessione.flush()
        operations.togli_punto(queries.intera("cabina-prova", 1).punti[-1], attore=None)
        sessione.flush()
        tornato = sessione.get_one(PuntoProposto, proposto.id, populate_existing=True)
        assert (tornato.stato, tornato.punto_id, tornato.deciso_il) == (StatoPuntoProposto.PROPOSTO, None, None)


def test_non_si_propone_per_un_posto_di_altri_ne_senza_fine(app, scena, dentro):
    with dentro() as seduta:
        altrui = organi.seggio(seduta.organo, "Comune altrui")
        with pytest.raises(ErroreDominio, match="in cui siedi"):
            c.proposto(scena[3], altrui.id)
        for n in range(proposte.IN_ATTESA):
            c.proposto(scena[3], scena[2].id, f"Voce {n}")
        sessione.flush()
        with pytest.raises(ErroreDominio, match="20 proposte in attesa"):
            c.proposto(scena[3], scena[2].id)


def test_non_si_accoglie_in_una_seduta_convocata(scena, dentro):
    with dentro() as seduta:
        operations.convoca(seduta, protocollo="1", attore=None)
        proposto = c.proposto(scena[3], scena[2].id)
        sessione.flush()
        with pytest.raises(ErroreDominio, match="ancora da convocare"):
            proposte.accogli(queries_proposte.proposto("cabina-prova", proposto.id), seduta, attore=None)


def _voci(*coppie):
    from types import SimpleNamespace

    return [SimpleNamespace(id=i, padre_id=p) for i, p in coppie]


def test_i_punti_si_spostano_con_le_loro_parti():
    voci = _voci((1, None), (2, None), (11, 1), (12, 1), (3, None))
    assert [v.id for v in in_fila(voci)] == [1, 11, 12, 2, 3]
    assert [v.id for v in spostato(voci, 2, su=True)] == [2, 1, 11, 12, 3]
    assert [v.id for v in spostato(voci, 1, su=False)] == [2, 1, 11, 12, 3]
    assert [v.id for v in spostato(voci, 12, su=True)] == [1, 12, 11, 2, 3]
    assert numera(spostato(voci, 12, su=True))[12] == "1.1"
    assert estremi(in_fila(voci)) == {"su": {1, 11}, "giu": {3, 12}}


@pytest.mark.parametrize(("punto", "su", "perche"), [(1, True, "primo"), (3, False, "ultimo"), (11, True, "primo")])
def test_oltre_i_bordi_non_si_va(italiano, punto, su, perche):
    with pytest.raises(ErroreDominio, match=perche):
        spostato(_voci((1, None), (11, 1), (3, None)), punto, su=su)


def titoli(seduta):
    return [p.titolo for p in seduta.punti]


def test_dall_ufficio_si_sposta_senza_disturbare_chi_scrive(scena, dentro, entra):
    with dentro() as seduta:
        for titolo in ("Il bilancio", "Varie"):
            operations.aggiungi_punto(seduta, dati=DatiPunto(titolo), attore=None)
        primo = seduta.punti[0]
        operations.aggiungi_punto(seduta, dati=DatiPunto("Una parte", padre_id=primo.id), attore=None)
    with dentro() as seduta:
        assert titoli(seduta) == ["Il piano", "Una parte", "Il bilancio", "Varie"], "la parte sta con il suo intero"
        varie, versione = seduta.punti[-1].id, seduta.punti[-1].versione
    browser = entra(scena[4])
    assert browser.post(f"{UFFICIO}/1/punti/{varie}/sposta", {"dove": "su"}).luogo == f"{UFFICIO}/1"
    with dentro() as seduta:
        assert titoli(seduta) == ["Il piano", "Una parte", "Varie", "Il bilancio"]
        assert [p.ordine for p in seduta.punti] == [1, 2, 3, 4]
        assert seduta.punti[2].versione == versione
    browser.post(f"{UFFICIO}/1/punti/{varie}/sposta", {"dove": "su"})
    assert browser.post(f"{UFFICIO}/1/punti/{varie}/sposta", {"dove": "su"}).stato == 303
    assert "È già il primo" in browser.get(f"{UFFICIO}/1").testo
    with dentro() as seduta:
        assert titoli(seduta) == ["Varie", "Il piano", "Una parte", "Il bilancio"]


def test_dopo_la_convocazione_una_lettera_sola_dice_l_ultimo_ordine(scena, dentro):
    with dentro() as seduta:
        operations.aggiungi_punto(seduta, dati=DatiPunto("Il bilancio"), attore=None)
        operations.convoca(seduta, protocollo="1", attore=None)
        convocata = c.riletta(seduta)
        for su in (False, True, False):
            ordine.sposta_punto(next(p for p in convocata.punti if p.titolo == "Il piano"), su=su, attore=None)
        assert convocata.sequenza == 3
    cambi = [testo for _a, oggetto, testo in lettere() if oggetto.startswith("Cambia l’ordine")]
    assert len(cambi) == 1, "chi non ha ancora letto niente legge solo l’ultimo"
    assert "1. Il bilancio\n2. Il piano" in cambi[0]


def test_lasciata_partire_la_prima_la_seconda_e_un_altra(scena, dentro):
    with dentro() as seduta:
        operations.aggiungi_punto(seduta, dati=DatiPunto("Il bilancio"), attore=None)
        operations.convoca(seduta, protocollo="1", attore=None)
        convocata = c.riletta(seduta)
        for _ in range(2):
            ordine.sposta_punto(convocata.punti[0], su=False, attore=None)
            sessione.flush()
            for messaggio in sessione.query(Messaggio).filter(Messaggio.oggetto.startswith("Cambia l’ordine")):
                messaggio.trattenuto = False
    assert len([1 for _a, oggetto, _t in lettere() if oggetto.startswith("Cambia l’ordine")]) == 2


def test_a_seduta_cominciata_l_ordine_resta(scena, dentro):
    with dentro() as seduta:
        operations.aggiungi_punto(seduta, dati=DatiPunto("Il bilancio"), attore=None)
        operations.convoca(seduta, protocollo="1", attore=None)
    with clocks.alle(c.ORE_15 + timedelta(minutes=1)), dentro() as seduta:
        c.entrano(seduta, (1,))
        c.banco.apri(seduta, ora=clocks.adesso(), in_seconda=False, attore=None)
        with pytest.raises(ErroreDominio, match="non cambia più"):
            ordine.sposta_punto(seduta.punti[0], su=False, attore=None)


def test_chi_sposta_da_una_pagina_vecchia_lo_sa(scena, dentro):
    with dentro() as seduta:
        operations.aggiungi_punto(seduta, dati=DatiPunto("Il bilancio"), attore=None)
        ordine.sposta_punto(seduta.punti[0], su=False, attore=None)
        sessione.flush()
        primo, secondo = seduta.punti
        primo.__dict__["ordine"], secondo.__dict__["ordine"] = 2, 1  # as another had read them before
        with pytest.raises(TransizioneNonAmmessa):
            ordine.sposta_punto(primo, su=False, attore=None)
