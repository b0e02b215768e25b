"""Letters are rows of the act that causes them: saved with it or not at all, claimed by one, kept for ever."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal import outbox
from portal.clocks import adesso, alle
from portal.db import sessione
from portal.outbox import MASSIMO_TENTATIVI, Messaggio
from portal.transaction import unita
from tests import fabbrica


def accoda(*a: str, oggetto: str = "Oggetto", **altro: Any) -> None:
    outbox.accoda(a=a or ("a@prova.example",), oggetto=oggetto, testo="Testo\n\nè così.", **altro)


def tutti() -> list[Messaggio]:
    return list(sessione.scalars(select(Messaggio).order_by(Messaggio.id)))


def test_un_messaggio_per_indirizzo_e_nessuno_due_volte(contesto: Any) -> None:
    ambito = fabbrica.ambito("aa")
    accoda("a@prova.example", "b@prova.example", "a@prova.example", ambito_id=ambito.id, riferimento=ambito)
    messaggi = tutti()
    assert [m.destinatario for m in messaggi] == ["a@prova.example", "b@prova.example"]
    assert {(m.ambito_id, m.riferimento_tipo, m.riferimento_id) for m in messaggi} == {(ambito.id, "ambito", ambito.id)}
    assert {(m.tentativi, m.inviato_il, m.errore, m.trattenuto) for m in messaggi} == {(0, None, None, False)}


@pytest.mark.parametrize(
    ("scritto", "salvato"),
    [
        ("Esito\r\nBcc: tutti@prova.example", "Esito Bcc: tutti@prova.example"),
        ("Esito\n\n\nX: y", "Esito X: y"),
        ("a\u2028b\u0085c\x0bd", "a b c d"),
        ("  Perché   no?  ", "Perché no?"),
        ("è" * 400, "è" * 300),
    ],
)
def test_l_oggetto_e_una_riga_sola(contesto: Any, scritto: str, salvato: str) -> None:
    accoda(oggetto=scritto)
    assert tutti()[0].oggetto == salvato


def test_chi_torna_indietro_non_scrive_a_nessuno(app_vera: Any) -> None:
    with app_vera.app_context():
        with pytest.raises(ZeroDivisionError), unita():
            accoda("perso@prova.example")
            raise ZeroDivisionError
        with unita():
            accoda("vero@prova.example")
        assert [m.destinatario for m in tutti()] == ["vero@prova.example"]
        sessione.remove()


def test_si_prende_il_piu_vecchio_e_una_volta_sola(contesto: Any) -> None:
    ora = adesso()
    for minuti, chi in ((1, "b@prova.example"), (2, "a@prova.example"), (-1, "futuro@prova.example")):
        with alle(ora - timedelta(minutes=minuti)):
            accoda(chi)
    with alle(ora):
        presi = [outbox.prendi() for _volta in range(3)]
    assert [m and m.destinatario for m in presi] == ["a@prova.example", "b@prova.example", None]
    assert [m.tentativi for m in presi if m] == [1, 1]


def test_chi_muore_mentre_spedisce_lascia_il_messaggio_agli_altri(contesto: Any) -> None:
    ora = adesso()
    with alle(ora):
        accoda()
        assert outbox.prendi() is not None
    with alle(ora + timedelta(minutes=4, seconds=59)):
        assert outbox.prendi() is None
    with alle(ora + timedelta(minutes=5)):
        ripreso = outbox.prendi()
        assert ripreso is not None
        assert ripreso.tentativi == 2


def test_un_messaggio_trattenuto_aspetta_una_persona(contesto: Any) -> None:
    accoda(trattenuto=True)
    assert outbox.prendi() is None
    assert outbox.eta_coda() == 0.0
    tutti()[0].trattenuto = False
    sessione.flush()
    assert outbox.prendi() is not None


@pytest.mark.parametrize(
    ("tentativi", "minuti"), [(0, 1), (1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 32), (7, 64), (8, 120), (50, 120)]
)
def test_si_riprova_sempre_piu_tardi(tentativi: int, minuti: int) -> None:
    assert outbox.attesa_dopo(tentativi) == timedelta(minutes=minuti)


def test_dopo_tanti_tentativi_resta_da_guardare_e_non_si_perde(contesto: Any) -> None:
    accoda()
    ora, attese = adesso(), []
    for _volta in range(MASSIMO_TENTATIVI):
        with alle(ora):
            preso = outbox.prendi()
            assert preso is not None
            outbox.fallito(preso, "il server di posta risponde 451")
            attese.append(preso.prossimo_il - ora)
            ora = preso.prossimo_il
    assert attese == [timedelta(minutes=m) for m in (1, 2, 4, 8, 16, 32, 64, 120)]
    with alle(ora + timedelta(days=365)):
        assert outbox.prendi() is None
        assert outbox.eta_coda() == 0.0, "non aspetta più il worker, ma una persona"
    [resta] = tutti()
    assert (resta.tentativi, resta.inviato_il, resta.errore) == (8, None, "il server di posta risponde 451")


def test_una_volta_spedito_resta_in_archivio_senza_errore(contesto: Any) -> None:
    ora = adesso()
    with alle(ora):
        accoda()
        preso = outbox.prendi()
        assert preso is not None
        outbox.fallito(preso, "TimeoutError")
        outbox.spedito(preso)
        sessione.flush()
    with alle(ora + timedelta(days=1)):
        assert outbox.prendi() is None
    assert (tutti()[0].inviato_il, tutti()[0].errore) == (ora, None)


def test_spedito_e_con_un_errore_non_si_puo(contesto: Any) -> None:
    accoda()
    with pytest.raises(IntegrityError), sessione.begin_nested():
        tutti()[0].inviato_il, tutti()[0].errore = adesso(), "boh"


def test_quanto_e_vecchia_la_coda(contesto: Any) -> None:
    ora = adesso()
    assert outbox.eta_coda() == 0.0
    for secondi in (10, 90):
        with alle(ora - timedelta(seconds=secondi)):
            accoda()
    with alle(ora):
        assert outbox.eta_coda() == 90.0


def test_in_tanti_non_prendono_mai_lo_stesso(app_vera: Any) -> None:
    with app_vera.app_context(), unita():
        accoda(*[f"p{n}@prova.example" for n in range(12)])
    presi: list[int] = []
    errori: list[BaseException] = []

    def prendi() -> None:
        try:
            with app_vera.app_context():
                while True:
                    with unita():
                        preso = outbox.prendi()
                    if preso is None:
                        break
                    presi.append(preso.id)
        except BaseException as errore:
            errori.append(errore)
        finally:
            sessione.remove()

    fili = [threading.Thread(target=prendi) for _ in range(4)]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join()
    assert errori == []
    assert len(presi) == len(set(presi)) == 12
