"""From points to positions: means, ties, threshold, money, fingerprint. Tables of numbers, no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from portal.valutazione import rules
from portal.valutazione.models import EsitoProposta as E
from portal.valutazione.rules import Bando, Candidata, Differenza, Peso, Pubblicata, Voto

INIZIO = datetime(2026, 3, 1, 10, tzinfo=UTC)
PESI = (Peso(1, 60), Peso(2, 40))
BANDO = Bando(PESI, 60, Decimal("100000.00"))


def candidata(n: int, richiesto: str = "40000.00", minuti: int | None = None) -> Candidata:
    return Candidata(n, INIZIO + timedelta(minutes=n if minuti is None else minuti), Decimal(richiesto))


def voti(proposta: int, *per_membro: tuple[str, ...]) -> list[Voto]:
    """One tuple per commissioner, one figure per criterion."""
    return [
        Voto(proposta, criterio, membro, Decimal(punti))
        for membro, figure in enumerate(per_membro, 1)
        for criterio, punti in enumerate(figure, 1)
    ]


@pytest.mark.parametrize(
    ("punti", "attesa"),
    [
        (("10", "10", "10"), "10.00"),
        (("10", "10", "11"), "10.33"),
        (("10", "11", "11"), "10.67"),
        (("0", "0", "0.01"), "0.00"),
        (("0.01", "0.01", "0"), "0.01"),
        (("10.00", "10.01"), "10.01"),  # 10,005 goes up
    ],
)
def test_la_media_si_arrotonda_a_meta_in_su(punti, attesa):
    assert rules.arrotonda(rules.media_aritmetica([Decimal(p) for p in punti])) == Decimal(attesa)


def test_senza_punti_non_c_e_media():
    with pytest.raises(ValueError, match="nessun punteggio"):
        rules.media_aritmetica([])


def test_si_arrotonda_solo_il_totale():
    """Two thirds twice are 1,333…, not 0,67 + 0,67."""
    dati = voti(1, ("1", "1"), ("1", "1"), ("0", "0"))
    esatte = rules.medie(PESI, dati)
    assert esatte == (Fraction(2, 3), Fraction(2, 3))
    assert rules.totale(esatte) == Decimal("1.33")


def test_un_criterio_senza_voti_ferma_il_conto():
    with pytest.raises(ValueError, match="nessun punteggio"):
        rules.graduatoria(BANDO, [candidata(1)], voti(1, ("50",)))


def test_ordine_soglia_e_soldi():
    candidate = [candidata(1), candidata(2, "70000.00"), candidata(3, "30000.00"), candidata(4)]
    dati = [
        *voti(1, ("50", "30"), ("50", "30"), ("50", "30")),
        *voti(2, ("58", "38"), ("58", "38"), ("58", "38")),
        *voti(3, ("40", "25"), ("40", "25"), ("40", "25")),
        *voti(4, ("30", "29"), ("30", "29"), ("30", "30")),
    ]
    posti = rules.graduatoria(BANDO, candidate, dati)
    assert [(p.posizione, p.proposta_id, p.punti, p.esito, p.contributo) for p in posti] == [
        (1, 2, Decimal("96.00"), E.SELEZIONATA, Decimal("70000.00")),
        (2, 1, Decimal("80.00"), E.IDONEA, None),
        (3, 3, Decimal("65.00"), E.IDONEA, None),  # it would fit, but who comes before does not
        (4, 4, Decimal("59.33"), E.NON_IDONEA, None),
    ]


@pytest.mark.parametrize(
    ("risorse", "richieste", "attesi"),
    [
        (None, ("90000.00", "90000.00"), ("S", "S")),
        ("80000.00", ("40000.00", "40000.00"), ("S", "S")),
        ("79999.99", ("40000.00", "40000.00"), ("S", "I")),
        ("0.00", ("0.01", "0.01"), ("I", "I")),
        ("40000.00", ("40000.00", "0.01"), ("S", "I")),
    ],
)
def test_il_taglio_delle_risorse(risorse, richieste, attesi):
    bando = Bando(PESI, 60, None if risorse is None else Decimal(risorse))
    candidate = [candidata(n, r) for n, r in enumerate(richieste, 1)]
    dati = [*voti(1, ("50", "40")), *voti(2, ("50", "30"))]
    esiti = {"S": E.SELEZIONATA, "I": E.IDONEA}
    assert [p.esito for p in rules.graduatoria(bando, candidate, dati)] == [esiti[a] for a in attesi]


@pytest.mark.parametrize(("punti", "esito"), [("59.99", E.NON_IDONEA), ("60.00", E.SELEZIONATA)])
def test_la_soglia_si_raggiunge_con_sessanta_tondi(punti, esito):
    bando = Bando((Peso(1, 100),), 60, None)
    assert rules.graduatoria(bando, [candidata(1)], voti(1, (punti,)))[0].esito == esito


def test_a_parita_vince_il_criterio_che_pesa_di_piu():
    dati = [*voti(1, ("40", "40")), *voti(2, ("45", "35")), *voti(3, ("40", "40"))]
    posti = rules.graduatoria(BANDO, [candidata(1, minuti=9), candidata(2), candidata(3)], dati)
    assert [(p.proposta_id, p.pari) for p in posti] == [(2, "criterio"), (3, "ora"), (1, None)]


def test_se_la_parita_resta_vince_chi_ha_presentato_prima():
    dati = [*voti(1, ("40", "40")), *voti(2, ("40", "40"))]
    posti = rules.graduatoria(BANDO, [candidata(1, minuti=5), candidata(2, minuti=4)], dati)
    assert [p.proposta_id for p in posti] == [2, 1]


def test_fra_criteri_di_uguale_peso_conta_il_primo():
    assert rules.criterio_principale((Peso(1, 30), Peso(2, 35), Peso(3, 35))) == 1


def test_l_ordine_dei_voti_non_cambia_niente():
    candidate = [candidata(1), candidata(2)]
    dati = [*voti(1, ("40", "30"), ("41", "29")), *voti(2, ("44", "21"), ("45", "20"))]
    assert rules.graduatoria(BANDO, candidate, dati) == rules.graduatoria(BANDO, candidate[::-1], dati[::-1])
    assert rules.impronta(BANDO, candidate, dati) == rules.impronta(BANDO, candidate[::-1], dati[::-1])


@pytest.mark.parametrize(
    "cambia",
    [
        lambda b, c, v: (b, c, [replace(v[0], punti=Decimal("40.01")), *v[1:]]),
        lambda b, c, v: (b, c, v[1:]),
        lambda b, c, v: (replace(b, soglia=61), c, v),
        lambda b, c, v: (replace(b, risorse=Decimal("100000.01")), c, v),
        lambda b, c, v: (replace(b, pesi=(Peso(1, 59), Peso(2, 41))), c, v),
        lambda b, c, v: (b, [replace(c[0], richiesto=Decimal("40000.01"))], v),
        lambda b, c, v: (b, [replace(c[0], presentata_il=INIZIO)], v),
        lambda b, c, v: (b, c, [replace(v[0], membro_id=9), *v[1:]]),
    ],
)
def test_l_impronta_cambia_se_cambia_qualunque_cosa(cambia):
    dati = (BANDO, [candidata(1)], voti(1, ("40", "30")))
    assert rules.impronta(*cambia(*dati)) != rules.impronta(*dati)


def test_le_differenze_dicono_riga_e_campo():
    una = Pubblicata(1, 1, Decimal("80.00"), E.SELEZIONATA, Decimal("40000.00"))
    altra = replace(una, punti=Decimal("79.00"), posizione=2)
    sola = Pubblicata(2, None, None, E.NON_AMMESSA, None)
    assert rules.differenze([una], [una]) == []
    assert rules.differenze([una, sola], [altra]) == [
        Differenza(1, "posizione", 1, 2),
        Differenza(1, "punti", Decimal("80.00"), Decimal("79.00")),
        Differenza(2, "esito", E.NON_AMMESSA, None),
    ]


def test_le_mancanze_sono_per_commissario_e_proposta():
    dati = [*voti(1, ("40", "30"), ("40", "30")), *voti(2, ("40", "30"), ("40",))]
    assert rules.mancanti(PESI, [1, 2], [1, 2], dati) == {(2, 2)}
    assert rules.mancanti(PESI, [1, 2, 3], [1], dati) == {(3, 1)}


def test_senza_proposte_la_graduatoria_e_vuota():
    assert rules.graduatoria(BANDO, [], []) == []
