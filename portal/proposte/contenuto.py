"""From the rows of a proposal to the values that rules look at: the task list, the totals, the fingerprint."""

from __future__ import annotations

from typing import Any

from ..clocks import a_roma
from .models import Proposta
from .rules import Compito, Contenuto, Costo, DocumentoAtteso, compiti


def costi(proposta: Proposta) -> list[Costo]:
    return [Costo(v.categoria, v.descrizione, v.richiesto, v.quota_propria) for v in proposta.voci]


def contenuto(proposta: Proposta) -> Contenuto:
    """The proposal (loaded with ``proposta_intera``) as values."""
    allegati = {a.documento_id: a for a in proposta.allegati}
    return Contenuto(
        titolo=proposta.titolo,
        lotti_scelti=[scelto.lotto_id for scelto in proposta.lotti],
        lotti_dell_avviso=len(proposta.avviso.lotti),
        testi={s.chiave: s.testo for s in proposta.sezioni},
        costi=costi(proposta),
        risorse=proposta.avviso.risorse,
        documenti=[
            DocumentoAtteso(d.id, d.titolo, d.obbligatorio, allegati[d.id].nome if d.id in allegati else None)
            for d in proposta.avviso.documenti
        ],
        dichiarazioni=len(proposta.avviso.dichiarazioni),
        rilevazione_presente=bool(proposta.ente.rilevazioni),
    )


def elenco_compiti(proposta: Proposta) -> tuple[Compito, ...]:
    return compiti(contenuto(proposta))


def da_imprimere(proposta: Proposta) -> dict[str, Any]:
    """Everything the fingerprint covers, as plain values in a fixed shape: what was submitted, when, by which ente."""
    assert proposta.presentata_il is not None
    return {
        "versione": 1,
        "avviso": {"id": proposta.avviso_id, "anno": proposta.avviso.anno, "numero": proposta.avviso.numero},
        "ente": proposta.ente.codice_fiscale,
        "presentata_il": a_roma(proposta.presentata_il).isoformat(timespec="seconds"),
        "titolo": proposta.titolo,
        "lotti": sorted(scelto.lotto.numero for scelto in proposta.lotti),
        "sezioni": {s.chiave: s.testo for s in proposta.sezioni},
        "voci": [[v.categoria.value, v.descrizione, f"{v.richiesto:.2f}", f"{v.quota_propria:.2f}"] for v in proposta.voci],
        "allegati": [[a.documento.ordine, a.nome, a.dimensione, a.sha256] for a in proposta.allegati],
        "dichiarazioni": [d.testo for d in sorted(proposta.dichiarazioni, key=lambda d: d.richiesta_id)],
    }
