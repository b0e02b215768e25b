"""Logs: one JSON object a line, and nothing in it that names a person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from portal import logs
from portal.clocks import adesso
from portal.db import sessione
from portal.logs import VIETATI, log
from portal.utenti.models import Utente


@pytest.fixture
def righe(capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    """``righe()``: what was logged, decoded. The logs of the suite are put back afterwards."""
    prima = structlog.get_config()
    logs.configura()
    yield lambda: [json.loads(riga) for riga in capsys.readouterr().err.splitlines()]
    structlog.configure(**prima)


def test_una_riga_per_evento(righe: Any) -> None:
    log.info("avviso_pubblicato", avviso=7, stato="pubblicato", motivo="perché sì")
    log.debug("troppo")
    log.warning("altro")
    prima, seconda = righe()
    assert prima.pop("timestamp").endswith("Z")
    assert prima == {
        "event": "avviso_pubblicato",
        "level": "info",
        "avviso": 7,
        "stato": "pubblicato",
        "motivo": "perché sì",
    }
    assert seconda["level"] == "warning"


@pytest.mark.parametrize("chiave", sorted(VIETATI))
def test_i_dati_di_una_persona_si_omettono(righe: Any, chiave: str) -> None:
    log.error("x", utente=3, **{chiave: "maria@prova.example"})
    [riga] = righe()
    assert riga[chiave] == "[omesso]"
    assert riga["utente"] == 3
    assert "maria" not in str(riga)


def test_di_un_eccezione_restano_le_classi_e_i_luoghi_non_i_messaggi(righe: Any) -> None:
    try:
        try:
            raise KeyError("maria@prova.example")
        except KeyError as causa:
            raise ValueError("valore: maria@prova.example") from causa
    except ValueError as errore:
        log.error("x", exc_info=errore)
    [riga] = righe()
    classi = [r for r in riga["exception"].splitlines() if not r.startswith(" ")]
    assert classi == ["builtins.KeyError", "builtins.ValueError"]
    assert "test_logs.py:" in riga["exception"]
    assert "maria" not in str(riga)


def test_un_rifiuto_della_base_dati_non_scrive_i_valori_rifiutati(righe: Any, contesto: Any) -> None:
    """Both databases put the values, or the parameters, in the message of the error."""
    riga_doppia = insert(Utente).values(email="maria@prova.example", nome="Maria", attivo=True, creato_il=adesso())
    sessione.execute(riga_doppia)
    with pytest.raises(IntegrityError) as errore, sessione.begin_nested():
        sessione.execute(riga_doppia)
    assert "maria" in str(errore.value)
    log.error("errore_imprevisto", exc_info=errore.value)
    [riga] = righe()
    assert "sqlalchemy.exc.IntegrityError" in riga["exception"]
    assert "maria" not in str(riga).lower()


def test_chi_sviluppa_vede_anche_i_messaggi(righe: Any) -> None:
    logs.configura(messaggi=True)
    log.error("x", exc_info=ValueError("inventato"))
    [riga] = righe()
    assert "ValueError: inventato" in riga["exception"]
