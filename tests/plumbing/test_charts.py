"""Shares, lengths and rests of the charts, on figures that were added up by hand (plan 2022-2024 of Casarano)."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from portal.charts import barre, ordinate, prime

AREE = [
    ("f", "Altri interventi e servizi sociali", D("2263825.61")),
    ("b", "Misure per il sostegno e l’inclusione", D("2681353.99")),
    ("e", "Strutture comunitarie e residenziali", D("55000.00")),
    ("a", "Accesso, valutazione e progettazione", D("2435912.94")),
    ("d", "Centri servizi, diurni, semiresidenziali", D("1234966.93")),
    ("c", "Assistenza domiciliare", D("999895.72")),
    ("g", "Azioni di sistema", D("268242.03")),
]


def test_le_aree_del_piano() -> None:
    trovate = ordinate(barre(AREE))
    assert [(b.chiave, b.quota, b.larghezza) for b in trovate] == [
        ("b", D("27.0"), D("100.0")),
        ("a", D("24.5"), D("90.8")),
        ("f", D("22.8"), D("84.4")),
        ("d", D("12.4"), D("46.1")),
        ("c", D("10.1"), D("37.3")),
        ("g", D("2.7"), D("10.0")),
        ("e", D("0.6"), D("2.1")),
    ]
    assert sum(b.importo for b in trovate) == D("9939197.22")


def test_l_ordine_e_quello_dato_e_le_pari_restano_in_fila() -> None:
    anni = barre([("2022", "2022", D(5)), ("2023", "2023", D(10)), ("2024", "2024", D(5))])
    assert [b.nome for b in anni] == ["2022", "2023", "2024"]
    assert [b.nome for b in ordinate(anni)] == ["2023", "2022", "2024"]


@pytest.mark.parametrize("voci", [[], [("a", "A", D(0))], [("a", "A", D(0)), ("b", "B", D("0.00"))]])
def test_niente_soldi_niente_barre(voci: list[tuple[str, str, D]]) -> None:
    assert [(b.quota, b.larghezza) for b in barre(voci)] == [(D(0), D(0))] * len(voci)


@pytest.mark.parametrize(("quante", "disegnate", "altre"), [(0, 0, 0), (8, 8, 0), (9, 9, 0), (10, 8, 2), (30, 8, 22)])
def test_oltre_otto_le_altre_fanno_una_barra_sola(quante: int, disegnate: int, altre: int) -> None:
    tutte = barre((str(n), str(n), D(100 - n)) for n in range(quante))
    sole, resto = prime(tutte)
    assert (len(sole), len(resto)) == (disegnate, altre)
    assert sole + resto == tutte
