"""What there is to do in the office of an Ambito. Each area adds a function to ``FONTI``: a few counts, no list.

A source costs a fixed number of queries, whatever there is; what counts zero is not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..ambiti.queries import impostazione_numero
from ..avvisi import queries as avvisi
from ..avvisi.models import StatoAvviso
from ..clocks import oggi
from ..guida import queries as guida
from ..guida.rules import confine_verifica
from ..i18n import _n
from ..progetti import queries as progetti
from ..rete import queries as rete
from ..rete.queries import elezioni
from ..sedute.queries import proposte as punti_proposti
from ..tavoli.queries import ufficio as tavoli
from ..utenti.models import Utente
from ..verbale import queries as verbali
from . import queries


@dataclass(frozen=True)
class Voce:
    """A line of the desk: how many things, in words, and the page where they are done. ``urgente``: a term runs."""

    testo: str
    quante: int
    endpoint: str
    valori: Mapping[str, Any] = field(default_factory=dict)
    urgente: bool = False


Fonte = Callable[[Utente], Iterable[Voce]]
"""What there is to do for a person of the office: most things are the same for all of them."""


def degli_avvisi(_utente: Utente) -> Iterable[Voce]:
    per_stato = avvisi.conta_per_stato()
    bozze, chiusi = per_stato.get(StatoAvviso.BOZZA, 0), per_stato.get(StatoAvviso.CHIUSO, 0)
    aperti = len(avvisi.aperti(100))
    scaduti = per_stato.get(StatoAvviso.PUBBLICATO, 0) - aperti
    da_valutare = chiusi + max(scaduti, 0)
    yield Voce(_n("avviso in bozza", "avvisi in bozza", bozze), bozze, "avvisi.ufficio")
    yield Voce(_n("avviso aperto", "avvisi aperti", aperti), aperti, "avvisi.ufficio")
    testo = _n("avviso chiuso, da valutare", "avvisi chiusi, da valutare", da_valutare)
    yield Voce(testo, da_valutare, "valutazione.ufficio", urgente=True)


def dei_progetti(_utente: Utente) -> Iterable[Voce]:
    da_creare = len(progetti.da_creare())
    testo = _n("proposta selezionata senza progetto", "proposte selezionate senza progetto", da_creare)
    yield Voce(testo, da_creare, "progetti.ufficio")


def delle_sedute(_utente: Utente) -> Iterable[Voce]:
    proposti = punti_proposti.conta_da_decidere()
    testo = _n("punto proposto da un componente, da decidere", "punti proposti dai componenti, da decidere", proposti)
    yield Voce(testo, proposti, "sedute.ufficio")


def della_guida(_utente: Utente) -> Iterable[Voce]:
    superate = guida.conta_da_verificare(confine_verifica(oggi(), impostazione_numero("guida_mesi")))
    bozze = guida.conta_bozze()
    testo = _n("pagina della guida da verificare", "pagine della guida da verificare", superate)
    yield Voce(testo, superate, "guida.ufficio", {"filtro": "da_verificare"})
    testo = _n("pagina della guida in bozza", "pagine della guida in bozza", bozze)
    yield Voce(testo, bozze, "guida.ufficio", {"filtro": "bozze"})


def della_rete(_utente: Utente) -> Iterable[Voce]:
    richieste = rete.conta_da_decidere()
    testo = _n("richiesta di entrare nella Rete, da decidere", "richieste di entrare nella Rete, da decidere", richieste)
    yield Voce(testo, richieste, "rete.ufficio", urgente=True)
    decadenze = elezioni.conta_decadenze()
    testo = _n(
        "decadenza da dichiarare fra gli eletti della Rete", "decadenze da dichiarare fra gli eletti della Rete", decadenze
    )
    yield Voce(testo, decadenze, "rete.ufficio", urgente=True)


def dei_verbali(_utente: Utente) -> Iterable[Voce]:
    da_scrivere, da_rispondere = len(verbali.da_scrivere()), verbali.da_rispondere()
    testo = _n("seduta conclusa senza verbale", "sedute concluse senza verbale", da_scrivere)
    yield Voce(testo, da_scrivere, "verbale.elenco")
    testo = _n("osservazione a un verbale, da rispondere", "osservazioni ai verbali, da rispondere", da_rispondere)
    yield Voce(testo, da_rispondere, "verbale.elenco", urgente=True)


def dei_tavoli(_utente: Utente) -> Iterable[Voce]:
    richieste, contributi = tavoli.conta_richieste(), tavoli.conta_da_rispondere()
    testo = _n(
        "richiesta di partecipare a un tavolo, da decidere", "richieste di partecipare ai tavoli, da decidere", richieste
    )
    yield Voce(testo, richieste, "tavoli.ufficio", urgente=True)
    testo = _n("contributo a un tavolo senza risposta", "contributi ai tavoli senza risposta", contributi)
    yield Voce(testo, contributi, "tavoli.ufficio")


def dei_messaggi(utente: Utente) -> Iterable[Voce]:
    falliti, trattenuti = queries.conta_messaggi(utente, "falliti"), queries.conta_messaggi(utente, "trattenuti")
    testo = _n("messaggio che non è partito", "messaggi che non sono partiti", falliti)
    yield Voce(testo, falliti, "home.messaggi", {"filtro": "falliti"}, urgente=True)
    testo = _n("messaggio che aspetta il tuo controllo", "messaggi che aspettano il tuo controllo", trattenuti)
    yield Voce(testo, trattenuti, "home.messaggi", {"filtro": "trattenuti"}, urgente=True)


FONTI: tuple[Fonte, ...] = (
    degli_avvisi,
    dei_progetti,
    della_rete,
    delle_sedute,
    dei_verbali,
    dei_tavoli,
    della_guida,
    dei_messaggi,
)


def da_fare(utente: Utente, fonti: Iterable[Fonte] = FONTI) -> list[Voce]:
    """Everything that waits, urgent things first."""
    voci = [voce for fonte in fonti for voce in fonte(utente) if voce.quante]
    return sorted(voci, key=lambda v: not v.urgente)
