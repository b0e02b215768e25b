"""Databases and servers of a run, made in a scratch folder and gone with it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from portal import create_app, schema
from portal.config import dall_ambiente
from tests.servizi import postgres

from . import limite_dati
from .accensione import Acceso, accendi, porta_libera
from .dati import AMBITO, Dati, semina


@dataclass(frozen=True)
class Luogo:
    """Where a run happens: the environment of each server, and how many workers."""

    cartella: Path
    portale: dict[str, str]
    limite: dict[str, str]
    processi: int

    def app(self) -> Flask:
        """The portal in this process, on the server's database and with its key; it keeps no page ready."""
        return create_app(dall_ambiente({**self.portale, "PORTALE_MEMORIA": "0"}))

    def accendi_portale(self, prova: str) -> Acceso:
        porta = porta_libera()
        comando = ["portal", "serve", "--porta", str(porta), "--processi", str(self.processi)]
        return accendi(comando, self.portale, porta=porta, prova=prova, registro=self.cartella / "portale.log")

    def accendi_limite(self, prova: str) -> Acceso:
        porta = porta_libera()
        comando = ["tests.bench.limite_avvio", str(porta), str(self.processi)]
        return accendi(comando, self.limite, porta=porta, prova=prova, registro=self.cartella / "limite.log")


@contextmanager
def luogo(cartella: Path, *, con_postgres: bool, ambiente: str, processi: int) -> Iterator[Luogo]:
    """Two databases of the same kind, empty, and the settings of the servers."""
    with ExitStack() as pila:
        portale, limite = _database(cartella, pila) if con_postgres else _file(cartella)
        (cartella / "file").mkdir()
        variabili = {
            "PORTALE_AMBIENTE": ambiente,
            "SECRET_KEY": secrets.token_hex(32),
            "DATABASE_URL": portale,
            "PORTALE_DATI": str(cartella / "dati"),
            "PORTALE_INDIRIZZO": "https://bench.example" if ambiente == "produzione" else "http://127.0.0.1",
            "SMTP_URL": "smtp://127.0.0.1:9" if ambiente == "produzione" else "",
        }
        yield Luogo(cartella, variabili, {"LIMITE_DB": limite, "LIMITE_FILE": str(cartella / "file")}, processi)


def _file(cartella: Path) -> tuple[str, str]:
    return f"sqlite:///{cartella}/portale.db", f"sqlite:///{cartella}/limite.db"


def _database(cartella: Path, pila: ExitStack) -> tuple[str, str]:
    """Those of the tests forget what a power cut would take: here what is told to an ente must be on the disk."""
    postgres.OPZIONI.update(fsync="on", synchronous_commit="on", full_page_writes="on", max_wal_size="1GB")
    postgres.MEMORIA = cartella / "niente-memoria"
    server = postgres.avvia()
    pila.callback(server.ferma)
    for nome in ("bench_portale", "bench_limite"):
        server.elimina(nome)
        server.crea_da_modello(nome)
        pila.callback(server.elimina, nome)
    return server.url("bench_portale"), server.url("bench_limite")


def riempi(luogo: Luogo, *, servizi: int, con_file: int, senza_file: int) -> Dati:
    """Fill both databases with the same texts."""
    schema.aggiorna(luogo.portale["DATABASE_URL"])
    app = luogo.app()
    dati = semina(app, servizi=servizi, con_file=con_file, senza_file=senza_file)
    app.extensions["motore"].dispose()
    limite_dati.prepara(luogo.limite["LIMITE_DB"], dati.limite)
    return dati


def prove(dati: Dati) -> tuple[str, str]:
    """A page of each side: when it answers, the server is up."""
    return f"/{AMBITO}/guida/{dati.servizi[0]}", f"/core/{dati.servizi[0]}"
