"""From a database constraint to the field of a form, in one place for both databases.

An area declares ``VINCOLI = {"uq_ente_codice_fiscale": ("codice_fiscale", _l("…"))}`` and flushes inside
``spiega(VINCOLI)``: the race that a check made before could not see still ends in a sentence on the field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.exc import IntegrityError

from .db import Base, sessione
from .errors import ErroreDominio

Vincoli = Mapping[str, tuple[str | None, Any]]


def nome_vincolo(errore: IntegrityError) -> str | None:
    """The name of the constraint that was violated, as declared in the models."""
    diagnosi = getattr(errore.orig, "diag", None)
    if diagnosi is not None:
        return diagnosi.constraint_name
    testo = str(errore.orig)
    if trovato := re.search(r"CHECK constraint failed: (\w+)", testo):
        return trovato.group(1)
    if trovato := re.search(r"UNIQUE constraint failed: (.+)$", testo):
        return _unico(tuple(c.strip() for c in trovato.group(1).split(",")))
    return None


def _unico(colonne: tuple[str, ...]) -> str | None:
    tabella = Base.metadata.tables.get(colonne[0].partition(".")[0])
    nomi = {c.partition(".")[2] for c in colonne}
    if tabella is None:
        return None
    for vincolo in tabella.constraints:
        if isinstance(vincolo, UniqueConstraint | PrimaryKeyConstraint) and {c.name for c in vincolo.columns} == nomi:
            return str(vincolo.name)
    return None


@contextmanager
def spiega(vincoli: Vincoli) -> Iterator[None]:
    """Flush inside: a constraint of the map becomes ``ErroreDominio`` on its field, any other one is raised.

    Inside a savepoint, so that the transaction still answers the reads of the page that shows the error.
    """
    try:
        with sessione.begin_nested():
            yield
            sessione.flush()  # surfaces the constraint here, where it can be explained
    except IntegrityError as errore:
        campo_e_testo = vincoli.get(nome_vincolo(errore) or "")
        if campo_e_testo is None:
            raise
        raise ErroreDominio(campo_e_testo[1], campo_e_testo[0]) from errore
