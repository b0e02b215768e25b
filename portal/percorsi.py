"""Where the templates, static files, translations and migrations are: beside the package in a checkout,
inside it in an installed wheel."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

PACCHETTO = Path(__file__).resolve().parent


@cache
def cartella(nome: str) -> Path:
    """Folder ``nome`` (templates, static, translations, migrations) of this installation."""
    for candidata in (PACCHETTO.parent / nome, PACCHETTO / nome):
        if candidata.is_dir():
            return candidata
    raise FileNotFoundError(f"manca la cartella «{nome}» dell’installazione")


@cache
def bootstrap_italia() -> Path | None:
    """The static folder of the Bootstrap Italia wheel (an asset carrier: found, never imported)."""
    spec = importlib.util.find_spec("bootstrap_italia_template")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations))) / "static"
