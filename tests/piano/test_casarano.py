"""The plan of Casarano through every rule: what fails is what domain.md 4.6 found, what must pass passes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from portal.piano.rules import Gravita, controlla, prospetto
from portal.piano.rules import tavole as t
from portal.piano.rules.fondi import PDZ_ORDINARIO, QFP
from portal.piano.rules.schede import i1_totale_scheda

from .costruttori import casarano

E, A, R, N = Gravita.ERRORE, Gravita.AVVISO, Gravita.ARROTONDAMENTO, Gravita.NOTA


def di(regola):
    return next(e for e in controlla(casarano()).esiti if e.regola.codice == regola)


def test_i1_segnala_b4_per_due_centesimi_e_nient_altro():
    esito = di("I1")
    assert [(s.schede, s.scarto, s.gravita) for s in esito.segnalazioni] == [(("B.4",), Decimal("0.02"), R)]
    assert esito.confronti == 25  # B.1 and E.3 have blank totals


def test_i1_con_tolleranza_zero_e_un_errore():
    assert [s.gravita for s in i1_totale_scheda(replace(casarano(), tolleranza=0)).segnalazioni] == [E]


def test_i2_torna_su_ogni_scheda():
    esito = di("I2")
    assert (esito.confronti, esito.segnalazioni) == (50, ())


def test_i3_dice_le_schede_in_bianco_e_i_fondi_senza_soldi():
    trovate = [(s.gravita, s.schede) for s in di("I3").segnalazioni]
    assert trovate == [
        (A, ("A.1",)), (A, ("B.1",)), (A, ("B.2",)), (A, ("B.8",)), (A, ("E.3",)), (A, ("T",)),
        (N, ("B.7", "C.4", "D.2", "D.4", "E.1", "F.3", "F.4", "F.7", "F.8")),
    ]  # fmt: skip
    assert "Fondi Regionali" in di("I3").segnalazioni[1].spiegazione


def test_ogni_segnalazione_ha_il_nome_e_lo_scarto_noti():
    """Findings by stable id, with the distance where there is one."""
    trovate = {(s.id, s.gravita, s.scarto) for s in controlla(casarano()).segnalazioni if s.scarto is not None}
    cent = Decimal("0.01")
    assert trovate == {
        ("F01", E, Decimal(1)),
        ("F07", R, cent),
        ("F08", R, cent),
        ("F09", R, cent),
        ("F10", R, cent),
        ("F11", R, cent),
        ("F12", E, Decimal("335721.94")),
        ("F13", R, cent),
        ("F14", A, Decimal("0.46")),
        ("F16", A, Decimal("277348.57")),
        ("F18", A, Decimal("963208.18")),
        ("F19", R, Decimal("0.02")),
        ("F20", E, Decimal("3075191.70")),
        ("F21", A, Decimal("31989.19")),
        ("F22", E, Decimal("198048.19")),
        ("F23", E, Decimal("56145.97")),
        ("F24", A, Decimal("6500.00")),
        ("F25", N, Decimal("21973.00")),
    }
    senza_cifre = Counter(s.id for s in controlla(casarano()).segnalazioni if s.scarto is None)
    assert senza_cifre == {"F26": 7, "F37": 5, "F42": 3}


def test_quante_per_gravita():
    controlli = controlla(casarano())
    assert {g: controlli.quante(g) for g in Gravita} == {E: 5, A: 16, R: 10, N: 5}
    assert controlli.confronti == sum(e.confronti for e in controlli.esiti) > 300
    assert controlli.schede_che_non_tornano == {"B.4", "C.2"}
    assert [s.id for s in controlli.in_evidenza] == ["F20", "F12", "F22", "F18", "F19"]


def test_quello_che_deve_tornare_torna():
    v = casarano()
    assert v.tavola(t.POPOLAZIONE).cella(t.TOTALE, t.TOTALE) == 70274
    assert {s.dove.split(",")[0] for s in di("I7").segnalazioni} == {
        "Cofinanziamento del piano precedente",
        "Cofinanziamento minimo",
    }
    assert not [s for s in di("I9").segnalazioni if s.id != "F14"]  # means, 95 %, three years of co-financing
    assert not [s for s in di("I5").segnalazioni if s.id != "F20"]  # the budget box closes
    assert not [s for s in di("I14").segnalazioni if s.id != "F18"]  # 273.854,03 is what is left
    assert {s.dove for s in di("I6").segnalazioni if s.id == "F12"} == {"FNPS, riga 2023"}  # the other rows close
    assert not [s for s in di("I10").segnalazioni if s.id not in ("F01", "F13", "F42")]  # 904.396,85 is the three funds


def test_il_piano_al_centesimo():
    v = casarano()
    p = prospetto(v.schede, v.anni)
    assert (p.schede, p.totale, p.totale_dichiarato) == (27, Decimal("9939197.22"), Decimal("9939197.20"))
    assert p.totali_anno == (Decimal("5330425.61"), Decimal("3060999.24"), Decimal("1547772.37"))
    assert {q.chiave: q.importo for q in p.per_area} == {
        "A": Decimal("2435912.94"),
        "B": Decimal("2681353.99"),
        "C": Decimal("999895.72"),
        "D": Decimal("1234966.93"),
        "E": Decimal("55000.00"),
        "F": Decimal("2263825.61"),
        "T": Decimal("268242.03"),
    }
    fondi = {q.chiave: q.importo for q in p.per_fondo}
    assert len(fondi) == 16
    assert (fondi[PDZ_ORDINARIO], fondi[QFP], fondi["PNRR"]) == (
        Decimal("3731520.65"),
        Decimal("1709141.39"),
        Decimal("2016500.00"),
    )
    assert sum(fondi.values()) == p.totale
