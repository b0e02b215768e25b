"""The hash chain by itself: the same content has one writing and one fingerprint, any other is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest

from portal.audit.rules import ORIGINE, Riga, Rottura, canonico, impronta, verifica

QUANDO = datetime(2026, 11, 22, 11, 0, 0, 123456, tzinfo=UTC)
Catena = list[tuple[Riga, str, str]]


class Stato(StrEnum):
    BOZZA = "bozza"


@pytest.mark.parametrize(
    ("dettagli", "testo"),
    [
        ({}, "{}"),
        ({"b": 1, "a": 2}, '{"a":2,"b":1}'),
        ({"a": {"z": 1, "b": [2, 1]}}, '{"a":{"b":[2,1],"z":1}}'),
        ({"da": Stato.BOZZA}, '{"da":"bozza"}'),
        ({"importo": Decimal("10.00"), "giorno": date(2026, 1, 2)}, '{"giorno":"2026-01-02","importo":"10.00"}'),
        ({"perché": "è «così»"}, '{"perché":"è «così»"}'),
        ({"n": None, "si": True}, '{"n":null,"si":true}'),
    ],
)
def test_i_dettagli_hanno_una_sola_scrittura(dettagli: dict[str, Any], testo: str) -> None:
    assert canonico(dettagli) == testo
    assert canonico(dict(reversed(dettagli.items()))) == testo


RIGA = Riga(3, 1, QUANDO, 7, "prova.fai", "ambito", 9, '{"a":1}')


def test_l_impronta_e_quella_che_chiunque_puo_ricalcolare() -> None:
    contenuto = [ORIGINE, 3, 1, "2026-11-22T11:00:00.123456+00:00", 7, "prova.fai", "ambito", 9, '{"a":1}']
    testo = json.dumps(contenuto, ensure_ascii=False, separators=(",", ":"))
    assert impronta(RIGA, ORIGINE) == hashlib.sha256(testo.encode()).hexdigest()


def test_l_impronta_non_dipende_dal_fuso_di_chi_legge() -> None:
    a_roma = replace(RIGA, quando=QUANDO.astimezone(timezone(timedelta(hours=1))))
    assert impronta(a_roma, ORIGINE) == impronta(RIGA, ORIGINE)


@pytest.mark.parametrize(
    "cambio",
    [
        {"catena": 4},
        {"numero": 2},
        {"quando": QUANDO + timedelta(microseconds=1)},
        {"attore_id": None},
        {"attore_id": 8},
        {"azione": "prova.fa"},
        {"oggetto_tipo": "ente"},
        {"oggetto_id": None},
        {"dettagli": '{"a":2}'},
        {"dettagli": ""},
        {"azione": 'prova.fai","ambito', "oggetto_tipo": ""},
    ],
)
def test_ogni_cambio_cambia_l_impronta(cambio: dict[str, Any]) -> None:
    assert impronta(replace(RIGA, **cambio), ORIGINE) != impronta(RIGA, ORIGINE)


def catena(n: int) -> Catena:
    righe, prima = [], ORIGINE
    for numero in range(1, n + 1):
        riga = replace(RIGA, numero=numero, dettagli=canonico({"n": numero}))
        scritta = impronta(riga, prima)
        righe.append((riga, prima, scritta))
        prima = scritta
    return righe


def capo(righe: Catena) -> tuple[int, str]:
    return (righe[-1][0].numero, righe[-1][2]) if righe else (0, ORIGINE)


@pytest.mark.parametrize("n", [0, 1, 5])
def test_una_catena_intera(n: int) -> None:
    righe = catena(n)
    assert verifica(3, righe, capo(righe)) is None


def cambia(righe: Catena, posto: int) -> Catena:
    riga, prima, scritta = righe[posto]
    return [*righe[:posto], (replace(riga, dettagli='{"n":99}'), prima, scritta), *righe[posto + 1 :]]


def ricalcola(righe: Catena, posto: int) -> Catena:
    """A clever hand: the changed row gets its right fingerprint, those after it do not."""
    riga, prima, _scritta = cambia(righe, posto)[posto]
    return [*righe[:posto], (riga, prima, impronta(riga, prima)), *righe[posto + 1 :]]


@pytest.mark.parametrize(
    ("mano", "numero", "motivo"),
    [
        (lambda c: cambia(c, 2), 3, "il contenuto è stato cambiato"),
        (lambda c: ricalcola(c, 2), 4, "non segue la riga precedente"),
        (lambda c: c[:2] + c[3:], 3, "manca una riga"),
        (lambda c: c[1:], 1, "manca una riga"),
        (lambda c: [c[0], c[2], c[1], *c[3:]], 2, "manca una riga"),
        (lambda c: [*c[:3], c[2], *c[3:]], 4, "manca una riga"),
        (lambda c: c[:4], 5, "la catena finisce prima del dovuto"),
        (lambda c: [], 1, "la catena finisce prima del dovuto"),
        (lambda c: ricalcola(c, 4), 6, "la catena finisce prima del dovuto"),
    ],
)
def test_una_mano_sulla_catena_si_trova(mano: Callable[[Catena], Catena], numero: int, motivo: str) -> None:
    intera = catena(5)
    assert verifica(3, mano(intera), capo(intera)) == Rottura(3, numero, motivo)


def test_righe_oltre_la_fine_dichiarata() -> None:
    righe = catena(5)
    trovata = verifica(3, righe, capo(righe[:3]))
    assert trovata == Rottura(3, 4, "la riga viene dopo la fine dichiarata della catena")
