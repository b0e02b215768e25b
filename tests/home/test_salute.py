"""/salute answers 503 when something the portal needs is not there, and tells no secrets."""

from __future__ import annotations

from datetime import timedelta

from portal import outbox
from portal.clocks import adesso
from portal.db import sessione
from portal.outbox import Messaggio
from tests.guida.costruttori import scrivendo


def test_tutto_bene(app, cliente):
    risposta = cliente.get("/salute").risposta
    assert (risposta.status_code, risposta.json) == (
        200,
        {"stato": "bene", "database": True, "deposito": True, "coda_secondi": 0},
    )
    assert risposta.headers["Cache-Control"] == "no-store"


def test_dice_da_quanto_aspetta_la_posta(app, cliente):
    with scrivendo(app):
        outbox.accoda(a=["a@prova.example"], oggetto="o", testo="t")
        sessione.flush()
        for messaggio in sessione.query(Messaggio):
            messaggio.creato_il = adesso() - timedelta(minutes=10)
    assert 600 <= cliente.get("/salute").risposta.json["coda_secondi"] < 660


def test_senza_database_risponde_503(app_vera):
    app_vera.extensions["motore"].dispose()
    sessione.remove()
    sessione.configure(bind=_motore_rotto())
    risposta = app_vera.test_client().get("/salute")
    assert risposta.status_code == 503
    assert (risposta.json["stato"], risposta.json["database"], risposta.json["deposito"]) == ("male", False, True)
    assert "segreto" not in risposta.get_data(as_text=True)


def _motore_rotto():
    from sqlalchemy import create_engine

    return create_engine("sqlite:////non/esiste/segreto.db")


def test_senza_deposito_risponde_503(app, cliente):
    radice = app.config["PORTALE"].dati
    vecchio = app.extensions["deposito"]
    try:
        from portal.storage import DepositoCartella

        (radice / "un-file").write_text("non sono una cartella")
        app.extensions["deposito"] = DepositoCartella(radice / "un-file")
        risposta = cliente.get("/salute").risposta
    finally:
        app.extensions["deposito"] = vecchio
    assert (risposta.status_code, risposta.json["deposito"], risposta.json["database"]) == (503, False, True)
