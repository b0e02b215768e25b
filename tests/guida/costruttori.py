"""Pages of the guide for tests: one that may be published, with the few differences a test cares about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from portal import tenancy
from portal.ambiti.models import Ambito
from portal.guida import operations
from portal.guida.models import Categoria, Servizio
from portal.guida.rules import Contenuto, DatiContatto, DatiSede
from portal.transaction import unita


@contextmanager
def scrivendo(app: Any) -> Iterator[None]:
    """One unit of work across Ambiti, closed before any page is opened."""
    with app.test_request_context("/"), tenancy.tutti_gli_ambiti(), unita():
        yield


def contenuto(**altro: Any) -> Contenuto:
    """What a page says: everything a citizen reads first is there."""
    valori: dict[str, Any] = {
        "titolo": "Assistenza a casa",
        "categoria": Categoria.ANZIANI,
        "descrizione": "Un operatore viene a casa e ti aiuta.",
        "breve_per_chi": "Anziani.",
        "breve_costo": "Niente.",
        "breve_portare": "Un documento.",
        "breve_urgenza": "Chiama il 112.",
        "a_chi": "A chi ha più di 65 anni.",
        "come_fare": "1. Chiedi allo sportello.\n2. Compila la domanda.",
        "cosa_serve": "- un documento;",
        "cosa_ottieni": "- aiuto in casa;",
        "tempi": "Entro 30 giorni.",
        "costi": "Niente.",
        "chi_paga": "Lo paga il Comune.",
        "condizioni": "Vale il regolamento.",
        "parole": "badante, aiuto in casa",
        "argomenti": "Assistenza sociale",
        "sedi": (DatiSede("Sportello", "da completare", "Lunedì, dalle 9 alle 12"),),
        "contatti": (DatiContatto("telefono", "Telefono", "da completare"), DatiContatto("telefono", "Emergenza", "112")),
        **altro,
    }
    return Contenuto(**valori)


def servizio(ambito: Ambito, slug: str | None = None, *, pubblicato: bool = True, **altro: Any) -> Servizio:
    """A page of the Ambito, published by default."""
    nuovo = operations.crea(ambito_id=ambito.id, contenuto=contenuto(**altro), attore=None, slug=slug)
    if pubblicato:
        operations.pubblica(nuovo, attore=None)
    return nuovo
