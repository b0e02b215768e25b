"""The sittings as a member sees them: those one is convened to, the papers, the answer to the call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, flash, g, redirect, render_template, url_for
from flask_login import current_user

from ... import downloads
from ...access import requires
from ...clocks import a_roma, adesso
from ...errors import ErroreDominio
from ...i18n import _
from ...verbale import queries as verbali
from .. import calendario, queries
from ..convocazione import convocazione_pdf, preavviso_di
from ..forms import ModuloRisposta
from ..models import Convocato, PuntoDocumento, Seduta, StatoSeduta
from ..operations import risposte
from ..permissions import P
from ..queries import mie as queries_mie
from ..queries import proposte
from ..rules import parole
from ..rules.agenda import numera
from ..rules.documenti import aggiunto_dopo
from .area import area, carica

MIA = "/sedute/mie/<slug>/<int:numero>"
RISERVATA = "/organi/<slug>/sedute/<int:numero>/riservata"


@area.get("/sedute/mie")
@requires(P.SIEDE)
def mie() -> Any:
    """The sittings one is convened to, the nearest first, and the items one asked for."""
    chi = current_user.id
    tenute = queries_mie.mie_tenute(chi)
    return render_template(
        "sedute/mie.html", da_tenere=queries_mie.mie_da_tenere(chi), tenute=tenute, proposte=proposte.di(chi),
        posti=proposte.posti_di(chi), parole=parole, verbali=verbali.da_rileggere([s.id for s in tenute]), adesso=adesso(),
    )  # fmt: skip


def _suo(seduta: Seduta) -> Convocato:
    """The seat for which who is logged in is convened."""
    return next(c for c in seduta.convocati if c.utente_id == current_user.id)


def _torna(seduta: Seduta) -> Any:
    return redirect(url_for("sedute.mia", slug=seduta.organo.slug, numero=seduta.numero), 303)


@area.route(MIA, methods=["GET", "POST"])
@requires(P.PARTECIPA, load=carica)
def mia(seduta: Seduta) -> Any:
    """The call with everything that is for who is convened, and the answer, until the sitting opens."""
    suo = _suo(seduta)
    a_chi = suo.delegato if suo.delegato_seggio_id is None else ""
    prima = {
        "risposta": suo.risposta, "motivo": suo.motivo_assenza, "delegato": a_chi, "a_posto": suo.delegato_seggio_id or 0,
        "nota": suo.delega_nota,
    }  # fmt: skip
    modulo = ModuloRisposta(data=prima).per(seduta, suo.seggio_id)
    if modulo.validate_on_submit():
        try:
            risposte.rispondi(seduta, suo, dati=modulo.dati(), attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("L’ufficio ha la tua risposta. Puoi cambiarla fino all’apertura della seduta."), "successo")
            return _torna(seduta)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "sedute/mia.html", seduta=seduta, suo=suo, modulo=modulo, numeri=numera(seduta.punti), parole=parole,
        avviso=preavviso_di(seduta), chi=queries.chi_siede([suo.seggio_id], a_roma(seduta.inizio).date()),
        aperta=seduta.stato == StatoSeduta.CONVOCATA, aggiunto_dopo=aggiunto_dopo, errori_modulo=stato == 422,
    )  # fmt: skip
    return html, stato


@area.post(f"{MIA}/letta")
@requires(P.PARTECIPA, load=carica)
def letta(seduta: Seduta) -> Any:
    risposte.leggi(_suo(seduta), attore=current_user)
    flash(_("Segnato: hai letto la convocazione."), "successo")
    return _torna(seduta)


@area.get(f"{MIA}/seduta.ics")
@requires(P.PARTECIPA, load=carica)
def mia_ics(seduta: Seduta) -> Response:
    """The sitting for one's own calendar, with the address to follow it from afar."""
    nome = f"{seduta.organo.slug}-{seduta.numero}"
    return downloads.ics(calendario.di_sedute([seduta], g.ambito, per_chi_e_convocato=True), nome)


@area.get(f"{RISERVATA}/convocazione.pdf")
@requires(P.LEGGI, load=carica)
def convocazione_riservata(seduta: Seduta) -> Response:
    """The whole call, for who is convened and for the office (which sees it before it leaves, too)."""
    a = g.ambito
    contenuto = convocazione_pdf(seduta, ambito=a.nome, capofila=a.capofila, per_chi_e_convocato=True)
    return downloads.pdf(contenuto, f"convocazione-{seduta.organo.slug}-{seduta.numero}.pdf")


@dataclass(frozen=True)
class Carta:
    """A paper, with who is convened to its sitting."""

    documento: PuntoDocumento
    seduta: Seduta

    @property
    def ambito_id(self) -> int:
        return self.seduta.ambito_id

    @property
    def convocati(self) -> list[Convocato]:
        return self.seduta.convocati


def _carta(slug: str, numero: int, documento_id: int) -> Carta | None:
    seduta = queries.con_i_convocati(slug, numero)
    carte = [d for p in seduta.punti for d in p.documenti if d.id == documento_id] if seduta else []
    return Carta(carte[0], seduta) if carte and seduta else None


@area.get(f"{RISERVATA}/documenti/<int:documento_id>")
@requires(P.LEGGI, load=_carta)
def documento_riservato(carta: Carta) -> Response:
    """Any paper of the sitting, for who is convened and for the office."""
    d = carta.documento
    return downloads.scarica(d.chiave, nome=d.nome, dimensione=d.dimensione)
