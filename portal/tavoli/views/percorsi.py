"""The office prepares: a percorso with its phases, its tavoli, the days of its calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_login import current_user

from ...access import requires
from ...errors import Conflitto, ErroreDominio
from ...i18n import _
from ...templating import data_media
from .. import forms
from .. import queries as lette
from ..models import Incontro, Percorso, Tavolo
from ..operations import percorsi as operations
from ..permissions import P
from ..queries import ufficio as queries
from .area import area


def _percorso(slug: str) -> Percorso | None:
    return lette.percorso(slug, anche_bozza=True)


@area.get("/<ambito>/ufficio/tavoli/percorsi/<slug>")
@requires(P.PREPARA, load=_percorso)
def prepara_percorso(percorso: Percorso) -> Any:
    """A percorso as the office keeps it, published or not."""
    return render_template("tavoli/prepara_percorso.html", percorso=percorso, calendario=lette.calendario(percorso.id))


@area.route("/<ambito>/ufficio/tavoli/percorsi/nuovo", methods=["GET", "POST"])
@requires(P.PREPARA)
def nuovo_percorso() -> Any:
    modulo = forms.ModuloPercorso(data=forms.del_percorso(None))
    modulo.con_cicli(queries.cicli())
    if modulo.validate_on_submit():
        try:
            fatto = operations.crea_percorso(
                ambito_id=g.ambito.id, dati=modulo.dati(), fasi=modulo.le_fasi(), attore=current_user
            )
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("La bozza del percorso c’è: aggiungi i tavoli."), "successo")
            return redirect(url_for(".prepara_percorso", slug=fatto.slug), 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "tavoli/modulo.html", modulo=modulo, errori_modulo=stato == 422, titolo=_("Nuovo percorso"),
        sommario=_("Finché non lo pubblichi lo legge solo l’Ufficio."), briciole=[], bottone=_("Salva la bozza"),
        annulla=url_for(".ufficio"),
    )  # fmt: skip
    return html, stato


@area.route("/<ambito>/ufficio/tavoli/percorsi/<slug>/scrivi", methods=["GET", "POST"])
@requires(P.PREPARA, load=_percorso)
def scrivi_percorso(percorso: Percorso) -> Any:
    dopo = url_for(".prepara_percorso", slug=percorso.slug)
    modulo = forms.ModuloPercorso(data=forms.del_percorso(percorso))
    modulo.con_cicli(queries.cicli())
    if modulo.validate_on_submit():
        try:
            operations.scrivi_percorso(
                percorso, versione=forms.numero(modulo.versione.data), dati=modulo.dati(), fasi=modulo.le_fasi(),
                attore=current_user,
            )  # fmt: skip
        except Conflitto as conflitto:
            conflitto.ritorno = dopo
            raise
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("Il percorso è salvato."), "successo")
            return redirect(dopo, 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "tavoli/modulo.html", modulo=modulo, errori_modulo=stato == 422, titolo=_("Cambia il percorso"), sommario="",
        briciole=[(percorso.titolo, dopo)], bottone=_("Salva"), annulla=dopo,
    )  # fmt: skip
    return html, stato


@area.post("/<ambito>/ufficio/tavoli/percorsi/<slug>/pubblica")
@requires(P.PREPARA, load=_percorso)
def pubblica_percorso(percorso: Percorso) -> Any:
    try:
        operations.pubblica_percorso(percorso, attore=current_user)
    except ErroreDominio as errore:
        if errore.stato_http != 400:
            raise
        flash(str(errore.messaggio), "errore")
    else:
        flash(_("Il percorso è pubblico: gli enti possono chiedere di partecipare."), "successo")
    return redirect(url_for(".prepara_percorso", slug=percorso.slug), 303)


@area.route("/<ambito>/ufficio/tavoli/percorsi/<slug>/tavolo", methods=["GET", "POST"])
@requires(P.PREPARA, load=_percorso)
def nuovo_tavolo(percorso: Percorso) -> Any:
    dopo = url_for(".prepara_percorso", slug=percorso.slug)
    modulo = forms.ModuloTavolo(data={"numero": queries.prossimo_tavolo(percorso.id)})
    modulo.con_organi(lette.organi_scelti())
    if modulo.validate_on_submit():
        try:
            operations.crea_tavolo(percorso, dati=modulo.dati(), attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("Il tavolo c’è."), "successo")
            return redirect(dopo, 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "tavoli/modulo.html", modulo=modulo, errori_modulo=stato == 422, titolo=_("Nuovo tavolo"), sommario="",
        briciole=[(percorso.titolo, dopo)], bottone=_("Aggiungi il tavolo"), annulla=dopo,
    )  # fmt: skip
    return html, stato


@area.route("/<ambito>/ufficio/tavoli/<slug>/scrivi", methods=["GET", "POST"])
@requires(P.PREPARA, load=lette.tavolo)
def scrivi_tavolo(tavolo: Tavolo) -> Any:
    dopo = url_for(".prepara", slug=tavolo.slug)
    modulo = forms.ModuloTavolo(data=forms.del_tavolo(tavolo))
    modulo.con_organi(lette.organi_scelti())
    if modulo.validate_on_submit():
        try:
            operations.scrivi_tavolo(
                tavolo, versione=forms.numero(modulo.versione.data), dati=modulo.dati(), attore=current_user
            )
        except Conflitto as conflitto:
            conflitto.ritorno = dopo
            raise
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("Il tavolo è salvato."), "successo")
            return redirect(dopo, 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "tavoli/modulo.html", modulo=modulo, errori_modulo=stato == 422, titolo=_("Cambia il tavolo"), sommario="",
        briciole=[(tavolo.titolo, dopo)], bottone=_("Salva"), annulla=dopo,
    )  # fmt: skip
    return html, stato


def _prepara_incontro(modulo: forms.ModuloIncontro, percorso: Percorso) -> None:
    """The choices: the tavoli of the percorso, the sittings that were convened."""
    tavoli = [(t.id, f"{t.numero}. {t.titolo}") for t in percorso.tavoli]
    sedute = [(i, f"{s.organo.nome}, {data_media(s.inizio)}") for i, s in queries.sedute_scelte()]
    modulo.fra(tavoli, sedute)


@area.route("/<ambito>/ufficio/tavoli/percorsi/<slug>/incontro", methods=["GET", "POST"])
@requires(P.PREPARA, load=_percorso)
def nuovo_incontro(percorso: Percorso) -> Any:
    dopo = url_for(".prepara_percorso", slug=percorso.slug)
    modulo = forms.ModuloIncontro(data={"tavolo_id": 0, "seduta_id": 0})
    _prepara_incontro(modulo, percorso)
    if modulo.validate_on_submit():
        operations.crea_incontro(percorso, dati=modulo.dati(), attore=current_user)
        flash(_("L’incontro è nel calendario."), "successo")
        return redirect(dopo, 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "tavoli/modulo.html", modulo=modulo, errori_modulo=stato == 422, titolo=_("Nuovo incontro"), sommario="",
        briciole=[(percorso.titolo, dopo)], bottone=_("Aggiungi l’incontro"), annulla=dopo,
    )  # fmt: skip
    return html, stato


@dataclass(frozen=True)
class Giornata:
    """A day of the calendar of a percorso."""

    percorso: Percorso
    incontro: Incontro

    @property
    def ambito_id(self) -> int:
        return self.percorso.ambito_id


def _giornata(slug: str, incontro_id: int) -> Giornata | None:
    percorso, incontro = _percorso(slug), queries.incontro(slug, incontro_id)
    return Giornata(percorso, incontro) if percorso and incontro else None


@area.route("/<ambito>/ufficio/tavoli/percorsi/<slug>/incontri/<int:incontro_id>", methods=["GET", "POST"])
@requires(P.PREPARA, load=_giornata)
def scrivi_incontro(di: Giornata) -> Any:
    percorso, incontro = di.percorso, di.incontro
    dopo = url_for(".prepara_percorso", slug=percorso.slug)
    modulo = forms.ModuloIncontro(data=forms.dell_incontro(incontro))
    _prepara_incontro(modulo, percorso)
    if modulo.validate_on_submit():
        try:
            operations.scrivi_incontro(
                incontro, versione=forms.numero(modulo.versione.data), dati=modulo.dati(), attore=current_user
            )
        except Conflitto as conflitto:
            conflitto.ritorno = dopo
            raise
        flash(_("L’incontro è salvato."), "successo")
        return redirect(dopo, 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "tavoli/modulo.html", modulo=modulo, errori_modulo=stato == 422, titolo=_("Cambia l’incontro"), sommario="",
        briciole=[(percorso.titolo, dopo)], bottone=_("Salva"), annulla=dopo,
        togli=(_("Togli l’incontro"), url_for(".togli_incontro", slug=percorso.slug, incontro_id=incontro.id)),
    )  # fmt: skip
    return html, stato


@area.post("/<ambito>/ufficio/tavoli/percorsi/<slug>/incontri/<int:incontro_id>/togli")
@requires(P.PREPARA, load=_giornata)
def togli_incontro(di: Giornata) -> Any:
    operations.togli_incontro(di.incontro, attore=current_user)
    flash(_("L’incontro non è più nel calendario."), "successo")
    return redirect(url_for(".prepara_percorso", slug=di.percorso.slug), 303)
