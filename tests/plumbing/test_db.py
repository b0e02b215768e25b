"""What the models rely on, the same on both databases: instants, states, stale writes, durable and fair SQLite."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import bindparam, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm.exc import StaleDataError

from portal import create_app, tenancy
from portal.ambiti.models import Ambito
from portal.avvisi.models import Avviso
from portal.clocks import da_roma
from portal.db import Base, Istante, sessione
from portal.outbox import Messaggio
from portal.transaction import unita
from tests import fabbrica
from tests.conftest import Banca, configurazione

ADESSO = datetime(2026, 11, 22, 11, 59, 59, 123456, tzinfo=UTC)


def messaggio(quando: datetime) -> Messaggio:
    comune = {"destinatario": "a@prova.example", "oggetto": "o", "testo": "t"}
    return fabbrica.salva(Messaggio(**comune, creato_il=quando, prossimo_il=quando))


@pytest.mark.parametrize("scarto", [0, 2, -11])
def test_un_istante_torna_uguale_al_microsecondo_e_in_utc(contesto: Any, scarto: int) -> None:
    nuovo = messaggio(ADESSO.astimezone(timezone(timedelta(hours=scarto))))
    sessione.expire_all()
    letto = sessione.get_one(Messaggio, nuovo.id).creato_il
    assert letto == ADESSO
    assert letto.tzinfo is UTC


def test_le_due_ore_ripetute_di_ottobre_restano_in_ordine(contesto: Any) -> None:
    prima = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    ids = [messaggio(prima + timedelta(hours=h)).id for h in (1, 0)]
    assert sessione.scalars(select(Messaggio.id).order_by(Messaggio.creato_il)).all() == ids[::-1]
    dopo_il_cambio = select(Messaggio.id).where(Messaggio.creato_il > prima)
    assert sessione.scalars(dopo_il_cambio).all() == [ids[0]]


def test_un_istante_senza_fuso_non_entra(contesto: Any) -> None:
    with pytest.raises(StatementError, match="istante senza fuso orario"):
        sessione.execute(select(bindparam("x", ADESSO.replace(tzinfo=None), type_=Istante)))
    assert da_roma(ADESSO.replace(tzinfo=None)).tzinfo is UTC


def test_uno_stato_inventato_la_base_dati_lo_rifiuta(contesto: Any) -> None:
    avviso = fabbrica.avviso(fabbrica.ambito())
    assert sessione.scalar(text(f"SELECT stato FROM avviso WHERE id = {avviso.id}")) == "pubblicato"
    with pytest.raises(IntegrityError), sessione.begin_nested():
        sessione.execute(text(f"UPDATE avviso SET stato = 'inventato' WHERE id = {avviso.id}"))


def test_ogni_vincolo_ha_un_nome() -> None:
    anonimi = [(t.name, v) for t in Base.metadata.tables.values() for v in t.constraints if not v.name]
    assert anonimi == []


def test_chi_salva_per_secondo_non_copre_chi_ha_salvato_prima(contesto: Any) -> None:
    avviso = fabbrica.avviso(fabbrica.ambito())
    sessione.execute(text(f"UPDATE avviso SET titolo = 'dell’altro', versione = versione + 1 WHERE id = {avviso.id}"))
    with pytest.raises(StaleDataError), sessione.begin_nested():
        avviso.titolo = "mio"
    with tenancy.tutti_gli_ambiti():
        assert sessione.scalar(select(Avviso.titolo).where(Avviso.id == avviso.id)) == "dell’altro"


def test_una_chiave_esterna_che_non_c_e_si_rifiuta(contesto: Any) -> None:
    with pytest.raises(IntegrityError), sessione.begin_nested():
        sessione.execute(text("INSERT INTO comune (ambito_id, nome, capofila) VALUES (987654, 'x', TRUE)"))


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Any]:
    """As ``app_vera``, on SQLite only."""
    app = create_app(configurazione(Banca("sqlite", Path(os.environ["PORTALE_PROVE"])).nuova(), tmp_path))
    yield app
    sessione.remove()
    app.extensions["motore"].dispose()


@pytest.mark.parametrize(
    ("pragma", "valore"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 15000)],
)
def test_ogni_connessione_e_durevole_e_severa(sqlite: Any, pragma: str, valore: object) -> None:
    motore = sqlite.extensions["motore"]
    with motore.connect() as prima, motore.connect() as seconda:
        assert [c.exec_driver_sql(f"PRAGMA {pragma}").scalar() for c in (prima, seconda)] == [valore, valore]


def test_due_scritture_insieme_si_mettono_in_fila(app_vera: Any) -> None:
    """Read, think, write back: no update is lost, nobody is told «database is locked»."""
    with app_vera.app_context(), unita():
        ambito_id = fabbrica.ambito(comuni=()).id
    errori: list[BaseException] = []

    def aggiungi() -> None:
        try:
            for _volta in range(5):
                with app_vera.app_context(), unita():
                    ambito = sessione.scalars(select(Ambito).where(Ambito.id == ambito_id).with_for_update()).one()
                    ambito.telefono = str(int(ambito.telefono or "0") + 1)
                sessione.remove()
        except BaseException as errore:
            errori.append(errore)

    fili = [threading.Thread(target=aggiungi) for _ in range(4)]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join()
    assert errori == []
    with app_vera.app_context():
        assert sessione.get_one(Ambito, ambito_id).telefono == "20"


def test_chi_arriva_prima_scrive_prima(sqlite: Any) -> None:
    """One patient writer among greedy ones waits its turn, not dozens of theirs.

    The middle of five waits: a machine with other things to do may keep the patient one from even asking for a while.
    """
    turni: list[str] = []
    ferma = threading.Event()

    def scrivi(chi: str) -> None:
        with unita():
            sessione.execute(text("SELECT 1"))
            turni.append(chi)
            time.sleep(0.01)

    def avido() -> None:
        while not ferma.is_set():
            scrivi("avido")
        sessione.remove()

    fili = [threading.Thread(target=avido) for _ in range(2)]
    for filo in fili:
        filo.start()
    while len(turni) < 4:
        time.sleep(0.005)
    scrivi("paziente")  # the first time it also opens its connection
    attese = []
    for _volta in range(5):
        prima = len(turni)
        scrivi("paziente")
        attese.append(len(turni) - prima - 1)
    ferma.set()
    for filo in fili:
        filo.join()
    sessione.remove()
    assert sorted(attese)[2] <= 8


def test_la_fila_si_lascia_anche_dopo_un_errore(sqlite: Any) -> None:
    def fallisci() -> None:
        with unita():
            sessione.execute(text("SELECT 1"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fallisci()
    fatto: list[int] = []

    def altro() -> None:
        with unita():
            fatto.append(sessione.scalar(text("SELECT 1")) or 0)
        sessione.remove()

    filo = threading.Thread(target=altro, daemon=True)
    filo.start()
    filo.join(10)
    assert fatto == [1]
