"""From the draft to the published copy: each step, and each step that is refused with nothing lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import clocks
from portal.db import sessione
from portal.errors import Conflitto, ErroreDominio, TransizioneNonAmmessa
from portal.sedute.models import Punto, StatoPunto, Verso, Votazione
from portal.sedute.operations import banco
from portal.verbale import queries
from portal.verbale.contenuto import contenuto
from portal.verbale.models import EsitoOsservazione, GenereFile, GenereParte, StatoVerbale
from portal.verbale.operations import passi, testi
from portal.verbale.rules.contenuto import scrivi
from tests import fabbrica
from tests.organi import costruttori as organi
from tests.sedute import costruttori as sedute

from . import costruttori as c

DOPO = c.SUCCESSIVA + timedelta(hours=1)


@pytest.fixture
def organo(contesto):
    return sedute.cabina(fabbrica.ambito())


def test_la_bozza_dice_gia_tutto(organo):
    verbale = c.bozza(organo)
    fatto = contenuto(verbale)
    assert (verbale.anno, verbale.numero, verbale.stato) == (2026, 1, StatoVerbale.BOZZA)
    assert [p.genere for p in verbale.parti] == [GenereParte.PREMESSA, GenereParte.PUNTO, GenereParte.CHIUSURA]
    assert (fatto.presenti, fatto.componenti, fatto.servono) == (6, 7, 4)
    assert "Sono presenti 6 componenti su 7, ne servono 4: la seduta è valida." in fatto.premessa
    assert "protocollo 21085" in fatto.premessa
    assert fatto.chiusura == "Non essendoci altro da trattare, la seduta si chiude alle ore 16:00."
    (punto,) = fatto.punti
    assert (punto.numero, punto.presenti, punto.testo) == ("1", 6, c.DISCUSSIONE)
    assert [(v.verdetto, v.favorevoli) for v in punto.voti] == [("Approvata all’unanimità", 6)]
    assert [(d.numero, d.testo) for d in punto.decisioni] == [("2026/1", "Si approva il rendiconto.")]
    assert [len(p.orari) for p in fatto.presenze] == [1, 1, 1, 1, 1, 1, 0]


def test_i_verbali_di_un_organo_si_numerano_senza_buchi(organo):
    primo, seduta = c.bozza(organo), c.chiusa(organo)
    with pytest.raises(ErroreDominio), sessione.begin_nested():
        testi.componi(primo.seduta, attore=None)
    assert testi.componi(seduta, attore=None).numero == 2


def test_il_verbale_della_seconda_convocazione_non_dice_chi_venne_alla_prima(organo):
    domani = sedute.ORE_15 + timedelta(hours=19)
    with clocks.alle(sedute.ORE_15):
        seduta = sedute.convocata(organo, seconda_il=domani)
        sedute.entrano(seduta, (1, 2))
    with clocks.alle(domani):
        for posto in (2, 3, 4):
            sedute.segna(seduta, posto, Verso.ENTRA)
        banco.apri(seduta, ora=domani, in_seconda=True, attore=None)
        banco.chiudi_punto(seduta.punti[0], esito=StatoPunto.RINVIATO, attore=None)
    with clocks.alle(domani + timedelta(hours=1)):
        banco.chiudi(seduta, ora=clocks.adesso(), attore=None)
        verbale = testi.componi(sedute.riletta(seduta), attore=None)
    detto = contenuto(c.riletto(verbale.seduta))
    assert [len(p.orari) for p in detto.presenze][:5] == [0, 1, 1, 1, 0]
    assert {o.dalle for p in detto.presenze for o in p.orari} == {domani}
    assert (detto.presenti, detto.giorno) == (3, domani)


def test_una_seduta_non_ha_due_verbali_ne_uno_prima_di_chiudere(organo):
    verbale = c.bozza(organo)
    with pytest.raises(TransizioneNonAmmessa):
        testi.componi(verbale.seduta, attore=None)
    with clocks.alle(c.SEDUTA), pytest.raises(ErroreDominio):
        testi.componi(sedute.aperta(organo, range(1, 7)), attore=None)


def test_due_persone_sullo_stesso_testo_non_perdono_parole(organo):
    verbale = c.bozza(organo)
    parte = verbale.parti[1]
    vista = parte.versione
    testi.scrivi_parte(parte, testo="La prima.", versione=vista, attore=None)
    sessione.flush()
    with pytest.raises(Conflitto) as conflitto:
        testi.scrivi_parte(parte, testo="La seconda.", versione=vista, attore=None)
    assert (list(conflitto.value.mio.values()), list(conflitto.value.salvato.values())) == (["La seconda."], ["La prima."])


def test_un_verbale_vuoto_non_parte(organo):
    """The second head of the real archive, printed blank (domain.md 3.5)."""
    verbale = c.bozza(organo)
    for parte in verbale.parti:
        testi.scrivi_parte(parte, testo="", versione=parte.versione, attore=None)
    with pytest.raises(ErroreDominio, match="come è cominciata la seduta"):
        passi.invia(verbale, indirizzo="", attore=None)


def test_in_revisione_fino_alla_fine_dell_ultimo_giorno(organo):
    verbale = c.in_revisione(organo)
    giorni = organo.osservazioni_giorni
    assert clocks.a_roma(verbale.osservazioni_entro).date() == clocks.a_roma(c.SEDUTA).date() + timedelta(days=giorni)
    posto = verbale.seduta.convocati[0].seggio_id
    with clocks.alle(verbale.osservazioni_entro):
        testi.osserva(verbale, seggio_id=posto, testo="Manca una parola.", attore=None)
    with clocks.alle(verbale.osservazioni_entro + timedelta(seconds=1)), pytest.raises(ErroreDominio, match="passato"):
        testi.osserva(verbale, seggio_id=posto, testo="Tardi.", attore=None)
    with clocks.alle(verbale.osservazioni_entro + timedelta(seconds=1)):
        testi.osserva(verbale, seggio_id=posto, testo="Per PEC, in tempo.", attore=None, dall_ufficio=True)
    assert len(verbale.osservazioni) == 2


@pytest.mark.parametrize(("testo", "posto", "perche"), [("  ", 0, "Scrivi"), ("Sì.", 10**6, "convocati")])
def test_un_osservazione_che_non_va(organo, testo, posto, perche):
    verbale = c.in_revisione(organo)
    with clocks.alle(c.SEDUTA + timedelta(days=1)), pytest.raises(ErroreDominio, match=perche):
        testi.osserva(verbale, seggio_id=verbale.seduta.convocati[0].seggio_id + posto, testo=testo, attore=None)


def test_ogni_osservazione_ha_una_risposta_prima_dell_approvazione(organo):
    verbale = c.in_revisione(organo)
    with clocks.alle(c.SEDUTA + timedelta(days=1)):
        posto = verbale.seduta.convocati[0].seggio_id
        osservazione = testi.osserva(verbale, seggio_id=posto, testo="Manca una parola.", attore=None)
    voto = c.voto_successivo(organo)
    with clocks.alle(DOPO):
        with pytest.raises(ErroreDominio, match="senza risposta: 1"):
            c.approva(verbale, voto)
        with pytest.raises(ErroreDominio, match="Scrivi la risposta"):
            testi.rispondi(osservazione, esito=EsitoOsservazione.ACCOLTA, risposta=" ", attore=None)
        testi.rispondi(osservazione, esito=EsitoOsservazione.ACCOLTA, risposta="Aggiunta.", attore=None)
        with pytest.raises(ErroreDominio, match="già risposto"):
            testi.rispondi(osservazione, esito=EsitoOsservazione.NON_ACCOLTA, risposta="No.", attore=None)
        c.approva(verbale, voto)
    assert (verbale.stato, verbale.approvato_in) == (StatoVerbale.APPROVATO, voto.punto_id)


def test_lo_approva_una_seduta_successiva_dopo_il_termine(organo):
    verbale = c.in_revisione(organo)
    presto = c.voto_successivo(organo, c.SEDUTA + timedelta(days=3))
    assert [v.punto_id for v in queries.voti_utili(verbale)] == [presto.punto_id]
    with clocks.alle(DOPO), pytest.raises(ErroreDominio, match="termine per le osservazioni"):
        c.approva(verbale, presto)
    suo = queries.VotoUtile(verbale.seduta.punti[0].id, "", verbale.seduta.punti[0].votazioni[0].ora, 1, c.SEDUTA)
    with clocks.alle(DOPO), pytest.raises(ErroreDominio, match="viene dopo"):
        c.approva(verbale, suo)


def test_il_punto_che_lo_nomina_viene_prima(organo):
    verbale = c.in_revisione(organo)
    suo, altro = c.voto_successivo(organo), c.voto_successivo(organo, c.SUCCESSIVA + timedelta(days=1))
    assert [v.punto_id for v in queries.voti_utili(verbale)] == [altro.punto_id, suo.punto_id]
    fabbrica.cambia(sessione.get_one(Punto, suo.punto_id), oggetto_tipo="verbale", oggetto_id=verbale.id)
    assert [v.punto_id for v in queries.voti_utili(verbale)] == [suo.punto_id, altro.punto_id]


def test_dice_chi_siede_come_supplente(organo):
    seduta = c.chiusa(organo)
    organi.nomina(seduta.convocati[1].seggio, qualita="Vice", supplente=True)
    sessione.flush()
    for movimento in seduta.movimenti[:2]:
        movimento.supplente = movimento.seggio_id == seduta.convocati[1].seggio_id
    testi.componi(seduta, attore=None)
    assert [p.qualita for p in contenuto(c.riletto(seduta)).presenze][:3] == ["Sindaca", "Vice, supplente", "Sindaca"]


def test_approvato_non_cambia_piu(organo):
    verbale = c.approvato(organo)
    prima = scrivi(contenuto(verbale))
    with pytest.raises(ErroreDominio, match="decisione successiva"):
        testi.scrivi_parte(verbale.parti[0], testo="Altro.", versione=verbale.parti[0].versione, attore=None)
    with pytest.raises(ErroreDominio):
        testi.scrivi_sommario(verbale, sommario="Altro.", versione=verbale.versione, attore=None)
    verbale.seduta.convocati[0].seggio.rappresenta = "Un altro nome"
    verbale.seduta.luogo = "Altrove"
    sessione.flush()
    assert scrivi(contenuto(c.riletto(verbale.seduta))) == prima


def test_se_cambia_mentre_si_approva_nessuno_perde(organo):
    verbale = c.in_revisione(organo)
    voto = c.voto_successivo(organo)
    fissato = scrivi(contenuto(verbale))
    testi.scrivi_parte(verbale.parti[1], testo="Corretto intanto.", versione=verbale.parti[1].versione, attore=None)
    with clocks.alle(DOPO), pytest.raises(Conflitto):
        passi.approva(verbale, voto, fissato=fissato, originale=c._tieni(b"x", None), attore=None)


@pytest.mark.parametrize(("firma", "perche"), [(None, "nessuna firma"), ("alterata", "cambiato dopo la firma")])
def test_una_firma_che_non_va(organo, firma, perche):
    verbale = c.approvato(organo)
    with pytest.raises(ErroreDominio, match=perche):
        passi.firma(verbale, firmato=passi.Deposto("v.p7m", "1" * 32, 10, "b" * 64, firma), attore=None)


def test_i_passi_si_fanno_una_volta_e_in_ordine(organo):
    verbale = c.bozza(organo)
    with pytest.raises(TransizioneNonAmmessa):
        passi.firma(verbale, firmato=passi.Deposto("v.p7m", "1" * 32, 10, "b" * 64, "integra"), attore=None)


def test_pubblicato_ha_i_suoi_file(organo):
    verbale = c.pubblicato(organo)
    assert (verbale.stato, [f.genere for f in verbale.file]) == (StatoVerbale.PUBBLICATO, list(GenereFile))
    with pytest.raises(ErroreDominio, match="già pubblicato"):
        testi.ometti(verbale, testo="sportello", motivo="x", attore=None)


def test_lo_corregge_solo_una_decisione_successiva(organo):
    verbale = c.pubblicato(organo)
    prima = verbale.seduta.punti[0].decisioni[0].id
    with pytest.raises(ErroreDominio, match="dopo l’approvazione"):
        passi.rettifica(verbale, decisione_id=prima, testo="Leggi: otto.", attore=None)
    c.voto_successivo(organo, c.SUCCESSIVA + timedelta(days=30), decisione="Si corregge il verbale n. 1.")
    (dopo,) = queries.decisioni_successive(verbale)
    with pytest.raises(ErroreDominio, match="che cosa si corregge"):
        passi.rettifica(verbale, decisione_id=dopo.id, testo=" ", attore=None)
    passi.rettifica(verbale, decisione_id=dopo.id, testo="Leggi: otto.", attore=None)
    verbale = c.riletto(verbale.seduta)
    assert [(r.decisione.numero, r.testo) for r in verbale.rettifiche] == [(dopo.numero, "Leggi: otto.")]
    with pytest.raises(ErroreDominio, match="già"):
        passi.rettifica(verbale, decisione_id=dopo.id, testo="Di nuovo.", attore=None)


def test_un_emendamento_non_approva_il_verbale(organo):
    verbale = c.in_revisione(organo)
    voto = c.voto_successivo(organo)
    prima = sessione.get_one(Punto, voto.punto_id)
    votazione = sessione.scalars(select(Votazione).where(Votazione.punto_id == prima.id)).one()
    assert [v.punto_id for v in queries.voti_utili(verbale)] == [voto.punto_id]
    votazione.oggetto = "Un emendamento"
    sessione.flush()
    assert queries.voti_utili(verbale) == []


def test_l_osservazione_conta_da_quando_e_arrivata(organo):
    verbale = c.in_revisione(organo)
    posto = verbale.seduta.convocati[0].seggio_id
    entro = verbale.osservazioni_entro
    with clocks.alle(entro + timedelta(seconds=30)):  # it waited in a queue
        scritta = testi.osserva(verbale, seggio_id=posto, testo="In tempo.", arrivo=entro, attore=None)
        with pytest.raises(ErroreDominio, match="passato"):
            testi.osserva(verbale, seggio_id=posto, testo="No.", arrivo=entro + timedelta(seconds=1), attore=None)
    assert scritta.scritta_il == entro


def test_la_rettifica_non_dice_quel_che_si_e_tolto(organo):
    verbale = c.pubblicato(organo, None, "Primo Esempio")
    c.voto_successivo(organo, c.SUCCESSIVA + timedelta(days=30), decisione="Si corregge.")
    (dopo,) = queries.decisioni_successive(verbale)
    with pytest.raises(ErroreDominio, match="scrivila senza"):
        passi.rettifica(verbale, decisione_id=dopo.id, testo="Non **primo esempio**.", attore=None)


def test_una_bozza_si_corregge_nel_testo(organo):
    with pytest.raises(ErroreDominio, match="correggi il testo"):
        passi.rettifica(c.bozza(organo), decisione_id=1, testo="x", attore=None)
