"""What an editor writes on a page, as values: compared, read aloud, measured, searched.

Readability targets are those of domain.md 5.4: shown to the editor, never a gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from ...i18n import _l
from ...richtext import gulpease, testo_semplice
from ..models import Categoria, Servizio, StatoServizio
from .pagina import BREVE, CATEGORIE, ETICHETTE, SEZIONI, STATI

OBIETTIVO = 60
"""Gulpease a text should reach: readable by who left school after the lower secondary."""
OBIETTIVO_BREVE = 80
"""The same for «In breve», which everybody reads."""


@dataclass(frozen=True)
class DatiSede:
    nome: str
    indirizzo: str = ""
    orari: str = ""
    accessibilita: str = ""


@dataclass(frozen=True)
class DatiContatto:
    """``tipo``: telefono, email, pec, sito, testo."""

    tipo: str
    etichetta: str
    valore: str


@dataclass(frozen=True)
class Contenuto:
    """Everything an editor may write on a page. ``comuni``: ids, empty for the whole Ambito."""

    titolo: str
    categoria: Categoria
    descrizione: str
    stato: StatoServizio = StatoServizio.ATTIVO
    motivo_stato: str = ""
    protetto: bool = False
    scheda_id: int | None = None
    breve_per_chi: str = ""
    breve_costo: str = ""
    breve_portare: str = ""
    breve_urgenza: str = ""
    a_chi: str = ""
    come_fare: str = ""
    cosa_serve: str = ""
    cosa_ottieni: str = ""
    tempi: str = ""
    costi: str = ""
    chi_paga: str = ""
    condizioni: str = ""
    parole: str = ""
    argomenti: str = ""
    fonte: str = ""
    sedi: tuple[DatiSede, ...] = ()
    contatti: tuple[DatiContatto, ...] = ()
    comuni: frozenset[int] = frozenset()


COLONNE = tuple(f.name for f in fields(Contenuto) if f.name not in ("sedi", "contatti", "comuni"))
"""Fields of ``Contenuto`` that are columns of the page itself."""


def differenze(mio: Contenuto, salvato: Contenuto) -> tuple[str, ...]:
    """Names of the fields that differ, in the order of the form."""
    return tuple(f.name for f in fields(Contenuto) if getattr(mio, f.name) != getattr(salvato, f.name))


def in_testo(contenuto: Contenuto, campo: str, nomi: Mapping[str, Mapping[int, str]]) -> str:
    """A field as a person reads it, for the page that shows two texts side by side.

    ``nomi``: names by id of the ``comuni`` and of the ``scheda_id``.
    """
    valore = getattr(contenuto, campo)
    if campo == "sedi":
        return "\n\n".join("\n".join(v for v in vars(s).values() if v) for s in valore)
    if campo == "contatti":
        return "\n".join(f"{c.etichetta}: {c.valore}" for c in valore)
    if campo == "comuni":
        return ", ".join(sorted(nomi[campo].get(v, str(v)) for v in valore))
    parole: Mapping[str, Mapping[Any, Any]] = {"categoria": CATEGORIE, "stato": STATI, "scheda_id": nomi["scheda_id"]}
    return "" if valore is None else str(parole.get(campo, {}).get(valore, valore))


def corpo_ricerca(servizio: Servizio) -> str:
    """What of a page is searched besides its title: everyday words first, then who it is for and what it gives.

    Costs, times and conditions are left out: the same words in every page would find every page.
    """
    parole = servizio.parole.replace(",", ".")
    testi = [parole, parole, servizio.descrizione, servizio.breve_per_chi, servizio.argomenti]
    testi += [testo_semplice(t) for t in (servizio.a_chi, servizio.cosa_ottieni)]
    testi += [f"{t.titolo}. {t.descrizione} {t.breve_per_chi}" for t in servizio.traduzioni]
    return "\n".join(t for t in testi if t)


@dataclass(frozen=True)
class Lettura:
    """How hard a text is: ``indice`` 0-100, None when it is too short to tell."""

    etichetta: Any
    indice: int | None
    obiettivo: int

    @property
    def difficile(self) -> bool:
        return self.indice is not None and self.indice < self.obiettivo


def letture(contenuto: Contenuto) -> tuple[Lettura, ...]:
    """Gulpease of every text a citizen reads; «In breve» is measured as one text."""
    breve = "\n".join(getattr(contenuto, campo) for campo in BREVE)
    testi = [("descrizione", contenuto.descrizione)]
    testi += [(s.chiave, getattr(contenuto, s.chiave)) for s in SEZIONI if s.chiave in COLONNE and s.chiave != "argomenti"]
    return (
        Lettura(_l("In breve"), gulpease(breve), OBIETTIVO_BREVE),
        *(Lettura(ETICHETTE[chiave], gulpease(testo), OBIETTIVO) for chiave, testo in testi),
    )
