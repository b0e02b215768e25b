"""One Ambito at a time. The floor under the pages: what a query may see, and what a write may touch."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, exists, func, literal, select, update
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import aliased

from portal import tenancy
from portal.ambiti.models import Ambito, Comune
from portal.db import sessione
from portal.tenancy import AmbitoMancante, ambito_corrente, tutti_gli_ambiti, usa_ambito
from tests import fabbrica

altro_nome = aliased(Comune)
conto = select(func.count(Comune.id)).where(Comune.ambito_id == Ambito.id).correlate(Ambito).scalar_subquery()
elenco = select(Comune.nome).cte("elenco")

QUERY = {
    "righe": (select(Comune.nome), ["A1", "A2"]),
    "entita": (select(Comune).order_by(Comune.id).with_only_columns(Comune.nome), ["A1", "A2"]),
    "alias": (select(altro_nome.nome), ["A1", "A2"]),
    "conto": (select(func.count()).select_from(Comune), [2]),
    "conto di una colonna": (select(func.count(Comune.id)), [2]),
    "unione": (select(Ambito.slug).join(Comune, Comune.ambito_id == Ambito.id), ["aa", "aa"]),
    "esiste": (select(Ambito.slug).where(exists().where(Comune.ambito_id == Ambito.id)), ["aa"]),
    "esiste in cima": (select(exists(select(Comune.id).where(Comune.nome == "B1"))), [False]),
    "sottoquery": (select(select(Comune.nome).subquery().c.nome), ["A1", "A2"]),
    "sottoquery scalare": (select(literal(1)).where(select(func.count(Comune.id)).scalar_subquery() == 3), []),
    "correlata": (select(conto).select_from(Ambito).order_by(Ambito.id), [2, 0]),
    "fra": (select(Ambito.slug).where(Ambito.id.in_(select(Comune.ambito_id))), ["aa"]),
    "con": (select(elenco.c.nome), ["A1", "A2"]),
    "insieme": (select(Comune.nome).union(select(Comune.nome)), ["A1", "A2"]),
}
NOMI = sorted(QUERY)


@pytest.fixture
def due(contesto: Any) -> tuple[int, int]:
    """Ids of two Ambiti: the first with Comuni A1 and A2, the second with B1."""
    ids = fabbrica.ambito("aa", comuni=("A1", "A2")).id, fabbrica.ambito("bb", comuni=("B1",)).id
    sessione.commit()
    sessione.expunge_all()
    return ids


@pytest.mark.parametrize("nome", NOMI)
def test_si_vede_solo_il_proprio_ambito(due: tuple[int, int], nome: str) -> None:
    query, attese = QUERY[nome]
    with usa_ambito(due[0]):
        assert sorted(sessione.scalars(query).all()) == sorted(attese)


@pytest.mark.parametrize("nome", NOMI)
def test_senza_ambito_non_si_legge(due: tuple[int, int], nome: str) -> None:
    tenancy.scegli(None)
    with pytest.raises(AmbitoMancante):
        sessione.execute(QUERY[nome][0])


def test_lo_stesso_comando_cambia_con_l_ambito(due: tuple[int, int]) -> None:
    """The compiled statement is cached: the Ambito must not be cached with it."""
    conta = select(func.count()).select_from(Comune)
    visti = []
    for ambito in (due[0], due[1], due[0], tenancy.TUTTI):
        with usa_ambito(ambito):
            visti.append(sessione.scalar(conta))
    assert visti == [2, 1, 2, 3]


@pytest.mark.parametrize("fuori", [None, tenancy.TUTTI])
def test_una_lettura_cominciata_in_un_ambito_non_continua_fuori(due: tuple[int, int], fuori: int | None) -> None:
    """What travels with a row found in an Ambito asks which one it is in: outside, no answer rather than everybody's."""
    riletta = select(Comune.id).options(tenancy._CRITERIO)
    with usa_ambito(due[0]):
        assert sessione.scalars(riletta).all()
    with tutti_gli_ambiti():
        tenancy.scegli(fuori)
        with pytest.raises((AmbitoMancante, StatementError), match="continua fuori|nessun Ambito scelto"):
            sessione.scalars(riletta).all()


def test_cio_che_non_e_di_un_ambito_si_legge_sempre(due: tuple[int, int]) -> None:
    tenancy.scegli(None)
    assert sessione.scalars(select(Ambito.slug).order_by(Ambito.id)).all() == ["aa", "bb"]


def test_per_chiave_non_si_trova_la_riga_di_un_altro(due: tuple[int, int]) -> None:
    with tutti_gli_ambiti():
        b1 = sessione.scalar(select(Comune.id).where(Comune.nome == "B1"))
    with usa_ambito(due[0]):
        assert sessione.get(Comune, b1) is None
    with usa_ambito(due[1]):
        assert sessione.get_one(Comune, b1).nome == "B1"


def test_si_cambia_e_si_cancella_solo_nel_proprio(due: tuple[int, int]) -> None:
    with usa_ambito(due[0]):
        sessione.execute(update(Comune).values(nome=Comune.nome + "!"))
        sessione.execute(delete(Comune).where(Comune.nome == "A2!"))
    with tutti_gli_ambiti():
        assert sorted(sessione.scalars(select(Comune.nome)).all()) == ["A1!", "B1"]
    tenancy.scegli(None)
    with pytest.raises(AmbitoMancante):
        sessione.execute(delete(Comune))


def test_una_riga_nuova_riceve_il_suo_ambito(due: tuple[int, int]) -> None:
    with usa_ambito(due[1]):
        assert fabbrica.salva(Comune(nome="B2", capofila=False)).ambito_id == due[1]


def test_non_si_scrive_in_un_altro_ambito(due: tuple[int, int]) -> None:
    with usa_ambito(due[0]), pytest.raises(AmbitoMancante, match="Comune di un altro Ambito"):
        fabbrica.salva(Comune(ambito_id=due[1], nome="B2", capofila=False))


def test_una_riga_non_si_sposta_in_un_altro_ambito(due: tuple[int, int]) -> None:
    with usa_ambito(due[0]):
        comune = sessione.scalars(select(Comune).where(Comune.nome == "A1")).one()
        comune.ambito_id = due[1]
        with pytest.raises(AmbitoMancante, match="Comune di un altro Ambito"):
            sessione.flush()


def test_senza_ambito_non_si_scrive(due: tuple[int, int]) -> None:
    tenancy.scegli(None)
    with pytest.raises(AmbitoMancante, match="scrittura di Comune senza Ambito"):
        fabbrica.salva(Comune(ambito_id=due[0], nome="A3", capofila=False))


def test_l_ambito_scelto_dura_quanto_il_suo_blocco() -> None:
    with usa_ambito(7):
        with tutti_gli_ambiti():
            assert ambito_corrente() == tenancy.TUTTI
        with pytest.raises(ZeroDivisionError), usa_ambito(8):
            raise ZeroDivisionError
        assert ambito_corrente() == 7
    assert ambito_corrente() is None


def test_dopo_una_richiesta_non_resta_nessun_ambito(contesto: Any, cliente: Any) -> None:
    """Threads serve one request after the other: the next must not inherit."""
    ambito = fabbrica.ambito("aa")
    sessione.commit()
    with contesto.test_client() as client:
        assert client.get(f"/{ambito.slug}/").status_code == 200
    assert ambito_corrente() in (None, tenancy.TUTTI)
