"""I4, I5: what the sheets spend against what the budget of the plan declares, fund by fund."""

from __future__ import annotations

from decimal import Decimal

from ...i18n import _
from ...money import scrivi_euro
from . import tavole as t
from .fondi import PDZ_ORDINARIO, QFP, GenereVoce, genere_voce
from .segnalazioni import Esito, Gravita, Segnalazione, gravita_scarto
from .valori import ZERO, Tavola, Valori


def voci_budget(budget: Tavola, *generi: str) -> Decimal | None:
    """Sum of the budget lines of those kinds; None when there is none."""
    scelte = [budget.cella(r, t.IMPORTO) for r in budget.righe if r != t.TOTALE and genere_voce(r) in generi]
    return sum((c for c in scelte if c is not None), ZERO) if scelte else None


def i4_qfp(v: Valori) -> Esito:
    """I4: the QFP lines of the sheets stay within the QFP of the budget, residues included."""
    assegnato = voci_budget(v.tavola(t.BUDGET), GenereVoce.QFP)
    return Esito.da("I4", () if assegnato is None else (_qfp(v, assegnato),))


def _qfp(v: Valori, assegnato: Decimal) -> Segnalazione | None:
    righe = v.righe(QFP)
    gravita = gravita_scarto(assegnato, righe, v.tolleranza)
    if gravita is None:
        return None
    scarto = scrivi_euro(abs(assegnato - righe))
    if righe > assegnato:
        titolo = _("Fondo povertà: le schede usano %(scarto)s più di quanto c’è", scarto=scarto)
    else:
        titolo = _("Fondo povertà: %(scarto)s non sono in nessuna scheda", scarto=scarto)
        gravita = Gravita.AVVISO if gravita == Gravita.ERRORE else gravita
    return Segnalazione(
        "I4",
        "F21",
        gravita,
        dove=_("Budget, quota servizi del Fondo povertà con i residui"),
        titolo=titolo,
        spiegazione=_(
            "Nel budget ci sono %(budget)s, nelle schede %(schede)s.",
            budget=scrivi_euro(assegnato),
            schede=scrivi_euro(righe),
        ),
        stampato=assegnato,
        ricalcolato=righe,
    )


def i4_pdz_ordinario(v: Valori) -> Esito:
    """I4: the «PdZ» lines of the sheets stay within the cash of the budget.

    The cash is every line but QFP, with the co-financing counted for its money half only; above the cash and
    below the full budget, the sheets must contain services in kind that no line marks as such.
    """
    budget = v.tavola(t.BUDGET)
    pieno = voci_budget(
        budget,
        *(GenereVoce.RESIDUO, GenereVoce.FNPS, GenereVoce.FNA, GenereVoce.FGSA, GenereVoce.COFINANZIAMENTO),
    )
    cofinanziamento = voci_budget(budget, GenereVoce.COFINANZIAMENTO)
    denaro = v.tavola(t.COFINANZIAMENTO_MINIMO).cella(t.TOTALE, t.QUOTA_DENARO)
    if pieno is None or cofinanziamento is None or denaro is None:
        return Esito.da("I4", ())
    return Esito.da("I4", (_pdz(v, pieno, pieno - cofinanziamento + denaro * len(v.anni)),))


def _pdz(v: Valori, pieno: Decimal, cassa: Decimal) -> Segnalazione | None:
    righe = v.righe(PDZ_ORDINARIO)
    if righe <= cassa:
        return None
    gravita = gravita_scarto(cassa, righe, v.tolleranza) or Gravita.ERRORE
    return Segnalazione(
        "I4",
        "F22",
        gravita,
        dove=_("Budget, quota in denaro"),
        titolo=_("I fondi «PdZ» delle schede superano il denaro di %(scarto)s", scarto=scrivi_euro(righe - cassa)),
        spiegazione=_(
            "Nelle schede ci sono %(righe)s. Il budget in denaro è %(cassa)s, con i servizi dei Comuni "
            "%(pieno)s. Le schede non dicono quale parte è in servizi.",
            righe=scrivi_euro(righe),
            cassa=scrivi_euro(cassa),
            pieno=scrivi_euro(pieno),
        ),
        stampato=cassa,
        ricalcolato=righe,
    )


def i5_voci_budget(v: Valori) -> Esito:
    """I5: the lines of the budget sum to its total."""
    budget = v.tavola(t.BUDGET)
    totale = budget.cella(t.TOTALE, t.IMPORTO)
    if totale is None:
        return Esito.da("I5", ())
    somma = sum((budget.cella(r, t.IMPORTO) or ZERO for r in budget.righe if r != t.TOTALE), ZERO)
    gravita = gravita_scarto(totale, somma, v.tolleranza)
    if gravita is None:
        return Esito.da("I5", (None,))
    dove, titolo = _("Budget, totale"), _("Le voci del budget non fanno il totale")
    testo = _(
        "Il totale è %(totale)s, le voci sommano %(somma)s.",
        totale=scrivi_euro(totale),
        somma=scrivi_euro(somma),
    )
    return Esito.da("I5", (Segnalazione("I5", "", gravita, dove, titolo, testo, totale, somma),))


def i5_budget_e_schede(v: Valori) -> Esito:
    """I5: the money of the budget (PdZ and QFP) is all in the sheets."""
    totale = v.tavola(t.BUDGET).cella(t.TOTALE, t.IMPORTO)
    return Esito.da("I5", () if totale is None else (_budget_e_schede(v, totale),))


def _budget_e_schede(v: Valori, totale: Decimal) -> Segnalazione | None:
    righe = v.righe(PDZ_ORDINARIO, QFP)
    gravita = gravita_scarto(totale, righe, v.tolleranza)
    if gravita is None:
        return None
    scarto = scrivi_euro(abs(totale - righe))
    return Segnalazione(
        "I5",
        "F20",
        gravita,
        dove=_("Budget e schede"),
        titolo=_("%(scarto)s del budget non stanno in nessuna scheda", scarto=scarto)
        if righe < totale
        else _("Le schede usano %(scarto)s più del budget", scarto=scarto),
        spiegazione=_(
            "Il budget è %(budget)s; le schede con fondi PdZ e Fondo povertà sommano %(schede)s.",
            budget=scrivi_euro(totale),
            schede=scrivi_euro(righe),
        ),
        stampato=totale,
        ricalcolato=righe,
    )
