"""The blueprint, what its pages load, and the copies they hand out."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import quote

from flask import Response, g, redirect, url_for

from ... import downloads
from ...clocks import adesso
from ...downloads import deposito
from ...errors import NonTrovato
from ...i18n import _, in_italiano
from ...richtext import testo_semplice
from ...sedute import queries as sedute
from ...sedute.models import Seduta
from ...web import Area, assoluto
from .. import queries
from ..documenti import Copia, in_pdf
from ..models import FileVerbale, Osservazione, Parte, Verbale
from ..operations.passi import Deposto
from ..rules.contenuto import Contenuto

area = Area("verbale", "portal.verbale")
DOVE = "/ufficio/organi/<slug>/sedute/<int:numero>/verbale"


def carica(slug: str, numero: int) -> Verbale:
    trovato = queries.intero(slug, numero)
    if trovato is None:
        raise NonTrovato
    return trovato


def carica_seduta(slug: str, numero: int) -> Seduta | None:
    return sedute.intera(slug, numero)


def carica_parte(slug: str, numero: int, parte: int) -> Parte | None:
    return next((p for p in carica(slug, numero).parti if p.id == parte), None)


def carica_osservazione(slug: str, numero: int, osservazione: int) -> Osservazione | None:
    return queries.osservazione(slug, numero, osservazione)


def dove(verbale: Verbale) -> dict[str, Any]:
    """The values of every address of this minute."""
    return {"slug": verbale.seduta.organo.slug, "numero": verbale.seduta.numero}


def torna(verbale: Verbale, ancora: str | None = None) -> Any:
    return redirect(url_for(".ufficio", **dove(verbale), _anchor=ancora), 303)


def deponi(pdf: bytes, nome: str) -> Deposto:
    """Keep a file that the portal made."""
    oggetto = deposito().put(io.BytesIO(pdf), limite=None)
    return Deposto(nome, oggetto.chiave, oggetto.dimensione, oggetto.sha256)


@in_italiano()
def originale(verbale: Verbale, c: Contenuto, *, stato: str = "") -> bytes:
    """The whole minute in PDF, with the places for the signatures."""
    firme = (_("Chi presiede"), _("Chi scrive il verbale"))
    return in_pdf(c, copia_intera(verbale, stato=stato, firme=firme))


@in_italiano()
def copia_pubblica(verbale: Verbale) -> Copia:
    """What the published copy says of itself: why words are missing, corrections, where it is checked."""
    note = [_("«[omissis]» sta per parole tolte da questa copia: %(perche)s.", perche=p) for p in motivi(verbale)]
    for r in verbale.rettifiche:
        quale = f"{r.decisione.anno}/{r.decisione.numero}"
        note.append(_("Rettificato dalla decisione %(quale)s: %(testo)s", quale=quale, testo=testo_semplice(r.testo)))
    return copia_intera(verbale, note=note, codice=verbale.codice, verifica=assoluto("home.verifica"))


def copia_intera(verbale: Verbale, **altro: Any) -> Copia:
    """What any copy says of itself."""
    quando = verbale.approvato_il or adesso()
    return Copia(g.ambito.nome, g.ambito.capofila, data=quando, **altro)


def motivi(verbale: Verbale) -> list[str]:
    """The reasons of the words left out, each once."""
    return list(dict.fromkeys(o.motivo for o in verbale.omissis))


def scarico(dati: bytes, nome: str, tipo: str) -> Response:
    """A file to download, never sniffed nor run by the browser."""
    risposta = Response(dati, mimetype=tipo)
    risposta.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(nome)}"
    risposta.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return risposta


def scarica_file(file: FileVerbale | None) -> Response:
    """A kept file, as it was kept."""
    if file is None:
        raise NonTrovato
    return downloads.scarica(file.chiave, nome=file.nome, dimensione=file.dimensione)


def nome_file(verbale: Verbale, estensione: str) -> str:
    return f"verbale-{verbale.seduta.organo.slug}-{verbale.anno}-{verbale.numero}.{estensione}"
