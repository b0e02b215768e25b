"""The office decides, excludes, keeps its categories; who works for the ente abstains."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from portal import tenancy
from portal.audit.models import Evento
from portal.clocks import oggi
from portal.db import sessione
from portal.outbox import Messaggio
from portal.rete.models import Adesione, CategoriaRete
from portal.rete.models import StatoAdesione as S
from tests import fabbrica
from tests.guida.costruttori import scrivendo
from tests.palco import scena as su_palco

from .costruttori import adesione, categoria
from .test_ente import modulo, una

SI = {"esito": "si", "motivo": "", "atto": "Determinazione n. 12"}
NO = {"esito": "no", "motivo": "Non lavora in questi Comuni.", "atto": "Determinazione n. 13"}


@pytest.fixture
@su_palco
def chiesta(app, mondo):
    with scrivendo(app):
        return adesione(mondo["categoria"], mondo["ente"], S.RICHIESTA)


@pytest.fixture
@su_palco
def membro(app, mondo):
    with scrivendo(app):
        return adesione(mondo["categoria"], mondo["ente"], dal=date(2022, 6, 10))


def lettere():
    with tenancy.tutti_gli_ambiti():
        return sessione.scalars(select(Messaggio).order_by(Messaggio.id)).all()


def test_la_richiesta_e_fra_le_cose_da_fare(mondo, chiesta, entra):
    operatore = entra(mondo["operatore"])
    assert "richiesta di entrare nella Rete, da decidere" in operatore.get("/prova/ufficio/").testo
    pagina = operatore.get("/prova/ufficio/rete")
    assert mondo["ente"].denominazione in pagina.dom.select_one("#decidere + ul").get_text()
    assert "Mancano" in pagina.testo
    assert operatore.get(f"/prova/ufficio/rete/{chiesta.id}").stato == 200


def test_l_ufficio_ammette(app, mondo, chiesta, entra, cliente):
    with scrivendo(app):
        altra = categoria(mondo["ambito"], "Associazioni", ordine=2)
    operatore = entra(mondo["operatore"])
    fatto = modulo(operatore, f"/prova/ufficio/rete/{chiesta.id}/decidi", **SI, categoria=str(altra.id))
    assert (fatto.stato, fatto.luogo) == (303, f"/prova/ufficio/rete/{chiesta.id}")
    salvata = una()
    assert (salvata.stato, salvata.ammessa_il, salvata.categoria_id, salvata.atto, salvata.decisa_da) == (
        S.AMMESSA, oggi(), altra.id, "Determinazione n. 12", mondo["operatore"].id,
    )  # fmt: skip
    assert mondo["ente"].denominazione in cliente.get("/prova/rete").testo
    assert {m.destinatario for m in lettere()} >= {mondo["ente"].pec, "legale@ente.example"}
    assert all(m.trattenuto and m.inviato_il is None for m in lettere())
    assert "«Associazioni» (Determinazione n. 12)" in lettere()[0].testo
    assert f"/ente/rete/{chiesta.id}" in lettere()[0].testo
    with tenancy.tutti_gli_ambiti():
        assert sessione.scalars(select(Evento.azione).where(Evento.oggetto_tipo == "adesione")).all() == ["rete.ammetti"]
    assert operatore.get(f"/prova/ufficio/rete/{chiesta.id}/decidi").luogo == f"/prova/ufficio/rete/{chiesta.id}"


def test_l_ufficio_respinge_e_dice_perche(mondo, chiesta, entra, cliente):
    base = f"/prova/ufficio/rete/{chiesta.id}/decidi"
    senza = modulo(entra(mondo["operatore"]), base, **{**NO, "motivo": " "})
    assert "l’ente deve poter capire" in senza.errore_di("motivo")
    assert senza.valore_di("atto") == "Determinazione n. 13"
    assert una().stato == S.RICHIESTA
    assert modulo(entra(mondo["operatore"]), base, **NO).stato == 303
    assert (una().stato, una().attiva) == (S.RESPINTA, None)
    assert "Non lavora in questi Comuni." in lettere()[0].testo
    assert "60 giorni" in lettere()[0].testo
    assert "Non lavora in questi Comuni." in entra(mondo["rappresentante"]).get(f"/ente/rete/{chiesta.id}").testo
    assert mondo["ente"].denominazione not in cliente.get("/prova/rete").testo


@pytest.mark.parametrize(
    ("cambi", "campo"),
    [({"atto": ""}, "atto"), ({"atto": "x" * 301}, "atto"), ({"esito": "forse"}, "esito"), ({"categoria": "0"}, "categoria"),
     ({"motivo": "x" * 4001}, "motivo")],
)  # fmt: skip
def test_una_decisione_incompleta_resta_scritta(mondo, chiesta, entra, cambi, campo):
    base = f"/prova/ufficio/rete/{chiesta.id}/decidi"
    rifiutata = modulo(entra(mondo["operatore"]), base, **{**NO, **cambi})
    assert rifiutata.stato == 422
    assert rifiutata.dom.select(f"[name={campo}]")[0].find_parent(class_="campo-sbagliato")
    assert una().stato == S.RICHIESTA
    assert lettere() == []


def test_due_che_decidono_insieme(mondo, chiesta, entra):
    base = f"/prova/ufficio/rete/{chiesta.id}/decidi"
    operatore = entra(mondo["operatore"])
    aperto = operatore.modulo(operatore.get(base))
    assert modulo(entra(mondo["responsabile"]), base, **SI).stato == 303
    tardi = operatore.post(base, {**aperto, **NO})
    assert tardi.stato == 409
    assert "Non lavora in questi Comuni." in tardi.testo
    assert una().stato == S.AMMESSA


@pytest.mark.parametrize("versione", ["", "abc", "-1", "9" * 5000])
def test_una_versione_inventata_e_un_conflitto(mondo, chiesta, entra, versione):
    fatto = modulo(entra(mondo["operatore"]), f"/prova/ufficio/rete/{chiesta.id}/decidi", **{**SI, "versione": versione})
    assert fatto.stato == 409


def test_l_ente_ritira_mentre_l_ufficio_decide(mondo, chiesta, entra):
    operatore, base = entra(mondo["operatore"]), f"/prova/ufficio/rete/{chiesta.id}/decidi"
    aperto = operatore.modulo(operatore.get(base))
    assert modulo(entra(mondo["rappresentante"]), f"/ente/rete/{chiesta.id}/ritira").stato == 303
    assert operatore.post(base, {**aperto, **SI}).stato == 409
    assert una().stato == S.RITIRATA


def test_chi_lavora_per_l_ente_si_astiene(mondo, chiesta, entra):
    chi = entra(mondo["in_conflitto"])
    scheda = chi.get(f"/prova/ufficio/rete/{chiesta.id}")
    assert "decide un’altra persona dell’Ufficio" in scheda.testo
    assert f"/ufficio/rete/{chiesta.id}/decidi" not in str(scheda.dom)
    rifiuto = chi.get(f"/prova/ufficio/rete/{chiesta.id}/decidi")
    assert rifiuto.stato == 403
    assert "Lavori per questo ente" in rifiuto.testo
    assert chi.post(f"/prova/ufficio/rete/{chiesta.id}/decidi", SI, da="/prova/rete").stato == 403
    assert una().stato == S.RICHIESTA


def test_il_responsabile_esclude_con_motivo_e_atto(mondo, membro, entra, cliente):
    base = f"/prova/ufficio/rete/{membro.id}/escludi"
    assert entra(mondo["operatore"]).get(base).stato == 403
    assert entra(mondo["in_conflitto"]).get(base).stato == 403
    responsabile = entra(mondo["responsabile"])
    for manca in ("motivo", "atto"):
        rifiutata = modulo(responsabile, base, **{"motivo": "Non risponde più.", "atto": "Det. 14", manca: "  "})
        assert rifiutata.stato == 422
        assert rifiutata.errore_di(manca)
    assert modulo(responsabile, base, motivo="Non risponde più.", atto="Det. 14").stato == 303
    salvata = una()
    assert (salvata.stato, salvata.cessata_il, salvata.atto_fine, salvata.attiva) == (S.ESCLUSA, oggi(), "Det. 14", None)
    assert "Non risponde più." in lettere()[0].testo
    assert mondo["ente"].denominazione not in cliente.get("/prova/rete").testo
    assert responsabile.post(base, {"motivo": "x", "atto": "y", "versione": "2"}, da="/prova/rete").stato == 409


def test_una_categoria_si_aggiunge_si_cambia_si_chiude(mondo, membro, entra, cliente):
    operatore = entra(mondo["operatore"])
    base = "/prova/ufficio/rete/categorie"
    assert modulo(operatore, base, nome="Scuole").stato == 303
    assert "C’è già" in modulo(operatore, base, nome="Scuole").errore_di("nome")
    assert modulo(operatore, base, nome=" ").stato == 422
    sua = f"{base}/{mondo['categoria'].id}"
    aperto = operatore.modulo(operatore.get(sua))
    nuovi = {k: v for k, v in aperto.items() if k != "aperta"} | {"nome": "Terzo settore", "ordine": "9"}
    assert operatore.post(sua, nuovi).stato == 303
    assert operatore.post(sua, {**aperto, "nome": "Tardi"}).stato == 409
    assert "Terzo settore" in cliente.get("/prova/rete").testo
    with tenancy.tutti_gli_ambiti():
        righe = sessione.execute(select(CategoriaRete.nome, CategoriaRete.ordine, CategoriaRete.aperta)).all()
    assert sorted(righe) == [("Scuole", 2, True), ("Terzo settore", 9, False)]


def test_la_storia_si_filtra_e_si_sfoglia(app, mondo, entra, monkeypatch):
    monkeypatch.setattr("portal.rete.views.ufficio.PER_PAGINA", 2)
    with scrivendo(app):
        for n in range(3):
            adesione(mondo["categoria"], fabbrica.ente(denominazione=f"Membro {n}"))
        adesione(mondo["categoria"], fabbrica.ente(denominazione="Fuori"), S.ESCLUSA)
    operatore = entra(mondo["operatore"])
    prima = operatore.get("/prova/ufficio/rete")
    assert ["Membro 2" in prima.testo, "Membro 0" in prima.testo, "Fuori" in prima.testo] == [True, False, False]
    with tenancy.tutti_gli_ambiti():
        secondo = sessione.scalars(select(Adesione.id).order_by(Adesione.id)).all()[1]
    assert "Membro 0" in operatore.get(f"/prova/ufficio/rete?dopo={secondo}").testo
    assert "Fuori" in operatore.get("/prova/ufficio/rete?stato=esclusa").testo
    assert operatore.get("/prova/ufficio/rete?stato=inventato&dopo=999999999999").stato == 200


@pytest.mark.parametrize("quante", [1, 30])
def test_la_pagina_dell_ufficio_costa_lo_stesso(app, mondo, entra, conta_query, quante):
    with scrivendo(app):
        for _ in range(quante):
            adesione(mondo["categoria"], fabbrica.ente(), S.RICHIESTA)
            adesione(mondo["categoria"], fabbrica.ente())
    operatore = entra(mondo["operatore"])
    operatore.get("/prova/ufficio/rete")
    with conta_query() as conto:
        assert operatore.get("/prova/ufficio/rete").stato == 200
    assert conto.totale <= 7, conto.testi


def test_l_ufficio_di_un_altro_ambito_non_trova_niente(app, mondo, membro, entra):
    with scrivendo(app):
        altro = fabbrica.utente(fabbrica.Ruolo.RESPONSABILE, ambito=fabbrica.ambito("altrove"))
    chi = entra(altro)
    for pagina in ("", "/decidi", "/escludi"):
        assert chi.get(f"/prova/ufficio/rete/{membro.id}{pagina}").stato == 404
        assert chi.get(f"/altrove/ufficio/rete/{membro.id}{pagina}").stato == 404
