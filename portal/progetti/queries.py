"""What projects cost, to whom, and from which lines of the plan. Amounts in euro."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from ..ambiti.models import Ambito
from ..avvisi.models import Avviso
from ..db import sessione
from ..enti.models import Ente
from ..piano.models import Annualita, RigaBilancio, Scheda
from ..piano.queries import righe_di_scheda
from ..proposte.models import Proposta, StatoProposta, Voce
from ..rete.queries.elezioni import GESTORI
from ..tenancy import tutti_gli_ambiti
from ..utenti.models import Utente
from . import rules
from .models import Impegno, Progetto, StatoProgetto

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class RigaProgetto:
    """A project in a list. ``legato`` is what is bound so far."""

    id: int
    slug: str
    titolo: str
    ente: str
    contributo: Decimal
    legato: Decimal
    stato: StatoProgetto
    approvato_il: date
    avviso_id: int

    @property
    def copertura(self) -> rules.Copertura:
        return rules.copertura(self.contributo, [self.legato])


@dataclass(frozen=True)
class ProgettoDiScheda:
    """A project that takes money from a sheet, and how much of that sheet's."""

    id: int
    slug: str
    titolo: str
    ente: str
    stato: StatoProgetto
    contributo: Decimal
    impegnato: Decimal


@dataclass(frozen=True)
class RigaLegabile:
    """A line of a sheet with what it has left: the three numbers of the form."""

    id: int
    anno: int
    fondo: str
    programmato: Decimal
    impegnato: Decimal

    @property
    def residuo(self) -> Decimal:
        return rules.residuo(self.programmato, [self.impegnato])


@dataclass(frozen=True)
class UltimoImpegno:
    """The latest money bound to a line: who, how much, for which project."""

    id: int
    nome: str
    importo: Decimal
    progetto: str


@dataclass(frozen=True)
class DaCreare:
    """A selected proposal that is not a project yet. ``richiesto`` is what it asks for."""

    proposta_id: int
    titolo: str
    ente: str
    avviso: str
    richiesto: Decimal
    avviso_id: int


@dataclass(frozen=True)
class Sforamento:
    """An accepted overrun: the reason and who accepted it stay with it."""

    impegno_id: int
    motivo: str
    nome: str
    oltre: Decimal
    quando: datetime


def impegnato_per_riga(scheda_id: int) -> dict[int, Decimal]:
    """Bound money of each line of a sheet; a line nobody has touched is not there."""
    cerca = (
        select(Impegno.riga_id, func.sum(Impegno.importo))
        .join(RigaBilancio, RigaBilancio.id == Impegno.riga_id)
        .join(Annualita, Annualita.id == RigaBilancio.annualita_id)
        .where(Annualita.scheda_id == scheda_id)
        .group_by(Impegno.riga_id)
    )
    return dict(sessione.execute(cerca).all())


def impegnato_su(riga_id: int) -> Decimal:
    """Bound money of one line, as it is now: call it while holding the line."""
    return sessione.scalar(select(func.sum(Impegno.importo)).where(Impegno.riga_id == riga_id)) or ZERO


def legato_di(progetto_id: int) -> Decimal:
    """What of a project is bound so far."""
    return sessione.scalar(select(func.sum(Impegno.importo)).where(Impegno.progetto_id == progetto_id)) or ZERO


def righe_legabili(scheda_id: int) -> list[RigaLegabile]:
    """The lines of a sheet with programmed, bound and residual money (2 queries)."""
    impegnato = impegnato_per_riga(scheda_id)
    return [
        RigaLegabile(r.id, r.anno, r.fondo_nome, r.importo, impegnato.get(r.id, ZERO)) for r in righe_di_scheda(scheda_id)
    ]


def ultimo_impegno_su(riga_id: int) -> UltimoImpegno | None:
    riga = sessione.execute(
        select(Impegno.id, Utente.nome, Impegno.importo, Progetto.titolo)
        .join(Utente, Utente.id == Impegno.creato_da)
        .join(Progetto, Progetto.id == Impegno.progetto_id)
        .where(Impegno.riga_id == riga_id)
        .order_by(Impegno.id.desc())
        .limit(1)
    ).first()
    return UltimoImpegno(*riga) if riga is not None else None


def _intero() -> tuple[ExecutableOption, ...]:
    riga = selectinload(Progetto.impegni).joinedload(Impegno.riga)
    proposta = selectinload(Progetto.proposta)
    return (
        selectinload(Progetto.ente),
        proposta.joinedload(Proposta.avviso),
        proposta.joinedload(Proposta.ente),
        riga.joinedload(RigaBilancio.fondo),
        riga.joinedload(RigaBilancio.annualita).joinedload(Annualita.scheda).joinedload(Scheda.ciclo),
    )


def progetto(slug: str) -> Progetto | None:
    """A project with its ente, its avviso, and each commitment with line, year, sheet, cycle and fund."""
    return sessione.scalar(select(Progetto).where(Progetto.slug == slug).options(*_intero()))


def progetto_bloccato(progetto_id: int) -> Progetto | None:
    """As ``progetto``, held until the transaction ends and read afresh."""
    return sessione.scalar(
        select(Progetto)
        .where(Progetto.id == progetto_id)
        .with_for_update()
        .options(*_intero())
        .execution_options(populate_existing=True)
    )


def impegno(slug: str, impegno_id: int) -> Impegno | None:
    """A commitment of that project, with the project."""
    return sessione.scalar(
        select(Impegno)
        .join(Progetto, Progetto.id == Impegno.progetto_id)
        .where(Progetto.slug == slug, Impegno.id == impegno_id)
        .options(joinedload(Impegno.progetto))
    )


def progetto_di_proposta(proposta_id: int) -> Progetto | None:
    return sessione.scalar(select(Progetto).where(Progetto.proposta_id == proposta_id))


def progetti_di_scheda(scheda_id: int) -> list[ProgettoDiScheda]:
    """Projects with money on a sheet, with how much of it."""
    cerca = (
        select(
            Progetto.id,
            Progetto.slug,
            Progetto.titolo,
            Ente.denominazione,
            Progetto.stato,
            Progetto.contributo,
            func.sum(Impegno.importo),
        )
        .join(Ente, Ente.id == Progetto.ente_id)
        .join(Impegno, Impegno.progetto_id == Progetto.id)
        .join(RigaBilancio, RigaBilancio.id == Impegno.riga_id)
        .join(Annualita, Annualita.id == RigaBilancio.annualita_id)
        .where(Annualita.scheda_id == scheda_id)
        .group_by(Progetto.id, Progetto.slug, Progetto.titolo, Ente.denominazione, Progetto.stato, Progetto.contributo)
        .order_by(Progetto.titolo, Progetto.id)
        .limit(200)
    )
    return [ProgettoDiScheda(*riga) for riga in sessione.execute(cerca)]


def _righe() -> Select[int, str, str, str, Decimal, Decimal, StatoProgetto, date, int]:
    legato = select(func.sum(Impegno.importo)).where(Impegno.progetto_id == Progetto.id).scalar_subquery()
    cerca = select(
        Progetto.id,
        Progetto.slug,
        Progetto.titolo,
        Ente.denominazione,
        Progetto.contributo,
        func.coalesce(legato, 0),
        Progetto.stato,
        Progetto.approvato_il,
        Proposta.avviso_id,
    )
    return cerca.join(Ente, Ente.id == Progetto.ente_id).join(Proposta, Proposta.id == Progetto.proposta_id)


def elenco(*, dopo: int | None, limite: int) -> list[RigaProgetto]:
    """Projects of the Ambito, the latest first: ``limite + 1`` rows for the pager."""
    cerca = _righe().order_by(Progetto.id.desc()).limit(limite + 1)
    if dopo is not None:
        cerca = cerca.where(Progetto.id < dopo)
    return [RigaProgetto(*riga) for riga in sessione.execute(cerca)]


def da_creare() -> list[DaCreare]:
    """Selected proposals that nobody has made a project of, the oldest first."""
    richiesto = select(func.sum(Voce.richiesto)).where(Voce.proposta_id == Proposta.id).scalar_subquery()
    cerca = (
        select(Proposta.id, Proposta.titolo, Ente.denominazione, Avviso.titolo, func.coalesce(richiesto, 0), Avviso.id)
        .join(Ente, Ente.id == Proposta.ente_id)
        .join(Avviso, Avviso.id == Proposta.avviso_id)
        .outerjoin(Progetto, Progetto.proposta_id == Proposta.id)
        .where(Proposta.stato == StatoProposta.SELEZIONATA, Progetto.id.is_(None))
        .order_by(Proposta.id)
        .limit(200)
    )
    return [DaCreare(*riga) for riga in sessione.execute(cerca)]


def proposta_selezionata(proposta_id: int) -> Proposta | None:
    """A selected proposal with avviso, ente and cost lines; None in any other state."""
    return sessione.scalar(
        select(Proposta)
        .where(Proposta.id == proposta_id, Proposta.stato == StatoProposta.SELEZIONATA)
        .options(joinedload(Proposta.avviso), joinedload(Proposta.ente), selectinload(Proposta.voci))
    )


def avviso_bloccato(avviso_id: int) -> Avviso | None:
    """The avviso, held until the transaction ends: two contributions never share the same money."""
    return sessione.scalar(
        select(Avviso).where(Avviso.id == avviso_id).with_for_update().execution_options(populate_existing=True)
    )


def disponibile(avviso: Avviso) -> Decimal | None:
    """What the avviso's resources have left after the projects made so far; None when it sets no limit."""
    if avviso.risorse is None:
        return None
    usato = sessione.scalar(
        select(func.sum(Progetto.contributo))
        .join(Proposta, Proposta.id == Progetto.proposta_id)
        .where(Proposta.avviso_id == avviso.id)
    )
    return avviso.risorse - (usato or ZERO)


def sforamenti(impegni: Iterable[Impegno]) -> list[Sforamento]:
    """The overruns among these commitments, each with its reason and who accepted it."""
    oltre = [i for i in impegni if i.sforamento_motivo is not None]
    cerca = select(Utente.id, Utente.nome).where(Utente.id.in_({i.sforamento_da for i in oltre}))
    nomi = dict(sessione.execute(cerca).all()) if oltre else {}
    return [
        Sforamento(i.id, i.sforamento_motivo or "", nomi[i.sforamento_da or 0], i.importo - i.residuo_prima, i.creato_il)
        for i in oltre
    ]


def slug_usati(inizio: str) -> set[str]:
    return set(sessione.scalars(select(Progetto.slug).where(Progetto.slug.startswith(inizio, autoescape=True)).limit(1000)))


def altri_su(righe: Iterable[int], progetto_id: int) -> dict[int, Decimal]:
    """What the other projects have bound on these lines."""
    cerca = (
        select(Impegno.riga_id, func.sum(Impegno.importo))
        .where(Impegno.riga_id.in_(list(righe)), Impegno.progetto_id != progetto_id)
        .group_by(Impegno.riga_id)
    )
    return dict(sessione.execute(cerca).all())


@dataclass(frozen=True)
class ProgettoDiEnte:
    ambito_slug: str
    ambito_nome: str
    slug: str
    titolo: str
    contributo: Decimal


def progetti_di_enti(enti: Collection[int]) -> list[ProgettoDiEnte]:
    """Projects of those enti across Ambiti, the latest first: for the enti's own pages."""
    cerca = (
        select(Ambito.slug, Ambito.nome, Progetto.slug, Progetto.titolo, Progetto.contributo)
        .join(Ambito, Ambito.id == Progetto.ambito_id)
        .where(Progetto.ente_id.in_(enti))
        .order_by(Progetto.id.desc())
        .limit(50)
    )
    with tutti_gli_ambiti():
        return [ProgettoDiEnte(*riga) for riga in sessione.execute(cerca)]


def gestisce(ente_id: int) -> str | None:
    """The title of a project that the ente carries out for the current Ambito; None when there is none (domain.md 3.2)."""
    cerca = select(Progetto.titolo).where(Progetto.ente_id == ente_id, Progetto.stato == StatoProgetto.ATTIVO)
    return sessione.scalar(cerca.order_by(Progetto.id).limit(1))


GESTORI.append(gestisce)
