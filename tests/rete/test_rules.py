"""Who is in the Rete on a day, by when one decides, which enti may ask: tables of values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from portal.enti.models import StatoRunts, TipoEnte
from portal.rete import rules

DAL, AL = date(2022, 6, 10), date(2023, 3, 10)


@pytest.mark.parametrize(
    ("ammessa", "cessata", "giorno", "dentro"),
    [
        (None, None, DAL, False),
        (DAL, None, date(2022, 6, 9), False),
        (DAL, None, DAL, True),
        (DAL, None, date(2050, 1, 1), True),
        (DAL, AL, date(2023, 3, 9), True),
        (DAL, AL, AL, False),
        (DAL, DAL, DAL, False),
    ],
)
def test_chi_c_e_un_giorno(ammessa, cessata, giorno, dentro):
    assert rules.nella_rete(ammessa, cessata, giorno) is dentro


@pytest.mark.parametrize(
    ("chiesta", "entro"),
    [
        (date(2022, 5, 26), date(2022, 6, 27)),  # 25 June is a Saturday
        (date(2022, 6, 6), date(2022, 7, 6)),
        (date(2022, 7, 14), date(2022, 8, 16)),  # 13 August is a Saturday, 15 a holiday
    ],
)
def test_entro_quando_si_decide(chiesta, entro):
    assert rules.decidere_entro(chiesta) == entro


def test_la_festa_del_patrono_sposta_il_termine():
    assert rules.decidere_entro(date(2022, 6, 6), [date(2022, 7, 6)]) == date(2022, 7, 7)


@pytest.mark.parametrize(
    ("tipo", "stato", "repertorio", "puo"),
    [
        (TipoEnte.ETS, StatoRunts.ISCRITTO, 1, True),
        (TipoEnte.ETS, StatoRunts.IN_ISTRUTTORIA, 1, True),
        (TipoEnte.ETS, StatoRunts.ISCRITTO, None, False),
        (TipoEnte.ETS, StatoRunts.NON_TROVATO, 1, False),
        (TipoEnte.ETS, None, None, False),
        (TipoEnte.PUBBLICO, None, None, True),
        (TipoEnte.SINDACATO, StatoRunts.NON_TROVATO, None, True),
    ],
)
def test_chi_puo_chiedere(italiano, tipo, stato, repertorio, puo):
    assert (rules.difetto_runts(tipo, stato, repertorio) is None) is puo


@dataclass(frozen=True)
class Riga:
    categoria_id: int = 1
    categoria: str = "ETS"
    ente: str = "Associazione"
    comune: str = "Casarano"
    provincia: str = "LE"
    ammessa_il: date = DAL
    atto: str = "Atto; n. 1"
    rappresentante: str = "Presidente"


def test_il_foglio_ha_una_riga_per_ente_e_nessuna_formula():
    righe = rules.csv_registro([Riga(), Riga(ente="=HYPERLINK(1)", rappresentante="+39")]).split("\r\n")
    assert righe == [
        "categoria;ente;comune;provincia;nella_rete_dal;atto;rappresentante",
        'ETS;Associazione;Casarano;LE;2022-06-10;"Atto; n. 1";Presidente',
        "ETS;'=HYPERLINK(1);Casarano;LE;2022-06-10;\"Atto; n. 1\";'+39",
        "",
    ]


def test_i_gruppi_e_le_loro_barre():
    gruppi = rules.per_categoria([Riga(), Riga(), Riga(categoria_id=2, categoria="Scuole")])
    assert [(nome, len(righe)) for nome, righe in gruppi] == [("ETS", 2), ("Scuole", 1)]
    assert [(b.nome, str(b.quota), str(b.larghezza)) for b in rules.barre_categorie(gruppi)] == [
        ("ETS", "66.7", "100.0"),
        ("Scuole", "33.3", "50.0"),
    ]
