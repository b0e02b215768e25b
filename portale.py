#!/usr/bin/env python3
"""Two commands for whoever has nothing but Python: try the portal, and check that it works.

It stands outside the package ``portal`` because it runs before the libraries exist: standard library only, it
makes ``.venv`` from the ``requirements.lock`` files (pinned versions and hashes), then hands over to `portal`
or to pytest. Linux and macOS. From outside it uses only the package registries the machine is configured for.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import http.client
import importlib.util
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

RADICE = Path(__file__).resolve().parent
VENV = RADICE / ".venv"
PYTHON = str(VENV / "bin" / "python")
TIMBRO = VENV / "lucchetti.json"
VAR = RADICE / "var"
DEMO = VAR / "demo"
RISORSE = "static/requirements.lock"
LIBRERIE = ("requirements.lock", RISORSE)
LIBRERIE_PROVE = (*LIBRERIE, "tests/requirements.lock")
AIUTO = """Coprogetta: il portale della co-progettazione.

  python3 portale.py demo              prova il portale su questo computer, con dati d’esempio
  python3 portale.py demo --azzera     ricomincia da capo, cancellando i dati della prova
  python3 portale.py demo --porta N    usa la porta N (se è occupata, la prima libera dopo)
  python3 portale.py test [opzioni]    esegue le prove automatiche; le opzioni passano a pytest

La prima volta servono uno o due minuti per scaricare le librerie; poi pochi secondi.
"""


class Impedimento(Exception):
    """Something stops us; the message is for the person who gave the command, which exits with 1."""


def con_coda(messaggio: str, uscita: str) -> str:
    """The message, followed by the last lines that a command wrote."""
    return "\n  ".join([messaggio, *uscita.strip().splitlines()[-20:]])


def esegui(cosa: str, comando: Sequence[str], ambiente: Mapping[str, str], *, mostra: bool = False) -> str:
    """The command's standard output; its errors are shown at once (``mostra``) or in the ``Impedimento``."""
    esito = subprocess.run(
        comando,
        check=False,
        cwd=RADICE,
        env=ambiente,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=None if mostra else subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )
    if esito.returncode:
        testo = f"{cosa}: non riuscito (codice {esito.returncode})."
        raise Impedimento(con_coda(testo, esito.stdout + (esito.stderr or "")))
    return esito.stdout


@contextlib.contextmanager
def lucchetto(nome: str, *, esclusivo: bool = True, rifiuto: str = "") -> Iterator[None]:
    """Hold ``var/<nome>``; when another run holds it, wait and say so, or give up with ``rifiuto``."""
    import fcntl  # here, so that where it is missing (Windows) main() can say it

    VAR.mkdir(exist_ok=True)
    modo = fcntl.LOCK_EX if esclusivo else fcntl.LOCK_SH
    with open(VAR / nome, "a") as file:
        try:
            fcntl.flock(file, modo | fcntl.LOCK_NB)
        except BlockingIOError:
            if rifiuto:
                raise Impedimento(rifiuto) from None
            print("Un’altra esecuzione sta preparando l’ambiente: aspetto che finisca…")
            fcntl.flock(file, modo)
        yield


def ambiente_pulito(ambiente: Mapping[str, str]) -> dict[str, str]:
    """The environment without what would make Python use libraries other than the pinned ones.

    Nor what keeps it from saving the code it compiles: a process would then compile every library at each start.
    """
    estranee = ("PYTHONHOME", "PYTHONPATH", "PYTHONSAFEPATH", "VIRTUAL_ENV", "PIP_TARGET", "PIP_USER",
                "PYTHONDONTWRITEBYTECODE")  # fmt: skip
    return {nome: valore for nome, valore in ambiente.items() if nome not in estranee} | {"PYTHONUTF8": "1"}


def impronta(file: Path) -> str:
    """SHA-256 of the content, in hexadecimal."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def leggi_timbro(timbro: Path) -> dict[str, str]:
    """Hash of each lock file already installed; empty when the stamp is missing or spoilt."""
    try:
        letto = json.loads(timbro.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return letto if isinstance(letto, dict) else {}


def da_installare(nomi: Sequence[str], radice: Path, timbro: Path) -> list[str]:
    """Those of ``nomi`` whose content is not what was installed last time."""
    fatti = leggi_timbro(timbro)
    return [nome for nome in nomi if fatti.get(nome) != impronta(radice / nome)]


def segna(timbro: Path, nome: str, valore: str | None) -> None:
    """Write the hash of ``nome`` in the stamp; None takes it away, before work that may be cut short."""
    resto = {altro: sua for altro, sua in leggi_timbro(timbro).items() if altro != nome}
    nuovo = timbro.with_suffix(".nuovo")
    nuovo.write_text(json.dumps(resto | ({nome: valore} if valore else {}), indent=1), encoding="utf-8")
    nuovo.replace(timbro)


def ambiente_sano(serve_pip: bool) -> bool:
    """True when ``.venv`` has a Python that starts, recent enough, with pip where pip is needed."""
    pip = "; import pip, importlib.metadata as m; m.version('pip')" if serve_pip else ""
    prova = f"import sys; assert sys.version_info >= (3, 11){pip}"
    try:
        esito = subprocess.run([PYTHON, "-I", "-c", prova], check=False, capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return esito.returncode == 0


def crea_ambiente(serve_pip: bool) -> None:
    """Make ``.venv`` anew; ``Impedimento`` when Python lacks the module for it (Debian ships it apart)."""
    con_pip = importlib.util.find_spec("ensurepip") is not None
    manca = "A Python manca «venv». Installalo così, poi riprova:\n\n    apt-get install python3-venv\n"
    if serve_pip and not con_pip:
        raise Impedimento(manca)
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        venv.EnvBuilder(symlinks=True, with_pip=con_pip).create(VENV)
    except subprocess.CalledProcessError:
        raise Impedimento(manca) from None


def installa(nome: str, uv: str | None, ambiente: Mapping[str, str]) -> None:
    """Install one lock file, hashes checked: with uv when there is one (it is faster), otherwise with pip."""
    che_cosa = f"Installazione di {nome}"
    da_sole = ["--no-deps"] if nome == RISORSE else []
    opzioni = ["--quiet", "--require-hashes", *da_sole, "-r", str(RADICE / nome)]
    if uv:
        try:
            esegui(che_cosa, [uv, "pip", "install", "--python", PYTHON, *opzioni], ambiente)
            return
        except Impedimento:
            # uv does not read pip's configuration: where the registries are named only there, pip succeeds.
            if not ambiente_sano(serve_pip=True):
                raise
    pip = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    esegui(che_cosa, [*pip, *opzioni], ambiente)


def prepara(nomi: Sequence[str], ambiente: Mapping[str, str]) -> None:
    """Bring ``.venv`` to what the lock files say, if it is not there already. Call it holding the lock."""
    uv = shutil.which("uv")
    if not ambiente_sano(serve_pip=uv is None):
        print("Preparo l’ambiente…")
        crea_ambiente(serve_pip=uv is None)
    for nome in da_installare(nomi, RADICE, TIMBRO):
        print(f"Installo le librerie di {nome} (la prima volta può servire un minuto)…")
        segna(TIMBRO, nome, None)
        installa(nome, uv, ambiente)
        segna(TIMBRO, nome, impronta(RADICE / nome))


def porta_libera(da: int) -> int:
    """The first free port of 127.0.0.1 from ``da`` upward; ``Impedimento`` when there is none."""
    for porta in range(da, 65536):
        with socket.socket() as presa, contextlib.suppress(OSError):
            presa.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            presa.bind(("127.0.0.1", porta))
            return porta
    raise Impedimento(f"Nessuna porta libera da {da} in su.")


def segreto(file: Path) -> str:
    """The key that signs the sessions of the demo: made once, readable only by whoever runs it."""
    if not file.exists() or not file.read_text().strip():
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as aperto:
            aperto.write(secrets.token_urlsafe(48))
    return file.read_text().strip()


def ambiente_demo(ambiente: Mapping[str, str], porta: int) -> dict[str, str]:
    """The environment of the demo: all in ``var/demo``, no mail sent, no setting of a real site kept."""
    nostro = {n: v for n, v in ambiente_pulito(ambiente).items() if not n.startswith("PORTALE_")}
    return nostro | {
        "PORTALE_AMBIENTE": "demo",
        "PORTALE_INDIRIZZO": f"http://127.0.0.1:{porta}",
        "PORTALE_DATI": str(DEMO),
        "DATABASE_URL": f"sqlite:///{DEMO / 'portale.db'}",
        "SECRET_KEY": segreto(DEMO / "segreto"),
        "SMTP_URL": "",
        "PYTHONUNBUFFERED": "1",
    }


class Figli:
    """The processes of the demo: started, watched and stopped together. They write in ``var/demo``."""

    def __init__(self, ambiente: Mapping[str, str]) -> None:
        self.ambiente = ambiente
        self.processi: dict[str, subprocess.Popen[bytes]] = {}

    def avvia(self, nome: str, *argomenti: str) -> None:
        """Start ``python -m portal …`` in its own session: Ctrl-C reaches only us, who stop it."""
        with open(DEMO / f"{nome}.log", "wb") as registro:
            self.processi[nome] = subprocess.Popen(
                [PYTHON, "-m", "portal", *argomenti],
                cwd=RADICE,
                env=self.ambiente,
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=registro,
                stderr=subprocess.STDOUT,
            )

    def controlla(self) -> None:
        """``Impedimento``, said at once, when a child has ended: the others are of no use alone."""
        for nome, processo in self.processi.items():
            if processo.poll() is not None:
                registro = (DEMO / f"{nome}.log").read_text(encoding="utf-8", errors="replace")
                testo = f"\nIl processo «{nome}» si è fermato da solo (codice {processo.returncode})."
                print(con_coda(testo, registro), file=sys.stderr)
                raise Impedimento("La prova è finita per questo.")

    def attendi_risposta(self, porta: int, secondi: float = 60) -> None:
        """Return when ``GET /salute`` answers 200; ``Impedimento`` when a child dies or the time is over."""
        scadenza = time.monotonic() + secondi
        while time.monotonic() < scadenza:
            self.controlla()
            richiesta = http.client.HTTPConnection("127.0.0.1", porta, timeout=5)
            with contextlib.closing(richiesta), contextlib.suppress(OSError, http.client.HTTPException):
                richiesta.request("GET", "/salute")
                if richiesta.getresponse().status == 200:
                    return
            time.sleep(0.2)
        raise Impedimento(f"Il portale non risponde dopo {secondi:.0f} secondi: guarda {DEMO / 'server.log'}")

    def ferma(self, secondi: float = 15) -> None:
        """SIGTERM to all, one wait of ``secondi`` for all, SIGKILL to what is left and its children."""
        for processo in self.processi.values():
            processo.terminate()
        scadenza = time.monotonic() + secondi
        for processo in self.processi.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                processo.wait(max(0.0, scadenza - time.monotonic()))
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(processo.pid, signal.SIGKILL)
            processo.wait()


def azzera_demo() -> None:
    """Delete ``var/demo``, unless a demo is using it."""
    with lucchetto("demo.lock", rifiuto="Una prova è in corso: fermala (Ctrl-C) prima di azzerarne i dati."):
        shutil.rmtree(DEMO, ignore_errors=True)


def portal(che_cosa: str, ambiente: Mapping[str, str], *argomenti: str) -> str:
    """Say what is being done, run ``python -m portal …`` to its end, return what it wrote."""
    print(f"{che_cosa}…")
    return esegui(che_cosa, [PYTHON, "-m", "portal", *argomenti], ambiente)


def avvia_demo(figli: Figli, porta: int) -> None:
    """Data, processes, address: returns when the portal answers."""
    portal("Aggiorno la base dati", figli.ambiente, "db", "aggiorna")
    portal("Carico i dati d’esempio", figli.ambiente, "demo", "carica")
    account = portal("Leggo gli account di prova", figli.ambiente, "demo", "account")
    print("Avvio il portale…")
    figli.avvia("server", "serve", "--porta", str(porta))
    figli.avvia("worker", "worker")
    figli.attendi_risposta(porta)
    print(f"\nIl portale è pronto:  http://127.0.0.1:{porta}\n\n{account.rstrip()}\n")
    print("I dati restano in var/demo fra una prova e l’altra. Per fermare: Ctrl-C.")


def demo(porta_chiesta: int) -> None:
    """Run the demo until it is stopped (KeyboardInterrupt) or one of its processes dies (``Impedimento``)."""
    with contextlib.ExitStack() as pila:
        with lucchetto("preparazione.lock"):
            prepara(LIBRERIE, ambiente_pulito(os.environ))
            pila.enter_context(lucchetto("demo.lock", esclusivo=False))
            DEMO.mkdir(parents=True, exist_ok=True)
            porta = porta_libera(porta_chiesta)
            if porta != porta_chiesta:
                print(f"La porta {porta_chiesta} è occupata: uso la {porta}.")
            figli = Figli(ambiente_demo(os.environ, porta))
            pila.callback(spegni, figli)
            avvia_demo(figli, porta)
        while True:
            figli.controlla()
            time.sleep(0.5)


def spegni(figli: Figli) -> None:
    """Stop the children; a second Ctrl-C does not interrupt it."""
    for segnale in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(segnale, signal.SIG_IGN)
    if figli.processi:
        print("\nFermo il portale…")
        figli.ferma()


def numero_di_porta(testo: str) -> int:
    """A number from 1 to 65535."""
    if not testo.isdecimal() or not 1 <= int(testo) <= 65535:
        raise argparse.ArgumentTypeError("serve un numero fra 1 e 65535")
    return int(testo)


def scelte_demo(argomenti: Sequence[str]) -> argparse.Namespace:
    """``azzera`` (bool) and ``porta`` (int); SystemExit 2 when the options make no sense."""
    lettore = argparse.ArgumentParser(prog="python3 portale.py demo", add_help=False)
    lettore.add_argument("--azzera", action="store_true")
    lettore.add_argument("--porta", type=numero_di_porta, default=8000, metavar="N")
    return lettore.parse_args(argomenti)


def comando_demo(argomenti: Sequence[str]) -> int:
    """``demo``: 0 when it ends because whoever started it stopped it."""
    scelte = scelte_demo(argomenti)
    for segnale in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if segnale != signal.SIGHUP or signal.getsignal(segnale) != signal.SIG_IGN:  # ignored: it is nohup
            signal.signal(segnale, signal.default_int_handler)
    try:
        if scelte.azzera:
            azzera_demo()
        demo(scelte.porta)
    except KeyboardInterrupt:
        print("Fermato.")
    return 0


def ambiente_prove(ambiente: Mapping[str, str], browser: str) -> dict[str, str]:
    """The environment of pytest: where the browser is and, in CI, which services may not be skipped."""
    necessari = {"PORTALE_REQUIRE": "browser,postgres"} if ambiente.get("CI") == "true" else {}
    return necessari | dict(ambiente) | ({"PORTALE_CHROMIUM": browser} if browser else {})


def comando_prove(argomenti: Sequence[str]) -> None:
    """``test``: becomes pytest, so the exit code, the screen and Ctrl-C are pytest's."""
    ambiente = ambiente_pulito(os.environ)
    with lucchetto("preparazione.lock"):
        prepara(LIBRERIE_PROVE, ambiente)
        cerca = [PYTHON, str(RADICE / "tests" / "servizi" / "chromium.py")]
        browser = esegui("Ricerca del browser", cerca, ambiente, mostra=True).strip()
    if sys.stdin is None:
        # Left free, the place of standard input would go to the first file that pytest opens.
        os.open(os.devnull, os.O_RDONLY)
    os.chdir(RADICE)
    # whoever is done takes tests from the others: one browser journey is as long as a thousand small ones
    insieme = ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "worksteal"]
    pytest = [PYTHON, "-m", "pytest", "-p", "no:cacheprovider", *insieme]
    os.execve(PYTHON, [*pytest, *argomenti], ambiente_prove(ambiente, browser))


def main(argomenti: Sequence[str]) -> int:
    """The exit code: 0, 1 (``Impedimento``), 2 (command not understood), 130 (interrupted) or pytest's."""
    comando, resto = (argomenti[0], argomenti[1:]) if argomenti else ("", [])
    try:
        if sys.version_info < (3, 11) or sys.platform == "win32":
            raise Impedimento("Servono Python 3.11 o più recente e Linux o macOS (su Windows, dentro WSL).")
        if comando == "demo" and not {"-h", "--help"} & set(resto):
            return comando_demo(resto)
        if comando == "test":
            comando_prove(resto)
        if comando not in ("", "-h", "--help", "demo"):
            print(f"Comando non riconosciuto: {comando}\n\n{AIUTO}", end="", file=sys.stderr)
            return 2
        print(AIUTO, end="")
        return 0
    except Impedimento as impedimento:
        print(f"\n{impedimento}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    for flusso in filter(None, (sys.stdout, sys.stderr)):
        flusso.reconfigure(errors="replace", line_buffering=True)
    sys.exit(main(sys.argv[1:]))
