"""Two people of the office on the same minute at the same instant: one number, one answer, no word lost.

Real connections, threads and commits, on both databases.
"""

from __future__ import annotations

import pytest

from portal.db import sessione
from portal.sedute import queries as sedute_q
from portal.tenancy import tutti_gli_ambiti, usa_ambito
from portal.transaction import unita
from portal.verbale import queries
from portal.verbale.models import EsitoOsservazione
from portal.verbale.operations import testi
from tests import fabbrica
from tests.sedute import costruttori as sedute
from tests.sedute.test_insieme import insieme

from . import costruttori as c

DOVE = ("cabina-prova", 1)


@pytest.fixture
def scena(app_vera):
    """A minute that its members are reading, with a remark; and a closed sitting without a minute."""
    with app_vera.test_request_context("/"), tutti_gli_ambiti(), unita():
        ambito = fabbrica.ambito("prova")
        with usa_ambito(ambito.id):
            organo = sedute.cabina(ambito)
            verbale = c.in_revisione(organo)
            posto = verbale.seduta.convocati[0].seggio_id
            testi.osserva(verbale, seggio_id=posto, testo="Manca l’orario.", attore=None, dall_ufficio=True)
            c.chiusa(organo)
    sessione.remove()
    return app_vera, ambito, None


def letto(scena):
    with scena[0].test_request_context("/"), usa_ambito(scena[1].id):
        return queries.intero(*DOVE)


def test_a_un_osservazione_risponde_uno_solo(scena):
    def risponde(esito):
        def lavoro():
            osservazione = queries.intero(*DOVE).osservazioni[0]
            testi.rispondi(osservazione, esito=esito, risposta=str(esito), attore=None)
            return esito

        return lavoro

    esiti = insieme(scena, *(risponde(e) for e in EsitoOsservazione))
    riuscite = [e for e in esiti if isinstance(e, EsitoOsservazione)]
    osservazione = letto(scena).osservazioni[0]
    assert (len(riuscite), osservazione.esito, osservazione.risposta) == (1, riuscite[0], str(riuscite[0]))


def test_sullo_stesso_testo_scrive_uno_e_l_altro_lo_sa(scena):
    visto = letto(scena).parti[1]

    def scrive(testo):
        def lavoro():
            parte = queries.intero(*DOVE).parti[1]
            testi.scrivi_parte(parte, testo=testo, versione=visto.versione, attore=None)
            return testo

        return lavoro

    esiti = insieme(scena, scrive("uno"), scrive("due"))
    (riuscita,) = [e for e in esiti if e in ("uno", "due")]
    assert set(esiti) - {riuscita} <= {"Conflitto", "StaleDataError"}
    assert letto(scena).parti[1].testo == riuscita


def test_di_una_seduta_si_compone_un_verbale_solo(scena):
    def compone():
        return testi.componi(sedute_q.intera("cabina-prova", 2), attore=None).numero

    esiti = insieme(scena, compone, compone, compone)
    assert sorted(map(str, esiti)) == ["2", "TransizioneNonAmmessa", "TransizioneNonAmmessa"]
