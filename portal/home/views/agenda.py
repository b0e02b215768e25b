"""What is when in an Ambito: a list by months, the years that have passed behind a link, the file to subscribe to."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from flask import Response, g, render_template, request

from ...access import public
from ...clocks import da_roma, oggi
from ...errors import NonTrovato
from ...memoria import in_memoria
from .. import calendario as agenda
from .area import area


@area.get("/<ambito>/calendario")
@public
@in_memoria
def calendario() -> Any:
    """From today on; with ``?anno=2023``, the whole of that year."""
    anni, chiesto = agenda.anni(), request.args.get("anno", type=int)
    if chiesto is not None and chiesto not in anni:
        raise NonTrovato
    dal = _inizio(date(chiesto, 1, 1) if chiesto else oggi())
    al = _inizio(date(chiesto + 1, 1, 1)) if chiesto else None
    return render_template("home/calendario.html", mesi=agenda.appuntamenti(dal, al), anni=anni, anno=chiesto)


def _inizio(giorno: date) -> datetime:
    return da_roma(datetime.combine(giorno, time()))


@area.get("/<ambito>/calendario.ics")
@public
def calendario_ics() -> Response:
    risposta = Response(agenda.ics(g.ambito), mimetype="text/calendar")
    risposta.headers.set("Content-Disposition", "attachment", filename=f"calendario-{g.ambito.slug}.ics")
    return risposta
