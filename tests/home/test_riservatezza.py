"""Letters and register tell nobody what another page keeps from them: scores, proposals before the term, rivals."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import audit
from portal.audit.models import Evento
from portal.avvisi import queries as avvisi
from portal.avvisi.models import Avviso, StatoAvviso
from portal.clocks import adesso
from portal.db import sessione
from portal.home import queries
from portal.outbox import MASSIMO_TENTATIVI, Messaggio, accoda
from portal.progetti import operations as progetti
from portal.progetti import queries as progetti_q
from portal.proposte import operations as proposte
from portal.proposte.models import StatoProposta
from portal.tenancy import tutti_gli_ambiti
from portal.utenti.models import Utente
from portal.valutazione import operations
from portal.valutazione.queries import membro_per_id
from tests import fabbrica
from tests.guardie.sorgenti import chiamate, delle_aree, nessuno
from tests.guida.costruttori import scrivendo
from tests.valutazione.costruttori import (
    Scena,
    al_lavoro,
    ammetti,
    astenuto,
    avviso,
    commissione,
    dentro,
    dichiara,
    nomina,
    pubblica,
    scena,
    tutto,
    valuta,
)

RISERVATA = "Un’operazione su una proposta che adesso non puoi leggere"
LETTERA_CHIUSA = "Una lettera su una proposta che adesso non puoi leggere"
PUNTI = ("51.25", "33.75")
"""Figures that nothing else on the page could be."""


def registro(s: Scena) -> str:
    return f"/{s.ambito.slug}/ufficio/registro"


def messaggi(s: Scena, resto: str = "") -> str:
    return f"/{s.ambito.slug}/ufficio/messaggi{resto}"


def righe(pagina) -> list[str]:
    return [" ".join(tr.get_text(" ").split()) for tr in pagina.dom.select("main tbody tr")]


def con(pagina, parole: str) -> list[str]:
    return [riga for riga in righe(pagina) if parole in riga]


# --- scores ---


def punteggi_e_sostituzione(app) -> Scena:
    """A commissioner has scored a proposal, changed a score, and been replaced."""
    s = al_lavoro(app, scena(app))
    valuta(app, s, 0, 0, ("12.50", "9.75"))
    valuta(app, s, 0, 0, PUNTI, versione=2)
    with dentro(app, s):
        membro = membro_per_id(s.slug, commissione(s).membri[0].id)
        assert membro is not None
        operations.sostituisci(membro, con=s.commissari[3].id, motivo="Determinazione 13", attore=s.operatore)
    return s


@pytest.mark.parametrize("chi", ["operatore", "responsabile"])
def test_il_registro_dice_che_i_punti_ci_sono_e_non_quali(app, entra, chi):
    s = punteggi_e_sostituzione(app)
    pagina = entra(getattr(s, chi)).get(registro(s))
    (dati,) = con(pagina, "ha dato i punti a una proposta")
    assert f"proposta: {s.proposte[0]} I punti si leggono nella graduatoria." in dati
    assert s.commissari[0].nome in dati
    cambiati = con(pagina, "ha cambiato i punti dati")
    assert len(cambiati) == 2
    assert all(f"proposta: {s.proposte[0]}" in riga for riga in cambiati)
    (uscita,) = con(pagina, "ha sostituito un commissario")
    assert "motivo: Determinazione 13" in uscita
    for figura in ("12.5", "9.75", *PUNTI, "Si capisce bene"):
        assert figura not in pagina.testo, figura


def test_i_punti_restano_nel_registro_anche_se_la_pagina_non_li_mostra(app):
    """What the page leaves out is kept: the chain, and who checks it, need it."""
    s = punteggi_e_sostituzione(app)
    with dentro(app, s):
        cerca = select(Evento.dettagli).where(Evento.catena == s.ambito.id, Evento.azione == "valutazione.assegna")
        assert sorted(json.loads(sessione.scalars(cerca).one())["punti"].values()) == ["12.50", "9.75"]


def test_i_punti_non_si_leggono_nel_registro_nemmeno_dopo_l_esito(app, entra):
    s = tutto(app, scena(app), {0: PUNTI})
    pagina = entra(s.responsabile).get(registro(s))
    assert [figura in pagina.testo for figura in PUNTI] == [False, False]


# --- before the term ---


def aperta(app, stato: StatoProposta) -> tuple[Scena, Utente]:
    """An open call, and a proposal in that state with an event and two letters that tell of it: one did not leave."""
    s = scena(app, richiesti=(), termine=adesso() + timedelta(days=1))
    with dentro(app, s):
        ente = fabbrica.ente()
        autore = fabbrica.utente("rappresentante", ente=ente)
        intero = avvisi.per_id(s.avviso_id)
        assert intero is not None
        sua = fabbrica.proposta(intero, ente, autore, stato=stato)
        audit.registra("proposte.presenta", sua, attore=autore, dettagli={"da": "bozza", "a": stato, "ricevuta": 4271})
        for oggetto in ("Ricevuta n. 4271 che non parte", "Ricevuta n. 4271 arrivata"):
            accoda(a=[ente.pec], oggetto=oggetto, testo="Chiede tanto.", ambito_id=s.ambito.id, riferimento=sua)
        sessione.flush()
        prima, seconda = sessione.scalars(select(Messaggio).order_by(Messaggio.id.desc()).limit(2)).all()[::-1]
        prima.tentativi, seconda.inviato_il = MASSIMO_TENTATIVI, adesso()
        s.proposte = [sua.id]
        s.enti = [ente]
    return s, autore


def passa_il_termine(app, s: Scena) -> None:
    with dentro(app, s):
        fabbrica.cambia(
            sessione.get_one(Avviso, s.avviso_id), termine=adesso() - timedelta(minutes=1), stato=StatoAvviso.CHIUSO
        )


@pytest.mark.parametrize("stato", [StatoProposta.PRESENTATA, StatoProposta.RITIRATA, StatoProposta.BOZZA])
def test_prima_del_termine_il_registro_non_dice_chi_partecipa(app, entra, stato):
    s, autore = aperta(app, stato)
    pagina = entra(s.responsabile).get(registro(s))
    (riga,) = con(pagina, "riservato")
    assert RISERVATA in riga
    for parola in (autore.nome, "4271", "ha presentato", "rappresentante", str(stato)):
        assert parola not in pagina.dom.main.get_text(), parola
    passa_il_termine(app, s)
    dopo = entra(s.responsabile).get(registro(s))
    assert (con(dopo, autore.nome) != []) is (stato != StatoProposta.BOZZA)
    assert ("ricevuta: 4271" in dopo.testo) is (stato != StatoProposta.BOZZA)


@pytest.mark.parametrize("stato", [StatoProposta.PRESENTATA, StatoProposta.BOZZA])
def test_prima_del_termine_le_lettere_sulle_proposte_non_ci_sono(app, entra, stato):
    """One that did not leave is there, to be tried again, and says nothing."""
    s, _autore = aperta(app, stato)
    browser = entra(s.responsabile)
    pagina = browser.get(messaggi(s))
    (riga,) = righe(pagina)
    assert riga.startswith(LETTERA_CHIUSA)
    assert [parola in pagina.dom.main.decode() for parola in ("4271", s.enti[0].pec)] == [False, False]
    assert righe(browser.get(messaggi(s, "?filtro=inviati"))) == []
    assert len(righe(browser.get(messaggi(s, "?filtro=falliti")))) == 1
    assert "1 messaggio che non è partito" in browser.get(f"/{s.ambito.slug}/ufficio/").testo
    with dentro(app, s):
        ids = list(sessione.scalars(select(Messaggio.id).order_by(Messaggio.id)))
    assert [browser.get(messaggi(s, f"/{i}")).stato for i in ids] == [404, 404]
    assert browser.post(messaggi(s, f"/{ids[0]}/rilascia"), da=messaggi(s)).stato == 404
    passa_il_termine(app, s)
    assert [browser.get(messaggi(s, f"/{i}")).stato for i in ids] == ([404, 404] if stato == "bozza" else [200, 200])


def test_una_lettera_chiusa_si_ritenta_senza_leggerla(app, entra):
    s, _autore = aperta(app, StatoProposta.PRESENTATA)
    browser = entra(s.operatore)
    modulo = browser.get(messaggi(s)).dom.select_one("main tbody form")
    risposta = browser.post(modulo["action"], da=messaggi(s))
    assert (risposta.stato, risposta.luogo) == (303, messaggi(s))
    with dentro(app, s):
        assert sessione.scalars(select(Messaggio.tentativi)).all() == [0, 0]
    assert righe(browser.get(messaggi(s))) == []


def test_il_registro_di_una_proposta_vera_si_apre_al_termine(app, entra):
    """The events of a draft, written by the operation that people use."""
    s = scena(app, richiesti=(), termine=adesso() + timedelta(days=1))
    with dentro(app, s):
        ente = fabbrica.ente()
        autore = fabbrica.utente("rappresentante", ente=ente)
        proposte.inizia(avviso(s), ente, attore=autore)
    pagina = entra(s.operatore).get(registro(s))
    assert (len(con(pagina, RISERVATA)), autore.nome in pagina.testo) == (1, False)


# --- who abstains ---


def fino_al_progetto(app) -> Scena:
    """A whole evaluation, from receipts to an active project, with every letter and event that it writes."""
    s = scena(app, richiesti=("40000.00", "40000.00"))
    ammetti(app, s)
    nomina(app, s, (0, 1, 3))
    with dentro(app, s):
        membro = membro_per_id(s.slug, commissione(s).membri[2].id)
        assert membro is not None
        operations.sostituisci(membro, con=s.commissari[2].id, motivo="Determinazione 13", attore=s.operatore)
    dichiara(app, s)
    for n in (0, 1):
        for m in range(3):
            valuta(app, s, m, n)
    valuta(app, s, 0, 0, ("40", "30"), versione=2)
    pubblica(app, s)
    with dentro(app, s):
        scelta = progetti_q.proposta_selezionata(s.proposte[0])
        assert scelta is not None
        valori = {"titolo": "Uno", "sintesi": "Aiuta.", "atto": "D. 20", "approvato_il": adesso().date()}
        fatto = progetti.crea_progetto(scelta, contributo=scelta.voci[0].richiesto, attore=s.operatore, **valori)
        slug = fatto.slug
    for verbo in ("lega", "slega", "lega", "attiva"):
        _sul_progetto(app, s, slug, verbo)
    return s


def _sul_progetto(app, s: Scena, slug: str, verbo: str) -> None:
    with dentro(app, s):
        progetto = progetti_q.progetto(slug)
        assert progetto is not None
        if verbo == "lega":
            progetti.impegna(progetto, riga_id=s.riga_id, importo=progetto.contributo, attore=s.operatore)
        elif verbo == "slega":
            progetti.disimpegna(progetti_q.impegno(slug, progetto.impegni[0].id), attore=s.operatore)
        else:
            progetti.attiva(progetto, attore=s.operatore)


def test_chi_si_astiene_non_legge_niente_di_quella_valutazione(app, entra):
    """Whatever the evaluation writes, a letter or an event, of any kind of row; what is of everyone stays."""
    s = fino_al_progetto(app)
    browser = entra(astenuto(app, s, s.enti[1]))
    assert righe(browser.get(messaggi(s))) == []
    pagina = browser.get(registro(s))
    leggibili = [riga for riga in righe(pagina) if RISERVATA not in riga]
    assert [r.split(" ", 1)[1].split(" (")[0] for r in leggibili] == ["ha segnato sull’avviso che l’esito è pubblicato"]
    assert len(con(pagina, RISERVATA)) > 20
    nomi = [*(c.nome for c in s.commissari), *(r.nome for r in s.rappresentanti)]
    assert [nome for nome in nomi if nome in pagina.testo] == []
    with dentro(app, s):
        ids = list(sessione.scalars(select(Messaggio.id)))
    assert {browser.get(messaggi(s, f"/{i}")).stato for i in ids} == {404}
    assert browser.post(messaggi(s, f"/{ids[0]}/ritenta"), da=messaggi(s)).stato == 404


def test_un_collega_legge_tutto(app, entra):
    s = fino_al_progetto(app)
    browser = entra(s.operatore)
    assert con(browser.get(registro(s)), RISERVATA) == []
    with dentro(app, s):
        quante = len(sessione.scalars(select(Messaggio.id)).all())
    pagina = browser.get(messaggi(s))
    assert len(righe(pagina)) == quante
    assert browser.get(pagina.dom.select_one("main tbody a")["href"]).stato == 200


def test_chi_si_astiene_legge_del_resto(app, entra):
    """Letters on no proposal, on an ente, and on another call: only what it abstains on is missing."""
    s = ammetti(app, scena(app))
    with app.app_context(), scrivendo(app):
        altro = fabbrica.avviso(s.ambito, stato=StatoAvviso.CHIUSO, termine=adesso() - timedelta(days=1))
        sua = fabbrica.proposta(altro, s.enti[0], s.rappresentanti[0], stato=StatoProposta.PRESENTATA)
        audit.registra("proposte.ammetti", sua, attore=s.operatore)
        for oggetto, riferimento in (("Di nessuno", None), ("Di un ente", s.enti[0]), ("Di un altro avviso", sua)):
            accoda(a=["a@prova.example"], oggetto=oggetto, testo="-", ambito_id=s.ambito.id, riferimento=riferimento)
    browser = entra(astenuto(app, s, s.enti[1]))
    lette = [a.get_text() for a in browser.get(messaggi(s)).dom.select("main tbody th a")]
    assert lette == ["Di un altro avviso", "Di un ente", "Di nessuno"]
    (ammessa,) = con(browser.get(registro(s)), "ha ammesso la proposta")
    assert f"proposta {sua.id}" in ammessa


def test_la_scrivania_non_conta_le_lettere_che_non_si_leggono(app, entra):
    s = ammetti(app, scena(app))
    with dentro(app, s):
        for lettera in sessione.scalars(select(Messaggio)):
            lettera.tentativi = MASSIMO_TENTATIVI
    scrivania = f"/{s.ambito.slug}/ufficio/"
    assert "messaggi che non sono partiti" in entra(s.operatore).get(scrivania).testo
    assert "non sono partiti" not in entra(astenuto(app, s, s.enti[1])).get(scrivania).testo


def test_chi_ha_un_ente_che_non_partecipa_legge_come_gli_altri(app, entra):
    s = ammetti(app, scena(app))
    with dentro(app, s):
        estraneo = fabbrica.ente()
    atteso = righe(entra(s.operatore).get(messaggi(s)))
    assert righe(entra(astenuto(app, s, estraneo)).get(messaggi(s))) == atteso != []


@pytest.mark.parametrize("pagina", [registro, messaggi])
def test_costa_uguale_con_poche_righe_e_con_tante(app, entra, conta_query, pagina):
    """One query for the letters; for the register one more than the rows and the names, for everyone."""
    costi = set()
    for richiesti in (("1.00", "2.00"), ("1.00", "2.00", "3.00", "4.00", "5.00", "6.00")):
        s = ammetti(app, scena(app, richiesti=richiesti))
        for chi in (s.operatore, astenuto(app, s, s.enti[1])):
            browser = entra(chi)
            browser.get(pagina(s))
            with conta_query() as conto:
                assert browser.get(pagina(s)).stato == 200
            costi.add(conto.totale)
    assert len(costi) == (1 if pagina is messaggi else 2)  # no name to look up, where every row is closed


def test_nessun_evento_da_nascondere_non_chiede_niente(app, conta_query):
    with app.app_context(), tutti_gli_ambiti(), conta_query() as conto:
        assert queries.eventi_riservati(Utente(), []) == frozenset()
    assert conto.totale == 0


def test_ogni_lettera_della_valutazione_dice_di_che_cosa_parla():
    """Without ``riferimento`` nobody could tell from whom a letter is to be kept."""
    trovate = [
        (f"{m.relativo}:{nodo.lineno}", {k.arg for k in nodo.keywords})
        for m in delle_aree()
        if m.area in ("proposte", "valutazione", "progetti")
        for nome, nodo in chiamate(m.albero)
        if nome == "outbox.accoda"
    ]
    assert len(trovate) >= 7
    nessuno(dove for dove, argomenti in trovate if "riferimento" not in argomenti)
