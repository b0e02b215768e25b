"""The blueprint alone, so that each module of views can hang its routes on it, and what several of them load."""

from __future__ import annotations

from typing import Any

from flask_login import current_user

from ...web import Area, assoluto
from .. import queries
from ..models import Punto, Seduta

area = Area("sedute", "portal.sedute")


def carica(slug: str, numero: int) -> Seduta | None:
    return queries.intera(slug, numero)


def carica_punto(slug: str, numero: int, punto: int) -> Punto | None:
    """An item of the sitting, with the sitting and everything in it."""
    trovata = queries.intera(slug, numero)
    return next((p for p in trovata.punti if p.id == punto), None) if trovata else None


def pagina_di_chi_e_convocato(seduta: Seduta) -> str:
    """Where one reads the call and answers, for the letters."""
    return assoluto("sedute.mia", slug=seduta.organo.slug, numero=seduta.numero)


def lettore() -> Any:
    """Who reads a public page, None for who did not log in."""
    return current_user if current_user.is_authenticated else None
