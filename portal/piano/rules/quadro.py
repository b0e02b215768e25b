"""I12: codes of the scheme, and the synoptic table against the sheets (domain.md 4.1 and 4.5)."""

from __future__ import annotations

from ...i18n import _
from . import tavole as t
from .codici import normalizza_codice
from .segnalazioni import Esito, Gravita, Segnalazione
from .valori import Valori, ValoriScheda


def i12_codici(v: Valori) -> Esito:
    """I12: every sheet has a code of the scheme, written in one way."""
    return Esito.da("I12", (_codice(s) for s in v.schede))


def _codice(s: ValoriScheda) -> Segnalazione | None:
    normale = normalizza_codice(s.codice)
    if normale == s.codice:
        return None
    testo = (
        _("Il codice «%(codice)s» non ha la forma di un codice del quadro regionale.", codice=s.codice)
        if normale is None
        else _("Il codice si scrive «%(codice)s».", codice=normale)
    )
    gravita = Gravita.ERRORE if normale is None else Gravita.NOTA
    dove = _("Scheda %(codice)s", codice=s.codice)
    titolo = _("%(codice)s: il codice non è scritto come gli altri", codice=s.codice)
    return Segnalazione("I12", "F38", gravita, dove, titolo, testo, schede=(s.codice,))


def i12_quadro_e_schede(v: Valori) -> Esito:
    """I12: a filled row of the synoptic table has its sheet, and a sheet has its filled row."""
    quadro = v.tavola(t.QUADRO)
    if not quadro:
        return Esito.da("I12", ())
    compilate = {codice: bool(quadro.cella(codice, t.COMPILATA)) for codice in quadro.righe}
    con_scheda = {s.codice: s.titolo for s in v.schede}
    codici = dict.fromkeys([*compilate, *con_scheda])
    return Esito.da("I12", (_riga(c, compilate.get(c), c in con_scheda) for c in codici))


def _riga(codice: str, compilata: bool | None, ha_scheda: bool) -> Segnalazione | None:
    """``compilata``: None when the code is not in the synoptic table at all."""
    if ha_scheda == bool(compilata):
        return None
    if not ha_scheda:
        titolo = _("%(codice)s è nel quadro sinottico ma non ha una scheda", codice=codice)
        testo = _("Il quadro prevede degli interventi: manca la scheda che dice con quali soldi.")
    elif compilata is None:
        titolo = _("%(codice)s ha una scheda ma non è nel quadro sinottico", codice=codice)
        testo = _("La scheda c’è, la riga del quadro no.")
    else:
        titolo = _("%(codice)s ha una scheda ma la riga del quadro sinottico è vuota", codice=codice)
        testo = _("La scheda prevede degli interventi che il quadro non elenca.")
    dove = _("Quadro sinottico, riga %(codice)s", codice=codice)
    schede = (codice,) if ha_scheda else ()
    return Segnalazione("I12", "F37", Gravita.AVVISO, dove, titolo, testo, schede=schede)
