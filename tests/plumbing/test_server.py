"""The real server killed and stopped in the middle of its work: what it answered is there, and nothing is there by half."""

from __future__ import annotations

import http.client
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from portal import create_app, db
from portal.audit.queries import rotture
from portal.db import sessione
from portal.transaction import unita
from tests import fabbrica
from tests.conftest import Banca, configurazione
from tests.servizi.smtp import porta_libera

RADICE = Path(__file__).resolve().parents[2]
PERSONE = 400


@dataclass
class Server:
    """``portal serve`` in a process group of its own."""

    processo: subprocess.Popen[bytes]
    porta: int
    risposte: dict[str, int | None] = field(default_factory=dict)
    """E-mail sent -> status of the answer, None when the connection broke."""

    def chiedi(self, metodo: str, percorso: str, corpo: str | None = None, **testate: str) -> tuple[int, str, str]:
        """Status, body, first cookie."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.porta, timeout=60)) as connessione:
            connessione.request(metodo, percorso, corpo, testate)
            risposta = connessione.getresponse()
            testo = risposta.read().decode()
            return risposta.status, testo, (risposta.getheader("Set-Cookie") or "").partition(";")[0]

    def modulo(self, percorso: str) -> tuple[str, str]:
        """CSRF token and cookie of a page with a form."""
        _stato, testo, biscotto = self.chiedi("GET", percorso)
        trovato = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', testo)
        assert trovato
        return trovato.group(1), biscotto

    def invia(self, percorso: str, modulo: tuple[str, str], email: str, **campi: str) -> None:
        gettone, biscotto = modulo
        corpo = urlencode({"csrf_token": gettone, "email": email, **campi})
        self.risposte[email] = None
        try:
            stato, _testo, _biscotto = self.chiedi(
                "POST", percorso, corpo, **{"Content-Type": "application/x-www-form-urlencoded", "Cookie": biscotto}
            )
        except (OSError, http.client.HTTPException):
            return
        self.risposte[email] = stato

    def risposte_date(self) -> list[str]:
        return [email for email, stato in list(self.risposte.items()) if stato == 200]

    def uccidi(self) -> None:
        """kill -9 to the server and to all its processes, at once."""
        os.killpg(self.processo.pid, signal.SIGKILL)
        self.processo.wait()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A scratch SQLite with some hundred people, and the folder of the data."""
    dati = tmp_path_factory.mktemp("server")
    url = Banca("sqlite", Path(os.environ["PORTALE_PROVE"])).nuova()
    app = create_app(configurazione(url, dati))
    with app.app_context(), unita():
        for n in range(PERSONE):
            fabbrica.utente(email=f"p{n}@prova.example")
    sessione.remove()
    yield url, dati
    app.extensions["motore"].dispose()


@contextmanager
def acceso(url: str, dati: Path, processi: int = 2) -> Iterator[Server]:
    porta = porta_libera()
    ambiente = {
        "PATH": os.environ["PATH"],
        "PORTALE_AMBIENTE": "sviluppo",
        "DATABASE_URL": url,
        "PORTALE_DATI": str(dati),
        "PORTALE_INDIRIZZO": f"http://127.0.0.1:{porta}",
    }
    comando = [sys.executable, "-m", "portal", "serve", "--porta", str(porta), "--processi", str(processi)]
    with (
        open(dati / "server.log", "ab") as registro,
        subprocess.Popen(
            comando, cwd=RADICE, env=ambiente, stdout=registro, stderr=registro, start_new_session=True
        ) as processo,
    ):
        server = Server(processo, porta)
        try:
            attendi(lambda: risponde(server), 60)
            yield server
        finally:
            if processo.poll() is None:
                server.uccidi()


def risponde(server: Server) -> bool:
    try:
        return server.chiedi("GET", "/salute")[0] == 200
    except (OSError, http.client.HTTPException):
        return False


def attendi(condizione: Callable[[], Any], secondi: float = 30) -> None:
    scadenza = time.monotonic() + secondi
    while not condizione():
        assert time.monotonic() < scadenza
        time.sleep(0.02)


def leggi(url: str, query: str) -> list[Any]:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connessione:
        return connessione.execute(query).fetchall()


def registro_rotto(url: str, dati: Path) -> list[Any]:
    app = create_app(configurazione(url, dati))
    with app.app_context():
        trovate = rotture()
    db.sessione.remove()
    app.extensions["motore"].dispose()
    return trovate


def spara(server: Server, percorso: str, email: list[str], **campi: str) -> list[threading.Thread]:
    """Send one form for each address, in four threads."""
    modulo = server.modulo(percorso)

    def invia(mie: list[str]) -> None:
        for indirizzo in mie:
            if server.processo.poll() is not None:
                return
            server.invia(percorso, modulo, indirizzo, **campi)

    fili = [threading.Thread(target=invia, args=(email[n::4],)) for n in range(4)]
    for filo in fili:
        filo.start()
    return fili


def test_ucciso_nel_mezzo_non_lascia_niente_a_meta(base: tuple[str, Path]) -> None:
    url, dati = base
    email = [f"p{n}@prova.example" for n in range(PERSONE)]
    with acceso(url, dati) as server:
        fili = spara(server, "/password/recupera", email)
        attendi(lambda: len(server.risposte_date()) >= 20)
        server.uccidi()
        for filo in fili:
            filo.join()
    risposte, inviate = set(server.risposte_date()), set(server.risposte)
    assert len(inviate) < PERSONE, "ucciso dopo la fine: la prova non dice niente"

    def controlla() -> set[str]:
        assert leggi(url, "PRAGMA integrity_check") == [("ok",)]
        assert leggi(url, "PRAGMA foreign_key_check") == []
        salvate = [d for (d,) in leggi(url, "SELECT destinatario FROM messaggio")]
        assert len(salvate) == len(set(salvate))
        chieste = leggi(url, "SELECT u.email FROM recupero_password r JOIN utente u ON u.id = r.utente_id")
        scritte = leggi(url, "SELECT u.email FROM evento e JOIN utente u ON u.id = e.oggetto_id ORDER BY e.numero")
        assert {d for (d,) in chieste} == {d for (d,) in scritte} == set(salvate)
        assert [n for (n,) in leggi(url, "SELECT numero FROM evento ORDER BY numero")] == list(range(1, len(salvate) + 1))
        interi = "length(testo) > 200 AND testo LIKE '%/password/%' AND oggetto <> '' AND tentativi = 0"
        assert leggi(url, f"SELECT count(*) FROM messaggio WHERE {interi}") == [(len(salvate),)]
        assert registro_rotto(url, dati) == []
        return set(salvate)

    salvate = controlla()
    assert risposte <= salvate <= inviate, "ciò che ha avuto risposta è salvo, ciò che non è stato chiesto non c’è"
    with acceso(url, dati, processi=1) as server:
        mancante = next(e for e in email if e not in salvate)
        server.invia("/password/recupera", server.modulo("/password/recupera"), mancante)
        assert server.risposte == {mancante: 200}
        assert controlla() == {*salvate, mancante}


def test_al_segnale_finisce_le_richieste_accettate_e_si_ferma(base: tuple[str, Path]) -> None:
    """Twelve logins are on their way, each slow by design (argon2)."""
    url, dati = base
    with acceso(url, dati) as server:
        modulo = server.modulo("/accedi")
        campi = {"password": "una frase sbagliata"}
        email = [f"p{n}@prova.example" for n in range(12)]
        fili = [threading.Thread(target=server.invia, args=("/accedi", modulo, e), kwargs=campi) for e in email]
        for filo in fili:
            filo.start()
        attendi(lambda: len(server.risposte) == 12)
        time.sleep(0.3)
        in_volo = 12 - len(server.risposte_date())
        server.processo.send_signal(signal.SIGTERM)
        inizio = time.monotonic()
        codice = server.processo.wait(40)
        durata = time.monotonic() - inizio
        for filo in fili:
            filo.join()
    assert in_volo > 0, "erano già finite: la prova non dice niente"
    assert server.risposte == dict.fromkeys(email, 200)
    assert (codice, durata < 30) == (0, True)
    assert leggi(url, "SELECT count(*) FROM tentativo") == [(24,)]
