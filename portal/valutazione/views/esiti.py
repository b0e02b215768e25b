"""The ranking with its arithmetic, its publication, and the page that everybody reads."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from ...access import public, requires
from ...avvisi.models import Avviso
from ...errors import ErroreDominio, NonTrovato
from ...i18n import _
from ...money import scrivi_importo
from ...web import assoluto
from .. import operations, queries, rules
from ..forms import Pubblicazione
from ..models import EsitoProposta
from ..permissions import P
from ..rules import parole
from .area import area


@area.get("/ufficio/avvisi/<slug>/valutazione/graduatoria")
@requires(P.CONDUCI, load=queries.avviso_per_slug)
def graduatoria(avviso: Avviso) -> Any:
    """The ranking computed now; with ``?ricalcola=1``, set beside what was published."""
    calcolo, esito = queries.calcolo(avviso), queries.esito(avviso.id)
    pubblicate = queries.righe_esito(avviso.id) if esito else []
    confronto = None
    if esito is not None and request.args.get("ricalcola"):
        confronto = rules.differenze(queries.come_pubblicate(pubblicate), calcolo.righe())
    return render_template(
        "valutazione/graduatoria.html",
        avviso=avviso,
        parole=parole,
        calcolo=calcolo,
        proposte={p.id: p for p in queries.proposte_ricevute(avviso.id)} if calcolo.posti is not None else {},
        esito=esito,
        ostacoli=[] if esito else _motivi(avviso),
        confronto=confronto,
        detto=_detto,
    )


def _motivi(avviso: Avviso) -> list[tuple[str, str, None]]:
    """What stops the publication, each with the page where it is put right."""
    indirizzo = url_for(".procedura", slug=avviso.slug)
    return [(motivo, indirizzo, None) for motivo in operations.ostacoli(avviso)]


def _detto(valore: object) -> str:
    """A value of the outcome as people write it; amounts and points share their notation."""
    if valore is None:
        return _("manca")
    if isinstance(valore, EsitoProposta):
        return str(parole.ESITI[valore][0])
    return scrivi_importo(valore) if isinstance(valore, Decimal) else str(valore)


@area.route("/ufficio/avvisi/<slug>/valutazione/esito", methods=["GET", "POST"])
@requires(P.PUBBLICA, load=queries.avviso_per_slug)
def pubblica(avviso: Avviso) -> Any:
    """The act, then the page that says what happens and who is told, then publication."""
    modulo = Pubblicazione()
    if modulo.validate_on_submit() and modulo.conferma.data == "si":
        try:
            operations.pubblica(
                avviso,
                atto=modulo.atto.data,
                impronta=modulo.impronta.data or "",
                attore=current_user,
                collegamento=assoluto("valutazione.esito", slug=avviso.slug),
            )
        except ErroreDominio as errore:
            if errore.stato_http != 400:
                raise
            modulo.rifiuta(errore)
        else:
            flash(_("L’esito è pubblicato e gli enti sono stati avvisati."), "successo")
            return redirect(url_for(".graduatoria", slug=avviso.slug), 303)
    calcolo = queries.calcolo(avviso)
    stato = 422 if modulo.ha_errori else 200
    return render_template(
        "valutazione/pubblica.html",
        avviso=avviso,
        parole=parole,
        modulo=modulo,
        calcolo=calcolo,
        proposte={p.id: p for p in queries.proposte_ricevute(avviso.id)} if calcolo.posti is not None else {},
        ostacoli=_motivi(avviso),
        da_confermare=request.method == "POST" and stato == 200,
        pubblicato=queries.esito(avviso.id) is not None,
        errori_modulo=stato == 422,
    ), stato


@area.get("/avvisi/<slug>/esito")
@public
def esito(slug: str) -> Any:
    """The published outcome: positions, points, money. Reasons on people stay in the office's files."""
    avviso = queries.avviso_pubblicato(slug)
    pubblicato = queries.esito(avviso.id) if avviso is not None else None
    if avviso is None or pubblicato is None:
        raise NonTrovato
    calcolo = queries.calcolo(avviso)
    return render_template(
        "valutazione/esito.html",
        avviso=avviso,
        parole=parole,
        esito=pubblicato,
        righe=queries.righe_esito(avviso.id),
        posti=rules.per_id(calcolo.posti or ()),
    )
