"""Items that members ask for: proposed, put on an agenda or declined with a reason. Audit inside; never commits."""

from __future__ import annotations

from dataclasses import dataclass

from ... import audit, outbox
from ...clocks import adesso
from ...db import sessione
from ...errors import ErroreDominio
from ...i18n import _, in_italiano
from ...utenti.models import Utente
from ...workflow import advance
from ..models import Punto, PuntoProposto, Seduta, StatoSeduta
from ..queries import proposte as queries
from ..rules.parole import quando
from ..workflow import PUNTO_PROPOSTO
from . import sedute

IN_ATTESA = 20
"""Items of one member that wait for an answer: more are not read."""


@dataclass(frozen=True)
class DatiProposta:
    """``seggio_id``: the seat in whose name it is proposed; ``testo``: what the body would decide (Markdown)."""

    seggio_id: int
    titolo: str
    motivo: str
    testo: str = ""


def proponi(*, dati: DatiProposta, attore: Utente) -> PuntoProposto:
    """Ask for an item. Raises ``ErroreDominio`` on a seat that is not the member's today, or with too many that wait."""
    posto = next((p for p in queries.posti_di(attore.id) if p.seggio_id == dati.seggio_id), None)
    if posto is None:
        raise ErroreDominio(_("Scegli un organo in cui siedi oggi."), "seggio_id")
    if queries.in_attesa_di(attore.id) >= IN_ATTESA:
        raise ErroreDominio(_("Hai già %(n)s proposte in attesa: aspetta una risposta.", n=IN_ATTESA))
    nuovo = PuntoProposto(
        ambito_id=posto.ambito_id, organo_id=posto.organo_id, seggio_id=posto.seggio_id, utente_id=attore.id,
        titolo=dati.titolo.strip(), motivo=dati.motivo.strip(), testo=dati.testo.strip(), proposto_il=adesso(),
    )  # fmt: skip
    sessione.add(nuovo)
    audit.registra("sedute.proponi_punto", nuovo, attore=attore, dettagli={"organo": posto.organo_id})
    return nuovo


def accogli(proposto: PuntoProposto, seduta: Seduta, *, attore: Utente | None, pagina: str = "") -> Punto:
    """Put it at the end of the agenda of a draft of the same body, and tell who proposed it.

    Raises ``TransizioneNonAmmessa`` when somebody has answered meanwhile, ``ErroreDominio`` on a sitting already convened.
    """
    if seduta.stato != StatoSeduta.BOZZA or seduta.organo_id != proposto.organo_id:
        raise ErroreDominio(_("Scegli una seduta di quest’organo ancora da convocare."))
    queries.blocca(proposto)
    dati = sedute.DatiPunto(proposto.titolo, relatore=proposto.seggio.rappresenta, proposta=proposto.testo)
    punto = sedute.aggiungi_punto(seduta, dati=dati, attore=attore)
    proposto.punto_id = punto.id
    advance(proposto, PUNTO_PROPOSTO, "accogli_punto_proposto", attore=attore, dettagli={"seduta": seduta.numero})
    with in_italiano():
        oggetto = _("Il punto che hai proposto va all’ordine del giorno")
        testo = _(
            "«%(titolo)s» è all’ordine del giorno della seduta del %(quando)s: %(organo)s.",
            titolo=proposto.titolo, quando=quando(seduta.inizio), organo=seduta.organo.nome,
        )  # fmt: skip
    _scrivi(proposto, oggetto, testo, pagina)
    return punto


def respingi(proposto: PuntoProposto, *, motivo: str, attore: Utente | None, pagina: str = "") -> None:
    """Decline it, with the reason, and tell who proposed it. Raises as ``accogli``."""
    if not motivo.strip():
        raise ErroreDominio(_("Scrivi perché: lo legge chi l’ha proposto."), "motivo")
    queries.blocca(proposto)
    proposto.risposta = motivo.strip()
    advance(proposto, PUNTO_PROPOSTO, "respingi_punto_proposto", attore=attore)
    with in_italiano():
        oggetto = _("Il punto che hai proposto non va all’ordine del giorno")
        testo = _("«%(titolo)s». Perché: %(motivo)s", titolo=proposto.titolo, motivo=proposto.risposta)
    _scrivi(proposto, oggetto, testo, pagina)


def _scrivi(proposto: PuntoProposto, oggetto: str, testo: str, pagina: str) -> None:
    outbox.accoda(
        a=queries.indirizzo_di(proposto.utente_id), oggetto=oggetto, testo="\n\n".join(t for t in (testo, pagina) if t),
        ambito_id=proposto.ambito_id, riferimento=proposto, trattenuto=True,
    )  # fmt: skip
