"""Preparing a sitting, its agenda and its call. One verb each; audit inside; never commits.

``pagina``, where there is one, is the address at which who is convened reads the sitting and answers: for the letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ... import audit
from ...clocks import a_roma, adesso
from ...db import sessione
from ...errors import Conflitto, ErroreDominio
from ...i18n import _, _l
from ...organi.models import Organo
from ...organi.queries import blocca_organo
from ...utenti.models import Utente
from ...workflow import advance
from .. import queries
from ..models import Canale, Convocato, Punto, Seduta, StatoPunto, StatoSeduta
from ..queries import proposte
from ..rules.agenda import in_fila
from ..rules.parole import quando
from ..workflow import PUNTO_PROPOSTO, SEDUTA
from . import lettere, ordine


@dataclass(frozen=True)
class DatiSeduta:
    """When, where and how; instants aware."""

    inizio: datetime
    luogo: str
    seconda_il: datetime | None = None
    collegamento: str = ""
    pubblica: bool = False
    urgente: bool = False
    segreteria: str = ""

    def controlla(self) -> None:
        if self.seconda_il is not None and self.seconda_il <= self.inizio:
            raise ErroreDominio(_("La seconda convocazione viene dopo la prima."), "seconda_il")


@dataclass(frozen=True)
class DatiPunto:
    titolo: str
    relatore: str = ""
    proposta: str = ""
    decide: bool = True
    padre_id: int | None = None
    oggetto_tipo: str | None = None
    oggetto_id: int | None = None


def crea(organo: Organo, *, dati: DatiSeduta, attore: Utente | None) -> Seduta:
    """A draft of a sitting. Its number is its address for ever.

    Raises ``ErroreDominio`` for a body that is switched off, or when the second call comes before the first.
    """
    dati.controlla()
    if not organo.attivo:
        raise ErroreDominio(_("L’organo è spento: non tiene nuove sedute."))
    blocca_organo(organo.id)
    nuova = Seduta(
        ambito_id=organo.ambito_id, organo_id=organo.id, numero=queries.prossimo_numero(organo.id), **dati.__dict__
    )
    nuova.organo, nuova.punti, nuova.convocati, nuova.movimenti, nuova.invitati = organo, [], [], [], []
    sessione.add(nuova)
    sessione.flush()  # its items need its id
    audit.registra("sedute.crea", nuova, attore=attore, dettagli={"organo": organo.id})
    return nuova


def modifica(seduta: Seduta, *, dati: DatiSeduta, versione: int, attore: Utente | None, pagina: str = "") -> None:
    """Change when and where. After the call, who was convened is told again, and the calendar event takes a new SEQUENCE.

    Raises ``Conflitto`` when somebody saved meanwhile, ``ErroreDominio`` once it is open or in the past.
    """
    dati.controlla()
    _non_ancora_aperta(seduta)
    if versione != seduta.versione:
        raise Conflitto(
            _("Mentre scrivevi, un’altra persona ha cambiato questa seduta."),
            mio={_("Quando"): quando(dati.inizio), _("Luogo"): dati.luogo},
            salvato={_("Quando"): quando(seduta.inizio), _("Luogo"): seduta.luogo},
        )
    if seduta.stato == StatoSeduta.CONVOCATA and dati.inizio <= adesso():
        raise ErroreDominio(_("Una seduta convocata si sposta solo a un giorno che deve ancora venire."), "inizio")
    cambiati = sorted(c for c, v in dati.__dict__.items() if getattr(seduta, c) != v)
    for campo in cambiati:
        setattr(seduta, campo, getattr(dati, campo))
    if seduta.stato == StatoSeduta.CONVOCATA and cambiati:
        seduta.sequenza += 1
        lettere.scrivi_ai_convocati(seduta, _l("Cambia la seduta"), pagina=pagina)
    audit.registra("sedute.modifica", seduta, attore=attore, dettagli={"campi": cambiati})


def aggiungi_punto(seduta: Seduta, *, dati: DatiPunto, attore: Utente | None, pagina: str = "") -> Punto:
    """A new item at the end of the agenda. A sitting that is open may still take one: the body decides to discuss it."""
    if seduta.stato in (StatoSeduta.CHIUSA, StatoSeduta.ANNULLATA):
        raise ErroreDominio(_("La seduta è finita: il punto va in una seduta nuova."), "titolo")
    queries.blocca(seduta)
    if dati.padre_id is not None and not any(p.id == dati.padre_id and p.padre_id is None for p in seduta.punti):
        raise ErroreDominio(_("Scegli un punto di questa seduta."), "padre_id")
    nuovo = Punto(ambito_id=seduta.ambito_id, seduta_id=seduta.id, ordine=queries.prossimo_posto(seduta.id), **dati.__dict__)
    nuovo.votazioni, nuovo.decisioni, nuovo.conflitti, nuovo.documenti = [], [], [], []
    seduta.punti.append(nuovo)
    sessione.flush()  # its place is taken, and its parts need its id
    if nuovo.padre_id is not None:
        ordine.metti_in_fila(seduta, in_fila(seduta.punti))
    lettere.cambia_la_convocazione(seduta, pagina=pagina)
    audit.registra("sedute.aggiungi_punto", nuovo, attore=attore, dettagli={"seduta": seduta.numero})
    return nuovo


def modifica_punto(punto: Punto, *, dati: DatiPunto, versione: int, attore: Utente | None, pagina: str = "") -> None:
    """Change an item that is not under discussion yet. Raises ``Conflitto`` when somebody saved meanwhile."""
    if punto.stato != StatoPunto.DA_TRATTARE:
        raise ErroreDominio(_("Il punto è già stato aperto: il suo testo non cambia più."), "titolo")
    if versione != punto.versione:
        raise Conflitto(
            _("Mentre scrivevi, un’altra persona ha cambiato questo punto."),
            mio={_("Titolo"): dati.titolo, _("Proposta"): dati.proposta},
            salvato={_("Titolo"): punto.titolo, _("Proposta"): punto.proposta},
        )
    for campo in ("titolo", "relatore", "proposta", "decide", "oggetto_tipo", "oggetto_id"):
        setattr(punto, campo, getattr(dati, campo))
    lettere.cambia_la_convocazione(punto.seduta, pagina=pagina)
    audit.registra("sedute.modifica_punto", punto, attore=attore)


def togli_punto(punto: Punto, *, attore: Utente | None) -> None:
    """Take an item away from a draft. Once convened it can only be withdrawn at the sitting: who was called has read it."""
    if punto.seduta.stato != StatoSeduta.BOZZA:
        raise ErroreDominio(_("La seduta è convocata: il punto si ritira in seduta."))
    parti = [p for p in punto.seduta.punti if p.padre_id == punto.id]
    if any(p.documenti for p in (punto, *parti)):
        raise ErroreDominio(_("Ha dei documenti: toglili, poi togli il punto."))
    audit.registra("sedute.togli_punto", punto, attore=attore, dettagli={"titolo": punto.titolo})
    for proposto in proposte.di_punti([p.id for p in (punto, *parti)]):
        proposto.punto_id = proposto.deciso_il = None
        advance(proposto, PUNTO_PROPOSTO, "rimetti_punto_proposto", attore=attore)
    for parte in parti:
        sessione.delete(parte)
    sessione.flush()  # the parts go before the whole they point to
    sessione.delete(punto)


def convoca(seduta: Seduta, *, protocollo: str, attore: Utente | None, pagina: str = "") -> None:
    """Call the members of the day of the sitting: who they are is written now, and a letter leaves for each account.

    Raises ``ErroreDominio`` on an empty agenda, a day in the past, a body without seats.
    """
    giorno = a_roma(seduta.inizio).date()
    chiamati = queries.da_convocare(seduta.organo_id, giorno)
    if not chiamati:
        raise ErroreDominio(_("Quel giorno l’organo non ha nessun posto: non c’è chi convocare."))
    seduta.protocollo = protocollo.strip()
    advance(seduta, SEDUTA, "convoca", attore=attore, dettagli={"protocollo": seduta.protocollo, "posti": len(chiamati)})
    sessione.add_all(
        Convocato(
            ambito_id=seduta.ambito_id, seduta_id=seduta.id, seggio_id=c.seggio_id, utente_id=c.utente_id,
            canale=Canale.EMAIL if c.email else None,
        )
        for c in chiamati
    )  # fmt: skip
    sessione.flush()  # the letters are written to those who are convened
    lettere.scrivi_ai_convocati(seduta, _l("Convocazione"), pagina=pagina)


def annulla(seduta: Seduta, *, motivo: str, attore: Utente | None) -> None:
    """Call a sitting off, with the reason: its number is not used again."""
    if not motivo.strip():
        raise ErroreDominio(_("Scrivi perché la seduta non si tiene."), "motivo")
    convocata = seduta.stato == StatoSeduta.CONVOCATA
    seduta.motivo = motivo.strip()
    seduta.sequenza += 1
    advance(seduta, SEDUTA, "annulla", attore=attore, dettagli={"motivo": seduta.motivo})
    if convocata:
        lettere.scrivi_ai_convocati(seduta, _l("Seduta annullata"))


def _non_ancora_aperta(seduta: Seduta) -> None:
    if seduta.stato not in (StatoSeduta.BOZZA, StatoSeduta.CONVOCATA):
        raise ErroreDominio(_("La seduta è già cominciata: quando e dove non cambiano più."))
