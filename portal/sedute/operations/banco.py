"""The desk: opening, roll call, arrivals and departures, items, notes, conflicts, closing. Audit inside; never commits.

Everything written at the desk queues on the sitting's row: two minute-takers see each other's rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from ... import audit
from ...clocks import a_roma, adesso
from ...db import sessione
from ...errors import Conflitto, ErroreDominio
from ...i18n import _
from ...utenti.models import Utente
from ...workflow import advance
from .. import queries
from ..models import (
    Azione,
    Classe,
    ConflittoPunto,
    Invitato,
    Movimento,
    Punto,
    Seduta,
    StatoPunto,
    StatoSeduta,
    Verso,
)
from ..rules.presenze import Movimento as Passaggio
from ..rules.presenze import presenze
from ..workflow import PUNTO, SEDUTA

TOLLERANZA = timedelta(minutes=1)
"""A clock a little ahead of ours is not a sitting of the future."""
ESITI = {
    StatoPunto.TRATTATO: "tratta_punto",
    StatoPunto.RINVIATO: "rinvia_punto",
    StatoPunto.RITIRATO: "ritira_punto",
}


def apri(seduta: Seduta, *, ora: datetime, in_seconda: bool, attore: Utente | None) -> None:
    """Open the sitting. Raises ``ErroreDominio`` without the numbers its rules ask for, or before its time."""
    _nel_presente(ora)
    if ora < (inizio := _inizio(seduta, in_seconda=in_seconda)):
        raise ErroreDominio(_("La seduta è convocata per le %(ora)s.", ora=a_roma(inizio).strftime("%H:%M")), "ora")
    queries.blocca(seduta)
    presenze(_passaggi(queries.movimenti_validi(seduta, tenuta=ora)))
    seduta.in_seconda = in_seconda
    conto = queries.stato_della_sala(seduta, ora, tenuta=ora).conto
    if not conto.valida:
        seduta.in_seconda = False
        raise ErroreDominio(
            _("Manca il numero legale: presenti %(n)s su %(tutti)s.", n=conto.presenti, tutti=conto.componenti), "ora"
        )
    seduta.aperta_il = ora
    advance(seduta, SEDUTA, "apri", attore=attore, dettagli={"presenti": conto.presenti, "seconda": in_seconda})


def _inizio(seduta: Seduta, *, in_seconda: bool) -> datetime:
    if not in_seconda:
        return seduta.inizio
    if seduta.seconda_il is None:
        raise ErroreDominio(_("Questa seduta non ha una seconda convocazione."), "in_seconda")
    return seduta.seconda_il


def segna(
    seduta: Seduta, *, seggio_id: int, verso: Verso, ora: datetime, supplente: bool = False, attore: Utente | None
) -> Movimento:
    """Somebody comes in or goes out; ``supplente``: the substitute of the holder comes in.

    Raises ``ErroreDominio`` on a departure before the arrival, a second arrival, a seat that has no substitute.
    """
    if seduta.stato not in (StatoSeduta.CONVOCATA, StatoSeduta.APERTA):
        raise ErroreDominio(_("Le presenze si segnano dalla convocazione alla chiusura."))
    _nel_presente(ora)
    queries.blocca(seduta)
    if all(c.seggio_id != seggio_id for c in seduta.convocati):
        raise ErroreDominio(_("Quel posto non è fra i convocati."), "seggio")
    if supplente and not _supplente(seduta, seggio_id):
        raise ErroreDominio(_("Quel posto non ha un supplente."), "seggio")
    _dopo_l_ultimo_voto(seduta, ora)
    presenze([*_passaggi(queries.movimenti_validi(seduta)), Passaggio(seggio_id, ora, verso)])
    nuovo = Movimento(
        ambito_id=seduta.ambito_id, seduta_id=seduta.id, seggio_id=seggio_id, ora=ora, verso=verso,
        supplente=supplente and verso == Verso.ENTRA, scritto_il=adesso(),
    )  # fmt: skip
    seduta.movimenti.append(nuovo)
    dettagli = {"posto": seggio_id, "verso": verso, "ora": ora.isoformat()}
    audit.registra(
        "sedute.segna", seduta, attore=attore, dettagli={**dettagli, "supplente": True} if supplente else dettagli
    )
    return nuovo


def _supplente(seduta: Seduta, seggio_id: int) -> str:
    siede = queries.chi_siede([seggio_id], a_roma(seduta.inizio).date()).get(seggio_id)
    return siede.supplente if siede else ""


def _passaggi(movimenti: Iterable[Movimento]) -> list[Passaggio]:
    return [Passaggio(m.seggio_id, m.ora, m.verso) for m in movimenti]


def annulla_movimento(movimento: Movimento, *, seduta: Seduta, attore: Utente | None) -> None:
    """Take back an arrival or a departure written by mistake: the row stays. Raises when the rest needs it."""
    if seduta.stato not in (StatoSeduta.CONVOCATA, StatoSeduta.APERTA) or movimento.annullato_il is not None:
        raise ErroreDominio(_("Questa riga non si può più togliere."))
    if seduta.aperta_il is not None and movimento.ora < seduta.aperta_il:
        raise ErroreDominio(_("La seduta si è aperta contando questa presenza: segna piuttosto un’uscita."))
    queries.blocca(seduta)
    _dopo_l_ultimo_voto(seduta, movimento.ora)
    presenze(_passaggi(m for m in queries.movimenti_validi(seduta) if m is not movimento))
    movimento.annullato_il = adesso()
    audit.registra("sedute.annulla_movimento", seduta, attore=attore, dettagli={"movimento": movimento.id})


def invita(seduta: Seduta, *, chi: str, classe: Classe, attore: Utente | None) -> Invitato:
    """Somebody in the room who does not vote."""
    _in_corso_o_convocata(seduta)
    nuovo = Invitato(ambito_id=seduta.ambito_id, seduta_id=seduta.id, chi=chi.strip(), classe=classe)
    seduta.invitati.append(nuovo)
    audit.registra("sedute.invita", seduta, attore=attore, dettagli={"chi": nuovo.chi, "classe": classe})
    return nuovo


def apri_punto(punto: Punto, *, attore: Utente | None) -> None:
    """Begin to discuss an item; whichever was open stays open until it has an outcome."""
    _aperta(punto.seduta)
    queries.blocca(punto.seduta, punto)
    if altro := queries.un_altro_in_discussione(punto):
        raise ErroreDominio(_("Si sta discutendo «%(titolo)s»: dagli prima un esito.", titolo=altro))
    punto.aperto_il, punto.chiuso_il = adesso(), None
    advance(punto, PUNTO, "apri_punto", attore=attore)


def scrivi_discussione(punto: Punto, *, testo: str, delibera: str, versione: int, attore: Utente | None) -> None:
    """Save the notes of an item, and what would be decided. Nothing to do when they are as they were.

    Raises ``Conflitto`` with both texts when somebody saved meanwhile: no word is lost.
    """
    if (testo, delibera) == (punto.discussione, punto.delibera):
        return
    if punto.seduta.stato not in (StatoSeduta.APERTA, StatoSeduta.CHIUSA):
        raise ErroreDominio(_("Si scrive da quando la seduta è aperta."), "discussione")
    if versione != punto.versione:
        raise Conflitto(
            _("Mentre scrivevi, un’altra persona ha scritto su questo punto."),
            mio={_("Discussione"): testo, _("Decisione"): delibera},
            salvato={_("Discussione"): punto.discussione, _("Decisione"): punto.delibera},
        )
    punto.discussione, punto.delibera = testo, delibera
    sessione.flush()  # the page that saves by itself goes on with the new version
    audit.registra("sedute.scrivi_discussione", punto, attore=attore, dettagli={"caratteri": len(testo)})


def dichiara_conflitto(punto: Punto, *, seggio_id: int, motivo: str, attore: Utente | None) -> None:
    """A seat leaves the room for this item (art. 6-bis L. 241/1990): not present, and not counted where the body says so."""
    _aperta(punto.seduta)
    queries.blocca(punto.seduta, punto)
    if punto.stato != StatoPunto.IN_DISCUSSIONE:
        raise ErroreDominio(_("Il conflitto si dichiara mentre il punto è in discussione."), "seggio_id")
    if not motivo.strip():
        raise ErroreDominio(_("Scrivi il motivo: resta nel verbale."), "motivo")
    if all(c.seggio_id != seggio_id for c in punto.seduta.convocati):
        raise ErroreDominio(_("Quel posto non è fra i convocati."), "seggio_id")
    if any(c.seggio_id == seggio_id for c in punto.conflitti):
        raise ErroreDominio(_("È già uscito per conflitto su questo punto."), "seggio_id")
    if punto.votazioni:
        raise ErroreDominio(_("Su questo punto si è già votato: il conflitto si dichiara prima."), "seggio_id")
    punto.conflitti.append(
        ConflittoPunto(ambito_id=punto.ambito_id, seggio_id=seggio_id, motivo=motivo.strip(), dalle=adesso())
    )
    audit.registra("sedute.dichiara_conflitto", punto, attore=attore, dettagli={"posto": seggio_id})


def chiudi_punto(punto: Punto, *, esito: StatoPunto, attore: Utente | None) -> None:
    """Give an item its outcome. One that asks for a decision is «trattato» only after a vote, or when its parts are."""
    _aperta(punto.seduta)
    queries.blocca(punto.seduta, punto)
    parti = [p for p in punto.seduta.punti if p.padre_id == punto.id]
    if esito == StatoPunto.TRATTATO and punto.decide and not punto.votazioni and not parti:
        raise ErroreDominio(_("Su questo punto si deve votare: registra il voto, oppure rinvialo."))
    if punto.aperto_il is not None:
        punto.chiuso_il = max(adesso(), punto.aperto_il)
    advance(punto, PUNTO, ESITI[esito], attore=attore)


def da_fare(punto: Punto, *, cosa: str, chi: str, entro: date | None, attore: Utente | None) -> Azione:
    """Something to do, that comes back at the next sittings until it is done."""
    _aperta(punto.seduta)
    nuova = Azione(
        ambito_id=punto.ambito_id, organo_id=punto.seduta.organo_id, punto_id=punto.id, cosa=cosa.strip(), chi=chi.strip(),
        entro=entro,
    )  # fmt: skip
    sessione.add(nuova)
    audit.registra("sedute.da_fare", punto, attore=attore, dettagli={"chi": nuova.chi})
    return nuova


def fatta(azione: Azione, *, attore: Utente | None) -> None:
    """It is done: it does not come back at the next sittings. Pressed twice, the first time counts."""
    if azione.fatta_il is None:
        azione.fatta_il = adesso()
        audit.registra("sedute.fatta", azione, attore=attore)


def chiudi(seduta: Seduta, *, ora: datetime, attore: Utente | None) -> None:
    """Close the sitting: every item has an outcome, and nothing of it happened after that hour."""
    _nel_presente(ora)
    queries.blocca(seduta)
    if any(istante is not None and ora < istante for istante in _accaduto(seduta)):
        raise ErroreDominio(_("A quell’ora la seduta era ancora in corso: ricontrolla."), "ora")
    seduta.chiusa_il = ora
    advance(seduta, SEDUTA, "chiudi", attore=attore)


def _accaduto(seduta: Seduta) -> list[datetime | None]:
    """When things happened at the sitting: its opening, who moved, votes, items closed."""
    mosse = [m.ora for m in seduta.movimenti if m.annullato_il is None]
    voti = [v.ora for p in seduta.punti for v in p.votazioni]
    return [seduta.aperta_il, *mosse, *voti, *(p.chiuso_il for p in seduta.punti)]


def _dopo_l_ultimo_voto(seduta: Seduta, ora: datetime) -> None:
    """Who was there when a vote was taken is part of it: arrivals and departures before it do not change any more."""
    if (ultimo := queries.ultimo_voto(seduta.id)) and ora < ultimo:
        quando = a_roma(ultimo).strftime("%H:%M:%S")
        raise ErroreDominio(_("Alle %(ora)s si è votato contando chi c’era: prima non si cambia più.", ora=quando), "ora")


def _aperta(seduta: Seduta) -> None:
    if seduta.stato != StatoSeduta.APERTA:
        raise ErroreDominio(_("La seduta non è aperta."))


def _in_corso_o_convocata(seduta: Seduta) -> None:
    if seduta.stato not in (StatoSeduta.CONVOCATA, StatoSeduta.APERTA):
        raise ErroreDominio(_("La seduta è finita: le presenze non cambiano più."))


def _nel_presente(ora: datetime) -> None:
    if ora > adesso() + TOLLERANZA:
        raise ErroreDominio(_("Quest’ora deve ancora venire."), "ora")
