"""The identities that a plan must satisfy (I1-I20, domain.md 4.5) and the arithmetic of its pages: all pure.

``controlla(Valori(...))`` runs every rule; each is a named function from the printed values to an ``Esito``.
Nothing here knows a result: what fails is computed from the figures, every time.
"""

from .codici import normalizza_codice
from .esportazione import csv_piano, json_piano
from .fondi import FondoNormale, normalizza_fondo
from .prospetto import Filtri, Prospetto, filtra, prospetto
from .quadro_fondi import QuadroFondi, quadro_fondi
from .regole import FUORI, REGOLE, Controlli, EsitoRegola, controlla
from .rendiconto import Consuntivo, consuntivi
from .segnalazioni import Esito, Gravita, Segnalazione, Unita
from .valori import Tavola, Valori, ValoriAnno, ValoriRiga, ValoriScheda

__all__ = [
    "FUORI",
    "REGOLE",
    "Consuntivo",
    "Controlli",
    "Esito",
    "EsitoRegola",
    "Filtri",
    "FondoNormale",
    "Gravita",
    "Prospetto",
    "QuadroFondi",
    "Segnalazione",
    "Tavola",
    "Unita",
    "Valori",
    "ValoriAnno",
    "ValoriRiga",
    "ValoriScheda",
    "consuntivi",
    "controlla",
    "csv_piano",
    "filtra",
    "json_piano",
    "normalizza_codice",
    "normalizza_fondo",
    "prospetto",
    "quadro_fondi",
]
