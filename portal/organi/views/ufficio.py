"""The bodies for the office: their rules (the Responsabile), their seats, who sits there and by which act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from ...access import requires
from ...clocks import oggi
from ...errors import Conflitto, ErroreDominio
from ...i18n import _, _l
from ...web import assoluto
from .. import operations, queries
from ..forms import ModuloAccesso, ModuloFine, ModuloNomina, ModuloOrgano, ModuloSeggio, iniziale
from ..models import Fine, Mandato, Organo, Seggio
from ..permissions import P
from ..rules import parole
from .area import area
from .posti import assenze_da_valutare

UN_GIORNO = timedelta(days=1)
NUOVO = {
    "quorum_teste": "maggioranza",
    "seconda_teste": "un_terzo",
    "preavviso_giorni": 5,
    "preavviso_ore": 24,
    "deleghe_massime": 1,
    "osservazioni_giorni": 5,
    "conflitto_riduce": True,
    "regole": [{"nome": _l("Decisioni ordinarie")}],
}
"""What a new body is proposed with (domain.md 3.4, 3.5): the regulation says otherwise where it does."""


@area.get("/ufficio/organi")
@requires(P.MODIFICA)
def ufficio() -> Any:
    righe = queries.elenco(oggi(), anche_spenti=True)
    return render_template("organi/ufficio.html", organi=righe, generi=parole.GENERI)


@area.route("/ufficio/organi/nuovo", methods=["GET", "POST"])
@requires(P.REGOLA)
def nuovo() -> Any:
    modulo = ModuloOrgano(data=NUOVO).con_una_vuota()
    if modulo.validate_on_submit():
        try:
            fatto = operations.crea(
                ambito_id=g.ambito.id, dati=modulo.dati(), regole=modulo.dati_regole(), attore=current_user
            )
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("L’organo c’è. Adesso aggiungi i posti."), "successo")
            return redirect(url_for(".seggi", slug=fatto.slug), 303)
    return _scrivi(modulo, None)


@area.route("/ufficio/organi/<slug>", methods=["GET", "POST"])
@requires(P.REGOLA, load=queries.organo)
def scrivi(organo: Organo) -> Any:
    modulo = ModuloOrgano(data=iniziale(organo)).con_una_vuota()
    if modulo.validate_on_submit():
        try:
            operations.modifica(
                organo,
                versione=modulo.versione.data or 0,
                dati=modulo.dati(),
                regole=modulo.dati_regole(),
                attore=current_user,
            )
        except Conflitto as conflitto:
            conflitto.ritorno = url_for(".scrivi", slug=organo.slug)
            raise
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("Le regole dell’organo sono salvate."), "successo")
            return redirect(url_for(".seggi", slug=organo.slug), 303)
    return _scrivi(modulo, organo)


def _scrivi(modulo: ModuloOrgano, organo: Organo | None) -> Any:
    stato = 422 if modulo.ha_errori else 200
    return render_template("organi/scrivi.html", modulo=modulo, organo=organo, errori_modulo=stato == 422), stato


@area.route("/ufficio/organi/<slug>/seggi", methods=["GET", "POST"])
@requires(P.MODIFICA, load=queries.organo)
def seggi(organo: Organo) -> Any:
    """The seats of a body with whoever holds them today, and the form of another seat."""
    modulo = ModuloSeggio(data={"dal": oggi(), "voto": True})
    if modulo.validate_on_submit():
        try:
            fatto = operations.aggiungi_seggio(organo, dati=modulo.dati(), attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("Il posto c’è. Adesso scrivi chi ci siede."), "successo")
            return redirect(url_for(".seggio", slug=organo.slug, posto=fatto.ordine), 303)
    stato = 422 if modulo.ha_errori else 200
    righe = queries.composizione(organo.id, oggi())
    html = render_template(
        "organi/seggi.html", organo=organo, seggi=righe, modulo=modulo, assenze=assenze_da_valutare(organo, righe),
        errori_modulo=stato == 422,
    )  # fmt: skip
    return html, stato


def _posto(slug: str, posto: int) -> Seggio | None:
    return queries.seggio(slug, posto)


@area.route("/ufficio/organi/<slug>/seggi/<int:posto>", methods=["GET", "POST"])
@requires(P.MODIFICA, load=_posto)
def seggio(trovato: Seggio) -> Any:
    """A seat: its mandates from the first one, and the form of a new one."""
    modulo = ModuloNomina(data=_proposta(trovato))
    if modulo.validate_on_submit():
        try:
            operations.nomina(
                trovato,
                nome=modulo.nome.data or "",
                qualita=modulo.qualita.data,
                atto=modulo.atto.data,
                dal=modulo.dal.data,
                al=modulo.al.data,
                supplente=modulo.supplente.data,
                attore=current_user,
            )
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("La nomina è scritta."), "successo")
            return redirect(url_for(".seggio", slug=trovato.organo.slug, posto=trovato.ordine), 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "organi/seggio.html", seggio=trovato, modulo=modulo, fini=parole.FINI, oggi=oggi(), errori_modulo=stato == 422
    )
    return html, stato


def _proposta(seggio: Seggio) -> dict[str, Any]:
    """What the form of a nomination begins with: the substitute, where the address names one (``?subentra=``)."""
    chiesto = request.args.get("subentra", type=int)
    supplente = next((m for m in seggio.mandati if m.supplente and m.id == chiesto), None)
    if supplente is None:
        return {"dal": oggi()}
    fini = [m.al for m in seggio.mandati if not m.supplente and m.al is not None]
    dal = max([*fini, supplente.dal]) + UN_GIORNO
    return {"qualita": supplente.qualita, "nome": supplente.nome, "dal": dal, "al": supplente.al}


@dataclass(frozen=True)
class DaFinire:
    """A mandate with its seat, for the page that ends it."""

    seggio: Seggio
    mandato: Mandato

    @property
    def ambito_id(self) -> int:
        return self.seggio.ambito_id


def _mandato(slug: str, posto: int, mandato: int) -> DaFinire | None:
    trovato = queries.seggio(slug, posto)
    suo = next((m for m in trovato.mandati if m.id == mandato), None) if trovato else None
    return DaFinire(trovato, suo) if trovato and suo else None


@area.route("/ufficio/organi/<slug>/seggi/<int:posto>/<int:mandato>/fine", methods=["GET", "POST"])
@requires(P.MODIFICA, load=_mandato)
def fine(da_finire: DaFinire) -> Any:
    """End a mandate: the last day and the reason; the row stays."""
    seggio, mandato = da_finire.seggio, da_finire.mandato
    modulo = ModuloFine(data={"al": mandato.al or oggi(), "fine": "scadenza"})
    if modulo.validate_on_submit():
        try:
            operations.cessa(mandato, al=modulo.al.data, fine=Fine(modulo.fine.data), attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("Il mandato è chiuso. Il posto resta, e la storia anche."), "successo")
            return redirect(url_for(".seggio", slug=seggio.organo.slug, posto=seggio.ordine), 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template("organi/fine.html", seggio=seggio, mandato=mandato, modulo=modulo, errori_modulo=stato == 422)
    return html, stato


@area.route("/ufficio/organi/<slug>/seggi/<int:posto>/<int:mandato>/accesso", methods=["GET", "POST"])
@requires(P.MODIFICA, load=_mandato)
def accesso(trovato: DaFinire) -> Any:
    """Give who sits there an account in the portal."""
    seggio, mandato = trovato.seggio, trovato.mandato
    modulo = ModuloAccesso()
    if modulo.validate_on_submit():
        pagina = assoluto("utenti.nuova_password", gettone="GETTONE").replace("GETTONE", "{gettone}")
        try:
            operations.invita(mandato, seggio=seggio, email=modulo.email.data, indirizzo_pagina=pagina, attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("L’invito è partito."), "successo")
            return redirect(url_for(".seggio", slug=seggio.organo.slug, posto=seggio.ordine), 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template("organi/accesso.html", seggio=seggio, mandato=mandato, modulo=modulo, errori_modulo=stato == 422)
    return html, stato
