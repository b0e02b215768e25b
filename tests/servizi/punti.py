"""Savepoints sent as they are: a fifth of what the tests send, and SQLAlchemy compiles each one anew."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine


def alla_lettera(motore: Engine) -> Engine:
    """The same engine; names of savepoints come from SQLAlchemy, which gives them no character to quote."""

    def invia(comando: str) -> Any:
        return lambda connessione, nome: connessione.exec_driver_sql(f"{comando} {nome}")

    dialetto: Any = motore.dialect
    dialetto.do_savepoint = invia("SAVEPOINT")
    dialetto.do_release_savepoint = invia("RELEASE SAVEPOINT")
    dialetto.do_rollback_to_savepoint = invia("ROLLBACK TO SAVEPOINT")
    return motore
