"""The texts of a minute, the remarks of who was there, the words left out. Audit inside; never commits."""

from __future__ import annotations

import secrets
from datetime import datetime

from ... import audit, outbox
from ...clocks import a_roma, adesso
from ...codici import codice_leggibile
from ...db import sessione
from ...errors import Conflitto, ErroreDominio, TransizioneNonAmmessa
from ...i18n import _, in_italiano
from ...numerazione import prossimo
from ...sedute import queries as sedute
from ...sedute.models import Seduta, StatoSeduta
from ...utenti.models import Utente
from ...utenti.queries import utente_per_id
from .. import queries
from ..contenuto import contenuto, testi_d_avvio
from ..models import (
    EsitoOsservazione,
    GenereParte,
    Omissis,
    Osservazione,
    Parte,
    StatoVerbale,
    Verbale,
)
from ..rules import cammino
from ..rules.omissis import quante


def componi(seduta: Seduta, *, attore: Utente | None) -> Verbale:
    """The draft of the minute of a closed sitting, with its number in the body's year: what the desk wrote is in it already.

    Raises ``ErroreDominio`` on a sitting that is not closed, ``TransizioneNonAmmessa`` when there is one already.
    """
    if seduta.stato != StatoSeduta.CHIUSA:
        raise ErroreDominio(_("Il verbale si compone a seduta chiusa."))
    sedute.blocca(seduta)
    if queries.esiste(seduta.id):
        raise TransizioneNonAmmessa(_("Il verbale di questa seduta c’è già: ricarica la pagina."))
    anno = a_roma(seduta.inizio).year
    numero = prossimo(f"verbale-{seduta.organo_id}", anno, ambito_id=seduta.ambito_id)
    premessa, chiusura = testi_d_avvio(seduta, anno=anno, numero=numero)
    nuovo = Verbale(
        ambito_id=seduta.ambito_id, organo_id=seduta.organo_id, seduta_id=seduta.id, anno=anno, numero=numero,
        codice=codice_leggibile(secrets.token_bytes(16)), composto_il=adesso(),
    )  # fmt: skip
    testi: list[tuple[GenereParte, int | None, str]] = [(GenereParte.PREMESSA, None, premessa)]
    testi += [(GenereParte.PUNTO, p.id, p.discussione) for p in seduta.punti]
    testi += [(GenereParte.CHIUSURA, None, chiusura)]
    nuovo.parti = [
        Parte(ambito_id=seduta.ambito_id, genere=genere, punto_id=punto, ordine=n, testo=testo)
        for n, (genere, punto, testo) in enumerate(testi, 1)
    ]
    sessione.add(nuovo)
    sessione.flush()  # the register names it by its id
    audit.registra("verbale.componi", nuovo, attore=attore, dettagli={"numero": f"{anno}/{numero}"})
    return nuovo


def scrivi_parte(parte: Parte, *, testo: str, versione: int, attore: Utente | None) -> None:
    """Change a text. Raises ``Conflitto`` with both when somebody saved meanwhile, ``ErroreDominio`` once it is approved."""
    _modificabile(parte.verbale)
    if testo == parte.testo:
        return
    queries.blocca(parte.verbale)
    if versione != parte.versione:
        raise Conflitto(
            _("Mentre scrivevi, un’altra persona ha scritto su questo testo."),
            mio={_("Testo"): testo},
            salvato={_("Testo"): parte.testo},
        )
    parte.testo = testo
    audit.registra("verbale.scrivi_parte", parte, attore=attore, dettagli={"caratteri": len(testo)})


def scrivi_sommario(verbale: Verbale, *, sommario: str, versione: int, attore: Utente | None) -> None:
    """What was decided, in a sentence for everyone. Raises as ``scrivi_parte``."""
    _modificabile(verbale)
    if sommario == verbale.sommario:
        return
    if versione != verbale.versione:
        raise Conflitto(
            _("Mentre scrivevi, un’altra persona ha cambiato questo verbale."),
            mio={_("In breve"): sommario},
            salvato={_("In breve"): verbale.sommario},
        )
    verbale.sommario = sommario
    audit.registra("verbale.scrivi_sommario", verbale, attore=attore)


def osserva(
    verbale: Verbale,
    *,
    seggio_id: int,
    testo: str,
    attore: Utente | None,
    arrivo: datetime | None = None,
    dall_ufficio: bool = False,
) -> Osservazione:
    """A remark on the draft. ``arrivo``: when the form reached us, before any queue.
    ``dall_ufficio``: it came on paper or by PEC, and the office writes it down.

    Raises ``ErroreDominio`` after the term (the office may still write down what came in time), on no text, on a seat that
    was not called.
    """
    ora = arrivo or adesso()
    if verbale.stato != StatoVerbale.IN_REVISIONE:
        raise ErroreDominio(_("Le osservazioni si fanno mentre il verbale è in revisione."), "testo")
    if not dall_ufficio and not cammino.in_tempo(ora, verbale.osservazioni_entro):
        raise ErroreDominio(
            _("Il termine per le osservazioni è passato: il testo resta qui, copialo e scrivi all’ufficio."), "testo"
        )
    if not testo.strip():
        raise ErroreDominio(_("Scrivi che cosa va cambiato."), "testo")
    if all(c.seggio_id != seggio_id for c in verbale.seduta.convocati):
        raise ErroreDominio(_("Quel posto non è fra i convocati."), "seggio_id")
    queries.blocca(verbale)
    nuova = Osservazione(
        ambito_id=verbale.ambito_id, verbale_id=verbale.id, seggio_id=seggio_id, testo=testo.strip(), scritta_il=ora,
        scritta_da=attore.id if attore is not None and not dall_ufficio else None,
    )  # fmt: skip
    verbale.osservazioni.append(nuova)
    sessione.flush()  # the register names it by its id
    audit.registra("verbale.osserva", nuova, attore=attore, dettagli={"posto": seggio_id})
    return nuova


def rispondi(osservazione: Osservazione, *, esito: EsitoOsservazione, risposta: str, attore: Utente | None) -> None:
    """Answer a remark, with the reason; who wrote it gets a letter. Raises ``ErroreDominio`` without a reason or twice."""
    verbale = osservazione.verbale
    _modificabile(verbale)
    queries.blocca(verbale)
    if osservazione.esito is not None:
        raise ErroreDominio(_("A questa osservazione si è già risposto."), "risposta")
    if not risposta.strip():
        raise ErroreDominio(_("Scrivi la risposta: resta agli atti."), "risposta")
    osservazione.risposta, osservazione.risposta_il, osservazione.esito = risposta.strip(), adesso(), esito
    audit.registra("verbale.rispondi", osservazione, attore=attore, dettagli={"esito": esito})
    chi = utente_per_id(osservazione.scritta_da) if osservazione.scritta_da else None
    if chi is not None and chi.attivo:
        with in_italiano():
            oggetto = _("Risposta alla tua osservazione sul verbale: %(organo)s", organo=verbale.seduta.organo.nome)
            testo = _(
                "Hai scritto:\n%(testo)s\n\nRisposta:\n%(risposta)s", testo=osservazione.testo, risposta=risposta.strip()
            )
        outbox.accoda(a=[chi.email], oggetto=oggetto, testo=testo, ambito_id=verbale.ambito_id, riferimento=verbale)


def ometti(verbale: Verbale, *, testo: str, motivo: str, attore: Utente | None) -> Omissis:
    """Words that the published copy leaves out. Raises ``ErroreDominio`` when the minute does not have them, or without a
    reason, or once it is published."""
    _non_pubblicato(verbale)
    queries.blocca(verbale)
    parole = " ".join(testo.split())
    if not parole:
        raise ErroreDominio(_("Scrivi le parole da togliere."), "testo")
    if not motivo.strip():
        raise ErroreDominio(_("Scrivi il motivo: si legge nella copia pubblicata."), "motivo")
    if any(o.testo.casefold() == parole.casefold() for o in verbale.omissis):
        raise ErroreDominio(_("Queste parole sono già fra quelle da togliere."), "testo")
    trovate = quante(contenuto(verbale), parole)
    if not trovate:
        raise ErroreDominio(_("Nel verbale queste parole non ci sono: copiale come sono scritte."), "testo")
    nuovo = Omissis(ambito_id=verbale.ambito_id, testo=parole, motivo=motivo.strip(), scritto_il=adesso())
    verbale.omissis.append(nuovo)
    audit.registra("verbale.ometti", verbale, attore=attore, dettagli={"volte": trovate})
    return nuovo


def togli_omissis(verbale: Verbale, omissis_id: int, *, attore: Utente | None) -> None:
    """Let the published copy say those words after all. Twice is once."""
    _non_pubblicato(verbale)
    queries.blocca(verbale)
    trovato = next((o for o in verbale.omissis if o.id == omissis_id), None)
    if trovato is not None:
        verbale.omissis.remove(trovato)
        audit.registra("verbale.togli_omissis", verbale, attore=attore, dettagli={"omissis": omissis_id})


def _modificabile(verbale: Verbale) -> None:
    if verbale.stato not in cammino.MODIFICABILI:
        raise ErroreDominio(_("Il verbale è approvato: non si cambia più, lo corregge solo una decisione successiva."))


def _non_pubblicato(verbale: Verbale) -> None:
    if verbale.stato == StatoVerbale.PUBBLICATO:
        raise ErroreDominio(_("Il verbale è già pubblicato."))
