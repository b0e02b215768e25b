"""The portal's sources read with ``ast``: who imports whom, what is called, which texts are written."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

RADICE = Path(__file__).resolve().parents[2]
PORTAL = RADICE / "portal"
TEMPLATES = RADICE / "templates"

AREE = (
    "audit", "utenti", "ambiti", "enti", "piano", "organi", "sedute", "verbale", "rete", "tavoli", "avvisi", "proposte",
    "valutazione", "progetti", "guida", "trasparenza", "filo", "home", "demo",
)  # fmt: skip
"""The areas, the floor first: each may import those before it."""

LOCALI = {".git", ".venv", "var", "build", "dist", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", "htmlcov"}


@dataclass(frozen=True)
class Importo:
    """One name imported: ``nome`` is absolute, with the imported name at its end (``portal.enti.models.Ente``)."""

    nome: str
    riga: int

    @property
    def parti(self) -> tuple[str, ...]:
        return tuple(self.nome.split("."))

    @property
    def area(self) -> str | None:
        return self.parti[1] if self.parti[0] == "portal" and len(self.parti) > 1 and self.parti[1] in AREE else None

    @property
    def strato(self) -> str | None:
        """The layer the name comes from; the package of an area (``from .. import audit``) has none."""
        return self.parti[2] if self.area is not None and len(self.parti) > 2 else None


@dataclass(frozen=True)
class Modulo:
    """A Python file of the portal. ``nome`` is dotted, without ``__init__``."""

    percorso: Path
    nome: str
    albero: ast.Module

    @property
    def relativo(self) -> str:
        return self.percorso.relative_to(RADICE).as_posix()

    @property
    def area(self) -> str | None:
        parti = self.nome.split(".")
        return parti[1] if len(parti) > 1 and parti[1] in AREE else None

    @property
    def strato(self) -> str | None:
        """``models``, ``queries``…, whatever the depth; None for the package of an area and for plumbing."""
        parti = self.nome.split(".")
        return parti[2] if self.area is not None and len(parti) > 2 else None

    @property
    def importi(self) -> tuple[Importo, ...]:
        return _importi(self)

    def __hash__(self) -> int:
        return hash(self.nome)


@cache
def moduli() -> tuple[Modulo, ...]:
    return tuple(modulo(p) for p in sorted(PORTAL.rglob("*.py")))


def nessuno(trovati: Iterable[object]) -> None:
    """Fail with the whole list, one finding per line."""
    righe = [str(t) for t in trovati]
    assert righe == [], "\n" + "\n".join(righe)


def modulo(percorso: Path) -> Modulo:
    parti = percorso.relative_to(RADICE).with_suffix("").parts
    if parti[-1] == "__init__":
        parti = parti[:-1]
    return Modulo(percorso, ".".join(parti), ast.parse(percorso.read_text(encoding="utf-8")))


@cache
def pubblicati() -> tuple[Path, ...]:
    """The files of the repository: those that git knows or would add; without git, those of a download."""
    comando = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    try:
        elenco = subprocess.run(comando, cwd=RADICE, capture_output=True, check=True, text=True).stdout.split("\0")
        percorsi = [RADICE / nome for nome in elenco if nome]
    except (OSError, subprocess.CalledProcessError):
        percorsi = [p for p in RADICE.rglob("*") if not _locale(p.relative_to(RADICE))]
    return tuple(sorted(p for p in percorsi if p.is_file() and "__pycache__" not in p.parts))


def _locale(percorso: Path) -> bool:
    """Made on this machine: environments, data, products of builds (the names of ``.gitignore``)."""
    return any(parte in LOCALI or parte.endswith(".egg-info") for parte in percorso.parts)


def delle_aree() -> tuple[Modulo, ...]:
    return tuple(m for m in moduli() if m.area is not None)


def dell_impianto() -> tuple[Modulo, ...]:
    """The plumbing: everything that belongs to no area."""
    return tuple(m for m in moduli() if m.area is None)


@cache
def _importi(m: Modulo) -> tuple[Importo, ...]:
    return tuple(i for nodo in nodi(m.albero) for i in _del_nodo(m, nodo))


def _del_nodo(m: Modulo, nodo: ast.AST) -> Iterator[Importo]:
    if isinstance(nodo, ast.Import):
        yield from (Importo(a.name, nodo.lineno) for a in nodo.names)
    elif isinstance(nodo, ast.ImportFrom):
        base = [*_base(m, nodo.level), *([nodo.module] if nodo.module else [])]
        yield from (Importo(".".join([*base, a.name]), nodo.lineno) for a in nodo.names)


def _base(m: Modulo, livello: int) -> list[str]:
    """The package that the dots of a relative import stand for."""
    if not livello:
        return []
    parti = m.nome.split(".")
    pacchetto = m.percorso.name == "__init__.py"
    su = livello - 1 if pacchetto else livello
    return parti[: len(parti) - su]


@cache
def nodi(albero: ast.AST) -> tuple[ast.AST, ...]:
    """Every node of a tree, walked once for all who ask."""
    return tuple(ast.walk(albero))


def chiamate(albero: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call with its dotted name as written (``date.today``, ``sessione.commit``, ``select``)."""
    for nodo in nodi(albero):
        if isinstance(nodo, ast.Call):
            yield puntato(nodo.func), nodo


def puntato(nodo: ast.AST) -> str:
    """``a.b.c`` of a chain of names; what is not a name (a call, an index) becomes ``?``."""
    if isinstance(nodo, ast.Name):
        return nodo.id
    if isinstance(nodo, ast.Attribute):
        return f"{puntato(nodo.value)}.{nodo.attr}"
    return "?"


def stringhe(albero: ast.AST) -> Iterator[tuple[str, int]]:
    """Every string constant, docstrings apart, with its line."""
    documentazione = {
        id(nodo.body[0].value)
        for nodo in nodi(albero)
        if isinstance(nodo, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and nodo.body
        and isinstance(nodo.body[0], ast.Expr)
    }
    for nodo in nodi(albero):
        if isinstance(nodo, ast.Constant) and isinstance(nodo.value, str) and id(nodo) not in documentazione:
            yield nodo.value, nodo.lineno


def funzioni(albero: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for nodo in nodi(albero):
        if isinstance(nodo, ast.FunctionDef | ast.AsyncFunctionDef):
            yield nodo
