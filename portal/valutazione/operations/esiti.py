"""The outcome: the ranking of the stored scores, copied beside them when the act that approves it is published.

Publication is what makes contributions effective (D.Lgs. 33/2013 art. 26 c. 3). The copy carries the fingerprint of
the scores, so that anyone can compute the ranking again and compare.
"""

from __future__ import annotations

from ... import access, audit, outbox
from ...avvisi import operations as avvisi
from ...avvisi.models import Avviso, StatoAvviso
from ...clocks import adesso
from ...db import sessione
from ...errors import Conflitto, ErroreDominio, TransizioneNonAmmessa
from ...i18n import _, _l, in_italiano
from ...money import scrivi_euro
from ...proposte import operations as proposte
from ...proposte.models import Proposta
from ...utenti.models import Utente
from ...vincoli import spiega
from ...workflow import advance
from .. import queries, rules
from ..models import Commissione, Esito, EsitoProposta, RigaEsito
from ..permissions import P
from ..workflow import COMMISSIONE

VINCOLI = {"uq_esito_avviso_id": (None, _l("L’esito di questo avviso è già pubblicato."))}


def ostacoli(avviso: Avviso) -> list[str]:
    """Why the outcome cannot be published yet; empty when it can."""
    conti = queries.conti_di([avviso])[avviso.id]
    if not conti.termine_passato:
        return [_("Il termine dell’avviso non è ancora passato.")]
    motivi = []
    if conti.da_esaminare:
        motivi.append(_("Proposte da esaminare: %(n)s.", n=conti.da_esaminare))
    if conti.ammesse and conti.commissione is None:
        motivi.append(_("Manca la commissione."))
    if conti.ammesse and conti.commissione == "nominata":
        motivi.append(_("Mancano delle dichiarazioni della commissione."))
    if conti.punteggi < conti.attesi:
        motivi.append(_("Punteggi che mancano: %(n)s.", n=conti.attesi - conti.punteggi))
    motivi += [
        _("%(nome)s ha un ruolo in un ente che partecipa: va sostituito.", nome=nome)
        for nome in queries.membri_in_conflitto(avviso.id)
    ]
    return motivi


def pubblica(avviso: Avviso, *, atto: str, impronta: str, attore: Utente, collegamento: str = "") -> Esito:
    """Publish the outcome: rows, states of the proposals, end of the commission, a message to each ente.

    ``impronta`` is the fingerprint of the scores that the person saw; ``collegamento`` the address of the public
    page. Raises ``Conflitto`` when the scores have changed since, ``ErroreDominio`` with what is missing,
    ``TransizioneNonAmmessa`` when it is published already.
    """
    access.check(P.PUBBLICA, avviso, attore)
    if avviso.stato in (StatoAvviso.ESITO_PUBBLICATO, StatoAvviso.REVOCATO):
        raise TransizioneNonAmmessa(_("L’esito è già pubblicato, o l’avviso è revocato."))
    commissione = _blocca(avviso)
    if motivi := ostacoli(avviso):
        raise ErroreDominio(" ".join(motivi))
    calcolo = queries.calcolo(avviso)
    if calcolo.impronta != impronta:
        raise Conflitto(_("I punteggi sono cambiati mentre guardavi la graduatoria: riaprila prima di pubblicare."))
    esito = Esito(avviso_id=avviso.id, atto=atto, pubblicato_il=adesso(), pubblicato_da=attore.id, impronta=calcolo.impronta)
    with spiega(VINCOLI):
        sessione.add(esito)
        sessione.add_all(_riga(avviso, r) for r in calcolo.righe())
    _segna(calcolo, attore)
    if commissione is not None and commissione.stato == "al_lavoro":
        advance(commissione, COMMISSIONE, "concludi", attore=attore)
    avvisi.pubblica_esito(avviso, attore=attore)
    audit.registra("valutazione.pubblica", esito, attore=attore, dettagli={"avviso": avviso.id, "impronta": impronta})
    _avvisa(avviso, esito, collegamento)
    return esito


def _blocca(avviso: Avviso) -> Commissione | None:
    """Hold the commission, so that no score changes between the computation and the copy."""
    nominata = queries.commissione(avviso.id)
    return queries.commissione_bloccata(nominata.id) if nominata is not None else None


def _riga(avviso: Avviso, riga: rules.Pubblicata) -> RigaEsito:
    return RigaEsito(
        avviso_id=avviso.id,
        proposta_id=riga.proposta_id,
        posizione=riga.posizione,
        punti=riga.punti,
        esito=riga.esito,
        contributo=riga.contributo,
    )


def _segna(calcolo: queries.Calcolo, attore: Utente) -> None:
    per_id = {p.id: p for p in queries.proposte_per_id([c.proposta_id for c in calcolo.candidate])}
    for posto in calcolo.posti or ():
        proposta: Proposta = per_id[posto.proposta_id]
        proposte.segna_esito(proposta, posto.esito.value, attore=attore)


def _avvisa(avviso: Avviso, esito: Esito, collegamento: str) -> None:
    righe = queries.righe_esito(avviso.id)
    indirizzi = queries.indirizzi([r.ente_id for r in righe])
    for riga in righe:
        with in_italiano():
            outbox.accoda(
                a=indirizzi[riga.ente_id],
                oggetto=_("Esito di «%(titolo)s»", titolo=avviso.titolo),
                testo=_(
                    "L’esito dell’avviso «%(titolo)s» è pubblicato (%(atto)s).\n\n%(ente)s: %(parole)s\n\n%(link)s",
                    titolo=avviso.titolo,
                    atto=esito.atto,
                    ente=riga.ente,
                    parole=in_parole(riga),
                    link=collegamento,
                ).rstrip(),
                ambito_id=avviso.ambito_id,
                riferimento=esito,
            )


def in_parole(riga: queries.RigaPubblicata) -> str:
    """What became of a proposal, in a sentence for its ente."""
    if riga.esito == EsitoProposta.NON_AMMESSA:
        return _("la proposta non è stata ammessa alla valutazione. Ti abbiamo già scritto il motivo.")
    dati = {"posizione": riga.posizione, "punti": str(riga.punti).replace(".", ",")}
    if riga.esito == EsitoProposta.SELEZIONATA:
        euro = scrivi_euro(riga.contributo)
        return _("selezionata, posizione %(posizione)s con %(punti)s punti. Contributo: %(euro)s.", euro=euro, **dati)
    if riga.esito == EsitoProposta.IDONEA:
        return _("idonea ma non finanziata, posizione %(posizione)s con %(punti)s punti: i soldi non bastano.", **dati)
    return _("non idonea, %(punti)s punti: sotto la soglia dell’avviso.", **dati)
