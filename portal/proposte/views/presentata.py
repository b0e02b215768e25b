"""Check your answers, submission, receipt, withdrawal."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_login import current_user

from ... import downloads
from ...access import can, check, requires
from ...errors import ErroreDominio, FuoriTermine
from ...fields import scelte
from ...filo import queries as filo
from ...i18n import _
from ...parole import parola_ruolo
from ...utenti import queries as utenti
from ...web import assoluto
from .. import documenti, forms, operations, rules
from ..contenuto import costi, elenco_compiti
from ..models import Proposta, StatoProposta
from ..permissions import P
from .area import area, carica
from .bozza import contesto, indirizzo_di


@area.get("/ente/proposte/<int:proposta_id>/controlla")
@requires(P.VEDI, load=carica)
def controlla(proposta: Proposta) -> Any:
    """Check your answers: everything on one page, with a way back to each part."""
    voci = elenco_compiti(proposta)
    return render_template(
        "proposte/controlla.html",
        **contesto(proposta),
        mancanti=rules.mancanti(voci),
        totali=rules.quadro(costi(proposta)),
        indirizzi={v.chiave: indirizzo_di(proposta, v.chiave) for v in voci},
        puo_presentare=can(P.PRESENTA, proposta),
    )


@area.route("/ente/proposte/<int:proposta_id>/presenta", methods=["GET", "POST"])
@requires(P.VEDI, load=carica)
def presenta(proposta: Proposta) -> Any:
    """The confirmation page, with the declarations; then the submission. Sent twice, it gives the same receipt."""
    modulo = forms.Presentazione()
    modulo.dichiarazioni.choices = scelte((d.id, d.testo) for d in proposta.avviso.dichiarazioni)
    if modulo.validate_on_submit():
        check(P.PRESENTA, proposta, current_user)
        try:
            operations.presenta(
                proposta.id,
                dichiarate=modulo.dichiarazioni.data or (),
                arrivo=g.arrivo,
                attore=current_user,
                indirizzo_verifica=assoluto("home.verifica"),
            )
            return redirect(url_for(".presentata", proposta_id=proposta.id), 303)
        except FuoriTermine as errore:
            return render_template("proposte/fuori_termine.html", **contesto(proposta), errore=errore, arrivo=g.arrivo), 403
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
    if proposta.stato != StatoProposta.BOZZA:
        return redirect(url_for(".presentata", proposta_id=proposta.id), 303)
    stato = 422 if modulo.ha_errori else 200
    pagina = render_template(
        "proposte/presenta.html",
        **contesto(proposta),
        modulo=modulo,
        mancanti=rules.mancanti(elenco_compiti(proposta)),
        puo_presentare=can(P.PRESENTA, proposta),
        destinatari=utenti.indirizzi_dell_ente(proposta.ente_id),
        errori_modulo=stato == 422,
    )
    return pagina, stato


@area.get("/ente/proposte/<int:proposta_id>/presentata")
@requires(P.VEDI, load=carica)
def presentata(proposta: Proposta) -> Any:
    """The receipt, and what became of the proposal."""
    if proposta.ricevuta is None:
        return redirect(url_for(".compiti", proposta_id=proposta.id), 303)
    return render_template(
        "proposte/presentata.html",
        **contesto(proposta),
        ricevuta=proposta.ricevuta,
        passi=documenti.passi_dopo(proposta),
        filo_passi=filo.passi_proposta(proposta, pubblico=False),
        avvisati=[*utenti.indirizzi_dell_ente(proposta.ente_id), proposta.ente.pec],
        totali=rules.quadro(costi(proposta)),
        puo_ritirare=can(P.PRESENTA, proposta),
    )


@area.get("/ente/proposte/<int:proposta_id>/ricevuta.pdf")
@requires(P.VEDI, load=carica)
def ricevuta_pdf(proposta: Proposta) -> Any:
    if proposta.ricevuta is None:
        return redirect(url_for(".compiti", proposta_id=proposta.id), 303)
    ambito = contesto(proposta)["ambito_avviso"]
    chi = utenti.utente_per_id(proposta.presentata_da) if proposta.presentata_da else None
    ruolo = next((r.ruolo for r in (chi.ruoli if chi else ()) if r.ente_id == proposta.ente_id), "rappresentante")
    pdf = documenti.ricevuta_pdf(
        proposta,
        ambito=ambito.nome,
        capofila=ambito.capofila,
        firmatario=chi.nome if chi else "",
        ruolo=parola_ruolo(ruolo),
        verifica=assoluto("home.verifica"),
    )
    return downloads.pdf(pdf, f"ricevuta-{proposta.ricevuta.anno}-{proposta.ricevuta.numero}.pdf")


@area.get("/ente/proposte/<int:proposta_id>/proposta.pdf")
@requires(P.VEDI, load=carica)
def proposta_pdf(proposta: Proposta) -> Any:
    ambito = contesto(proposta)["ambito_avviso"]
    pdf = documenti.proposta_pdf(proposta, ambito=ambito.nome, capofila=ambito.capofila, verifica=assoluto("home.verifica"))
    return downloads.pdf(pdf, f"proposta-{proposta.id}.pdf")


@area.route("/ente/proposte/<int:proposta_id>/rinvia", methods=["GET", "POST"])
@requires(P.PRESENTA, load=carica)
def rinvia(proposta: Proposta) -> Any:
    """Send the draft back to who writes it, with the reason."""
    modulo = forms.Rinvio()
    if modulo.validate_on_submit():
        try:
            operations.rinvia(proposta, motivo=modulo.motivo.data, attore=current_user)
            flash(_("La bozza è tornata a chi la compila, con il tuo motivo."), "successo")
            return redirect(url_for(".compiti", proposta_id=proposta.id), 303)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
    stato = 422 if modulo.ha_errori else 200
    return render_template("proposte/rinvia.html", **contesto(proposta), modulo=modulo, errori_modulo=stato == 422), stato


@area.route("/ente/proposte/<int:proposta_id>/ritira", methods=["GET", "POST"])
@requires(P.PRESENTA, load=carica)
def ritira(proposta: Proposta) -> Any:
    """Withdraw a submitted proposal before the term."""
    modulo = forms.Ritiro()
    if modulo.validate_on_submit():
        operations.ritira(proposta, motivo=modulo.motivo.data, attore=current_user)
        flash(_("La proposta è ritirata. Fino al termine puoi presentarne un’altra."), "successo")
        return redirect(url_for(".presentata", proposta_id=proposta.id), 303)
    stato = 422 if modulo.ha_errori else 200
    return render_template("proposte/ritira.html", **contesto(proposta), modulo=modulo, errori_modulo=stato == 422), stato
