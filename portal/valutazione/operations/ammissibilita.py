"""The formal check of a proposal: yes or no, once, with a reason for every no (L. 241/1990 art. 3)."""

from __future__ import annotations

from ... import access, audit, outbox
from ...clocks import adesso
from ...db import sessione
from ...errors import ErroreDominio, TransizioneNonAmmessa
from ...i18n import _, _l, in_italiano
from ...proposte import operations as proposte
from ...proposte.models import Proposta, StatoProposta
from ...utenti.models import Utente
from ...vincoli import spiega
from .. import queries
from ..models import Ammissibilita
from ..permissions import P

VINCOLI = {"uq_ammissibilita_proposta_id": (None, _l("Un’altra persona ha appena deciso su questa proposta."))}


def decidi(proposta: Proposta, *, ammessa: bool, motivo: str, attore: Utente) -> Ammissibilita:
    """Admit a proposal or not, and tell the ente why. Needs ``proposta.avviso`` and ``proposta.ente``.

    Raises ``NonTrovato`` before the term, ``Vietato`` for who must abstain, ``TransizioneNonAmmessa`` when it was
    decided already, ``ErroreDominio`` on ``motivo`` for a refusal without a reason.
    """
    access.check(P.AMMETTI, proposta, attore)
    if proposta.stato != StatoProposta.PRESENTATA:
        raise TransizioneNonAmmessa(_("Su questa proposta si è già deciso."))
    motivo = motivo.strip()
    if not ammessa and not motivo:
        raise ErroreDominio(_("Scrivi perché non è ammessa: l’ente deve poter capire e rispondere."), "motivo")
    decisione = Ammissibilita(
        proposta_id=proposta.id, ammessa=ammessa, motivo=motivo, decisa_il=adesso(), decisa_da=attore.id
    )
    with spiega(VINCOLI):
        sessione.add(decisione)
    segna = proposte.segna_ammessa if ammessa else proposte.segna_non_ammessa
    segna(proposta, attore=attore)
    audit.registra("valutazione.decidi", decisione, attore=attore, dettagli={"proposta": proposta.id, "ammessa": ammessa})
    _avvisa(proposta, ammessa, motivo)
    return decisione


def _avvisa(proposta: Proposta, ammessa: bool, motivo: str) -> None:
    if ammessa:
        esito = _("La proposta ha i requisiti ed è ammessa alla valutazione della commissione.")
    else:
        esito = _("La proposta non è ammessa alla valutazione. Il motivo è questo:\n\n%(motivo)s", motivo=motivo)
    with in_italiano():
        outbox.accoda(
            a=queries.indirizzi([proposta.ente_id])[proposta.ente_id],
            oggetto=_("%(titolo)s: controllo dei requisiti", titolo=proposta.avviso.titolo),
            testo=_(
                "Abbiamo controllato i requisiti della proposta «%(proposta)s» di %(ente)s.\n\n%(esito)s\n\n"
                "Trovi la proposta nell’area del tuo ente.",
                proposta=proposta.titolo,
                ente=proposta.ente.denominazione,
                esito=esito,
            ),
            ambito_id=proposta.ambito_id,
            riferimento=proposta,
        )
