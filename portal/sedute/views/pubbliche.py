"""The sittings as everyone reads them: when and where, the agenda, who was there, what was decided; and their calendar."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template

from ... import downloads
from ...access import can, public
from ...errors import NonTrovato
from ...filo.queries import oggetti
from ...memoria import in_memoria
from ...organi import queries as organi
from ...organi.models import Pubblicazione
from ...paging import Pagina, cursore
from ...verbale import queries as verbali
from .. import calendario, queries
from ..convocazione import convocazione_pdf, preavviso_di
from ..models import Seduta, StatoSeduta
from ..permissions import P
from ..rules import parole
from ..rules.agenda import numera
from ..rules.documenti import aggiunto_dopo
from .area import area, carica, lettore
from .sala_in_pagina import righe

PER_PAGINA = 20


@area.get("/organi/<slug>/sedute")
@public
@in_memoria
def elenco(slug: str) -> Any:
    """The sittings of a body, the latest first, and its latest decisions."""
    organo = _organo(slug)
    dopo = cursore()
    trovate = queries.di_organo(organo.id, PER_PAGINA + 1, prima_di=dopo)
    pagina = Pagina.da(trovate, PER_PAGINA, lambda r: r.numero, dopo=dopo)
    if dopo is not None and not pagina.righe:
        raise NonTrovato
    decisioni = queries.decisioni(organo.id, 10) if organo.pubblicazione != Pubblicazione.NIENTE and dopo is None else []
    return render_template("sedute/elenco.html", organo=organo, pagina=pagina, decisioni=decisioni, parole=parole)


def _organo(slug: str) -> Any:
    trovato = organi.organo(slug)
    if trovato is None or not organi.si_legge(trovato):
        raise NonTrovato
    return trovato


def _pubblicata(slug: str, numero: int) -> Seduta:
    trovata = carica(slug, numero)
    if trovata is None or trovata.convocata_il is None or trovata.stato == StatoSeduta.BOZZA:
        raise NonTrovato
    return trovata


@area.get("/organi/<slug>/sedute/<int:numero>")
@public
@in_memoria
def seduta(slug: str, numero: int) -> Any:
    """A sitting at its permanent address. What was said waits for the minute; what was decided is here at once."""
    trovata = _pubblicata(slug, numero)
    conclusa = trovata.stato == StatoSeduta.CHIUSA
    mostra = conclusa and trovata.organo.pubblicazione != Pubblicazione.NIENTE
    sala = queries.stato_della_sala(trovata, trovata.chiusa_il) if mostra and trovata.chiusa_il else None
    return render_template(
        "sedute/seduta.html",
        seduta=trovata,
        numeri=numera(trovata.punti),
        oggetti=oggetti.dei_punti(trovata.punti, lettore()),
        avviso=preavviso_di(trovata),
        mostra=mostra,
        presenti=righe(trovata, sala) if sala else [],
        sala=sala,
        parole=parole,
        StatoSeduta=StatoSeduta,
        puo_verbalizzare=can(P.VERBALIZZA, trovata),
        verbale=mostra and verbali.stato_di(trovata.id) == verbali.PUBBLICO,
        convocato=can(P.PARTECIPA, trovata),
        aggiunto_dopo=aggiunto_dopo,
    )


@area.get("/organi/<slug>/sedute/<int:numero>/convocazione.pdf")
@public
def convocazione(slug: str, numero: int) -> Response:
    """The call as everyone may keep it: without the address from afar and the papers that are not for everyone."""
    trovata = _pubblicata(slug, numero)
    a = g.ambito
    contenuto = convocazione_pdf(trovata, ambito=a.nome, capofila=a.capofila, per_chi_e_convocato=False)
    return downloads.pdf(contenuto, f"convocazione-{slug}-{numero}.pdf")


@area.get("/organi/<slug>/sedute/<int:numero>/documenti/<int:documento_id>")
@public
def documento(slug: str, numero: int, documento_id: int) -> Response:
    """A paper for everyone, of a sitting that everyone may know of."""
    trovata = queries.con_i_convocati(slug, numero)
    if trovata is None or trovata.convocata_il is None or trovata.stato == StatoSeduta.BOZZA:
        raise NonTrovato
    carte = [d for p in trovata.punti for d in p.documenti if d.id == documento_id and not d.riservato]
    if not carte:
        raise NonTrovato
    return downloads.scarica(carte[0].chiave, nome=carte[0].nome, dimensione=carte[0].dimensione)


@area.get("/organi/<slug>/sedute/<int:numero>/seduta.ics")
@public
def ics(slug: str, numero: int) -> Any:
    return _calendario([_pubblicata(slug, numero)], f"{slug}-{numero}")


@area.get("/organi/<slug>/sedute.ics")
@public
def feed(slug: str) -> Any:
    """The calendar of a body, to subscribe to: its latest sittings, those that are called off too."""
    organo = _organo(slug)
    return _calendario(queries.per_calendario(organo.id), slug)


def _calendario(sedute: Any, nome: str) -> Response:
    return downloads.ics(calendario.di_sedute(sedute, g.ambito), nome)
