"""Residuals, overruns and coverage: tables of numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portal.progetti import rules
from portal.progetti.rules import Verdetto as V


def d(testo: str) -> Decimal:
    return Decimal(testo)


@pytest.mark.parametrize(
    ("programmato", "impegni", "resta"),
    [
        ("149000.00", [], "149000.00"),
        ("149000.00", ["149000.00"], "0.00"),
        ("149000.00", ["100000.00", "49000.01"], "-0.01"),
        ("0.00", [], "0.00"),
        ("0.10", ["0.03", "0.03", "0.03"], "0.01"),
    ],
)
def test_il_residuo_e_programmato_meno_impegnato(programmato, impegni, resta):
    assert rules.residuo(d(programmato), [d(i) for i in impegni]) == d(resta)


@pytest.mark.parametrize(
    ("importo", "programmato", "impegnato", "da_legare", "verdetto", "oltre"),
    [
        ("100.00", "149.00", "0.00", "149.00", V.AMMESSO, "0.00"),
        ("49.00", "149.00", "100.00", "60.00", V.AMMESSO, "0.00"),  # exactly what is left
        ("49.01", "149.00", "100.00", "60.00", V.OLTRE_RESIDUO, "0.01"),
        ("0.01", "0.00", "0.00", "60.00", V.OLTRE_RESIDUO, "0.01"),  # a line of zero
        ("10.00", "100.00", "105.00", "60.00", V.OLTRE_RESIDUO, "15.00"),  # already beyond
        ("60.00", "149.00", "0.00", "60.00", V.AMMESSO, "0.00"),
        ("60.01", "149.00", "0.00", "60.00", V.OLTRE_CONTRIBUTO, "0.01"),
        ("0.00", "149.00", "0.00", "60.00", V.NON_VALIDO, "0.00"),
        ("-1.00", "149.00", "0.00", "60.00", V.NON_VALIDO, "0.00"),
        ("1.001", "149.00", "0.00", "60.00", V.NON_VALIDO, "0.00"),
        ("NaN", "149.00", "0.00", "60.00", V.NON_VALIDO, "0.00"),
    ],
)
def test_un_operatore_non_supera_il_residuo(importo, programmato, impegnato, da_legare, verdetto, oltre):
    controllo = rules.controlla_impegno(
        d(importo), programmato=d(programmato), impegnato=d(impegnato), da_legare=d(da_legare), motivo="Lo voglio"
    )
    assert (controllo.verdetto, controllo.oltre) == (verdetto, d(oltre))
    assert controllo.verdetto.passa is (verdetto == V.AMMESSO)


@pytest.mark.parametrize(
    ("motivo", "verdetto"),
    [
        (None, V.MANCA_MOTIVO),
        ("", V.MANCA_MOTIVO),
        ("  \n", V.MANCA_MOTIVO),
        ("Economie già accertate", V.SFORAMENTO_ACCETTATO),
    ],
)
def test_il_responsabile_lo_supera_solo_con_un_motivo(motivo, verdetto):
    controllo = rules.controlla_impegno(
        d("60.00"), programmato=d("100.00"), impegnato=d("50.00"), da_legare=d("60.00"), puo_sforare=True, motivo=motivo
    )
    assert (controllo.verdetto, controllo.residuo, controllo.oltre) == (verdetto, d("50.00"), d("10.00"))


def test_neanche_il_responsabile_supera_il_contributo():
    controllo = rules.controlla_impegno(
        d("61.00"), programmato=d("100.00"), impegnato=d("0.00"), da_legare=d("60.00"), puo_sforare=True, motivo="Sì"
    )
    assert controllo.verdetto == V.OLTRE_CONTRIBUTO


@pytest.mark.parametrize(
    ("impegni", "legato", "resta", "quota", "completa"),
    [
        ([], "0.00", "90.00", "0.0", False),
        (["30.00"], "30.00", "60.00", "33.3", False),
        (["30.00", "59.99"], "89.99", "0.01", "100.0", False),
        (["30.00", "60.00"], "90.00", "0.00", "100.0", True),
    ],
)
def test_la_copertura_e_completa_solo_al_centesimo(impegni, legato, resta, quota, completa):
    coperto = rules.copertura(d("90.00"), [d(i) for i in impegni])
    assert (coperto.legato, coperto.da_legare, coperto.quota, coperto.completa) == (d(legato), d(resta), d(quota), completa)


@pytest.mark.parametrize(
    ("contributo", "richiesto", "disponibile", "difetto"),
    [
        ("40.00", "40.00", "40.00", None),
        ("40.00", "40.00", None, None),
        ("40.01", "40.00", None, "richiesto"),
        ("40.00", "40.00", "39.99", "risorse"),
        ("0.00", "40.00", None, "valore"),
        ("0.001", "40.00", None, "valore"),
    ],
)
def test_il_contributo_sta_nella_richiesta_e_nelle_risorse(contributo, richiesto, disponibile, difetto):
    resta = None if disponibile is None else d(disponibile)
    assert rules.difetto_contributo(d(contributo), richiesto=d(richiesto), disponibile=resta) == difetto


@pytest.mark.parametrize(
    ("tutto", "parti", "larghe"),
    [
        ("100.00", ["25.00", "50.00", "25.00"], [25.0, 50.0, 25.0]),
        ("100.00", ["80.00", "40.00", "-20.00"], [80.0, 20.0, 0.0]),  # an overrun stays inside the bar
        ("0.00", ["10.00"], [0.0]),
    ],
)
def test_le_barre_non_escono_dal_disegno(tutto, parti, larghe):
    assert rules.larghezze(d(tutto), [d(p) for p in parti]) == larghe
