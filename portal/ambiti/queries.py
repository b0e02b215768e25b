from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, func, select

from ..audit.queries import versione_di
from ..db import sessione
from ..tenancy import tutti_gli_ambiti
from . import rules
from .models import Ambito, Comune, Festivita, Impostazione, Popolazione

_AMBITO_E_COMUNI = (
    select(Ambito, Comune.nome, versione_di(Ambito.id))
    .outerjoin(Comune, Comune.ambito_id == Ambito.id)
    .where(Ambito.slug == bindparam("slug"))
    .order_by(Comune.capofila.desc(), Comune.nome)
)
"""Made once: every page of an Ambito asks it."""


def ambito_e_comuni(slug: str) -> tuple[Ambito, tuple[str, ...], int] | None:
    """The Ambito of a URL, the names of its comuni (capofila first), the version of its content; None when unknown.

    One query, the first of every page, before anything that the version must vouch for is read.
    """
    with tutti_gli_ambiti():
        righe = sessione.execute(_AMBITO_E_COMUNI, {"slug": slug}).all()
    return (righe[0][0], tuple(r[1] for r in righe if r[1] is not None), righe[0][2]) if righe else None


def ambito_per_id(ambito_id: int) -> Ambito | None:
    return sessione.get(Ambito, ambito_id)


def tutti() -> list[Ambito]:
    """Every Ambito of the installation, by name."""
    return list(sessione.scalars(select(Ambito).order_by(Ambito.nome).limit(500)))


def comuni() -> list[Comune]:
    """The comuni of the current Ambito: capofila first, then by name."""
    return list(sessione.scalars(select(Comune).order_by(Comune.capofila.desc(), Comune.nome).limit(300)))


@dataclass(frozen=True)
class ComuneInBreve:
    ambito_id: int
    nome: str


def comuni_di_tutti() -> list[ComuneInBreve]:
    """Names of all comuni with their Ambito, for the home of the installation (public data)."""
    with tutti_gli_ambiti():
        righe = sessione.execute(select(Comune.ambito_id, Comune.nome).order_by(Comune.nome).limit(2000))
        return [ComuneInBreve(*riga) for riga in righe]


def abitanti() -> int | None:
    """Residents of the current Ambito by the latest age table; None when there is none."""
    ultimo = select(func.max(Popolazione.anno)).scalar_subquery()
    return sessione.scalar(select(func.sum(Popolazione.abitanti)).where(Popolazione.anno == ultimo))


def festivita() -> frozenset[date]:
    return frozenset(sessione.scalars(select(Festivita.giorno).limit(200)))


def impostazione(chiave: str) -> str:
    """The Ambito's value of a setting, or its default. Raises KeyError for a setting that does not exist."""
    voce = rules.IMPOSTAZIONI[chiave]
    valore = sessione.scalar(select(Impostazione.valore).where(Impostazione.chiave == chiave))
    return voce.predefinito if valore is None else valore


def impostazione_numero(chiave: str) -> int:
    return int(impostazione(chiave))


def impostazione_si(chiave: str) -> bool:
    return impostazione(chiave) == "si"


def impostazioni() -> dict[str, str]:
    """Every setting of the Ambito, defaults filled in."""
    proprie = dict(sessione.execute(select(Impostazione.chiave, Impostazione.valore)).all())
    return {chiave: proprie.get(chiave, voce.predefinito) for chiave, voce in rules.IMPOSTAZIONI.items()}
