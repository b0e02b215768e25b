"""The office: appointing the commission and replacing who may not sit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from ...access import requires
from ...ambiti.queries import impostazione_numero
from ...avvisi.models import Avviso
from ...clocks import adesso
from ...errors import ErroreDominio
from ...fields import scelte
from ...i18n import _
from .. import operations, queries
from ..forms import Nomina, Sostituzione
from ..models import Membro
from ..permissions import P
from ..rules import termine_passato
from .area import area


@area.route("/ufficio/avvisi/<slug>/valutazione/commissione", methods=["GET", "POST"])
@requires(P.NOMINA, load=queries.avviso_per_slug)
def nomina(avviso: Avviso) -> Any:
    """The act and the people. Who has a role in an ente that applied is shown, and cannot be chosen."""
    persone = queries.candidabili(avviso)
    modulo = Nomina()
    modulo.fra((p.utente_id, p.nome) for p in persone)
    if modulo.validate_on_submit():
        try:
            operations.nomina(
                avviso,
                atto=modulo.atto.data,
                presidente=modulo.presidente.data,
                componenti=modulo.componenti.data or [],
                attore=current_user,
            )
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("La commissione è nominata. Ai componenti abbiamo chiesto la dichiarazione."), "successo")
            return redirect(url_for(".procedura", slug=avviso.slug), 303)
    stato = 422 if modulo.ha_errori else 200
    return render_template(
        "valutazione/nomina.html",
        avviso=avviso,
        modulo=modulo,
        previsti=impostazione_numero("commissione_componenti"),
        spiegazioni=_conflitti(avviso, persone),
        errori_modulo=stato == 422,
    ), stato


@area.route("/ufficio/avvisi/<slug>/valutazione/commissione/<int:membro_id>/sostituisci", methods=["GET", "POST"])
@requires(P.NOMINA, load=queries.membro_per_id)
def sostituisci(membro: Membro) -> Any:
    avviso, gia = membro.commissione.avviso, {m.utente_id for m in membro.commissione.membri}
    persone = [p for p in queries.candidabili(avviso) if p.utente_id not in gia]
    modulo = Sostituzione()
    modulo.con.choices = scelte((p.utente_id, p.nome) for p in persone)
    if modulo.validate_on_submit():
        try:
            operations.sostituisci(membro, con=modulo.con.data, motivo=modulo.motivo.data, attore=current_user)
        except ErroreDominio as errore:
            if errore.stato_http != 400:
                raise
            modulo.rifiuta(errore)
        else:
            flash(_("Il componente è sostituito. Al nuovo abbiamo chiesto la dichiarazione."), "successo")
            return redirect(url_for(".procedura", slug=avviso.slug), 303)
    stato = 422 if modulo.ha_errori else 200
    return render_template(
        "valutazione/sostituisci.html",
        avviso=avviso,
        membro=membro,
        modulo=modulo,
        spiegazioni=_conflitti(avviso, persone),
        errori_modulo=stato == 422,
    ), stato


def _conflitti(avviso: Avviso, persone: Iterable[queries.Candidabile]) -> dict[str, str]:
    """The note under each name that may not be chosen; none before the term, when nobody knows who has applied."""
    if not termine_passato(avviso.termine, adesso()):
        return {}
    return {
        str(p.utente_id): _("In conflitto: ha un ruolo in %(enti)s.", enti=", ".join(p.conflitti))
        for p in persone
        if p.conflitti
    }
