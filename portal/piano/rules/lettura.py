"""Reading the file of a plan's sheets: JSON already parsed in, checked plain values out, nothing guessed.

Shape: ``{"schede": [{codice, titolo, macro_attivita, totale_dichiarato, livelli_priorita: [...], servizi:
[{denominazione, riferimento}], programmazione: [{anno, importo_dichiarato, fonte_testo, fonti: [{fonte,
importo}]}]}]}``. Amounts are strings with a decimal point; null is a blank box and stays None; «0.00» is 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from ...errors import ErroreDominio
from ...i18n import _
from ..models import Livello
from .codici import normalizza_codice


@dataclass(frozen=True)
class FonteLetta:
    stampata: str
    importo: Decimal


@dataclass(frozen=True)
class AnnoLetto:
    anno: int
    importo: Decimal | None
    fonte_testo: str
    fonti: tuple[FonteLetta, ...]


@dataclass(frozen=True)
class SchedaLetta:
    codice: str
    titolo: str
    macro_titolo: str
    totale: Decimal | None
    livelli: tuple[Livello, ...]
    interventi: tuple[tuple[str, str], ...]
    anni: tuple[AnnoLetto, ...]

    @property
    def macro(self) -> str:
        return self.codice[0]


def leggi_importo(valore: Any, dove: str) -> Decimal | None:
    """A decimal string as an amount; None stays None. Raises ``ErroreDominio`` naming the place."""
    if valore is None:
        return None
    try:
        importo = Decimal(str(valore))
    except InvalidOperation:
        raise ErroreDominio(_("%(dove)s: «%(valore)s» non è un importo.", dove=dove, valore=valore)) from None
    if not importo.is_finite() or importo < 0 or importo != round(importo, 2):
        raise ErroreDominio(_("%(dove)s: «%(valore)s» non è un importo in euro.", dove=dove, valore=valore))
    return importo.quantize(Decimal("0.01"))


def leggi_schede(dati: Mapping[str, Any]) -> tuple[SchedaLetta, ...]:
    """Every sheet of the file. Raises ``ErroreDominio`` for a missing field, a bad code, a code twice."""
    try:
        lette = tuple(_scheda(s) for s in dati["schede"])
    except (KeyError, TypeError) as errore:
        raise ErroreDominio(
            _("Il file non ha la forma delle schede di un piano: manca %(campo)s.", campo=errore)
        ) from errore
    doppi = sorted({s.codice for s in lette if sum(a.codice == s.codice for a in lette) > 1})
    if doppi:
        raise ErroreDominio(_("Ci sono due schede con lo stesso codice: %(codici)s.", codici=", ".join(doppi)))
    return lette


def _scheda(s: Mapping[str, Any]) -> SchedaLetta:
    codice = normalizza_codice(s["codice"])
    if codice is None:
        raise ErroreDominio(_("«%(codice)s» non è il codice di una scheda.", codice=s["codice"]))
    dove = _("Scheda %(codice)s", codice=codice)
    try:
        livelli = tuple(Livello(livello) for livello in s["livelli_priorita"])
    except ValueError as errore:
        raise ErroreDominio(_("%(dove)s: livello di priorità sconosciuto.", dove=dove)) from errore
    return SchedaLetta(
        codice,
        s["titolo"],
        s["macro_attivita"],
        leggi_importo(s["totale_dichiarato"], dove),
        livelli,
        tuple((i["denominazione"], i["riferimento"]) for i in s["servizi"]),
        tuple(_anno(a, f"{dove}, {a['anno']}") for a in s["programmazione"]),
    )


def _anno(a: Mapping[str, Any], dove: str) -> AnnoLetto:
    fonti = tuple(_fonte(f, dove) for f in a["fonti"])
    return AnnoLetto(int(a["anno"]), leggi_importo(a["importo_dichiarato"], dove), a["fonte_testo"], fonti)


def _fonte(f: Mapping[str, Any], dove: str) -> FonteLetta:
    importo = leggi_importo(f["importo"], dove)
    if importo is None:
        raise ErroreDominio(_("%(dove)s: la fonte «%(fonte)s» non ha importo.", dove=dove, fonte=f["fonte"]))
    return FonteLetta(f["fonte"], importo)
