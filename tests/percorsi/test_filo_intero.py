"""The whole thread with real people at real pages: avviso, proposta, valutazione, progetto, guida.

Five accounts and a citizen (two commissioners more do out of sight what the first does); axe on every page, no console
error, nothing wider than a telephone.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from portal.clocks import a_roma, adesso
from portal.db import sessione
from portal.guida.models import Categoria
from portal.guida.rules import Contenuto
from portal.pdf import compone
from portal.pdf import proposta as pdf_proposta
from portal.proposte.models import Proposta
from portal.proposte.rules import SEZIONI
from portal.tenancy import usa_ambito
from portal.utenti.models import Ruolo, Utente
from portal.valutazione import operations as valutazione
from portal.valutazione import queries as dove_siede
from portal.valutazione.permissions import DaValutare
from tests import fabbrica
from tests.percorsi.conftest import con_password


@pytest.fixture
def scena(nel_sito, tmp_path):
    with nel_sito():
        ambito = fabbrica.ambito("casarano")
        scheda, riga = fabbrica.scheda(ambito, "B.7", importo="149000.00")
        ente = fabbrica.ente()
        persone = {
            "operatore": fabbrica.utente(Ruolo.OPERATORE, ambito=ambito, email="operatore@prova.example"),
            "responsabile": fabbrica.utente(Ruolo.RESPONSABILE, ambito=ambito, email="responsabile@prova.example"),
            "compilatore": fabbrica.utente(Ruolo.COMPILATORE, ente=ente, email="compilatore@prova.example"),
            "rappresentante": fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=ente, email="rappresentante@prova.example"),
        }
        for n in (1, 2, 3):
            persone[f"commissario{n}"] = fabbrica.utente(
                Ruolo.COMMISSARIO, ambito=ambito, email=f"commissario{n}@prova.example"
            )
        for persona in persone.values():
            con_password(persona)
        dati = {"ambito": ambito.slug, "scheda": scheda.id, "riga": riga.id}
    pdf = tmp_path / "progetto.pdf"
    pdf.write_bytes(_pdf())
    return {**dati, "pdf": pdf}


def _pdf() -> bytes:
    dati = pdf_proposta.Proposta(
        ambito="Prova",
        capofila="Prova",
        numero="1",
        data=adesso(),
        fatti=[],
        sezioni=[pdf_proposta.Sezione("Progetto", "Testo.")],
    )
    return compone("proposta", pdf_proposta.dati_proposta(dati), titolo="Documento di progetto")


def test_dal_bisogno_al_servizio(scena, persona, nel_sito):
    _pubblica(persona("operatore@prova.example"), scena)
    _scrivi(persona("compilatore@prova.example"), scena["pdf"])
    codice = _presenta(persona("rappresentante@prova.example"))
    cittadino = persona()
    _verifica(cittadino, codice, scena["pdf"])
    with nel_sito():
        _fai_scadere()
        _scrivi_guida(scena)
    responsabile = persona("responsabile@prova.example")
    _ammetti_e_nomina(responsabile)
    commissario = persona("commissario1@prova.example")
    _dichiara(commissario)
    with nel_sito():
        _dichiarano_gli_altri()
    _valuta(commissario)
    with nel_sito():
        _valutano_gli_altri()
    _pubblica_esito(responsabile)
    _lega(responsabile)
    _legge_il_filo(cittadino)


def _pubblica(operatore, scena):
    """The office prepares the call part by part and publishes it."""
    operatore.apri("/casarano/ufficio/")
    operatore.apri("/casarano/ufficio/avvisi/nuovo")
    operatore.scrivi(titolo="Pronto intervento")
    operatore.premi("Crea la bozza")
    operatore.legge("Per ora non si può")
    operatore.segui("Testo dell’avviso")
    operatore.scrivi(
        sommario="Cerchiamo enti per il pronto intervento.", oggetto="Il servizio.", base_giuridica="- Art. 55 CTS",
        testo="## Finalità\n\nRispondere subito.", fasi="1. Pubblicazione", privacy="I dati di chi presenta.",
    )  # fmt: skip
    operatore.premi("Salva")
    operatore.segui("Risorse, termine, responsabile")
    termine = a_roma(adesso() + timedelta(days=30)).strftime("%Y-%m-%dT12:00:00")
    operatore.scrivi(risorse="149.000,00", durata="12 mesi", rup="Ufficio di Piano", atto="Determinazione n. 1", soglia="60")
    operatore.pagina.locator("[name=termine]").fill(termine)
    operatore.pagina.locator("[name=scheda_id]").select_option(str(scena["scheda"]))
    operatore.premi("Salva")
    for parte, campi in {
        "Lotti": {"righe__0__titolo": "Lotto unico"},
        "Requisiti": {"righe__0__titolo": "Iscrizione al RUNTS"},
        "Criteri e pesi": {"righe__0__titolo": "Qualità della proposta", "righe__0__peso": "100"},
        "Documenti chiesti": {"righe__0__titolo": "Documento di progetto"},
        "Dichiarazioni": {"righe__0__testo": "Quello che è scritto è vero."},
    }.items():
        operatore.segui(parte)
        operatore.scrivi(**campi)
        if parte == "Documenti chiesti":
            operatore.spunta("[name='righe-0-obbligatorio']")
        operatore.premi("Salva")
    operatore.segui("Guarda l’anteprima")
    operatore.apri("/casarano/ufficio/avvisi/pronto-intervento")
    operatore.segui("Controlla e pubblica")
    operatore.premi("Pubblica l’avviso")
    operatore.legge("149.000,00")


def _scrivi(compilatore, pdf: Path):
    """A writer of the ente fills in the draft, section by section."""
    compilatore.apri("/casarano/avvisi/pronto-intervento")
    compilatore.legge("Il tuo ente può partecipare?")
    compilatore.segui("Inizia la proposta")
    compilatore.premi("Inizia")
    compilatore.legge("Per ora non si può")
    compilatore.segui("Titolo")
    compilatore.scrivi(titolo="Qualcuno risponde sempre")
    compilatore.premi("Salva e torna all’elenco")
    for sezione in SEZIONI:
        compilatore.segui(str(sezione.titolo))
        compilatore.scrivi(testo=f"Risposta alla domanda: {sezione.domanda} " * 4)
        compilatore.premi("Salva e torna all’elenco")
    compilatore.segui("Quadro economico")
    compilatore.segui("Aggiungi una voce")
    compilatore.scrivi(descrizione="Operatori in turno", richiesto="99.766.80")
    compilatore.premi("Salva la voce")
    compilatore.legge("Volevi scrivere 99.766,80?")
    compilatore.scrivi(richiesto="120.000,50", quota_propria="7.900,00")
    compilatore.premi("Salva la voce")
    compilatore.non_trabocca(390, 320)
    compilatore.segui("Torna all’elenco")
    compilatore.segui("Documento di progetto")
    compilatore.pagina.set_input_files("[name=file]", str(pdf))
    compilatore.premi("Carica il file")
    compilatore.legge("Completa")
    compilatore.segui("Controlla e presenta")
    compilatore.legge("La presenta chi rappresenta l’ente")


def _presenta(rappresentante) -> str:
    """The legal representative reads, declares and submits; returns the verification code."""
    rappresentante.apri("/ente/")
    rappresentante.segui("Pronto intervento")
    rappresentante.segui("Controlla e presenta")
    rappresentante.segui("Vai alle dichiarazioni")
    rappresentante.premi("Presenta la proposta")
    rappresentante.legge("Per presentare servono tutte le dichiarazioni")
    rappresentante.spunta("[name=dichiarazioni]")
    rappresentante.premi("Presenta la proposta")
    rappresentante.legge("SHA-256")
    with sessione.no_autoflush:
        from portal.proposte.models import Ricevuta
        from portal.tenancy import tutti_gli_ambiti

        with tutti_gli_ambiti():
            codice = sessione.query(Ricevuta).one().codice
    sessione.remove()
    rappresentante.legge(codice)
    return codice


def _verifica(cittadino, codice: str, pdf: Path):
    """Anyone checks the receipt, by code and by file, without an account."""
    cittadino.apri(f"/verifica?codice={codice}")
    cittadino.legge("Pronto intervento")
    cittadino.apri("/verifica")
    cittadino.pagina.set_input_files("input[type=file]", str(pdf))
    cittadino.pagina.locator("main form[enctype] button[type=submit]").click()
    cittadino.pagina.wait_for_load_state()
    cittadino.controlla()
    cittadino.legge("Pronto intervento")


def _fai_scadere():
    from portal.avvisi.models import Avviso

    sessione.query(Avviso).one().termine = adesso() - timedelta(seconds=5)


def _scrivi_guida(scena):
    from portal.ambiti.queries import ambito_e_comuni
    from portal.guida import operations

    operations.importa(
        ambito_id=ambito_e_comuni(scena["ambito"])[0].id,
        slug="pronto-intervento-sociale",
        contenuto=Contenuto(
            titolo="Pronto intervento sociale", categoria=Categoria.INCLUSIONE, descrizione="Aiuto subito, giorno e notte.",
            a_chi="A chi resta senza casa.", come_fare="1. Chiama.", scheda_id=scena["scheda"], breve_per_chi="Per tutti.",
            breve_costo="Niente.", breve_portare="Niente.", breve_urgenza="Chiama il 112.", cosa_serve="Niente.",
            cosa_ottieni="Un aiuto subito.", tempi="Subito.", costi="Niente.",
        ),
        verificato_il=adesso().date(),
        verificato_da="Segretariato sociale",
        attore=None,
    )  # fmt: skip


def _ammetti_e_nomina(responsabile):
    base = "/casarano/ufficio/avvisi/pronto-intervento/valutazione"
    responsabile.apri("/casarano/ufficio/valutazione")
    responsabile.apri(base)
    responsabile.pagina.locator(f"main a[href*='{base}/proposte/']").first.click()
    responsabile.pagina.wait_for_load_state()
    responsabile.controlla()
    responsabile.spunta("[name=decisione][value=si]")
    responsabile.premi("Continua")
    responsabile.premi("Ammetti")
    responsabile.apri(f"{base}/commissione")
    responsabile.scrivi(atto="Determinazione n. 2")
    responsabile.spunta("[name=presidente]")
    for n in (1, 2):
        responsabile.spunta("[name=componenti]", n)
    responsabile.premi("Nomina la commissione")


def _dichiara(commissario):
    commissario.apri("/casarano/commissione")
    commissario.apri("/casarano/commissione/pronto-intervento/dichiarazione")
    commissario.spunta("[name=risposta][value=assenza]")
    commissario.premi("Registra la dichiarazione")


def _valuta(commissario):
    commissario.apri("/casarano/commissione/pronto-intervento")
    commissario.pagina.locator("main a[href*='/commissione/pronto-intervento/proposte/']").first.click()
    commissario.pagina.wait_for_load_state()
    commissario.controlla()
    totale = commissario.pagina.locator("#totale-punti")
    expect(totale).to_have_text("Totale dei punti scritti qui: 0 su 100")
    commissario.pagina.locator("main [name^=punti_]").first.fill("82.5")
    expect(totale).to_have_text("Totale dei punti scritti qui: 0 su 100, senza quelli che non si leggono")
    commissario.pagina.locator("main [name^=punti_]").first.fill("82,50")
    expect(totale).to_have_text("Totale dei punti scritti qui: 82,5 su 100")
    commissario.premi("Salva e conferma")
    commissario.legge("scrivi perché")
    commissario.pagina.locator("main [name^=motivo_]").first.fill("Turni chiari e rete solida.")
    commissario.premi("Salva e conferma")


def _dichiarano_gli_altri():
    """The other two do what the first did at her pages."""
    for seggio, chi in _altri_seggi():
        valutazione.dichiara(seggio, assenza=True, nota="", attore=chi)


def _valutano_gli_altri():
    [proposta] = sessione.scalars(select(Proposta))
    with usa_ambito(proposta.ambito_id):
        for seggio, chi in _altri_seggi():
            giudizi = {c.id: valutazione.Giudizio(Decimal("82.50"), "Turni chiari.") for c in seggio.avviso.criteri}
            valutazione.assegna(DaValutare(seggio, proposta), giudizi, versione=0, attore=chi)
        sessione.flush()


def _altri_seggi():
    email = [f"commissario{n}@prova.example" for n in (2, 3)]
    chi = sessione.scalars(select(Utente).where(Utente.email.in_(email)).options(selectinload(Utente.ruoli)))
    return [(dove_siede.seggio("pronto-intervento", persona.id), persona) for persona in chi]


def _pubblica_esito(responsabile):
    base = "/casarano/ufficio/avvisi/pronto-intervento/valutazione"
    responsabile.apri(f"{base}/graduatoria")
    responsabile.legge("82,5")
    responsabile.apri(f"{base}/esito")
    responsabile.scrivi(atto="Determinazione n. 3")
    responsabile.premi("Continua")
    responsabile.premi("Pubblica l’esito")
    responsabile.apri("/casarano/avvisi/pronto-intervento/esito")
    responsabile.apri(f"{base}/graduatoria")
    responsabile.premi("Ricalcola e confronta")
    responsabile.legge("Tutto torna")


def _lega(responsabile):
    responsabile.apri("/casarano/ufficio/progetti")
    responsabile.pagina.locator("main a[href*='/ufficio/progetti/nuovo/']").first.click()
    responsabile.pagina.wait_for_load_state()
    responsabile.controlla()
    responsabile.scrivi(
        titolo="Pronto intervento sociale", sintesi="Una centrale che risponde sempre.", contributo="120.000,50",
        atto="Determinazione n. 4", approvato_il=a_roma(adesso()).strftime("%Y-%m-%d"),
    )  # fmt: skip
    responsabile.premi("Crea il progetto")
    responsabile.spunta("[name=riga]")
    responsabile.scrivi(importo="120.000,50")
    responsabile.premi("Lega l’importo")
    responsabile.segui("Attiva il progetto")
    responsabile.premi("Attiva il progetto")


def _legge_il_filo(cittadino):
    """From the service back to the money, without an account."""
    cittadino.apri("/casarano/progetti")
    cittadino.apri("/casarano/guida?q=aiuto+casa")
    cittadino.segui("Pronto intervento sociale")
    cittadino.legge("120.000,50")
    cittadino.pagina.locator("#filo").get_by_role("link", name="Pronto intervento", exact=True).click()
    cittadino.pagina.wait_for_load_state()
    cittadino.controlla()
    cittadino.apri("/casarano/piano/2022-2024/schede/B.7")
    cittadino.legge("28.999,50")
