"""States of a percorso, of a tavolo, of a request to take part, of a contribution."""

from __future__ import annotations

from ..workflow import Transition, Workflow
from .models import StatoContributo as C
from .models import StatoPartecipazione as R
from .models import StatoPercorso, StatoTavolo
from .permissions import P

PERCORSO = Workflow(
    "tavoli",
    (
        Transition(
            "pubblica", (StatoPercorso.BOZZA,), StatoPercorso.PUBBLICATO, P.PREPARA, istante="pubblicato_il",
            fonte="art. 55 c. 2 D.Lgs. 117/2017",
        ),
    ),
)  # fmt: skip
TAVOLO = Workflow(
    "tavoli",
    (Transition("restituisci", (StatoTavolo.APERTO,), StatoTavolo.RESTITUITO, P.PREPARA, istante="restituito_il"),),
)
PARTECIPAZIONE = Workflow(
    "tavoli",
    (
        Transition("ammetti", (R.RICHIESTA,), R.AMMESSA, P.AMMETTI, istante="decisa_il"),
        Transition("respingi", (R.RICHIESTA,), R.RESPINTA, P.AMMETTI, istante="decisa_il", fonte="art. 3 L. 241/1990"),
        Transition("ritira", (R.RICHIESTA, R.AMMESSA), R.RITIRATA, P.CHIEDI),
    ),
)
CONTRIBUTO = Workflow(
    "tavoli",
    (
        Transition("invia", (C.BOZZA,), C.INVIATO, P.INVIA, istante="inviato_il"),
        Transition("conferma", (C.DA_CONFERMARE,), C.INVIATO, None, istante="inviato_il"),
        Transition("rispondi", (C.INVIATO,), C.RISPOSTO, P.RISPONDI, istante="risposto_il", fonte="art. 3 L. 241/1990"),
    ),
)
