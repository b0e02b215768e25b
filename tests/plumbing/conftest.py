"""Fixtures of the plumbing's own tests: an empty page to talk in, and an application with views made for the test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from portal import create_app, db
from portal.access import REGOLE
from portal.web import Area
from tests.conftest import Banca, configurazione
from tests.pagina import Cliente


@dataclass
class Bottega:
    """An application as in production (errors become pages), where the test adds its own views under ``/prova``."""

    app: Flask
    area: Area

    def apri(self) -> Cliente:
        """Put the views in place and open a browser on them."""
        self._monta()
        return Cliente(self.app)

    def apri_senza_csrf(self) -> FlaskClient:
        """As ``apri``, for what is not about forms: nothing is checked, no token is asked for."""
        self.app.config["WTF_CSRF_ENABLED"] = False
        self._monta()
        return self.app.test_client()

    def _monta(self) -> None:
        if self.area.name not in self.app.blueprints:
            self.app.register_blueprint(self.area)
        db.sessione.remove()
        db.sessione.configure(bind=self.app.extensions["motore"])


@contextmanager
def apri_bottega(url: str, dati: Path, compilati: FileSystemBytecodeCache, **config: Any) -> Iterator[Bottega]:
    app = create_app(configurazione(url, dati, **{"ambiente": "demo", **config}))
    app.jinja_env.bytecode_cache = compilati
    try:
        yield Bottega(app, Area("prova", __name__, dell_ambito=False, prefisso="/prova"))
    finally:
        db.sessione.remove()
        app.extensions["motore"].dispose()


@pytest.fixture
def bottega(banca: Any, tmp_path: Path, compilati: FileSystemBytecodeCache) -> Iterator[Bottega]:
    """A ``Bottega`` on a database of its own, with real commits."""
    with apri_bottega(banca.nuova(), tmp_path, compilati) as aperta:
        yield aperta


@pytest.fixture(scope="module")
def bottega_comune(
    banca: Any, tmp_path_factory: pytest.TempPathFactory, compilati: FileSystemBytecodeCache
) -> Iterator[Bottega]:
    """One ``Bottega`` for all the tests of a module that put the same views in it."""
    with apri_bottega(banca.nuova(), tmp_path_factory.mktemp("bottega"), compilati) as aperta:
        yield aperta


@pytest.fixture(scope="module")
def vetrina(tmp_path_factory: pytest.TempPathFactory, compilati: FileSystemBytecodeCache) -> Iterator[Bottega]:
    """The same on one database: for what has nothing to do with it."""
    url = Banca("sqlite", Path(os.environ["PORTALE_PROVE"])).nuova()
    with apri_bottega(url, tmp_path_factory.mktemp("vetrina"), compilati) as aperta:
        yield aperta


@pytest.fixture
def senza_resti() -> Iterator[None]:
    """Rules declared under ``prova.`` do not stay. The registry itself is never swapped: an area loaded meanwhile
    declares its own rules only once, and they must outlive the test."""
    yield
    for permesso in [p for p in REGOLE if p.startswith("prova.")]:
        del REGOLE[permesso]
