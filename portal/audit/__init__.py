"""Registro delle operazioni: who did what, to which object, when. Append-only and hash-chained.

The floor of the building: it imports plumbing only, and everybody above may call ``registra``. Rows are
written in the transaction of the change they tell of. Database triggers refuse UPDATE and DELETE; whoever gets
round them breaks the chain, and ``portal audit verifica`` names the row.

Words: evento (one row), catena (the rows of one Ambito, or of the installation), impronta (SHA-256 of the row
and of the one before).
"""

from .operations import registra
from .queries import versione

__all__ = ["registra", "versione"]
