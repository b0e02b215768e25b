"""Who works for an ente that applied to a call does not withdraw it nor publish its outcome (L. 241/1990 art. 6-bis)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.access import VietatoPerche, can
from portal.avvisi import operations, queries
from portal.avvisi.models import StatoAvviso
from portal.avvisi.permissions import P
from portal.clocks import adesso
from portal.db import sessione
from portal.proposte.models import StatoProposta
from portal.proposte.permissions import ASTENSIONE
from portal.utenti.models import Ruolo, RuoloUtente
from tests import fabbrica
from tests.palco import scena as su_palco

MOTIVO = "Il finanziamento non c’è più e l’avviso non serve."


@pytest.fixture
@su_palco
def scena(contesto):
    """An open call to which an ente has applied, and a Responsabile who works for it; a draft beside."""
    ambito, ente = fabbrica.ambito(), fabbrica.ente()
    avviso = fabbrica.avviso(ambito)
    fabbrica.proposta(avviso, ente, fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=ente), stato=StatoProposta.PRESENTATA)
    chi = fabbrica.utente(Ruolo.RESPONSABILE, ambito=ambito)
    chi.ruoli.append(RuoloUtente(ruolo=Ruolo.COMPILATORE, ente_id=ente.id))
    sessione.flush()
    return {
        "ambito": ambito,
        "ente": ente,
        "avviso": avviso,
        "bozza": fabbrica.avviso(ambito, stato=StatoAvviso.BOZZA),
        "in_conflitto": chi,
        "collega": fabbrica.utente(Ruolo.RESPONSABILE, ambito=ambito),
        "operatore": fabbrica.utente(Ruolo.OPERATORE, ambito=ambito),
    }


def indirizzo(scena, resto="", quale="avviso"):
    return f"/{scena['ambito'].slug}/ufficio/avvisi/{scena[quale].slug}{resto}"


def test_la_revoca_dice_perche_non_si_puo(scena, entra):
    browser = entra(scena["in_conflitto"])
    aperta = browser.get(indirizzo(scena, "/revoca"))
    assert (aperta.stato, str(ASTENSIONE) in aperta.testo) == (403, True)
    assert browser.post(indirizzo(scena, "/revoca"), {"motivo": MOTIVO}, da="/profilo").stato == 403
    sessione.expire_all()
    assert queries.per_id(scena["avviso"].id).stato == StatoAvviso.PUBBLICATO
    assert indirizzo(scena, "/revoca") not in browser.get(indirizzo(scena)).dom.decode()


def test_un_collega_revoca(scena, entra):
    browser = entra(scena["collega"])
    assert browser.get(indirizzo(scena)).dom.find("a", href=indirizzo(scena, "/revoca")) is not None
    assert browser.post(indirizzo(scena, "/revoca"), {"motivo": MOTIVO}, da=indirizzo(scena, "/revoca")).stato == 303


def test_chi_lavora_per_un_ente_che_non_partecipa_revoca(scena, entra):
    altro = fabbrica.avviso(scena["ambito"])
    scena["altro"] = altro
    dove = indirizzo(scena, "/revoca", "altro")
    assert entra(scena["in_conflitto"]).post(dove, {"motivo": MOTIVO}, da=dove).stato == 303
    sessione.expire_all()
    preso = queries.per_id(altro.id)
    assert (preso.stato, preso.motivo_revoca) == (StatoAvviso.REVOCATO, MOTIVO)


def test_a_chi_non_ha_il_ruolo_si_dice_del_ruolo(scena, entra):
    pagina = entra(scena["operatore"]).get(indirizzo(scena, "/revoca"))
    assert (pagina.stato, str(ASTENSIONE) in pagina.testo) == (403, False)
    assert "Il tuo ruolo non permette questa operazione." in pagina.testo


@pytest.mark.parametrize("verbo", ["revoca", "pubblica_esito"])
def test_le_operazioni_lo_rifiutano(scena, verbo):
    avviso = scena["avviso"]
    fabbrica.cambia(avviso, stato=StatoAvviso.CHIUSO, termine=adesso() - timedelta(days=1), chiuso_il=adesso())
    argomenti = {"motivo": MOTIVO} if verbo == "revoca" else {}
    with pytest.raises(VietatoPerche) as errore:
        getattr(operations, verbo)(avviso, attore=scena["in_conflitto"], **argomenti)
    assert errore.value.messaggio == ASTENSIONE
    getattr(operations, verbo)(avviso, attore=scena["collega"], **argomenti)


@pytest.mark.parametrize("stato", [StatoProposta.RITIRATA, StatoProposta.BOZZA])
def test_conta_chi_ha_ritirato_e_non_chi_ha_una_bozza(scena, stato):
    altro = fabbrica.avviso(scena["ambito"])
    fabbrica.proposta(altro, scena["ente"], scena["in_conflitto"], stato=stato)
    assert can(P.REVOCA, altro, scena["in_conflitto"]) is (stato == StatoProposta.BOZZA)


def test_gli_altri_avvisi_si_preparano_e_si_pubblicano(scena, entra):
    """Nobody can have applied to a draft; what is public is read again by everyone of the office."""
    browser = entra(scena["in_conflitto"])
    assert browser.get(indirizzo(scena, "/testo", "bozza")).stato == 200
    assert browser.get(indirizzo(scena, "/pubblica", "bozza")).stato == 200
    assert browser.get(indirizzo(scena)).stato == 200
    assert can(P.PUBBLICA, scena["bozza"], scena["in_conflitto"]) is True


def test_chi_non_lavora_per_nessun_ente_non_costa_niente(scena, conta_query):
    with conta_query() as conto:
        assert can(P.REVOCA, scena["avviso"], scena["collega"]) is True
    assert conto.totale == 0
