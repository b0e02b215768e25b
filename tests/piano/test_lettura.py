"""Reading the files: nothing guessed, nothing lost, and a clear word when the shape is wrong."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal

import pytest

from portal.errors import ErroreDominio
from portal.piano.rules import normalizza_codice, normalizza_fondo
from portal.piano.rules.fondi import e_residuo, genere_voce
from portal.piano.rules.lettura import leggi_importo, leggi_schede
from portal.piano.rules.lettura_voci import leggi_popolazione, leggi_quadro, leggi_voci

from .costruttori import FINANZA, QUADRO, SCHEDE, dati


@pytest.mark.parametrize(
    ("scritto", "codice"),
    [
        ("A1", "A.1"),
        ("A.1", "A.1"),
        ("a 1", "A.1"),
        ("f8", "F.8"),
        ("T", "T"),
        (" t ", "T"),
        ("A.12", "A.12"),
        ("1A", None),
        ("", None),
    ],
)
def test_codici(scritto, codice):
    assert normalizza_codice(scritto) == codice


@pytest.mark.parametrize(
    ("stampato", "codice"),
    [
        ("PdZ", "PDZ_ORDINARIO"),
        ("PDZ", "PDZ_ORDINARIO"),
        ("PON INCLUSIOE", "PON_INCLUSIONE"),
        ("PNNR", "PNRR"),
        ("PAC Infanzia", "PAC_INFANZIA"),
        ("Intesa Famiglia - Regione", "INTESA_FAMIGLIA"),
        ("DGR 220/2020 Regione", "DGR_220_2020"),
        ("Regione", "REGIONE"),
        ("Fondo per l'assistenza all'autonomia e alla comunicazione degli alunni con disabilità", "AUTONOMIA_COMUNICAZIONE"),
        ("Fondo per l’assistenza all’autonomia e alla comunicazione degli alunni con disabilità", "AUTONOMIA_COMUNICAZIONE"),
        ("Un fondo nuovo (2026)", "UN_FONDO_NUOVO_2026"),
    ],
)  # fmt: skip
def test_fondi(stampato, codice):
    assert normalizza_fondo(stampato).codice == codice


def test_un_fondo_sconosciuto_tiene_il_suo_nome():
    assert normalizza_fondo(" Un fondo nuovo (2026) ").nome == "Un fondo nuovo (2026)"


def test_due_nomi_lunghi_che_iniziano_uguali_restano_due_fondi():
    inizio = "Fondo straordinario per le politiche sociali e l'inclusione"
    codici = {normalizza_fondo(f"{inizio} {anno}").codice for anno in (2025, 2026)}
    assert len(codici) == 2
    assert {len(c) for c in codici} == {40}


@pytest.mark.parametrize(
    ("voce", "genere", "residuo"),
    [
        ("Residui QFP 2018-2020", "QFP", True),
        ("Residui PdZ 2018-2021", "RES", True),
        ("QFP 2021", "QFP", False),
        ("Cofinanziamento comunale (denaro e servizi)", "COF", False),
        ("FGSA 2022-2024", "FGSA", False),
        ("Altro", "ALTRO", False),
    ],
)
def test_voci_del_budget(voce, genere, residuo):
    assert (genere_voce(voce), e_residuo(voce)) == (genere, residuo)


@pytest.mark.parametrize(("valore", "importo"), [(None, None), ("0.00", Decimal("0.00")), ("63000", Decimal("63000.00"))])
def test_bianco_e_zero_restano_diversi(valore, importo):
    assert leggi_importo(valore, "qui") == importo


@pytest.mark.parametrize("valore", ["12,50", "abc", "-1.00", "1.005", "NaN", ""])
def test_un_importo_storto_si_dice(valore):
    with pytest.raises(ErroreDominio, match=r"Scheda B\.4"):
        leggi_importo(valore, "Scheda B.4")


def test_le_ventisette_schede():
    lette = leggi_schede(dati(SCHEDE))
    assert len(lette) == 27
    assert sum(len(a.fonti) for s in lette for a in s.anni) == 85
    b1, b8 = (next(s for s in lette if s.codice == c) for c in ("B.1", "B.8"))
    assert [(a.importo, a.fonte_testo) for a in b1.anni] == [(None, "Fondi Regionali")] * 3
    assert (b1.totale, b8.totale, [a.importo for a in b8.anni]) == (
        None,
        Decimal("0.00"),
        [Decimal("0.00")] * 3,
    )
    assert [s.macro for s in lette][-1] == "T"


@pytest.mark.parametrize("guasto", ["senza_schede", "senza_campo", "codice", "doppia", "livello", "fonte_in_bianco"])
def test_un_file_storto_si_rifiuta(guasto):
    file = deepcopy(dati(SCHEDE))
    prima = file["schede"][0]
    if guasto == "senza_schede":
        file = {}
    elif guasto == "senza_campo":
        del prima["programmazione"]
    elif guasto == "codice":
        prima["codice"] = "scheda 1"
    elif guasto == "doppia":
        file["schede"].append(prima)
    elif guasto == "livello":
        prima["livelli_priorita"] = ["ALTRO"]
    else:
        prima["programmazione"][0]["fonti"][0]["importo"] = None
    with pytest.raises(ErroreDominio):
        leggi_schede(file)


def test_le_cifre_fuori_dalle_schede():
    voci = {(v.tavola, v.riga, v.colonna): v for v in leggi_voci(dati(FINANZA))}
    assert voci["budget", "totale", "importo"].importo == Decimal("8515853.74")
    assert voci["fgsa", "2023-2024", "importo"].importo == Decimal("327182.43")
    assert voci["fnps", "2024", "quota_libera"].importo is None
    assert voci["rendiconto", "2018-2021", "avanzamento"].conteggio == 95
    assert voci["popolazione", "Parabita", "totale"].conteggio == 8823
    assert (
        "popolazione",
        "Parabita",
        "0-3",
    ) not in voci  # it is a row of the population
    popolazione = leggi_popolazione(dati(FINANZA))
    assert (popolazione.anno, popolazione.abitanti["Parabita"]["0-3"], len(popolazione.abitanti)) == (
        2021,
        238,
        7,
    )
    assert leggi_popolazione({}) is None


def test_una_tavola_storta_si_rifiuta():
    with pytest.raises(ErroreDominio, match="cofinanziamento_programmato"):
        leggi_voci({"cofinanziamento_programmato": {"annuo": "1.00"}})
    with pytest.raises(ErroreDominio, match="fnps_quote"):
        leggi_voci({"fnps_quote": {"colonne": ["anno", "importo"], "righe": [[2022]]}})
    with pytest.raises(ErroreDominio):
        leggi_quadro({"codici": [{"codice": "A.1"}]})


def test_il_quadro_sinottico():
    voci = leggi_quadro(dati(QUADRO))
    assert len(voci) == 36
    assert {v.riga for v in voci if v.conteggio == 0} == {
        "C.4",
        "D.3",
        "D.5",
        "E.2",
        "E.4",
        "E.5",
        "E.6",
        "E.7",
    }
