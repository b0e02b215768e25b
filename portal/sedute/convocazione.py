"""The PDF of a call: from a sitting to the plain shapes of ``portal.pdf``."""

from __future__ import annotations

from collections.abc import Mapping

from ..clocks import a_roma, adesso
from ..i18n import _, in_italiano
from ..pdf import compone
from ..pdf import convocazione as pdf
from ..richtext import testo_semplice
from ..templating import data_ora
from .models import Punto, PuntoDocumento, Seduta, StatoSeduta
from .queries import ChiSiede, chi_siede
from .rules import parole
from .rules.agenda import numera
from .rules.convocazione import Preavviso, RegolaPreavviso, preavviso
from .rules.documenti import aggiunto_dopo


def preavviso_di(seduta: Seduta) -> Preavviso:
    """The notice that was given, or that would be given now."""
    regola = RegolaPreavviso(seduta.organo.preavviso_giorni, seduta.organo.preavviso_ore)
    return preavviso(seduta.convocata_il or adesso(), seduta.inizio, regola, urgente=seduta.urgente)


def convocazione_pdf(seduta: Seduta, *, ambito: str, capofila: str, per_chi_e_convocato: bool) -> bytes:
    """The call (loaded with ``intera``). For everyone: without the address from afar, reserved papers, channels."""
    dati = dati_della_convocazione(seduta, ambito=ambito, capofila=capofila, per_chi_e_convocato=per_chi_e_convocato)
    return compone("convocazione", dati, titolo=pdf.TITOLO.format(organo=seduta.organo.nome))


@in_italiano()
def dati_della_convocazione(
    seduta: Seduta, *, ambito: str, capofila: str, per_chi_e_convocato: bool
) -> pdf.DatiConvocazione:
    """The texts that the PDF prints."""
    chi = chi_siede([c.seggio_id for c in seduta.convocati], a_roma(seduta.inizio).date())
    numeri = numera(seduta.punti)
    return pdf.dati_convocazione(
        pdf.Convocazione(
            ambito=ambito, capofila=capofila, numero=seduta.protocollo or str(seduta.numero),
            data=seduta.convocata_il or adesso(), fatti=_fatti(seduta, collegamento=per_chi_e_convocato),
            voci=[_voce(p, numeri[p.id], seduta, riservati=per_chi_e_convocato) for p in seduta.punti],
            posti=_posti(seduta, chi, canali=per_chi_e_convocato), stato=_stato(seduta), preavviso=_preavviso(seduta),
        )
    )  # fmt: skip


def _fatti(seduta: Seduta, *, collegamento: bool) -> list[tuple[str, str | None]]:
    giorno = a_roma(seduta.convocata_il).strftime("%d/%m/%Y") if seduta.convocata_il else ""
    protocollo = _("n. %(numero)s del %(giorno)s", numero=seduta.protocollo, giorno=giorno) if seduta.protocollo else None
    return [
        (_("Protocollo"), protocollo),
        (_("Mandata il"), None if protocollo else giorno),
        (_("Quando"), data_ora(seduta.inizio)),
        (_("Seconda convocazione"), data_ora(seduta.seconda_il) if seduta.seconda_il else None),
        (_("Dove"), seduta.luogo),
        (_("Da lontano"), (seduta.collegamento or None) if collegamento else None),
        (_("Chi può assistere"), _("chiunque") if seduta.pubblica else _("chi è convocato")),
        (_("Scrive il verbale"), seduta.segreteria or None),
    ]


def _stato(seduta: Seduta) -> str:
    if seduta.stato == StatoSeduta.ANNULLATA:
        return _("La seduta non si tiene. %(motivo)s", motivo=seduta.motivo)
    if seduta.stato == StatoSeduta.BOZZA:
        return _("Bozza: non è stata ancora mandata.")
    if seduta.sequenza:
        return _("Cambiata dopo l’invio: variazione n. %(n)s.", n=seduta.sequenza)
    return ""


def _preavviso(seduta: Seduta) -> str:
    p = preavviso_di(seduta)
    if p.urgente:
        detto = _("Ore di preavviso: %(ore)s. Il regolamento, se è urgente, ne chiede %(richieste)s.",
                  ore=p.ore, richieste=p.ore_richieste)  # fmt: skip
    else:
        detto = _("Giorni di preavviso: %(giorni)s. Il regolamento ne chiede %(richiesti)s.",
                  giorni=p.giorni, richiesti=p.richiesti)  # fmt: skip
    return f"{detto} {_('La convocazione è tardiva.')}" if p.tardiva else detto


def _voce(punto: Punto, numero: str, seduta: Seduta, *, riservati: bool) -> pdf.Voce:
    note = [_("Ne parla: %(chi)s", chi=punto.relatore) if punto.relatore else "",
            _("si vota") if punto.decide else _("comunicazione")]  # fmt: skip
    return pdf.Voce(
        numero, punto.titolo, " · ".join(n for n in note if n), testo_semplice(punto.proposta),
        [_documento(d, seduta) for d in punto.documenti if riservati or not d.riservato], punto.padre_id is not None,
    )  # fmt: skip


def _documento(documento: PuntoDocumento, seduta: Seduta) -> str:
    note = [
        _("pagine: %(n)s", n=documento.pagine) if documento.pagine else "",
        _("per chi è convocato") if documento.riservato else "",
        _("aggiunto il %(giorno)s", giorno=a_roma(documento.caricato_il).strftime("%d/%m/%Y"))
        if aggiunto_dopo(documento, seduta)
        else "",
    ]
    coda = ", ".join(n for n in note if n)
    return f"{documento.titolo} ({coda})" if coda else documento.titolo


def _posti(seduta: Seduta, chi: Mapping[int, ChiSiede], *, canali: bool) -> list[tuple[str, str, str]]:
    righe = []
    for c in sorted(seduta.convocati, key=lambda c: c.seggio.ordine):
        siede = chi.get(c.seggio_id)
        come = str(parole.CANALI[c.canale]) if canali and c.canale else ""
        righe.append((c.seggio.rappresenta, siede.qualita if siede else _("posto vacante"), come))
    return righe
