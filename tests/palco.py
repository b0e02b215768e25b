"""Scenes built once and played many times: half of what a test costs is what it finds before it begins.

Who asks for a scene on an empty database is brought to another, kept for scenes: the first time the scene is built
there and a savepoint put after it; what a test writes is rolled back to that savepoint, and who asks for the same scene
finds it as it was left, with a fresh copy of the same value. A step goes on from the scene that the test has just been
given, and what was built on that scene stays until somebody reads or writes below it. Anything else (rows already
written, a value that is not the last one, an argument that cannot be compared) builds as if this module were not here.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from functools import wraps
from types import SimpleNamespace
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.orm import object_session

from portal import clocks
from portal.db import SCRIVE, Base, sessione

F = TypeVar("F", bound=Callable[..., Any])
SCRITTURE = ("INSERT", "UPDATE", "DELETE")


@dataclass
class Livello:
    """A scene on the stage: on which one it stands, and what its builder gave back."""

    chiave: Any
    padre: int
    valore: bytes
    vivi: list[int]
    """Which of the rows in the value were in the session (by their place in it)."""


class Palco:
    """One database of scenes, on one connection whose transaction is never committed."""

    def __init__(self, motore: Engine) -> None:
        self.motore = motore
        self.livelli: list[Livello] = []
        self.connessione: Any = None
        self.su = False
        event.listen(motore, "before_cursor_execute", self._guarda)

    def _guarda(self, _connessione: Any, cursore: Any, frase: str, *_altro: Any) -> None:
        """Before a statement: what stands on the scene that the test asked for goes, if it is still there."""
        if self.su and self.livello < len(self.livelli) - 1:
            del self.livelli[self.livello + 1 :]
            cursore.execute(f"ROLLBACK TO SAVEPOINT scena_{self.livello}")
        self.sporco = self.sporco or frase.lstrip()[:6].upper() in SCRITTURE

    @contextmanager
    def prova(self, platea: Engine) -> Iterator[None]:
        """While a test runs on ``platea``, the database that is empty at each test."""
        global _attivo
        _attivo, self.su, self.livello, self.valore, self.sporco, self.platea_sporca = self, False, -1, None, False, False
        event.listen(platea, "before_cursor_execute", self._guarda_platea)
        try:
            yield
        finally:
            _attivo = None
            event.remove(platea, "before_cursor_execute", self._guarda_platea)
            if self.su:
                sessione.remove()
                self._torna_a(len(self.livelli) - 1)

    def _guarda_platea(self, _connessione: Any, _cursore: Any, frase: str, *_altro: Any) -> None:
        self.platea_sporca = self.platea_sporca or frase.lstrip()[:6].upper() in SCRITTURE

    def recita(self, chiave: Any, costruisci: Callable[[], Any]) -> Any:
        sessione.remove()
        if not self.su:
            self._sali()
        padre = self.livello
        trovato = next((n for n, v in enumerate(self.livelli) if (v.padre, v.chiave) == (padre, chiave)), None)
        if trovato is None:
            self._torna_a(padre)
            trovato = self._metti(chiave, padre, costruisci())
        self.livello, self.sporco = trovato, False
        self.valore = self._copia(self.livelli[trovato])
        return self.valore

    def _sali(self) -> None:
        if self.connessione is None:
            gettone = SCRIVE.set(True)
            self.connessione = self.motore.connect()
            self.connessione.begin()
            SCRIVE.reset(gettone)
        sessione.configure(bind=self.connessione, join_transaction_mode="create_savepoint")
        self.su = True

    def _torna_a(self, livello: int) -> None:
        """Throw away what is above that scene; below the first there is the empty database."""
        del self.livelli[livello + 1 :]
        if livello >= 0:
            self.connessione.exec_driver_sql(f"ROLLBACK TO SAVEPOINT scena_{livello}")
            return
        self.connessione.rollback()
        gettone = SCRIVE.set(True)
        self.connessione.begin()
        SCRIVE.reset(gettone)

    def _metti(self, chiave: Any, padre: int, valore: Any) -> int:
        if sessione.registry.has():
            sessione.commit()
        vivi = [n for n, riga in enumerate(righe(valore)) if object_session(riga) is not None]
        sessione.remove()
        self.connessione.exec_driver_sql(f"SAVEPOINT scena_{len(self.livelli)}")
        self.livelli.append(Livello(chiave, padre, pickle.dumps(valore), vivi))
        return len(self.livelli) - 1

    def _copia(self, livello: Livello) -> Any:
        valore = pickle.loads(livello.valore)
        for n, riga in enumerate(righe(valore)):
            if n in livello.vivi:
                sessione.add(riga)
        return valore

    def chiude(self) -> None:
        if self.connessione is not None:
            self.connessione.close()
        self.motore.dispose()


_attivo: Palco | None = None


def righe(valore: Any) -> Iterator[Base]:
    """The rows in what a builder gives back, always in the same order."""
    if isinstance(valore, Base):
        yield valore
        return
    dentro: Any = ()
    if isinstance(valore, dict):
        dentro = valore.values()
    elif isinstance(valore, SimpleNamespace):
        dentro = vars(valore).values()
    elif isinstance(valore, list | tuple):
        dentro = valore
    elif is_dataclass(valore):
        dentro = [getattr(valore, campo.name) for campo in fields(valore)]
    for parte in dentro:
        yield from righe(parte)


def scena(costruisci: F) -> F:
    """A builder of a scene (of the application alone), or of a step that goes on from a scene; a fixture too."""

    @wraps(costruisci)
    def prendi(*argomenti: Any, **nomi: Any) -> Any:
        palco = _attivo
        if palco is None or palco.platea_sporca or palco.sporco:
            return costruisci(*argomenti, **nomi)
        chiave = [_da_confrontare(a, palco.valore) for a in (*argomenti, *(nomi[n] for n in sorted(nomi)))]
        if None in chiave:
            return costruisci(*argomenti, **nomi)
        quale = (costruisci.__module__, costruisci.__qualname__, clocks._fermato.get(), chiave, sorted(nomi))
        return palco.recita(quale, lambda: costruisci(*argomenti, **nomi))

    return prendi  # type: ignore[return-value]


def _da_confrontare(argomento: Any, valore: Any) -> Any:
    """What of an argument tells one scene from another; None when it cannot be compared."""
    if isinstance(argomento, Flask):
        return "app"
    if valore is not None and argomento is valore:
        return "scena"
    testo = repr(argomento)
    return None if " at 0x" in testo or isinstance(argomento, SimpleNamespace) else testo
