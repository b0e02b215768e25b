"""A service that is missing must never look like a test that passed.

A developer may have no browser or no PostgreSQL: the tests that use them are skipped, and a block at the end
says so. In CI, or when PORTALE_REQUIRE names the service («browser,postgres»), they fail.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from typing import NoReturn

import pytest

MARCHIO = "servizio mancante:"


def necessario(cosa: str, ambiente: Mapping[str, str] = os.environ) -> bool:
    """True when the tests must fail without the service ``cosa``."""
    richiesti = {nome.strip() for nome in ambiente.get("PORTALE_REQUIRE", "").split(",")}
    return ambiente.get("CI") == "true" or cosa in richiesti


def manca(cosa: str, perche: str) -> NoReturn:
    """Skip the test that is running or, when the service is required, make it fail."""
    testo = f"{MARCHIO} {cosa} ({perche})"
    if necessario(cosa):
        pytest.fail(testo, pytrace=False)
    pytest.skip(testo)


def servizi_mancanti(motivi: list[str]) -> dict[str, int]:
    """For each missing service, with the reason, how many tests were skipped."""
    nostri = [motivo.partition(MARCHIO)[2].strip() for motivo in motivi if MARCHIO in motivo]
    return dict(Counter(nostri).most_common())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The block at the end of the session; works by having this name in a ``conftest.py``."""
    saltate = terminalreporter.stats.get("skipped", [])
    motivi = [salto.longrepr[2] if isinstance(salto.longrepr, tuple) else str(salto.longrepr) for salto in saltate]
    mancanti = servizi_mancanti(motivi)
    if not mancanti:
        return
    terminalreporter.write_sep("!", "PROVE NON ESEGUITE", red=True, bold=True)
    for servizio, quante in mancanti.items():
        terminalreporter.write_line(f"{quante} saltate per {servizio}", red=True)
    terminalreporter.write_line("Il verde di questa sessione non le comprende: «python3 portale.py test».")
