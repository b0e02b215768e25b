"""The sittings for the office: which there are, how one is prepared and convened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from ...access import requires
from ...clocks import adesso
from ...errors import Conflitto, ErroreDominio, NonTrovato
from ...filo.queries import oggetti
from ...i18n import _
from ...organi import queries as organi
from ...organi.models import Organo
from ...paging import Pagina, cursore
from ...verbale import queries as verbali
from .. import queries
from ..convocazione import preavviso_di
from ..forms import (
    ModuloConsegna,
    ModuloConvoca,
    ModuloDelega,
    ModuloMotivo,
    ModuloPunto,
    ModuloSeduta,
    del_punto,
    della_seduta,
    oggetto_di,
)
from ..models import Azione, Convocato, Punto, Seduta, StatoSeduta
from ..operations import banco, deleghe, ordine, risposte
from ..operations import sedute as operations
from ..permissions import P
from ..queries import mie as queries_mie
from ..queries import proposte
from ..rules import parole
from ..rules.agenda import estremi, numera
from ..rules.consegna import Consegna, consegna, conta, vista
from .area import area, carica, carica_punto, pagina_di_chi_e_convocato

PER_PAGINA = 30


@area.get("/ufficio/sedute")
@requires(P.PREPARA)
def ufficio() -> Any:
    """The sittings to hold, the nearest first, then those that were held."""
    dopo = cursore()
    tenute = Pagina.da(queries.tenute(PER_PAGINA + 1, prima_di=dopo), PER_PAGINA, lambda r: r.id, dopo=dopo)
    if dopo is not None and not tenute.righe:
        raise NonTrovato
    da_tenere = queries.da_tenere() if dopo is None else []
    attivi = organi.elenco(adesso().date())
    return render_template(
        "sedute/ufficio.html", da_tenere=da_tenere, tenute=tenute, organi=attivi, parole=parole,
        da_decidere=proposte.da_decidere_per_organo(),
    )  # fmt: skip


@area.route("/ufficio/organi/<slug>/sedute/nuova", methods=["GET", "POST"])
@requires(P.PREPARA, load=organi.organo)
def nuova(organo: Organo) -> Any:
    modulo = ModuloSeduta()
    if modulo.validate_on_submit():
        try:
            fatta = operations.crea(organo, dati=modulo.dati(), attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("La bozza della seduta c’è. Adesso scrivi l’ordine del giorno."), "successo")
            return redirect(url_for(".prepara", slug=organo.slug, numero=fatta.numero), 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template("sedute/scrivi.html", organo=organo, seduta=None, modulo=modulo, errori_modulo=stato == 422)
    return html, stato


@area.get("/ufficio/organi/<slug>/sedute/<int:numero>")
@requires(P.PREPARA, load=carica)
def prepara(seduta: Seduta) -> Any:
    """Everything of a sitting before it opens: facts, agenda, who is called, what is still to do."""
    return render_template(
        "sedute/prepara.html",
        seduta=seduta,
        numeri=numera(seduta.punti),
        oggetti=oggetti.dei_punti(seduta.punti, current_user),
        avviso=preavviso_di(seduta),
        chi=queries.chi_siede([c.seggio_id for c in seduta.convocati], seduta.inizio.date()),
        azioni=queries.azioni_aperte(seduta.organo_id),
        verbale=verbali.stato_di(seduta.id),
        consegne=_consegne(seduta),
        risposte=conta(seduta.convocati),
        spenti=estremi(seduta.punti),
        proposte=proposte.in_attesa(seduta.organo_id) if seduta.stato == StatoSeduta.BOZZA else [],
        parole=parole,
    )


def _consegne(seduta: Seduta) -> dict[int, tuple[Consegna, datetime | None]]:
    """How far the call has got with each, by the id of the row."""
    partite = queries_mie.lettere_partite(seduta.id)
    return {
        c.id: consegna(c, partita=partite.get(c.utente_id or 0), per_lettera=c.utente_id is not None)
        for c in seduta.convocati
    }


def _torna(seduta: Seduta) -> Any:
    return redirect(url_for("sedute.prepara", slug=seduta.organo.slug, numero=seduta.numero), 303)


@area.route("/ufficio/organi/<slug>/sedute/<int:numero>/dati", methods=["GET", "POST"])
@requires(P.PREPARA, load=carica)
def scrivi(seduta: Seduta) -> Any:
    modulo = ModuloSeduta(data=della_seduta(seduta))
    if modulo.validate_on_submit():
        try:
            operations.modifica(
                seduta, dati=modulo.dati(), versione=modulo.versione.data or 0, attore=current_user,
                pagina=pagina_di_chi_e_convocato(seduta),
            )  # fmt: skip
        except Conflitto as conflitto:
            conflitto.ritorno = url_for(".scrivi", slug=seduta.organo.slug, numero=seduta.numero)
            raise
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("Salvato."), "successo")
            return _torna(seduta)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "sedute/scrivi.html", organo=seduta.organo, seduta=seduta, modulo=modulo, errori_modulo=stato == 422
    )
    return html, stato


@area.route("/ufficio/organi/<slug>/sedute/<int:numero>/punti/nuovo", methods=["GET", "POST"])
@requires(P.PREPARA, load=carica)
def nuovo_punto(seduta: Seduta) -> Any:
    modulo = ModuloPunto().con_padri(_padri(seduta)).fra(_oggetti(), "")
    if modulo.validate_on_submit():
        try:
            operations.aggiungi_punto(
                seduta, dati=modulo.dati(), attore=current_user, pagina=pagina_di_chi_e_convocato(seduta)
            )
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("Il punto è nell’ordine del giorno."), "successo")
            return _torna(seduta) if seduta.stato != StatoSeduta.APERTA else redirect(al_banco(seduta), 303)
    return _punto(seduta, None, modulo)


def al_banco(seduta: Seduta, punto: Punto | None = None) -> str:
    altro: dict[str, Any] = {"punto": punto.id} if punto else {}
    return url_for("sedute.al_banco", slug=seduta.organo.slug, numero=seduta.numero, **altro)


def _padri(seduta: Seduta) -> list[tuple[int, str]]:
    numeri = numera(seduta.punti)
    return [(p.id, f"{numeri[p.id]}. {p.titolo}") for p in seduta.punti if p.padre_id is None]


def _oggetti() -> dict[str, list[tuple[str, str]]]:
    """What an item may be about, by kind: only what who writes it may open."""
    gruppi = oggetti.da_scegliere(current_user)
    return {nome: [(o.chiave, o.titolo) for o in trovati] for nome, trovati in gruppi.items()}


def _punto(seduta: Seduta, punto: Punto | None, modulo: ModuloPunto) -> Any:
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "sedute/punto.html", seduta=seduta, punto=punto, modulo=modulo, StatoSeduta=StatoSeduta, errori_modulo=stato == 422
    )
    return html, stato


@area.route("/ufficio/organi/<slug>/sedute/<int:numero>/punti/<int:punto>", methods=["GET", "POST"])
@requires(P.PREPARA, load=carica_punto)
def scrivi_punto(punto: Punto) -> Any:
    modulo = ModuloPunto(data=del_punto(punto)).con_padri(_padri(punto.seduta)).fra(_oggetti(), oggetto_di(punto))
    if modulo.validate_on_submit():
        try:
            operations.modifica_punto(
                punto, dati=modulo.dati(), versione=modulo.versione.data or 0, attore=current_user,
                pagina=pagina_di_chi_e_convocato(punto.seduta),
            )  # fmt: skip
        except Conflitto as conflitto:
            seduta = punto.seduta
            conflitto.ritorno = url_for(".scrivi_punto", slug=seduta.organo.slug, numero=seduta.numero, punto=punto.id)
            raise
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("Salvato."), "successo")
            return _torna(punto.seduta)
    return _punto(punto.seduta, punto, modulo)


@area.post("/ufficio/organi/<slug>/sedute/<int:numero>/punti/<int:punto>/togli")
@requires(P.PREPARA, load=carica_punto)
def togli_punto(punto: Punto) -> Any:
    try:
        operations.togli_punto(punto, attore=current_user)
    except ErroreDominio as errore:
        flash(str(errore.messaggio), "errore")
    else:
        flash(_("Il punto è tolto dall’ordine del giorno."), "successo")
    return _torna(punto.seduta)


@area.post("/ufficio/organi/<slug>/sedute/<int:numero>/punti/<int:punto>/sposta")
@requires(P.PREPARA, load=carica_punto)
def sposta_punto(punto: Punto) -> Any:
    """One place up (``dove`` is «su») or down."""
    su = request.form.get("dove") == "su"
    try:
        ordine.sposta_punto(punto, su=su, attore=current_user, pagina=pagina_di_chi_e_convocato(punto.seduta))
    except ErroreDominio as errore:
        flash(str(errore.messaggio), "errore")
    dove = url_for("sedute.prepara", slug=punto.seduta.organo.slug, numero=punto.seduta.numero, _anchor="odg")
    return redirect(dove, 303)


@area.route("/ufficio/organi/<slug>/sedute/<int:numero>/convoca", methods=["GET", "POST"])
@requires(P.CONVOCA, load=carica)
def convoca(seduta: Seduta) -> Any:
    """The last look before the call leaves: the notice, the agenda, who is called."""
    modulo = ModuloConvoca()
    if modulo.validate_on_submit():
        try:
            operations.convoca(
                seduta, protocollo=modulo.protocollo.data or "", attore=current_user,
                pagina=pagina_di_chi_e_convocato(seduta),
            )  # fmt: skip
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("La seduta è convocata. Le lettere aspettano fra i messaggi che qualcuno le guardi."), "successo")
            return _torna(seduta)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "sedute/convoca.html", seduta=seduta, modulo=modulo, avviso=preavviso_di(seduta), numeri=numera(seduta.punti),
        errori_modulo=stato == 422,
    )  # fmt: skip
    return html, stato


@area.route("/ufficio/organi/<slug>/sedute/<int:numero>/annulla", methods=["GET", "POST"])
@requires(P.CONVOCA, load=carica)
def annulla(seduta: Seduta) -> Any:
    modulo = ModuloMotivo()
    if modulo.validate_on_submit():
        try:
            operations.annulla(seduta, motivo=modulo.motivo.data, attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("La seduta è annullata."), "successo")
            return _torna(seduta)
    stato = 422 if modulo.ha_errori else 200
    return render_template("sedute/annulla.html", seduta=seduta, modulo=modulo, errori_modulo=stato == 422), stato


@area.post("/ufficio/organi/<slug>/sedute/da-fare/<int:azione_id>/fatta")
@requires(P.VERBALIZZA, load=queries.azione)
def fatta(azione: Azione) -> Any:
    banco.fatta(azione, attore=current_user)
    flash(_("Segnato: è fatta."), "successo")
    return redirect(url_for(".ufficio"), 303)


@dataclass(frozen=True)
class DaProvare:
    """A convened seat with its sitting."""

    seduta: Seduta
    convocato: Convocato

    @property
    def ambito_id(self) -> int:
        return self.seduta.ambito_id


def _convocato(slug: str, numero: int, convocato: int) -> DaProvare | None:
    seduta = queries.intera(slug, numero)
    suo = next((c for c in seduta.convocati if c.id == convocato), None) if seduta else None
    return DaProvare(seduta, suo) if seduta and suo else None


@area.route("/ufficio/organi/<slug>/sedute/<int:numero>/convocati/<int:convocato>", methods=["GET", "POST"])
@requires(P.PREPARA, load=_convocato)
def convocato(trovato: DaProvare) -> Any:
    """Who is called for a seat: how it is known that the call arrived, and who comes in the holder's place."""
    seduta, suo = trovato.seduta, trovato.convocato
    prova = ModuloConsegna(prefix="prova", obj=suo, vista=vista(suo))
    delega = ModuloDelega(prefix="delega", obj=suo)
    if prova.is_submitted():
        mandato, gesto = (delega, _delega) if "delega-delegato" in request.form else (prova, _prova)
        if mandato.validate():
            try:
                gesto(seduta, suo, mandato)
            except Conflitto as conflitto:
                conflitto.ritorno = url_for(".convocato", slug=seduta.organo.slug, numero=seduta.numero, convocato=suo.id)
                raise
            except ErroreDominio as errore:
                mandato.rifiuta(errore)
            else:
                flash(_("Salvato."), "successo")
                return _torna(seduta)
    stato = 422 if prova.ha_errori or delega.ha_errori else 200
    html = render_template(
        "sedute/convocato.html", seduta=seduta, convocato=suo, prova=prova, delega=delega, parole=parole,
        consegna=_consegne(seduta)[suo.id], errori_modulo=stato == 422,
    )  # fmt: skip
    return html, stato


def _prova(seduta: Seduta, convocato: Convocato, modulo: Any) -> None:
    risposte.prova_consegna(seduta, convocato, dati=modulo.dati(), letta=modulo.vista.data or "", attore=current_user)


def _delega(seduta: Seduta, convocato: Convocato, modulo: Any) -> None:
    deleghe.delega(seduta, convocato, delegato=modulo.delegato.data or "", attore=current_user)
