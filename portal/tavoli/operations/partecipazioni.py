"""An ente asks to sit at a tavolo, the office decides with a reason and an act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ... import access, audit, outbox
from ...clocks import adesso
from ...db import sessione
from ...enti.models import Ente
from ...errors import ErroreDominio, FuoriTermine
from ...i18n import _, _l, in_italiano
from ...utenti import queries as utenti
from ...utenti.models import Utente
from ...vincoli import spiega
from ...workflow import advance
from .. import rules
from ..models import Partecipazione, StatoPartecipazione, Tavolo
from ..permissions import P
from ..workflow import PARTECIPAZIONE

VINCOLI = {
    "uq_partecipazione_una_per_ente": (None, _l("L’ente ha già chiesto di partecipare a questo tavolo, o ne fa già parte."))
}


def chiedi(
    tavolo: Tavolo, ente: Ente, *, chi: str, perche: str, attore: Utente | None, arrivo: datetime | None = None
) -> Partecipazione:
    """Ask to take part; ``arrivo``: when the form reached us. Needs ``tavolo.percorso``.

    Raises ``FuoriTermine`` after the term, ``ErroreDominio`` when a request is alive already.
    """
    if difetto := rules.chiuso_alle_istanze(tavolo, rules.giorno_di(arrivo)):
        raise FuoriTermine(difetto)
    nuova = Partecipazione(
        ambito_id=tavolo.ambito_id, tavolo=tavolo, tavolo_id=tavolo.id, ente=ente, ente_id=ente.id,
        stato=StatoPartecipazione.RICHIESTA, attiva=1, chi=chi, perche=perche, chiesta_il=adesso(),
        chiesta_da=attore.id if attore else None, motivo="",
    )  # fmt: skip
    if attore is not None:
        access.check(P.CHIEDI, nuova, attore)
    with spiega(VINCOLI):
        sessione.add(nuova)
    audit.registra("tavoli.chiedi", nuova, attore=attore, dettagli={"ente": ente.id, "tavolo": tavolo.id}, riservata=True)
    return nuova


def ritira(partecipazione: Partecipazione, *, attore: Utente) -> None:
    """Take the request back, or leave the tavolo."""
    advance(partecipazione, PARTECIPAZIONE, "ritira", attore=attore, dettagli={"ente": partecipazione.ente_id})
    partecipazione.attiva = None


@dataclass(frozen=True)
class Decisione:
    """What the office decides of a request."""

    ammessa: bool
    motivo: str
    atto: str


def decidi(
    partecipazione: Partecipazione, decisione: Decisione, *, versione: int, attore: Utente | None, collegamento: str = ""
) -> None:
    """Admit or refuse, and write to the ente (the letter waits for a look). Needs ente and tavolo.

    Raises ``Conflitto`` when somebody was faster, ``Vietato`` for who must abstain, ``ErroreDominio`` on ``motivo`` for a
    refusal without one (art. 3 L. 241/1990).
    """
    rules.stessa_versione(
        partecipazione.versione, versione,
        mio={_("Motivo"): decisione.motivo, _("Atto"): decisione.atto},
        salvato={_("Motivo"): partecipazione.motivo, _("Atto"): partecipazione.atto or ""},
    )  # fmt: skip
    if not decisione.ammessa and not decisione.motivo:
        raise ErroreDominio(_("Scrivi perché no: l’ente deve poter capire e rispondere."), "motivo")
    nome = "ammetti" if decisione.ammessa else "respingi"
    advance(partecipazione, PARTECIPAZIONE, nome, attore=attore, dettagli={"atto": decisione.atto})
    partecipazione.motivo, partecipazione.atto = decisione.motivo, decisione.atto
    partecipazione.decisa_da = attore.id if attore else None
    if not decisione.ammessa:
        partecipazione.attiva = None
    sessione.flush()  # a decision taken meanwhile must surface here
    _scrivi(partecipazione, collegamento)


def _scrivi(p: Partecipazione, collegamento: str) -> None:
    """Held until somebody of the office has looked at it: a decision is not a notice."""
    nomi = {"ente": p.ente.denominazione, "tavolo": p.tavolo.titolo, "atto": p.atto}
    with in_italiano():
        if p.stato == StatoPartecipazione.AMMESSA:
            testo = _("%(ente)s è ammesso al tavolo «%(tavolo)s» (%(atto)s).", **nomi)
        else:
            testo = _("%(ente)s non è ammesso al tavolo «%(tavolo)s» (%(atto)s).", **nomi)
        parti = [testo, _("Motivo: %(motivo)s", motivo=p.motivo) if p.motivo else "", collegamento]
        outbox.accoda(
            a=[p.ente.pec, *utenti.indirizzi_dell_ente(p.ente_id)],
            oggetto=_("Tavolo «%(tavolo)s»: la decisione sulla vostra richiesta", tavolo=p.tavolo.titolo),
            testo="\n\n".join(parte for parte in parti if parte),
            ambito_id=p.ambito_id,
            riferimento=p,
            trattenuto=True,
        )
