"""Migrations and models say the same thing; the folders of the installation are where they are expected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool

from portal import percorsi, schema
from portal.db import Base


def test_aggiornare_due_volte_non_cambia_niente(banca: Any) -> None:
    url = banca.nuova()
    schema.aggiorna(url)
    assert schema.differenze(url) == []


def test_una_colonna_in_piu_si_vede(motore_vuoto: Any) -> None:
    with motore_vuoto.begin() as connessione:
        connessione.execute(text("ALTER TABLE comune ADD COLUMN intrusa INTEGER"))
    url = motore_vuoto.url.render_as_string(hide_password=False)
    [differenza] = schema.differenze(url)
    assert differenza[0] == "remove_column"
    assert differenza[3].name == "intrusa"


def test_si_parte_da_una_cartella_che_non_c_e(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/nuova/sotto/portale.db"
    schema.aggiorna(url)
    motore = create_engine(url, poolclass=NullPool)
    assert set(inspect(motore).get_table_names()) >= {t for t in Base.metadata.tables if not t.startswith("ricerca_")}


@pytest.mark.parametrize("nome", ["templates", "static", "translations", "migrations"])
def test_le_cartelle_dell_installazione(nome: str) -> None:
    assert percorsi.cartella(nome).is_dir()


def test_una_cartella_che_manca_si_nomina() -> None:
    with pytest.raises(FileNotFoundError, match="manca la cartella «inesistente»"):
        percorsi.cartella("inesistente")


def test_bootstrap_italia_si_trova_senza_importarlo() -> None:
    import sys

    radice = percorsi.bootstrap_italia()
    assert radice is not None
    assert (radice / "svg" / "sprites.svg").is_file()
    assert "bootstrap_italia_template" not in sys.modules
