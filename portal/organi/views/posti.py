"""Seats that close, bodies that are switched off, forfeiture for absences: what changes who sits, for the office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from ...access import requires
from ...clocks import oggi
from ...errors import ErroreDominio
from ...i18n import _
from ...sedute.queries import assenze
from .. import operations, queries
from ..forms import ModuloChiusura, ModuloDecadenza, ModuloStato
from ..models import Mandato, Organo, Seggio
from ..permissions import P
from ..rules import mandati
from .area import area

Assenze = dict[int, tuple[mandati.Assenza, ...]]


def assenze_da_valutare(organo: Organo, seggi: Iterable[queries.RigaSeggio]) -> Assenze:
    """Seat -> the absences in a row for which its holder may be declared forfeited; one query, none where it is not so."""
    if organo.assenze_massime is None:
        return {}
    storico = assenze.storico(organo.id)
    righe = {s.id: mandati.da_valutare(storico.get(s.id, ()), s.dal, organo.assenze_massime) for s in seggi if s.dal}
    return {seggio: trovate for seggio, trovate in righe.items() if trovate}


@dataclass(frozen=True)
class DaDecadere:
    """A seat with who holds it today and has missed too many sittings."""

    seggio: Seggio
    mandato: Mandato
    assenze: tuple[mandati.Assenza, ...]

    @property
    def ambito_id(self) -> int:
        return self.seggio.ambito_id


def _da_decadere(slug: str, posto: int) -> DaDecadere | None:
    organo, seggio = queries.organo(slug), queries.seggio(slug, posto)
    if organo is None or seggio is None:
        return None
    siede = (m for m in seggio.mandati if not m.supplente and mandati.Periodo(m.dal, m.al).contiene(oggi()))
    mandato = next(siede, None)
    if mandato is None or mandato.fine is not None:
        return None
    storico = assenze.storico(organo.id).get(seggio.id, ())
    trovate = mandati.da_valutare(storico, mandato.dal, organo.assenze_massime)
    return DaDecadere(seggio, mandato, trovate) if trovate else None


@area.route("/ufficio/organi/<slug>/seggi/<int:posto>/decadenza", methods=["GET", "POST"])
@requires(P.REGOLA, load=_da_decadere)
def decadenza(trovata: DaDecadere) -> Any:
    """Declare the forfeiture by an act; the substitute, where there is one, is proposed for the seat."""
    seggio, mandato = trovata.seggio, trovata.mandato
    modulo = ModuloDecadenza(data={"al": oggi()})
    if modulo.validate_on_submit():
        try:
            operations.dichiara_decadenza(
                mandato, al=modulo.al.data, atto=modulo.atto.data, assenze=[a.quando for a in trovata.assenze],
                attore=current_user,
            )  # fmt: skip
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            supplente = _supplente(seggio)
            flash(_("La decadenza è dichiarata. Il posto è vacante dal giorno dopo."), "successo")
            dopo: dict[str, Any] = {"subentra": supplente.id} if supplente else {}
            return redirect(url_for(".seggio", slug=seggio.organo.slug, posto=seggio.ordine, **dopo), 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "organi/decadenza.html", seggio=seggio, mandato=mandato, assenze=trovata.assenze, supplente=_supplente(seggio),
        modulo=modulo, errori_modulo=stato == 422,
    )  # fmt: skip
    return html, stato


def _supplente(seggio: Seggio) -> Mandato | None:
    """The substitute of these days."""
    return next((m for m in seggio.mandati if m.supplente and mandati.Periodo(m.dal, m.al).contiene(oggi())), None)


def _posto(slug: str, posto: int) -> Seggio | None:
    return queries.seggio(slug, posto)


@area.route("/ufficio/organi/<slug>/seggi/<int:posto>/chiudi", methods=["GET", "POST"])
@requires(P.MODIFICA, load=_posto)
def chiudi(seggio: Seggio) -> Any:
    """Close a seat: its last day and the reason; the row and its history stay."""
    modulo = ModuloChiusura(data={"al": seggio.al or oggi()})
    if modulo.validate_on_submit():
        try:
            operations.chiudi_seggio(
                seggio, al=modulo.al.data, motivo=modulo.motivo.data, anche_mandati=modulo.anche_mandati.data,
                attore=current_user,
            )  # fmt: skip
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("Il posto è chiuso. La sua storia resta."), "successo")
            return redirect(url_for(".seggi", slug=seggio.organo.slug), 303)
    stato = 422 if modulo.ha_errori else 200
    return render_template("organi/chiudi.html", seggio=seggio, modulo=modulo, errori_modulo=stato == 422), stato


@area.route("/ufficio/organi/<slug>/stato", methods=["GET", "POST"])
@requires(P.REGOLA, load=queries.organo)
def stato(organo: Organo) -> Any:
    """Switch a body off, or on again, with a reason."""
    modulo = ModuloStato()
    if modulo.validate_on_submit():
        cambia = operations.spegni if organo.attivo else operations.riaccendi
        try:
            cambia(organo, motivo=modulo.motivo.data, attore=current_user)
        except ErroreDominio as errore:
            if errore.stato_http != 400:
                raise
            modulo.rifiuta(errore)
        else:
            flash(_("Fatto: l’organo è acceso.") if organo.attivo else _("Fatto: l’organo è spento."), "successo")
            return redirect(url_for(".seggi", slug=organo.slug), 303)
    codice = 422 if modulo.ha_errori else 200
    return render_template("organi/stato.html", organo=organo, modulo=modulo, errori_modulo=codice == 422), codice
