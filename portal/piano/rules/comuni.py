"""I7, I8, I13: the tables by comune: sums of rows and columns, halves of the co-financing, and its floors.

Floors (domain.md 4.4): the municipal share is at least the historic spend (mean of three years) or, by
derogation, all of FNPS + FNA + FGSA of the first year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ...i18n import _, _l
from ...money import scrivi_euro, scrivi_numero
from . import tavole as t
from .segnalazioni import Esito, Gravita, Segnalazione, Unita, gravita_scarto
from .valori import ZERO, Tavola, Valori, somma_indicati


@dataclass(frozen=True)
class Quadratura:
    """How a printed table adds up, and the ids of what is known not to."""

    tavola: str
    nome: Any
    unita: Unita = Unita.EURO
    righe: bool = False
    """Whether each row sums to its own total column."""
    id_riga: str = ""
    id_colonna: str = ""
    id_totale: str = ""


QUADRATURE = (
    Quadratura(t.POPOLAZIONE, _l("Popolazione per età"), Unita.NUMERO, righe=True),
    Quadratura(t.FAMIGLIE, _l("Famiglie"), Unita.NUMERO),
    Quadratura(t.SPESA_STORICA, _l("Spesa storica")),
    Quadratura(t.COFINANZIAMENTO, _l("Cofinanziamento del piano precedente"), Unita.EURO, True, "F07", "F08", "F09"),
    Quadratura(t.COFINANZIAMENTO_MINIMO, _l("Cofinanziamento minimo"), id_colonna="F11"),
    Quadratura(t.FNPS, _l("FNPS, quote per anno")),
    Quadratura(t.FGSA, _l("FGSA per anno")),
)


def i7_somme_comuni(v: Valori) -> Esito:
    """I7: in each printed table the rows sum to the Ambito's total and the columns to the row's total."""
    return Esito.da("I7", (c for q in QUADRATURE for c in _quadra(v.tavola(q.tavola), q, v.tolleranza)))


def _quadra(tavola: Tavola, q: Quadratura, tolleranza: int) -> Iterator[Segnalazione | None]:
    for colonna in tavola.colonne:
        parti = (tavola.cella(r, colonna) for r in tavola.righe if r != t.TOTALE)
        id = q.id_totale if colonna == t.TOTALE and q.righe else q.id_colonna
        linea = Linea(q, id, parola(colonna), in_colonna=True)
        yield from _somma(linea, tavola.cella(t.TOTALE, colonna), somma_indicati(parti), tolleranza)
    for riga in tavola.righe if q.righe else ():
        parti = (tavola.cella(riga, c) for c in tavola.colonne if c != t.TOTALE)
        linea = Linea(q, q.id_riga, parola(riga), in_colonna=False)
        yield from _somma(linea, tavola.cella(riga, t.TOTALE), somma_indicati(parti), tolleranza)


@dataclass(frozen=True)
class Linea:
    """A row or a column of a printed table."""

    quadratura: Quadratura
    id: str
    nome: str
    in_colonna: bool

    def __str__(self) -> str:
        tavola, nome = self.quadratura.nome, self.nome
        if self.in_colonna:
            return str(_("%(tavola)s, colonna %(colonna)s", tavola=tavola, colonna=nome))
        return str(_("%(tavola)s, riga %(riga)s", tavola=tavola, riga=nome))


def _somma(linea: Linea, stampato: Decimal | None, somma: Decimal | None, tolleranza: int) -> Iterator[Segnalazione | None]:
    """Nothing to compare where the total or all its parts are blank."""
    if stampato is None or somma is None:
        return
    unita = linea.quadratura.unita
    gravita = gravita_scarto(stampato, somma, tolleranza if unita == Unita.EURO else 0)
    if gravita is None:
        yield None
        return
    titolo = _("%(dove)s: la somma non torna", dove=linea)
    testo = _(
        "Il totale stampato è %(stampato)s, la somma è %(somma)s.",
        stampato=_scrivi(stampato, unita),
        somma=_scrivi(somma, unita),
    )
    yield Segnalazione("I7", linea.id, gravita, str(linea), titolo, testo, stampato, somma, unita)


def _scrivi(valore: Decimal, unita: Unita) -> str:
    return scrivi_euro(valore) if unita == Unita.EURO else scrivi_numero(valore)


PAROLE = {
    t.TOTALE: _l("totale"),
    t.QUOTA: _l("quota intera"),
    t.QUOTA_DENARO: _l("metà in denaro"),
    t.QUOTA_SERVIZI: _l("metà in servizi"),
    t.MEDIA_ANNUA: _l("media annua"),
    t.TRIENNIO: _l("tre anni"),
    t.IMPORTO: _l("importo"),
}


def parola(chiave: str) -> str:
    """A row or column as people read it."""
    return str(PAROLE.get(chiave, chiave.replace("_", " ")))


def i8_denaro_e_servizi(v: Valori) -> Esito:
    """I8: for each comune, the half in money and the half in services make the share."""
    tavola = v.tavola(t.COFINANZIAMENTO_MINIMO)
    return Esito.da("I8", (_meta(tavola, riga, v.tolleranza) for riga in tavola.righe))


def _meta(tavola: Tavola, riga: str, tolleranza: int) -> Segnalazione | None:
    quota = tavola.cella(riga, t.QUOTA) or ZERO
    somma = (tavola.cella(riga, t.QUOTA_DENARO) or ZERO) + (tavola.cella(riga, t.QUOTA_SERVIZI) or ZERO)
    gravita = gravita_scarto(quota, somma, tolleranza)
    if gravita is None:
        return None
    dove = _("Cofinanziamento minimo, riga %(riga)s", riga=parola(riga))
    titolo = _("Cofinanziamento minimo, %(riga)s: le due metà non fanno la quota", riga=parola(riga))
    testo = _(
        "La quota è %(quota)s, denaro più servizi fanno %(somma)s.",
        quota=scrivi_euro(quota),
        somma=scrivi_euro(somma),
    )
    return Segnalazione("I8", "F11" if riga == t.TOTALE else "F10", gravita, dove, titolo, testo, quota, somma)


def i13_cofinanziamento(v: Valori) -> Esito:
    """I13: the yearly municipal share is not below the historic spend, or not below the derogation floor."""
    annuo = v.tavola(t.COFINANZIAMENTO_PROGRAMMATO).cella(t.TOTALE, t.ANNUO)
    storico = v.tavola(t.SPESA_STORICA).cella(t.TOTALE, t.MEDIA_ANNUA)
    if annuo is None or storico is None:
        return Esito.da("I13", ())
    minimo = v.tavola(t.COFINANZIAMENTO_MINIMO).cella(t.TOTALE, t.QUOTA)
    return Esito.da("I13", (_sotto_soglia(annuo, storico, minimo),))


def _sotto_soglia(annuo: Decimal, storico: Decimal, minimo: Decimal | None) -> Segnalazione | None:
    if annuo >= storico:
        return None
    in_deroga = minimo is not None and annuo >= minimo
    testo = _("%(meno)s in meno ogni anno.", meno=scrivi_euro(storico - annuo))
    if minimo is not None:
        deroga = (
            _("Il minimo in deroga, %(minimo)s, c’è.") if in_deroga else _("Manca anche il minimo in deroga, %(minimo)s.")
        )
        testo += " " + deroga % {"minimo": scrivi_euro(minimo)}
    return Segnalazione(
        "I13",
        "F16",
        Gravita.AVVISO if in_deroga else Gravita.ERRORE,
        dove=_("Cofinanziamento dei Comuni"),
        titolo=_("La quota dei Comuni è sotto la spesa storica"),
        spiegazione=testo,
        stampato=annuo,
        ricalcolato=storico,
    )
