"""Importing the figures a plan prints outside its sheets: the tables of the checks, and the population."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from ... import audit
from ...ambiti.models import Comune, Popolazione
from ...db import sessione
from ..models import Ciclo, VoceDichiarata
from ..rules import tavole as t
from ..rules.lettura_voci import PopolazioneLetta, VoceLetta, leggi_popolazione, leggi_quadro, leggi_voci


def importa_voci(ciclo: Ciclo, dati: Mapping[str, Any], *, attore: Any) -> int:
    """Import the figures of a plan, as printed; returns how many cells there are. Twice is like once.

    The total of the budget becomes the cycle's declared budget; residents by age go to the comuni, which are
    made where they are not there yet. Raises ``ErroreDominio`` when a table has not the shape it should.
    """
    voci, popolazione = leggi_voci(dati), leggi_popolazione(dati)
    _salva(ciclo, voci)
    totale = next((v.importo for v in voci if (v.tavola, v.riga) == (t.BUDGET, t.TOTALE)), None)
    if totale is not None:
        ciclo.budget_dichiarato = totale
    if popolazione is not None:
        _salva_popolazione(popolazione)
    audit.registra("piano.importa_voci", ciclo, attore=attore, dettagli={"voci": len(voci)})
    return len(voci)


def importa_quadro(ciclo: Ciclo, dati: Mapping[str, Any], *, attore: Any) -> int:
    """Import which codes the synoptic table lists and which of its rows are empty; returns how many codes."""
    voci = leggi_quadro(dati)
    _salva(ciclo, voci)
    audit.registra("piano.importa_quadro", ciclo, attore=attore, dettagli={"codici": len(voci)})
    return len(voci)


def _salva(ciclo: Ciclo, voci: Iterable[VoceLetta]) -> None:
    """Write the cells; of the tables they belong to, drop those that are no longer printed."""
    tutte = tuple(voci)
    tavole = {v.tavola for v in tutte}
    trovate = sessione.scalars(
        select(VoceDichiarata).where(VoceDichiarata.ciclo_id == ciclo.id, VoceDichiarata.tavola.in_(tavole))
    )
    presenti = {(v.tavola, v.riga, v.colonna): v for v in trovate}
    for ordine, letta in enumerate(tutte, 1):
        voce = presenti.pop((letta.tavola, letta.riga, letta.colonna), None)
        if voce is None:
            voce = VoceDichiarata(ciclo_id=ciclo.id, tavola=letta.tavola, riga=letta.riga, colonna=letta.colonna)
            sessione.add(voce)
        voce.ordine, voce.importo, voce.conteggio = ordine, letta.importo, letta.conteggio
    for superata in presenti.values():
        sessione.delete(superata)
    sessione.flush()  # the checks read them back


def _salva_popolazione(letta: PopolazioneLetta) -> None:
    comuni = {c.nome: c for c in sessione.scalars(select(Comune).limit(300))}
    for nome in letta.abitanti:
        if nome not in comuni:
            comuni[nome] = Comune(nome=nome, capofila=False)
            sessione.add(comuni[nome])
    sessione.flush()  # the rows of the population need the ids of the comuni
    righe = sessione.scalars(select(Popolazione).where(Popolazione.anno == letta.anno))
    presenti = {(p.comune_id, p.classe): p for p in righe}
    for nome, classi in letta.abitanti.items():
        for classe, abitanti in classi.items():
            riga = presenti.get((comuni[nome].id, classe))
            if riga is None:
                sessione.add(Popolazione(comune_id=comuni[nome].id, anno=letta.anno, classe=classe, abitanti=abitanti))
            else:
                riga.abitanti = abitanti
    sessione.flush()  # the checks read them back
