"""Alembic's environment: the models of every area, one engine, batch mode so that SQLite can alter tables."""

from alembic import context
from sqlalchemy import create_engine, pool

from portal import aree  # noqa: F401  every table
from portal.db import Base, Istante
from portal.money import Euro
from portal.search import ignora_in_autogenerate


def _includi(oggetto, nome, tipo, riflesso, confronto):
    voluta = context.config.attributes.get("includi")
    if voluta is not None and not voluta(oggetto, nome, tipo, riflesso, confronto):
        return False
    return not ignora_in_autogenerate(nome or "", tipo)


def _tipo(genere, oggetto, _contesto):
    """Our column types as the plain ones they are in the database: a migration does not change with the code."""
    if genere == "type" and isinstance(oggetto, Istante):
        return "sa.DateTime(timezone=True)"
    if genere == "type" and isinstance(oggetto, Euro):
        return "sa.BigInteger()"
    return False


def esegui() -> None:
    url = context.config.attributes.get("url") or context.config.get_main_option("sqlalchemy.url")
    motore = create_engine(url, poolclass=pool.NullPool)
    with motore.connect() as connessione:
        context.configure(
            connection=connessione,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            include_object=_includi,
            render_item=_tipo,
        )
        with context.begin_transaction():
            context.run_migrations()


esegui()
