"""The Rete on any day, what each ente asked, what the office has to decide. A fixed number of queries for each page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ...ambiti.models import Ambito
from ...db import sessione
from ...enti.models import Ente
from ...tenancy import tutti_gli_ambiti
from ..models import Adesione, CategoriaRete, Rappresentante, StatoAdesione

MASSIMO = 5000
"""Members shown on one page: more than any Ambito has."""


@dataclass(frozen=True)
class Iscritta:
    """A member of the Rete on a day; ``rappresentante`` is the office held, never a name; empty when nobody is named."""

    ente_id: int
    ente: str
    comune: str
    provincia: str
    esempio: bool
    categoria_id: int
    categoria: str
    ammessa_il: date
    atto: str
    rappresentante: str


_COLONNE: tuple[Any, ...] = (
    Ente.id,
    Ente.denominazione,
    Ente.comune,
    Ente.provincia,
    Ente.esempio,
    CategoriaRete.id,
    CategoriaRete.nome,
    Adesione.ammessa_il,
    Adesione.atto,
    func.coalesce(Rappresentante.qualita, ""),
)


def registro(giorno: date) -> list[Iscritta]:
    """Who is in the Rete on that day, by category and name: the same answer then and in ten years (domain.md 3.3)."""
    titolare = and_(
        Rappresentante.adesione_id == Adesione.id,
        ~Rappresentante.delegato,
        Rappresentante.dal <= giorno,
        or_(Rappresentante.al.is_(None), Rappresentante.al >= giorno),
    )
    cerca = (
        select(*_COLONNE)
        .select_from(Adesione)
        .join(Ente, Ente.id == Adesione.ente_id)
        .join(CategoriaRete, CategoriaRete.id == Adesione.categoria_id)
        .outerjoin(Rappresentante, titolare)
        .where(Adesione.ammessa_il <= giorno, or_(Adesione.cessata_il.is_(None), Adesione.cessata_il > giorno))
        .order_by(CategoriaRete.ordine, CategoriaRete.id, Ente.denominazione, Ente.id)
        .limit(MASSIMO)
    )
    return [Iscritta(*riga) for riga in sessione.execute(cerca)]


def categorie(*, solo_aperte: bool = False) -> list[CategoriaRete]:
    """The categories of the current Ambito, in their order."""
    cerca = select(CategoriaRete).order_by(CategoriaRete.ordine, CategoriaRete.id).limit(200)
    return list(sessione.scalars(cerca.where(CategoriaRete.aperta) if solo_aperte else cerca))


def categoria(categoria_id: int) -> CategoriaRete | None:
    return sessione.scalar(select(CategoriaRete).where(CategoriaRete.id == categoria_id))


def membri_per_categoria() -> dict[int, int]:
    """Category -> how many are in the Rete today, or asked for it."""
    cerca = select(Adesione.categoria_id, func.count(Adesione.id)).where(Adesione.attiva == 1)
    return dict(sessione.execute(cerca.group_by(Adesione.categoria_id)).all())


def prossimo_ordine() -> int:
    return (sessione.scalar(select(func.max(CategoriaRete.ordine))) or 0) + 1


@dataclass(frozen=True)
class RigaAdesione:
    """An adhesion in a list of the office or of an ente; dates as far as it has come."""

    id: int
    ente_id: int
    ente: str
    ambito: str
    ambito_slug: str
    categoria: str
    stato: StatoAdesione
    chiesta_il: datetime
    ammessa_il: date | None
    cessata_il: date | None


_CAMPI: tuple[Any, ...] = (
    Adesione.id,
    Ente.id,
    Ente.denominazione,
    Ambito.nome,
    Ambito.slug,
    CategoriaRete.nome,
    Adesione.stato,
    Adesione.chiesta_il,
    Adesione.ammessa_il,
    Adesione.cessata_il,
)


def _righe() -> Select[Any]:
    return (
        select(*_CAMPI)
        .select_from(Adesione)
        .join(Ente, Ente.id == Adesione.ente_id)
        .join(CategoriaRete, CategoriaRete.id == Adesione.categoria_id)
        .join(Ambito, Ambito.id == Adesione.ambito_id)
    )


def da_decidere() -> list[RigaAdesione]:
    """Requests that wait in the current Ambito, the oldest first."""
    cerca = _righe().where(Adesione.stato == StatoAdesione.RICHIESTA).order_by(Adesione.chiesta_il, Adesione.id)
    return [RigaAdesione(*riga) for riga in sessione.execute(cerca.limit(500))]


def conta_da_decidere() -> int:
    cerca = select(func.count(Adesione.id)).where(Adesione.stato == StatoAdesione.RICHIESTA)
    return sessione.scalar(cerca) or 0


def per_stato(stato: StatoAdesione, *, dopo: int | None, limite: int) -> list[RigaAdesione]:
    """Adhesions in a state, the latest first; ``limite`` + 1 rows."""
    cerca = _righe().where(Adesione.stato == stato).order_by(Adesione.id.desc())
    if dopo is not None:
        cerca = cerca.where(Adesione.id < dopo)
    return [RigaAdesione(*riga) for riga in sessione.execute(cerca.limit(limite + 1))]


def adesioni_di(enti: Collection[int]) -> list[RigaAdesione]:
    """What these enti asked, in every Ambito, the latest first. For who works for them."""
    if not enti:
        return []
    cerca = _righe().where(Adesione.ente_id.in_(enti)).order_by(Ente.denominazione, Adesione.id.desc()).limit(500)
    with tutti_gli_ambiti():
        return [RigaAdesione(*riga) for riga in sessione.execute(cerca)]


def viva(ente_id: int) -> int | None:
    """The id of the ente's adhesion alive in the current Ambito."""
    return sessione.scalar(select(Adesione.id).where(Adesione.ente_id == ente_id, Adesione.attiva == 1))


def fuori_dal(ente_id: int) -> date | None:
    """Since when the ente is out of the Rete of the current Ambito, the last time it left; None when it never did."""
    return sessione.scalar(select(func.max(Adesione.cessata_il)).where(Adesione.ente_id == ente_id))


def ente_per_codice(codice: str) -> Ente | None:
    """The ente registered in the portal with that codice fiscale."""
    return sessione.scalar(select(Ente).where(Ente.codice_fiscale == codice))


@dataclass(frozen=True)
class AmbitoConRete:
    id: int
    slug: str
    nome: str


def ambiti_con_rete() -> list[AmbitoConRete]:
    """The Ambiti whose Rete may be asked for: those with a category still open."""
    aperta = select(CategoriaRete.id).where(CategoriaRete.ambito_id == Ambito.id, CategoriaRete.aperta).exists()
    cerca = select(Ambito.id, Ambito.slug, Ambito.nome).where(aperta).order_by(Ambito.nome).limit(500)
    with tutti_gli_ambiti():
        return [AmbitoConRete(*riga) for riga in sessione.execute(cerca)]


def ambito_per_slug(slug: str) -> AmbitoConRete | None:
    return next((a for a in ambiti_con_rete() if a.slug == slug), None)


def adesione(adesione_id: int) -> Adesione | None:
    """An adhesion whole, with its ente (register history too), category and representatives."""
    return sessione.scalar(_intera(), {"di": adesione_id})


@cache
def _intera() -> Select[Adesione]:
    """Made once: putting it together takes longer than reading an adhesion."""
    return (
        select(Adesione)
        .where(Adesione.id == bindparam("di"))
        .options(
            joinedload(Adesione.ente).selectinload(Ente.rilevazioni),
            joinedload(Adesione.categoria),
            joinedload(Adesione.rilevazione),
            selectinload(Adesione.rappresentanti),
        )
    )


def adesione_ovunque(adesione_id: int) -> Adesione | None:
    """The same from the ente's pages, which are in no Ambito: who asks is checked on what is found."""
    with tutti_gli_ambiti():
        return adesione(adesione_id)


def blocca(adesione_id: int) -> None:
    """Hold the adhesion until the transaction ends: two representatives written at once must see each other."""
    sessione.execute(select(Adesione.id).where(Adesione.id == adesione_id).with_for_update()).one()


def titolari(adesione_id: int) -> list[Rappresentante]:
    """The representatives (not the delegates) of an adhesion, read afresh, in order."""
    cerca = select(Rappresentante).where(Rappresentante.adesione_id == adesione_id, ~Rappresentante.delegato)
    return list(sessione.scalars(cerca.order_by(Rappresentante.dal).execution_options(populate_existing=True)))
