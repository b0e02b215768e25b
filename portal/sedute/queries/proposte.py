"""Items that members ask for: a member's own, a body's, and the seats in whose name one may ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ...clocks import oggi
from ...db import sessione
from ...errors import TransizioneNonAmmessa
from ...i18n import _
from ...organi.models import Mandato, Organo, Seggio
from ...utenti.models import Utente
from ..models import Punto, PuntoProposto, Seduta, StatoPuntoProposto, StatoSeduta


@dataclass(frozen=True)
class Posto:
    """A seat that somebody holds today, in a body at work."""

    seggio_id: int
    organo_id: int
    ambito_id: int
    organo: str
    rappresenta: str


def posti_di(utente_id: int, limite: int = 50) -> list[Posto]:
    """The seats that somebody holds today, stand-ins apart."""
    giorno = oggi()
    cerca = (
        select(Seggio.id, Organo.id, Organo.ambito_id, Organo.nome, Seggio.rappresenta)
        .join(Organo, Organo.id == Seggio.organo_id)
        .join(Mandato, Mandato.seggio_id == Seggio.id)
        .where(
            Mandato.utente_id == utente_id, ~Mandato.supplente, Mandato.dal <= giorno,
            Mandato.al.is_(None) | (Mandato.al >= giorno), Seggio.al.is_(None) | (Seggio.al >= giorno), Organo.attivo,
        )
        .order_by(Organo.ordine, Organo.id, Seggio.ordine)
        .limit(limite)
    )  # fmt: skip
    return [Posto(*r) for r in sessione.execute(cerca)]


@dataclass(frozen=True)
class RigaProposta:
    """An item that was asked for, and what became of it: ``seduta`` is the number of the sitting it is on."""

    id: int
    titolo: str
    motivo: str
    testo: str
    stato: StatoPuntoProposto
    proposto_il: datetime
    deciso_il: datetime | None
    risposta: str
    organo_nome: str
    organo_slug: str
    rappresenta: str
    seduta: int | None
    seduta_il: datetime | None
    seduta_stato: StatoSeduta | None


def _righe(*condizioni: Any, ordine: Any, limite: int) -> list[RigaProposta]:
    cerca = (
        select(
            PuntoProposto.id, PuntoProposto.titolo, PuntoProposto.motivo, PuntoProposto.testo, PuntoProposto.stato,
            PuntoProposto.proposto_il, PuntoProposto.deciso_il, PuntoProposto.risposta, Organo.nome, Organo.slug,
            Seggio.rappresenta, Seduta.numero, Seduta.inizio, Seduta.stato,
        )
        .join(Organo, Organo.id == PuntoProposto.organo_id)
        .join(Seggio, Seggio.id == PuntoProposto.seggio_id)
        .outerjoin(Punto, Punto.id == PuntoProposto.punto_id)
        .outerjoin(Seduta, Seduta.id == Punto.seduta_id)
        .where(*condizioni)
        .order_by(*ordine)
        .limit(limite)
    )  # fmt: skip
    righe: Iterable[Any] = sessione.execute(cerca)
    return [RigaProposta(*r) for r in righe]


def di(utente_id: int, limite: int = 50) -> list[RigaProposta]:
    """What somebody asked for, the latest first."""
    return _righe(PuntoProposto.utente_id == utente_id, ordine=(PuntoProposto.id.desc(),), limite=limite)


def in_attesa(organo_id: int, limite: int = 100) -> list[RigaProposta]:
    """What the office has not answered yet, the oldest first."""
    aperte = PuntoProposto.stato == StatoPuntoProposto.PROPOSTO
    return _righe(PuntoProposto.organo_id == organo_id, aperte, ordine=(PuntoProposto.id,), limite=limite)


def decise(organo_id: int, limite: int = 30) -> list[RigaProposta]:
    """The latest that were answered."""
    chiuse = PuntoProposto.stato != StatoPuntoProposto.PROPOSTO
    return _righe(PuntoProposto.organo_id == organo_id, chiuse, ordine=(PuntoProposto.deciso_il.desc(),), limite=limite)


def in_attesa_di(utente_id: int) -> int:
    cerca = select(func.count(PuntoProposto.id)).where(PuntoProposto.utente_id == utente_id)
    return sessione.scalar(cerca.where(PuntoProposto.stato == StatoPuntoProposto.PROPOSTO)) or 0


def da_decidere_per_organo() -> dict[int, int]:
    """Body -> how many wait, in the current Ambito."""
    cerca = select(PuntoProposto.organo_id, func.count(PuntoProposto.id))
    aperte = PuntoProposto.stato == StatoPuntoProposto.PROPOSTO
    righe = sessione.execute(cerca.where(aperte).group_by(PuntoProposto.organo_id))
    return {riga[0]: riga[1] for riga in righe}


def conta_da_decidere() -> int:
    cerca = select(func.count(PuntoProposto.id)).where(PuntoProposto.stato == StatoPuntoProposto.PROPOSTO)
    return sessione.scalar(cerca) or 0


def proposto(slug: str, proposto_id: int) -> PuntoProposto | None:
    """One of that body, with the body and the seat."""
    cerca = (
        select(PuntoProposto)
        .join(Organo, Organo.id == PuntoProposto.organo_id)
        .where(Organo.slug == slug, PuntoProposto.id == proposto_id)
        .options(joinedload(PuntoProposto.organo), joinedload(PuntoProposto.seggio))
        .execution_options(populate_existing=True)
    )
    return sessione.scalar(cerca)


def di_punti(punti: Sequence[int]) -> list[PuntoProposto]:
    """Those that became one of these items."""
    return list(sessione.scalars(select(PuntoProposto).where(PuntoProposto.punto_id.in_(list(punti)))))


def blocca(proposto: PuntoProposto) -> None:
    """Hold it until the transaction ends. Raises ``TransizioneNonAmmessa`` when it has been answered already."""
    cerca = select(PuntoProposto.stato).where(PuntoProposto.id == proposto.id).with_for_update()
    if {sessione.execute(cerca).scalar_one(), proposto.stato} != {StatoPuntoProposto.PROPOSTO}:
        raise TransizioneNonAmmessa(_("Qualcuno l’ha già fatto, o la pagina non è aggiornata: ricaricala."))


def indirizzo_di(utente_id: int) -> list[str]:
    return list(sessione.scalars(select(Utente.email).where(Utente.id == utente_id, Utente.attivo)))


def bozze(organo_id: int, limite: int = 10) -> list[tuple[int, datetime]]:
    """Number and day of the sittings of a body still to convene, the nearest first."""
    cerca = select(Seduta.numero, Seduta.inizio).where(Seduta.organo_id == organo_id, Seduta.stato == StatoSeduta.BOZZA)
    return [(numero, inizio) for numero, inizio in sessione.execute(cerca.order_by(Seduta.inizio).limit(limite))]
