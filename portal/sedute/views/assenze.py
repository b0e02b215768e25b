"""The absences of a sitting that was held: who was not there, and with which reason."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from ...access import requires
from ...errors import ErroreDominio
from ...fields import scelte
from ...i18n import _
from ..forms import ModuloAssenza
from ..models import Convocato, Seduta, StatoSeduta, Verso
from ..operations import assenze as operations
from ..permissions import P
from ..queries import assenze as queries
from .area import area, carica


def _chiusa(slug: str, numero: int) -> Seduta | None:
    trovata = carica(slug, numero)
    return trovata if trovata and trovata.stato == StatoSeduta.CHIUSA else None


def _assenti(seduta: Seduta) -> list[Convocato]:
    """The seats that nobody took, in the order of the body."""
    presi = {m.seggio_id for m in seduta.movimenti if m.verso == Verso.ENTRA and m.annullato_il is None}
    return sorted((c for c in seduta.convocati if c.seggio_id not in presi), key=lambda c: c.seggio.ordine)


@area.route("/ufficio/organi/<slug>/sedute/<int:numero>/assenze", methods=["GET", "POST"])
@requires(P.VERBALIZZA, load=_chiusa)
def assenze(seduta: Seduta) -> Any:
    assenti = _assenti(seduta)
    modulo = ModuloAssenza()
    modulo.seggio_id.choices = scelte((c.seggio_id, c.seggio.rappresenta) for c in assenti)
    if modulo.validate_on_submit():
        try:
            operations.giustifica(seduta, seggio_id=modulo.seggio_id.data, motivo=modulo.motivo.data, attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("Il motivo dell’assenza è scritto."), "successo")
            return redirect(url_for(".assenze", slug=seduta.organo.slug, numero=seduta.numero), 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "sedute/assenze.html", seduta=seduta, assenti=assenti, giustificate=queries.giustificate(seduta.id), modulo=modulo,
        errori_modulo=stato == 422,
    )  # fmt: skip
    return html, stato
