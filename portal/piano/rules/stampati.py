"""I9, I10: figures that follow from others, and the same figure printed in two places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from ...i18n import _
from ...money import CENTESIMO, scrivi_euro, scrivi_numero
from . import tavole as t
from .budget import voci_budget
from .comuni import parola
from .fondi import GenereVoce, e_residuo, genere_voce, normalizza_fondo
from .segnalazioni import Esito, Gravita, Segnalazione, Unita, gravita_scarto
from .valori import Tavola, Valori

ANNI_STORICI = 3
PER_MILLE = Decimal("0.001")
"""A whole percentage that moves the amount by more than this is too coarse to go back to euro."""


def i9_medie(v: Valori) -> Esito:
    """I9: the mean of the historic spend is its three years divided by three, to the cent."""
    tavola = v.tavola(t.SPESA_STORICA)
    return Esito.da("I9", (_media(tavola, riga, v.tolleranza) for riga in tavola.righe))


def _media(tavola: Tavola, riga: str, tolleranza: int) -> Segnalazione | None:
    tre_anni, media = tavola.cella(riga, t.TRIENNIO), tavola.cella(riga, t.MEDIA_ANNUA)
    if tre_anni is None or media is None:
        return None
    ricalcolata = (tre_anni / ANNI_STORICI).quantize(CENTESIMO, ROUND_HALF_UP)
    gravita = gravita_scarto(media, ricalcolata, tolleranza)
    if gravita is None:
        return None
    dove = _("Spesa storica, riga %(riga)s", riga=parola(riga))
    titolo = _("Spesa storica, %(riga)s: la media non torna", riga=parola(riga))
    testo = _(
        "La media stampata è %(media)s, un terzo del totale è %(terzo)s.",
        media=scrivi_euro(media),
        terzo=scrivi_euro(ricalcolata),
    )
    return Segnalazione("I9", "", gravita, dove, titolo, testo, media, ricalcolata)


def i9_percentuali(v: Valori) -> Esito:
    """I9: a printed percentage is its ratio, within the digits shown.

    One that is right as far as it is shown, but drops more than one per thousand of the amount, is a warning:
    whoever multiplies by it does not get the euro printed beside it.
    """
    return Esito.da("I9", [*_avanzamenti(v), *_sul_minimo(v)])


def _avanzamenti(v: Valori) -> Iterator[Segnalazione | None]:
    tavola = v.tavola(t.RENDICONTO)
    for riga in tavola.righe:
        budget, impegnato = tavola.cella(riga, t.BUDGET), tavola.cella(riga, t.IMPEGNATO)
        stampata = tavola.cella(riga, t.AVANZAMENTO)
        if budget and impegnato is not None and stampata is not None:
            yield _percentuale(stampata, impegnato, budget, "", _("Rendiconto %(riga)s, avanzamento", riga=riga))


def _sul_minimo(v: Valori) -> Iterator[Segnalazione | None]:
    tavola = v.tavola(t.COFINANZIAMENTO_PROGRAMMATO)
    annuo, stampata = tavola.cella(t.TOTALE, t.ANNUO), tavola.cella(t.TOTALE, t.PERCENTO_SUL_MINIMO)
    minimo = v.tavola(t.COFINANZIAMENTO_MINIMO).cella(t.TOTALE, t.QUOTA)
    if annuo is not None and stampata is not None and minimo:
        yield _percentuale(stampata, annuo, minimo, "F14", _("Cofinanziamento, percentuale sul minimo"))


def _percentuale(stampata: Decimal, parte: Decimal, intero: Decimal, id: str, dove: str) -> Segnalazione | None:
    esatta = parte / intero * 100
    ricavato = stampata / 100 * intero
    if abs(esatta - stampata) > Decimal("0.5"):
        gravita, titolo = Gravita.ERRORE, _("%(dove)s: la percentuale non è quella", dove=dove)
    elif abs(ricavato - parte) > parte * PER_MILLE:
        gravita, titolo = Gravita.AVVISO, _("%(dove)s: la percentuale è troncata", dove=dove)
    else:
        return None
    precisa = esatta.quantize(CENTESIMO, ROUND_HALF_UP)
    testo = _(
        "Il piano scrive %(stampata)s %%, il rapporto è %(precisa)s %%. Il %(stampata)s %% darebbe "
        "%(ricavato)s invece di %(parte)s.",
        stampata=stampata.to_integral_value(),
        precisa=scrivi_numero(precisa, 2),
        ricavato=scrivi_euro(ricavato),
        parte=scrivi_euro(parte),
    )
    return Segnalazione("I9", id, gravita, dove, titolo, testo, stampata, precisa, Unita.PERCENTO)


def i9_triennio(v: Valori) -> Esito:
    """I9: the yearly co-financing, times the years of the plan, is the one of the whole plan."""
    tavola = v.tavola(t.COFINANZIAMENTO_PROGRAMMATO)
    annuo, triennio = tavola.cella(t.TOTALE, t.ANNUO), tavola.cella(t.TOTALE, t.TRIENNIO)
    if annuo is None or triennio is None or not v.anni:
        return Esito.da("I9", ())
    return Esito.da("I9", (_uguali(v, triennio, annuo * len(v.anni), "I9", "", _("Cofinanziamento, tutto il piano")),))


def i10_stessa_cifra(v: Valori) -> Esito:
    """I10: the budget repeats the figures of the fund tables, of the report and of the co-financing."""
    budget = v.tavola(t.BUDGET)
    coppie = (
        (GenereVoce.FNPS, v.tavola(t.FNPS).cella(t.TOTALE, t.IMPORTO), "", _("FNPS, tabella e budget")),
        (GenereVoce.FNA, _ultima(v.tavola(t.FNA), t.IMPORTO), "", _("FNA, tabella e budget")),
        (GenereVoce.FGSA, v.tavola(t.FGSA).cella(t.TOTALE, t.IMPORTO), "F13", _("FGSA, tabella e budget")),
        (
            GenereVoce.RESIDUO,
            _ultima(v.tavola(t.RENDICONTO), t.RESIDUO),
            "",
            _("Residui, rendiconto e budget"),
        ),
        (
            GenereVoce.COFINANZIAMENTO,
            v.tavola(t.COFINANZIAMENTO_PROGRAMMATO).cella(t.TOTALE, t.TRIENNIO),
            "",
            _("Cofinanziamento, capitolo e budget"),
        ),
    )
    trovate = [(voci_budget(budget, genere), cifra, id, dove) for genere, cifra, id, dove in coppie]
    trovate.append((_qfp_nuovo(budget), _ultima(v.tavola(t.QFP), t.IMPORTO), "", _("Fondo povertà, tabella e budget")))
    return Esito.da(
        "I10",
        (_uguali(v, a, b, "I10", id, dove) for b, a, id, dove in trovate if a is not None and b is not None),
    )


def _qfp_nuovo(budget: Tavola) -> Decimal | None:
    """The QFP of the budget without the residues of earlier years."""
    return next(
        (budget.cella(r, t.IMPORTO) for r in budget.righe if genere_voce(r) == GenereVoce.QFP and not e_residuo(r)),
        None,
    )


def _ultima(tavola: Tavola, colonna: str) -> Decimal | None:
    """The cell of the last row: these tables have one row for each year or plan."""
    return tavola.cella(tavola.righe[-1], colonna) if tavola else None


def _uguali(v: Valori, stampato: Decimal, altro: Decimal, regola: str, id: str, dove: str) -> Segnalazione | None:
    gravita = gravita_scarto(stampato, altro, v.tolleranza)
    if gravita is None:
        return None
    titolo = _("%(dove)s: le due cifre sono diverse", dove=dove)
    testo = _("In un posto %(uno)s, nell’altro %(due)s.", uno=scrivi_euro(stampato), due=scrivi_euro(altro))
    return Segnalazione(regola, id, gravita, dove, titolo, testo, stampato, altro)


def i10_minimo(v: Valori) -> Esito:
    """I10: the minimum co-financing is FNPS + FNA + FGSA of the first year of the plan."""
    if not v.anni:
        return Esito.da("I10", ())
    anno = str(v.anni[0])
    parti = [v.tavola(nome).cella(anno, t.IMPORTO) for nome in (t.FNPS, t.FNA, t.FGSA)]
    minimo = v.tavola(t.COFINANZIAMENTO_MINIMO).cella(t.TOTALE, t.QUOTA)
    if minimo is None or None in parti:
        return Esito.da("I10", ())
    somma = sum((p for p in parti if p is not None), Decimal("0.00"))
    return Esito.da(
        "I10",
        (_uguali(v, minimo, somma, "I10", "", _("Cofinanziamento minimo e fondi %(anno)s", anno=anno)),),
    )


def i10_popolazione(v: Valori) -> Esito:
    """I10: the residents named in the text are those of the age table."""
    testo = v.tavola(t.POPOLAZIONE_TESTO).cella(t.TOTALE, t.ABITANTI)
    tavola = v.tavola(t.POPOLAZIONE)
    comuni = [tavola.cella(r, c) for r in tavola.righe for c in tavola.colonne if t.TOTALE not in (r, c)]
    somma = sum((n for n in comuni if n is not None), Decimal(0))
    if testo is None or not comuni:
        return Esito.da("I10", ())
    if testo == somma:
        return Esito.da("I10", (None,))
    numeri = {"testo": scrivi_numero(testo), "tabella": scrivi_numero(somma)}
    segnalazione = Segnalazione(
        "I10",
        "F01",
        Gravita.ERRORE,
        dove=_("Popolazione, testo e tabella per età"),
        titolo=_("Gli abitanti sono %(testo)s o %(tabella)s?", **numeri),
        spiegazione=_("Il testo scrive %(testo)s, la tabella per età somma %(tabella)s.", **numeri),
        stampato=testo,
        ricalcolato=somma,
        unita=Unita.NUMERO,
    )
    return Esito.da("I10", (segnalazione,))


def i10_nomi_fondi(v: Valori) -> Esito:
    """I10: a fund has one name. Different spellings are read as one fund, and said."""
    scritture = _scritture(v)
    return Esito.da("I10", (_nomi(fondo, nomi) for fondo, nomi in scritture.items()))


def _scritture(v: Valori) -> Mapping[str, dict[str, list[str]]]:
    """By fund, each spelling with the sheets that use it."""
    trovate: dict[str, dict[str, list[str]]] = {}
    for scheda in v.schede:
        for _anno, riga in scheda.righe:
            schede = trovate.setdefault(riga.fondo, {}).setdefault(riga.fonte, [])
            if scheda.codice not in schede:
                schede.append(scheda.codice)
    return trovate


def _nomi(fondo: str, nomi: Mapping[str, list[str]]) -> Segnalazione | None:
    if len(nomi) < 2:
        return None
    abituale = max(nomi, key=lambda n: len(nomi[n]))
    rari = {nome: schede for nome, schede in nomi.items() if nome != abituale}
    elenco = "; ".join(f"«{nome}» ({', '.join(schede)})" for nome, schede in rari.items())
    return Segnalazione(
        "I10",
        "F42",
        Gravita.NOTA,
        dove=_("Nomi dei fondi, «%(nome)s»", nome=abituale),
        titolo=_("«%(nome)s» è scritto in più modi", nome=normalizza_fondo(abituale).nome),
        spiegazione=_(
            "Di solito «%(nome)s», ma anche: %(altri)s. Li leggiamo come lo stesso fondo.",
            nome=abituale,
            altri=elenco,
        ),
        schede=tuple(dict.fromkeys(c for schede in rari.values() for c in schede)),
    )
