"""A body for tests, with its seats: what a page needs, with the few differences a test cares about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from portal.ambiti.models import Ambito
from portal.clocks import adesso
from portal.organi import operations
from portal.organi.models import BaseQuote, Genere, Mandato, NomeSoglia, Organo, Pubblicazione, Seggio
from portal.organi.operations import DatiRegola, DatiSeggio
from portal.organi.rules.quorum import Componenti
from tests.fabbrica import salva_tutti

DAL = date(2022, 1, 1)
QUOTE = ("0.81", "6.75", "1.24", "4.13", "34.76", "10.08", "0.62", "3.12", "4.49", "33.00")
PISTOIA = Componenti({n: Decimal(q) for n, q in enumerate(QUOTE, 1)})
ASSENTI, CITTA = {1, 2}, 5
PRESENTI = set(PISTOIA.quote) - ASSENTI
ORDINARIA = DatiRegola("Decisioni ordinarie", "votanti", "maggioranza", "teste")


def dati(**altro: Any) -> dict[str, Any]:
    return {
        "nome": "Cabina di Regia",
        "genere": Genere.CABINA,
        "compiti": "Fa proposte e **controlla** il piano.",
        "norma": "Art. 6 del regolamento",
        "quorum_teste": NomeSoglia.MAGGIORANZA,
        "quorum_quote": None,
        "seconda_teste": NomeSoglia.UN_TERZO,
        "seconda_quote": None,
        "base_quote": BaseQuote.CENTO,
        "conflitto_riduce": True,
        "preavviso_giorni": 5,
        "preavviso_ore": 24,
        "deleghe_massime": 1,
        "assenze_massime": 3,
        "osservazioni_giorni": 5,
        "pubblicazione": Pubblicazione.VERBALE,
        **altro,
    }


def organo(ambito: Ambito, slug: str = "cabina", *, regole: tuple[DatiRegola, ...] = (ORDINARIA,), **altro: Any) -> Organo:
    return operations.crea(ambito_id=ambito.id, dati=dati(**altro), regole=regole, attore=None, slug=slug)


def seggio(organo: Organo, rappresenta: str = "Comune di Prova", *, quota: str | None = None, **altro: Any) -> Seggio:
    valori = {"categoria": "Comune", "dal": DAL, "quota": Decimal(quota) if quota else None, **altro}
    return operations.aggiungi_seggio(organo, dati=DatiSeggio(rappresenta=rappresenta, **valori), attore=None)


def posti(organo: Organo, *seggi: dict[str, Any]) -> list[Seggio]:
    """Seats of a new body with somebody on each, written straight: many tests need them, and few are about them."""
    nuovi = [
        Seggio(ambito_id=organo.ambito_id, organo_id=organo.id, ordine=n, categoria="Comune", dal=DAL, **valori)
        for n, valori in enumerate(seggi, 1)
    ]
    for nuovo in salva_tutti(nuovi):
        siede = Mandato(
            ambito_id=organo.ambito_id, seggio_id=nuovo.id, nome="", qualita="Sindaca", atto="Decreto n. 4", dal=DAL,
            nominato_il=adesso(),
        )  # fmt: skip
        set_committed_value(siede, "seggio", nuovo)
        set_committed_value(nuovo, "organo", organo)
        set_committed_value(nuovo, "mandati", [siede])
    salva_tutti(m for s in nuovi for m in s.mandati)
    set_committed_value(organo, "seggi", nuovi)
    return nuovi


def nomina(posto: Seggio, qualita: str = "Sindaca", *, dal: date = DAL, **altro: Any) -> Any:
    return operations.nomina(posto, nome="", qualita=qualita, atto="Decreto n. 4", dal=dal, attore=None, **altro)
