"""I4-I10, I13, I14: the printed tables, with small numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portal.piano.rules import Gravita, Valori
from portal.piano.rules import budget as b
from portal.piano.rules import comuni as c
from portal.piano.rules import fnps as f
from portal.piano.rules import rendiconto as r
from portal.piano.rules import stampati as st

from .costruttori import anno, scheda, tavola, valori


def budget(**voci):
    nomi = {
        "fnps": "FNPS 2022-2024",
        "cof": "Cofinanziamento comunale",
        "qfp": "QFP 2021",
        "res": "Residui QFP 2018",
    }
    return tavola({nomi.get(k, k): {"importo": v} for k, v in voci.items()})


def esito(segnalazioni):
    return [(s.id, s.gravita, s.scarto) for s in segnalazioni]


def una(importo, fondo="QFP", codice="A.1", quale=2022):
    return scheda(codice, importo, anno(quale, importo, (fondo, importo)))


@pytest.mark.parametrize(
    ("righe", "attese"),
    [
        ("100.00", []),
        ("99.97", [("F21", Gravita.ARROTONDAMENTO, Decimal("0.03"))]),
        ("60.00", [("F21", Gravita.AVVISO, Decimal("40.00"))]),
        ("130.00", [("F21", Gravita.ERRORE, Decimal("30.00"))]),
    ],
)
def test_i4_fondo_poverta(righe, attese):
    v = valori(una(righe), budget=budget(qfp="80.00", res="20.00", fnps="7.00"))
    assert esito(b.i4_qfp(v).segnalazioni) == attese


@pytest.mark.parametrize(
    ("righe", "attese"),
    [("70.00", []), ("190.00", []), ("190.01", [("F22", Gravita.ARROTONDAMENTO, Decimal("0.01"))]),
     ("250.00", [("F22", Gravita.ERRORE, Decimal("60.00"))])],
)  # fmt: skip
def test_i4_pdz_oltre_il_denaro(righe, attese):
    """Cash: 100 of FNPS and 30 a year of co-financing in money, of the 300 that the budget counts with services."""
    minimo = tavola({"totale": {"quota_denaro_50": "30.00"}})
    v = valori(una(righe, "PdZ"), budget=budget(fnps="100.00", cof="300.00"), cofinanziamento_minimo=minimo)
    assert esito(b.i4_pdz_ordinario(v).segnalazioni) == attese


def test_i5_le_voci_fanno_il_budget_e_il_budget_sta_nelle_schede():
    giusto = valori(una("100.00"), budget=budget(qfp="80.00", res="20.00", totale="100.00"))
    assert (b.i5_voci_budget(giusto).segnalazioni, b.i5_budget_e_schede(giusto).segnalazioni) == ((), ())
    storto = valori(una("70.00"), budget=budget(qfp="80.00", res="21.00", totale="100.00"))
    assert esito(b.i5_voci_budget(storto).segnalazioni) == [("", Gravita.ERRORE, Decimal("1.00"))]
    assert esito(b.i5_budget_e_schede(storto).segnalazioni) == [("F20", Gravita.ERRORE, Decimal("30.00"))]


def fnps(**anni):
    colonne = (
        "importo",
        "quota_libera",
        "quota_minori_famiglia",
        "quota_contrasto_violenza",
        "quota_dimissioni_protette",
    )
    return tavola({a.removeprefix("a"): dict(zip(colonne, v, strict=False)) for a, v in anni.items()})


def test_i6_le_quote_fanno_il_fondo():
    assert f.i6_quote_fnps(valori(fnps=fnps(a2022=("10.00", "4.00", "6.00")))).segnalazioni == ()
    (s,) = f.i6_quote_fnps(valori(fnps=fnps(a2022=("10.00", "4.00", "7.00")))).segnalazioni
    assert (s.id, s.gravita, s.scarto) == ("F12", Gravita.ERRORE, Decimal("1.00"))
    assert "2022 + 2023" not in s.titolo


def test_i6_si_accorge_che_due_anni_sono_sommati():
    v = valori(fnps=fnps(a2023=("10.00", "8.00", "12.00"), a2024=("10.00", None, None)))
    (s,) = f.i6_quote_fnps(v).segnalazioni
    assert "2023 + 2024" in s.titolo


@pytest.mark.parametrize(("minori", "gravita"), [("50.00", []), ("49.00", [Gravita.ERRORE])])
def test_i6_almeno_meta_ai_minori(minori, gravita):
    v = valori(fnps=fnps(totale=("100.00", "0.00", minori)))
    assert [s.gravita for s in f.i6_quota_minori(v).segnalazioni] == gravita


@pytest.mark.parametrize(("righe", "scarto"), [("50.00", []), ("60.00", []), ("45.00", [Decimal("5.00")])])
def test_i6_la_non_autosufficienza_sta_nella_sua_scheda(righe, scarto):
    v = valori(una(righe, "PdZ", "C.2"), fna=tavola({"2022": {"importo": "50.00"}}))
    assert [s.scarto for s in f.i6_fna(v).segnalazioni] == scarto


@pytest.mark.parametrize(
    ("primo", "secondo", "gravita"),
    [("40.00", "80.00", []), ("33.00", "87.00", [Gravita.AVVISO]), ("33.00", "80.00", [Gravita.ERRORE])],
)
def test_i6_quota_contro_la_violenza_anno_per_anno(primo, secondo, gravita):
    """The second row of the fund covers the year that prints no quotas."""
    tab = fnps(
        a2022=("1.00", None, None, "40.00"),
        a2023=("1.00", None, None, "80.00"),
        a2024=("1.00",),
        totale=("3.00", None, None, "120.00"),
    )
    v = valori(una(primo, "PdZ", "A.3"), una(secondo, "PdZ", "E.1", 2024), fnps=tab)
    assert [s.gravita for s in f.i6_destinazioni(v).segnalazioni] == gravita


def test_i6_una_quota_che_sta_anche_altrove_e_una_nota():
    tab = fnps(a2022=("1.00", None, None, None, "14.00"), totale=("1.00", None, None, None, "14.00"))
    v = valori(una("7.00", "PdZ", "C.3"), fnps=tab)
    assert esito(f.i6_destinazioni(v).segnalazioni) == [("F25", Gravita.NOTA, Decimal("7.00"))]


def test_i7_righe_colonne_e_totale():
    righe = {
        "Uno": {"2018": "1.00", "2019": "2.00", "totale": "3.00"},
        "Due": {"2018": "10.00", "2019": "20.00", "totale": "30.01"},
    }
    giusta = tavola({**righe, "totale": {"2018": "11.00", "2019": "22.00", "totale": "33.01"}})
    esiti = c.i7_somme_comuni(valori(cofinanziamento=giusta))
    assert (esiti.confronti, [s.id for s in esiti.segnalazioni]) == (6, ["F07", "F07"])
    storta = tavola({**righe, "totale": {"2018": "11.02", "2019": "22.00", "totale": "33.02"}})
    assert [(s.id, s.gravita) for s in c.i7_somme_comuni(valori(cofinanziamento=storta)).segnalazioni] == [
        ("F08", Gravita.ARROTONDAMENTO),
        ("F09", Gravita.ARROTONDAMENTO),
        ("F07", Gravita.ARROTONDAMENTO),
    ]


def test_i7_una_persona_in_piu_non_e_un_arrotondamento():
    famiglie = tavola({"Uno": {"famiglie": "10"}, "totale": {"famiglie": "11"}})
    assert [s.gravita for s in c.i7_somme_comuni(valori(famiglie=famiglie)).segnalazioni] == [Gravita.ERRORE]


def test_i8_le_due_meta():
    meta = tavola(
        {
            "Uno": {"quota_100": "10.00", "quota_denaro_50": "5.00", "quota_servizi_50": "5.00"},
            "Due": {"quota_100": "10.01", "quota_denaro_50": "5.00", "quota_servizi_50": "5.00"},
            "totale": {"quota_100": "20.00", "quota_denaro_50": "10.00", "quota_servizi_50": "11.00"},
        }
    )
    assert esito(c.i8_denaro_e_servizi(valori(cofinanziamento_minimo=meta)).segnalazioni) == [
        ("F10", Gravita.ARROTONDAMENTO, Decimal("0.01")),
        ("F11", Gravita.ERRORE, Decimal("1.00")),
    ]


@pytest.mark.parametrize(("annuo", "gravita"), [("100.00", []), ("80.00", [Gravita.AVVISO]), ("40.00", [Gravita.ERRORE])])
def test_i13_spesa_storica_e_minimo_in_deroga(annuo, gravita):
    v = valori(
        cofinanziamento_programmato=tavola({"totale": {"annuo": annuo}}),
        spesa_storica=tavola({"totale": {"media_annua": "100.00"}}),
        cofinanziamento_minimo=tavola({"totale": {"quota_100": "50.00"}}),
    )
    assert [s.gravita for s in c.i13_cofinanziamento(v).segnalazioni] == gravita


@pytest.mark.parametrize(
    ("media", "attese"), [("33.33", []), ("33.34", [Gravita.ARROTONDAMENTO]), ("34.00", [Gravita.ERRORE])]
)
def test_i9_un_terzo_del_totale(media, attese):
    v = valori(spesa_storica=tavola({"Uno": {"triennio": "100.00", "media_annua": media}}))
    assert [s.gravita for s in st.i9_medie(v).segnalazioni] == attese


@pytest.mark.parametrize(
    ("stampata", "impegnato", "gravita"),
    [
        ("95", "950.00", []),
        ("95", "950.90", []),
        ("95", "954.00", [Gravita.AVVISO]),
        ("96", "950.00", [Gravita.ERRORE]),
    ],
)
def test_i9_una_percentuale_intera(stampata, impegnato, gravita):
    rendiconto = tavola({"2018-2021": {"budget": "1000.00", "impegnato": impegnato, "avanzamento": stampata}})
    assert [s.gravita for s in st.i9_percentuali(valori(rendiconto=rendiconto)).segnalazioni] == gravita


def test_i9_annuo_per_gli_anni_del_piano():
    tab = tavola({"totale": {"annuo": "10.00", "triennio": "30.00"}})
    assert st.i9_triennio(valori(cofinanziamento_programmato=tab)).segnalazioni == ()
    quattro = Valori(tavole={"cofinanziamento_programmato": tab}, anni=(2022, 2023, 2024, 2025))
    assert [s.scarto for s in st.i9_triennio(quattro).segnalazioni] == [Decimal("10.00")]


def test_i10_la_stessa_cifra_in_due_posti():
    voci = {
        "FNPS 2022": "10.00",
        "FGSA 2022": "5.00",
        "QFP 2021": "7.00",
        "Residui QFP 2020": "3.00",
        "Residui PdZ": "1.00",
    }
    v = valori(
        budget=tavola({k: {"importo": i} for k, i in voci.items()}),
        fnps=tavola({"totale": {"importo": "10.00"}}),
        fgsa=tavola({"totale": {"importo": "5.01"}}),
        qfp=tavola({"2021": {"importo": "7.00"}}),
        rendiconto=tavola({"2018-2021": {"residuo": "2.00"}}),
    )
    assert esito(st.i10_stessa_cifra(v).segnalazioni) == [
        ("F13", Gravita.ARROTONDAMENTO, Decimal("0.01")),
        ("", Gravita.ERRORE, Decimal("1.00")),
    ]


def test_i10_abitanti():
    eta = tavola({"Uno": {"0-3": "3", "4-14": "4", "totale": "7"}, "totale": {"0-3": "3", "4-14": "4", "totale": "7"}})
    for nel_testo, attese in (("7", []), ("8", [("F01", Gravita.ERRORE, Decimal(1))])):
        v = valori(popolazione=eta, popolazione_testo=tavola({"totale": {"abitanti": nel_testo}}))
        assert esito(st.i10_popolazione(v).segnalazioni) == attese


def test_i10_un_fondo_scritto_in_due_modi_e_una_nota():
    v = valori(
        una("1.00", "PdZ", "A.1"),
        una("1.00", "PdZ", "A.2"),
        una("1.00", "PDZ", "A.3"),
        una("1.00", "QFP", "B.1"),
    )
    esiti = st.i10_nomi_fondi(v)
    assert (esiti.confronti, [(s.id, s.gravita, s.schede) for s in esiti.segnalazioni]) == (
        2,
        [("F42", Gravita.NOTA, ("A.3",))],
    )


@pytest.mark.parametrize(
    ("celle", "attese"),
    [
        ({"budget": "10.00", "impegnato": "8.00", "residuo": "2.00"}, []),
        ({"budget": "10.00", "impegnato": "8.00", "residuo": "3.00"}, [Decimal("1.00")]),
        ({"budget": "10.00", "impegnato": "8.00", "liquidato": "9.00", "residuo": "2.00"}, [Decimal("1.00")]),
    ],
)
def test_i14_residuo_e_catena(celle, attese):
    assert [s.scarto for s in r.i14_residuo(valori(rendiconto=tavola({"2018-2021": celle}))).segnalazioni] == attese


def test_i14_residui_che_il_rendiconto_non_ha():
    rendiconto = tavola({"2018-2021": {"budget": "100.00", "impegnato": "90.00", "residuo": "10.00"}})
    voci = tavola({"Residui PdZ": {"importo": "10.00"}, "Residui QFP": {"importo": "50.00"}})
    (s,) = r.i14_residui_nel_budget(valori(rendiconto=rendiconto, budget=voci)).segnalazioni
    assert (s.id, s.gravita, s.scarto) == ("F18", Gravita.AVVISO, Decimal("50.00"))
    assert "60,0 %" in s.spiegazione
