"""Approval, signature, words left out, publication, correction; and the files of the office."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from flask import flash, render_template, request, url_for
from flask_login import current_user

from ...access import requires
from ...clocks import a_roma
from ...downloads import deposito
from ...errors import Conflitto, ErroreDominio
from ...fields import scelte
from ...i18n import _
from ...storage import ErroreDeposito
from ...uploads import LIMITE, esamina
from ...web import assoluto, gestisce_transazione, unita_di_vista
from .. import queries
from ..contenuto import contenuto
from ..documenti import in_docx, in_pdf
from ..forms import ModuloApprova, ModuloConferma, ModuloFirma, ModuloOmissis, ModuloRettifica
from ..models import GenereFile, Verbale
from ..operations import passi, testi
from ..operations.passi import Deposto
from ..permissions import P
from ..rules import parole
from ..rules.contenuto import scrivi
from ..rules.firma import contiene
from ..rules.omissis import con_omissis, gia_pubblico, resta
from .area import (
    DOVE,
    area,
    carica,
    copia_intera,
    copia_pubblica,
    deponi,
    dove,
    nome_file,
    originale,
    scarica_file,
    scarico,
    torna,
)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@area.route(f"{DOVE}/approva", methods=["GET", "POST"])
@gestisce_transazione
@requires(P.SCRIVI, load=carica)
def approva(verbale: Verbale) -> Any:
    """By which item of which later sitting. The PDF is made and kept before the transaction that records it."""
    qui = dove(verbale)
    voti = queries.voti_utili(verbale)
    modulo = ModuloApprova()
    modulo.punto.choices = scelte(
        (v.punto_id, _("seduta n. %(n)s del %(giorno)s: %(titolo)s", n=v.seduta, giorno=_giorno(v.inizio), titolo=v.titolo))
        for v in voti
    )
    if modulo.validate_on_submit():
        try:
            _approva(verbale, next(v for v in voti if v.punto_id == modulo.punto.data))
        except Conflitto as conflitto:
            conflitto.ritorno = url_for(".ufficio", **qui)
            raise
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
            verbale = carica(**qui)  # what was refused was rolled back, and its rows with it
        else:
            flash(_("Il verbale è approvato. Scarica l’originale e fallo firmare."), "successo")
            return torna(verbale)
    stato = 422 if modulo.ha_errori else 200
    html = render_template("verbale/approva.html", verbale=verbale, modulo=modulo, voti=voti, errori_modulo=stato == 422)
    return html, stato


def _approva(verbale: Verbale, voto: queries.VotoUtile) -> None:
    fissato = contenuto(verbale)
    file = deponi(originale(verbale, fissato), nome_file(verbale, "pdf"))
    _o_buttalo(
        file,
        lambda fresco: passi.approva(fresco, voto, fissato=scrivi(fissato), originale=file, attore=current_user),
        verbale,
    )


def _o_buttalo(file: Deposto, scrive: Any, verbale: Verbale) -> None:
    """Record a stored file in a transaction of its own; if that fails the file goes."""
    try:
        with unita_di_vista():
            scrive(carica(**dove(verbale)))
    except Exception:
        deposito().delete(file.chiave)
        raise


def _giorno(istante: Any) -> str:
    return a_roma(istante).strftime("%d/%m/%Y")


@area.route(f"{DOVE}/firma", methods=["GET", "POST"])
@gestisce_transazione
@requires(P.SCRIVI, load=carica)
def firma(verbale: Verbale) -> Any:
    """The signed file: looked inside, and compared with the original byte by byte."""
    modulo, qui = ModuloFirma(), dove(verbale)
    if modulo.validate_on_submit():
        try:
            _firma(verbale)
        except ErroreDominio as errore:
            modulo.file.errors = [*modulo.file.errors, str(errore.messaggio)]
            verbale = carica(**qui)
        except ErroreDeposito:
            modulo.file.errors = [_("Non riusciamo a salvare il file adesso. Riprova fra qualche minuto.")]
        else:
            flash(_("È proprio l’originale, firmato. Adesso si può pubblicare."), "successo")
            return torna(verbale)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "verbale/firma.html", verbale=verbale, modulo=modulo, originale=queries.file(verbale, GenereFile.ORIGINALE),
        errori_modulo=stato == 422,
    )  # fmt: skip
    return html, stato


def _firma(verbale: Verbale) -> None:
    scelto = request.files.get("file")
    approvato = queries.file(verbale, GenereFile.ORIGINALE)
    if scelto is None or not scelto.filename:
        raise ErroreDominio(_("Scegli un file."), "file")
    if approvato is None:
        raise ErroreDominio(_("Prima il verbale va approvato."), "file")
    flusso = cast(BinaryIO, scelto.stream)
    esaminato = esamina(flusso, scelto.filename)
    dati = flusso.read(LIMITE)
    flusso.seek(0)
    with deposito().open(approvato.chiave) as aperto:
        if not contiene(dati, aperto.read()):
            raise ErroreDominio(
                _("Questo non è l’originale approvato: scaricalo da qui, fallo firmare e ricaricalo."), "file"
            )
    oggetto = deposito().put(flusso, limite=LIMITE)
    esito = esaminato.firma
    file = Deposto(
        esaminato.nome, oggetto.chiave, oggetto.dimensione, oggetto.sha256, esito.esito if esito else None,
        esito.quante if esito else 0,
    )  # fmt: skip
    _o_buttalo(file, lambda fresco: passi.firma(fresco, firmato=file, attore=current_user), verbale)


@area.route(f"{DOVE}/omissis", methods=["GET", "POST"])
@requires(P.SCRIVI, load=carica)
def omissis(verbale: Verbale) -> Any:
    """The words that the published copy leaves out."""
    modulo = ModuloOmissis()
    if modulo.validate_on_submit():
        try:
            testi.ometti(verbale, testo=modulo.testo.data, motivo=modulo.motivo.data, attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("Nella copia pubblicata al loro posto si legge [omissis]."), "successo")
            return torna(verbale, "omissis")
    stato = 422 if modulo.ha_errori else 200
    return render_template("verbale/omissis.html", verbale=verbale, modulo=modulo, errori_modulo=stato == 422), stato


@area.post(f"{DOVE}/omissis/togli")
@requires(P.SCRIVI, load=carica)
def togli_omissis(verbale: Verbale) -> Any:
    try:
        testi.togli_omissis(verbale, request.form.get("omissis", 0, int), attore=current_user)
    except ErroreDominio as errore:
        flash(str(errore.messaggio), "errore")
    return torna(verbale, "omissis")


@area.route(f"{DOVE}/pubblica", methods=["GET", "POST"])
@gestisce_transazione
@requires(P.PUBBLICA, load=carica)
def pubblica(verbale: Verbale) -> Any:
    """The copy as everyone will read it, then the publication."""
    modulo, qui = ModuloConferma(), dove(verbale)
    omessi = [o.testo for o in verbale.omissis]
    intero = contenuto(verbale)
    copia = con_omissis(intero, omessi)
    if modulo.validate_on_submit():
        try:
            _pubblica(verbale)
        except Conflitto as conflitto:
            conflitto.ritorno = url_for(".pubblica", **qui)
            raise
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
            verbale = carica(**qui)
        else:
            flash(_("Il verbale è pubblicato."), "successo")
            return torna(verbale)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "verbale/pubblica.html", verbale=verbale, contenuto=copia, modulo=modulo, parole=parole, errori_modulo=stato == 422,
        rimaste=resta(copia, omessi, queries.accanto(verbale)),
        gia=[(p, d) for p in omessi if (d := gia_pubblico(intero, p))],
    )  # fmt: skip
    return html, stato


def _pubblica(verbale: Verbale) -> None:
    copia = con_omissis(contenuto(verbale), [o.testo for o in verbale.omissis])
    file = deponi(in_pdf(copia, copia_pubblica(verbale)), nome_file(verbale, "pdf"))
    indirizzo = assoluto(".verbale", **dove(verbale))
    _o_buttalo(
        file,
        lambda fresco: passi.pubblica(fresco, copia=scrivi(copia), pubblico=file, indirizzo=indirizzo, attore=current_user),
        verbale,
    )


@area.route(f"{DOVE}/rettifica", methods=["GET", "POST"])
@requires(P.SCRIVI, load=carica)
def rettifica(verbale: Verbale) -> Any:
    """A correction by a later decision: the text of the minute stays as it was."""
    modulo = ModuloRettifica()
    decisioni = queries.decisioni_successive(verbale) if verbale.approvato_il else []
    modulo.decisione.choices = scelte(
        (d.id, _("%(anno)s/%(n)s del %(giorno)s", anno=d.anno, n=d.numero, giorno=_giorno(d.presa_il))) for d in decisioni
    )
    if modulo.validate_on_submit():
        try:
            testo, decisione = modulo.testo.data, modulo.decisione.data
            passi.rettifica(verbale, decisione_id=decisione, testo=testo, attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("La rettifica è agli atti."), "successo")
            return torna(verbale)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "verbale/rettifica.html", verbale=verbale, modulo=modulo, decisioni=decisioni, errori_modulo=stato == 422
    )
    return html, stato


@area.get(f"{DOVE}/originale.pdf", endpoint="originale")
@requires(P.SCRIVI, load=carica)
def scarica_originale(verbale: Verbale) -> Any:
    """The approved PDF as it was kept; before, the draft as it is now."""
    if approvato := queries.file(verbale, GenereFile.ORIGINALE):
        return scarica_file(approvato)
    pdf = originale(verbale, contenuto(verbale), stato=_("Bozza, non ancora approvata"))
    return scarico(pdf, nome_file(verbale, "pdf"), "application/pdf")


@area.get(f"{DOVE}/firmato")
@requires(P.SCRIVI, load=carica)
def firmato(verbale: Verbale) -> Any:
    return scarica_file(queries.file(verbale, GenereFile.FIRMATO))


@area.get(f"{DOVE}/da-lavorare.docx")
@requires(P.SCRIVI, load=carica)
def da_lavorare(verbale: Verbale) -> Any:
    """The whole minute as a text document, to work on outside the portal."""
    stato = "" if verbale.approvato_il else _("Bozza, non ancora approvata")
    return scarico(in_docx(contenuto(verbale), copia_intera(verbale, stato=stato)), nome_file(verbale, "docx"), DOCX)
