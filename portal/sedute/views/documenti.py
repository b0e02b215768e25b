"""The papers of an item for the office: checked and stored before the transaction, so that nobody waits for a slow file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from ... import downloads
from ...access import requires
from ...errors import ErroreDominio, NonTrovato
from ...i18n import _
from ...storage import ErroreDeposito
from ...transaction import unita
from ...uploads import CON_TESTI, LIMITE, esamina
from ...web import gestisce_transazione
from ..forms import ModuloDocumento
from ..models import Punto, PuntoDocumento, StatoSeduta
from ..operations import documenti as operations
from ..permissions import P
from ..rules.agenda import numera
from ..rules.documenti import aggiunto_dopo, si_cambiano
from .area import area, carica_punto, pagina_di_chi_e_convocato

CARTE = "/ufficio/organi/<slug>/sedute/<int:numero>/punti/<int:punto>/documenti"


@area.route(CARTE, methods=["GET", "POST"])
@gestisce_transazione
@requires(P.PREPARA, load=carica_punto)
def documenti(punto: Punto) -> Any:
    """The papers of an item, and the form of another one."""
    modulo = ModuloDocumento()
    if modulo.validate_on_submit():
        try:
            avvisi = _aggiungi(punto, modulo)
        except ErroreDominio as errore:
            modulo.rifiuta(errore if errore.campo else ErroreDominio(errore.messaggio, "file"))
        except ErroreDeposito:
            modulo.rifiuta(ErroreDominio(_("Non riusciamo a salvare il file adesso. Riprova fra qualche minuto."), "file"))
        else:
            for avviso in avvisi:
                flash(avviso, "avviso")
            flash(_("Il documento c’è."), "successo")
            return _torna(punto)
    stato = 422 if modulo.ha_errori else 200
    seduta = punto.seduta
    html = render_template(
        "sedute/documenti.html", seduta=seduta, punto=punto, numero=numera(seduta.punti)[punto.id], modulo=modulo,
        convocata=seduta.stato == StatoSeduta.CONVOCATA, si_cambia=si_cambiano(punto.stato, seduta.stato),
        aggiunto_dopo=aggiunto_dopo, errori_modulo=stato == 422,
    )  # fmt: skip
    return html, stato


def _torna(punto: Punto) -> Any:
    s = punto.seduta
    return redirect(url_for("sedute.documenti", slug=s.organo.slug, numero=s.numero, punto=punto.id), 303)


def _aggiungi(punto: Punto, modulo: ModuloDocumento) -> tuple[str, ...]:
    """Check, store, then save the row; a file without its row is removed at once."""
    scelto = request.files.get("file")
    if scelto is None or not scelto.filename:
        raise ErroreDominio(_("Scegli un file."), "file")
    flusso = cast(BinaryIO, scelto.stream)
    file = esamina(flusso, scelto.filename, ammessi=CON_TESTI)
    deposito = downloads.deposito()
    oggetto = deposito.put(flusso, limite=LIMITE)
    pagina = pagina_di_chi_e_convocato(punto.seduta)
    try:
        with unita():
            operations.aggiungi(
                _fresco(punto), dati=modulo.dati(), file=file, chiave=oggetto.chiave, sha256=oggetto.sha256,
                attore=current_user, pagina=pagina,
            )  # fmt: skip
    except Exception:
        deposito.delete(oggetto.chiave)
        raise
    return file.avvisi


def _fresco(punto: Punto) -> Punto:
    """The item as it is now: checking a file takes time."""
    trovato = carica_punto(punto.seduta.organo.slug, punto.seduta.numero, punto.id)
    if trovato is None:
        raise NonTrovato
    return trovato


@dataclass(frozen=True)
class Carta:
    """A paper with its item."""

    punto: Punto
    documento: PuntoDocumento

    @property
    def ambito_id(self) -> int:
        return self.punto.ambito_id


def _carta(slug: str, numero: int, punto: int, documento_id: int) -> Carta | None:
    trovato = carica_punto(slug, numero, punto)
    carte = [d for d in trovato.documenti if d.id == documento_id] if trovato else []
    return Carta(trovato, carte[0]) if carte and trovato else None


@area.post(f"{CARTE}/<int:documento_id>/togli")
@gestisce_transazione
@requires(P.PREPARA, load=_carta)
def togli_documento(carta: Carta) -> Any:
    try:
        with unita():
            fresco = _fresco(carta.punto)
            documento = next((d for d in fresco.documenti if d.id == carta.documento.id), None)
            if documento is None:
                raise NonTrovato
            chiave = operations.togli(fresco, documento, attore=current_user)
    except ErroreDominio as errore:
        flash(str(errore.messaggio), "errore")
    else:
        downloads.deposito().delete(chiave)
        flash(_("Il documento è tolto."), "successo")
    return _torna(carta.punto)
