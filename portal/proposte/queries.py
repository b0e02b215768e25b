from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..ambiti.models import Ambito
from ..avvisi import queries as avvisi
from ..avvisi.models import Avviso
from ..avvisi.rules import Profilo, aperto
from ..clocks import adesso
from ..db import sessione
from ..enti import queries as enti
from ..enti.models import Ente, StatoRunts
from ..figli import carica_figli
from ..tenancy import tutti_gli_ambiti
from . import rules
from .contenuto import da_imprimere
from .models import Allegato, Proposta, Ricevuta, Sezione, StatoProposta


def profilo(ente: Ente) -> Profilo:
    """What is known of an ente for its requirements (the ente comes with register history and activities)."""
    ultima = ente.rilevazioni[0] if ente.rilevazioni else None
    return Profilo(
        stato=ultima.stato if ultima else StatoRunts.NON_TROVATO,
        sezione=ultima.sezione if ultima else None,
        iscritto_il=ultima.iscritto_il if ultima else None,
        rilevata_il=ultima.rilevata_il if ultima else None,
        attivita=frozenset(a.lettera for a in ente.attivita),
        forma_giuridica=ente.forma_giuridica,
    )


_INTERA = (
    select(Proposta)
    .options(*(joinedload(parte) for parte in (Proposta.avviso, Proposta.ente, Proposta.rilevazione, Proposta.ricevuta)))
    .execution_options(populate_existing=True)
)
_PARTI = (Proposta.sezioni, Proposta.lotti, Proposta.voci, Proposta.allegati, Proposta.dichiarazioni)


def proposta_intera(proposta_id: int) -> Proposta | None:
    """A proposal with everything in it, its call and its ente: the same few queries whatever its size.

    Asked across Ambiti, because an ente's own pages span them: the permission is checked on the row.
    """
    with tutti_gli_ambiti():
        proposta = sessione.scalar(_INTERA.where(Proposta.id == proposta_id))
    if proposta is not None:
        avvisi.carica_parti(proposta.avviso, rileggi=True)
        enti.carica_registro(proposta.ente, rileggi=True)
        carica_figli(proposta, *_PARTI, rileggi=True)  # the lots and documents they name are the call's, read above
    return proposta


def proposta_breve(proposta_id: int) -> Proposta | None:
    """A proposal with its call and ente only: for permissions and downloads."""
    with tutti_gli_ambiti():
        return sessione.scalar(
            select(Proposta)
            .where(Proposta.id == proposta_id)
            .options(joinedload(Proposta.avviso), joinedload(Proposta.ente), joinedload(Proposta.ricevuta))
        )


def blocca(proposta_id: int) -> None:
    """Lock the proposal's row until the transaction ends: two submissions at once queue here."""
    with tutti_gli_ambiti():
        sessione.execute(select(Proposta.id).where(Proposta.id == proposta_id).with_for_update())


def attiva_di(ente_id: int, avviso_id: int) -> Proposta | None:
    """The ente's proposal to that call that is not withdrawn, if any."""
    with tutti_gli_ambiti():
        return sessione.scalar(
            select(Proposta).where(Proposta.ente_id == ente_id, Proposta.avviso_id == avviso_id, Proposta.attiva == 1)
        )


@dataclass(frozen=True)
class RigaBozza:
    id: int
    titolo: str
    avviso_titolo: str
    ambito_nome: str
    ente_nome: str
    termine: datetime | None
    aperto: bool


def bozze_di(enti: Collection[int], limite: int = 50) -> list[RigaBozza]:
    """Drafts of those enti across Ambiti, the nearest term first."""
    cerca = (
        select(Proposta.id, Proposta.titolo, Avviso.titolo, Ambito.nome, Ente.denominazione, Avviso.termine, Avviso.stato)
        .join(Avviso, Avviso.id == Proposta.avviso_id)
        .join(Ambito, Ambito.id == Proposta.ambito_id)
        .join(Ente, Ente.id == Proposta.ente_id)
        .where(Proposta.ente_id.in_(enti), Proposta.stato == StatoProposta.BOZZA)
        .order_by(Avviso.termine, Proposta.id)
        .limit(limite)
    )
    with tutti_gli_ambiti():
        return [RigaBozza(*r[:6], aperto=aperto(r[6], r[5], adesso())) for r in sessione.execute(cerca)]


@dataclass(frozen=True)
class RigaPresentata:
    id: int
    titolo: str
    avviso_titolo: str
    ambito_nome: str
    ente_nome: str
    stato: StatoProposta
    presentata_il: datetime | None
    anno: int
    numero: int


def presentate_di(enti: Collection[int], *, limite: int = 50) -> list[RigaPresentata]:
    """Submitted proposals of those enti across Ambiti, the latest first."""
    cerca = (
        select(
            Proposta.id, Proposta.titolo, Avviso.titolo, Ambito.nome, Ente.denominazione, Proposta.stato,
            Proposta.presentata_il, Ricevuta.anno, Ricevuta.numero,
        )
        .join(Avviso, Avviso.id == Proposta.avviso_id)
        .join(Ambito, Ambito.id == Proposta.ambito_id)
        .join(Ente, Ente.id == Proposta.ente_id)
        .join(Ricevuta, Ricevuta.proposta_id == Proposta.id)
        .where(Proposta.ente_id.in_(enti))
        .order_by(Proposta.presentata_il.desc(), Proposta.id.desc())
        .limit(limite)
    )  # fmt: skip
    with tutti_gli_ambiti():
        return [RigaPresentata(*r) for r in sessione.execute(cerca)]


@dataclass(frozen=True)
class RigaRicevuta:
    """What anyone may know of a receipt: no names of people, no content."""

    ambito_nome: str
    ambito_slug: str
    avviso_titolo: str
    avviso_slug: str
    anno: int
    numero: int
    emessa_il: datetime
    impronta: str
    ritirata: bool
    integra: bool
    """Is what the database holds today what was submitted, to the last comma?"""
    file: tuple[str, ...]
    """SHA-256 of the files received."""


def ricevuta_per_codice(codice: str) -> RigaRicevuta | None:
    """The public side of a receipt, by its verification code; the fingerprint is computed again from the content."""
    cerca = (
        select(
            Ambito.nome, Ambito.slug, Avviso.titolo, Avviso.slug, Ricevuta.anno, Ricevuta.numero, Ricevuta.emessa_il,
            Ricevuta.impronta, Proposta.stato, Proposta.id,
        )
        .join(Proposta, Proposta.id == Ricevuta.proposta_id)
        .join(Avviso, Avviso.id == Proposta.avviso_id)
        .join(Ambito, Ambito.id == Ricevuta.ambito_id)
        .where(Ricevuta.codice == codice)
    )  # fmt: skip
    with tutti_gli_ambiti():
        riga = sessione.execute(cerca).first()
        if riga is None:
            return None
    proposta = proposta_intera(riga[9])
    assert proposta is not None  # the receipt's foreign key
    file = tuple(a.sha256 for a in sorted(proposta.allegati, key=lambda a: a.id))
    integra = rules.impronta(da_imprimere(proposta)) == riga[7]
    return RigaRicevuta(*riga[:8], ritirata=riga[8] == StatoProposta.RITIRATA, integra=integra, file=file)


@dataclass(frozen=True)
class FileRicevuto:
    """A file that some receipt lists: only what the receipt says publicly."""

    ambito_nome: str
    avviso_titolo: str
    anno: int
    numero: int
    emessa_il: datetime


def file_ricevuti(sha256: str, limite: int = 5) -> list[FileRicevuto]:
    """Receipts that list a file with that fingerprint."""
    cerca = (
        select(Ambito.nome, Avviso.titolo, Ricevuta.anno, Ricevuta.numero, Ricevuta.emessa_il)
        .join(Proposta, Proposta.id == Ricevuta.proposta_id)
        .join(Allegato, Allegato.proposta_id == Proposta.id)
        .join(Avviso, Avviso.id == Proposta.avviso_id)
        .join(Ambito, Ambito.id == Ricevuta.ambito_id)
        .where(Allegato.sha256 == sha256)
        .order_by(Ricevuta.id)
        .limit(limite)
    )
    with tutti_gli_ambiti():
        return [FileRicevuto(*r) for r in sessione.execute(cerca)]


def allegato_per_id(allegato_id: int) -> Allegato | None:
    """An attachment with its proposal, the proposal's call and ente: for the download and its permission."""
    with tutti_gli_ambiti():
        return sessione.scalar(
            select(Allegato)
            .where(Allegato.id == allegato_id)
            .options(
                joinedload(Allegato.proposta).joinedload(Proposta.avviso),
                joinedload(Allegato.proposta).joinedload(Proposta.ente),
            )
        )


def sezione_di(proposta_id: int, chiave: str) -> Sezione | None:
    return sessione.scalar(select(Sezione).where(Sezione.proposta_id == proposta_id, Sezione.chiave == chiave))


def nomi_autori(ids: Collection[int]) -> dict[int, str]:
    """Names of the people who wrote, for the ente's own pages."""
    from ..utenti.models import Utente

    return dict(sessione.execute(select(Utente.id, Utente.nome).where(Utente.id.in_(ids))).all())
