"""The office of an Ambito: what there is to do, the archive of its letters, the register of what was done."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from ...access import can, requires
from ...audit import queries as audit
from ...avvisi import queries as avvisi
from ...errors import NonTrovato
from ...i18n import _
from ...outbox import Messaggio
from ...paging import Pagina, cursore
from .. import fonti, operations, queries
from ..permissions import P
from .area import area

PER_PAGINA = 50


@area.get("/<ambito>/ufficio/")
@requires(P.UFFICIO)
def ufficio() -> Any:
    """What waits for the office, urgent things first; then the terms that run."""
    return render_template("home/ufficio.html", voci=fonti.da_fare(), aperti=avvisi.aperti(10))


@area.get("/<ambito>/ufficio/messaggi")
@requires(P.MESSAGGI)
def messaggi() -> Any:
    """Every letter of the Ambito, sent or not: kept for ever, newest first."""
    filtro = request.args.get("filtro")
    filtro = filtro if filtro in queries.FILTRI_MESSAGGI else None
    dopo = cursore()
    pagina = Pagina.da(queries.messaggi(filtro, dopo=dopo), PER_PAGINA, lambda m: m.id, dopo=dopo)
    return render_template("home/messaggi.html", pagina=pagina, filtro=filtro)


def _messaggio(messaggio_id: int) -> Messaggio | None:
    return queries.messaggio(messaggio_id)


@area.get("/<ambito>/ufficio/messaggi/<int:messaggio_id>")
@requires(P.MESSAGGI, load=_messaggio)
def messaggio(trovato: Messaggio) -> Any:
    riga = queries.RigaMessaggio(**{c: getattr(trovato, c) for c in queries.RigaMessaggio.__dataclass_fields__})
    return render_template("home/messaggio.html", messaggio=trovato, quale=riga.stato)


@area.post("/<ambito>/ufficio/messaggi/<int:messaggio_id>/rilascia")
@requires(P.MESSAGGI, load=_messaggio)
def rilascia(trovato: Messaggio) -> Any:
    operations.rilascia(trovato, attore=current_user)
    flash(_("Il messaggio parte adesso."), "successo")
    return redirect(url_for(".messaggio", messaggio_id=trovato.id), 303)


@area.post("/<ambito>/ufficio/messaggi/<int:messaggio_id>/ritenta")
@requires(P.MESSAGGI, load=_messaggio)
def ritenta(trovato: Messaggio) -> Any:
    operations.ritenta(trovato, attore=current_user)
    flash(_("Il messaggio è di nuovo in coda: parte tra poco."), "successo")
    return redirect(url_for(".messaggio", messaggio_id=trovato.id), 303)


@area.get("/<ambito>/ufficio/registro")
@requires(P.REGISTRO)
def registro() -> Any:
    """Who did what, when: the Ambito's chain, newest first."""
    return _registro()


@area.get("/<ambito>/ufficio/registro/controllo")
@requires(P.CONTROLLA)
def controlla() -> Any:
    """Walk the whole chain: has any row been changed, added or cut off?"""
    rotture = [r for r in audit.rotture() if r.catena == g.ambito.id]
    return _registro(controllato=True, rotture=rotture)


def _registro(*, controllato: bool = False, rotture: Iterable[Any] = ()) -> Any:
    dopo = cursore()
    righe = audit.eventi(g.ambito.id, prima_di=dopo, limite=PER_PAGINA + 1)
    pagina = Pagina.da(righe, PER_PAGINA, lambda r: r.numero, dopo=dopo)
    if dopo is not None and not pagina.righe:
        raise NonTrovato
    return render_template(
        "home/registro.html",
        pagina=pagina,
        nomi=queries.nomi({r.attore_id for r in pagina.righe if r.attore_id is not None}),
        dettagli={r.id: _in_parole(r.dettagli) for r in pagina.righe},
        controllato=controllato,
        rotture=list(rotture),
        puo_controllare=can(P.CONTROLLA),
    )


def _in_parole(dettagli: str) -> str:
    """The JSON of an event as «name: value» pairs."""
    valori = json.loads(dettagli)
    return " · ".join(f"{c}: {', '.join(map(str, v)) if isinstance(v, list) else v}" for c, v in valori.items())
