"""The bodies of the Ambito as everyone reads them: what they are for, who sits there on any day."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import render_template, request

from ...access import can, public
from ...clocks import oggi
from ...errors import NonTrovato
from ...memoria import in_memoria
from ...sedute.queries.assenze import spenti_con_sedute
from .. import queries
from ..permissions import P
from ..rules import parole
from ..rules.quorum import SOGLIE, Componenti
from .area import area


@area.get("/organi")
@public
@in_memoria
def elenco() -> Any:
    return render_template(
        "organi/elenco.html", organi=queries.elenco(oggi()), spenti=spenti_con_sedute(), generi=parole.GENERI
    )


@area.get("/organi/<slug>")
@public
@in_memoria
def organo(slug: str) -> Any:
    """A body and its composition: today, or on the day that the address asks for (``?al=2023-06-01``)."""
    trovato = queries.organo(slug)
    if trovato is None or not (can(P.MODIFICA, trovato) or queries.si_legge(trovato)):
        raise NonTrovato
    chiesto = request.args.get("al", "")
    giorno = _giorno(chiesto)
    seggi = queries.composizione(trovato.id, giorno or oggi())
    votanti = [s for s in seggi if s.voto]
    componenti = Componenti({s.id: s.quota for s in votanti}, trovato.base_quote)
    return render_template(
        "organi/organo.html",
        organo=trovato,
        seggi=seggi,
        componenti=componenti,
        servono=SOGLIE[trovato.quorum_teste].servono(len(votanti)) if trovato.quorum_teste and votanti else None,
        giorno=giorno or oggi(),
        chiesto=chiesto,
        sbagliata=bool(chiesto) and giorno is None,
        parole=parole,
        si_legge=queries.si_legge(trovato),
        puo_modificare=can(P.MODIFICA, trovato),
    )


def _giorno(testo: str) -> date | None:
    """The day of the address: as machines write it, or as Italians do. None when it is no day."""
    try:
        return date.fromisoformat(testo)
    except ValueError:
        pezzi = testo.replace("-", "/").split("/")
        try:
            giorno, mese, anno = (int(p) for p in pezzi)
            return date(anno, mese, giorno)
        except (ValueError, OverflowError):
            return None
