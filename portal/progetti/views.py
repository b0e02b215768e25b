from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from ..access import public, requires
from ..errors import ErroreDominio, NonTrovato
from ..fields import scelte
from ..filo import queries as filo
from ..i18n import _
from ..money import somma
from ..paging import Pagina, cursore
from ..piano import queries as piano
from ..proposte.models import Proposta
from ..proposte.permissions import avvisi_da_cui_si_astiene
from ..web import Area, assoluto
from . import grafici, operations, queries, rules
from .forms import NuovoImpegno, NuovoProgetto
from .models import Impegno, Progetto, StatoProgetto
from .permissions import P

area = Area("progetti", __name__)
PER_PAGINA = 25


@area.get("/progetti")
@public
def elenco() -> Any:
    """Projects that came out of the avvisi: to whom the money goes."""
    return render_template("progetti/elenco.html", pagina=_pagina(), stati=rules.STATI)


@area.get("/progetti/<slug>")
@public
def progetto(slug: str) -> Any:
    """One project: what, who, how much, from which lines of the plan, and why when it took more than was left."""
    trovato = queries.progetto(slug)
    if trovato is None:
        raise NonTrovato
    return render_template(
        "progetti/progetto.html",
        stati=rules.STATI,
        sforamenti=queries.sforamenti(trovato.impegni),
        filo_passi=filo.passi_progetto(trovato),
        **grafici.di_progetto(trovato, queries.altri_su([i.riga_id for i in trovato.impegni], trovato.id)),
    )


@area.get("/ufficio/progetti")
@requires(P.UFFICIO)
def ufficio() -> Any:
    """The office's list: what is still to be made a project of, what is still to be bound.

    Who must abstain on an avviso reads what everyone may read of it, and finds no way to work on it.
    """
    pagina, da_creare = _pagina(), queries.da_creare()
    return render_template(
        "progetti/ufficio.html",
        pagina=pagina,
        stati=rules.STATI,
        da_creare=da_creare,
        astensioni=avvisi_da_cui_si_astiene(
            current_user, {r.avviso_id for r in pagina.righe} | {p.avviso_id for p in da_creare}
        ),
    )


def _pagina() -> Pagina[queries.RigaProgetto]:
    dopo = cursore()
    return Pagina.da(queries.elenco(dopo=dopo, limite=PER_PAGINA), PER_PAGINA, lambda r: r.id, dopo=dopo)


@area.route("/ufficio/progetti/nuovo/<int:proposta_id>", methods=["GET", "POST"])
@requires(P.CREA, load=queries.proposta_selezionata)
def nuovo(proposta: Proposta) -> Any:
    """From a selected proposal to a project: title, plain words, contribution, act. Made once: then it leads there."""
    if esistente := queries.progetto_di_proposta(proposta.id):
        return redirect(url_for(".lega", slug=esistente.slug), 303)
    richiesto, disponibile = somma(v.richiesto for v in proposta.voci), queries.disponibile(proposta.avviso)
    proposto = richiesto if disponibile is None else min(richiesto, disponibile)
    modulo = NuovoProgetto(titolo=proposta.titolo, contributo=proposto)
    if modulo.validate_on_submit():
        try:
            fatto = operations.crea_progetto(
                proposta,
                titolo=modulo.titolo.data,
                sintesi=modulo.sintesi.data,
                contributo=modulo.contributo.data,
                atto=modulo.atto.data,
                approvato_il=modulo.approvato_il.data,
                attore=current_user,
            )
        except ErroreDominio as errore:
            _solo_del_modulo(errore)
            modulo.rifiuta(errore)
        else:
            flash(_("Il progetto c’è. Adesso lega il contributo alle righe del piano."), "successo")
            return redirect(url_for(".lega", slug=fatto.slug), 303)
    stato = 422 if modulo.ha_errori else 200
    return render_template(
        "progetti/nuovo.html",
        proposta=proposta,
        modulo=modulo,
        richiesto=richiesto,
        disponibile=disponibile,
        errori_modulo=stato == 422,
    ), stato


@area.route("/ufficio/progetti/<slug>", methods=["GET", "POST"])
@requires(P.LEGA, load=queries.progetto)
def lega(progetto: Progetto) -> Any:
    """Bind the contribution to lines of a sheet: programmed, bound and left are under the eyes of who decides."""
    modulo = NuovoImpegno()
    scheda_id = request.args.get("scheda", progetto.proposta.avviso.scheda_id, type=int)
    modulo.riga.choices = scelte((r.id, r.anno) for r in queries.righe_legabili(scheda_id)) if scheda_id else []
    if modulo.validate_on_submit():
        try:
            operations.impegna(
                progetto,
                riga_id=modulo.riga.data,
                importo=modulo.importo.data,
                motivo=modulo.motivo.data,
                residuo_visto=_residuo_visto(modulo.riga.data),
                attore=current_user,
            )
        except ErroreDominio as errore:
            _solo_del_modulo(errore)
            modulo.rifiuta(errore)
        else:
            flash(_("L’importo è legato alla riga del piano."), "successo")
            return redirect(url_for(".lega", slug=progetto.slug, scheda=request.args.get("scheda")), 303)
    stato = 422 if modulo.ha_errori else 200
    return render_template(
        "progetti/lega.html",
        progetto=progetto,
        modulo=modulo,
        copertura=grafici.copertura(progetto),
        scheda=piano.scheda_per_id(scheda_id) if scheda_id else None,
        righe=queries.righe_legabili(scheda_id) if scheda_id else [],
        schede=piano.schede_per_scelta(),
        stati=rules.STATI,
        sforamenti=queries.sforamenti(progetto.impegni),
        errori_modulo=stato == 422,
    ), stato


def _residuo_visto(riga_id: int) -> Decimal | None:
    """What the line had left when the page was drawn, from its hidden field."""
    try:
        return Decimal(request.form.get(f"visto_{riga_id}", ""))
    except InvalidOperation:
        return None


def _solo_del_modulo(errore: ErroreDominio) -> None:
    """Let pages of their own (404, 409) be shown as such."""
    if errore.stato_http != 400:
        raise errore


@area.post("/ufficio/progetti/<slug>/impegni/<int:impegno_id>/togli")
@requires(P.DISIMPEGNA, load=queries.impegno)
def disimpegna(impegno: Impegno) -> Any:
    """Take a commitment back, while the project is not active."""
    slug = impegno.progetto.slug
    operations.disimpegna(impegno, attore=current_user)
    flash(_("L’importo è di nuovo libero."), "successo")
    return redirect(url_for(".lega", slug=slug), 303)


@area.route("/ufficio/progetti/<slug>/attiva", methods=["GET", "POST"])
@requires(P.LEGA, load=queries.progetto)
def attiva(progetto: Progetto) -> Any:
    """The page that says what happens and who is told, then the start."""
    copertura = grafici.copertura(progetto)
    if request.method == "POST":
        operations.attiva(progetto, attore=current_user, collegamento=assoluto("progetti.progetto", slug=progetto.slug))
        flash(_("Il progetto è attivo e l’ente è stato avvisato."), "successo")
        return redirect(url_for(".progetto", slug=progetto.slug), 303)
    if progetto.stato != StatoProgetto.DA_LEGARE or not copertura.completa:
        return redirect(url_for(".lega", slug=progetto.slug), 303)
    return render_template("progetti/attiva.html", progetto=progetto, copertura=copertura)
