"""The page as linked data: ``GovernmentService`` of schema.org, as the municipal model's template writes it.

Served beside the page, not inside it: the Content-Security-Policy lets no inline script through.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...richtext import testo_semplice
from ..models import Servizio
from .pagina import CATEGORIE, manca, numero_da_chiamare, voci


def governo(servizio: Servizio, *, url: str, ambito: str, comuni: Sequence[str]) -> dict[str, Any]:
    """The service as JSON-LD. What nobody has written yet is left out: a machine would take it as true."""
    canale = {
        "@type": "ServiceChannel",
        "name": "Dove rivolgersi",
        "serviceUrl": url,
        "availableLanguage": [{"@type": "Language", "name": "Italian", "alternateName": "it"}],
        "serviceLocation": [_luogo(sede.nome, sede.indirizzo) for sede in servizio.sedi],
        "servicePhone": [
            {"@type": "ContactPoint", "name": c.etichetta, "telephone": numero}
            for c in servizio.contatti
            if c.tipo == "telefono" and (numero := numero_da_chiamare(c.valore))
        ],
    }
    dati = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": url,
        "name": servizio.titolo,
        "description": servizio.descrizione,
        "serviceType": [str(CATEGORIE[servizio.categoria]), *voci(servizio.argomenti)],
        "serviceOperator": {"@type": "GovernmentOrganization", "name": ambito},
        "areaServed": [{"@type": "AdministrativeArea", "name": nome} for nome in comuni],
        "audience": {"@type": "Audience", "audienceType": servizio.breve_per_chi},
        "serviceOutput": testo_semplice(servizio.cosa_ottieni),
        "availableChannel": _piene(canale),
        "dateModified": servizio.aggiornato_il.isoformat(timespec="seconds"),
    }
    return _piene(dati)


def _luogo(nome: str, indirizzo: str) -> dict[str, Any]:
    luogo: dict[str, Any] = {"@type": "Place", "name": nome}
    if not manca(indirizzo):
        luogo["address"] = indirizzo
    return luogo


def _piene(voci_: Mapping[str, Any]) -> dict[str, Any]:
    return {chiave: valore for chiave, valore in voci_.items() if valore}
