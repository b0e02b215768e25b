from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from ..access import public, requires
from ..avvisi import queries as avvisi
from ..errors import ErroreDominio, NonTrovato, Vietato
from ..i18n import _
from ..progetti import queries as progetti
from ..proposte import queries as proposte
from ..utenti import operations as utenti
from ..utenti import queries as utenti_q
from ..utenti.models import Ruolo, RuoloUtente
from ..web import Area, assoluto
from . import operations, queries, rules
from .forms import DatiRunts, Invito, IscrizioneRunts, ModificaAltro, ModificaEts, RegistrazioneAltro, RegistrazioneEts
from .models import Ente, TipoEnte
from .permissions import P

area = Area("enti", __name__, dell_ambito=False, prefisso="/ente")


@area.app_template_filter("parola_tipo_ente")
def parola_tipo_ente(tipo: TipoEnte) -> str:
    """What a body is, in words."""
    return str(rules.TIPI[tipo])


def _pagina_password() -> str:
    return assoluto("utenti.nuova_password", gettone="GETTONE").replace("GETTONE", "{gettone}")


@area.route("/registra", methods=["GET", "POST"])
@public
def registra() -> Any:
    """Register an ETS. From outside the access link goes to its PEC; who is logged in represents it at once."""
    modulo = RegistrazioneEts()
    if fatta := _registrata(modulo):
        return fatta
    stato = 422 if modulo.ha_errori else 200
    return render_template("enti/registra.html", modulo=modulo, errori_modulo=stato == 422), stato


@area.route("/registra/altro", methods=["GET", "POST"])
@public
def registra_altro() -> Any:
    """The same for a public body, a trade union or another organisation, of which the RUNTS says nothing."""
    modulo = RegistrazioneAltro()
    if fatta := _registrata(modulo):
        return fatta
    stato = 422 if modulo.ha_errori else 200
    return render_template("enti/registra_altro.html", modulo=modulo, errori_modulo=stato == 422), stato


def _registrata(modulo: RegistrazioneEts | RegistrazioneAltro) -> Any:
    """Where to go once the ente is registered; None while the form is still to fill in or to correct."""
    if current_user.is_authenticated:
        del modulo.nome, modulo.email
    if modulo.validate_on_submit():
        try:
            return _registra(modulo)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
    return None


def _runts(modulo: DatiRunts) -> operations.DatiRunts:
    return operations.DatiRunts(modulo.sezione.data, modulo.repertorio.data, modulo.iscritto_il.data)


def _che_cosa_e(modulo: RegistrazioneEts | RegistrazioneAltro) -> dict[str, Any]:
    """What the register says of an ETS, or the kind of a body that is not there."""
    if isinstance(modulo, RegistrazioneEts):
        return {"runts": _runts(modulo), "attivita": modulo.attivita.data}
    return {"tipo": modulo.tipo.data}


def _registra(modulo: RegistrazioneEts | RegistrazioneAltro) -> Any:
    ente = operations.registra(
        codice_fiscale=modulo.codice_fiscale.data,
        dati=modulo.dati(),
        attore=current_user if current_user.is_authenticated else None,
        **_che_cosa_e(modulo),
    )
    if current_user.is_authenticated:
        utenti.assegna_ruolo(current_user, Ruolo.RAPPRESENTANTE, attore=current_user, ente_id=ente.id)
        flash(_("%(ente)s è registrato.", ente=ente.denominazione), "successo")
        return redirect(url_for(".area"), 303)
    operations.registra_con_rappresentante(
        ente, nome=modulo.nome.data, email=modulo.email.data, indirizzo_pagina=_pagina_password()
    )
    return redirect(url_for(".registrato"), 303)


@area.get("/registrato")
@public
def registrato() -> Any:
    return render_template("enti/registrato.html")


@area.get("/", endpoint="area")
@requires(P.AREA)
def casa() -> Any:
    """What the ente has to do and where it stands, across every Ambito."""
    ids = current_user.enti_ids()
    return render_template(
        "enti/area.html",
        enti=queries.enti_per_id(ids),
        bozze=proposte.bozze_di(ids),
        presentate=proposte.presentate_di(ids, limite=20),
        aperti=avvisi.aperti_ovunque(10),
        progetti=progetti.progetti_di_enti(ids),
    )


@area.get("/dati")
@requires(P.AREA)
def scheda() -> Any:
    """The data of one's ente: the first one, or the one asked for."""
    ids = current_user.enti_ids()
    voluto = request.args.get("ente", type=int) or min(ids)
    ente = _carica(voluto)
    if ente is None or ente.id not in ids:
        raise NonTrovato
    return render_template(
        "enti/scheda.html",
        ente=ente,
        enti=queries.enti_per_id(ids),
        persone=utenti_q.persone_dell_ente(ente.id),
        rules=rules,
    )


def _carica(ente_id: int) -> Ente | None:
    return queries.ente_per_id(ente_id)


@area.route("/<int:ente_id>/modifica", methods=["GET", "POST"])
@requires(P.MODIFICA, load=_carica)
def modifica(ente: Ente) -> Any:
    valori = {campo: getattr(ente, campo) for campo in (*operations.CAMPI, "tipo", "versione")}
    classe = ModificaEts if ente.tipo == TipoEnte.ETS else ModificaAltro
    modulo = classe(data={**valori, "attivita": [a.lettera for a in ente.attivita]})
    if modulo.validate_on_submit():
        operations.modifica(
            ente,
            versione=int(modulo.versione.data),
            dati=modulo.dati(),
            attivita=modulo.attivita.data if isinstance(modulo, ModificaEts) else (),
            tipo=modulo.tipo.data if isinstance(modulo, ModificaAltro) else None,
            attore=current_user,
        )
        flash(_("I dati dell’ente sono salvati."), "successo")
        return redirect(url_for(".scheda", ente=ente.id), 303)
    stato = 422 if modulo.ha_errori else 200
    return render_template("enti/modifica.html", modulo=modulo, ente=ente, errori_modulo=stato == 422), stato


@area.route("/<int:ente_id>/runts", methods=["GET", "POST"])
@requires(P.MODIFICA, load=_carica)
def runts(ente: Ente) -> Any:
    """Declare what the register says today: an organisation that has entered it becomes an ETS.

    A public body or a union is told that the register says nothing of it.
    """
    if ente.tipo == TipoEnte.ALTRO:
        return _iscrivi(ente)
    if motivo := rules.difetto_registro(ente.tipo):
        rifiuto = Vietato(motivo)
        rifiuto.torna = (_("Torna ai dati dell’ente"), url_for(".scheda", ente=ente.id))
        raise rifiuto
    ultima = ente.rilevazioni[0] if ente.rilevazioni else None
    modulo = DatiRunts(obj=ultima)
    if modulo.validate_on_submit():
        try:
            operations.rileva(ente, _runts(modulo), attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("I dati del RUNTS sono aggiornati a oggi."), "successo")
            return redirect(url_for(".scheda", ente=ente.id), 303)
    stato = 422 if modulo.ha_errori else 200
    return render_template("enti/runts.html", modulo=modulo, ente=ente, errori_modulo=stato == 422), stato


def _iscrivi(ente: Ente) -> Any:
    modulo = IscrizioneRunts()
    if modulo.validate_on_submit():
        try:
            operations.iscrivi(ente, _runts(modulo), attivita=modulo.attivita.data, attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("Adesso è un ente del Terzo settore: può rispondere agli avvisi."), "successo")
            return redirect(url_for(".scheda", ente=ente.id), 303)
    stato = 422 if modulo.ha_errori else 200
    return render_template("enti/iscrivi.html", modulo=modulo, ente=ente, errori_modulo=stato == 422), stato


@area.route("/<int:ente_id>/persone", methods=["GET", "POST"])
@requires(P.PERSONE, load=_carica)
def persone(ente: Ente) -> Any:
    """Invite somebody to work for the ente."""
    modulo = Invito()
    if modulo.validate_on_submit():
        try:
            operations.invita(
                ente,
                nome=modulo.nome.data,
                email=modulo.email.data,
                ruolo=Ruolo(modulo.ruolo.data),
                indirizzo_pagina=_pagina_password(),
                attore=current_user,
            )
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("L’invito è partito."), "successo")
            return redirect(url_for(".scheda", ente=ente.id), 303)
    stato = 422 if modulo.ha_errori else 200
    return render_template("enti/persone.html", modulo=modulo, ente=ente, errori_modulo=stato == 422), stato


@dataclass(frozen=True)
class PersonaDellEnte:
    id: int
    ente: Ente
    riga: RuoloUtente


def _persona(ente_id: int, riga_id: int) -> PersonaDellEnte:
    ente = _carica(ente_id)
    riga = next((r for r in utenti_q.persone_dell_ente(ente_id) if r.id == riga_id), None)
    if ente is None or riga is None:
        raise NonTrovato
    return PersonaDellEnte(ente.id, ente, riga)


@area.post("/<int:ente_id>/persone/<int:riga_id>/togli")
@requires(P.PERSONE, load=_persona)
def togli_persona(persona: PersonaDellEnte) -> Any:
    try:
        operations.togli_persona(persona.riga, ente=persona.ente, attore=current_user)
    except ErroreDominio as errore:
        flash(str(errore.messaggio), "errore")
        return redirect(url_for(".scheda", ente=persona.id), 303)
    flash(_("Questa persona non lavora più per l’ente."), "successo")
    return redirect(url_for(".scheda", ente=persona.id), 303)
