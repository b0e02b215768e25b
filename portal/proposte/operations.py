"""Writing and submitting a proposal. One verb each; audit and outbox inside; never commits."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from .. import audit, outbox
from ..avvisi import queries as avvisi
from ..avvisi.models import Avviso, DocumentoRichiesto
from ..avvisi.rules import aperto, difetto_ente, in_tempo
from ..clocks import a_roma, adesso
from ..codici import codice_leggibile
from ..db import sessione
from ..enti import queries as enti
from ..enti.models import Ente
from ..errors import Conflitto, ErroreDominio, FuoriTermine, NonTrovato, TransizioneNonAmmessa
from ..i18n import _, _l, in_italiano
from ..money import scrivi_euro
from ..numerazione import prossimo
from ..uploads import FileEsaminato
from ..utenti import queries as utenti
from ..utenti.models import Utente
from ..vincoli import spiega
from ..workflow import advance
from . import queries, rules
from .contenuto import costi, da_imprimere, elenco_compiti
from .models import (
    Allegato,
    CategoriaCosto,
    Dichiarazione,
    LottoProposto,
    Proposta,
    Ricevuta,
    Sezione,
    StatoProposta,
    Voce,
)
from .workflow import PROPOSTA

VINCOLI = {
    "uq_proposta_una_per_ente": (None, _l("Il tuo ente ha già una proposta per questo avviso: aprila dall’elenco.")),
    "uq_sezione_proposta_id_chiave": (None, _l("Un’altra persona ha appena iniziato questa sezione: riapri la pagina.")),
}


def inizia(avviso: Avviso, ente: Ente, *, attore: Utente) -> Proposta:
    """A draft of the ente for an open call, or the one it has already.

    Raises ``FuoriTermine`` after the term, ``ErroreDominio`` on ``ente`` for a body that is no ETS: calls of art. 55 c. 3
    D.Lgs. 117/2017 are for the bodies of its art. 4.
    """
    if not aperto(avviso.stato, avviso.termine, adesso()):
        raise FuoriTermine(_("Il termine di questo avviso è passato: non si può iniziare una proposta."))
    if motivo := difetto_ente(avviso.tipo, ente.tipo):
        raise ErroreDominio(motivo, "ente")
    if esistente := queries.attiva_di(ente.id, avviso.id):
        return esistente
    proposta = Proposta(
        ambito_id=avviso.ambito_id, avviso_id=avviso.id, ente_id=ente.id, titolo="", stato=StatoProposta.BOZZA,
        attiva=1, creata_il=adesso(), creata_da=attore.id,
    )  # fmt: skip
    with spiega(VINCOLI):
        sessione.add(proposta)
    audit.registra("proposte.inizia", proposta, attore=attore, riservata=True)
    return proposta


def _scrivibile(proposta: Proposta) -> None:
    """A draft whose call is open. Raises ``FuoriTermine`` or ``ErroreDominio``: what was typed goes back to the page."""
    if proposta.stato != StatoProposta.BOZZA:
        raise ErroreDominio(_("La proposta è presentata: il testo non si cambia più."))
    avviso = proposta.avviso
    if not aperto(avviso.stato, avviso.termine, adesso()):
        raise FuoriTermine(_("Il termine è passato: la bozza resta leggibile, ma non si può più cambiare."))


def scrivi_titolo(proposta: Proposta, *, titolo: str, lotti: Collection[int], versione: int, attore: Utente) -> None:
    """Title and lots. Raises ``Conflitto`` with both titles when somebody saved meanwhile."""
    _scrivibile(proposta)
    if versione != proposta.versione:
        raise Conflitto(
            _("Mentre scrivevi, un’altra persona ha salvato titolo e lotti."),
            mio={_("Titolo"): titolo},
            salvato={_("Titolo"): proposta.titolo},
        )
    ammessi = {lotto.id for lotto in proposta.avviso.lotti}
    scelti = set(lotti) & ammessi if len(ammessi) > 1 else ammessi
    proposta.titolo = titolo
    proposta.lotti = [r for r in proposta.lotti if r.lotto_id in scelti] + [
        LottoProposto(ambito_id=proposta.ambito_id, lotto_id=nuovo)
        for nuovo in sorted(scelti - {r.lotto_id for r in proposta.lotti})
    ]
    sessione.flush()  # a stale version must surface here
    audit.registra("proposte.scrivi_titolo", proposta, attore=attore, riservata=True)


def scrivi_sezione(proposta: Proposta, chiave: str, *, testo: str, versione: int, attore: Utente) -> None:
    """A written section, saved even when too short or too long: the task list says so.

    ``versione`` is the one the page was opened with, 0 when the section was not there. Raises ``Conflitto`` with both
    texts when somebody saved meanwhile.
    """
    _scrivibile(proposta)
    sezione = queries.sezione_di(proposta.id, chiave)
    if versione != (sezione.versione if sezione else 0):
        titolo = str(rules.PER_CHIAVE[chiave].titolo)
        raise Conflitto(
            _("Mentre scrivevi, un’altra persona ha salvato questa sezione."),
            mio={titolo: testo},
            salvato={titolo: sezione.testo if sezione else ""},
        )
    if sezione is None:
        sezione = Sezione(ambito_id=proposta.ambito_id, proposta_id=proposta.id, chiave=chiave)
        sessione.add(sezione)
    sezione.testo, sezione.modificata_il, sezione.modificata_da = testo, adesso(), attore.id
    with spiega(VINCOLI):
        pass
    audit.registra(
        "proposte.scrivi_sezione",
        proposta,
        attore=attore,
        dettagli={"sezione": chiave, "caratteri": len(testo)},
        riservata=True,
    )


def scrivi_voce(
    proposta: Proposta,
    *,
    voce: Voce | None,
    categoria: CategoriaCosto,
    descrizione: str,
    richiesto: Decimal,
    quota_propria: Decimal,
    versione: int,
    attore: Utente,
) -> None:
    """Add a cost line (``voce`` None) or change one. Amounts in euro. Raises ``ErroreDominio`` on the field at fault."""
    _scrivibile(proposta)
    costo = rules.Costo(categoria, descrizione, richiesto, quota_propria)
    if difetto := rules.difetto_voce(costo):
        raise ErroreDominio(difetto[1], difetto[0])
    if voce is not None and voce.versione != versione:
        raise Conflitto(
            _("Mentre scrivevi, un’altra persona ha cambiato questa voce."),
            mio={_("Voce"): f"{descrizione}: {scrivi_euro(richiesto)} + {scrivi_euro(quota_propria)}"},
            salvato={_("Voce"): f"{voce.descrizione}: {scrivi_euro(voce.richiesto)} + {scrivi_euro(voce.quota_propria)}"},
        )
    if voce is None:
        ordine = max((v.ordine for v in proposta.voci), default=0) + 1
        voce = Voce(ambito_id=proposta.ambito_id, proposta_id=proposta.id, ordine=ordine)
        sessione.add(voce)
    voce.categoria, voce.descrizione = categoria, descrizione
    voce.richiesto, voce.quota_propria = richiesto, quota_propria
    sessione.flush()  # a stale version must surface here
    audit.registra(
        "proposte.scrivi_voce", proposta, attore=attore, dettagli={"voce": voce.id, "richiesto": richiesto}, riservata=True
    )


def togli_voce(proposta: Proposta, voce: Voce, *, attore: Utente) -> None:
    _scrivibile(proposta)
    sessione.delete(voce)
    audit.registra("proposte.togli_voce", proposta, attore=attore, dettagli={"voce": voce.id}, riservata=True)


def allega(
    proposta: Proposta, documento: DocumentoRichiesto, *, file: FileEsaminato, chiave: str, sha256: str, attore: Utente
) -> str | None:
    """Attach a file already checked and stored under ``chiave``. Returns the key of the file it replaces, if any.

    The caller stores before and deletes the replaced file after the commit: a roll-back loses nothing.
    """
    _scrivibile(proposta)
    vecchio = next((a for a in proposta.allegati if a.documento_id == documento.id), None)
    sostituita = vecchio.chiave if vecchio else None
    if vecchio is not None:
        proposta.allegati.remove(vecchio)
        sessione.flush()  # the old row leaves before the new one takes its place
    firma = file.firma
    proposta.allegati.append(
        Allegato(
            ambito_id=proposta.ambito_id, documento_id=documento.id, nome=file.nome, tipo=file.tipo,
            dimensione=file.dimensione, sha256=sha256, chiave=chiave, firma=firma.esito if firma else None,
            firme=firma.quante if firma else 0, caricato_il=adesso(), caricato_da=attore.id,
        )
    )  # fmt: skip
    sessione.flush()  # two uploads at once: the second meets the constraint here
    audit.registra(
        "proposte.allega",
        proposta,
        attore=attore,
        dettagli={"documento": documento.ordine, "sha256": sha256},
        riservata=True,
    )
    return sostituita


def togli_allegato(proposta: Proposta, allegato: Allegato, *, attore: Utente) -> str:
    """Remove an attachment; returns the key of its file, to delete after the commit."""
    _scrivibile(proposta)
    proposta.allegati.remove(allegato)
    audit.registra("proposte.togli_allegato", proposta, attore=attore, dettagli={"sha256": allegato.sha256}, riservata=True)
    return allegato.chiave


def rinvia(proposta: Proposta, *, motivo: str, attore: Utente) -> None:
    """The legal representative sends the draft back to who writes it, saying why."""
    _scrivibile(proposta)
    if len(motivo.strip()) < 10:
        raise ErroreDominio(_("Scrivi che cosa va cambiato: chi compila lo legge in cima all’elenco."), "motivo")
    proposta.rinviata_motivo = motivo.strip()
    with in_italiano():
        outbox.accoda(
            a=utenti.indirizzi_dell_ente(proposta.ente_id),
            oggetto=_("La proposta va rivista: %(avviso)s", avviso=proposta.avviso.titolo),
            testo=_(
                "Chi rappresenta l’ente ha rimandato indietro la proposta. Motivo:\n\n%(motivo)s", motivo=motivo.strip()
            ),
            ambito_id=proposta.ambito_id,
            riferimento=proposta,
        )
    audit.registra("proposte.rinvia", proposta, attore=attore)


def presenta(
    proposta_id: int, *, dichiarate: Collection[int], arrivo: datetime, attore: Utente, indirizzo_verifica: str
) -> Ricevuta:
    """Submit: freeze the content, take the number, make the receipt, write to everyone with access to the ente.

    ``arrivo`` is when the request reached us: the term is checked on it, not on how long the queue was (L. 241/1990;
    domain.md 1.11). ``dichiarate`` are the ids of the declarations ticked, which must be all. A second call returns the
    receipt of the first. Raises ``FuoriTermine``, or ``ErroreDominio`` with what is missing.
    """
    queries.blocca(proposta_id)
    proposta = queries.proposta_intera(proposta_id)
    if proposta is None:
        raise NonTrovato
    if proposta.stato != StatoProposta.BOZZA:
        if proposta.ricevuta is None:
            raise TransizioneNonAmmessa(_("Questa proposta non è una bozza."))
        return proposta.ricevuta
    _in_termine(proposta.avviso, arrivo)
    _completa(proposta, dichiarate)
    quando = arrivo.replace(microsecond=0)
    anno = a_roma(quando).year
    ultima = enti.ultima_rilevazione(proposta.ente_id)
    numero = prossimo("proposte", anno, ambito_id=proposta.ambito_id)
    # from here to the change of state nothing may be read: the database refuses a proposal half submitted
    _rendi_dichiarazioni(proposta, quando, attore)
    proposta.presentata_il, proposta.presentata_da, proposta.rinviata_motivo = quando, attore.id, None
    proposta.rilevazione_id = ultima.id if ultima else None
    proposta.impronta = rules.impronta(da_imprimere(proposta))
    ricevuta = proposta.ricevuta = Ricevuta(
        ambito_id=proposta.ambito_id, proposta_id=proposta.id, anno=anno, numero=numero, impronta=proposta.impronta,
        codice=codice_leggibile(secrets.token_bytes(16)), emessa_il=quando,
    )  # fmt: skip
    advance(proposta, PROPOSTA, "presenta", attore=attore, dettagli={"impronta": proposta.impronta, "ricevuta": numero})
    _avvisa(proposta, ricevuta, indirizzo_verifica)
    return ricevuta


def _in_termine(avviso: Avviso, arrivo: datetime) -> None:
    attuale = avvisi.termine_bloccato(avviso.id)
    stato, termine = attuale or (None, None)
    if stato is None or termine is None:
        raise NonTrovato
    if aperto(stato, termine, arrivo):
        return
    if in_tempo(arrivo, termine):
        raise FuoriTermine(_("Questo avviso non riceve più proposte."))
    raise FuoriTermine(
        _(
            "La proposta è arrivata alle %(ora)s del %(giorno)s, dopo il termine. "
            "Non è stata presentata: la bozza resta leggibile.",
            ora=a_roma(arrivo).strftime("%H:%M:%S"),
            giorno=a_roma(arrivo).strftime("%d/%m/%Y"),
        )
    )


def _completa(proposta: Proposta, dichiarate: Collection[int]) -> None:
    manca = rules.mancanti(elenco_compiti(proposta))
    if manca:
        raise ErroreDominio(
            _("Non si può ancora presentare: %(cosa)s.", cosa="; ".join(f"{c.titolo}: {c.motivo}" for c in manca))
        )
    if {d.id for d in proposta.avviso.dichiarazioni} - set(dichiarate):
        raise ErroreDominio(_("Per presentare servono tutte le dichiarazioni: spuntale una per una."), "dichiarazioni")


def _rendi_dichiarazioni(proposta: Proposta, quando: datetime, attore: Utente) -> None:
    proposta.dichiarazioni = [
        Dichiarazione(
            ambito_id=proposta.ambito_id, richiesta_id=d.id, testo=d.testo, norma=d.norma, resa_il=quando, resa_da=attore.id
        )
        for d in proposta.avviso.dichiarazioni
    ]


def _avvisa(proposta: Proposta, ricevuta: Ricevuta, indirizzo_verifica: str) -> None:
    """The receipt by mail to everyone with access to the ente and to its PEC: number, time, files, code."""
    file = "\n".join(f"- {a.nome} ({a.dimensione} byte)\n  SHA-256 {a.sha256}" for a in proposta.allegati)
    with in_italiano():
        outbox.accoda(
            a=[*utenti.indirizzi_dell_ente(proposta.ente_id), proposta.ente.pec],
            oggetto=_("Ricevuta n. %(n)s del %(anno)s: proposta presentata", n=ricevuta.numero, anno=ricevuta.anno),
            testo=_(
                "La proposta di %(ente)s per l’avviso «%(avviso)s» è arrivata.\n\n"
                "Ricevuta n. %(n)s del %(anno)s\nArrivata il %(giorno)s alle %(ora)s (ora di Roma)\n"
                "Contributo richiesto: %(richiesto)s\nImpronta del contenuto (SHA-256): %(impronta)s\n\n"
                "File ricevuti:\n%(file)s\n\n"
                "Chiunque può controllare questa ricevuta con il codice %(codice)s alla pagina %(url)s",
                ente=proposta.ente.denominazione,
                avviso=proposta.avviso.titolo,
                n=ricevuta.numero,
                anno=ricevuta.anno,
                giorno=a_roma(ricevuta.emessa_il).strftime("%d/%m/%Y"),
                ora=a_roma(ricevuta.emessa_il).strftime("%H:%M:%S"),
                richiesto=scrivi_euro(rules.quadro(costi(proposta)).richiesto),
                impronta=ricevuta.impronta,
                file=file,
                codice=ricevuta.codice,
                url=indirizzo_verifica,
            ),
            ambito_id=proposta.ambito_id,
            riferimento=proposta,
        )


def ritira(proposta: Proposta, *, motivo: str, attore: Utente) -> None:
    """Withdraw before the term: the proposal stays on file, and the ente may submit another."""
    if not aperto(proposta.avviso.stato, proposta.avviso.termine, adesso()):
        raise FuoriTermine(_("Dopo il termine la proposta non si ritira da qui: scrivi all’Ufficio di Piano."))
    advance(proposta, PROPOSTA, "ritira", attore=attore, dettagli={"motivo": motivo})
    proposta.attiva = None


def segna_ammessa(proposta: Proposta, *, attore: Utente) -> None:
    advance(proposta, PROPOSTA, "ammetti", attore=attore)


def segna_non_ammessa(proposta: Proposta, *, attore: Utente) -> None:
    advance(proposta, PROPOSTA, "non_ammettere", attore=attore)


ESITI = {
    "selezionata": "seleziona",
    "idonea_non_finanziata": "dichiara_idonea",
    "non_idonea": "dichiara_non_idonea",
}


def segna_esito(proposta: Proposta, esito: str, *, attore: Utente) -> None:
    """Outcome of the evaluation on an admitted proposal: one of ``ESITI``."""
    advance(proposta, PROPOSTA, ESITI[esito], attore=attore)


def segna_convenzionata(proposta: Proposta, *, attore: Utente) -> None:
    advance(proposta, PROPOSTA, "convenziona", attore=attore)
