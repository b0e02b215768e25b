"""On a page in English: what people wrote in Italian says so (WCAG 3.1.2), and every number is written the English way."""

from __future__ import annotations

import re
from typing import Any

import pytest

from portal.avvisi.models import StatoAvviso
from portal.db import sessione
from portal.piano.models import Intervento
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.valutazione import costruttori as valutazione

ITALIANO = re.compile(r"\d\.\d{3}\b|\d,\d{2}\b(?!\d)|\d\u00a0[€%]")
"""What only an Italian number has: the dot of the thousands, the comma of the cents, a sign after its space."""


@pytest.fixture
def ambito(contesto: Any) -> Any:
    return fabbrica.ambito("prova")


def fuori_lingua(pagina: Any, *testi: str) -> list[str]:
    """Of those texts, the ones that the page shows somewhere as if they were in English, or never shows."""
    male = []
    for testo in testi:
        trovati = pagina.dom.main.find_all(string=re.compile(re.escape(testo)))
        if not trovati or any(t.find_parent(lang=True)["lang"] != "it" for t in trovati):
            male.append(testo)
    return male


def italiane(pagina: Any) -> list[str]:
    """Italian numbers on the page, outside what people wrote."""
    for parte in pagina.dom.main.find_all(lang="it"):
        parte.clear()
    return ITALIANO.findall(pagina.dom.main.get_text(" "))


def avviso(ambito: Any, **altro: Any) -> Any:
    nuovo = fabbrica.avviso(ambito, testo="## Finalità dell’avviso\n\nProgettare insieme.", risorse="149000.50", **altro)
    nuovo.documenti[0].descrizione = "Al massimo dieci pagine."
    nuovo.lotti[0].esempi = "- un aiuto in casa"
    return nuovo


TESTI = (
    "Cerchiamo enti per progettare", "Un servizio di prova.", "Finalità dell’avviso", "Criterio 1", "Iscrizione al RUNTS",
    "Documento di progetto", "Al massimo dieci pagine.", "12 mesi", "Determinazione di prova",
)  # fmt: skip


def test_un_avviso(ambito: Any, cliente: Any) -> None:
    nuovo = avviso(ambito)
    pagina = cliente.get(f"/prova/avvisi/{nuovo.slug}?lingua=en")
    assert pagina.dom.html["lang"] == "en"
    assert fuori_lingua(pagina, nuovo.titolo, *TESTI) == []
    assert pagina.titolo == f"{nuovo.titolo} | Coprogetta"
    assert fuori_lingua(pagina, "Who can take part") == ["Who can take part"]
    assert "€149,000.50" in pagina.testo
    assert italiane(pagina) == []


def test_in_italiano_non_c_e_niente_da_segnare(ambito: Any, cliente: Any) -> None:
    pagina = cliente.get(f"/prova/avvisi/{avviso(ambito).slug}")
    assert pagina.dom.main.find_all(lang=True) == []
    assert "149.000,50\u00a0€" in pagina.risposta.get_data(as_text=True)


def test_gli_elenchi_e_le_domande(ambito: Any, cliente: Any) -> None:
    aperto, chiuso = avviso(ambito), avviso(ambito, stato=StatoAvviso.CHIUSO)
    assert fuori_lingua(cliente.get("/prova/avvisi?lingua=en"), aperto.titolo, aperto.sommario, chiuso.titolo) == []
    assert fuori_lingua(cliente.get("/prova/"), aperto.titolo, aperto.sommario) == []
    domande = cliente.get(f"/prova/avvisi/{aperto.slug}/domande")
    assert fuori_lingua(domande, aperto.titolo, "Documento di progetto", "Quello che ho scritto è vero.") == []


def test_il_piano_e_una_scheda(ambito: Any, cliente: Any) -> None:
    scheda, _riga = fabbrica.scheda(ambito)
    fabbrica.salva(
        Intervento(ambito_id=ambito.id, scheda_id=scheda.id, ordine=1, denominazione="Aiuto in casa", riferimento="art. 87")
    )
    pagina = cliente.get("/prova/piano/2022-2024/schede/B.7?lingua=en")
    assert pagina.dom.h1.get_text() == "B.7 Scheda B.7"
    assert pagina.dom.h1.span["lang"] == "it"
    assert fuori_lingua(pagina, "Scheda B.7", "REACT_EU", "Aiuto in casa", "art. 87") == []
    assert "149,000.00" in pagina.testo
    assert italiane(pagina) == []
    piano = cliente.get("/prova/piano/2022-2024")
    assert fuori_lingua(piano, "Scheda B.7", "Area B", "Piano sociale di zona 2022-2024") == []
    assert "€149,000.00" in piano.testo
    assert "100.0%" in piano.testo
    assert italiane(piano) == []


def test_un_esito(app: Any, entra: Any) -> None:
    s = valutazione.tutto(app, valutazione.scena(app))
    with valutazione.dentro(app, s):
        titoli = [valutazione.avviso(s).titolo, valutazione.proposta(s, 0).titolo, "Criterio 1"]
    pagina = entra(s.operatore).get(f"/{s.ambito.slug}/avvisi/{s.slug}/esito?lingua=en")
    assert fuori_lingua(pagina, *titoli) == []
    assert "€40,000.00" in pagina.testo
    assert italiane(pagina) == []


def test_una_proposta_per_chi_la_scrive(ambito: Any, entra: Any) -> None:
    ente = fabbrica.ente()
    persona = fabbrica.utente(Ruolo.COMPILATORE, ente=ente)
    nuovo = avviso(ambito)
    bozza = fabbrica.proposta(nuovo, ente, persona, richiesto="40000.50")
    sessione.flush()
    browser, base = entra(persona), f"/ente/proposte/{bozza.id}"
    assert fuori_lingua(browser.get(f"{base}?lingua=en"), bozza.titolo, nuovo.titolo) == []
    intera = browser.get(f"{base}/controlla")
    assert fuori_lingua(intera, bozza.titolo, "Testo di gruppo_lavoro.", "Operatori", "Documento di progetto") == []
    quadro = browser.get(f"{base}/quadro")
    assert fuori_lingua(quadro, "Operatori") == []
    assert "€40,000.50" in quadro.testo
    assert italiane(quadro) == []
    voce = browser.get(f"{base}/quadro/{bozza.voci[0].id}")
    assert voce.valore_di("richiesto") == "40.000,50", "quello che si scrive in un campo è sempre all’italiana"
    assert browser.post(f"{base}/quadro/{bozza.voci[0].id}", browser.modulo(voce)).stato == 303


def test_la_voce_di_spesa_si_toglie_anche_dal_telefono(ambito: Any, entra: Any) -> None:
    """On narrow screens the column of the buttons would not fit: the button goes under the name."""
    ente = fabbrica.ente()
    persona = fabbrica.utente(Ruolo.COMPILATORE, ente=ente)
    bozza = fabbrica.proposta(avviso(ambito), ente, persona)
    quadro = entra(persona).get(f"/ente/proposte/{bozza.id}/quadro")
    stretto, largo = [b for b in quadro.dom.main.find_all("button") if b.get("aria-label") == "Togli la voce Operatori"]
    assert "d-md-none" in stretto.find_parent("span")["class"]
    assert stretto.find_parent("th") is not None
    assert {"d-none", "d-md-table-cell"} <= set(largo.find_parent("td")["class"])
