"""A sitting with real people at real pages: prepared, convened, minuted by two at once, closed, read by everyone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from portal.clocks import a_roma, adesso
from portal.sedute.models import Seduta
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.organi import costruttori as organi
from tests.percorsi.conftest import con_password

BANCO = "/casarano/ufficio/organi/cabina/sedute/1/banco"


@pytest.fixture
def scena(nel_sito):
    """A body of three with nothing on its agenda, and two people of the office."""
    with nel_sito():
        ambito = fabbrica.ambito("casarano")
        organo = organi.organo(ambito, "cabina")
        for n in (1, 2, 3):
            organi.nomina(organi.seggio(organo, f"Comune {n}", presiede=n == 1))
        for nome in ("operatore", "responsabile"):
            ruolo = Ruolo(nome)
            con_password(fabbrica.utente(ruolo, ambito=ambito, email=f"{nome}@prova.example"))


def test_dalla_convocazione_alla_decisione(scena, persona, nel_sito):
    operatore = persona("operatore@prova.example")
    _convoca(operatore)
    with nel_sito():
        from portal.db import sessione

        fabbrica.cambia(sessione.query(Seduta).one(), inizio=adesso() - timedelta(minutes=1))
    _apre(operatore)
    _scrivono_in_due(operatore, persona("responsabile@prova.example"))
    _vota_e_chiude(operatore)
    cittadino = persona()
    cittadino.apri("/casarano/organi/cabina/sedute")
    cittadino.legge("Si adotta il piano.")
    cittadino.apri("/casarano/organi/cabina/sedute/1")
    cittadino.legge("Approvata all’unanimità")
    cittadino.apri("/casarano/organi/cabina")


def _convoca(operatore):
    """A draft with one item, called for tomorrow: too late for the regulation, and the page says so before and after."""
    operatore.apri("/casarano/ufficio/sedute")
    operatore.segui("Cabina di Regia")
    domani = a_roma(adesso() + timedelta(days=1)).strftime("%Y-%m-%dT15:00:00")
    operatore.scrivi(inizio=domani, luogo="Sala del consiglio")
    operatore.premi("Salva")
    operatore.legge("serve almeno un punto")
    operatore.segui("Aggiungi un punto")
    operatore.scrivi(titolo="Adozione del piano", proposta="Si propone di adottare il piano.")
    operatore.premi("Salva il punto")
    operatore.segui("Controlla e convoca")
    operatore.legge("La convocazione è tardiva.")
    operatore.scrivi(protocollo="21085")
    operatore.premi("Convoca la seduta")
    operatore.legge("Convocata in ritardo.")
    operatore.segui("Comune 1")
    operatore.scrivi(prova__prova="PEC consegnata")
    operatore.premi("Salva la prova")


def _apre(operatore):
    operatore.apri(BANCO)
    operatore.premi("Apri la seduta")
    operatore.legge("Manca il numero legale: presenti 0 su 3.")
    operatore.premi("Entrano tutti")
    operatore.premi("Apri la seduta")
    operatore.premi("Apri il punto")
    operatore.non_trabocca(820, 320)


def _scrivono_in_due(uno, due):
    """Both have the item open; who saves later sees both texts, and nothing of the first is lost."""
    due.apri(BANCO)
    uno.scrivi(punto__discussione="Parla la presidente.")
    uno.premi("Salva la discussione")
    due.scrivi(punto__discussione="Parla l’assessore.")
    due.premi("Salva la discussione")
    due.legge("Parla la presidente.")
    due.legge("Parla l’assessore.")


def _vota_e_chiude(operatore):
    """The notes save by themselves; one press registers the vote, the text of the decision with it."""
    operatore.apri(BANCO)
    operatore.scrivi(punto__discussione="Parla la presidente. Nessuno è contrario.", punto__delibera="Si adotta il piano.")
    expect(operatore.pagina.locator("[data-salvato]")).to_contain_text("Salvato alle")
    operatore.premi("Registra il voto")
    operatore.legge("3 + 0 + 0 = 3 presenti")
    operatore.premi("Chiudi il punto")
    operatore.premi("Chiudi la seduta")
    operatore.legge("Approvata all’unanimità")
