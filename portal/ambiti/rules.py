"""Settings of an Ambito: what ``domain.md`` marks as from memory or as a choice is a setting with that default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..i18n import _, _l


@dataclass(frozen=True)
class VoceImpostazione:
    """``tipo`` is ``numero`` (an integer within the bounds) or ``si_no``."""

    etichetta: Any
    predefinito: str
    fonte: Any
    tipo: str = "numero"
    minimo: int = 0
    massimo: int = 365


IMPOSTAZIONI: Mapping[str, VoceImpostazione] = {
    "avviso_giorni": VoceImpostazione(_l("Giorni per presentare una proposta"), "30", _l("avviso"), minimo=1),
    "avviso_giorni_minimi": VoceImpostazione(
        _l("Giorni minimi di un avviso"), "20", _l("termine congruo; legge regionale dove c’è")
    ),
    "chiarimenti_giorni_prima": VoceImpostazione(
        _l("Le domande si chiudono tanti giorni prima della scadenza"), "7", _l("avviso")
    ),
    "termini_festivi": VoceImpostazione(
        _l("Un termine che cade di sabato o in un giorno festivo passa al primo giorno lavorativo"),
        "si",
        _l("per analogia con l’art. 155 c.p.c."),
        tipo="si_no",
    ),
    "runts_giorni": VoceImpostazione(
        _l("Giorni di validità di una verifica al RUNTS"), "30", _l("verifica a ogni passaggio"), minimo=1
    ),
    "soccorso_giorni": VoceImpostazione(
        _l("Giorni per il soccorso istruttorio"), "10", _l("art. 6, c. 1, lett. b, L. 241/1990"), minimo=1
    ),
    "guida_mesi": VoceImpostazione(
        _l("Mesi dopo i quali una pagina della guida è da verificare"), "6", _l("guida"), minimo=1, massimo=36
    ),
    "commissione_componenti": VoceImpostazione(
        _l("Componenti della commissione (numero dispari)"), "3", _l("regolamento"), minimo=1, massimo=9
    ),
    "tolleranza_centesimi": VoceImpostazione(
        _l("Scarto in centesimi che i controlli del piano chiamano arrotondamento"),
        "5",
        _l("confronto fra totali stampati e calcolati"),
        massimo=100,
    ),
}


def difetto(chiave: str, valore: str) -> str | None:
    """Why a value does not fit a setting; None when it does."""
    voce = IMPOSTAZIONI[chiave]
    if voce.tipo == "si_no":
        return None if valore in ("si", "no") else _("Scegli sì o no.")
    if not valore.isascii() or not valore.isdigit():
        return _("Scrivi un numero intero.")
    if not voce.minimo <= int(valore) <= voce.massimo:
        return _("Scrivi un numero da %(min)s a %(max)s.", min=voce.minimo, max=voce.massimo)
    return None
