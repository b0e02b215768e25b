"""The office writes the guide: who may, what is kept when something is wrong, two editors at once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.clocks import oggi
from portal.db import sessione
from portal.guida.models import Servizio
from portal.tenancy import tutti_gli_ambiti
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.palco import scena as su_palco

from .costruttori import scrivendo, servizio

EDITOR = "/prova/ufficio/guida/sad"


@pytest.fixture
@su_palco
def mondo(app):
    with scrivendo(app):
        ambito = fabbrica.ambito("prova", comuni=("Casarano", "Matino"))
        servizio(ambito, "sad", parole="badante")
        return {
            "responsabile": fabbrica.utente(Ruolo.RESPONSABILE, ambito=ambito),
            "operatore": fabbrica.utente(Ruolo.OPERATORE, ambito=ambito),
            "commissario": fabbrica.utente(Ruolo.COMMISSARIO, ambito=ambito),
            "ente": fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=fabbrica.ente()),
            "altro_ambito": fabbrica.utente(Ruolo.RESPONSABILE, ambito=fabbrica.ambito()),
            "amministratore": fabbrica.utente(Ruolo.AMMINISTRATORE),
        }


def letto(slug="sad"):
    sessione.expire_all()
    with tutti_gli_ambiti():
        return sessione.scalar(select(Servizio).where(Servizio.slug == slug))


@pytest.mark.parametrize(
    ("chi", "stato"),
    [
        ("responsabile", 200),
        ("operatore", 200),
        ("commissario", 404),
        ("ente", 404),
        ("altro_ambito", 404),
        ("amministratore", 404),
    ],
)
@pytest.mark.parametrize("indirizzo", ["/prova/ufficio/guida", "/prova/ufficio/guida/nuova", EDITOR])
def test_scrive_solo_l_ufficio_di_quell_ambito(mondo, entra, chi, stato, indirizzo):
    assert entra(mondo[chi]).get(indirizzo).stato == stato


@pytest.mark.parametrize("verbo", ["pubblica", "ritira", "verificata"])
def test_anche_i_bottoni_sono_dell_ufficio(mondo, cliente, entra, verbo):
    assert cliente.post(f"{EDITOR}/{verbo}", {"da": "Io"}).stato == 401
    assert entra(mondo["altro_ambito"]).post(f"{EDITOR}/{verbo}", {"da": "Io"}, da="/profilo").stato == 404
    assert (letto().pubblicato, letto().verificato_il) == (True, None)


def test_chi_non_e_entrato_va_ad_accedere_e_torna(mondo, cliente):
    pagina = cliente.get(EDITOR)
    assert (pagina.stato, pagina.luogo) == (303, f"/accedi?prossima={EDITOR}")


def test_salvare_senza_toccare_niente_non_cambia_niente(mondo, entra):
    browser = entra(mondo["operatore"])
    prima = letto()
    versione, testi = prima.versione, (prima.come_fare, prima.parole, prima.descrizione)
    pagina = browser.post(EDITOR, browser.modulo(browser.get(EDITOR), 0))
    assert pagina.stato == 303
    dopo = letto()
    assert (dopo.versione, (dopo.come_fare, dopo.parole, dopo.descrizione)) == (versione, testi)


def test_una_modifica_si_legge_subito(mondo, entra, cliente):
    browser = entra(mondo["operatore"])
    dati = browser.modulo(browser.get(EDITOR), 0) | {"tempi": "Entro 10\r\ngiorni.", "parole": "colf\r\nbadante, colf"}
    assert browser.post(EDITOR, dati).stato == 303
    assert (letto().tempi, letto().parole) == ("Entro 10\ngiorni.", "colf, badante")
    assert "Entro 10" in cliente.get("/prova/guida/sad").testo


def test_si_aggiunge_una_sede_e_le_righe_vuote_non_si_salvano(mondo, entra, cliente):
    browser = entra(mondo["operatore"])
    dati = browser.modulo(browser.get(EDITOR), 0) | {"sedi-1-nome": "Seconda sede", "sedi-1-indirizzo": "da completare"}
    assert browser.post(EDITOR, dati).stato == 303
    titoli = [h.get_text(strip=True) for h in cliente.get("/prova/guida/sad").dom.select("article h3")]
    assert titoli == ["Sportello", "Seconda sede"]


def test_due_persone_insieme_vedono_i_due_testi(mondo, entra):
    prima, seconda = entra(mondo["operatore"]), entra(mondo["responsabile"])
    modulo_vecchio = seconda.modulo(seconda.get(EDITOR), 0)
    assert prima.post(EDITOR, prima.modulo(prima.get(EDITOR), 0) | {"tempi": "Scelta della prima."}).stato == 303
    pagina = seconda.post(EDITOR, modulo_vecchio | {"tempi": "Scelta della seconda."})
    assert pagina.stato == 409
    assert "Scelta della prima." in pagina.testo
    assert "Scelta della seconda." in pagina.testo
    assert pagina.dom.find("a", href=EDITOR)
    assert letto().tempi == "Scelta della prima."


def test_un_errore_si_spiega_e_il_testo_resta(mondo, entra):
    browser = entra(mondo["operatore"])
    sbagliato = {"titolo": " ", "tempi": "Testo lungo scritto a mano", "descrizione": "x" * 300}
    pagina = browser.post(EDITOR, browser.modulo(browser.get(EDITOR), 0) | sbagliato)
    assert pagina.stato == 422
    assert pagina.titolo.startswith("Errore:")
    assert pagina.errore_di("titolo")
    assert pagina.errore_di("descrizione")
    assert pagina.valore_di("tempi") == "Testo lungo scritto a mano"
    assert letto().titolo == "Assistenza a casa"


def test_non_attivo_vuole_il_motivo(mondo, entra):
    browser = entra(mondo["operatore"])
    pagina = browser.post(EDITOR, browser.modulo(browser.get(EDITOR), 0) | {"stato": "non_attivo", "motivo_stato": ""})
    assert (pagina.stato, pagina.errore_di("motivo_stato") != "") == (422, True)


def test_dalla_bozza_alla_guida_e_ritorno(mondo, entra, cliente):
    browser = entra(mondo["responsabile"])
    dati = browser.modulo(browser.get("/prova/ufficio/guida/nuova"), 0)
    dati |= {"titolo": "Sportello casa", "descrizione": "Aiuto per la casa.", "categoria": "inclusione"}
    creata = browser.post("/prova/ufficio/guida/nuova", dati)
    assert creata.luogo == "/prova/ufficio/guida/sportello-casa"
    rifiutata = browser.post(f"{creata.luogo}/pubblica", da=creata.luogo)
    assert rifiutata.stato == 422
    assert "Prima di pubblicare scrivi: Per chi" in rifiutata.testo
    completa = {"breve_per_chi": "Tutti.", "breve_costo": "Niente.", "breve_portare": "Niente.", "breve_urgenza": "112.",
                "a_chi": "A tutti.", "come_fare": "1. Vieni."}  # fmt: skip
    assert browser.post(creata.luogo, browser.modulo(browser.get(creata.luogo), 0) | completa).stato == 303
    assert cliente.get("/prova/guida/sportello-casa").stato == 404
    assert browser.post(f"{creata.luogo}/pubblica", da=creata.luogo).stato == 303
    assert cliente.get("/prova/guida/sportello-casa").stato == 200
    assert browser.post(f"{creata.luogo}/ritira", da=creata.luogo).stato == 303
    assert cliente.get("/prova/guida/sportello-casa").stato == 404


def test_segnare_il_controllo_toglie_la_pagina_da_quelle_da_verificare(mondo, entra):
    browser = entra(mondo["operatore"])
    assert "Assistenza a casa" in browser.get("/prova/ufficio/guida?filtro=da_verificare").testo
    assert browser.post(f"{EDITOR}/verificata", {"da": "Segretariato sociale"}, da=EDITOR).stato == 303
    assert (letto().verificato_il, letto().verificato_da) == (oggi(), "Segretariato sociale")
    assert "Nessuna pagina da verificare" in browser.get("/prova/ufficio/guida?filtro=da_verificare").testo


def test_senza_dire_chi_non_si_segna(mondo, entra):
    pagina = entra(mondo["operatore"]).post(f"{EDITOR}/verificata", {"da": ""}, da=EDITOR)
    assert (pagina.stato, letto().verificato_il) == (422, None)


def test_l_editor_vede_quanto_e_facile_il_testo(mondo, entra):
    pagina = entra(mondo["operatore"]).get(EDITOR)
    righe = pagina.dom.find("section", attrs={"aria-labelledby": "leggibilita"}).select("tbody th")
    assert [r.get_text() for r in righe][:3] == ["In breve", "Descrizione", "A chi è rivolto"]


def test_i_pareri_si_leggono_nell_elenco_e_nell_editor(mondo, entra, cliente):
    for voto in ("4", "1"):
        cliente.post("/prova/guida/sad/parere", {"voto": voto, "commento": "Troppo lunga"}, da="/prova/guida/sad")
    browser = entra(mondo["operatore"])
    assert "2,5 su 2 risposte" in browser.get("/prova/ufficio/guida").testo
    assert "Troppo lunga" in browser.get(EDITOR).testo
