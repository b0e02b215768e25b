"""An election from the roll to the forfeiture: who votes once, in secret, and what nobody can know."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import inspect, select, text

from portal import clocks, tenancy
from portal.audit.models import Evento
from portal.clocks import a_roma, adesso, oggi
from portal.db import sessione
from portal.enti.models import Ente, TipoEnte
from portal.rete.models import (
    Candidatura,
    Elettore,
    Elezione,
    EsitoCandidatura,
    Parita,
    Preferenza,
    SchedaVoto,
    StatoElezione,
)
from portal.rete.models import StatoAdesione as S
from portal.rete.operations import elezioni as operations
from portal.rete.queries import elezioni as queries
from portal.utenti.models import Ruolo, RuoloUtente
from tests import fabbrica
from tests.guida.costruttori import scrivendo
from tests.palco import scena as su_palco

from .costruttori import adesione, rappresentante
from .test_ente import modulo


def dati(**cambi):
    ora = adesso()
    valori = {
        "titolo": "Tre rappresentanti", "seggi": 1, "preferenze": 1, "parita": Parita.ANZIANITA, "elettorato_al": oggi(),
        "candidature_entro": ora + timedelta(days=1), "voto_dal": ora + timedelta(days=2),
        "voto_al": ora + timedelta(days=3), "mandato_al": oggi() + timedelta(days=700), **cambi,
    }  # fmt: skip
    return operations.DatiElezione(**valori)


VOTO, DOPO = timedelta(days=2, hours=1), timedelta(days=4)


@pytest.fixture
@su_palco
def urna(app, mondo):
    """Three enti in the Rete, an election called: the first two stand. ``chi``: who represents each."""
    with scrivendo(app), tenancy.usa_ambito(mondo["ambito"].id):
        enti = [mondo["ente"], fabbrica.ente(denominazione="Seconda"), fabbrica.ente(denominazione="Terza")]
        membri = [adesione(mondo["categoria"], e, dal=oggi() - timedelta(days=30 - n)) for n, e in enumerate(enti)]
        chi = [mondo["rappresentante"], *(fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=e) for e in enti[1:])]
        adesione(mondo["categoria"], fabbrica.ente(), S.RICHIESTA)
        elezione = operations.indici(ambito_id=mondo["ambito"].id, dati=dati(), attore=None)
        sessione.flush()
        ids = [e.id for e in sessione.scalars(select(Elettore).order_by(Elettore.id))]
        for n in (0, 1):
            elettore = queries.elettore_ovunque(ids[n])
            operations.candida(elettore, presentazione=f"Candidata {n}", dichiara=True, arrivo=adesso(), attore=None)
    return {**mondo, "slug": elezione.slug, "elettori": ids, "chi": chi, "membri": membri}


def tutte(modello):
    with tenancy.tutti_gli_ambiti():
        return sessione.scalars(select(modello).order_by(modello.id).execution_options(populate_existing=True)).all()


def a(urna, quando):
    return clocks.alle(adesso() + quando)


def vota(browser, urna, n, scelti, **altro):
    base = f"/ente/rete/elezioni/{urna['elettori'][n]}/vota"
    return browser.post(base, {"preferenze": [str(c) for c in scelti], "conferma": "si", **altro}, da="/ente/rete")


def scrutina(urna, entra):
    base = f"/prova/ufficio/rete/elezioni/{urna['slug']}"
    with a(urna, DOPO):
        return entra(urna["responsabile"]).post(f"{base}/scrutina", {}, da=base)


def test_l_elenco_di_chi_vota_e_fissato(app, urna):
    with scrivendo(app):
        adesione(urna["categoria"], fabbrica.ente(), dal=oggi())
    assert len(tutte(Elettore)) == 3


def test_si_vota_si_conferma_e_la_scheda_non_sa_di_chi_e(urna, entra, cliente):
    prima, seconda = [c.id for c in tutte(Candidatura)]
    base = f"/ente/rete/elezioni/{urna['elettori'][2]}/vota"
    with a(urna, VOTO):
        chi = entra(urna["chi"][2])
        conferma = chi.post(base, {"preferenze": [str(seconda)]}, da=base)
        assert conferma.stato == 200
        assert "Stai votando" in conferma.testo
        assert tutte(SchedaVoto) == []
        assert chi.post(base, {"preferenze": str(seconda), "conferma": "si"}, da=base).stato == 303
        assert "abbiamo votato" in chi.get("/ente/rete").testo
    assert [e.ha_votato for e in tutte(Elettore)] == [False, False, True]
    assert [p.candidatura_id for p in tutte(Preferenza)] == [seconda]
    for modello in (SchedaVoto, Preferenza):
        colonne = {c.key for c in inspect(modello).columns}
        assert colonne <= {"id", "ambito_id", "elezione_id", "scheda_id", "candidatura_id"}
    with tenancy.tutti_gli_ambiti():
        eventi = sessione.execute(select(Evento.oggetto_tipo, Evento.dettagli).where(Evento.azione == "rete.vota")).all()
    assert eventi == [("elettore", "{}")]
    assert prima != seconda
    assert "Ha votato 1 ente" in entra(urna["operatore"]).get(f"/prova/ufficio/rete/elezioni/{urna['slug']}").testo


def test_a_ogni_voto_si_riscrivono_tutte_le_schede(urna, entra):
    """Neither the key, nor the transaction that wrote the row, nor what is on a ballot says in which order they came."""
    prima, seconda = [c.id for c in tutte(Candidatura)]
    chiavi, voti = set(), [[prima], [], [seconda]]
    with a(urna, VOTO):
        for n, scelti in enumerate(voti):
            assert vota(entra(urna["chi"][n]), urna, n, scelti).stato == 303
            nuove = {s.id for s in tutte(SchedaVoto)}
            assert len(nuove) == n + 1
            assert not nuove & chiavi
            chiavi |= nuove
    with tenancy.tutti_gli_ambiti():
        assert sorted(queries.schede(tutte(Elettore)[0].elezione_id)) == sorted(voti)
    if sessione.get_bind().dialect.name == "postgresql":
        for tabella in ("scheda_voto", "preferenza"):
            assert sessione.scalar(text(f"SELECT count(DISTINCT xmin::text) FROM {tabella}")) == 1


def test_il_secondo_voto_e_rifiutato_e_il_primo_resta(urna, entra):
    prima, seconda = [c.id for c in tutte(Candidatura)]
    with a(urna, VOTO):
        chi = entra(urna["chi"][2])
        assert vota(chi, urna, 2, [prima]).stato == 303
        doppio = vota(chi, urna, 2, [seconda])
        senza_conferma = vota(chi, urna, 2, [seconda], conferma="")
    for risposta in (doppio, senza_conferma):
        assert risposta.stato == 409
        assert "vale il primo voto" in risposta.testo
        assert "riprova" not in risposta.testo
        assert risposta.dom.select_one("main a.btn")["href"] == "/ente/rete"
    assert [p.candidatura_id for p in tutte(Preferenza)] == [prima]
    assert len(tutte(SchedaVoto)) == 1


@pytest.mark.parametrize(("quando", "stato"), [(timedelta(0), 403), (VOTO, 303), (DOPO, 403)])
def test_si_vota_solo_nelle_ore_del_voto(urna, entra, quando, stato):
    with a(urna, quando):
        risposta = vota(entra(urna["chi"][2]), urna, 2, [])
    assert risposta.stato == stato
    assert stato == 303 or risposta.dom.select_one("main a.btn")["href"] == "/ente/rete"
    assert len(tutte(SchedaVoto)) == (stato == 303)


def test_una_scheda_sbagliata_non_entra_nell_urna(urna, entra):
    ids = [c.id for c in tutte(Candidatura)]
    with a(urna, VOTO):
        troppe = vota(entra(urna["chi"][2]), urna, 2, ids)
        assert troppe.stato == 422
        assert "al massimo 1" in troppe.testo
        assert vota(entra(urna["chi"][2]), urna, 2, [999999]).stato == 422
        assert vota(entra(urna["chi"][2]), urna, 2, ["x"]).stato == 422
    assert tutte(SchedaVoto) == []


NON_PRESENTA, VOTA = "puoi scrivere, non presentare", "puoi votare per l’ente"


def nota(pagina):
    """What the header says that one may do."""
    return " ".join(s.get_text() for s in pagina.dom.select("header .ruolo span"))


def test_vota_chi_rappresenta_o_chi_ha_la_delega(app, urna, entra):
    with scrivendo(app):
        rappresentante(urna["membri"][0], "Consigliera", dal=oggi(), delegato=True, delega="Di ieri",
                       utente_id=urna["compilatore"].id)  # fmt: skip
        altro = fabbrica.utente(Ruolo.COMPILATORE, ente=urna["ente"])
    base = f"/ente/rete/elezioni/{urna['elettori'][0]}/vota"
    assert entra(urna["chi"][0]).get(base).luogo == "/ente/rete"  # it is not the time
    assert entra(altro).get(base).stato == 403
    assert entra(urna["chi"][1]).get(base).stato == 404
    assert entra(urna["operatore"]).get(base).stato == 404
    with a(urna, VOTO):
        delegata = entra(urna["compilatore"])
        conferma = vota(delegata, urna, 0, [], conferma="")
        assert [nota(delegata.get(p)) for p in ("/ente/", "/ente/rete", base)] == [NON_PRESENTA, "", VOTA]
        assert nota(conferma) == VOTA
        assert vota(delegata, urna, 0, []).stato == 303


def test_lo_scrutinio_mette_in_ordine_e_la_parita_la_decide_l_anzianita(urna, entra, cliente):
    prima, seconda = [c.id for c in tutte(Candidatura)]
    base = f"/prova/ufficio/rete/elezioni/{urna['slug']}"
    presto = entra(urna["responsabile"]).post(f"{base}/scrutina", {}, da=base)
    assert presto.luogo == base
    assert tutte(Elezione)[0].stato == StatoElezione.INDETTA
    with a(urna, VOTO):
        for n, scelti in enumerate(([seconda], [prima], [])):
            assert vota(entra(urna["chi"][n]), urna, n, scelti).stato == 303
        assert "Voti" not in cliente.get(f"/prova/rete/elezioni/{urna['slug']}").testo
    assert scrutina(urna, entra).stato == 303
    assert [(c.voti, c.posto, c.esito) for c in tutte(Candidatura)] == [
        (1, 1, EsitoCandidatura.ELETTA), (1, 2, EsitoCandidatura.NON_ELETTA),
    ]  # fmt: skip
    testo = cliente.get(f"/prova/rete/elezioni/{urna['slug']}").testo
    assert "Hanno votato 3 enti su 3. 1 scheda bianca." in testo
    assert scrutina(urna, entra).stato == 409
    assert entra(urna["operatore"]).post(f"{base}/scrutina", {}, da=base).stato == 403


def test_chi_lavora_per_un_candidato_non_scrutina(app, urna, entra):
    with scrivendo(app):
        due_volte = fabbrica.utente(Ruolo.RESPONSABILE, ambito=urna["ambito"])
        candidato = tutte(Candidatura)[1].ente_id
        due_volte.ruoli.append(RuoloUtente(ruolo=Ruolo.COMPILATORE, ente_id=candidato))
        sessione.flush()
    base = f"/prova/ufficio/rete/elezioni/{urna['slug']}"
    with a(urna, DOPO):
        risposta = entra(due_volte).post(f"{base}/scrutina", {}, da=base)
        assert (risposta.stato, "ti chiede di astenerti" in risposta.testo) == (403, True)
        assert tutte(Elezione)[0].stato == StatoElezione.INDETTA
    assert scrutina(urna, entra).stato == 303


def test_chi_comincia_a_gestire_decade_ed_entra_chi_viene_dopo(app, urna, entra):
    prima, seconda = [c.id for c in tutte(Candidatura)]
    with a(urna, VOTO):
        assert vota(entra(urna["chi"][0]), urna, 0, [prima]).stato == 303
        assert vota(entra(urna["chi"][1]), urna, 1, [seconda]).stato == 303
    scrutina(urna, entra)
    with scrivendo(app), tenancy.usa_ambito(urna["ambito"].id):
        assert [c.id for c in operations.ricontrolla(urna["ente"].id, attore=None)] == [prima]
        assert operations.ricontrolla(urna["ente"].id, attore=None) == []
    responsabile, base = entra(urna["responsabile"]), f"/prova/ufficio/rete/elezioni/{urna['slug']}"
    assert "decadenza da dichiarare fra gli eletti della Rete" in responsabile.get("/prova/ufficio/").testo
    assert "Dopo viene Seconda." in responsabile.get(base).testo
    assert modulo(responsabile, f"{base}/{prima}/decadenza", atto="").stato == 422
    assert modulo(responsabile, f"{base}/{prima}/decadenza", atto="Determinazione n. 9").stato == 303
    assert [c.esito for c in tutte(Candidatura)] == [EsitoCandidatura.DECADUTA, EsitoCandidatura.ELETTA]
    assert responsabile.post(f"{base}/{prima}/decadenza", {"atto": "Ancora"}, da=base).stato == 409
    assert responsabile.post(f"{base}/{seconda}/decadenza", {"atto": "Anche"}, da=base).stato == 409


@pytest.mark.parametrize("quando", ["candidatura", "scrutinio"])
def test_chi_gestisce_servizi_non_si_candida_e_non_e_eletto(urna, entra, monkeypatch, quando):
    prima, seconda = [c.id for c in tutte(Candidatura)]
    terzo = urna["elettori"][2]
    gestore = urna["ente"].id if quando == "scrutinio" else None
    monkeypatch.setattr(queries, "GESTORI", [lambda e: "Progetto Uno" if gestore in (e, None) else None])
    if quando == "candidatura":
        base = f"/ente/rete/elezioni/{terzo}/candida"
        rifiutata = entra(urna["chi"][2]).post(base, {"presentazione": "Noi", "dichiara": "y"}, da=base)
        assert rifiutata.stato == 422
        assert "Progetto Uno" in rifiutata.testo
        assert rifiutata.valore_di("presentazione") == "Noi"
        return
    with a(urna, VOTO):
        assert vota(entra(urna["chi"][0]), urna, 0, [prima]).stato == 303
        assert vota(entra(urna["chi"][1]), urna, 1, [seconda]).stato == 303
    scrutina(urna, entra)
    assert [c.esito for c in tutte(Candidatura)] == [EsitoCandidatura.NON_ELETTA, EsitoCandidatura.ELETTA]


def test_ci_si_candida_una_volta_in_tempo_e_con_la_dichiarazione(urna, entra):
    base = f"/ente/rete/elezioni/{urna['elettori'][2]}/candida"
    chi = entra(urna["chi"][2])
    assert "serve la dichiarazione" in chi.post(base, {"presentazione": "Noi"}, da=base).errore_di("dichiara")
    with a(urna, VOTO):
        tardi = entra(urna["chi"][2]).post(base, {"presentazione": "Noi", "dichiara": "y"}, da="/ente/rete")
        assert tardi.stato == 403
    assert chi.post(base, {"presentazione": "Noi", "dichiara": "y"}, da=base).stato == 303
    doppia = chi.post(base, {"presentazione": "Noi", "dichiara": "y"}, da=base)
    assert doppia.stato == 422
    assert "già candidato" in doppia.testo


def test_un_sindacato_vota_e_non_si_candida(urna, entra):
    fabbrica.cambia(sessione.get(Ente, urna["membri"][2].ente_id), tipo=TipoEnte.SINDACATO)
    sessione.commit()
    base = f"/ente/rete/elezioni/{urna['elettori'][2]}/candida"
    rifiutata = entra(urna["chi"][2]).post(base, {"presentazione": "Noi", "dichiara": "y"}, da=base)
    assert (rifiutata.stato, len(tutte(Candidatura))) == (422, 2)
    for pagina in (rifiutata, entra(urna["chi"][2]).get(base)):
        assert "solo gli enti del Terzo settore" in pagina.dom.main.get_text()
        assert not pagina.dom.select("main textarea")
    assert base not in str(entra(urna["chi"][2]).get("/ente/rete").dom.main)
    assert base.replace(str(urna["elettori"][2]), str(urna["elettori"][1])) in str(
        entra(urna["chi"][1]).get("/ente/rete").dom.main
    )
    with a(urna, VOTO):
        assert vota(entra(urna["chi"][2]), urna, 2, []).stato == 303


def ora(quando):
    return a_roma(adesso() + quando).strftime("%Y-%m-%dT%H:%M")


def test_il_responsabile_indice_e_annulla(urna, entra, cliente):
    responsabile, base = entra(urna["responsabile"]), "/prova/ufficio/rete/elezioni/nuova"
    buoni = {
        "titolo": "Un altra", "seggi": "3", "preferenze": "2", "candidature_entro": ora(timedelta(days=1)),
        "voto_dal": ora(timedelta(days=2)), "voto_al": ora(timedelta(days=3)), "mandato_al": "31/12/2999",
    }  # fmt: skip
    for campo, valore in (("preferenze", "4"), ("voto_al", ora(timedelta(days=1))), ("voto_dal", ora(timedelta(0))),
                          ("candidature_entro", ora(-timedelta(days=1))), ("elettorato_al", "31/12/2999"),
                          ("elettorato_al", "01/01/1999"), ("mandato_al", "01/01/2020"), ("seggi", "0")):  # fmt: skip
        assert modulo(responsabile, base, **{**buoni, campo: valore}).errore_di(campo), campo
    fatta = modulo(responsabile, base, **buoni)
    assert (fatta.stato, fatta.luogo) == (303, "/prova/ufficio/rete/elezioni/un-altra")
    assert entra(urna["operatore"]).get(base).stato == 403
    assert modulo(responsabile, f"{fatta.luogo}/annulla", motivo=" ").stato == 422
    assert modulo(responsabile, f"{fatta.luogo}/annulla", motivo="Mancano i candidati.").stato == 303
    assert "Mancano i candidati." in cliente.get("/prova/rete/elezioni/un-altra").testo
    assert "annullata" in cliente.get("/prova/rete").testo


@pytest.mark.parametrize("quanti", [1, 30])
def test_la_pagina_dell_elezione_costa_lo_stesso(app, mondo, cliente, conta_query, quanti):
    with scrivendo(app), tenancy.usa_ambito(mondo["ambito"].id):
        for n in range(quanti):
            adesione(mondo["categoria"], fabbrica.ente(denominazione=f"Ente {n}"), dal=oggi())
        elezione = operations.indici(ambito_id=mondo["ambito"].id, dati=dati(), attore=None)
        sessione.flush()
        for riga in sessione.scalars(select(Elettore.id)).all():
            elettore = queries.elettore_ovunque(riga)
            operations.candida(elettore, presentazione="Noi", dichiara=True, arrivo=adesso(), attore=None)
    with conta_query() as conto:
        assert f"Ente {quanti - 1}" in cliente.get(f"/prova/rete/elezioni/{elezione.slug}").testo
    assert conto.totale <= 5, conto.testi
