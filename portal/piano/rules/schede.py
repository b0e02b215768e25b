"""I1, I2, I3: a sheet against itself (domain.md 4.5). Blank boxes are told apart from zeros, never summed."""

from __future__ import annotations

from collections.abc import Iterator

from ...i18n import _
from ...money import scrivi_euro
from .segnalazioni import Esito, Gravita, Segnalazione, gravita_scarto
from .valori import ZERO, Valori, ValoriAnno, ValoriScheda


def i1_totale_scheda(v: Valori) -> Esito:
    """I1: the sum of a sheet's years is its printed total. A blank total is I3's business."""
    return Esito.da("I1", (_totale(s, v.tolleranza) for s in v.schede if s.totale_dichiarato is not None))


def _totale(s: ValoriScheda, tolleranza: int) -> Segnalazione | None:
    stampato, ricalcolato = s.totale_dichiarato or ZERO, s.totale or ZERO
    gravita = gravita_scarto(stampato, ricalcolato, tolleranza)
    if gravita is None:
        return None
    return Segnalazione(
        "I1",
        "F19",
        gravita,
        dove=_("Scheda %(codice)s, totale", codice=s.codice),
        titolo=_("%(codice)s: il totale stampato è %(euro)s", codice=s.codice, euro=scrivi_euro(stampato)),
        spiegazione=_(
            "La somma degli anni è %(somma)s: lo scarto è %(scarto)s.",
            somma=scrivi_euro(ricalcolato),
            scarto=scrivi_euro(abs(stampato - ricalcolato)),
        ),
        stampato=stampato,
        ricalcolato=ricalcolato,
        schede=(s.codice,),
    )


def i2_fonti_anno(v: Valori) -> Esito:
    """I2: the sum of a year's funds is the amount of that year. A year without funds is I3's business."""
    anni = ((s, a) for s in v.schede for a in s.anni if a.righe and a.importo is not None)
    return Esito.da("I2", (_fonti(s, a, v.tolleranza) for s, a in anni))


def _fonti(s: ValoriScheda, a: ValoriAnno, tolleranza: int) -> Segnalazione | None:
    stampato, ricalcolato = a.importo or ZERO, a.somma_righe or ZERO
    gravita = gravita_scarto(stampato, ricalcolato, tolleranza)
    if gravita is None:
        return None
    return Segnalazione(
        "I2",
        "",
        gravita,
        dove=_dove(s, a),
        titolo=_("%(codice)s, %(anno)s: i fondi non fanno l’importo dell’anno", codice=s.codice, anno=a.anno),
        spiegazione=_(
            "L’importo è %(importo)s, la somma dei fondi è %(somma)s.",
            importo=scrivi_euro(stampato),
            somma=scrivi_euro(ricalcolato),
        ),
        stampato=stampato,
        ricalcolato=ricalcolato,
        schede=(s.codice,),
    )


def i3_importi_e_fonti(v: Valori) -> Esito:
    """I3: an amount has its fund, a named fund has its amount, a sheet has its total.

    Boxes left blank beside others that are filled are gathered in one note for the whole plan.
    """
    if not v.schede:
        return Esito.da("I3", ())
    return Esito.da("I3", [*(c for s in v.schede for c in _scheda(s)), _caselle_vuote(v)])


def _scheda(s: ValoriScheda) -> Iterator[Segnalazione | None]:
    """One comparison for each year, and one for the sheet as a whole."""
    in_bianco = s.totale_dichiarato is None or s.totale is None
    for a in s.anni:
        yield _senza_fonte(s, a) or (None if in_bianco else _senza_importo(s, a))
    yield _in_bianco(s) if in_bianco else _tutta_zero(s)


def _senza_fonte(s: ValoriScheda, a: ValoriAnno) -> Segnalazione | None:
    if a.importo and not a.righe:
        titolo = _("%(codice)s, %(anno)s: c’è un importo ma non il fondo", codice=s.codice, anno=a.anno)
        testo = _("%(euro)s senza dire da quale fondo.", euro=scrivi_euro(a.importo))
        return Segnalazione("I3", "", Gravita.ERRORE, _dove(s, a), titolo, testo, schede=(s.codice,))
    if a.righe and a.importo is None:
        somma = scrivi_euro(a.somma_righe)
        titolo = _("%(codice)s, %(anno)s: ci sono i fondi ma non l’importo", codice=s.codice, anno=a.anno)
        testo = _("I fondi sommano %(euro)s, la casella dell’anno è in bianco.", euro=somma)
        return Segnalazione("I3", "", Gravita.ERRORE, _dove(s, a), titolo, testo, schede=(s.codice,))
    return None


def _dove(s: ValoriScheda, a: ValoriAnno) -> str:
    return str(_("Scheda %(codice)s, anno %(anno)s", codice=s.codice, anno=a.anno))


def _senza_importo(s: ValoriScheda, a: ValoriAnno) -> Segnalazione | None:
    """A fund is named, and the amount beside it is zero or blank."""
    if a.importo or not a.nomina_fonte:
        return None
    importo = _("in bianco") if a.importo is None else scrivi_euro(a.importo)
    return Segnalazione(
        "I3",
        "F26",
        Gravita.AVVISO,
        dove=_dove(s, a),
        titolo=_("%(codice)s, %(anno)s: c’è il fondo ma non i soldi", codice=s.codice, anno=a.anno),
        spiegazione=_("Il piano scrive «%(fonte)s» e l’importo è %(importo)s.", fonte=a.fonte_testo, importo=importo),
        schede=(s.codice,),
    )


def _in_bianco(s: ValoriScheda) -> Segnalazione:
    fonti = tuple(dict.fromkeys(a.fonte_testo for a in s.anni if a.nomina_fonte))
    if s.totale is not None:
        titolo = _("%(codice)s: il totale è in bianco", codice=s.codice)
        testo = _("Gli anni sommano %(euro)s.", euro=scrivi_euro(s.totale))
    elif fonti:
        titolo = _("%(codice)s: c’è la fonte ma non gli importi", codice=s.codice)
        testo = _("Il piano scrive «%(fonte)s», gli importi e il totale sono in bianco.", fonte="», «".join(fonti))
    else:
        titolo = _("%(codice)s: nessun importo e nessuna fonte", codice=s.codice)
        testo = _("La scheda c’è, ma gli importi, i fondi e il totale sono in bianco.")
    dove = _("Scheda %(codice)s, totale", codice=s.codice)
    return Segnalazione("I3", "F26", Gravita.AVVISO, dove, titolo, testo, schede=(s.codice,))


def _tutta_zero(s: ValoriScheda) -> Segnalazione | None:
    if s.totale != ZERO or s.totale_dichiarato != ZERO:
        return None
    return Segnalazione(
        "I3",
        "F26",
        Gravita.AVVISO,
        dove=_("Scheda %(codice)s", codice=s.codice),
        titolo=_("%(codice)s: tutti gli importi sono zero", codice=s.codice),
        spiegazione=_("La scheda prevede degli interventi ma non dice con quali soldi si fanno."),
        schede=(s.codice,),
    )


def _caselle_vuote(v: Valori) -> Segnalazione | None:
    vuote = {
        s.codice: [str(a.anno) for a in s.anni if a.importo is None and not a.nomina_fonte]
        for s in v.schede
        if s.totale is not None
    }
    elenco = "; ".join(f"{codice} ({', '.join(anni)})" for codice, anni in vuote.items() if anni)
    if not elenco:
        return None
    return Segnalazione(
        "I3",
        "F26",
        Gravita.NOTA,
        dove=_("Schede con caselle vuote"),
        titolo=_("Alcuni anni non hanno importo"),
        spiegazione=_(
            "La casella è vuota: non sappiamo se è zero o non programmato. Non la contiamo. %(dove)s.",
            dove=elenco,
        ),
        schede=tuple(codice for codice, anni in vuote.items() if anni),
    )
