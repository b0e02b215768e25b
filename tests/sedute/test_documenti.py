"""Papers of the items: what may be attached, until when, and who reads what."""

from __future__ import annotations

import io
import zipfile
from contextlib import contextmanager
from datetime import timedelta

import pytest

from portal import clocks, zipped_texts
from portal.db import sessione
from portal.errors import ErroreDominio
from portal.outbox import Messaggio
from portal.sedute import queries
from portal.sedute.models import StatoPunto
from portal.sedute.operations import documenti
from portal.tenancy import tutti_gli_ambiti, usa_ambito
from portal.transaction import unita
from portal.uploads import CON_TESTI, FileRifiutato, esamina
from portal.utenti.models import Ruolo
from portal.zipped_texts import ODT
from tests import fabbrica
from tests.organi import costruttori as organi

from . import costruttori as c

DOPO = c.CONVOCAZIONE + timedelta(hours=1)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\n0000000000 65535 f \n"
    b"trailer<</Root 1 0 R>>\nstartxref\n45\n%%EOF\n"
)
PUBBLICA = "/prova/organi/cabina-prova/sedute/1"
MIA = "/prova/sedute/mie/cabina-prova/1"


@pytest.fixture
def scena(app):
    """A convened sitting with two items, a member with an account and an operator."""
    with app.test_request_context("/"), tutti_gli_ambiti(), unita():
        ambito = fabbrica.ambito("prova")
        componente = fabbrica.utente(Ruolo.COMPONENTE, ambito=ambito)
        with usa_ambito(ambito.id):
            organo = organi.organo(ambito, "cabina-prova")
            organi.nomina(organi.seggio(organo, presiede=True), utente_id=componente.id)
            c.convocata(organo, "Il piano", "Il bilancio")
        operatore = fabbrica.utente(Ruolo.OPERATORE, ambito=ambito)
    sessione.remove()
    with clocks.alle(DOPO):
        yield ambito, organo, componente, operatore


@pytest.fixture
def dentro(app, scena):
    @contextmanager
    def apri():
        with app.test_request_context("/"), usa_ambito(scena[0].id), unita():
            yield queries.intera("cabina-prova", 1)
        sessione.remove()

    return apri


def carica(browser, punto, nome="Relazione.pdf", contenuto=PDF, **altro):
    campi = {"titolo": "Relazione", "chi_legge": "tutti", "file": (io.BytesIO(contenuto), nome), **altro}
    return browser.post(indirizzo(punto), campi, content_type="multipart/form-data")


def indirizzo(punto):
    return f"/prova/ufficio/organi/cabina-prova/sedute/1/punti/{punto}/documenti"


def depositati(app):
    return [f for f in app.config["PORTALE"].dati.rglob("*") if f.is_file() and f.read_bytes() == PDF]


def test_l_ufficio_carica_ognuno_legge_il_suo(app, scena, dentro, entra, cliente):
    with dentro() as seduta:
        primo, secondo = (p.id for p in seduta.punti)
    ufficio, componente = entra(scena[3]), entra(scena[2])
    assert carica(ufficio, primo, pagine="12").luogo == indirizzo(primo)
    assert carica(ufficio, secondo, titolo="Parere riservato", chi_legge="convocati").stato == 303
    with dentro() as seduta:
        aperto, chiuso = seduta.punti[0].documenti[0], seduta.punti[1].documenti[0]
        assert (aperto.pagine, aperto.riservato, chiuso.riservato, aperto.dimensione) == (12, False, True, len(PDF))
    pagina = cliente.get(PUBBLICA).testo
    assert "12 pagine · aggiunto dopo la convocazione, il 18/11/2026" in pagina
    assert "Parere riservato" not in pagina
    assert "Parere riservato" in componente.get(MIA).testo
    scaricato = cliente.get(f"{PUBBLICA}/documenti/{aperto.id}").risposta
    assert (scaricato.get_data(), scaricato.headers["Content-Type"]) == (PDF, "application/octet-stream")
    assert scaricato.headers["Content-Disposition"] == "attachment; filename*=UTF-8''Relazione.pdf"
    assert "sandbox" in scaricato.headers["Content-Security-Policy"]
    riservato = f"{PUBBLICA}/riservata/documenti/{chiuso.id}"
    assert [b.get(riservato).stato for b in (componente, ufficio)] == [200, 200]
    assert cliente.get(f"{PUBBLICA}/documenti/{chiuso.id}").stato == 404
    assert entra(_estraneo(app, scena)).get(riservato).stato == 404


def _estraneo(app, scena):
    with app.test_request_context("/"), tutti_gli_ambiti(), unita():
        return fabbrica.utente(Ruolo.COMPONENTE, ambito=scena[0])


def test_un_file_che_non_va_bene_non_lascia_niente(app, scena, dentro, entra):
    with dentro() as seduta:
        punto = seduta.punti[0].id
    browser, prima = entra(scena[3]), len(depositati(app))
    for nome, contenuto, perche in (
        ("virus.exe", b"MZ", "qui puoi caricare"),
        ("Relazione.pdf", b"<html></html>", "dentro"),
        ("Relazione.docx", zippato({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "dentro"),
    ):
        pagina = carica(browser, punto, nome, contenuto)
        assert (pagina.stato, perche in pagina.errore_di("file")) == (422, True), nome
    assert "Scegli un file" in browser.post(indirizzo(punto), {"titolo": "Uno"}).errore_di("file")
    senza_titolo = carica(browser, punto, titolo="")
    assert (senza_titolo.stato, len(depositati(app))) == (422, prima)


def test_si_toglie_con_il_suo_file(app, scena, dentro, entra):
    with dentro() as seduta:
        punto = seduta.punti[0].id
    browser, prima = entra(scena[3]), len(depositati(app))
    carica(browser, punto)
    with dentro() as seduta:
        carta = seduta.punti[0].documenti[0].id
    assert len(depositati(app)) == prima + 1
    assert browser.post(f"{indirizzo(punto)}/{carta}/togli").luogo == indirizzo(punto)
    assert len(depositati(app)) == prima
    assert browser.post(f"{indirizzo(punto)}/{carta}/togli").stato == 404


def test_con_un_esito_i_documenti_non_cambiano(app, scena, dentro, entra):
    with clocks.alle(c.ORE_15):
        browser = entra(scena[3])
        with dentro() as seduta:
            c.documento(seduta.punti[0], app, "Relazione")
            c.entrano(seduta, (1,))
            c.banco.apri(seduta, ora=c.ORE_15, in_seconda=False, attore=None)
            c.banco.chiudi_punto(seduta.punti[0], esito=StatoPunto.RINVIATO, attore=None)
            punto, carta = seduta.punti[0].id, seduta.punti[0].documenti[0]
            for gesto in (
                lambda: c.documento(seduta.punti[0], app, "Altro"),
                lambda: documenti.togli(seduta.punti[0], carta, attore=None),
            ):
                with pytest.raises(ErroreDominio, match="già un esito"):
                    gesto()
            assert c.documento(seduta.punti[1], app, "Altro").titolo == "Altro"
        assert "non cambiano più" in browser.get(indirizzo(punto)).testo
        prima = len(depositati(app))
        assert (carica(browser, punto).stato, len(depositati(app))) == (303, prima)
        assert "Il punto ha già un esito" in browser.get(indirizzo(punto)).testo


def test_si_scrive_ai_convocati_solo_se_l_ufficio_vuole(scena, dentro, entra):
    with dentro() as seduta:
        punto = seduta.punti[1].id
    browser = entra(scena[3])
    carica(browser, punto)
    assert _lettere("Un documento in più") == []
    carica(browser, punto, titolo="La nota", avvisa="y")
    (testo,) = _lettere("Un documento in più")
    assert "Si aggiunge «La nota» al punto 2. Il bilancio" in testo
    assert "http://localhost/prova/sedute/mie/cabina-prova/1" in testo


def _lettere(inizio):
    with tutti_gli_ambiti():
        trovate = sessione.query(Messaggio).filter(Messaggio.oggetto.startswith(inizio)).order_by(Messaggio.id)
        return [m.testo for m in trovate]


def test_le_carte_di_una_bozza_sono_dell_ufficio(app, scena, entra, cliente):
    with app.test_request_context("/"), usa_ambito(scena[0].id), unita():
        bozza = c.riletta(c.bozza(scena[1], "Il regolamento"))
        carta = c.documento(bozza.punti[0], app, "Bozza", riservato=False).id
    sessione.remove()
    dove = "/prova/organi/cabina-prova/sedute/2"
    assert cliente.get(f"{dove}/documenti/{carta}").stato == 404
    assert entra(scena[2]).get(f"{dove}/riservata/documenti/{carta}").stato == 404
    assert entra(scena[3]).get(f"{dove}/riservata/documenti/{carta}").stato == 200
    toglie = entra(scena[3]).post(f"/prova/ufficio/organi/cabina-prova/sedute/2/punti/{bozza.punti[0].id}/togli")
    assert toglie.stato == 303
    assert "Il regolamento" in entra(scena[3]).get("/prova/ufficio/organi/cabina-prova/sedute/2").testo


def zippato(voci, come=zipfile.ZIP_STORED):
    uscita = io.BytesIO()
    with zipfile.ZipFile(uscita, "w", come) as z:
        for nome, testo in voci.items():
            z.writestr(nome, testo)
    return uscita.getvalue()


UN_DOCX = zippato({"[Content_Types].xml": "", "word/document.xml": "<w/>"})
UN_ODT = zippato({"mimetype": ODT, "content.xml": "<x/>"})


@pytest.mark.parametrize(
    ("dati", "quale"),
    [
        (UN_ODT, "odt"),
        (UN_DOCX, "docx"),
        (zippato({"mimetype": "application/epub+zip"}), None),
        (zippato({"[Content_Types].xml": "", "word/document.xml": "", "word/vbaProject.bin": ""}), None),
        (zippato({"[Content_Types].xml": "", "word/document.xml": "", "word/altro/VBAPROJECT.BIN": ""}), None),
        (zippato({"mimetype": ODT, "Basic/script-lc.xml": "", "Basic/Standard/script-lb.xml": ""}), "odt"),
        (zippato({"mimetype": ODT, "Basic/Standard/Module1.xml": "Sub Main"}), None),
        (zippato({"mimetype": ODT, "Scripts/python/a.py": "print()"}), None),
        (zippato({"mimetype": ODT}, zipfile.ZIP_DEFLATED), "odt"),
        (zippato({"mimetype": ODT + " " * 10_000_000}, zipfile.ZIP_BZIP2), None),
        (zippato({"mimetype": ODT}, zipfile.ZIP_LZMA), None),
        (zippato({"mimetype": ODT * 9}, zipfile.ZIP_LZMA).replace(ODT.encode()[:4], b"????"), None),
        (zippato({"word/document.xml": ""}), None),
        (UN_DOCX[:-10], None),
        (b"PK\x03\x04 niente", None),
    ],
)
def test_i_testi_zippati_si_distinguono(dati, quale):
    assert zipped_texts.testo_zippato(dati) == quale


def test_un_testo_si_carica_dove_si_puo_e_con_il_suo_nome(italiano):
    assert esamina(io.BytesIO(UN_ODT), "nota.odt", ammessi=CON_TESTI).tipo == ODT
    for nome, dati, altro in (("nota.docx", UN_ODT, {"ammessi": CON_TESTI}), ("nota.odt", UN_ODT, {})):
        with pytest.raises(FileRifiutato):
            esamina(io.BytesIO(dati), nome, **altro)
