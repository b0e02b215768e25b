"""Items that members ask for: the member's form, and the office that puts them on an agenda or says why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from ...access import requires
from ...errors import ErroreDominio
from ...fields import scelte
from ...i18n import _
from ...organi import queries as organi
from ...organi.models import Organo
from ...web import assoluto
from ..forms import ModuloProposta, ModuloRifiuto
from ..models import PuntoProposto, Seduta
from ..operations import proposte as operations
from ..permissions import P
from ..queries import proposte as queries
from ..rules import parole
from .area import area, carica

DELL_ORGANO = "/ufficio/organi/<slug>/sedute/proposte"


@area.route("/sedute/mie/proposte/nuova", methods=["GET", "POST"])
@requires(P.SIEDE)
def proponi() -> Any:
    """Ask for an item, in the name of a seat that one holds today."""
    posti = queries.posti_di(current_user.id)
    modulo = ModuloProposta()
    modulo.seggio_id.choices = scelte((p.seggio_id, f"{p.organo} ({p.rappresenta})") for p in posti)
    if modulo.validate_on_submit():
        try:
            operations.proponi(dati=modulo.dati(), attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("La proposta è arrivata all’ufficio. Qui vedi che cosa ne è."), "successo")
            return redirect(url_for(".mie"), 303)
    stato = 422 if modulo.ha_errori else 200
    return render_template("sedute/proponi.html", modulo=modulo, posti=posti, errori_modulo=stato == 422), stato


@area.get(DELL_ORGANO)
@requires(P.PREPARA, load=organi.organo)
def proposte(organo: Organo) -> Any:
    """What the members of a body ask to talk of, with a button for each sitting still to convene."""
    return render_template(
        "sedute/proposte.html", organo=organo, in_attesa=queries.in_attesa(organo.id), decise=queries.decise(organo.id),
        bozze=queries.bozze(organo.id), parole=parole,
    )  # fmt: skip


@dataclass(frozen=True)
class DaAccogliere:
    """An item that was asked for, and the sitting that takes it."""

    proposto: PuntoProposto
    seduta: Seduta

    @property
    def ambito_id(self) -> int:
        return self.seduta.ambito_id


def _da_accogliere(slug: str, numero: int, proposto: int) -> DaAccogliere | None:
    trovato, seduta = queries.proposto(slug, proposto), carica(slug, numero)
    return DaAccogliere(trovato, seduta) if trovato and seduta else None


@area.post("/ufficio/organi/<slug>/sedute/<int:numero>/proposte/<int:proposto>")
@requires(P.PREPARA, load=_da_accogliere)
def accogli_proposta(da: DaAccogliere) -> Any:
    """One press: it is the last item of the agenda. Who proposed it gets a letter."""
    try:
        operations.accogli(da.proposto, da.seduta, attore=current_user, pagina=assoluto("sedute.mie"))
    except ErroreDominio as errore:
        flash(str(errore.messaggio), "errore")
        return redirect(url_for(".proposte", slug=da.proposto.organo.slug), 303)
    flash(_("Il punto è nell’ordine del giorno. La lettera a chi l’ha proposto aspetta fra i messaggi."), "successo")
    return redirect(url_for(".prepara", slug=da.seduta.organo.slug, numero=da.seduta.numero), 303)


def _proposto(slug: str, proposto: int) -> PuntoProposto | None:
    return queries.proposto(slug, proposto)


@area.route(f"{DELL_ORGANO}/<int:proposto>/respingi", methods=["GET", "POST"])
@requires(P.PREPARA, load=_proposto)
def respingi_proposta(trovato: PuntoProposto) -> Any:
    modulo = ModuloRifiuto()
    if modulo.validate_on_submit():
        try:
            operations.respingi(trovato, motivo=modulo.motivo.data, attore=current_user, pagina=assoluto("sedute.mie"))
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("Risposto. La lettera a chi l’ha proposto aspetta fra i messaggi."), "successo")
            return redirect(url_for(".proposte", slug=trovato.organo.slug), 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template("sedute/respingi.html", proposto=trovato, modulo=modulo, errori_modulo=stato == 422)
    return html, stato
