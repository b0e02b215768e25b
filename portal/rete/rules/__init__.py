"""Who is in the Rete on a day, what an ente needs to ask, by when the office answers. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, Protocol

from ... import fogli
from ...charts import Barra, barre
from ...clocks import Orologio
from ...enti.models import StatoRunts, TipoEnte
from ...i18n import _, _l

GIORNI_PER_DECIDERE = 30
"""Art. 2 c. 2 L. 241/1990, where no regulation says otherwise."""
DICHIARAZIONE = _l(
    "Dichiaro che l’ente lavora o vuole lavorare nei Comuni dell’Ambito, che i dati scritti qui e nel RUNTS sono veri, "
    "e che terremo aggiornato il nome di chi ci rappresenta."
)
DICHIARAZIONE_SENZA_RUNTS = _l(
    "Dichiaro che l’ente lavora o vuole lavorare nei Comuni dell’Ambito, che i dati scritti qui sono veri, "
    "e che terremo aggiornato il nome di chi ci rappresenta."
)
STATI: Mapping[str, tuple[Any, str]] = {
    "richiesta": (_l("in attesa della decisione"), "attesa"),
    "ammessa": (_l("nella Rete"), "successo"),
    "respinta": (_l("richiesta respinta"), "errore"),
    "ritirata": (_l("richiesta ritirata"), "neutro"),
    "recessa": (_l("uscita dalla Rete"), "neutro"),
    "esclusa": (_l("esclusa dalla Rete"), "errore"),
}
"""Word and tone of each state."""
SENZA_DATI = frozenset({StatoRunts.NON_TROVATO})


def nella_rete(ammessa_il: date | None, cessata_il: date | None, giorno: date) -> bool:
    """Is it a member on that day? From the day of the admission, included, to that of the end, excluded."""
    return ammessa_il is not None and ammessa_il <= giorno and (cessata_il is None or giorno < cessata_il)


def decidere_entro(chiesta: date, festivita: Collection[date] = ()) -> date:
    """The last day to decide on a request; moved to a working day when it falls on a holiday."""
    return Orologio(chiesta, GIORNI_PER_DECIDERE).scade_il(locali=festivita)


def difetto_runts(tipo: TipoEnte, stato: StatoRunts | None, repertorio: int | None) -> str | None:
    """Why an ETS cannot ask yet, in words; None when it can. Public bodies and unions are in no such register."""
    if tipo != TipoEnte.ETS:
        return None
    if stato is None or stato in SENZA_DATI:
        return _("Mancano i dati del RUNTS dell’ente.")
    return None if repertorio else _("Manca il numero di repertorio dell’ente nel RUNTS.")


def dichiarazione(tipo: TipoEnte) -> Any:
    """What who asks declares, lazily translated: only an ETS has data in the RUNTS to answer for."""
    return DICHIARAZIONE if tipo == TipoEnte.ETS else DICHIARAZIONE_SENZA_RUNTS


class Iscritta(Protocol):
    """A row of the register, as far as these rules look at it."""

    @property
    def categoria_id(self) -> int: ...
    @property
    def categoria(self) -> str: ...
    @property
    def ente(self) -> str: ...
    @property
    def comune(self) -> str: ...
    @property
    def provincia(self) -> str: ...
    @property
    def ammessa_il(self) -> date: ...
    @property
    def atto(self) -> str: ...
    @property
    def rappresentante(self) -> str: ...


def per_categoria(righe: Iterable[Iscritta]) -> list[tuple[str, list[Any]]]:
    """Rows already in the order of their categories, as (category, its rows)."""
    return [(gruppo[0].categoria, gruppo) for _id, g in groupby(righe, lambda r: r.categoria_id) if (gruppo := list(g))]


def barre_categorie(gruppi: Iterable[tuple[str, list[Any]]]) -> tuple[Barra, ...]:
    """How many members each category has, as bars."""
    return barre((nome, nome, Decimal(len(righe))) for nome, righe in gruppi)


COLONNE = ("categoria", "ente", "comune", "provincia", "nella_rete_dal", "atto", "rappresentante")


def csv_registro(righe: Iterable[Iscritta]) -> str:
    """The register as a sheet: the columns of the page, days as ISO dates."""
    celle = ((r.categoria, r.ente, r.comune, r.provincia, r.ammessa_il.isoformat(), r.atto, r.rappresentante) for r in righe)
    return fogli.scrivi(COLONNE, celle)
