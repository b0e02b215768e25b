"""Load: so many connections, each with one request in flight, for some seconds or for a list of jobs.

Pages come from ``wrk`` when it is on the machine, else from threads of this process (slower: below a thousand
requests a second only). Submissions always come from threads, because each is different and done once.
"""

from __future__ import annotations

import http.client
import itertools
import json
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

INDIRIZZO = "127.0.0.1"
ATTESA = 30
LUA = """
local percorsi = {%s}
local i = %d
request = function()
  i = i %% #percorsi + 1
  return wrk.format("GET", percorsi[i])
end
done = function(s, l, r)
  local e = s.errors
  print(string.format('ESITO {"n":%%d,"us":%%d,"p50":%%f,"p95":%%f,"byte":%%d,"errori":%%d}', s.requests, s.duration,
    l:percentile(50), l:percentile(95), s.bytes, e.status + e.connect + e.read + e.write + e.timeout))
end
"""


@dataclass(frozen=True)
class Giro:
    """One measure of one side. Times in milliseconds, ``kb`` mean size of an answer with its headers, in kB.

    ``cpu`` is what the workers spent for each, in milliseconds: on a busy machine it is the steadier number.
    """

    al_secondo: float
    p50: float
    p95: float
    kb: float
    quante: int
    errori: int
    esempi: tuple[str, ...] = ()
    cpu: float = 0.0


@dataclass(frozen=True)
class Richiesta:
    """One request; ``attesa`` says whether its answer (status, Location) is the right one."""

    metodo: str
    percorso: str
    attesa: Callable[[int, str], bool]
    testate: Mapping[str, str] = field(default_factory=dict)
    corpo: bytes = b""


Lavoro = Sequence[Richiesta]
"""Requests that one person makes one after the other."""


@dataclass(frozen=True)
class Pagine:
    """Pages to ask for, one after the other and round again, with some headers."""

    porta: int
    percorsi: Sequence[str]
    connessioni: int
    testate: Mapping[str, str] = field(default_factory=dict)


def leggi(pagine: Pagine, *, da: int, secondi: int) -> Giro:
    """Ask for the pages, starting from number ``da``, for ``secondi`` seconds."""
    return (_con_wrk if shutil.which("wrk") else _con_thread)(pagine, da, secondi)


def _con_wrk(pagine: Pagine, da: int, secondi: int) -> Giro:
    testate = [f"-H{nome}: {valore}" for nome, valore in pagine.testate.items()]
    with tempfile.TemporaryDirectory() as dove:
        copione = Path(dove, "copione.lua")
        percorsi = ",".join(json.dumps(p) for p in pagine.percorsi)
        copione.write_text(LUA % (percorsi, da % len(pagine.percorsi)), encoding="utf-8")
        comando = ["wrk", "-t1", f"-c{pagine.connessioni}", f"-d{secondi}s", f"--timeout={ATTESA}s", f"-s{copione}"]
        comando += [*testate, f"http://{INDIRIZZO}:{pagine.porta}"]
        uscita = subprocess.run(comando, capture_output=True, text=True, timeout=secondi + 2 * ATTESA, check=False)
    riga = next((r for r in uscita.stdout.splitlines() if r.startswith("ESITO ")), None)
    if riga is None:
        raise RuntimeError(f"wrk non ha dato un esito: {uscita.stdout} {uscita.stderr}")
    e = json.loads(riga.removeprefix("ESITO "))
    kb = e["byte"] / max(1, e["n"]) / 1000
    return Giro(e["n"] / (e["us"] / 1e6), e["p50"] / 1000, e["p95"] / 1000, kb, e["n"], e["errori"])


def _con_thread(pagine: Pagine, da: int, secondi: int) -> Giro:
    fine = time.perf_counter() + secondi
    turno = itertools.count(da)

    def lavori() -> Iterator[Lavoro]:
        while time.perf_counter() < fine:
            percorso = pagine.percorsi[next(turno) % len(pagine.percorsi)]
            yield [Richiesta("GET", percorso, lambda stato, _dove: stato < 400, pagine.testate)]

    return invii(pagine.porta, lavori(), clienti=pagine.connessioni)


def invii(porta: int, lavori: Iterator[Lavoro], *, clienti: int) -> Giro:
    """Do every job, ``clienti`` at a time. Rate and times are of whole jobs, ``kb`` of single answers."""
    registro = _Registro(lavori)
    inizio = time.perf_counter()
    fili = [threading.Thread(target=registro.lavora, args=(porta,)) for _ in range(clienti)]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join()
    durata = time.perf_counter() - inizio
    return registro.giro(durata)


class _Registro:
    """Jobs handed out to threads, and what came of them."""

    def __init__(self, lavori: Iterator[Lavoro]) -> None:
        self._lavori = lavori
        self._turno = threading.Lock()
        self.tempi: list[float] = []
        self.risposte = 0
        self.byte = 0
        self.errori: list[str] = []

    def lavora(self, porta: int) -> None:
        connessione = http.client.HTTPConnection(INDIRIZZO, porta, timeout=ATTESA)
        while lavoro := self._prossimo():
            inizio = time.perf_counter()
            for richiesta in lavoro:
                self._fai(connessione, richiesta)
            with self._turno:
                self.tempi.append((time.perf_counter() - inizio) * 1000)
        connessione.close()

    def _prossimo(self) -> Lavoro | None:
        with self._turno:
            return next(self._lavori, None)

    def _fai(self, connessione: http.client.HTTPConnection, r: Richiesta) -> None:
        try:
            connessione.request(r.metodo, r.percorso, r.corpo or None, dict(r.testate))
            risposta = connessione.getresponse()
            corpo = risposta.read()
            bene = r.attesa(risposta.status, risposta.headers.get("Location", ""))
            difetto = "" if bene else f"{r.metodo} {r.percorso}: {risposta.status} {risposta.headers.get('Location', '')}"
        except (OSError, http.client.HTTPException) as errore:
            connessione.close()
            corpo, difetto = b"", f"{r.metodo} {r.percorso}: {errore!r}"
        with self._turno:
            self.risposte += 1
            self.byte += len(corpo)
            if difetto:
                self.errori.append(difetto)

    def giro(self, durata: float) -> Giro:
        ordinati = sorted(self.tempi) or [0.0]

        def quantile(parte: float) -> float:
            return ordinati[min(len(ordinati) - 1, int(len(ordinati) * parte))]

        quanti, kb, errori = len(self.tempi), self.byte / max(1, self.risposte) / 1000, self.errori
        return Giro(quanti / durata, quantile(0.5), quantile(0.95), kb, quanti, len(errori), tuple(errori[:3]))
