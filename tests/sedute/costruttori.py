"""A sitting for tests: a body with its seats, an agenda, the call sent, people in the room."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from portal import clocks
from portal.ambiti.models import Ambito
from portal.clocks import adesso, da_roma
from portal.db import sessione
from portal.organi.models import Organo
from portal.sedute import queries
from portal.sedute.models import Modo, Movimento, Punto, Seduta, Verso
from portal.sedute.operations import banco, documenti, proposte, votazioni
from portal.sedute.operations import sedute as operations
from portal.sedute.operations.sedute import DatiPunto, DatiSeduta
from portal.uploads import FileEsaminato
from tests.organi import costruttori as organi
from tests.organi.costruttori import QUOTE

ORE_15 = da_roma(datetime(2026, 11, 25, 15, 0))
"""When the sittings of the tests begin."""
CONVOCAZIONE = da_roma(datetime(2026, 11, 18, 9, 0))


def dati(**altro: Any) -> DatiSeduta:
    return DatiSeduta(**{"inizio": ORE_15, "luogo": "Sala del consiglio", **altro})


def bozza(organo: Organo, *titoli: str, **altro: Any) -> Seduta:
    """A draft with an item for each title."""
    nuova = operations.crea(organo, dati=dati(**altro), attore=None)
    for titolo in titoli:
        operations.aggiungi_punto(nuova, dati=DatiPunto(titolo), attore=None)
    return nuova


def convocata(organo: Organo, *titoli: str, protocollo: str = "21085", **altro: Any) -> Seduta:
    """Called a week before it begins."""
    with clocks.alle(CONVOCAZIONE):
        nuova = bozza(organo, *(titoli or ("Un punto solo",)), **altro)
        operations.convoca(nuova, protocollo=protocollo, attore=None)
    return riletta(nuova)


def riletta(seduta: Seduta) -> Seduta:
    """As the desk reads it."""
    sessione.flush()
    trovata = queries.intera(seduta.organo.slug, seduta.numero)
    assert trovata is not None
    return trovata


def entrano(seduta: Seduta, posti: Iterable[int], *, ora: datetime | None = None) -> None:
    """Those seats (by their place, from 1) come in, written straight: how one comes in has its own tests."""
    per_posto = {c.seggio.ordine: c.seggio_id for c in seduta.convocati}
    for posto in posti:
        seduta.movimenti.append(
            Movimento(
                ambito_id=seduta.ambito_id,
                seduta_id=seduta.id,
                seggio_id=per_posto[posto],
                ora=ora or adesso(),
                verso=Verso.ENTRA,
                scritto_il=adesso(),
            )
        )
    sessione.flush()


def segna(seduta: Seduta, posto: int, verso: Verso, *, ora: datetime | None = None) -> None:
    seggio_id = next(c.seggio_id for c in seduta.convocati if c.seggio.ordine == posto)
    banco.segna(seduta, seggio_id=seggio_id, verso=verso, ora=ora or adesso(), attore=None)


def esce(seduta: Seduta, posto: int) -> None:
    segna(seduta, posto, Verso.ESCE)


def aperta(organo: Organo, posti: Iterable[int], *titoli: str, **altro: Any) -> Seduta:
    """Open with those seats in the room. The clock must stand at ``ORE_15`` or later."""
    nuova = convocata(organo, *titoli, **altro)
    entrano(nuova, posti, ora=fra(-10))
    banco.apri(nuova, ora=adesso(), in_seconda=False, attore=None)
    return nuova


def in_discussione(seduta: Seduta, n: int = 0) -> Punto:
    punto = seduta.punti[n]
    banco.apri_punto(punto, attore=None)
    return punto


def vota(punto: Punto, modo: Modo = Modo.UNANIME, *, ordine: int = 1, decisione: str = "", **altro: Any) -> Any:
    regola = queries.regola(punto.seduta.organo, ordine)
    assert regola is not None
    scrive(punto, punto.discussione, decisione)
    return votazioni.vota(punto, regola=regola, scheda=votazioni.Scheda(modo, **altro), attore=None)


def scrive(punto: Punto, testo: str, delibera: str = "", *, versione: int | None = None) -> None:
    vista = punto.versione if versione is None else versione
    banco.scrivi_discussione(punto, testo=testo, delibera=delibera, versione=vista, attore=None)


def assemblea(ambito: Ambito, **altro: Any) -> Organo:
    """Pistoia's: ten members by quotas, heads and quotas both asked, the fifth is the city and presides."""
    regola = organi.DatiRegola("Decisioni ordinarie", "votanti", "maggioranza", "entrambe")
    valori = {"quorum_quote": "maggioranza", "nome": "Assemblea dei soci", "regole": (regola,), **altro}
    organo = organi.organo(ambito, "assemblea", **valori)
    soci = enumerate(QUOTE, 1)
    organi.posti(organo, *({"rappresenta": f"Socio {n}", "quota": Decimal(q), "presiede": n == 5} for n, q in soci))
    return organo


def cabina(ambito: Ambito, quanti: int = 7, **altro: Any) -> Organo:
    """A body by heads; the first seat presides."""
    organo = organi.organo(ambito, f"cabina-{ambito.slug}", **altro)
    organi.posti(organo, *({"rappresenta": f"Comune {n}", "presiede": n == 1} for n in range(1, quanti + 1)))
    return organo


def documento(
    punto: Punto, app: Any, titolo: str, *, riservato: bool = True, contenuto: bytes = b"%PDF-1.4 segreto-carta\n"
) -> Any:
    """A paper of an item, really stored."""
    oggetto = app.extensions["deposito"].put(io.BytesIO(contenuto), limite=None)
    file = FileEsaminato(f"{titolo}.pdf", "application/pdf", "pdf", oggetto.dimensione, oggetto.sha256)
    dati = documenti.DatiDocumento(titolo, riservato, 12)
    return documenti.aggiungi(punto, dati=dati, file=file, chiave=oggetto.chiave, sha256=oggetto.sha256, attore=None)


def proposto(utente: Any, seggio_id: int, titolo: str = "La mensa") -> Any:
    dati = proposte.DatiProposta(seggio_id, titolo, f"{titolo}: manca da un anno.", "Si apre la mensa.")
    return proposte.proponi(dati=dati, attore=utente)


def fra(minuti: int) -> datetime:
    return adesso() + timedelta(minutes=minuti)


def fra_poco() -> datetime:
    """While the sittings of the tests are going on."""
    return ORE_15 + timedelta(minutes=5)
