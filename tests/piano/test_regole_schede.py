"""I1, I2, I3, I12: tables of numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portal.piano.rules import Gravita
from portal.piano.rules.quadro import i12_codici, i12_quadro_e_schede
from portal.piano.rules.schede import i1_totale_scheda, i2_fonti_anno, i3_importi_e_fonti

from .costruttori import anno, scheda, tavola, valori


@pytest.mark.parametrize(
    ("totale", "tolleranza", "gravita"),
    [
        ("300.00", 5, None),
        ("300.05", 5, Gravita.ARROTONDAMENTO),
        ("299.95", 5, Gravita.ARROTONDAMENTO),
        ("300.06", 5, Gravita.ERRORE),
        ("300.01", 0, Gravita.ERRORE),
        ("0.00", 5, Gravita.ERRORE),
    ],
)
def test_i1_lo_scarto_decide_la_gravita(totale, tolleranza, gravita):
    v = valori(
        scheda("A.1", totale, anno(2022, "100.00"), anno(2023, "200.00"), anno(2024, None)),
        tolleranza=tolleranza,
    )
    esito = i1_totale_scheda(v)
    assert esito.confronti == 1
    assert [s.gravita for s in esito.segnalazioni] == ([gravita] if gravita else [])


def test_i1_dice_le_due_cifre_e_lo_scarto():
    (s,) = i1_totale_scheda(valori(scheda("B.4", "742927.33", anno(2022, "742927.35")))).segnalazioni
    assert (s.stampato, s.ricalcolato, s.scarto) == (
        Decimal("742927.33"),
        Decimal("742927.35"),
        Decimal("0.02"),
    )
    assert (s.regola, s.id, s.schede) == ("I1", "F19", ("B.4",))


def test_i1_un_totale_in_bianco_non_si_confronta():
    assert i1_totale_scheda(valori(scheda("B.1", None, anno(2022, "10.00")))).confronti == 0


def test_i1_un_totale_senza_anni_non_torna():
    esito = i1_totale_scheda(valori(scheda("B.1", "10.00", anno(2022, None))))
    assert [(s.gravita, s.ricalcolato) for s in esito.segnalazioni] == [(Gravita.ERRORE, Decimal("0.00"))]


@pytest.mark.parametrize(
    ("importo", "gravita"),
    [("30.00", None), ("30.02", Gravita.ARROTONDAMENTO), ("31.00", Gravita.ERRORE), ("0.00", Gravita.ERRORE)],
)
def test_i2_i_fondi_fanno_l_anno(importo, gravita):
    v = valori(scheda("A.1", importo, anno(2022, importo, ("PdZ", "10.00"), ("QFP", "20.00"))))
    esito = i2_fonti_anno(v)
    assert esito.confronti == 1
    assert [s.gravita for s in esito.segnalazioni] == ([gravita] if gravita else [])


def test_i2_un_anno_senza_fondi_o_senza_importo_non_si_confronta():
    v = valori(scheda("A.1", None, anno(2022, "10.00"), anno(2023, None, ("PdZ", "5.00"))))
    assert i2_fonti_anno(v).confronti == 0


def i3(*schede):
    return [(s.gravita, s.schede) for s in i3_importi_e_fonti(valori(*schede)).segnalazioni]


def test_i3_tutto_a_posto():
    assert i3(scheda("A.1", "5.00", anno(2022, "5.00", ("PdZ", "5.00")), anno(2023, "0.00"))) == []


def test_i3_importo_senza_fondo_e_fondo_senza_importo_sono_errori():
    v = scheda("A.1", "5.00", anno(2022, "5.00"), anno(2023, None, ("PdZ", "1.00")))
    assert i3(v) == [(Gravita.ERRORE, ("A.1",)), (Gravita.ERRORE, ("A.1",))]


def test_i3_un_fondo_nominato_con_zero_e_un_avviso():
    assert i3(scheda("A.1", "5.00", anno(2022, "5.00", ("PdZ", "5.00")), anno(2024, "0.00", testo="PdZ"))) == [
        (Gravita.AVVISO, ("A.1",))
    ]


@pytest.mark.parametrize("testo", ["", "_____", " … "])
def test_i3_una_riga_da_riempire_non_nomina_nessuna_fonte(testo):
    assert i3(scheda("A.1", "5.00", anno(2022, "5.00", ("PdZ", "5.00")), anno(2024, "0.00", testo=testo))) == []


@pytest.mark.parametrize("testo", ["Fondi Regionali", ""])
def test_i3_una_scheda_in_bianco_e_un_avviso_solo(testo):
    vuota = scheda("B.1", None, *(anno(a, None, testo=testo) for a in (2022, 2023, 2024)))
    esito = i3_importi_e_fonti(valori(vuota)).segnalazioni
    assert [(s.gravita, s.id) for s in esito] == [(Gravita.AVVISO, "F26")]
    assert ("Fondi Regionali" in esito[0].spiegazione) == bool(testo)


def test_i3_una_scheda_tutta_a_zero_e_un_avviso():
    assert i3(scheda("B.8", "0.00", anno(2022, "0.00"), anno(2023, "0.00"))) == [(Gravita.AVVISO, ("B.8",))]


def test_i3_le_caselle_vuote_sono_una_nota_sola():
    schede = [scheda(c, "5.00", anno(2022, None), anno(2023, "5.00", ("PdZ", "5.00"))) for c in ("C.4", "D.4")]
    assert i3(*schede) == [(Gravita.NOTA, ("C.4", "D.4"))]


@pytest.mark.parametrize(("codice", "gravita"), [("A.1", []), ("T", []), ("A1", [Gravita.NOTA]), ("1A", [Gravita.ERRORE])])
def test_i12_codici(codice, gravita):
    assert [s.gravita for s in i12_codici(valori(scheda(codice, None))).segnalazioni] == gravita


def test_i12_quadro_e_schede():
    quadro = tavola({c: {"compilata": v} for c, v in (("A.1", "1"), ("C.4", "0"), ("D.1", "1"), ("D.3", "0"))})
    v = valori(scheda("A.1", None), scheda("C.4", None), scheda("F.8", None), quadro_sinottico=quadro)
    esito = i12_quadro_e_schede(v)
    assert esito.confronti == 5
    assert [(s.dove.split()[-1], s.id, s.gravita, s.schede) for s in esito.segnalazioni] == [
        ("C.4", "F37", Gravita.AVVISO, ("C.4",)),
        ("D.1", "F37", Gravita.AVVISO, ()),
        ("F.8", "F37", Gravita.AVVISO, ("F.8",)),
    ]


def test_i12_senza_quadro_non_c_e_niente_da_confrontare():
    assert i12_quadro_e_schede(valori(scheda("A.1", None))).confronti == 0
