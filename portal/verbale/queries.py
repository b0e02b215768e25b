"""Minutes: whole, in lists, by code, by file. A fixed number of queries each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from ..ambiti.models import Ambito
from ..db import sessione
from ..errors import TransizioneNonAmmessa
from ..figli import carica_figli
from ..i18n import _
from ..organi.models import Organo
from ..sedute import queries as sedute
from ..sedute.models import Convocato, Decisione, Punto, Seduta, StatoPunto, StatoSeduta, Votazione
from ..tenancy import tutti_gli_ambiti
from .models import FileVerbale, GenereFile, Osservazione, Rettifica, StatoVerbale, Verbale

PUBBLICO = StatoVerbale.PUBBLICATO


def intero(slug: str, numero: int) -> Verbale | None:
    """The minute of that sitting with everything its pages say: the same queries whatever it holds."""
    seduta = sedute.intera(slug, numero)
    return di_seduta(seduta) if seduta else None


def di_seduta(seduta: Seduta) -> Verbale | None:
    """The minute of a sitting that is loaded whole."""
    trovato: Verbale | None = sessione.scalar(
        select(Verbale)
        .where(Verbale.seduta_id == seduta.id)
        .options(joinedload(Verbale.approvazione).joinedload(Punto.seduta))
        .execution_options(populate_existing=True)
    )
    if trovato is None:
        return None
    set_committed_value(trovato, "seduta", seduta)
    carica_figli(trovato, Verbale.parti, Verbale.osservazioni, Verbale.omissis, Verbale.file)
    carica_figli(trovato, Verbale.rettifiche, con=Rettifica.decisione)
    for parte in trovato.parti:
        set_committed_value(parte, "verbale", trovato)
    for osservazione in trovato.osservazioni:
        set_committed_value(osservazione, "verbale", trovato)
    return trovato


def esiste(seduta_id: int) -> bool:
    return sessione.scalar(select(Verbale.id).where(Verbale.seduta_id == seduta_id)) is not None


def stato_di(seduta_id: int) -> StatoVerbale | None:
    """How far the minute of a sitting is; None: there is none yet."""
    return sessione.scalar(select(Verbale.stato).where(Verbale.seduta_id == seduta_id))


@dataclass(frozen=True)
class DaRileggere:
    """The minute of a sitting as who was called finds it: published, or the draft, to remark on until ``entro``."""

    stato: StatoVerbale
    entro: datetime | None


def da_rileggere(sedute: Iterable[int]) -> dict[int, DaRileggere]:
    """Sitting -> its minute, of those that were sent to the members."""
    cerca = select(Verbale.seduta_id, Verbale.stato, Verbale.osservazioni_entro)
    righe = sessione.execute(cerca.where(Verbale.seduta_id.in_(list(sedute)), Verbale.inviato_il.is_not(None)))
    return {seduta_id: DaRileggere(stato, entro) for seduta_id, stato, entro in righe}


def blocca(verbale: Verbale) -> None:
    """Hold the minute until the transaction ends, and read again what belongs to it.

    Raises ``TransizioneNonAmmessa`` when somebody else moved it meanwhile.
    """
    stato = sessione.execute(select(Verbale.stato).where(Verbale.id == verbale.id).with_for_update()).scalar_one()
    if stato != verbale.stato:
        raise TransizioneNonAmmessa(_("Qualcuno l’ha già fatto, o la pagina non è aggiornata: ricaricala."))
    figli = (Verbale.parti, Verbale.osservazioni, Verbale.omissis, Verbale.file)
    carica_figli(verbale, *figli, rileggi=True)
    carica_figli(verbale, Verbale.rettifiche, con=Rettifica.decisione, rileggi=True)
    for figlio in (*verbale.parti, *verbale.osservazioni):
        set_committed_value(figlio, "verbale", verbale)


def file(verbale: Verbale, genere: GenereFile) -> FileVerbale | None:
    return next((f for f in verbale.file if f.genere == genere), None)


def accanto(verbale: Verbale) -> list[str]:
    """What is published beside the copy: the reasons of the words left out, and the corrections."""
    return [*(o.motivo for o in verbale.omissis), *(r.testo for r in verbale.rettifiche)]


@dataclass(frozen=True)
class VotoUtile:
    """A vote that passed in a later sitting of the body: one of these approves the minute. ``ora``: when it was taken."""

    punto_id: int
    titolo: str
    ora: datetime
    seduta: int
    inizio: datetime


def voti_utili(verbale: Verbale, limite: int = 50) -> list[VotoUtile]:
    """Items of later sittings of the same body whose own proposal (not an amendment) was voted and passed: those about this
    minute, then the latest; each once, by its last such vote."""
    suo = and_(Punto.oggetto_tipo == "verbale", Punto.oggetto_id == verbale.id)
    cerca = (
        select(Punto.id, Punto.titolo, Votazione.ora, Seduta.numero, Seduta.inizio)
        .join(Votazione, Votazione.punto_id == Punto.id)
        .join(Seduta, Seduta.id == Punto.seduta_id)
        .where(
            Seduta.organo_id == verbale.organo_id, Seduta.inizio > verbale.seduta.inizio, Votazione.approvata,
            Votazione.oggetto == "", Punto.stato == StatoPunto.TRATTATO,
        )
        .order_by(case((suo, 0), else_=1), Votazione.ora.desc())
        .limit(limite)
    )  # fmt: skip
    trovati = [VotoUtile(*r) for r in sessione.execute(cerca)]
    return list({v.punto_id: v for v in reversed(trovati)}.values())[::-1]


@dataclass(frozen=True)
class DecisioneSuccessiva:
    id: int
    anno: int
    numero: int
    testo: str
    presa_il: datetime


def decisioni_successive(verbale: Verbale, limite: int = 50) -> list[DecisioneSuccessiva]:
    """Decisions of the body taken after the minute was approved: one of these may correct it."""
    cerca = (
        select(Decisione.id, Decisione.anno, Decisione.numero, Decisione.testo, Decisione.presa_il)
        .where(Decisione.organo_id == verbale.organo_id, Decisione.presa_il > verbale.approvato_il)
        .order_by(Decisione.presa_il.desc())
        .limit(limite)
    )
    return [DecisioneSuccessiva(*r) for r in sessione.execute(cerca)]


def osservazione(slug: str, numero: int, osservazione_id: int) -> Osservazione | None:
    """A remark with its minute, loaded whole."""
    verbale = intero(slug, numero)
    return next((o for o in verbale.osservazioni if o.id == osservazione_id), None) if verbale else None


@dataclass(frozen=True)
class RigaVerbale:
    """A minute of a list, or what anyone may know of it by its code."""

    ambito_nome: str
    ambito_slug: str
    organo_nome: str
    organo_slug: str
    seduta: int
    anno: int
    numero: int
    giorno: datetime
    pubblicato_il: datetime


def _pubblicati(*condizioni: Any) -> Any:
    return (
        select(
            Ambito.nome, Ambito.slug, Organo.nome, Organo.slug, Seduta.numero, Verbale.anno, Verbale.numero, Seduta.inizio,
            Verbale.pubblicato_il,
        )
        .join(Seduta, Seduta.id == Verbale.seduta_id)
        .join(Organo, Organo.id == Verbale.organo_id)
        .join(Ambito, Ambito.id == Verbale.ambito_id)
        .where(Verbale.stato == PUBBLICO, *condizioni)
    )  # fmt: skip


@dataclass(frozen=True)
class VerbaleVerificato:
    """What ``/verifica`` says of a published minute. ``file``: SHA-256 of each of its files, and which it is."""

    riga: RigaVerbale
    codice: str
    file: dict[str, GenereFile]
    rettifiche: int


def per_codice(codice: str) -> VerbaleVerificato | None:
    """A published minute by its code; of one that is not published nobody learns that it exists."""
    with tutti_gli_ambiti():
        riga = sessione.execute(_pubblicati(Verbale.codice == codice)).first()
        if riga is None:
            return None
        cerca = select(FileVerbale.sha256, FileVerbale.genere).join(Verbale).where(Verbale.codice == codice)
        file = {f.sha256: f.genere for f in sessione.execute(cerca)}
        quante = sessione.scalars(select(Rettifica.id).join(Verbale).where(Verbale.codice == codice)).all()
    return VerbaleVerificato(RigaVerbale(*riga), codice, file, len(quante))


@dataclass(frozen=True)
class FileRiconosciuto:
    riga: RigaVerbale
    genere: GenereFile


def file_riconosciuti(sha256: str, limite: int = 5) -> list[FileRiconosciuto]:
    """Published minutes that have a file with that fingerprint."""
    cerca = (
        _pubblicati(FileVerbale.sha256 == sha256)
        .join(FileVerbale, FileVerbale.verbale_id == Verbale.id)
        .add_columns(FileVerbale.genere)
        .order_by(Verbale.id)
        .limit(limite)
    )
    with tutti_gli_ambiti():
        righe: Iterable[Any] = sessione.execute(cerca)
        return [FileRiconosciuto(RigaVerbale(*r[:-1]), r[-1]) for r in righe]


def da_scrivere(limite: int = 50) -> list[tuple[str, str, int, datetime]]:
    """Closed sittings of the current Ambito without a minute: body, slug, number, day; the oldest first."""
    cerca = (
        select(Organo.nome, Organo.slug, Seduta.numero, Seduta.inizio)
        .join(Organo, Organo.id == Seduta.organo_id)
        .outerjoin(Verbale, Verbale.seduta_id == Seduta.id)
        .where(Seduta.stato == StatoSeduta.CHIUSA, Verbale.id.is_(None))
        .order_by(Seduta.inizio)
        .limit(limite)
    )
    return [tuple(r) for r in sessione.execute(cerca)]  # type: ignore[misc]


def da_rispondere() -> int:
    """Remarks of the current Ambito without an answer, at most a hundred."""
    cerca = select(Osservazione.id).where(Osservazione.esito.is_(None)).limit(100)
    return len(sessione.scalars(cerca).all())


def seggi_di(verbale: Verbale, utente_id: int) -> list[Convocato]:
    """The seats for which that person was called."""
    return [c for c in verbale.seduta.convocati if c.utente_id == utente_id]


@dataclass(frozen=True)
class VerbaleInCorso:
    """A minute on its way."""

    organo_nome: str
    organo_slug: str
    seduta: int
    anno: int
    numero: int
    giorno: datetime
    stato: StatoVerbale
    osservazioni_entro: datetime | None


def in_corso(limite: int = 50) -> list[VerbaleInCorso]:
    """Minutes of the current Ambito that are not published, the oldest sitting first."""
    cerca = (
        select(
            Organo.nome, Organo.slug, Seduta.numero, Verbale.anno, Verbale.numero, Seduta.inizio, Verbale.stato,
            Verbale.osservazioni_entro,
        )
        .join(Seduta, Seduta.id == Verbale.seduta_id)
        .join(Organo, Organo.id == Verbale.organo_id)
        .where(Verbale.stato != PUBBLICO)
        .order_by(Seduta.inizio, Verbale.id)
        .limit(limite)
    )  # fmt: skip
    return [VerbaleInCorso(*r) for r in sessione.execute(cerca)]
