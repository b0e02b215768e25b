from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from ..ambiti.models import Ambito
from ..clocks import adesso
from ..db import sessione
from ..figli import carica_figli
from ..tavoli.models import Priorita
from ..tenancy import tutti_gli_ambiti
from .models import Avviso, AvvisoPriorita, StatoAvviso, TipoAvviso

PUBBLICI = (StatoAvviso.PUBBLICATO, StatoAvviso.CHIUSO, StatoAvviso.ESITO_PUBBLICATO, StatoAvviso.REVOCATO)


@dataclass(frozen=True)
class RigaAvviso:
    """What a list or a card needs of a call."""

    id: int
    ambito_slug: str
    ambito_nome: str
    slug: str
    numero: int | None
    anno: int | None
    titolo: str
    sommario: str
    tipo: TipoAvviso
    stato: StatoAvviso
    termine: datetime | None
    risorse: Decimal | None


_COLONNE = (
    Avviso.id,
    Ambito.slug,
    Ambito.nome,
    Avviso.slug,
    Avviso.numero,
    Avviso.anno,
    Avviso.titolo,
    Avviso.sommario,
    Avviso.tipo,
    Avviso.stato,
    Avviso.termine,
    Avviso.risorse,
)


def _righe() -> Select:  # type: ignore[type-arg]
    return select(*_COLONNE).join(Ambito, Ambito.id == Avviso.ambito_id)


def _leggi(cerca: Select) -> list[RigaAvviso]:  # type: ignore[type-arg]
    return [RigaAvviso(*riga) for riga in sessione.execute(cerca)]


def _aperti(limite: int) -> Select:  # type: ignore[type-arg]
    return (
        _righe()
        .where(Avviso.stato == StatoAvviso.PUBBLICATO, Avviso.termine >= adesso().replace(microsecond=0))
        .order_by(Avviso.termine, Avviso.id)
        .limit(limite)
    )


def aperti(limite: int) -> list[RigaAvviso]:
    """Calls of the current Ambito that may still be answered, the nearest term first."""
    return _leggi(_aperti(limite))


def aperti_ovunque(limite: int) -> list[RigaAvviso]:
    """Open calls of every Ambito (public data)."""
    with tutti_gli_ambiti():
        return _leggi(_aperti(limite))


def non_aperti(*, dopo: int | None, limite: int) -> list[RigaAvviso]:
    """Published calls whose term has passed, newest first; ``limite`` + 1 rows for the paging."""
    cerca = _righe().where(
        Avviso.stato.in_(PUBBLICI),
        (Avviso.stato != StatoAvviso.PUBBLICATO) | (Avviso.termine < adesso().replace(microsecond=0)),
    )
    if dopo is not None:
        cerca = cerca.where(Avviso.id < dopo)
    return _leggi(cerca.order_by(Avviso.id.desc()).limit(limite + 1))


def dell_ufficio(*, dopo: int | None, limite: int) -> list[RigaAvviso]:
    """Every call of the current Ambito, drafts included, newest first; ``limite`` + 1 rows."""
    cerca = _righe()
    if dopo is not None:
        cerca = cerca.where(Avviso.id < dopo)
    return _leggi(cerca.order_by(Avviso.id.desc()).limit(limite + 1))


_PARTI = (Avviso.lotti, Avviso.requisiti, Avviso.criteri, Avviso.documenti, Avviso.dichiarazioni)


def carica_parti(avviso: Avviso, *, rileggi: bool = False) -> None:
    """Read all the parts of a call. ``rileggi``: also those known already."""
    carica_figli(avviso, *_PARTI, rileggi=rileggi)


def _intero(*quale: ColumnElement[bool]) -> Avviso | None:
    avviso = sessione.scalar(select(Avviso).where(*quale))
    if avviso is not None:
        carica_parti(avviso)
    return avviso


def pubblico(slug: str) -> Avviso | None:
    """A published call of the current Ambito with all its parts; a draft does not exist."""
    return _intero(Avviso.slug == slug, Avviso.stato.in_(PUBBLICI))


def pagina(slug: str) -> Avviso | None:
    """A published call with the parts its page shows (not the declarations).

    The lots, few, come in the call's own rows: one query less on the page that is read most before a term.
    """
    cerca = select(Avviso).where(Avviso.slug == slug, Avviso.stato.in_(PUBBLICI)).options(joinedload(Avviso.lotti))
    avviso = sessione.scalars(cerca).unique().one_or_none()
    if avviso is not None:
        carica_figli(avviso, Avviso.requisiti, Avviso.criteri, Avviso.documenti)
    return avviso


def qualunque(slug: str) -> Avviso | None:
    """A call of the current Ambito in any state, for the office."""
    return _intero(Avviso.slug == slug)


def per_id(avviso_id: int) -> Avviso | None:
    return _intero(Avviso.id == avviso_id)


def termine_bloccato(avviso_id: int) -> tuple[StatoAvviso, datetime | None] | None:
    """State and term of a call, whose row is locked until the transaction ends: nobody moves it under a submission."""
    cerca = select(Avviso.stato, Avviso.termine).where(Avviso.id == avviso_id).with_for_update(read=True)
    riga = sessione.execute(cerca).first()
    return (riga[0], riga[1]) if riga else None


def slug_usati(inizio: str) -> set[str]:
    return set(sessione.scalars(select(Avviso.slug).where(Avviso.slug.startswith(inizio, autoescape=True)).limit(1000)))


def scaduti_ids() -> list[int]:
    """Calls still marked as published whose term has passed, in every Ambito."""
    with tutti_gli_ambiti():
        return list(
            sessione.scalars(
                select(Avviso.id)
                .where(Avviso.stato == StatoAvviso.PUBBLICATO, Avviso.termine < adesso().replace(microsecond=0))
                .limit(100)
            )
        )


def di_scheda(scheda_id: int) -> list[RigaAvviso]:
    """Published calls born of a sheet of the plan."""
    return _leggi(_righe().where(Avviso.scheda_id == scheda_id, Avviso.stato.in_(PUBBLICI)).order_by(Avviso.id).limit(50))


def priorita_di(avviso_id: int) -> list[int]:
    """The priorities of the tavoli that a call comes from."""
    cerca = select(AvvisoPriorita.priorita_id).where(AvvisoPriorita.avviso_id == avviso_id).order_by(AvvisoPriorita.id)
    return list(sessione.scalars(cerca.limit(200)))


def di_tavolo(tavolo_id: int) -> dict[int, list[tuple[str, str]]]:
    """Priority -> the published calls (slug, title) born from it, for all the priorities of a tavolo."""
    cerca = (
        select(AvvisoPriorita.priorita_id, Avviso.slug, Avviso.titolo)
        .join(Avviso, Avviso.id == AvvisoPriorita.avviso_id)
        .join(Priorita, Priorita.id == AvvisoPriorita.priorita_id)
        .where(Priorita.tavolo_id == tavolo_id, Avviso.stato.in_(PUBBLICI))
        .order_by(Avviso.id)
        .limit(200)
    )
    trovati: dict[int, list[tuple[str, str]]] = {}
    for priorita_id, slug, titolo in sessione.execute(cerca):
        trovati.setdefault(priorita_id, []).append((slug, titolo))
    return trovati


def conta_per_stato() -> dict[StatoAvviso, int]:
    from sqlalchemy import func

    return dict(sessione.execute(select(Avviso.stato, func.count()).group_by(Avviso.stato)).all())


def in_calendario(dal: datetime, al: datetime | None, limite: int) -> list[RigaAvviso]:
    """Published calls whose term is from an instant to another (excluded), in order."""
    cerca = _righe().where(Avviso.stato.in_(PUBBLICI), Avviso.termine >= dal)
    if al is not None:
        cerca = cerca.where(Avviso.termine < al)
    return _leggi(cerca.order_by(Avviso.termine, Avviso.id).limit(limite))


def prima_scadenza() -> datetime | None:
    return sessione.scalar(select(func.min(Avviso.termine)).where(Avviso.stato.in_(PUBBLICI)))


def per_calendario(limite: int) -> list[Avviso]:
    """The published calls with the latest terms."""
    cerca = select(Avviso).where(Avviso.stato.in_(PUBBLICI)).order_by(Avviso.termine.desc()).limit(limite)
    return list(sessione.scalars(cerca))
