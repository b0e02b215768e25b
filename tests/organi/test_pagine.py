"""The bodies as everyone reads them and as the office writes them."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from portal import tenancy
from portal.db import sessione
from portal.errors import ErroreDominio
from portal.organi import operations, queries
from portal.organi.models import Fine, Mandato, NomeSoglia, Organo, Seggio
from portal.outbox import Messaggio
from portal.utenti import queries as utenti
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.guida.costruttori import scrivendo
from tests.palco import scena as su_palco

from .costruttori import ORDINARIA, dati, nomina, organo, seggio

PISTOIA = ("0.81", "6.75", "1.24", "4.13", "34.76", "10.08", "0.62", "3.12", "4.49", "33.00")


@pytest.fixture
@su_palco
def mondo(app):
    with scrivendo(app):
        ambito = fabbrica.ambito("prova")
        cabina = organo(ambito)
        primo = seggio(cabina, "Comune di Capofila", presiede=True)
        seggio(cabina, "Sindacato", categoria="OO.SS.", voto=False)
        nomina(primo, "Sindaca uscente", dal=date(2022, 1, 1), al=date(2023, 6, 30))
        nomina(primo, "Sindaco nuovo", dal=date(2023, 7, 1))
        return {
            "ambito": ambito,
            "organo": cabina,
            "responsabile": fabbrica.utente(Ruolo.RESPONSABILE, ambito=ambito),
            "operatore": fabbrica.utente(Ruolo.OPERATORE, ambito=ambito),
        }


def righe(pagina):
    return [" ".join(tr.get_text(" ").split()) for tr in pagina.dom.select("main tbody tr")]


def test_l_elenco_dice_posti_e_vacanti(mondo, cliente):
    testo = cliente.get("/prova/organi").testo
    assert "Cabina di Regia" in testo
    assert "2 posti 1 vacante" in testo


@pytest.mark.parametrize(
    ("al", "siede"),
    [
        ("2021-12-31", None), ("2022-01-01", "Sindaca uscente"), ("2023-06-30", "Sindaca uscente"),
        ("01/07/2023", "Sindaco nuovo"), ("1-7-2023", "Sindaco nuovo"), ("", "Sindaco nuovo"),
    ],
)  # fmt: skip
def test_la_composizione_di_ogni_giorno(mondo, cliente, al, siede):
    trovate = righe(cliente.get(f"/prova/organi/cabina?al={al}"))
    if siede is None:
        assert trovate == []
    else:
        assert siede in trovate[0]
        assert "Vacante" in trovate[1]


@pytest.mark.parametrize("al", ["ieri", "2023-02-30", "31/02/2023", "1/1", "9" * 400, "9" * 30 + "/1/2023", "1/1/0"])
def test_una_data_che_non_esiste_si_dice_e_si_vede_oggi(mondo, cliente, al):
    pagina = cliente.get(f"/prova/organi/cabina?al={al}")
    assert pagina.stato == 200
    assert "non è una data" in pagina.testo
    assert "Sindaco nuovo" in pagina.testo


def test_le_quote_che_non_fanno_cento_si_dicono(app, mondo, cliente):
    with scrivendo(app):
        assemblea = organo(mondo["ambito"], "assemblea", nome="Assemblea dei soci", quorum_quote=NomeSoglia.MAGGIORANZA)
        for n, quota in enumerate(PISTOIA, 1):
            seggio(assemblea, f"Socio {n}", quota=quota)
    testo = cliente.get("/prova/organi/assemblea").testo
    assert "Le quote scritte fanno 99 %, non 100." in testo
    assert "6 componenti" in testo


def test_in_inglese_il_testo_italiano_si_dichiara(mondo, cliente):
    pagina = cliente.get("/prova/organi/cabina?lingua=en")
    assert pagina.dom.h1.span["lang"] == "it"
    assert pagina.dom.select_one(".testo-ricco")["lang"] == "it"


@pytest.mark.parametrize(("quanti", "pagina"), [(n, p) for p in ("organi", "organi/cabina") for n in (1, 30)])
def test_le_pagine_costano_lo_stesso(app, mondo, cliente, conta_query, quanti, pagina):
    with scrivendo(app):
        for n in range(quanti):
            nomina(seggio(mondo["organo"], f"Comune {n}"))
    with conta_query() as conto:
        assert cliente.get(f"/prova/{pagina}").stato == 200
    assert conto.totale <= 4, conto.testi


def modulo(browser, indirizzo, **cambi):
    pagina = browser.get(indirizzo)
    return browser.post(indirizzo, {**browser.modulo(pagina), **cambi})


def test_il_responsabile_scrive_un_organo_e_l_ufficio_i_suoi_posti(mondo, entra, cliente):
    responsabile, operatore = entra(mondo["responsabile"]), entra(mondo["operatore"])
    fatto = modulo(
        responsabile, "/prova/ufficio/organi/nuovo", nome="Coordinamento", compiti="Dà gli indirizzi.", norma="Statuto"
    )
    assert (fatto.stato, fatto.luogo) == (303, "/prova/ufficio/organi/coordinamento/seggi")
    posto = modulo(
        operatore, fatto.luogo, categoria="Comune", rappresenta="Comune di Capofila", dal="01/01/2022", presiede="y"
    )
    assert (posto.stato, posto.luogo) == (303, "/prova/ufficio/organi/coordinamento/seggi/1")
    nominata = modulo(operatore, posto.luogo, qualita="Sindaca", atto="Proclamazione", dal="01/01/2022", nome="")
    assert nominata.stato == 303
    pubblica = cliente.get("/prova/organi/coordinamento")
    assert "Comune di Capofila Comune · presiede Sindaca dal 01/01/2022" in righe(pubblica)[0]
    assert "Decisioni ordinarie" in pubblica.testo
    secondo = modulo(operatore, fatto.luogo, categoria="Comune", rappresenta="Altro", dal="01/01/2022", presiede="y")
    assert secondo.stato == 422
    assert "Presiede già Comune di Capofila" in secondo.errore_di("presiede")


def test_un_mandato_si_chiude_e_la_storia_resta(mondo, entra, cliente):
    operatore = entra(mondo["operatore"])
    with tenancy.tutti_gli_ambiti():
        nuovo = sessione.scalars(select(Mandato).where(Mandato.qualita == "Sindaco nuovo")).one()
    base = "/prova/ufficio/organi/cabina/seggi/1"
    sovrapposto = modulo(operatore, base, qualita="Un’altra", atto="Atto", dal="01/01/2024")
    assert sovrapposto.stato == 422
    assert "c’è già un’altra persona" in sovrapposto.errore_di("dal")
    assert sovrapposto.valore_di("qualita") == "Un’altra"
    presto = modulo(operatore, f"{base}/{nuovo.id}/fine", al="30/06/2023", fine="dimissioni")
    assert "comincia dopo" in presto.errore_di("al")
    assert modulo(operatore, f"{base}/{nuovo.id}/fine", al="31/12/2023", fine="dimissioni").luogo == base
    assert modulo(operatore, base, qualita="Un’altra", atto="Atto", dal="01/01/2024").stato == 303
    assert "Sindaco nuovo" in righe(cliente.get("/prova/organi/cabina?al=2023-12-31"))[0]
    assert "Un’altra" in righe(cliente.get("/prova/organi/cabina?al=2024-01-01"))[0]


def test_due_che_cambiano_le_regole_insieme(mondo, entra):
    responsabile = entra(mondo["responsabile"])
    indirizzo = "/prova/ufficio/organi/cabina"
    aperto = responsabile.modulo(responsabile.get(indirizzo))
    assert modulo(responsabile, indirizzo, nome="Cabina nuova").stato == 303
    conflitto = responsabile.post(indirizzo, {**aperto, "nome": "Cabina mia"})
    assert conflitto.stato == 409
    assert "Cabina mia" in conflitto.testo
    assert "Cabina nuova" in conflitto.testo


def test_due_che_cambiano_solo_le_regole_di_voto(mondo, entra):
    responsabile = entra(mondo["responsabile"])
    indirizzo = "/prova/ufficio/organi/cabina"
    aperto = responsabile.modulo(responsabile.get(indirizzo))
    assert modulo(responsabile, indirizzo, **{"regole-0-soglia": "tutti"}).stato == 303
    assert responsabile.post(indirizzo, {**aperto, "regole-0-soglia": "meta"}).stato == 409


@pytest.mark.parametrize("quota", ["100,01", "-1", "molto", "1.2.3"])
def test_una_quota_impossibile_resta_scritta(mondo, entra, quota):
    posto = {"categoria": "Comune", "rappresenta": "Altro", "dal": "01/01/2022", "quota": quota}
    rifiutato = modulo(entra(mondo["operatore"]), "/prova/ufficio/organi/cabina/seggi", **posto)
    assert rifiutato.stato == 422
    assert rifiutato.errore_di("quota")
    assert rifiutato.valore_di("quota") == quota


def test_un_mandato_che_ha_una_fine_non_si_allunga(mondo, entra):
    with tenancy.tutti_gli_ambiti():
        vecchio = sessione.scalars(select(Mandato).where(Mandato.qualita == "Sindaca uscente")).one()
    indirizzo = f"/prova/ufficio/organi/cabina/seggi/1/{vecchio.id}/fine"
    lungo = modulo(entra(mondo["operatore"]), indirizzo, al="01/01/2024", fine="scadenza")
    assert "finisce già prima" in lungo.errore_di("al")


def test_senza_regole_di_voto_l_organo_non_si_salva(mondo, entra):
    responsabile = entra(mondo["responsabile"])
    rifiutato = modulo(responsabile, "/prova/ufficio/organi/cabina", **{"regole-0-nome": "", "regole-1-nome": ""})
    assert rifiutato.stato == 422
    assert "almeno una regola di voto" in rifiutato.testo


@pytest.mark.parametrize("campo", ["preavviso_giorni", "preavviso_ore", "deleghe_massime", "osservazioni_giorni"])
@pytest.mark.parametrize("valore", ["-1", "dieci", "", "99999"])
def test_un_numero_che_non_va_resta_scritto(mondo, entra, campo, valore):
    rifiutato = modulo(entra(mondo["responsabile"]), "/prova/ufficio/organi/cabina", **{campo: valore})
    assert rifiutato.stato == 422
    assert rifiutato.errore_di(campo)
    assert rifiutato.valore_di(campo) == valore


def test_l_operatore_non_cambia_le_regole(mondo, entra):
    operatore = entra(mondo["operatore"])
    assert operatore.get("/prova/ufficio/organi/cabina").stato == 403
    assert "Cambia le regole" not in operatore.get("/prova/ufficio/organi/cabina/seggi").testo


@pytest.fixture
def contesto_prova(app, mondo):
    with app.test_request_context("/"), tenancy.usa_ambito(mondo["ambito"].id):
        yield mondo


def test_un_seggio_non_ha_mandati_prima_di_esserci(contesto_prova):
    posto = queries.seggio("cabina", 2)
    with pytest.raises(ErroreDominio):
        nomina(posto, dal=date(2021, 1, 1))
    with pytest.raises(ErroreDominio):
        nomina(posto, dal=date(2022, 2, 1), al=date(2022, 1, 1))
    supplente = nomina(posto, "Supplente", dal=date(2022, 1, 1), supplente=True)
    nomina(posto, "Titolare", dal=date(2022, 1, 1))
    operations.cessa(supplente, al=date(2022, 5, 1), fine=Fine.DIMISSIONI, attore=None)
    with pytest.raises(ErroreDominio):
        operations.cessa(supplente, al=date(2022, 6, 1), fine=Fine.DIMISSIONI, attore=None)


def test_le_regole_cambiate_prendono_il_posto_delle_vecchie(contesto_prova):
    cabina = queries.organo("cabina")
    altre = (ORDINARIA, operations.DatiRegola("Persone", "presenti", "tutti", "teste", segreta=True))
    operations.modifica(cabina, versione=cabina.versione, dati=dati(nome="Cabina"), regole=altre, attore=None)
    sessione.flush()
    assert [(r.ordine, r.nome) for r in queries.organo("cabina").regole] == [(1, "Decisioni ordinarie"), (2, "Persone")]


def test_gli_organi_di_un_altro_ambito_non_ci_sono(app, mondo, entra, cliente):
    with scrivendo(app):
        altro = fabbrica.ambito("altrove")
        seggio(organo(altro, "tavolo", nome="Tavolo di altrove"))
        assert sessione.query(Organo).count() == 2
        assert sessione.query(Seggio).count() == 3
    assert cliente.get("/prova/organi/tavolo").stato == 404
    assert "altrove" not in cliente.get("/prova/organi").testo
    assert entra(mondo["operatore"]).get("/altrove/ufficio/organi/tavolo/seggi").stato == 404


def test_chi_siede_entra_nel_portale(app, mondo, entra):
    """A new address gets a link, one that has an account already gets only the role; once for each mandate."""
    operatore = entra(mondo["operatore"])
    with tenancy.tutti_gli_ambiti():
        nuovo = sessione.scalars(select(Mandato).where(Mandato.qualita == "Sindaco nuovo")).one()
    base = "/prova/ufficio/organi/cabina/seggi/1"
    assert "nome@dominio.it" in operatore.post(f"{base}/{nuovo.id}/accesso", {"email": "sindaco"}).errore_di("email")
    assert operatore.post(f"{base}/{nuovo.id}/accesso", {"email": "sindaco@prova.example"}).luogo == base
    assert "entra nel portale" in operatore.get(base).testo
    assert "Ha già un accesso" in operatore.post(f"{base}/{nuovo.id}/accesso", {"email": "a@b.it"}).errore_di("email")
    with scrivendo(app):
        utente = utenti.utente_per_email("sindaco@prova.example")
        assert utente is not None
        assert (utente.nome, utente.ha(Ruolo.COMPONENTE, ambito_id=mondo["ambito"].id)) == (
            "Sindaco nuovo, Comune di Capofila", True,
        )  # fmt: skip
        lettera = sessione.scalars(select(Messaggio).where(Messaggio.destinatario == utente.email)).one()
        assert "entro sette giorni" in lettera.testo
        assert sessione.get_one(Mandato, nuovo.id, populate_existing=True).utente_id == utente.id


def test_chi_ha_gia_un_accesso_prende_solo_il_ruolo(app, mondo, entra):
    with scrivendo(app):
        gia = fabbrica.utente(Ruolo.OPERATORE, ambito=mondo["ambito"])
        nuovo = sessione.scalars(select(Mandato).where(Mandato.qualita == "Sindaco nuovo")).one()
    dove = f"/prova/ufficio/organi/cabina/seggi/1/{nuovo.id}/accesso"
    assert entra(mondo["operatore"]).post(dove, {"email": gia.email.upper()}).stato == 303
    with scrivendo(app):
        utente = utenti.utente_per_email(gia.email)
        assert utente is not None
        assert {r.ruolo for r in utente.ruoli} == {Ruolo.OPERATORE, Ruolo.COMPONENTE}
        lettera = sessione.scalars(select(Messaggio).where(Messaggio.destinatario == gia.email)).one()
        assert "password" not in lettera.testo
