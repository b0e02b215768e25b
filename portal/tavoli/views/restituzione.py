"""The office writes what a tavolo gives back: the document, its priorities, their sheets; then it publishes."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from ...access import requires
from ...errors import Conflitto, ErroreDominio
from ...i18n import _
from .. import forms
from .. import queries as lette
from ..models import Priorita, StatoTavolo, Tavolo
from ..operations import restituzione as operations
from ..permissions import P
from ..queries import ufficio as queries
from .area import area


def _dopo(tavolo: Tavolo) -> str:
    return url_for(".prepara", slug=tavolo.slug)


@area.route("/<ambito>/ufficio/tavoli/<slug>/restituzione", methods=["GET", "POST"])
@requires(P.PREPARA, load=lette.tavolo)
def scrivi_restituzione(tavolo: Tavolo) -> Any:
    if tavolo.stato == StatoTavolo.RESTITUITO and request.method == "GET":
        return redirect(_dopo(tavolo), 303)
    modulo = forms.ModuloRestituzione(data={"restituzione": tavolo.restituzione, "versione": tavolo.versione})
    if modulo.validate_on_submit():
        try:
            operations.scrivi_restituzione(
                tavolo,
                versione=forms.numero(modulo.versione.data),
                testo=modulo.restituzione.data or "",
                attore=current_user,
            )
        except Conflitto as conflitto:
            conflitto.ritorno = _dopo(tavolo)
            raise
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("La restituzione è salvata. Non è ancora pubblica."), "successo")
            return redirect(_dopo(tavolo), 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "tavoli/modulo.html", modulo=modulo, errori_modulo=stato == 422, titolo=_("Scrivi la restituzione"), sommario="",
        briciole=[(tavolo.titolo, _dopo(tavolo))], bottone=_("Salva la restituzione"), annulla=_dopo(tavolo),
    )  # fmt: skip
    return html, stato


@area.post("/<ambito>/ufficio/tavoli/<slug>/restituisci")
@requires(P.PREPARA, load=lette.tavolo)
def restituisci(tavolo: Tavolo) -> Any:
    """Publish: from here on the text and the priorities do not change any more."""
    try:
        operations.restituisci(tavolo, attore=current_user)
    except ErroreDominio as errore:
        if errore.stato_http != 400:
            raise
        flash(str(errore.messaggio), "errore")
    else:
        flash(_("La restituzione è pubblica."), "successo")
    return redirect(_dopo(tavolo), 303)


def _con_le_scelte(modulo: forms.ModuloPriorita, tavolo: Tavolo, ciclo_id: int | None) -> None:
    """The contributions that reached this tavolo, and the sheets of its plan."""
    arrivati = queries.contributi_di(tavolo.id)
    nomi = [(c.id, f"{c.ente or _('Un cittadino')}: {c.bisogno[:120]}") for c in arrivati]
    modulo.con_contributi(nomi)
    modulo.con_schede(queries.schede(ciclo_id))


@area.route("/<ambito>/ufficio/tavoli/<slug>/priorita/nuova", methods=["GET", "POST"])
@requires(P.PREPARA, load=lette.tavolo)
def nuova_priorita(tavolo: Tavolo) -> Any:
    if tavolo.stato == StatoTavolo.RESTITUITO and request.method == "GET":
        return redirect(_dopo(tavolo), 303)
    modulo = forms.ModuloPriorita()
    _con_le_scelte(modulo, tavolo, tavolo.percorso.ciclo_id)
    if modulo.validate_on_submit():
        try:
            operations.crea_priorita(tavolo, dati=modulo.dati(), attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("La priorità c’è."), "successo")
            return redirect(_dopo(tavolo), 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "tavoli/modulo.html", modulo=modulo, errori_modulo=stato == 422, titolo=_("Nuova priorità"), sommario="",
        briciole=[(tavolo.titolo, _dopo(tavolo))], bottone=_("Aggiungi la priorità"), annulla=_dopo(tavolo),
    )  # fmt: skip
    return html, stato


@area.route("/<ambito>/ufficio/tavoli/<slug>/priorita/<int:numero>", methods=["GET", "POST"])
@requires(P.PREPARA, load=queries.priorita)
def scrivi_priorita(priorita: Priorita) -> Any:
    """The whole priority while the restitution is not published; its sheets always."""
    tavolo = priorita.tavolo
    if tavolo.stato == StatoTavolo.RESTITUITO:
        return redirect(url_for(".schede", slug=tavolo.slug, numero=priorita.numero), 303)
    valori = {c: getattr(priorita, c) for c in ("titolo", "perche", "versione")}
    legati = {"contributi": [c.id for c in priorita.contributi], "schede": [s.id for s in priorita.schede]}
    modulo = forms.ModuloPriorita(data={**valori, **legati})
    _con_le_scelte(modulo, tavolo, queries.ciclo_di(tavolo.percorso_id))
    if modulo.validate_on_submit():
        try:
            operations.scrivi_priorita(
                priorita, versione=forms.numero(modulo.versione.data), dati=modulo.dati(), attore=current_user
            )
        except Conflitto as conflitto:
            conflitto.ritorno = _dopo(tavolo)
            raise
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("La priorità è salvata."), "successo")
            return redirect(_dopo(tavolo), 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "tavoli/modulo.html", modulo=modulo, errori_modulo=stato == 422, titolo=_("Cambia la priorità"), sommario="",
        briciole=[(tavolo.titolo, _dopo(tavolo))], bottone=_("Salva"), annulla=_dopo(tavolo),
        togli=(_("Togli la priorità"), url_for(".togli_priorita", slug=tavolo.slug, numero=priorita.numero)),
    )  # fmt: skip
    return html, stato


@area.post("/<ambito>/ufficio/tavoli/<slug>/priorita/<int:numero>/togli")
@requires(P.PREPARA, load=queries.priorita)
def togli_priorita(priorita: Priorita) -> Any:
    tavolo = priorita.tavolo
    try:
        operations.togli_priorita(priorita, attore=current_user)
    except ErroreDominio as errore:
        flash(str(errore.messaggio), "errore")
    else:
        flash(_("La priorità non c’è più."), "successo")
    return redirect(_dopo(tavolo), 303)


@area.route("/<ambito>/ufficio/tavoli/<slug>/priorita/<int:numero>/schede", methods=["GET", "POST"])
@requires(P.PREPARA, load=queries.priorita)
def schede(priorita: Priorita) -> Any:
    """Which sheets of the plan take the priority up: it may be said also when the restitution is published."""
    tavolo = priorita.tavolo
    modulo = forms.ModuloSchede(data={"schede": [s.id for s in priorita.schede]})
    modulo.con_schede(queries.schede(queries.ciclo_di(tavolo.percorso_id)))
    if modulo.validate_on_submit():
        operations.collega_schede(priorita, schede=modulo.scelte, attore=current_user)
        flash(_("I collegamenti sono salvati."), "successo")
        return redirect(_dopo(tavolo), 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "tavoli/modulo.html", modulo=modulo, errori_modulo=stato == 422, titolo=_("Le schede della priorità"),
        sommario=priorita.titolo, briciole=[(tavolo.titolo, _dopo(tavolo))], bottone=_("Salva"), annulla=_dopo(tavolo),
    )  # fmt: skip
    return html, stato
