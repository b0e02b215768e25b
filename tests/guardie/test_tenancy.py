"""Nobody reads or writes the rows of another Ambito, whatever statement is written and however it is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import delete, func, literal, select, update

from portal import aree  # noqa: F401  every table
from portal.ambiti.models import Ambito, Comune, Festivita
from portal.avvisi.models import Avviso
from portal.db import Base, sessione
from portal.piano.models import Fondo
from portal.proposte.models import Proposta
from portal.tenancy import AmbitoMancante, DellAmbito, ambito_corrente, scegli, tutti_gli_ambiti, usa_ambito

from .mondo import Mondo


def sottoclassi(tipo: type[Any]) -> Iterator[type[Any]]:
    for figlio in tipo.__subclasses__():
        yield figlio
        yield from sottoclassi(figlio)


DELL_AMBITO = sorted({c for c in sottoclassi(DellAmbito) if hasattr(c, "__tablename__")}, key=lambda c: c.__name__)
NON_COSTRUITE: set[str] = set()
"""Tables that ``mondo`` cannot fill in two Ambiti: none today."""


@pytest.mark.parametrize("tipo", DELL_AMBITO, ids=lambda c: c.__name__)
def test_ogni_riga_si_vede_solo_dal_suo_ambito(mondo: tuple[Any, Mondo], tipo: type[Any]):
    _app, creato = mondo
    if tipo.__name__ in NON_COSTRUITE:
        pytest.skip("nessun costruttore in due Ambiti")
    with tutti_gli_ambiti():
        tutte = list(sessione.execute(select(tipo.id, tipo.ambito_id)))
    for luogo in (creato.qui, creato.altrove):
        proprie = {r.id for r in tutte if r.ambito_id == luogo.ambito_id}
        assert proprie, f"mondo non fa nessun {tipo.__name__} in questo Ambito"
        assert len(proprie) < len(tutte)
        with usa_ambito(luogo.ambito_id):
            assert {r.id for r in sessione.scalars(select(tipo))} == proprie
    with pytest.raises(AmbitoMancante):
        sessione.execute(select(tipo))


DI_QUI = Comune.nome == "Qui"
FORME: dict[str, tuple[Any, Any]] = {
    "entità": (lambda: select(Comune), None),
    "colonna": (lambda: select(Comune.nome), ["Altrove", "Altrove lontano", "Altrove vicino"]),
    "espressione": (lambda: select(func.upper(Comune.nome)), ["ALTROVE", "ALTROVE LONTANO", "ALTROVE VICINO"]),
    "conteggio di una colonna": (lambda: select(func.count(Comune.id)), [3]),
    "conteggio senza colonne": (lambda: select(func.count()).select_from(Comune), [3]),
    "massimo": (lambda: select(func.min(Comune.nome)), ["Altrove"]),
    "sottoquery fra le colonne": (lambda: select(select(func.count(Comune.id)).scalar_subquery()), [3]),
    "sottoquery in from": (lambda: select(func.count()).select_from(select(Comune.id).subquery()), [3]),
    "unione": (lambda: select(Comune.nome).where(DI_QUI).union(select(Comune.nome).where(~DI_QUI)), None),
    "dentro in (…)": (lambda: select(Ambito.slug).where(Ambito.id.in_(select(Comune.ambito_id))), ["altrove"]),
    "dentro exists": (
        lambda: select(Ambito.slug).where(select(Comune.id).where(Comune.ambito_id == Ambito.id).exists()),
        ["altrove"],
    ),
    "exists da solo": (lambda: select(literal(1)).where(select(Comune.id).where(DI_QUI).exists()), []),
    "join da un’altra": (lambda: select(Ambito.slug).join(Comune, Comune.ambito_id == Ambito.id).distinct(), ["altrove"]),
}
"""Ways of asking about the comuni, and what they answer in ``altrove`` (None: only that it must be chosen)."""


@pytest.mark.parametrize("forma", FORME)
def test_senza_un_ambito_ogni_domanda_e_rifiutata(mondo: tuple[Any, Mondo], forma: str):
    assert mondo
    with pytest.raises(AmbitoMancante):
        sessione.execute(FORME[forma][0]())


@pytest.mark.parametrize("forma", [nome for nome, (_frase, risposta) in FORME.items() if risposta is not None])
def test_con_un_ambito_ogni_domanda_conta_solo_le_sue_righe(mondo: tuple[Any, Mondo], forma: str):
    _app, creato = mondo
    frase, risposta = FORME[forma]
    with usa_ambito(creato.altrove.ambito_id):
        assert sorted(sessione.scalars(frase())) == risposta


def test_una_riga_di_un_altro_ambito_non_si_prende_nemmeno_per_chiave(mondo: tuple[Any, Mondo]):
    _app, creato = mondo
    with usa_ambito(creato.altrove.ambito_id):
        assert sessione.get(Avviso, creato.qui.aperto_id) is None
        assert sessione.scalar(select(Proposta).where(Proposta.id == creato.qui.ammessa)) is None


def fondo(ambito_id: int | None) -> Fondo:
    return Fondo(ambito_id=ambito_id, codice="PROVA", nome="Fondo di prova")


def test_una_riga_nuova_prende_l_ambito_corrente(mondo: tuple[Any, Mondo]):
    _app, creato = mondo
    with usa_ambito(creato.qui.ambito_id):
        nuovo = fondo(None)
        sessione.add(nuovo)
        sessione.flush()
        assert nuovo.ambito_id == creato.qui.ambito_id


def test_una_riga_nuova_senza_ambito_e_rifiutata(mondo: tuple[Any, Mondo]):
    _app, creato = mondo
    sessione.add(fondo(creato.qui.ambito_id))
    with pytest.raises(AmbitoMancante):
        sessione.flush()


def test_una_riga_nuova_di_un_altro_ambito_e_rifiutata(mondo: tuple[Any, Mondo]):
    _app, creato = mondo
    with usa_ambito(creato.altrove.ambito_id):
        sessione.add(fondo(creato.qui.ambito_id))
        with pytest.raises(AmbitoMancante):
            sessione.flush()


def avviso_di_qui(creato: Mondo) -> Avviso:
    """A row of ``qui`` that is in hand, read where it could be."""
    with tutti_gli_ambiti():
        return sessione.get_one(Avviso, creato.qui.aperto_id)


def test_cambiare_una_riga_di_un_altro_ambito_e_rifiutato(mondo: tuple[Any, Mondo]):
    _app, creato = mondo
    avviso = avviso_di_qui(creato)
    with usa_ambito(creato.altrove.ambito_id):
        avviso.titolo = "cambiato"
        with pytest.raises(AmbitoMancante):
            sessione.flush()


def test_spostare_una_riga_in_un_altro_ambito_e_rifiutato(mondo: tuple[Any, Mondo]):
    _app, creato = mondo
    with usa_ambito(creato.qui.ambito_id):
        avviso = sessione.get_one(Avviso, creato.qui.aperto_id)
        avviso.ambito_id = creato.altrove.ambito_id
        with pytest.raises(AmbitoMancante):
            sessione.flush()


def test_togliere_una_riga_di_un_altro_ambito_e_rifiutato(mondo: tuple[Any, Mondo]):
    _app, creato = mondo
    with tutti_gli_ambiti():
        riga = sessione.scalars(select(Festivita).where(Festivita.ambito_id == creato.qui.ambito_id)).one()
    with usa_ambito(creato.altrove.ambito_id):
        sessione.delete(riga)
        with pytest.raises(AmbitoMancante):
            sessione.flush()


def test_le_scritture_in_blocco_toccano_solo_le_righe_dell_ambito(mondo: tuple[Any, Mondo]):
    _app, creato = mondo
    with usa_ambito(creato.altrove.ambito_id):
        assert sessione.execute(update(Comune).values(capofila=False)).rowcount == 3
        assert sessione.execute(delete(Comune).where(DI_QUI)).rowcount == 0
    with pytest.raises(AmbitoMancante):
        sessione.execute(update(Comune).values(capofila=False))


def test_finita_la_richiesta_l_ambito_e_dimenticato(mondo: tuple[Any, Mondo]):
    app, creato = mondo
    scegli(creato.qui.ambito_id)
    assert app.test_client().get("/altrove/avvisi").status_code == 200
    assert ambito_corrente() is None


def test_un_ambito_sconosciuto_non_esiste(mondo: tuple[Any, Mondo]):
    app, _creato = mondo
    assert app.test_client().get("/inventato/avvisi").status_code == 404


SENZA_MIXIN = {"ruolo_utente", "messaggio", "lavoro", "ricerca_voce"}
"""Tables that name an Ambito but may belong to none: every query of theirs says which one it wants."""


def test_ogni_tabella_con_un_ambito_ha_il_mixin():
    """A new table with ``ambito_id`` that forgets ``DellAmbito`` would be read across Ambiti by everybody."""
    con_ambito = {t.name for t in Base.metadata.tables.values() if "ambito_id" in t.columns}
    protette = {c.__tablename__ for c in DELL_AMBITO}
    assert con_ambito - protette == SENZA_MIXIN
    assert all(Base.metadata.tables[t].columns["ambito_id"].nullable for t in SENZA_MIXIN)


def test_ogni_figlio_di_una_riga_d_ambito_ha_il_suo_ambito():
    """A table that points to a row of an Ambito is a row of that Ambito too (it is also the shard key)."""
    protette = {c.__tablename__ for c in DELL_AMBITO}
    orfane = [
        f"{t.name}.{c.name}"
        for t in Base.metadata.tables.values()
        for c in t.columns
        for chiave in c.foreign_keys
        if chiave.column.table.name in protette and t.name not in protette
    ]
    assert orfane == []


def test_l_ambito_e_il_primo_pezzo_di_un_indice():
    """Every list of an Ambito starts from its rows, not from everybody's."""
    senza = [
        tabella.name
        for tabella in (Base.metadata.tables[c.__tablename__] for c in DELL_AMBITO)
        if not any(next(iter(i.columns)).name == "ambito_id" for i in tabella.indexes)
    ]
    assert senza == []
