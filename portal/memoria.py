"""Public pages kept ready: rendered once for each change of what they show, then given to everybody.

A view says ``@in_memoria``. What it answers to somebody who carries no session is kept by each process, under the
address and the language it was asked in, with the *version of the content* it was made from. That version is in the
heads of the register of operations: every change is registered in its own transaction, so nothing changes without a
new version and no kept page outlives the change. There is nothing to purge and no time to guess.

What changes by itself, as the clock runs, says so with ``cambia_dopo``; every page ends with the day, since pages
count days. On top, the browser that holds the same page is told so (ETag, 304).
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from flask import Flask, current_app, g, request, session
from werkzeug.wrappers import Response

from .audit import versione
from .clocks import adesso, fine_giornata, oggi
from .i18n import COOKIE, scegli_lingua

V = TypeVar("V", bound=Callable[..., Any])
Chiave = tuple[str, str, str]
UN_SECONDO = timedelta(seconds=1)
VARIA = "Accept-Encoding, Accept-Language, Cookie"
PROPRIE = frozenset({"content-length", "content-encoding", "date", "server", "connection"})
"""Headers of one answer, not of the page."""
CON_304 = frozenset({"ETag", "Vary", "Cache-Control"})


@dataclass(frozen=True)
class Copia:
    """A page as it was answered, and until when and from which content it is true."""

    ambito_id: int | None
    versione: int
    fino: datetime
    etichetta: str
    testate: tuple[tuple[str, str], ...]
    corpo: bytes
    compresso: bytes

    @property
    def peso(self) -> int:
        return len(self.corpo) + len(self.compresso)

    def risposta(self) -> Response:
        """The page again, whole or, for who has it already, only the word that it has not changed."""
        if request.if_none_match.contains_weak(self.etichetta):
            return Response(status=304, headers=[t for t in self.testate if t[0] in CON_304])
        if request.accept_encodings.quality("gzip") > 0:
            return Response(self.compresso, headers=[*self.testate, ("Content-Encoding", "gzip")])
        return Response(self.corpo, headers=self.testate)


class Memoria:
    """The pages of this process: the least recently asked leave first when they weigh more than ``capienza`` bytes."""

    def __init__(self, capienza: int) -> None:
        self.capienza, self.peso = capienza, 0
        self._copie: OrderedDict[Chiave, Copia] = OrderedDict()
        self._chiusa = threading.Lock()

    def prendi(self, chiave: Chiave) -> Copia | None:
        with self._chiusa:
            copia = self._copie.get(chiave)
            if copia is not None:
                self._copie.move_to_end(chiave)
            return copia

    def metti(self, chiave: Chiave, copia: Copia) -> None:
        with self._chiusa:
            vecchia = self._copie.pop(chiave, None)
            self._copie[chiave] = copia
            self.peso += copia.peso - (vecchia.peso if vecchia else 0)
            while self.peso > self.capienza:
                self.peso -= self._copie.popitem(last=False)[1].peso


def in_memoria(vista: V) -> V:
    """This page is the same for whoever has no session: address, language and content make it, nothing else."""
    vista.__dict__["in_memoria"] = True
    return vista


def cambia_dopo(istante: datetime | None) -> None:
    """The page being made says something else when the second of ``istante`` (a term) has passed."""
    if istante is not None and istante + UN_SECONDO > adesso():
        g.fino = min(istante + UN_SECONDO, g.get("fino", istante + UN_SECONDO))


def collega(app: Flask, capienza: int) -> None:
    """Look before each request, keep after it. ``capienza``: bytes for each process; 0 keeps nothing."""
    if not capienza:
        return
    memoria = app.extensions["memoria"] = Memoria(capienza)

    @app.before_request
    def _gia_pronta() -> Response | None:
        chiave = _chiave()
        if chiave is None:
            return None
        copia = memoria.prendi(chiave)
        if copia is not None and copia.fino > adesso() and copia.versione == versione(copia.ambito_id):
            return copia.risposta()
        g.chiave = chiave
        if "ambito" not in (request.view_args or ()):
            g.versione = versione(None)
        return None

    @app.after_request
    def _tieni(risposta: Response) -> Response:
        if "chiave" in g and _di_tutti(risposta):
            copia = _copia(risposta)
            memoria.metti(g.chiave, copia)
            return copia.risposta()
        return risposta


def _chiave() -> Chiave | None:
    """Of a page that may be kept; None when the answer could be somebody's own."""
    vista = current_app.view_functions.get(request.endpoint or "")
    if not getattr(vista, "in_memoria", False) or request.method not in ("GET", "HEAD"):
        return None
    if "lingua" in request.args or set(request.cookies) - {COOKIE}:
        return None
    return (request.scheme, request.full_path, scegli_lingua())


def _di_tutti(risposta: Response) -> bool:
    """Was the whole page made, for nobody in particular?"""
    return (
        risposta.status_code == 200
        and not risposta.is_streamed
        and "Set-Cookie" not in risposta.headers
        and "no-store" not in risposta.headers.get("Cache-Control", "")
        and not session.modified
    )


def _copia(risposta: Response) -> Copia:
    corpo = risposta.get_data()
    etichetta = hashlib.sha256(corpo).hexdigest()[:20]
    testate = {n: v for n, v in risposta.headers.items() if n.lower() not in PROPRIE}
    testate.update({"ETag": f'W/"{etichetta}"', "Vary": VARIA})
    return Copia(
        ambito_id=getattr(g.get("ambito"), "id", None),
        versione=g.versione,
        fino=min(g.get("fino", datetime.max.replace(tzinfo=adesso().tzinfo)), fine_giornata(oggi())),
        etichetta=etichetta,
        testate=tuple(testate.items()),
        corpo=corpo,
        compresso=gzip.compress(corpo, 6, mtime=0),
    )
