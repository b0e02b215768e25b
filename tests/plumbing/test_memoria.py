"""Pages kept ready: one render for many readers, and never a word that is no longer true."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import before_render_template

from portal import db, tenancy
from portal.clocks import ROMA, adesso, alle
from portal.guida import operations as guida
from portal.guida.queries import servizio as pagina
from portal.memoria import Copia, Memoria
from portal.proposte import operations as proposte
from portal.proposte.queries import proposta_intera
from portal.transaction import unita
from portal.utenti import operations as utenti
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.conftest import contatore
from tests.guida.costruttori import contenuto, scrivendo, servizio
from tests.pagina import Cliente

SAD = "/prova/guida/sad"
CAPIENZA = 1_000_000


@dataclass
class Casa:
    """An application that keeps pages, with two Ambiti and a page of the guide in each."""

    app: Any
    ambito: Any
    altro: Any

    def __post_init__(self) -> None:
        self.cliente = Cliente(self.app)
        self.conta = contatore(self.app.extensions["motore"])

    def costo(self, indirizzo: str, **opzioni: Any) -> int:
        """Queries of an anonymous request."""
        with self.conta() as conto:
            assert Cliente(self.app).get(indirizzo, **opzioni).stato in (200, 304)
        return int(conto.totale)

    def cambia(self, titolo: str, *, ambito: Any = None) -> None:
        with self.dentro(ambito or self.ambito):
            s = pagina("sad")
            guida.modifica(s, contenuto=contenuto(titolo=titolo), versione=s.versione, attore=None)

    @contextmanager
    def dentro(self, ambito: Any) -> Iterator[None]:
        """One unit of work in an Ambito."""
        with self.app.test_request_context("/"), tenancy.usa_ambito(ambito.id), unita():
            yield


@pytest.fixture
def casa(banca: Any, vere: Any) -> Iterator[Casa]:
    app = vere.prendi(banca, memoria=CAPIENZA)
    app.extensions["memoria"].__init__(CAPIENZA)  # the pages of another test's database
    with scrivendo(app):
        ambito, altro = fabbrica.ambito("prova"), fabbrica.ambito("altrove")
        servizio(ambito, "sad")
        servizio(altro, "sad")
    yield Casa(app, ambito, altro)
    vere.lascia(app)


def test_la_seconda_volta_la_pagina_e_gia_pronta(casa: Casa) -> None:
    prima, dopo = casa.cliente.get(SAD), casa.cliente.get(SAD)
    assert prima.risposta.data == dopo.risposta.data
    assert dict(prima.risposta.headers) == dict(dopo.risposta.headers)
    assert casa.costo(SAD) == 1
    assert casa.costo("/prova/guida/sad?n=2") > 1, "un altro indirizzo è un’altra pagina"


def test_chi_ce_l_ha_gia_non_la_scarica_di_nuovo(casa: Casa) -> None:
    etichetta = casa.cliente.get(SAD).risposta.headers["ETag"]
    uguale = casa.cliente.get(SAD, headers={"If-None-Match": etichetta}).risposta
    assert (uguale.status_code, uguale.data, uguale.headers["ETag"]) == (304, b"", etichetta)
    assert uguale.headers["Cache-Control"] == "no-cache"
    casa.cambia("Un altro titolo")
    cambiata = casa.cliente.get(SAD, headers={"If-None-Match": etichetta}).risposta
    assert cambiata.status_code == 200
    assert cambiata.headers["ETag"] != etichetta


def test_resa_di_nuovo_ma_uguale(casa: Casa) -> None:
    etichetta = casa.cliente.get(SAD).risposta.headers["ETag"]
    with scrivendo(casa.app):
        servizio(casa.ambito, "altra", titolo="Un’altra pagina")
    assert casa.costo(SAD, headers={"If-None-Match": etichetta}) > 1
    assert casa.cliente.get(SAD, headers={"If-None-Match": etichetta}).stato == 304


def test_la_pagina_viaggia_compressa_a_chi_lo_chiede(casa: Casa) -> None:
    piena = casa.cliente.get(SAD).risposta
    for _volta in range(2):
        stretta = casa.app.test_client().get(SAD, headers={"Accept-Encoding": "br, gzip"})
        assert stretta.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(stretta.data) == piena.data
        assert len(stretta.data) * 3 < len(piena.data)
    assert "Content-Encoding" not in casa.app.test_client().get(SAD, headers={"Accept-Encoding": "gzip;q=0"}).headers
    assert "Accept-Encoding" in piena.headers["Vary"]


def test_chi_chiede_solo_la_testata(casa: Casa) -> None:
    for _volta in range(2):
        testa = casa.app.test_client().head(SAD)
        piena = casa.cliente.get(SAD).risposta
        assert (testa.status_code, testa.data, testa.headers["ETag"]) == (200, b"", piena.headers["ETag"])
        assert testa.headers["Content-Length"] == str(len(piena.data))


def test_dopo_ogni_cambiamento_si_legge_quello_nuovo(casa: Casa) -> None:
    for titolo in ("Aiuto in casa", "Aiuto domestico", "Aiuto in casa"):
        casa.cambia(titolo)
        for _volta in range(2):
            assert casa.cliente.get(SAD).dom.h1.get_text(strip=True) == titolo
    assert casa.costo(SAD) == 1


def test_quello_che_non_si_e_salvato_non_si_legge(casa: Casa) -> None:
    casa.cliente.get(SAD)
    with pytest.raises(ZeroDivisionError), casa.dentro(casa.ambito):
        s = pagina("sad")
        guida.modifica(s, contenuto=contenuto(titolo="Mai"), versione=s.versione, attore=None)
        db.sessione.flush()
        raise ZeroDivisionError
    assert casa.cliente.get(SAD).dom.h1.get_text(strip=True) == "Assistenza a casa"
    assert casa.costo(SAD) == 1


def test_una_pagina_ritirata_non_si_legge_piu(casa: Casa) -> None:
    casa.cliente.get(SAD)
    with casa.dentro(casa.ambito):
        guida.ritira(pagina("sad"), attore=None)
    for _volta in range(2):
        assert casa.cliente.get(SAD).stato == 404


def test_un_cambiamento_mentre_la_pagina_si_scrive(casa: Casa) -> None:
    """The page was read before the change and is kept after it: it must not be given to anybody else."""

    def cambia_intanto(*_: Any, **__: Any) -> None:
        filo = threading.Thread(target=casa.cambia, args=("Cambiata intanto",))
        filo.start()
        filo.join()

    with before_render_template.connected_to(cambia_intanto, casa.app):
        casa.cliente.get(SAD)
    assert casa.cliente.get(SAD).dom.h1.get_text(strip=True) == "Cambiata intanto"


def test_ogni_ambito_ha_la_sua_versione_e_tutti_quella_dell_installazione(casa: Casa) -> None:
    for indirizzo in (SAD, "/altrove/guida/sad"):
        casa.cliente.get(indirizzo)
    casa.cambia("Altrove", ambito=casa.altro)
    assert casa.costo(SAD) == 1
    assert casa.costo("/altrove/guida/sad") > 1
    with scrivendo(casa.app):
        utenti.crea_utente(email="nuova@prova.example", nome="Nuova", attore=None)
    assert casa.costo(SAD) > 1


def test_la_pagina_di_tutti_gli_ambiti_cambia_con_ciascuno(casa: Casa) -> None:
    casa.cliente.get("/")
    assert casa.costo("/") == 1
    casa.cambia("Altrove", ambito=casa.altro)
    assert casa.costo("/") > 1


def test_quello_che_nessuno_legge_non_rifa_le_pagine(casa: Casa) -> None:
    """At ten to midnight before a term everybody writes drafts: the guide must stay as fast as at noon."""
    with scrivendo(casa.app):
        ente, avviso = fabbrica.ente(), fabbrica.avviso(casa.ambito)
        persona = fabbrica.utente(ente=ente)
    casa.cliente.get(SAD)
    with casa.dentro(casa.ambito):
        bozza = proposte.inizia(avviso, ente, attore=persona)
        bozza = proposta_intera(bozza.id)
        assert bozza is not None
        proposte.scrivi_titolo(bozza, titolo="Un titolo", lotti=(), versione=bozza.versione, attore=persona)
    Cliente(casa.app).accedi(persona)
    assert casa.costo(SAD) == 1


def test_chi_e_collegato_legge_la_sua_pagina(casa: Casa) -> None:
    with scrivendo(casa.app):
        chi = fabbrica.utente(Ruolo.OPERATORE, ambito=casa.ambito)
    redattore = Cliente(casa.app)
    redattore.accedi(chi)
    casa.cliente.get(SAD)
    assert "Modifica" in redattore.get(SAD).testo
    assert redattore.get(SAD).risposta.headers["Cache-Control"] == "no-store"
    assert "Modifica" not in casa.cliente.get(SAD).testo
    assert casa.costo(SAD) == 1


def test_ogni_lingua_ha_la_sua_pagina(casa: Casa) -> None:
    def lingua(**opzioni: Any) -> str:
        return str(Cliente(casa.app).get(SAD, **opzioni).dom.html["lang"])

    inglese = {"headers": {"Accept-Language": "en-GB,en;q=0.9"}}
    assert [lingua(), lingua(**inglese), lingua(), lingua(**inglese)] == ["it", "en", "it", "en"]
    scelta = Cliente(casa.app)
    assert scelta.get(f"{SAD}?lingua=en").dom.html["lang"] == "en"
    assert scelta.get(SAD).dom.html["lang"] == "en", "il biscotto della lingua non è una sessione"
    assert "Set-Cookie" not in Cliente(casa.app).get(f"{SAD}?lingua=en").risposta.headers.get("Vary", "")
    assert lingua() == "it"


def test_una_pagina_riservata_e_una_che_non_c_e_non_si_tengono(casa: Casa) -> None:
    with scrivendo(casa.app):
        servizio(casa.ambito, "antiviolenza", protetto=True)
    for _volta in range(2):
        riservata = casa.cliente.get("/prova/guida/antiviolenza").risposta
        assert riservata.headers["Cache-Control"] == "no-store"
        assert "ETag" not in riservata.headers
        assert casa.cliente.get("/prova/guida/niente").stato == 404
    with scrivendo(casa.app):
        servizio(casa.ambito, "niente")
    assert casa.cliente.get("/prova/guida/niente").stato == 200


@pytest.mark.parametrize("indirizzo", ["/prova/avvisi", "/prova/avvisi/{slug}", "/prova/", "/"])
def test_il_termine_passa_anche_sulle_pagine_tenute(casa: Casa, indirizzo: str) -> None:
    termine = (adesso() + timedelta(days=40)).astimezone(ROMA).replace(hour=12, minute=0, second=0, microsecond=0)
    with scrivendo(casa.app):
        slug = fabbrica.avviso(casa.ambito, termine=termine).slug
    indirizzo = indirizzo.replace("{slug}", slug)

    def legge(quando: Any) -> str:
        with alle(quando):
            return casa.cliente.get(indirizzo).testo

    prima, all_ultimo = legge(termine - timedelta(seconds=30)), legge(termine)
    assert legge(termine + timedelta(seconds=1)) not in (prima, all_ultimo)


def test_i_giorni_che_mancano_si_contano_ogni_giorno(casa: Casa) -> None:
    termine = (adesso() + timedelta(days=40)).astimezone(ROMA).replace(hour=12, minute=0, second=0, microsecond=0)
    with scrivendo(casa.app):
        slug = fabbrica.avviso(casa.ambito, termine=termine).slug
    mezzanotte = termine.replace(hour=0) - timedelta(days=9)
    giorni = []
    for istante in (mezzanotte - timedelta(seconds=2), mezzanotte):
        with alle(istante):
            giorni.append(casa.cliente.get(f"/prova/avvisi/{slug}").dom.select_one(".termine-giorni").get_text())
    assert giorni == ["10 giorni", "9 giorni"]


def copia(peso: int) -> Copia:
    return Copia(None, 1, adesso(), "x", (), b"x" * peso, b"")


def test_la_memoria_ha_una_capienza_e_lascia_andare_chi_non_si_chiede() -> None:
    memoria = Memoria(100)
    for nome in ("a", "b", "c"):
        memoria.metti(("", nome, "it"), copia(30))
    assert memoria.prendi(("", "a", "it")) is not None
    memoria.metti(("", "d", "it"), copia(30))
    assert [n for n in "abcd" if memoria.prendi(("", n, "it"))] == ["a", "c", "d"]
    memoria.metti(("", "c", "it"), copia(10))
    assert memoria.peso == 70
    memoria.metti(("", "troppo", "it"), copia(101))
    assert memoria.prendi(("", "troppo", "it")) is None
    assert memoria.peso >= 0


def test_zero_non_tiene_niente(app: Any) -> None:
    assert "memoria" not in app.extensions
