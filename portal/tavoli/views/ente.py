"""The tavoli for an ente: ask to take part, write a contribution, read the answers. Across Ambiti."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from ...access import can, requires
from ...clocks import oggi
from ...enti import queries as enti
from ...enti.models import Ente
from ...enti.permissions import P as ENTI
from ...errors import ErroreDominio, FuoriTermine
from ...i18n import _
from ...tenancy import scegli
from .. import forms, rules
from ..models import Contributo, Partecipazione, Tavolo
from ..operations import contributi, partecipazioni
from ..permissions import P
from ..queries import ente as queries
from .area import area


@area.get("/ente/tavoli")
@requires(ENTI.AREA)
def nostri() -> Any:
    """All one's enti together; who works for one goes to its page."""
    ids = current_user.enti_ids()
    if len(ids) == 1:
        return redirect(url_for(".dell_ente", ente_id=next(iter(ids))), 303)
    return _pagina(ids)


@dataclass(frozen=True)
class DiEnte:
    """An ente whose pages are asked for."""

    ente_id: int


def _ente(ente_id: int) -> DiEnte:
    return DiEnte(ente_id)


@area.get("/ente/<int:ente_id>/tavoli")
@requires(P.SEGUI, load=_ente)
def dell_ente(di: DiEnte) -> Any:
    """What the ente asked and wrote, what waits for it."""
    return _pagina({di.ente_id})


def _pagina(ids: Collection[int]) -> Any:
    richieste = queries.partecipazioni_di(ids)
    aperti = queries.aperti(oggi())
    vive = {(r.ente_id, r.tavolo_id) for r in richieste if r.stato in ("richiesta", "ammessa")}
    return render_template(
        "tavoli/nostri.html",
        enti=[(e, can(P.CHIEDI, DiEnte(e.id))) for e in enti.enti_per_id(ids)],
        richieste=richieste,
        contributi=queries.contributi_di(ids),
        aperti=aperti,
        vive=vive,
        oggi=oggi(),
        regole=rules,
    )


@dataclass(frozen=True)
class Invito:
    """An ente and a tavolo that it may sit at or write to."""

    ente: Ente
    tavolo: Tavolo

    @property
    def ente_id(self) -> int:
        return self.ente.id


def _invito(ente_id: int, tavolo_id: int) -> Invito | None:
    """From here on the request is in the Ambito of the tavolo."""
    ente, tavolo = enti.ente_per_id(ente_id), queries.tavolo_ovunque(tavolo_id)
    if ente is None or tavolo is None:
        return None
    scegli(tavolo.ambito_id)
    return Invito(ente, tavolo)


@area.route("/ente/<int:ente_id>/tavoli/<int:tavolo_id>/partecipa", methods=["GET", "POST"])
@requires(P.CHIEDI, load=_invito)
def partecipa(invito: Invito) -> Any:
    """Ask to sit at the tavolo; who has asked already is led to the answer."""
    ente, tavolo = invito.ente, invito.tavolo
    if request.method == "GET" and queries.viva(tavolo.id, ente.id) is not None:
        flash(_("La richiesta c’è già: eccola."), "info")
        return redirect(url_for(".dell_ente", ente_id=ente.id), 303)
    modulo = forms.ModuloPartecipa()
    chiuso = rules.chiuso_alle_istanze(tavolo, rules.giorno_di(g.arrivo))
    if chiuso is None and modulo.validate_on_submit():
        try:
            chi, perche = modulo.chi.data, modulo.perche.data
            partecipazioni.chiedi(tavolo, ente, chi=chi, perche=perche, arrivo=g.arrivo, attore=current_user)
        except FuoriTermine as errore:
            chiuso = str(errore.messaggio)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("La richiesta è partita. La risposta arriva qui e per e-mail."), "successo")
            return redirect(url_for(".dell_ente", ente_id=ente.id), 303)
    stato = (403 if request.method == "POST" else 200) if chiuso else 422 if modulo.ha_errori else 200
    html = render_template(
        "tavoli/partecipa.html", modulo=modulo, ente=ente, tavolo=tavolo, chiuso=chiuso, errori_modulo=stato == 422
    )
    return html, stato


def _partecipazione(partecipazione_id: int) -> Partecipazione | None:
    trovata = queries.partecipazione_ovunque(partecipazione_id)
    if trovata is not None:
        scegli(trovata.ambito_id)
    return trovata


@area.post("/ente/tavoli/partecipazioni/<int:partecipazione_id>/ritira")
@requires(P.CHIEDI, load=_partecipazione)
def ritira(trovata: Partecipazione) -> Any:
    """Take the request back, or leave the tavolo."""
    partecipazioni.ritira(trovata, attore=current_user)
    flash(_("La richiesta è ritirata."), "successo")
    return redirect(url_for(".dell_ente", ente_id=trovata.ente_id), 303)


@area.route("/ente/<int:ente_id>/tavoli/<int:tavolo_id>/contributo", methods=["GET", "POST"])
@requires(P.SCRIVI, load=_invito)
def nuovo_contributo(invito: Invito) -> Any:
    """A new draft: it is saved, then read again and sent."""
    ente, tavolo = invito.ente, invito.tavolo
    modulo = forms.ModuloContributo()
    chiuso = rules.chiuso_ai_contributi(tavolo, rules.giorno_di(g.arrivo))
    if chiuso is None and modulo.validate_on_submit():
        try:
            bozza = contributi.scrivi_bozza(tavolo, ente, testi=modulo.testi(), arrivo=g.arrivo, attore=current_user)
        except FuoriTermine as errore:
            chiuso = str(errore.messaggio)
        else:
            flash(_("La bozza è salvata: rileggila e mandala."), "successo")
            return redirect(url_for(".contributo", contributo_id=bozza.id), 303)
    stato = (403 if request.method == "POST" else 200) if chiuso else 422 if modulo.ha_errori else 200
    html = render_template(
        "tavoli/contributo.html", modulo=modulo, ente=ente, tavolo=tavolo, contributo=None, chiuso=chiuso, puo_inviare=False,
        regole=rules, errori_modulo=stato == 422,
    )  # fmt: skip
    return html, stato


def _contributo(contributo_id: int) -> Contributo | None:
    trovato = queries.contributo_ovunque(contributo_id)
    if trovato is not None:
        scegli(trovato.ambito_id)
    return trovato


@area.route("/ente/tavoli/contributi/<int:contributo_id>", methods=["GET", "POST"])
@requires(P.SCRIVI, load=_contributo)
def contributo(trovato: Contributo) -> Any:
    """The draft while it is one; then what was sent, and the answer."""
    modulo = forms.ModuloContributo(data=forms.del_contributo(trovato))
    if modulo.validate_on_submit():
        try:
            contributi.cambia_bozza(
                trovato, versione=forms.numero(modulo.versione.data), testi=modulo.testi(), attore=current_user
            )
        except ErroreDominio as errore:
            if errore.stato_http != 400:
                raise
            modulo.rifiuta(errore)
        else:
            flash(_("La bozza è salvata: rileggila e mandala."), "successo")
            return redirect(url_for(".contributo", contributo_id=trovato.id), 303)
    stato = 422 if modulo.ha_errori else 200
    return _con_il_contributo(trovato, modulo, rules.chiuso_ai_contributi(trovato.tavolo, oggi()), stato)


def _con_il_contributo(trovato: Contributo, modulo: Any, chiuso: str | None, stato: int) -> Any:
    html = render_template(
        "tavoli/contributo.html", modulo=modulo, ente=trovato.ente, tavolo=trovato.tavolo, contributo=trovato, chiuso=chiuso,
        puo_inviare=can(P.INVIA, trovato), regole=rules, errori_modulo=stato == 422,
    )  # fmt: skip
    return html, stato


@area.post("/ente/tavoli/contributi/<int:contributo_id>/invia")
@requires(P.INVIA, load=_contributo)
def invia(trovato: Contributo) -> Any:
    """Send the draft as it was saved; after the term it stays, and it can still be read."""
    try:
        contributi.invia(trovato, arrivo=g.arrivo, attore=current_user)
    except FuoriTermine as errore:
        modulo = forms.ModuloContributo(formdata=None, data=forms.del_contributo(trovato))
        return _con_il_contributo(trovato, modulo, str(errore.messaggio), 403)
    flash(_("Il contributo è partito. La risposta dell’Ufficio arriva qui e per e-mail."), "successo")
    return redirect(url_for(".contributo", contributo_id=trovato.id), 303)
