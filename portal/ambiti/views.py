from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_login import current_user

from ..access import requires
from ..errors import ErroreDominio
from ..i18n import _
from ..web import Area
from . import operations, queries, rules
from .forms import modulo_impostazioni
from .permissions import P

area = Area("ambiti", __name__)


@area.route("/ufficio/ambiti/impostazioni", methods=["GET", "POST"])
@requires(P.IMPOSTA)
def impostazioni() -> Any:
    """Terms and numbers that the Ambito's own regulation decides, each with its default and its source."""
    modulo = modulo_impostazioni()(data=queries.impostazioni())
    if modulo.validate_on_submit():
        valori = {chiave: str(modulo[chiave].data or "") for chiave in rules.IMPOSTAZIONI}
        try:
            cambiate = operations.imposta(g.ambito, valori, attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("Impostazioni salvate.") if cambiate else _("Non è cambiato niente."), "successo")
            return redirect(url_for(".impostazioni"), 303)
    stato = 422 if modulo.ha_errori else 200
    return render_template("ambiti/impostazioni.html", modulo=modulo, rules=rules, errori_modulo=stato == 422), stato
