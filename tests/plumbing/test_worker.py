"""The worker with a real mail server: each letter leaves once, whoever dies, whatever answers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from portal import jobs, mail, outbox, worker
from portal.clocks import adesso, alle
from portal.db import sessione
from portal.jobs import Lavoro, StatoLavoro
from portal.outbox import Messaggio
from portal.transaction import unita
from tests.conftest import Banca, Vere
from tests.servizi.smtp import RIFIUTO_DEFINITIVO, RIFIUTO_TEMPORANEO, Cassetta, server_di_posta

RADICE = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def servizio() -> Iterator[Cassetta]:
    with server_di_posta() as cassetta:
        yield cassetta


@pytest.fixture
def app(banca: Banca, vere: Vere, servizio: Cassetta) -> Iterator[Any]:
    """As ``app_vera``, with letters going to the mail server."""
    smtp = f"smtp://127.0.0.1:{servizio.porta}"
    sua = vere.prendi(banca, smtp=smtp, posta_da="portale@prova.example")
    with sua.app_context():
        yield sua
    vere.lascia(sua)


def accoda(*a: str, **altro: Any) -> None:
    with unita():
        outbox.accoda(a=a, oggetto="Prova", testo="Testo", **altro)


def messaggi() -> list[tuple[str, int, bool, str | None]]:
    sessione.remove()
    righe = sessione.scalars(select(Messaggio).order_by(Messaggio.id)).all()
    sessione.remove()
    return [(m.destinatario.partition("@")[0], m.tentativi, m.inviato_il is not None, m.errore) for m in righe]


def gira(app: Any, *, fra: timedelta = timedelta(0)) -> None:
    with alle(adesso() + fra):
        worker.gira(app, una_volta=True)


def arrivati(servizio: Cassetta, gia: int) -> list[str]:
    return [r.destinatari[0].partition("@")[0] for r in servizio.ricevuti[gia:]]


def test_una_volta_spedisce_tutto_cio_che_puo_e_si_ferma(app: Any, servizio: Cassetta) -> None:
    gia = len(servizio.ricevuti)
    accoda("a@prova.example", "b@prova.example")
    accoda("trattenuta@prova.example", trattenuto=True)
    with alle(adesso() + timedelta(hours=1)):
        accoda("domani@prova.example")
    gira(app)
    gira(app)
    assert arrivati(servizio, gia) == ["a", "b"]
    assert messaggi() == [
        ("a", 1, True, None),
        ("b", 1, True, None),
        ("trattenuta", 0, False, None),
        ("domani", 0, False, None),
    ]


@pytest.mark.parametrize(("risposta", "codice"), [(RIFIUTO_TEMPORANEO, 451), (RIFIUTO_DEFINITIVO, 550)])
def test_un_rifiuto_si_riprova_piu_tardi_senza_perdere_niente(
    app: Any, servizio: Cassetta, risposta: str, codice: int
) -> None:
    gia = len(servizio.ricevuti)
    servizio.rifiuta(2, risposta)
    accoda("a@prova.example")
    gira(app)
    motivo = f"il server di posta risponde {codice}"
    assert messaggi() == [("a", 1, False, motivo)]
    gira(app, fra=timedelta(seconds=59))
    assert messaggi() == [("a", 1, False, motivo)]
    gira(app, fra=timedelta(seconds=61))
    assert messaggi() == [("a", 2, False, motivo)]
    gira(app, fra=timedelta(minutes=4))
    assert messaggi() == [("a", 3, True, None)]
    assert arrivati(servizio, gia) == ["a"]


def test_una_lettera_impossibile_non_ferma_le_altre(app: Any, servizio: Cassetta) -> None:
    gia = len(servizio.ricevuti)
    accoda("cattiva@prova.example\nBcc: tutti@prova.example", "b@prova.example")
    gira(app)
    cattiva, buona = messaggi()
    assert (cattiva[1:], buona) == ((1, False, "ValueError"), ("b", 1, True, None))
    assert arrivati(servizio, gia) == ["b"]


class Morto(BaseException):
    """As a process killed: nobody catches it."""


def test_chi_muore_prima_di_spedire_lascia_la_lettera_a_un_altro(app: Any, servizio: Cassetta) -> None:
    gia = len(servizio.ricevuti)
    accoda("a@prova.example")

    def muori(_messaggio: Messaggio) -> None:
        raise Morto

    with pytest.raises(Morto):
        worker.passo(muori)
    assert messaggi() == [("a", 1, False, None)]
    gira(app, fra=timedelta(minutes=4))
    assert arrivati(servizio, gia) == []
    gira(app, fra=timedelta(minutes=6))
    assert (messaggi(), arrivati(servizio, gia)) == ([("a", 2, True, None)], ["a"])


def test_due_worker_insieme_spediscono_ogni_lettera_una_volta(app: Any, servizio: Cassetta) -> None:
    gia = len(servizio.ricevuti)
    attesi = [f"p{n}" for n in range(15)]
    accoda(*[f"{nome}@prova.example" for nome in attesi])
    spedisci = mail.spedizione(app.config["PORTALE"])

    def lavora() -> None:
        with app.app_context():
            while worker.passo(spedisci):
                pass

    fili = [threading.Thread(target=lavora) for _ in range(3)]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join()
    assert sorted(arrivati(servizio, gia)) == sorted(attesi)
    assert {m[1:] for m in messaggi()} == {(1, True, None)}


def test_un_guasto_nel_mezzo_non_ferma_il_worker(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pass that fails says so with False, and leaves a clean session for the next."""

    def guasto() -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as pezza:
        pezza.setattr(jobs, "prendi", guasto)
        assert worker.passo(lambda _m: None) is False
    accoda("a@prova.example")
    assert worker.passo(lambda _m: None) is True


def test_fa_anche_i_lavori_in_coda(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    fatti: list[str] = []
    monkeypatch.setattr(jobs, "_lavori", {"prova.scrivi": lambda _id, parola: fatti.append(parola)})
    with unita():
        jobs.accoda("prova.scrivi", parola="ciao")
    gira(app)
    assert fatti == ["ciao"]
    assert sessione.scalars(select(Lavoro.stato)).all() == [StatoLavoro.FINITO]


def ambiente(app: Any, porta: int) -> dict[str, str]:
    config = app.config["PORTALE"]
    return {
        "PATH": os.environ["PATH"],
        "PORTALE_AMBIENTE": "sviluppo",
        "DATABASE_URL": config.database,
        "PORTALE_DATI": str(config.dati),
        "SMTP_URL": f"smtp://127.0.0.1:{porta}",
        "POSTA_DA": "portale@prova.example",
    }


def test_il_comando_lavora_e_al_segnale_si_ferma(app: Any, servizio: Cassetta) -> None:
    gia = len(servizio.ricevuti)
    comando = [sys.executable, "-m", "portal", "worker"]
    with subprocess.Popen(comando, cwd=RADICE, env=ambiente(app, servizio.porta), stderr=subprocess.PIPE) as processo:
        accoda("a@prova.example")
        servizio.attendi(gia + 1, 30)
        scadenza = time.monotonic() + 10
        while not messaggi()[0][2] and time.monotonic() < scadenza:
            time.sleep(0.05)
        processo.send_signal(signal.SIGTERM)
        _fuori, errori = processo.communicate(timeout=20)
    assert (processo.returncode, errori) == (0, b"")
    assert messaggi() == [("a", 1, True, None)]


def test_il_comando_ucciso_a_meta_non_perde_la_lettera(app: Any, servizio: Cassetta) -> None:
    """Killed between the claim and the greeting of a mail server that never gives it."""
    gia = len(servizio.ricevuti)
    accoda("a@prova.example")
    comando = [sys.executable, "-m", "portal", "worker", "--una-volta"]
    with socket.create_server(("127.0.0.1", 0)) as muto:
        muto.settimeout(30)
        with subprocess.Popen(comando, cwd=RADICE, env=ambiente(app, muto.getsockname()[1])) as processo:
            collegato, _chi = muto.accept()
            with collegato:
                processo.kill()
    assert messaggi() == [("a", 1, False, None)]
    with unita():
        sessione.execute(update(Messaggio).values(prossimo_il=adesso()))
    gira(app)
    assert messaggi() == [("a", 2, True, None)]
    assert arrivati(servizio, gia) == ["a"]
