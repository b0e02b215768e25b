"""What everyone reads of the guide: a page in few queries, lists by key, search by everyday words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from ... import search
from ...ambiti.models import Ambito, Comune, Impostazione
from ...ambiti.rules import IMPOSTAZIONI
from ...db import sessione
from ...tenancy import tutti_gli_ambiti
from ..models import Categoria, Servizio, ServizioComune, StatoServizio

TIPO = "servizio"
"""What pages of the guide are called in the search index."""
PER_PAGINA = 20
TETTO = 300
"""How many results of a search may be filtered further; beyond it the page says so."""


@dataclass(frozen=True)
class Filtri:
    """What the address of a list asks for. ``lettera``: one capital letter; ``comune``: pages that cover it, by name."""

    categoria: Categoria | None = None
    comune: str | None = None
    lettera: str | None = None

    @property
    def vuoti(self) -> bool:
        return self == Filtri()


@dataclass(frozen=True)
class RigaServizio:
    """A page of the guide in a list."""

    id: int
    ambito_id: int
    slug: str
    titolo: str
    descrizione: str
    categoria: Categoria
    stato: StatoServizio
    breve_costo: str


CAMPI = tuple(getattr(Servizio, nome) for nome in RigaServizio.__dataclass_fields__)


def _filtra(cerca: Select[Any], filtri: Filtri) -> Select[Any]:
    if filtri.categoria is not None:
        cerca = cerca.where(Servizio.categoria == filtri.categoria)
    if filtri.lettera is not None:
        cerca = cerca.where(func.upper(func.substr(Servizio.titolo, 1, 1)) == filtri.lettera)
    if filtri.comune is not None:
        limiti = select(ServizioComune.id).where(ServizioComune.servizio_id == Servizio.id)
        copre = limiti.join(Comune, Comune.id == ServizioComune.comune_id).where(Comune.nome == filtri.comune)
        cerca = cerca.where(or_(~limiti.exists(), copre.exists()))
    return cerca


def elenco(filtri: Filtri, *, dopo: int | None = None, limite: int = PER_PAGINA) -> list[RigaServizio]:
    """Published pages by title; one row more than ``limite``, so that the caller knows whether there are others."""
    cerca = _filtra(select(*CAMPI).where(Servizio.pubblicato), filtri)
    if dopo is not None:
        cerca = cerca.where(tuple_(Servizio.titolo, Servizio.id) > chiave_titolo(dopo))
    righe = sessione.execute(cerca.order_by(Servizio.titolo, Servizio.id).limit(limite + 1))
    return [RigaServizio(*riga) for riga in righe]


def chiave_titolo(servizio_id: int) -> Any:
    """The place of a page in the order by title, as a row value."""
    titolo = select(Servizio.titolo).where(Servizio.id == servizio_id).scalar_subquery()
    return tuple_(titolo, servizio_id)


def quanti(filtri: Filtri) -> int:
    """How many published pages there are, counted up to ``TETTO`` and no further."""
    return len(sessione.scalars(_filtra(select(Servizio.id).where(Servizio.pubblicato), filtri).limit(TETTO)).all())


def iniziali() -> tuple[str, ...]:
    """First letters of the published titles, in order."""
    lettera = func.upper(func.substr(Servizio.titolo, 1, 1))
    righe = sessione.scalars(select(lettera).where(Servizio.pubblicato).distinct().limit(60))
    return tuple(sorted(r for r in righe if r.isalpha()))


@dataclass(frozen=True)
class Trovati:
    """Results of a search. ``corretta``: the words looked for instead, where nothing matched those typed.

    ``dopo``: how many results to skip for the next page, None on the last; ``tagliati``: only the first ``TETTO``
    results went through the filters.
    """

    righe: tuple[RigaServizio, ...]
    totale: int
    corretta: str | None
    dopo: int | None
    tagliati: bool


def cerca(testo: str, filtri: Filtri, *, ambito_id: int, salta: int = 0) -> Trovati:
    """Pages of one Ambito that answer to the words of ``testo``, the best first."""
    if filtri.vuoti:
        esito = search.cerca(sessione(), testo, tipo=TIPO, ambito_id=ambito_id, limite=PER_PAGINA + 1, salta=salta)
        righe = _nell_ordine([r.oggetto_id for r in esito.righe[:PER_PAGINA]], Filtri())
        altri = salta + PER_PAGINA if len(esito.righe) > PER_PAGINA else None
        return Trovati(righe, esito.totale_almeno, esito.corretta, altri, tagliati=False)
    esito = search.cerca(sessione(), testo, tipo=TIPO, ambito_id=ambito_id, limite=TETTO, salta=0)
    tutte = _nell_ordine([r.oggetto_id for r in esito.righe], filtri)
    altri = salta + PER_PAGINA if len(tutte) > salta + PER_PAGINA else None
    tagliati = len(esito.righe) == TETTO
    return Trovati(tutte[salta : salta + PER_PAGINA], len(tutte), esito.corretta, altri, tagliati)


def cerca_ovunque(testo: str, *, salta: int = 0) -> Trovati:
    """The same across every Ambito of the installation (published pages are public)."""
    esito = search.cerca(sessione(), testo, tipo=TIPO, ambito_id=None, limite=PER_PAGINA + 1, salta=salta)
    with tutti_gli_ambiti():
        righe = _nell_ordine([r.oggetto_id for r in esito.righe[:PER_PAGINA]], Filtri())
    altri = salta + PER_PAGINA if len(esito.righe) > PER_PAGINA else None
    return Trovati(righe, esito.totale_almeno, esito.corretta, altri, tagliati=False)


def _nell_ordine(ids: Sequence[int], filtri: Filtri) -> tuple[RigaServizio, ...]:
    if not ids:
        return ()
    trovate = _filtra(select(*CAMPI).where(Servizio.id.in_(ids), Servizio.pubblicato), filtri)
    per_id = {riga[0]: RigaServizio(*riga) for riga in sessione.execute(trovate)}
    return tuple(per_id[i] for i in ids if i in per_id)


@dataclass(frozen=True)
class Pagina:
    """A service with all its page needs; ``mesi`` is how long a check of the page stays good."""

    servizio: Servizio
    mesi: int


def pagina(slug: str) -> Pagina | None:
    """A service with comuni and translations in one query, places and contacts in two more."""
    mesi = (
        select(Impostazione.valore)
        .where(Impostazione.chiave == "guida_mesi", Impostazione.ambito_id == Servizio.ambito_id)
        .scalar_subquery()
    )
    trovato = sessione.execute(
        select(Servizio, mesi)
        .where(Servizio.slug == slug)
        .options(
            joinedload(Servizio.comuni).joinedload(ServizioComune.comune),
            joinedload(Servizio.traduzioni),
            selectinload(Servizio.sedi),
            selectinload(Servizio.contatti),
        )
    ).unique()
    riga = trovato.first()
    return Pagina(riga[0], int(riga[1] or IMPOSTAZIONI["guida_mesi"].predefinito)) if riga else None


def esiste(slug: str) -> bool:
    """Is there a published page with that word in its address?"""
    return bool(sessione.scalar(select(Servizio.id).where(Servizio.slug == slug, Servizio.pubblicato).limit(1)))


@dataclass(frozen=True)
class Indirizzo:
    """A published page for the map of the site."""

    ambito: str
    slug: str
    aggiornato_il: datetime


def indirizzi(limite: int) -> list[Indirizzo]:
    """Published pages of every Ambito, the latest first; protected ones too: they must be found by who needs them."""
    cerca = (
        select(Ambito.slug, Servizio.slug, Servizio.aggiornato_il)
        .join(Ambito, Ambito.id == Servizio.ambito_id)
        .where(Servizio.pubblicato)
        .order_by(Servizio.aggiornato_il.desc(), Servizio.id)
        .limit(limite)
    )
    with tutti_gli_ambiti():
        return [Indirizzo(*riga) for riga in sessione.execute(cerca)]


def slug_ambiti(ids: Sequence[int]) -> Mapping[int, Ambito]:
    """Ambiti by id, for results that span them."""
    return {a.id: a for a in sessione.scalars(select(Ambito).where(Ambito.id.in_(ids)))} if ids else {}
