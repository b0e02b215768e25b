"""What a tavolo gives back: the document and its priorities, with the contributions and the sheets of each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete

from ... import audit
from ...db import sessione
from ...errors import ErroreDominio
from ...i18n import _
from ...utenti.models import Utente
from ...workflow import advance
from .. import rules
from ..models import Priorita, PrioritaContributo, PrioritaScheda, StatoTavolo, Tavolo
from ..queries import ufficio as queries
from ..workflow import TAVOLO


@dataclass(frozen=True)
class DatiPriorita:
    """A priority: its links are ids of contributions of the same tavolo and of sheets."""

    titolo: str
    perche: str = ""
    contributi: Collection[int] = ()
    schede: Collection[int] = ()


def scrivi_restituzione(tavolo: Tavolo, *, versione: int, testo: str, attore: Utente | None) -> None:
    """Write the document. Raises ``Conflitto`` when somebody saved meanwhile, ``ErroreDominio`` once it is published."""
    nome = _("Restituzione")
    rules.stessa_versione(tavolo.versione, versione, mio={nome: testo}, salvato={nome: tavolo.restituzione})
    _aperto(tavolo)
    tavolo.restituzione = testo
    sessione.flush()  # a stale version must surface here
    audit.registra("tavoli.scrivi_restituzione", tavolo, attore=attore, riservata=True)


def restituisci(tavolo: Tavolo, *, attore: Utente | None) -> None:
    """Publish the restitution: the tavolo takes no more contributions. Needs its priorities.

    Raises ``ErroreDominio`` with all that is missing: every contribution has had its answer first.
    """
    queries.stato_bloccato(tavolo.id)
    manca = rules.manca_alla_restituzione(
        testo=tavolo.restituzione, senza_risposta=queries.senza_risposta(tavolo.id), priorita=len(tavolo.priorita)
    )
    if manca:
        raise ErroreDominio(" ".join(manca))
    advance(tavolo, TAVOLO, "restituisci", attore=attore)


def _aperto(tavolo: Tavolo) -> None:
    if tavolo.stato != StatoTavolo.APERTO:
        raise ErroreDominio(_("La restituzione è pubblicata: non si cambia più."))


def crea_priorita(tavolo: Tavolo, *, dati: DatiPriorita, attore: Utente | None) -> Priorita:
    """A priority of the tavolo. Raises ``ErroreDominio`` with neither a contribution nor a reason."""
    queries.stato_bloccato(tavolo.id)
    _aperto(tavolo)
    _controlla(dati)
    nuova = Priorita(
        ambito_id=tavolo.ambito_id, tavolo=tavolo, numero=queries.prossima_priorita(tavolo.id), titolo=dati.titolo,
        perche=dati.perche,
    )  # fmt: skip
    sessione.add(nuova)
    sessione.flush()  # its links need its id
    _lega(nuova, PrioritaContributo, "contributo_id", dati.contributi)
    _lega(nuova, PrioritaScheda, "scheda_id", dati.schede)
    audit.registra("tavoli.crea_priorita", nuova, attore=attore, dettagli={"tavolo": tavolo.id}, riservata=True)
    return nuova


def scrivi_priorita(priorita: Priorita, *, versione: int, dati: DatiPriorita, attore: Utente | None) -> None:
    """Change a priority. Needs ``tavolo``. Raises as ``crea_priorita``, and ``Conflitto``."""
    campi = {"titolo": _("Titolo"), "perche": _("Perché")}
    rules.stessa_versione(
        priorita.versione, versione, mio={e: getattr(dati, c) for c, e in campi.items()},
        salvato={e: getattr(priorita, c) for c, e in campi.items()},
    )  # fmt: skip
    _aperto(priorita.tavolo)
    _controlla(dati)
    priorita.titolo, priorita.perche = dati.titolo, dati.perche
    sessione.flush()  # a stale version must surface here
    _lega(priorita, PrioritaContributo, "contributo_id", dati.contributi)
    _lega(priorita, PrioritaScheda, "scheda_id", dati.schede)
    audit.registra(
        "tavoli.scrivi_priorita", priorita, attore=attore, dettagli={"schede": sorted(dati.schede)}, riservata=True
    )


def collega_schede(priorita: Priorita, *, schede: Collection[int], attore: Utente | None) -> None:
    """Which sheets take the priority up: the plan is written after the restitution, so that this never closes."""
    _lega(priorita, PrioritaScheda, "scheda_id", schede)
    audit.registra("tavoli.collega_schede", priorita, attore=attore, dettagli={"schede": sorted(schede)})


def togli_priorita(priorita: Priorita, *, attore: Utente) -> None:
    """Take away a priority that is not published yet. Needs ``tavolo``."""
    _aperto(priorita.tavolo)
    for tabella in (PrioritaContributo, PrioritaScheda):
        sessione.execute(delete(tabella).where(tabella.priorita_id == priorita.id))
    audit.registra("tavoli.togli_priorita", priorita, attore=attore, dettagli={"numero": priorita.numero}, riservata=True)
    sessione.delete(priorita)


def _controlla(dati: DatiPriorita) -> None:
    if difetto := rules.difetto_priorita(dati.perche, dati.contributi):
        raise ErroreDominio(difetto, "perche")


def _lega(
    priorita: Priorita, tabella: type[PrioritaContributo] | type[PrioritaScheda], colonna: str, ids: Collection[int]
) -> None:
    """The links become exactly these."""
    sessione.execute(delete(tabella).where(tabella.priorita_id == priorita.id))
    proprio = {"ambito_id": priorita.ambito_id, "priorita_id": priorita.id}
    sessione.add_all(tabella(**proprio, **{colonna: i}) for i in dict.fromkeys(ids))
