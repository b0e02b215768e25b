"""The Rete for an ente: ask, follow, withdraw, leave, say who speaks for it. Across Ambiti."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from ...access import can, requires
from ...ambiti import queries as ambiti
from ...clocks import a_roma, oggi
from ...enti import queries as enti
from ...enti import rules as enti_rules
from ...enti.models import Ente
from ...enti.permissions import P as ENTI
from ...errors import ErroreDominio
from ...i18n import _
from ...tenancy import scegli
from ...utenti import queries as utenti
from .. import forms, operations, queries, rules
from ..models import Adesione, Rappresentante, StatoAdesione
from ..permissions import P
from ..queries import elezioni
from .area import area


@area.get("/ente/rete")
@requires(ENTI.AREA)
def nostra() -> Any:
    """Where each of one's enti stands in each Ambito, and the Reti it may still ask for."""
    ids = current_user.enti_ids()
    adesioni = queries.adesioni_di(ids)
    vive = {(a.ente_id, a.ambito_slug) for a in adesioni if a.stato in (StatoAdesione.RICHIESTA, StatoAdesione.AMMESSA)}
    aperte = queries.ambiti_con_rete()
    libere = [(e, [a for a in aperte if (e.id, a.slug) not in vive]) for e in enti.enti_per_id(ids)]
    return render_template(
        "rete/nostra.html",
        adesioni=adesioni,
        elezioni=elezioni.elezioni_di(ids),
        libere=[(e, rimaste, e.id in current_user.puo_presentare_per) for e, rimaste in libere if rimaste],
    )


@dataclass(frozen=True)
class Domanda:
    """An ente and the Rete it would ask for."""

    ente: Ente
    ambito: queries.AmbitoConRete

    @property
    def ente_id(self) -> int:
        return self.ente.id


def _domanda(ente_id: int, slug: str) -> Domanda | None:
    ente, ambito = enti.ente_per_id(ente_id), queries.ambito_per_slug(slug)
    if ente is None or ambito is None:
        return None
    scegli(ambito.id)
    return Domanda(ente, ambito)


@area.route("/ente/rete/<int:ente_id>/chiedi/<slug>", methods=["GET", "POST"])
@requires(P.CHIEDI, load=_domanda)
def chiedi(domanda: Domanda) -> Any:
    """Ask to join the Rete of an Ambito; who has asked already is led to the answer."""
    ente, ambito = domanda.ente, domanda.ambito
    if (viva := queries.viva(ente.id)) is not None:
        flash(_("La richiesta c’è già: eccola."), "info")
        return redirect(url_for(".adesione", adesione_id=viva), 303)
    categorie = {c.id: c for c in queries.categorie(solo_aperte=True)}
    modulo = forms.ModuloRichiesta()
    modulo.fra((c.id, c.nome) for c in categorie.values())
    modulo.dichiara.label.text = str(rules.dichiarazione(ente.tipo))
    if modulo.validate_on_submit():
        try:
            fatta = operations.chiedi(
                ente,
                ambito_id=ambito.id,
                categoria=categorie[modulo.categoria.data],
                presentazione=modulo.presentazione.data,
                dichiara=modulo.dichiara.data,
                attore=current_user,
            )
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            giorni = rules.GIORNI_PER_DECIDERE
            flash(_("La richiesta è partita. L’Ufficio di Piano decide entro %(n)s giorni.", n=giorni), "successo")
            return redirect(url_for(".adesione", adesione_id=fatta.id), 303)
    ultima = ente.rilevazioni[0] if ente.rilevazioni else None
    difetto = rules.difetto_runts(ente.tipo, ultima.stato if ultima else None, ultima.repertorio if ultima else None)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "rete/chiedi.html", modulo=modulo, ente=ente, rete=ambito, ultima=ultima, difetto=difetto,
        stati=enti_rules.STATI, sezioni=enti_rules.SEZIONI, errori_modulo=stato == 422,
    )  # fmt: skip
    return html, stato


def _carica(adesione_id: int) -> Adesione | None:
    """The adhesion; from here on the request is in its Ambito."""
    trovata = queries.adesione_ovunque(adesione_id)
    if trovata is not None:
        scegli(trovata.ambito_id)
    return trovata


def _scheda(adesione: Adesione, **altro: Any) -> dict[str, Any]:
    """What every page of an adhesion shows."""
    chiesta = a_roma(adesione.chiesta_il).date()
    return {
        "adesione": adesione,
        "ente": adesione.ente,
        "rete": ambiti.ambito_per_id(adesione.ambito_id),
        "entro": rules.decidere_entro(chiesta, ambiti.festivita()),
        "oggi": oggi(),
        "puo_curare": can(P.CURA, adesione),
        **altro,
    }


@area.get("/ente/rete/<int:adesione_id>")
@requires(P.SEGUI, load=_carica)
def adesione(trovata: Adesione) -> Any:
    """The state of the request, its reason, who speaks for the ente."""
    return render_template("rete/adesione.html", **_scheda(trovata))


@area.route("/ente/rete/<int:adesione_id>/ritira", methods=["GET", "POST"])
@requires(P.CURA, load=_carica)
def ritira(trovata: Adesione) -> Any:
    if fuori_tempo := _se_non_e(trovata, StatoAdesione.RICHIESTA):
        return fuori_tempo
    modulo = forms.ModuloMotivo()
    if modulo.validate_on_submit():
        operations.ritira(trovata, motivo=modulo.motivo.data or "", attore=current_user)
        flash(_("La richiesta è ritirata. Puoi farne un’altra quando vuoi."), "successo")
        return redirect(url_for(".adesione", adesione_id=trovata.id), 303)
    stato = 422 if modulo.ha_errori else 200
    return render_template("rete/ritira.html", **_scheda(trovata, modulo=modulo), errori_modulo=stato == 422), stato


@area.route("/ente/rete/<int:adesione_id>/recedi", methods=["GET", "POST"])
@requires(P.CURA, load=_carica)
def recedi(trovata: Adesione) -> Any:
    if fuori_tempo := _se_non_e(trovata, StatoAdesione.AMMESSA):
        return fuori_tempo
    modulo = forms.ModuloMotivo()
    if modulo.validate_on_submit():
        operations.recedi(trovata, motivo=modulo.motivo.data or "", attore=current_user)
        flash(_("L’ente è uscito dalla Rete."), "successo")
        return redirect(url_for(".adesione", adesione_id=trovata.id), 303)
    stato = 422 if modulo.ha_errori else 200
    return render_template("rete/recedi.html", **_scheda(trovata, modulo=modulo), errori_modulo=stato == 422), stato


def _se_non_e(adesione: Adesione, stato: StatoAdesione) -> Any:
    """Back to the adhesion when a page is opened too late; None when it is in time. A form sent too late is told so."""
    if adesione.stato == stato or request.method != "GET":
        return None
    return redirect(url_for(".adesione", adesione_id=adesione.id), 303)


@area.route("/ente/rete/<int:adesione_id>/rappresentanti", methods=["GET", "POST"])
@requires(P.CURA, load=_carica)
def rappresentanti(trovata: Adesione) -> Any:
    """Who speaks for the ente, and the form of one more."""
    if fuori_tempo := _se_non_e(trovata, StatoAdesione.AMMESSA):
        return fuori_tempo
    modulo = forms.ModuloRappresentante(data={"dal": oggi(), "utente": 0, "tipo": "titolare"})
    modulo.fra((r.utente.id, r.utente.nome) for r in utenti.persone_dell_ente(trovata.ente_id))
    if modulo.validate_on_submit():
        try:
            operations.nomina(trovata, modulo.dati(), attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("Salvato. Nel registro pubblico si legge solo la veste, non il nome."), "successo")
            return redirect(url_for(".adesione", adesione_id=trovata.id), 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template("rete/rappresentanti.html", **_scheda(trovata, modulo=modulo), errori_modulo=stato == 422)
    return html, stato


@dataclass(frozen=True)
class DaChiudere:
    """A representative with the adhesion it belongs to."""

    adesione: Adesione
    persona: Rappresentante

    @property
    def ente_id(self) -> int:
        return self.adesione.ente_id


def _persona(adesione_id: int, persona_id: int) -> DaChiudere | None:
    trovata = _carica(adesione_id)
    sua = next((r for r in trovata.rappresentanti if r.id == persona_id), None) if trovata else None
    return DaChiudere(trovata, sua) if trovata and sua else None


@area.route("/ente/rete/<int:adesione_id>/rappresentanti/<int:persona_id>/fine", methods=["GET", "POST"])
@requires(P.CURA, load=_persona)
def fine(da_chiudere: DaChiudere) -> Any:
    """The last day of a representative or delegate; the row stays."""
    trovata, persona = da_chiudere.adesione, da_chiudere.persona
    modulo = forms.ModuloFine(data={"al": persona.al or oggi()})
    if modulo.validate_on_submit():
        try:
            operations.cessa(persona, al=modulo.al.data, attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("L’incarico è chiuso."), "successo")
            return redirect(url_for(".adesione", adesione_id=trovata.id), 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template("rete/fine.html", **_scheda(trovata, modulo=modulo, persona=persona), errori_modulo=stato == 422)
    return html, stato
