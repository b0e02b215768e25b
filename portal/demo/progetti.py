"""From a published outcome to active projects, with every euro on a line of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ..avvisi.models import Avviso
from ..avvisi.queries import per_id
from ..clocks import alle, oggi
from ..progetti import operations, queries
from ..progetti.models import Progetto
from ..utenti.models import Utente
from ..valutazione.models import Esito, EsitoProposta
from ..valutazione.queries import RigaPubblicata, righe_esito
from .lettura import leggi


def lega(esito: Esito, *, responsabile: Utente) -> list[Progetto]:
    """Make the selected proposals of an outcome into projects, bind them to the avviso's sheet, start them.

    Inside a unit of work, with the Ambito chosen. Raises ``ErroreDominio`` when the sheet has not enough money.
    """
    avviso = per_id(esito.avviso_id)
    assert avviso is not None
    dati = leggi("valutazioni", avviso.slug)
    scelte = [r for r in righe_esito(avviso.id) if r.esito == EsitoProposta.SELEZIONATA]
    return [_progetto(avviso, riga, dati, responsabile) for riga in scelte]


def _progetto(avviso: Avviso, riga: RigaPubblicata, dati: Mapping[str, Any], attore: Utente) -> Progetto:
    assert avviso.termine is not None
    proposta = queries.proposta_selezionata(riga.proposta_id)
    assert proposta is not None
    assert riga.contributo is not None
    with alle(avviso.termine + timedelta(days=dati["giorni"]["progetto"])):
        fatto = operations.crea_progetto(
            proposta,
            titolo=dati["progetto"]["titolo"],
            sintesi=dati["progetto"]["sintesi"].strip(),
            contributo=riga.contributo,
            atto=dati["atti"]["progetto"],
            approvato_il=oggi(),
            attore=attore,
        )
    with alle(avviso.termine + timedelta(days=dati["giorni"]["impegno"])):
        letto = _impegna_tutto(fatto, avviso.scheda_id, attore)
        operations.attiva(letto, attore=attore)
    return letto


def _impegna_tutto(progetto: Progetto, scheda_id: int | None, attore: Utente) -> Progetto:
    """Bind the contribution to the lines of the sheet in order, as far as each one goes."""
    resta = progetto.contributo
    letto = queries.progetto(progetto.slug)
    assert letto is not None
    for riga in queries.righe_legabili(scheda_id) if scheda_id is not None else ():
        importo = min(resta, riga.residuo)
        if importo > 0:
            operations.impegna(letto, riga_id=riga.id, importo=importo, attore=attore)
            resta -= importo
    return letto
