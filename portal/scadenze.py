"""What happens by itself when its time comes. Terms are computed, never waited for: this only writes it down."""

from __future__ import annotations

from .clocks import adesso
from .transaction import unita


def chiudi_scaduti() -> int:
    """Record as closed the avvisi whose term has passed; how many. Runs in its own units of work."""
    from .avvisi.operations import chiudi_scaduto
    from .avvisi.queries import scaduti_ids

    chiusi = 0
    for avviso_id in scaduti_ids():
        with unita():
            chiusi += chiudi_scaduto(avviso_id)
    return chiusi


def dimentica_mittenti() -> int:
    """Throw away the addresses of citizens whose time is over; how many. Runs in its own unit of work."""
    from .tavoli.operations.contributi import dimentica
    from .tavoli.queries import da_dimenticare
    from .tavoli.rules import da_dimenticare as confine

    ids = da_dimenticare(adesso(), confine(adesso()))
    if not ids:
        return 0
    with unita():
        return dimentica(ids)
