"""A commissioner's desk: one's commissions, the declaration, the proposals, the scores."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from ...access import can, requires
from ...errors import ErroreDominio
from ...i18n import _
from .. import operations, queries
from ..forms import Dichiarazione, Punteggi, modulo_punteggi, valori_iniziali
from ..models import StatoDichiarazione
from ..permissions import DaValutare, P, Seggio
from ..rules import parole
from .area import area, da_leggere


def _seggio(slug: str) -> Seggio | None:
    return queries.seggio(slug, current_user.id)


def _lavoro(slug: str, proposta_id: int) -> DaValutare | None:
    return queries.da_valutare(slug, proposta_id, current_user.id)


@area.get("/commissione")
@requires(P.COMMISSARIO)
def commissario() -> Any:
    """The commissions in which one sits, with the next thing to do in each."""
    return render_template("valutazione/commissario.html", parole=parole, seggi=queries.seggi_di(current_user.id))


@area.route("/commissione/<slug>/dichiarazione", methods=["GET", "POST"])
@requires(P.DICHIARA, load=_seggio)
def dichiarazione(seggio: Seggio) -> Any:
    """Conflict of interest: the names of the bodies that applied, one question, nothing of their proposals."""
    modulo = Dichiarazione()
    if modulo.validate_on_submit():
        try:
            registrata = operations.dichiara(
                seggio,
                assenza=modulo.risposta.data == "assenza",
                nota=modulo.nota.data or "",
                attore=current_user,
            )
        except ErroreDominio as errore:
            if errore.stato_http != 400:
                raise
            modulo.rifiuta(errore)
        else:
            _conferma(registrata)
            return redirect(url_for(".proposte", slug=seggio.avviso.slug), 303)
    stato = 422 if modulo.ha_errori else 200
    enti = sorted(queries.enti_concorrenti(seggio.avviso.id).values())
    return render_template(
        "valutazione/dichiarazione.html", seggio=seggio, modulo=modulo, enti=enti, errori_modulo=stato == 422
    ), stato


def _conferma(registrata: StatoDichiarazione) -> None:
    if registrata == StatoDichiarazione.ASSENZA:
        flash(_("La tua dichiarazione è registrata."), "successo")
    else:
        flash(_("Il conflitto è registrato: l’Ufficio ti sostituirà. Non potrai leggere le proposte."), "avviso")


@area.get("/commissione/<slug>")
@requires(P.DICHIARA, load=_seggio)
def proposte(seggio: Seggio) -> Any:
    """The proposals to score; only who is missing, until every declaration is in."""
    aperte = can(P.LEGGI, seggio)
    return render_template(
        "valutazione/proposte.html",
        parole=parole,
        seggio=seggio,
        aperte=aperte,
        proposte=queries.candidate_valutabili(seggio.avviso.id) if aperte else [],
        dati=queries.punteggi_dati(seggio.commissione.id) if aperte else {},
    )


@area.route("/commissione/<slug>/proposte/<int:proposta_id>", methods=["GET", "POST"])
@requires(P.VALUTA, load=_lavoro)
def punteggi(lavoro: DaValutare) -> Any:
    """Points and reasons for every criterion of one proposal, with its text beside."""
    criteri = lavoro.seggio.avviso.criteri
    salvati = queries.miei_punteggi(lavoro.seggio.membro.id, lavoro.proposta.id)
    modulo = modulo_punteggi(criteri)(data={**valori_iniziali(salvati), "versione": operations.versione_di(salvati)})
    parziale = bool(request.form.get("solo_salva"))
    if modulo.is_submitted() and modulo.validate() and modulo.completa(criteri, parziale=parziale):
        try:
            operations.assegna(lavoro, _giudizi(modulo, criteri), versione=modulo.versione.data, attore=current_user)
        except ErroreDominio as errore:
            if errore.stato_http != 400:
                raise
            modulo.rifiuta(errore)
        else:
            return _dopo(lavoro, parziale)
    stato = 422 if modulo.ha_errori else 200
    return render_template(
        "valutazione/punteggi.html",
        lavoro=lavoro,
        **da_leggere(lavoro.proposta),
        criteri=criteri,
        modulo=modulo,
        salvati=salvati,
        altri=queries.punteggi_altrui(lavoro.seggio.membro, lavoro.proposta.id, criteri=len(criteri)),
        cambi=queries.storia_punteggi(salvati),
        errori_modulo=stato == 422,
    ), stato


def _giudizi(modulo: Punteggi, criteri: Any) -> dict[int, operations.Giudizio]:
    giudizi = {}
    for criterio in criteri:
        punti, motivo = modulo.campi_di(criterio.id)
        if punti.data is not None:
            giudizi[criterio.id] = operations.Giudizio(punti.data, motivo.data or "")
    return giudizi


def _dopo(lavoro: DaValutare, parziale: bool) -> Any:
    slug = lavoro.seggio.avviso.slug
    if parziale:
        flash(_("Salvato. I criteri vuoti restano da valutare."), "successo")
        return redirect(url_for(".punteggi", slug=slug, proposta_id=lavoro.proposta.id), 303)
    flash(_("I tuoi punteggi sono salvati."), "successo")
    return redirect(url_for(".proposte", slug=slug), 303)
