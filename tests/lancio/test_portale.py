"""The launcher ``portale.py`` and what it relies on: choices that need no network and no library."""

from __future__ import annotations

import os
import signal
import socket
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import portale
from tests.servizi import chromium, salti

STUB = """
import os, signal, sys, time
if sys.argv[1] == "muore":
    sys.exit("non trovo la base dati")
if sys.argv[1] == "sordo":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if os.fork() == 0:
        open("nipote", "w").write(str(os.getpid()))
open("pronto-" + sys.argv[1], "w").close()
time.sleep(60)
"""


@pytest.fixture
def banco(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of its own, where ``python -m portal`` is a stub."""
    (tmp_path / "portal").mkdir()
    (tmp_path / "portal" / "__main__.py").write_text(STUB)
    demo = tmp_path / "var" / "demo"
    demo.mkdir(parents=True)
    for nome, valore in {
        "RADICE": tmp_path,
        "VAR": tmp_path / "var",
        "DEMO": demo,
        "PYTHON": sys.executable,
    }.items():
        monkeypatch.setattr(portale, nome, valore)
    return tmp_path


@pytest.fixture
def occupata() -> Iterator[int]:
    """A port that somebody is listening on."""
    with socket.socket() as presa:
        presa.bind(("127.0.0.1", 0))
        presa.listen()
        yield presa.getsockname()[1]


def attendi(condizione: object) -> None:
    scadenza = time.monotonic() + 20
    while not condizione():  # type: ignore[operator]
        assert time.monotonic() < scadenza
        time.sleep(0.02)


# Ports


def test_la_porta_chiesta_se_libera() -> None:
    with socket.socket() as presa:
        presa.bind(("127.0.0.1", 0))
        porta = presa.getsockname()[1]
    assert portale.porta_libera(porta) == porta


def test_una_porta_occupata_si_salta(occupata: int) -> None:
    trovata = portale.porta_libera(occupata)
    assert trovata > occupata
    with socket.socket() as presa:
        presa.bind(("127.0.0.1", trovata))


def test_finite_le_porte_lo_dice() -> None:
    with socket.socket() as presa:
        presa.bind(("127.0.0.1", 65535))
        presa.listen()
        with pytest.raises(portale.Impedimento, match="Nessuna porta libera da 65535 in su"):
            portale.porta_libera(65535)


# Arguments


@pytest.mark.parametrize(
    ("argomenti", "attesi"),
    [
        ([], (False, 8000)),
        (["--azzera"], (True, 8000)),
        (["--porta", "9001"], (False, 9001)),
        (["--porta=65535", "--azzera"], (True, 65535)),
    ],
)
def test_scelte_della_demo(argomenti: list[str], attesi: tuple[bool, int]) -> None:
    scelte = portale.scelte_demo(argomenti)
    assert (scelte.azzera, scelte.porta) == attesi


@pytest.mark.parametrize("argomenti", [["--porta", "0"], ["--porta", "65536"], ["--porta", "otto"], ["--boh"]])
def test_scelte_senza_senso(argomenti: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as uscita:
        portale.scelte_demo(argomenti)
    assert uscita.value.code == 2


@pytest.mark.parametrize(("argomenti", "codice"), [([], 0), (["--help"], 0), (["demo", "--help"], 0), (["prova"], 2)])
def test_senza_un_comando_spiega(argomenti: list[str], codice: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert portale.main(argomenti) == codice
    scritto = capsys.readouterr()
    assert (scritto.err if codice else scritto.out).endswith(portale.AIUTO)


# What is installed


def test_si_installa_solo_cio_che_e_cambiato(tmp_path: Path) -> None:
    timbro = tmp_path / "timbro.json"
    for nome in ("a.lock", "b.lock"):
        (tmp_path / nome).write_text(nome)
    assert portale.da_installare(["a.lock", "b.lock"], tmp_path, timbro) == ["a.lock", "b.lock"]
    for nome in ("a.lock", "b.lock"):
        portale.segna(timbro, nome, portale.impronta(tmp_path / nome))
    assert portale.da_installare(["a.lock", "b.lock"], tmp_path, timbro) == []
    (tmp_path / "b.lock").write_text("un’altra versione")
    assert portale.da_installare(["a.lock", "b.lock"], tmp_path, timbro) == ["b.lock"]


def test_un_installazione_interrotta_si_rifa(tmp_path: Path) -> None:
    timbro = tmp_path / "timbro.json"
    (tmp_path / "a.lock").write_text("a")
    portale.segna(timbro, "a.lock", portale.impronta(tmp_path / "a.lock"))
    portale.segna(timbro, "a.lock", None)
    assert portale.da_installare(["a.lock"], tmp_path, timbro) == ["a.lock"]


@pytest.mark.parametrize("rovinato", ["", "{", "[]", "null", '"a"'])
def test_un_timbro_rovinato_vale_come_nessuno(rovinato: str, tmp_path: Path) -> None:
    (tmp_path / "timbro.json").write_text(rovinato)
    assert portale.leggi_timbro(tmp_path / "timbro.json") == {}


@pytest.mark.parametrize("nome", portale.LIBRERIE_PROVE)
def test_i_lock_hanno_impronte_e_nessun_indirizzo(nome: str) -> None:
    testo = (portale.RADICE / nome).read_text(encoding="utf-8")
    voci = [voce for voce in testo.replace("\\\n", " ").splitlines() if "==" in voce]
    assert len(voci) > 0
    assert [voce for voce in voci if "--hash=sha256:" not in voce] == []
    assert "://" not in testo


# The demo


def test_la_chiave_si_crea_una_volta_e_nessun_altro_la_legge(tmp_path: Path) -> None:
    file = tmp_path / "segreto"
    prima = portale.segreto(file)
    assert len(prima) >= 32
    assert portale.segreto(file) == prima
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_una_chiave_vuota_si_rifa(tmp_path: Path) -> None:
    file = tmp_path / "segreto"
    file.write_text("\n")
    assert len(portale.segreto(file)) >= 32


def test_la_demo_non_eredita_un_sito_vero(banco: Path) -> None:
    vero = {
        "PATH": "/bin",
        "DATABASE_URL": "postgresql://vero",
        "SMTP_URL": "smtps://vero",
        "SECRET_KEY": "vera",
        "PORTALE_AMBIENTE": "produzione",
        "PORTALE_PROXY": "1",
        "PYTHONPATH": "/altrove",
    }
    ambiente = portale.ambiente_demo(vero, 8123)
    chiave = ambiente.pop("SECRET_KEY")
    assert chiave == portale.segreto(portale.DEMO / "segreto")
    assert ambiente == {
        "PATH": "/bin",
        "DATABASE_URL": f"sqlite:///{banco}/var/demo/portale.db",
        "SMTP_URL": "",
        "PORTALE_AMBIENTE": "demo",
        "PORTALE_DATI": f"{banco}/var/demo",
        "PORTALE_INDIRIZZO": "http://127.0.0.1:8123",
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }


def test_chi_azzera_una_demo_in_corso_viene_fermato(banco: Path) -> None:
    (portale.DEMO / "portale.db").write_text("dati")
    with portale.lucchetto("demo.lock", esclusivo=False):
        with pytest.raises(portale.Impedimento, match="Una prova è in corso"):
            portale.azzera_demo()
        assert (portale.DEMO / "portale.db").read_text() == "dati"
    portale.azzera_demo()
    assert not portale.DEMO.exists()


def test_se_un_processo_muore_dice_quale_e_perche(banco: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figli = portale.Figli(os.environ)
    figli.avvia("worker", "muore")
    figli.processi["worker"].wait(20)
    with pytest.raises(portale.Impedimento):
        figli.controlla()
    assert capsys.readouterr().err == ("\nIl processo «worker» si è fermato da solo (codice 1).\n  non trovo la base dati\n")


def test_chi_non_ascolta_viene_ucciso_con_i_suoi_figli(banco: Path) -> None:
    figli = portale.Figli(os.environ)
    figli.avvia("server", "sordo")
    figli.avvia("worker", "docile")
    attendi(lambda: (banco / "nipote").exists() and (banco / "nipote").read_text())
    attendi(lambda: (banco / "pronto-sordo").exists() and (banco / "pronto-docile").exists())
    figli.ferma(0.3)
    codici = {nome: processo.returncode for nome, processo in figli.processi.items()}
    assert codici == {"server": -signal.SIGKILL, "worker": -signal.SIGTERM}
    nipote = Path("/proc", (banco / "nipote").read_text(), "stat")
    attendi(lambda: not nipote.exists() or nipote.read_text().split()[2] == "Z")


# The tests


@pytest.mark.parametrize(
    ("ambiente", "browser", "atteso"),
    [
        ({}, "", {}),
        ({}, "/c", {"PORTALE_CHROMIUM": "/c"}),
        (
            {"CI": "true"},
            "/c",
            {"CI": "true", "PORTALE_CHROMIUM": "/c", "PORTALE_REQUIRE": "browser,postgres"},
        ),
        ({"CI": "true", "PORTALE_REQUIRE": "browser"}, "", {"CI": "true", "PORTALE_REQUIRE": "browser"}),
    ],
)
def test_ambiente_di_pytest(ambiente: dict[str, str], browser: str, atteso: dict[str, str]) -> None:
    assert portale.ambiente_prove(ambiente, browser) == atteso


@pytest.mark.parametrize(
    ("indicato", "sulla_macchina", "atteso"),
    [
        ("/mio/chromium", {"/mio/chromium", "chromium"}, "/mio/chromium"),
        ("", {"chromium", "google-chrome"}, "chromium"),
        ("", {"chromium", "chromium-headless-shell"}, "chromium-headless-shell"),
        ("", {"google-chrome"}, "google-chrome"),
        ("", set(), None),
    ],
)
def test_catena_del_browser(indicato: str, sulla_macchina: set[str], atteso: str | None) -> None:
    ambiente = {"PORTALE_CHROMIUM": indicato}
    assert chromium.presente(ambiente, lambda nome: nome if nome in sulla_macchina else None) == atteso


def test_un_browser_indicato_male_non_si_sostituisce() -> None:
    with pytest.raises(chromium.NonRiuscito, match="«/non/c'è»"):
        chromium.presente({"PORTALE_CHROMIUM": "/non/c'è"}, {"chromium": "/usr/bin/chromium"}.get)


@pytest.mark.parametrize(
    ("ambiente", "atteso"),
    [
        ({}, False),
        ({"CI": "true"}, True),
        ({"CI": "false"}, False),
        ({"PORTALE_REQUIRE": "browser"}, True),
        ({"PORTALE_REQUIRE": "postgres, browser"}, True),
        ({"PORTALE_REQUIRE": "postgres"}, False),
    ],
)
def test_quando_un_servizio_e_necessario(ambiente: dict[str, str], atteso: bool) -> None:
    assert salti.necessario("browser", ambiente) is atteso


def esito_di(cosa: str, perche: str) -> tuple[type[BaseException], str]:
    """A skip is an exception too: left alone, it would skip the very test that checks for it."""
    try:
        salti.manca(cosa, perche)
    except (pytest.skip.Exception, pytest.fail.Exception) as errore:
        return type(errore), str(errore)


def test_un_servizio_che_manca_salta_qui_e_fallisce_dove_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("PORTALE_REQUIRE", "postgres")
    assert esito_di("browser", "non c’è") == (pytest.skip.Exception, "servizio mancante: browser (non c’è)")
    assert esito_di("postgres", "giù") == (pytest.fail.Exception, "servizio mancante: postgres (giù)")


def test_il_riquadro_conta_solo_i_servizi() -> None:
    motivi = [
        "Skipped: servizio mancante: browser (x)",
        "Skipped: solo su Windows",
        "servizio mancante: browser (x)",
    ]
    assert salti.servizi_mancanti(motivi) == {"browser (x)": 2}
