"""From a selected proposal to an active project: contributions, commitments, refusals with figures, overruns."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from portal.audit.queries import eventi, storia
from portal.clocks import oggi
from portal.db import sessione
from portal.errors import ErroreDominio, NonTrovato, TransizioneNonAmmessa
from portal.outbox import Messaggio
from portal.progetti import operations, queries
from portal.progetti.models import Impegno, StatoProgetto
from portal.proposte.models import StatoProposta
from portal.proposte.queries import proposta_breve

from .costruttori import altra_riga, attiva, crea, dentro, lega, progetto, residuo, scena


def d(testo: str) -> Decimal:
    return Decimal(testo)


def test_una_proposta_selezionata_diventa_progetto(app):
    s = scena(app)
    slug = crea(app, s, approvato_il=date(2026, 1, 15))
    with dentro(app, s):
        fatto = progetto(s)
        assert (fatto.slug, fatto.titolo, fatto.contributo, fatto.stato, fatto.approvato_il) == (
            slug,
            "Progetto 1",
            d("40000.00"),
            StatoProgetto.DA_LEGARE,
            date(2026, 1, 15),
        )
        assert [e.azione for e in storia("progetto", fatto.id)] == ["progetti.crea"]
        assert queries.progetto_di_proposta(s.proposte[0]).id == fatto.id
        assert queries.da_creare() == []


@pytest.mark.parametrize("stato", [x for x in StatoProposta if x not in (StatoProposta.SELEZIONATA, StatoProposta.BOZZA)])
def test_solo_una_selezionata(app, stato):
    s = scena(app, stato=stato)
    with dentro(app, s):
        assert queries.proposta_selezionata(s.proposte[0]) is None
        intera = proposta_breve(s.proposte[0])
        with pytest.raises(TransizioneNonAmmessa):
            operations.crea_progetto(
                intera, titolo="X", sintesi="Y", contributo=d("1.00"), atto="Z", approvato_il=oggi(), attore=s.operatore
            )


@pytest.mark.parametrize(
    ("contributo", "risorse", "frase"),
    [
        ("40000.01", "100000.00", "chiede 40.000,00"),
        ("40000.00", "39999.99", "ha ancora 39.999,99"),
        ("0.00", None, "maggiore di zero"),
    ],
)
def test_il_contributo_ha_due_tetti(app, contributo, risorse, frase):
    s = scena(app, risorse=risorse)
    with pytest.raises(ErroreDominio, match=frase) as errore:
        crea(app, s, contributo=contributo)
    assert errore.value.campo == "contributo"


def test_le_risorse_dell_avviso_sono_di_tutti_i_progetti(app):
    s = scena(app, richiesti=("60000.00", "60000.00"))
    crea(app, s, 0, contributo="60000.00")
    with pytest.raises(ErroreDominio, match=r"ha ancora 40\.000,00"):
        crea(app, s, 1, contributo="40000.01")
    crea(app, s, 1, contributo="40000.00")


def test_un_atto_di_domani_non_c_e(app):
    s = scena(app)
    with pytest.raises(ErroreDominio) as errore:
        crea(app, s, approvato_il=oggi() + timedelta(days=1))
    assert errore.value.campo == "approvato_il"


def test_un_progetto_per_proposta(app):
    s = scena(app)
    crea(app, s)
    with pytest.raises(ErroreDominio, match="c’è già un progetto"):
        crea(app, s, contributo="1000.00")


@pytest.mark.parametrize("chi", ["commissario", "rappresentante"])
def test_lo_crea_solo_l_ufficio(app, chi):
    s = scena(app)
    with pytest.raises(NonTrovato):
        crea(app, s, chi=s.commissario if chi == "commissario" else s.rappresentanti[0])


def test_si_lega_e_il_residuo_scende(app):
    s = scena(app)
    crea(app, s)
    fatto = lega(app, s, "15000.00")
    assert residuo(app, s) == d("134000.00")
    with dentro(app, s):
        assert queries.impegnato_per_riga(s.scheda.id) == {s.riga_id: d("15000.00")}
        evento = storia("impegno", fatto.id)[0]
        assert (evento.azione, evento.attore_id) == ("progetti.impegna", s.operatore.id)
        assert (fatto.residuo_prima, fatto.sforamento_motivo) == (d("149000.00"), None)


def test_si_puo_prendere_tutto_il_residuo(app):
    s = scena(app, programmato="40000.00")
    crea(app, s)
    lega(app, s, "40000.00")
    assert residuo(app, s) == d("0.00")


def test_un_centesimo_di_troppo_e_rifiutato_con_i_conti(app):
    s = scena(app, programmato="30000.00")
    crea(app, s)
    lega(app, s, "10000.00")
    with pytest.raises(ErroreDominio) as errore:
        lega(app, s, "20000.01")
    testo = str(errore.value.messaggio).replace("\u00a0", " ")
    assert "programmato 30.000,00 €, già impegnato 10.000,00 €, residuo 20.000,00 €" in testo
    assert "20.000,01 € sono 0,01 € di troppo" in testo
    assert "Solo il Responsabile" in testo
    assert errore.value.campo == "importo"
    assert residuo(app, s) == d("20000.00")


def test_il_motivo_di_un_operatore_non_basta(app):
    s = scena(app, programmato="30000.00")
    crea(app, s)
    with pytest.raises(ErroreDominio, match="Solo il Responsabile"):
        lega(app, s, "30000.01", motivo="Ci sono economie.")


@pytest.mark.parametrize("motivo", [None, "", "   "])
def test_il_responsabile_deve_scrivere_perche(app, motivo):
    s = scena(app, programmato="30000.00")
    crea(app, s)
    with pytest.raises(ErroreDominio) as errore:
        lega(app, s, "30000.01", chi=s.responsabile, motivo=motivo)
    assert errore.value.campo == "motivo"
    assert residuo(app, s) == d("30000.00")


def test_lo_sforamento_accettato_resta_scritto(app):
    s = scena(app, programmato="30000.00")
    crea(app, s)
    fatto = lega(app, s, "31000.00", chi=s.responsabile, motivo=" Economie già accertate. ")
    assert residuo(app, s) == d("-1000.00")
    with dentro(app, s):
        trovati = queries.sforamenti([fatto])
        assert [(x.motivo, x.nome, x.oltre) for x in trovati] == [
            ("Economie già accertate.", s.responsabile.nome, d("1000.00"))
        ]
        assert '"sforamento": true' in eventi(s.ambito.id, limite=1)[0].dettagli.replace('":true', '": true')


def test_un_motivo_scritto_senza_bisogno_non_diventa_sforamento(app):
    s = scena(app)
    crea(app, s)
    fatto = lega(app, s, "100.00", chi=s.responsabile, motivo="Per prudenza.")
    assert (fatto.sforamento_motivo, fatto.sforamento_da) == (None, None)


def test_gli_impegni_non_superano_il_contributo(app):
    s = scena(app)
    crea(app, s)
    lega(app, s, "39999.99")
    with pytest.raises(ErroreDominio, match="restano da legare 0,01"):
        lega(app, s, "0.02", chi=s.responsabile, motivo="Perché sì.")


@pytest.mark.parametrize("importo", ["0.00", "-5.00", "1.005"])
def test_importi_che_non_sono_importi(app, importo):
    s = scena(app)
    crea(app, s)
    with pytest.raises(ErroreDominio) as errore:
        lega(app, s, importo)
    assert errore.value.campo == "importo"


def test_una_riga_che_non_c_e_o_di_un_altro_ambito(app):
    s, altra = scena(app), scena(app)
    crea(app, s)
    for riga_id in (altra.riga_id, 999_999):
        with pytest.raises(ErroreDominio) as errore:
            lega(app, s, "1.00", riga_id=riga_id)
        assert errore.value.campo == "riga"


def test_chi_arriva_dopo_legge_chi_ha_preso_i_soldi(app):
    s = scena(app, richiesti=("40000.00", "40000.00"), programmato="50000.00")
    crea(app, s, 0)
    crea(app, s, 1)
    lega(app, s, "30000.00", 1, chi=s.altro_operatore)
    with pytest.raises(ErroreDominio) as errore:
        lega(app, s, "40000.00", residuo_visto=d("50000.00"))
    testo = str(errore.value.messaggio).replace("\u00a0", " ")
    assert testo.startswith(
        f"Mentre compilavi, {s.altro_operatore.nome} ha impegnato 30.000,00 € per «Progetto 2»: "
        "ora restano 20.000,00 €, non più 50.000,00 €."
    )


def test_se_ci_sta_ancora_non_si_dice_niente(app):
    s = scena(app, richiesti=("40000.00", "40000.00"))
    crea(app, s, 0)
    crea(app, s, 1)
    lega(app, s, "30000.00", 1)
    assert lega(app, s, "40000.00", residuo_visto=d("149000.00")).residuo_prima == d("119000.00")


def test_si_toglie_finche_non_e_attivo(app):
    s = scena(app)
    crea(app, s)
    fatto = lega(app, s, "15000.00")
    with dentro(app, s):
        operations.disimpegna(queries.impegno(s.progetti[0], fatto.id), attore=s.operatore)
    assert residuo(app, s) == d("149000.00")
    with dentro(app, s):
        assert [e.azione for e in storia("impegno", fatto.id)] == ["progetti.disimpegna", "progetti.impegna"]


def test_tutto_legato_diventa_attivo_e_l_ente_lo_sa(app):
    s = scena(app)
    crea(app, s)
    seconda = altra_riga(app, s, "10000.00")
    lega(app, s, "30000.00")
    lega(app, s, "10000.00", riga_id=seconda)
    attiva(app, s)
    with dentro(app, s):
        fatto = progetto(s)
        assert (fatto.stato, fatto.attivo_il is not None) == (StatoProgetto.ATTIVO, True)
        assert fatto.proposta.stato == StatoProposta.CONVENZIONATA
        cerca = select(Messaggio.destinatario).where(Messaggio.riferimento_tipo == "progetto").order_by(Messaggio.id)
        assert list(sessione.scalars(cerca)) == [s.enti[0].pec, s.rappresentanti[0].email]
        assert [e.azione for e in storia("progetto", fatto.id)] == ["progetti.attiva", "progetti.crea"]


def test_non_si_attiva_se_manca_un_centesimo(app):
    s = scena(app)
    crea(app, s)
    lega(app, s, "39999.99")
    with pytest.raises(ErroreDominio, match="mancano 0,01"):
        attiva(app, s)


def test_un_progetto_attivo_non_si_tocca(app):
    s = scena(app)
    crea(app, s)
    fatto = lega(app, s, "40000.00")
    attiva(app, s)
    with pytest.raises(TransizioneNonAmmessa):
        attiva(app, s)
    with pytest.raises(TransizioneNonAmmessa):
        lega(app, s, "1.00")
    with pytest.raises(TransizioneNonAmmessa), dentro(app, s):
        operations.disimpegna(queries.impegno(s.progetti[0], fatto.id), attore=s.operatore)


@pytest.mark.parametrize("chi", ["commissario", "rappresentante"])
def test_lega_solo_l_ufficio(app, chi):
    s = scena(app)
    crea(app, s)
    persona = s.commissario if chi == "commissario" else s.rappresentanti[0]
    with pytest.raises(NonTrovato):
        lega(app, s, "1.00", chi=persona)
    fatto = lega(app, s, "40000.00")
    with dentro(app, s):
        with pytest.raises(NonTrovato):
            operations.disimpegna(queries.impegno(s.progetti[0], fatto.id), attore=persona)
        with pytest.raises(NonTrovato):
            operations.attiva(progetto(s), attore=persona)


def test_il_database_rifiuta_uno_sforamento_senza_motivo(app):
    from sqlalchemy.exc import IntegrityError

    s = scena(app)
    crea(app, s)
    with pytest.raises(IntegrityError), dentro(app, s):
        sessione.add(
            Impegno(
                progetto_id=progetto(s).id, riga_id=s.riga_id, importo=d("10.00"), residuo_prima=d("9.99"),
                creato_il=progetto(s).creato_il, creato_da=s.operatore.id,
            )
        )  # fmt: skip


def test_i_progetti_di_una_scheda(app):
    s = scena(app, richiesti=("40000.00", "40000.00"))
    crea(app, s, 0)
    crea(app, s, 1)
    lega(app, s, "10000.00", 0)
    lega(app, s, "5000.00", 0)
    lega(app, s, "40000.00", 0 + 1)
    with dentro(app, s):
        assert [(p.slug, p.impegnato, p.contributo) for p in queries.progetti_di_scheda(s.scheda.id)] == [
            ("progetto-1", d("15000.00"), d("40000.00")),
            ("progetto-2", d("40000.00"), d("40000.00")),
        ]
