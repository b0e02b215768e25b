"""Who sits in a member's place: written by the office or by the member, the last one counts. Audit inside; never commits."""

from __future__ import annotations

from ... import audit
from ...clocks import adesso
from ...errors import ErroreDominio
from ...i18n import _
from ...utenti.models import Utente
from .. import queries
from ..models import Convocato, Risposta, Seduta, StatoSeduta
from ..rules import deleghe


def delega(
    seduta: Seduta,
    convocato: Convocato,
    *,
    delegato: str = "",
    a_posto: int | None = None,
    nota: str | None = None,
    attore: Utente | None,
) -> None:
    """Who sits in the holder's place at this sitting: somebody by role, or the member of a seat; neither: the holder.

    ``nota``: the act of the delegation; None leaves it as it is, and a delegate who does not change changes nothing.

    Raises ``ErroreDominio`` on more delegations than the body allows, or to whom it does not.
    """
    if seduta.stato not in (StatoSeduta.CONVOCATA, StatoSeduta.APERTA):
        raise ErroreDominio(_("La seduta è finita: le deleghe non cambiano più."))
    queries.blocca(seduta)
    queries.rileggi_convocati(seduta)
    prima = (convocato.delegato, convocato.delegato_seggio_id)
    scrivi(seduta, convocato, delegato=delegato, a_posto=a_posto, nota=nota)
    if nota is None and prima == (convocato.delegato, convocato.delegato_seggio_id):
        return
    if convocato.delegato:
        convocato.risposta, convocato.risposta_il = Risposta.DELEGA, adesso()
        convocato.giustificata, convocato.motivo_assenza = False, ""
    elif convocato.risposta == Risposta.DELEGA:
        convocato.risposta = convocato.risposta_il = None
    audit.registra("sedute.delega", convocato, attore=attore, dettagli={"delegato": convocato.delegato or None})


def scrivi(seduta: Seduta, convocato: Convocato, *, delegato: str, a_posto: int | None, nota: str | None = "") -> None:
    """Set the delegate, within the body's rules. The sitting is held and its members are read again."""
    nome = " ".join(delegato.split())
    collega = _collega(seduta, nome, a_posto)
    if collega is not None:
        nome = collega.seggio.rappresenta
    if nome:
        _entro_le_regole(seduta, convocato, deleghe.Posto(collega.seggio_id) if collega else nome.casefold())
    convocato.delegato, convocato.delegato_seggio_id = nome, collega.seggio_id if collega else None
    scritta = convocato.delega_nota if nota is None else nota.strip()
    convocato.delega_nota = scritta if nome else ""


def _collega(seduta: Seduta, nome: str, a_posto: int | None) -> Convocato | None:
    """The member who is meant, by seat or by the words of the seat."""
    if a_posto is None:
        return next((c for c in seduta.convocati if nome and c.seggio.rappresenta.casefold() == nome.casefold()), None)
    trovato = next((c for c in seduta.convocati if c.seggio_id == a_posto), None)
    if trovato is None:
        raise ErroreDominio(_("Quel posto non è fra i convocati."), "a_posto")
    return trovato


def _entro_le_regole(seduta: Seduta, convocato: Convocato, delegato: deleghe.Posto | str) -> None:
    altre = [_di(c) for c in seduta.convocati if c.delegato and c.id != convocato.id]
    tutte = [*altre, deleghe.Delega(convocato.seggio_id, delegato)]
    massimo = seduta.organo.deleghe_massime
    deleghe.controlla(tutte, ammesse=massimo > 0, per_persona=massimo)
    deleghe.fra_componenti(tutte, ammesse=seduta.organo.deleghe_ai_componenti)


def _di(c: Convocato) -> deleghe.Delega:
    a_chi = deleghe.Posto(c.delegato_seggio_id) if c.delegato_seggio_id is not None else c.delegato.casefold()
    return deleghe.Delega(c.seggio_id, a_chi)
