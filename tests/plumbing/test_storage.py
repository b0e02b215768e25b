"""The folder store: whole or absent, durable, deaf to what people type, honest about a full disk."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from portal.storage import (
    PEZZO,
    DepositoCartella,
    DepositoPieno,
    ErroreDeposito,
    OggettoMancante,
    OggettoTroppoGrande,
    _tradotto,
)

RADICE = Path(__file__).resolve().parents[2]


@pytest.fixture
def deposito(tmp_path: Path) -> DepositoCartella:
    return DepositoCartella(tmp_path / "a" / "allegati")


def file_sotto(cartella: Path) -> list[Path]:
    return sorted(p for p in cartella.rglob("*") if p.is_file())


def test_quello_che_entra_esce_uguale(deposito: DepositoCartella) -> None:
    contenuto = os.urandom(3 * PEZZO + 17)
    oggetto = deposito.put(io.BytesIO(contenuto), limite=None)
    assert oggetto.dimensione == len(contenuto)
    assert oggetto.sha256 == hashlib.sha256(contenuto).hexdigest()
    with deposito.open(oggetto.chiave) as aperto:
        assert aperto.read() == contenuto
    percorso = deposito.radice / oggetto.chiave[:2] / oggetto.chiave[2:4] / oggetto.chiave
    assert file_sotto(deposito.radice) == [percorso]
    assert percorso.stat().st_mode & 0o777 == 0o600


def test_le_chiavi_non_dipendono_dal_contenuto(deposito: DepositoCartella) -> None:
    chiavi = {deposito.put(io.BytesIO(b"uguale"), limite=None).chiave for _ in range(5)}
    assert len(chiavi) == 5


def test_si_conserva_solo_quello_che_resta_da_leggere(deposito: DepositoCartella) -> None:
    flusso = io.BytesIO(b"gia letto|resto")
    flusso.seek(10)
    with deposito.open(deposito.put(flusso, limite=None).chiave) as aperto:
        assert aperto.read() == b"resto"


@pytest.mark.parametrize(
    ("da", "lunghezza", "atteso"),
    [(0, None, b"0123456789"), (3, None, b"3456789"), (3, 4, b"3456"), (8, 50, b"89"), (20, 5, b""), (2, 0, b"")],
)
def test_apre_un_tratto(deposito: DepositoCartella, da: int, lunghezza: int | None, atteso: bytes) -> None:
    chiave = deposito.put(io.BytesIO(b"0123456789"), limite=None).chiave
    with deposito.open(chiave, da=da, lunghezza=lunghezza) as aperto:
        assert aperto.read() == atteso


def test_il_limite_ferma_la_lettura_e_non_lascia_niente(deposito: DepositoCartella) -> None:
    assert deposito.put(io.BytesIO(b"x" * 10), limite=10).dimensione == 10
    with pytest.raises(OggettoTroppoGrande) as errore:
        deposito.put(io.BytesIO(b"x" * 11), limite=10)
    assert errore.value.limite == 10
    assert len(file_sotto(deposito.radice)) == 1


class FlussoInterrotto(io.RawIOBase):
    """A browser that goes away after the first chunk."""

    def __init__(self) -> None:
        self.resta = 1

    def read(self, _quanti: int = -1) -> bytes:
        if self.resta:
            self.resta -= 1
            return b"inizio"
        raise ConnectionResetError("il browser se n'è andato")


def test_un_caricamento_interrotto_non_lascia_niente(deposito: DepositoCartella) -> None:
    with pytest.raises(ErroreDeposito):
        deposito.put(FlussoInterrotto(), limite=None)  # type: ignore[arg-type]
    assert file_sotto(deposito.radice) == []


def test_esiste_e_si_elimina(deposito: DepositoCartella) -> None:
    chiave = deposito.put(io.BytesIO(b"x"), limite=None).chiave
    assert deposito.exists(chiave)
    deposito.delete(chiave)
    assert not deposito.exists(chiave)
    deposito.delete(chiave)
    with pytest.raises(OggettoMancante):
        deposito.open(chiave)


@pytest.mark.parametrize(
    "chiave",
    ["", "../../segreto", "/etc/passwd", "a" * 31, "A" * 32, "a" * 31 + "\n", "a" * 32 + "\n", "..%2f" * 6, "é" * 32],
)
def test_una_chiave_non_porta_fuori_dalla_cartella(deposito: DepositoCartella, chiave: str) -> None:
    segreto = deposito.radice.parent / "segreto"
    segreto.parent.mkdir(parents=True)
    segreto.write_text("non si tocca")
    assert not deposito.exists(chiave)
    with pytest.raises(OggettoMancante):
        deposito.open(chiave)
    deposito.delete(chiave)
    assert segreto.read_text() == "non si tocca"


def test_la_prova_non_lascia_tracce_e_dice_quando_non_si_scrive(tmp_path: Path) -> None:
    deposito = DepositoCartella(tmp_path / "buono")
    deposito.prova()
    assert file_sotto(deposito.radice) == []
    (tmp_path / "un_file").write_text("")
    with pytest.raises(ErroreDeposito):
        DepositoCartella(tmp_path / "un_file").prova()


def test_una_cartella_non_firma_indirizzi(deposito: DepositoCartella) -> None:
    assert deposito.url_firmato("a" * 32, nome="statuto.pdf") is None


UCCISO = """
import sys, time
from pathlib import Path
from portal.storage import DepositoCartella
class Lento:
    def read(self, n):
        print("scrivo", flush=True)
        time.sleep(0.05)
        return b"x" * n
DepositoCartella(Path(sys.argv[1])).put(Lento(), limite=None)
"""


def test_ucciso_a_meta_resta_solo_un_avanzo_che_si_spazza(deposito: DepositoCartella) -> None:
    processo = subprocess.Popen([sys.executable, "-c", UCCISO, str(deposito.radice)], stdout=subprocess.PIPE, cwd=RADICE)
    assert processo.stdout is not None
    for _ in range(3):
        assert processo.stdout.readline() == b"scrivo\n"
    processo.kill()
    processo.communicate()
    (avanzo,) = file_sotto(deposito.radice)
    assert avanzo.suffix == ".part"
    assert deposito.pulisci(timedelta(hours=1)) == 0, "potrebbe essere di chi sta ancora scrivendo"
    due_ore_fa = time.time() - 7200
    os.utime(avanzo, (due_ore_fa, due_ore_fa))
    assert deposito.pulisci(timedelta(hours=1)) == 1
    assert file_sotto(deposito.radice) == []


SENZA_SPAZIO = """
import io, resource, sys
from pathlib import Path
from portal.storage import DepositoCartella, DepositoPieno
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    DepositoCartella(Path(sys.argv[1])).put(io.BytesIO(bytes(5_000_000)), limite=None)
except DepositoPieno as errore:
    print("pieno")
"""


def test_disco_pieno_si_riconosce_e_non_lascia_mezzi_file(deposito: DepositoCartella) -> None:
    """The largest file a process may write stands in for the disk: the kernel stops the same writing half-way."""
    fatto = subprocess.run(
        [sys.executable, "-c", SENZA_SPAZIO, str(deposito.radice)],
        cwd=RADICE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (fatto.stdout, fatto.returncode) == ("pieno\n", 0), fatto.stderr
    assert file_sotto(deposito.radice) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="serve /dev/full")
def test_spazio_finito_sul_dispositivo() -> None:
    """/dev/full answers «No space left on device» to a real write."""
    with pytest.raises(OSError) as errore, open("/dev/full", "wb") as pieno:
        pieno.write(b"x")
    assert isinstance(_tradotto(errore.value), DepositoPieno)


def test_un_altro_errore_non_si_chiama_disco_pieno(tmp_path: Path) -> None:
    (tmp_path / "in_arrivo").write_text("un file dove serve una cartella")
    with pytest.raises(ErroreDeposito) as errore:
        DepositoCartella(tmp_path).put(io.BytesIO(b"x"), limite=None)
    assert not isinstance(errore.value, DepositoPieno)


def test_venti_megabyte_non_passano_per_la_memoria(deposito: DepositoCartella) -> None:
    import tracemalloc

    class Fiume:
        resta = 64

        def read(self, quanti: int) -> bytes:
            self.resta -= 1
            return bytes(quanti) if self.resta >= 0 else b""

    tracemalloc.start()
    try:
        oggetto = deposito.put(Fiume(), limite=None)  # type: ignore[arg-type]
        _, massimo = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert oggetto.dimensione == 64 * PEZZO
    assert massimo < 8 * PEZZO
