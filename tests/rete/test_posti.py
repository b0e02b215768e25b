"""The elected on the seats of a body, who comes next when one leaves, members of before the portal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal import tenancy
from portal.audit.models import Evento
from portal.clocks import oggi
from portal.db import sessione
from portal.errors import ErroreDominio, TransizioneNonAmmessa
from portal.organi import operations as organi
from portal.organi import queries as posti
from portal.organi.models import Fine
from portal.rete import operations as rete
from portal.rete import queries as registro
from portal.rete.models import EsitoCandidatura, StatoElezione
from portal.rete.models import StatoAdesione as S
from portal.rete.operations import elezioni
from portal.rete.queries import elezioni as queries
from tests import fabbrica
from tests.fabbrica import cambia
from tests.guida.costruttori import scrivendo
from tests.organi import costruttori as corpi
from tests.palco import scena as su_palco

from .costruttori import adesione, elezione, rappresentante

URNA = "/prova/ufficio/rete/elezioni/voto"


@pytest.fixture
@su_palco
def urna(app, mondo):
    """Two candidates, one seat: the first is elected, the second comes next; a body with a free seat and a taken one."""
    with scrivendo(app), tenancy.usa_ambito(mondo["ambito"].id):
        primo = adesione(mondo["categoria"], mondo["ente"])
        rappresentante(primo, utente_id=mondo["rappresentante"].id)
        nuova, _voce, eletta = elezione(primo, "voto")
        altro = adesione(mondo["categoria"], fabbrica.ente(denominazione="Seconda"))
        _n, _v, seconda = elezione(altro, "altra")
        ieri = oggi() - timedelta(days=1)
        cambia(seconda, elezione_id=nuova.id, esito=EsitoCandidatura.NON_ELETTA, voti=1, posto=2, sorte=2)
        cambia(eletta, esito=EsitoCandidatura.ELETTA, voti=2, posto=1, sorte=1)
        cambia(nuova, stato=StatoElezione.SCRUTINATA, chiusa_il=nuova.indetta_il, bianche=0)
        cabina = corpi.organo(mondo["ambito"])
        occupato, libero = corpi.seggio(cabina, "Occupato"), corpi.seggio(cabina, "Libero", dal=ieri)
        corpi.nomina(occupato)
        sessione.flush()
        return {**mondo, "eletta": eletta.id, "seconda": seconda.id, "libero": libero.id, "occupato": occupato.id}


def dentro(app, urna):
    return scrivendo(app), tenancy.usa_ambito(urna["ambito"].id)


def candidata(urna, nome="eletta"):
    return next(c for c in queries.elezione("voto").candidature if c.id == urna[nome])


def insedia(urna, nome="eletta", **altro):
    seggio = posti.seggio_per_id(urna["libero"])
    valori = {"seggio": seggio, "dal": oggi(), "atto": "Verbale n. 1", "attore": None, **altro}
    return elezioni.insedia(candidata(urna, nome), **valori)


def test_un_eletto_va_su_un_posto_libero(app, urna, entra, cliente):
    browser = entra(urna["responsabile"])
    assert f"{URNA}/{urna['eletta']}/posto" in [a["href"] for a in browser.get(URNA).dom.select("main a")]
    modulo = browser.get(f"{URNA}/{urna['eletta']}/posto")
    assert [o.get_text() for o in modulo.dom.select("#seggio_id option")] == ["Libero"]
    dati = {"seggio_id": str(urna["libero"]), "dal": oggi().isoformat(), "atto": "Verbale n. 1"}
    assert browser.post(f"{URNA}/{urna['eletta']}/posto", {**dati, "seggio_id": str(urna["occupato"])}).stato == 422
    assert browser.post(f"{URNA}/{urna['eletta']}/posto", {**dati, "atto": ""}).errore_di("atto")
    assert browser.post(f"{URNA}/{urna['eletta']}/posto", dati).stato == 303
    assert "Cabina di Regia, Libero" in browser.get(URNA).testo
    pubblica = cliente.get("/prova/organi/cabina").testo
    assert f"Rappresentante eletto dalla Rete {urna['ente'].denominazione}" in pubblica
    with scrivendo(app), tenancy.usa_ambito(urna["ambito"].id):
        mandato = candidata(urna).mandato
        assert (mandato.utente_id, mandato.al) == (urna["rappresentante"].id, date(2999, 1, 1))
        assert sessione.scalar(select(Evento.azione).order_by(Evento.id.desc()).limit(1)) == "rete.insedia"
    assert browser.get(f"{URNA}/{urna['eletta']}/posto").stato == 303
    assert entra(urna["operatore"]).get(f"{URNA}/{urna['eletta']}/posto").stato == 403


def test_chi_non_e_eletto_o_siede_gia_non_va_sul_posto(app, urna):
    scrive, qui = dentro(app, urna)
    with scrive, qui:
        with pytest.raises(TransizioneNonAmmessa):
            insedia(urna, "seconda")
        for altro in ({"atto": ""}, {"dal": date(2999, 1, 2)}, {"seggio": posti.seggio_per_id(urna["occupato"])}):
            with pytest.raises(ErroreDominio):
                insedia(urna, **altro)
        insedia(urna)
        with pytest.raises(TransizioneNonAmmessa):
            insedia(urna)


@pytest.mark.parametrize("lascia", ["gestisce", "dimissioni"])
def test_quando_uno_lascia_il_prossimo_va_sul_posto(app, urna, entra, lascia):
    scrive, qui = dentro(app, urna)
    with scrive, qui:
        mandato = insedia(urna)
        sessione.flush()
        if lascia == "gestisce":
            cambia(candidata(urna), gestore_dal=oggi())
        else:
            organi.cessa(mandato, al=oggi(), fine=Fine.DIMISSIONI, attore=None)
        sessione.flush()
        assert queries.conta_decadenze() == 1
    browser = entra(urna["responsabile"])
    assert "Decadenze da dichiarare" in browser.get(URNA).testo
    assert browser.post(f"{URNA}/{urna['eletta']}/decadenza", {"atto": "Decreto n. 2"}).stato == 303
    scrive, qui = dentro(app, urna)
    with scrive, qui:
        finito = candidata(urna).mandato
        assert (finito.al, finito.fine) == (oggi(), Fine.DECADENZA if lascia == "gestisce" else Fine.DIMISSIONI)
        assert queries.conta_decadenze() == 0
        with pytest.raises(ErroreDominio, match="c’è già un’altra persona"):
            insedia(urna, "seconda")
        nuovo = insedia(urna, "seconda", dal=oggi() + timedelta(days=1))
        assert nuovo.nome == "Seconda"


def test_un_membro_di_prima_del_portale_entra_con_la_sua_data(app, mondo, entra, cliente):
    with scrivendo(app):
        ente = fabbrica.ente(denominazione="Di prima")
    browser, base = entra(mondo["operatore"]), "/prova/ufficio/rete/storico"
    dati = {"codice_fiscale": ente.codice_fiscale, "categoria": str(mondo["categoria"].id), "ammessa_il": "2022-06-08",
            "atto": "Determinazione n. 3 del 2022"}  # fmt: skip
    for cambio, campo in (
        ({"codice_fiscale": "00000000000"}, "codice_fiscale"), ({"ammessa_il": "2999-01-01"}, "ammessa_il"),
        ({"atto": ""}, "atto"),
    ):  # fmt: skip
        assert browser.post(base, {**dati, **cambio}).errore_di(campo), campo
    assert browser.post(base, dati).stato == 303
    assert "Di prima" in cliente.get("/prova/rete?al=2022-06-08").testo
    assert "Di prima" not in cliente.get("/prova/rete?al=2022-06-07").testo
    doppia = browser.post(base, dati)
    assert (doppia.stato, "ne fa già parte" in doppia.testo) == (422, True)


def test_due_periodi_non_si_sovrappongono_e_chi_ci_lavora_si_astiene(app, mondo, entra):
    with scrivendo(app), tenancy.usa_ambito(mondo["ambito"].id):
        ente = fabbrica.ente()
        adesione(mondo["categoria"], ente, S.RECESSA, dal=date(2022, 1, 1), al=date(2023, 3, 1))
        assert registro.fuori_dal(ente.id) == date(2023, 3, 1)
        valori = {"ambito_id": mondo["ambito"].id, "categoria": mondo["categoria"], "atto": "x", "attore": None}
        with pytest.raises(ErroreDominio, match="era già nella Rete"):
            rete.registra_storica(ente, ammessa_il=date(2023, 2, 28), **valori)
        assert rete.registra_storica(ente, ammessa_il=date(2023, 3, 1), **valori).stato == S.AMMESSA
    dati = {"codice_fiscale": mondo["ente"].codice_fiscale, "categoria": str(mondo["categoria"].id),
            "ammessa_il": "2022-06-08", "atto": "x"}  # fmt: skip
    assert entra(mondo["in_conflitto"]).post("/prova/ufficio/rete/storico", dati).stato == 403
