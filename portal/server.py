"""The HTTP server. On SIGTERM it stops taking requests, lets those in flight finish, and exits."""

from __future__ import annotations


def servi(indirizzo: str, porta: int, processi: int) -> None:
    """Serve until told to stop. ``processi`` worker processes, one request at a time each per thread."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "portal.wsgi:app",
        address=indirizzo,
        port=porta,
        interface=Interfaces.WSGI,
        workers=processi,
        blocking_threads=2,
        backpressure=64,
        workers_kill_timeout=30,
        log_access=False,
        websockets=False,
    ).serve()
