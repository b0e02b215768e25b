"""The desk of a sitting: one page, many small forms. Each gesture is a POST that comes back to the item one was on.

A gesture that is refused shows the page again with the reason and everything that was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import flash, jsonify, redirect, render_template, request
from flask_login import current_user

from ...access import requires
from ...clocks import a_roma, adesso
from ...errors import Conflitto, ErroreDominio
from ...fields import scelte
from ...filo.queries import oggetti
from ...i18n import _
from .. import queries
from ..forms import (
    ModuloApertura,
    ModuloAzione,
    ModuloConflitto,
    ModuloDiscussione,
    ModuloInvitato,
    ModuloOra,
    ModuloVoto,
    impronta,
)
from ..models import Classe, Punto, Seduta, StatoPunto, StatoSeduta, Verso, Voto
from ..operations import banco, votazioni
from ..permissions import P
from ..rules import parole, presenze
from ..rules.agenda import numera
from ..rules.consegna import conta
from ..rules.documenti import aggiunto_dopo
from ..rules.presenze import mancanze
from .area import area, carica, carica_punto
from .sala_in_pagina import RigaPresenza, gradini, righe
from .ufficio import al_banco as indirizzo

DOVE = "/ufficio/organi/<slug>/sedute/<int:numero>/banco"
PUNTO = DOVE + "/punti/<int:punto>"


class Moduli:
    """The forms of the desk, each with a prefix of its own: several are on the page together."""

    def __init__(self, seduta: Seduta, punto: Punto | None, presenti: list[RigaPresenza]) -> None:
        self.apertura = ModuloApertura(prefix="apertura")
        self.presenza = ModuloOra(prefix="presenza")
        self.chiusura = ModuloOra(prefix="chiusura")
        self.invitato = ModuloInvitato(prefix="invitato")
        self.azione = ModuloAzione(prefix="azione")
        vista = impronta(punto.discussione, punto.delibera) if punto else ""
        self.discussione = ModuloDiscussione(prefix="punto", obj=punto, vista=vista)
        self.conflitto = ModuloConflitto(prefix="conflitto")
        self.conflitto.seggio_id.choices = scelte((r.seggio_id, r.chi) for r in presenti if r.in_sala)
        self.voto = ModuloVoto(prefix="voto")
        self.voto.regola.choices = scelte((r.ordine, r.nome) for r in seduta.organo.regole)

    @property
    def tutti(self) -> tuple[Any, ...]:
        return tuple(self.__dict__.values())


def _scelto(seduta: Seduta) -> Punto | None:
    """The item of the address, or the one under discussion, or the first still to come."""
    chiesto = request.args.get("punto", type=int)
    for va_bene in (
        lambda p: p.id == chiesto,
        lambda p: p.stato == StatoPunto.IN_DISCUSSIONE,
        lambda p: p.stato == StatoPunto.DA_TRATTARE,
    ):
        if trovato := next((p for p in seduta.punti if va_bene(p)), None):
            return trovato
    return seduta.punti[0] if seduta.punti else None


def _pagina(seduta: Seduta, punto: Punto | None, prova: Callable[[Moduli], Any] | None = None) -> Any:
    """The desk; ``prova`` tries a gesture first and returns where to go, or None when a form was refused."""
    ora = seduta.chiusa_il or adesso()
    sala = queries.stato_della_sala(seduta, ora, punto=punto)
    presenti = righe(seduta, sala)
    moduli = Moduli(seduta, punto, presenti)
    if prova is not None and (risposta := prova(moduli)) is not None:
        return risposta
    errato = next((m for m in moduli.tutti if m.ha_errori), None)
    html = render_template(
        "sedute/banco.html",
        seduta=seduta, punto=punto, numeri=numera(seduta.punti), sala=sala, presenti=presenti, moduli=moduli, errato=errato,
        oggetto=oggetti.dei_punti([punto], current_user).get(punto.id) if punto else None,
        componenti=queries.componenti(seduta), movimenti=queries.movimenti_validi(seduta),
        gradini=gradini(sala, seduta.aperta_il, ora), ora=ora,
        mancanze=mancanze(sala.momenti, aperta_alle=seduta.aperta_il) if seduta.aperta_il else (),
        azioni=queries.azioni_aperte(seduta.organo_id), parole=parole, risposte=conta(seduta.convocati),
        aggiunto_dopo=aggiunto_dopo, StatoPunto=StatoPunto, StatoSeduta=StatoSeduta,
        errori_modulo=errato is not None,
    )  # fmt: skip
    return html, 422 if errato is not None else 200


def _salva_le_note(punto: Punto | None, modulo: ModuloDiscussione) -> None:
    """Every gesture is a button of the same form: what was typed meanwhile is saved with it, with or without JavaScript."""
    if punto is not None and modulo.discussione.name in request.form and modulo.toccata:
        testo, delibera = modulo.testi
        banco.scrivi_discussione(
            punto, testo=testo, delibera=delibera, versione=modulo.versione.data or 0, attore=current_user
        )


def _gesto(seduta: Seduta, punto: Punto | None, nome: str, fai: Callable[[Any], Any]) -> Any:
    """Try ``fai`` with the form ``nome`` if it was filled in well, then go back to the desk."""

    def prova(moduli: Moduli) -> Any:
        modulo = getattr(moduli, nome)
        if not modulo.validate_on_submit():
            return None
        try:
            _salva_le_note(punto, moduli.discussione)
            fai(modulo)
        except Conflitto as conflitto:
            conflitto.ritorno = indirizzo(seduta, punto)
            raise
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
            return None
        return redirect(indirizzo(seduta, punto), 303)

    return _pagina(seduta, punto, prova)


@area.get(DOVE)
@requires(P.VERBALIZZA, load=carica)
def al_banco(seduta: Seduta) -> Any:
    return _pagina(seduta, _scelto(seduta))


def _comincia(seduta: Seduta) -> datetime:
    """Where the hours written at this desk start from."""
    in_seconda = seduta.in_seconda if seduta.aperta_il is not None else None
    return presenze.comincia(seduta.inizio, seduta.seconda_il, in_seconda=in_seconda, ora=adesso(), aperta=seduta.aperta_il)


@area.post(f"{DOVE}/apertura")
@requires(P.VERBALIZZA, load=carica)
def apri(seduta: Seduta) -> Any:
    def fai(modulo: ModuloApertura) -> None:
        in_seconda = modulo.in_seconda.data
        comincia = presenze.comincia(seduta.inizio, seduta.seconda_il, in_seconda=in_seconda, ora=adesso())
        banco.apri(seduta, ora=modulo.istante(comincia), in_seconda=in_seconda, attore=current_user)

    return _gesto(seduta, _scelto(seduta), "apertura", fai)


@area.post(f"{DOVE}/presenze")
@requires(P.VERBALIZZA, load=carica)
def segna(seduta: Seduta) -> Any:
    """One press: ``entra``, ``supplente`` or ``esce`` is the button's name, the seat its value; ``tutti``: who is not in."""
    verso = Verso.ESCE if "esce" in request.form else Verso.ENTRA
    supplente = "supplente" in request.form
    premuto = request.form.get("supplente" if supplente else verso, type=int)

    def fai(modulo: ModuloOra) -> None:
        ora = modulo.istante(_comincia(seduta))
        if "tutti" in request.form:
            dentro = queries.stato_della_sala(seduta, ora).presenti
            chiamati = [c.seggio_id for c in seduta.convocati if c.seggio.voto and c.seggio_id not in dentro]
        else:
            chiamati = [premuto or 0]
        for seggio_id in chiamati:
            banco.segna(seduta, seggio_id=seggio_id, verso=verso, ora=ora, supplente=supplente, attore=current_user)

    return _gesto(seduta, _scelto(seduta), "presenza", fai)


def _con_movimento(slug: str, numero: int, movimento: int) -> Seduta | None:
    trovata = carica(slug, numero)
    return trovata if trovata and any(m.id == movimento for m in trovata.movimenti) else None


@area.post(f"{DOVE}/presenze/<int:movimento>/togli")
@requires(P.VERBALIZZA, load=_con_movimento)
def togli_presenza(seduta: Seduta) -> Any:
    movimento = next(m for m in seduta.movimenti if m.id == (request.view_args or {})["movimento"])

    def fai(_modulo: ModuloOra) -> None:
        banco.annulla_movimento(movimento, seduta=seduta, attore=current_user)

    return _gesto(seduta, _scelto(seduta), "presenza", fai)


@area.post(f"{DOVE}/invitati")
@requires(P.VERBALIZZA, load=carica)
def invita(seduta: Seduta) -> Any:
    def fai(modulo: ModuloInvitato) -> None:
        banco.invita(seduta, chi=modulo.chi.data, classe=Classe(modulo.classe.data), attore=current_user)

    return _gesto(seduta, _scelto(seduta), "invitato", fai)


@area.post(f"{DOVE}/chiusura")
@requires(P.VERBALIZZA, load=carica)
def chiudi(seduta: Seduta) -> Any:
    def fai(modulo: ModuloOra) -> None:
        banco.chiudi(seduta, ora=modulo.istante(_comincia(seduta)), attore=current_user)
        flash(_("La seduta è chiusa."), "successo")

    return _gesto(seduta, _scelto(seduta), "chiusura", fai)


@area.post(f"{PUNTO}/apri")
@requires(P.VERBALIZZA, load=carica_punto)
def apri_punto(punto: Punto) -> Any:
    return _gesto(punto.seduta, punto, "presenza", lambda _modulo: banco.apri_punto(punto, attore=current_user))


@area.post(f"{PUNTO}/discussione")
@requires(P.VERBALIZZA, load=carica_punto)
def discussione(punto: Punto) -> Any:
    """Save the notes. A page that saves by itself asks for JSON, and gets the new version to go on with."""
    da_solo = request.accept_mimetypes.best == "application/json"
    try:
        risposta = _gesto(punto.seduta, punto, "discussione", lambda _modulo: None)
    except Conflitto as conflitto:
        if da_solo:
            return jsonify(perche=str(conflitto.messaggio)), 409
        raise
    if da_solo and isinstance(risposta, tuple):
        return jsonify(perche=_("Non è salvato: premi il bottone per leggere perché.")), 422
    if da_solo:
        testi = (punto.discussione, punto.delibera)
        return jsonify(versione=punto.versione, vista=impronta(*testi), salvato=a_roma(adesso()).strftime("%H:%M:%S"))
    return risposta


@area.post(f"{PUNTO}/conflitto")
@requires(P.VERBALIZZA, load=carica_punto)
def conflitto(punto: Punto) -> Any:
    def fai(modulo: ModuloConflitto) -> None:
        banco.dichiara_conflitto(punto, seggio_id=modulo.seggio_id.data, motivo=modulo.motivo.data, attore=current_user)

    return _gesto(punto.seduta, punto, "conflitto", fai)


@area.post(f"{PUNTO}/voto")
@requires(P.VERBALIZZA, load=carica_punto)
def vota(punto: Punto) -> Any:
    def fai(modulo: ModuloVoto) -> None:
        regola = queries.regola(punto.seduta.organo, modulo.regola.data)
        assert regola is not None  # the choices of the form are the body's rules
        votazione = votazioni.vota(
            punto, regola=regola, scheda=modulo.scheda(_nomi()), eseguibile=modulo.eseguibile.data,
            importo=modulo.importo.data, attore=current_user,
        )  # fmt: skip
        flash(_("Il voto è registrato: approvata.") if votazione.approvata else _("Il voto è registrato: non approvata."))

    return _gesto(punto.seduta, punto, "voto", fai)


def _nomi() -> dict[int, Voto]:
    """Seat -> vote, from the radio buttons of the page; what is no seat or no vote does not count."""
    scelti = ((c.removeprefix("nome-"), v) for c, v in request.form.items() if c.startswith("nome-"))
    return {int(s): Voto(v) for s, v in scelti if s.isdecimal() and len(s) < 10 and v in list(Voto)}


@area.post(f"{PUNTO}/esito")
@requires(P.VERBALIZZA, load=carica_punto)
def esito(punto: Punto) -> Any:
    """The outcome of an item, by the button that was pressed."""
    chiesto = request.form.get("esito", "")

    def fai(_modulo: Any) -> None:
        if chiesto not in list(banco.ESITI):
            raise ErroreDominio(_("Scegli com’è finito il punto."))
        banco.chiudi_punto(punto, esito=StatoPunto(chiesto), attore=current_user)

    return _gesto(punto.seduta, punto, "presenza", fai)


@area.post(f"{PUNTO}/da-fare")
@requires(P.VERBALIZZA, load=carica_punto)
def da_fare(punto: Punto) -> Any:
    def fai(modulo: ModuloAzione) -> None:
        banco.da_fare(punto, cosa=modulo.cosa.data, chi=modulo.chi.data, entro=modulo.entro.data, attore=current_user)

    return _gesto(punto.seduta, punto, "azione", fai)
