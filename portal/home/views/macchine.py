"""For machines: is the portal well, what may be crawled, the map of the site."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import current_app, render_template
from sqlalchemy.exc import SQLAlchemyError

from ... import outbox
from ...access import public
from ...ambiti import queries as ambiti
from ...db import sessione
from ...guida import queries as guida
from ...logs import log
from ...storage import ErroreDeposito
from ...web import assoluto
from .. import queries
from .area import area

MAPPA = 5000
"""Addresses of each kind in the map: the protocol takes 50,000 in all."""


@area.get("/salute")
@public
def salute() -> Any:
    """200 when database and storage work, else 503. No secrets: true or false, and the age of the queue in seconds."""
    stato: dict[str, Any] = {"database": False, "deposito": _deposito(), "coda_secondi": None}
    try:
        stato["database"] = queries.database_risponde()
        stato["coda_secondi"] = round(outbox.eta_coda())
    except SQLAlchemyError as errore:
        log.error("salute_database", motivo=type(errore).__name__)
        sessione.rollback()
    bene = bool(stato["database"] and stato["deposito"])
    return {"stato": "bene" if bene else "male", **stato}, 200 if bene else 503, {"Cache-Control": "no-store"}


def _deposito() -> bool:
    try:
        current_app.extensions["deposito"].prova()
    except (ErroreDeposito, OSError) as errore:
        log.error("salute_deposito", motivo=type(errore).__name__)
        return False
    return True


@area.get("/robots.txt")
@public
def robots() -> Any:
    righe = ["User-agent: *", "Disallow: /accedi", "Disallow: /ente/", "Disallow: /*/ufficio/", "Disallow: /esci-subito"]
    righe.append(f"Sitemap: {assoluto('.mappa')}")
    return "\n".join(righe) + "\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@area.get("/sitemap.xml")
@public
def mappa() -> Any:
    """Homes and what is published: pages of the guide, calls, plans and sheets, tavoli, minutes."""
    voci: list[tuple[str, datetime | None]] = [(assoluto(".ambito", ambito=a.slug), None) for a in ambiti.tutti()]
    voci += [(assoluto("guida.servizio", ambito=p.ambito, slug=p.slug), p.aggiornato_il) for p in guida.indirizzi(MAPPA)]
    voci += [(assoluto(p.endpoint, **p.valori), p.quando) for p in queries.indirizzi_pubblici(MAPPA)]
    xml = render_template("home/mappa.xml", voci=voci)
    return xml, 200, {"Content-Type": "application/xml; charset=utf-8"}
