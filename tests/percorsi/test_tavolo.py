"""A tavolo with real people at real pages: an ente asks, writes, is answered; what is given back reaches the plan."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from portal.clocks import oggi
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.tavoli import costruttori as tavoli

from .conftest import con_password

UFFICIO, QUI = "/casarano/ufficio/tavoli", "/casarano/tavoli/inclusione"
ENTE, TAVOLO = "Associazione Il Ponte APS", "Inclusione e povertà"
RAPPRESENTANTE, OPERATRICE = "legale@tavolo.example", "operatrice@tavolo.example"


@pytest.fixture
def scena(nel_sito):
    """An open tavolo that met yesterday, a sheet of the plan, who represents an ente and who works in the office."""
    with nel_sito():
        ambito = fabbrica.ambito("casarano")
        scheda, _riga = fabbrica.scheda(ambito, "B.7")
        percorso = tavoli.percorso(ambito, titolo="Verso il nuovo piano", ciclo_id=scheda.ciclo_id)
        tavolo = tavoli.tavolo(percorso, "inclusione", numero=1, titolo=TAVOLO)
        tavoli.incontro(tavolo, oggi() - timedelta(days=1), luogo="Sala del consiglio")
        ente = fabbrica.ente(denominazione=ENTE)
        con_password(fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=ente, email=RAPPRESENTANTE))
        con_password(fabbrica.utente(Ruolo.OPERATORE, ambito=ambito, email=OPERATRICE))


def test_dalla_richiesta_al_filo_della_scheda(scena, persona):
    ente = persona(RAPPRESENTANTE)
    _chiede(ente)
    ufficio = persona(OPERATRICE)
    _ammette(ufficio)
    _scrive(ente)
    _risponde(ufficio)
    _restituisce(ufficio)
    _legge_il_filo(persona())


def _segui(scrivania, nome, dove="main"):
    """Follow a link there whose name goes on: with words for who listens only, with the dot of a row of links."""
    scrivania.pagina.locator(dove).get_by_role("link", name=nome).first.click()
    scrivania.pagina.wait_for_load_state()
    scrivania.controlla()


def _chiede(ente):
    ente.apri("/ente/tavoli")
    ente.legge(f"1. {TAVOLO}")
    _segui(ente, "Chiedi di partecipare")
    ente.scrivi(chi="La presidente", perche="Ogni giorno incontriamo chi non ha casa.")
    ente.premi("Manda la richiesta")
    ente.legge("La richiesta è partita.")
    ente.legge("in attesa della decisione")


def _ammette(ufficio):
    ufficio.apri(UFFICIO)
    ufficio.segui(ENTE)
    ufficio.legge("Ogni giorno incontriamo chi non ha casa.")
    ufficio.segui("Decidi sulla richiesta")
    ufficio.spunta("input[name='esito'][value='si']")
    ufficio.scrivi(motivo="Lavora da anni su questi temi.", atto="Determinazione n. 12")
    ufficio.premi("Salva la decisione")
    ufficio.legge("ammesso al tavolo")


def _scrive(ente):
    """The ente reads that it is admitted, keeps a draft, then sends it."""
    ente.apri("/ente/tavoli")
    ente.legge("ammesso al tavolo")
    ente.legge("Perché: Lavora da anni su questi temi.")
    _segui(ente, "Scrivi un contributo")
    ente.scrivi(bisogno="D’inverno si dorme in stazione.", proposta="Un dormitorio aperto tutto l’anno.")
    ente.premi("Salva la bozza")
    ente.legge("dopo non si cambia più")
    ente.premi("Manda il contributo")
    ente.legge("Il contributo è partito.")
    ente.legge("arrivato dopo gli incontri")


def _risponde(ufficio):
    ufficio.apri(f"{UFFICIO}/contributi/1")
    ufficio.legge("D’inverno si dorme in stazione.")
    ufficio.segui("Rispondi")
    ufficio.spunta("input[name='esito'][value='accolto_in_parte']")
    ufficio.scrivi(motivo="Entra nel piano da **novembre a marzo**.")
    ufficio.premi("Salva e manda la risposta")
    ufficio.legge("La risposta è salvata")
    ufficio.legge("Accolto in parte")


def _restituisce(ufficio):
    """What is missing is said; then the document, a priority born of the contribution and taken up by the sheet."""
    ufficio.legge("Scrivi il documento di restituzione.")
    _segui(ufficio, "Scrivi la restituzione")
    ufficio.scrivi(restituzione="Il tavolo chiede **un posto per la notte**.")
    ufficio.premi("Salva la restituzione")
    ufficio.legge("Scrivi almeno una priorità.")
    ufficio.segui("Aggiungi una priorità")
    ufficio.scrivi(titolo="Un posto per la notte")
    ufficio.spunta("input[name='contributi']")
    ufficio.spunta("input[name='schede']")
    ufficio.premi("Aggiungi la priorità")
    ufficio.legge("Nel piano: B.7")
    ufficio.premi("Pubblica la restituzione")
    ufficio.legge("La restituzione è pubblica.")


def _legge_il_filo(cittadino):
    """Anybody goes from the answer to the priority, and along the thread to the sheet, which names where it comes from."""
    cittadino.apri(QUI)
    for testo in (
        "La presidente",
        "Accolto in parte",
        "Entra nel piano da novembre a marzo.",
        "Il tavolo chiede un posto per la notte.",
        "1. Un posto per la notte",
        f"Nasce dal contributo di: {ENTE}",
    ):
        cittadino.legge(testo)
    cittadino.non_trabocca(320)
    _segui(cittadino, "Scheda B.7", "#filo")
    cittadino.legge("B.7 Scheda B.7: sei qui")
    filo = cittadino.pagina.locator("#filo")
    for nome, dove in ((TAVOLO, QUI), ("Un posto per la notte", f"{QUI}#priorita-1")):
        expect(filo.get_by_role("link", name=nome, exact=True)).to_have_attribute("href", dove)
