"""The Rete as everyone reads it: who is in it on any day, how many for each category, how one joins."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, g, render_template, request

from ...access import can, public
from ...clocks import oggi
from ...fields import leggi_data
from ...memoria import in_memoria
from .. import queries, rules
from ..permissions import P
from ..queries import elezioni
from .area import area, cambia_con


@area.get("/<ambito>/rete")
@public
@in_memoria
def registro() -> Any:
    """The register today, or on the day that the address asks for (``?al=2022-07-14``)."""
    chiesto = request.args.get("al", "")
    giorno = _giorno(chiesto)
    votazioni = elezioni.elezioni()
    for votazione in votazioni:
        cambia_con(votazione)
    gruppi = rules.per_categoria(queries.registro(giorno or oggi()))
    return render_template(
        "rete/registro.html",
        gruppi=gruppi,
        quanti=sum(len(righe) for _nome, righe in gruppi),
        barre=rules.barre_categorie(gruppi),
        giorno=giorno or oggi(),
        oggi=oggi(),
        chiesto=chiesto,
        sbagliata=bool(chiesto) and giorno is None,
        categorie=queries.categorie(solo_aperte=True),
        giorni=rules.GIORNI_PER_DECIDERE,
        elezioni=votazioni,
        puo_gestire=can(P.VEDI),
    )


@area.get("/<ambito>/rete/registro.csv")
@public
@in_memoria
def registro_csv() -> Response:
    """The same rows as a sheet; the day is in the name of the file."""
    giorno = _giorno(request.args.get("al", "")) or oggi()
    risposta = Response(rules.csv_registro(queries.registro(giorno)).encode(), content_type="text/csv; charset=utf-8")
    nome = f"rete-{g.ambito.slug}-{giorno.isoformat()}.csv"
    risposta.headers.set("Content-Disposition", "attachment", filename=nome)
    return risposta


def _giorno(testo: str) -> date | None:
    """The day of the address; None when it is no day, or one that has still to come: nobody knows its register."""
    try:
        giorno = leggi_data(testo)
    except ValueError:
        return None
    return giorno if giorno <= oggi() else None
