"""Words for the values of a minute, as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...i18n import _l
from ..models import EsitoOsservazione, GenereFile, GenereParte, StatoVerbale

STATI: Mapping[str, Any] = {
    StatoVerbale.BOZZA: _l("Bozza"),
    StatoVerbale.IN_REVISIONE: _l("In revisione"),
    StatoVerbale.APPROVATO: _l("Approvato"),
    StatoVerbale.FIRMATO: _l("Firmato"),
    StatoVerbale.PUBBLICATO: _l("Pubblicato"),
}
TONI: Mapping[str, str] = {
    StatoVerbale.BOZZA: "neutro",
    StatoVerbale.IN_REVISIONE: "attesa",
    StatoVerbale.APPROVATO: "info",
    StatoVerbale.FIRMATO: "info",
    StatoVerbale.PUBBLICATO: "successo",
}
ESITI: Mapping[str, Any] = {
    EsitoOsservazione.ACCOLTA: _l("Accolta"),
    EsitoOsservazione.ACCOLTA_IN_PARTE: _l("Accolta in parte"),
    EsitoOsservazione.NON_ACCOLTA: _l("Non accolta"),
}
PARTI: Mapping[str, Any] = {
    GenereParte.PREMESSA: _l("Come è cominciata"),
    GenereParte.PUNTO: _l("Punto"),
    GenereParte.CHIUSURA: _l("Come è finita"),
}
FILE: Mapping[str, Any] = {
    GenereFile.ORIGINALE: _l("È l’originale approvato del"),
    GenereFile.FIRMATO: _l("È l’originale firmato del"),
    GenereFile.PUBBLICO: _l("È la copia pubblicata del"),
}
