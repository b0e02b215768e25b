"""Where each role finds its work: /scrivania, the office's desk, letters, register, administration."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select, text

from portal import outbox
from portal.audit.models import Evento
from portal.avvisi.models import StatoAvviso
from portal.db import sessione
from portal.outbox import MASSIMO_TENTATIVI, Messaggio
from portal.proposte.models import StatoProposta
from portal.utenti import operations as utenti
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.guida.costruttori import scrivendo, servizio
from tests.palco import scena as su_palco


@pytest.fixture
@su_palco
def mondo(app):
    with scrivendo(app):
        ambito, altro = fabbrica.ambito("prova"), fabbrica.ambito("altro")
        return {
            "ambito": ambito,
            "altro": altro,
            "responsabile": fabbrica.utente(Ruolo.RESPONSABILE, ambito=ambito),
            "operatore": fabbrica.utente(Ruolo.OPERATORE, ambito=ambito),
            "commissario": fabbrica.utente(Ruolo.COMMISSARIO, ambito=ambito),
            "rappresentante": fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=fabbrica.ente()),
            "amministratore": fabbrica.utente(Ruolo.AMMINISTRATORE),
            "nessuno": fabbrica.utente(),
            "vicino": fabbrica.utente(Ruolo.RESPONSABILE, ambito=altro),
        }


def lettera(ambito, **cambi):
    outbox.accoda(a=["ente@pec.prova.example"], oggetto="Una lettera", testo="Buongiorno.", ambito_id=ambito.id)
    sessione.flush()
    messaggio = sessione.scalars(select(Messaggio).order_by(Messaggio.id.desc())).first()
    for campo, valore in cambi.items():
        setattr(messaggio, campo, valore)
    sessione.flush()
    return messaggio.id


@pytest.mark.parametrize(
    ("chi", "dove"),
    [
        ("operatore", "/prova/ufficio/"),
        ("responsabile", "/prova/ufficio/"),
        ("commissario", "/prova/commissione"),
        ("rappresentante", "/ente/"),
        ("amministratore", "/amministrazione"),
    ],
)
def test_ognuno_va_dove_ha_da_fare(mondo, entra, chi, dove):
    pagina = entra(mondo[chi]).get("/scrivania")
    assert (pagina.stato, pagina.luogo) == (303, dove)


def test_chi_ha_due_cappelli_sceglie(app, mondo, entra):
    with scrivendo(app):
        due = fabbrica.utente(Ruolo.OPERATORE, ambito=mondo["ambito"])
        utenti.assegna_ruolo(due, Ruolo.COMMISSARIO, attore=None, ambito_id=mondo["altro"].id)
        sessione.flush()
    pagina = entra(due).get("/scrivania")
    assert [a["href"] for a in pagina.dom.select("main article a")] == ["/prova/ufficio/", "/altro/commissione"]


def test_chi_non_ha_un_ruolo_sa_che_cosa_fare(mondo, entra):
    assert "non ha ancora un ruolo" in entra(mondo["nessuno"]).get("/scrivania").testo


@pytest.mark.parametrize("indirizzo", ["/prova/ufficio/", "/prova/ufficio/messaggi", "/prova/ufficio/registro"])
@pytest.mark.parametrize(
    ("chi", "stato"),
    [
        ("operatore", 200),
        ("responsabile", 200),
        ("commissario", 404),
        ("rappresentante", 404),
        ("vicino", 404),
        ("nessuno", 404),
    ],
)
def test_l_ufficio_e_di_chi_ci_lavora(mondo, entra, indirizzo, chi, stato):
    assert entra(mondo[chi]).get(indirizzo).stato == stato


def test_la_scrivania_dice_che_cosa_aspetta(app, mondo, entra):
    assert "Niente in attesa" in entra(mondo["operatore"]).get("/prova/ufficio/").testo
    with scrivendo(app):
        servizio(mondo["ambito"], "mai-verificata")
        servizio(mondo["ambito"], "bozza", pubblicato=False)
        servizio(mondo["altro"], "di-altri")
        fabbrica.avviso(mondo["ambito"], stato=StatoAvviso.BOZZA)
        aperto = fabbrica.avviso(mondo["ambito"], titolo="Aperto adesso")
        fabbrica.avviso(mondo["ambito"], stato=StatoAvviso.CHIUSO)
        fabbrica.proposta(aperto, fabbrica.ente(), mondo["operatore"], stato=StatoProposta.SELEZIONATA)
        lettera(mondo["ambito"], tentativi=MASSIMO_TENTATIVI, errore="rifiutato")
        lettera(mondo["ambito"], trattenuto=True)
        lettera(mondo["altro"], trattenuto=True)
    pagina = entra(mondo["operatore"]).get("/prova/ufficio/")
    righe = [" ".join(li.get_text(" ").split()) for li in pagina.dom.select('[aria-labelledby="lavoro"] li')]
    assert righe == [
        "1 avviso chiuso, da valutare Da fare prima",
        "1 messaggio che non è partito Da fare prima",
        "1 messaggio che aspetta il tuo controllo Da fare prima",
        "1 avviso in bozza",
        "1 avviso aperto",
        "1 proposta selezionata senza progetto",
        "1 pagina della guida da verificare",
        "1 pagina della guida in bozza",
    ]
    assert "Aperto adesso" in pagina.dom.select_one('[aria-labelledby="termini"]').get_text()


def test_la_scrivania_costa_uguale_con_una_o_tre_cose(app, entra, conta_query):
    costi = []
    for quante in (1, 3):
        with scrivendo(app):
            ambito = fabbrica.ambito(f"a{quante}")
            utente = fabbrica.utente(Ruolo.OPERATORE, ambito=ambito)
            for _ in range(quante):
                servizio(ambito)
                fabbrica.avviso(ambito)
                lettera(ambito, trattenuto=True)
        browser = entra(utente)
        with conta_query() as conto:
            assert browser.get(f"/a{quante}/ufficio/").stato == 200
        costi.append(conto.totale)
    assert costi[0] == costi[1]


def test_l_archivio_dei_messaggi_si_filtra_e_si_sfoglia(app, mondo, entra):
    with scrivendo(app):
        ids = [lettera(mondo["ambito"]) for _ in range(51)]
        trattenuta = lettera(mondo["ambito"], trattenuto=True)
        lettera(mondo["altro"])
    browser = entra(mondo["operatore"])
    prima = browser.get("/prova/ufficio/messaggi")
    assert len(prima.dom.select("tbody tr")) == 50
    seconda = browser.get(prima.dom.find("a", rel="next")["href"])
    assert [a["href"].rsplit("/", 1)[1] for a in seconda.dom.select("tbody a")] == [str(ids[1]), str(ids[0])]
    filtrata = browser.get("/prova/ufficio/messaggi?filtro=trattenuti")
    assert [a["href"].rsplit("/", 1)[1] for a in filtrata.dom.select("tbody a")] == [str(trattenuta)]


def stato_di(app, messaggio_id):
    with app.app_context():
        sessione.expire_all()
        m = sessione.get_one(Messaggio, messaggio_id)
        return m.trattenuto, m.tentativi, m.inviato_il


def test_una_lettera_trattenuta_parte_quando_la_si_guarda(app, mondo, entra):
    with scrivendo(app):
        quale = lettera(mondo["ambito"], trattenuto=True)
    browser, indirizzo = entra(mondo["operatore"]), f"/prova/ufficio/messaggi/{quale}"
    assert "Buongiorno." in browser.get(indirizzo).testo
    assert browser.post(f"{indirizzo}/rilascia", da=indirizzo).stato == 303
    assert stato_di(app, quale) == (False, 0, None)
    assert browser.post(f"{indirizzo}/rilascia", da=indirizzo).stato == 409


def test_una_lettera_non_partita_si_ritenta(app, mondo, entra):
    with scrivendo(app):
        quale = lettera(mondo["ambito"], tentativi=MASSIMO_TENTATIVI, errore="550")
        in_coda = lettera(mondo["ambito"], tentativi=1, errore="550")
    browser, indirizzo = entra(mondo["operatore"]), f"/prova/ufficio/messaggi/{quale}"
    assert browser.post(f"{indirizzo}/ritenta", da=indirizzo).stato == 303
    assert stato_di(app, quale) == (False, 0, None)
    assert browser.post(f"/prova/ufficio/messaggi/{in_coda}/ritenta", da=indirizzo).stato == 409
    with app.app_context():
        assert "home.ritenta_messaggio" in sessione.scalars(select(Evento.azione)).all()


@pytest.mark.parametrize("verbo", ["", "/rilascia", "/ritenta"])
def test_le_lettere_degli_altri_non_si_leggono(app, mondo, entra, verbo):
    with scrivendo(app):
        quale = lettera(mondo["altro"], trattenuto=True)
    browser, indirizzo = entra(mondo["operatore"]), f"/prova/ufficio/messaggi/{quale}{verbo}"
    pagina = browser.post(indirizzo, da="/profilo") if verbo else browser.get(indirizzo)
    assert pagina.stato == 404


def test_il_registro_dice_chi_e_che_cosa(app, mondo, entra):
    browser = entra(mondo["operatore"])
    with scrivendo(app):
        servizio(mondo["ambito"], "sad")
        servizio(mondo["altro"], "di-altri")
    browser.post("/prova/ufficio/guida/sad/verificata", {"da": "UdP"}, da="/prova/ufficio/guida/sad")
    righe = [" ".join(tr.get_text(" ").split()) for tr in browser.get("/prova/ufficio/registro").dom.select("tbody tr")]
    assert [re.search(r"\d+ (.+) \(servizio", r).group(1) for r in righe] == [
        "ha segnato che la pagina è controllata", "ha pubblicato la pagina della guida", "ha creato la pagina della guida"
    ]  # fmt: skip
    assert mondo["operatore"].nome in righe[0]
    assert "marked the page as checked" in browser.get("/prova/ufficio/registro?lingua=en").testo


def test_un_rifiuto_in_ufficio_resta_in_ufficio(app, mondo, entra, cliente):
    """Who works there keeps the office's frame; nobody else learns from an error that there is one."""
    with scrivendo(app):
        quale = lettera(mondo["ambito"])
    indirizzo = f"/prova/ufficio/messaggi/{quale}/rilascia"
    rifiuto = entra(mondo["operatore"]).post(indirizzo, da=f"/prova/ufficio/messaggi/{quale}")
    assert rifiuto.stato == 409
    assert rifiuto.dom.header.select_one(".it-brand-title").get_text() == "Ufficio"
    assert rifiuto.dom.header.select_one(".it-small-header") is not None
    assert rifiuto.dom.header.select_one(".ruolo strong").get_text() == "Operatore dell’Ufficio di Piano"
    mancante = entra(mondo["operatore"]).get("/prova/ufficio/messaggi/999999")
    assert (mancante.stato, mancante.dom.header.select_one(".it-brand-title").get_text()) == (404, "Ufficio")
    for altri in (entra(mondo["vicino"]), entra(mondo["rappresentante"])):
        pagina = altri.get("/prova/ufficio/messaggi/999999")
        assert pagina.stato == 404
        assert pagina.dom.header.select_one(".it-brand-title").get_text() == mondo["ambito"].nome
        assert pagina.dom.header.select_one(".it-small-header") is None


def test_un_errore_nell_area_degli_enti_resta_li(mondo, entra):
    pagina = entra(mondo["rappresentante"]).get("/ente/proposte/999999")
    assert pagina.stato == 404
    assert pagina.dom.header.select_one(".it-small-header .it-brand-title").get_text() == "Area degli enti"


def test_il_controllo_della_catena_e_del_responsabile(app, mondo, entra):
    with scrivendo(app):
        servizio(mondo["ambito"], "sad")
    assert entra(mondo["operatore"]).get("/prova/ufficio/registro/controllo").stato == 403
    assert "Il registro è intero." in entra(mondo["responsabile"]).get("/prova/ufficio/registro/controllo").testo


def test_una_riga_cambiata_si_vede(app, mondo, entra):
    with scrivendo(app):
        servizio(mondo["ambito"], "sad")
    with app.app_context():
        trigger = "evento_no_update" if sessione.get_bind().dialect.name == "sqlite" else None
        if trigger:
            sessione.execute(text(f"DROP TRIGGER {trigger}"))
        else:
            sessione.execute(text("ALTER TABLE evento DISABLE TRIGGER ALL"))
        sessione.execute(text("UPDATE evento SET azione = 'guida.altro' WHERE azione = 'guida.crea'"))
        sessione.commit()
    pagina = entra(mondo["responsabile"]).get("/prova/ufficio/registro/controllo")
    assert "Il registro non è intero. Riga 1: il contenuto è stato cambiato." in pagina.testo
    inglese = entra(mondo["responsabile"]).get("/prova/ufficio/registro/controllo?lingua=en")
    assert "its content has been changed" in inglese.testo


def test_l_amministratore_vede_ambiti_e_code(app, mondo, entra):
    with scrivendo(app):
        lettera(mondo["altro"], trattenuto=True)
        lettera(mondo["ambito"], tentativi=MASSIMO_TENTATIVI)
    pagina = entra(mondo["amministratore"]).get("/amministrazione")
    ambiti = [a.get_text() for a in pagina.dom.select("main tbody a")]
    assert ambiti == ["Ambito sociale di Altro", "Ambito sociale di Prova"]
    code = [tr.td.get_text() for tr in pagina.dom.select('[aria-labelledby="code"] tbody tr')]
    assert code == ["1", "1", "0", "0"]
    assert entra(mondo["responsabile"]).get("/amministrazione").stato == 404
