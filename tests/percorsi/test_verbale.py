"""A minute in a real browser: composed, read again by a member, approved, signed, published with omissis, verified."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.clocks import adesso
from portal.db import sessione
from portal.sedute.models import Convocato
from portal.tenancy import usa_ambito
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.plumbing.test_uploads import un_p7m
from tests.sedute import costruttori as sedute
from tests.verbale import costruttori as verbali

from .conftest import con_password

UFFICIO = "/prova/ufficio/organi/cabina-prova/sedute/1/verbale"
QUI = "/prova/organi/cabina-prova/sedute/1/verbale"
OPERATRICE, RESPONSABILE, COMPONENTE = (f"{chi}@verbale.example" for chi in ("operatrice", "responsabile", "componente"))


@pytest.fixture
def organo(nel_sito):
    """A body of seven that met a month ago; one of its members has an account."""
    with nel_sito():
        ambito = fabbrica.ambito("prova")
        with usa_ambito(ambito.id):
            cabina = sedute.cabina(ambito, osservazioni_giorni=3)
            verbali.voto_successivo(cabina, adesso() - timedelta(days=30), "Si approva il rendiconto.")
        con_password(fabbrica.utente(Ruolo.OPERATORE, ambito=ambito, email=OPERATRICE))
        con_password(fabbrica.utente(Ruolo.RESPONSABILE, ambito=ambito, email=RESPONSABILE))
        chi = con_password(fabbrica.utente(Ruolo.COMPONENTE, ambito=ambito, email=COMPONENTE))
        convocato = sessione.query(Convocato).order_by(Convocato.id).first()
        convocato.utente_id = chi.id
    return cabina


def test_dalla_bozza_alla_copia_verificata(organo, nel_sito, persona):
    ufficio = persona(OPERATRICE)
    _composto(ufficio)
    _riletto(persona(COMPONENTE), ufficio)
    with nel_sito(), usa_ambito(organo.ambito_id):
        verbali.voto_successivo(sessione.merge(organo, load=False), adesso() + timedelta(days=5))
    _firmato(ufficio)
    responsabile = persona(RESPONSABILE)
    responsabile.apri(UFFICIO)
    responsabile.segui("Guarda l’anteprima e pubblica")
    responsabile.legge("omissis")
    responsabile.premi("Pubblica")
    _verificato(persona())


def _composto(ufficio):
    ufficio.apri("/prova/ufficio/verbale")
    ufficio.pagina.locator("main h3 a").first.click()
    ufficio.controlla()
    ufficio.premi("Componi la bozza")
    ufficio.segui("In breve")
    ufficio.scrivi(sommario="Approvato il rendiconto.")
    ufficio.premi("Salva")
    ufficio.segui("1. Approvazione del verbale")
    ufficio.scrivi(testo="Una persona presente, Primo Esempio, chiede quando apre lo **sportello**.")
    ufficio.premi("Salva")
    ufficio.segui("Manda ai componenti")
    ufficio.premi("Manda in revisione")


def _riletto(componente, ufficio):
    componente.apri(f"{QUI}/bozza")
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
    cittadina.apri(QUI)
    cittadina.legge("Approvato il rendiconto.")
    assert "Primo Esempio" not in cittadina.pagina.content()
    cittadina.non_trabocca(320)
    copia = cittadina.pagina.request.get(cittadina.sito.url + f"{QUI}.pdf").body()
    cittadina.segui("Verifica")
    cittadina.legge("Il verbale è autentico")
    file = {"name": "verbale.pdf", "mimeType": "application/pdf", "buffer": copia}
    cittadina.pagina.set_input_files("main input[type=file]", file)
    cittadina.premi("Verifica")
    cittadina.legge("È uno dei suoi file")
