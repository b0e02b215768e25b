"""The register of operations: written with the act or not at all, in one chain, and nobody changes it unseen."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from portal import audit, tenancy
from portal.ambiti.models import Ambito, Comune
from portal.audit.models import Evento
from portal.audit.models import TestaCatena as CapoCatena
from portal.audit.queries import eventi, rotture, storia
from portal.audit.rules import Rottura
from portal.cli import cli
from portal.clocks import adesso, alle
from portal.db import sessione
from portal.transaction import unita
from tests import fabbrica

RADICE = Path(__file__).resolve().parents[2]


@pytest.fixture
def app(app_vera: Any) -> Any:
    with app_vera.app_context(), tenancy.tutti_gli_ambiti():
        yield app_vera


def nuovo_ambito(slug: str) -> Ambito:
    with unita():
        return fabbrica.ambito(slug, comuni=("Capofila",))


def scrivi(oggetto: Any, azione: str = "prova.fai", **altro: Any) -> None:
    with unita():
        audit.registra(azione, oggetto, attore=None, **altro)


def righe() -> list[tuple[int, int, str]]:
    trovate = sessione.execute(select(Evento.catena, Evento.numero, Evento.azione).order_by(Evento.id)).all()
    sessione.remove()
    return [tuple(r) for r in trovate]  # type: ignore[misc]


def test_una_riga_dice_chi_che_cosa_su_che_e_quando(app: Any) -> None:
    ambito, ora = nuovo_ambito("aa"), adesso()
    with unita():
        chi = fabbrica.utente()
    with alle(ora), unita():
        audit.registra("ambiti.rinomina", ambito, attore=chi, dettagli={"da": "a", "anno": 2026})
    [riga] = storia("ambito", ambito.id)
    assert (riga.numero, riga.quando, riga.attore_id, riga.azione) == (1, ora, chi.id, "ambiti.rinomina")
    assert (riga.oggetto_tipo, riga.oggetto_id, riga.dettagli) == ("ambito", ambito.id, '{"anno":2026,"da":"a"}')
    assert eventi(0) == [riga]


def test_un_oggetto_appena_creato_ha_gia_il_suo_id_e_la_sua_catena(app: Any) -> None:
    ambito = nuovo_ambito("aa")
    with unita():
        comune = Comune(ambito_id=ambito.id, nome="Nuovo", capofila=False)
        audit.registra("ambiti.aggiungi", comune, attore=None)
        sessione.add(comune)
    [riga] = eventi(ambito.id)
    assert (riga.oggetto_tipo, riga.oggetto_id) == ("comune", comune.id)
    assert comune.id is not None


def test_ogni_ambito_ha_la_sua_catena_e_l_installazione_la_sua(app: Any) -> None:
    primo, secondo = nuovo_ambito("aa"), nuovo_ambito("bb")
    di_uno, di_altro = (sessione.scalars(select(Comune).where(Comune.ambito_id == a.id)).one() for a in (primo, secondo))
    with unita():
        for oggetto in (di_altro, di_uno, primo, di_altro):
            audit.registra("prova.fai", oggetto, attore=None)
    scrivi(di_uno)
    catene = [(c, n) for c, n, _azione in righe()]
    assert sorted(catene) == [(0, 1), (primo.id, 1), (primo.id, 2), (secondo.id, 1), (secondo.id, 2)]
    assert rotture() == []


def test_le_righe_seguono_l_ordine_delle_operazioni(app: Any) -> None:
    ambito = nuovo_ambito("aa")
    with unita():
        for azione in ("prova.uno", "prova.due", "prova.tre"):
            audit.registra(azione, ambito, attore=None)
    scrivi(ambito, "prova.quattro")
    assert [(n, a) for _c, n, a in righe()] == [(1, "prova.uno"), (2, "prova.due"), (3, "prova.tre"), (4, "prova.quattro")]
    assert [r.azione for r in eventi(0, limite=2)] == ["prova.quattro", "prova.tre"]
    assert [r.azione for r in eventi(0, prima_di=3)] == ["prova.due", "prova.uno"]


def test_chi_torna_indietro_non_lascia_traccia_ne_buchi(app: Any) -> None:
    ambito = nuovo_ambito("aa")
    scrivi(ambito, "prova.prima")
    for scrivi_prima in (lambda: None, lambda: fabbrica.utente()):
        with pytest.raises(ZeroDivisionError), unita():
            scrivi_prima()
            audit.registra("prova.mai", ambito, attore=None)
            raise ZeroDivisionError
    scrivi(ambito, "prova.dopo")
    assert righe() == [(0, 1, "prova.prima"), (0, 2, "prova.dopo")]
    assert rotture() == []


def test_un_punto_di_salvataggio_annullato_porta_via_solo_i_suoi_eventi(app: Any) -> None:
    """A race lost inside (a counter, a chain made by two at once) must not silence what was told before it."""
    ambito = nuovo_ambito("aa")
    with unita():
        audit.registra("prova.prima", ambito, attore=None)
        with pytest.raises(IntegrityError), sessione.begin_nested():
            audit.registra("prova.mai", ambito, attore=None)
            with sessione.begin_nested():
                audit.registra("prova.nemmeno", ambito, attore=None)
            sessione.add(Ambito(slug="aa", nome="doppio", capofila="x"))
        with sessione.begin_nested():
            audit.registra("prova.dentro", ambito, attore=None)
        audit.registra("prova.dopo", ambito, attore=None)
    assert [a for _c, _n, a in righe()] == ["prova.prima", "prova.dentro", "prova.dopo"]
    assert rotture() == []


def test_una_lettura_non_scrive_eventi(app: Any) -> None:
    ambito = nuovo_ambito("aa")
    audit.registra("prova.mai", ambito, attore=None)
    sessione.remove()
    scrivi(ambito)
    assert righe() == [(0, 1, "prova.fai")]


def test_tanti_insieme_fanno_una_catena_sola(app: Any) -> None:
    """From the very first row: the head of the chain too is made by whoever gets there first."""
    ambito = nuovo_ambito("aa")
    comuni = sessione.scalars(select(Comune)).all()
    sessione.remove()
    errori: list[BaseException] = []
    pronti = threading.Barrier(5)

    def lavora() -> None:
        try:
            pronti.wait(10)
            with app.app_context(), tenancy.tutti_gli_ambiti():
                for volta in range(4):
                    with unita():
                        for oggetto in (ambito, *comuni):
                            audit.registra(f"prova.{volta}", oggetto, attore=None)
        except BaseException as errore:
            errori.append(errore)
        finally:
            sessione.remove()

    fili = [threading.Thread(target=lavora) for _ in range(5)]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join()
    assert errori == []
    for catena in (0, ambito.id):
        assert [n for c, n, _a in righe() if c == catena] == list(range(1, 21))
    assert rotture() == []


@pytest.mark.parametrize("comando", ["UPDATE evento SET azione = 'altro'", "DELETE FROM evento"])
def test_la_base_dati_non_lascia_cambiare_ne_togliere(app: Any, comando: str) -> None:
    scrivi(nuovo_ambito("aa"))
    with pytest.raises(DatabaseError, match="registro di sole aggiunte"), unita():
        sessione.execute(text(comando))
    assert righe() == [(0, 1, "prova.fai")]


RIMPIAZZA = (
    "INSERT {come} INTO evento (id, catena, numero, quando, azione, oggetto_tipo, dettagli, precedente, impronta) "
    "SELECT {id}, catena, numero, quando, 'prova.mai', oggetto_tipo, dettagli, precedente, impronta FROM evento"
)


@pytest.mark.parametrize("id_", ["id", "id + 1"])
def test_una_riga_non_si_rimpiazza(app: Any, id_: str) -> None:
    """SQLite's REPLACE takes the old row away without the triggers of DELETE: it must find one of its own."""
    scrivi(nuovo_ambito("aa"))
    come = "OR REPLACE" if app.extensions["motore"].dialect.name == "sqlite" else ""
    with pytest.raises(DatabaseError), unita():
        sessione.execute(text(RIMPIAZZA.format(come=come, id=id_)))
    assert righe() == [(0, 1, "prova.fai")]


@pytest.fixture
def forza(app: Any) -> Callable[..., None]:
    """``forza(sql, …)``: as somebody who owns the database, with the triggers out of the way."""
    dialetto = app.extensions["motore"].dialect.name

    def esegui(*comandi: str) -> None:
        with app.extensions["motore"].begin() as connessione:
            if dialetto == "sqlite":
                for nome in ("evento_no_update", "evento_no_delete", "evento_no_replace"):
                    connessione.exec_driver_sql(f"DROP TRIGGER {nome}")
            else:
                connessione.exec_driver_sql("ALTER TABLE evento DISABLE TRIGGER ALL")
            for comando in comandi:
                connessione.exec_driver_sql(comando)

    return esegui


@pytest.fixture
def cinque(app: Any) -> int:
    """Five rows in the chain of an Ambito, three in the installation's; the id of the Ambito."""
    ambito = nuovo_ambito("aa")
    comune = sessione.scalars(select(Comune)).one()
    for n in range(5):
        scrivi(comune, dettagli={"n": n})
    for n in range(3):
        scrivi(ambito, dettagli={"n": n})
    assert rotture() == []
    sessione.remove()
    return ambito.id


MANI = {
    "cambia": (
        ["UPDATE evento SET dettagli = '{\"n\":9}' WHERE catena = {c} AND numero = 3"],
        3,
        "il contenuto è stato cambiato",
    ),
    "attore": (["UPDATE evento SET attore_id = 99 WHERE catena = {c} AND numero = 2"], 2, "il contenuto è stato cambiato"),
    "toglie": (["DELETE FROM evento WHERE catena = {c} AND numero = 2"], 2, "manca una riga"),
    "prima": (["DELETE FROM evento WHERE catena = {c} AND numero = 1"], 1, "manca una riga"),
    "coda": (["DELETE FROM evento WHERE catena = {c} AND numero > 3"], 4, "la catena finisce prima del dovuto"),
    "tutto": (["DELETE FROM evento WHERE catena = {c}"], 1, "la catena finisce prima del dovuto"),
    "testa": (["DELETE FROM evento_testa WHERE catena = {c}"], 1, "la riga viene dopo la fine dichiarata della catena"),
    "impronta": (
        ["UPDATE evento SET impronta = '" + "f" * 64 + "' WHERE catena = {c} AND numero = 4"],
        4,
        "il contenuto è stato cambiato",
    ),
    "richiude": (
        [
            "DELETE FROM evento WHERE catena = {c} AND numero = 2",
            "UPDATE evento SET numero = numero - 1 WHERE catena = {c} AND numero > 2",
        ],
        2,
        "non segue la riga precedente",
    ),
}


@pytest.mark.parametrize("mano", sorted(MANI))
def test_una_mano_si_trova_e_la_riga_si_nomina(app: Any, cinque: int, forza: Any, mano: str) -> None:
    comandi, numero, motivo = MANI[mano]
    forza(*(comando.replace("{c}", str(cinque)) for comando in comandi))
    assert rotture() == [Rottura(cinque, numero, motivo)]


def test_ogni_catena_rotta_si_dice(app: Any, cinque: int, forza: Any) -> None:
    forza("DELETE FROM evento WHERE numero = 2")
    assert rotture() == [Rottura(0, 2, "manca una riga"), Rottura(cinque, 2, "manca una riga")]


def test_chi_taglia_la_coda_e_tace_con_la_testa_lascia_il_numero(app: Any, cinque: int, forza: Any) -> None:
    """The chain has no secret: who owns the database may rewrite its end, and then only a copy kept elsewhere tells.

    What stays true is that later rows go on from there: the number and the fingerprint printed on what was given
    out (receipts, the page of the register) no longer match.
    """
    [ultima] = eventi(cinque, limite=1)
    forza(
        f"DELETE FROM evento WHERE catena = {cinque} AND numero = 5",
        "UPDATE evento_testa SET numero = 4, impronta = "
        f"(SELECT impronta FROM evento WHERE catena = {cinque} AND numero = 4)"
        f" WHERE catena = {cinque}",
    )
    sessione.remove()
    assert rotture() == []
    assert sessione.get_one(CapoCatena, cinque).numero < ultima.numero


def comando_verifica(app: Any) -> tuple[int, list[str]]:
    config = app.config["PORTALE"]
    ambiente = {
        "PATH": os.environ["PATH"],
        "PORTALE_AMBIENTE": "sviluppo",
        "DATABASE_URL": config.database,
        "PORTALE_DATI": str(config.dati),
    }
    comando = [sys.executable, "-m", "portal", "audit", "verifica"]
    esito = subprocess.run(comando, cwd=RADICE, env=ambiente, capture_output=True, text=True, check=False)
    assert esito.stderr == ""
    return esito.returncode, esito.stdout.splitlines()


def verifica_qui(app: Any) -> tuple[int, list[str]]:
    """The same command in this process: the other one shows that it starts by itself."""
    with pytest.MonkeyPatch.context() as finta:
        finta.setattr("portal.cli._app", lambda: app)
        esito = CliRunner().invoke(cli, ["audit", "verifica"])
    return esito.exit_code, esito.output.splitlines()


def test_il_comando_dice_intero_o_nomina_la_riga(banca: Any, app: Any, cinque: int, forza: Any) -> None:
    """As a process of its own on SQLite only: that a command finds PostgreSQL by its address, the worker's tests show."""
    verifica = comando_verifica if banca.genere == "sqlite" else verifica_qui
    assert verifica_qui(app) == (0, ["Il registro è intero."])
    forza(f"UPDATE evento SET azione = 'prova.altro' WHERE catena = {cinque} AND numero = 3")
    assert verifica(app) == (1, [f"catena {cinque}, riga 3: il contenuto è stato cambiato"])
