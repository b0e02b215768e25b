"""The desk's permissions: letters and register of an Ambito are its office's; the chain is checked by the responsabile.

Neither may tell what another page keeps from the same person: a proposal that nobody may open yet, or anything of an
avviso on which who reads must abstain. Both are said here in SQL, so that a list costs one query whatever it shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from ..access import regola
from ..avvisi.models import Avviso
from ..clocks import adesso
from ..progetti.models import Impegno, Progetto
from ..proposte.models import Proposta, StatoProposta
from ..proposte.permissions import astensioni
from ..utenti.models import Utente
from ..utenti.permissions import responsabile, ufficio
from ..valutazione.models import Ammissibilita, Commissione, Esito, Membro, Punteggio


class P(StrEnum):
    UFFICIO = "home.ufficio"
    MESSAGGI = "home.messaggi"
    REGISTRO = "home.registro"
    CONTROLLA = "home.controlla"


regola(P.UFFICIO)(ufficio)
regola(P.MESSAGGI)(ufficio)
regola(P.REGISTRO)(ufficio)
regola(P.CONTROLLA, noto_a=ufficio)(responsabile)

_AVVISO_DI: Mapping[type[Any], Select[int]] = {
    Proposta: select(Proposta.avviso_id),
    Commissione: select(Commissione.avviso_id),
    Esito: select(Esito.avviso_id),
    Ammissibilita: select(Proposta.avviso_id).join(Ammissibilita, Ammissibilita.proposta_id == Proposta.id),
    Membro: select(Commissione.avviso_id).join(Membro, Membro.commissione_id == Commissione.id),
    Punteggio: select(Proposta.avviso_id).join(Punteggio, Punteggio.proposta_id == Proposta.id),
    Progetto: select(Proposta.avviso_id).join(Progetto, Progetto.proposta_id == Proposta.id),
    Impegno: select(Proposta.avviso_id)
    .join(Progetto, Progetto.proposta_id == Proposta.id)
    .join(Impegno, Impegno.progetto_id == Progetto.id),
}
"""From the things that the evaluation of an avviso is made of to the avviso."""

VOCI_NEL_REGISTRO = frozenset(
    {
        *("proposta", "criterio", "avviso", "ammessa", "impronta", "da", "a"),
        *("membri", "dichiarata", "registrata", "esce", "entra", "motivo"),
    }
)
"""What the register's page shows of an event of the evaluation. Scores are not there, neither given, changed nor of who
left: they are of their author until the commission has finished, then they are read in the ranking."""
PUNTI = frozenset({"valutazione.assegna", "valutazione.cambia_punteggio"})
"""The events that tell of scores given: the ranking is where they are read."""

Colonna = InstrumentedAttribute[Any]


def chiusa(tipo: Colonna, identita: Colonna) -> ColumnElement[bool]:
    """Is that row (name of its table, id) a proposal that nobody of the office may open: a draft, or before the term?"""
    aperta = select(Proposta.id).join(Avviso, Avviso.id == Proposta.avviso_id)
    aperta = aperta.where(Proposta.stato != StatoProposta.BOZZA, Avviso.termine < adesso().replace(microsecond=0))
    return and_(_nella(Proposta, tipo), ~aperta.where(Proposta.id == identita).exists())


def di_chi_si_astiene(
    utente: Utente, tipo: Colonna, identita: Colonna, *, anche_avvisi: bool = False
) -> ColumnElement[bool]:
    """Is that row of the evaluation of an avviso on which this person must abstain (or the avviso, ``anche_avvisi``)?

    A row that is there no more (the seat of who was replaced) counts: whose it was cannot be told.
    """
    sue = astensioni(utente)
    if sue is None:
        return false()
    casi = [
        and_(_nella(modello, tipo), ~strada.where(modello.id == identita, strada.selected_columns[0].not_in(sue)).exists())
        for modello, strada in _AVVISO_DI.items()
    ]
    if anche_avvisi:
        casi.append(and_(_nella(Avviso, tipo), identita.in_(sue)))
    return or_(*casi)


def _nella(modello: type[Any], tipo: Colonna) -> ColumnElement[bool]:
    """Does ``tipo`` name that table? Yes or no, also where it names none."""
    return tipo.is_not_distinct_from(modello.__tablename__)
