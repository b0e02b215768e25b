"""Scores: who, on what, how many, with a reason; a change keeps the old points; the others' stay hidden until yours."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portal.audit.queries import eventi
from portal.errors import Conflitto, ErroreDominio, NonTrovato
from portal.valutazione import operations, queries

from .costruttori import (
    Scena,
    al_lavoro,
    ammetti,
    commissione,
    dentro,
    dichiara,
    nomina,
    pubblica,
    scena,
    valuta,
    valuta_tutto,
)


def miei(app, s: Scena, m: int, n: int) -> list[tuple[Decimal, int]]:
    with dentro(app, s):
        seggio = queries.seggio(s.slug, s.commissari[m].id)
        assert seggio is not None
        salvati = queries.miei_punteggi(seggio.membro.id, s.proposte[n])
        return [(p.punti, p.versione) for p in sorted(salvati, key=lambda p: p.criterio_id)]


def test_si_danno_i_punti(app):
    s = al_lavoro(app, scena(app, richiesti=("1.00",)))
    valuta(app, s, 0, 0, ("50", "30.25"))
    assert miei(app, s, 0, 0) == [(Decimal("50.00"), 1), (Decimal("30.25"), 1)]


def test_i_vecchi_punti_restano_nel_registro(app):
    s = al_lavoro(app, scena(app, richiesti=("1.00",)))
    valuta(app, s, 0, 0, ("50", "30"))
    valuta(app, s, 0, 0, ("45", "30"), versione=2)
    assert miei(app, s, 0, 0) == [(Decimal("45.00"), 2), (Decimal("30.00"), 1)]
    with dentro(app, s):
        primo = eventi(s.ambito.id, limite=1)[0]
        assert (primo.azione, primo.attore_id) == ("valutazione.cambia_punteggio", s.commissari[0].id)
        seggio = queries.seggio(s.slug, s.commissari[0].id)
        assert seggio is not None
        cambi = queries.storia_punteggi(queries.miei_punteggi(seggio.membro.id, s.proposte[0]))
        assert [(c.prima, c.dopo) for c in cambi] == [("50.00", "45.00")]


def test_due_finestre_non_si_cancellano_a_vicenda(app):
    s = al_lavoro(app, scena(app, richiesti=("1.00",)))
    valuta(app, s, 0, 0, ("50", "30"))
    with pytest.raises(Conflitto) as errore:
        valuta(app, s, 0, 0, ("20", "10"), versione=0)
    assert errore.value.mio["Criterio 1"] == "20,00\nSi capisce bene."
    assert errore.value.salvato["Criterio 1"] == "50,00\nSi capisce bene."
    assert miei(app, s, 0, 0) == [(Decimal("50.00"), 1), (Decimal("30.00"), 1)]


@pytest.mark.parametrize(
    ("punti", "campo"), [(("60.01", "0"), 0), (("0", "40.01"), 1), (("-1", "0"), 0), (("1.005", "0"), 0)]
)
def test_punti_fuori_misura(app, punti, campo):
    s = al_lavoro(app, scena(app, richiesti=("1.00",)))
    with pytest.raises(ErroreDominio) as errore:
        valuta(app, s, 0, 0, punti)
    with dentro(app, s):
        criteri = queries.avviso_per_slug(s.slug).criteri
        assert errore.value.campo == f"punti_{criteri[campo].id}"
    assert miei(app, s, 0, 0) == []


def test_senza_motivo_i_punti_non_valgono(app):
    s = al_lavoro(app, scena(app, richiesti=("1.00",)))
    with dentro(app, s):
        lavoro = queries.da_valutare(s.slug, s.proposte[0], s.commissari[0].id)
        criterio = lavoro.seggio.avviso.criteri[0]
        giudizi = {criterio.id: operations.Giudizio(Decimal(10), "  ")}
        with pytest.raises(ErroreDominio) as errore:
            operations.assegna(lavoro, giudizi, versione=0, attore=s.commissari[0])
    assert errore.value.campo == f"motivo_{criterio.id}"


def test_non_si_valuta_prima_delle_dichiarazioni(app):
    s = dichiara(app, nomina(app, ammetti(app, scena(app))), [0, 1])
    with pytest.raises(NonTrovato):
        valuta(app, s, 0, 0)


def test_non_si_valuta_una_proposta_non_ammessa(app):
    s = al_lavoro(app, scena(app), tranne=[1])
    with pytest.raises(NonTrovato):
        valuta(app, s, 0, 1)


def test_non_si_valuta_da_esaminare(app):
    s = dichiara(app, nomina(app, scena(app)))
    with pytest.raises(NonTrovato):
        valuta(app, s, 0, 0)


def test_non_si_valuta_dopo_l_esito(app):
    s = pubblica(app, valuta_tutto(app, al_lavoro(app, scena(app, richiesti=("1.00",)))))
    with pytest.raises(NonTrovato):
        valuta(app, s, 0, 0, versione=2)


def test_non_valuta_chi_non_siede_ne_per_un_altro(app):
    s = al_lavoro(app, scena(app))
    with dentro(app, s):
        assert queries.da_valutare(s.slug, s.proposte[0], s.commissari[3].id) is None
        lavoro = queries.da_valutare(s.slug, s.proposte[0], s.commissari[0].id)
        giudizi = {c.id: operations.Giudizio(Decimal(1), "Sì.") for c in lavoro.seggio.avviso.criteri}
        for altro in (s.commissari[1], s.commissari[3], s.operatore, s.rappresentanti[0]):
            with pytest.raises(NonTrovato):
                operations.assegna(lavoro, giudizi, versione=0, attore=altro)


def test_una_proposta_di_un_altro_avviso_non_si_apre(app):
    s, altra = al_lavoro(app, scena(app)), scena(app)
    with dentro(app, s):
        assert queries.da_valutare(s.slug, altra.proposte[0], s.commissari[0].id) is None


def test_i_punti_degli_altri_si_vedono_dopo_i_propri(app):
    s = al_lavoro(app, scena(app, richiesti=("1.00", "1.00")))
    valuta(app, s, 1, 0, ("40", "20"))
    valuta(app, s, 0, 0, ("50",))  # only one criterion of two

    def visti(n: int) -> list[tuple[str, Decimal]]:
        with dentro(app, s):
            mio = commissione(s).membri[0]
            altri = queries.punteggi_altrui(mio, s.proposte[n], criteri=2)
            return [(a.nome, a.punti) for a in altri]

    assert visti(0) == []
    valuta(app, s, 0, 0, ("50", "30"), versione=1)
    assert visti(0) == [(s.commissari[1].nome, Decimal("40.00")), (s.commissari[1].nome, Decimal("20.00"))]
    valuta(app, s, 1, 1)
    assert visti(1) == []
