"""The steps of a minute: to the members, approved, signed, published, corrected. Audit inside; never commits.

A file is made and stored before the transaction that records it; here it is checked that nothing moved meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass

from ... import audit, outbox
from ...clocks import a_roma, adesso
from ...db import sessione
from ...errors import Conflitto, ErroreDominio
from ...i18n import _, in_italiano
from ...sedute.queries import indirizzi
from ...utenti.models import Utente
from ...workflow import advance
from .. import queries
from ..contenuto import contenuto
from ..models import FileVerbale, GenereFile, Rettifica, Verbale
from ..queries import VotoUtile
from ..rules import cammino
from ..rules.contenuto import scrivi
from ..rules.omissis import con_omissis, resta
from ..workflow import VERBALE


@dataclass(frozen=True)
class Deposto:
    """A file already in the store. ``firma``, ``firme``: what could be said of its signatures, and how many."""

    nome: str
    chiave: str
    dimensione: int
    sha256: str
    firma: str | None = None
    firme: int = 0


def invia(verbale: Verbale, *, indirizzo: str, attore: Utente | None) -> None:
    """Send the draft to who was called: remarks may come until the body's term. ``indirizzo``: where they read it."""
    queries.blocca(verbale)
    verbale.osservazioni_entro = cammino.termine_osservazioni(adesso(), verbale.seduta.organo.osservazioni_giorni)
    advance(verbale, VERBALE, "invia", attore=attore)
    with in_italiano():
        entro = a_roma(verbale.osservazioni_entro).strftime("%d/%m/%Y alle %H:%M:%S")
        _scrivi(
            verbale,
            _("Verbale da rileggere: %(organo)s", organo=verbale.seduta.organo.nome),
            _(
                "Il verbale della seduta del %(giorno)s è pronto da rileggere.\n\n%(indirizzo)s\n\n"
                "Puoi chiedere di cambiarlo fino al %(entro)s (ora di Roma).",
                giorno=_giorno(verbale),
                indirizzo=indirizzo,
                entro=entro,
            ),
        )


def approva(verbale: Verbale, voto: VotoUtile, *, fissato: str, originale: Deposto, attore: Utente | None) -> None:
    """Approved by that vote of a later sitting: from here its content never changes, and ``originale`` is its PDF.

    ``fissato`` is the content the PDF was made from. Raises ``Conflitto`` when somebody changed it meanwhile,
    ``ErroreDominio`` with what the vote lacks.
    """
    queries.blocca(verbale)
    manca = cammino.manca_per_approvare(
        verbale.osservazioni, verbale.osservazioni_entro, votato=voto.ora, seduta_chiusa=verbale.seduta.chiusa_il
    )
    if manca:
        raise ErroreDominio(_("Non si può ancora approvare: %(cosa)s.", cosa="; ".join(manca)), "punto")
    if scrivi(contenuto(verbale)) != fissato:
        raise Conflitto(_("Mentre approvavi, un’altra persona ha cambiato il verbale: rileggilo."))
    verbale.fissato, verbale.approvato_in = fissato, voto.punto_id
    _aggiungi(verbale, GenereFile.ORIGINALE, originale)
    advance(verbale, VERBALE, "approva", attore=attore, dettagli={"punto": voto.punto_id, "sha256": originale.sha256})


def firma(verbale: Verbale, *, firmato: Deposto, attore: Utente | None) -> None:
    """The signed copy of the original. That it is of the original is checked before, on its bytes."""
    queries.blocca(verbale)
    if firmato.firma is None:
        raise ErroreDominio(_("In questo file non c’è nessuna firma."), "file")
    if firmato.firma == "alterata":
        raise ErroreDominio(_("Il file è stato cambiato dopo la firma: fallo firmare di nuovo."), "file")
    _aggiungi(verbale, GenereFile.FIRMATO, firmato)
    advance(verbale, VERBALE, "firma", attore=attore, dettagli={"sha256": firmato.sha256, "firma": firmato.firma})


def pubblica(verbale: Verbale, *, copia: str, pubblico: Deposto, indirizzo: str, attore: Utente | None) -> None:
    """Publish the copy without the words left out. ``copia`` is the content its PDF was made from.

    Raises ``ErroreDominio`` when a word to leave out would still be read somewhere, ``Conflitto`` when the words changed.
    """
    queries.blocca(verbale)
    omessi = [o.testo for o in verbale.omissis]
    da_pubblicare = con_omissis(contenuto(verbale), omessi)
    if rimaste := resta(da_pubblicare, omessi, queries.accanto(verbale)):
        parole = ", ".join(f"«{p}»" for p in rimaste)
        raise ErroreDominio(_("Si leggerebbe ancora %(parole)s: correggi le parole da togliere.", parole=parole))
    if scrivi(da_pubblicare) != copia:
        raise Conflitto(_("Mentre pubblicavi, un’altra persona ha cambiato le parole da togliere: ricontrolla."))
    _aggiungi(verbale, GenereFile.PUBBLICO, pubblico)
    advance(verbale, VERBALE, "pubblica", attore=attore, dettagli={"sha256": pubblico.sha256, "omissis": len(omessi)})
    with in_italiano():
        _scrivi(
            verbale,
            _("Verbale pubblicato: %(organo)s", organo=verbale.seduta.organo.nome),
            _(
                "Il verbale della seduta del %(giorno)s è pubblicato.\n\n%(indirizzo)s\n\n"
                "Codice per verificarlo: %(codice)s",
                giorno=_giorno(verbale),
                indirizzo=indirizzo,
                codice=verbale.codice,
            ),
        )


def rettifica(verbale: Verbale, *, decisione_id: int, testo: str, attore: Utente | None) -> Rettifica:
    """Correct an approved minute by a later decision of the body. Raises ``ErroreDominio`` on another decision, or twice."""
    if verbale.stato in cammino.MODIFICABILI:
        raise ErroreDominio(_("Il verbale non è ancora approvato: correggi il testo."), "testo")
    if not testo.strip():
        raise ErroreDominio(_("Scrivi che cosa si corregge."), "testo")
    queries.blocca(verbale)
    if all(d.id != decisione_id for d in queries.decisioni_successive(verbale)):
        raise ErroreDominio(_("Serve una decisione dell’organo presa dopo l’approvazione."), "decisione")
    if any(r.decisione_id == decisione_id for r in verbale.rettifiche):
        raise ErroreDominio(_("Quella decisione lo corregge già."), "decisione")
    omessi = [o.testo for o in verbale.omissis]
    if resta(con_omissis(contenuto(verbale), omessi), omessi, [testo]):
        raise ErroreDominio(_("La rettifica direbbe parole tolte dalla copia pubblicata: scrivila senza."), "testo")
    nuova = Rettifica(
        ambito_id=verbale.ambito_id,
        verbale_id=verbale.id,
        decisione_id=decisione_id,
        testo=testo.strip(),
        scritta_il=adesso(),
    )
    sessione.add(nuova)
    audit.registra("verbale.rettifica", verbale, attore=attore, dettagli={"decisione": decisione_id})
    return nuova


def _aggiungi(verbale: Verbale, genere: GenereFile, file: Deposto) -> None:
    if queries.file(verbale, genere) is not None:
        raise ErroreDominio(_("Qualcuno l’ha già fatto, o la pagina non è aggiornata: ricaricala."))
    verbale.file.append(
        FileVerbale(
            ambito_id=verbale.ambito_id, genere=genere, nome=file.nome, chiave=file.chiave, dimensione=file.dimensione,
            sha256=file.sha256, firma=file.firma, firme=file.firme, fatto_il=adesso(),
        )
    )  # fmt: skip


def _scrivi(verbale: Verbale, oggetto: str, testo: str) -> None:
    """To who was called, through the outbox: held, because a person looks at it before it leaves."""
    a = indirizzi(verbale.seduta_id)
    if a:
        outbox.accoda(a=a, oggetto=oggetto, testo=testo, ambito_id=verbale.ambito_id, riferimento=verbale, trattenuto=True)


def _giorno(verbale: Verbale) -> str:
    return a_roma(verbale.seduta.inizio).strftime("%d/%m/%Y")
