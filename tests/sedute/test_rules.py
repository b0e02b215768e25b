"""Votes, presences, notice and delegations in tables of numbers.

Pistoia: the sitting of 30 January 2019 of the Società della Salute Pistoiese (act n. 2), ten members by quotas, eight
present. Casarano: the convocations of 2022-2023 with their protocol dates (plan 2022-2024, governance).
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest

from portal.clocks import a_roma, da_roma
from portal.errors import ErroreDominio
from portal.organi.models import BaseVoto as Base
from portal.organi.models import Peso
from portal.organi.rules import quorum
from portal.organi.rules.quorum import TUTTI, Quorum
from portal.sedute.models import Verso, Voto
from portal.sedute.rules import convocazione, deleghe, presenze
from portal.sedute.rules.presenze import Intervallo, Movimento
from portal.sedute.rules.voti import Misura, RegolaVoto, Scrutinio, esito
from tests.organi.costruttori import CITTA, PISTOIA, PRESENTI

MAGGIORANZA = quorum.MAGGIORANZA
TESTE_E_QUOTE = Quorum(MAGGIORANZA, MAGGIORANZA)


@pytest.fixture(autouse=True)
def _italiano(italiano):
    """Reasons are said in words."""


def conteggio(favorevoli, contrari, astenuti, *, presenti=None, componenti=10):
    presenti = favorevoli + contrari + astenuti if presenti is None else presenti
    return Misura(componenti, presenti, favorevoli, contrari, astenuti)


@pytest.mark.parametrize(
    ("voti_", "regola", "approvata"),
    [
        ((8, 0, 0), RegolaVoto(), True),
        ((4, 3, 1), RegolaVoto(Base.VOTANTI), True),
        ((4, 3, 1), RegolaVoto(Base.PRESENTI), False),
        ((5, 3, 0), RegolaVoto(Base.PRESENTI), True),
        ((5, 3, 0), RegolaVoto(Base.COMPONENTI), False),
        ((6, 2, 0), RegolaVoto(Base.COMPONENTI), True),
        ((1, 0, 7), RegolaVoto(Base.VOTANTI), True),
        ((1, 0, 7), RegolaVoto(Base.PRESENTI), False),
        ((0, 0, 8), RegolaVoto(Base.VOTANTI), False),
        ((7, 0, 1), RegolaVoto(Base.PRESENTI, TUTTI), False),
        ((8, 0, 0), RegolaVoto(Base.PRESENTI, TUTTI), True),
        ((8, 0, 0), RegolaVoto(Base.COMPONENTI, TUTTI), False),
        ((6, 2, 0), RegolaVoto(Base.VOTANTI, quorum.DUE_TERZI), True),
        ((5, 3, 0), RegolaVoto(Base.VOTANTI, quorum.DUE_TERZI), False),
    ],
)
def test_la_maggioranza_e_di_chi_dice_l_organo(voti_, regola, approvata):
    assert esito(Scrutinio(conteggio(*voti_)), regola).approvata is approvata


@pytest.mark.parametrize(
    ("presidente", "prevale", "approvata", "deciso"),
    [
        (Voto.FAVOREVOLE, True, True, True),
        (Voto.CONTRARIO, True, False, True),
        (Voto.ASTENUTO, True, False, False),
        (None, True, False, False),
        (Voto.FAVOREVOLE, False, False, False),
    ],
)
def test_a_parita_prevale_il_presidente_se_la_regola_lo_dice(presidente, prevale, approvata, deciso):
    e = esito(Scrutinio(conteggio(4, 4, 0), presidente=presidente), RegolaVoto(prevale_presidente=prevale))
    assert (e.parita, e.approvata, e.deciso_dal_presidente) == (True, approvata, deciso)


@pytest.mark.parametrize(
    ("voti_", "regola"),
    [
        ((4, 4, 0), RegolaVoto(soglia=quorum.DUE_TERZI, prevale_presidente=True)),
        ((1, 1, 0), RegolaVoto(soglia=TUTTI, prevale_presidente=True)),
        ((4, 4, 0), RegolaVoto(Base.COMPONENTI, prevale_presidente=True)),
        ((3, 3, 2), RegolaVoto(Base.PRESENTI, prevale_presidente=True)),
    ],
)
def test_il_presidente_non_fa_una_maggioranza_speciale(voti_, regola):
    e = esito(Scrutinio(conteggio(*voti_), presidente=Voto.FAVOREVOLE), regola)
    assert (e.parita, e.approvata, e.deciso_dal_presidente) == (True, False, False)


def test_il_presidente_non_vale_per_le_quote():
    contro = Misura(Decimal(100), Decimal(90), Decimal(20), Decimal(70), Decimal(0))
    regola = RegolaVoto(peso=Peso.ENTRAMBE, prevale_presidente=True)
    e = esito(Scrutinio(conteggio(4, 4, 0), contro, Voto.FAVOREVOLE), regola)
    assert (e.approvata, e.per_teste, e.per_quote) == (False, True, False)


def test_pistoia_approva_all_unanimita_per_teste_e_per_quote():
    quote = Misura(Decimal(100), Decimal("91.44"), Decimal("91.44"), Decimal(0), Decimal(0))
    e = esito(Scrutinio(conteggio(8, 0, 0), quote), RegolaVoto(Base.PRESENTI, peso=Peso.ENTRAMBE))
    assert (e.approvata, e.unanime, e.per_teste, e.per_quote, e.parita) == (True, True, True, True, False)


def test_le_quote_possono_fermare_le_teste():
    quote = Misura(Decimal(100), Decimal("91.44"), Decimal("23.68"), Decimal("67.76"), Decimal(0))
    e = esito(Scrutinio(conteggio(6, 2, 0), quote), RegolaVoto(peso=Peso.ENTRAMBE))
    assert (e.approvata, e.per_teste, e.per_quote) == (False, True, False)
    with pytest.raises(ErroreDominio):
        esito(Scrutinio(conteggio(6, 2, 0)), RegolaVoto(peso=Peso.QUOTE))


@pytest.mark.parametrize(
    ("numeri", "parola"),
    [
        (conteggio(5, 2, 0, presenti=8), "fanno 7; i presenti sono 8"),
        (conteggio(5, 2, 2, presenti=8), "fanno 9; i presenti sono 8"),
        (conteggio(6, 3, 0, presenti=8), "I votanti (9) sono più dei presenti (8)"),
        (conteggio(9, 0, 2), "I presenti sono più dei componenti"),
        (conteggio(9, -1, 0), "meno di zero"),
    ],
)
def test_numeri_che_non_possono_essere_veri(numeri, parola):
    with pytest.raises(ErroreDominio, match=parola.replace("(", r"\(").replace(")", r"\)")):
        esito(Scrutinio(numeri), RegolaVoto())


ORE = {
    ora: da_roma(datetime(2019, 1, 30, *map(int, ora.split(":")))) for ora in ("14:38", "14:45", "14:57", "15:10", "15:22")
}


def entra(seggio, ora):
    return Movimento(seggio, ORE[ora], Verso.ENTRA)


def esce(seggio, ora):
    return Movimento(seggio, ORE[ora], Verso.ESCE)


def test_le_presenze_sono_intervalli():
    trovate = presenze.presenze([esce(1, "14:57"), entra(1, "14:38"), entra(1, "15:10"), entra(2, "14:45")])
    assert trovate == {
        1: (Intervallo(ORE["14:38"], ORE["14:57"]), Intervallo(ORE["15:10"])),
        2: (Intervallo(ORE["14:45"]),),
    }
    qui = [sorted(presenze.presenti_alle(ORE[o], trovate)) for o in ("14:38", "14:45", "14:57", "15:22")]
    assert qui == [[1], [1, 2], [2], [1, 2]]


@pytest.mark.parametrize(
    "movimenti",
    [
        [esce(1, "14:45")],
        [entra(1, "14:57"), esce(1, "14:45")],
        [entra(1, "14:57"), esce(1, "14:57")],
        [entra(1, "14:38"), entra(1, "14:45")],
        [entra(1, "14:38"), esce(1, "14:45"), esce(1, "14:57")],
    ],
)
def test_movimenti_impossibili(movimenti):
    with pytest.raises(ErroreDominio):
        presenze.presenze(movimenti)


def test_il_numero_legale_si_conta_a_ogni_movimento():
    sette = [entra(s, "14:38") for s in PRESENTI - {8}]
    momenti = presenze.andamento(
        [*sette, entra(8, "14:57"), esce(CITTA, "15:10"), esce(10, "15:22")], PISTOIA, TESTE_E_QUOTE
    )
    assert [(m.conto.presenti, str(m.conto.quota_presente), m.conto.valida) for m in momenti] == [
        (7, "88.32", True), (8, "91.44", True), (7, "56.68", True), (6, "23.68", False),
    ]  # fmt: skip
    assert presenze.mancanze(momenti, aperta_alle=ORE["14:45"]) == (Intervallo(ORE["15:22"]),)


def test_prima_dell_apertura_nessuno_conta_chi_manca():
    arrivi = [*(entra(s, "14:38") for s in (1, 2, 3)), *(entra(s, "14:45") for s in (4, 5, 6))]
    momenti = presenze.andamento([*arrivi, esce(6, "14:57"), entra(6, "15:10")], PISTOIA, Quorum())
    assert presenze.mancanze(momenti, aperta_alle=ORE["14:45"]) == (Intervallo(ORE["14:57"], ORE["15:10"]),)


@pytest.mark.parametrize(
    ("inviata", "seduta", "giorni", "tardiva"),
    [
        ((2022, 10, 28), (2022, 11, 2), 5, False),
        ((2022, 11, 4), (2022, 11, 8), 4, True),
        ((2023, 1, 31), (2023, 2, 3), 3, True),
        ((2023, 2, 23), (2023, 2, 28), 5, False),
        ((2023, 2, 28), (2023, 3, 2), 2, True),
        ((2023, 5, 30), (2023, 6, 1), 2, True),
    ],
)
def test_le_sei_convocazioni_di_casarano(inviata, seduta, giorni, tardiva):
    p = convocazione.preavviso(
        da_roma(datetime(*inviata, 18)), da_roma(datetime(*seduta, 9)), convocazione.RegolaPreavviso(5)
    )
    assert (p.giorni, p.tardiva) == (giorni, tardiva)


@pytest.mark.parametrize(("ore", "tardiva"), [(24, False), (23.99, True), (48, False), (-1, True)])
def test_una_convocazione_urgente_si_conta_in_ore(ore, tardiva):
    seduta = da_roma(datetime(2023, 6, 1, 9))
    p = convocazione.preavviso(seduta - timedelta(hours=ore), seduta, convocazione.RegolaPreavviso(), urgente=True)
    assert p.tardiva is tardiva


@pytest.mark.parametrize(
    ("comincia", "scritta", "giorno", "ora"),
    [
        ((15, 0), "14:50", 25, 14), ((15, 0), "23:59", 25, 23), ((21, 0), "20:30", 25, 20), ((21, 0), "00:20", 26, 0),
        ((21, 0), "08:59", 26, 8), ((21, 0), "09:00", 25, 9), ((9, 0), "00:30", 25, 0),
    ],
)  # fmt: skip
def test_un_ora_dopo_mezzanotte_e_del_giorno_dopo(comincia, scritta, giorno, ora):
    inizio = da_roma(datetime(2026, 11, 25, *comincia))
    trovata = a_roma(presenze.istante_scritto(inizio, time.fromisoformat(scritta)))
    assert (trovata.day, trovata.hour) == (giorno, ora)


@pytest.mark.parametrize(
    ("seconda", "in_seconda", "adesso", "attesa"),
    [
        (None, None, (25, 15), 25), ((26, 10), None, (25, 15), 25), ((26, 10), None, (26, 9), 26),
        ((26, 10), None, (27, 9), 25),
        ((26, 10), False, (26, 9), 25), ((26, 10), True, (26, 11), 26), ((26, 10), True, (28, 11), 26),
    ],
)  # fmt: skip
def test_le_ore_partono_dalla_convocazione_che_si_tiene(seconda, in_seconda, adesso, attesa):
    inizio = da_roma(datetime(2026, 11, 25, 15))
    quando = presenze.comincia(
        inizio, seconda and da_roma(datetime(2026, 11, *seconda)), in_seconda=in_seconda,
        ora=da_roma(datetime(2026, 11, *adesso)),
    )  # fmt: skip
    assert a_roma(quando).day == attesa


def test_con_due_convocazioni_nello_stesso_giorno_le_ore_partono_dalla_prima():
    prima, seconda = (da_roma(datetime(2026, 11, 25, ora)) for ora in (8, 21))
    assert presenze.comincia(prima, seconda, in_seconda=None, ora=prima) == prima


def test_una_seduta_aperta_un_altro_giorno_conta_le_ore_da_allora():
    inizio, aperta = da_roma(datetime(2026, 11, 25, 15)), da_roma(datetime(2026, 11, 26, 15, 5))
    assert presenze.comincia(inizio, None, in_seconda=False, ora=aperta, aperta=aperta) == aperta
    notte = da_roma(datetime(2026, 11, 26, 0, 10))
    assert presenze.comincia(inizio, None, in_seconda=False, ora=notte, aperta=notte) == inizio


@pytest.mark.parametrize(
    ("inizio", "seconda", "tenuta", "attesa"),
    [
        ((25, 15), None, (26, 10), None), ((25, 15), (25, 16), (25, 16), None), ((25, 15), (26, 10), (25, 15), None),
        ((25, 15), (26, 10), (26, 10), 26), ((25, 15), (26, 10), (28, 10), 26), ((25, 15), (26, 10), (26, 1), None),
        ((25, 22), (26, 1), (26, 1), None), ((25, 23), (26, 10), (26, 10), 26), ((25, 1), (25, 10), (25, 10), 25),
    ],
)  # fmt: skip
def test_da_quando_si_rifa_l_appello(inizio, seconda, tenuta, attesa):
    prima, altra, qui = (da_roma(datetime(2026, 11, *quando)) if quando else None for quando in (inizio, seconda, tenuta))
    assert presenze.da_quando(prima, altra, tenuta=qui) == (attesa and da_roma(datetime(2026, 11, attesa, 4)))


def test_le_deleghe_hanno_un_massimo():
    due = [deleghe.Delega(1, "assessora"), deleghe.Delega(2, "assessora")]
    deleghe.controlla(due[:1], ammesse=True, per_persona=1)
    deleghe.controlla(due, ammesse=True, per_persona=2)
    for elenco, ammesse, massimo in ((due, True, 1), (due[:1], False, 1), ([due[0], due[0]], True, 5)):
        with pytest.raises(ErroreDominio):
            deleghe.controlla(elenco, ammesse=ammesse, per_persona=massimo)
    deleghe.controlla([], ammesse=False, per_persona=0)
