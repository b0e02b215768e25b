"""Messages that matter are rows, written in the transaction of the act that causes them.

After the commit the worker sends them and keeps them for ever: an archive of every letter. A message that fails
is tried again, later and later; after ``MASSIMO_TENTATIVI`` it stays «da guardare» for the office. A message
may be ``trattenuto``: it waits for a person to look at it and let it go.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, delete, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from .clocks import adesso
from .db import Base, Id, Riga, Sigla, sessione
from .logs import log

MASSIMO_TENTATIVI = 8


class Messaggio(Base):
    """One letter to one address."""

    __tablename__ = "messaggio"
    __table_args__ = (
        CheckConstraint("inviato_il IS NULL OR errore IS NULL", name="esito"),
        Index("ix_messaggio_coda", "inviato_il", "prossimo_il"),
        Index("ix_messaggio_riferimento", "riferimento_tipo", "riferimento_id"),
    )

    id: Mapped[Id]
    ambito_id: Mapped[int | None] = mapped_column(ForeignKey("ambito.id"))
    destinatario: Mapped[Riga] = mapped_column(info={"personale": "indirizzo a cui si scrive"})
    oggetto: Mapped[Riga]
    testo: Mapped[str]
    riferimento_tipo: Mapped[Sigla | None]
    riferimento_id: Mapped[int | None]
    trattenuto: Mapped[bool] = mapped_column(default=False)
    creato_il: Mapped[datetime]
    prossimo_il: Mapped[datetime]
    """Not before this instant; pushed ahead while somebody is sending it and after each failure."""
    tentativi: Mapped[int] = mapped_column(default=0)
    inviato_il: Mapped[datetime | None]
    errore: Mapped[Riga | None]


def accoda(
    *,
    a: Sequence[str],
    oggetto: str,
    testo: str,
    ambito_id: int | None = None,
    riferimento: object | None = None,
    trattenuto: bool = False,
) -> None:
    """Queue one message per address, in the current transaction. Duplicated addresses get one."""
    quando = adesso()
    for indirizzo in dict.fromkeys(a):
        sessione.add(
            Messaggio(
                ambito_id=ambito_id,
                destinatario=indirizzo,
                oggetto=" ".join(oggetto.split())[:300],
                testo=testo,
                riferimento_tipo=getattr(type(riferimento), "__tablename__", None),
                riferimento_id=getattr(riferimento, "id", None),
                trattenuto=trattenuto,
                creato_il=quando,
                prossimo_il=quando,
            )
        )


def riscrivi_trattenuti(riferimento: object, *, oggetto: str, testo: str) -> set[str]:
    """Give their latest text to the letters about that row, on that matter, that are held and nobody has let go.

    Returns their addresses: what was never sent needs no letter of correction.
    """
    tipo, chiave = getattr(type(riferimento), "__tablename__", None), getattr(riferimento, "id", None)
    fermi = sessione.scalars(
        select(Messaggio)
        .where(
            Messaggio.riferimento_tipo == tipo,
            Messaggio.riferimento_id == chiave,
            Messaggio.oggetto == " ".join(oggetto.split())[:300],
            Messaggio.trattenuto.is_(True),
            Messaggio.inviato_il.is_(None),
        )
        .with_for_update()
    ).all()
    for messaggio in fermi:
        messaggio.testo = testo
    return {messaggio.destinatario for messaggio in fermi}


CANCELLATO = "indirizzo cancellato"


def dimentica(tipo: str, ids: Sequence[int]) -> None:
    """Throw away the addresses of the letters about these rows (table, ids): the time to keep them is over.

    Letters sent stay without their address; those that did not leave go away, since nobody is left to send them to.
    """
    di_quelle = (Messaggio.riferimento_tipo == tipo, Messaggio.riferimento_id.in_(ids))
    sessione.execute(delete(Messaggio).where(*di_quelle, Messaggio.inviato_il.is_(None)))
    sessione.execute(update(Messaggio).where(*di_quelle).values(destinatario=CANCELLATO))


def attesa_dopo(tentativi: int) -> timedelta:
    """How long to wait after the n-th failure: 1, 2, 4, 8… minutes, two hours at most."""
    return timedelta(minutes=min(2 ** max(tentativi - 1, 0), 120))


def prendi() -> Messaggio | None:
    """Claim the oldest message that is due: nobody else gets it for five minutes. One statement, both databases."""
    quando = adesso()
    maturi = (
        select(Messaggio.id)
        .where(
            Messaggio.inviato_il.is_(None),
            Messaggio.trattenuto.is_(False),
            Messaggio.prossimo_il <= quando,
            Messaggio.tentativi < MASSIMO_TENTATIVI,
        )
        .order_by(Messaggio.prossimo_il, Messaggio.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    preso = sessione.scalar(
        update(Messaggio)
        .where(Messaggio.id == maturi.scalar_subquery())
        .values(prossimo_il=quando + timedelta(minutes=5), tentativi=Messaggio.tentativi + 1)
        .returning(Messaggio.id)
    )
    return sessione.get(Messaggio, preso, populate_existing=True) if preso is not None else None


def spedito(messaggio: Messaggio) -> None:
    messaggio.inviato_il = adesso()
    messaggio.errore = None


def fallito(messaggio: Messaggio, motivo: str) -> None:
    """Note the failure and when to try again. ``motivo`` is the kind of error, never an address."""
    messaggio.errore = motivo[:300]
    messaggio.prossimo_il = adesso() + attesa_dopo(messaggio.tentativi)
    log.warning("messaggio_non_inviato", messaggio=messaggio.id, tentativi=messaggio.tentativi, motivo=motivo)


def eta_coda() -> float:
    """Seconds since the oldest message that should have left; 0 when the queue is empty. For /salute."""
    quando = adesso()
    prima = sessione.scalar(
        select(func.min(Messaggio.creato_il)).where(
            Messaggio.inviato_il.is_(None),
            Messaggio.trattenuto.is_(False),
            Messaggio.prossimo_il <= quando,
            Messaggio.tentativi < MASSIMO_TENTATIVI,  # those given up wait for a person, not for the worker
        )
    )
    return (quando - prima).total_seconds() if prima else 0.0
