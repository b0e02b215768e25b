"""A letter down to the wire, against a real server: what arrives is what was written, and nobody can add to it."""

from __future__ import annotations

import email
from collections.abc import Iterator
from datetime import UTC, datetime
from email import policy
from pathlib import Path
from typing import Any

import pytest

from portal.config import Config
from portal.mail import PostaNonInviata, componi, spedizione
from portal.outbox import Messaggio
from tests.servizi.smtp import RIFIUTO_DEFINITIVO, RIFIUTO_TEMPORANEO, Cassetta, porta_libera, server_di_posta

QUANDO = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
DA = "portale@ambito.example"


def messaggio(**altro: Any) -> Messaggio:
    valori = {
        "id": 41,
        "destinatario": "maria@prova.example",
        "oggetto": "Perché è così: 1.234,56 €",
        "testo": "Sì.\nÈ così.",
    }
    return Messaggio(**{**valori, "creato_il": QUANDO, **altro})


@pytest.fixture(scope="module")
def servizio() -> Iterator[Cassetta]:
    with server_di_posta() as cassetta:
        yield cassetta


def config(porta: int, **altro: Any) -> Config:
    return Config(smtp=f"smtp://127.0.0.1:{porta}", posta_da=DA, **altro)


def arrivato(servizio: Cassetta, lettera: Messaggio) -> Any:
    gia = len(servizio.ricevuti)
    spedizione(config(servizio.porta))(lettera)
    return servizio.attendi(gia + 1)[gia]


def test_arriva_cio_che_e_stato_scritto(servizio: Cassetta) -> None:
    ricevuto = arrivato(servizio, messaggio())
    posta = ricevuto.messaggio
    assert (ricevuto.mittente, ricevuto.destinatari) == (DA, ("maria@prova.example",))
    assert (posta["From"], posta["To"], posta["Subject"]) == (DA, "maria@prova.example", "Perché è così: 1.234,56 €")
    assert posta["Date"].datetime == QUANDO
    assert posta["Message-ID"] == "<coprogetta.41@ambito.example>"
    assert posta["Auto-Submitted"] == "auto-generated"
    assert posta.get_content_type() == "text/plain"
    assert posta.get_content().splitlines() == ["Sì.", "È così."]


def test_una_seconda_spedizione_si_riconosce(servizio: Cassetta) -> None:
    prime = [arrivato(servizio, messaggio()).messaggio["Message-ID"] for _volta in range(2)]
    assert prime[0] == prime[1]
    assert arrivato(servizio, messaggio(id=42)).messaggio["Message-ID"] != prime[0]


@pytest.mark.parametrize(
    "testo",
    ["x" * 5000, ".\n..\n...riga\n", "riga\r\nriga", "\n".join("à" * 300 for _ in range(50)), "<b>non è HTML</b> & altro"],
)
def test_un_testo_qualunque_arriva_intero(servizio: Cassetta, testo: str) -> None:
    posta = arrivato(servizio, messaggio(testo=testo)).messaggio
    assert posta.get_content().splitlines() == testo.splitlines()


@pytest.mark.parametrize("campo", ["oggetto", "destinatario"])
@pytest.mark.parametrize("a_capo", ["\r\n", "\n", "\r"])
def test_non_si_aggiungono_intestazioni(servizio: Cassetta, campo: str, a_capo: str) -> None:
    """Whatever the row holds: the outbox drops line ends from subjects, this is the second door."""
    gia = len(servizio.ricevuti)
    cattiva = messaggio(**{campo: f"a@prova.example{a_capo}Bcc: tutti@prova.example"})
    with pytest.raises(ValueError, match="(?i)linefeed|newline|invalid"):
        spedizione(config(servizio.porta))(cattiva)
    assert len(servizio.ricevuti) == gia


def test_un_oggetto_lungo_si_ripiega_e_torna_intero(servizio: Cassetta) -> None:
    oggetto = ("parola è " * 33).strip()
    assert arrivato(servizio, messaggio(oggetto=oggetto)).messaggio["Subject"] == oggetto


@pytest.mark.parametrize(
    ("risposta", "motivo"),
    [
        (RIFIUTO_TEMPORANEO, "il server di posta risponde 451"),
        (RIFIUTO_DEFINITIVO, "il server di posta risponde 550"),
    ],
)
def test_un_rifiuto_dice_il_codice_e_non_l_indirizzo(servizio: Cassetta, risposta: str, motivo: str) -> None:
    servizio.rifiuta(1, risposta)
    with pytest.raises(PostaNonInviata, match=f"^{motivo}$"):
        spedizione(config(servizio.porta))(messaggio())


def test_un_server_che_non_c_e() -> None:
    with pytest.raises(PostaNonInviata, match="^ConnectionRefusedError$"):
        spedizione(config(porta_libera()))(messaggio())


@pytest.mark.parametrize("indirizzo", ["è@prova.example", "due a@prova.example", "senza-chiocciola", "a@b@c"])
def test_un_indirizzo_impossibile_non_ferma_nessuno(servizio: Cassetta, indirizzo: str) -> None:
    """Refused here or by the server: in either case the letter says so and the next one leaves."""
    gia = len(servizio.ricevuti)
    try:
        spedizione(config(servizio.porta))(messaggio(destinatario=indirizzo))
    except (PostaNonInviata, ValueError):
        assert len(servizio.ricevuti) == gia
    arrivato(servizio, messaggio())


def test_senza_server_le_lettere_sono_file(tmp_path: Path) -> None:
    spedizione(Config(dati=tmp_path, posta_da=DA))(messaggio())
    [file] = (tmp_path / "posta").iterdir()
    assert file.name.endswith("-000041.eml")
    letta = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    assert letta["Subject"] == "Perché è così: 1.234,56 €"
    assert bytes(componi(messaggio(), DA)) == file.read_bytes()
