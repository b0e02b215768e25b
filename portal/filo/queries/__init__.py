"""The threads that the pages show: what came before and after a thing, in the order of the law and of the money.

Only public facts. A proposal shows its own step only on its ente's pages.
"""

from __future__ import annotations

from dataclasses import replace

from ...avvisi.models import Avviso
from ...db import sessione
from ...guida.models import Servizio
from ...i18n import _, _n
from ...money import scrivi_euro
from ...piano.models import Ciclo, Scheda
from ...progetti.models import Progetto
from ...proposte.models import Proposta
from ...sedute.models import Seduta
from ...tavoli.models import Tavolo
from ...web import indirizzo
from ..rules import Catena, Nodo, Passo, RigaFilo
from . import decisioni, oggetti
from .catena import SENZA_AVVISO, da_riga, leggi, mostra, segna_qui, senza_avviso
from .oggetti import Oggetto
from .piano import passi_piano as passi_piano


def passi_tavolo(tavolo: Tavolo) -> tuple[RigaFilo, ...]:
    """What came of a tavolo: its first priority in the plan, and what followed. Needs its meetings and priorities."""
    restituito = tavolo.restituito_il
    legate = [(p, s) for p in tavolo.priorita for s in p.schede] if restituito else []
    riga = leggi("scheda", legate[0][1].id, tavolo.ambito_id) if legate else None
    catena = senza_avviso(da_riga(riga, Passo.BISOGNO)) if riga else Catena({}, Passo.BISOGNO)
    giorno = min((i.giorno for i in tavolo.incontri), default=None)
    propri = {Passo.BISOGNO: Nodo(tavolo.titolo, None, giorno)}
    if restituito and tavolo.priorita:
        prima = legate[0][0] if legate else tavolo.priorita[0]
        altre = len(tavolo.priorita) - 1
        quante = (
            _n("e un’altra priorità di questo tavolo", "e altre %(num)s priorità di questo tavolo", altre) if altre else ""
        )
        propri[Passo.PRIORITA] = Nodo(prima.titolo, f"#priorita-{prima.numero}", restituito, quante)
    else:
        catena.nodi.pop(Passo.PRIORITA, None)
    return mostra(Catena({**catena.nodi, **propri}, Passo.BISOGNO, catena.non_previsti))


def passi_avviso(avviso: Avviso) -> tuple[RigaFilo, ...]:
    """The thread of a published call."""
    riga = leggi("avviso", avviso.id, avviso.ambito_id)
    return mostra(da_riga(riga, Passo.AVVISO)) if riga else ()


def passi_scheda(scheda: Scheda) -> tuple[RigaFilo, ...]:
    """The thread of a sheet of the plan."""
    riga = leggi("scheda", scheda.id, scheda.ambito_id)
    return mostra(senza_avviso(da_riga(riga, Passo.SCHEDA))) if riga else ()


def passi_progetto(progetto: Progetto) -> tuple[RigaFilo, ...]:
    """The thread of a project: its own call and proposal."""
    riga = leggi("proposta", progetto.proposta_id, progetto.ambito_id)
    if riga is None:
        return ()
    catena = da_riga(riga, Passo.CONVENZIONE)
    nodo = Nodo(
        progetto.titolo, None, progetto.approvato_il, _("Contributo %(euro)s", euro=scrivi_euro(progetto.contributo))
    )
    return mostra(replace(catena, nodi={**catena.nodi, Passo.CONVENZIONE: nodo}))


def passi_servizio(servizio: Servizio) -> tuple[RigaFilo, ...]:
    """How a service of the guide was decided."""
    proprio = Nodo(servizio.titolo, None, servizio.verificato_il)
    if servizio.scheda_id is None:
        return mostra(Catena({Passo.SERVIZIO: proprio}, Passo.SERVIZIO, SENZA_AVVISO))
    riga = leggi("scheda", servizio.scheda_id, servizio.ambito_id)
    if riga is None:
        return ()
    catena = da_riga(riga, Passo.SERVIZIO)
    return mostra(senza_avviso(replace(catena, nodi={**catena.nodi, Passo.SERVIZIO: proprio})))


def passi_proposta(proposta: Proposta, *, pubblico: bool) -> tuple[RigaFilo, ...]:
    """The thread of a proposal, for its own ente (``pubblico`` False) or for everyone."""
    riga = leggi("avviso", proposta.avviso_id, proposta.ambito_id)
    if riga is None:
        return ()
    catena = da_riga(riga, Passo.PROPOSTA)
    if pubblico:
        return mostra(catena)
    mia = Nodo(proposta.titolo or _("La nostra proposta"), None, proposta.presentata_il)
    return mostra(replace(catena, nodi={**catena.nodi, Passo.PROPOSTA: mia}))


DECISE = ("piano", "scheda", "avviso", "progetto")
"""Kinds of things that have a thread, among those that a body decides on."""


def passi_seduta(seduta: Seduta) -> tuple[Oggetto, tuple[RigaFilo, ...]] | None:
    """What came before and after the first thing that the sitting decided on and everyone may open, with that thing.

    None when it decided on nothing of the kind. Needs the body of the sitting.
    """
    chiavi = decisioni.oggetti_di(seduta.id, DECISE)
    aperti = oggetti.leggi(chiavi, None)
    trovato = next((aperti[chiave] for chiave in chiavi if chiave in aperti), None)
    if trovato is None:
        return None
    pagina = indirizzo("sedute.seduta", slug=seduta.organo.slug, numero=seduta.numero)
    if trovato.tipo == "piano":
        return trovato, passi_piano(sessione.get_one(Ciclo, trovato.id), seduta=pagina)
    riga = leggi(trovato.tipo, trovato.id, seduta.ambito_id)
    assert riga is not None  # it was just read, in the same transaction
    catena = senza_avviso(da_riga(riga, None))
    segnate = {passo: segna_qui(prese, pagina) for passo, prese in catena.decisioni.items()}
    return trovato, mostra(replace(catena, decisioni=segnate))
