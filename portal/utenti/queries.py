from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import set_committed_value

from ..clocks import adesso
from ..db import sessione
from ..figli import carica_figli
from .models import DELL_ENTE, RecuperoPassword, RuoloUtente, SessioneUtente, Tentativo, Utente
from .rules import FINESTRA, impronta


def utente_per_email(email: str) -> Utente | None:
    return _con_ruoli(sessione.scalar(select(Utente).where(Utente.email == email.strip().lower())))


def utente_per_id(utente_id: int) -> Utente | None:
    return _con_ruoli(sessione.scalar(select(Utente).where(Utente.id == utente_id)))


def _con_ruoli(utente: Utente | None) -> Utente | None:
    if utente is not None:
        carica_figli(utente, Utente.ruoli)
    return utente


_PER_GETTONE = (
    select(Utente, SessioneUtente.id, SessioneUtente.vista_il, RuoloUtente)
    .join(SessioneUtente, SessioneUtente.utente_id == Utente.id)
    .outerjoin(RuoloUtente, RuoloUtente.utente_id == Utente.id)
    .where(SessioneUtente.gettone == bindparam("gettone"), SessioneUtente.scade_il > bindparam("ora"), Utente.attivo)
    .order_by(RuoloUtente.id)
    .execution_options(populate_existing=True)
)
"""Made once: every page of who is logged in asks it. A row for each role."""


def utente_per_gettone(gettone: str) -> Utente | None:
    """The user of a live session, with roles loaded; None when it is expired, revoked or unknown."""
    righe = sessione.execute(_PER_GETTONE, {"gettone": impronta(gettone), "ora": adesso()}).all()
    if not righe:
        return None
    utente, sessione_id, vista_il, _ruolo = righe[0]
    set_committed_value(utente, "ruoli", [ruolo for *_, ruolo in righe if ruolo is not None])
    utente.in_questa_richiesta(sessione_id, gettone, vista_il)
    return utente


def sessioni_di(utente: Utente) -> list[SessioneUtente]:
    """Devices where the user is logged in, the latest first."""
    return list(
        sessione.scalars(
            select(SessioneUtente)
            .where(SessioneUtente.utente_id == utente.id, SessioneUtente.scade_il > adesso())
            .order_by(SessioneUtente.vista_il.desc())
            .limit(50)
        )
    )


def falliti(chiave: str) -> list[datetime]:
    """Instants of the recent failed attempts under a key."""
    return list(
        sessione.scalars(
            select(Tentativo.quando)
            .where(Tentativo.chiave == chiave, Tentativo.quando > adesso() - FINESTRA)
            .order_by(Tentativo.quando.desc())
            .limit(100)
        )
    )


def recupero_valido(gettone: str) -> RecuperoPassword | None:
    return sessione.scalar(
        select(RecuperoPassword).where(
            RecuperoPassword.gettone == impronta(gettone),
            RecuperoPassword.scade_il > adesso(),
            RecuperoPassword.usato_il.is_(None),
        )
    )


def persone_dell_ente(ente_id: int) -> Sequence[RuoloUtente]:
    """Who works for an ente, with the person loaded: representatives first."""
    return sessione.scalars(
        select(RuoloUtente)
        .where(RuoloUtente.ente_id == ente_id, RuoloUtente.ruolo.in_(DELL_ENTE))
        .options(selectinload(RuoloUtente.utente))
        .order_by(RuoloUtente.ruolo.desc(), RuoloUtente.id)
        .limit(200)
    ).all()


def indirizzi_dell_ente(ente_id: int) -> list[str]:
    """E-mail addresses of everyone with access to the ente's area."""
    return list(
        sessione.scalars(
            select(Utente.email)
            .join(RuoloUtente)
            .where(RuoloUtente.ente_id == ente_id, Utente.attivo)
            .distinct()
            .order_by(Utente.email)
            .limit(200)
        )
    )
