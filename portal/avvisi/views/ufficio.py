"""The office's half: preparing a call as a task list, preview, publication, withdrawal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from ...access import requires
from ...clocks import adesso
from ...errors import ErroreDominio, NonTrovato
from ...fields import scelte
from ...i18n import _, _l
from ...paging import Pagina, cursore
from ...piano import queries as piano
from ...tavoli import queries as tavoli
from ...utenti.permissions import P as PU
from .. import forms, operations, queries, rules
from ..models import Avviso, StatoAvviso
from ..permissions import P
from .area import PER_PAGINA, area
from .pubblico import contesto


@area.get("/ufficio/avvisi")
@requires(PU.UFFICIO)
def ufficio() -> Any:
    dopo = cursore()
    righe = Pagina.da(queries.dell_ufficio(dopo=dopo, limite=PER_PAGINA), PER_PAGINA, lambda r: r.id, dopo=dopo)
    return render_template("avvisi/ufficio.html", righe=righe, rules=rules, ora=adesso())


@area.route("/ufficio/avvisi/nuovo", methods=["GET", "POST"])
@requires(PU.UFFICIO)
def nuovo() -> Any:
    modulo = forms.Nuovo()
    if modulo.validate_on_submit():
        try:
            fatto = operations.crea(
                titolo=modulo.titolo.data, tipo=modulo.tipo.data, ambito_id=g.ambito.id, attore=current_user
            )
            return redirect(url_for(".prepara", slug=fatto.slug), 303)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
    stato = 422 if modulo.ha_errori else 200
    return render_template("avvisi/nuovo.html", modulo=modulo, errori_modulo=stato == 422), stato


def _carica(slug: str) -> Avviso | None:
    return queries.qualunque(slug)


@area.get("/ufficio/avvisi/<slug>")
@requires(P.PREPARA, load=_carica)
def prepara(avviso: Avviso) -> Any:
    """The task list of a draft, or where a published call stands."""
    voci = operations.controlli(avviso)
    return render_template(
        "avvisi/prepara.html", **contesto(avviso), controlli=voci, pubblicabile=rules.pubblicabile(voci), sezioni=SEZIONI
    )


SEZIONI = (
    ("testo", _l("Testo dell’avviso")),
    ("risorse", _l("Risorse, termine, responsabile")),
    ("lotti", _l("Lotti")),
    ("requisiti", _l("Requisiti")),
    ("criteri", _l("Criteri e pesi")),
    ("documenti", _l("Documenti chiesti")),
    ("dichiarazioni", _l("Dichiarazioni")),
)


@dataclass(frozen=True)
class SezioneDiAvviso:
    """A call and one of its sections, with the call's Ambito for the permission."""

    avviso: Avviso
    chiave: str
    ambito_id: int


def _carica_sezione(slug: str, sezione: str) -> SezioneDiAvviso:
    avviso = queries.qualunque(slug)
    if avviso is None or sezione not in dict(SEZIONI):
        raise NonTrovato
    return SezioneDiAvviso(avviso, sezione, avviso.ambito_id)


@area.route(
    "/ufficio/avvisi/<slug>/<any(testo,risorse,lotti,requisiti,criteri,documenti,dichiarazioni):sezione>",
    methods=["GET", "POST"],
)
@requires(P.PREPARA, load=_carica_sezione)
def sezione(dove: SezioneDiAvviso) -> Any:
    """One group of questions of the draft, saved on its own."""
    avviso, chiave = dove.avviso, dove.chiave
    modulo = _modulo(avviso, chiave)
    if request.method == "POST" and "altra_riga" in request.form:
        modulo.righe.append_entry()
    elif avviso.stato != StatoAvviso.BOZZA and request.method == "POST":
        raise ErroreDominio(_("L’avviso è pubblicato: il testo non si cambia più."))
    elif modulo.validate_on_submit():
        try:
            _salva(avviso, chiave, modulo)
        except ErroreDominio as errore:
            if errore.stato_http != 400:
                raise
            modulo.rifiuta(errore)
        else:
            flash(_("Salvato."), "successo")
            return redirect(url_for(".prepara", slug=avviso.slug), 303)
    stato = 422 if modulo.ha_errori else 200
    pagina = render_template(
        "avvisi/sezione.html",
        avviso=avviso,
        chiave=chiave,
        titolo=dict(SEZIONI)[chiave],
        modulo=modulo,
        errori_modulo=stato == 422,
    )
    return pagina, stato


def _modulo(avviso: Avviso, chiave: str) -> Any:
    if chiave == "testo":
        return forms.Testi(obj=avviso)
    if chiave == "risorse":
        modulo = forms.Risorse(obj=avviso)
        schede = ((s.id, f"{s.codice} {s.titolo}") for s in piano.schede_per_scelta())
        modulo.scheda_id.choices = scelte([(0, _("Nessuna scheda")), *schede])
        modulo.priorita.choices = scelte(tavoli.priorita_restituite())
        if request.method == "GET":
            modulo.scheda_id.data = avviso.scheda_id or 0
            modulo.priorita.data = queries.priorita_di(avviso.id)
        if not modulo.priorita.choices:
            del modulo.priorita
        return modulo
    riga, principale = forms.RIGHE[chiave]
    modulo = forms.modulo_a_righe(riga, principale)(versione=avviso.versione)
    if request.method == "GET":
        for voce in getattr(avviso, chiave):
            modulo.righe.append_entry({nome: getattr(voce, nome) for nome in riga()._fields})
        modulo.righe.append_entry()
    return modulo


def _salva(avviso: Avviso, chiave: str, modulo: Any) -> None:
    versione = int(modulo.versione.data)
    if chiave in forms.RIGHE:
        operations.scrivi_parte(avviso, chiave, modulo.piene(), versione=versione, attore=current_user)
        return
    valori = {n: c.data for n, c in modulo._fields.items() if n not in ("csrf_token", "versione")}
    if chiave == "risorse":
        priorita = valori.pop("priorita", None)
        scelte = {voce.value for voce in modulo.scheda_id.choices}
        valori["scheda_id"] = valori["scheda_id"] if valori["scheda_id"] in scelte and valori["scheda_id"] else None
        valori = {
            n: (v if v is not None or n in ("risorse", "termine", "scheda_id", "atto", "cup") else "")
            for n, v in valori.items()
        }
    operations.scrivi(avviso, versione=versione, valori=valori, attore=current_user)
    if chiave == "risorse" and priorita is not None and set(priorita) != set(queries.priorita_di(avviso.id)):
        operations.collega_priorita(avviso, priorita=priorita, attore=current_user)


@area.get("/ufficio/avvisi/<slug>/anteprima")
@requires(P.PREPARA, load=_carica)
def anteprima(avviso: Avviso) -> Any:
    """The page as everyone will see it."""
    return render_template("avvisi/avviso.html", **{**contesto(avviso), "anteprima": True}, esame=None, filo_passi=())


@area.route("/ufficio/avvisi/<slug>/pubblica", methods=["GET", "POST"])
@requires(P.PUBBLICA, load=_carica)
def pubblica(avviso: Avviso) -> Any:
    """Confirmation page, then the publication: it cannot be undone."""
    if request.method == "POST":
        operations.pubblica(avviso, attore=current_user)
        flash(_("L’avviso è pubblicato: n. %(n)s del %(anno)s.", n=avviso.numero, anno=avviso.anno), "successo")
        return redirect(url_for(".avviso", slug=avviso.slug), 303)
    if avviso.stato != StatoAvviso.BOZZA:
        return redirect(url_for(".avviso", slug=avviso.slug), 303)
    voci = operations.controlli(avviso)
    return render_template("avvisi/pubblica.html", avviso=avviso, controlli=voci, pubblicabile=rules.pubblicabile(voci))


@area.route("/ufficio/avvisi/<slug>/revoca", methods=["GET", "POST"])
@requires(P.REVOCA, load=_carica)
def revoca(avviso: Avviso) -> Any:
    modulo = forms.Revoca()
    if modulo.validate_on_submit():
        try:
            operations.revoca(avviso, motivo=modulo.motivo.data, attore=current_user)
            flash(_("L’avviso è revocato. Il motivo si legge sulla pagina."), "successo")
            return redirect(url_for(".avviso", slug=avviso.slug), 303)
        except ErroreDominio as errore:
            if errore.campo is None:
                raise
            modulo.rifiuta(errore)
    stato = 422 if modulo.ha_errori else 200
    return render_template("avvisi/revoca.html", avviso=avviso, modulo=modulo, errori_modulo=stato == 422), stato
