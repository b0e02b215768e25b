"""Where the bytes of attachments live: a folder by default, an object store behind the same interface.

The database holds only the key, the size and the SHA-256 of an object (AgID Linee guida sui documenti
informatici, allegato 5: IdDoc). Keys are random: they say nothing of the content, never depend on what a
person typed, and cannot leave the folder. An object is whole or absent: it is written beside its place,
flushed to the disk and renamed, so a process killed half-way leaves only a leftover that ``pulisci`` sweeps.

Write the object *before* opening the transaction that records it: hashing 20 MB must not hold a lock.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from .clocks import adesso

PEZZO = 1024 * 1024
_CHIAVE = re.compile(r"[0-9a-f]{32}")
_SENZA_SPAZIO = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class ErroreDeposito(Exception):
    """The store did not do what was asked; nothing half-written remains under a key."""


class DepositoPieno(ErroreDeposito):
    """No room left: disk full, quota reached, or the largest file the system allows."""


class OggettoMancante(ErroreDeposito):
    """No object has this key. A string that cannot be a key names no object either."""


class OggettoTroppoGrande(ErroreDeposito):
    """The stream went past ``limite`` bytes; reading stopped there."""

    def __init__(self, limite: int) -> None:
        super().__init__(f"oggetto oltre {limite} byte")
        self.limite = limite


@dataclass(frozen=True, slots=True)
class Oggetto:
    """What was stored: its key, its size in bytes, its SHA-256 in hexadecimal."""

    chiave: str
    dimensione: int
    sha256: str


class Deposito(Protocol):
    """What the portal asks of a store. Every method raises ``ErroreDeposito`` or one of its kinds."""

    def put(self, flusso: BinaryIO, *, limite: int | None) -> Oggetto:
        """Store what is left to read in ``flusso``, at most ``limite`` bytes, durably, never whole in memory."""

    def open(self, chiave: str, *, da: int = 0, lunghezza: int | None = None) -> BinaryIO:
        """The bytes from ``da``, at most ``lunghezza`` of them; the caller closes it."""

    def exists(self, chiave: str) -> bool:
        """Whether an object has this key."""

    def delete(self, chiave: str) -> None:
        """Remove the object; an absent one is already removed."""

    def url_firmato(self, chiave: str, *, nome: str, durata: timedelta = timedelta(minutes=5)) -> str | None:
        """An address from which the browser fetches the object by itself, or None: then the portal serves it."""

    def prova(self) -> None:
        """Write, read back and remove a small object: for ``/salute``."""

    def pulisci(self, eta: timedelta) -> int:
        """Remove what interrupted writings older than ``eta`` left behind; how many there were."""


class DepositoCartella:
    """A folder on a local disk: objects are ``ab/cd/<key>``, unfinished ones ``in_arrivo/<key>.part``."""

    def __init__(self, radice: Path) -> None:
        self.radice = Path(radice)
        self._arrivi = self.radice / "in_arrivo"

    def put(self, flusso: BinaryIO, *, limite: int | None) -> Oggetto:
        chiave = secrets.token_hex(16)
        parte = self._arrivi / f"{chiave}.part"
        try:
            _crea_durevole(self._arrivi)
            dimensione, sha256 = _copia(flusso, parte, limite)
            self._pubblica(parte, chiave)
        except OSError as errore:
            raise _tradotto(errore) from errore
        finally:
            with suppress(OSError):  # the error that counts is the one being raised
                parte.unlink()
        return Oggetto(chiave, dimensione, sha256)

    def open(self, chiave: str, *, da: int = 0, lunghezza: int | None = None) -> BinaryIO:
        try:
            aperto = self._percorso(chiave).open("rb")
        except FileNotFoundError as errore:
            raise OggettoMancante(chiave) from errore
        except OSError as errore:
            raise _tradotto(errore) from errore
        aperto.seek(da)
        if lunghezza is None:
            return aperto
        return cast(BinaryIO, io.BufferedReader(_Tratto(aperto, lunghezza)))

    def exists(self, chiave: str) -> bool:
        try:
            return self._percorso(chiave).is_file()
        except OggettoMancante:
            return False

    def delete(self, chiave: str) -> None:
        try:
            percorso = self._percorso(chiave)
            percorso.unlink()
            _fsync_cartella(percorso.parent)
        except (OggettoMancante, FileNotFoundError):
            return
        except OSError as errore:
            raise _tradotto(errore) from errore

    def url_firmato(self, chiave: str, *, nome: str, durata: timedelta = timedelta(minutes=5)) -> str | None:
        return None

    def prova(self) -> None:
        atteso = secrets.token_bytes(64)
        oggetto = self.put(io.BytesIO(atteso), limite=None)
        try:
            with self.open(oggetto.chiave) as aperto:
                letto = aperto.read()
        finally:
            self.delete(oggetto.chiave)
        if letto != atteso:
            raise ErroreDeposito("il deposito non restituisce quello che riceve")

    def pulisci(self, eta: timedelta) -> int:
        confine = (adesso() - eta).timestamp()
        tolti = 0
        for parte in self._arrivi.glob("*.part"):
            try:
                if parte.stat().st_mtime <= confine:
                    parte.unlink()
                    tolti += 1
            except FileNotFoundError:
                continue  # its own writer finished meanwhile
        return tolti

    def _percorso(self, chiave: str) -> Path:
        if not _CHIAVE.fullmatch(chiave):
            raise OggettoMancante("chiave malformata")
        return self.radice / chiave[:2] / chiave[2:4] / chiave

    def _pubblica(self, parte: Path, chiave: str) -> None:
        destinazione = self._percorso(chiave)
        _crea_durevole(destinazione.parent)
        parte.rename(destinazione)
        _fsync_cartella(destinazione.parent)


class _Tratto(io.RawIOBase):
    """At most ``lunghezza`` bytes of an open file, from where it stands."""

    def __init__(self, sotto: BinaryIO, lunghezza: int) -> None:
        self._sotto = sotto
        self._restano = max(lunghezza, 0)

    def readable(self) -> bool:
        return True

    def readinto(self, spazio: memoryview) -> int:  # type: ignore[override]
        letto = self._sotto.read(min(len(spazio), self._restano))
        spazio[: len(letto)] = letto
        self._restano -= len(letto)
        return len(letto)

    def close(self) -> None:
        self._sotto.close()
        super().close()


def _copia(flusso: BinaryIO, parte: Path, limite: int | None) -> tuple[int, str]:
    """Copy the stream to ``parte`` and to the disk under it; its size and its SHA-256."""
    impronta, dimensione = hashlib.sha256(), 0
    with open(parte, "xb", opener=_privato) as uscita:
        while pezzo := flusso.read(PEZZO):
            dimensione += len(pezzo)
            if limite is not None and dimensione > limite:
                raise OggettoTroppoGrande(limite)
            impronta.update(pezzo)
            uscita.write(pezzo)
        uscita.flush()
        os.fsync(uscita.fileno())
    return dimensione, impronta.hexdigest()


def _privato(percorso: str, modi: int) -> int:
    return os.open(percorso, modi, 0o600)


def _crea_durevole(cartella: Path) -> None:
    """Make the folder and its parents, each on the disk before the next: a lost parent would lose the object."""
    if cartella.is_dir():
        return
    _crea_durevole(cartella.parent)
    cartella.mkdir(mode=0o700, exist_ok=True)
    _fsync_cartella(cartella.parent)


def _fsync_cartella(cartella: Path) -> None:
    descrittore = os.open(cartella, os.O_RDONLY)
    try:
        os.fsync(descrittore)
    finally:
        os.close(descrittore)


def _tradotto(errore: OSError) -> ErroreDeposito:
    tipo = DepositoPieno if errore.errno in _SENZA_SPAZIO else ErroreDeposito
    return tipo(errore.strerror or type(errore).__name__)
