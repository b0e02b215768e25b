"""Words for the values of a sitting, as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ...clocks import a_roma
from ...i18n import _l
from ..models import Canale, Classe, Modo, Risposta, StatoPunto, StatoPuntoProposto, StatoSeduta, Voto
from .consegna import Consegna


def quando(istante: datetime) -> str:
    """A day and an hour as the letters write them, in Rome's time."""
    return a_roma(istante).strftime("%d/%m/%Y %H:%M")


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
CANALI: Mapping[str, Any] = {
    Canale.EMAIL: _l("per e-mail"),
    Canale.PEC: _l("per PEC"),
    Canale.MANO: _l("a mano"),
}
CONSEGNE: Mapping[str, Any] = {
    Consegna.DA_PROVARE: _l("Da provare"),
    Consegna.FRA_I_MESSAGGI: _l("Fra i messaggi"),
    Consegna.SPEDITA: _l("Spedita"),
    Consegna.CONSEGNATA: _l("Consegnata"),
    Consegna.A_MANO: _l("Consegnata a mano"),
    Consegna.LETTA: _l("Letta"),
}
TONI_CONSEGNE: Mapping[str, str] = {
    Consegna.DA_PROVARE: "attesa",
    Consegna.FRA_I_MESSAGGI: "info",
    Consegna.SPEDITA: "info",
    Consegna.CONSEGNATA: "successo",
    Consegna.A_MANO: "successo",
    Consegna.LETTA: "successo",
}
RISPOSTE: Mapping[str, Any] = {
    Risposta.VIENE: _l("Ci sarò"),
    Risposta.NON_VIENE: _l("Non ci sarò"),
    Risposta.DELEGA: _l("Mando un’altra persona, con delega"),
}
HA_RISPOSTO: Mapping[str, Any] = {
    Risposta.VIENE: _l("viene"),
    Risposta.NON_VIENE: _l("non viene"),
    Risposta.DELEGA: _l("manda un’altra persona"),
}
HA_RISPOSTO_TU: Mapping[str, Any] = {
    Risposta.VIENE: _l("ci sarai"),
    Risposta.NON_VIENE: _l("non ci sarai"),
    Risposta.DELEGA: _l("mandi un’altra persona"),
}
PROPOSTI: Mapping[str, Any] = {
    StatoPuntoProposto.PROPOSTO: _l("In attesa"),
    StatoPuntoProposto.ACCOLTO: _l("All’ordine del giorno"),
    StatoPuntoProposto.RESPINTO: _l("Non accolto"),
}
TONI_PROPOSTI: Mapping[str, str] = {
    StatoPuntoProposto.PROPOSTO: "attesa",
    StatoPuntoProposto.ACCOLTO: "successo",
    StatoPuntoProposto.RESPINTO: "neutro",
}
