"""Long work survives whoever does it: one worker at a time, from where the last one stopped, and an end even to failure."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal import jobs, outbox
from portal.clocks import adesso, alle
from portal.db import sessione
from portal.jobs import AFFITTO, MASSIMO_TENTATIVI, Lavoro, StatoLavoro, avanza, esegui, prendi
from portal.outbox import Messaggio
from portal.transaction import unita
from tests import fabbrica


@pytest.fixture
def app(app_vera: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(jobs, "_lavori", {})
    with app_vera.app_context():
        yield app_vera


def accoda(funzione: Callable[..., None], **argomenti: Any) -> int:
    jobs.lavoro("prova")(funzione)
    with unita():
        riga = jobs.accoda("prova", **argomenti)
    return riga.id


def stato(lavoro_id: int) -> tuple[str, int, int, str | None]:
    sessione.remove()
    riga = sessione.get_one(Lavoro, lavoro_id)
    sessione.remove()
    return riga.stato.value, riga.fatto, riga.tentativi, riga.errore


def passo(dopo: timedelta = timedelta(0)) -> bool | None:
    """One look at the queue, as the worker does; None when there was nothing."""
    with alle(adesso() + dopo):
        preso = prendi()
        fatto = esegui(preso) if preso is not None else None
    sessione.remove()
    return fatto


def scrivi_fino(lavoro_id: int, fino: int, muori_a: int | None = None) -> None:
    """Write one letter at a time, each saved with the progress that tells of it."""
    riga = sessione.get_one(Lavoro, lavoro_id)
    for n in range(riga.fatto, fino):
        if n == muori_a:
            raise Morto
        with unita():
            outbox.accoda(a=[f"p{n}@prova.example"], oggetto="o", testo="t")
            avanza(sessione.get_one(Lavoro, lavoro_id), n + 1, totale=fino)


class Morto(BaseException):
    """As a process killed."""


def scritte() -> list[str]:
    trovate = sessione.scalars(select(Messaggio.destinatario).order_by(Messaggio.id)).all()
    sessione.remove()
    return [d.partition("@")[0] for d in trovate]


def test_un_lavoro_riceve_i_suoi_argomenti_e_finisce(app: Any) -> None:
    ricevuti: list[Any] = []
    lavoro = accoda(lambda i, **a: ricevuti.append((i, a)), anno=2026, parola="è", ids=[1, 2])
    assert stato(lavoro) == ("in_coda", 0, 0, None)
    assert passo() is True
    assert ricevuti == [(lavoro, {"anno": 2026, "parola": "è", "ids": [1, 2]})]
    assert stato(lavoro) == ("finito", 0, 1, None)
    assert passo() is None


def test_un_lavoro_sconosciuto_non_entra_in_coda(app: Any) -> None:
    with pytest.raises(KeyError, match="lavoro sconosciuto: boh"):
        jobs.accoda("boh")


def test_chi_torna_indietro_non_accoda(app: Any) -> None:
    jobs.lavoro("prova")(lambda _i: None)
    with pytest.raises(ZeroDivisionError), unita():
        jobs.accoda("prova")
        raise ZeroDivisionError
    assert passo() is None


def test_l_avanzamento_si_vede_e_rinnova_il_tempo(app: Any) -> None:
    lavoro = accoda(scrivi_fino, fino=3)
    ora = adesso()
    with alle(ora):
        preso = prendi()
    assert preso == lavoro
    with alle(ora + timedelta(minutes=4)):
        assert esegui(lavoro) is True
    riga = sessione.get_one(Lavoro, lavoro)
    assert (riga.fatto, riga.totale, riga.affitto_fino) == (3, 3, ora + timedelta(minutes=4) + AFFITTO)


def test_chi_muore_a_meta_lascia_il_lavoro_da_dove_era(app: Any) -> None:
    lavoro = accoda(scrivi_fino, fino=5, muori_a=3)
    with pytest.raises(Morto):
        passo()
    assert (stato(lavoro), scritte()) == (("in_corso", 3, 1, None), ["p0", "p1", "p2"])
    jobs.lavoro("prova")(lambda i, fino, muori_a: scrivi_fino(i, fino))
    assert passo(AFFITTO - timedelta(seconds=2)) is None, "il suo tempo non è finito"
    assert passo(AFFITTO + timedelta(seconds=1)) is True
    assert (stato(lavoro), scritte()) == (("finito", 5, 2, None), ["p0", "p1", "p2", "p3", "p4"])


def fallisce(_lavoro_id: int) -> None:
    outbox.accoda(a=["mezza@prova.example"], oggetto="o", testo="t")
    raise ZeroDivisionError("dettaglio")


def test_un_lavoro_che_fallisce_si_riprova_e_poi_si_arrende(app: Any) -> None:
    lavoro = accoda(fallisce)
    for volta in range(1, MASSIMO_TENTATIVI + 1):
        assert passo(volta * (AFFITTO + timedelta(seconds=1))) is False
        atteso = "fallito" if volta == MASSIMO_TENTATIVI else "in_corso"
        assert stato(lavoro) == (atteso, 0, volta, "ZeroDivisionError")
    assert passo(timedelta(days=1)) is None
    assert scritte() == [], "di ciò che ha lasciato a metà non resta niente"


def test_se_poi_riesce_l_errore_si_dimentica(app: Any) -> None:
    lavoro = accoda(fallisce)
    assert passo() is False
    jobs.lavoro("prova")(lambda _i: None)
    assert passo(AFFITTO + timedelta(seconds=1)) is True
    assert stato(lavoro) == ("finito", 0, 2, None)


def test_un_lavoro_che_uccide_chi_lo_fa_finisce_fra_i_falliti(app: Any) -> None:
    """Nobody is left to say that it failed: the next look at the queue does."""
    lavoro = accoda(scrivi_fino, fino=5, muori_a=0)
    for volta in range(1, MASSIMO_TENTATIVI + 1):
        with pytest.raises(Morto):
            passo(volta * (AFFITTO + timedelta(seconds=1)))
        assert stato(lavoro)[0] == "in_corso"
    assert passo(timedelta(days=1)) is None
    assert stato(lavoro) == ("fallito", 0, MASSIMO_TENTATIVI, "interrotto")


def test_un_lavoro_il_cui_codice_non_c_e_piu_fallisce_senza_fermare_gli_altri(app: Any) -> None:
    vecchio = accoda(lambda _i: None)
    jobs._lavori.clear()
    assert passo() is False
    assert stato(vecchio) == ("in_corso", 0, 1, "KeyError")
    nuovo = accoda(lambda _i: None)
    assert passo() is True
    assert stato(nuovo)[0] == "finito"


def test_piu_worker_non_fanno_lo_stesso_lavoro(app: Any) -> None:
    fatti: list[int] = []
    ids = [accoda(lambda i: fatti.append(i)) for _volta in range(10)]
    errori: list[BaseException] = []

    def lavora() -> None:
        try:
            with app.app_context():
                while (preso := prendi()) is not None:
                    esegui(preso)
        except BaseException as errore:
            errori.append(errore)
        finally:
            sessione.remove()

    fili = [threading.Thread(target=lavora) for _ in range(3)]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join()
    assert (errori, sorted(fatti)) == ([], ids)
    assert {stato(i)[:3] for i in ids} == {("finito", 0, 1)}


@pytest.mark.parametrize(("fatto", "totale"), [(-1, None), (4, 3)])
def test_un_avanzamento_impossibile_si_rifiuta(contesto: Any, fatto: int, totale: int | None) -> None:
    ora = adesso()
    riga = Lavoro(nome="x", argomenti="{}", stato=StatoLavoro.IN_CODA, creato_il=ora, affitto_fino=ora)
    fabbrica.salva(riga)
    with pytest.raises(IntegrityError), sessione.begin_nested():
        avanza(riga, fatto, totale)
