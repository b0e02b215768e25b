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
from ...parole import parola_dettagli
from .. import fonti, operations, queries
from ..permissions import PUNTI, VOCI_NEL_REGISTRO, P
from .area import area

PER_PAGINA = 50


@area.get("/<ambito>/ufficio/")
@requires(P.UFFICIO)
def ufficio() -> Any:
    """What waits for the office, urgent things first; then the terms that run."""
    return render_template("home/ufficio.html", voci=fonti.da_fare(current_user), aperti=avvisi.aperti(10))


@area.get("/<ambito>/ufficio/messaggi")
@requires(P.MESSAGGI)
def messaggi() -> Any:
    """The letters of the Ambito, sent or not: kept for ever, newest first. Not those that who reads must not."""
    filtro = request.args.get("filtro")
    filtro = filtro if filtro in queries.FILTRI_MESSAGGI else None
    dopo = cursore()
    pagina = Pagina.da(queries.messaggi(current_user, filtro, dopo=dopo), PER_PAGINA, lambda m: m.id, dopo=dopo)
    return render_template("home/messaggi.html", pagina=pagina, filtro=filtro)


def _messaggio(messaggio_id: int) -> Messaggio | None:
    return queries.messaggio(current_user, messaggio_id)


def _da_ritentare(messaggio_id: int) -> Messaggio | None:
    return queries.da_ritentare(current_user, messaggio_id)


@area.get("/<ambito>/ufficio/messaggi/<int:messaggio_id>")
@requires(P.MESSAGGI, load=_messaggio)
def messaggio(trovato: Messaggio) -> Any:
    return render_template("home/messaggio.html", messaggio=trovato, quale=queries.stato_di(trovato))


@area.post("/<ambito>/ufficio/messaggi/<int:messaggio_id>/rilascia")
@requires(P.MESSAGGI, load=_messaggio)
def rilascia(trovato: Messaggio) -> Any:
    operations.rilascia(trovato, attore=current_user)
    flash(_("Il messaggio parte adesso."), "successo")
    return redirect(url_for(".messaggio", messaggio_id=trovato.id), 303)


@area.post("/<ambito>/ufficio/messaggi/<int:messaggio_id>/ritenta")
@requires(P.MESSAGGI, load=_da_ritentare)
def ritenta(trovato: Messaggio) -> Any:
    """Then to the letter, or to the list for one that may be sent but not read."""
    operations.ritenta(trovato, attore=current_user)
    flash(_("Il messaggio è di nuovo in coda: parte tra poco."), "successo")
    if _messaggio(trovato.id) is None:
        return redirect(url_for(".messaggi"), 303)
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
    riservati = queries.eventi_riservati(current_user, [r.id for r in pagina.righe])
    leggibili = [r for r in pagina.righe if r.id not in riservati]
    return render_template(
        "home/registro.html",
        pagina=pagina,
        riservati=riservati,
        nomi=queries.nomi({r.attore_id for r in leggibili if r.attore_id is not None}),
        dettagli={r.id: _in_parole(r) for r in leggibili},
        punti={r.id for r in leggibili if r.azione in PUNTI},
        controllato=controllato,
        rotture=list(rotture),
        puo_controllare=can(P.CONTROLLA),
    )


def _in_parole(riga: audit.RigaRegistro) -> str:
    """The details of an event; of the evaluation, those that the office may read."""
    valori = json.loads(riga.dettagli)
    if riga.azione.startswith("valutazione."):
        valori = {c: v for c, v in valori.items() if c in VOCI_NEL_REGISTRO}
    return parola_dettagli(valori)
