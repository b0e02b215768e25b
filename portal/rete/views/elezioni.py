"""Elections: for everyone who stands and who is elected; for the enti standing and voting; for the office the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from ...access import can, public, requires
from ...clocks import oggi
from ...errors import ErroreDominio, FuoriTermine, NonTrovato, TransizioneNonAmmessa
from ...i18n import _
from ...memoria import in_memoria
from ...organi import queries as organi
from ...tenancy import scegli
from .. import forms
from ..models import Candidatura, Elettore, Elezione, StatoElezione
from ..operations import elezioni as operations
from ..permissions import P
from ..queries import elezioni as queries
from ..rules import elezioni as rules
from .area import area, cambia_con, fase_elezione


def _pagina(elezione: Elezione, **altro: Any) -> dict[str, Any]:
    """What every page of an election shows; candidates in the order of the count, or of their names."""
    return {
        "elezione": elezione,
        "fase": fase_elezione(elezione),
        "candidati": sorted(elezione.candidature, key=lambda c: (c.posto or 0, c.ente.denominazione)),
        "affluenza": queries.affluenza(elezione.id),
        "parita": rules.PARITA,
        **altro,
    }


@area.get("/<ambito>/rete/elezioni/<slug>")
@public
@in_memoria
def elezione(slug: str) -> Any:
    """How one votes, who stands, and after the count the minute: votes, places, elected and not."""
    trovata = queries.elezione(slug)
    if trovata is None:
        raise NonTrovato
    cambia_con(trovata)
    return render_template("rete/elezione.html", **_pagina(trovata, puo_gestire=can(P.VEDI, trovata)))


def _elettore(elettore_id: int) -> Elettore | None:
    """The voter; from here on the request is in its Ambito."""
    trovato = queries.elettore_ovunque(elettore_id)
    if trovato is not None:
        scegli(trovato.ambito_id)
    return trovato


@area.route("/ente/rete/elezioni/<int:elettore_id>/candida", methods=["GET", "POST"])
@requires(P.CANDIDA, load=_elettore)
def candida(elettore: Elettore) -> Any:
    """Stand for election, with the declaration that is checked against the agreements."""
    if request.method == "GET" and fase_elezione(elettore.elezione) != rules.Fase.CANDIDATURE:
        return redirect(url_for(".nostra"), 303)
    modulo = forms.ModuloCandidatura()
    if modulo.validate_on_submit():
        try:
            operations.candida(
                elettore,
                presentazione=modulo.presentazione.data,
                dichiara=modulo.dichiara.data,
                arrivo=g.arrivo,
                attore=current_user,
            )
        except ErroreDominio as errore:
            if errore.stato_http != 400:
                raise
            modulo.rifiuta(errore)
        else:
            flash(_("L’ente è candidato."), "successo")
            return redirect(url_for(".nostra"), 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "rete/candida.html",
        **_pagina(elettore.elezione, elettore=elettore, modulo=modulo),
        difetto=rules.difetto_candidata(elettore.ente.tipo),
        gestore=queries.perche_gestore(elettore.ente_id),
        errori_modulo=stato == 422,
    )
    return html, stato


@area.route("/ente/rete/elezioni/<int:elettore_id>/vota", methods=["GET", "POST"])
@requires(P.VOTA, load=_elettore)
def vota(elettore: Elettore) -> Any:
    """The ballot, then its confirmation, then the urn. Nothing of the choice is kept on the way."""
    aperta = fase_elezione(elettore.elezione) == rules.Fase.VOTO and not elettore.ha_votato
    if request.method == "GET" and not aperta:
        return redirect(url_for(".nostra"), 303)
    modulo = forms.ModuloVoto()
    candidati = {c.id: c.ente.denominazione for c in elettore.elezione.candidature}
    modulo.fra(sorted(candidati.items(), key=lambda c: c[1]))
    if modulo.validate_on_submit():
        scelti = modulo.preferenze.data or []
        if len(set(scelti)) > elettore.elezione.preferenze:
            troppe = _("Puoi scegliere al massimo %(n)s enti.", n=elettore.elezione.preferenze)
            modulo.rifiuta(ErroreDominio(troppe, "preferenze"))
        elif aperta and modulo.conferma.data != "si":  # else the urn says at once why it is refused
            pagina = _pagina(elettore.elezione, elettore=elettore, modulo=modulo)
            return render_template("rete/conferma_voto.html", **pagina, scelti=[(c, candidati[c]) for c in scelti])
        else:
            try:
                operations.vota(elettore, preferenze=scelti, arrivo=g.arrivo, attore=current_user)
            except (TransizioneNonAmmessa, FuoriTermine) as errore:
                errore.torna = (_("Torna alla Rete"), url_for(".nostra"))
                raise
            flash(_("Il voto è nell’urna. La scheda non porta il nome dell’ente: nessuno la può ritrovare."), "successo")
            return redirect(url_for(".nostra"), 303)
    stato = 422 if modulo.ha_errori else 200
    pagina = _pagina(elettore.elezione, elettore=elettore, modulo=modulo)
    return render_template("rete/vota.html", **pagina, errori_modulo=stato == 422), stato


@area.route("/<ambito>/ufficio/rete/elezioni/nuova", methods=["GET", "POST"])
@requires(P.ELEGGI)
def nuova() -> Any:
    """Call an election: the roll is frozen when it is saved."""
    modulo = forms.ModuloElezione(data={"seggi": 3, "preferenze": 1, "parita": "sorteggio", "elettorato_al": oggi()})
    if modulo.validate_on_submit():
        try:
            fatta = operations.indici(ambito_id=g.ambito.id, dati=modulo.dati(), attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("L’elezione è indetta, e l’elenco di chi vota è fissato."), "successo")
            return redirect(url_for(".urna", slug=fatta.slug), 303)
    stato = 422 if modulo.ha_errori else 200
    return render_template("rete/nuova_elezione.html", modulo=modulo, errori_modulo=stato == 422), stato


@area.get("/<ambito>/ufficio/rete/elezioni/<slug>")
@requires(P.VEDI, load=queries.elezione)
def urna(elezione: Elezione) -> Any:
    """The office's page: who voted, what is to be done, seats to be declared forfeited and who takes them."""
    da_dichiarare = [c for c in elezione.candidature if queries.da_lasciare(c)]
    return render_template(
        "rete/urna.html",
        **_pagina(elezione),
        elettori=queries.elettori(elezione.id),
        da_dichiarare=da_dichiarare,
        eletti=sorted((c for c in elezione.candidature if c.esito == "eletta"), key=lambda c: c.posto or 0),
        subentra=queries.prossima(elezione.id) if da_dichiarare else None,
        puo_eleggere=can(P.ELEGGI, elezione),
    )


@area.post("/<ambito>/ufficio/rete/elezioni/<slug>/scrutina")
@requires(P.ELEGGI, load=queries.elezione)
def scrutina(elezione: Elezione) -> Any:
    try:
        operations.scrutina(elezione, attore=current_user)
    except ErroreDominio as errore:
        if errore.stato_http != 400:
            raise
        flash(str(errore.messaggio), "errore")
    else:
        flash(_("Voti scrutinati: il verbale è pubblico."), "successo")
    return redirect(url_for(".urna", slug=elezione.slug), 303)


@area.route("/<ambito>/ufficio/rete/elezioni/<slug>/annulla", methods=["GET", "POST"])
@requires(P.ELEGGI, load=queries.elezione)
def annulla(elezione: Elezione) -> Any:
    if elezione.stato != StatoElezione.INDETTA and request.method == "GET":
        return redirect(url_for(".urna", slug=elezione.slug), 303)
    modulo = forms.ModuloAnnulla()
    if modulo.validate_on_submit():
        operations.annulla(elezione, motivo=modulo.motivo.data, attore=current_user)
        flash(_("L’elezione è annullata. Le schede non si contano."), "successo")
        return redirect(url_for(".urna", slug=elezione.slug), 303)
    stato = 422 if modulo.ha_errori else 200
    return render_template("rete/annulla.html", elezione=elezione, modulo=modulo, errori_modulo=stato == 422), stato


@dataclass(frozen=True)
class Seggio:
    """A seat that somebody was elected to."""

    elezione: Elezione
    candidatura: Candidatura

    @property
    def ambito_id(self) -> int:
        return self.elezione.ambito_id


def _seggio(slug: str, candidatura_id: int) -> Seggio | None:
    trovata = queries.elezione(slug)
    sua = next((c for c in trovata.candidature if c.id == candidatura_id), None) if trovata else None
    return Seggio(trovata, sua) if trovata and sua else None


@area.route("/<ambito>/ufficio/rete/elezioni/<slug>/<int:candidatura_id>/decadenza", methods=["GET", "POST"])
@requires(P.ELEGGI, load=_seggio)
def decadenza(seggio: Seggio) -> Any:
    """Take a seat away by an act; the next unelected takes it."""
    elezione, candidatura = seggio.elezione, seggio.candidatura
    if request.method == "GET" and not queries.da_lasciare(candidatura):
        return redirect(url_for(".urna", slug=elezione.slug), 303)
    modulo = forms.ModuloAtto()
    if modulo.validate_on_submit():
        subentra = operations.dichiara_decadenza(candidatura, atto=modulo.atto.data, attore=current_user)
        if subentra is None:
            flash(_("La decadenza è dichiarata. Il posto resta vacante: non c’è nessuno dopo."), "successo")
        else:
            flash(_("La decadenza è dichiarata. Entra %(ente)s.", ente=subentra.ente.denominazione), "successo")
        return redirect(url_for(".urna", slug=elezione.slug), 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "rete/decadenza.html", elezione=elezione, candidatura=candidatura, modulo=modulo,
        subentra=queries.prossima(elezione.id), errori_modulo=stato == 422,
    )  # fmt: skip
    return html, stato


@area.route("/<ambito>/ufficio/rete/elezioni/<slug>/<int:candidatura_id>/posto", methods=["GET", "POST"])
@requires(P.ELEGGI, load=_seggio)
def insedia(seggio: Seggio) -> Any:
    """Put an elected ente on a free seat of a body."""
    elezione, candidatura = seggio.elezione, seggio.candidatura
    if request.method == "GET" and (candidatura.esito != "eletta" or candidatura.mandato_id is not None):
        return redirect(url_for(".urna", slug=elezione.slug), 303)
    liberi = organi.posti_liberi(oggi())
    modulo = forms.ModuloPosto(data={"dal": oggi()})
    modulo.fra((p.id, p.organo, p.rappresenta) for p in liberi)
    if modulo.validate_on_submit():
        scelto = organi.seggio_per_id(modulo.seggio_id.data)
        assert scelto is not None  # one of the choices
        try:
            operations.insedia(candidatura, seggio=scelto, dal=modulo.dal.data, atto=modulo.atto.data, attore=current_user)
        except ErroreDominio as errore:
            if errore.stato_http != 400:
                raise
            modulo.rifiuta(errore)
        else:
            flash(_("%(ente)s è sul posto.", ente=candidatura.ente.denominazione), "successo")
            return redirect(url_for(".urna", slug=elezione.slug), 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "rete/posto.html", elezione=elezione, candidatura=candidatura, liberi=liberi, modulo=modulo,
        errori_modulo=stato == 422,
    )  # fmt: skip
    return html, stato
