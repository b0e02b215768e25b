"""Numbers of acts: one after the other without holes, whatever happens at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from portal import tenancy
from portal.db import sessione
from portal.numerazione import Numeratore, prossimo
from portal.transaction import unita
from tests import fabbrica


@pytest.fixture
def ambito(app_vera: Any) -> int:
    with app_vera.app_context(), unita():
        return fabbrica.ambito(comuni=()).id


def prendi(app: Any, ambito_id: int, registro: str = "ricevute", anno: int = 2026) -> int:
    with app.app_context(), tenancy.usa_ambito(ambito_id), unita():
        return prossimo(registro, anno, ambito_id=ambito_id)


def insieme(*compiti: Callable[[], object]) -> list[BaseException]:
    """Run all at once, each in a thread and with a connection of its own; the exceptions."""
    pronti, errori = threading.Barrier(len(compiti)), []

    def svolgi(compito: Callable[[], object]) -> None:
        try:
            pronti.wait(10)
            compito()
        except BaseException as errore:
            errori.append(errore)
        finally:
            sessione.remove()

    fili = [threading.Thread(target=svolgi, args=(c,)) for c in compiti]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join()
    return errori


def ultimo(app: Any, ambito_id: int) -> int | None:
    with app.app_context(), tenancy.usa_ambito(ambito_id):
        trovato = sessione.scalar(select(Numeratore.ultimo))
        sessione.remove()
        return trovato


def test_si_comincia_da_uno_e_ogni_registro_conta_da_se(app_vera: Any, ambito: int) -> None:
    with app_vera.app_context(), unita():
        altro = fabbrica.ambito(comuni=()).id
    presi = [
        prendi(app_vera, ambito),
        prendi(app_vera, ambito),
        prendi(app_vera, ambito, "avvisi"),
        prendi(app_vera, ambito, anno=2027),
        prendi(app_vera, altro),
        prendi(app_vera, ambito),
    ]
    assert presi == [1, 2, 1, 1, 1, 3]


def test_molti_insieme_prendono_numeri_diversi_e_senza_buchi(app_vera: Any, ambito: int) -> None:
    """From the very first number: the counter too is made by whoever gets there first."""
    presi: list[int] = []

    def tre_volte() -> None:
        for _volta in range(3):
            presi.append(prendi(app_vera, ambito))

    assert insieme(*[tre_volte] * 6) == []
    assert sorted(presi) == list(range(1, 19))
    assert ultimo(app_vera, ambito) == 18


def test_chi_torna_indietro_restituisce_il_numero(app_vera: Any, ambito: int) -> None:
    prendi(app_vera, ambito)
    with pytest.raises(ZeroDivisionError), app_vera.app_context(), tenancy.usa_ambito(ambito), unita():
        assert prossimo("ricevute", 2026, ambito_id=ambito) == 2
        raise ZeroDivisionError
    assert prendi(app_vera, ambito) == 2


def test_se_falliscono_in_tanti_i_numeri_restano_uno_dopo_l_altro(app_vera: Any, ambito: int) -> None:
    presi: list[int] = []

    def riesce() -> None:
        presi.append(prendi(app_vera, ambito))

    def fallisce() -> None:
        with app_vera.app_context(), tenancy.usa_ambito(ambito), unita():
            prossimo("ricevute", 2026, ambito_id=ambito)
            raise ZeroDivisionError

    errori = insieme(*[riesce, fallisce] * 4)
    assert [type(e) for e in errori] == [ZeroDivisionError] * 4
    assert sorted(presi) == [1, 2, 3, 4]


def test_due_numeri_nello_stesso_atto(app_vera: Any, ambito: int) -> None:
    with app_vera.app_context(), tenancy.usa_ambito(ambito), unita():
        presi = [prossimo("ricevute", 2026, ambito_id=ambito) for _volta in range(3)]
    assert presi == [1, 2, 3]
