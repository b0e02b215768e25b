"""Words for the values of a sitting, as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...i18n import _l
from ..models import Classe, Modo, StatoPunto, StatoSeduta, Voto

STATI: Mapping[str, Any] = {
    StatoSeduta.BOZZA: _l("Bozza"),
    StatoSeduta.CONVOCATA: _l("Convocata"),
    StatoSeduta.APERTA: _l("In corso"),
    StatoSeduta.CHIUSA: _l("Conclusa"),
    StatoSeduta.ANNULLATA: _l("Annullata"),
}
TONI: Mapping[str, str] = {
    StatoSeduta.BOZZA: "neutro",
    StatoSeduta.CONVOCATA: "info",
    StatoSeduta.APERTA: "attesa",
    StatoSeduta.CHIUSA: "successo",
    StatoSeduta.ANNULLATA: "errore",
}
PUNTI: Mapping[str, Any] = {
    StatoPunto.DA_TRATTARE: _l("Da trattare"),
    StatoPunto.IN_DISCUSSIONE: _l("In discussione"),
    StatoPunto.TRATTATO: _l("Trattato"),
    StatoPunto.RINVIATO: _l("Rinviato"),
    StatoPunto.RITIRATO: _l("Ritirato"),
}
TONI_PUNTI: Mapping[str, str] = {
    StatoPunto.DA_TRATTARE: "neutro",
    StatoPunto.IN_DISCUSSIONE: "info",
    StatoPunto.TRATTATO: "successo",
    StatoPunto.RINVIATO: "attesa",
    StatoPunto.RITIRATO: "neutro",
}
MODI: Mapping[str, Any] = {
    Modo.UNANIME: _l("Tutti favorevoli"),
    Modo.MANO: _l("Per alzata di mano"),
    Modo.NOMI: _l("Per appello nominale"),
    Modo.SCHEDE: _l("A scrutinio segreto"),
}
VOTI: Mapping[str, Any] = {
    Voto.FAVOREVOLE: _l("favorevole"),
    Voto.CONTRARIO: _l("contrario"),
    Voto.ASTENUTO: _l("astenuto"),
}
CLASSI: Mapping[str, Any] = {
    Classe.CONSULTIVO: _l("può parlare, non votare"),
    Classe.ALTRO: _l("assiste"),
}
