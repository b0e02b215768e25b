"""The decisions of every body that everyone may read: the register across bodies, and those on one thing.

Public is what the body's rule makes public (``Organo.pubblicazione``), once the sitting is closed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select

from ... import search
from ...db import sessione
from ...organi.models import Organo, Pubblicazione
from ...piano.models import Scheda
from ...sedute.models import Decisione, Punto, Seduta, StatoSeduta, Votazione
from ...sedute.rules.ricerca import TIPO
from ...tenancy import ambito_corrente
from .oggetti import Chiave, Oggetto, leggi

TETTO = 5000
"""Answers of a search that may be filtered further; also the rows of a sheet."""


@dataclass(frozen=True)
class Filtri:
    """What is asked of the register. ``minimo``: money moved, at least this; 0: any."""

    testo: str = ""
    organo: str | None = None
    anno: int | None = None
    tipo: str | None = None
    scheda: int | None = None
    minimo: Decimal | None = None

    def __bool__(self) -> bool:
        return self != Filtri()


@dataclass(frozen=True)
class RigaRegistro:
    """A decision with the sitting it was taken at. ``unanime`` of the vote that took it."""

    id: int
    anno: int
    numero: int
    testo: str
    importo: Decimal | None
    eseguibile: bool
    presa_il: datetime
    organo: str
    organo_slug: str
    seduta: int
    punto_id: int
    punto: str
    oggetto_tipo: str | None
    oggetto_id: int | None
    favorevoli: int | None
    contrari: int | None
    astenuti: int | None

    @property
    def unanime(self) -> bool:
        return bool(self.favorevoli) and not self.contrari and not self.astenuti

    @property
    def chiave(self) -> Chiave | None:
        return (self.oggetto_tipo, self.oggetto_id) if self.oggetto_tipo and self.oggetto_id else None


_COLONNE: tuple[Any, ...] = (
    Decisione.id, Decisione.anno, Decisione.numero, Decisione.testo, Decisione.importo, Decisione.eseguibile,
    Decisione.presa_il, Organo.nome, Organo.slug, Seduta.numero, Punto.id, Punto.titolo, Punto.oggetto_tipo,
    Punto.oggetto_id, Votazione.favorevoli, Votazione.contrari, Votazione.astenuti,
)  # fmt: skip
_PUBBLICA = and_(Seduta.stato == StatoSeduta.CHIUSA, Organo.pubblicazione != Pubblicazione.NIENTE)


def _pubbliche(*colonne: Any) -> Select[Any]:
    return (
        select(*colonne)
        .select_from(Decisione)
        .join(Punto, Punto.id == Decisione.punto_id)
        .join(Seduta, Seduta.id == Punto.seduta_id)
        .join(Organo, Organo.id == Decisione.organo_id)
        .outerjoin(Votazione, Votazione.id == Decisione.votazione_id)
        .where(_PUBBLICA)
    )


def _condizioni(filtri: Filtri) -> list[Any]:
    condizioni: list[Any] = []
    if filtri.testo:
        esito = search.cerca(sessione(), filtri.testo, tipo=TIPO, ambito_id=ambito_corrente(), limite=TETTO)
        condizioni.append(Decisione.id.in_([r.oggetto_id for r in esito.righe]))
    for colonna, valore in (
        (Organo.slug, filtri.organo), (Decisione.anno, filtri.anno), (Punto.oggetto_tipo, filtri.tipo),
    ):  # fmt: skip
        if valore is not None:
            condizioni.append(colonna == valore)
    if filtri.scheda is not None:
        condizioni.append(and_(Punto.oggetto_tipo == "scheda", Punto.oggetto_id == filtri.scheda))
    if filtri.minimo is not None:
        condizioni.append(and_(Decisione.importo > 0, Decisione.importo >= filtri.minimo))
    return condizioni


@dataclass(frozen=True)
class Registro:
    """A page of the register: its rows, one more than asked when there are others, how many answer in all."""

    righe: list[RigaRegistro]
    quante: int


def registro(filtri: Filtri, *, limite: int, prima_di: int | None = None) -> Registro:
    """The register, the latest first, from the decision ``prima_di`` down: ``limite`` rows."""
    condizioni = _condizioni(filtri)
    quante = sessione.scalar(_pubbliche(func.count(Decisione.id)).where(*condizioni)) or 0
    cerca = _pubbliche(*_COLONNE).where(*condizioni)
    if prima_di is not None:
        quella = select(Decisione.presa_il).where(Decisione.id == prima_di).scalar_subquery()
        cerca = cerca.where(or_(Decisione.presa_il < quella, and_(Decisione.presa_il == quella, Decisione.id < prima_di)))
    righe: Iterable[Any] = sessione.execute(cerca.order_by(Decisione.presa_il.desc(), Decisione.id.desc()).limit(limite))
    return Registro([RigaRegistro(*r) for r in righe], quante)


@dataclass(frozen=True)
class Scelte:
    """What the filters offer: only what some public decision has. ``organi``: slug and name."""

    organi: list[tuple[str, str]]
    anni: list[int]
    tipi: list[str]
    schede: list[Oggetto]


def scelte() -> Scelte:
    """What there is to filter by: a fixed number of queries."""
    righe = sessione.execute(
        _pubbliche(Organo.slug, Organo.nome, Decisione.anno, Punto.oggetto_tipo, Punto.oggetto_id).distinct().limit(5000)
    ).all()
    schede = leggi([("scheda", r[4]) for r in righe if r[3] == "scheda"], None)
    return Scelte(
        organi=sorted({(r[0], r[1]) for r in righe}, key=lambda o: o[1]),
        anni=sorted({r[2] for r in righe}, reverse=True),
        tipi=sorted({r[3] for r in righe if r[3]}),
        schede=sorted(schede.values(), key=lambda o: o.titolo),
    )


def su(chiavi: Collection[Chiave]) -> dict[Chiave, list[RigaRegistro]]:
    """The public decisions on these things, the first ones first: one query."""
    if not chiavi:
        return {}
    questi = or_(*(and_(Punto.oggetto_tipo == t, Punto.oggetto_id == i) for t, i in chiavi))
    trovate: dict[Chiave, list[RigaRegistro]] = {}
    righe: Iterable[Any] = sessione.execute(_pubbliche(*_COLONNE).where(questi).order_by(Decisione.id).limit(100))
    for riga in (RigaRegistro(*r) for r in righe):
        if riga.chiave is not None:
            trovate.setdefault(riga.chiave, []).append(riga)
    return trovate


def del_piano(ciclo_id: int) -> list[RigaRegistro]:
    """The public decisions on a plan and on its sheets, the first ones first: one query."""
    cerca = _pubbliche(*_COLONNE).where(_sul_piano(ciclo_id)).order_by(Decisione.presa_il, Decisione.id).limit(200)
    righe: Iterable[Any] = sessione.execute(cerca)
    return [RigaRegistro(*r) for r in righe]


def se_del_piano(ciclo_id: int) -> Any:
    """Whether an item is about a plan or one of its sheets, for a query that asks something else."""
    return exists().where(_sul_piano(ciclo_id))


def _sul_piano(ciclo_id: int) -> Any:
    sue = select(Scheda.id).where(Scheda.ciclo_id == ciclo_id)
    del_piano = and_(Punto.oggetto_tipo == "piano", Punto.oggetto_id == ciclo_id)
    return or_(del_piano, and_(Punto.oggetto_tipo == "scheda", Punto.oggetto_id.in_(sue)))


def oggetti_di(seduta_id: int, tipi: Collection[str]) -> list[Chiave]:
    """The things of these kinds that a sitting decided on, in the order of its agenda."""
    cerca = (
        select(Punto.oggetto_tipo, Punto.oggetto_id)
        .join(Decisione, Decisione.punto_id == Punto.id)
        .where(Punto.seduta_id == seduta_id, Punto.oggetto_tipo.in_(tipi))
        .order_by(Punto.ordine)
        .limit(TETTO)
    )
    righe: Iterable[Any] = sessione.execute(cerca)
    return list(dict.fromkeys((tipo, numero) for tipo, numero in righe))
