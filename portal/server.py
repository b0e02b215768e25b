"""The HTTP server. On SIGTERM it stops taking requests, lets those in flight finish, and exits."""

from __future__ import annotations

import os
import signal
import threading

from .config import dall_ambiente


def servi(indirizzo: str, porta: int, processi: int) -> None:
    """Serve until told to stop. ``processi`` worker processes, one request at a time each per thread."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings

    from . import aree  # noqa: F401  loaded once: the workers are forks of this process, and share its modules

    # without a SECRET_KEY (development only) each process would make its own, and refuse the others' cookies
    os.environ.setdefault("SECRET_KEY", dall_ambiente().segreto)
    Granian(
        "portal.wsgi:app",
        address=indirizzo,
        port=porta,
        interface=Interfaces.WSGI,
        workers=processi,
        blocking_threads=2,
        # open connections, idle ones too: each browser keeps some, and those beyond are not served until one closes
        backpressure=1024,
        # a connection that never finishes its first lines must not hold the exit until the kill
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        workers_kill_timeout=30,
        log_access=False,
        websockets=False,
    ).serve()


def senti_i_segnali() -> None:
    """Called by each worker in its main thread: a signal to stop is always heard, whatever thread it falls on.

    Python runs the handlers in the main thread, which sleeps until the stop: when the system gives the signal to
    another thread, nobody wakes it, and thirty seconds later the worker is killed (seen once in twenty stops under
    load). So a thread reads the number that Python writes at every signal, and nudges the main one.
    """
    lettura, scrittura = os.pipe()
    os.set_blocking(scrittura, False)
    signal.set_wakeup_fd(scrittura, warn_on_full_buffer=False)
    signal.signal(signal.SIGUSR2, lambda *_: None)
    principale = threading.main_thread().ident

    def ascolta() -> None:
        while numeri := os.read(lettura, 64):
            if principale is not None and set(numeri) - {signal.SIGUSR2}:
                signal.pthread_kill(principale, signal.SIGUSR2)

    threading.Thread(target=ascolta, name="segnali", daemon=True).start()
