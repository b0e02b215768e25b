"""Fixtures of the guards: the application without a database, and the two Ambiti full of rows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from portal import create_app, db, tenancy
from tests.conftest import Banca, configurazione
from tests.servizi import postgres, salti

from . import mondo as costruttore
from .mondo import Mondo


@pytest.fixture(scope="session")
def portale(tmp_path_factory: pytest.TempPathFactory, compilati: Any) -> Iterator[Any]:
    """The application for guards that look at routes and templates: it never opens its database."""
    prima = db.sessione.session_factory.kw.get("bind")
    cartella: Path = tmp_path_factory.mktemp("guardie")
    app = create_app(configurazione(f"sqlite:///{cartella}/mai.db", cartella))
    app.extensions["motore"].dispose()
    app.jinja_env.bytecode_cache = compilati
    db.sessione.configure(bind=prima)
    yield app
    assert not (cartella / "mai.db").exists(), "una guardia senza base dati l’ha aperta"


@pytest.fixture(scope="session")
def _mondi(tmp_path_factory: pytest.TempPathFactory, compilati: Any) -> Iterator[Callable[[str], tuple[Any, Mondo]]]:
    """One application and one world for each kind of database and process, made when first asked for."""
    fatti: dict[str, tuple[Any, Mondo]] = {}

    def su(genere: str) -> tuple[Any, Mondo]:
        if genere not in fatti:
            banca = Banca(genere, Path(os.environ["PORTALE_PROVE"]))
            app = create_app(configurazione(banca.nuova(), tmp_path_factory.mktemp("mondo")))
            app.jinja_env.bytecode_cache = compilati
            db.sessione.configure(join_transaction_mode="conditional_savepoint")
            fatti[genere] = app, costruttore.crea(app)
        return fatti[genere]

    yield su
    db.sessione.remove()
    for app, _mondo in fatti.values():
        app.extensions["motore"].dispose()


@pytest.fixture
def mondo_su(_mondi: Callable[[str], tuple[Any, Mondo]]) -> Iterator[Callable[[str], tuple[Any, Mondo]]]:
    """``app, mondo = mondo_su("sqlite")``: two Ambiti full of rows, committed once: what a test writes it must undo."""

    def prepara(genere: str) -> tuple[Any, Mondo]:
        if genere == "postgresql" and postgres.avvia_condiviso() is None:
            salti.manca("postgres", postgres.perche_manca())
        tenancy.scegli(None)
        app, mondo = _mondi(genere)
        db.sessione.remove()
        db.sessione.configure(bind=app.extensions["motore"], join_transaction_mode="conditional_savepoint")
        return app, mondo

    yield prepara
    db.sessione.rollback()
    db.sessione.remove()
    tenancy.scegli(None)


@pytest.fixture
def mondo(mondo_su: Any, banca: Any) -> tuple[Any, Mondo]:
    """The same on both databases."""
    risultato: tuple[Any, Mondo] = mondo_su(banca.genere)
    return risultato
