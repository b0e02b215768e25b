"""The tavoli of Casarano: the path of 2022-2023 with its real days, and an open one where an ente can try to write.

Days, titles and phases come from the plan 2022-2024, chapter I; enti, contributions and answers are examples and say so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from .. import clocks
from ..ambiti.models import Ambito
from ..clocks import a_roma, da_roma, oggi
from ..db import sessione
from ..enti.models import Ente
from ..outbox import Messaggio
from ..piano.models import Scheda
from ..piano.queries import ciclo_per_codice
from ..sedute.models import Seduta
from ..tavoli import rules
from ..tavoli.models import Area, Contributo, EsitoContributo, Mittente, Partecipazione, Percorso, PrioritaScheda, Tavolo
from ..tavoli.operations import contributi, partecipazioni, percorsi, restituzione
from ..tavoli.operations.contributi import Risposta, Testi
from ..tavoli.operations.partecipazioni import Decisione
from ..tavoli.operations.percorsi import DatiFase, DatiIncontro, DatiPercorso, DatiTavolo
from ..tavoli.operations.restituzione import DatiPriorita
from .lettura import leggi

LUOGO = "Ufficio di Piano, Casarano (ora da completare)"
AMMESSI, RESTITUITO = date(2022, 6, 10), date(2022, 6, 21)
ATTO = "Determinazione d’esempio del 10 giugno 2022"
ENTI = {
    "associazione-esempio-aps": "Presidente",
    "cooperativa-sociale-esempio": "Coordinatrice dei servizi",
    "fondazione-esempio": "Segretario generale",
}


def carica(ambito: Ambito, enti: Mapping[str, Ente]) -> None:
    """The path of 2022 and the open one. Call it inside ``usa_ambito``, when plan and sittings are there."""
    _del_2022(ambito, enti)
    _aperto(ambito, enti)


def priorita_di_scheda(scheda_id: int) -> list[int]:
    """The priorities that the sheet takes up: what a call on it comes from."""
    return list(sessione.scalars(select(PrioritaScheda.priorita_id).where(PrioritaScheda.scheda_id == scheda_id)))


def _alle(giorno: date, ora: int = 10) -> datetime:
    return da_roma(datetime.combine(giorno, time(ora)))


def _del_2022(ambito: Ambito, enti: Mapping[str, Ente]) -> None:
    dati = leggi("tavoli", "casarano_2022")
    ciclo = ciclo_per_codice("2022-2024")
    scritto = dict(dati["percorso"])
    slug = scritto.pop("slug")
    fasi = [DatiFase(n, f["titolo"], f["testo"], f.get("dal"), f.get("al")) for n, f in enumerate(dati["fasi"], 1)]
    sedute = {a_roma(s.inizio).date(): s.id for s in sessione.scalars(select(Seduta))}
    with clocks.alle(_alle(scritto["atto_il"])):
        percorso = percorsi.crea_percorso(
            ambito_id=ambito.id, dati=DatiPercorso(**scritto, ciclo_id=ciclo.id if ciclo else None), fasi=fasi, attore=None,
            slug=slug,
        )  # fmt: skip
        for riga in dati["incontri"]:
            seduta = sedute.get(riga["giorno"])
            dati_incontro = DatiIncontro(
                riga["giorno"], riga["titolo"], resoconto=riga.get("resoconto", ""), seduta_id=seduta
            )
            percorsi.crea_incontro(percorso, dati=dati_incontro, attore=None)
        tavoli = [_tavolo(percorso, n, t) for n, t in enumerate(dati["tavoli"], 1)]
        percorsi.pubblica_percorso(percorso, attore=None)
    for tavolo, riga in zip(tavoli, dati["tavoli"], strict=True):
        _lavori(tavolo, riga, enti)
    _spedite([t.id for t in tavoli])


def _tavolo(percorso: Percorso, numero: int, riga: Mapping[str, Any]) -> Tavolo:
    dati = DatiTavolo(numero, riga["titolo"], riga["testo"], [Area(a) for a in riga["aree"]])
    tavolo = percorsi.crea_tavolo(percorso, dati=dati, attore=None, slug=riga["slug"])
    titolo = f"Tavolo tematico n. {numero}: {riga['titolo']}"
    incontro = DatiIncontro(riga["giorno"], titolo, luogo=LUOGO, tavolo_id=tavolo.id)
    percorsi.crea_incontro(percorso, dati=incontro, attore=None)
    sessione.flush()  # the moment of a contribution is counted from the days of the tavolo
    return tavolo


def _lavori(tavolo: Tavolo, riga: Mapping[str, Any], enti: Mapping[str, Ente]) -> None:
    """Who was admitted, what was written and answered, what the tavolo gave back."""
    for nome in dict.fromkeys(c["ente"] for c in riga["contributi"] if "ente" in c):
        _ammetti(tavolo, enti[nome], ENTI[nome])
    scritti = [_contributo(tavolo, c, enti) for c in riga["contributi"]]
    with clocks.alle(_alle(RESTITUITO)):
        for contributo, c in zip(scritti, riga["contributi"], strict=True):
            risposta = Risposta(EsitoContributo(c["esito"]), c["motivo"], pubblico=True)
            contributi.rispondi(contributo, risposta, versione=contributo.versione, attore=None)
        restituzione.scrivi_restituzione(tavolo, versione=tavolo.versione, testo=riga["restituzione"], attore=None)
        schede = {s.codice: s.id for s in sessione.scalars(select(Scheda))}
        for p in riga["priorita"]:
            legati, sue = [scritti[n].id for n in p["contributi"]], [schede[c] for c in p["schede"] if c in schede]
            dati = DatiPriorita(p["titolo"], p.get("perche", ""), legati, sue)
            restituzione.crea_priorita(tavolo, dati=dati, attore=None)
        restituzione.restituisci(tavolo, attore=None)


def _ammetti(tavolo: Tavolo, ente: Ente, chi: str) -> None:
    with clocks.alle(_alle(date(2022, 5, 27))):
        chiesta = partecipazioni.chiedi(tavolo, ente, chi=chi, perche="Lavoriamo ogni giorno su questi temi.", attore=None)
    with clocks.alle(_alle(AMMESSI)):
        partecipazioni.decidi(chiesta, Decisione(True, "", ATTO), versione=chiesta.versione, attore=None)


def _contributo(tavolo: Tavolo, c: Mapping[str, Any], enti: Mapping[str, Ente]) -> Contributo:
    testi = Testi(c["bisogno"], c.get("destinatari", ""), c.get("proposta", ""), c.get("risorse", ""))
    with clocks.alle(_alle(c["giorno"])):
        if "ente" not in c:
            return _da_cittadino(tavolo, testi)
        bozza = contributi.scrivi_bozza(tavolo, enti[c["ente"]], testi=testi, attore=None)
        contributi.invia(bozza, attore=None)
    sessione.flush()  # its version is in the answer
    return bozza


def _da_cittadino(tavolo: Tavolo, testi: Testi) -> Contributo:
    """Written and confirmed on the same day, from an address that nobody has."""
    scritto = contributi.scrivi_da_cittadino(
        tavolo, testi=testi, email="cittadina@posta.example", indirizzo="esempio", pagina="/tavoli/conferma/{gettone}"
    )
    mittente = sessione.scalars(select(Mittente).where(Mittente.contributo_id == scritto.id)).one()
    contributi.conferma(mittente)
    sessione.flush()  # its version is in the answer
    return scritto


def _spedite(tavoli: Sequence[int]) -> None:
    """The letters of 2022 were looked at and sent in 2022."""
    sessione.flush()
    riguardano = {
        Contributo.__tablename__: select(Contributo.id).where(Contributo.tavolo_id.in_(tavoli)),
        Partecipazione.__tablename__: select(Partecipazione.id).where(Partecipazione.tavolo_id.in_(tavoli)),
    }
    for tabella, quali in riguardano.items():
        ids = list(sessione.scalars(quali))
        cerca = select(Messaggio).where(Messaggio.riferimento_tipo == tabella, Messaggio.riferimento_id.in_(ids))
        for lettera in sessione.scalars(cerca):
            lettera.trattenuto, lettera.inviato_il = False, lettera.creato_il


def _aperto(ambito: Ambito, enti: Mapping[str, Ente]) -> None:
    """An example percorso whose terms run today, so that one can ask, write and answer."""
    inizio = oggi() - timedelta(days=40)
    giorni = [(0, 12), (14, 70), (80, 110), (115, 115), (120, 120), (130, 130)]
    fasi = [
        DatiFase(n, titolo, "", inizio + timedelta(days=dal), inizio + timedelta(days=al))
        for n, (titolo, (dal, al)) in enumerate(zip(rules.FASI, giorni, strict=True), 1)
    ]
    dati = DatiPercorso(
        "Verso il prossimo piano (percorso d’esempio)",
        "Un percorso aperto, per provare: un ente può chiedere di partecipare e mandare un contributo; un cittadino può "
        "scrivere e confermare per e-mail.",
        "Determinazione d’esempio", inizio, oggi() + timedelta(days=14), inizio, oggi() + timedelta(days=30),
        nota="È un percorso d’esempio: date, temi e testi sono inventati per provare il portale.",
    )  # fmt: skip
    with clocks.alle(_alle(inizio)):
        percorso = percorsi.crea_percorso(
            ambito_id=ambito.id, dati=dati, fasi=fasi, attore=None, slug="verso-il-prossimo-piano"
        )
        tavoli = [
            _tavolo_aperto(percorso, 1, "Casa, reddito e lavoro", Area.INCLUSIONE, "casa-reddito-lavoro"),
            _tavolo_aperto(percorso, 2, "Vivere bene da anziani", Area.INVECCHIAMENTO, "vivere-bene-da-anziani"),
        ]
        percorsi.pubblica_percorso(percorso, attore=None)
    with clocks.alle(_alle(oggi() - timedelta(days=5))):
        partecipazioni.chiedi(
            tavoli[1], enti["volontari-esempio-odv"], chi="Presidente", perche="Facciamo compagnia agli anziani soli.",
            attore=None,
        )  # fmt: skip
        testi = Testi(
            "Dopo lo sfratto le famiglie finiscono lontano dalla scuola dei figli.", "Famiglie sfrattate con bambini.",
            "Alloggi temporanei nello stesso Comune.", "Accompagnamento dei volontari.",
        )  # fmt: skip
        bozza = contributi.scrivi_bozza(tavoli[0], enti["associazione-esempio-aps"], testi=testi, attore=None)
        contributi.invia(bozza, attore=None)
        _da_cittadino(
            tavoli[1], Testi("La sera non c’è nessun autobus per tornare dal centro anziani.", "", "Una corsa in più.")
        )


def _tavolo_aperto(percorso: Percorso, numero: int, titolo: str, area: Area, slug: str) -> Tavolo:
    dati = DatiTavolo(numero, titolo, "Un tavolo d’esempio: i temi li portano gli enti e i cittadini.", [area])
    tavolo = percorsi.crea_tavolo(percorso, dati=dati, attore=None, slug=slug)
    giorno = clocks.oggi() + timedelta(days=45 + numero * 2)
    incontro = DatiIncontro(giorno, "Primo incontro del tavolo", ora="16:00", luogo="Da completare", tavolo_id=tavolo.id)
    percorsi.crea_incontro(percorso, dati=incontro, attore=None)
    return tavolo
