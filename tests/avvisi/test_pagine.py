"""From a draft to a call that closes by itself, as the office, an ente and a citizen see it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal import clocks, tenancy
from portal.avvisi import operations, queries
from portal.avvisi.models import Avviso, Lotto, StatoAvviso
from portal.clocks import a_roma, adesso
from portal.db import sessione
from portal.enti.models import TipoEnte
from portal.errors import ErroreDominio
from portal.scadenze import chiudi_scaduti
from portal.utenti.models import Ruolo, RuoloUtente
from tests import fabbrica
from tests.servizi.agenda import eventi


@pytest.fixture
def ambito(contesto):
    return fabbrica.ambito()


@pytest.fixture
def operatore(ambito, entra):
    return entra(fabbrica.utente(Ruolo.OPERATORE, ambito=ambito))


def test_il_percorso_dell_ufficio_dalla_bozza_alla_pubblicazione(ambito, operatore, cliente):
    base = f"/{ambito.slug}/ufficio/avvisi"
    assert "Non c’è ancora nessun avviso" in operatore.get(base).testo
    creato = operatore.post(f"{base}/nuovo", {"titolo": "Un avviso nuovo", "tipo": "coprogettazione"})
    assert creato.luogo == f"{base}/un-avviso-nuovo"
    pagina = operatore.get(creato.luogo)
    assert "Per ora non si può" in pagina.testo
    termine = a_roma(adesso() + timedelta(days=30)).strftime("%Y-%m-%dT12:00:00")
    sezioni = {
        "testo": {"sommario": "Cerchiamo enti.", "oggetto": "Un servizio.", "base_giuridica": "Art. 55.",
                  "testo": "## Finalità\n\nProgettare insieme.", "fasi": "Tre.", "privacy": "I dati."},
        "risorse": {"risorse": "84.940,00", "durata": "12 mesi", "termine": termine, "rup": "Ufficio", "atto": "Det. 1",
                    "soglia": "60"},
        "criteri": {"righe-0-titolo": "Qualità", "righe-0-peso": "60", "righe-1-titolo": "Rete", "righe-1-peso": "39"},
        "requisiti": {"righe-0-titolo": "RUNTS", "righe-0-tipo": "iscrizione_runts"},
        "documenti": {"righe-0-titolo": "Progetto", "righe-0-obbligatorio": "y"},
        "dichiarazioni": {"righe-0-testo": "È tutto vero."},
    }  # fmt: skip
    for chiave, valori in sezioni.items():
        indirizzo = f"{creato.luogo}/{chiave}"
        dati = {**operatore.modulo(operatore.get(indirizzo)), **valori}
        risposta = operatore.post(indirizzo, dati)
        assert risposta.stato == 303, (chiave, risposta.testo)
    assert "Adesso fanno 99" in operatore.get(creato.luogo).testo
    rifiuto = operatore.post(f"{creato.luogo}/pubblica", da=f"{creato.luogo}/criteri")
    assert rifiuto.stato == 400
    assert cliente.get(f"/{ambito.slug}/avvisi/un-avviso-nuovo").stato == 404
    dati = operatore.modulo(operatore.get(f"{creato.luogo}/criteri"))
    operatore.post(f"{creato.luogo}/criteri", {**dati, "righe-1-peso": "40"})
    assert operatore.get(f"{creato.luogo}/anteprima").stato == 200
    assert operatore.get(f"{creato.luogo}/pubblica").stato == 200
    fatto = operatore.post(f"{creato.luogo}/pubblica")
    assert fatto.luogo == f"/{ambito.slug}/avvisi/un-avviso-nuovo"
    pubblica = cliente.get(fatto.luogo)
    assert "84.940,00" in pubblica.testo
    assert "Inizia la proposta" in pubblica.testo
    assert "Un avviso nuovo" in cliente.get(f"/{ambito.slug}/avvisi").testo
    assert cliente.get(f"{fatto.luogo}/domande").stato == 200


@pytest.mark.parametrize(
    ("importo", "frase"),
    [("99.766.80", "99.766,80"), ("-5", "negativo"), ("1,234", "due cifre"), ("mille", "1.234,56")],
)
def test_un_importo_sbagliato_ha_la_sua_frase_e_resta_scritto(ambito, operatore, importo, frase):
    operatore.post(f"/{ambito.slug}/ufficio/avvisi/nuovo", {"titolo": "Prova", "tipo": "coprogettazione"})
    indirizzo = f"/{ambito.slug}/ufficio/avvisi/prova/risorse"
    dati = {**operatore.modulo(operatore.get(indirizzo)), "risorse": importo, "durata": "scritta a lungo"}
    pagina = operatore.post(indirizzo, dati)
    assert pagina.stato == 422
    assert frase in pagina.errore_di("risorse")
    assert pagina.valore_di("risorse") == importo
    assert pagina.valore_di("durata") == "scritta a lungo"


def test_due_persone_sullo_stesso_avviso_vedono_i_due_testi(ambito, operatore):
    operatore.post(f"/{ambito.slug}/ufficio/avvisi/nuovo", {"titolo": "Prova", "tipo": "coprogettazione"})
    indirizzo = f"/{ambito.slug}/ufficio/avvisi/prova/testo"
    prima = operatore.modulo(operatore.get(indirizzo))
    assert operatore.post(indirizzo, {**prima, "oggetto": "Testo del primo"}).stato == 303
    conflitto = operatore.post(indirizzo, {**prima, "oggetto": "Testo del secondo"})
    assert conflitto.stato == 409
    assert "Testo del primo" in conflitto.testo
    assert "Testo del secondo" in conflitto.testo


def test_una_riga_in_piu_non_perde_quelle_scritte(ambito, operatore):
    operatore.post(f"/{ambito.slug}/ufficio/avvisi/nuovo", {"titolo": "Prova", "tipo": "coprogettazione"})
    indirizzo = f"/{ambito.slug}/ufficio/avvisi/prova/criteri"
    dati = {
        **operatore.modulo(operatore.get(indirizzo)),
        "righe-0-titolo": "Qualità",
        "righe-0-peso": "60",
        "altra_riga": "1",
    }
    pagina = operatore.post(indirizzo, dati)
    assert pagina.stato == 200
    assert pagina.valore_di("righe-0-titolo") == "Qualità"
    assert pagina.dom.find(attrs={"name": "righe-1-titolo"}) is not None


def test_un_avviso_pubblicato_non_si_riscrive(ambito, operatore):
    avviso = fabbrica.avviso(ambito)
    indirizzo = f"/{ambito.slug}/ufficio/avvisi/{avviso.slug}/testo"
    dati = {**operatore.modulo(operatore.get(indirizzo)), "titolo": "Cambiato"}
    assert operatore.post(indirizzo, dati).stato == 400
    with tenancy.tutti_gli_ambiti():
        assert sessione.get(Avviso, avviso.id, populate_existing=True).titolo == avviso.titolo


def test_l_avviso_si_chiude_da_solo_al_secondo(ambito, cliente):
    avviso = fabbrica.avviso(ambito)
    indirizzo = f"/{ambito.slug}/avvisi/{avviso.slug}"
    with clocks.alle(avviso.termine):
        assert "Inizia la proposta" in cliente.get(indirizzo).testo
    with clocks.alle(avviso.termine + timedelta(seconds=1)):
        pagina = cliente.get(indirizzo)
        assert "Inizia la proposta" not in pagina.testo
        assert "In valutazione" in pagina.testo
        assert [a.id for a in _aperti(ambito)] == []
    assert [a.id for a in _aperti(ambito)] == [avviso.id]


def _aperti(ambito):
    with tenancy.usa_ambito(ambito.id):
        return queries.aperti(10)


def test_il_portale_annota_la_chiusura_una_volta(ambito):
    avviso = fabbrica.avviso(ambito, termine=adesso() - timedelta(minutes=1))
    sessione.commit()
    assert chiudi_scaduti() == 1
    assert chiudi_scaduti() == 0
    assert sessione.get(Avviso, avviso.id, populate_existing=True).stato == StatoAvviso.CHIUSO


def test_un_termine_gia_passato_non_si_pubblica(ambito):
    avviso = fabbrica.avviso(ambito, stato=StatoAvviso.BOZZA, termine=adesso() - timedelta(minutes=1))
    with tenancy.usa_ambito(ambito.id), pytest.raises(ErroreDominio, match="nel futuro"):
        operations.pubblica(avviso, attore=None)


def test_i_numeri_degli_avvisi_non_hanno_buchi(ambito):
    with tenancy.usa_ambito(ambito.id):
        numeri = []
        for _ in range(3):
            avviso = fabbrica.avviso(ambito, stato=StatoAvviso.BOZZA)
            operations.pubblica(avviso, attore=None)
            numeri.append(avviso.numero)
    assert numeri == [1, 2, 3]


def test_si_revoca_con_un_motivo_che_resta(ambito, entra, cliente, operatore):
    avviso = fabbrica.avviso(ambito)
    indirizzo = f"/{ambito.slug}/ufficio/avvisi/{avviso.slug}/revoca"
    assert operatore.get(indirizzo).stato == 403
    responsabile = entra(fabbrica.utente(Ruolo.RESPONSABILE, ambito=ambito))
    assert "almeno una frase" in responsabile.post(indirizzo, {"motivo": "no"}).errore_di("motivo")
    assert responsabile.post(indirizzo, {"motivo": "Il fondo non è più disponibile per quest’anno."}).stato == 303
    assert "Il fondo non è più disponibile" in cliente.get(f"/{ambito.slug}/avvisi/{avviso.slug}").testo


def test_l_ente_vede_prima_se_puo_partecipare(ambito, entra):
    avviso = fabbrica.avviso(ambito)
    ente = fabbrica.ente(attivita="b")
    pagina = entra(fabbrica.utente(Ruolo.COMPILATORE, ente=ente)).get(f"/{ambito.slug}/avvisi/{avviso.slug}")
    assert "No, manca un requisito" in pagina.testo
    adatto = fabbrica.ente()
    pagina = entra(fabbrica.utente(Ruolo.COMPILATORE, ente=adatto)).get(f"/{ambito.slug}/avvisi/{avviso.slug}")
    assert "Il tuo ente può partecipare?" in pagina.testo
    assert "No, manca un requisito" not in pagina.testo


def test_il_calendario_lo_legge_un_altro_programma(ambito, cliente):
    avviso = fabbrica.avviso(ambito)
    testo = cliente.get(f"/{ambito.slug}/avvisi/{avviso.slug}/calendario.ics").risposta.data
    evento = eventi(testo)[0]
    assert evento.decoded("dtend") == avviso.termine.replace(microsecond=0)
    assert b"BEGIN:VTIMEZONE" in testo


@pytest.mark.parametrize("pagina", ["", "/domande", "/calendario.ics"])
def test_un_altro_ambito_non_ha_quell_avviso(ambito, cliente, pagina):
    avviso = fabbrica.avviso(ambito)
    altro = fabbrica.ambito()
    assert cliente.get(f"/{altro.slug}/avvisi/{avviso.slug}{pagina}").stato == 404


def test_l_ufficio_di_un_altro_ambito_non_ci_arriva(ambito, entra):
    avviso = fabbrica.avviso(ambito)
    estraneo = entra(fabbrica.utente(Ruolo.RESPONSABILE, ambito=fabbrica.ambito()))
    for pagina in ("", "/testo", "/anteprima", "/pubblica"):
        assert estraneo.get(f"/{ambito.slug}/ufficio/avvisi/{avviso.slug}{pagina}").stato == 404


def test_chi_non_e_del_terzo_settore_legge_che_non_puo_e_dove_puo(ambito, entra):
    avviso = fabbrica.avviso(ambito)
    browser = entra(fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=fabbrica.ente_senza_runts(TipoEnte.SINDACATO)))
    pagina = browser.get(f"/{ambito.slug}/avvisi/{avviso.slug}")
    assert "Il tuo ente può partecipare? " in pagina.testo
    assert "solo gli enti del Terzo settore, cioè quelli iscritti al RUNTS (art. 55, comma 3" in pagina.testo
    assert "Inizia la proposta" not in pagina.testo
    assert pagina.dom.select_one("main a[href='/ente/rete']")
    assert pagina.dom.select_one("main a[href='/ente/tavoli']")


def test_di_due_enti_si_guarda_quello_che_puo_partecipare(ambito, entra):
    avviso = fabbrica.avviso(ambito)
    persona = fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=fabbrica.ente_senza_runts())
    persona.ruoli.append(RuoloUtente(ruolo=Ruolo.COMPILATORE, ente_id=fabbrica.ente(denominazione="La mia APS").id))
    sessione.flush()
    pagina = entra(persona).get(f"/{ambito.slug}/avvisi/{avviso.slug}")
    assert "La mia APS" in pagina.testo
    assert "Inizia la proposta" in pagina.testo


@pytest.mark.parametrize("quanti", [1, 3])
def test_l_elenco_costa_lo_stesso_con_uno_o_tre_avvisi(ambito, cliente, conta_query, quanti):
    for _ in range(quanti):
        fabbrica.avviso(ambito)
        fabbrica.avviso(ambito, stato=StatoAvviso.CHIUSO, termine=adesso() - timedelta(days=2))
    sessione.commit()
    with conta_query() as conto:
        cliente.get(f"/{ambito.slug}/avvisi")
    assert conto.totale == 3


def test_la_pagina_di_un_avviso_costa_poco(ambito, cliente, conta_query):
    avviso = fabbrica.avviso(ambito)
    avviso.lotti += [Lotto(ambito_id=ambito.id, numero=n, titolo=f"Lotto {n}", per_chi="x", esempi="") for n in (2, 3)]
    sessione.commit()
    with conta_query() as conto:
        pagina = cliente.get(f"/{ambito.slug}/avvisi/{avviso.slug}")
    assert pagina.testo.index("Lotto unico") < pagina.testo.index("Lotto 2") < pagina.testo.index("Lotto 3")
    assert conto.totale <= 6


def test_codice_ostile_nel_testo_non_esce(ambito, cliente):
    fabbrica.avviso(
        ambito, slug="ostile", testo="<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    )
    pagina = cliente.get(f"/{ambito.slug}/avvisi/ostile")
    assert not [s for s in pagina.dom.find_all("script") if not s.get("src")]
    assert not pagina.dom.find_all("img", attrs={"src": "x"})
    assert not [a for a in pagina.dom.find_all("a") if str(a.get("href")).startswith("javascript")]
