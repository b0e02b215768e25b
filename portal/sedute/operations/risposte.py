"""What who is convened does with the call: reads it, says whether they come; and how the office proves that it arrived.

Why somebody does not come is theirs and the office's: the register says only whether there was a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from ... import audit
from ...clocks import adesso
from ...errors import Conflitto, ErroreDominio
from ...i18n import _
from ...utenti.models import Utente
from .. import queries
from ..models import Canale, Convocato, Risposta, Seduta, StatoSeduta
from ..rules.consegna import vista
from . import deleghe


@dataclass(frozen=True)
class DatiRisposta:
    """``motivo``: of an absence. ``delegato`` by role, or ``a_posto`` the seat of another member, with a ``nota``."""

    risposta: Risposta
    motivo: str = ""
    delegato: str = ""
    a_posto: int | None = None
    nota: str = ""


def leggi(convocato: Convocato, *, attore: Utente | None) -> None:
    """The call has been read. Said twice, the first time counts."""
    if convocato.letta_il is None:
        convocato.letta_il = adesso()
        audit.registra("sedute.leggi", convocato, attore=attore)


def rispondi(seduta: Seduta, convocato: Convocato, *, dati: DatiRisposta, attore: Utente | None) -> None:
    """Say whether one comes. It may change until the sitting opens, and it takes back the delegation of before.

    Raises ``ErroreDominio`` once it has opened, on a delegation to nobody, or to whom the body does not allow.
    """
    if seduta.stato != StatoSeduta.CONVOCATA:
        raise ErroreDominio(_("La seduta è già cominciata, o non si tiene: la risposta non cambia più."))
    queries.blocca(seduta)
    queries.rileggi_convocati(seduta)
    if dati.risposta == Risposta.DELEGA:
        if not dati.delegato.strip() and dati.a_posto is None:
            raise ErroreDominio(_("Scrivi chi mandi al tuo posto."), "delegato")
        deleghe.scrivi(seduta, convocato, delegato=dati.delegato, a_posto=dati.a_posto, nota=dati.nota)
    else:
        deleghe.scrivi(seduta, convocato, delegato="", a_posto=None)
    convocato.risposta, convocato.risposta_il = dati.risposta, adesso()
    convocato.motivo_assenza = dati.motivo.strip() if dati.risposta == Risposta.NON_VIENE else ""
    convocato.giustificata = bool(convocato.motivo_assenza)
    convocato.letta_il = convocato.letta_il or adesso()
    audit.registra(
        "sedute.rispondi",
        convocato,
        attore=attore,
        dettagli={"risposta": dati.risposta, "giustificata": convocato.giustificata, "delegato": convocato.delegato or None},
    )


@dataclass(frozen=True)
class DatiConsegna:
    """How the call was sent and how far it got; instants aware. ``prova``: how it is known."""

    canale: Canale | None
    spedita_il: datetime | None = None
    consegnata_il: datetime | None = None
    letta_il: datetime | None = None
    prova: str = ""


def prova_consegna(seduta: Seduta, convocato: Convocato, *, dati: DatiConsegna, letta: str, attore: Utente | None) -> None:
    """Write down how it is known that the call arrived. ``letta``: the ``vista`` of the page that one writes from.

    Raises ``Conflitto`` when somebody wrote meanwhile (the member may have read), ``ErroreDominio`` on steps out of order
    or still to come.
    """
    queries.blocca(seduta)
    queries.rileggi_convocati(seduta)
    if letta != vista(convocato):
        raise Conflitto(
            _("Mentre scrivevi, è cambiato quello che si sa di questa convocazione."),
            mio={_("Prova"): dati.prova}, salvato={_("Prova"): convocato.prova},
        )  # fmt: skip
    _in_fila(dati)
    for campo, valore in dati.__dict__.items():
        setattr(convocato, campo, valore)
    audit.registra(
        "sedute.prova_consegna", convocato, attore=attore, dettagli={"canale": dati.canale, "prova": convocato.prova}
    )


def _in_fila(dati: DatiConsegna) -> None:
    passi = [("spedita_il", dati.spedita_il), ("consegnata_il", dati.consegnata_il), ("letta_il", dati.letta_il)]
    fatti = [(campo, istante) for campo, istante in passi if istante is not None]
    for (_prima, uno), (campo, altro) in pairwise(fatti):
        if altro < uno:
            raise ErroreDominio(_("Viene prima del passo precedente: ricontrolla."), campo)
    if fatti and fatti[-1][1] > adesso():
        raise ErroreDominio(_("Questo momento deve ancora venire."), fatti[-1][0])
    if dati.canale is None and fatti:
        raise ErroreDominio(_("Scegli come è stata mandata."), "canale")
