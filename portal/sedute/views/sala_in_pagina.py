"""The room as the pages draw it: a row for each seat, and the steps of who was there (numbers for an SVG)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from .. import queries
from ..models import Risposta, Seduta, Verso
from ..rules.sala import Sala

LARGO, ALTO = 280, 70
"""Of the drawing, in its own units."""


@dataclass(frozen=True)
class RigaPresenza:
    """A seat of the room. ``dalle``: since when it is taken, or when it was left; ``supplente``: as what they sit."""

    seggio_id: int
    chi: str
    qualita: str
    delegato: str
    risposta: Risposta | None
    giustificata: bool
    quota: Decimal | None
    voto: bool
    in_sala: bool
    per_conflitto: bool
    dalle: datetime | None
    movimento_id: int | None
    supplente: str
    siede_il_supplente: bool


def righe(seduta: Seduta, sala: Sala) -> list[RigaPresenza]:
    """Every seat that was called, in the order of the body. One query, for who holds them."""
    chi = queries.chi_siede([c.seggio_id for c in seduta.convocati], seduta.inizio.date())
    ultimi = {m.seggio_id: m for m in queries.movimenti_validi(seduta)}
    senza_voto = {m.seggio_id for m in ultimi.values() if m.verso == Verso.ENTRA}
    trovate = []
    for c in sorted(seduta.convocati, key=lambda c: c.seggio.ordine):
        ultimo, siede = ultimi.get(c.seggio_id), chi.get(c.seggio_id)
        trovate.append(
            RigaPresenza(
                seggio_id=c.seggio_id,
                chi=c.seggio.rappresenta,
                qualita=siede.qualita if siede else "",
                delegato=c.delegato,
                risposta=c.risposta,
                giustificata=c.giustificata,
                quota=c.seggio.quota,
                voto=c.seggio.voto,
                in_sala=c.seggio_id in (sala.presenti if c.seggio.voto else senza_voto),
                per_conflitto=c.seggio_id in sala.fuori,
                dalle=ultimo.ora if ultimo else None,
                movimento_id=ultimo.id if ultimo else None,
                supplente=siede.supplente if siede else "",
                siede_il_supplente=bool(ultimo and ultimo.supplente),
            )
        )
    return trovate


@dataclass(frozen=True)
class Gradini:
    """The path of the heads in the room over time; ``soglia``: the height of how many are needed. ``frase`` says it."""

    linea: str
    area: str
    soglia: float | None
    dalle: datetime
    alle: datetime
    momenti: tuple[tuple[datetime, int], ...]


def gradini(sala: Sala, aperta: datetime | None, ora: datetime) -> Gradini | None:
    """The steps from the first arrival (or the opening) to now; None when nothing has moved yet."""
    if not sala.momenti:
        return None
    prima = sala.momenti[0].ora
    dalle = max(prima, aperta) if aperta else prima
    alla_partenza = [m for m in sala.momenti if m.ora <= dalle]
    passi = [(dalle, alla_partenza[-1].conto.presenti)] + [(m.ora, m.conto.presenti) for m in sala.momenti if m.ora > dalle]
    massimo = max(sala.conto.componenti, *(n for _o, n in passi), 1)
    durata = max((ora - dalle).total_seconds(), 1.0)

    def x(istante: datetime) -> float:
        return round((istante - dalle).total_seconds() / durata * LARGO, 1)

    def y(quanti: int) -> float:
        return round(ALTO - quanti / massimo * ALTO, 1)

    linea = f"M0 {y(passi[0][1])}" + "".join(f" H{x(o)} V{y(n)}" for o, n in passi[1:]) + f" H{LARGO}"
    soglia = y(sala.conto.servono) if sala.conto.servono else None
    return Gradini(linea, f"{linea} V{ALTO} H0 Z", soglia, dalle, ora, tuple(passi))
