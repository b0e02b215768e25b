"""Two at the same instant: of two ballots of an ente, of two acts of the office on one seat, the second is refused."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select

from portal import tenancy
from portal.clocks import adesso, oggi
from portal.db import sessione
from portal.errors import TransizioneNonAmmessa
from portal.organi import queries as posti
from portal.organi.models import Mandato
from portal.rete.models import Candidatura, EsitoCandidatura, Preferenza, SchedaVoto, StatoElezione
from portal.rete.operations import elezioni as operations
from portal.rete.queries import elezioni as queries
from portal.transaction import unita
from tests import fabbrica
from tests.fabbrica import cambia
from tests.organi import costruttori as corpi

from .costruttori import adesione, categoria, elezione


def test_due_schede_nello_stesso_istante(app_vera: Any):
    with app_vera.test_request_context("/"), tenancy.tutti_gli_ambiti(), unita():
        ambito = fabbrica.ambito("prova")
        ora = adesso()
        termini = {"candidature_entro": ora - timedelta(days=2), "voto_dal": ora - timedelta(days=1)}
        _nuova, elettore, candidata = elezione(adesione(categoria(ambito), fabbrica.ente()), "urna", **termini)
        elettore.ha_votato = False
        ambito_id, elettore_id, candidata_id = ambito.id, elettore.id, candidata.id
    insieme = Barrier(2)

    def vota(_n: int) -> str:
        with app_vera.test_request_context("/"), tenancy.usa_ambito(ambito_id):
            insieme.wait(10)
            try:
                with unita():
                    chi = queries.elettore_ovunque(elettore_id)
                    assert chi is not None
                    operations.vota(chi, preferenze=[candidata_id], arrivo=adesso(), attore=None)
            except TransizioneNonAmmessa:
                return "rifiutata"
            finally:
                sessione.remove()
            return "nell’urna"

    with ThreadPoolExecutor(2) as due:
        assert sorted(due.map(vota, range(2))) == ["nell’urna", "rifiutata"]
    with app_vera.test_request_context("/"), tenancy.tutti_gli_ambiti():
        una = 1  # the builder's own ballot
        assert sessione.scalar(select(func.count(SchedaVoto.id))) == una + 1
        assert sessione.scalar(select(func.count(Preferenza.id))) == una + 1


@pytest.fixture
def scrutinata(app_vera: Any) -> dict[str, Any]:
    """Three candidates: the first is elected and has come to run a service, the others may take its seat. Two free seats."""
    with app_vera.test_request_context("/"), tenancy.tutti_gli_ambiti(), unita():
        ambito = fabbrica.ambito("prova")
        cat, ieri = categoria(ambito), oggi() - timedelta(days=1)
        nuova, _voce, eletta = elezione(adesione(cat, fabbrica.ente()), "voto")
        cambia(eletta, esito=EsitoCandidatura.ELETTA, voti=3, posto=1, sorte=1, gestore_dal=ieri)
        for posto in (2, 3):
            _e, _v, altra = elezione(adesione(cat, fabbrica.ente()), f"voto-{posto}")
            cambia(altra, elezione_id=nuova.id, esito=EsitoCandidatura.NON_ELETTA, voti=1, posto=posto, sorte=posto)
        cambia(nuova, stato=StatoElezione.SCRUTINATA, chiusa_il=nuova.indetta_il, bianche=0)
        with tenancy.usa_ambito(ambito.id):
            cabina = corpi.organo(ambito)
            liberi = [corpi.seggio(cabina, nome, dal=ieri) for nome in ("Primo", "Secondo")]
            sessione.flush()
        return {"ambito": ambito.id, "eletta": eletta.id, "liberi": [s.id for s in liberi]}


def decade(scena: dict[str, Any], candidatura: Candidatura, _n: int) -> None:
    operations.dichiara_decadenza(candidatura, atto="Decreto n. 2", attore=None)


def siede(scena: dict[str, Any], candidatura: Candidatura, n: int) -> None:
    seggio = posti.seggio_per_id(scena["liberi"][n])
    assert seggio is not None
    operations.insedia(candidatura, seggio=seggio, dal=oggi(), atto="Verbale n. 1", attore=None)


@pytest.mark.parametrize("gesti", [(decade, decade), (siede, siede), (decade, siede)])
def test_due_atti_sullo_stesso_eletto(app_vera: Any, scrutinata: dict[str, Any], gesti: tuple[Callable[..., None], ...]):
    insieme = Barrier(2)

    def agisci(n: int) -> str:
        with app_vera.test_request_context("/"), tenancy.usa_ambito(scrutinata["ambito"]):
            # SQLite lets one writer in at a time: there they meet before reading, elsewhere when both have read
            dopo_la_lettura = sessione.get_bind().dialect.name == "postgresql"
            try:
                if not dopo_la_lettura:
                    insieme.wait(10)
                with unita():
                    candidature = {c.id: c for c in queries.elezione("voto").candidature}
                    if dopo_la_lettura:
                        insieme.wait(10)
                    gesti[n](scrutinata, candidature[scrutinata["eletta"]], n)
            except TransizioneNonAmmessa:
                return "rifiutato"
            finally:
                sessione.remove()
            return gesti[n].__name__

    with ThreadPoolExecutor(2) as due:
        fatti = sorted(due.map(agisci, range(2)))
    with app_vera.test_request_context("/"), tenancy.usa_ambito(scrutinata["ambito"]):
        uno_dopo_l_altro = sessione.get_bind().dialect.name == "sqlite" and gesti[0] is not gesti[1]
        esiti = [c.esito for c in sorted(queries.elezione("voto").candidature, key=lambda c: c.posto or 0)]
        siedono = sessione.scalar(select(func.count(Mandato.id)).where(Mandato.fine.is_(None)))
    assert uno_dopo_l_altro or fatti.count("rifiutato") == 1
    decaduta, resta = (["decaduta", "eletta", "non_eletta"], 0), (["eletta", "non_eletta", "non_eletta"], 1)
    assert (esiti, siedono) == (decaduta if "decade" in fatti else resta)
