"""The outcome: published when everything is there, equal to the recomputation for ever, different if a score is touched."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from portal.audit.queries import rotture, storia
from portal.avvisi.models import StatoAvviso
from portal.clocks import adesso
from portal.db import sessione
from portal.errors import Conflitto, ErroreDominio, NonTrovato, TransizioneNonAmmessa
from portal.outbox import Messaggio
from portal.valutazione import operations, queries, rules
from portal.valutazione.models import EsitoProposta, Punteggio
from portal.valutazione.rules import Differenza

from .costruttori import (
    Scena,
    al_lavoro,
    ammetti,
    avviso,
    commissione,
    dentro,
    dichiara,
    lavora_per,
    nomina,
    pubblica,
    scena,
    stati,
    tutto,
    valuta,
    valuta_tutto,
)


def ostacoli(app, s: Scena) -> list[str]:
    with dentro(app, s):
        return operations.ostacoli(avviso(s))


def differenze(app, s: Scena) -> list[Differenza]:
    with dentro(app, s):
        return rules.differenze(
            queries.come_pubblicate(queries.righe_esito(s.avviso_id)), queries.calcolo(avviso(s)).righe()
        )


def test_dall_ultimo_punto_all_esito(app):
    s = scena(app, richiesti=("40000.00", "70000.00", "30000.00", "10000.00"))
    s = al_lavoro(app, s, tranne=[3])
    pubblica(app, valuta_tutto(app, s, {0: ("50", "30"), 1: ("58", "38"), 2: ("30", "20")}))
    assert stati(app, s) == ["idonea_non_finanziata", "selezionata", "non_idonea", "non_ammessa"]
    with dentro(app, s):
        letto = avviso(s)
        assert letto.stato == StatoAvviso.ESITO_PUBBLICATO
        assert letto.esito_il is not None
        assert commissione(s).stato.value == "conclusa"
        righe = queries.righe_esito(s.avviso_id)
        assert [(r.proposta_id, r.posizione, r.punti, r.esito, r.contributo) for r in righe] == [
            (s.proposte[1], 1, Decimal("96.00"), EsitoProposta.SELEZIONATA, Decimal("70000.00")),
            (s.proposte[0], 2, Decimal("80.00"), EsitoProposta.IDONEA, None),
            (s.proposte[2], 3, Decimal("50.00"), EsitoProposta.NON_IDONEA, None),
            (s.proposte[3], None, None, EsitoProposta.NON_AMMESSA, None),
        ]
        esito = queries.esito(s.avviso_id)
        assert [e.azione for e in storia("esito", esito.id)] == ["valutazione.pubblica"]
        assert rotture() == []


def test_ogni_ente_riceve_la_sua_riga(app):
    s = tutto(app, scena(app, richiesti=("40000.00", "70000.00")), {0: ("60", "40"), 1: ("50", "30")})
    with dentro(app, s):
        esito = queries.esito(s.avviso_id)
        cerca = select(Messaggio).where(Messaggio.riferimento_tipo == "esito", Messaggio.riferimento_id == esito.id)
        lettere = {m.destinatario: m for m in sessione.scalars(cerca)}
    assert set(lettere) == {x for ente, r in zip(s.enti, s.rappresentanti, strict=True) for x in (ente.pec, r.email)}
    assert "selezionata, posizione 1 con 100,00 punti. Contributo: 40.000,00\u00a0€." in lettere[s.enti[0].pec].testo
    assert "idonea ma non finanziata, posizione 2" in lettere[s.enti[1].pec].testo
    assert not any(m.trattenuto for m in lettere.values())


def test_l_esito_e_uguale_al_ricalcolo(app):
    s = tutto(app, scena(app), {0: ("50.25", "30.10"), 1: ("50.25", "30.10"), 2: ("33.33", "22.22")})
    assert differenze(app, s) == []
    with dentro(app, s):
        assert queries.calcolo(avviso(s)).impronta == queries.esito(s.avviso_id).impronta


def test_un_punteggio_ritoccato_si_vede(app):
    s = tutto(app, scena(app, richiesti=("40000.00", "40000.00")), {0: ("60", "40")})
    with dentro(app, s):
        punteggio = queries.miei_punteggi(commissione(s).membri[0].id, s.proposte[1])[0]
        sessione.execute(update(Punteggio).where(Punteggio.id == punteggio.id).values(punti=Decimal("59.00")))
    assert differenze(app, s) == [Differenza(s.proposte[1], "punti", Decimal("80.00"), Decimal("83.00"))]
    with dentro(app, s):
        assert queries.calcolo(avviso(s)).impronta != queries.esito(s.avviso_id).impronta


@pytest.mark.parametrize(
    ("prepara", "motivo"),
    [
        (scena, "da esaminare: 3"),
        (lambda app: ammetti(app, scena(app)), "Manca la commissione"),
        (lambda app: dichiara(app, nomina(app, ammetti(app, scena(app))), [0, 1]), "dichiarazioni"),
        (lambda app: al_lavoro(app, scena(app)), "mancano: 18"),
        (lambda app: scena(app, termine=adesso() + timedelta(minutes=5)), "non è ancora passato"),
    ],
)
def test_si_pubblica_solo_quando_c_e_tutto(app, prepara, motivo):
    s = prepara(app)
    assert motivo in " ".join(ostacoli(app, s))
    with pytest.raises(ErroreDominio, match=motivo):
        pubblica(app, s)


def test_manca_un_solo_punteggio(app):
    s = al_lavoro(app, scena(app, richiesti=("1.00",)))
    valuta(app, s, 0, 0)
    valuta(app, s, 1, 0)
    valuta(app, s, 2, 0, ("50",))
    assert ostacoli(app, s) == ["Punteggi che mancano: 1."]
    with dentro(app, s):
        assert queries.calcolo(avviso(s)).posti is None
    with pytest.raises(ErroreDominio, match="mancano: 1"):
        pubblica(app, s)


def test_un_conflitto_nato_alla_fine_ferma_l_esito(app):
    s = valuta_tutto(app, al_lavoro(app, scena(app, richiesti=("1.00",))))
    lavora_per(app, s, s.commissari[1], s.enti[0])
    with pytest.raises(ErroreDominio, match=s.commissari[1].nome):
        pubblica(app, s)


def test_si_pubblica_una_volta_sola(app):
    s = tutto(app, scena(app, richiesti=("1.00",)))
    with pytest.raises(TransizioneNonAmmessa):
        pubblica(app, s)


def test_non_si_pubblica_una_graduatoria_diversa_da_quella_vista(app):
    s = valuta_tutto(app, al_lavoro(app, scena(app, richiesti=("1.00",))))
    with dentro(app, s):
        vista = queries.calcolo(avviso(s)).impronta
    valuta(app, s, 0, 0, ("10", "10"), versione=2)
    with pytest.raises(Conflitto), dentro(app, s):
        operations.pubblica(avviso(s), atto="Determinazione 15", impronta=vista, attore=s.operatore)
    assert stati(app, s) == ["ammessa"]


@pytest.mark.parametrize("chi", ["commissari", "rappresentanti"])
def test_pubblica_solo_l_ufficio(app, chi):
    s = valuta_tutto(app, al_lavoro(app, scena(app, richiesti=("1.00",))))
    with dentro(app, s):
        impronta = queries.calcolo(avviso(s)).impronta
        with pytest.raises(NonTrovato):
            operations.pubblica(avviso(s), atto="D. 15", impronta=impronta, attore=getattr(s, chi)[0])


@pytest.mark.parametrize("quante", [0, 2])
def test_senza_proposte_ammesse_si_chiude_senza_commissione(app, quante):
    s = ammetti(app, scena(app, richiesti=("1.00",) * quante), tranne=range(quante))
    pubblica(app, s)
    with dentro(app, s):
        assert [r.esito.value for r in queries.righe_esito(s.avviso_id)] == ["non_ammessa"] * quante
    assert differenze(app, s) == []


def test_il_termine_passato_basta_anche_se_l_avviso_non_e_ancora_segnato_chiuso(app):
    s = scena(app, richiesti=("1.00",), stato=StatoAvviso.PUBBLICATO)
    tutto(app, s)
    assert stati(app, s) == ["selezionata"]
