"""Attachments: checked and stored before the transaction, so that nobody waits for a slow file; served as downloads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from ... import downloads
from ...access import requires
from ...avvisi.models import DocumentoRichiesto
from ...errors import ErroreDominio, NonTrovato
from ...i18n import _
from ...storage import ErroreDeposito
from ...tenancy import scegli
from ...uploads import LIMITE, FileEsaminato, esamina
from ...web import gestisce_transazione, unita_di_vista
from .. import forms, operations, queries
from ..models import Allegato, Proposta
from ..permissions import P
from .area import area, carica
from .bozza import contesto


@dataclass(frozen=True)
class DocumentoDiProposta:
    proposta: Proposta
    documento: DocumentoRichiesto
    allegato: Allegato | None
    ente_id: int


def _carica_documento(proposta_id: int, documento_id: int) -> DocumentoDiProposta:
    proposta = carica(proposta_id)
    documento = next((d for d in proposta.avviso.documenti if d.id == documento_id), None)
    if documento is None:
        raise NonTrovato
    allegato = next((a for a in proposta.allegati if a.documento_id == documento_id), None)
    return DocumentoDiProposta(proposta, documento, allegato, proposta.ente_id)


@area.route("/ente/proposte/<int:proposta_id>/documenti/<int:documento_id>", methods=["GET", "POST"])
@gestisce_transazione
@requires(P.SCRIVI, load=_carica_documento)
def documento(dove: DocumentoDiProposta) -> Any:
    modulo, quale = forms.File(), (dove.proposta.id, dove.documento.id)
    if modulo.validate_on_submit():
        try:
            avvisi = _allega(dove)
        except ErroreDominio as errore:
            modulo.file.errors = [*modulo.file.errors, str(errore.messaggio)]
            dove = _carica_documento(*quale)  # what was refused was rolled back, and its rows with it
        except ErroreDeposito:
            modulo.file.errors = [
                *modulo.file.errors,
                _("Non riusciamo a salvare il file adesso. Riprova fra qualche minuto."),
            ]
        else:
            for avviso in avvisi:
                flash(avviso, "avviso")
            return redirect(url_for(".compiti", proposta_id=dove.proposta.id), 303)
    stato = 422 if modulo.ha_errori else 200
    pagina = render_template(
        "proposte/documento.html",
        **contesto(dove.proposta),
        documento=dove.documento,
        allegato=dove.allegato,
        modulo=modulo,
        errori_modulo=stato == 422,
    )
    return pagina, stato


def _allega(dove: DocumentoDiProposta) -> tuple[str, ...]:
    """Check, store, then save the row; a file without its row is removed at once."""
    scelto = request.files.get("file")
    if scelto is None or not scelto.filename:
        raise ErroreDominio(_("Scegli un file."), "file")
    flusso = cast(BinaryIO, scelto.stream)
    esaminato: FileEsaminato = esamina(flusso, scelto.filename)
    deposito = downloads.deposito()
    oggetto = deposito.put(flusso, limite=LIMITE)
    try:
        with unita_di_vista():
            fresca = carica(dove.proposta.id)
            vecchia = operations.allega(
                fresca, dove.documento, file=esaminato, chiave=oggetto.chiave, sha256=oggetto.sha256, attore=current_user
            )
    except Exception:
        deposito.delete(oggetto.chiave)
        raise
    if vecchia is not None:
        deposito.delete(vecchia)
    return esaminato.avvisi


@area.post("/ente/proposte/<int:proposta_id>/documenti/<int:documento_id>/togli")
@gestisce_transazione
@requires(P.SCRIVI, load=_carica_documento)
def togli_documento(dove: DocumentoDiProposta) -> Any:
    with unita_di_vista():
        fresca = carica(dove.proposta.id)
        allegato = next((a for a in fresca.allegati if a.documento_id == dove.documento.id), None)
        chiave = operations.togli_allegato(fresca, allegato, attore=current_user) if allegato else None
    if chiave is not None:
        downloads.deposito().delete(chiave)
    return redirect(url_for(".compiti", proposta_id=dove.proposta.id), 303)


@dataclass(frozen=True)
class AllegatoLeggibile:
    """An attachment, with what its permission looks at."""

    allegato: Allegato
    ente_id: int
    ambito_id: int
    id: int
    stato: Any
    avviso: Any
    avviso_id: int


def _carica_allegato(allegato_id: int) -> AllegatoLeggibile:
    allegato = queries.allegato_per_id(allegato_id)
    if allegato is None:
        raise NonTrovato
    p = allegato.proposta
    scegli(p.ambito_id)
    return AllegatoLeggibile(allegato, p.ente_id, p.ambito_id, p.id, p.stato, p.avviso, p.avviso_id)


@area.get("/allegati/<int:allegato_id>", endpoint="allegato")
@requires(P.LEGGI_PRESENTATA, load=_carica_allegato)
def scarica(dove: AllegatoLeggibile) -> Any:
    """The file as it arrived."""
    allegato = dove.allegato
    return downloads.scarica(allegato.chiave, nome=allegato.nome, dimensione=allegato.dimensione)
