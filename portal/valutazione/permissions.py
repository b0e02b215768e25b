"""Who may open what, and when: nothing of a proposal before the term, nothing of it to who has a conflict.

A conflict is of the organisation (L. 241/1990 art. 6-bis; DPR 62/2013 art. 7): a role in an ente that applied is one,
whatever the person declares. It holds for the office as well as for the commission.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ..access import regola
from ..avvisi.models import Avviso
from ..clocks import adesso
from ..db import sessione
from ..proposte.models import Proposta, StatoProposta
from ..proposte.permissions import LETTORI
from ..tenancy import ambito_corrente, tutti_gli_ambiti
from ..utenti.models import Ruolo, Utente
from ..utenti.permissions import ufficio as dell_ufficio
from . import rules
from .models import Commissione, Membro, StatoCommissione, StatoDichiarazione


class P(StrEnum):
    UFFICIO = "valutazione.ufficio"
    APRI = "valutazione.apri"
    AMMETTI = "valutazione.ammetti"
    NOMINA = "valutazione.nomina"
    PUBBLICA = "valutazione.pubblica"
    COMMISSARIO = "valutazione.commissario"
    DICHIARA = "valutazione.dichiara"
    LEGGI = "valutazione.leggi"
    VALUTA = "valutazione.valuta"


@dataclass(frozen=True)
class Seggio:
    """A person's place in the commission of an avviso. ``enti`` are the ids of the bodies that applied."""

    membro: Membro
    commissione: Commissione
    avviso: Avviso
    enti: frozenset[int]

    @property
    def ambito_id(self) -> int:
        return self.avviso.ambito_id


RICEVUTE = tuple(s for s in StatoProposta if s not in (StatoProposta.BOZZA, StatoProposta.RITIRATA))
"""States of a proposal that was submitted and not withdrawn."""


def seggio_di(utente_id: int, avviso_id: int) -> Seggio | None:
    """The user's place in the commission of an avviso (with its criteria), in any Ambito; None when there is none."""
    cerca = (
        select(Membro)
        .join(Commissione, Commissione.id == Membro.commissione_id)
        .where(Commissione.avviso_id == avviso_id, Membro.utente_id == utente_id)
        .options(
            joinedload(Membro.commissione).options(
                joinedload(Commissione.avviso).selectinload(Avviso.criteri),
                selectinload(Commissione.membri).joinedload(Membro.utente),
            )
        )
    )
    concorrenti = select(Proposta.ente_id).where(Proposta.avviso_id == avviso_id, Proposta.stato.in_(RICEVUTE))
    with tutti_gli_ambiti():
        membro = sessione.scalar(cerca)
        if membro is None:
            return None
        enti = frozenset(sessione.scalars(concorrenti))
    return Seggio(membro, membro.commissione, membro.commissione.avviso, enti)


@dataclass(frozen=True)
class DaValutare:
    """A proposal on a commissioner's desk."""

    seggio: Seggio
    proposta: Proposta

    @property
    def ambito_id(self) -> int:
        return self.seggio.ambito_id


@regola(P.UFFICIO)
def ufficio(utente: Utente, oggetto: Any) -> bool:
    """The desk of the office: which procedures there are and at what point."""
    return dell_ufficio(utente, oggetto)


@regola(P.APRI)
def apri(utente: Utente, proposta: Proposta) -> bool:
    """Read a proposal that was submitted, only once the term has passed. Needs ``proposta.avviso``."""
    inviata = proposta.stato != StatoProposta.BOZZA
    return inviata and rules.termine_passato(proposta.avviso.termine, adesso()) and dell_ufficio(utente, proposta)


@regola(P.AMMETTI)
def ammetti(utente: Utente, proposta: Proposta) -> bool:
    """Decide on admissibility: who holds a role in that ente abstains."""
    return apri(utente, proposta) and not rules.in_conflitto(utente.enti_ids(), [proposta.ente_id])


@regola(P.NOMINA)
def nomina(utente: Utente, oggetto: Any) -> bool:
    """Write down the commission that an act has appointed (on its Avviso, or on a Commissione)."""
    return dell_ufficio(utente, oggetto)


@regola(P.PUBBLICA)
def pubblica(utente: Utente, avviso: Avviso) -> bool:
    return dell_ufficio(utente, avviso)


@regola(P.COMMISSARIO)
def commissario(utente: Utente, oggetto: Any) -> bool:
    """Who sits in the commissions of this Ambito."""
    return utente.ha(Ruolo.COMMISSARIO, ambito_id=getattr(oggetto, "ambito_id", None) or ambito_corrente() or -1)


@regola(P.DICHIARA)
def dichiara(utente: Utente, seggio: Seggio) -> bool:
    """One's own seat, and nobody else's."""
    return seggio.membro.utente_id == utente.id and commissario(utente, seggio)


@regola(P.LEGGI)
def leggi(utente: Utente, seggio: Seggio) -> bool:
    """See what was submitted: the declarations of the whole commission are in, and none tells of a conflict."""
    tutte = all(m.dichiarazione == StatoDichiarazione.ASSENZA for m in seggio.commissione.membri)
    return (
        dichiara(utente, seggio)
        and tutte
        and seggio.commissione.stato != StatoCommissione.NOMINATA
        and rules.termine_passato(seggio.avviso.termine, adesso())
        and not rules.in_conflitto(utente.enti_ids(), seggio.enti)
    )


@regola(P.VALUTA)
def valuta(utente: Utente, lavoro: DaValutare) -> bool:
    """Read and score one admitted proposal, while the commission is at work."""
    return (
        leggi(utente, lavoro.seggio)
        and lavoro.seggio.commissione.stato == StatoCommissione.AL_LAVORO
        and lavoro.proposta.avviso_id == lavoro.seggio.avviso.id
        and lavoro.proposta.stato == StatoProposta.AMMESSA
    )


def lettore(utente: Utente, proposta: Proposta) -> bool:
    """May the user read this proposal as a commissioner? Asked by ``proposte`` for its own pages and files."""
    suo = seggio_di(utente.id, proposta.avviso_id)
    return suo is not None and valuta(utente, DaValutare(suo, proposta))


LETTORI.append(lettore)
