"""Serves the bare limit with the portal's own server function: whatever its options become, they are the same here.

python -m tests.bench.limite_avvio PORTA PROCESSI
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

PORTAL = Path(__file__).resolve().parents[2] / "portal"


def servi(porta: int, processi: int) -> None:
    import granian

    class AltroBersaglio(granian.Granian):  # type: ignore[misc,valid-type]
        """The server, told to serve something else."""

        def __init__(self, _bersaglio: str, **opzioni: Any) -> None:
            super().__init__("tests.bench.limite:app", **opzioni)

    granian.Granian = AltroBersaglio  # type: ignore[assignment]
    # an empty package in the place of the portal's: importing that one would weigh on the limit's start
    sys.modules["portal"] = vuoto = ModuleType("portal")
    vuoto.__path__ = [str(PORTAL)]
    from portal.server import servi as del_portale

    del_portale("127.0.0.1", porta, processi)


if __name__ == "__main__":
    servi(int(sys.argv[1]), int(sys.argv[2]))
