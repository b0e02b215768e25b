"""Words for the states of an evaluation: what a person reads, and its tone (``componenti/stato.html``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...i18n import _l
from ..models import EsitoProposta, RuoloMembro, StatoDichiarazione
from .procedura import Fase

FASI: Mapping[Fase, tuple[Any, str]] = {
    Fase.RACCOLTA: (_l("Si aspetta la scadenza"), "neutro"),
    Fase.AMMISSIBILITA: (_l("Proposte da esaminare"), "attesa"),
    Fase.COMMISSIONE: (_l("Commissione da nominare"), "attesa"),
    Fase.DICHIARAZIONI: (_l("Dichiarazioni in attesa"), "attesa"),
    Fase.PUNTEGGI: (_l("Punteggi in corso"), "info"),
    Fase.ESITO: (_l("Esito da pubblicare"), "attesa"),
    Fase.CONCLUSA: (_l("Esito pubblicato"), "successo"),
    Fase.REVOCATA: (_l("Avviso revocato"), "neutro"),
}
PROSSIMO: Mapping[Fase, Any] = {
    Fase.RACCOLTA: _l("Le proposte si aprono dopo la scadenza."),
    Fase.AMMISSIBILITA: _l("Controlla i requisiti"),
    Fase.COMMISSIONE: _l("Nomina la commissione"),
    Fase.DICHIARAZIONI: _l("Guarda chi deve dichiarare"),
    Fase.PUNTEGGI: _l("Guarda a che punto sono"),
    Fase.ESITO: _l("Controlla e pubblica"),
    Fase.CONCLUSA: _l("Rileggi la graduatoria"),
    Fase.REVOCATA: _l("Guarda che cosa era arrivato"),
}
ESITI: Mapping[EsitoProposta, tuple[Any, str]] = {
    EsitoProposta.SELEZIONATA: (_l("Selezionata"), "successo"),
    EsitoProposta.IDONEA: (_l("Idonea, non finanziata"), "attesa"),
    EsitoProposta.NON_IDONEA: (_l("Non idonea"), "neutro"),
    EsitoProposta.NON_AMMESSA: (_l("Non ammessa"), "neutro"),
}
DICHIARAZIONI: Mapping[StatoDichiarazione, tuple[Any, str]] = {
    StatoDichiarazione.DA_RENDERE: (_l("Da rendere"), "attesa"),
    StatoDichiarazione.ASSENZA: (_l("Nessun conflitto"), "successo"),
    StatoDichiarazione.CONFLITTO: (_l("In conflitto: da sostituire"), "errore"),
}
RUOLI: Mapping[RuoloMembro, Any] = {
    RuoloMembro.PRESIDENTE: _l("Presidente"),
    RuoloMembro.COMPONENTE: _l("Componente"),
}
CAMPI: Mapping[str, Any] = {
    "posizione": _l("posizione"),
    "punti": _l("punti"),
    "esito": _l("esito"),
    "contributo": _l("contributo"),
}
RISCONTRI: Mapping[str, tuple[Any, str]] = {
    "soddisfatto": (_l("Soddisfatto"), "successo"),
    "non_soddisfatto": (_l("Non soddisfatto"), "errore"),
    "da_dichiarare": (_l("Dichiarato dall’ente"), "info"),
    "da_completare": (_l("Da leggere nella proposta"), "attesa"),
    "non_dovuto": (_l("Non dovuto"), "neutro"),
}
"""How a requirement stands, said to who checks it after the submission."""
