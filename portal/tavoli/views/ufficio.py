"""The office at its desk: requests to decide, contributions to answer, one tavolo with all that is its own."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from ...access import can, requires
from ...errors import Conflitto, ErroreDominio
from ...i18n import _
from ...sedute import queries as sedute
from ...web import assoluto
from .. import forms, rules
from .. import queries as lette
from ..models import Contributo, Partecipazione, StatoContributo, StatoPartecipazione, Tavolo
from ..operations import contributi, partecipazioni
from ..permissions import P
from ..queries import ufficio as queries
from .area import area


@area.get("/<ambito>/ufficio/tavoli")
@requires(P.PREPARA)
def ufficio() -> Any:
    """What waits first; then every percorso."""
    return render_template(
        "tavoli/ufficio.html",
        richieste=queries.richieste_da_decidere(),
        contributi=queries.contributi_da_rispondere(),
        percorsi=lette.percorsi(anche_bozze=True),
        regole=rules,
    )


@area.get("/<ambito>/ufficio/tavoli/<slug>")
@requires(P.PREPARA, load=lette.tavolo)
def prepara(tavolo: Tavolo) -> Any:
    """A tavolo as the office keeps it."""
    return render_template(
        "tavoli/prepara.html",
        tavolo=tavolo,
        percorso=tavolo.percorso,
        richieste=queries.richieste_di(tavolo.id),
        contributi=queries.contributi_di(tavolo.id),
        sedute=sedute.di_organo(tavolo.organo_id, 20) if tavolo.organo_id else (),
        manca=rules.manca_alla_restituzione(
            testo=tavolo.restituzione, senza_risposta=queries.senza_risposta(tavolo.id), priorita=len(tavolo.priorita)
        ),
        regole=rules,
    )


@area.get("/<ambito>/ufficio/tavoli/partecipazioni/<int:partecipazione_id>")
@requires(P.PREPARA, load=queries.partecipazione)
def partecipazione(trovata: Partecipazione) -> Any:
    """What the ente asks; who may decides on the same page."""
    return render_template("tavoli/partecipazione.html", partecipazione=trovata, **_su_partecipazione(trovata))


def _su_partecipazione(trovata: Partecipazione) -> dict[str, Any]:
    return {"tavolo": trovata.tavolo, "ente": trovata.ente, "regole": rules, "puo_decidere": can(P.AMMETTI, trovata)}


@area.route("/<ambito>/ufficio/tavoli/partecipazioni/<int:partecipazione_id>/decidi", methods=["GET", "POST"])
@requires(P.AMMETTI, load=queries.partecipazione)
def decidi(trovata: Partecipazione) -> Any:
    """Admit or refuse, with reason and act."""
    dopo = url_for(".partecipazione", partecipazione_id=trovata.id)
    if trovata.stato != StatoPartecipazione.RICHIESTA and request.method == "GET":
        return redirect(dopo, 303)
    modulo = forms.ModuloDecisione(data={"versione": trovata.versione})
    if modulo.validate_on_submit():
        try:
            partecipazioni.decidi(
                trovata, modulo.decisione(), versione=forms.numero(modulo.versione.data), attore=current_user,
                collegamento=assoluto("tavoli.dell_ente", ente_id=trovata.ente_id),
            )  # fmt: skip
        except Conflitto as conflitto:
            conflitto.ritorno = dopo
            raise
        except ErroreDominio as errore:
            if errore.stato_http != 400:
                raise
            modulo.rifiuta(errore)
        else:
            flash(_("Deciso. La lettera all’ente aspetta il tuo controllo in «Messaggi»."), "successo")
            return redirect(dopo, 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "tavoli/modulo.html", modulo=modulo, errori_modulo=stato == 422, titolo=_("Decidi sulla richiesta"),
        sommario=_("%(ente)s chiede di partecipare al tavolo «%(tavolo)s».", ente=trovata.ente.denominazione,
                   tavolo=trovata.tavolo.titolo),
        briciole=[
            (trovata.tavolo.titolo, url_for(".prepara", slug=trovata.tavolo.slug)), (trovata.ente.denominazione, dopo),
        ],
        bottone=_("Salva la decisione"), annulla=dopo,
    )  # fmt: skip
    return html, stato


@area.get("/<ambito>/ufficio/tavoli/contributi/<int:contributo_id>")
@requires(P.PREPARA, load=queries.contributo)
def arrivato(trovato: Contributo) -> Any:
    """A contribution that reached the office, with its answer if there is one."""
    return render_template(
        "tavoli/arrivato.html", contributo=trovato, tavolo=trovato.tavolo, ente=trovato.ente, regole=rules,
        puo_rispondere=can(P.RISPONDI, trovato),
    )  # fmt: skip


@area.route("/<ambito>/ufficio/tavoli/contributi/<int:contributo_id>/rispondi", methods=["GET", "POST"])
@requires(P.RISPONDI, load=queries.contributo)
def rispondi(trovato: Contributo) -> Any:
    """One of the four answers, with its reason."""
    dopo = url_for(".arrivato", contributo_id=trovato.id)
    if trovato.stato != StatoContributo.INVIATO and request.method == "GET":
        return redirect(dopo, 303)
    modulo = forms.ModuloRisposta(data={"versione": trovato.versione, "pubblico": True})
    if modulo.validate_on_submit():
        try:
            contributi.rispondi(
                trovato, modulo.risposta(), versione=forms.numero(modulo.versione.data), attore=current_user,
                collegamento=assoluto("tavoli.tavolo", slug=trovato.tavolo.slug),
            )  # fmt: skip
        except Conflitto as conflitto:
            conflitto.ritorno = dopo
            raise
        except ErroreDominio as errore:
            if errore.stato_http != 400:
                raise
            modulo.rifiuta(errore)
        else:
            flash(_("La risposta è salvata, e parte per chi ha scritto."), "successo")
            return redirect(url_for(".prepara", slug=trovato.tavolo.slug), 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "tavoli/rispondi.html", modulo=modulo, contributo=trovato, tavolo=trovato.tavolo, ente=trovato.ente, regole=rules,
        dopo=dopo, errori_modulo=stato == 422,
    )  # fmt: skip
    return html, stato
