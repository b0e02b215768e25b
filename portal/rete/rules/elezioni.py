"""Who is elected, in which order, and in which phase an election is (domain.md 3.3). Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from ...enti.models import TipoEnte
from ...i18n import _, _l

DICHIARAZIONE = _l(
    "Dichiaro che l’ente non gestisce servizi per conto dell’Ambito, "
    "e che avviserò l’Ufficio di Piano se comincia a gestirne."
)
PARITA: Mapping[str, Any] = {
    "sorteggio": _l("con un sorteggio"),
    "anzianita": _l("passa chi è nella Rete da più tempo, poi con un sorteggio"),
}


class Fase(StrEnum):
    CANDIDATURE = "candidature"
    ATTESA = "attesa"
    VOTO = "voto"
    SCRUTINIO = "scrutinio"
    FINITA = "finita"
    ANNULLATA = "annullata"


FASI: Mapping[Fase, tuple[Any, str]] = {
    Fase.CANDIDATURE: (_l("candidature aperte"), "successo"),
    Fase.ATTESA: (_l("in attesa del voto"), "attesa"),
    Fase.VOTO: (_l("si vota"), "successo"),
    Fase.SCRUTINIO: (_l("da scrutinare"), "attesa"),
    Fase.FINITA: (_l("scrutinata"), "neutro"),
    Fase.ANNULLATA: (_l("annullata"), "errore"),
}
"""Word and tone of each phase."""
ESITI: Mapping[str, tuple[Any, str]] = {
    "eletta": (_l("eletto"), "successo"),
    "non_eletta": (_l("non eletto"), "neutro"),
    "decaduta": (_l("decaduto"), "errore"),
}


def fase(stato: str, candidature_entro: datetime, voto_dal: datetime, voto_al: datetime, ora: datetime) -> Fase:
    """Where an election is; the last second of each term is still inside it."""
    if stato != "indetta":
        return Fase.FINITA if stato == "scrutinata" else Fase.ANNULLATA
    if ora <= candidature_entro:
        return Fase.CANDIDATURE
    if ora < voto_dal:
        return Fase.ATTESA
    return Fase.VOTO if ora <= voto_al else Fase.SCRUTINIO


def difetto_candidata(tipo: TipoEnte) -> str | None:
    """Why a body of that kind cannot stand, in words; None when it can: the seats are the ETS's (domain.md 3.2)."""
    return None if tipo == TipoEnte.ETS else _("Si possono candidare solo gli enti del Terzo settore.")


@dataclass(frozen=True)
class Candidato:
    """What counts of a candidate: votes, seniority in the Rete, the number drawn (the lower one wins a tie)."""

    chi: int
    voti: int
    ammessa_il: date
    sorte: int


def in_ordine(candidati: Iterable[Candidato], parita: str) -> list[Candidato]:
    """Most votes first; ties as the election's own rule says, and in the end by lot: no two are equal."""

    def chiave(c: Candidato) -> tuple[int, date, int]:
        return (-c.voti, c.ammessa_il if parita == "anzianita" else date.min, c.sorte)

    return sorted(candidati, key=chiave)


def eletti(ordinati: Iterable[Candidato], seggi: int, ineleggibili: Collection[int] = ()) -> list[int]:
    """The first ``seggi`` who have a vote and are not barred."""
    return [c.chi for c in ordinati if c.voti > 0 and c.chi not in ineleggibili][:seggi]


def difetto_scheda(preferenze: Collection[int], candidati: Collection[int], massimo: int) -> str | None:
    """What is wrong with a ballot: ``sconosciuto`` or ``troppe``; None when it is good (a blank one is)."""
    if any(c not in candidati for c in preferenze):
        return "sconosciuto"
    return "troppe" if len(set(preferenze)) > massimo else None
