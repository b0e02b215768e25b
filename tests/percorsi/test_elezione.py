"""An election of the Rete with real people at real pages: called, candidates, one vote for each ente, count, result."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from portal.clocks import a_roma, adesso, oggi
from portal.db import sessione
from portal.enti.models import Ente
from portal.rete.models import Candidatura, Elettore, Elezione
from portal.rete.operations import elezioni as operations
from portal.rete.queries import elezioni as queries
from portal.tenancy import usa_ambito
from portal.utenti.models import Ruolo
from tests import fabbrica
from tests.percorsi.conftest import con_password
from tests.rete import costruttori as rete

TITOLO = "Un rappresentante del Terzo settore nella Cabina di Regia"
AURORA, BOSCO, COMETA = "Aurora per le famiglie ODV", "Il Bosco dei Mestieri APS", "Cometa cooperativa sociale"
RESPONSABILE, LEGALE, DELEGATA = (f"{chi}@elezione.example" for chi in ("responsabile", "legale", "delegata"))


@pytest.fixture
def scena(nel_sito):
    """A Rete of three enti; of the first, who represents it by law and a delegate have an account."""
    with nel_sito():
        ambito = fabbrica.ambito("casarano")
        categoria = rete.categoria(ambito)
        enti = [fabbrica.ente(denominazione=nome) for nome in (AURORA, BOSCO, COMETA)]
        membri = [rete.adesione(categoria, ente) for ente in enti]
        con_password(fabbrica.utente(Ruolo.RESPONSABILE, ambito=ambito, email=RESPONSABILE))
        con_password(fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=enti[0], email=LEGALE))
        delegata = con_password(fabbrica.utente(Ruolo.COMPILATORE, ente=enti[0], email=DELEGATA))
        rete.rappresentante(membri[0], "Consigliera", delegato=True, delega="Di ieri", utente_id=delegata.id)


def test_dalle_candidature_al_risultato(scena, persona, nel_sito):
    responsabile, legale = persona(RESPONSABILE), persona(LEGALE)
    urna = _indice(responsabile)
    with nel_sito():
        _candida(BOSCO)
    _si_candida(legale)
    with nel_sito():
        _termini(candidature=-2, dal=-1, al=1)
    _vota_una_volta(legale, persona(DELEGATA))
    with nel_sito():
        _vota(BOSCO, per=BOSCO)
        _vota(COMETA, per=AURORA)
        _termini(candidature=-3, dal=-2, al=-1)
    _scrutina(responsabile, urna)
    _legge_il_risultato(persona())


def _indice(responsabile):
    """Where the election called is, among the pages of the office."""
    responsabile.apri("/casarano/ufficio/rete/elezioni/nuova")
    giorni = [a_roma(adesso() + timedelta(days=n)).strftime("%Y-%m-%dT12:00:00") for n in (7, 8, 9)]
    responsabile.scrivi(titolo=TITOLO, seggi="1", mandato_al=(oggi() + timedelta(days=700)).isoformat())
    responsabile.scrivi(candidature_entro=giorni[0], voto_dal=giorni[1], voto_al=giorni[2])
    responsabile.spunta("input[name='parita']", 1)
    responsabile.premi("Indici l’elezione")
    responsabile.legge("L’elezione è indetta")
    responsabile.legge("candidature aperte")
    responsabile.legge("3 enti nella Rete il")
    responsabile.legge("passa chi è nella Rete da più tempo")
    responsabile.legge("Nessuno si è ancora candidato.")
    return _indirizzo(responsabile)


def _indirizzo(chi):
    return chi.pagina.url.removeprefix(chi.sito.url)


def _si_candida(legale):
    legale.apri("/ente/rete")
    legale.segui(f"Candida l’ente {TITOLO}")
    legale.scrivi(presentazione="Da dieci anni ascoltiamo le famiglie.")
    legale.spunta("input[name='dichiara']")
    legale.premi("Candida l’ente")
    legale.legge("L’ente è candidato.")


def _vota_una_volta(legale, delegata):
    """Two people of one ente have the ballot before them: the vote of the first counts, the second is told so."""
    legale.apri("/ente/rete")
    legale.legge("si vota fino a")
    legale.segui(f"Vota {TITOLO}")
    delegata.apri(_indirizzo(legale))
    _sceglie(legale, 1, BOSCO)
    _sceglie(delegata, 0, AURORA)
    legale.premi("Metti la scheda nell’urna")
    legale.legge("Il voto è nell’urna.")
    legale.legge("abbiamo votato")
    delegata.premi("Metti la scheda nell’urna")
    delegata.legge("L’ente ha già votato: vale il primo voto")


def _sceglie(chi, indice, nome):
    chi.legge("Puoi scegliere un ente.")
    chi.spunta("input[name='preferenze']", indice)
    chi.premi("Continua")
    chi.legge("Stai votando")
    chi.legge(nome)


def _scrutina(responsabile, urna):
    responsabile.apri(urna)
    responsabile.legge("da scrutinare")
    responsabile.legge("Hanno votato 3 enti su 3.")
    responsabile.premi("Scrutina i voti")
    responsabile.legge("Voti scrutinati: il verbale è pubblico.")
    responsabile.legge("Metti su un posto")
    responsabile.non_trabocca(390)


def _legge_il_risultato(cittadina):
    """In the order of the votes, which is not that of the names."""
    cittadina.apri("/casarano/rete")
    cittadina.segui(TITOLO)
    cittadina.legge("Hanno votato 3 enti su 3. 0 schede bianche.")
    righe = cittadina.pagina.locator("main tbody tr")
    expect(righe.locator("th")).to_contain_text([f"1. {BOSCO}", f"2. {AURORA}"])
    expect(righe.locator("td")).to_have_text(["2", "eletto", "1", "non eletto"])
    cittadina.legge("Da dieci anni ascoltiamo le famiglie.")


def _elettore(nome):
    """The voter of that ente, with what the operations need."""
    elettore = queries.elettore_ovunque(
        sessione.scalars(select(Elettore.id).join(Ente, Ente.id == Elettore.ente_id).where(Ente.denominazione == nome)).one()
    )
    assert elettore is not None
    return elettore


def _candida(nome):
    elettore = _elettore(nome)
    with usa_ambito(elettore.ambito_id):
        operations.candida(elettore, presentazione="Insegniamo mestieri.", dichiara=True, arrivo=adesso(), attore=None)


def _vota(nome, *, per):
    elettore = _elettore(nome)
    with usa_ambito(elettore.ambito_id):
        scelta = sessione.scalars(
            select(Candidatura.id).join(Ente, Ente.id == Candidatura.ente_id).where(Ente.denominazione == per)
        ).one()
        operations.vota(elettore, preferenze=[scelta], arrivo=adesso(), attore=None)


def _termini(*, candidature, dal, al):
    """Move the terms of the election to so many hours from now."""
    ore = {"candidature_entro": candidature, "voto_dal": dal, "voto_al": al}
    elezione = sessione.scalars(select(Elezione)).one()
    fabbrica.cambia(elezione, **{nome: adesso() + timedelta(hours=n) for nome, n in ore.items()})
