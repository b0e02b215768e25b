"""What the office reads of the guide: every page with its state, drafts, answers, what a page may be tied to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.orm import selectinload

from ...clocks import adesso
from ...db import sessione
from ..models import Categoria, Parere, Servizio, StatoServizio
from .pubbliche import TETTO, chiave_titolo, pagina


def servizio(slug: str) -> Servizio | None:
    """A service to be written on, drafts included, with everything an editor may change."""
    trovata = pagina(slug)
    return trovata.servizio if trovata else None


@dataclass(frozen=True)
class RigaUfficio:
    """A page of the guide as the office sees it; ``media``: clarity 1-4 of its ``pareri``, None without any."""

    id: int
    slug: str
    titolo: str
    categoria: Categoria
    stato: StatoServizio
    pubblicato: bool
    verificato_il: date | None
    aggiornato_il: datetime
    pareri: int
    media: Decimal | None


FILTRI_UFFICIO = ("bozze", "pubblicate", "da_verificare")


def elenco_ufficio(filtro: str | None, *, confine: date, dopo: int | None = None, limite: int = 50) -> list[RigaUfficio]:
    """Every page of the Ambito by title. ``filtro``: one of ``FILTRI_UFFICIO``; ``confine``: see ``rules``."""
    del_servizio = select(func.count(Parere.id)).where(Parere.servizio_id == Servizio.id)
    media = select(func.avg(Parere.chiarezza)).where(Parere.servizio_id == Servizio.id)
    colonne = [getattr(Servizio, nome) for nome in tuple(RigaUfficio.__dataclass_fields__)[:-2]]
    cerca = select(*colonne, del_servizio.scalar_subquery(), media.scalar_subquery())
    if filtro == "bozze":
        cerca = cerca.where(~Servizio.pubblicato)
    elif filtro == "pubblicate":
        cerca = cerca.where(Servizio.pubblicato)
    elif filtro == "da_verificare":
        cerca = cerca.where(_superata(confine))
    if dopo is not None:
        cerca = cerca.where(tuple_(Servizio.titolo, Servizio.id) > chiave_titolo(dopo))
    righe = sessione.execute(cerca.order_by(Servizio.titolo, Servizio.id).limit(limite + 1))
    return [_riga(tuple(riga)) for riga in righe]


def _riga(valori: tuple[Any, ...]) -> RigaUfficio:
    media = None if valori[-1] is None else Decimal(str(valori[-1])).quantize(Decimal("0.1"))
    return RigaUfficio(**dict(zip(RigaUfficio.__dataclass_fields__, (*valori[:-1], media), strict=True)))


def _superata(confine: date) -> Any:
    return Servizio.pubblicato & or_(Servizio.verificato_il.is_(None), Servizio.verificato_il < confine)


def conta_da_verificare(confine: date) -> int:
    """Published pages of the Ambito last checked before ``confine``, or never."""
    return _conta(_superata(confine))


def conta_bozze() -> int:
    return _conta(~Servizio.pubblicato)


def _conta(condizione: Any) -> int:
    return len(sessione.scalars(select(Servizio.id).where(condizione).limit(TETTO)).all())


def pareri(servizio_id: int, *, limite: int = 20) -> list[Parere]:
    """The latest answers that say something in words."""
    cerca = select(Parere).where(Parere.servizio_id == servizio_id, Parere.testo != "")
    return list(sessione.scalars(cerca.order_by(Parere.id.desc()).limit(limite)))


def pareri_recenti(servizio_id: int, da: timedelta, tetto: int) -> int:
    """Answers received in the last ``da``, counted up to ``tetto``."""
    recenti = (
        select(Parere.id)
        .where(Parere.servizio_id == servizio_id, Parere.lasciato_il > adesso() - da)
        .order_by(Parere.id.desc())
        .limit(tetto)
    )
    return len(sessione.scalars(recenti).all())


def slug_usati(inizio: str) -> set[str]:
    """Words already taken that begin with ``inizio``."""
    cerca = select(Servizio.slug).where(Servizio.slug.startswith(inizio, autoescape=True)).limit(200)
    return set(sessione.scalars(cerca))


def blocco(dopo: int, limite: int = 200) -> list[Servizio]:
    """Pages by id with their translations, a block at a time, for whoever walks them all."""
    cerca = select(Servizio).where(Servizio.id > dopo).options(selectinload(Servizio.traduzioni))
    return list(sessione.scalars(cerca.order_by(Servizio.id).limit(limite)))
