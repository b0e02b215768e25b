"""The database that the migrations make is the one that the models describe, on both kinds, forwards and backwards."""

from __future__ import annotations

import re
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, NullPool, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from portal import aree, schema  # noqa: F401  every table
from portal.clocks import adesso
from portal.db import Base
from portal.search import ignora_in_autogenerate
from tests.servizi import postgres

from .sorgenti import RADICE, nessuno

MEMORIA = postgres.MEMORIA
VERSIONI = sorted((RADICE / "migrations" / "versions").glob("*.py"))


@pytest.fixture
def vuota(banca: Any, tmp_path: Path) -> Iterator[Any]:
    """``vuota()``: the URL of a database with nothing in it (SQLite's in memory, where there is a folder for that)."""
    fatte: list[str] = []
    radice = Path(tempfile.mkdtemp(dir=MEMORIA)) if MEMORIA.is_dir() else tmp_path

    def nuova() -> str:
        nome = f"vuota_{uuid.uuid4().hex[:12]}"
        if banca.genere == "sqlite":
            return f"sqlite:///{radice}/{nome}.db"
        server = postgres.avvia_condiviso()
        assert server is not None
        server.crea_da_modello(nome)
        fatte.append(nome)
        return str(server.url(nome))

    yield nuova
    shutil.rmtree(radice, ignore_errors=True)
    server = postgres.avvia_condiviso() if fatte else None
    for nome in fatte:
        assert server is not None
        server.elimina(nome)


def motore(url: str) -> Engine:
    return create_engine(schema.configurazione(url).attributes["url"], poolclass=NullPool)


def tabelle(url: str) -> set[str]:
    """Tables of ours: what the search index adds by itself is not counted."""
    with motore(url).connect() as c:
        return {t for t in inspect(c).get_table_names() if not ignora_in_autogenerate(t, "table")}


def test_dal_vuoto_le_migrazioni_fanno_quello_che_dicono_i_modelli(banca: Any):
    url = banca.nuova()  # a copy of what the migrations made of an empty database
    assert tabelle(url) == {*Base.metadata.tables, "alembic_version"}
    nessuno(schema.differenze(url))


def controlli(url: str) -> dict[str, str]:
    """Every CHECK by table and name, with its text folded: Alembic does not compare them."""
    trovati = {}
    with motore(url).connect() as c:
        esame = inspect(c)
        for tabella in Base.metadata.tables:
            for controllo in esame.get_check_constraints(tabella):
                trovati[f"{tabella}.{controllo['name']}"] = " ".join(str(controllo["sqltext"]).split())
    return trovati


def test_i_check_delle_migrazioni_sono_quelli_dei_modelli(banca: Any, vuota: Any):
    """A new state of an enum, or a new half-state to refuse, needs its migration too."""
    dalle_migrazioni, dai_modelli = banca.nuova(), vuota()
    with motore(dai_modelli).begin() as c:
        Base.metadata.create_all(c)
    avuti, voluti = controlli(dalle_migrazioni), controlli(dai_modelli)
    assert len(voluti) > 50
    nessuno(
        f"{n}: {avuti.get(n)} invece di {voluti.get(n)}" for n in sorted({*avuti, *voluti}) if avuti.get(n) != voluti.get(n)
    )


def test_si_torna_indietro_fino_a_niente_e_si_riparte(banca: Any):
    url = banca.nuova()
    command.downgrade(schema.configurazione(url), "base")
    assert tabelle(url) == {"alembic_version"}
    assert resti(url) == []
    schema.aggiorna(url)
    nessuno(schema.differenze(url))


def resti(url: str) -> list[str]:
    """Triggers, views and functions that a downgrade forgot."""
    with motore(url).connect() as c:
        if c.dialect.name == "sqlite":
            frase = "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')"
        else:
            frase = (
                "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
                "UNION ALL SELECT viewname FROM pg_views WHERE schemaname = 'public'"
            )
        return sorted(c.execute(text(frase)).scalars())


def test_le_migrazioni_sono_una_sola_fila_numerata():
    copione = ScriptDirectory.from_config(schema.configurazione("sqlite://"))
    assert len(copione.get_heads()) == 1
    assert len(copione.get_bases()) == 1
    fila = list(reversed([(r.revision, r.down_revision) for r in copione.walk_revisions()]))
    numeri = [f"{n:04d}" for n in range(1, len(fila) + 1)]
    assert fila == list(zip(numeri, [None, *numeri[:-1]], strict=True))


@pytest.mark.parametrize("versione", VERSIONI, ids=lambda p: p.stem)
def test_ogni_migrazione_ha_numero_parole_e_ritorno(versione: Path):
    sorgente = versione.read_text(encoding="utf-8")
    assert re.fullmatch(r"\d{4}_[a-z]+(_[a-z]+)*\.py", versione.name)
    assert f'revision = "{versione.name[:4]}"' in sorgente
    assert sorgente.startswith('"""'), "dice che cosa cambia"
    assert not re.search(r"def downgrade\(\)[^:]*:\s+(pass|raise)\b", sorgente), "si deve poter tornare indietro"


EVENTO = {
    "catena": 0,
    "numero": 1,
    "attore_id": None,
    "azione": "prova.prova",
    "oggetto_tipo": "prova",
    "oggetto_id": None,
    "dettagli": "{}",
    "precedente": "0" * 64,
    "impronta": "1" * 64,
}


@pytest.mark.parametrize("frase", ["UPDATE evento SET azione = 'falsa.cosa'", "DELETE FROM evento"])
def test_il_registro_rifiuta_di_essere_riscritto(banca: Any, frase: str):
    url = banca.nuova()
    con_uno = motore(url)
    with con_uno.begin() as c:
        c.execute(Base.metadata.tables["evento"].insert().values(**EVENTO, quando=adesso()))
    with con_uno.connect() as c, pytest.raises(DBAPIError, match="registro di sole aggiunte"):
        c.execute(text(frase))
    with con_uno.connect() as c:
        assert c.execute(text("SELECT azione FROM evento")).scalars().all() == ["prova.prova"]
