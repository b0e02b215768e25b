"""The rules of a minute with tables: terms, what is missing, words left out, whose signature it is, data and back."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace

import pytest

from portal.clocks import da_roma
from portal.sedute.rules.convocazione import Preavviso
from portal.verbale.models import EsitoOsservazione, GenereParte
from portal.verbale.rules import cammino, composizione
from portal.verbale.rules.contenuto import (
    Contenuto,
    Deciso,
    Orario,
    Presenza,
    PuntoDetto,
    SenzaVoto,
    Uscito,
    Voto,
    leggi,
    scrivi,
)
from portal.verbale.rules.contenuto import testi as ogni_testo
from portal.verbale.rules.firma import contiene
from portal.verbale.rules.omissis import con_omissis, gia_pubblico, quante, resta


def roma(*parti: int) -> datetime:
    return da_roma(datetime(*parti))


def contenuto(**altro) -> Contenuto:
    """The sitting of the look's drawing: convened two days before, one who leaves, a majority."""
    voto = Voto(
        "", "Per appello nominale", "Decisioni ordinarie", "Approvata a maggioranza", True, 6, 5, 0, 1, "", (), ("Ruffano",)
    )
    punto = PuntoDetto(
        "1", "Rendiconto", "Responsabile", "", roma(2023, 6, 1, 9, 50), roma(2023, 6, 1, 10, 30), 6,
        "Parla Primo Esempio. PRIMO\nESEMPIO insiste; Primo Esempione no.", (Uscito("Matino", "è amica di Primo Esempio"),),
        (voto,), (Deciso("2023/7", "Si approva.", False),),
    )  # fmt: skip
    valori = {
        "organo": "Coordinamento", "anno": 2023, "numero": 4, "giorno": roma(2023, 6, 1, 9, 30), "seconda": False,
        "aperta": roma(2023, 6, 1, 9, 45), "chiusa": roma(2023, 6, 1, 12, 10), "luogo": "Sala", "protocollo": "21085",
        "convocata": roma(2023, 5, 30, 12), "preavviso": Preavviso(2, 5, False, 45, 24), "presenti": 6, "componenti": 7,
        "servono": 4, "senza_numero_legale": (Orario(roma(2023, 6, 1, 11), None),),
        "segreteria": "Ufficio di Piano", "sommario": "Si approva il rendiconto.",
        "presenze": (Presenza("Casarano", "Sindaco", "", True, (Orario(roma(2023, 6, 1, 9, 28), None),)),),
        "senza_voto": (SenzaVoto("Primo Esempio", "assiste"),), "premessa": "", "punti": (punto,), "chiusura": "",
    }  # fmt: skip
    return Contenuto(**{**valori, **altro})


@pytest.mark.parametrize(
    ("inviato", "giorni", "entro"),
    [
        (roma(2023, 6, 1, 12), 5, roma(2023, 6, 6, 23, 59, 59)),
        (roma(2023, 6, 1, 0, 0, 1), 1, roma(2023, 6, 2, 23, 59, 59)),
        (roma(2023, 3, 24, 23, 59, 59), 2, roma(2023, 3, 26, 23, 59, 59)),  # the night clocks go forward
        (roma(2023, 10, 27, 12), 3, roma(2023, 10, 30, 23, 59, 59)),  # and back
        (roma(2023, 12, 30, 12), 3, roma(2024, 1, 2, 23, 59, 59)),
        (roma(2023, 6, 1, 12), 0, roma(2023, 6, 1, 12)),
    ],
)
def test_il_termine_per_le_osservazioni(inviato, giorni, entro):
    assert cammino.termine_osservazioni(inviato, giorni) == entro


def parte(genere, testo):
    return SimpleNamespace(genere=genere, testo=testo)


@pytest.mark.parametrize(
    ("sommario", "premessa", "punto", "chiusura", "quante_cose"),
    [("Si approva.", "a", "b", "c", 0), ("", "a", "b", "c", 1), ("Si approva.", "a", "", "c", 0), (" ", " ", "", "\n", 3)],
)
def test_che_cosa_manca_per_inviare(sommario, premessa, punto, chiusura, quante_cose):
    parti = [parte(g, t) for g, t in zip(GenereParte, (premessa, punto, chiusura), strict=True)]
    assert len(cammino.manca_per_inviare(sommario, parti)) == quante_cose


ENTRO = roma(2023, 6, 6, 23, 59, 59)
CHIUSA = roma(2023, 6, 1, 12, 10)


@pytest.mark.parametrize(
    ("votato", "esiti", "quante_cose"),
    [
        (roma(2023, 6, 7, 0, 0), (), 0),
        (ENTRO, (), 1),
        (roma(2023, 6, 1, 10), (), 2),
        (roma(2023, 6, 15, 10), (EsitoOsservazione.NON_ACCOLTA,), 0),
        (roma(2023, 6, 15, 10), (EsitoOsservazione.ACCOLTA, None), 1),
        (roma(2023, 6, 2, 10), (None,), 2),
    ],
)
def test_che_cosa_manca_per_approvare(votato, esiti, quante_cose):
    osservazioni = [SimpleNamespace(esito=e) for e in esiti]
    assert len(cammino.manca_per_approvare(osservazioni, ENTRO, votato=votato, seduta_chiusa=CHIUSA)) == quante_cose


def test_com_e_cominciata_dice_che_la_convocazione_era_tardiva(italiano):
    scritto = composizione.premessa(contenuto(), "il Comune di Casarano")
    assert "protocollo 21085. È partita 2 giorni prima: il regolamento ne chiede 5." in scritto
    assert "Presiede il Comune di Casarano; scrive il verbale Ufficio di Piano." in scritto
    in_tempo = composizione.premessa(contenuto(preavviso=Preavviso(5, 5, False, 120, 24)), "")
    assert "partita" not in in_tempo


def test_quel_che_si_toglie_non_resta_da_nessuna_parte():
    pulito = con_omissis(contenuto(), ["Primo Esempio"])
    tutto = " ".join(ogni_testo(pulito))
    assert "Parla [omissis]. [omissis] insiste; Primo Esempione no." in tutto
    assert (pulito.senza_voto[0].chi, pulito.punti[0].usciti[0].motivo) == ("[omissis]", "è amica di [omissis]")
    assert quante(contenuto(), "primo esempio") == 4


@pytest.mark.parametrize(
    ("testo", "rimasto"),
    [
        ("Niente.", []),
        ("Parla Primo **Esempio**.", ["Primo Esempio"]),
        ("[Primo Esempio](https://esempio.example/)", []),
        ("Primo Esempione", ["Primo Esempio"]),
    ],
)
def test_si_accorge_di_quel_che_resta(testo, rimasto):
    from dataclasses import replace

    c = contenuto(senza_voto=())
    c = replace(c, punti=(replace(c.punti[0], testo=testo, usciti=()),))
    assert resta(con_omissis(c, ["Primo Esempio"]), ["Primo Esempio"]) == rimasto


def test_guarda_anche_il_sommario_e_quel_che_si_pubblica_accanto():
    detto = contenuto(sommario="Si dà ragione a Primo Esempio.", punti=())
    assert con_omissis(detto, ["Primo Esempio"]).sommario == "Si dà ragione a [omissis]."
    pulito = con_omissis(detto, ["Primo Esempio"])
    assert resta(pulito, ["Primo Esempio"]) == []
    assert resta(pulito, ["Primo Esempio"], ["È la privacy di primo  esempio"]) == ["Primo Esempio"]


def test_dice_dove_e_gia_pubblico(italiano):
    assert gia_pubblico(contenuto(), "rendiconto") == ["1"]
    assert gia_pubblico(contenuto(), "si approva") == ["2023/7"]
    assert gia_pubblico(contenuto(), "Primo Esempio") == ["la seduta"]  # among who was there without a vote
    assert gia_pubblico(contenuto(), "insiste") == []


def test_scritto_e_riletto_e_lo_stesso():
    assert leggi(scrivi(contenuto())) == contenuto()


def test_il_file_firmato_e_proprio_quello():
    originale = b"%PDF-1.7\nuno\n%%EOF\n"
    assert contiene(originale, originale)
    assert contiene(originale + b"aggiunta della firma", originale)
    assert not contiene(b"%PDF-1.7\ndue\n%%EOF\n", originale)
    assert not contiene(b"", originale)
