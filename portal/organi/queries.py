"""Bodies and their composition on a day. Each page asks a fixed number of queries, whatever its seats."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, selectinload

from ..db import sessione
from .models import Genere, Mandato, Organo, Seggio
from .rules.mandati import Mandato as Periodico
from .rules.mandati import Periodo

MASSIMO_SEGGI = 500
IN_CORSO: list[Callable[[int], Any]] = []
"""What keeps a body (its id) from being switched off, in words, or None: higher areas, which know its sittings, add here."""
HA_FATTO: list[Callable[[int], bool]] = []
"""Has a body done something that everyone may read? It stays readable when it is switched off."""


@dataclass(frozen=True)
class RigaOrgano:
    """A body of the list: how many seats it has on a day, how many have somebody."""

    id: int
    slug: str
    nome: str
    genere: Genere
    norma: str
    attivo: bool
    seggi: int
    occupati: int


def _in_vigore(dal: Any, al: Any, giorno: date) -> ColumnElement[bool]:
    return and_(dal <= giorno, or_(al.is_(None), al >= giorno))


def elenco(giorno: date, *, anche_spenti: bool = False) -> list[RigaOrgano]:
    """The bodies of the current Ambito, in their order."""
    seggio_c_e = _in_vigore(Seggio.dal, Seggio.al, giorno)
    titolare = and_(Mandato.seggio_id == Seggio.id, ~Mandato.supplente, _in_vigore(Mandato.dal, Mandato.al, giorno))
    cerca = (
        select(
            Organo.id,
            Organo.slug,
            Organo.nome,
            Organo.genere,
            Organo.norma,
            Organo.attivo,
            func.count(Seggio.id.distinct()),
            func.count(Mandato.seggio_id.distinct()),
        )
        .outerjoin(Seggio, and_(Seggio.organo_id == Organo.id, seggio_c_e))
        .outerjoin(Mandato, titolare)
        .group_by(Organo.id)
        .order_by(Organo.ordine, Organo.nome)
        .limit(200)
    )
    if not anche_spenti:
        cerca = cerca.where(Organo.attivo)
    return [RigaOrgano(*riga) for riga in sessione.execute(cerca)]


def organo(slug: str) -> Organo | None:
    """A body of the current Ambito with its rules of vote."""
    return sessione.scalar(select(Organo).where(Organo.slug == slug).options(selectinload(Organo.regole)))


def in_corso(organo_id: int) -> Any:
    """Why the body cannot be switched off now; None when it can."""
    return next((motivo for chiedi in IN_CORSO if (motivo := chiedi(organo_id)) is not None), None)


def si_legge(trovato: Organo) -> bool:
    """May everyone read of this body? Yes while it is at work, and after, for what it did."""
    return trovato.attivo or any(ha_fatto(trovato.id) for ha_fatto in HA_FATTO)


@dataclass(frozen=True)
class RigaSeggio:
    """A seat on a day, with whoever holds it: ``chi`` and ``qualita`` are empty when it is vacant."""

    id: int
    ordine: int
    categoria: str
    rappresenta: str
    quota: Decimal | None
    voto: bool
    presiede: bool
    chi: str
    qualita: str
    atto: str
    dal: date | None
    al: date | None
    supplente: str

    @property
    def vacante(self) -> bool:
        return self.dal is None


def composizione(organo_id: int, giorno: date) -> list[RigaSeggio]:
    """Seats and holders of a body on ``giorno``: the same answer today and in ten years."""
    titolare, supplente = aliased(Mandato), aliased(Mandato)
    cerca = (
        select(
            Seggio.id,
            Seggio.ordine,
            Seggio.categoria,
            Seggio.rappresenta,
            Seggio.quota,
            Seggio.voto,
            Seggio.presiede,
            func.coalesce(titolare.nome, ""),
            func.coalesce(titolare.qualita, ""),
            func.coalesce(titolare.atto, ""),
            titolare.dal,
            titolare.al,
            func.coalesce(supplente.qualita, ""),
        )
        .outerjoin(titolare, _di(titolare, giorno, supplente=False))
        .outerjoin(supplente, _di(supplente, giorno, supplente=True))
        .where(Seggio.organo_id == organo_id, _in_vigore(Seggio.dal, Seggio.al, giorno))
        .order_by(Seggio.ordine)
        .limit(MASSIMO_SEGGI)
    )
    righe: Iterable[Any] = sessione.execute(cerca)  # too many columns for the types to follow
    return [RigaSeggio(*riga) for riga in righe]


def _di(mandato: type[Mandato], giorno: date, *, supplente: bool) -> ColumnElement[bool]:
    return and_(
        mandato.seggio_id == Seggio.id, mandato.supplente.is_(supplente), _in_vigore(mandato.dal, mandato.al, giorno)
    )


def seggio(organo_slug: str, ordine: int) -> Seggio | None:
    """A seat with its body and all its mandates, the first ones first."""
    return sessione.scalar(
        select(Seggio)
        .join(Organo, Organo.id == Seggio.organo_id)
        .where(Organo.slug == organo_slug, Seggio.ordine == ordine)
        .options(selectinload(Seggio.mandati), selectinload(Seggio.organo))
        .execution_options(populate_existing=True)
    )


@dataclass(frozen=True)
class PostoLibero:
    """A seat with nobody on it from a day on."""

    id: int
    organo: str
    rappresenta: str


def posti_liberi(giorno: date) -> list[PostoLibero]:
    """The seats of the bodies at work that nobody holds on that day or later."""
    occupato = exists().where(
        Mandato.seggio_id == Seggio.id, ~Mandato.supplente, or_(Mandato.al.is_(None), Mandato.al >= giorno)
    )
    cerca = (
        select(Seggio.id, Organo.nome, Seggio.rappresenta)
        .join(Organo, Organo.id == Seggio.organo_id)
        .where(Organo.attivo, or_(Seggio.al.is_(None), Seggio.al >= giorno), ~occupato)
        .order_by(Organo.ordine, Organo.nome, Seggio.ordine)
        .limit(MASSIMO_SEGGI)
    )
    return [PostoLibero(*riga) for riga in sessione.execute(cerca)]


def seggio_per_id(seggio_id: int) -> Seggio | None:
    return sessione.scalar(select(Seggio).where(Seggio.id == seggio_id).options(selectinload(Seggio.organo)))


def blocca_organo(organo_id: int) -> None:
    """Hold the body until the transaction ends: its seats are numbered in order, and only one presides."""
    sessione.execute(select(Organo.id).where(Organo.id == organo_id).with_for_update()).one()


def blocca_seggio(seggio_id: int) -> None:
    """Hold the seat until the transaction ends: two mandates written at once must see each other."""
    sessione.execute(select(Seggio.id).where(Seggio.id == seggio_id).with_for_update()).one()


def mandati_di(seggio_id: int) -> list[Periodico]:
    """The mandates of a seat as periods, for the rule against overlaps."""
    cerca = select(Mandato.seggio_id, Mandato.id, Mandato.dal, Mandato.al, Mandato.supplente)
    righe = sessione.execute(cerca.where(Mandato.seggio_id == seggio_id).order_by(Mandato.dal))
    return [Periodico(s, m, Periodo(dal, al), supplente) for s, m, dal, al, supplente in righe]


def slug_usati(inizio: str) -> set[str]:
    return set(sessione.scalars(select(Organo.slug).where(Organo.slug.startswith(inizio, autoescape=True)).limit(1000)))


def prossimo_posto(organo_id: int) -> int:
    return (sessione.scalar(select(func.max(Seggio.ordine)).where(Seggio.organo_id == organo_id)) or 0) + 1


def un_altro_presidente(organo_id: int, dal: date, al: date | None, *, tranne: int | None = None) -> str | None:
    """Whom another seat that presides in the same days stands for; None when there is none."""
    cerca = select(Seggio.rappresenta).where(
        Seggio.organo_id == organo_id, Seggio.presiede, or_(Seggio.al.is_(None), Seggio.al >= dal)
    )
    if al is not None:
        cerca = cerca.where(Seggio.dal <= al)
    if tranne is not None:
        cerca = cerca.where(Seggio.id != tranne)
    return sessione.scalar(cerca.limit(1))
