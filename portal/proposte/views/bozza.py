"""The draft: start, task list, sections, cost lines."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from ...access import requires
from ...ambiti import queries as ambiti
from ...audit import queries as registro
from ...avvisi import queries as avvisi
from ...avvisi.rules import aperto, difetto_ente
from ...clocks import adesso
from ...enti import queries as enti
from ...enti.permissions import P as PE
from ...errors import ErroreDominio, FuoriTermine, NonTrovato, Vietato
from ...fields import scelte
from ...i18n import _
from ...tenancy import scegli, tutti_gli_ambiti
from ...utenti import queries as utenti
from .. import forms, operations, queries, rules
from ..contenuto import costi, elenco_compiti
from ..models import Proposta, StatoProposta, Voce
from ..permissions import P
from .area import area, carica


@area.get("/ente/proposte")
@requires(PE.AREA)
def elenco() -> Any:
    ids = current_user.enti_ids()
    return render_template("proposte/elenco.html", bozze=queries.bozze_di(ids), presentate=queries.presentate_di(ids))


@area.route("/ente/proposte/inizia/<int:avviso_id>", methods=["GET", "POST"])
@requires(PE.AREA)
def inizia(avviso_id: int) -> Any:
    """Choose the ente and start: with one ente only, the page is a confirmation.

    Only the enti that the law lets answer may be chosen (art. 55 c. 3 and art. 4 D.Lgs. 117/2017); who works for none is
    told why.
    """
    with tutti_gli_ambiti():
        avviso = avvisi.per_id(avviso_id)
    if avviso is None or not aperto(avviso.stato, avviso.termine, adesso()):
        raise FuoriTermine(_("Questo avviso non riceve proposte.")) if avviso and avviso.numero else NonTrovato()
    scegli(avviso.ambito_id)
    difetti = [(e, difetto_ente(avviso.tipo, e.tipo)) for e in enti.enti_per_id(current_user.enti_ids())]
    ammessi = {e.id: e for e, difetto in difetti if difetto is None}
    if not ammessi:
        rifiuto = Vietato(difetti[0][1])
        rifiuto.torna = (_("Torna all’area degli enti"), url_for("enti.area"))
        raise rifiuto
    modulo = forms.Inizio()
    modulo.ente.choices = scelte((e.id, e.denominazione) for e in ammessi.values())
    if modulo.validate_on_submit():
        scelto = ammessi[modulo.ente.data]
        proposta = operations.inizia(avviso, scelto, attore=current_user)
        return redirect(url_for(".compiti", proposta_id=proposta.id), 303)
    stato = 422 if modulo.ha_errori else 200
    esclusi = [(e.denominazione, difetto) for e, difetto in difetti if difetto is not None]
    return render_template("proposte/inizia.html", avviso=avviso, modulo=modulo, esclusi=esclusi), stato


@area.get("/ente/proposte/<int:proposta_id>")
@requires(P.VEDI, load=carica)
def compiti(proposta: Proposta) -> Any:
    """The task list: home of the draft. A submitted proposal shows its receipt instead."""
    if proposta.stato != StatoProposta.BOZZA:
        return redirect(url_for(".presentata", proposta_id=proposta.id), 303)
    voci = elenco_compiti(proposta)
    modifiche = registro.storia("proposta", proposta.id, limite=5)
    return render_template(
        "proposte/compiti.html",
        **contesto(proposta),
        compiti=voci,
        gruppi=rules.GRUPPI,
        mancanti=rules.mancanti(voci),
        persone=utenti.persone_dell_ente(proposta.ente_id),
        modifiche=modifiche,
        autori=queries.nomi_autori({m.attore_id for m in modifiche if m.attore_id}),
        indirizzi={v.chiave: indirizzo_di(proposta, v.chiave) for v in voci},
    )


def contesto(proposta: Proposta) -> dict[str, Any]:
    """What every page of a proposal shows around it."""
    avviso = proposta.avviso
    return {
        "proposta": proposta,
        "avviso": avviso,
        "ambito_avviso": ambiti.ambito_per_id(proposta.ambito_id),
        "aperta": proposta.stato == StatoProposta.BOZZA and aperto(avviso.stato, avviso.termine, adesso()),
        "rules": rules,
    }


def indirizzo_di(proposta: Proposta, chiave: str) -> str | None:
    """Where a task is done; None for one that is done elsewhere."""
    if chiave == "ente":
        return url_for("enti.scheda", ente=proposta.ente_id)
    if chiave == "titolo":
        return url_for(".titolo", proposta_id=proposta.id)
    if chiave == "quadro":
        return url_for(".quadro", proposta_id=proposta.id)
    if chiave.startswith("documento-"):
        return url_for(".documento", proposta_id=proposta.id, documento_id=int(chiave.removeprefix("documento-")))
    if chiave == "dichiarazioni":
        return url_for(".presenta", proposta_id=proposta.id)
    return url_for(".sezione", proposta_id=proposta.id, chiave=chiave)


def _lista(proposta: Proposta) -> Any:
    return redirect(url_for(".compiti", proposta_id=proposta.id), 303)


@area.route("/ente/proposte/<int:proposta_id>/titolo", methods=["GET", "POST"])
@requires(P.SCRIVI, load=carica)
def titolo(proposta: Proposta) -> Any:
    modulo = forms.Titolo(
        titolo=proposta.titolo, versione=proposta.versione, lotti=[scelto.lotto_id for scelto in proposta.lotti]
    )
    modulo.lotti.choices = scelte((lotto.id, f"{lotto.numero}. {lotto.titolo}") for lotto in proposta.avviso.lotti)
    if modulo.validate_on_submit():
        operations.scrivi_titolo(
            proposta,
            titolo=modulo.titolo.data or "",
            lotti=modulo.lotti.data or (),
            versione=int(modulo.versione.data),
            attore=current_user,
        )
        return _lista(proposta)
    stato = 422 if modulo.ha_errori else 200
    return render_template("proposte/titolo.html", **contesto(proposta), modulo=modulo, errori_modulo=stato == 422), stato


@dataclass(frozen=True)
class SezioneDiProposta:
    proposta: Proposta
    definizione: rules.SezioneScritta
    ente_id: int


def _carica_sezione(proposta_id: int, chiave: str) -> SezioneDiProposta:
    definizione = rules.PER_CHIAVE.get(chiave)
    if definizione is None:
        raise NonTrovato
    proposta = carica(proposta_id)
    return SezioneDiProposta(proposta, definizione, proposta.ente_id)


@area.route("/ente/proposte/<int:proposta_id>/testo/<chiave>", methods=["GET", "POST"])
@requires(P.SCRIVI, load=_carica_sezione)
def sezione(dove: SezioneDiProposta) -> Any:
    """One question on one page, saved by itself."""
    proposta, definizione = dove.proposta, dove.definizione
    salvata = next((s for s in proposta.sezioni if s.chiave == definizione.chiave), None)
    modulo = forms.Testo(testo=salvata.testo if salvata else "", versione=salvata.versione if salvata else 0)
    errore_termine = None
    if modulo.validate_on_submit():
        try:
            operations.scrivi_sezione(
                proposta,
                definizione.chiave,
                testo=modulo.testo.data or "",
                versione=int(modulo.versione.data),
                attore=current_user,
            )
            return _lista(proposta)
        except FuoriTermine as errore:
            errore_termine = errore
            modulo.rifiuta(errore)
    stato = 403 if errore_termine else 422 if modulo.ha_errori else 200
    pagina = render_template(
        "proposte/sezione.html", **contesto(proposta), definizione=definizione, modulo=modulo, errori_modulo=stato != 200
    )
    return pagina, stato


@area.get("/ente/proposte/<int:proposta_id>/quadro")
@requires(P.VEDI, load=carica)
def quadro(proposta: Proposta) -> Any:
    """The quadro economico: lines, totals, what does not add up."""
    righe = costi(proposta)
    return render_template(
        "proposte/quadro.html",
        **contesto(proposta),
        totali=rules.quadro(righe),
        difetti=rules.difetti_quadro(righe, proposta.avviso.risorse) if righe else [],
    )


@dataclass(frozen=True)
class VoceDiProposta:
    proposta: Proposta
    voce: Voce | None
    ente_id: int


def _carica_voce(proposta_id: int, voce_id: int | None = None) -> VoceDiProposta:
    proposta = carica(proposta_id)
    voce = next((v for v in proposta.voci if v.id == voce_id), None)
    if voce_id is not None and voce is None:
        raise NonTrovato
    return VoceDiProposta(proposta, voce, proposta.ente_id)


@area.route("/ente/proposte/<int:proposta_id>/quadro/nuova", methods=["GET", "POST"], endpoint="nuova_voce")
@area.route("/ente/proposte/<int:proposta_id>/quadro/<int:voce_id>", methods=["GET", "POST"])
@requires(P.SCRIVI, load=_carica_voce)
def voce(dove: VoceDiProposta) -> Any:
    proposta, riga = dove.proposta, dove.voce
    modulo = forms.VoceDiCosto(obj=riga)
    if modulo.validate_on_submit():
        try:
            operations.scrivi_voce(
                proposta,
                voce=riga,
                categoria=modulo.categoria.data,
                descrizione=modulo.descrizione.data,
                richiesto=modulo.richiesto.data or Decimal("0.00"),
                quota_propria=modulo.quota_propria.data or Decimal("0.00"),
                versione=int(modulo.versione.data or 0),
                attore=current_user,
            )
            if "altra" in request.form:
                flash(_("Voce salvata. Scrivi la prossima."), "successo")
                return redirect(url_for(".nuova_voce", proposta_id=proposta.id), 303)
            return redirect(url_for(".quadro", proposta_id=proposta.id), 303)
        except ErroreDominio as errore:
            if errore.stato_http == 409:
                raise
            modulo.rifiuta(errore)
    stato = 422 if modulo.ha_errori else 200
    return render_template(
        "proposte/voce.html", **contesto(proposta), voce=riga, modulo=modulo, errori_modulo=stato == 422
    ), stato


@area.post("/ente/proposte/<int:proposta_id>/quadro/<int:voce_id>/togli")
@requires(P.SCRIVI, load=_carica_voce)
def togli_voce(dove: VoceDiProposta) -> Any:
    assert dove.voce is not None
    operations.togli_voce(dove.proposta, dove.voce, attore=current_user)
    flash(_("La voce è stata tolta."), "successo")
    return redirect(url_for(".quadro", proposta_id=dove.proposta.id), 303)
