"""Migrations, through Alembic's own commands: same steps on SQLite and PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as ConfigAlembic
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from .percorsi import cartella


def configurazione(url: str) -> ConfigAlembic:
    config = ConfigAlembic()
    config.set_main_option("script_location", str(cartella("migrations")))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["url"] = url.replace("postgresql://", "postgresql+psycopg://", 1)
    return config


def aggiorna(url: str) -> None:
    """Upgrade to the latest version (from nothing, too)."""
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(configurazione(url), "head")


def differenze(url: str) -> list[Any]:
    """What the models have and the database has not, or the other way round; empty when they agree."""
    from . import aree  # noqa: F401  every table
    from .db import Base
    from .search import ignora_in_autogenerate

    motore = create_engine(configurazione(url).attributes["url"], poolclass=NullPool)
    with motore.connect() as connessione:
        contesto = MigrationContext.configure(
            connessione,
            opts={
                "compare_type": True,
                "include_object": lambda _o, nome, tipo, _r, _c: not ignora_in_autogenerate(nome or "", tipo),
            },
        )
        return list(compare_metadata(contesto, Base.metadata))
