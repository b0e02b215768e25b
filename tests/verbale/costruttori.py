"""A minute for tests: a sitting of a body of seven, closed, and the minute as far along its way as asked."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from portal import clocks
from portal.clocks import adesso
from portal.db import sessione
from portal.organi.models import Organo
from portal.sedute.models import Modo, Seduta, StatoPunto
from portal.sedute.operations import banco
from portal.verbale import queries
from portal.verbale.contenuto import contenuto
from portal.verbale.models import Verbale
from portal.verbale.operations import passi, testi
from portal.verbale.operations.passi import Deposto
from portal.verbale.rules.contenuto import scrivi
from portal.verbale.rules.omissis import con_omissis
from tests.sedute import costruttori as sedute

Posti = Iterable[int]
SEDUTA = sedute.ORE_15
"""When the sitting begins; it is closed an hour later."""
SUCCESSIVA = SEDUTA + timedelta(days=14)
DECISIONE = "Si approva il rendiconto."
DISCUSSIONE = "Un cittadino presente, Primo Esempio, chiede quando apre lo *sportello*."


def chiusa(
    organo: Organo,
    *,
    discussione: str = DISCUSSIONE,
    decisione: str = "Si approva il rendiconto.",
    posti: Posti = range(1, 7),
    oggetto: tuple[str, int] | None = None,
) -> Seduta:
    """Those seats in the room, an item voted (on ``oggetto``), the sitting closed an hour after it began."""
    with clocks.alle(SEDUTA):
        seduta = sedute.aperta(organo, posti, "Rendiconto del piano")
        punto = sedute.in_discussione(seduta)
        punto.oggetto_tipo, punto.oggetto_id = oggetto or (None, None)
        sedute.scrive(punto, discussione, decisione)
        sedute.vota(punto, Modo.UNANIME, decisione=decisione)
        banco.chiudi_punto(punto, esito=StatoPunto.TRATTATO, attore=None)
    with clocks.alle(SEDUTA + timedelta(hours=1)):
        banco.chiudi(seduta, ora=adesso(), attore=None)
    return sedute.riletta(seduta)


def bozza(organo: Organo, **altro: Any) -> Verbale:
    seduta = chiusa(organo, **altro)
    with clocks.alle(SEDUTA + timedelta(hours=2)):
        testi.componi(seduta, attore=None)
    return riletto(seduta)


def riletto(seduta: Seduta) -> Verbale:
    sessione.flush()
    trovato = queries.intero(seduta.organo.slug, seduta.numero)
    assert trovato is not None
    return trovato


def in_revisione(organo: Organo, **altro: Any) -> Verbale:
    """Sent to the members two hours after the sitting: ten days for remarks."""
    verbale = bozza(organo, **altro)
    with clocks.alle(SEDUTA + timedelta(hours=2)):
        testi.scrivi_sommario(verbale, sommario="Approvato il rendiconto.", versione=verbale.versione, attore=None)
        passi.invia(verbale, indirizzo="http://localhost/", attore=None)
    return riletto(verbale.seduta)


def voto_successivo(
    organo: Organo, quando: datetime = SUCCESSIVA, decisione: str = "", posti: Posti = range(1, 7)
) -> queries.VotoUtile:
    """A later sitting votes on the minute; the clock is put there."""
    with clocks.alle(quando - timedelta(days=7)):
        seduta = sedute.bozza(organo, "Approvazione del verbale", inizio=quando)
        sedute.operations.convoca(seduta, protocollo="", attore=None)
    with clocks.alle(quando):
        seduta = sedute.riletta(seduta)
        sedute.entrano(seduta, posti, ora=quando)
        banco.apri(seduta, ora=quando, in_seconda=False, attore=None)
    with clocks.alle(quando + timedelta(minutes=5)):
        punto = sedute.in_discussione(seduta)
        voto = sedute.vota(punto, Modo.UNANIME, decisione=decisione)
        banco.chiudi_punto(punto, esito=StatoPunto.TRATTATO, attore=None)
        banco.chiudi(seduta, ora=adesso(), attore=None)
    sessione.flush()
    return queries.VotoUtile(punto.id, punto.titolo, voto.ora, seduta.numero, seduta.inizio)


def approva(verbale: Verbale, voto: queries.VotoUtile, deposito: Any = None) -> bytes:
    """Approved; gives the bytes kept as the original."""
    pdf = b"%PDF-1.7 originale\n" + scrivi(contenuto(verbale)).encode()
    passi.approva(verbale, voto, fissato=scrivi(contenuto(verbale)), originale=_tieni(pdf, deposito), attore=None)
    return pdf


def _tieni(dati: bytes, deposito: Any) -> Deposto:
    if deposito is None:
        return Deposto("verbale.pdf", "0" * 32, len(dati), "a" * 64)
    oggetto = deposito.put(io.BytesIO(dati), limite=None)
    return Deposto("verbale.pdf", oggetto.chiave, oggetto.dimensione, oggetto.sha256)


def approvato(organo: Organo, deposito: Any = None, **altro: Any) -> Verbale:
    verbale = in_revisione(organo, **altro)
    voto = voto_successivo(organo, posti=altro.get("posti", range(1, 7)))
    with clocks.alle(SUCCESSIVA + timedelta(hours=1)):
        approva(verbale, voto, deposito)
    return riletto(verbale.seduta)


def firmato(organo: Organo, deposito: Any = None, **altro: Any) -> Verbale:
    verbale = approvato(organo, deposito, **altro)
    with clocks.alle(SUCCESSIVA + timedelta(hours=2)):
        passi.firma(verbale, firmato=replace(_tieni(b"firmato", deposito), firma="integra", firme=2), attore=None)
    return riletto(verbale.seduta)


def pubblica(verbale: Verbale, deposito: Any = None) -> Verbale:
    copia = scrivi(con_omissis(contenuto(verbale), [o.testo for o in verbale.omissis]))
    file = _tieni(b"%PDF-1.7 copia\n" + copia.encode(), deposito)
    passi.pubblica(verbale, copia=copia, pubblico=file, indirizzo="http://localhost/", attore=None)
    return riletto(verbale.seduta)


def pubblicato(organo: Organo, deposito: Any = None, *omessi: str, **altro: Any) -> Verbale:
    verbale = firmato(organo, deposito, **altro)
    with clocks.alle(SUCCESSIVA + timedelta(hours=3)):
        for parole in omessi:
            testi.ometti(verbale, testo=parole, motivo="persona privata", attore=None)
        return pubblica(verbale, deposito)
