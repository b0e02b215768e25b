"""After the login: each role goes where its work is; who has more than one hat chooses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user

from ... import outbox
from ...access import requires
from ...ambiti import queries as ambiti
from ...ambiti.models import Ambito
from ...i18n import _
from ...utenti.models import Ruolo, Utente
from ...utenti.permissions import P
from .. import queries
from ..rules import eta
from .area import area


@dataclass(frozen=True)
class Cappello:
    """A role and the page where its work is."""

    titolo: str
    testo: str
    url: str


@area.get("/scrivania")
@requires(P.PROFILO)
def scrivania() -> Any:
    cappelli = list(_cappelli(current_user))
    if len(cappelli) == 1:
        return redirect(cappelli[0].url, 303)
    return render_template("home/scrivania.html", cappelli=cappelli)


def _cappelli(utente: Utente) -> Iterator[Cappello]:
    per_id: dict[int, Ambito] = {a.id: a for a in ambiti.tutti()}
    for ambito_id in sorted(utente.ambiti_ids()):
        a = per_id[ambito_id]
        yield Cappello(_("Ufficio di Piano"), a.nome, url_for("home.ufficio", ambito=a.slug))
    for ambito_id in sorted(utente.ambiti_ids(Ruolo.COMMISSARIO)):
        a = per_id[ambito_id]
        yield Cappello(_("Commissione di valutazione"), a.nome, url_for("valutazione.commissario", ambito=a.slug))
    for ambito_id in sorted(utente.ambiti_ids(Ruolo.COMPONENTE)):
        a = per_id[ambito_id]
        yield Cappello(_("Le mie sedute"), a.nome, url_for("sedute.mie", ambito=a.slug))
    if utente.enti_ids():
        yield Cappello(_("Area degli enti"), _("Rete, tavoli, proposte e dati del tuo ente"), url_for("enti.area"))
    if utente.amministratore:
        yield Cappello(_("Amministrazione"), _("Tutti gli Ambiti di questa installazione"), url_for("home.amministrazione"))


@area.get("/amministrazione")
@requires(P.AMMINISTRA)
def amministrazione() -> Any:
    """The installation at a glance: its Ambiti, and whether the queues move."""
    comuni: dict[int, int] = {}
    for comune in ambiti.comuni_di_tutti():
        comuni[comune.ambito_id] = comuni.get(comune.ambito_id, 0) + 1
    secondi = outbox.eta_coda()
    return render_template(
        "home/amministrazione.html",
        ambiti=ambiti.tutti(),
        comuni=comuni,
        code=queries.code(),
        attesa=eta(secondi) if secondi else None,
        ferma=secondi > 900,
    )
