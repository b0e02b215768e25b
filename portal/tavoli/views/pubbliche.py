"""The tavoli as everyone reads them, and what a citizen writes: a form, then a link by mail that confirms it."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for

from ...access import can, public
from ...avvisi import queries as avvisi
from ...clocks import oggi
from ...errors import FuoriTermine, NonTrovato, TroppiTentativi
from ...filo import queries as filo
from ...memoria import in_memoria
from ...paging import Pagina, cursore
from ...sedute import queries as sedute
from ...web import assoluto
from .. import forms, queries, rules
from ..models import Tavolo
from ..operations import contributi as operations
from ..permissions import P
from .area import area

PER_PAGINA = 20


@area.get("/<ambito>/tavoli")
@public
@in_memoria
def elenco() -> Any:
    """Every percorso with its tavoli, phase and days; the latest first."""
    trovati = queries.percorsi()
    return render_template(
        "tavoli/elenco.html",
        percorsi=trovati,
        date_incontri=queries.date_incontri([p.id for p in trovati]),
        oggi=oggi(),
        puo_gestire=can(P.PREPARA),
    )


@area.get("/<ambito>/tavoli/percorsi/<slug>")
@public
@in_memoria
def percorso(slug: str) -> Any:
    """The six phases and the whole calendar of a percorso."""
    trovato = queries.percorso(slug)
    if trovato is None:
        raise NonTrovato
    return render_template(
        "tavoli/percorso.html",
        percorso=trovato,
        calendario=queries.calendario(trovato.id),
        date_incontri=queries.date_incontri([trovato.id]),
        oggi=oggi(),
        puo_gestire=can(P.PREPARA, trovato),
    )


@area.get("/<ambito>/tavoli/<slug>")
@public
@in_memoria
def tavolo(slug: str) -> Any:
    """Areas, phases, calendar, who takes part, contributions with their answers, what the tavolo gave back."""
    trovato = _pubblico(slug)
    dopo = cursore()
    righe = queries.contributi_pubblici(trovato.id, dopo=dopo, limite=PER_PAGINA)
    return render_template(
        "tavoli/tavolo.html",
        tavolo=trovato,
        percorso=trovato.percorso,
        partecipanti=queries.partecipanti(trovato.id),
        pagina=Pagina.da(righe, PER_PAGINA, lambda r: r.id, dopo=dopo),
        conto=queries.conto(trovato.id),
        sedute=sedute.di_organo(trovato.organo_id, PER_PAGINA) if trovato.organo_id else (),
        istanze_chiuse=rules.chiuso_alle_istanze(trovato, oggi()),
        contributi_chiusi=rules.chiuso_ai_contributi(trovato, oggi()),
        filo_passi=filo.passi_tavolo(trovato),
        avvisi=avvisi.di_tavolo(trovato.id),
        regole=rules,
        puo_gestire=can(P.PREPARA, trovato),
    )


def _pubblico(slug: str) -> Tavolo:
    trovato = queries.pubblico(slug)
    if trovato is None:
        raise NonTrovato
    return trovato


@area.route("/<ambito>/tavoli/<slug>/contributo", methods=["GET", "POST"])
@public
def cittadino(slug: str) -> Any:
    """A citizen's written contribution: it reaches the office only after the link sent by mail is followed."""
    trovato = _pubblico(slug)
    modulo = forms.ModuloCittadino()
    chiuso = rules.chiuso_ai_contributi(trovato, rules.giorno_di(g.arrivo))
    dati: dict[str, Any] = {"tavolo": trovato, "modulo": modulo, "regole": rules}
    if chiuso is None and modulo.validate_on_submit():
        pagina = assoluto("tavoli.conferma", gettone="GETTONE").replace("GETTONE", "{gettone}")
        try:
            operations.scrivi_da_cittadino(
                trovato,
                testi=modulo.testi(),
                email=modulo.email.data,
                indirizzo=request.remote_addr or "",
                pagina=pagina,
                arrivo=g.arrivo,
            )
        except FuoriTermine as errore:
            chiuso = str(errore.messaggio)
        except TroppiTentativi as errore:
            modulo.rifiuta(errore)
            html = render_template("tavoli/cittadino.html", **dati, chiuso=None, mandato=False, errori_modulo=True)
            return html, 429, {"Retry-After": str(errore.attesa)}
        else:
            return redirect(url_for(".cittadino", slug=slug, mandato="si"), 303)
    if chiuso is None and not trovato.percorso.cittadini:
        raise NonTrovato
    stato = (403 if request.method == "POST" else 200) if chiuso else 422 if modulo.ha_errori else 200
    mandato = request.method == "GET" and request.args.get("mandato") == "si"
    html = render_template("tavoli/cittadino.html", **dati, chiuso=chiuso, mandato=mandato, errori_modulo=stato == 422)
    return html, stato


@area.route("/<ambito>/tavoli/conferma/<gettone>", methods=["GET", "POST"])
@public
def conferma(gettone: str) -> Any:
    """The link of the letter: what was written, and the button that sends it. Following it twice changes nothing."""
    trovato = queries.mittente(gettone)
    if trovato is None:
        return render_template("tavoli/conferma.html", contributo=None, gia=False, chiuso=None), 404
    contributo = trovato.contributo
    if request.method == "GET":
        gia = trovato.confermato_il is not None
        return render_template("tavoli/conferma.html", contributo=contributo, gia=gia, chiuso=None, gettone=gettone)
    try:
        operations.conferma(trovato)
    except FuoriTermine as errore:
        chiuso = str(errore.messaggio)
        return render_template("tavoli/conferma.html", contributo=contributo, gia=False, chiuso=chiuso, gettone=gettone), 403
    return render_template("tavoli/conferma.html", contributo=contributo, gia=True, chiuso=None, gettone=gettone)
