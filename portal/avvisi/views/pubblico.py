"""What everyone sees of a call: list, page, questions, calendar."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template
from flask_login import current_user

from ...access import public
from ...ambiti import queries as ambiti
from ...clocks import a_roma, adesso, oggi
from ...enti import queries as enti
from ...errors import NonTrovato
from ...filo import queries as filo
from ...memoria import cambia_dopo, in_memoria
from ...paging import Pagina, cursore
from ...proposte import queries as proposte
from ...proposte.rules import SEZIONI
from .. import calendario, queries, rules
from ..models import Avviso
from .area import PER_PAGINA, area


@area.get("/avvisi")
@public
@in_memoria
def elenco() -> Any:
    """Open calls first, then those whose term has passed."""
    dopo = cursore()
    chiusi = Pagina.da(queries.non_aperti(dopo=dopo, limite=PER_PAGINA), PER_PAGINA, lambda r: r.id, dopo=dopo)
    aperti = queries.aperti(100) if dopo is None else []
    for riga in aperti:
        cambia_dopo(riga.termine)
    return render_template("avvisi/elenco.html", aperti=aperti, chiusi=chiusi, fase=rules.fase, rules=rules)


@area.get("/avvisi/<slug>")
@public
@in_memoria
def avviso(slug: str) -> Any:
    trovato = _pubblico(slug)
    cambia_dopo(trovato.termine)
    return render_template(
        "avvisi/avviso.html", **contesto(trovato), esame=_ammissibilita(trovato), filo_passi=filo.passi_avviso(trovato)
    )


def contesto(trovato: Avviso) -> dict[str, Any]:
    """What the page of a call needs, published or in preview."""
    fase = rules.fase(trovato.stato, trovato.termine, adesso())
    return {"avviso": trovato, "fase": fase, "rules": rules, "anteprima": False}


def _pubblico(slug: str) -> Avviso:
    trovato = queries.pagina(slug)
    if trovato is None:
        raise NonTrovato
    return trovato


def _ammissibilita(trovato: Avviso) -> dict[str, Any] | None:
    """For who works for an ente: each requirement looked at, with the reason, before any form is opened.

    Of several enti, the first that the law lets answer; when there is none, why.
    """
    if not current_user.is_authenticated or not current_user.enti_ids():
        return None
    difetti = [(rules.difetto_ente(trovato.tipo, e.tipo), e) for e in enti.enti_per_id(current_user.enti_ids())]
    difetto, ente = min(difetti, key=lambda d: (d[0] is not None, d[1].id))
    if difetto is not None:
        return {"ente": ente, "difetto": difetto, "proposta": None}
    if not ente.rilevazioni or trovato.termine is None:
        return None
    esami = rules.esamina(
        trovato.requisiti,
        proposte.profilo(ente),
        a_roma(trovato.termine).date(),
        oggi=oggi(),
        giorni_runts=ambiti.impostazione_numero("runts_giorni"),
    )
    aperta = proposte.attiva_di(ente.id, trovato.id)
    ammissibile = rules.ammissibile(esami)
    return {"ente": ente, "difetto": None, "esami": esami, "ammissibile": ammissibile, "proposta": aperta}


@area.get("/avvisi/<slug>/domande")
@public
@in_memoria
def domande(slug: str) -> Any:
    """Every question of the proposal, readable before starting and without an account."""
    trovato = queries.pubblico(slug)
    if trovato is None:
        raise NonTrovato
    return render_template("avvisi/domande.html", avviso=trovato, sezioni=SEZIONI, rules=rules)


@area.get("/avvisi/<slug>/calendario.ics")
@public
def calendario_ics(slug: str) -> Any:
    """The term and the deadline of the questions, for a personal calendar."""
    trovato = _pubblico(slug)
    testo = calendario.di_avviso(trovato, g.ambito)
    return Response(
        testo, mimetype="text/calendar", headers={"Content-Disposition": f"attachment; filename={trovato.slug}.ics"}
    )
