"""Words and order of a page: categories, sections with the hooks of the municipal model, contacts one can use.

The order is that of the Italian municipal model (Designers Italia, criterio C.SI.1.3: it is mandatory), with the
``data-element`` hooks that its validator reads (domain.md 5.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ...i18n import _l
from ..models import Categoria, StatoServizio

DA_COMPLETARE = "da completare"

CATEGORIE: Mapping[Categoria, Any] = {
    Categoria.ACCESSO: _l("Sportelli e primo aiuto"),
    Categoria.FAMIGLIE: _l("Famiglie, bambini e ragazzi"),
    Categoria.ANZIANI: _l("Anziani"),
    Categoria.DISABILITA: _l("Disabilità"),
    Categoria.INCLUSIONE: _l("Povertà, casa e inclusione"),
    Categoria.VIOLENZA: _l("Violenza e maltrattamento"),
    Categoria.CONCILIAZIONE: _l("Nidi, lavoro e pari opportunità"),
}
STATI: Mapping[StatoServizio, Any] = {
    StatoServizio.ATTIVO: _l("Servizio attivo"),
    StatoServizio.NON_ATTIVO: _l("Servizio non attivo"),
}


@dataclass(frozen=True)
class Sezione:
    """A section of the page: ``chiave`` is the column with its text, ``ancora`` its id, ``gancio`` its data-element."""

    chiave: str
    ancora: str
    titolo: Any
    gancio: str = ""


SEZIONI = (
    Sezione("a_chi", "a-chi", _l("A chi è rivolto"), "service-addressed"),
    Sezione("come_fare", "come-fare", _l("Come fare"), "service-how-to"),
    Sezione("cosa_serve", "cosa-serve", _l("Che cosa serve"), "service-needed"),
    Sezione("cosa_ottieni", "cosa-ottieni", _l("Che cosa ottieni"), "service-achieved"),
    Sezione("tempi", "tempi", _l("Tempi e scadenze"), "service-calendar-text"),
    Sezione("costi", "costi", _l("Quanto costa")),
    Sezione("sedi", "dove", _l("Dove e quando"), "service-generic-access"),
    Sezione("condizioni", "condizioni", _l("Condizioni di servizio"), "service-file"),
    Sezione("contatti", "contatti", _l("Contatti"), "service-area"),
    Sezione("argomenti", "argomenti", _l("Argomenti"), "service-topic"),
)
BREVE: Mapping[str, Any] = {
    "breve_per_chi": _l("Per chi"),
    "breve_costo": _l("Quanto costa"),
    "breve_portare": _l("Che cosa portare"),
    "breve_urgenza": _l("Se hai urgenza"),
}
ETICHETTE: Mapping[str, Any] = {
    "titolo": _l("Titolo"),
    "descrizione": _l("Descrizione"),
    **BREVE,
    **{s.chiave: s.titolo for s in SEZIONI},
    "chi_paga": _l("Chi paga"),
    "parole": _l("Parole per trovarlo"),
    "fonte": _l("Da dove viene il testo"),
    "categoria": _l("Categoria"),
    "stato": _l("Stato"),
    "motivo_stato": _l("Perché non è attivo"),
    "protetto": _l("Pagina protetta"),
    "scheda_id": _l("Scheda del Piano"),
    "comuni": _l("Comuni"),
}


_NUMERO = re.compile(r"\+?[\d\s./()-]+")


def numero_da_chiamare(valore: str) -> str | None:
    """The digits of a real telephone number, fit for a ``tel:`` link; None for any other text.

    Short numbers (112, 1522) count; a date or a range of hours does not look like a number of 3-15 digits.
    """
    if not _NUMERO.fullmatch(valore.strip()):
        return None
    cifre = re.sub(r"\D", "", valore)
    return ("+" if valore.strip().startswith("+") else "") + cifre if 3 <= len(cifre) <= 15 else None


def indirizzo_contatto(tipo: str, valore: str) -> str | None:
    """Where a click on the contact leads: ``tel:``, ``mailto:``, a site; None when there is nothing to click."""
    if tipo == "telefono":
        numero = numero_da_chiamare(valore)
        return f"tel:{numero}" if numero else None
    if tipo in ("email", "pec"):
        return f"mailto:{valore}" if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", valore) else None
    return valore if tipo == "sito" and valore.startswith("https://") else None


NUMERI_PUBBLICI = ("112", "114", "118", "1522", "19696", "116000", "116111", "116117")
"""Numbers answered all over Italy that texts name: emergency, children, violence, health. Longest first when looked for."""
_PUBBLICI = re.compile(r"\b(" + "|".join(sorted(NUMERI_PUBBLICI, key=len, reverse=True)) + r")\b")


def con_numeri(testo: str) -> tuple[tuple[str, bool], ...]:
    """A text in pieces, each with whether it is a public number that may be dialled with a tap."""
    return tuple((pezzo, bool(i % 2)) for i, pezzo in enumerate(_PUBBLICI.split(testo)) if pezzo)


def manca(valore: str) -> bool:
    """Nothing there, or the words that say so."""
    return not valore.strip() or valore.strip().lower() == DA_COMPLETARE


def voci(elenco: str) -> tuple[str, ...]:
    """The words of a comma separated column, blanks and repetitions dropped."""
    return tuple(dict.fromkeys(v.strip() for v in elenco.split(",") if v.strip()))


def in_elenco(parole: Iterable[str]) -> str:
    """Words as one comma separated column (a comma inside a word would split it: it becomes a space)."""
    return ", ".join(voci(", ".join(p.replace(",", " ") for p in parole)))
