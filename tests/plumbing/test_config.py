"""Settings from the environment: production starts whole or not at all, and says what is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal.config import Config, ConfigurazioneErrata, dall_ambiente

COMPLETA = {
    "PORTALE_AMBIENTE": "produzione",
    "SECRET_KEY": "k" * 32,
    "DATABASE_URL": "postgresql://portale@db/portale",
    "PORTALE_DATI": "/var/lib/portale",
    "PORTALE_INDIRIZZO": "https://portale.example/",
    "SMTP_URL": "smtps://utente:segreto@posta.example",
}


def test_in_produzione_c_e_tutto() -> None:
    config = dall_ambiente({**COMPLETA, "PORTALE_PROXY": "1", "POSTA_DA": "portale@portale.example"})
    assert config == Config(
        ambiente="produzione",
        segreto="k" * 32,
        database="postgresql://portale@db/portale",
        dati=Path("/var/lib/portale"),
        indirizzo="https://portale.example",
        smtp="smtps://utente:segreto@posta.example",
        posta_da="portale@portale.example",
        proxy=1,
    )
    assert config.https
    assert not config.demo


@pytest.mark.parametrize("nome", ["SECRET_KEY", "DATABASE_URL", "PORTALE_DATI", "PORTALE_INDIRIZZO", "SMTP_URL"])
@pytest.mark.parametrize("valore", [None, ""])
def test_in_produzione_non_si_parte_se_manca_qualcosa(nome: str, valore: str | None) -> None:
    variabili = {k: v for k, v in {**COMPLETA, nome: valore}.items() if v is not None}
    with pytest.raises(ConfigurazioneErrata, match=f"^in produzione mancano: {nome}$"):
        dall_ambiente(variabili)


@pytest.mark.parametrize(
    ("nome", "valore", "detto"),
    [
        ("SECRET_KEY", "k" * 31, "SECRET_KEY è troppo corta"),
        ("PORTALE_INDIRIZZO", "http://portale.example", "deve iniziare con https://"),
        ("PORTALE_AMBIENTE", "prod", "PORTALE_AMBIENTE deve essere uno di: produzione, demo, sviluppo, prova"),
        ("PORTALE_PROXY", "uno", "PORTALE_PROXY deve essere un numero: 'uno'"),
        ("PORTALE_PROXY", "-1", "PORTALE_PROXY deve essere un numero: '-1'"),
    ],
)
def test_un_valore_senza_senso_si_nomina(nome: str, valore: str, detto: str) -> None:
    with pytest.raises(ConfigurazioneErrata, match=detto):
        dall_ambiente({**COMPLETA, nome: valore})


def test_senza_niente_si_sviluppa_con_un_segreto_nuovo() -> None:
    prima, seconda = dall_ambiente({}), dall_ambiente({})
    assert prima.ambiente == "sviluppo"
    assert len(prima.segreto) == 64
    assert prima.segreto != seconda.segreto
    assert prima.proxy == 0


def test_i_segreti_non_si_leggono_nei_registri() -> None:
    scritto = repr(dall_ambiente(COMPLETA))
    assert COMPLETA["SECRET_KEY"] not in scritto
    assert "segreto@" not in scritto


@pytest.mark.parametrize(
    ("indirizzo", "biscotto", "sicuro"),
    [("https://portale.example", "__Host-portale", True), ("http://127.0.0.1:8000", "portale", False)],
)
def test_il_biscotto_e_chiuso_quanto_si_puo(indirizzo: str, biscotto: str, sicuro: bool) -> None:
    valori = Config(indirizzo=indirizzo).per_flask()
    assert valori["SESSION_COOKIE_NAME"] == biscotto
    assert valori["SESSION_COOKIE_SECURE"] == sicuro
    assert valori["SESSION_COOKIE_HTTPONLY"]
    assert valori["SESSION_COOKIE_SAMESITE"] == "Lax"


def test_il_comando_dice_che_cosa_manca_e_basta() -> None:
    ambiente = {"PATH": os.environ["PATH"], "PORTALE_AMBIENTE": "produzione"}
    radice = Path(__file__).resolve().parents[2]
    esito = subprocess.run(
        [sys.executable, "-m", "portal", "worker", "--una-volta"],
        cwd=radice,
        env=ambiente,
        capture_output=True,
        text=True,
        check=False,
    )
    mancanti = "SECRET_KEY, DATABASE_URL, PORTALE_DATI, PORTALE_INDIRIZZO, SMTP_URL"
    assert (esito.returncode, esito.stdout, esito.stderr) == (2, "", f"Configurazione: in produzione mancano: {mancanti}\n")
