"""The minute as who was there reads it, to remark on the draft, and as everyone reads it once it is published."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, g, redirect, render_template, url_for
from flask_login import current_user

from ...access import can, public, requires
from ...clocks import adesso
from ...errors import ErroreDominio, NonTrovato
from ...fields import scelte
from ...filo import queries as filo
from ...i18n import _
from ...memoria import in_memoria
from .. import queries
from ..contenuto import contenuto
from ..documenti import in_docx
from ..forms import ModuloOsservazione
from ..models import GenereFile, StatoVerbale, Verbale
from ..operations import testi
from ..permissions import P
from ..rules import cammino, parole
from ..rules.contenuto import Contenuto, scrivi
from ..rules.omissis import con_omissis
from .area import area, carica, copia_pubblica, dove, motivi, nome_file, scarica_file, scarico
from .passi import DOCX

QUI = "/organi/<slug>/sedute/<int:numero>/verbale"


@area.route(f"{QUI}/bozza", methods=["GET", "POST"])
@requires(P.OSSERVA, load=carica)
def bozza(verbale: Verbale) -> Any:
    """Who was called reads the draft and says what should change, until the term."""
    modulo = ModuloOsservazione()
    miei = queries.seggi_di(verbale, current_user.id)
    modulo.seggio_id.choices = scelte((c.seggio_id, c.seggio.rappresenta) for c in miei)
    if modulo.validate_on_submit():
        try:
            chi, testo = modulo.seggio_id.data, modulo.testo.data
            testi.osserva(verbale, seggio_id=chi, testo=testo, arrivo=g.arrivo, attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("La tua osservazione è arrivata: leggerai qui la risposta."), "successo")
            return redirect(url_for(".bozza", **dove(verbale), _anchor="osservazioni"), 303)
    stato = 422 if modulo.ha_errori else 200
    posti = {c.seggio_id: c.seggio.rappresenta for c in miei}
    html = render_template(
        "verbale/bozza.html", verbale=verbale, contenuto=contenuto(verbale), modulo=modulo, parole=parole,
        mie=[o for o in verbale.osservazioni if o.seggio_id in posti], posti=posti,
        aperte=verbale.stato == StatoVerbale.IN_REVISIONE and cammino.in_tempo(adesso(), verbale.osservazioni_entro),
        errori_modulo=stato == 422,
    )  # fmt: skip
    return html, stato


def _pubblicato(slug: str, numero: int) -> Verbale:
    trovato = carica(slug, numero)
    if trovato.stato != StatoVerbale.PUBBLICATO:
        raise NonTrovato
    return trovato


def _copia(verbale: Verbale) -> Contenuto:
    return con_omissis(contenuto(verbale), [o.testo for o in verbale.omissis])


@area.get(QUI)
@public
@in_memoria
def verbale(slug: str, numero: int) -> Any:
    """The published minute: who was there, what was said and decided, how to check it."""
    trovato = _pubblicato(slug, numero)
    di_che_cosa, filo_passi = filo.passi_seduta(trovato.seduta) or (None, ())
    return render_template(
        "verbale/verbale.html", verbale=trovato, contenuto=_copia(trovato), parole=parole, di_che_cosa=di_che_cosa,
        filo_passi=filo_passi,
        pubblico=queries.file(trovato, GenereFile.PUBBLICO), firmato=queries.file(trovato, GenereFile.FIRMATO),
        motivi=motivi(trovato), puo_scrivere=can(P.SCRIVI, trovato), passi=list(parole.STATI.values()),
    )  # fmt: skip


@area.get(f"{QUI}.pdf")
@public
def pdf(slug: str, numero: int) -> Any:
    """The published file, whose fingerprint ``/verifica`` knows."""
    return scarica_file(queries.file(_pubblicato(slug, numero), GenereFile.PUBBLICO))


@area.get(f"{QUI}.docx")
@public
def docx(slug: str, numero: int) -> Any:
    trovato = _pubblicato(slug, numero)
    return scarico(in_docx(_copia(trovato), copia_pubblica(trovato)), nome_file(trovato, "docx"), DOCX)


@area.get(f"{QUI}.json", endpoint="dati")
@public
def in_json(slug: str, numero: int) -> Any:
    """The published copy as data, fields as in ``rules.contenuto``."""
    return Response(scrivi(_copia(_pubblicato(slug, numero))), mimetype="application/json")
