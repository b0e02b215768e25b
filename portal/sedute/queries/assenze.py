"""Who missed which sittings, and with which reason: from the attendance of those that were held and closed."""

from __future__ import annotations

from sqlalchemy import exists, or_, select

from ...clocks import a_roma
from ...db import sessione
from ...i18n import _
from ...organi.models import Organo
from ...organi.queries import HA_FATTO, IN_CORSO
from ...organi.rules.mandati import Assenza as Presenza
from ..models import Assenza, Convocato, Movimento, Seduta, StatoSeduta, Verso

ULTIME = 60
"""Sittings looked back at: more than any regulation asks for."""


def storico(organo_id: int) -> dict[int, list[Presenza]]:
    """Seat -> whether it was taken at each of the last sittings it was called to, the oldest first: one query.

    A sitting that was called off was not held: it is not here.
    """
    chiuse = (
        select(Seduta.id)
        .where(Seduta.organo_id == organo_id, Seduta.stato == StatoSeduta.CHIUSA)
        .order_by(Seduta.inizio.desc())
        .limit(ULTIME)
    )
    suo = (Convocato.seduta_id, Convocato.seggio_id)
    entrato = exists().where(
        Movimento.seduta_id == suo[0], Movimento.seggio_id == suo[1], Movimento.verso == Verso.ENTRA,
        Movimento.annullato_il.is_(None),
    )  # fmt: skip
    scritta = exists().where(Assenza.seduta_id == suo[0], Assenza.seggio_id == suo[1])
    con_motivo = or_(scritta, Convocato.giustificata)  # written by the office, or by the member with the answer
    cerca = (
        select(Convocato.seggio_id, entrato, con_motivo, Seduta.inizio, Seduta.numero)
        .join(Seduta, Seduta.id == Convocato.seduta_id)
        .where(Convocato.seduta_id.in_(chiuse))
        .order_by(Seduta.inizio, Seduta.id)
    )
    trovate: dict[int, list[Presenza]] = {}
    for seggio, presente, giustificata, inizio, numero in sessione.execute(cerca):
        riga = Presenza(bool(presente), bool(giustificata), a_roma(inizio).date(), numero)
        trovate.setdefault(seggio, []).append(riga)
    return trovate


def giustificate(seduta_id: int) -> dict[int, Assenza]:
    """Seat -> the reason of its absence at this sitting."""
    return {a.seggio_id: a for a in sessione.scalars(select(Assenza).where(Assenza.seduta_id == seduta_id).limit(500))}


def _in_corso(organo_id: int) -> str | None:
    """A body with a sitting called or open is not switched off: it is held or called off first."""
    vive = (StatoSeduta.CONVOCATA, StatoSeduta.APERTA)
    cerca = select(Seduta.numero).where(Seduta.organo_id == organo_id, Seduta.stato.in_(vive)).order_by(Seduta.numero)
    numero = sessione.scalar(cerca.limit(1))
    return None if numero is None else _("La seduta n. %(n)s è convocata: prima tienila o annullala.", n=numero)


def _ha_tenuto(organo_id: int) -> bool:
    convocata = exists().where(Seduta.organo_id == organo_id, Seduta.convocata_il.is_not(None))
    return bool(sessione.scalar(select(convocata)))


def spenti_con_sedute() -> list[Organo]:
    """The bodies that meet no more and left something to read."""
    convocata = exists().where(Seduta.organo_id == Organo.id, Seduta.convocata_il.is_not(None))
    cerca = select(Organo).where(~Organo.attivo, convocata)
    return list(sessione.scalars(cerca.order_by(Organo.ordine, Organo.nome).limit(100)))


IN_CORSO.append(_in_corso)
HA_FATTO.append(_ha_tenuto)
