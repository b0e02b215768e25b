"""Who of the office works for an ente that applied abstains: on the whole avviso, rivals included, until the end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.clocks import adesso
from portal.db import sessione
from portal.errors import Vietato
from portal.proposte.models import StatoProposta
from portal.proposte.permissions import ASTENSIONE
from portal.tenancy import tutti_gli_ambiti
from portal.transaction import unita
from portal.utenti.models import Utente
from portal.valutazione import operations, queries
from tests import fabbrica

from .costruttori import (
    Scena,
    al_lavoro,
    ammetti,
    astenuto,
    avviso,
    commissione,
    dentro,
    nomina,
    proposta,
    pubblica,
    scena,
    stati,
    valuta_tutto,
)

PERCHE = "la legge ti chiede di astenerti (art. 6-bis della legge 241/1990)"


def altro_avviso(app, s: Scena) -> str:
    """The slug of a second closed call of the same Ambito, to which the first ente applied and no other."""
    with app.app_context(), tutti_gli_ambiti(), unita():
        fatto = fabbrica.avviso(s.ambito, stato="chiuso", termine=adesso() - timedelta(days=1))
        fabbrica.proposta(fatto, s.enti[0], s.rappresentanti[0], stato=StatoProposta.PRESENTATA)
    sessione.remove()
    return str(fatto.slug)


def test_delle_rivali_non_si_apre_niente_e_si_legge_perche(app, entra):
    s = valuta_tutto(app, al_lavoro(app, scena(app)))
    with dentro(app, s):
        membro, rivale = commissione(s).membri[0].id, proposta(s, 0).titolo
    cliente = entra(astenuto(app, s, s.enti[1]))
    pagine = ["", "/graduatoria", "/esito", "/commissione", f"/commissione/{membro}/sostituisci"]
    for resto in [*pagine, *(f"/proposte/{p}" for p in s.proposte)]:
        pagina = cliente.get(s.url(resto))
        assert (pagina.stato, PERCHE in pagina.testo, rivale in pagina.testo) == (403, True, False), resto
        assert "controlla con quale ruolo sei entrato" not in pagina.testo


def test_l_elenco_lo_dice_e_non_porta_dentro(app, entra):
    s = scena(app)
    altra = altro_avviso(app, s)
    pagina = entra(astenuto(app, s, s.enti[1])).get(f"/{s.ambito.slug}/ufficio/valutazione")
    assert pagina.testo.count("Ti astieni: lavori per un ente che partecipa.") == 1
    assert pagina.dom.find("a", href=s.url()) is None
    assert pagina.dom.find("a", href=f"/{s.ambito.slug}/ufficio/avvisi/{altra}/valutazione") is not None


def test_la_pagina_dell_avviso_non_porta_dove_non_si_entra(app, entra):
    s = scena(app)
    chi_si_astiene, collega = entra(astenuto(app, s, s.enti[1])), entra(s.operatore)
    prepara = f"/{s.ambito.slug}/ufficio/avvisi/{s.slug}"
    assert chi_si_astiene.get(prepara).dom.find("a", href=s.url()) is None
    assert "Ti astieni" in chi_si_astiene.get(prepara).testo
    assert collega.get(prepara).dom.find("a", href=s.url()) is not None


def test_sugli_altri_avvisi_lavora(app, entra):
    s = scena(app)
    altra = altro_avviso(app, s)
    cliente = entra(astenuto(app, s, s.enti[1]))
    assert cliente.get(f"/{s.ambito.slug}/ufficio/avvisi/{altra}/valutazione").stato == 200
    assert cliente.get(f"/{s.ambito.slug}/ufficio/avvisi/{altra}/valutazione/graduatoria").stato == 200


def decide(s: Scena, chi: Utente) -> None:
    operations.decidi(proposta(s, 0), ammessa=True, motivo="", attore=chi)


def nominano(s: Scena, chi: Utente) -> None:
    tre = [c.id for c in s.commissari[:3]]
    operations.nomina(avviso(s), atto="D. 12", presidente=tre[0], componenti=tre[1:], attore=chi)


def sostituisce(s: Scena, chi: Utente) -> None:
    membro = queries.membro_per_id(s.slug, commissione(s).membri[0].id)
    assert membro is not None
    operations.sostituisci(membro, con=s.commissari[3].id, motivo="D. 13", attore=chi)


def pubblicano(s: Scena, chi: Utente) -> None:
    preso = avviso(s)
    operations.pubblica(preso, atto="D. 15", impronta=queries.calcolo(preso).impronta, attore=chi)


@pytest.mark.parametrize(
    ("prepara", "passo", "dopo"),
    [
        (lambda app, s: s, decide, "presentata"),
        (ammetti, nominano, "ammessa"),
        (lambda app, s: nomina(app, ammetti(app, s)), sostituisce, "ammessa"),
        (lambda app, s: valuta_tutto(app, al_lavoro(app, s)), pubblicano, "ammessa"),
    ],
    ids=["decidi", "nomina", "sostituisci", "pubblica"],
)
def test_le_operazioni_lo_rifiutano_e_lasciano_passare_un_collega(app, prepara, passo, dopo):
    s = scena(app, richiesti=("10.00", "20.00"))
    prepara(app, s)
    chi = astenuto(app, s, s.enti[1])
    with pytest.raises(Vietato) as errore, dentro(app, s):
        passo(s, chi)
    assert errore.value.messaggio == ASTENSIONE
    assert stati(app, s) == [dopo, dopo]
    with dentro(app, s):
        passo(s, s.operatore)


def test_prima_del_termine_la_proposta_non_c_e_per_nessuno(app, entra):
    s = scena(app, termine=adesso() + timedelta(minutes=5))
    for chi in (s.operatore, astenuto(app, s, s.enti[1])):
        assert entra(chi).get(s.url(f"/proposte/{s.proposte[0]}")).stato == 404


def test_dopo_l_esito_legge_la_pagina_di_tutti_e_la_sua_proposta(app, entra):
    s = pubblica(app, valuta_tutto(app, al_lavoro(app, scena(app))))
    cliente = entra(astenuto(app, s, s.enti[1]))
    assert cliente.get(f"/{s.ambito.slug}/avvisi/{s.slug}/esito").stato == 200
    assert cliente.get(f"/ente/proposte/{s.proposte[1]}/presentata").stato == 200
    assert cliente.get(f"/ente/proposte/{s.proposte[0]}/presentata").stato == 404
    assert cliente.get(s.url("/graduatoria")).stato == 403


def test_chi_non_lavora_piu_per_l_ente_torna_al_lavoro(app, entra):
    s = scena(app)
    chi = astenuto(app, s, s.enti[1])
    assert entra(chi).get(s.url()).stato == 403
    with dentro(app, s):
        sessione.add(chi)
        chi.ruoli.remove(next(r for r in chi.ruoli if r.ente_id is not None))
    assert entra(chi).get(s.url()).stato == 200


@pytest.mark.parametrize("resto", ["elenco", "", "/graduatoria", "/commissione", "/proposte/{proposta}"])
def test_costa_una_domanda_e_solo_a_chi_lavora_per_un_ente(app, entra, conta_query, resto):
    """Two where the page asks a second permission; the number of rows, members or avvisi does not matter."""
    s = nomina(app, ammetti(app, scena(app)))
    altro_avviso(app, s)
    estraneo = fabbrica_ente(app, s)
    percorso = f"/{s.ambito.slug}/ufficio/valutazione" if resto == "elenco" else s.url(resto.format(proposta=s.proposte[0]))

    def costo(chi: Utente) -> int:
        cliente = entra(chi)
        with conta_query() as conto:
            assert cliente.get(percorso).stato == 200
        return int(conto.totale)

    in_piu = costo(astenuto(app, s, estraneo)) - costo(s.operatore)
    assert in_piu == (2 if resto == "" else 1)


def fabbrica_ente(app, s: Scena):
    """An ente that applied to nothing."""
    with dentro(app, s):
        return fabbrica.ente()
