"""The draft: several people, several days, files and figures; nothing typed is ever lost."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest

from portal import tenancy
from portal.clocks import adesso
from portal.db import sessione
from portal.enti.models import TipoEnte
from portal.errors import ErroreDominio
from portal.pdf import compone
from portal.pdf import proposta as pdf_proposta
from portal.proposte import operations
from portal.proposte.models import Allegato, Proposta, Sezione, Voce
from portal.utenti.models import Ruolo, RuoloUtente, SessioneUtente
from tests import fabbrica
from tests.palco import scena as su_palco


@pytest.fixture
@su_palco
def scena(contesto):
    ambito = fabbrica.ambito()
    ente = fabbrica.ente()
    persona = fabbrica.utente(Ruolo.COMPILATORE, ente=ente)
    avviso = fabbrica.avviso(ambito)
    return {"ambito": ambito, "ente": ente, "persona": persona, "avviso": avviso,
            "bozza": fabbrica.proposta(avviso, ente, persona)}  # fmt: skip


@pytest.fixture
def base(scena):
    return f"/ente/proposte/{scena['bozza'].id}"


@pytest.fixture
def browser(scena, entra):
    return entra(scena["persona"])


def righe(modello):
    with tenancy.tutti_gli_ambiti():
        return sessione.query(modello).populate_existing().all()


def pdf() -> bytes:
    dati = pdf_proposta.Proposta(
        ambito="P", capofila="P", numero="1", data=adesso(), fatti=[], sezioni=[pdf_proposta.Sezione("Uno", "Testo.")]
    )
    return compone("proposta", pdf_proposta.dati_proposta(dati), titolo="Documento")


def test_si_inizia_da_un_avviso_aperto(scena, entra):
    altro = fabbrica.utente(Ruolo.COMPILATORE, ente=fabbrica.ente())
    browser = entra(altro)
    indirizzo = f"/ente/proposte/inizia/{scena['avviso'].id}"
    assert browser.get(indirizzo).stato == 200
    fatto = browser.post(indirizzo, browser.modulo(browser.get(indirizzo)))
    assert fatto.luogo.startswith("/ente/proposte/")
    assert "Per ora non si può" in browser.get(fatto.luogo).testo


def test_non_si_inizia_dopo_il_termine(scena, browser):
    fabbrica.cambia(scena["avviso"], termine=adesso() - timedelta(seconds=1))
    assert browser.get(f"/ente/proposte/inizia/{scena['avviso'].id}").stato == 403


@pytest.mark.parametrize("tipo", [TipoEnte.PUBBLICO, TipoEnte.SINDACATO, TipoEnte.ALTRO])
def test_chi_non_e_del_terzo_settore_non_inizia_e_legge_perche(scena, entra, tipo):
    ente = fabbrica.ente_senza_runts(tipo)
    browser = entra(fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=ente))
    indirizzo = f"/ente/proposte/inizia/{scena['avviso'].id}"
    for pagina in (browser.get(indirizzo), browser.post(indirizzo, {"ente": str(ente.id)})):
        assert pagina.stato == 403
        assert "solo gli enti del Terzo settore" in pagina.testo
        assert "art. 55, comma 3, D.Lgs. 117/2017; art. 4" in pagina.testo
        assert pagina.dom.select_one("main a[href='/ente/']")
    assert [p.ente_id for p in righe(Proposta)] == [scena["ente"].id]
    assert browser.get("/ente/proposte").stato == 200


def test_con_due_enti_si_sceglie_solo_quello_che_puo(scena, entra):
    scuola = fabbrica.ente_senza_runts(denominazione="Scuola di prova")
    persona = fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=scuola)
    ets = fabbrica.ente()
    persona.ruoli.append(RuoloUtente(ruolo=Ruolo.RAPPRESENTANTE, ente_id=ets.id))
    sessione.flush()
    browser = entra(persona)
    indirizzo = f"/ente/proposte/inizia/{scena['avviso'].id}"
    pagina = browser.get(indirizzo)
    assert [o.get("value") for o in pagina.dom.select("select[name=ente] option")] == [str(ets.id)]
    assert "Scuola di prova non può rispondere." in pagina.testo
    assert browser.post(indirizzo, {"ente": str(scuola.id)}).stato == 422
    assert browser.post(indirizzo, browser.modulo(pagina)).stato == 303
    assert scuola.id not in [p.ente_id for p in righe(Proposta)]


def test_l_operazione_non_inizia_per_chi_non_e_del_terzo_settore(scena):
    with pytest.raises(ErroreDominio, match="solo gli enti del Terzo settore"):
        operations.inizia(scena["avviso"], fabbrica.ente_senza_runts(), attore=scena["persona"])


def test_una_bozza_di_avviso_non_si_risponde(scena, browser):
    from portal.avvisi.models import StatoAvviso

    bozza = fabbrica.avviso(scena["ambito"], stato=StatoAvviso.BOZZA)
    assert browser.get(f"/ente/proposte/inizia/{bozza.id}").stato == 404


def test_un_testo_troppo_lungo_si_salva_e_si_dice(base, browser):
    indirizzo = f"{base}/testo/gruppo_lavoro"
    dati = {**browser.modulo(browser.get(indirizzo)), "testo": "parola " * 1000}
    assert browser.post(indirizzo, dati).stato == 303
    assert "caratteri di troppo" in browser.get(base).testo


def test_due_autori_sulla_stessa_sezione_vedono_i_due_testi(base, browser):
    indirizzo = f"{base}/testo/gruppo_lavoro"
    prima = browser.modulo(browser.get(indirizzo))
    assert browser.post(indirizzo, {**prima, "testo": "Il testo del primo autore."}).stato == 303
    conflitto = browser.post(indirizzo, {**prima, "testo": "Il testo del secondo autore."})
    assert conflitto.stato == 409
    assert "Il testo del primo autore." in conflitto.testo
    assert "Il testo del secondo autore." in conflitto.testo
    assert [s.testo for s in righe(Sezione) if s.chiave == "gruppo_lavoro"] == ["Il testo del primo autore."]


def test_due_autori_su_due_sezioni_non_si_disturbano(base, browser):
    uno, due = f"{base}/testo/gruppo_lavoro", f"{base}/testo/bisogni_territorio"
    primo, secondo = browser.modulo(browser.get(uno)), browser.modulo(browser.get(due))
    assert browser.post(uno, {**primo, "testo": "Uno."}).stato == 303
    assert browser.post(due, {**secondo, "testo": "Due."}).stato == 303


def test_dopo_il_termine_il_testo_scritto_resta_nella_pagina(scena, base, browser):
    indirizzo = f"{base}/testo/gruppo_lavoro"
    dati = {**browser.modulo(browser.get(indirizzo)), "testo": "Scritto alle 12 e un minuto."}
    fabbrica.cambia(scena["avviso"], termine=adesso() - timedelta(minutes=1))
    pagina = browser.post(indirizzo, dati)
    assert pagina.stato == 403
    assert "Scritto alle 12 e un minuto." in pagina.dom.get_text()
    assert "termine è passato" in pagina.testo


def test_una_sessione_scaduta_a_meta_non_perde_il_testo(base, browser, entra, scena):
    indirizzo = f"{base}/testo/gruppo_lavoro"
    dati = {**browser.modulo(browser.get(indirizzo)), "testo": "Due ore di lavoro."}
    with tenancy.tutti_gli_ambiti():
        sessione.query(SessioneUtente).delete()
    pagina = browser.post(indirizzo, dati)
    assert pagina.stato == 401
    assert "Due ore di lavoro." in pagina.dom.get_text()
    rimandato = browser.modulo(pagina)
    assert rimandato["testo"] == "Due ore di lavoro."
    browser.accedi(scena["persona"])
    assert browser.post(indirizzo, rimandato).stato == 303


@pytest.mark.parametrize(
    ("importo", "frase"),
    [
        ("99.766.80", "99.766,80"),
        ("-10", "negativo"),
        ("12,345", "due cifre"),
        ("abc", "1.234,56"),
        ("9" * 20, "troppo grande"),
    ],
)
def test_un_importo_sbagliato_si_spiega_e_resta(base, browser, importo, frase):
    indirizzo = f"{base}/quadro/nuova"
    dati = {"versione": "0", "categoria": "beni", "descrizione": "Tavoli", "richiesto": importo, "quota_propria": "10,00"}
    pagina = browser.post(indirizzo, dati)
    assert pagina.stato == 422
    assert frase in pagina.errore_di("richiesto")
    assert (pagina.valore_di("richiesto"), pagina.valore_di("descrizione")) == (importo, "Tavoli")
    assert len(righe(Voce)) == 1


def test_gli_apporti_in_natura_non_si_rimborsano(base, browser):
    dati = {"versione": "0", "categoria": "apporti_in_natura", "descrizione": "Volontari", "richiesto": "10,00"}
    assert "non si rimborsano" in browser.post(f"{base}/quadro/nuova", dati).errore_di("richiesto")


def test_una_voce_si_cambia_e_si_toglie(base, browser):
    voce = righe(Voce)[0]
    indirizzo = f"{base}/quadro/{voce.id}"
    dati = {**browser.modulo(browser.get(indirizzo)), "richiesto": "1.000,00"}
    assert browser.post(indirizzo, dati).stato == 303
    assert browser.post(indirizzo, {**dati, "richiesto": "2.000,00"}).stato == 409
    assert browser.post(f"{indirizzo}/togli", da=f"{base}/titolo").stato == 303
    assert righe(Voce) == []


def carica(browser, base, documento, contenuto, nome):
    indirizzo = f"{base}/documenti/{documento.id}"
    return browser.post(indirizzo, {"file": (BytesIO(contenuto), nome)}, content_type="multipart/form-data")


def test_un_file_giusto_si_carica_si_scarica_e_si_sostituisce(scena, base, browser, app):
    documento = scena["avviso"].documenti[0]
    primo = pdf()
    assert carica(browser, base, documento, primo, "Progetto finale.pdf").stato == 303
    allegato = righe(Allegato)[0]
    assert (allegato.nome, allegato.dimensione) == ("Progetto finale.pdf", len(primo))
    risposta = browser.get(f"/allegati/{allegato.id}").risposta
    assert risposta.data == primo
    assert risposta.headers["Content-Disposition"].startswith("attachment")
    assert risposta.headers["X-Content-Type-Options"] == "nosniff"
    vecchia = allegato.chiave
    assert carica(browser, base, documento, primo + b"\n%nuovo\n", "Altro.pdf").stato == 303
    assert not app.extensions["deposito"].exists(vecchia)
    assert len(righe(Allegato)) == 1


@pytest.mark.parametrize(
    ("contenuto", "nome"),
    [
        (b"MZ\x90\x00" + b"\x00" * 500, "fattura.pdf"),
        (b"PK\x03\x04" + b"\x00" * 500, "firmato.pdf.p7m"),
        (b"%PDF-1.7\n" + b"x" * 100, "programma.exe"),
        (b"", "vuoto.pdf"),
        (b"<html><script>alert(1)</script></html>", "pagina.pdf"),
    ],
)
def test_un_file_che_non_e_quello_che_dice_si_rifiuta(scena, base, browser, contenuto, nome):
    prima = [a.sha256 for a in righe(Allegato)]
    pagina = carica(browser, base, scena["avviso"].documenti[0], contenuto, nome)
    assert pagina.stato == 422
    assert pagina.errore_di("file")
    assert [a.sha256 for a in righe(Allegato)] == prima


def test_senza_scegliere_un_file_si_dice(scena, base, browser):
    assert "Scegli un file" in carica(browser, base, scena["avviso"].documenti[0], b"", "").errore_di("file")


def test_un_file_oltre_il_limite_si_rifiuta_con_le_due_misure(scena, base, browser):
    grande = b"%PDF-1.7\n" + b"0" * (20 * 1024 * 1024)
    pagina = carica(browser, base, scena["avviso"].documenti[0], grande, "grande.pdf")
    assert pagina.stato == 422
    assert "20" in pagina.errore_di("file")


def test_una_richiesta_enorme_ha_la_sua_pagina(scena, base, browser):
    pagina = carica(browser, base, scena["avviso"].documenti[0], b"%PDF-1.7\n" + b"0" * (25 * 1024 * 1024), "enorme.pdf")
    assert pagina.stato == 413


def test_l_allegato_non_lo_apre_nessun_altro_prima_del_termine(scena, entra, cliente):
    allegato = scena["bozza"].allegati[0]
    indirizzo = f"/allegati/{allegato.id}"
    assert cliente.get(indirizzo).stato == 303
    for persona in (
        fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=fabbrica.ente()),
        fabbrica.utente(Ruolo.RESPONSABILE, ambito=scena["ambito"]),
        fabbrica.utente(Ruolo.COMMISSARIO, ambito=scena["ambito"]),
    ):
        assert entra(persona).get(indirizzo).stato == 404


def test_il_rappresentante_rimanda_con_un_motivo(scena, base, entra, browser):
    rappresentante = entra(fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=scena["ente"]))
    assert rappresentante.post(f"{base}/rinvia", {"motivo": "Manca il calendario delle attività."}).stato == 303
    assert "Manca il calendario delle attività." in browser.get(base).testo
    assert browser.get(f"{base}/rinvia").stato == 403


@pytest.mark.parametrize("quante", [1, 3])
def test_l_elenco_dei_compiti_costa_lo_stesso_con_piu_voci(scena, base, browser, conta_query, quante):
    for n in range(quante):
        dati = {"versione": "0", "categoria": "beni", "descrizione": f"Voce {n}", "richiesto": "10,00"}
        assert browser.post(f"{base}/quadro/nuova", dati).stato == 303
    browser.get(base)
    with conta_query() as conto:
        browser.get(base)
    assert conto.totale == 19
