"""/verifica: a code, a file, both, neither; public facts only; nothing kept."""

from __future__ import annotations

import hashlib
import io

import pytest

from portal.db import sessione
from portal.proposte.contenuto import da_imprimere
from portal.proposte.models import StatoProposta
from portal.proposte.queries import proposta_intera
from portal.proposte.rules import impronta
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.guida.costruttori import scrivendo
from tests.palco import scena as su_palco

CONTENUTO = b"Il progetto, com'era quando l'abbiamo presentato."


@pytest.fixture
@su_palco
def ricevuta(app):
    with scrivendo(app):
        ambito, ente = fabbrica.ambito("prova"), fabbrica.ente(denominazione="Associazione Riservata APS")
        autore = fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=ente)
        proposta = fabbrica.proposta(
            fabbrica.avviso(ambito, titolo="Avviso A"), ente, autore, stato=StatoProposta.PRESENTATA
        )
        proposta.allegati[0].sha256 = hashlib.sha256(CONTENUTO).hexdigest()
        sessione.flush()
        proposta.ricevuta.impronta = impronta(da_imprimere(proposta_intera(proposta.id)))
        return proposta.ricevuta


def manda(cliente, contenuti, codice=""):
    file = [(io.BytesIO(c), f"file{i}.pdf") for i, c in enumerate(contenuti)]
    dati = {"codice": codice, "file": file}
    return cliente.post("/verifica", dati, content_type="multipart/form-data")


def test_un_codice_giusto_dice_fatti_pubblici(ricevuta, cliente):
    pagina = cliente.get(f"/verifica?codice={ricevuta.codice.lower()}%20")
    assert pagina.stato == 200
    assert "La ricevuta è autentica" in pagina.testo
    assert f"{ricevuta.numero}/{ricevuta.anno}" in pagina.testo
    assert "Avviso A" in pagina.testo
    assert "Riservata" not in pagina.testo
    assert "è quella scritta sulla ricevuta" in pagina.testo


def test_un_contenuto_toccato_dopo_si_dice(app, ricevuta, cliente):
    with scrivendo(app):
        proposta_intera(ricevuta.proposta_id).titolo = "Un altro titolo"
    pagina = cliente.get(f"/verifica?codice={ricevuta.codice}")
    assert "La ricevuta è autentica" in pagina.testo
    assert "Il contenuto conservato non è più quello presentato" in pagina.testo


def test_un_codice_sbagliato_lo_dice_e_resta_scritto(ricevuta, cliente):
    pagina = cliente.get("/verifica?codice=nessuna-ricevuta")
    assert "Nessuna ricevuta e nessun verbale ha questo codice" in pagina.testo
    assert pagina.valore_di("codice") == "NESSUNA-RICEVUTA"


def test_i_file_si_confrontano_con_la_ricevuta(ricevuta, cliente):
    pagina = manda(cliente, [CONTENUTO, CONTENUTO + b" "], ricevuta.codice)
    assert pagina.stato == 200
    esiti = [li.get_text(" ", strip=True) for li in pagina.dom.select("main section li")]
    assert [("È uno dei suoi file" in e, "Non è fra i suoi file" in e) for e in esiti] == [(True, False), (False, True)]
    assert hashlib.sha256(CONTENUTO).hexdigest() in esiti[0]


def test_un_file_solo_dice_chi_lo_ha_ricevuto(ricevuta, cliente):
    pagina = manda(cliente, [CONTENUTO])
    assert f"ricevuta {ricevuta.numero}/{ricevuta.anno}" in pagina.testo
    assert "Riservata" not in pagina.testo
    assert "Nessuna ricevuta e nessun verbale ha questo file" in manda(cliente, [b"altro"]).testo


def test_con_un_codice_sbagliato_i_file_non_dicono_niente(ricevuta, cliente):
    pagina = manda(cliente, [CONTENUTO], "SBAGLIATO")
    assert "Nessuna ricevuta e nessun verbale ha questo codice" in pagina.testo
    assert "È uno dei suoi file" not in pagina.testo


def test_senza_niente_chiede_qualcosa(app, cliente):
    pagina = cliente.post("/verifica", {"codice": "  "})
    assert pagina.stato == 422
    assert pagina.dom.select_one(".sommario-errori a")["href"] == "#codice"


def test_niente_resta_sul_disco(app, ricevuta, cliente):
    prima = sorted(app.config["PORTALE"].dati.rglob("*"))
    manda(cliente, [b"x" * 2_000_000])
    assert sorted(app.config["PORTALE"].dati.rglob("*")) == prima
