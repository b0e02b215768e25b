"""The HTTP server. On SIGTERM it stops taking requests, lets those in flight finish, and exits."""

from __future__ import annotations

import os

from .config import dall_ambiente


def servi(indirizzo: str, porta: int, processi: int) -> None:
    """Serve until told to stop. ``processi`` worker processes, one request at a time each per thread."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings

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
