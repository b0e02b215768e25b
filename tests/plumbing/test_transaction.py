"""The only commit: whole below 400, nothing otherwise, and before any page of error is drawn."""

from __future__ import annotations

from typing import Any

import pytest
from flask import abort, redirect, render_template_string
from sqlalchemy import select

from portal import audit, outbox
from portal.access import public
from portal.audit.models import Evento
from portal.db import SCRIVE, sessione
from portal.errors import ErroreDominio
from portal.outbox import Messaggio
from portal.transaction import unita
from portal.web import gestisce_transazione


class Guasto(Exception):
    pass


def scrivi() -> None:
    """A letter and its event: both are saved, or neither."""
    outbox.accoda(a=["a@prova.example"], oggetto="Prova", testo="Testo")
    audit.registra("prova.scrivi", Messaggio(), attore=None)


def salvati() -> tuple[int, int]:
    sessione.remove()
    quanti = len(sessione.scalars(select(Messaggio.id)).all()), len(sessione.scalars(select(Evento.id)).all())
    sessione.remove()
    return quanti


def rispondi(esito: str) -> Any:
    if esito.isdigit():
        return "fatto", int(esito), {"Content-Type": "text/plain"}
    if esito == "vai":
        return redirect("/accedi", 303)
    if esito == "abort":
        abort(409)
    if esito == "dominio":
        raise ErroreDominio("No.")
    raise Guasto("dettaglio")


@pytest.fixture
def browser(bottega: Any) -> Any:
    def vista(esito: str) -> Any:
        scrivi()
        return rispondi(esito)

    for nome, opzioni in {
        "": {"methods": ["GET", "POST"]},
        "put/": {"methods": ["PUT"]},
    }.items():
        bottega.area.route(f"/{nome}<esito>", endpoint=f"vista{nome}".strip("/"), **opzioni)(public(vista))
    browser = bottega.apri_senza_csrf()
    with bottega.app.app_context():
        yield browser


ESITI = {"400": 400, "422": 422, "500": 500, "abort": 409, "dominio": 400, "guasto": 500, "200": 200, "201": 201, "vai": 303}


def test_si_salva_solo_una_risposta_buona(browser: Any) -> None:
    """One after the other, so that what is refused must not come out with the next either."""
    visti = {}
    for esito in ESITI:
        prima = salvati()
        stato = browser.post(f"/prova/{esito}").status_code
        visti[esito] = (stato, salvati() == (prima[0] + 1, prima[1] + 1), salvati() == prima)
    assert visti == {esito: (stato, stato < 400, stato >= 400) for esito, stato in ESITI.items()}


def test_una_get_non_scrive_mai(browser: Any) -> None:
    assert {esito: browser.get(f"/prova/{esito}").status_code for esito in ESITI} == ESITI
    assert salvati() == (0, 0)


def test_vale_per_ogni_metodo_che_non_e_una_lettura(browser: Any) -> None:
    assert [browser.put(f"/prova/put/{esito}").status_code for esito in ("422", "200")] == [422, 200]
    assert salvati() == (1, 1)


def test_la_pagina_di_errore_si_disegna_dopo_il_ritorno_indietro(bottega: Any) -> None:
    """An error page that reads the database sees it without the half-change."""

    @bottega.area.post("/")
    @public
    def vista() -> Any:
        scrivi()
        sessione.flush()
        raise Guasto

    @bottega.app.errorhandler(Guasto)
    def conta(_errore: Guasto) -> Any:
        return str(len(sessione.scalars(select(Messaggio.id)).all())), 500, {"Content-Type": "text/plain"}

    risposta = bottega.apri_senza_csrf().post("/prova/")
    assert (risposta.status_code, risposta.text) == (500, "0")


def test_una_vista_con_lavoro_lento_apre_la_sua_transazione_da_se(bottega: Any) -> None:
    dentro = []

    @bottega.area.post("/")
    @public
    @gestisce_transazione
    def vista() -> Any:
        dentro.append(SCRIVE.get())
        with unita():
            dentro.append(SCRIVE.get())
            scrivi()
        return render_template_string("fatto"), 500, {"Content-Type": "text/plain"}

    browser = bottega.apri_senza_csrf()
    with bottega.app.app_context():
        browser.post("/prova/")
        assert dentro == [False, True]
        assert salvati() == (1, 1), "di ciò che ha salvato risponde la vista"


def test_un_unita_salva_tutto_o_niente(app_vera: Any) -> None:
    with app_vera.app_context():
        with pytest.raises(Guasto), unita():
            scrivi()
            raise Guasto
        assert salvati() == (0, 0)
        with unita():
            scrivi()
        assert salvati() == (1, 1)


def test_leggere_prima_non_blocca_la_scrittura_dopo(app_vera: Any) -> None:
    """Who is logged in is read before the transaction: on SQLite a reader may not become a writer."""
    with app_vera.app_context():
        assert sessione.scalars(select(Messaggio)).all() == []
        with unita():
            scrivi()
        assert salvati() == (1, 1)


def test_scrivere_fuori_da_un_unita_si_scopre_alla_prima_che_si_apre(app_vera: Any) -> None:
    with app_vera.app_context():
        sessione.scalars(select(Messaggio)).all()
        scrivi()
        with pytest.raises(RuntimeError, match="scritture in sospeso"), unita():
            pass
        assert salvati() == (0, 0)
