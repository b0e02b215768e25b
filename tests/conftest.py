"""Fixtures of the whole suite.

A test that asks for ``app`` (or for anything built on it) runs twice: on SQLite and on PostgreSQL. Each runs in
an outer transaction that is rolled back at the end; ``app_vera`` gives a database of its own instead, with a
pool, for tests on threads, processes and crashes. What a machine does not have is skipped loudly, and in CI a
skip is a failure (``tests/servizi/salti.py``).
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import create_engine, event
from sqlalchemy.pool import NullPool

from portal import create_app, db, i18n, tenancy
from portal.config import Config

from .pagina import Cliente
from .palco import Palco
from .servizi import modelli, postgres, salti
from .servizi.punti import alla_lettera

ARGON2 = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
DATABASE = ("sqlite", "postgresql")


def pytest_configure(config: pytest.Config) -> None:
    """The controller (or the only process) prepares the template databases; workers find them by environment."""
    gc.set_threshold(50_000, 50, 50)  # thousands of short pages: looking for cycles at the usual pace costs a tenth
    if hasattr(config, "workerinput"):
        return
    radice = Path(tempfile.mkdtemp(prefix="coprogetta-prove-"))
    os.environ["PORTALE_PROVE"] = str(radice)
    config.add_cleanup(lambda: shutil.rmtree(radice, ignore_errors=True))
    server = postgres.avvia_condiviso()
    if server is not None:
        config.add_cleanup(server.ferma)
    if config.getoption("numprocesses", None):
        config.add_cleanup(modelli.in_sottofondo(radice, server))
    else:
        modelli.prepara(radice, server)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "banca" in metafunc.fixturenames:
        metafunc.parametrize("banca", DATABASE, indirect=True, scope="session")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first: a journey that began last would leave the other processes waiting for it."""
    items.sort(key=lambda prova: not prova.nodeid.startswith("tests/percorsi/"))


pytest_terminal_summary = salti.pytest_terminal_summary


@dataclass
class Banca:
    """A way to get empty, migrated databases of one kind."""

    genere: str
    radice: Path
    fatte: list[str] = field(default_factory=list)

    def nuova(self) -> str:
        """URL of a fresh copy of the template."""
        nome = f"prova_{uuid.uuid4().hex[:12]}"
        self.fatte.append(nome)
        return self.rifai(nome)

    def rifai(self, nome: str) -> str:
        """The same, in the place of the database of that name, which nobody is using."""
        modelli.attendi(self.radice)
        if self.genere == "sqlite":
            for resto in self.radice.glob(f"{nome}.db-*"):
                resto.unlink()
            shutil.copy(self.radice / f"{modelli.MODELLO}.db", self.radice / f"{nome}.db")
            return f"sqlite:///{self.radice}/{nome}.db"
        server = postgres.avvia_condiviso()
        assert server is not None
        server.elimina(nome)
        server.crea_da_modello(nome, modelli.MODELLO)
        return server.url(nome)


@pytest.fixture(scope="session")
def banca(request: pytest.FixtureRequest) -> Banca:
    genere = request.param
    if genere == "postgresql" and postgres.avvia_condiviso() is None:
        salti.manca("postgres", postgres.perche_manca())
    return Banca(genere, Path(os.environ["PORTALE_PROVE"]))


def configurazione(url: str, dati: Path, **altro: Any) -> Config:
    valori: dict[str, Any] = {
        "ambiente": "prova",
        "segreto": "solo-per-le-prove-" + "x" * 32,
        "database": url,
        "dati": dati,
        "indirizzo": "http://localhost",
        "argon2": ARGON2,
        "memoria": 0,  # a test writes rows that no operation registers: pages kept ready would not notice
    }
    return Config(**{**valori, **altro})


@pytest.fixture(scope="session")
def compilati() -> FileSystemBytecodeCache:
    """Templates compiled once for all the applications of the run."""
    cartella = Path(os.environ["PORTALE_PROVE"]) / "modelli"
    cartella.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(cartella))


@pytest.fixture(scope="session")
def _app_sessione(
    banca: Banca, tmp_path_factory: pytest.TempPathFactory, compilati: FileSystemBytecodeCache
) -> Iterator[tuple[Any, Any]]:
    """One application and one database per kind and process."""
    url = banca.nuova()
    app = create_app(configurazione(url, tmp_path_factory.mktemp("dati")))
    app.jinja_env.bytecode_cache = compilati
    motore = alla_lettera(app.extensions["motore"])
    yield app, motore
    db.sessione.remove()
    motore.dispose()


@pytest.fixture(scope="session")
def _palco(banca: Banca) -> Iterator[Palco]:
    palco = Palco(alla_lettera(db.apri(banca.nuova())))
    yield palco
    palco.chiude()


@pytest.fixture
def app(_app_sessione: tuple[Any, Any], _palco: Palco) -> Iterator[Any]:
    """The application, inside a transaction that is rolled back when the test ends. No Ambito chosen."""
    applicazione, motore = _app_sessione
    gettone = db.SCRIVE.set(True)
    connessione = motore.connect()
    esterna = connessione.begin()
    db.SCRIVE.reset(gettone)
    db.sessione.remove()
    db.sessione.configure(bind=connessione, join_transaction_mode="create_savepoint")
    tenancy.scegli(None)
    try:
        with _palco.prova(motore):
            yield applicazione
    finally:
        db.sessione.remove()
        if esterna.is_active:
            esterna.rollback()
        connessione.close()
        db.sessione.configure(bind=motore, join_transaction_mode="conditional_savepoint")
        tenancy.scegli(None)


@pytest.fixture
def contesto(app: Any) -> Iterator[Any]:
    """Inside an application and request context, spanning Ambiti: for tests of operations and queries."""
    with app.test_request_context("/"), tenancy.tutti_gli_ambiti():
        yield app


@dataclass
class Vere:
    """Applications on databases of their own, each made once: what a new one costs is in itself (routes, templates) and in
    its engine, which knows no query yet. The database is new at each test."""

    radice: Path
    compilati: FileSystemBytecodeCache
    fatte: dict[tuple[Any, ...], tuple[Any, str]] = field(default_factory=dict)

    def prendi(self, banca: Banca, **altro: Any) -> Any:
        """The application of that configuration, on an empty database, with no files."""
        chiave = (banca.genere, *sorted(altro.items()))
        if chiave not in self.fatte:
            dati = self.radice / f"{len(self.fatte)}"
            url = banca.nuova()
            app = create_app(configurazione(url, dati, **altro))
            app.jinja_env.bytecode_cache = self.compilati
            self.fatte[chiave] = app, banca.fatte[-1]
            return app
        app, nome = self.fatte[chiave]
        banca.rifai(nome)
        for file in app.config["PORTALE"].dati.rglob("*"):
            if file.is_file():
                file.unlink()
        db.sessione.remove()
        db.sessione.configure(bind=app.extensions["motore"])
        return app

    def lascia(self, app: Any) -> None:
        """Nobody is connected to its database any more."""
        db.sessione.remove()
        app.extensions["motore"].dispose()


@pytest.fixture(scope="session")
def vere(tmp_path_factory: pytest.TempPathFactory, compilati: FileSystemBytecodeCache) -> Vere:
    return Vere(tmp_path_factory.mktemp("vere"), compilati)


@pytest.fixture
def app_vera(banca: Banca, vere: Vere) -> Iterator[Any]:
    """An application on a database of its own, with a pool and real commits: for threads, processes and crashes."""
    applicazione = vere.prendi(banca)
    yield applicazione
    vere.lascia(applicazione)


@pytest.fixture(scope="session")
def nuda() -> Flask:
    app = Flask(__name__)
    i18n.collega(app)
    return app


@pytest.fixture
def italiano(nuda: Flask) -> Iterator[None]:
    """Inside a request in Italian, for functions that speak to a person and need nothing else."""
    with nuda.test_request_context("/"):
        yield


@pytest.fixture
def cliente(app: Any) -> Cliente:
    """An anonymous browser that checks the house rules on every page it gets."""
    return Cliente(app)


@pytest.fixture
def entra(app: Any) -> Any:
    """``entra(utente)``: a browser logged in as that person."""

    def accedi(utente: Any) -> Cliente:
        nuovo = Cliente(app)
        nuovo.accedi(utente)
        return nuovo

    return accedi


@pytest.fixture
def conta_query(app: Any) -> Any:
    """``with conta_query() as n: …; n.totale``: SQL statements sent, savepoints apart."""
    return lambda: contatore(db.sessione.get_bind().engine)()


def contatore(motore: Any) -> Any:
    @dataclass
    class Conto:
        totale: int = 0
        testi: list[str] = field(default_factory=list)

    @contextmanager
    def conta() -> Iterator[Conto]:
        conto = Conto()

        def segna(_c: Any, _cur: Any, testo: str, *_: Any) -> None:
            if not testo.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "PRAGMA")):
                conto.totale += 1
                conto.testi.append(testo)

        event.listen(motore, "before_cursor_execute", segna)
        try:
            yield conto
        finally:
            event.remove(motore, "before_cursor_execute", segna)

    return conta


@pytest.fixture
def motore_vuoto(banca: Banca) -> Iterator[Any]:
    """An engine on an empty, migrated database, for plumbing that needs no application."""
    url = banca.nuova()
    motore = create_engine(url, poolclass=NullPool)
    yield motore
    motore.dispose()
