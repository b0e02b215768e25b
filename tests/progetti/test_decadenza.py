"""Whoever begins to run services for the Ambito cannot stand, and its seat is to be declared forfeited (domain.md 3.2)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.clocks import oggi
from portal.db import sessione
from portal.rete.models import Candidatura, EsitoCandidatura
from portal.rete.queries.elezioni import perche_gestore
from tests.rete import costruttori as rete

from .costruttori import attiva, crea, dentro, lega, progetto, scena


@pytest.mark.parametrize(("mandato", "segnata"), [(1, True), (-1, False)])
def test_il_progetto_attivo_segna_il_posto_da_dichiarare(app, mandato, segnata):
    s = scena(app)
    with dentro(app, s):
        membro = rete.adesione(rete.categoria(s.ambito), s.enti[0])
        fine = oggi() + timedelta(days=mandato)
        _elezione, _voce, candidata = rete.elezione(membro, "urna", mandato_al=fine)
        candidata.voti, candidata.posto, candidata.sorte, candidata.esito = 1, 1, 1, EsitoCandidatura.ELETTA
        sessione.commit()
    crea(app, s)
    lega(app, s, "40000.00")
    with dentro(app, s):
        assert perche_gestore(s.enti[0].id) is None
    attiva(app, s)
    with dentro(app, s):
        assert perche_gestore(s.enti[0].id) == progetto(s).titolo
        dal: date | None = sessione.scalars(select(Candidatura.gestore_dal)).one()
        assert dal == (oggi() if segnata else None)
