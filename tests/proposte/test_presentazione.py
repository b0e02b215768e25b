"""Submitting: in time to the second, once, whole, by who may; refused without losing anything otherwise."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from portal import clocks, tenancy
from portal.clocks import adesso
from portal.db import sessione
from portal.errors import ErroreDominio, FuoriTermine
from portal.outbox import Messaggio
from portal.proposte import operations, queries
from portal.proposte.models import Proposta, Ricevuta, StatoProposta
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.palco import scena as su_palco

URL = "http://localhost/verifica"


@pytest.fixture
@su_palco
def scena(contesto):
    """An open call, an ente with its representative and its writer, and a complete draft."""
    ambito = fabbrica.ambito()
    ente = fabbrica.ente()
    rappresentante = fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=ente)
    compilatore = fabbrica.utente(Ruolo.COMPILATORE, ente=ente)
    avviso = fabbrica.avviso(ambito)
    bozza = fabbrica.proposta(avviso, ente, compilatore)
    return {"ambito": ambito, "ente": ente, "rappresentante": rappresentante, "compilatore": compilatore,
            "avviso": avviso, "bozza": bozza}  # fmt: skip


def presenta(scena, *, arrivo=None, chi="rappresentante", dichiarate=None):
    return operations.presenta(
        scena["bozza"].id,
        dichiarate=[d.id for d in scena["avviso"].dichiarazioni] if dichiarate is None else dichiarate,
        arrivo=arrivo or adesso(),
        attore=scena[chi],
        indirizzo_verifica=URL,
    )


def test_la_ricevuta_ha_numero_codice_e_impronta_che_si_ricalcola(scena):
    ricevuta = presenta(scena)
    proposta = queries.proposta_intera(scena["bozza"].id)
    assert proposta.stato == StatoProposta.PRESENTATA
    assert ricevuta.numero == 1
    assert ricevuta.impronta == proposta.impronta
    trovata = queries.ricevuta_per_codice(ricevuta.codice)
    assert (trovata.numero, trovata.integra) == (1, True)


def test_un_centesimo_cambiato_di_nascosto_si_vede_dall_impronta(scena):
    ricevuta = presenta(scena)
    proposta = queries.proposta_intera(scena["bozza"].id)
    proposta.voci[0].richiesto += Decimal("0.01")
    assert not queries.ricevuta_per_codice(ricevuta.codice).integra


def test_i_numeri_sono_per_ambito_e_anno_senza_buchi(scena):
    presenta(scena)
    altro_ente = fabbrica.ente()
    altro = fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=altro_ente)
    seconda = fabbrica.proposta(scena["avviso"], altro_ente, altro)
    with pytest.raises(ErroreDominio):
        operations.presenta(seconda.id, dichiarate=[], arrivo=adesso(), attore=altro, indirizzo_verifica=URL)
    dichiarate = [d.id for d in scena["avviso"].dichiarazioni]
    ricevuta = operations.presenta(seconda.id, dichiarate=dichiarate, arrivo=adesso(), attore=altro, indirizzo_verifica=URL)
    assert ricevuta.numero == 2


@pytest.mark.parametrize(("secondi", "entra"), [(-1, True), (0, True), (1, False), (3600, False)])
def test_il_termine_vale_al_secondo(scena, secondi, entra):
    arrivo = scena["avviso"].termine + timedelta(seconds=secondi)
    if entra:
        assert presenta(scena, arrivo=arrivo).emessa_il == arrivo.replace(microsecond=0)
        return
    with pytest.raises(FuoriTermine):
        presenta(scena, arrivo=arrivo)
    assert queries.proposta_intera(scena["bozza"].id).stato == StatoProposta.BOZZA


def test_conta_l_ora_di_arrivo_e_non_quella_della_coda(scena):
    termine = scena["avviso"].termine
    with clocks.alle(termine + timedelta(seconds=5)):
        assert presenta(scena, arrivo=termine).numero == 1


def test_presentare_due_volte_da_la_stessa_ricevuta(scena):
    assert presenta(scena).id == presenta(scena).id
    assert sessione.query(Ricevuta).count() == 1


def test_senza_tutte_le_dichiarazioni_non_parte(scena):
    with pytest.raises(ErroreDominio) as errore:
        presenta(scena, dichiarate=[])
    assert errore.value.campo == "dichiarazioni"


def test_una_sezione_vuota_ferma_la_presentazione(scena):
    scena["bozza"].sezioni[0].testo = ""
    sessione.flush()
    with pytest.raises(ErroreDominio, match="non è iniziata"):
        presenta(scena)


def test_il_contributo_non_supera_le_risorse(scena):
    scena["bozza"].voci[0].richiesto = scena["avviso"].risorse + 1
    sessione.flush()
    with pytest.raises(ErroreDominio, match="di troppo"):
        presenta(scena)


def test_il_compilatore_non_presenta(scena):
    with pytest.raises(ErroreDominio):
        presenta(scena, chi="compilatore")


def test_la_ricevuta_va_a_chi_lavora_per_l_ente_e_alla_pec(scena):
    presenta(scena)
    destinatari = {m.destinatario for m in sessione.query(Messaggio)}
    assert destinatari == {scena["rappresentante"].email, scena["compilatore"].email, scena["ente"].pec}


def test_ritirata_prima_del_termine_se_ne_puo_fare_un_altra(scena):
    presenta(scena)
    proposta = queries.proposta_intera(scena["bozza"].id)
    operations.ritira(proposta, motivo="abbiamo cambiato idea", attore=scena["rappresentante"])
    sessione.flush()
    nuova = operations.inizia(scena["avviso"], scena["ente"], attore=scena["compilatore"])
    assert nuova.id != proposta.id
    assert queries.ricevuta_per_codice(proposta.ricevuta.codice).ritirata


def test_una_sola_proposta_attiva_per_ente(scena):
    assert operations.inizia(scena["avviso"], scena["ente"], attore=scena["compilatore"]).id == scena["bozza"].id


# -------------------------------------------------------------- le pagine


def test_il_percorso_dall_avviso_alla_ricevuta(scena, entra):
    rappresentante = entra(scena["rappresentante"])
    base = f"/ente/proposte/{scena['bozza'].id}"
    assert rappresentante.get(base).stato == 200
    assert "Controlla e presenta" in rappresentante.get(base).testo
    assert rappresentante.get(f"{base}/controlla").stato == 200
    pagina = rappresentante.get(f"{base}/presenta")
    dati = {"dichiarazioni": [str(d.id) for d in scena["avviso"].dichiarazioni]}
    assert "Presenta la proposta" in pagina.testo
    risposta = rappresentante.post(f"{base}/presenta", dati)
    assert (risposta.stato, risposta.luogo) == (303, f"{base}/presentata")
    ricevuta = rappresentante.get(f"{base}/presentata")
    assert "SHA-256" in ricevuta.testo
    pdf = rappresentante.get(f"{base}/ricevuta.pdf").risposta
    assert pdf.data[:5] == b"%PDF-"
    assert rappresentante.get(f"{base}/proposta.pdf").risposta.data[:5] == b"%PDF-"


def test_il_doppio_clic_porta_alla_stessa_ricevuta(scena, entra):
    rappresentante = entra(scena["rappresentante"])
    base = f"/ente/proposte/{scena['bozza'].id}"
    gettone = rappresentante.csrf(f"{base}/presenta")
    dati = {"dichiarazioni": [str(d.id) for d in scena["avviso"].dichiarazioni], "csrf_token": gettone}
    luoghi = [rappresentante.post(f"{base}/presenta", dict(dati)).luogo for _ in range(2)]
    assert luoghi == [f"{base}/presentata"] * 2
    with tenancy.tutti_gli_ambiti():
        assert sessione.query(Ricevuta).count() == 1


def test_dopo_il_termine_una_pagina_chiara_e_la_bozza_leggibile(scena, entra):
    rappresentante = entra(scena["rappresentante"])
    base = f"/ente/proposte/{scena['bozza'].id}"
    gettone = rappresentante.csrf(f"{base}/presenta")
    fabbrica.cambia(scena["avviso"], termine=adesso() - timedelta(minutes=1))
    dati = {"dichiarazioni": [str(d.id) for d in scena["avviso"].dichiarazioni], "csrf_token": gettone}
    pagina = rappresentante.post(f"{base}/presenta", dati)
    assert pagina.stato == 403
    assert "dopo il termine" in pagina.testo
    assert "Fuori termine" in pagina.titolo
    bozza = rappresentante.get(base)
    assert bozza.stato == 200
    assert "Fuori termine" in bozza.testo


def test_il_compilatore_che_forza_la_presentazione_e_fermato(scena, entra):
    compilatore = entra(scena["compilatore"])
    base = f"/ente/proposte/{scena['bozza'].id}"
    dati = {"dichiarazioni": [str(d.id) for d in scena["avviso"].dichiarazioni]}
    assert compilatore.post(f"{base}/presenta", dati).stato == 403
    with tenancy.tutti_gli_ambiti():
        assert sessione.get(Proposta, scena["bozza"].id, populate_existing=True).stato == StatoProposta.BOZZA


@pytest.mark.parametrize(
    "pagina", ["", "/controlla", "/presenta", "/quadro", "/titolo", "/testo/gruppo_lavoro", "/proposta.pdf"]
)
def test_un_altro_ente_non_sa_nemmeno_che_esiste(scena, entra, pagina):
    altro = entra(fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=fabbrica.ente()))
    assert altro.get(f"/ente/proposte/{scena['bozza'].id}{pagina}").stato == 404


def test_l_ufficio_non_apre_una_bozza(scena, entra):
    operatore = entra(fabbrica.utente(Ruolo.OPERATORE, ambito=scena["ambito"]))
    assert operatore.get(f"/ente/proposte/{scena['bozza'].id}").stato == 404
