"""Reads: how many queries, of which Ambito, and the lines other areas bind money to."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from portal import tenancy
from portal.db import sessione
from portal.piano import queries
from portal.piano.models import Ciclo, StatoCiclo
from portal.transaction import unita
from tests import fabbrica


def test_tre_numeri(app, casarano):
    with app.app_context(), tenancy.usa_ambito(casarano.id):
        assert queries.tre_numeri() == queries.TreNumeri(
            "2022-2024",
            Decimal("9939197.22"),
            27,
            ((2022, Decimal("5330425.61")), (2023, Decimal("3060999.24")), (2024, Decimal("1547772.37"))),
        )


def test_senza_piano_nessun_numero(app, ambito):
    with app.app_context(), tenancy.usa_ambito(ambito.id):
        assert queries.tre_numeri() is None


def test_un_ciclo_senza_schede_e_un_piano_vuoto(app, ambito):
    with app.app_context(), unita(), tenancy.usa_ambito(ambito.id):
        sessione.add(Ciclo(codice="2025-2027", titolo="P", anno_da=2025, anno_a=2027, stato=StatoCiclo.ADOTTATO, fonte=""))
        sessione.flush()
        piano = queries.piano("2025-2027")
        assert (piano.schede, piano.anni) == ((), (2025, 2026, 2027))
        assert queries.tre_numeri() == queries.TreNumeri("2025-2027", Decimal("0.00"), 0, ())


def test_il_ciclo_corrente_e_il_piu_recente_fra_quelli_pubblici(app, casarano):
    with app.app_context(), unita(), tenancy.usa_ambito(casarano.id):
        nuovo = Ciclo(
            codice="2025-2027",
            titolo="P",
            anno_da=2025,
            anno_a=2027,
            stato=StatoCiclo.IN_PREPARAZIONE,
            fonte="",
        )
        sessione.add(nuovo)
        sessione.flush()
        assert queries.ciclo_corrente().codice == "2022-2024"
        assert queries.piano("2025-2027") is None
        nuovo.stato = StatoCiclo.ADOTTATO
        sessione.flush()
        assert queries.ciclo_corrente().codice == "2025-2027"


def test_le_righe_di_una_scheda(app, casarano):
    with app.app_context(), tenancy.usa_ambito(casarano.id):
        scheda = queries.scheda_per_codice("2022-2024", "B.7")
        assert scheda.ciclo.codice == "2022-2024"
        (riga,) = queries.righe_di_scheda(scheda.id)
        assert (riga.anno, riga.fondo_codice, riga.fondo_nome, riga.importo) == (
            2023,
            "REACT_EU",
            "REACT-EU",
            Decimal("149000.00"),
        )
        assert queries.righe_per_scelta(scheda_id=scheda.id) == (
            queries.RigaPerScelta(riga.id, "B.7", scheda.titolo, 2023, "REACT-EU", Decimal("149000.00")),
        )
        assert len(queries.righe_per_scelta(ciclo="2022-2024")) == 85
        assert {r.anno for r in queries.righe_per_scelta(anno=2024)} == {2024}
        assert queries.righe_per_scelta(ciclo="2018-2021") == ()
        assert queries.scheda_per_codice("2022-2024", "Z.9") is None


def test_le_schede_da_scegliere(app, casarano):
    with app.app_context(), tenancy.usa_ambito(casarano.id):
        schede = queries.schede_per_scelta("2022-2024")
        assert len(schede) == 27
        a1 = queries.scheda_per_codice("2022-2024", "A.1")
        assert schede[0] == queries.SchedaPerScelta(a1.id, "A.1", a1.titolo)
        assert queries.scheda_per_id(a1.id) is a1


def test_una_riga_bloccata_si_rilegge(app, casarano):
    with app.app_context(), unita(), tenancy.usa_ambito(casarano.id):
        riga_id = queries.righe_per_scelta()[0].id
        riga = queries.blocca_riga(riga_id)
        sessione.connection().exec_driver_sql(f"UPDATE riga_bilancio SET importo = 100 WHERE id = {riga_id}")
        assert riga.importo != Decimal("1.00")
        assert queries.blocca_riga(riga_id).importo == Decimal("1.00")
        assert queries.blocca_riga(-1) is None


def test_ogni_ambito_vede_solo_il_suo(app, casarano):
    with app.app_context(), unita(), tenancy.tutti_gli_ambiti():
        altro = fabbrica.ambito("gagliano")
        fabbrica.scheda(altro, "C.1")
    with app.app_context(), tenancy.usa_ambito(altro.id):
        piano = queries.piano("2022-2024")
        assert [s.codice for s in piano.schede] == ["C.1"]
        assert queries.valori(piano).tavole == {}
        assert len(queries.righe_per_scelta()) == 1
        scheda_altrui = sessione.execute(select(Ciclo.id)).scalars().all()
        assert len(scheda_altrui) == 1
    with app.app_context(), tenancy.usa_ambito(casarano.id):
        assert len(queries.piano("2022-2024").schede) == 27
        assert queries.blocca_riga(_riga(altro)) is None


def _riga(ambito):
    with tenancy.usa_ambito(ambito.id):
        return queries.righe_per_scelta()[0].id


def test_una_o_tre_schede_le_stesse_query(app, ambito, conta_query):
    with app.app_context(), unita(), tenancy.tutti_gli_ambiti():
        fabbrica.scheda(ambito, "A.1")
    costi = []
    for altre in ((), ("A.2", "A.3")):
        with app.app_context(), unita(), tenancy.tutti_gli_ambiti():
            for codice in altre:
                fabbrica.scheda(ambito, codice)
        sessione.remove()
        with app.app_context(), tenancy.usa_ambito(ambito.id), conta_query() as n:
            piano = queries.piano("2022-2024")
            queries.valori(piano)
            queries.righe_per_scelta()
            queries.schede_per_scelta()
        costi.append(n.totale)
    assert costi == [6, 6]
