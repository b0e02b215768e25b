"""The order of the agenda: items go up and down, and their parts with them. Audit inside; never commits."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import case, update
from sqlalchemy.orm.attributes import set_committed_value

from ... import audit
from ...db import sessione
from ...errors import ErroreDominio, TransizioneNonAmmessa
from ...i18n import _
from ...utenti.models import Utente
from .. import queries
from ..models import Punto, Seduta, StatoSeduta
from ..rules.agenda import spostato
from . import lettere


def sposta_punto(punto: Punto, *, su: bool, attore: Utente | None, pagina: str = "") -> None:
    """One place up or down among its peers. After the call, who was convened is told the new order.

    Raises ``ErroreDominio`` once the sitting has begun, or where there is nowhere to go.
    """
    seduta = punto.seduta
    if seduta.stato not in (StatoSeduta.BOZZA, StatoSeduta.CONVOCATA):
        raise ErroreDominio(_("La seduta è cominciata: l’ordine dei punti non cambia più."))
    queries.blocca(seduta)
    metti_in_fila(seduta, spostato(seduta.punti, punto.id, su=su))
    lettere.cambia_la_convocazione(seduta, pagina=pagina)
    audit.registra("sedute.sposta_punto", punto, attore=attore, dettagli={"posto": punto.ordine})


def metti_in_fila(seduta: Seduta, fila: Sequence[Punto]) -> None:
    """Write the places of all the items of a sitting that is held. Who is writing on one meets no conflict: not its words.

    Raises ``TransizioneNonAmmessa`` when somebody added, took away or moved one meanwhile.
    """
    prima = sorted(fila, key=lambda p: p.ordine)
    if [p.id for p in prima] != queries.fila(seduta.id):
        raise TransizioneNonAmmessa(_("Qualcuno l’ha già fatto, o la pagina non è aggiornata: ricaricala."))
    posti = {p.id: n for n, p in enumerate(fila, 1)}
    suoi = update(Punto).where(Punto.seduta_id == seduta.id)
    senza_rileggere = {"synchronize_session": False}
    # first out of the way: two items may not hold the same place even for an instant
    sessione.execute(suoi.values(ordine=-Punto.ordine), execution_options=senza_rileggere)
    sessione.execute(suoi.values(ordine=case(posti, value=Punto.id)), execution_options=senza_rileggere)
    for punto in fila:
        set_committed_value(punto, "ordine", posti[punto.id])
    set_committed_value(seduta, "punti", list(fila))
