"""Why somebody was not there: written by the office, counted when absences add up."""

from __future__ import annotations

from ... import audit
from ...clocks import adesso
from ...db import sessione
from ...errors import ErroreDominio
from ...i18n import _
from ...utenti.models import Utente
from .. import queries
from ..models import Assenza, Seduta, StatoSeduta, Verso
from ..queries import assenze


def giustifica(seduta: Seduta, *, seggio_id: int, motivo: str, attore: Utente | None) -> Assenza:
    """Write the reason of an absence, or a better one. Needs ``convocati`` and ``movimenti``.

    Raises ``ErroreDominio`` without a reason, for a seat that was not called, or that was taken.
    """
    if seduta.stato not in (StatoSeduta.CONVOCATA, StatoSeduta.APERTA, StatoSeduta.CHIUSA):
        raise ErroreDominio(_("Le assenze si giustificano dalla convocazione in poi."))
    if not motivo.strip():
        raise ErroreDominio(_("Scrivi il motivo: un’assenza senza motivo non è giustificata."), "motivo")
    queries.blocca(seduta)
    if all(c.seggio_id != seggio_id for c in seduta.convocati):
        raise ErroreDominio(_("Quel posto non è fra i convocati."), "seggio_id")
    if any(m.seggio_id == seggio_id and m.verso == Verso.ENTRA and m.annullato_il is None for m in seduta.movimenti):
        raise ErroreDominio(_("Quel posto non era vuoto: non c’è un’assenza da giustificare."), "seggio_id")
    gia = assenze.giustificate(seduta.id).get(seggio_id)
    if gia is None:
        gia = Assenza(ambito_id=seduta.ambito_id, seduta_id=seduta.id, seggio_id=seggio_id)
        sessione.add(gia)
    gia.motivo, gia.registrata_il = motivo.strip(), adesso()
    audit.registra("sedute.giustifica", seduta, attore=attore, dettagli={"posto": seggio_id, "motivo": gia.motivo})
    return gia
