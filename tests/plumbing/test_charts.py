"""Shares, widths and rests of the charts, on figures that were added up by hand (Piano 2022-2024)."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from portal.charts import Barra, barre, impilate, percentuale

AREE = [
    ("Altri interventi e servizi sociali", D("2263825.61")),
    ("Misure per il sostegno e l’inclusione", D("2681353.99")),
    ("Strutture comunitarie e residenziali", D("55000.00")),
    ("Accesso, valutazione e progettazione", D("2435912.94")),
    ("Centri servizi, diurni, semiresidenziali", D("1234966.93")),
    ("Assistenza domiciliare", D("999895.72")),
    ("Azioni di sistema", D("268242.03")),
]
LETTERE = [(lettera, D(100 - 10 * n)) for n, lettera in enumerate("abcdefghij")]


def righe(voci: tuple[Barra, ...]) -> list[tuple[str, D | None, D | None, float]]:
    return [(b.testo, b.valore, b.quota, b.larghezza) for b in voci]


def test_le_aree_del_piano() -> None:
    grafico = barre(AREE)
    assert righe(grafico.righe) == [
        ("Misure per il sostegno e l’inclusione", D("2681353.99"), D("27.0"), 100.0),
        ("Accesso, valutazione e progettazione", D("2435912.94"), D("24.5"), 90.85),
        ("Altri interventi e servizi sociali", D("2263825.61"), D("22.8"), 84.43),
        ("Centri servizi, diurni, semiresidenziali", D("1234966.93"), D("12.4"), 46.06),
        ("Assistenza domiciliare", D("999895.72"), D("10.1"), 37.29),
        ("Azioni di sistema", D("268242.03"), D("2.7"), 10.0),
        ("Strutture comunitarie e residenziali", D("55000.00"), D("0.6"), 2.05),
    ]
    assert (grafico.totale, grafico.tabella, grafico.non_indicate) == (D("9939197.22"), grafico.righe, ())
    assert grafico.descrizione == (
        "7 voci, dalla più alta alla più bassa: la prima è Misure per il sostegno e l’inclusione, "
        "circa 27 per cento del totale."
    )


def test_gli_anni_restano_in_fila() -> None:
    grafico = barre([("2022", D("3060999.24")), ("2023", D("5330425.61")), ("2024", None)], ordina=False)
    assert righe(grafico.righe) == [
        ("2022", D("3060999.24"), D("36.5"), 57.43),
        ("2023", D("5330425.61"), D("63.5"), 100.0),
        ("2024", None, None, 0.0),
    ]
    assert grafico.righe[2].indicato is False
    assert grafico.descrizione == (
        "2 voci in fila: la più alta è 2023, circa 64 per cento del totale. Importo non indicato: 2024."
    )


@pytest.mark.parametrize(
    ("quante", "massimo", "disegnate"),
    [
        (8, 8, "a b c d e f g h"),
        (9, 8, "a b c d e f g h i"),
        (10, 8, "a b c d e f g h Altri_2"),
        (10, 3, "a b c Altri_7"),
        (3, 2, "a b c"),
        (1, 8, "a"),
    ],
)
def test_oltre_il_massimo_altri(quante: int, massimo: int, disegnate: str) -> None:
    grafico = barre(LETTERE[:quante], massimo_voci=massimo)
    assert " ".join(b.testo.replace(" ", "_") for b in grafico.righe) == disegnate
    assert [b.testo for b in grafico.tabella] == [testo for testo, _valore in LETTERE[:quante]]
    assert sum(b.valore or 0 for b in grafico.righe) == grafico.totale


def test_altri_ha_importo_quota_e_nome_suo() -> None:
    grafico = barre(LETTERE, massimo_voci=7, altri="Altri {n} fondi")
    assert righe(grafico.righe[-1:]) == [("Altri 3 fondi", D("60.00"), D("10.9"), 60.0)]


def test_altri_puo_essere_la_barra_piu_lunga() -> None:
    grafico = barre([(str(n), D(10)) for n in range(10)])
    assert [b.larghezza for b in grafico.righe] == [50.0] * 8 + [100.0]
    assert {b.larghezza for b in grafico.tabella} == {100.0}


def test_in_ordine_proprio_non_si_taglia() -> None:
    assert len(barre(LETTERE, massimo_voci=2, ordina=False).righe) == 10


def test_a_pari_importo_l_ordine_dato() -> None:
    assert [b.testo for b in barre([("z", D(1)), ("a", D(1)), ("m", D(2))]).righe] == ["m", "z", "a"]


def test_non_indicato_non_e_zero() -> None:
    grafico = barre([("vuota", None), ("zero", D("0.00")), ("mille", D(1000))])
    assert righe(grafico.righe) == [("mille", D(1000), D("100.0"), 100.0), ("zero", D("0.00"), D("0.0"), 0.0)]
    assert righe(grafico.tabella[2:]) == [("vuota", None, None, 0.0)]
    assert (grafico.totale, grafico.non_indicate) == (D("1000.00"), ("vuota",))


@pytest.mark.parametrize(
    ("voci", "totale", "descrizione"),
    [
        ([], None, "Nessun importo indicato."),
        ([("a", None)], None, "Nessun importo indicato."),
        ([("a", D("0.00"))], D("0.00"), "Una sola voce: a."),
        ([("a", D(0)), ("b", D(0))], D("0.00"), "2 voci: la più alta è a."),
        ([("a", D(5)), ("b", D(-2))], D("3.00"), "2 voci: la più alta è a."),
        ([("100% %(n)s {n}", D(1))], D("1.00"), "Una sola voce: 100% %(n)s {n}."),
    ],
)
def test_casi_limite(voci: list[tuple[str, D | None]], totale: D | None, descrizione: str) -> None:
    grafico = barre(voci)
    assert (grafico.totale, grafico.descrizione) == (totale, descrizione)


def test_con_un_importo_negativo_niente_quote_e_nessuna_barra_all_indietro() -> None:
    assert righe(barre([("a", D(5)), ("b", D(-2))]).tabella) == [
        ("a", D(5), None, 100.0),
        ("b", D(-2), None, 0.0),
    ]


@pytest.mark.parametrize(
    ("parte", "tutto", "quota"),
    [
        (D("0.0005"), D(1), D("0.1")),
        (D("0.0004"), D(1), D("0.0")),
        (D(1), D(3), D("33.3")),
        (D(2), D(3), D("66.7")),
        (D(5), D(4), D("125.0")),
        (D(1), D(0), None),
        (None, D(1), None),
        (D(1), None, None),
    ],
)
def test_percentuale_a_meta_in_su(parte: D | None, tutto: D | None, quota: D | None) -> None:
    assert percentuale(parte, tutto) == quota


@pytest.mark.parametrize(
    ("importi", "quote", "larghezze", "residuo", "non_torna"),
    [
        (("5478132.88", "5204278.85", None), ("95.0", None), (100.0, 95.0, 0.0), "273854.03", False),
        (("52000", "44200", "31200"), ("85.0", "60.0"), (100.0, 85.0, 60.0), "7800", False),
        (("100", "125", "50"), ("125.0", "50.0"), (80.0, 100.0, 40.0), "-25", True),
        (("100", "40", "50"), ("40.0", "50.0"), (100.0, 40.0, 50.0), "60", True),
        (("0", "0", "0"), (None, None), (0.0, 0.0, 0.0), "0", False),
        ((None, "10", "5"), (None, None), (0.0, 100.0, 50.0), None, False),
        (("100", None, None), (None, None), (100.0, 0.0, 0.0), None, False),
        ((None, None, None), (None, None), (0.0, 0.0, 0.0), None, False),
    ],
)
def test_una_pila(
    importi: tuple[str | None, ...],
    quote: tuple[str | None, ...],
    larghezze: tuple[float, ...],
    residuo: str | None,
    non_torna: bool,
) -> None:
    p, i, l = (None if testo is None else D(testo) for testo in importi)
    pila = impilate([("voce", p, i, l)]).righe[0]
    assert (pila.programmato, pila.impegnato, pila.liquidato) == (p, i, l)
    assert (pila.quota_impegnato, pila.quota_liquidato) == tuple(q and D(q) for q in quote)
    assert (pila.larghezza_programmato, pila.larghezza_impegnato, pila.larghezza_liquidato) == larghezze
    assert (pila.residuo, pila.non_torna) == (residuo and D(residuo), non_torna)


@pytest.mark.parametrize(
    ("importi", "descrizione"),
    [
        (
            ("100", "85", "60"),
            "x: impegnato circa 85 per cento del programmato, liquidato circa 60 per cento.",
        ),
        (("100", "85", None), "x: impegnato circa 85 per cento del programmato, liquidato non indicato."),
        (("100", None, "60"), "x: liquidato circa 60 per cento del programmato, impegnato non indicato."),
        (("100", None, None), "Programmato, impegnato e liquidato di x."),
        (("0", "1", "1"), "Programmato, impegnato e liquidato di x."),
    ],
)
def test_descrizione_di_una_pila(importi: tuple[str | None, ...], descrizione: str) -> None:
    p, i, l = (None if testo is None else D(testo) for testo in importi)
    assert impilate([("x", p, i, l)]).descrizione == descrizione


def test_pile_in_scala_comune_e_totale_solo_se_completo() -> None:
    grafico = impilate([("a", D(200), D(100), None), ("b", D(50), D(50), D(20))], comune=True)
    assert [(p.larghezza_programmato, p.larghezza_impegnato, p.larghezza_liquidato) for p in grafico.righe] == [
        (100.0, 50.0, 0.0),
        (25.0, 25.0, 10.0),
    ]
    assert grafico.totale is not None
    assert (grafico.totale.programmato, grafico.totale.impegnato, grafico.totale.liquidato) == (
        D("250.00"),
        D("150.00"),
        None,
    )
    assert (grafico.totale.quota_impegnato, grafico.totale.quota_liquidato) == (D("60.0"), None)
    assert grafico.descrizione == "Programmato, impegnato e liquidato di 2 voci."


def test_nessuna_pila() -> None:
    grafico = impilate([])
    assert (grafico.righe, grafico.totale, grafico.descrizione) == ((), None, "Nessun importo indicato.")


def test_le_frasi_passano_dalla_traduzione() -> None:
    viste: list[str] = []

    def traduci(frase: str) -> str:
        viste.append(frase)
        return {"Altri {n}": "{n} more"}.get(frase, frase.upper().replace("%(N)S", "%(n)s").split(":")[0])

    grafico = barre(LETTERE, traduci=traduci)
    assert grafico.righe[-1].testo == "2 more"
    assert grafico.descrizione == "10 VOCI, DALLA PIÙ ALTA ALLA PIÙ BASSA"
    assert len(viste) == 2
