"""Importing the sheets of a plan from their file, as printed: slips and blanks included.

The same file twice leaves the same rows, with the same ids: money may be bound to a budget line, so a line is
found again by its fund and only its amount changes. A line that money is bound to cannot go away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from ... import audit
from ...db import sessione
from ...errors import ErroreDominio
from ...i18n import _
from ..models import (
    Annualita,
    Ciclo,
    Fondo,
    Intervento,
    RigaBilancio,
    Scheda,
    SchedaLivello,
    StatoCiclo,
)
from ..rules.fondi import normalizza_fondo
from ..rules.lettura import AnnoLetto, SchedaLetta, leggi_schede

C = TypeVar("C")
SCHEMA = "PRPS22"


@dataclass(frozen=True)
class DatiCiclo:
    """What the file of the sheets does not say of its plan."""

    codice: str
    titolo: str
    anno_da: int
    anno_a: int
    stato: StatoCiclo = StatoCiclo.IN_PREPARAZIONE
    adottato_il: date | None = None
    atto: str | None = None


@dataclass(frozen=True)
class Importazione:
    """What came in. ``assenti``: sheets that the plan already had and the file has not; they are kept."""

    ciclo: Ciclo
    schede: int
    righe: int
    assenti: tuple[str, ...]


def importa_piano(dati: Mapping[str, Any], *, ciclo: DatiCiclo, attore: Any, schema: str = SCHEMA) -> Importazione:
    """Import the sheets of a plan into the current Ambito; the shape is in ``rules.lettura``.

    The whole file is read before anything is written. Raises ``ErroreDominio`` when it is not in shape, or
    when it drops a line that money is bound to.
    """
    lette = leggi_schede(dati)
    del_piano = _ciclo(ciclo, fonte=str(dati.get("_fonte", ""))[:300])
    fondi = _fondi(lette)
    salvate = {s.codice: s for s in _salvate(del_piano)}
    for ordine, letta in enumerate(lette, 1):
        scheda = salvate.get(letta.codice) or _nuova(del_piano, letta.codice, schema)
        _aggiorna(scheda, letta, ordine, fondi)
    _scrivi()
    righe = sum(len(a.fonti) for s in lette for a in s.anni)
    assenti = tuple(sorted(salvate.keys() - {s.codice for s in lette}))
    dettagli = {"schede": len(lette), "righe": righe, "assenti": list(assenti)}
    audit.registra("piano.importa", del_piano, attore=attore, dettagli=dettagli)
    return Importazione(del_piano, len(lette), righe, assenti)


def _ciclo(d: DatiCiclo, *, fonte: str) -> Ciclo:
    trovato = sessione.scalar(select(Ciclo).where(Ciclo.codice == d.codice))
    ciclo = trovato or Ciclo(codice=d.codice)
    ciclo.titolo, ciclo.anno_da, ciclo.anno_a = d.titolo, d.anno_da, d.anno_a
    ciclo.stato, ciclo.adottato_il, ciclo.atto, ciclo.fonte = d.stato, d.adottato_il, d.atto, fonte
    sessione.add(ciclo)
    sessione.flush()  # the sheets need its id
    return ciclo


def _fondi(lette: Iterable[SchedaLetta]) -> dict[str, Fondo]:
    """Our funds by code: those there are, and those that the file names for the first time."""
    fondi = {f.codice: f for f in sessione.scalars(select(Fondo).limit(1000))}
    for stampata in dict.fromkeys(f.stampata for s in lette for a in s.anni for f in a.fonti):
        normale = normalizza_fondo(stampata)
        if normale.codice not in fondi:
            fondi[normale.codice] = Fondo(codice=normale.codice, nome=normale.nome[:300])
            sessione.add(fondi[normale.codice])
    sessione.flush()  # the lines need their ids
    return fondi


def _salvate(ciclo: Ciclo) -> Iterable[Scheda]:
    return sessione.scalars(
        select(Scheda)
        .where(Scheda.ciclo_id == ciclo.id)
        .options(
            selectinload(Scheda.livelli),
            selectinload(Scheda.interventi),
            selectinload(Scheda.annualita).selectinload(Annualita.righe).selectinload(RigaBilancio.fondo),
        )
    )


def _nuova(ciclo: Ciclo, codice: str, schema: str) -> Scheda:
    scheda = Scheda(ciclo_id=ciclo.id, codice=codice, schema=schema, livelli=[], interventi=[], annualita=[])
    sessione.add(scheda)
    return scheda


def _aggiorna(scheda: Scheda, letta: SchedaLetta, ordine: int, fondi: Mapping[str, Fondo]) -> None:
    with sessione.no_autoflush:  # a sheet half written must not reach the database
        scheda.titolo, scheda.ordine = letta.titolo, ordine
        scheda.macro, scheda.macro_titolo = letta.macro, letta.macro_titolo
        scheda.totale_dichiarato = letta.totale
        _livelli(scheda, letta)
        _interventi(scheda, letta)
        _anni(scheda, letta, fondi)


def _livelli(scheda: Scheda, letta: SchedaLetta) -> None:
    presenti = {riga.livello: riga for riga in scheda.livelli}
    scheda.livelli[:] = [presenti.get(livello) or SchedaLivello(livello=livello) for livello in letta.livelli]


def _interventi(scheda: Scheda, letta: SchedaLetta) -> None:
    del scheda.interventi[len(letta.interventi) :]
    for i, (denominazione, riferimento) in enumerate(letta.interventi):
        if i == len(scheda.interventi):
            scheda.interventi.append(Intervento())
        riga = scheda.interventi[i]
        riga.ordine, riga.denominazione, riga.riferimento = i + 1, denominazione, riferimento


def _anni(scheda: Scheda, letta: SchedaLetta, fondi: Mapping[str, Fondo]) -> None:
    presenti = {a.anno: a for a in scheda.annualita}
    scheda.annualita[:] = [presenti.get(a.anno) or Annualita(anno=a.anno, righe=[]) for a in letta.anni]
    for annualita, anno in zip(scheda.annualita, letta.anni, strict=True):
        annualita.importo_dichiarato, annualita.fonte_testo = anno.importo, anno.fonte_testo
        _righe(annualita, anno, fondi)


def _righe(annualita: Annualita, anno: AnnoLetto, fondi: Mapping[str, Fondo]) -> None:
    """The lines of a year, found again by fund (and by turn, where a year prints a fund twice)."""
    presenti = _per_turno([(r.fondo.codice, r) for r in annualita.righe])
    lette = _per_turno([(normalizza_fondo(f.stampata).codice, f) for f in anno.fonti])
    righe = []
    for ordine, ((codice, turno), fonte) in enumerate(lette.items(), 1):
        riga = presenti.get((codice, turno)) or RigaBilancio(fondo=fondi[codice])
        riga.ordine, riga.fonte, riga.importo = ordine, fonte.stampata[:300], fonte.importo
        righe.append(riga)
    annualita.righe[:] = righe


def _per_turno(voci: Iterable[tuple[str, C]]) -> dict[tuple[str, int], C]:
    turni: dict[str, count[int]] = {}
    return {(codice, next(turni.setdefault(codice, count()))): voce for codice, voce in voci}


def _scrivi() -> None:
    """Flush here, where a refusal of the database can be explained."""
    try:
        sessione.flush()
    except IntegrityError as errore:
        testo = _("Il file toglie una riga a cui sono già legati dei soldi: prima vanno spostati.")
        raise ErroreDominio(testo) from errore
