"""Two operators bind the same residual at once: one wins, the other reads why; the line is never exceeded.

Real connections, threads and commits, on both databases.
"""

from __future__ import annotations

import threading
from decimal import Decimal
from typing import Any

from portal.db import sessione
from portal.errors import ErroreDominio
from portal.progetti import operations, queries

from .costruttori import Scena, crea, dentro, progetto, residuo, scena


def insieme(app: Any, s: Scena, tentativi: list[tuple[int, Any, str]]) -> list[Any]:
    """Run these bindings (project, who, amount) at the same instant, each in its thread; result or refusal of each."""
    via = threading.Barrier(len(tentativi))
    esiti: list[Any] = [None] * len(tentativi)

    def lavora(i: int, n: int, chi: Any, importo: str) -> None:
        try:
            with app.app_context():
                via.wait(timeout=30)
                with dentro(app, s):
                    esiti[i] = operations.impegna(
                        progetto(s, n),
                        riga_id=s.riga_id,
                        importo=Decimal(importo),
                        residuo_visto=Decimal("50000.00"),
                        attore=chi,
                    ).importo
        except ErroreDominio as errore:
            esiti[i] = errore
        finally:
            sessione.remove()

    fili = [threading.Thread(target=lavora, args=(i, *t)) for i, t in enumerate(tentativi)]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join(timeout=60)
    return esiti


def test_due_operatori_sullo_stesso_residuo(app_vera):
    s = scena(app_vera, richiesti=("40000.00", "40000.00"), programmato="50000.00")
    crea(app_vera, s, 0)
    crea(app_vera, s, 1)
    esiti = insieme(app_vera, s, [(0, s.operatore, "40000.00"), (1, s.altro_operatore, "40000.00")])
    riusciti = [e for e in esiti if e == Decimal("40000.00")]
    rifiutati = [e for e in esiti if isinstance(e, ErroreDominio)]
    assert (len(riusciti), len(rifiutati)) == (1, 1)
    vincitore = s.operatore if esiti[0] == Decimal("40000.00") else s.altro_operatore
    testo = str(rifiutati[0].messaggio).replace("\u00a0", " ")
    assert f"Mentre compilavi, {vincitore.nome} ha impegnato 40.000,00 €" in testo
    assert "ora restano 10.000,00 €, non più 50.000,00 €" in testo
    assert residuo(app_vera, s) == Decimal("10000.00")


def test_in_otto_non_si_supera_mai_la_riga(app_vera):
    s = scena(app_vera, richiesti=("9000.00",) * 8, programmato="50000.00")
    for n in range(8):
        crea(app_vera, s, n, contributo="9000.00")
    esiti = insieme(app_vera, s, [(n, s.operatore, "9000.00") for n in range(8)])
    assert [e for e in esiti if not isinstance(e, ErroreDominio)] == [Decimal("9000.00")] * 5
    assert residuo(app_vera, s) == Decimal("5000.00")


def test_due_righe_insieme_non_superano_il_contributo(app_vera):
    s = scena(app_vera, programmato="50000.00")
    crea(app_vera, s)
    esiti = insieme(app_vera, s, [(0, s.operatore, "25000.00"), (0, s.altro_operatore, "25000.00")])
    assert sorted(isinstance(e, ErroreDominio) for e in esiti) == [False, True]
    with dentro(app_vera, s):
        assert queries.legato_di(progetto(s).id) == Decimal("25000.00")
