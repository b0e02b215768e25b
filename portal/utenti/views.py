from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user

from ..access import public, requires
from ..errors import ErroreDominio, TroppiTentativi
from ..i18n import _
from ..web import Area, assoluto, pagina_interna
from . import operations, queries
from .forms import Accesso, CambioPassword, NuovaPassword, Recupero
from .permissions import P

area = Area("utenti", __name__, dell_ambito=False)


@area.route("/accedi", methods=["GET", "POST"])
@public
def accedi() -> Any:
    """Log in. A wrong password answers 200, not 4xx, because the failed attempt must be saved."""
    prossima = pagina_interna(request.values.get("prossima"))
    modulo = Accesso()
    if not modulo.validate_on_submit():
        return render_template("utenti/accedi.html", modulo=modulo, prossima=prossima, errori_modulo=modulo.ha_errori)
    try:
        entrato = operations.accedi(
            email=modulo.email.data,
            password=modulo.password.data,
            indirizzo=request.remote_addr or "",
            dispositivo=request.user_agent.string,
        )
    except TroppiTentativi as errore:
        modulo.rifiuta(errore)
        pagina = render_template("utenti/accedi.html", modulo=modulo, prossima=prossima, errori_modulo=True)
        return pagina, 429, {"Retry-After": str(errore.attesa)}
    if entrato is None:
        modulo.form_errors.append(_("Indirizzo o password non sono giusti. Controlla le maiuscole e riprova."))
        return render_template("utenti/accedi.html", modulo=modulo, prossima=prossima, errori_modulo=True)
    utente, gettone = entrato
    session.clear()  # a new CSRF token for the new session
    utente.in_questa_richiesta(gettone=gettone)
    login_user(utente)
    return redirect(prossima or url_for("home.scrivania"), 303)


@area.post("/esci")
@requires(P.PROFILO)
def esci() -> Any:
    operations.esci(current_user)
    logout_user()
    session.clear()
    return redirect(url_for("home.installazione"), 303)


@area.route("/password/recupera", methods=["GET", "POST"])
@public
def recupera() -> Any:
    modulo = Recupero()
    if not modulo.validate_on_submit():
        return render_template("utenti/recupera.html", modulo=modulo, inviato=False, errori_modulo=modulo.ha_errori)
    pagina = assoluto("utenti.nuova_password", gettone="GETTONE").replace("GETTONE", "{gettone}")
    operations.chiedi_recupero(email=modulo.email.data, indirizzo_pagina=pagina)
    return render_template("utenti/recupera.html", modulo=modulo, inviato=True)


@area.route("/password/<gettone>", methods=["GET", "POST"])
@public
def nuova_password(gettone: str) -> Any:
    recupero = queries.recupero_valido(gettone)
    if recupero is None:
        return render_template("utenti/collegamento_scaduto.html"), 404
    modulo = NuovaPassword()
    if modulo.validate_on_submit():
        try:
            operations.scegli_password(recupero, password=modulo.password.data)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("La password è cambiata. Ora puoi accedere."), "successo")
            return redirect(url_for("utenti.accedi"), 303)
    stato = 422 if modulo.ha_errori else 200
    return render_template("utenti/nuova_password.html", modulo=modulo, gettone=gettone, errori_modulo=stato == 422), stato


@area.route("/profilo", methods=["GET", "POST"])
@requires(P.PROFILO)
def profilo() -> Any:
    """One's own password and the devices where one is logged in."""
    modulo = CambioPassword()
    if modulo.validate_on_submit():
        try:
            if not operations.verifica_password(current_user, modulo.attuale.data):
                raise ErroreDominio(_("Non è la tua password di adesso."), "attuale")
            operations.cambia_password(
                current_user, password=modulo.password.data, attore=current_user, tranne=current_user.sessione_id
            )
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("La password è cambiata. Gli altri dispositivi sono stati scollegati."), "successo")
            return redirect(url_for(".profilo"), 303)
    stato = 422 if modulo.ha_errori else 200
    sessioni = queries.sessioni_di(current_user)
    return render_template("utenti/profilo.html", modulo=modulo, sessioni=sessioni, errori_modulo=stato == 422), stato


@area.post("/profilo/sessioni/<int:sessione_id>/chiudi")
@requires(P.PROFILO)
def chiudi_sessione(sessione_id: int) -> Any:
    operations.revoca_sessione(current_user, sessione_id=sessione_id)
    if sessione_id == current_user.sessione_id:
        return redirect(url_for("utenti.accedi"), 303)
    flash(_("Il dispositivo è stato scollegato."), "successo")
    return redirect(url_for(".profilo"), 303)
