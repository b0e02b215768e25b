"""Papers of the items: added and taken away by the office while the item has no outcome. Audit inside; never commits.

The caller stores the file before and deletes the one taken away after the commit: a roll-back loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from ... import audit
from ...clocks import adesso
from ...db import sessione
from ...errors import ErroreDominio
from ...i18n import _
from ...uploads import FileEsaminato
from ...utenti.models import Utente
from ..models import Punto, PuntoDocumento, StatoSeduta
from ..rules.documenti import si_cambiano
from . import lettere

MASSIMO = 40
"""Papers of one item: a page lists them all."""


@dataclass(frozen=True)
class DatiDocumento:
    """``pagine`` where it is known. ``avvisa``: after the call, who is convened gets a letter."""

    titolo: str
    riservato: bool
    pagine: int | None = None
    avvisa: bool = False


def aggiungi(
    punto: Punto,
    *,
    dati: DatiDocumento,
    file: FileEsaminato,
    chiave: str,
    sha256: str,
    attore: Utente | None,
    pagina: str = "",
) -> PuntoDocumento:
    """One more, of a file already checked and stored under ``chiave``. Raises ``ErroreDominio`` on an item that is over."""
    _ancora_aperto(punto)
    if len(punto.documenti) >= MASSIMO:
        raise ErroreDominio(_("Un punto può avere al massimo %(n)s documenti.", n=MASSIMO), "file")
    nuovo = PuntoDocumento(
        ambito_id=punto.ambito_id, titolo=dati.titolo.strip(), riservato=dati.riservato, pagine=dati.pagine, nome=file.nome,
        tipo=file.tipo, dimensione=file.dimensione, sha256=sha256, chiave=chiave,
        firma=file.firma.esito if file.firma else None, caricato_il=adesso(), caricato_da=attore.id if attore else None,
    )  # fmt: skip
    punto.documenti.append(nuovo)
    sessione.flush()  # the register names it by its id
    if dati.avvisa and punto.seduta.stato == StatoSeduta.CONVOCATA:
        lettere.scrivi_di_un_documento(nuovo, punto.seduta, pagina=pagina)
    audit.registra(
        "sedute.aggiungi_documento", punto, attore=attore, dettagli={"sha256": sha256, "riservato": dati.riservato}
    )
    return nuovo


def togli(punto: Punto, documento: PuntoDocumento, *, attore: Utente | None) -> str:
    """Take a paper away; returns the key of its file, to delete after the commit. Raises on an item that is over."""
    _ancora_aperto(punto)
    audit.registra("sedute.togli_documento", punto, attore=attore, dettagli={"sha256": documento.sha256})
    sessione.delete(documento)
    return documento.chiave


def _ancora_aperto(punto: Punto) -> None:
    if not si_cambiano(punto.stato, punto.seduta.stato):
        raise ErroreDominio(_("Il punto ha già un esito: i suoi documenti non cambiano più."), "file")
