"""Appointment, declarations, replacement: nobody reads a proposal before everyone has declared, nobody with a conflict."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.access import can
from portal.ambiti.models import Impostazione
from portal.audit.queries import storia
from portal.avvisi.models import StatoAvviso
from portal.clocks import adesso
from portal.db import sessione
from portal.errors import ErroreDominio, NonTrovato, TransizioneNonAmmessa
from portal.proposte.models import StatoProposta
from portal.valutazione import operations, queries
from portal.valutazione.models import StatoCommissione, StatoDichiarazione
from portal.valutazione.permissions import P, lettore
from tests import fabbrica

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
    proposta,
    pubblica,
    scena,
    tutto,
    valuta,
    valuta_tutto,
)


def nomina_questi(app, s: Scena, presidente: int, *altri: int, chi=None) -> None:
    with dentro(app, s):
        persone = [s.commissari[i].id for i in (presidente, *altri)]
        operations.nomina(
            avviso(s), atto="Determinazione 12", presidente=persone[0], componenti=persone[1:], attore=chi or s.operatore
        )


def puo_leggere(app, s: Scena, m: int) -> bool:
    with dentro(app, s):
        return can(P.LEGGI, queries.seggio(s.slug, s.commissari[m].id), s.commissari[m])


def test_la_commissione_ha_tre_persone_e_un_presidente(app):
    s = nomina(app, scena(app))
    with dentro(app, s):
        c = commissione(s)
        assert [(m.utente_id, m.ruolo.value, m.dichiarazione.value) for m in c.membri] == [
            (s.commissari[0].id, "presidente", "da_rendere"),
            (s.commissari[1].id, "componente", "da_rendere"),
            (s.commissari[2].id, "componente", "da_rendere"),
        ]
        assert [e.azione for e in storia("commissione", c.id)] == ["valutazione.nomina"]


@pytest.mark.parametrize(("presidente", "altri"), [(0, (1,)), (0, (1, 2, 3)), (0, (1, 2, 3, 4)), (0, ()), (0, (0, 1))])
def test_un_altro_numero_non_va(app, presidente, altri):
    s = scena(app)
    with pytest.raises(ErroreDominio) as errore:
        nomina_questi(app, s, presidente, *altri)
    assert errore.value.campo == "componenti"


def test_il_numero_e_un_impostazione_dell_ambito(app):
    s = scena(app)
    with dentro(app, s):
        sessione.add(Impostazione(chiave="commissione_componenti", valore="5"))
    nomina_questi(app, s, 0, 1, 2, 3, 4)
    with dentro(app, s):
        assert len(commissione(s).membri) == 5


def test_prima_del_termine_non_si_nomina(app):
    s = scena(app, termine=adesso() + timedelta(minutes=5))
    with pytest.raises(ErroreDominio, match="dopo la scadenza"):
        nomina_questi(app, s, 0, 1, 2)


def test_dopo_l_esito_non_si_nomina(app):
    s = pubblica(app, ammetti(app, scena(app, richiesti=("1.00",)), tranne=[0]))
    with pytest.raises(ErroreDominio, match="prima dell’esito"):
        nomina_questi(app, s, 0, 1, 2)


def test_un_avviso_revocato_non_ha_commissione(app):
    s = scena(app, richiesti=(), stato=StatoAvviso.REVOCATO, motivo_revoca="Non serve più.")
    with pytest.raises(ErroreDominio):
        nomina_questi(app, s, 0, 1, 2)


def test_la_commissione_e_una(app):
    s = nomina(app, scena(app))
    with pytest.raises(ErroreDominio, match="già stata nominata"):
        nomina_questi(app, s, 2, 3, 4)


def test_siede_solo_chi_e_commissario_dell_ambito(app):
    s = scena(app)
    altra = scena(app, richiesti=())
    s.commissari.append(altra.commissari[0])
    with pytest.raises(ErroreDominio, match="fra i commissari"):
        nomina_questi(app, s, 0, 1, 5)


@pytest.mark.parametrize("chi", ["commissari", "rappresentanti"])
def test_nomina_solo_l_ufficio(app, chi):
    s = scena(app)
    with pytest.raises(NonTrovato):
        nomina_questi(app, s, 0, 1, 2, chi=getattr(s, chi)[0])


def in_conflitto_con_chi(app, s: Scena, n: int, stato: StatoProposta) -> None:
    """The ente of proposal ``n`` is the one of the first commissioner; its proposal is in that state."""
    with dentro(app, s):
        fabbrica.cambia(proposta(s, n), stato=stato, attiva=None if stato == StatoProposta.RITIRATA else 1)
    lavora_per(app, s, s.commissari[0], s.enti[n])


def test_anche_chi_ha_ritirato_la_proposta_e_un_conflitto(app):
    """As for the office (``si_astiene``): its ente took part."""
    s = scena(app)
    in_conflitto_con_chi(app, s, 1, StatoProposta.RITIRATA)
    with pytest.raises(ErroreDominio, match=s.enti[1].denominazione):
        nomina_questi(app, s, 0, 1, 2)


def test_chi_ritira_dopo_la_nomina_resta_un_conflitto(app):
    s = nomina(app, ammetti(app, scena(app)))
    in_conflitto_con_chi(app, s, 1, StatoProposta.RITIRATA)
    with dentro(app, s):
        assert queries.membri_in_conflitto(s.avviso_id) == [s.commissari[0].nome]
        assert sorted(queries.enti_concorrenti(s.avviso_id)) == sorted(e.id for e in s.enti)
        seggio = queries.seggio(s.slug, s.commissari[0].id)
        assert seggio is not None
        registrata = operations.dichiara(seggio, assenza=True, nota="", attore=s.commissari[0])
    assert registrata == StatoDichiarazione.CONFLITTO
    assert puo_leggere(app, s, 0) is False


def test_chi_ha_un_ruolo_in_un_ente_che_partecipa_non_si_nomina(app):
    s = scena(app)
    lavora_per(app, s, s.commissari[1], s.enti[2])
    with pytest.raises(ErroreDominio, match=s.enti[2].denominazione) as errore:
        nomina_questi(app, s, 0, 1, 2)
    assert errore.value.campo == "componenti"


def test_le_proposte_si_aprono_con_l_ultima_dichiarazione(app):
    s = nomina(app, ammetti(app, scena(app)))
    dichiara(app, s, [0, 1])
    assert [puo_leggere(app, s, m) for m in range(3)] == [False, False, False]
    dichiara(app, s, [2])
    assert [puo_leggere(app, s, m) for m in range(3)] == [True, True, True]
    with dentro(app, s):
        c = commissione(s)
        assert c.stato == StatoCommissione.AL_LAVORO
        assert [e.azione for e in storia("commissione", c.id)] == ["valutazione.avvia", "valutazione.nomina"]


def test_la_dichiarazione_si_fa_una_volta(app):
    s = dichiara(app, nomina(app, scena(app)), [0])
    with pytest.raises(TransizioneNonAmmessa):
        dichiara(app, s, [0])


def test_nessuno_dichiara_al_posto_di_un_altro(app):
    s = nomina(app, scena(app))
    with dentro(app, s):
        seggio = queries.seggio(s.slug, s.commissari[0].id)
        with pytest.raises(NonTrovato):
            operations.dichiara(seggio, assenza=True, nota="", attore=s.commissari[1])


def test_chi_dichiara_un_conflitto_lo_spiega_e_ferma_tutti(app):
    s = dichiara(app, nomina(app, ammetti(app, scena(app))), [0, 1])
    with dentro(app, s):
        seggio = queries.seggio(s.slug, s.commissari[2].id)
        with pytest.raises(ErroreDominio) as errore:
            operations.dichiara(seggio, assenza=False, nota=" ", attore=s.commissari[2])
        assert errore.value.campo == "nota"
        operations.dichiara(seggio, assenza=False, nota="Consulente fino a ieri.", attore=s.commissari[2])
    assert [puo_leggere(app, s, m) for m in range(3)] == [False, False, False]
    with dentro(app, s):
        assert commissione(s).membri[2].conflitto_nota == "Consulente fino a ieri."


def test_un_ruolo_in_un_ente_vale_piu_della_dichiarazione(app):
    """Appointed clean, hired by an applicant the day after, declares that all is well."""
    s = nomina(app, scena(app))
    lavora_per(app, s, s.commissari[2], s.enti[0])
    with dentro(app, s):
        seggio = queries.seggio(s.slug, s.commissari[2].id)
        registrata = operations.dichiara(seggio, assenza=True, nota="", attore=s.commissari[2])
    assert registrata == StatoDichiarazione.CONFLITTO
    with dentro(app, s):
        assert commissione(s).membri[2].conflitto_nota == f"Ha un ruolo in {s.enti[0].denominazione}."


def test_un_conflitto_nato_dopo_chiude_le_proposte_a_quel_commissario(app):
    s = al_lavoro(app, scena(app))
    lavora_per(app, s, s.commissari[1], s.enti[0])
    assert [puo_leggere(app, s, m) for m in range(3)] == [True, False, True]
    with pytest.raises(NonTrovato):
        valuta(app, s, 1, 0)


def sostituisci(app, s: Scena, m: int, con: int, *, motivo: str = "Conflitto, determinazione 13.") -> None:
    with dentro(app, s):
        membro = next(x for x in commissione(s).membri if x.utente_id == s.commissari[m].id)
        letto = queries.membro_per_id(s.slug, membro.id)
        assert letto is not None
        operations.sostituisci(letto, con=s.commissari[con].id, motivo=motivo, attore=s.operatore)


def test_chi_e_in_conflitto_si_sostituisce_e_si_riparte(app):
    s = dichiara(app, nomina(app, ammetti(app, scena(app))), [0, 1])
    with dentro(app, s):
        seggio = queries.seggio(s.slug, s.commissari[2].id)
        operations.dichiara(seggio, assenza=False, nota="Ci lavora mia sorella.", attore=s.commissari[2])
    sostituisci(app, s, 2, 3)
    with dentro(app, s):
        assert [(m.utente_id, m.dichiarazione.value) for m in commissione(s).membri] == [
            (s.commissari[0].id, "assenza"),
            (s.commissari[1].id, "assenza"),
            (s.commissari[3].id, "da_rendere"),
        ]
        assert queries.seggio(s.slug, s.commissari[2].id) is None
    dichiara(app, s, [3])
    assert puo_leggere(app, s, 3) is True


def test_sostituire_a_meta_toglie_i_punti_e_richiude_le_proposte(app):
    s = al_lavoro(app, scena(app))
    valuta(app, s, 0, 0)
    valuta(app, s, 1, 0)
    sostituisci(app, s, 1, 4)
    assert [puo_leggere(app, s, m) for m in (0, 2, 4)] == [False, False, False]
    with dentro(app, s):
        assert [v.membro_id for v in queries.calcolo(avviso(s)).voti] == [commissione(s).membri[0].id] * 2
    dichiara(app, s, [4])
    assert [puo_leggere(app, s, m) for m in (0, 2, 4)] == [True, True, True]


def test_il_presidente_sostituito_lascia_il_posto_di_presidente(app):
    s = nomina(app, scena(app))
    sostituisci(app, s, 0, 3)
    with dentro(app, s):
        assert {m.utente_id: m.ruolo.value for m in commissione(s).membri}[s.commissari[3].id] == "presidente"


@pytest.mark.parametrize(("con", "motivo", "campo"), [(1, "Perché sì.", "con"), (3, "  ", "motivo")])
def test_una_sostituzione_sbagliata_dice_dove(app, con, motivo, campo):
    s = nomina(app, scena(app))
    with pytest.raises(ErroreDominio) as errore:
        sostituisci(app, s, 0, con, motivo=motivo)
    assert errore.value.campo == campo


def test_non_si_sostituisce_con_chi_e_in_conflitto(app):
    s = nomina(app, scena(app))
    lavora_per(app, s, s.commissari[3], s.enti[0])
    with pytest.raises(ErroreDominio) as errore:
        sostituisci(app, s, 0, 3)
    assert errore.value.campo == "con"


def test_dopo_l_esito_non_si_sostituisce_nessuno(app):
    s = tutto(app, scena(app, richiesti=("1.00",)))
    with pytest.raises(TransizioneNonAmmessa):
        sostituisci(app, s, 0, 3)


def test_gli_allegati_si_aprono_ai_soli_commissari_che_possono_leggere(app):
    s = dichiara(app, nomina(app, ammetti(app, scena(app), tranne=[2])), [0, 1])
    with dentro(app, s):
        assert lettore(s.commissari[0], proposta(s, 0)) is False
    dichiara(app, s, [2])
    with dentro(app, s):
        assert lettore(s.commissari[0], proposta(s, 0)) is True
        assert lettore(s.commissari[3], proposta(s, 0)) is False
        assert lettore(s.commissari[0], proposta(s, 2)) is False  # not admitted


def test_i_conti_della_procedura(app):
    s = valuta_tutto(app, al_lavoro(app, scena(app), tranne=[2]))
    with dentro(app, s):
        conti = queries.conti_di([avviso(s)])[s.avviso_id]
    assert (conti.ricevute, conti.ammesse, conti.da_esaminare, conti.punteggi, conti.attesi) == (3, 2, 0, 12, 12)
