"""Starting the two servers, each a process of ours with its workers, and stopping exactly those."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .carico import INDIRIZZO

RADICE = Path(__file__).resolve().parents[2]
PAZIENZA = 60.0
SCATTI_AL_SECONDO = os.sysconf("SC_CLK_TCK")


class NonParte(RuntimeError):
    """A server did not answer; the message carries its last words."""


@dataclass
class Acceso:
    """A running server. ``secondi``: from its start to its first right answer."""

    processo: subprocess.Popen[bytes]
    porta: int
    secondi: float
    registro: Path

    def lavoratori(self) -> list[int]:
        """Pids of the processes that answer (multiprocessing's own tracker is not one)."""
        return [p for p in _figli(self.processo.pid) if b"resource_tracker" not in Path(f"/proc/{p}/cmdline").read_bytes()]

    def memoria(self, voce: str = "VmRSS") -> float:
        """Memory of the largest worker, in MB: resident, or another of the kernel's figures.

        ``RssAnon`` leaves out the pages of files, which with a mapped database grow with the data and are lent
        by the kernel.
        """
        return max((_memoria(p, voce) for p in self.lavoratori()), default=0.0)

    def cpu(self) -> float:
        """CPU time of the workers since they started, in milliseconds."""
        return sum(_cpu(p) for p in self.lavoratori())

    def spegni(self) -> float:
        """Ask to stop, wait, insist; seconds it took. Only the group of processes started here is touched."""
        inizio = time.monotonic()
        self.processo.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.processo.wait(15)
        durata = time.monotonic() - inizio
        with suppress(ProcessLookupError):
            os.killpg(self.processo.pid, signal.SIGKILL)
        self.processo.wait()
        return durata


def porta_libera() -> int:
    with socket.socket() as presa:
        presa.bind((INDIRIZZO, 0))
        return int(presa.getsockname()[1])


def accendi(comando: Sequence[str], ambiente: Mapping[str, str], *, porta: int, prova: str, registro: Path) -> Acceso:
    """Start ``python -m <comando>`` and wait until ``prova`` answers 200. Raises ``NonParte``.

    The port must be free: this server would share a taken one without a word, and the other would be measured.
    """
    if stato(porta, prova) is not None:
        raise NonParte(f"la porta {porta} è occupata")
    inizio = time.perf_counter()
    with registro.open("ab") as uscita:
        processo = subprocess.Popen(
            [sys.executable, "-m", *comando],
            cwd=RADICE,
            env={**os.environ, **ambiente, "PYTHONPATH": str(RADICE)},
            stdin=subprocess.DEVNULL,
            stdout=uscita,
            stderr=uscita,
            start_new_session=True,
        )
    acceso = Acceso(processo, porta, 0.0, registro)
    while stato(porta, prova) != 200:
        if processo.poll() is not None or time.perf_counter() - inizio > PAZIENZA:
            acceso.spegni()
            raise NonParte(f"{' '.join(comando)}: {registro.read_text(errors='replace')[-2000:]}")
        time.sleep(0.01)
    acceso.secondi = time.perf_counter() - inizio
    return acceso


def chiedi(porta: int, percorso: str, testate: Mapping[str, str] | None = None) -> tuple[int, dict[str, str], bytes] | None:
    """One GET: status, headers (lower case), body; None when nobody answers."""
    connessione = http.client.HTTPConnection(INDIRIZZO, porta, timeout=30)
    try:
        connessione.request("GET", percorso, headers=dict(testate or {}))
        risposta = connessione.getresponse()
        return risposta.status, {n.lower(): v for n, v in risposta.getheaders()}, risposta.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connessione.close()


def stato(porta: int, percorso: str) -> int | None:
    risposta = chiedi(porta, percorso)
    return risposta[0] if risposta else None


def _figli(pid: int) -> list[int]:
    with suppress(OSError):
        elenchi = [(filo / "children").read_text() for filo in Path(f"/proc/{pid}/task").iterdir()]
        return [int(figlio) for elenco in elenchi for figlio in elenco.split()]
    return []


def _cpu(pid: int) -> float:
    with suppress(OSError):
        campi = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(campi[11]) + int(campi[12])) * 1000 / SCATTI_AL_SECONDO
    return 0.0


def _memoria(pid: int, voce: str) -> float:
    with suppress(OSError):
        for riga in Path(f"/proc/{pid}/status").read_text().splitlines():
            if riga.startswith(f"{voce}:"):
                return int(riga.split()[1]) * 1024 / 1e6
    return 0.0
