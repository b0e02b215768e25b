"""Importing a plan: everything that is printed, twice like once, and never over somebody's money."""

from __future__ import annotations

from contextlib import contextmanager
from copy import deepcopy
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from portal import tenancy
from portal.ambiti.models import Comune, Popolazione
from portal.audit.models import Evento
from portal.db import sessione
from portal.demo.piano import PIANI, carica
from portal.errors import ErroreDominio
from portal.piano import operations, queries
from portal.piano.models import (
    Annualita,
    Ciclo,
    Fondo,
    Intervento,
    RigaBilancio,
    Scheda,
    SchedaLivello,
    StatoCiclo,
    VoceDichiarata,
)
from portal.piano.rules import controlla
from portal.progetti.models import Impegno, Progetto, StatoProgetto
from portal.transaction import unita
from portal.utenti.models import Ruolo
from tests import fabbrica

from . import costruttori
from .costruttori import FINANZA, SCHEDE, dati

TABELLE = (
    Ciclo,
    Fondo,
    Scheda,
    SchedaLivello,
    Intervento,
    Annualita,
    RigaBilancio,
    VoceDichiarata,
    Popolazione,
)


@contextmanager
def dentro(app, ambito):
    with app.app_context(), unita(), tenancy.usa_ambito(ambito.id):
        yield


def quante():
    return {m.__name__: sessione.scalar(select(func.count()).select_from(m)) for m in TABELLE}


def identita():
    return {m.__name__: sessione.scalars(select(m.id).order_by(m.id)).all() for m in TABELLE}


def test_dentro_c_e_tutto_quello_che_e_stampato(app, casarano):
    with dentro(app, casarano):
        assert quante() == {
            "Ciclo": 1,
            "Fondo": 16,
            "Scheda": 27,
            "SchedaLivello": 39,
            "Intervento": 51,
            "Annualita": 81,
            "RigaBilancio": 85,
            "VoceDichiarata": 187,
            "Popolazione": 42,
        }
        ciclo = queries.ciclo_corrente()
        assert (ciclo.codice, ciclo.adottato_il, ciclo.budget_dichiarato) == (
            "2022-2024",
            date(2023, 6, 1),
            Decimal("8515853.74"),
        )
        assert sessione.scalar(select(func.count()).select_from(Comune)) == 7


def test_le_cifre_lette_dal_database_sono_quelle_del_file(app, casarano):
    with dentro(app, casarano):
        valori = queries.valori(queries.piano("2022-2024"))
    dal_file = costruttori.casarano()
    assert [
        (s.codice, s.totale_dichiarato, [(a.anno, a.importo, a.fonte_testo) for a in s.anni]) for s in valori.schede
    ] == [(s.codice, s.totale_dichiarato, [(a.anno, a.importo, a.fonte_testo) for a in s.anni]) for s in dal_file.schede]
    assert [(r.fondo, r.fonte, r.importo) for s in valori.schede for _, r in s.righe] == [
        (r.fondo, r.fonte, r.importo) for s in dal_file.schede for _, r in s.righe
    ]
    assert {n: dict(t.celle) for n, t in valori.tavole.items()} == {n: dict(t.celle) for n, t in dal_file.tavole.items()}
    assert controlla(valori).segnalazioni == controlla(dal_file).segnalazioni


def test_due_volte_e_come_una(app, casarano):
    with dentro(app, casarano):
        prima = identita()
        versioni = sessione.scalars(select(Scheda.versione)).all()
    with dentro(app, casarano):
        carica(casarano)
    with dentro(app, casarano):
        assert identita() == prima
        assert sessione.scalars(select(Scheda.versione)).all() == versioni


def test_un_file_corretto_cambia_solo_quello_che_cambia(app, casarano):
    with dentro(app, casarano):
        prima = identita()
        file = deepcopy(dati(SCHEDE))
        b4 = next(s for s in file["schede"] if s["codice"] == "B.4")
        b4["totale_dichiarato"] = "742927.35"
        b4["programmazione"][1]["fonti"].reverse()
        operations.importa_piano(file, ciclo=PIANI["casarano"], attore=None)
    with dentro(app, casarano):
        assert identita() == prima
        piano = queries.piano("2022-2024")
        assert [r.fondo for r in piano.scheda("B.4").anno(2023).righe][-1] == "PDZ_ORDINARIO"
        assert not [s for s in controlla(queries.valori(piano)).segnalazioni if s.regola == "I1"]


def test_una_riga_che_il_file_non_ha_piu_se_ne_va(app, casarano):
    file = deepcopy(dati(SCHEDE))
    a1 = file["schede"][0]
    assert a1["codice"] == "A.1"
    a1["programmazione"][0]["fonti"].pop()
    a1["servizi"].pop()
    a1["livelli_priorita"] = ["LEPS"]
    del a1["programmazione"][2]
    with dentro(app, casarano):
        operations.importa_piano(file, ciclo=PIANI["casarano"], attore=None)
    with dentro(app, casarano):
        dopo = quante()
        assert (dopo["RigaBilancio"], dopo["Intervento"], dopo["SchedaLivello"], dopo["Annualita"]) == (
            84,
            50,
            38,
            80,
        )


def test_una_riga_con_dei_soldi_legati_non_se_ne_va(app, casarano):
    with dentro(app, casarano):
        riga = queries.righe_di_scheda(queries.scheda_per_codice("2022-2024", "A.1").id)[0]
        responsabile = fabbrica.utente(Ruolo.RESPONSABILE, ambito=casarano)
        ente = fabbrica.ente()
        avviso = fabbrica.avviso(casarano)
        proposta = fabbrica.proposta(avviso, ente, responsabile)
        progetto = Progetto(
            slug="uno", proposta_id=proposta.id, ente_id=ente.id, titolo="Uno", sintesi="", contributo=Decimal("10.00"),
            atto="prova", approvato_il=date(2024, 1, 1), stato=StatoProgetto.DA_LEGARE, creato_il=avviso.creato_il,
        )  # fmt: skip
        fabbrica.salva(progetto)
        legato = Impegno(
            progetto_id=progetto.id, riga_id=riga.id, importo=Decimal("10.00"), residuo_prima=riga.importo,
            creato_il=avviso.creato_il, creato_da=responsabile.id,
        )  # fmt: skip
        fabbrica.salva(legato)
    file = deepcopy(dati(SCHEDE))
    del file["schede"][0]["programmazione"][0]["fonti"][0]
    with pytest.raises(ErroreDominio, match="legati dei soldi"), dentro(app, casarano):
        operations.importa_piano(file, ciclo=PIANI["casarano"], attore=None)
    with dentro(app, casarano):
        assert quante()["RigaBilancio"] == 85


def test_una_scheda_che_il_file_non_ha_resta_e_si_dice(app, casarano):
    file = deepcopy(dati(SCHEDE))
    file["schede"] = file["schede"][1:]
    with dentro(app, casarano):
        fatto = operations.importa_piano(file, ciclo=PIANI["casarano"], attore=None)
        assert (fatto.schede, fatto.righe, fatto.assenti) == (26, 80, ("A.1",))
        assert quante()["Scheda"] == 27


def test_un_file_storto_non_scrive_niente(app, ambito):
    with pytest.raises(ErroreDominio), dentro(app, ambito):
        operations.importa_piano({"schede": [{"codice": "A.1"}]}, ciclo=PIANI["casarano"], attore=None)
    with dentro(app, ambito):
        assert set(quante().values()) == {0}


def test_una_cella_che_non_si_stampa_piu_se_ne_va(app, casarano):
    file = deepcopy(dati(FINANZA))
    del file["budget_pdz_2022_2024"]["voci"]["FNA 2022"]
    file["budget_pdz_2022_2024"]["totale"] = "1.00"
    with dentro(app, casarano):
        operations.importa_voci(queries.ciclo_corrente(), file, attore=None)
    with dentro(app, casarano):
        assert quante()["VoceDichiarata"] == 186
        assert queries.ciclo_corrente().budget_dichiarato == Decimal("1.00")


def test_ogni_importazione_si_registra(app, casarano):
    with dentro(app, casarano):
        azioni = sessione.scalars(
            select(Evento.azione).where(Evento.azione.startswith("piano.")).order_by(Evento.numero)
        ).all()
    assert azioni == ["piano.importa", "piano.importa_voci", "piano.importa_quadro"]


def test_un_piano_nuovo_nasce_in_preparazione():
    assert operations.DatiCiclo("2025-2027", "Piano", 2025, 2027).stato == StatoCiclo.IN_PREPARAZIONE


def test_i_comuni_che_mancano_si_aggiungono(app):
    with app.app_context(), unita(), tenancy.tutti_gli_ambiti():
        nuovo = fabbrica.ambito("casarano", comuni=("Casarano",))
    with dentro(app, nuovo):
        carica(nuovo)
    with dentro(app, nuovo):
        assert sessione.scalar(select(func.count()).select_from(Comune)) == 7


def test_gagliano_non_ha_un_piano(app):
    with app.app_context(), unita(), tenancy.tutti_gli_ambiti():
        nuovo = fabbrica.ambito("gagliano")
    with dentro(app, nuovo):
        assert carica(nuovo) is None
        assert queries.ciclo_corrente() is None
