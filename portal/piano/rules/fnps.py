"""I6: the earmarks of national funds: quotas against the fund's year, and sheets against the quotas.

Sources: FNPS decree and Piano nazionale 2021-2023 (at least half for minors and families); domain.md 4.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ...i18n import _, _l
from ...money import scrivi_euro
from . import tavole as t
from .fondi import PDZ_ORDINARIO
from .segnalazioni import Esito, Gravita, Segnalazione, Unita, gravita_scarto
from .valori import ZERO, Tavola, Valori, somma_indicati

META = Decimal("50")


@dataclass(frozen=True)
class Destinazione:
    """Where an earmarked quota goes in a code scheme. Not ``certa``: other sheets may hold a part of it."""

    colonna: str
    schede: tuple[str, ...]
    nome: Any
    id: str
    certa: bool = True


DESTINAZIONI: Mapping[str, tuple[Destinazione, ...]] = {
    "PRPS22": (
        Destinazione(t.VIOLENZA, ("A.3", "E.1"), _l("Contrasto alla violenza"), "F24"),
        Destinazione(t.DIMISSIONI, ("C.3",), _l("Dimissioni protette"), "F25", certa=False),
    )
}
"""By code scheme: PRPS22 is Puglia 2022-2024."""

FNA_SCHEDE: Mapping[str, tuple[str, ...]] = {"PRPS22": ("C.2",)}


def quote(tavola: Tavola, riga: str) -> Decimal | None:
    """Sum of the quotas printed in a row; None when the row has none."""
    return somma_indicati(tavola.cella(riga, c) for c in tavola.colonne if c.startswith("quota_"))


def i6_quote_fnps(v: Valori) -> Esito:
    """I6: the quotas of a year sum to the fund's amount for that year."""
    tavola = v.tavola(t.FNPS)
    righe = (r for r in tavola.righe if quote(tavola, r) is not None and tavola.cella(r, t.IMPORTO) is not None)
    return Esito.da("I6", (_quote(tavola, r, v.tolleranza) for r in righe))


def _quote(tavola: Tavola, riga: str, tolleranza: int) -> Segnalazione | None:
    importo, somma = tavola.cella(riga, t.IMPORTO) or ZERO, quote(tavola, riga) or ZERO
    gravita = gravita_scarto(importo, somma, tolleranza)
    if gravita is None:
        return None
    uniti = [riga, *_senza_quote_dopo(tavola, riga)]
    importo_unito = sum((tavola.cella(r, t.IMPORTO) or ZERO for r in uniti), ZERO)
    sommati = len(uniti) > 1 and gravita_scarto(importo_unito, somma, tolleranza) is not Gravita.ERRORE
    titolo = _("FNPS %(anno)s: le quote non fanno l’importo", anno=riga)
    testo = _(
        "Importo %(importo)s, somma delle quote %(somma)s.",
        importo=scrivi_euro(importo),
        somma=scrivi_euro(somma),
    )
    if sommati:
        titolo = _("FNPS %(anno)s: le quote sono di %(anni)s sommati", anno=riga, anni=" + ".join(uniti))
        testo += " " + _("Gli anni dopo non hanno quote proprie.")
    return Segnalazione("I6", "F12", gravita, _("FNPS, riga %(anno)s", anno=riga), titolo, testo, importo, somma)


def _senza_quote_dopo(tavola: Tavola, riga: str) -> Iterator[str]:
    """The rows just after ``riga`` that print no quota: their money was counted with it."""
    for dopo in tavola.righe[tavola.righe.index(riga) + 1 :]:
        if dopo == t.TOTALE or quote(tavola, dopo) is not None:
            return
        yield dopo


def i6_quota_minori(v: Valori) -> Esito:
    """I6: at least half of the FNPS goes to minors and families."""
    tavola = v.tavola(t.FNPS)
    minori, importo = tavola.cella(t.TOTALE, t.MINORI), tavola.cella(t.TOTALE, t.IMPORTO)
    if minori is None or not importo:
        return Esito.da("I6", ())
    percento = (minori / importo * 100).quantize(Decimal("0.1"))
    if percento >= META:
        return Esito.da("I6", (None,))
    titolo = _("FNPS: meno della metà è per minori e famiglie")
    testo = _(
        "Per minori e famiglie ci sono %(minori)s su %(totale)s.",
        minori=scrivi_euro(minori),
        totale=scrivi_euro(importo),
    )
    dove = _("FNPS, quota minori e famiglie")
    return Esito.da("I6", (Segnalazione("I6", "", Gravita.ERRORE, dove, titolo, testo, percento, META, Unita.PERCENTO),))


def i6_fna(v: Valori) -> Esito:
    """I6: the FNA of a year is all in the lines of integrated home care of that year."""
    tavola = v.tavola(t.FNA)
    schede = [s for s in v.schede if s.codice in FNA_SCHEDE.get(s.schema, ())]
    if not schede:
        return Esito.da("I6", ())
    codici = tuple(s.codice for s in schede)
    return Esito.da("I6", (_fna(v, codici, anno, tavola.cella(anno, t.IMPORTO) or ZERO) for anno in tavola.righe))


def _fna(v: Valori, codici: tuple[str, ...], anno: str, fondo: Decimal) -> Segnalazione | None:
    righe = v.righe(PDZ_ORDINARIO, "FNA", schede=codici, anni=[int(anno)])
    if righe >= fondo:
        return None
    return Segnalazione(
        "I6",
        "F23",
        gravita_scarto(fondo, righe, v.tolleranza) or Gravita.ERRORE,
        dove=_("FNA %(anno)s, scheda %(codici)s", anno=anno, codici=", ".join(codici)),
        titolo=_("FNA %(anno)s: in %(codici)s manca una parte del fondo", anno=anno, codici=", ".join(codici)),
        spiegazione=_(
            "Il fondo per la non autosufficienza è %(fondo)s; nella scheda i fondi PdZ dell’anno sono "
            "%(righe)s: mancano %(scarto)s.",
            fondo=scrivi_euro(fondo),
            righe=scrivi_euro(righe),
            scarto=scrivi_euro(fondo - righe),
        ),
        stampato=fondo,
        ricalcolato=righe,
        schede=codici,
    )


def i6_destinazioni(v: Valori) -> Esito:
    """I6: the sheets that an FNPS quota pays hold that much «PdZ» money, year by year."""
    schema = next((s.schema for s in v.schede), "")
    tavola = v.tavola(t.FNPS)
    scelte = (d for d in DESTINAZIONI.get(schema, ()) if tavola.cella(t.TOTALE, d.colonna) is not None)
    return Esito.da("I6", (_destinazione(v, tavola, d) for d in scelte))


def _periodi(tavola: Tavola, colonna: str) -> Iterator[tuple[tuple[int, ...], Decimal]]:
    """Years and quota: a year that prints no quotas counts with the one before it."""
    for riga in tavola.righe:
        quota = tavola.cella(riga, colonna)
        if riga != t.TOTALE and quota is not None:
            yield (int(riga), *(int(r) for r in _senza_quote_dopo(tavola, riga))), quota


@dataclass(frozen=True)
class _Periodo:
    anni: tuple[int, ...]
    quota: Decimal
    righe: Decimal

    def __str__(self) -> str:
        anni = "-".join(map(str, self.anni))
        quota, righe = scrivi_euro(self.quota), scrivi_euro(self.righe)
        return str(_("%(anni)s: quota %(quota)s, schede %(righe)s", anni=anni, quota=quota, righe=righe))


def _destinazione(v: Valori, tavola: Tavola, d: Destinazione) -> Segnalazione | None:
    periodi = [
        _Periodo(anni, quota, v.righe(PDZ_ORDINARIO, "FNPS", schede=d.schede, anni=anni))
        for anni, quota in _periodi(tavola, d.colonna)
    ]
    scoperto = next((p for p in periodi if p.righe < p.quota), None)
    if scoperto is None:
        return None
    totale = tavola.cella(t.TOTALE, d.colonna) or ZERO
    righe = v.righe(PDZ_ORDINARIO, "FNPS", schede=d.schede)
    torna = gravita_scarto(totale, righe, v.tolleranza) is None
    gravita, testo = _giudizio(d, torna)
    codici = ", ".join(d.schede)
    return Segnalazione(
        "I6",
        d.id,
        gravita,
        dove=_("FNPS, %(quota)s: schede %(codici)s", quota=d.nome, codici=codici),
        titolo=_("%(quota)s: quota e schede non vanno insieme (%(codici)s)", quota=d.nome, codici=codici),
        spiegazione="; ".join(map(str, periodi)) + f". {testo}",
        stampato=scoperto.quota if torna else totale,
        ricalcolato=scoperto.righe if torna else righe,
        schede=d.schede,
    )


def _giudizio(d: Destinazione, torna: bool) -> tuple[Gravita, str]:
    if not d.certa:
        return Gravita.NOTA, _("Il resto della quota può stare in altre schede, senza una riga propria.")
    if torna:
        return Gravita.AVVISO, _("Il totale però torna: i soldi sono stati spostati da un anno all’altro.")
    return Gravita.ERRORE, _("Nemmeno il totale torna.")
