"""A sitting with real people at real pages, from its call to its minute: prepared, convened, minuted by two at once,
closed; then composed, read again by a member, approved, signed, published with omissis, verified by anyone.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from portal.clocks import a_roma, adesso
from portal.db import sessione
from portal.sedute.models import Seduta
from portal.tenancy import usa_ambito
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.organi import costruttori as organi
from tests.percorsi.conftest import con_password
from tests.plumbing.test_uploads import un_p7m
from tests.verbale import costruttori as verbali

BANCO = "/casarano/ufficio/organi/cabina/sedute/1/banco"
UFFICIO = "/casarano/ufficio/organi/cabina/sedute/1/verbale"
QUI = "/casarano/organi/cabina/sedute/1/verbale"
DISCUSSIONE = "Una persona presente, Primo Esempio, chiede quando apre lo **sportello**."
OPERATRICE, RESPONSABILE, COMPONENTE = (f"{chi}@prova.example" for chi in ("operatrice", "responsabile", "componente"))


@pytest.fixture
def organo(nel_sito):
    """A body of three with nothing on its agenda, one member with an account, and two people of the office."""
    with nel_sito():
        ambito = fabbrica.ambito("casarano")
        nuovo = organi.organo(ambito, "cabina", osservazioni_giorni=3)
        organi.posti(nuovo, *({"rappresenta": f"Comune {n}", "presiede": n == 1} for n in (1, 2, 3)))
        con_password(fabbrica.utente(Ruolo.OPERATORE, ambito=ambito, email=OPERATRICE))
        con_password(fabbrica.utente(Ruolo.RESPONSABILE, ambito=ambito, email=RESPONSABILE))
        chi = con_password(fabbrica.utente(Ruolo.COMPONENTE, ambito=ambito, email=COMPONENTE))
        nuovo.seggi[1].mandati[0].utente_id = chi.id
    return nuovo


def test_dalla_convocazione_alla_copia_verificata(organo, persona, nel_sito):
    operatrice, responsabile, componente = persona(OPERATRICE), persona(RESPONSABILE), persona(COMPONENTE)
    _convoca(operatrice)
    _risponde(componente)
    with nel_sito():
        fabbrica.cambia(sessione.query(Seduta).one(), inizio=adesso() - timedelta(minutes=1))
    _apre(operatrice)
    _scrivono_in_due(operatrice, responsabile)
    _vota_e_chiude(operatrice)
    cittadina = persona()
    _letta(cittadina)
    _composto(operatrice)
    _riletto(componente, operatrice)
    with nel_sito(), usa_ambito(organo.ambito_id):
        verbali.voto_successivo(sessione.merge(organo, load=False), adesso() + timedelta(days=5), posti=(1, 2, 3))
    _firmato(operatrice)
    responsabile.apri(UFFICIO)
    responsabile.segui("Guarda l’anteprima e pubblica")
    responsabile.legge("omissis")
    responsabile.premi("Pubblica")
    responsabile.legge("Il verbale è pubblicato.")
    _verificato(cittadina)


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


def _risponde(componente):
    """A member finds the sitting on her list, reads the call and says that she will be there."""
    componente.apri("/casarano/sedute/mie")
    componente.pagina.locator("main h3 a").first.click()
    componente.controlla()
    componente.legge("Adozione del piano")
    componente.spunta("input[name='risposta']")
    componente.premi("Manda la risposta")


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
    operatore.scrivi(punto__discussione=DISCUSSIONE, punto__delibera="Si adotta il piano.")
    expect(operatore.pagina.locator("[data-salvato]")).to_contain_text("Salvato alle")
    operatore.premi("Registra il voto")
    operatore.legge("3 + 0 + 0 = 3 presenti")
    operatore.premi("Chiudi il punto")
    operatore.premi("Chiudi la seduta")
    operatore.legge("Approvata all’unanimità")


def _letta(cittadina):
    cittadina.apri("/casarano/organi/cabina/sedute")
    cittadina.legge("Si adotta il piano.")
    cittadina.apri("/casarano/organi/cabina/sedute/1")
    cittadina.legge("Approvata all’unanimità")
    cittadina.apri("/casarano/organi/cabina")


def _composto(ufficio):
    ufficio.apri("/casarano/ufficio/verbale")
    ufficio.pagina.locator("main h3 a").first.click()
    ufficio.controlla()
    ufficio.premi("Componi la bozza")
    ufficio.segui("In breve")
    ufficio.scrivi(sommario="Adottato il piano.")
    ufficio.premi("Salva")
    ufficio.segui("Manda ai componenti")
    ufficio.premi("Manda in revisione")


def _riletto(componente, ufficio):
    componente.apri("/casarano/sedute/mie")
    componente.segui("Rileggi il verbale")
    componente.legge("Primo Esempio")
    componente.scrivi(testo="Manca l’orario dello sportello.")
    componente.premi("Manda l’osservazione")
    componente.legge("Aspetta risposta")
    ufficio.apri(UFFICIO)
    ufficio.pagina.locator("#osservazioni ~ ul a").first.click()
    ufficio.controlla()
    ufficio.spunta("input[name='esito']", 1)
    ufficio.scrivi(risposta="L’orario non si è detto.")
    ufficio.premi("Rispondi")
    componente.apri(f"{QUI}/bozza")
    componente.legge("L’orario non si è detto.")


def _firmato(ufficio):
    ufficio.apri(UFFICIO)
    ufficio.segui("L’organo l’ha approvato")
    ufficio.premi("Segna l’approvazione")
    ufficio.segui("Fallo firmare")
    originale = ufficio.pagina.request.get(ufficio.sito.url + f"{UFFICIO}/originale.pdf").body()
    file = {"name": "verbale.pdf", "mimeType": "application/pdf", "buffer": originale}
    ufficio.pagina.set_input_files("main input[type=file]", file)
    ufficio.premi("Carica il file firmato")
    ufficio.legge("nessuna firma")
    ufficio.pagina.set_input_files("main input[type=file]", {**file, "name": "verbale.pdf.p7m", "buffer": un_p7m(originale)})
    ufficio.premi("Carica il file firmato")
    ufficio.segui("Togli delle parole")
    ufficio.scrivi(testo="Primo Esempio", motivo="persona privata")
    ufficio.premi("Togli dalla copia pubblicata")


def _verificato(cittadina):
    cittadina.apri("/casarano/organi/cabina/sedute/1")
    cittadina.pagina.locator(f"main a[href='{QUI}']").first.click()
    cittadina.controlla()
    cittadina.legge("Adottato il piano.")
    assert "Primo Esempio" not in cittadina.pagina.content()
    cittadina.non_trabocca(320)
    copia = cittadina.pagina.request.get(cittadina.sito.url + f"{QUI}.pdf").body()
    cittadina.segui("Verifica")
    cittadina.legge("Il verbale è autentico")
    file = {"name": "verbale.pdf", "mimeType": "application/pdf", "buffer": copia}
    cittadina.pagina.set_input_files("main input[type=file]", file)
    cittadina.premi("Verifica")
    cittadina.legge("È uno dei suoi file")
