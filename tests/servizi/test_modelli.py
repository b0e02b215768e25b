"""The databases to copy from: who needs them waits, and learns what went wrong."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from tests.servizi import modelli


def test_chi_ne_ha_bisogno_aspetta_che_ci_siano(tmp_path, monkeypatch):
    def crea(url):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as base:
            base.execute("CREATE TABLE ambito (id INTEGER)")

    monkeypatch.setattr(modelli.schema, "aggiorna", crea)
    aspetta = modelli.in_sottofondo(tmp_path, None)
    modelli.attendi(tmp_path)
    with sqlite3.connect(tmp_path / f"{modelli.MODELLO}.db") as base:
        assert base.execute("SELECT count(*) FROM sqlite_master WHERE name = 'ambito'").fetchone() == (1,)
    aspetta()


def test_chi_aspetta_sa_che_cosa_non_e_andato(tmp_path, monkeypatch):
    def rotto(_url):
        raise OSError("disco pieno")

    monkeypatch.setattr(modelli.schema, "aggiorna", rotto)
    monkeypatch.setattr(threading, "excepthook", lambda _args: None)
    modelli.in_sottofondo(tmp_path, None)()
    with pytest.raises(RuntimeError, match="disco pieno"):
        modelli.attendi(tmp_path)


def test_non_si_aspetta_per_sempre(tmp_path):
    with pytest.raises(RuntimeError, match="non sono pronte"):
        modelli.attendi(tmp_path, pazienza=0)
