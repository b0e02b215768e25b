"""Sittings: of a body, of an Ambito, and one with all that the desk needs. A fixed number of queries each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from ...clocks import adesso
from ...db import sessione
from ...errors import TransizioneNonAmmessa
from ...figli import carica_di_tutte, carica_figli
from ...i18n import _
from ...organi.models import Mandato, Organo, RegolaDiVoto
from ...organi.rules.quorum import Componenti
from ..models import (
    Azione,
    Convocato,
    Decisione,
    Movimento,
    Punto,
    Seduta,
    StatoPunto,
    StatoSeduta,
    Votazione,
)
from ..rules.presenze import Movimento as Passaggio
from ..rules.presenze import da_quando
from ..rules.sala import Sala, sala, soglie

PUBBLICHE = (StatoSeduta.CONVOCATA, StatoSeduta.APERTA, StatoSeduta.CHIUSA, StatoSeduta.ANNULLATA)
"""A draft is nobody's but the office's; one cancelled after it was convened stays, with its reason."""
_NOTE_A_TUTTI = (Seduta.stato.in_(PUBBLICHE), Seduta.convocata_il.is_not(None))


@dataclass(frozen=True)
class RigaSeduta:
    """A sitting of a list."""

    id: int
    numero: int
    stato: StatoSeduta
    inizio: datetime
    luogo: str
    pubblica: bool
    convocata_il: datetime | None
    organo_nome: str
    organo_slug: str
    punti: int


def _righe(*condizioni: Any, ordine: Any, limite: int) -> list[RigaSeduta]:
    quanti = select(func.count(Punto.id)).where(Punto.seduta_id == Seduta.id).correlate(Seduta).scalar_subquery()
    cerca = (
        select(
            Seduta.id, Seduta.numero, Seduta.stato, Seduta.inizio, Seduta.luogo, Seduta.pubblica, Seduta.convocata_il,
            Organo.nome, Organo.slug, quanti,
        )
        .join(Organo, Organo.id == Seduta.organo_id)
        .where(*condizioni)
        .order_by(*ordine)
        .limit(limite)
    )  # fmt: skip
    righe: Iterable[Any] = sessione.execute(cerca)
    return [RigaSeduta(*r) for r in righe]


def da_tenere(limite: int = 50) -> list[RigaSeduta]:
    """The sittings of the current Ambito that are not over, the nearest first."""
    vive = (StatoSeduta.BOZZA, StatoSeduta.CONVOCATA, StatoSeduta.APERTA)
    return _righe(Seduta.stato.in_(vive), ordine=(Seduta.inizio, Seduta.id), limite=limite)


def tenute(limite: int, *, prima_di: int | None = None) -> list[RigaSeduta]:
    """Those that are over, the latest first; ``prima_di`` is the id after which to go on."""
    condizioni: list[Any] = [Seduta.stato.in_((StatoSeduta.CHIUSA, StatoSeduta.ANNULLATA))]
    if prima_di is not None:
        condizioni.append(Seduta.id < prima_di)
    return _righe(*condizioni, ordine=(Seduta.id.desc(),), limite=limite)


def di_organo(organo_id: int, limite: int, *, prima_di: int | None = None) -> list[RigaSeduta]:
    """The sittings of a body that everyone may know of, the latest first, from number ``prima_di`` down."""
    condizioni: list[Any] = [Seduta.organo_id == organo_id, *_NOTE_A_TUTTI]
    if prima_di is not None:
        condizioni.append(Seduta.numero < prima_di)
    return _righe(*condizioni, ordine=(Seduta.numero.desc(),), limite=limite)


def in_calendario(dal: datetime, al: datetime | None, limite: int = 500) -> list[RigaSeduta]:
    """The sittings of every body that everyone may know of, from an instant to another (excluded), in order."""
    condizioni: list[Any] = [*_NOTE_A_TUTTI, Seduta.inizio >= dal]
    if al is not None:
        condizioni.append(Seduta.inizio < al)
    return _righe(*condizioni, ordine=(Seduta.inizio, Seduta.id), limite=limite)


def prima_seduta() -> datetime | None:
    """When the first sitting that everyone may know of was."""
    return sessione.scalar(select(func.min(Seduta.inizio)).where(*_NOTE_A_TUTTI))


def per_calendario(organo_id: int | None, limite: int = 100) -> list[Seduta]:
    """The latest sittings of a body (None: of every body) that were convened, with their agendas."""
    cerca = (
        select(Seduta)
        .where(*_NOTE_A_TUTTI)
        .options(joinedload(Seduta.organo), selectinload(Seduta.punti))
        .order_by(Seduta.inizio.desc())
        .limit(limite)
    )
    return list(sessione.scalars(cerca if organo_id is None else cerca.where(Seduta.organo_id == organo_id)))


def intera(slug: str, numero: int) -> Seduta | None:
    """A sitting with everything that the desk and the minute say: the same queries whatever its members and items."""
    trovata: Seduta | None = sessione.scalar(_una(slug, numero).options(joinedload(Seduta.organo)))
    if trovata is None:
        return None
    carica_figli(trovata.organo, Organo.regole, rileggi=True)
    carica_figli(trovata, Seduta.convocati, con=Convocato.seggio, rileggi=True)
    carica_figli(trovata, Seduta.punti, Seduta.movimenti, Seduta.invitati, rileggi=True)
    carica_di_tutte(carica_di_tutte(trovata.punti, Punto.votazioni, rileggi=True), Votazione.nomi, rileggi=True)
    for figli in (Punto.decisioni, Punto.conflitti, Punto.documenti):
        carica_di_tutte(trovata.punti, figli, rileggi=True)
    for punto in trovata.punti:
        set_committed_value(punto, "seduta", trovata)  # held: who is given an item alone still has its sitting
    return trovata


def _una(slug: str, numero: int) -> Any:
    return (
        select(Seduta)
        .join(Organo, Organo.id == Seduta.organo_id)
        .where(Organo.slug == slug, Seduta.numero == numero)
        .execution_options(populate_existing=True)
    )


def con_i_convocati(slug: str, numero: int) -> Seduta | None:
    """A sitting with who is convened and its papers: enough to say who may read them, and to find one."""
    carica = (joinedload(Seduta.organo), selectinload(Seduta.convocati).joinedload(Convocato.seggio))
    carte = selectinload(Seduta.punti).selectinload(Punto.documenti)
    trovata: Seduta | None = sessione.scalar(_una(slug, numero).options(*carica, carte))
    return trovata


def fila(seduta_id: int) -> list[int]:
    """The ids of the items, in their order as it is now."""
    return list(sessione.scalars(select(Punto.id).where(Punto.seduta_id == seduta_id).order_by(Punto.ordine)))


def blocca(seduta: Seduta, punto: Punto | None = None) -> None:
    """Hold the sitting until the transaction ends: what is written at its desk queues here, and is read again after.

    Raises ``TransizioneNonAmmessa`` when somebody else meanwhile opened, closed or called off the sitting, or the item.
    """
    stato = sessione.execute(select(Seduta.stato).where(Seduta.id == seduta.id).with_for_update()).scalar_one()
    del_punto = sessione.scalar(select(Punto.stato).where(Punto.id == punto.id)) if punto is not None else None
    if stato != seduta.stato or (punto is not None and del_punto != punto.stato):
        raise TransizioneNonAmmessa(_("Qualcuno l’ha già fatto, o la pagina non è aggiornata: ricaricala."))
    carica_figli(seduta, Seduta.movimenti, rileggi=True)
    if punto is not None:
        carica_figli(punto, Punto.conflitti, rileggi=True)


def rileggi_convocati(seduta: Seduta) -> None:
    """Afresh, once the sitting is held: another desk may have written a delegation."""
    carica_figli(seduta, Seduta.convocati, con=Convocato.seggio, rileggi=True)


def ultimo_voto(seduta_id: int) -> datetime | None:
    cerca = select(func.max(Votazione.ora)).join(Punto, Punto.id == Votazione.punto_id)
    return sessione.scalar(cerca.where(Punto.seduta_id == seduta_id))


def un_altro_in_discussione(punto: Punto) -> str | None:
    """The title of another item under discussion, the whole that this one is a part of apart."""
    cerca = select(Punto.titolo).where(
        Punto.seduta_id == punto.seduta_id, Punto.stato == StatoPunto.IN_DISCUSSIONE, Punto.id != punto.id
    )
    if punto.padre_id is not None:
        cerca = cerca.where(Punto.id != punto.padre_id)
    return sessione.scalar(cerca.limit(1))


def prossimo_numero(organo_id: int) -> int:
    """Of the sittings of a body; its row must be held."""
    return (sessione.scalar(select(func.max(Seduta.numero)).where(Seduta.organo_id == organo_id)) or 0) + 1


def prossimo_posto(seduta_id: int) -> int:
    return (sessione.scalar(select(func.max(Punto.ordine)).where(Punto.seduta_id == seduta_id)) or 0) + 1


@dataclass(frozen=True)
class DaConvocare:
    """A seat that is called, with the account of who holds it, if there is one."""

    seggio_id: int
    utente_id: int | None
    email: str | None


def da_convocare(organo_id: int, giorno: date) -> list[DaConvocare]:
    """The seats of the body on the day of the sitting: vacant ones too, because they count among the members."""
    from ...organi.queries import composizione
    from ...utenti.models import Utente

    seggi = [r.id for r in composizione(organo_id, giorno)]
    cerca = (
        select(Mandato.seggio_id, Utente.id, Utente.email)
        .join(Utente, Utente.id == Mandato.utente_id)
        .where(
            Mandato.seggio_id.in_(seggi), ~Mandato.supplente, Mandato.dal <= giorno,
            Mandato.al.is_(None) | (Mandato.al >= giorno), Utente.attivo,
        )
    )  # fmt: skip
    trovati = {s: (u, e) for s, u, e in sessione.execute(cerca)}
    return [DaConvocare(s, *trovati.get(s, (None, None))) for s in seggi]


def componenti(seduta: Seduta) -> Componenti:
    """Who may vote at the sitting: the seats that were called, with their quotas. Needs ``intera``."""
    votano = {c.seggio_id: c.seggio.quota for c in seduta.convocati if c.seggio.voto}
    return Componenti(votano, seduta.organo.base_quote)


def movimenti_validi(seduta: Seduta, *, tenuta: datetime | None = None) -> list[Movimento]:
    """The arrivals and departures that count at the call that is held. Needs ``movimenti``.

    ``tenuta``: when it opens, if it is about to; else when it did, or now.
    """
    dal = da_quando(seduta.inizio, seduta.seconda_il, tenuta=tenuta or seduta.aperta_il or adesso())
    return [m for m in seduta.movimenti if m.annullato_il is None and (dal is None or m.scritto_il >= dal)]


def stato_della_sala(seduta: Seduta, ora: datetime, *, punto: Punto | None = None, tenuta: datetime | None = None) -> Sala:
    """The room at that moment, by the rules of the call in which the body sits (``movimenti_validi``). Needs ``intera``."""
    votano = {c.seggio_id for c in seduta.convocati if c.seggio.voto}
    organo = seduta.organo
    prima, seconda = (organo.quorum_teste, organo.quorum_quote), (organo.seconda_teste, organo.seconda_quote)
    return sala(
        [Passaggio(m.seggio_id, m.ora, m.verso) for m in movimenti_validi(seduta, tenuta=tenuta) if m.seggio_id in votano],
        componenti(seduta),
        soglie(*(seconda if seduta.in_seconda else prima)),
        ora=ora,
        fuori=[c.seggio_id for c in punto.conflitti] if punto else (),
        riduce=organo.conflitto_riduce,
    )


@dataclass(frozen=True)
class ChiSiede:
    """Who holds a seat on the day of the sitting, in words, and the substitute; each empty where there is none."""

    qualita: str = ""
    nome: str = ""
    supplente: str = ""


def chi_siede(seggi: Iterable[int], giorno: date) -> dict[int, ChiSiede]:
    """Seat -> its holder and substitute on that day; seats without either are not there."""
    cerca = select(Mandato.seggio_id, Mandato.supplente, Mandato.qualita, Mandato.nome).where(
        Mandato.seggio_id.in_(list(seggi)), Mandato.dal <= giorno, Mandato.al.is_(None) | (Mandato.al >= giorno)
    )
    trovati: dict[int, ChiSiede] = {}
    for seggio, supplente, qualita, nome in sessione.execute(cerca):
        siede = trovati.get(seggio, ChiSiede())
        altro = {"supplente": qualita} if supplente else {"qualita": qualita, "nome": nome}
        trovati[seggio] = replace(siede, **altro)
    return trovati


def regola(organo: Organo, ordine: int) -> RegolaDiVoto | None:
    return next((r for r in organo.regole if r.ordine == ordine), None)


def azione(slug: str, azione_id: int) -> Azione | None:
    """Something to do of that body, done or not."""
    cerca = select(Azione).join(Organo, Organo.id == Azione.organo_id)
    return sessione.scalar(cerca.where(Organo.slug == slug, Azione.id == azione_id))


def azioni_aperte(organo_id: int, limite: int = 100) -> list[Azione]:
    """What the body still waits for, the nearest term first."""
    return list(
        sessione.scalars(
            select(Azione)
            .where(Azione.organo_id == organo_id, Azione.fatta_il.is_(None))
            .order_by(Azione.entro.is_(None), Azione.entro, Azione.id)
            .limit(limite)
        )
    )


@dataclass(frozen=True)
class RigaDecisione:
    """A decision of the register, with the item and the sitting it was taken at."""

    anno: int
    numero: int
    testo: str
    eseguibile: bool
    presa_il: datetime
    punto: str
    organo_nome: str
    organo_slug: str
    seduta: int


def decisioni(organo_id: int, limite: int = 50) -> list[RigaDecisione]:
    """The decisions of a body, the latest first."""
    cerca = (
        select(
            Decisione.anno, Decisione.numero, Decisione.testo, Decisione.eseguibile, Decisione.presa_il, Punto.titolo,
            Organo.nome, Organo.slug, Seduta.numero,
        )
        .join(Punto, Punto.id == Decisione.punto_id)
        .join(Seduta, Seduta.id == Punto.seduta_id)
        .join(Organo, Organo.id == Decisione.organo_id)
        .where(Decisione.organo_id == organo_id)
        .order_by(Decisione.anno.desc(), Decisione.numero.desc())
        .limit(limite)
    )  # fmt: skip
    righe: Iterable[Any] = sessione.execute(cerca)
    return [RigaDecisione(*r) for r in righe]


def indirizzi(seduta_id: int) -> list[str]:
    """E-mail of the accounts of who is convened."""
    from ...utenti.models import Utente

    cerca = select(Utente.email).join(Convocato, Convocato.utente_id == Utente.id)
    return list(
        sessione.scalars(cerca.where(Convocato.seduta_id == seduta_id, Utente.attivo).order_by(Utente.id).limit(500))
    )
