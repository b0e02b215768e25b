"""Example proposals: written, attached and submitted through the enti's own operations."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

from ..avvisi.models import Avviso
from ..clocks import adesso
from ..enti.models import Ente
from ..pdf import compone
from ..pdf import proposta as pdf_proposta
from ..proposte import operations, queries
from ..proposte.models import CategoriaCosto, Proposta
from ..storage import Deposito
from ..uploads import esamina
from ..utenti.models import Utente
from .lettura import leggi


def scrivi(nome: str, *, avviso: Avviso, ente: Ente, attore: Utente, deposito: Deposito, completa: bool = True) -> Proposta:
    """The draft ``proposte/<nome>.toml``; with its required attachments when ``completa``."""
    dati = leggi("proposte", nome)
    proposta = _fresca(operations.inizia(avviso, ente, attore=attore))
    numeri = {lotto.numero: lotto.id for lotto in proposta.avviso.lotti}
    operations.scrivi_titolo(
        proposta, titolo=dati["titolo"], lotti=[numeri[n] for n in dati["lotti"]], versione=proposta.versione, attore=attore
    )
    for chiave, testo in dati["sezioni"].items():
        operations.scrivi_sezione(proposta, chiave, testo=testo.strip(), versione=0, attore=attore)
    for voce in [*dati["voci"], *(_apporto(a) for a in dati.get("apporti", ()))]:
        operations.scrivi_voce(
            _fresca(proposta),
            voce=None,
            categoria=CategoriaCosto(voce["categoria"]),
            descrizione=voce["descrizione"],
            richiesto=Decimal(voce["richiesto"]),
            quota_propria=Decimal(voce["quota_propria"]),
            versione=0,
            attore=attore,
        )
    if completa:
        _allega(_fresca(proposta), attore, deposito)
    return _fresca(proposta)


def _apporto(dati: dict[str, str]) -> dict[str, str]:
    return {
        "categoria": CategoriaCosto.APPORTI,
        "descrizione": dati["descrizione"],
        "richiesto": "0.00",
        "quota_propria": dati["valore"],
    }


def _fresca(proposta: Proposta) -> Proposta:
    from ..db import sessione

    sessione.flush()  # what was just written must be read back
    trovata = queries.proposta_intera(proposta.id)
    assert trovata is not None
    return trovata


def _allega(proposta: Proposta, attore: Utente, deposito: Deposito) -> None:
    for documento in [d for d in proposta.avviso.documenti if d.obbligatorio]:
        flusso = BytesIO(_pdf(proposta, documento.titolo))
        esaminato = esamina(flusso, f"{documento.titolo[:60]}.pdf")
        oggetto = deposito.put(flusso, limite=None)
        operations.allega(proposta, documento, file=esaminato, chiave=oggetto.chiave, sha256=oggetto.sha256, attore=attore)


def _pdf(proposta: Proposta, titolo: str) -> bytes:
    testo = "Documento di esempio, fatto per la dimostrazione. Nessun dato è vero."
    dati = pdf_proposta.Proposta(
        ambito="Dimostrazione",
        capofila="esempio",
        numero="esempio",
        data=adesso(),
        fatti=[("Ente", proposta.ente.denominazione), ("Avviso", proposta.avviso.titolo)],
        sezioni=[pdf_proposta.Sezione(titolo, testo)],
    )
    return compone("proposta", pdf_proposta.dati_proposta(dati), titolo=titolo)


def presenta(proposta: Proposta, *, attore: Utente, indirizzo_verifica: str) -> Proposta:
    """Submit with every declaration. Uses the clock's present."""
    operations.presenta(
        proposta.id,
        dichiarate=[d.id for d in proposta.avviso.dichiarazioni],
        arrivo=adesso(),
        attore=attore,
        indirizzo_verifica=indirizzo_verifica,
    )
    return _fresca(proposta)
