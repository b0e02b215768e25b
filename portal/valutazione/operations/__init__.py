from __future__ import annotations

from .ammissibilita import decidi
from .commissioni import dichiara, nomina, sostituisci
from .esiti import ostacoli, pubblica
from .punteggi import Giudizio, assegna, versione_di

__all__ = ["Giudizio", "assegna", "decidi", "dichiara", "nomina", "ostacoli", "pubblica", "sostituisci", "versione_di"]
