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
from ...storage import ErroreDeposito, Oggetto
from ...transaction import unita
from ...uploads import CON_TESTI, LIMITE, FileEsaminato, esamina
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
            file, flusso = _esamina()
            oggetto = downloads.deposito().put(flusso, limite=LIMITE)
        except ErroreDominio as errore:
            modulo.rifiuta(ErroreDominio(errore.messaggio, "file"))
        except ErroreDeposito:
            modulo.rifiuta(ErroreDominio(_("Non riusciamo a salvare il file adesso. Riprova fra qualche minuto."), "file"))
        else:
            _aggiungi(modulo.dati(), file, oggetto)
            return _torna()
    stato = 422 if modulo.ha_errori else 200
    seduta = punto.seduta
    html = render_template(
        "sedute/documenti.html", seduta=seduta, punto=punto, numero=numera(seduta.punti)[punto.id], modulo=modulo,
        convocata=seduta.stato == StatoSeduta.CONVOCATA, si_cambia=si_cambiano(punto.stato, seduta.stato),
        aggiunto_dopo=aggiunto_dopo, errori_modulo=stato == 422,
    )  # fmt: skip
    return html, stato


def _torna() -> Any:
    return redirect(url_for("sedute.documenti", **{n: v for n, v in _dove().items() if n != "documento_id"}), 303)


def _dove() -> dict[str, Any]:
    return dict(request.view_args or {})


def _esamina() -> tuple[FileEsaminato, BinaryIO]:
    """The file that was sent, once it is known to be what it says."""
    scelto = request.files.get("file")
    if scelto is None or not scelto.filename:
        raise ErroreDominio(_("Scegli un file."), "file")
    flusso = cast(BinaryIO, scelto.stream)
    return esamina(flusso, scelto.filename, ammessi=CON_TESTI), flusso


def _aggiungi(dati: operations.DatiDocumento, file: FileEsaminato, oggetto: Oggetto) -> None:
    """Save the row of a file that is stored; one without its row is removed at once. Says how it went."""
    try:
        with unita():
            punto = _fresco()
            operations.aggiungi(
                punto, dati=dati, file=file, chiave=oggetto.chiave, sha256=oggetto.sha256, attore=current_user,
                pagina=pagina_di_chi_e_convocato(punto.seduta),
            )  # fmt: skip
    except ErroreDominio as errore:
        downloads.deposito().delete(oggetto.chiave)
        flash(str(errore.messaggio), "errore")
        return
    except Exception:
        downloads.deposito().delete(oggetto.chiave)
        raise
    for avviso in file.avvisi:
        flash(avviso, "avviso")
    flash(_("Il documento c’è."), "successo")


def _fresco() -> Punto:
    """The item of the address as it is now: checking a file takes time."""
    valori = _dove()
    trovato = carica_punto(valori["slug"], valori["numero"], valori["punto"])
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
            fresco = _fresco()
            documento = next((d for d in fresco.documenti if d.id == carta.documento.id), None)
            if documento is None:
                raise NonTrovato
            chiave = operations.togli(fresco, documento, attore=current_user)
    except ErroreDominio as errore:
        flash(str(errore.messaggio), "errore")
    else:
        downloads.deposito().delete(chiave)
        flash(_("Il documento è tolto."), "successo")
    return _torna()
