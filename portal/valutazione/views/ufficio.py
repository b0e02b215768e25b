"""The office: which procedures, what was received, who is admitted."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from ...access import requires
from ...errors import ErroreDominio
from ...i18n import _
from ...paging import Pagina, cursore
from ...proposte.models import Proposta
from ...proposte.permissions import avvisi_da_cui_si_astiene
from ...proposte.rules import STATI
from .. import operations, queries, rules
from ..forms import Decisione
from ..permissions import P
from ..rules import parole
from .area import area, da_leggere

PER_PAGINA = 25


@area.get("/ufficio/valutazione")
@requires(P.UFFICIO)
def ufficio() -> Any:
    """Every avviso that was published, with the point its evaluation is at; no way in where one must abstain."""
    dopo = cursore()
    righe = queries.procedure(dopo=dopo, limite=PER_PAGINA)
    pagina = Pagina.da(righe, PER_PAGINA, lambda r: r.avviso_id, dopo=dopo)
    astensioni = avvisi_da_cui_si_astiene(current_user, [r.avviso_id for r in righe])
    return render_template("valutazione/ufficio.html", pagina=pagina, parole=parole, astensioni=astensioni)


@area.get("/ufficio/avvisi/<slug>/valutazione")
@requires(P.CONDUCI, load=queries.avviso_per_slug)
def procedura(avviso: Any) -> Any:
    """One evaluation: its steps, what was received, the commission. Before the term there is nothing to see."""
    conti = queries.conti_di([avviso])[avviso.id]
    commissione = queries.commissione(avviso.id)
    return render_template(
        "valutazione/procedura.html",
        avviso=avviso,
        conti=conti,
        fase=rules.fase(conti),
        parole=parole,
        stati=STATI,
        proposte=queries.proposte_ricevute(avviso.id) if conti.termine_passato else [],
        commissione=commissione,
        dati=queries.punteggi_dati(commissione.id) if commissione else {},
        in_conflitto=queries.membri_in_conflitto(avviso.id) if commissione else [],
    )


@area.get("/ufficio/avvisi/<slug>/valutazione/proposte/<int:proposta_id>")
@requires(P.APRI, load=queries.proposta_di)
def proposta(proposta: Proposta) -> Any:
    """What an ente submitted, requirement by requirement, and the decision on it."""
    return _pagina(proposta, Decisione())


@area.post("/ufficio/avvisi/<slug>/valutazione/proposte/<int:proposta_id>")
@requires(P.AMMETTI, load=queries.proposta_di)
def decidi(proposta: Proposta) -> Any:
    """First the answers to check, then, with ``conferma``, the decision."""
    modulo = Decisione()
    if not modulo.validate_on_submit():
        return _pagina(proposta, modulo), 422
    if modulo.conferma.data != "si":
        return render_template("valutazione/conferma_ammissibilita.html", proposta=proposta, modulo=modulo)
    try:
        operations.decidi(
            proposta,
            ammessa=modulo.decisione.data == "si",
            motivo=modulo.motivo.data or "",
            attore=current_user,
        )
    except ErroreDominio as errore:
        if errore.stato_http != 400:
            raise
        modulo.rifiuta(errore)
        return _pagina(proposta, modulo), 422
    flash(_("La decisione è registrata e l’ente è stato avvisato."), "successo")
    return redirect(url_for(".procedura", slug=proposta.avviso.slug), 303)


def _pagina(proposta: Proposta, modulo: Decisione) -> str:
    return render_template(
        "valutazione/proposta.html",
        **da_leggere(proposta),
        modulo=modulo,
        parole=parole,
        esami=queries.esami(proposta),
        decisione=queries.ammissibilita_di(proposta.id),
        errori_modulo=modulo.ha_errori,
    )
