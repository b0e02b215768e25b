"""A percorso with its phases, its tavoli, the days of its calendar. For the office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy.orm.attributes import flag_modified

from ... import audit
from ...clocks import adesso
from ...db import sessione
from ...errors import ErroreDominio
from ...i18n import _, _l
from ...slugs import fai_slug
from ...utenti.models import Utente
from ...vincoli import spiega
from ...workflow import advance
from .. import rules
from ..models import Area, Fase, Incontro, Percorso, StatoPercorso, StatoTavolo, Tavolo, TavoloArea
from ..queries import ufficio as queries
from ..workflow import PERCORSO

VINCOLI = {
    "uq_percorso_ambito_id_slug": ("titolo", _l("C’è già un percorso con un titolo così: cambialo un poco.")),
    "uq_tavolo_ambito_id_slug": ("titolo", _l("C’è già un tavolo con un titolo così: cambialo un poco.")),
    "uq_tavolo_percorso_id_numero": ("numero", _l("In questo percorso c’è già un tavolo con questo numero.")),
}

PAROLE = {"percorsi", "conferma", "contributi", "partecipazioni"}
"""Words that stand in the addresses where the slug of a tavolo does."""


@dataclass(frozen=True)
class DatiFase:
    """A phase; its days may be unknown."""

    numero: int
    titolo: str
    testo: str = ""
    dal: date | None = None
    al: date | None = None


@dataclass(frozen=True)
class DatiPercorso:
    """What the office writes of a percorso; texts in Markdown."""

    titolo: str
    presentazione: str
    atto: str
    atto_il: date
    istanze_al: date
    contributi_dal: date
    contributi_al: date
    cittadini: bool = True
    ciclo_id: int | None = None
    nota: str = ""


@dataclass(frozen=True)
class DatiTavolo:
    """What the office writes of a tavolo."""

    numero: int
    titolo: str
    testo: str
    aree: Sequence[Area]
    organo_id: int | None = None


@dataclass(frozen=True)
class DatiIncontro:
    """A day of the calendar; ``tavolo_id`` None: of the whole percorso."""

    giorno: date
    titolo: str
    ora: str = ""
    luogo: str = ""
    resoconto: str = ""
    tavolo_id: int | None = None
    seduta_id: int | None = None


def crea_percorso(
    *, ambito_id: int, dati: DatiPercorso, fasi: Sequence[DatiFase], attore: Utente | None, slug: str | None = None
) -> Percorso:
    """A draft that nobody but the office reads. Raises ``ErroreDominio`` on dates that do not follow one another."""
    _controlla(dati, fasi)
    slug = slug or fai_slug(dati.titolo, queries.slug_percorsi(fai_slug(dati.titolo)[:20]))
    nuovo = Percorso(ambito_id=ambito_id, slug=slug, stato=StatoPercorso.BOZZA, creato_il=adesso(), **asdict(dati))
    nuovo.tavoli = []
    nuovo.fasi = [Fase(ambito_id=ambito_id, **asdict(f)) for f in fasi]
    with spiega(VINCOLI):
        sessione.add(nuovo)
    audit.registra("tavoli.crea_percorso", nuovo, attore=attore, riservata=True)
    return nuovo


def scrivi_percorso(
    percorso: Percorso, *, versione: int, dati: DatiPercorso, fasi: Sequence[DatiFase], attore: Utente | None
) -> None:
    """Change a percorso. Needs its phases. Raises ``Conflitto`` when somebody saved meanwhile."""
    campi = {"titolo": _("Titolo"), "presentazione": _("Presentazione")}
    rules.stessa_versione(
        percorso.versione, versione, mio={e: getattr(dati, c) for c, e in campi.items()},
        salvato={e: getattr(percorso, c) for c, e in campi.items()},
    )  # fmt: skip
    _controlla(dati, fasi)
    with spiega(VINCOLI):
        for campo, valore in asdict(dati).items():
            setattr(percorso, campo, valore)
        flag_modified(percorso, "titolo")  # the version moves also when only phases changed
        _scrivi_fasi(percorso, fasi)
    audit.registra("tavoli.scrivi_percorso", percorso, attore=attore, dettagli={"fasi": len(fasi)})


def _scrivi_fasi(percorso: Percorso, fasi: Iterable[DatiFase]) -> None:
    """Rows are reused by number: an insert would come before the delete that makes room for it."""
    presenti = {f.numero: f for f in percorso.fasi}
    for dati in fasi:
        riga = presenti.get(dati.numero)
        if riga is None:
            percorso.fasi.append(Fase(ambito_id=percorso.ambito_id, **asdict(dati)))
            continue
        for campo, valore in asdict(dati).items():
            setattr(riga, campo, valore)


def _controlla(dati: DatiPercorso, fasi: Sequence[DatiFase]) -> None:
    if dati.contributi_al < dati.contributi_dal:
        raise ErroreDominio(_("I contributi finiscono prima di cominciare."), "contributi_al")
    if dati.istanze_al < dati.contributi_dal:
        raise ErroreDominio(
            _("Si può chiedere di partecipare almeno dal giorno in cui si mandano i contributi."), "istanze_al"
        )
    if difetto := rules.difetto_fasi(fasi):
        raise ErroreDominio(difetto[1])


def pubblica_percorso(percorso: Percorso, *, attore: Utente | None) -> None:
    """From now on everyone reads it. Needs its tavoli. Raises ``ErroreDominio`` without any."""
    if not percorso.tavoli:
        raise ErroreDominio(_("Aggiungi almeno un tavolo."))
    advance(percorso, PERCORSO, "pubblica", attore=attore)


def crea_tavolo(percorso: Percorso, *, dati: DatiTavolo, attore: Utente | None, slug: str | None = None) -> Tavolo:
    """A tavolo of the percorso. Raises ``ErroreDominio`` without an area, or when its number is taken."""
    if not dati.aree:
        raise ErroreDominio(_("Scegli almeno un’area."), "aree")
    slug = slug or fai_slug(dati.titolo, queries.slug_tavoli(fai_slug(dati.titolo)[:20]) | PAROLE)
    nuovo = Tavolo(
        ambito_id=percorso.ambito_id, percorso_id=percorso.id, numero=dati.numero, slug=slug,
        titolo=dati.titolo, testo=dati.testo, organo_id=dati.organo_id, restituzione="", stato=StatoTavolo.APERTO,
    )  # fmt: skip
    nuovo.incontri, nuovo.priorita = [], []
    nuovo.aree = [TavoloArea(ambito_id=percorso.ambito_id, area=a) for a in dict.fromkeys(dati.aree)]
    with spiega(VINCOLI):
        sessione.add(nuovo)
        nuovo.percorso = percorso
    audit.registra("tavoli.crea_tavolo", nuovo, attore=attore, dettagli={"aree": [a.value for a in dati.aree]})
    return nuovo


def scrivi_tavolo(tavolo: Tavolo, *, versione: int, dati: DatiTavolo, attore: Utente | None) -> None:
    """Change a tavolo. Needs its areas. Raises ``Conflitto`` when somebody saved meanwhile."""
    campi = {"titolo": _("Titolo"), "testo": _("Di che cosa si parla")}
    rules.stessa_versione(
        tavolo.versione, versione, mio={e: getattr(dati, c) for c, e in campi.items()},
        salvato={e: getattr(tavolo, c) for c, e in campi.items()},
    )  # fmt: skip
    if not dati.aree:
        raise ErroreDominio(_("Scegli almeno un’area."), "aree")
    with spiega(VINCOLI):
        for campo in ("numero", "titolo", "testo", "organo_id"):
            setattr(tavolo, campo, getattr(dati, campo))
        scelte, presenti = set(dati.aree), {a.area: a for a in tavolo.aree}
        for area in presenti.keys() - scelte:
            tavolo.aree.remove(presenti[area])
        flag_modified(tavolo, "titolo")  # the version moves also when only its areas changed
        for area in (a for a in dict.fromkeys(dati.aree) if a not in presenti):
            tavolo.aree.append(TavoloArea(ambito_id=tavolo.ambito_id, area=area))
    audit.registra("tavoli.scrivi_tavolo", tavolo, attore=attore, dettagli={"aree": sorted(a.value for a in scelte)})


def crea_incontro(percorso: Percorso, *, dati: DatiIncontro, attore: Utente | None) -> Incontro:
    """A day of the calendar, still to come or already held."""
    nuovo = Incontro(ambito_id=percorso.ambito_id, percorso_id=percorso.id, **asdict(dati))
    sessione.add(nuovo)
    audit.registra("tavoli.crea_incontro", nuovo, attore=attore, dettagli={"giorno": dati.giorno.isoformat()})
    return nuovo


def scrivi_incontro(incontro: Incontro, *, versione: int, dati: DatiIncontro, attore: Utente | None) -> None:
    """Change a day of the calendar. Raises ``Conflitto`` when somebody saved meanwhile."""
    campi = {"titolo": _("Titolo"), "luogo": _("Luogo"), "resoconto": _("Resoconto")}
    rules.stessa_versione(
        incontro.versione, versione, mio={e: getattr(dati, c) for c, e in campi.items()},
        salvato={e: getattr(incontro, c) for c, e in campi.items()},
    )  # fmt: skip
    for campo, valore in asdict(dati).items():
        setattr(incontro, campo, valore)
    sessione.flush()  # a stale version must surface here
    audit.registra("tavoli.scrivi_incontro", incontro, attore=attore, dettagli=_in_breve(asdict(dati)))


def _in_breve(valori: Mapping[str, object]) -> dict[str, object]:
    """What the register keeps of a day: when and of which tavolo."""
    giorno = valori["giorno"]
    return {"giorno": giorno.isoformat() if isinstance(giorno, date) else None, "tavolo": valori["tavolo_id"]}


def togli_incontro(incontro: Incontro, *, attore: Utente) -> None:
    """A day that was written by mistake."""
    audit.registra("tavoli.togli_incontro", incontro, attore=attore, dettagli={"giorno": incontro.giorno.isoformat()})
    sessione.delete(incontro)
