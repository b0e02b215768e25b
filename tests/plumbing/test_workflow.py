"""A state changes only by a step that may be taken: from there, by who may, with what it asks for; and it is told."""

from __future__ import annotations

import json
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from portal.access import regola
from portal.audit.models import Evento
from portal.clocks import adesso, alle
from portal.db import sessione
from portal.errors import ErroreDominio, NonTrovato, TransizioneNonAmmessa, Vietato
from portal.transaction import unita
from portal.workflow import Transition, Workflow, advance, ostacoli
from tests import fabbrica


class Stato(StrEnum):
    BOZZA = "bozza"
    APERTO = "aperto"
    CHIUSO = "chiuso"


def ha_titolo(oggetto: Any) -> str | None:
    return None if oggetto.titolo else "Scrivi un titolo."


def ha_firma(oggetto: Any) -> str | None:
    return None if oggetto.firma else "Manca la firma."


FLUSSO = Workflow(
    "prova",
    (
        Transition("apri", (Stato.BOZZA,), Stato.APERTO, "prova.apri", (ha_titolo, ha_firma), "aperto_il", "art. 1"),
        Transition("chiudi", (Stato.APERTO,), Stato.CHIUSO, None),
        Transition("annulla", (Stato.BOZZA, Stato.APERTO), Stato.CHIUSO, "prova.annulla"),
    ),
)
CAPO = SimpleNamespace(id=1, is_authenticated=True, capo=True)
ALTRA = SimpleNamespace(id=2, is_authenticated=True, capo=False)


@pytest.fixture(autouse=True)
def _permessi(senza_resti: None) -> None:
    regola("prova.apri", noto_a=lambda u, o: True)(lambda u, o: u.capo)
    regola("prova.annulla")(lambda u, o: u.capo)


def cosa(stato: Stato = Stato.BOZZA, **altro: Any) -> SimpleNamespace:
    return SimpleNamespace(**{"id": 7, "stato": stato, "titolo": "Titolo", "firma": True, "aperto_il": None, **altro})


def test_un_passo_cambia_lo_stato_e_ne_segna_l_ora(contesto: Any) -> None:
    oggetto, ora = cosa(), adesso()
    with alle(ora):
        passo = advance(oggetto, FLUSSO, "apri", attore=CAPO)
    assert (oggetto.stato, oggetto.aperto_il, passo) == (Stato.APERTO, ora, FLUSSO["apri"])


@pytest.mark.parametrize("stato", list(Stato))
@pytest.mark.parametrize("nome", ["apri", "chiudi", "annulla"])
def test_ogni_coppia_di_stato_e_passo(contesto: Any, stato: Stato, nome: str) -> None:
    oggetto, ammesso = cosa(stato), stato in FLUSSO[nome].da
    assert ammesso == (
        (stato, nome)
        in {
            (Stato.BOZZA, "apri"),
            (Stato.APERTO, "chiudi"),
            (Stato.BOZZA, "annulla"),
            (Stato.APERTO, "annulla"),
        }
    )
    assert (FLUSSO[nome] in FLUSSO.possibili(oggetto)) == ammesso
    assert (ostacoli(oggetto, FLUSSO, nome) == []) == ammesso
    if ammesso:
        advance(oggetto, FLUSSO, nome, attore=CAPO)
        assert oggetto.stato == FLUSSO[nome].a
        return
    with pytest.raises(TransizioneNonAmmessa, match="ricaricala"):
        advance(oggetto, FLUSSO, nome, attore=CAPO)
    assert (oggetto.stato, oggetto.aperto_il) == (stato, None)


@pytest.mark.parametrize(("nome", "errore"), [("apri", Vietato), ("annulla", NonTrovato)])
def test_senza_permesso_non_si_passa_e_niente_cambia(contesto: Any, nome: str, errore: type) -> None:
    oggetto = cosa()
    with pytest.raises(errore):
        advance(oggetto, FLUSSO, nome, attore=ALTRA)
    assert oggetto.stato == Stato.BOZZA


def test_il_permesso_si_chiede_prima_di_dire_lo_stato(contesto: Any) -> None:
    with pytest.raises(NonTrovato):
        advance(cosa(Stato.CHIUSO), FLUSSO, "annulla", attore=ALTRA)


def test_le_condizioni_dicono_tutto_ma_ne_basta_una_per_fermare(contesto: Any) -> None:
    oggetto = cosa(titolo="", firma=False)
    assert ostacoli(oggetto, FLUSSO, "apri") == ["Scrivi un titolo.", "Manca la firma."]
    with pytest.raises(ErroreDominio, match=r"^Scrivi un titolo\.$"):
        advance(oggetto, FLUSSO, "apri", attore=CAPO)
    assert (oggetto.stato, oggetto.aperto_il) == (Stato.BOZZA, None)


def test_il_portale_stesso_non_ha_bisogno_di_permessi(contesto: Any) -> None:
    oggetto = cosa()
    advance(oggetto, FLUSSO, "annulla", attore=None)
    assert oggetto.stato == Stato.CHIUSO


def test_un_passo_che_non_c_e_e_un_errore_nostro(contesto: Any) -> None:
    with pytest.raises(KeyError):
        advance(cosa(), FLUSSO, "vola", attore=CAPO)


def test_ogni_passo_si_scrive_nel_registro(app_vera: Any) -> None:
    with app_vera.app_context():
        with unita():
            ambito = fabbrica.ambito("aa", comuni=())
        ambito.stato, ambito.aperto_il, ambito.titolo, ambito.firma = Stato.BOZZA, None, "t", True  # type: ignore[attr-defined]
        with unita():
            advance(ambito, FLUSSO, "apri", attore=CAPO, dettagli={"motivo": "prova"})
            advance(ambito, FLUSSO, "chiudi", attore=None)
        eventi = sessione.scalars(select(Evento).order_by(Evento.numero)).all()
        assert [(e.azione, e.attore_id, e.oggetto_tipo, e.oggetto_id, json.loads(e.dettagli)) for e in eventi] == [
            ("prova.apri", 1, "ambito", ambito.id, {"da": "bozza", "a": "aperto", "motivo": "prova"}),
            ("prova.chiudi", None, "ambito", ambito.id, {"da": "aperto", "a": "chiuso"}),
        ]
        sessione.remove()
