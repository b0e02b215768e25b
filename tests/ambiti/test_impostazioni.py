"""Settings: defaults from the reference, changed by the Responsabile only, each Ambito its own."""

from __future__ import annotations

import pytest

from portal import tenancy
from portal.ambiti import queries, rules
from portal.ambiti.models import Impostazione
from portal.audit.models import Evento
from portal.db import sessione
from portal.utenti.models import Ruolo
from tests import fabbrica


@pytest.fixture
def ambito(contesto):
    return fabbrica.ambito()


@pytest.fixture
def responsabile(ambito, entra):
    return entra(fabbrica.utente(Ruolo.RESPONSABILE, ambito=ambito))


def indirizzo(ambito):
    return f"/{ambito.slug}/ufficio/ambiti/impostazioni"


def cambia(browser, ambito, **valori):
    return browser.post(indirizzo(ambito), {**browser.modulo(browser.get(indirizzo(ambito))), **valori})


def test_senza_righe_valgono_i_predefiniti(ambito):
    with tenancy.usa_ambito(ambito.id):
        assert queries.impostazioni() == {c: v.predefinito for c, v in rules.IMPOSTAZIONI.items()}


def test_ogni_predefinito_sta_nelle_sue_regole(contesto):
    assert [c for c, v in rules.IMPOSTAZIONI.items() if rules.difetto(c, v.predefinito)] == []


def test_si_cambia_si_rilegge_e_si_torna_al_predefinito(ambito, responsabile):
    altro = fabbrica.ambito()
    assert cambia(responsabile, ambito, avviso_giorni="45").stato == 303
    with tenancy.usa_ambito(ambito.id):
        assert queries.impostazione_numero("avviso_giorni") == 45
    with tenancy.usa_ambito(altro.id):
        assert queries.impostazione_numero("avviso_giorni") == 30
    assert sessione.query(Evento).filter_by(azione="ambiti.imposta").count() == 1
    assert cambia(responsabile, ambito, avviso_giorni="30").stato == 303
    assert sessione.query(Impostazione).count() == 0


@pytest.mark.parametrize(
    ("chiave", "valore"),
    [("avviso_giorni", "0"), ("avviso_giorni", "-1"), ("soccorso_giorni", "dieci"), ("guida_mesi", "99")],
)
def test_un_valore_sbagliato_si_spiega_sul_campo(ambito, responsabile, chiave, valore):
    pagina = cambia(responsabile, ambito, **{chiave: valore})
    assert pagina.stato == 422
    assert pagina.errore_di(chiave)
    assert pagina.valore_di(chiave) == valore
    assert sessione.query(Impostazione).count() == 0


def test_l_operatore_le_conosce_ma_non_le_cambia(ambito, entra):
    assert entra(fabbrica.utente(Ruolo.OPERATORE, ambito=ambito)).get(indirizzo(ambito)).stato == 403
    assert entra(fabbrica.utente(Ruolo.RESPONSABILE, ambito=fabbrica.ambito())).get(indirizzo(ambito)).stato == 404
