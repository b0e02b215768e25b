"""What the pages of the plan read. The plan comes in one query, whatever its size, as plain values.

A plan in preparation is the office's: the public pages find adopted and closed ones only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, func, select

from ...ambiti.models import CLASSI_ETA, Comune, Popolazione
from ...ambiti.queries import impostazione_numero
from ...db import sessione
from ..models import (
    Annualita,
    Ciclo,
    Fondo,
    Intervento,
    Livello,
    RigaBilancio,
    Scheda,
    SchedaLivello,
    StatoCiclo,
    VoceDichiarata,
)
from ..rules import Tavola, Valori, ValoriAnno, ValoriRiga, ValoriScheda
from ..rules.tavole import POPOLAZIONE

RigaLetta = Row[Ciclo, Scheda, Annualita, RigaBilancio, str, str]
"""A row of the outer join: from the second element on, None where there is nothing further down."""
PUBBLICI = (StatoCiclo.ADOTTATO, StatoCiclo.CHIUSO)


@dataclass(frozen=True)
class Piano:
    """A cycle with all its sheets, in the order of the document."""

    ciclo: Ciclo
    schede: tuple[ValoriScheda, ...]

    @property
    def anni(self) -> tuple[int, ...]:
        """The years of the cycle, and any other that a sheet has."""
        del_ciclo = range(self.ciclo.anno_da, self.ciclo.anno_a + 1)
        return tuple(sorted({*del_ciclo, *(a.anno for s in self.schede for a in s.anni)}))

    def scheda(self, codice: str) -> ValoriScheda | None:
        return next((s for s in self.schede if s.codice == codice), None)


@dataclass(frozen=True)
class TreNumeri:
    """The plan in three numbers, for the home of the Ambito."""

    ciclo: str
    totale: Decimal
    schede: int
    per_anno: tuple[tuple[int, Decimal], ...]


@dataclass(frozen=True)
class DettagliScheda:
    livelli: tuple[Livello, ...]
    interventi: tuple[tuple[str, str], ...]
    """What the sheet offers and its legal reference as printed, which may be empty."""

    @property
    def con_articoli(self) -> bool:
        """Whether a reference is a bare article number, to be explained."""
        return any(riferimento[:1].isdigit() for _, riferimento in self.interventi)


def ciclo_corrente() -> Ciclo | None:
    """The latest public cycle of the Ambito; None when there is no plan yet."""
    return sessione.scalar(_corrente(Ciclo))


def _corrente(che: Any) -> Select[Any]:
    return select(che).where(Ciclo.stato.in_(PUBBLICI)).order_by(Ciclo.anno_da.desc(), Ciclo.id.desc()).limit(1)


def ciclo_per_codice(codice: str) -> Ciclo | None:
    """A cycle in any state."""
    return sessione.scalar(select(Ciclo).where(Ciclo.codice == codice))


def piano(codice: str) -> Piano | None:
    """A public plan with every sheet, year and line, in one query; None when there is no such plan."""
    righe = sessione.execute(
        select(Ciclo, Scheda, Annualita, RigaBilancio, Fondo.codice, Fondo.nome)
        .outerjoin(Scheda, Scheda.ciclo_id == Ciclo.id)
        .outerjoin(Annualita, Annualita.scheda_id == Scheda.id)
        .outerjoin(RigaBilancio, RigaBilancio.annualita_id == Annualita.id)
        .outerjoin(Fondo, Fondo.id == RigaBilancio.fondo_id)
        .where(Ciclo.codice == codice, Ciclo.stato.in_(PUBBLICI))
        .order_by(Scheda.ordine, Scheda.id, Annualita.anno, RigaBilancio.ordine, RigaBilancio.id)
    ).all()
    return Piano(righe[0][0], tuple(_schede(righe))) if righe else None


def _schede(righe: Iterable[RigaLetta]) -> Iterator[ValoriScheda]:
    con_scheda = (r for r in righe if r[1] is not None)
    for _, gruppo in groupby(con_scheda, key=lambda r: r[1].id):
        proprie = list(gruppo)
        s: Scheda = proprie[0][1]
        anni = tuple(_anni(r for r in proprie if r[2] is not None))
        yield ValoriScheda(s.codice, s.titolo, s.totale_dichiarato, anni, s.macro, s.macro_titolo, s.schema, s.id)


def _anni(righe: Iterable[RigaLetta]) -> Iterator[ValoriAnno]:
    for _, gruppo in groupby(righe, key=lambda r: r[2].id):
        proprie = list(gruppo)
        a: Annualita = proprie[0][2]
        linee = tuple(ValoriRiga(codice, r.fonte, r.importo, nome, r.id) for *_, r, codice, nome in proprie if r is not None)
        yield ValoriAnno(a.anno, a.importo_dichiarato, a.fonte_testo, linee)


def valori(del_piano: Piano) -> Valori:
    """All that the checks read: sheets, printed tables, population, tolerance (3 queries)."""
    tavole = {**_tavole(del_piano.ciclo.id)}
    per_eta = _popolazione()
    if per_eta:
        tavole[POPOLAZIONE] = Tavola({**per_eta, **tavole.get(POPOLAZIONE, Tavola()).celle})
    return Valori(del_piano.schede, tavole, del_piano.anni, impostazione_numero("tolleranza_centesimi"))


def _tavole(ciclo_id: int) -> Mapping[str, Tavola]:
    voci = sessione.execute(
        select(
            VoceDichiarata.tavola,
            VoceDichiarata.riga,
            VoceDichiarata.colonna,
            VoceDichiarata.importo,
            VoceDichiarata.conteggio,
        )
        .where(VoceDichiarata.ciclo_id == ciclo_id)
        .order_by(VoceDichiarata.tavola, VoceDichiarata.ordine)
    )
    celle: dict[str, dict[tuple[str, str], Decimal | None]] = {}
    for tavola, riga, colonna, importo, conteggio in voci:
        valore = importo if conteggio is None else Decimal(conteggio)
        celle.setdefault(tavola, {})[riga, colonna] = valore
    return {nome: Tavola(proprie) for nome, proprie in celle.items()}


def _popolazione() -> dict[tuple[str, str], Decimal | None]:
    """Residents by comune and age class, of the latest year there is."""
    ultimo = select(func.max(Popolazione.anno)).scalar_subquery()
    righe = sessione.execute(
        select(Comune.nome, Popolazione.classe, Popolazione.abitanti)
        .join(Comune, Comune.id == Popolazione.comune_id)
        .where(Popolazione.anno == ultimo)
    ).all()
    ordine = {classe: i for i, classe in enumerate(CLASSI_ETA)}
    ordinate = sorted(righe, key=lambda r: (r.nome, ordine.get(r.classe, len(ordine))))
    return {(nome, classe): Decimal(abitanti) for nome, classe, abitanti in ordinate}


def tre_numeri() -> TreNumeri | None:
    """The current plan in three numbers, summed by the database; None when there is no plan."""
    quante = select(func.count(Scheda.id)).where(Scheda.ciclo_id == Ciclo.id).correlate(Ciclo).scalar_subquery()
    righe = sessione.execute(
        select(Ciclo.codice, quante, Annualita.anno, func.sum(Annualita.importo_dichiarato))
        .outerjoin(Scheda, Scheda.ciclo_id == Ciclo.id)
        .outerjoin(Annualita, Annualita.scheda_id == Scheda.id)
        .where(Ciclo.id == _corrente(Ciclo.id).correlate(None).scalar_subquery())
        .group_by(Ciclo.id, Ciclo.codice, Annualita.anno)
        .order_by(Annualita.anno)
    ).all()
    if not righe:
        return None
    per_anno = tuple((anno, importo or Decimal("0.00")) for _c, _q, anno, importo in righe if anno is not None)
    totale = sum((importo for _, importo in per_anno), Decimal("0.00"))
    return TreNumeri(righe[0][0], totale, righe[0][1], per_anno)


def dettagli_scheda(scheda_id: int) -> DettagliScheda:
    """Levels and interventions of a sheet (2 queries)."""
    livelli = sessione.scalars(select(SchedaLivello.livello).where(SchedaLivello.scheda_id == scheda_id)).all()
    interventi = sessione.execute(
        select(Intervento.denominazione, Intervento.riferimento)
        .where(Intervento.scheda_id == scheda_id)
        .order_by(Intervento.ordine)
    )
    return DettagliScheda(
        tuple(livello for livello in Livello if livello in livelli),
        tuple((denominazione, riferimento) for denominazione, riferimento in interventi),
    )
