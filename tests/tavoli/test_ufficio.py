"""The office prepares a percorso, decides, answers, gives back; who works for the ente abstains."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from portal import tenancy
from portal.audit.models import Evento
from portal.db import sessione
from portal.outbox import Messaggio
from portal.tavoli.models import (
    Contributo,
    Incontro,
    Partecipazione,
    Percorso,
    Priorita,
    PrioritaScheda,
    StatoContributo,
    StatoTavolo,
    Tavolo,
    TavoloArea,
)
from tests import fabbrica
from tests.guida.costruttori import scrivendo
from tests.organi import costruttori as organi

from .costruttori import contributo, incontro, partecipazione, percorso, priorita
from .test_ente import modulo, tutti

UFFICIO = "/prova/ufficio/tavoli"
NUOVO = {
    "titolo": "Il nuovo piano", "presentazione": "Scriviamo **insieme**.", "atto": "Delibera n. 1", "atto_il": "2026-11-01",
    "istanze_al": "2026-12-01", "contributi_dal": "2026-11-01", "contributi_al": "2026-12-31", "cittadini": "y",
    "fasi-0-dal": "2026-11-01", "fasi-0-al": "2026-11-10", "fasi-1-dal": "2026-11-11",
}  # fmt: skip
SI = {"esito": "si", "motivo": "", "atto": "Determinazione n. 12"}
NO = {"esito": "no", "motivo": "Non lavora su questi temi.", "atto": "Determinazione n. 13"}


def test_prepara_un_percorso_e_lo_pubblica(mondo, entra, cliente):
    chi = entra(mondo.operatore)
    assert "Concertazione e programmazione preliminare" in str(chi.get(f"{UFFICIO}/percorsi/nuovo").dom)
    fatto = modulo(chi, f"{UFFICIO}/percorsi/nuovo", **NUOVO)
    assert fatto.luogo == f"{UFFICIO}/percorsi/il-nuovo-piano"
    assert cliente.get("/prova/tavoli/percorsi/il-nuovo-piano").stato == 404
    presto = chi.post(f"{fatto.luogo}/pubblica")
    assert "Aggiungi almeno un tavolo." in chi.get(presto.luogo).testo
    aree = {"aree": ["invecchiamento", "disabilita"]}
    assert modulo(chi, f"{fatto.luogo}/tavolo", titolo="Anziani", testo="Vita attiva.", **aree).stato == 303
    assert modulo(chi, f"{fatto.luogo}/incontro", titolo="Primo incontro", giorno="2026-12-05", ora="9.30").stato == 303
    assert chi.post(f"{fatto.luogo}/pubblica").stato == 303
    pagina = cliente.get("/prova/tavoli/percorsi/il-nuovo-piano")
    for parola in ("L’invecchiamento attivo · L’integrazione", "Primo incontro", "ore 9:30", "Scriviamo insieme"):
        assert parola in pagina.testo, parola
    assert chi.post(f"{fatto.luogo}/pubblica").stato == 409
    with tenancy.tutti_gli_ambiti():
        nuovo = sessione.scalars(select(Percorso).where(Percorso.slug == "il-nuovo-piano")).one()
        azioni = sessione.scalars(select(Evento.azione).where(Evento.oggetto_tipo == "percorso")).all()
    assert (nuovo.stato, nuovo.pubblicato_il is not None) == ("pubblicato", True)
    assert azioni == ["tavoli.crea_percorso", "tavoli.pubblica"]


@pytest.mark.parametrize(
    ("cambi", "che_cosa"),
    [
        ({"contributi_al": "2026-10-01"}, "finiscono prima di cominciare"),
        ({"istanze_al": "2026-10-01"}, "almeno dal giorno"),
        ({"fasi-1-dal": "2026-10-01"}, "La fase 2 comincia prima"),
        ({"fasi-0-al": "2026-10-01"}, "La fase 1 finisce prima"),
        ({"titolo": " "}, "Questo campo serve"),
        ({"atto_il": "ieri"}, "Questo campo serve"),
        ({"fasi-2-titolo": ""}, "Questo campo serve"),
    ],
)
def test_date_sbagliate_si_dicono(mondo, entra, cambi, che_cosa):
    rifiutato = modulo(entra(mondo.operatore), f"{UFFICIO}/percorsi/nuovo", **{**NUOVO, **cambi})
    assert (rifiutato.stato, che_cosa in rifiutato.testo) == (422, True)
    assert rifiutato.valore_di("presentazione") == "Scriviamo **insieme**."
    assert len(tutti(Percorso)) == 1


def test_due_che_cambiano_lo_stesso_percorso(mondo, entra):
    chi, pagina = entra(mondo.operatore), f"{UFFICIO}/percorsi/percorso/scrivi"
    aperto = chi.modulo(chi.get(pagina))
    assert modulo(entra(mondo.responsabile), pagina, **{"fasi-0-titolo": "Un’altra fase"}).stato == 303
    tardi = chi.post(pagina, {**aperto, "titolo": "Il mio titolo"})
    assert (tardi.stato, "Il mio titolo" in tardi.testo) == (409, True)


def test_un_tavolo_cambia_aree_e_organo(app, mondo, entra, cliente):
    with scrivendo(app):
        organo = organi.organo(mondo.ambito, "tavolo-anziani")
    chi, pagina = entra(mondo.operatore), f"{UFFICIO}/inclusione/scrivi"
    aperto = chi.modulo(chi.get(pagina))
    nuovi = {"aree": ["violenza", "inclusione"], "organo_id": str(organo.id)}
    assert chi.post(pagina, {**aperto, **nuovi}).stato == 303
    assert {a.area for a in tutti(TavoloArea)} == {"violenza", "inclusione"}
    assert tutti(Tavolo)[0].organo_id == organo.id
    assert chi.post(pagina, {**aperto, "titolo": "Tardi"}).stato == 409
    senza = modulo(chi, pagina, aree=[])
    assert (senza.stato, "Scegli almeno un’area." in senza.testo) == (422, True)
    assert cliente.get("/prova/tavoli/inclusione").stato == 200


def test_un_tavolo_non_prende_le_parole_degli_indirizzi(mondo, entra, cliente):
    chi = entra(mondo.operatore)
    nuovo = {"titolo": "Percorsi", "testo": "Di lavoro.", "aree": "inclusione"}
    assert modulo(chi, f"{UFFICIO}/percorsi/percorso/tavolo", **nuovo).stato == 303
    assert [t.slug for t in tutti(Tavolo)] == ["inclusione", "percorsi-2"]
    ancora = modulo(chi, f"{UFFICIO}/percorsi/percorso/tavolo", **{**nuovo, "numero": str(tutti(Tavolo)[1].numero)})
    assert (ancora.stato, "già un tavolo con questo numero" in ancora.errore_di("numero")) == (422, True)


def test_un_incontro_si_cambia_e_si_toglie(app, mondo, entra, cliente):
    with scrivendo(app):
        giorno = incontro(mondo.tavolo, date(2026, 12, 1))
    chi, pagina = entra(mondo.operatore), f"{UFFICIO}/percorsi/percorso/incontri/{giorno.id}"
    aperto = chi.modulo(chi.get(pagina), 0)
    assert chi.post(pagina, {**aperto, "resoconto": "Si è parlato di casa."}).stato == 303
    assert "Si è parlato di casa." in cliente.get("/prova/tavoli/inclusione").testo
    assert chi.post(pagina, {**aperto, "luogo": "Tardi"}).stato == 409
    storta = chi.post(pagina, {**chi.modulo(chi.get(pagina), 0), "ora": "25:00"})
    assert "14:57" in storta.errore_di("ora")
    assert chi.post(f"{pagina}/togli").stato == 303
    assert tutti(Incontro) == []
    assert chi.get(pagina).stato == 404


def test_ammette_un_ente_con_un_atto(app, mondo, entra, cliente):
    with scrivendo(app):
        chiesta = partecipazione(mondo.tavolo, mondo.ente)
    chi, pagina = entra(mondo.operatore), f"{UFFICIO}/partecipazioni/{chiesta.id}"
    assert mondo.ente.denominazione in chi.get(UFFICIO).testo
    assert "richiesta di partecipare a un tavolo, da decidere" in chi.get("/prova/ufficio/").testo
    assert modulo(chi, f"{pagina}/decidi", **SI).luogo == pagina
    (decisa,) = tutti(Partecipazione)
    assert (decisa.stato, decisa.atto, decisa.decisa_da) == ("ammessa", "Determinazione n. 12", mondo.operatore.id)
    lettere = tutti(Messaggio)
    assert {m.destinatario for m in lettere} >= {mondo.ente.pec, "legale@ente.example"}
    assert all(m.trattenuto for m in lettere)
    assert mondo.ente.denominazione in cliente.get("/prova/tavoli/inclusione").testo
    assert chi.get(f"{pagina}/decidi").luogo == pagina


def test_non_ammette_e_dice_perche(app, mondo, entra, cliente):
    with scrivendo(app):
        chiesta = partecipazione(mondo.tavolo, mondo.ente)
    chi, pagina = entra(mondo.operatore), f"{UFFICIO}/partecipazioni/{chiesta.id}/decidi"
    senza = modulo(chi, pagina, **{**NO, "motivo": " "})
    assert ("l’ente deve poter capire" in senza.errore_di("motivo"), senza.stato) == (True, 422)
    for campo, valore in (("atto", ""), ("esito", "forse")):
        assert modulo(chi, pagina, **{**NO, campo: valore}).stato == 422
    assert tutti(Partecipazione)[0].stato == "richiesta"
    aperto = chi.modulo(chi.get(pagina))
    assert modulo(entra(mondo.responsabile), pagina, **NO).stato == 303
    assert chi.post(pagina, {**aperto, **SI}).stato == 409
    assert (tutti(Partecipazione)[0].stato, tutti(Partecipazione)[0].attiva) == ("respinta", None)
    assert "Non lavora su questi temi." in entra(mondo.rappresentante).get(f"/ente/{mondo.ente.id}/tavoli").testo
    assert mondo.ente.denominazione not in cliente.get("/prova/tavoli/inclusione").testo


@pytest.mark.parametrize("esito", ["accolto", "accolto_in_parte", "non_accolto", "fuori_ambito"])
def test_risponde_con_un_motivo(app, mondo, entra, cliente, esito):
    with scrivendo(app):
        arrivato = contributo(mondo.tavolo, mondo.ente)
    chi, pagina = entra(mondo.operatore), f"{UFFICIO}/contributi/{arrivato.id}"
    assert "La sera non c’è nessuno." in chi.get(pagina).testo
    risposta = {"esito": esito, "motivo": "Entra nella scheda **B.7**."}
    senza = modulo(chi, f"{pagina}/rispondi", **{**risposta, "motivo": "  "})
    assert (senza.stato, "ogni risposta ha il suo motivo" in senza.errore_di("motivo")) == (422, True)
    assert modulo(chi, f"{pagina}/rispondi", **{**risposta, "esito": "boh"}).stato == 422
    assert tutti(Contributo)[0].stato == StatoContributo.INVIATO
    aperto = chi.modulo(chi.get(f"{pagina}/rispondi"))
    assert modulo(chi, f"{pagina}/rispondi", **risposta).luogo == f"{UFFICIO}/inclusione"
    assert (tutti(Contributo)[0].esito, tutti(Contributo)[0].pubblico) == (esito, True)
    assert "legale@ente.example" in {m.destinatario for m in tutti(Messaggio)}
    assert chi.post(f"{pagina}/rispondi", {**aperto, **risposta}).stato == 409
    assert "La sera non c’è nessuno." in cliente.get("/prova/tavoli/inclusione").testo


def test_un_contributo_riservato_si_conta_e_non_si_legge(app, mondo, entra, cliente):
    with scrivendo(app):
        arrivato = contributo(mondo.tavolo, mondo.ente)
    chi, pagina = entra(mondo.operatore), f"{UFFICIO}/contributi/{arrivato.id}/rispondi"
    aperto = {k: v for k, v in chi.modulo(chi.get(pagina)).items() if k != "pubblico"}
    assert chi.post(pagina, {**aperto, "esito": "accolto", "motivo": "Sì."}).stato == 303
    letta = cliente.get("/prova/tavoli/inclusione").testo
    assert ("La sera non c’è nessuno." in letta, "1 non si pubblica" in letta) == (False, True)


def test_chi_lavora_per_l_ente_si_astiene(app, mondo, entra):
    with scrivendo(app):
        chiesta, arrivato = partecipazione(mondo.tavolo, mondo.ente), contributo(mondo.tavolo, mondo.ente)
    chi = entra(mondo.in_conflitto)
    for pagina, passo in ((f"partecipazioni/{chiesta.id}", "decidi"), (f"contributi/{arrivato.id}", "rispondi")):
        assert "un’altra persona dell’Ufficio" in chi.get(f"{UFFICIO}/{pagina}").testo
        rifiuto = chi.get(f"{UFFICIO}/{pagina}/{passo}")
        assert (rifiuto.stato, "Lavori per questo ente" in rifiuto.testo) == (403, True)
        assert chi.post(f"{UFFICIO}/{pagina}/{passo}", {**SI, "esito": "accolto"}).stato == 403
    assert (tutti(Partecipazione)[0].stato, tutti(Contributo)[0].stato) == ("richiesta", "inviato")


def test_la_restituzione_aspetta_ogni_risposta(app, mondo, entra, cliente):
    with scrivendo(app):
        scheda, _riga = fabbrica.scheda(mondo.ambito, "B.7")
        arrivato = contributo(mondo.tavolo, mondo.ente)
    chi, base = entra(mondo.operatore), f"{UFFICIO}/inclusione"
    pagina = chi.get(base)
    for manca in ("Scrivi il documento", "1 contributo aspetta la risposta.", "Scrivi almeno una priorità."):
        assert manca in pagina.testo
    assert "1 contributo aspetta la risposta." in chi.get(chi.post(f"{base}/restituisci").luogo).testo
    assert modulo(chi, f"{base}/restituzione", restituzione="Il tavolo chiede casa.").stato == 303
    vuota = modulo(chi, f"{base}/priorita/nuova", titolo="Casa", perche=" ")
    assert (vuota.stato, "Lega almeno un contributo" in vuota.errore_di("perche")) == (422, True)
    nuova = {"titolo": "Casa", "contributi": str(arrivato.id), "schede": str(scheda.id)}
    assert modulo(chi, f"{base}/priorita/nuova", **nuova).stato == 303
    assert "Il tavolo chiede casa." not in cliente.get("/prova/tavoli/inclusione").testo
    risposta = {"esito": "accolto", "motivo": "Entra."}
    assert modulo(chi, f"{UFFICIO}/contributi/{arrivato.id}/rispondi", **risposta).stato == 303
    assert chi.post(f"{base}/restituisci").stato == 303
    assert tutti(Tavolo)[0].stato == StatoTavolo.RESTITUITO
    letta = cliente.get("/prova/tavoli/inclusione")
    assert ["Il tavolo chiede casa." in letta.testo, "1. Casa" in letta.testo] == [True, True]
    assert letta.dom.select_one("a[href='/prova/piano/2022-2024/schede/B.7']")
    assert chi.post(f"{base}/restituisci").stato == 409


def test_dopo_la_restituzione_cambiano_solo_i_collegamenti(app, mondo, entra):
    with scrivendo(app):
        scheda, _riga = fabbrica.scheda(mondo.ambito, "B.7")
        priorita(mondo.tavolo, numero=1, titolo="Casa", perche="Sì")
        fabbrica.cambia(mondo.tavolo, stato=StatoTavolo.RESTITUITO, restituito_il=mondo.percorso.creato_il)
    chi, base = entra(mondo.operatore), f"{UFFICIO}/inclusione"
    assert chi.get(f"{base}/restituzione").luogo == base
    assert chi.get(f"{base}/priorita/nuova").luogo == base
    assert chi.get(f"{base}/priorita/1").luogo == f"{base}/priorita/1/schede"
    tardi = chi.post(f"{base}/restituzione", {"restituzione": "Cambiata", "versione": str(tutti(Tavolo)[0].versione)})
    assert (tardi.stato, "non si cambia più" in tardi.testo) == (422, True)
    assert chi.post(f"{base}/priorita/nuova", {"titolo": "Altra", "perche": "Sì"}).stato == 422
    assert chi.post(f"{base}/priorita/1/togli").stato == 303
    assert [p.titolo for p in tutti(Priorita)] == ["Casa"]
    assert modulo(chi, f"{base}/priorita/1/schede", schede=str(scheda.id)).stato == 303
    assert [r.scheda_id for r in tutti(PrioritaScheda)] == [scheda.id]
    assert modulo(chi, f"{base}/priorita/1/schede", schede="999999").stato == 422


def test_una_priorita_si_cambia_e_si_toglie(app, mondo, entra):
    with scrivendo(app):
        priorita(mondo.tavolo, numero=1, titolo="Casa", perche="Sì")
    chi, pagina = entra(mondo.operatore), f"{UFFICIO}/inclusione/priorita/1"
    aperto = chi.modulo(chi.get(pagina), 0)
    assert chi.post(pagina, {**aperto, "titolo": "Casa e lavoro"}).stato == 303
    tardi = chi.post(pagina, {**aperto, "titolo": "Tardi"})
    assert (tardi.stato, "Casa e lavoro" in tardi.testo) == (409, True)
    assert chi.post(f"{pagina}/togli").stato == 303
    assert tutti(Priorita) == []
    assert chi.get(pagina).stato == 404


def test_i_contributi_di_un_altro_tavolo_non_si_legano(app, mondo, entra):
    from .costruttori import tavolo

    with scrivendo(app):
        altrove = contributo(tavolo(mondo.percorso), mondo.ente)
    fatto = modulo(entra(mondo.operatore), f"{UFFICIO}/inclusione/priorita/nuova", titolo="Casa", contributi=str(altrove.id))
    assert fatto.stato == 422
    assert tutti(Priorita) == []


def test_l_ufficio_di_un_altro_ambito_non_trova_niente(app, mondo, entra):
    with scrivendo(app):
        altro = fabbrica.utente(fabbrica.Ruolo.RESPONSABILE, ambito=fabbrica.ambito("altrove"))
        chiesta, arrivato = partecipazione(mondo.tavolo, mondo.ente), contributo(mondo.tavolo, mondo.ente)
        percorso(mondo.ambito, "di-qui", bozza=True)
    chi = entra(altro)
    for pagina in (
        "",
        "/inclusione",
        "/percorsi/di-qui",
        f"/partecipazioni/{chiesta.id}",
        f"/contributi/{arrivato.id}/rispondi",
    ):
        assert chi.get(f"{UFFICIO}{pagina}").stato == 404
        if pagina:
            assert chi.get(f"/altrove/ufficio/tavoli{pagina}").stato == 404


@pytest.mark.parametrize("versione", ["", "abc", "-1", "9" * 5000])
def test_una_versione_inventata_e_un_conflitto(mondo, entra, versione):
    fatto = modulo(entra(mondo.operatore), f"{UFFICIO}/inclusione/restituzione", restituzione="x", versione=versione)
    assert fatto.stato == 409


@pytest.mark.parametrize("quanti", [1, 20])
def test_le_pagine_dell_ufficio_costano_lo_stesso(app, mondo, entra, conta_query, quanti):
    with scrivendo(app):
        for _ in range(quanti):
            ente = fabbrica.ente()
            partecipazione(mondo.tavolo, ente)
            priorita(mondo.tavolo, contributi=(contributo(mondo.tavolo, ente),))
            incontro(mondo.tavolo, date(2026, 12, 1))
    chi = entra(mondo.operatore)
    for pagina, tetto in ((UFFICIO, 9), (f"{UFFICIO}/inclusione", 15), (f"{UFFICIO}/percorsi/percorso", 9)):
        chi.get(pagina)
        with conta_query() as conto:
            assert chi.get(pagina).stato == 200
        assert conto.totale <= tetto, conto.testi
