"""What everyone reads of the tavoli, and what nobody but the office does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.avvisi.models import StatoAvviso
from portal.clocks import adesso
from portal.filo import queries as filo
from portal.tavoli import queries
from portal.tavoli.models import Area, StatoContributo, StatoPartecipazione, StatoTavolo
from tests import fabbrica
from tests.guida.costruttori import scrivendo
from tests.palco import scena as su_palco

from .costruttori import contributo, incontro, partecipazione, percorso, priorita, tavolo

OSTILE = "<script>alert(1)</script> **grassetto** [qui](javascript:alert(1)) <img src=x onerror=alert(1)>"


@pytest.fixture
@su_palco
def finito(app, mondo):
    """A tavolo on two areas that gave back: two contributions, one kept from the public, a priority on a sheet."""
    with scrivendo(app):
        scheda, _riga = fabbrica.scheda(mondo.ambito, "B.7")
        di = percorso(mondo.ambito, "finito", nota="Date vere, testi d’esempio.")
        t = tavolo(
            di, "due-aree", titolo="Anziani e disabilità", aree=(Area.INVECCHIAMENTO, Area.DISABILITA),
            restituzione=f"Il tavolo chiede. {OSTILE}", stato=StatoTavolo.RESTITUITO,
        )  # fmt: skip
        incontro(t, date(2022, 6, 16), luogo="Casarano", resoconto=OSTILE)
        partecipazione(t, mondo.ente, StatoPartecipazione.AMMESSA, chi="La presidente")
        partecipazione(t, fabbrica.ente(denominazione="Ente in attesa"))
        letto = contributo(t, mondo.ente, StatoContributo.RISPOSTO, motivo=OSTILE, bisogno=OSTILE)
        contributo(t, None, StatoContributo.RISPOSTO, bisogno="Testo riservato", pubblico=False)
        contributo(t, None, StatoContributo.RISPOSTO, bisogno="Mancano autobus")
        p = priorita(t, titolo="Trasporto", contributi=(letto,), schede=(scheda,), numero=1, perche=OSTILE)
        mondo.finito, mondo.scheda, mondo.priorita = t, scheda, p
        return mondo


def test_l_elenco_mostra_percorsi_e_tavoli_pubblici(app, finito, cliente):
    with scrivendo(app):
        tavolo(percorso(finito.ambito, "bozza", bozza=True, titolo="Segreto"), "di-bozza", titolo="Segretissimo")
    pagina = cliente.get("/prova/tavoli")
    assert "Anziani e disabilità" in pagina.testo
    assert "Restituzione pubblicata" in pagina.testo
    assert "16/06/2022" in pagina.testo
    assert "Segret" not in pagina.testo
    assert cliente.get("/prova/tavoli/di-bozza").stato == 404
    assert cliente.get("/prova/tavoli/percorsi/bozza").stato == 404


def test_la_pagina_di_un_tavolo_dice_tutto(finito, cliente):
    pagina = cliente.get("/prova/tavoli/due-aree")
    for parola in (
        "Date vere, testi d’esempio.", "L’invecchiamento attivo · L’integrazione", "16 giu 2022", finito.ente.denominazione,
        "La presidente", "Accolto", "Un cittadino", "Mancano autobus", "Il tavolo chiede.", "Trasporto", "B.7",
        "1 non si pubblica", "Fase numero 6",
    ):  # fmt: skip
        assert parola in pagina.testo, parola
    assert "Testo riservato" not in pagina.testo
    assert "Ente in attesa" not in pagina.testo
    assert pagina.dom.select_one("#priorita-1 a[href='/prova/piano/2022-2024/schede/B.7']")


def test_un_testo_ostile_resta_testo(finito, cliente):
    dom = cliente.get("/prova/tavoli/due-aree").dom
    assert not dom.main.select("script, img, [onerror]")
    assert not [a for a in dom.main.select("a[href]") if str(a["href"]).startswith("javascript")]
    assert "<script>alert(1)</script>" in dom.main.get_text()


def test_la_pagina_del_percorso_ha_fasi_e_calendario(app, finito, cliente):
    with scrivendo(app):
        incontro(finito.finito, date(2022, 6, 21), tavolo_id=None, titolo="Restituzione di tutti")
    pagina = cliente.get("/prova/tavoli/percorsi/finito")
    assert [f"Fase numero {n}" in pagina.testo for n in range(1, 7)] == [True] * 6
    assert "Restituzione di tutti" in pagina.testo
    assert "enti e cittadini" in pagina.testo


@pytest.mark.parametrize(
    "pagina", ["/prova/tavoli/inventato", "/prova/tavoli/percorsi/inventato", "/altrove/tavoli/due-aree"]
)
def test_quello_che_non_c_e_non_si_trova(app, finito, cliente, pagina):
    with scrivendo(app):
        fabbrica.ambito("altrove")
    assert cliente.get(pagina).stato == 404


def test_i_contributi_si_sfogliano(app, finito, cliente, monkeypatch):
    monkeypatch.setattr("portal.tavoli.views.pubbliche.PER_PAGINA", 1)
    prima = cliente.get("/prova/tavoli/due-aree")
    assert "Mancano autobus" not in prima.testo
    dopo = prima.dom.select_one("a[href*='dopo=']")["href"]
    assert "Mancano autobus" in cliente.get(dopo).testo


@pytest.mark.parametrize("quanti", [1, 12])
def test_le_pagine_costano_lo_stesso(app, mondo, cliente, conta_query, quanti):
    with scrivendo(app):
        scheda, _riga = fabbrica.scheda(mondo.ambito)
        for n in range(quanti):
            t = tavolo(mondo.percorso, stato=StatoTavolo.RESTITUITO) if n else mondo.tavolo
            for _ in range(quanti):
                incontro(t, date(2022, 6, 16))
                partecipazione(t, fabbrica.ente(), StatoPartecipazione.AMMESSA)
                c = contributo(t, fabbrica.ente(), StatoContributo.RISPOSTO)
                priorita(t, contributi=(c,), schede=(scheda,))
        fabbrica.cambia(mondo.tavolo, stato=StatoTavolo.RESTITUITO, restituito_il=mondo.percorso.creato_il)
    for indirizzo, tetto in (("/prova/tavoli", 7), ("/prova/tavoli/percorsi/percorso", 7), ("/prova/tavoli/inclusione", 16)):
        cliente.get(indirizzo)
        with conta_query() as conto:
            assert cliente.get(indirizzo).stato == 200
        assert conto.totale <= tetto, conto.testi


def per_nome(righe):
    return {r.nome: r for r in righe}


def test_il_filo_va_dal_tavolo_alla_scheda_e_ritorno(finito, cliente, contesto):
    intero = queries.tavolo("due-aree")
    dal_tavolo = per_nome(filo.passi_tavolo(intero))
    assert (dal_tavolo["Bisogno"].stato, dal_tavolo["Bisogno"].quando) == ("qui", "16 giugno 2022")
    assert (dal_tavolo["Priorità"].titolo, dal_tavolo["Priorità"].url) == ("Trasporto", "#priorita-1")
    assert dal_tavolo["Scheda e soldi"].url == "/prova/piano/2022-2024/schede/B.7"
    dalla_scheda = per_nome(filo.passi_scheda(finito.scheda))
    assert (dalla_scheda["Bisogno"].titolo, dalla_scheda["Bisogno"].url) == (
        "Anziani e disabilità",
        "/prova/tavoli/due-aree",
    )
    assert dalla_scheda["Priorità"].url == "/prova/tavoli/due-aree#priorita-1"
    assert "Trasporto" in cliente.get("/prova/piano/2022-2024/schede/B.7").testo


def test_il_filo_non_dice_una_priorita_non_ancora_restituita(finito, contesto):
    fabbrica.cambia(finito.finito, stato=StatoTavolo.APERTO, restituito_il=None)
    assert per_nome(filo.passi_scheda(finito.scheda))["Priorità"].stato == "manca"
    assert per_nome(filo.passi_tavolo(queries.tavolo("due-aree")))["Priorità"].stato == "manca"


def test_il_filo_conta_le_altre_priorita_della_scheda(finito, contesto):
    priorita(finito.finito, schede=(finito.scheda,), perche="Anche questa")
    assert per_nome(filo.passi_scheda(finito.scheda))["Priorità"].atto == "e un’altra priorità dei tavoli"


def test_un_avviso_dice_da_quale_priorita_nasce(app, finito, entra, cliente):
    with scrivendo(app):
        operatore = fabbrica.utente(fabbrica.Ruolo.OPERATORE, ambito=finito.ambito)
        bozza = fabbrica.avviso(finito.ambito, stato=StatoAvviso.BOZZA, slug="trasporto-sociale", titolo="Trasporto sociale")
    chi, pagina = entra(operatore), "/prova/ufficio/avvisi/trasporto-sociale/risorse"
    aperto = chi.modulo(chi.get(pagina))
    assert "priorita" not in aperto
    assert chi.post(pagina, {**aperto, "priorita": "999999"}).stato == 422
    assert chi.post(pagina, {**aperto, "priorita": str(finito.priorita.id)}).stato == 303
    assert chi.modulo(chi.get(pagina))["priorita"] == str(finito.priorita.id)
    assert "Trasporto sociale" not in cliente.get("/prova/tavoli/due-aree").testo
    with scrivendo(app):
        fabbrica.cambia(
            bozza, stato=StatoAvviso.PUBBLICATO, pubblicato_il=adesso(), anno=2026, numero=9,
            termine=adesso() + timedelta(days=9),
        )  # fmt: skip
    assert cliente.get("/prova/tavoli/due-aree").dom.select_one("#priorita-1 a[href='/prova/avvisi/trasporto-sociale']")
    letto = cliente.get("/prova/avvisi/trasporto-sociale").testo
    assert ("Anziani e disabilità" in letto, "Trasporto" in letto) == (True, True)
    assert chi.post(pagina, {**aperto, "priorita": []}).stato == 400
