"""Percorsi and tavoli for tests: open today, with the few differences a test cares about."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from portal.ambiti.models import Ambito
from portal.clocks import adesso, oggi
from portal.enti.models import Ente
from portal.tavoli.models import (
    Area,
    Contributo,
    EsitoContributo,
    Fase,
    Incontro,
    Mittente,
    Momento,
    Partecipazione,
    Percorso,
    Priorita,
    PrioritaContributo,
    PrioritaScheda,
    StatoContributo,
    StatoPartecipazione,
    StatoPercorso,
    StatoTavolo,
    Tavolo,
    TavoloArea,
)
from portal.utenti.rules import impronta
from tests.fabbrica import salva

_n = count(1)


def percorso(ambito: Ambito, slug: str | None = None, *, bozza: bool = False, **altro: Any) -> Percorso:
    """A percorso that takes requests and contributions from ten days ago to ten days from now."""
    n = next(_n)
    oggi_ = oggi()
    valori = {
        "titolo": f"Percorso {n}",
        "presentazione": "Per scrivere il piano.",
        "atto": "Determinazione n. 1",
        "atto_il": oggi_ - timedelta(days=20),
        "istanze_al": oggi_ + timedelta(days=10),
        "contributi_dal": oggi_ - timedelta(days=10),
        "contributi_al": oggi_ + timedelta(days=10),
        "cittadini": True,
        **altro,
    }
    nuovo = Percorso(
        ambito_id=ambito.id,
        slug=slug or f"percorso-{n}",
        stato=StatoPercorso.BOZZA if bozza else StatoPercorso.PUBBLICATO,
        pubblicato_il=None if bozza else adesso(),
        creato_il=adesso(),
        **valori,
    )
    nuovo.fasi = [
        Fase(ambito_id=ambito.id, numero=i, titolo=f"Fase numero {i}", testo="", dal=date(2026, i, 1), al=date(2026, i, 20))
        for i in range(1, 7)
    ]
    return salva(nuovo)


def tavolo(di: Percorso, slug: str | None = None, *, aree: tuple[Area, ...] = (Area.INCLUSIONE,), **altro: Any) -> Tavolo:
    n = next(_n)
    valori = {"numero": n % 900 + 1, "titolo": f"Tavolo di prova {n}", "testo": "Si parla di bisogni.", **altro}
    stato = valori.pop("stato", StatoTavolo.APERTO)
    restituito = stato == StatoTavolo.RESTITUITO
    nuovo = Tavolo(
        ambito_id=di.ambito_id, percorso_id=di.id, slug=slug or f"tavolo-{n}", stato=stato,
        restituito_il=adesso() if restituito else None, **valori,
    )  # fmt: skip
    nuovo.aree = [TavoloArea(ambito_id=di.ambito_id, area=a) for a in aree]
    return salva(nuovo)


def incontro(di: Tavolo, giorno: date, **altro: Any) -> Incontro:
    valori = {"titolo": "Incontro del tavolo", "tavolo_id": di.id, **altro}
    return salva(Incontro(ambito_id=di.ambito_id, percorso_id=di.percorso_id, giorno=giorno, **valori))


def partecipazione(
    al: Tavolo, ente: Ente, stato: StatoPartecipazione = StatoPartecipazione.RICHIESTA, **altro: Any
) -> Partecipazione:
    decisa = stato in (StatoPartecipazione.AMMESSA, StatoPartecipazione.RESPINTA)
    viva = stato in (StatoPartecipazione.RICHIESTA, StatoPartecipazione.AMMESSA)
    valori = {"chi": "Presidente", "perche": "Ci lavoriamo.", "motivo": "", **altro}
    return salva(
        Partecipazione(
            ambito_id=al.ambito_id, tavolo_id=al.id, ente_id=ente.id, stato=stato, attiva=1 if viva else None,
            chiesta_il=adesso(), decisa_il=adesso() if decisa else None, atto="Determinazione n. 2" if decisa else None,
            **valori,
        )
    )  # fmt: skip


def contributo(al: Tavolo, ente: Ente | None, stato: StatoContributo = StatoContributo.INVIATO, **altro: Any) -> Contributo:
    """In that state; answered with «accolto» and published, unless told otherwise."""
    mandato = stato in (StatoContributo.INVIATO, StatoContributo.RISPOSTO)
    risposto = stato == StatoContributo.RISPOSTO
    valori = {
        "bisogno": "La sera non c’è nessuno.",
        "destinatari": "",
        "proposta": "Aprire la sera.",
        "risorse": "",
        "motivo": "Entra nel piano." if risposto else "",
        "pubblico": risposto,
        "esito": EsitoContributo.ACCOLTO if risposto else None,
        **altro,
    }
    return salva(
        Contributo(
            ambito_id=al.ambito_id, tavolo_id=al.id, ente_id=ente.id if ente else None, stato=stato,
            momento=Momento.PRIMA if mandato else None, creato_il=adesso(), inviato_il=adesso() if mandato else None,
            risposto_il=adesso() if risposto else None, **valori,
        )
    )  # fmt: skip


def mittente(di: Contributo, gettone: str, *, ore: int = 1, **altro: Any) -> Mittente:
    """The address beside a citizen's text; the link is good for some hours still (negative: it is stale)."""
    valori = {"email": "cittadina@posta.example", **altro}
    scade = adesso() + timedelta(hours=ore)
    return salva(Mittente(ambito_id=di.ambito_id, contributo_id=di.id, gettone=impronta(gettone), scade_il=scade, **valori))


def priorita(di: Tavolo, *, contributi: tuple[Contributo, ...] = (), schede: tuple[Any, ...] = (), **altro: Any) -> Priorita:
    n = next(_n)
    nuova = salva(
        Priorita(ambito_id=di.ambito_id, tavolo_id=di.id, **{"numero": n, "titolo": f"Priorità {n}", "perche": "", **altro})
    )
    for c in contributi:
        salva(PrioritaContributo(ambito_id=di.ambito_id, priorita_id=nuova.id, contributo_id=c.id))
    for s in schede:
        salva(PrioritaScheda(ambito_id=di.ambito_id, priorita_id=nuova.id, scheda_id=s.id))
    return nuova
