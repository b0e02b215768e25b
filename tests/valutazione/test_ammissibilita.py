"""The formal check: who, when, once, with a reason; and nothing opens before the term."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.audit.queries import storia
from portal.clocks import adesso
from portal.db import sessione
from portal.errors import ErroreDominio, NonTrovato, TransizioneNonAmmessa, Vietato
from portal.outbox import Messaggio
from portal.proposte.models import Proposta, StatoProposta
from portal.tenancy import tutti_gli_ambiti
from portal.transaction import unita
from portal.valutazione import operations, queries

from .costruttori import Scena, ammetti, dentro, lavora_per, proposta, scena, stati


def messaggi(app, s: Scena) -> list[Messaggio]:
    with dentro(app, s):
        return list(sessione.scalars(select(Messaggio).where(Messaggio.ambito_id == s.ambito.id).order_by(Messaggio.id)))


def test_si_ammette_e_si_scrive_all_ente(app):
    s = scena(app, richiesti=("40000.00",))
    with dentro(app, s):
        decisione = operations.decidi(proposta(s, 0), ammessa=True, motivo="", attore=s.operatore)
    assert stati(app, s) == ["ammessa"]
    with dentro(app, s):
        assert [(e.azione, e.attore_id) for e in storia("ammissibilita", decisione.id)] == [
            ("valutazione.decidi", s.operatore.id)
        ]
    assert [m.destinatario for m in messaggi(app, s)] == [s.enti[0].pec, s.rappresentanti[0].email]


def test_il_no_porta_il_motivo_all_ente(app):
    s = ammetti(app, scena(app, richiesti=("40000.00",)), tranne=[0])
    assert stati(app, s) == ["non_ammessa"]
    assert all("Manca l’iscrizione." in m.testo for m in messaggi(app, s))
    with dentro(app, s):
        salvata = queries.ammissibilita_di(s.proposte[0])
        assert salvata is not None
        assert (salvata.ammessa, salvata.motivo) == (False, "Manca l’iscrizione.")


@pytest.mark.parametrize("motivo", ["", "   \n"])
def test_un_no_senza_motivo_non_passa(app, motivo):
    s = scena(app, richiesti=("40000.00",))
    with pytest.raises(ErroreDominio) as errore, dentro(app, s):
        operations.decidi(proposta(s, 0), ammessa=False, motivo=motivo, attore=s.operatore)
    assert errore.value.campo == "motivo"
    assert stati(app, s) == ["presentata"]


@pytest.mark.parametrize("ammessa", [True, False])
def test_si_decide_una_volta_sola(app, ammessa):
    s = ammetti(app, scena(app, richiesti=("40000.00",)))
    with pytest.raises(TransizioneNonAmmessa), dentro(app, s):
        operations.decidi(proposta(s, 0), ammessa=ammessa, motivo="Ripensamento.", attore=s.operatore)
    assert stati(app, s) == ["ammessa"]


@pytest.mark.parametrize("stato", [x for x in StatoProposta if x != StatoProposta.PRESENTATA])
def test_si_decide_solo_sulle_presentate(app, stato):
    s = scena(app, richiesti=("40000.00",))
    with app.app_context(), tutti_gli_ambiti(), unita():
        riga = sessione.get_one(Proposta, s.proposte[0])
        riga.stato = stato
        if stato == StatoProposta.BOZZA:
            riga.presentata_il = riga.impronta = None
    with pytest.raises((TransizioneNonAmmessa, NonTrovato)), dentro(app, s):
        operations.decidi(proposta(s, 0), ammessa=True, motivo="", attore=s.operatore)


def test_prima_del_termine_la_proposta_non_c_e(app):
    s = scena(app, richiesti=("40000.00",), termine=adesso() + timedelta(minutes=5))
    with pytest.raises(NonTrovato), dentro(app, s):
        operations.decidi(proposta(s, 0), ammessa=True, motivo="", attore=s.operatore)


def test_chi_ha_un_ruolo_nell_ente_non_decide(app):
    s = scena(app, richiesti=("40000.00",))
    lavora_per(app, s, s.operatore, s.enti[0])
    with pytest.raises(Vietato), dentro(app, s):
        operations.decidi(proposta(s, 0), ammessa=True, motivo="", attore=s.operatore)


@pytest.mark.parametrize("chi", ["commissari", "rappresentanti"])
def test_non_decide_chi_non_e_dell_ufficio(app, chi):
    s = scena(app, richiesti=("40000.00",))
    with pytest.raises(NonTrovato), dentro(app, s):
        operations.decidi(proposta(s, 0), ammessa=True, motivo="", attore=getattr(s, chi)[0])
