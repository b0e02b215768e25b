"""Changing the settings of an Ambito. Audit inside; never commits."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from .. import audit
from ..db import sessione
from ..errors import ErroreDominio
from ..utenti.models import Utente
from . import queries, rules
from .models import Ambito, Impostazione


def imposta(ambito: Ambito, valori: Mapping[str, str], *, attore: Utente) -> list[str]:
    """Set the Ambito's own values; a value equal to the default removes the row. Returns the keys that changed.

    Raises ``ErroreDominio`` on the first setting whose value does not fit.
    """
    for chiave, valore in valori.items():
        if difetto := rules.difetto(chiave, valore):
            raise ErroreDominio(difetto, chiave)
    prima = queries.impostazioni()
    cambiate = {c: v for c, v in valori.items() if prima[c] != v}
    righe = {r.chiave: r for r in sessione.scalars(select(Impostazione).where(Impostazione.chiave.in_(cambiate)))}
    for chiave, valore in cambiate.items():
        _scrivi(ambito, chiave, valore, righe.get(chiave))
    if cambiate:
        dettagli = {c: [prima[c], v] for c, v in cambiate.items()}
        audit.registra("ambiti.imposta", ambito, attore=attore, dettagli=dettagli)
    return sorted(cambiate)


def _scrivi(ambito: Ambito, chiave: str, valore: str, riga: Impostazione | None) -> None:
    if valore == rules.IMPOSTAZIONI[chiave].predefinito:
        if riga is not None:
            sessione.delete(riga)
    elif riga is None:
        sessione.add(Impostazione(ambito_id=ambito.id, chiave=chiave, valore=valore))
    else:
        riga.valore = valore
