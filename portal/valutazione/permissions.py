"""Who may open what, and when: nothing of a proposal before the term, nothing of it to who has a conflict.

A conflict is of the organisation (L. 241/1990 art. 6-bis; DPR 62/2013 art. 7): a role in an ente that applied is one,
whatever the person declares. It holds for the office as well as for the commission: who of the office must abstain
(``proposte.permissions.si_astiene``) gets nothing of that avviso, neither before nor after the outcome, but its public
pages and their own ente's.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from ..access import regola
from ..avvisi.models import Avviso
from ..clocks import adesso
from ..db import sessione
from ..figli import carica_figli
from ..proposte.models import Proposta, StatoProposta
from ..proposte.permissions import ASTENSIONE, LETTORI, si_astiene
from ..tenancy import ambito_corrente, tutti_gli_ambiti
from ..utenti.models import Ruolo, Utente
from ..utenti.permissions import ufficio as dell_ufficio
from . import rules
from .models import Commissione, Membro, StatoCommissione, StatoDichiarazione


class P(StrEnum):
    UFFICIO = "valutazione.ufficio"
    CONDUCI = "valutazione.conduci"
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
    """A person's place in the commission of an avviso. ``enti`` are the ids of the bodies that applied (``concorrenti``)."""

    membro: Membro
    commissione: Commissione
    avviso: Avviso
    enti: frozenset[int]

    @property
    def ambito_id(self) -> int:
        return self.avviso.ambito_id


RICEVUTE = tuple(s for s in StatoProposta if s not in (StatoProposta.BOZZA, StatoProposta.RITIRATA))
"""States of a proposal that was submitted and not withdrawn."""


def concorrenti(avviso_id: int) -> Select[int]:
    """Ids of the bodies with which a commissioner may be in conflict: those that applied, also if they withdrew.

    The same that ``si_astiene`` counts for the office: who withdrew took part, and may contest the outcome.
    """
    return select(Proposta.ente_id).where(Proposta.avviso_id == avviso_id, Proposta.stato != StatoProposta.BOZZA)


def seggio_di(utente_id: int, avviso_id: int) -> Seggio | None:
    """The user's place in the commission of an avviso (with its criteria), in any Ambito; None when there is none."""
    cerca = (
        select(Membro)
        .join(Commissione, Commissione.id == Membro.commissione_id)
        .where(Commissione.avviso_id == avviso_id, Membro.utente_id == utente_id)
        .options(joinedload(Membro.commissione).joinedload(Commissione.avviso))
    )
    with tutti_gli_ambiti():
        membro = sessione.scalar(cerca)
        if membro is None:
            return None
        enti = frozenset(sessione.scalars(concorrenti(avviso_id)))
    carica_figli(membro.commissione, Commissione.membri, con=Membro.utente)
    carica_figli(membro.commissione.avviso, Avviso.criteri)
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


@regola(P.CONDUCI, noto_a=dell_ufficio, perche=ASTENSIONE)
def conduci(utente: Utente, avviso: Avviso) -> bool:
    """Follow the procedure of an avviso: what was received, the commission, the scores, the ranking."""
    return dell_ufficio(utente, avviso) and not si_astiene(utente, avviso.id)


def _ufficio_dopo_il_termine(utente: Utente, proposta: Proposta) -> bool:
    inviata = proposta.stato != StatoProposta.BOZZA
    return inviata and rules.termine_passato(proposta.avviso.termine, adesso()) and dell_ufficio(utente, proposta)


@regola(P.APRI, noto_a=_ufficio_dopo_il_termine, perche=ASTENSIONE)
def apri(utente: Utente, proposta: Proposta) -> bool:
    """Read a proposal that was submitted, only once the term has passed. Needs ``proposta.avviso``."""
    return _ufficio_dopo_il_termine(utente, proposta) and not si_astiene(utente, proposta.avviso_id)


@regola(P.AMMETTI, noto_a=_ufficio_dopo_il_termine, perche=ASTENSIONE)
def ammetti(utente: Utente, proposta: Proposta) -> bool:
    """Decide on admissibility: who may read the proposal."""
    return apri(utente, proposta)


@regola(P.NOMINA, noto_a=dell_ufficio, perche=ASTENSIONE)
def nomina(utente: Utente, oggetto: Avviso | Membro) -> bool:
    """Write down the commission that an act has appointed, or change one of its members (with ``commissione`` loaded)."""
    avviso_id = oggetto.commissione.avviso_id if isinstance(oggetto, Membro) else oggetto.id
    return dell_ufficio(utente, oggetto) and not si_astiene(utente, avviso_id)


@regola(P.PUBBLICA, noto_a=dell_ufficio, perche=ASTENSIONE)
def pubblica(utente: Utente, avviso: Avviso) -> bool:
    """Publish the outcome."""
    return conduci(utente, avviso)


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
