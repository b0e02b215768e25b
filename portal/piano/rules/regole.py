"""The register of the rules: what each one says in plain words, and the functions that check it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ...i18n import _l
from . import budget, comuni, fnps, quadro, rendiconto, schede, stampati
from .segnalazioni import Esito, Gravita, Segnalazione
from .valori import ZERO, Valori

Controllo = Callable[[Valori], Esito]


@dataclass(frozen=True)
class Regola:
    codice: str
    nome: Any
    controlli: tuple[Controllo, ...]


REGOLE = (
    Regola("I1", _l("Gli anni di una scheda fanno il suo totale"), (schede.i1_totale_scheda,)),
    Regola("I2", _l("I fondi di un anno fanno l’importo dell’anno"), (schede.i2_fonti_anno,)),
    Regola("I3", _l("Ogni importo ha il suo fondo, e ogni fondo il suo importo"), (schede.i3_importi_e_fonti,)),
    Regola(
        "I4",
        _l("Le schede non usano un fondo più di quanto ce n’è"),
        (budget.i4_qfp, budget.i4_pdz_ordinario),
    ),
    Regola(
        "I5",
        _l("Le voci fanno il budget, e il budget sta nelle schede"),
        (budget.i5_voci_budget, budget.i5_budget_e_schede),
    ),
    Regola(
        "I6",
        _l("Le quote vincolate fanno il fondo, e stanno nelle loro schede"),
        (fnps.i6_quote_fnps, fnps.i6_quota_minori, fnps.i6_fna, fnps.i6_destinazioni),
    ),
    Regola("I7", _l("I Comuni fanno il totale dell’Ambito, per righe e per colonne"), (comuni.i7_somme_comuni,)),
    Regola("I8", _l("Denaro e servizi fanno la quota di un Comune"), (comuni.i8_denaro_e_servizi,)),
    Regola(
        "I9",
        _l("Medie e percentuali tornano con i numeri da cui vengono"),
        (stampati.i9_medie, stampati.i9_percentuali, stampati.i9_triennio),
    ),
    Regola(
        "I10",
        _l("La stessa cosa ha lo stesso valore e lo stesso nome dappertutto"),
        (stampati.i10_stessa_cifra, stampati.i10_minimo, stampati.i10_popolazione, stampati.i10_nomi_fondi),
    ),
    Regola(
        "I12",
        _l("Codici, quadro sinottico e schede vanno insieme"),
        (quadro.i12_codici, quadro.i12_quadro_e_schede),
    ),
    Regola("I13", _l("I Comuni mettono almeno quanto la regola chiede"), (comuni.i13_cofinanziamento,)),
    Regola(
        "I14",
        _l("Programmato, impegnato e residuo del piano precedente tornano"),
        (rendiconto.i14_residuo, rendiconto.i14_residui_nel_budget),
    ),
)

FUORI = (
    (
        "I11",
        _l("Ogni scheda vale per tutto l’Ambito: la valenza territoriale delle schede non è caricata."),
    ),
    ("I15", _l("Date e giorni della settimana: si controllano sulle sedute.")),
    ("I16", _l("Quote che fanno 100: si controllano sulle proposte degli enti.")),
    ("I17", _l("Come si scrivono gli importi: si controlla quando una persona li scrive.")),
    ("I18", _l("Organi al completo: si controlla sulle sedute.")),
    ("I19", _l("Unità di misura delle colonne: si controlla quando si carica una tabella.")),
    ("I20", _l("Codici unici delle azioni: li garantisce l’archivio.")),
)
"""Rules that do not apply to the figures kept here, and why."""


@dataclass(frozen=True)
class EsitoRegola:
    regola: Regola
    confronti: int
    segnalazioni: tuple[Segnalazione, ...]


@dataclass(frozen=True)
class Controlli:
    """The outcome of every rule on a plan, in the order of the register."""

    esiti: tuple[EsitoRegola, ...]

    @property
    def segnalazioni(self) -> tuple[Segnalazione, ...]:
        """All of them: the worst first, then in the order of the rules."""
        tutte = [s for e in self.esiti for s in e.segnalazioni]
        ordine = list(Gravita)
        return tuple(sorted(tutte, key=lambda s: ordine.index(s.gravita)))

    @property
    def confronti(self) -> int:
        return sum(e.confronti for e in self.esiti)

    def quante(self, gravita: Gravita) -> int:
        return sum(s.gravita == gravita for s in self.segnalazioni)

    @property
    def in_evidenza(self) -> tuple[Segnalazione, ...]:
        """Five to show first: the three widest errors, the widest warning, the widest rounding."""
        scelte: list[Segnalazione] = []
        for gravita, quante in ((Gravita.ERRORE, 3), (Gravita.AVVISO, 1), (Gravita.ARROTONDAMENTO, 1)):
            proprie = [s for s in self.segnalazioni if s.gravita == gravita]
            scelte += sorted(proprie, key=lambda s: -(s.scarto or ZERO))[:quante]
        return tuple(scelte)

    def per_id(self, id: str) -> Segnalazione | None:
        """The first with that stable name (F20), None when it does not fail."""
        return next((s for s in self.segnalazioni if s.id == id), None)

    def di_scheda(self, codice: str) -> tuple[Segnalazione, ...]:
        return tuple(s for s in self.segnalazioni if codice in s.schede)

    @property
    def schede_che_non_tornano(self) -> frozenset[str]:
        """Codes of the sheets whose own numbers are wrong, be it by a cent."""
        gravi = (Gravita.ERRORE, Gravita.ARROTONDAMENTO)
        return frozenset(c for s in self.segnalazioni if s.gravita in gravi for c in s.schede)


def controlla(valori: Valori) -> Controlli:
    """Every rule on the plan."""
    return Controlli(tuple(_esito(regola, valori) for regola in REGOLE))


def _esito(regola: Regola, valori: Valori) -> EsitoRegola:
    esiti = [controllo(valori) for controllo in regola.controlli]
    segnalazioni = tuple(s for e in esiti for s in e.segnalazioni)
    return EsitoRegola(regola, sum(e.confronti for e in esiti), segnalazioni)
