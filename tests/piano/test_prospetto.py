"""Totals, filters and exports of the page, on small numbers."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest

from portal.piano.rules import Filtri, csv_piano, filtra, json_piano, prospetto, quadro_fondi
from portal.piano.rules.esportazione import COLONNE, cella_sicura
from portal.piano.rules.prospetto import Cella

from .costruttori import anno, scheda

ANNI = (2022, 2023)
SCHEDE = (
    scheda(
        "A.1",
        "60.00",
        anno(2022, "50.00", ("PdZ", "30.00"), ("QFP", "20.00")),
        anno(2023, "10.00", ("QFP", "10.00")),
    ),
    scheda("B.1", None, anno(2022, None, testo="Fondi Regionali"), anno(2023, None)),
    scheda("B.2", "40.02", anno(2022, "40.00", ("PdZ", "40.00")), anno(2023, "0.00")),
)


def test_i_totali():
    p = prospetto(SCHEDE, ANNI)
    assert (p.totale, p.totale_dichiarato, p.totali_anno) == (
        Decimal("100.00"),
        Decimal("100.02"),
        (Decimal("90.00"), Decimal("10.00")),
    )
    assert [(q.chiave, q.importo, q.quota, q.larghezza) for q in p.per_area] == [
        ("A", Decimal("60.00"), Decimal("60.0"), Decimal("100.0")),
        ("B", Decimal("40.00"), Decimal("40.0"), Decimal("66.7")),
    ]
    assert [(q.chiave, q.importo) for q in p.per_fondo] == [
        ("PDZ_ORDINARIO", Decimal("70.00")),
        ("QFP", Decimal("30.00")),
    ]
    assert [(q.nome, q.importo) for q in p.per_anno] == [
        ("2022", Decimal("90.00")),
        ("2023", Decimal("10.00")),
    ]


def test_il_bianco_resta_bianco_e_lo_zero_zero():
    b1, b2 = prospetto(SCHEDE, ANNI).gruppi[1].schede
    assert (b1.anni, b1.totale) == ((Cella(None), Cella(None)), None)
    assert (b2.anni, b2.totale) == ((Cella(Decimal("40.00")), Cella(Decimal("0.00"))), Decimal("40.00"))


@pytest.mark.parametrize(
    ("filtri", "schede", "totale"),
    [
        (Filtri(), ["A.1", "B.1", "B.2"], "100.00"),
        (Filtri(anno=2023), ["A.1", "B.1", "B.2"], "10.00"),
        (Filtri(area="B"), ["B.1", "B.2"], "40.00"),
        (Filtri(fondo="QFP"), ["A.1"], "30.00"),
        (Filtri(anno=2022, fondo="PDZ_ORDINARIO"), ["A.1", "B.2"], "70.00"),
        (Filtri(anno=2023, fondo="PDZ_ORDINARIO"), [], "0.00"),
    ],
)
def test_i_filtri(filtri, schede, totale):
    scelte = filtra(SCHEDE, filtri)
    assert [s.codice for s in scelte] == schede
    assert prospetto(scelte, ANNI).totale == Decimal(totale)


def test_un_anno_tolto_dai_filtri_non_e_una_casella_vuota():
    (a1,) = prospetto(filtra(SCHEDE, Filtri(fondo="PDZ_ORDINARIO", area="A")), ANNI).gruppi[0].schede
    assert a1.anni == (Cella(Decimal("30.00")), Cella(None, c_e=False))


def test_il_quadro_dei_fondi_di_una_scheda():
    q = quadro_fondi(SCHEDE[0], ANNI)
    assert [(r.nome, r.anni, r.totale) for r in q.righe] == [
        ("PdZ ordinario (quota da dividere)", (Decimal("30.00"), None), Decimal("30.00")),
        ("Quota servizi del Fondo povertà", (Decimal("20.00"), Decimal("10.00")), Decimal("30.00")),
    ]
    assert (q.somme, q.stampati, q.somma) == ((Decimal("50.00"), Decimal("10.00")),) * 2 + (Decimal("60.00"),)
    assert quadro_fondi(SCHEDE[1], ANNI).stampati == (None, None)


def test_csv_una_riga_per_ogni_riga_e_per_ogni_anno_senza_righe():
    lette = list(csv.DictReader(io.StringIO(csv_piano("2022-2024", SCHEDE)), delimiter=";"))
    assert tuple(lette[0]) == COLONNE
    assert [(r["scheda"], r["anno"], r["importo_anno"], r["fondo"], r["importo"]) for r in lette] == [
        ("A.1", "2022", "50,00", "PDZ_ORDINARIO", "30,00"),
        ("A.1", "2022", "50,00", "QFP", "20,00"),
        ("A.1", "2023", "10,00", "QFP", "10,00"),
        ("B.1", "2022", "", "", ""),
        ("B.1", "2023", "", "", ""),
        ("B.2", "2022", "40,00", "PDZ_ORDINARIO", "40,00"),
        ("B.2", "2023", "0,00", "", ""),
    ]


@pytest.mark.parametrize("testo", ["=1+1", "+39", "-1", "@A1", "\tx", "\rx"])
def test_csv_niente_formule(testo):
    assert cella_sicura(testo) == f"'{testo}"
    assert cella_sicura("PdZ") == "PdZ"
    cattiva = scheda("A.1", None, anno(2022, None, testo=testo))
    (riga,) = csv.DictReader(io.StringIO(csv_piano("x", [cattiva]), newline=""), delimiter=";")
    assert riga["fonte_testo"] == f"'{testo}"


def test_json_importi_come_testo_e_null():
    letto = json.loads(json_piano({"ciclo": "x"}, SCHEDE))
    assert letto["ciclo"] == "x"
    assert [s["totale_calcolato"] for s in letto["schede"]] == ["60.00", None, "40.00"]
    assert letto["schede"][1]["anni"][0] == {
        "anno": 2022,
        "importo": None,
        "fonte_testo": "Fondi Regionali",
        "righe": [],
    }
