"""Writing the guide: what is saved, what is refused, what is left in the register and in the search index."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from portal import search
from portal.audit.models import Evento
from portal.db import sessione
from portal.errors import Conflitto, ErroreDominio, TroppiTentativi
from portal.guida import operations, queries
from portal.guida.models import Parere, StatoServizio
from portal.guida.rules import DatiContatto, DatiSede
from portal.tenancy import usa_ambito
from portal.transaction import unita
from tests import fabbrica

from .costruttori import contenuto, servizio


@pytest.fixture
def ambito(contesto):
    return fabbrica.ambito()


def azioni():
    return [a for a in sessione.scalars(select(Evento.azione).order_by(Evento.id)) if a.startswith("guida.")]


def trova(testo):
    return [r.oggetto_id for r in search.cerca(sessione(), testo, tipo=queries.TIPO).righe]


def test_una_pagina_nasce_bozza_e_si_trova_solo_pubblicata(ambito):
    nuova = servizio(ambito, pubblicato=False)
    assert (nuova.slug, nuova.pubblicato, trova("badante")) == ("assistenza-a-casa", False, [])
    operations.pubblica(nuova, attore=None)
    assert trova("badante") == [nuova.id]
    operations.ritira(nuova, attore=None)
    assert (nuova.pubblicato, trova("badante")) == (False, [])


def test_due_pagine_con_lo_stesso_titolo_hanno_parole_diverse(ambito):
    assert [servizio(ambito).slug for _ in range(3)] == ["assistenza-a-casa", "assistenza-a-casa-2", "assistenza-a-casa-3"]


def test_una_pagina_non_prende_il_posto_di_nuova(ambito):
    assert servizio(ambito, titolo="Nuova").slug != "nuova"


def test_modificare_cambia_la_ricerca_e_dice_che_cosa(ambito):
    s = servizio(ambito)
    cambiati = operations.modifica(s, contenuto=contenuto(parole="colf", tempi="Subito."), versione=s.versione, attore=None)
    assert cambiati == ("tempi", "parole")
    assert (trova("colf"), trova("badante")) == ([s.id], [])


def test_salvare_senza_cambiare_niente_non_lascia_traccia(ambito):
    s = servizio(ambito)
    prima = s.versione
    assert operations.modifica(s, contenuto=contenuto(), versione=s.versione, attore=None) == ()
    assert s.versione == prima


def test_chi_arriva_secondo_vede_i_due_testi(ambito):
    s = servizio(ambito)
    partenza = s.versione
    operations.modifica(s, contenuto=contenuto(tempi="Entro 10 giorni."), versione=partenza, attore=None)
    with pytest.raises(Conflitto) as preso, usa_ambito(ambito.id):
        operations.modifica(s, contenuto=contenuto(tempi="Entro 20 giorni."), versione=partenza, attore=None)
    assert preso.value.mio == {"Tempi e scadenze": "Entro 20 giorni."}
    assert preso.value.salvato == {"Tempi e scadenze": "Entro 10 giorni."}
    assert s.tempi == "Entro 10 giorni."


@pytest.mark.parametrize(
    ("cambi", "campo"),
    [
        ({"titolo": ""}, "titolo"),
        ({"descrizione": "x" * 256}, "descrizione"),
        ({"stato": StatoServizio.NON_ATTIVO}, "motivo_stato"),
    ],
)
def test_quello_che_non_va_si_dice_sul_campo(ambito, cambi, campo):
    with pytest.raises(ErroreDominio) as preso:
        operations.crea(ambito_id=ambito.id, contenuto=contenuto(**cambi), attore=None)
    assert preso.value.campo == campo


def test_senza_le_quattro_risposte_non_si_pubblica(ambito):
    s = servizio(ambito, pubblicato=False, breve_costo="", come_fare="")
    with pytest.raises(ErroreDominio, match="Quanto costa, Come fare"):
        operations.pubblica(s, attore=None)
    assert not s.pubblicato


def test_sedi_e_contatti_si_riordinano_e_si_tolgono(ambito):
    s = servizio(ambito, sedi=(DatiSede("A"), DatiSede("B"), DatiSede("C")))
    nuovo = contenuto(sedi=(DatiSede("C"), DatiSede("A")), contatti=(DatiContatto("testo", "Ufficio", "UdP"),))
    with unita():
        operations.modifica(s, contenuto=nuovo, versione=s.versione, attore=None)
    sessione.expire_all()
    riletto = queries.servizio(s.slug)
    assert [(x.ordine, x.nome) for x in riletto.sedi] == [(1, "C"), (2, "A")]
    assert [(x.etichetta, x.valore) for x in riletto.contatti] == [("Ufficio", "UdP")]


def test_i_comuni_si_aggiungono_e_si_tolgono(ambito):
    from portal.ambiti.queries import comuni

    uno, due = comuni()
    s = servizio(ambito, comuni=frozenset({uno.id}))
    operations.modifica(s, contenuto=contenuto(comuni=frozenset({due.id})), versione=s.versione, attore=None)
    sessione.flush()
    assert [c.comune_id for c in s.comuni] == [due.id]


def test_segnare_il_controllo(ambito):
    s = servizio(ambito)
    operations.segna_verificato(s, da="Segretariato sociale", il=date(2026, 11, 22), attore=None)
    assert (s.verificato_il, s.verificato_da) == (date(2026, 11, 22), "Segretariato sociale")


@pytest.mark.parametrize("voto", [0, 5, -1])
def test_un_parere_va_da_uno_a_quattro(ambito, voto):
    with pytest.raises(ErroreDominio):
        operations.lascia_parere(servizio(ambito), chiarezza=voto, testo="")


def test_un_parere_si_conserva_senza_dire_di_chi(ambito):
    s = servizio(ambito)
    operations.lascia_parere(s, chiarezza=2, testo="  Non capisco l’ISEE.  " + "x" * 2000)
    sessione.flush()
    salvato = sessione.scalar(select(Parere))
    assert (salvato.chiarezza, salvato.testo[:20], len(salvato.testo)) == (2, "Non capisco l’ISEE. ", 1000)
    colonne = {c.name for c in Parere.__table__.columns}
    assert colonne == {"id", "ambito_id", "servizio_id", "chiarezza", "testo", "lasciato_il"}


def test_troppi_pareri_insieme_si_fermano(ambito):
    s = servizio(ambito)
    for _ in range(operations.MASSIMO_PARERI):
        operations.lascia_parere(s, chiarezza=4, testo="")
        sessione.flush()
    with pytest.raises(TroppiTentativi):
        operations.lascia_parere(s, chiarezza=1, testo="")


def test_importare_due_volte_e_come_una(ambito):
    dati = {"ambito_id": ambito.id, "slug": "sad", "verificato_il": date(2026, 9, 1), "verificato_da": "UdP", "attore": None}
    assert operations.importa(contenuto=contenuto(), **dati)
    assert not operations.importa(contenuto=contenuto(), **dati)
    assert operations.importa(contenuto=contenuto(tempi="Subito."), **dati)
    s = queries.servizio("sad")
    assert (s.pubblicato, s.tempi, s.verificato_il) == (True, "Subito.", date(2026, 9, 1))


def test_una_traduzione_si_aggiorna_e_si_trova(ambito):
    s = servizio(ambito)
    testi = {"titolo": "Home help", "descrizione": "Somebody comes.", "breve_per_chi": "Old people.", "breve_costo": "Free.",
             "breve_portare": "Nothing.", "breve_urgenza": "Call 112."}  # fmt: skip
    operations.traduci(s, "en", testi, attore=None)
    operations.traduci(s, "en", {**testi, "titolo": "Help at home"}, attore=None)
    assert [(t.lingua, t.titolo) for t in s.traduzioni] == [("en", "Help at home")]
    assert trova("somebody") == [s.id]


def test_reindicizzare_rimette_le_pagine_pubblicate(ambito):
    pubblica, bozza = servizio(ambito), servizio(ambito, pubblicato=False)
    search.togli(sessione(), tipo=queries.TIPO, oggetto_id=pubblica.id)
    search.metti(sessione(), tipo=queries.TIPO, oggetto_id=bozza.id, ambito_id=ambito.id, titolo="badante", corpo="")
    assert operations.reindicizza() == 1
    assert trova("badante") == [pubblica.id]


def test_ogni_operazione_resta_nel_registro(ambito):
    with unita():
        s = servizio(ambito)
        operations.modifica(s, contenuto=contenuto(tempi="Subito."), versione=s.versione, attore=None)
        operations.segna_verificato(s, da="UdP", il=date(2026, 11, 22), attore=None)
        operations.lascia_parere(s, chiarezza=4, testo="")
        operations.ritira(s, attore=None)
    assert azioni() == [
        "guida.crea", "guida.pubblica", "guida.modifica", "guida.segna_verificato", "guida.lascia_parere", "guida.ritira",
    ]  # fmt: skip
