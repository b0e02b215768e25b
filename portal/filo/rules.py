"""The eleven steps of the thread, in the order of the law and of the money. Pure: values in, steps out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from ..i18n import _


class Passo(StrEnum):
    """product.md, «Il filo»."""

    BISOGNO = "bisogno"
    PRIORITA = "priorita"
    AVVISO = "avviso"
    PROPOSTA = "proposta"
    VALUTAZIONE = "valutazione"
    COPROGETTAZIONE = "coprogettazione"
    CONVENZIONE = "convenzione"
    SCHEDA = "scheda"
    SPESA = "spesa"
    RENDICONTO = "rendiconto"
    SERVIZIO = "servizio"


@dataclass(frozen=True)
class Nodo:
    """A thing of the chain that exists: what it is called, where it is, when it happened, by which act.

    ``titolo`` and ``atto`` are texts of the thing itself; ``quando`` a date or an instant, None when undated.
    """

    titolo: str
    url: str | None = None
    quando: date | datetime | None = None
    atto: str = ""


@dataclass(frozen=True)
class Deciso:
    """A decision of a body on a thing of the chain: who, when and with which number, and where it is read.

    ``qui``: the page that shows the chain is the one where this was decided.
    """

    testo: str
    url: str
    qui: bool = False


@dataclass(frozen=True)
class Catena:
    """What exists of a chain. A step that is not there is «manca»; one in ``non_previsti`` will never be."""

    nodi: dict[Passo, Nodo] = field(default_factory=dict)
    qui: Passo | None = None
    non_previsti: frozenset[Passo] = frozenset()
    assenze: dict[Passo, str] = field(default_factory=dict)
    decisioni: dict[Passo, tuple[Deciso, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class RigaFilo:
    """A step as the component shows it."""

    nome: str
    stato: str
    quando: str
    titolo: str
    url: str | None
    atto: str
    decisioni: tuple[Deciso, ...] = ()


def nomi() -> dict[Passo, str]:
    return {
        Passo.BISOGNO: _("Bisogno"),
        Passo.PRIORITA: _("Priorità"),
        Passo.AVVISO: _("Avviso"),
        Passo.PROPOSTA: _("Proposta"),
        Passo.VALUTAZIONE: _("Valutazione"),
        Passo.COPROGETTAZIONE: _("Co-progettazione"),
        Passo.CONVENZIONE: _("Progetto e convenzione"),
        Passo.SCHEDA: _("Scheda e soldi"),
        Passo.SPESA: _("Spesa"),
        Passo.RENDICONTO: _("Rendiconto"),
        Passo.SERVIZIO: _("Servizio"),
    }


def assenze() -> dict[Passo, str]:
    """What is said of a step that is not there."""
    return {
        Passo.BISOGNO: _("Il tavolo da cui nasce non è ancora collegato."),
        Passo.PRIORITA: _("La restituzione dei tavoli non è ancora collegata."),
        Passo.AVVISO: _("Non c’è ancora un avviso."),
        Passo.PROPOSTA: _("Le proposte si aprono dopo il termine."),
        Passo.VALUTAZIONE: _("La commissione si nomina dopo il termine."),
        Passo.COPROGETTAZIONE: _("Gli incontri compariranno qui con i verbali."),
        Passo.CONVENZIONE: _("Non c’è ancora un progetto approvato."),
        Passo.SCHEDA: _("Non è legato a una scheda del piano."),
        Passo.SPESA: _("Liquidato e pagato compariranno qui."),
        Passo.RENDICONTO: _("Si pubblica con il rendiconto annuale."),
        Passo.SERVIZIO: _("Non c’è ancora una pagina nella guida."),
    }


def passi(catena: Catena, scrivi_data: object) -> tuple[RigaFilo, ...]:
    """All the steps, in order: done, here, missing or not foreseen. ``scrivi_data`` writes a date in words."""
    titoli, vuoti = nomi(), {**assenze(), **catena.assenze}
    return tuple(_riga(passo, catena, titoli, vuoti, scrivi_data) for passo in Passo)


def _riga(passo: Passo, catena: Catena, titoli: dict[Passo, str], vuoti: dict[Passo, str], scrivi_data: object) -> RigaFilo:
    nodo = catena.nodi.get(passo)
    if nodo is None:
        previsto = passo not in catena.non_previsti
        frase = vuoti[passo] if previsto else _("Qui non c’è stato.")
        quando = _("Non ancora") if previsto else _("Non previsto")
        return RigaFilo(titoli[passo], "manca" if previsto else "non_previsto", quando, frase, None, "")
    qui = passo == catena.qui
    quando = scrivi_data(nodo.quando) if nodo.quando and callable(scrivi_data) else _("Senza data")
    decisioni = catena.decisioni.get(passo, ())
    stato, url = ("qui", None) if qui else ("fatto", nodo.url)
    return RigaFilo(titoli[passo], stato, quando, nodo.titolo, url, nodo.atto, decisioni)


def frase_soldi(programmato: Decimal | None, impegnato: Decimal, euro: object) -> str:
    """«149.000,00 € programmati, 145.250,50 € impegnati», for the sheet's step."""
    if not callable(euro) or programmato is None:
        return ""
    return _(
        "%(programmato)s programmati, %(impegnato)s impegnati", programmato=euro(programmato), impegnato=euro(impegnato)
    )
