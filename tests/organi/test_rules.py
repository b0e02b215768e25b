"""Quorum, votes, notice, delegations and mandates in tables of numbers.

Pistoia: the sitting of 30 January 2019 of the Società della Salute Pistoiese (act n. 2), ten members by quotas, eight
present. Casarano: the convocations of 2022-2023 with their protocol dates (plan 2022-2024, governance).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from portal.clocks import da_roma
from portal.errors import ErroreDominio
from portal.organi.models import BaseQuote, Peso
from portal.organi.models import BaseVoto as Base
from portal.organi.rules import convocazione, deleghe, mandati, presenze, quorum
from portal.organi.rules.mandati import Assenza, Mandato, Periodo
from portal.organi.rules.presenze import Intervallo, Movimento, Verso
from portal.organi.rules.quorum import META, TUTTI, UN_TERZO, Componenti, Quorum, Soglia, conta
from portal.organi.rules.voti import Misura, RegolaVoto, Scrutinio, Voto, esito

MAGGIORANZA = quorum.MAGGIORANZA
QUOTE = ("0.81", "6.75", "1.24", "4.13", "34.76", "10.08", "0.62", "3.12", "4.49", "33.00")
PISTOIA = Componenti({n: Decimal(q) for n, q in enumerate(QUOTE, 1)})
ASSENTI, CITTA = {1, 2}, 5
PRESENTI = set(PISTOIA.quote) - ASSENTI
TESTE_E_QUOTE = Quorum(MAGGIORANZA, MAGGIORANZA)


@pytest.fixture(autouse=True)
def _italiano(italiano):
    """Reasons are said in words."""


@pytest.mark.parametrize(
    ("soglia", "base", "servono"),
    [
        (MAGGIORANZA, 10, 6), (MAGGIORANZA, 9, 5), (MAGGIORANZA, 7, 4), (MAGGIORANZA, 1, 1), (META, 10, 5), (META, 9, 5),
        (UN_TERZO, 10, 4), (UN_TERZO, 9, 3), (quorum.DUE_TERZI, 10, 7), (quorum.DUE_TERZI, 9, 6), (TUTTI, 7, 7),
        (Soglia(2, 5, oltre=True), 10, 5),
    ],
)  # fmt: skip
def test_quanti_ne_servono(soglia, base, servono):
    assert soglia.servono(base) == servono
    assert soglia.raggiunta(servono, base)
    assert not soglia.raggiunta(servono - 1, base)


def test_nessuno_non_raggiunge_niente():
    assert not MAGGIORANZA.raggiunta(0, 0)
    assert not META.raggiunta(Decimal(0), Decimal(0))


def test_pistoia_e_valida_per_teste_e_per_quote():
    c = conta(PISTOIA, PRESENTI, TESTE_E_QUOTE)
    assert (c.presenti, c.componenti, c.servono) == (8, 10, 6)
    assert (c.quota_presente, c.quota_base) == (Decimal("91.44"), Decimal(100))
    assert (c.per_teste, c.per_quote, c.valida) == (True, True, True)
    assert (PISTOIA.somma, PISTOIA.scarto) == (Decimal("99.00"), Decimal("-1.00"))


def test_pistoia_senza_la_citta():
    c = conta(PISTOIA, PRESENTI - {CITTA}, TESTE_E_QUOTE)
    assert (c.presenti, c.quota_presente) == (7, Decimal("56.68"))
    assert c.valida


def test_senza_la_citta_e_l_azienda_sanitaria_le_quote_mancano():
    c = conta(PISTOIA, PRESENTI - {CITTA, 10}, TESTE_E_QUOTE)
    assert (c.presenti, c.quota_presente) == (6, Decimal("23.68"))
    assert (c.per_teste, c.per_quote, c.valida) == (True, False, False)
    assert conta(PISTOIA, PRESENTI - {CITTA, 10}, Quorum(MAGGIORANZA)).valida


@pytest.mark.parametrize(
    ("base", "quota", "valida"),
    [(BaseQuote.CENTO, "49.75", False), (BaseQuote.SOMMA, "49.75", True), (BaseQuote.CENTO, "50.01", True)],
)
def test_la_base_delle_quote_la_sceglie_l_organo(base, quota, valida):
    componenti = Componenti({1: Decimal(quota), 2: Decimal("99.00") - Decimal(quota)}, base)
    assert conta(componenti, {1}, Quorum(None, MAGGIORANZA)).valida is valida


def test_la_seconda_convocazione_chiede_meno():
    pochi = set(list(PISTOIA.quote)[:4])
    assert not conta(PISTOIA, pochi, Quorum(MAGGIORANZA)).valida
    assert conta(PISTOIA, pochi, Quorum(UN_TERZO)).valida
    assert not conta(PISTOIA, set(list(pochi)[:3]), Quorum(UN_TERZO)).valida
    assert conta(PISTOIA, set(), Quorum(None, None)).valida, "un tavolo senza numero legale"


def test_chi_si_astiene_per_conflitto_esce_dal_conto():
    dieci = Componenti(dict.fromkeys(range(1, 11)))
    sei = {1, 2, 3, 4, 5, 6}
    assert conta(dieci, sei, Quorum()).valida
    resta = conta(dieci, sei, Quorum(), fuori={6})
    assert (resta.presenti, resta.componenti, resta.servono, resta.valida) == (5, 10, 6, False)
    scende = conta(dieci, sei, Quorum(), fuori={6}, riduce=True)
    assert (scende.presenti, scende.componenti, scende.servono, scende.valida) == (5, 9, 5, True)


def test_il_conflitto_toglie_anche_la_quota():
    c = conta(PISTOIA, PRESENTI, TESTE_E_QUOTE, fuori={10}, riduce=True)
    assert (c.quota_presente, c.quota_base) == (Decimal("58.44"), Decimal("67.00"))
    somma = conta(Componenti(PISTOIA.quote, BaseQuote.SOMMA), PRESENTI, TESTE_E_QUOTE, fuori={10}, riduce=True)
    assert somma.quota_base == Decimal("66.00")


def test_un_seggio_di_un_altro_organo_non_si_conta():
    with pytest.raises(KeyError):
        conta(PISTOIA, {1, 99}, Quorum())


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


def test_le_deleghe_hanno_un_massimo():
    due = [deleghe.Delega(1, "assessora"), deleghe.Delega(2, "assessora")]
    deleghe.controlla(due[:1], ammesse=True, per_persona=1)
    deleghe.controlla(due, ammesse=True, per_persona=2)
    for elenco, ammesse, massimo in ((due, True, 1), (due[:1], False, 1), ([due[0], due[0]], True, 5)):
        with pytest.raises(ErroreDominio):
            deleghe.controlla(elenco, ammesse=ammesse, per_persona=massimo)
    deleghe.controlla([], ammesse=False, per_persona=0)


def mandato(seggio, chi, dal, al=None, *, supplente=False):
    return Mandato(seggio, chi, Periodo(date(*dal), date(*al) if al else None), supplente)


PRIMO, SECONDO = mandato(1, 10, (2022, 1, 1), (2023, 6, 30)), mandato(1, 11, (2023, 7, 1))


@pytest.mark.parametrize(
    ("giorno", "chi"),
    [((2021, 12, 31), None), ((2022, 1, 1), 10), ((2023, 6, 30), 10), ((2023, 7, 1), 11), ((2030, 1, 1), 11)],
)
def test_la_composizione_a_una_data(giorno, chi):
    trovata = mandati.composizione([1, 2], [PRIMO, SECONDO, mandato(1, 99, (2022, 1, 1), supplente=True)], date(*giorno))
    assert {s: m and m.chi for s, m in trovata.items()} == {1: chi, 2: None}


@pytest.mark.parametrize(
    ("altro", "tocca"),
    [
        (mandato(1, 12, (2023, 6, 30)), True),
        (mandato(1, 12, (2021, 1, 1), (2021, 12, 31)), False),
        (mandato(1, 12, (2021, 1, 1), (2022, 1, 1)), True),
        (mandato(2, 12, (2022, 1, 1)), False),
        (mandato(1, 12, (2022, 1, 1), (2023, 6, 30), supplente=True), False),
    ],
)
def test_due_mandati_sullo_stesso_seggio_non_si_sovrappongono(altro, tocca):
    assert bool(mandati.sovrapposti([PRIMO, altro])) is tocca


SI, NO, GIUSTA = Assenza(True), Assenza(False), Assenza(False, giustificata=True)


@pytest.mark.parametrize(
    ("sedute", "di_fila", "decade"),
    [
        ([], 0, False), ([NO, NO, NO], 3, True), ([NO, NO], 2, False), ([NO, NO, SI], 0, False),
        ([NO, SI, NO, NO], 2, False), ([NO, NO, GIUSTA, NO], 3, True), ([SI, GIUSTA, GIUSTA, GIUSTA], 0, False),
    ],
)  # fmt: skip
def test_la_decadenza_per_assenze_si_calcola(sedute, di_fila, decade):
    assert mandati.assenze_di_fila(sedute) == di_fila
    assert mandati.decadenza_da_dichiarare(sedute, 3) is decade
    assert not mandati.decadenza_da_dichiarare(sedute, None)
