"""Who of the office works for an ente that applied to an avviso reads no rival's files (L. 241/1990 art. 6-bis)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.access import can
from portal.avvisi.models import StatoAvviso
from portal.clocks import adesso
from portal.proposte import queries
from portal.proposte.models import StatoProposta
from portal.proposte.permissions import P, avvisi_da_cui_si_astiene, si_astiene
from portal.tenancy import usa_ambito
from portal.utenti.models import DELL_ENTE, Ruolo, RuoloUtente
from tests import fabbrica
from tests.palco import scena as su_palco


@pytest.fixture
@su_palco
def scena(contesto):
    """A closed call, the proposal of an ente, and an operator who works for another ente."""
    ambito = fabbrica.ambito()
    ieri = adesso() - timedelta(days=1)
    avviso = fabbrica.avviso(ambito, stato=StatoAvviso.CHIUSO, termine=ieri)
    concorrente, suo = fabbrica.ente(), fabbrica.ente()
    autore = fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=concorrente)
    rivale = fabbrica.proposta(avviso, concorrente, autore, stato=StatoProposta.PRESENTATA, presentata_il=ieri)
    operatore = fabbrica.utente(Ruolo.OPERATORE, ambito=ambito)
    operatore.ruoli.append(RuoloUtente(ruolo=Ruolo.COMPILATORE, ente_id=suo.id))
    return {"ambito": ambito, "avviso": avviso, "suo": suo, "rivale": rivale, "operatore": operatore}


def partecipa(scena, stato=StatoProposta.PRESENTATA, avviso=None):
    return fabbrica.proposta(avviso or scena["avviso"], scena["suo"], scena["operatore"], stato=stato)


def legge(scena, proposta, chi="operatore"):
    return can(P.LEGGI_PRESENTATA, queries.proposta_breve(proposta.id), scena[chi])


@pytest.mark.parametrize("stato", StatoProposta)
def test_conta_ogni_proposta_che_non_e_una_bozza(scena, stato):
    """Also a withdrawn one; a draft does not."""
    assert legge(scena, scena["rivale"]) is True
    partecipa(scena, stato)
    in_conflitto = stato != StatoProposta.BOZZA
    assert si_astiene(scena["operatore"], scena["avviso"].id) is in_conflitto
    assert legge(scena, scena["rivale"]) is not in_conflitto


@pytest.mark.parametrize("ruolo", DELL_ENTE)
def test_conta_ogni_ruolo_nell_ente(scena, ruolo):
    partecipa(scena)
    scena["operatore"].ruoli[1].ruolo = ruolo
    assert legge(scena, scena["rivale"]) is False


def test_la_proposta_del_proprio_ente_si_legge_come_prima(scena):
    sua = partecipa(scena)
    assert legge(scena, sua) is True
    assert can(P.VEDI, sua, scena["operatore"]) is True
    assert can(P.SCRIVI, sua, scena["operatore"]) is True


def test_il_conflitto_e_su_quell_avviso_e_non_sugli_altri(scena):
    altro = fabbrica.avviso(scena["ambito"], stato=StatoAvviso.CHIUSO, termine=adesso() - timedelta(days=1))
    in_un_altro_ambito = fabbrica.avviso(fabbrica.ambito(), stato=StatoAvviso.CHIUSO)
    partecipa(scena, avviso=in_un_altro_ambito)
    tutti = [scena["avviso"].id, altro.id, in_un_altro_ambito.id]
    with usa_ambito(scena["ambito"].id):
        assert [si_astiene(scena["operatore"], a) for a in tutti] == [False, False, True]
        assert avvisi_da_cui_si_astiene(scena["operatore"], tutti) == {in_un_altro_ambito.id}
    assert avvisi_da_cui_si_astiene(scena["operatore"], []) == frozenset()


def test_un_collega_legge(scena):
    partecipa(scena)
    scena["collega"] = fabbrica.utente(Ruolo.RESPONSABILE, ambito=scena["ambito"])
    assert legge(scena, scena["rivale"], "collega") is True


def test_chi_non_lavora_per_nessun_ente_non_costa_niente(scena, conta_query):
    collega = fabbrica.utente(Ruolo.RESPONSABILE, ambito=scena["ambito"])
    with conta_query() as conto:
        assert si_astiene(collega, scena["avviso"].id) is False
        assert avvisi_da_cui_si_astiene(collega, [scena["avviso"].id]) == frozenset()
    assert conto.totale == 0
    with conta_query() as conto:
        assert si_astiene(scena["operatore"], scena["avviso"].id) is False
    assert conto.totale == 1


def test_il_file_di_una_rivale_dice_perche_non_si_apre(scena, entra):
    partecipa(scena)
    pagina = entra(scena["operatore"]).get(f"/allegati/{scena['rivale'].allegati[0].id}")
    assert (pagina.stato, "la legge ti chiede di astenerti" in pagina.testo) == (403, True)


def test_prima_del_termine_il_file_non_c_e(scena, entra):
    partecipa(scena)
    domani = adesso() + timedelta(days=1)
    fabbrica.cambia(scena["avviso"], stato=StatoAvviso.PUBBLICATO, termine=domani, chiuso_il=None)
    assert entra(scena["operatore"]).get(f"/allegati/{scena['rivale'].allegati[0].id}").stato == 404
