"""The pages of projects: the office binds, everyone reads where the money comes from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portal.progetti import queries

from .costruttori import altra_riga, attiva, crea, dentro, lega, progetto, residuo, scena

NUOVO = {"titolo": "Pronto intervento", "sintesi": "Risponde giorno e notte.", "atto": "D. 20", "approvato_il": "2026-01-15"}


def modulo(cliente, s, **campi):
    """The binding form as the page shows it, with these answers."""
    return {**cliente.modulo(cliente.get(s.url("/progetto-1"))), "riga": s.riga_id, **campi}


def test_dalla_proposta_al_progetto(app, entra):
    s = scena(app)
    cliente = entra(s.operatore)
    elenco = cliente.get(s.url())
    assert "ancora senza progetto" in elenco.testo
    indirizzo = s.url(f"/nuovo/{s.proposte[0]}")
    assert elenco.dom.find("a", href=indirizzo) is not None
    pagina = cliente.get(indirizzo)
    assert pagina.valore_di("contributo") == "40.000,00"
    fatto = cliente.post(indirizzo, {**NUOVO, "contributo": "40.000,00"})
    assert (fatto.stato, fatto.luogo) == (303, s.url("/pronto-intervento"))
    assert "Da legare" in cliente.get(s.url()).testo
    assert cliente.get(indirizzo).luogo == fatto.luogo
    assert cliente.post(indirizzo, {**NUOVO, "contributo": "1,00"}).luogo == fatto.luogo
    with dentro(app, s):
        assert [p.contributo for p in queries.elenco(dopo=None, limite=9)] == [Decimal("40000.00")]


@pytest.mark.parametrize(
    ("cambia", "campo", "frase"),
    [
        ({"contributo": "40.000,01"}, "contributo", "La proposta chiede"),
        ({"contributo": "40.000.00"}, "contributo", "Volevi scrivere"),
        ({"contributo": ""}, "contributo", "Scrivi un importo"),
        ({"titolo": " "}, "titolo", "Questa risposta serve"),
        ({"approvato_il": "31/02/2026"}, "approvato_il", "data che esiste"),
        ({"approvato_il": "2999-01-01"}, "approvato_il", "futuro"),
    ],
)
def test_un_progetto_sbagliato_torna_con_quello_che_ho_scritto(app, entra, cambia, campo, frase):
    s = scena(app)
    dati = {**NUOVO, "contributo": "40.000,00", **cambia}
    pagina = entra(s.operatore).post(s.url(f"/nuovo/{s.proposte[0]}"), dati)
    assert pagina.stato == 422
    assert frase in pagina.errore_di(campo)
    assert pagina.valore_di("sintesi") == NUOVO["sintesi"]
    assert pagina.valore_di(campo) == dati[campo].strip()


def test_il_modulo_mostra_programmato_impegnato_residuo(app, entra):
    s = scena(app, richiesti=("40000.00", "40000.00"))
    crea(app, s, 0)
    crea(app, s, 1)
    lega(app, s, "15000.00", 1)
    riga = entra(s.operatore).get(s.url("/progetto-1")).dom.select_one("fieldset table tbody tr")
    celle = [c.get_text(" ", strip=True).replace("\u00a0", " ") for c in riga.find_all("td")]
    assert celle == ["149.000,00 €", "15.000,00 €", "134.000,00 €"]


def test_si_lega_dalla_pagina(app, entra):
    s = scena(app)
    crea(app, s)
    cliente = entra(s.operatore)
    fatto = cliente.post(s.url("/progetto-1"), modulo(cliente, s, importo="15.000,00"))
    assert (fatto.stato, fatto.luogo) == (303, s.url("/progetto-1"))
    pagina = cliente.get(s.url("/progetto-1"))
    assert "Legato il 37,5" in pagina.testo
    togli = cliente.modulo(pagina, 0)
    with dentro(app, s):
        impegno = progetto(s).impegni[0].id
    assert cliente.post(s.url(f"/progetto-1/impegni/{impegno}/togli"), togli).stato == 303
    assert residuo(app, s) == Decimal("149000.00")


def test_il_rifiuto_dice_chi_ha_preso_i_soldi_e_tiene_quello_che_ho_scritto(app, entra):
    s = scena(app, richiesti=("40000.00", "40000.00"), programmato="50000.00")
    crea(app, s, 0)
    crea(app, s, 1)
    cliente = entra(s.operatore)
    dati = modulo(cliente, s, importo="40.000,00")
    lega(app, s, "30000.00", 1, chi=s.altro_operatore)
    pagina = cliente.post(s.url("/progetto-1"), dati)
    assert pagina.stato == 422
    assert f"Mentre compilavi, {s.altro_operatore.nome} ha impegnato" in pagina.errore_di("importo")
    assert pagina.valore_di("importo") == "40.000,00"
    assert pagina.valore_di(f"visto_{s.riga_id}") == "20000.00"
    assert pagina.dom.find("input", attrs={"name": "riga", "checked": True})["value"] == str(s.riga_id)


def test_solo_il_responsabile_vede_e_usa_il_motivo(app, entra):
    s = scena(app, programmato="30000.00")
    crea(app, s)
    operatore, responsabile = entra(s.operatore), entra(s.responsabile)
    assert operatore.get(s.url("/progetto-1")).dom.find("textarea", attrs={"name": "motivo"}) is None
    no = operatore.post(s.url("/progetto-1"), modulo(operatore, s, importo="31.000,00", motivo="Lo dico io."))
    assert "Solo il Responsabile" in no.errore_di("importo")
    senza = responsabile.post(s.url("/progetto-1"), modulo(responsabile, s, importo="31.000,00"))
    assert "scrivi perché" in senza.errore_di("motivo")
    assert (
        responsabile.post(s.url("/progetto-1"), modulo(responsabile, s, importo="31.000,00", motivo="Economie.")).stato
        == 303
    )


def test_lo_sforamento_si_legge_in_pubblico(app, entra, cliente):
    s = scena(app, programmato="30000.00")
    crea(app, s)
    lega(app, s, "31000.00", chi=s.responsabile, motivo="Economie già accertate nel 2022.")
    for pagina in (cliente.get(s.pubblico("/progetto-1")), entra(s.operatore).get(s.url("/progetto-1"))):
        assert "Economie già accertate nel 2022." in pagina.testo
        assert s.responsabile.nome in pagina.testo
        assert "1.000,00" in pagina.testo


@pytest.mark.parametrize(
    ("campi", "campo", "frase"),
    [
        ({"riga": ""}, "riga", "Scegli una riga del piano."),
        ({"importo": ""}, "importo", "Scrivi un importo"),
        ({"importo": "dieci"}, "importo", "non è un importo"),
        ({"importo": "0,00"}, "importo", "maggiore di zero"),
        ({"importo": "1,005"}, "importo", "due cifre"),
    ],
)
def test_errori_del_modulo(app, entra, campi, campo, frase):
    s = scena(app)
    crea(app, s)
    cliente = entra(s.operatore)
    pagina = cliente.post(s.url("/progetto-1"), modulo(cliente, s, **{"importo": "1,00", **campi}))
    assert pagina.stato == 422
    assert frase in pagina.testo
    assert pagina.dom.select_one(f".sommario-errori a[href^='#{campo}']") is not None


def test_una_riga_di_un_altra_scheda(app, entra):
    s = scena(app)
    crea(app, s)
    altra = altra_riga(app, s, "10000.00")
    cliente = entra(s.operatore)
    with dentro(app, s):
        from portal.piano.queries import schede_per_scelta

        scheda = next(x.id for x in schede_per_scelta() if x.codice == "B.8")
    indirizzo = s.url(f"/progetto-1?scheda={scheda}")
    pagina = cliente.get(indirizzo)
    assert "2024" in pagina.dom.select_one("fieldset table tbody").get_text()
    fatto = cliente.post(indirizzo, {**cliente.modulo(pagina), "riga": altra, "importo": "10.000,00"})
    assert (fatto.stato, fatto.luogo) == (303, indirizzo)
    with dentro(app, s):
        assert [i.riga_id for i in progetto(s).impegni] == [altra]


def test_si_attiva_con_una_conferma(app, entra, cliente):
    s = scena(app)
    crea(app, s)
    ufficio = entra(s.operatore)
    assert ufficio.get(s.url("/progetto-1/attiva")).luogo == s.url("/progetto-1")
    lega(app, s, "40000.00")
    conferma = ufficio.get(s.url("/progetto-1/attiva"))
    assert "40.000,00" in conferma.testo
    assert ufficio.post(s.url("/progetto-1/attiva"), ufficio.modulo(conferma)).luogo == s.pubblico("/progetto-1")
    pagina = cliente.get(s.pubblico("/progetto-1"))
    assert pagina.stato == 200
    assert "Attivo" in pagina.testo
    assert ufficio.post(s.url("/progetto-1/attiva"), {"csrf_token": ufficio.csrf(s.url())}).stato == 409
    assert ufficio.get(s.url("/progetto-1")).dom.find(attrs={"name": "importo"}) is None


def test_il_pubblico_legge_da_dove_vengono_i_soldi(app, cliente):
    s = scena(app, richiesti=("40000.00", "40000.00"))
    assert "Non c’è ancora nessun progetto" in cliente.get(s.pubblico()).testo
    crea(app, s, 0)
    crea(app, s, 1)
    assert "non è ancora legato" in cliente.get(s.pubblico("/progetto-1")).testo
    lega(app, s, "15000.00", 0)
    lega(app, s, "30000.00", 1)
    assert s.enti[0].denominazione in cliente.get(s.pubblico()).testo
    testo = cliente.get(s.pubblico("/progetto-1")).testo.replace("\u00a0", " ")
    assert "Programmato 149.000,00 €: a questo progetto 15.000,00 €, ad altri 30.000,00 €, restano 104.000,00 €." in testo
    assert "Coperto dal piano: 15.000,00 €. Da coprire: 25.000,00 €." in testo


def test_un_progetto_che_non_c_e(app, cliente):
    s, altra = scena(app), scena(app)
    crea(app, altra)
    assert cliente.get(s.pubblico("/progetto-1")).stato == 404


def test_lo_stesso_titolo_ha_un_altro_indirizzo(app):
    s = scena(app, richiesti=("40000.00", "40000.00"))
    crea(app, s, 0)
    with dentro(app, s):
        from portal.progetti import operations

        altro = operations.crea_progetto(
            queries.proposta_selezionata(s.proposte[1]),
            titolo="Progetto 1",
            sintesi="Un altro.",
            contributo=Decimal("1.00"),
            atto="D. 21",
            approvato_il=date(2026, 1, 15),
            attore=s.operatore,
        )
        assert altro.slug == "progetto-1-2"


@pytest.mark.parametrize("percorso", ["pubblico", "ufficio", "progetto", "lega"])
def test_uno_e_tre_costano_le_stesse_query(app, entra, conta_query, percorso):
    def costo(quanti: int) -> int:
        s = scena(app, richiesti=("30000.00",) * (quanti if percorso in ("pubblico", "ufficio") else 1))
        for n in range(len(s.proposte)):
            crea(app, s, n, contributo="30000.00")
        for n in range(quanti):
            lega(app, s, "100.00", riga_id=altra_riga(app, s, "1000.00", f"C.{n}"))
        indirizzi = {
            "pubblico": s.pubblico(),
            "ufficio": s.url(),
            "progetto": s.pubblico("/progetto-1"),
            "lega": s.url("/progetto-1"),
        }
        cliente = entra(s.operatore)
        with conta_query() as conto:
            assert cliente.get(indirizzi[percorso]).stato == 200
        return conto.totale

    assert costo(1) == costo(3)


def test_un_progetto_attivo_resta_in_elenco(app, cliente):
    s = scena(app)
    crea(app, s)
    lega(app, s, "40000.00")
    attiva(app, s)
    assert "Attivo" in cliente.get(s.pubblico()).testo
