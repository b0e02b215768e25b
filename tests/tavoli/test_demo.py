"""The path of Casarano, 2022-2023, as the demonstration tells it: the days and the areas that its plan prints."""

from __future__ import annotations

from datetime import date

from portal.demo.lettura import leggi
from portal.tavoli.models import Area, EsitoContributo
from portal.tavoli.operations.percorsi import DatiFase
from portal.tavoli.rules import FASI, difetto_fasi, momento

DATI = leggi("tavoli", "casarano_2022")
GIORNI = [date(2022, 6, 13), *[date(2022, 6, 14)] * 2, date(2022, 6, 15), *[date(2022, 6, 16)] * 2]
ALTRI = [
    date(2022, 5, 20), date(2022, 5, 26), date(2022, 6, 8), date(2022, 6, 21), date(2022, 6, 22), date(2022, 7, 14),
    date(2022, 11, 2), date(2022, 11, 8), date(2023, 2, 3), date(2023, 2, 28), date(2023, 3, 2), date(2023, 6, 1),
]  # fmt: skip


def test_i_giorni_sono_quelli_del_piano():
    assert [t["giorno"] for t in DATI["tavoli"]] == GIORNI
    assert [i["giorno"] for i in DATI["incontri"]] == ALTRI


def test_sei_tavoli_coprono_le_sette_aree_e_il_quinto_ne_ha_due():
    aree = [[Area(a) for a in t["aree"]] for t in DATI["tavoli"]]
    assert [len(a) for a in aree] == [1, 1, 1, 1, 2, 1]
    assert sorted(a for tavolo in aree for a in tavolo) == sorted(Area)


def test_le_sei_fasi_sono_in_ordine_e_due_senza_data():
    fasi = [DatiFase(n, f["titolo"], f["testo"], f.get("dal"), f.get("al")) for n, f in enumerate(DATI["fasi"], 1)]
    assert [f.titolo for f in fasi] == list(FASI)
    assert difetto_fasi(fasi) is None
    assert [f.numero for f in fasi if f.dal is None] == [4, 6]


def test_contributi_prima_durante_e_dopo_con_tutte_le_risposte():
    righe = [(t, c) for t in DATI["tavoli"] for c in t["contributi"]]
    assert {momento([t["giorno"]], c["giorno"]) for t, c in righe} == {"prima", "durante", "dopo"}
    assert {EsitoContributo(c["esito"]) for _t, c in righe} == set(EsitoContributo)
    assert all(c["motivo"] for _t, c in righe)
    assert "d’esempio" in DATI["percorso"]["nota"]
    assert all("d’esempio" in t["restituzione"] for t in DATI["tavoli"])


def test_ogni_priorita_nasce_da_un_contributo_del_suo_tavolo():
    for t in DATI["tavoli"]:
        for p in t["priorita"]:
            assert p["contributi"]
            assert max(p["contributi"]) < len(t["contributi"])
            assert p["schede"]
