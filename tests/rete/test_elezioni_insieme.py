"""Two people of one ente vote at the same instant: one ballot is in the urn, the other is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

from sqlalchemy import func, select

from portal import tenancy
from portal.clocks import adesso
from portal.db import sessione
from portal.errors import TransizioneNonAmmessa
from portal.rete.models import Preferenza, SchedaVoto
from portal.rete.operations import elezioni as operations
from portal.rete.queries import elezioni as queries
from portal.transaction import unita
from tests import fabbrica

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
