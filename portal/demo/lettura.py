"""Reading the content files of the demonstration."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

DATI = Path(__file__).resolve().parent / "dati"


def leggi(cartella: str, nome: str) -> dict[str, Any]:
    return tomllib.loads((DATI / cartella / f"{nome}.toml").read_text(encoding="utf-8"))


def completo(valore: Any) -> str:
    """A text, or empty where the office still has to fill it in («da completare»)."""
    testo = str(valore or "").strip()
    return "" if testo == "da completare" else testo
