"""The two calls, from their content files, through the operations of the office."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any

from ..ambiti.models import Ambito
from ..avvisi import operations
from ..avvisi.models import Avviso, TipoAvviso, TipoRequisito
from ..utenti.models import Utente
from .lettura import completo, leggi


def pubblica(
    nome: str,
    *,
    ambito: Ambito,
    scheda_id: int | None,
    termine: datetime,
    attore: Utente,
    priorita: Collection[int] = (),
) -> Avviso:
    """Write the call ``avvisi/<nome>.toml`` part by part and publish it. Uses the clock's present."""
    dati = leggi("avvisi", nome)
    avviso = operations.crea(
        titolo=dati["titolo"], tipo=TipoAvviso(dati["tipo"]), ambito_id=ambito.id, attore=attore, slug=dati["slug"]
    )
    testi = {c: dati[c] for c in ("sommario", "oggetto", "base_giuridica", "testo", "fasi", "privacy", "durata")}
    operations.scrivi(avviso, versione=avviso.versione, valori=testi, attore=attore)
    economici = {
        "risorse": Decimal(dati["risorse"]),
        "risorse_nota": dati["risorse_nota"],
        "termine": termine,
        "rup": dati["rup_ufficio"],
        "contatti": dati["contatti"],
        "atto": "Determinazione di esempio, da completare",
        "cup": completo(dati.get("cup")) or None,
        "soglia": dati["soglia"],
        "scheda_id": scheda_id,
        "esempio": True,
    }
    operations.scrivi(avviso, versione=avviso.versione, valori=economici, attore=attore)
    for parte, righe in _parti(dati).items():
        operations.scrivi_parte(avviso, parte, righe, versione=avviso.versione, attore=attore)
    if priorita:
        operations.collega_priorita(avviso, priorita=priorita, attore=attore)
    operations.pubblica(avviso, attore=attore)
    return avviso


def _parti(dati: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {
        "lotti": [
            {
                "titolo": r["titolo"],
                "per_chi": r["per_chi"],
                "esempi": r["esempi"],
                "importo": Decimal(r["importo"]) if r["importo"] else None,
            }
            for r in dati["lotti"]
        ],
        "requisiti": [
            {
                "tipo": TipoRequisito(r["codice"]),
                "titolo": r["titolo"],
                "testo": r["testo"],
                "norma": r["norma"],
                "parametro": str(r["parametro"]),
            }
            for r in dati["requisiti"]
        ],
        "criteri": [{c: r[c] for c in ("titolo", "descrizione", "peso")} for r in dati["criteri"]],
        "documenti": [{c: r[c] for c in ("titolo", "descrizione", "obbligatorio")} for r in dati["documenti"]],
        "dichiarazioni": [{"testo": r["testo"], "norma": r["norma"]} for r in dati["dichiarazioni"]],
    }
