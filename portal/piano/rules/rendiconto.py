"""I14: the report of the earlier plan: programmed, committed, left over (domain.md 4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ...i18n import _
from ...money import scrivi_euro, scrivi_numero
from . import tavole as t
from .fondi import e_residuo
from .segnalazioni import Esito, Gravita, Segnalazione, gravita_scarto
from .valori import ZERO, Tavola, Valori


@dataclass(frozen=True)
class Consuntivo:
    """How far the money of a plan has gone. None: not published."""

    piano: str
    programmato: Decimal
    impegnato: Decimal | None
    liquidato: Decimal | None

    @property
    def residuo(self) -> Decimal | None:
        return None if self.impegnato is None else self.programmato - self.impegnato


def consuntivi(v: Valori) -> tuple[Consuntivo, ...]:
    """The reports that the plan prints of the plans before it."""
    tavola = v.tavola(t.RENDICONTO)
    return tuple(
        Consuntivo(r, tavola.cella(r, t.BUDGET) or ZERO, tavola.cella(r, t.IMPEGNATO), tavola.cella(r, t.LIQUIDATO))
        for r in tavola.righe
    )


def i14_residuo(v: Valori) -> Esito:
    """I14: what is left is what was programmed less what was committed; no step exceeds the one before."""
    tavola = v.tavola(t.RENDICONTO)
    return Esito.da("I14", (c for riga in tavola.righe for c in (_residuo(v, tavola, riga), _catena(tavola, riga))))


def _residuo(v: Valori, tavola: Tavola, riga: str) -> Segnalazione | None:
    budget, impegnato = tavola.cella(riga, t.BUDGET) or ZERO, tavola.cella(riga, t.IMPEGNATO) or ZERO
    residuo = tavola.cella(riga, t.RESIDUO) or ZERO
    gravita = gravita_scarto(residuo, budget - impegnato, v.tolleranza)
    if gravita is None:
        return None
    dove, titolo = (
        _("Rendiconto %(riga)s", riga=riga),
        _("Rendiconto %(riga)s: il residuo non torna", riga=riga),
    )
    testo = _(
        "Budget meno impegnato fa %(resto)s, il residuo stampato è %(residuo)s.",
        resto=scrivi_euro(budget - impegnato),
        residuo=scrivi_euro(residuo),
    )
    return Segnalazione("I14", "", gravita, dove, titolo, testo, residuo, budget - impegnato)


def _catena(tavola: Tavola, riga: str) -> Segnalazione | None:
    """programmato >= impegnato >= liquidato; a step that is not published breaks nothing."""
    passi = [(p, tavola.cella(riga, p)) for p in (t.BUDGET, t.IMPEGNATO, t.LIQUIDATO)]
    scritti = [(nome, valore) for nome, valore in passi if valore is not None]
    for (_prima, piu), (dopo, meno) in pairwise(scritti):
        if meno > piu:
            dove = _("Rendiconto %(riga)s, %(passo)s", riga=riga, passo=dopo)
            titolo = _("Rendiconto %(riga)s: %(passo)s più di quanto c’era", riga=riga, passo=dopo)
            testo = _("%(meno)s contro %(piu)s.", meno=scrivi_euro(meno), piu=scrivi_euro(piu))
            return Segnalazione("I14", "", Gravita.ERRORE, dove, titolo, testo, meno, piu)
    return None


def i14_residui_nel_budget(v: Valori) -> Esito:
    """I14: the residues that the budget brings forward are those of the report."""
    budget, rendiconto = v.tavola(t.BUDGET), v.tavola(t.RENDICONTO)
    if not budget or not rendiconto:
        return Esito.da("I14", ())
    portati = {r: budget.cella(r, t.IMPORTO) or ZERO for r in budget.righe if e_residuo(r)}
    return Esito.da("I14", (_residui(v, portati, rendiconto, rendiconto.righe[-1]),))


def _residui(v: Valori, portati: dict[str, Decimal], rendiconto: Tavola, riga: str) -> Segnalazione | None:
    residuo, totale = rendiconto.cella(riga, t.RESIDUO) or ZERO, sum(portati.values(), ZERO)
    if gravita_scarto(residuo, totale, v.tolleranza) is None:
        return None
    impegnato, programmato = (
        rendiconto.cella(riga, t.IMPEGNATO) or ZERO,
        rendiconto.cella(riga, t.BUDGET) or ZERO,
    )
    avanzamento = impegnato / (programmato + totale - residuo) * 100
    return Segnalazione(
        "I14",
        "F18",
        Gravita.AVVISO,
        dove=_("Residui, rendiconto %(riga)s e budget", riga=riga),
        titolo=_(
            "Nel budget ci sono %(altri)s di residui che il rendiconto non ha",
            altri=scrivi_euro(totale - residuo),
        ),
        spiegazione=_(
            "Il rendiconto ha un residuo di %(residuo)s, il budget ne porta %(totale)s (%(voci)s). "
            "Contandoli, l’avanzamento scende al %(avanzamento)s %%.",
            residuo=scrivi_euro(residuo),
            totale=scrivi_euro(totale),
            voci=", ".join(portati),
            avanzamento=scrivi_numero(avanzamento, 1),
        ),
        stampato=residuo,
        ricalcolato=totale,
    )
