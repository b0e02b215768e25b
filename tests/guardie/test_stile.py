"""One way of writing for the whole code: the linter finds nothing, and the formatter has nothing to move."""

from __future__ import annotations

import subprocess
import sys

import pytest

from .sorgenti import RADICE

COSA = ("portal", "tests", "portale.py")


@pytest.mark.parametrize("comando", [("check", "--no-cache"), ("format", "--check", "--no-cache")], ids=["regole", "forma"])
def test_ruff_non_trova_niente(comando: tuple[str, ...]) -> None:
    esito = subprocess.run(
        [sys.executable, "-m", "ruff", *comando, *COSA], cwd=RADICE, capture_output=True, text=True, check=False
    )
    assert esito.returncode == 0, esito.stdout[-3000:] + esito.stderr[-500:]
