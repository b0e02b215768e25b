from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ..db import sessione
from ..figli import carica_figli
from .models import Ente, RilevazioneRunts


def carica_registro(ente: Ente, *, rileggi: bool = False) -> None:
    """Read the register history of an ente (latest first) and its activities. ``rileggi``: also what is known already."""
    carica_figli(ente, Ente.rilevazioni, Ente.attivita, rileggi=rileggi)


def ente_per_id(ente_id: int) -> Ente | None:
    """An ente with its register history (latest first) and activities."""
    ente = sessione.get(Ente, ente_id)
    if ente is not None:
        carica_registro(ente)
    return ente


def enti_per_id(ids: Collection[int]) -> list[Ente]:
    """Those enti by name, with register history and activities."""
    return list(
        sessione.scalars(
            select(Ente)
            .where(Ente.id.in_(ids))
            .options(selectinload(Ente.rilevazioni), selectinload(Ente.attivita))
            .order_by(Ente.denominazione)
            .limit(100)
        )
    )


def ultima_rilevazione(ente_id: int) -> RilevazioneRunts | None:
    """What the register last said of the ente."""
    return sessione.scalar(
        select(RilevazioneRunts)
        .where(RilevazioneRunts.ente_id == ente_id)
        .order_by(RilevazioneRunts.rilevata_il.desc(), RilevazioneRunts.id.desc())
        .limit(1)
    )
