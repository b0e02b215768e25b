"""The letters of a sitting. Held, all of them: a person of the office looks at them before they leave."""

from __future__ import annotations

from typing import Any

from ... import outbox
from ...db import sessione
from ...i18n import _, _l, in_italiano
from .. import queries
from ..models import PuntoDocumento, Seduta, StatoSeduta
from ..rules.agenda import numera
from ..rules.parole import quando


def cambia_la_convocazione(seduta: Seduta, *, pagina: str = "") -> None:
    """Who was convened reads the new agenda in a letter and in the calendar."""
    if seduta.stato == StatoSeduta.CONVOCATA:
        seduta.sequenza += 1
        sessione.flush()  # the letter lists the items in their order
        scrivi_ai_convocati(seduta, _l("Cambia l’ordine del giorno"), pagina=pagina)


def scrivi_ai_convocati(seduta: Seduta, che_cosa: Any, *, pagina: str = "") -> None:
    """A letter to each account of who is convened, with the agenda."""
    with in_italiano():
        numeri = numera(seduta.punti)
        righe = [
            *([_("Dove: %(luogo)s", luogo=seduta.luogo)]),
            *([_("Da lontano: %(indirizzo)s", indirizzo=seduta.collegamento)] if seduta.collegamento else []),
            *([_("Protocollo: %(numero)s", numero=seduta.protocollo)] if seduta.protocollo else []),
            *([_("Perché: %(motivo)s", motivo=seduta.motivo)] if seduta.motivo else []),
            "",
            _("Ordine del giorno"),
            *(f"{numeri[p.id]}. {p.titolo}" for p in seduta.punti),
        ]
    _accoda(seduta, che_cosa, righe, pagina)


def scrivi_di_un_documento(documento: PuntoDocumento, seduta: Seduta, *, pagina: str = "") -> None:
    """A paper was added after the call: what it is, and of which item."""
    with in_italiano():
        punto = documento.punto
        voce = f"{numera(seduta.punti)[punto.id]}. {punto.titolo}"
        righe = ["", _("Si aggiunge «%(titolo)s» al punto %(voce)s", titolo=documento.titolo, voce=voce)]
    _accoda(seduta, _l("Un documento in più"), righe, pagina)


def _accoda(seduta: Seduta, che_cosa: Any, righe: list[str], pagina: str) -> None:
    """One to each; a letter on the same matter that nobody has let go yet says the latest instead of being one of many."""
    indirizzi = queries.indirizzi(seduta.id)
    if not indirizzi:
        return
    with in_italiano():
        testa = [f"{che_cosa}: {seduta.organo.nome}", _("Quando: %(quando)s", quando=quando(seduta.inizio))]
        coda = ["", _("La convocazione, i documenti e la tua risposta: %(pagina)s", pagina=pagina)] if pagina else []
        oggetto = _(
            "%(cosa)s: %(organo)s, %(quando)s", cosa=che_cosa, organo=seduta.organo.nome, quando=quando(seduta.inizio)
        )
    testo = "\n".join([*testa, *righe, *coda])
    gia = outbox.riscrivi_trattenuti(seduta, oggetto=oggetto, testo=testo)
    outbox.accoda(
        a=[i for i in indirizzi if i not in gia], oggetto=oggetto, testo=testo, ambito_id=seduta.ambito_id,
        riferimento=seduta, trattenuto=True,
    )  # fmt: skip
