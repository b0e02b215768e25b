"""The thread: eleven steps in order, what is there and what is not said in words, nothing that is not public."""

from __future__ import annotations

from datetime import date

import pytest

from portal.avvisi.models import StatoAvviso
from portal.filo import queries
from portal.filo.rules import Catena, Nodo, Passo, passi
from portal.proposte.models import StatoProposta
from portal.utenti.models import Ruolo
from tests import fabbrica

pytestmark = pytest.mark.usefixtures("contesto")


def scrivi(giorno):
    return giorno.isoformat()


def test_i_passi_sono_undici_e_nell_ordine():
    righe = passi(Catena(), scrivi)
    assert len(righe) == 11
    assert {r.stato for r in righe} == {"manca"}
    assert all(r.titolo and r.url is None for r in righe)


@pytest.mark.parametrize(
    ("catena", "passo", "stato", "quando"),
    [
        (Catena({Passo.AVVISO: Nodo("A", "/a", date(2026, 1, 2))}), Passo.AVVISO, "fatto", "2026-01-02"),
        (Catena({Passo.AVVISO: Nodo("A", "/a", date(2026, 1, 2))}, Passo.AVVISO), Passo.AVVISO, "qui", "2026-01-02"),
        (Catena({Passo.AVVISO: Nodo("A")}), Passo.AVVISO, "fatto", "Senza data"),
        (Catena(non_previsti=frozenset({Passo.AVVISO})), Passo.AVVISO, "non_previsto", "Non previsto"),
        (Catena(), Passo.SPESA, "manca", "Non ancora"),
    ],
)
def test_lo_stato_di_un_passo(catena, passo, stato, quando):
    riga = passi(catena, scrivi)[list(Passo).index(passo)]
    assert (riga.stato, riga.quando) == (stato, quando)


def test_il_passo_in_cui_sei_non_porta_altrove():
    catena = Catena({Passo.AVVISO: Nodo("A", "/a")}, Passo.AVVISO)
    assert passi(catena, scrivi)[2].url is None


def per_nome(righe):
    return {r.nome: r for r in righe}


def test_una_scheda_conosce_il_suo_avviso_pubblicato_e_non_la_bozza():
    ambito = fabbrica.ambito()
    scheda, _ = fabbrica.scheda(ambito)
    fabbrica.avviso(ambito, stato=StatoAvviso.BOZZA, scheda_id=scheda.id)
    assert per_nome(queries.passi_scheda(scheda))["Avviso"].stato == "non_previsto"
    pubblicato = fabbrica.avviso(ambito, scheda_id=scheda.id)
    righe = per_nome(queries.passi_scheda(scheda))
    assert righe["Avviso"].titolo == pubblicato.titolo
    assert righe["Scheda e soldi"].stato == "qui"
    assert "149.000,00" in righe["Scheda e soldi"].atto


def test_finche_l_avviso_e_aperto_non_si_dice_quante_proposte():
    ambito = fabbrica.ambito()
    avviso = fabbrica.avviso(ambito)
    ente = fabbrica.ente()
    autore = fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=ente)
    fabbrica.proposta(avviso, ente, autore, stato=StatoProposta.PRESENTATA)
    assert per_nome(queries.passi_avviso(avviso))["Proposta"].stato == "manca"
    fabbrica.cambia(avviso, stato=StatoAvviso.CHIUSO)
    assert per_nome(queries.passi_avviso(avviso))["Proposta"].titolo == "Proposte ricevute: 1"


def test_il_filo_costa_una_query(conta_query):
    ambito = fabbrica.ambito()
    scheda, _ = fabbrica.scheda(ambito)
    avviso = fabbrica.avviso(ambito, scheda_id=scheda.id)
    with conta_query() as conto:
        queries.passi_avviso(avviso)
        queries.passi_scheda(scheda)
    assert conto.totale == 2
