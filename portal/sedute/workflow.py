"""States of a sitting (domain.md 3.5): prepared, convened, opened, closed."""

from __future__ import annotations

from typing import Any

from ..clocks import adesso
from ..i18n import _
from ..workflow import Transition, Workflow
from .models import StatoPunto
from .models import StatoPuntoProposto as Q
from .models import StatoSeduta as S
from .permissions import P
from .rules.agenda import SENZA_ESITO, numera


def _ha_un_punto(seduta: Any) -> str | None:
    return None if seduta.punti else _("L’ordine del giorno è vuoto: aggiungi almeno un punto.")


def _deve_venire(seduta: Any) -> str | None:
    return None if seduta.inizio > adesso() else _("La seduta è già passata: cambia il giorno, poi convoca.")


def _ogni_punto_ha_un_esito(seduta: Any) -> str | None:
    numeri = numera(seduta.punti)
    for punto in seduta.punti:
        if punto.stato in SENZA_ESITO:
            return _("Il punto %(n)s non ha un esito: trattalo, rinvialo o ritiralo.", n=numeri[punto.id])
    return None


SEDUTA = Workflow(
    "sedute",
    (
        Transition("convoca", (S.BOZZA,), S.CONVOCATA, P.CONVOCA, (_ha_un_punto, _deve_venire), "convocata_il"),
        Transition("apri", (S.CONVOCATA,), S.APERTA, P.VERBALIZZA),
        Transition("chiudi", (S.APERTA,), S.CHIUSA, P.VERBALIZZA, (_ogni_punto_ha_un_esito,)),
        Transition("annulla", (S.BOZZA, S.CONVOCATA), S.ANNULLATA, P.CONVOCA),
    ),
)
PUNTO = Workflow(
    "sedute",
    (
        Transition("apri_punto", (StatoPunto.DA_TRATTARE, StatoPunto.RINVIATO), StatoPunto.IN_DISCUSSIONE, None),
        Transition("tratta_punto", (StatoPunto.IN_DISCUSSIONE,), StatoPunto.TRATTATO, None),
        Transition("rinvia_punto", (StatoPunto.DA_TRATTARE, StatoPunto.IN_DISCUSSIONE), StatoPunto.RINVIATO, None),
        Transition("ritira_punto", (StatoPunto.DA_TRATTARE, StatoPunto.IN_DISCUSSIONE), StatoPunto.RITIRATO, None),
    ),
)
PUNTO_PROPOSTO = Workflow(
    "sedute",
    (
        Transition("accogli_punto_proposto", (Q.PROPOSTO,), Q.ACCOLTO, P.PREPARA, istante="deciso_il"),
        Transition("respingi_punto_proposto", (Q.PROPOSTO,), Q.RESPINTO, P.PREPARA, istante="deciso_il"),
        Transition("rimetti_punto_proposto", (Q.ACCOLTO,), Q.PROPOSTO, P.PREPARA),
    ),
)
