"""One name for each fund, however it is printed (domain.md 4.4). The printed text is kept beside it.

A name that is not in the table becomes a fund of its own: two funds are never merged by guess.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

PDZ_ORDINARIO = "PDZ_ORDINARIO"
"""The bundle FNPS + FNA + FGSA + co-financing + residues, printed as «PdZ»: to be split before reporting."""
QFP = "QFP"
AUTONOMIA = "AUTONOMIA_COMUNICAZIONE"
CAREGIVER = "CAREGIVER"
LUNGHEZZA = 40

NOMI: Mapping[str, str] = {
    PDZ_ORDINARIO: "PdZ ordinario (quota da dividere)",
    QFP: "Quota servizi del Fondo povertà",
    "PAIS": "PaIS",
    "PON_INCLUSIONE": "PON Inclusione",
    "PNRR": "PNRR",
    "REACT_EU": "REACT-EU",
    "REGIONE": "Regione Puglia",
    "DGR_220_2020": "DGR 220/2020",
    "INTESA_FAMIGLIA": "Intesa famiglia",
    AUTONOMIA: "Autonomia e comunicazione",
    "PAC_INFANZIA": "PAC infanzia",
    "PAC_ANZIANI": "PAC anziani",
    "SISTEMA_0_6": "Sistema integrato 0-6",
    "BUONI_MINORI": "Buoni servizio minori",
    "BUONI_ANZIANI_DISABILI": "Buoni servizio anziani e disabili",
    CAREGIVER: "Fondo caregiver",
}

_SCRITTURE: Mapping[str, str] = {
    "pdz": PDZ_ORDINARIO,
    "qfp": QFP,
    "qsfp": QFP,
    "pais": "PAIS",
    "pon inclusione": "PON_INCLUSIONE",
    "pon inclusioe": "PON_INCLUSIONE",
    "pnrr": "PNRR",
    "pnnr": "PNRR",
    "react eu avviso 1 2021 pon fse 2014 2020": "REACT_EU",
    "react eu": "REACT_EU",
    "regione": "REGIONE",
    "fondi regionali": "REGIONE",
    "dgr 220 2020 regione": "DGR_220_2020",
    "dgr 220 2020": "DGR_220_2020",
    "intesa famiglia regione": "INTESA_FAMIGLIA",
    "fondo per l assistenza all autonomia e alla comunicazione degli alunni con disabilita": AUTONOMIA,
    "pac infanzia": "PAC_INFANZIA",
    "pac anziani": "PAC_ANZIANI",
    "pac anziani ii riparto": "PAC_ANZIANI",
    "sistema integrato 0 6": "SISTEMA_0_6",
    "buoni minori regione": "BUONI_MINORI",
    "buoni anziani e disabili regione": "BUONI_ANZIANI_DISABILI",
    "fondo per il sostegno del ruolo di cura e assistenza del caregiver familiare dpcm 27 ottobre 2020 regione": CAREGIVER,
}


@dataclass(frozen=True)
class FondoNormale:
    codice: str
    nome: str


def _appiattisci(testo: str) -> str:
    """Small letters, no accents, one space between words: what is left when spelling does not count."""
    senza_accenti = unicodedata.normalize("NFKD", testo.replace("\u2019", " ")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", senza_accenti.lower()).strip()


def normalizza_fondo(stampato: str) -> FondoNormale:
    """The fund of a printed name: ``PDZ`` and ``PdZ`` are one, an unknown name is a fund of its own."""
    piatto = _appiattisci(stampato)
    codice = _SCRITTURE.get(piatto)
    if codice is not None:
        return FondoNormale(codice, NOMI[codice])
    return FondoNormale(_codice(piatto), stampato.strip())


def _codice(piatto: str) -> str:
    """A code of forty characters at most; two long names that start alike keep two codes."""
    codice = piatto.replace(" ", "_").upper() or "SENZA_NOME"
    if len(codice) <= LUNGHEZZA:
        return codice
    impronta = hashlib.sha256(codice.encode()).hexdigest()[:8].upper()
    return f"{codice[: LUNGHEZZA - 9]}_{impronta}"


class GenereVoce:
    """What a line of the printed budget is made of."""

    QFP = "QFP"
    COFINANZIAMENTO = "COF"
    RESIDUO = "RES"
    FNPS = "FNPS"
    FNA = "FNA"
    FGSA = "FGSA"
    ALTRO = "ALTRO"


def genere_voce(nome: str) -> str:
    """The kind of a budget line from its printed name; residues of QFP are QFP money."""
    parole = _appiattisci(nome).split()
    for parola, genere in (
        ("qfp", GenereVoce.QFP),
        ("qsfp", GenereVoce.QFP),
        ("residui", GenereVoce.RESIDUO),
    ):
        if parola in parole:
            return genere
    if any(p.startswith("cofinanziament") for p in parole):
        return GenereVoce.COFINANZIAMENTO
    return next(
        (g for g in (GenereVoce.FNPS, GenereVoce.FNA, GenereVoce.FGSA) if g.lower() in parole),
        GenereVoce.ALTRO,
    )


def e_residuo(nome: str) -> bool:
    """Whether a budget line is money left from an earlier plan."""
    return "residui" in _appiattisci(nome).split()
