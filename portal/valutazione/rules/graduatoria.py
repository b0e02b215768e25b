"""From points to a ranking that anyone can compute again: pure functions, values in, values out.

Rules declared in advance (D.Lgs. 117/2017 art. 55; L. 241/1990 art. 12; domain.md 1.2): per criterion the mean of
the commissioners' points, the total rounded once at the end; a threshold; ties broken by the heaviest criterion,
then by who submitted first; whole requests are funded in order while the money lasts. Price never counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from math import floor

from ..models import EsitoProposta

Metodo = Callable[[Sequence[Decimal]], Fraction]
"""How the commissioners' points on one criterion become one number, exact: an Ambito may choose another one."""


@dataclass(frozen=True)
class Peso:
    """A criterion as the ranking needs it: ``massimo`` is its weight, in points. In the avviso's order."""

    criterio_id: int
    massimo: int


@dataclass(frozen=True)
class Bando:
    """What the avviso declared: weights, threshold (points) and money (euro; None when it sets no limit)."""

    pesi: tuple[Peso, ...]
    soglia: int
    risorse: Decimal | None


@dataclass(frozen=True)
class Candidata:
    """An admitted proposal: when it was submitted (aware) and how much it asks for, in euro."""

    proposta_id: int
    presentata_il: datetime
    richiesto: Decimal


@dataclass(frozen=True)
class Voto:
    """Points of one commissioner for one criterion of one proposal, two decimals."""

    proposta_id: int
    criterio_id: int
    membro_id: int
    punti: Decimal


@dataclass(frozen=True)
class Posto:
    """A row of the ranking. ``medie`` follows the order of the criteria; all points have two decimals.

    ``pari`` says which rule put it before the next one when the totals are the same: «criterio» or «ora».
    """

    posizione: int
    proposta_id: int
    punti: Decimal
    medie: tuple[Decimal, ...]
    esito: EsitoProposta
    contributo: Decimal | None
    pari: str | None = None


@dataclass(frozen=True)
class Pubblicata:
    """A row of the outcome as it was published."""

    proposta_id: int
    posizione: int | None
    punti: Decimal | None
    esito: EsitoProposta
    contributo: Decimal | None


@dataclass(frozen=True)
class Differenza:
    """Where the published outcome and the recomputed one disagree; None on the side where the row is missing."""

    proposta_id: int
    campo: str
    pubblicato: object
    ricalcolato: object


def media_aritmetica(punti: Sequence[Decimal]) -> Fraction:
    """Exact mean; raises ValueError without points."""
    if not punti:
        raise ValueError("nessun punteggio")
    return sum((Fraction(p) for p in punti), Fraction(0)) / len(punti)


def arrotonda(valore: Fraction) -> Decimal:
    """To hundredths, half up: 79,995 becomes 80,00."""
    return Decimal(floor(valore * 100 + Fraction(1, 2))).scaleb(-2)


def medie(pesi: Sequence[Peso], voti: Iterable[Voto], *, metodo: Metodo = media_aritmetica) -> tuple[Fraction, ...]:
    """One exact number per criterion, in order, from the votes on one proposal. ValueError if one has no votes."""
    per_criterio: dict[int, list[Decimal]] = {peso.criterio_id: [] for peso in pesi}
    for voto in voti:
        per_criterio[voto.criterio_id].append(voto.punti)
    return tuple(metodo(per_criterio[peso.criterio_id]) for peso in pesi)


def totale(per_criterio: Iterable[Fraction]) -> Decimal:
    """Sum of the exact numbers, rounded only here."""
    return arrotonda(sum(per_criterio, Fraction(0)))


def criterio_principale(pesi: Sequence[Peso]) -> int:
    """Position of the heaviest criterion; the first in the avviso's order when two weigh the same."""
    return max(range(len(pesi)), key=lambda i: (pesi[i].massimo, -i))


def mancanti(
    pesi: Sequence[Peso], membri: Iterable[int], proposte: Iterable[int], voti: Iterable[Voto]
) -> set[tuple[int, int]]:
    """Pairs (membro, proposta) whose scores are not all in."""
    dati = {(v.membro_id, v.proposta_id, v.criterio_id) for v in voti}
    coppie = [(membro, proposta) for membro in membri for proposta in proposte]
    return {(m, p) for m, p in coppie if any((m, p, peso.criterio_id) not in dati for peso in pesi)}


def graduatoria(
    bando: Bando, candidate: Sequence[Candidata], voti: Sequence[Voto], *, metodo: Metodo = media_aritmetica
) -> list[Posto]:
    """The ranking. Raises ValueError when an admitted proposal has a criterion without points.

    Order: total, then points on the heaviest criterion, then the instant of submission. Below the threshold a
    proposal is not suitable; above it, whole requests are funded in order until one does not fit: that one and
    those after it stay suitable and not funded.
    """
    principale = criterio_principale(bando.pesi) if bando.pesi else 0
    valutate = []
    for candidata in candidate:
        esatte = medie(bando.pesi, [v for v in voti if v.proposta_id == candidata.proposta_id], metodo=metodo)
        valutate.append((candidata, totale(esatte), tuple(arrotonda(m) for m in esatte)))
    valutate.sort(key=lambda v: (-v[1], -v[2][principale], v[0].presentata_il, v[0].proposta_id))
    posti, resto, finanziabile = [], bando.risorse, True
    for posizione, (candidata, punti, per_criterio) in enumerate(valutate, start=1):
        if punti < bando.soglia:
            esito, contributo = EsitoProposta.NON_IDONEA, None
        elif finanziabile and (resto is None or candidata.richiesto <= resto):
            esito, contributo = EsitoProposta.SELEZIONATA, candidata.richiesto
            resto = None if resto is None else resto - candidata.richiesto
        else:
            esito, contributo, finanziabile = EsitoProposta.IDONEA, None, False
        posti.append(Posto(posizione, candidata.proposta_id, punti, per_criterio, esito, contributo))
    return _con_parita(posti, principale)


def _con_parita(posti: list[Posto], principale: int) -> list[Posto]:
    """Mark the rows that a tie rule put before the next one."""
    segnati = []
    for posto, dopo in zip(posti, [*posti[1:], None], strict=False):
        pari = None
        if dopo is not None and posto.punti == dopo.punti:
            pari = "criterio" if posto.medie[principale] != dopo.medie[principale] else "ora"
        segnati.append(Posto(**{**posto.__dict__, "pari": pari}))
    return segnati


def impronta(bando: Bando, candidate: Iterable[Candidata], voti: Iterable[Voto]) -> str:
    """SHA-256 (hex) of everything the ranking is computed from: one line per fact, in a fixed order."""
    righe = [f"soglia;{bando.soglia}", f"risorse;{bando.risorse}"]
    righe += [f"criterio;{p.criterio_id};{p.massimo}" for p in bando.pesi]
    righe += sorted(
        f"proposta;{c.proposta_id};{c.presentata_il.astimezone(UTC).isoformat()};{c.richiesto:.2f}" for c in candidate
    )
    righe += sorted(f"voto;{v.proposta_id};{v.criterio_id};{v.membro_id};{v.punti:.2f}" for v in voti)
    return hashlib.sha256("\n".join(righe).encode()).hexdigest()


def differenze(pubblicate: Sequence[Pubblicata], ricalcolate: Sequence[Pubblicata]) -> list[Differenza]:
    """Every field that differs between what was published and what the stored scores give now."""
    prima = {r.proposta_id: r for r in pubblicate}
    adesso = {r.proposta_id: r for r in ricalcolate}
    trovate = []
    for proposta_id in sorted(prima.keys() | adesso.keys()):
        una, altra = prima.get(proposta_id), adesso.get(proposta_id)
        for campo in ("posizione", "punti", "esito", "contributo"):
            di_una, di_altra = getattr(una, campo, None), getattr(altra, campo, None)
            if di_una != di_altra:
                trovate.append(Differenza(proposta_id, campo, di_una, di_altra))
    return trovate


def come_pubblicata(posti: Iterable[Posto], non_ammesse: Iterable[int]) -> list[Pubblicata]:
    """The rows an outcome has: the ranking, then the proposals that were not admitted."""
    righe = [Pubblicata(p.proposta_id, p.posizione, p.punti, p.esito, p.contributo) for p in posti]
    return righe + [Pubblicata(i, None, None, EsitoProposta.NON_AMMESSA, None) for i in non_ammesse]


def per_id(posti: Iterable[Posto]) -> Mapping[int, Posto]:
    return {posto.proposta_id: posto for posto in posti}
