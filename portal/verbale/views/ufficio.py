"""The office's side: the list of what there is to do on a minute, its texts, the remarks and their answers."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from ...access import can, requires
from ...clocks import adesso
from ...errors import Conflitto, ErroreDominio
from ...fields import scelte
from ...i18n import _
from ...organi.models import Pubblicazione
from ...sedute.models import Seduta, StatoSeduta
from ...sedute.rules.agenda import numera
from ...web import assoluto
from .. import queries
from ..contenuto import contenuto
from ..forms import ModuloConferma, ModuloOsservazione, ModuloParte, ModuloRisposta, ModuloSommario
from ..models import EsitoOsservazione, GenereFile, GenereParte, Osservazione, Parte, StatoVerbale, Verbale
from ..operations import passi, testi
from ..permissions import P
from ..rules import cammino, parole
from .area import DOVE, area, carica, carica_osservazione, carica_parte, carica_seduta, dove, torna


@area.get("/ufficio/verbale")
@requires(P.SCRIVI)
def elenco() -> Any:
    """Closed sittings that wait for their minute, and minutes on their way."""
    return render_template(
        "verbale/elenco.html", da_scrivere=queries.da_scrivere(), in_corso=queries.in_corso(), parole=parole
    )


@area.route(f"{DOVE}/componi", methods=["GET", "POST"])
@requires(P.SCRIVI, load=carica_seduta)
def componi(seduta: Seduta) -> Any:
    """What is about to be composed, then the draft."""
    modulo = ModuloConferma()
    if modulo.validate_on_submit():
        try:
            testi.componi(seduta, attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("La bozza è pronta, con tutto quello che è stato scritto al banco. Rileggila."), "successo")
            return redirect(url_for(".ufficio", slug=seduta.organo.slug, numero=seduta.numero), 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "verbale/componi.html", seduta=seduta, modulo=modulo, chiusa=seduta.stato == StatoSeduta.CHIUSA,
        errori_modulo=stato == 422,
    )  # fmt: skip
    return html, stato


@area.get(DOVE)
@requires(P.SCRIVI, load=carica)
def ufficio(verbale: Verbale) -> Any:
    """Where the minute stands, and the next thing to do."""
    ora = adesso()
    return render_template(
        "verbale/ufficio.html",
        verbale=verbale,
        seduta=verbale.seduta,
        contenuto=contenuto(verbale),
        numeri=numera(verbale.seduta.punti),
        titoli={p.id: p.titolo for p in verbale.seduta.punti},
        appunti={p.id: p.discussione for p in verbale.seduta.punti},
        chi={c.seggio_id: c.seggio.rappresenta for c in verbale.seduta.convocati},
        manca=cammino.manca_per_inviare(verbale.sommario, verbale.parti),
        senza_risposta=sum(o.esito is None for o in verbale.osservazioni),
        aperte=cammino.in_tempo(ora, verbale.osservazioni_entro),
        modificabile=verbale.stato in cammino.MODIFICABILI,
        si_pubblica=verbale.seduta.organo.pubblicazione == Pubblicazione.VERBALE,
        puo_pubblicare=can(P.PUBBLICA, verbale),
        file={f.genere: f for f in verbale.file},
        parole=parole,
        passi=list(parole.STATI.values()),
        passi_fatti=list(StatoVerbale).index(verbale.stato),
        GenereFile=GenereFile,
        GenereParte=GenereParte,
        S=StatoVerbale,
    )


@area.route(f"{DOVE}/sommario", methods=["GET", "POST"])
@requires(P.SCRIVI, load=carica)
def sommario(verbale: Verbale) -> Any:
    modulo = ModuloSommario(data={"sommario": verbale.sommario, "versione": verbale.versione})
    if modulo.validate_on_submit():
        try:
            testi.scrivi_sommario(
                verbale, sommario=modulo.sommario.data, versione=modulo.versione.data or 0, attore=current_user
            )
        except Conflitto as conflitto:
            conflitto.ritorno = url_for(".sommario", **dove(verbale))
            raise
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("Salvato."), "successo")
            return torna(verbale)
    stato = 422 if modulo.ha_errori else 200
    return render_template("verbale/sommario.html", verbale=verbale, modulo=modulo, errori_modulo=stato == 422), stato


@area.route(f"{DOVE}/parti/<int:parte>", methods=["GET", "POST"])
@requires(P.SCRIVI, load=carica_parte)
def parte(parte: Parte) -> Any:
    """One text of the minute. Two people on it: the second sees both texts."""
    verbale = parte.verbale
    modulo = ModuloParte(data={"testo": parte.testo, "versione": parte.versione})
    if modulo.validate_on_submit():
        try:
            testi.scrivi_parte(parte, testo=modulo.scritto, versione=modulo.versione.data or 0, attore=current_user)
        except Conflitto as conflitto:
            conflitto.ritorno = url_for(".parte", **dove(verbale), parte=parte.id)
            raise
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("Salvato."), "successo")
            return torna(verbale, f"parte-{parte.id}")
    stato = 422 if modulo.ha_errori else 200
    punto = next((p for p in verbale.seduta.punti if p.id == parte.punto_id), None)
    html = render_template(
        "verbale/parte.html", verbale=verbale, parte=parte, punto=punto, numeri=numera(verbale.seduta.punti), modulo=modulo,
        parole=parole, errori_modulo=stato == 422,
    )  # fmt: skip
    return html, stato


@area.route(f"{DOVE}/invia", methods=["GET", "POST"])
@requires(P.SCRIVI, load=carica)
def invia(verbale: Verbale) -> Any:
    """The last look before the members read it."""
    modulo = ModuloConferma()
    if modulo.validate_on_submit():
        try:
            passi.invia(verbale, indirizzo=assoluto(".bozza", **dove(verbale)), attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("Il verbale è in revisione. Le lettere aspettano fra i messaggi che qualcuno le guardi."), "successo")
            return torna(verbale)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "verbale/invia.html", verbale=verbale, modulo=modulo, errori_modulo=stato == 422,
        entro=cammino.termine_osservazioni(adesso(), verbale.seduta.organo.osservazioni_giorni),
        manca=cammino.manca_per_inviare(verbale.sommario, verbale.parti),
    )  # fmt: skip
    return html, stato


@area.route(f"{DOVE}/osservazioni/nuova", methods=["GET", "POST"])
@requires(P.SCRIVI, load=carica)
def nuova_osservazione(verbale: Verbale) -> Any:
    """A remark that came on paper or by PEC."""
    modulo = ModuloOsservazione()
    modulo.seggio_id.choices = scelte((c.seggio_id, c.seggio.rappresenta) for c in verbale.seduta.convocati)
    if modulo.validate_on_submit():
        try:
            testi.osserva(
                verbale, seggio_id=modulo.seggio_id.data, testo=modulo.testo.data, attore=current_user, dall_ufficio=True
            )
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("L’osservazione è agli atti: adesso serve una risposta."), "successo")
            return torna(verbale, "osservazioni")
    stato = 422 if modulo.ha_errori else 200
    return render_template("verbale/osserva.html", verbale=verbale, modulo=modulo, errori_modulo=stato == 422), stato


@area.route(f"{DOVE}/osservazioni/<int:osservazione>", methods=["GET", "POST"])
@requires(P.SCRIVI, load=carica_osservazione)
def rispondi(osservazione: Osservazione) -> Any:
    modulo = ModuloRisposta()
    verbale = osservazione.verbale
    if modulo.validate_on_submit():
        try:
            esito = EsitoOsservazione(modulo.esito.data)
            testi.rispondi(osservazione, esito=esito, risposta=modulo.risposta.data, attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("La risposta è agli atti."), "successo")
            return torna(verbale, "osservazioni")
    stato = 422 if modulo.ha_errori else 200
    chi = next((c.seggio.rappresenta for c in verbale.seduta.convocati if c.seggio_id == osservazione.seggio_id), "")
    html = render_template(
        "verbale/rispondi.html", verbale=verbale, osservazione=osservazione, chi=chi, modulo=modulo, parole=parole,
        errori_modulo=stato == 422,
    )  # fmt: skip
    return html, stato
