"""The guide for the office that writes it: list, editor with readability, publishing, «it is all still true»."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from ...access import requires
from ...ambiti.queries import comuni as comuni_dell_ambito
from ...ambiti.queries import impostazione_numero
from ...clocks import oggi
from ...errors import Conflitto, ErroreDominio
from ...i18n import _
from ...paging import Pagina, cursore
from ...piano.queries import schede_per_scelta
from .. import operations, queries, rules
from ..forms import ModuloServizio, ModuloVerifica, iniziale
from ..models import Servizio
from ..permissions import P
from .area import area


@area.get("/ufficio/guida")
@requires(P.MODIFICA)
def ufficio() -> Any:
    """Every page of the Ambito, drafts included, with its last check and what readers say of it."""
    filtro = request.args.get("filtro")
    filtro = filtro if filtro in queries.FILTRI_UFFICIO else None
    mesi, dopo = impostazione_numero("guida_mesi"), cursore()
    righe = queries.elenco_ufficio(filtro, confine=rules.confine_verifica(oggi(), mesi), dopo=dopo)
    pagina = Pagina.da(righe, 50, lambda r: r.id, dopo=dopo)
    superate = {r.id for r in pagina.righe if r.pubblicato and rules.da_verificare(r.verificato_il, oggi(), mesi)}
    return render_template(
        "guida/ufficio.html", pagina=pagina, filtro=filtro, mesi=mesi, superate=superate, categorie=rules.CATEGORIE
    )


@area.route("/ufficio/guida/nuova", methods=["GET", "POST"])
@requires(P.MODIFICA)
def nuova() -> Any:
    modulo = _con_scelte(ModuloServizio())
    if modulo.validate_on_submit():
        try:
            s = operations.crea(ambito_id=g.ambito.id, contenuto=modulo.contenuto(), attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("La bozza è salvata. Rileggila, poi pubblicala."), "successo")
            return redirect(url_for(".scrivi", slug=s.slug), 303)
    stato = 422 if modulo.ha_errori else 200
    return render_template("guida/scrivi.html", modulo=modulo, servizio=None, errori_modulo=stato == 422), stato


@area.route("/ufficio/guida/<slug>", methods=["GET", "POST"])
@requires(P.MODIFICA, load=queries.servizio)
def scrivi(s: Servizio) -> Any:
    """The editor of a page: one form, readability beside it, publishing and checking below."""
    modulo = _con_scelte(ModuloServizio(data=iniziale(operations.contenuto_di(s), s.versione)))
    if modulo.validate_on_submit():
        try:
            operations.modifica(s, contenuto=modulo.contenuto(), versione=modulo.versione.data or 0, attore=current_user)
        except Conflitto as conflitto:
            conflitto.ritorno = url_for(".scrivi", slug=s.slug)
            raise
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("La pagina è salvata."), "successo")
            return redirect(url_for(".scrivi", slug=s.slug), 303)
    return _editor(s, modulo)


def _con_scelte(modulo: ModuloServizio) -> ModuloServizio:
    schede = [(r.id, f"{r.codice} {r.titolo}") for r in schede_per_scelta()]
    return modulo.per_pagina(schede=schede, comuni=[(c.id, c.nome) for c in comuni_dell_ambito()])


def _editor(s: Servizio, modulo: ModuloServizio, verifica: ModuloVerifica | None = None) -> Any:
    stato = 422 if modulo.ha_errori or (verifica and verifica.ha_errori) else 200
    mesi = impostazione_numero("guida_mesi")
    html = render_template(
        "guida/scrivi.html",
        modulo=modulo,
        verifica=verifica or ModuloVerifica(formdata=None, data={"da": s.verificato_da or _("Ufficio di Piano")}),
        servizio=s,
        letture=rules.letture(modulo.contenuto() if modulo.is_submitted() else operations.contenuto_di(s)),
        superata=rules.da_verificare(s.verificato_il, oggi(), mesi),
        pareri=queries.pareri(s.id),
        errori_modulo=stato == 422,
    )
    return html, stato


@area.post("/ufficio/guida/<slug>/pubblica")
@requires(P.MODIFICA, load=queries.servizio)
def pubblica(s: Servizio) -> Any:
    try:
        operations.pubblica(s, attore=current_user)
    except ErroreDominio as errore:
        modulo = _con_scelte(ModuloServizio(formdata=None, data=iniziale(operations.contenuto_di(s), s.versione)))
        modulo.rifiuta(errore)
        return _editor(s, modulo)
    flash(_("La pagina è pubblicata: chi cerca la trova da adesso."), "successo")
    return redirect(url_for(".scrivi", slug=s.slug), 303)


@area.post("/ufficio/guida/<slug>/ritira")
@requires(P.MODIFICA, load=queries.servizio)
def ritira(s: Servizio) -> Any:
    operations.ritira(s, attore=current_user)
    flash(_("La pagina non è più pubblica: resta qui come bozza."), "successo")
    return redirect(url_for(".scrivi", slug=s.slug), 303)


@area.post("/ufficio/guida/<slug>/verificata")
@requires(P.MODIFICA, load=queries.servizio)
def verificata(s: Servizio) -> Any:
    verifica = ModuloVerifica()
    if not verifica.validate_on_submit():
        modulo = _con_scelte(ModuloServizio(formdata=None, data=iniziale(operations.contenuto_di(s), s.versione)))
        return _editor(s, modulo, verifica)
    operations.segna_verificato(s, da=verifica.da.data, il=oggi(), attore=current_user)
    flash(_("Segnato: la pagina è stata controllata oggi."), "successo")
    return redirect(url_for(".scrivi", slug=s.slug), 303)
