"""The pages of a minute: the office's way from the draft to the published copy, the members', everyone's."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from docx import Document

from portal import clocks
from portal.db import sessione
from portal.sedute.models import Convocato
from portal.storage import DepositoCartella
from portal.tenancy import tutti_gli_ambiti, usa_ambito
from portal.transaction import unita
from portal.utenti.models import Ruolo
from portal.verbale import queries
from portal.verbale.models import GenereFile, StatoVerbale
from tests import fabbrica
from tests.plumbing.test_pdf import leggi as in_chiaro
from tests.plumbing.test_uploads import firma_pdf, un_p7m, un_pdf
from tests.sedute import costruttori as sedute

from . import costruttori as c

UFFICIO = "/prova/ufficio/organi/cabina-prova/sedute/1/verbale"
QUI = "/prova/organi/cabina-prova/sedute/1/verbale"


@pytest.fixture
def scena(app, tmp_path, monkeypatch):
    """An Ambito with a body of seven, its office, a store of files, and the clock two hours after the sitting."""
    monkeypatch.setitem(app.extensions, "deposito", DepositoCartella(tmp_path / "file"))
    with app.app_context(), tutti_gli_ambiti(), unita():
        ambito = fabbrica.ambito("prova")
        with usa_ambito(ambito.id):
            organo = sedute.cabina(ambito)
        operatore = fabbrica.utente(Ruolo.OPERATORE, ambito=ambito)
        responsabile = fabbrica.utente(Ruolo.RESPONSABILE, ambito=ambito)
        componente = fabbrica.utente(Ruolo.COMPONENTE, ambito=ambito)
        chiusa = c.chiusa(organo)
        sessione.get(Convocato, chiusa.convocati[1].id).utente_id = componente.id
    sessione.remove()
    with clocks.alle(c.SEDUTA + timedelta(hours=2)):
        yield organo, operatore, responsabile, componente


@pytest.fixture
def scrivendo(app, scena):
    from contextlib import contextmanager

    @contextmanager
    def dentro():
        with app.test_request_context("/"), usa_ambito(scena[0].ambito_id), unita():
            yield
        sessione.remove()

    return dentro


def letto(app, scena):
    with app.test_request_context("/"), usa_ambito(scena[0].ambito_id):
        return queries.intero("cabina-prova", 1)


def invia(browser, dove, dati=None):
    """Open the page, fill in its form, send it."""
    pagina = browser.get(dove)
    assert pagina.stato == 200, dove
    return browser.post(dove, {**browser.modulo(pagina), **(dati or {})})


def test_dalla_bozza_alla_copia_che_chiunque_verifica(app, scena, scrivendo, entra, cliente):
    organo, operatore, responsabile, componente = scena
    browser = entra(operatore)
    assert browser.get(f"{UFFICIO}/componi").stato == 200
    assert invia(browser, f"{UFFICIO}/componi").stato == 303
    pagina = browser.get(UFFICIO)
    assert "una frase che dica che cosa si è deciso" in pagina.testo
    assert (
        invia(browser, f"{UFFICIO}/sommario", {"sommario": "Approvato il rendiconto. Ha parlato Primo Esempio."}).stato
        == 303
    )
    assert invia(browser, f"{UFFICIO}/invia").stato == 303
    assert cliente.get(QUI).stato == 404
    suo = entra(componente)
    lettura = suo.get(f"{QUI}/bozza")
    assert "Primo Esempio" in lettura.testo
    mandata = invia(suo, f"{QUI}/bozza", {"testo": "Manca l’orario."})
    assert mandata.stato == 303
    osservazione = letto(app, scena).osservazioni[0].id
    risposta = f"{UFFICIO}/osservazioni/{osservazione}"
    assert invia(browser, risposta, {"esito": "accolta", "risposta": "Aggiunto."}).stato == 303
    with scrivendo():
        c.voto_successivo(organo)
    with clocks.alle(c.SUCCESSIVA + timedelta(hours=1)):
        _firma_e_pubblica(app, scena, entra(operatore), entra(responsabile))
        pubblica = cliente.get(QUI)
        assert "Approvato il rendiconto." in pagina_in_chiaro(pubblica)
        assert "Primo Esempio" not in pubblica.testo
        _verifica(cliente, letto(app, scena))


def pagina_in_chiaro(pagina):
    return " ".join(pagina.testo.split())


def _firma_e_pubblica(app, scena, operatore, responsabile):
    assert invia(operatore, f"{UFFICIO}/approva").stato == 303
    originale = operatore.get(f"{UFFICIO}/originale.pdf").risposta.get_data()
    assert "Primo Esempio" in in_chiaro(originale)
    for sbagliato, nome in ((un_pdf(), "altro.pdf"), (un_p7m(un_pdf()), "altro.pdf.p7m"), (originale, "non-firmato.pdf")):
        rifiuto = invia(operatore, f"{UFFICIO}/firma", {"file": (io.BytesIO(sbagliato), nome)})
        assert rifiuto.stato == 422
    firmato = firma_pdf(originale)
    assert invia(operatore, f"{UFFICIO}/firma", {"file": (io.BytesIO(firmato), "verbale.pdf")}).stato == 303
    assert operatore.get(f"{UFFICIO}/firmato").risposta.get_data() == firmato
    tolte = {"testo": "Primo Esempio", "motivo": "persona privata"}
    assert invia(operatore, f"{UFFICIO}/omissis", tolte).stato == 303
    assert operatore.get(f"{UFFICIO}/pubblica").stato == 403
    anteprima = responsabile.get(f"{UFFICIO}/pubblica")
    assert "Primo Esempio" not in anteprima.testo
    assert invia(responsabile, f"{UFFICIO}/pubblica").stato == 303
    assert letto(app, scena).stato == StatoVerbale.PUBBLICATO


def _verifica(cliente, verbale):
    """What anyone can check, and that no file of the published copy holds what was left out."""
    pdf = cliente.get(f"{QUI}.pdf").risposta.get_data()
    assert "Primo Esempio" not in in_chiaro(pdf)
    assert "[omissis]" in in_chiaro(pdf)
    docx = cliente.get(f"{QUI}.docx").risposta.get_data()
    with zipfile.ZipFile(io.BytesIO(docx)) as archivio:
        assert not any(b"Primo Esempio" in archivio.read(nome) for nome in archivio.namelist())
    titoli = [p.text for p in Document(io.BytesIO(docx)).paragraphs if p.style.name.startswith("Heading")]
    assert titoli[1:] == ["Chi c’era", "La seduta", "1. Rendiconto del piano", "Chiusura"]
    dati = cliente.get(f"{QUI}.json").risposta.get_data().decode()
    assert ("Primo Esempio" in dati, json.loads(dati)["numero"]) == (False, 1)
    assert "Il verbale è autentico" in cliente.get(f"/verifica?codice={verbale.codice}").testo
    for genere, parola in ((GenereFile.PUBBLICO, "È la copia pubblicata del"),):
        assert parola in _manda(cliente, pdf).testo, genere
    assert "È uno dei suoi file" in _manda(cliente, pdf, verbale.codice).testo
    assert "Non è fra i suoi file" in _manda(cliente, pdf + b" ", verbale.codice).testo


def _manda(cliente, contenuto, codice=""):
    file = (io.BytesIO(contenuto), "v.pdf")
    return cliente.post("/verifica", {"codice": codice, "file": [file]}, content_type="multipart/form-data")


def test_prima_della_pubblicazione_il_codice_non_dice_niente(app, scena, scrivendo, cliente):
    with scrivendo():
        codice = c.firmato(scena[0], discussione="Altro.").codice
    assert "nessun verbale ha questo codice" in cliente.get(f"/verifica?codice={codice}").testo


@pytest.mark.parametrize("pezzo", ["", "/bozza", ".pdf", ".docx", ".json"])
def test_una_bozza_non_si_legge(scena, scrivendo, entra, cliente, pezzo):
    from portal.verbale.operations import testi

    with scrivendo():
        testi.componi(sedute.queries.intera("cabina-prova", 1), attore=None)
    assert cliente.get(QUI + pezzo).stato == (404 if pezzo != "/bozza" else 303)
    assert entra(scena[3]).get(QUI + pezzo).stato == 404


def test_due_sulla_stessa_parte_vedono_i_due_testi(app, scena, scrivendo, entra):
    from portal.verbale.operations import testi

    with scrivendo():
        testi.componi(sedute.queries.intera("cabina-prova", 1), attore=None)
    uno, due = entra(scena[1]), entra(scena[2])
    parte = letto(app, scena).parti[1]
    dove = f"{UFFICIO}/parti/{parte.id}"
    moduli = [browser.modulo(browser.get(dove)) for browser in (uno, due)]
    assert uno.post(dove, {**moduli[0], "testo": "La prima."}).stato == 303
    conflitto = due.post(dove, {**moduli[1], "testo": "La seconda."})
    assert (conflitto.stato, "La prima." in conflitto.testo, "La seconda." in conflitto.testo) == (409, True, True)


def test_uno_e_tre_testi_costano_le_stesse_query(scena, scrivendo, entra, conta_query):
    from portal.verbale.operations import testi

    with scrivendo():
        testi.componi(sedute.queries.intera("cabina-prova", 1), attore=None)
    browser = entra(scena[1])
    browser.get(UFFICIO)
    with conta_query() as una:
        browser.get(UFFICIO)
    with scrivendo():
        verbale = queries.intero("cabina-prova", 1)
        for parole in ("cittadino", "sportello", "quando"):
            testi.ometti(verbale, testo=parole, motivo="prova", attore=None)
    with conta_query() as tre:
        browser.get(UFFICIO)
    assert una.totale == tre.totale
