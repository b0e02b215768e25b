"""Sittings of Casarano's path of 2022-2023: days, protocol numbers and subjects from the plan; the rest are examples.

Who was there, at what time, and how they voted is not printed anywhere: the demonstration says so on the page.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from .. import clocks
from ..clocks import da_roma, oggi
from ..db import sessione
from ..errors import NonTrovato
from ..organi.models import Organo
from ..organi.queries import organo as organo_per_slug
from ..outbox import Messaggio
from ..pdf import compone
from ..pdf import convocazione as pdf
from ..piano import queries as piano
from ..piano.models import Scheda
from ..sedute import queries
from ..sedute.models import Canale, Classe, Modo, Punto, Risposta, Seduta, StatoPunto, Verso, Voto
from ..sedute.operations import banco, documenti, proposte, risposte, sedute, votazioni
from ..sedute.operations.sedute import DatiPunto, DatiSeduta
from ..sedute.queries import proposte as proposte_q
from ..sedute.rules.consegna import vista
from ..slugs import fai_slug
from ..storage import Deposito
from ..uploads import FileEsaminato
from ..utenti.models import Utente

LUOGO = "Da completare (presenze, orari e voti sono d’esempio)"
SEGRETERIA = "Ufficio di Piano"
CICLO = "2022-2024"


@dataclass(frozen=True)
class Trattato:
    """An item with its outcome. ``contro`` and ``astenuti``: places of the body; ``escono`` before the vote."""

    titolo: str
    aperto: str
    discussione: str = ""
    decisione: str = ""
    proposta: str = ""
    relatore: str = "Responsabile dell’Ufficio di Piano"
    decide: bool = True
    escono: Mapping[int, str] = field(default_factory=dict)
    contro: Sequence[int] = ()
    astenuti: Sequence[int] = ()
    eseguibile: bool = False
    scheda: str = ""
    """Code of the sheet it is about: the decision moves its programmed money."""
    piano: bool = False
    """It is about the whole plan."""
    tutto: bool = False
    """The decision moves the money of the whole plan."""


@dataclass(frozen=True)
class Tenuta:
    """A sitting that was held: when it was called, when it was, who came and when."""

    organo: str
    protocollo: str
    convocata: datetime
    inizio: datetime
    arrivi: Mapping[int, str]
    aperta: str
    chiusa: str
    punti: Sequence[Trattato]


def _roma(anno: int, mese: int, giorno: int, ore: int, minuti: int = 0) -> datetime:
    return da_roma(datetime.combine(date(anno, mese, giorno), time(ore, minuti)))


TENUTE = (
    Tenuta(
        "coordinamento-istituzionale", "7926", _roma(2023, 2, 23, 12), _roma(2023, 2, 28, 10),
        {1: "9:50", 2: "9:55", 3: "9:52", 4: "9:58", 5: "9:54", 7: "9:59"}, "10:00", "11:30",
        (
            Trattato(
                "Programmazione del Piano sociale di zona 2022-2024", "10:05",
                "Si esamina lo stato della programmazione. *Sintesi d’esempio.*", "Si prende atto dello stato dei lavori.",
            ),
        ),
    ),
    Tenuta(
        "cabina-di-regia", "8513", _roma(2023, 2, 28, 13), _roma(2023, 3, 2, 10),
        dict.fromkeys((*range(1, 14), 16, 17), "9:50"), "10:00", "12:40",
        (
            Trattato(
                "Esame delle schede di dettaglio", "10:05",
                "Si leggono le schede, area per area. *Sintesi d’esempio.*", "Si condividono le schede di dettaglio.",
            ),
            *(
                Trattato(
                    f"La scheda {codice}: {titolo}", ora, "Si legge la scheda. *Sintesi d’esempio.*",
                    f"Si condivide la scheda {codice}, con le risorse dei tre anni.", scheda=codice,
                )
                for codice, titolo, ora in (
                    ("B.7", "pronto intervento sociale", "10:25"),
                    ("C.1", "assistenza a casa", "10:45"),
                    ("A.3", "centri antiviolenza", "11:05"),
                )
            ),
            Trattato(
                "Programmazione finanziaria", "11:30",
                "Si esaminano le risorse per anno e per fondo. *Sintesi d’esempio.*",
                "Si condivide la programmazione finanziaria.", astenuti=(9,), piano=True,
            ),
        ),
    ),
    Tenuta(
        "cabina-di-regia", "", _roma(2023, 3, 9, 12), _roma(2023, 3, 16, 10),
        dict.fromkeys((*range(1, 12), 16), "9:50"), "10:00", "10:30",
        (
            Trattato(
                "Approvazione del verbale del 2 marzo 2023: seduta d’esempio", "10:05",
                "Si rilegge il verbale. *Sintesi d’esempio.*", "Si approva il verbale del 2 marzo 2023.",
            ),
        ),
    ),
    Tenuta(
        "coordinamento-istituzionale", "21085", _roma(2023, 5, 30, 12), _roma(2023, 6, 1, 9, 30),
        {1: "9:28", 2: "9:35", 3: "9:30", 4: "9:30", 5: "9:41", 7: "9:30"}, "9:45", "12:10",
        (
            Trattato(
                "Rendicontazione del piano precedente", "9:50",
                "Il Responsabile illustra il rendiconto. *Sintesi d’esempio.*", "Si approva il rendiconto.",
            ),
            Trattato(
                "Programmazione finanziaria 2022-2024", "10:30",
                "Si esamina il quadro delle risorse. *Sintesi d’esempio.*", "Si approva il quadro delle risorse.",
                astenuti=(5,), piano=True, tutto=True,
            ),
            Trattato(
                "Adozione del Piano sociale di zona 2022-2024", "11:20",
                "Il Responsabile presenta le 27 schede. *Sintesi d’esempio.*",
                "Si adotta il Piano sociale di zona 2022-2024.", escono={7: "11:20"}, eseguibile=True, piano=True,
            ),
        ),
    ),
    Tenuta(
        "coordinamento-istituzionale", "", _roma(2023, 6, 8, 12), _roma(2023, 6, 15, 10),
        {1: "9:50", 2: "9:55", 3: "9:52", 4: "9:58", 5: "9:54"}, "10:00", "10:40",
        (
            Trattato(
                "Approvazione del verbale del 1 giugno 2023: seduta d’esempio", "10:05",
                "Si rilegge il verbale. *Sintesi d’esempio.*", "Si approva il verbale del 1 giugno 2023.",
            ),
        ),
    ),
)  # fmt: skip


def carica(persone: Mapping[str, Utente], deposito: Deposito) -> None:
    """Load the sittings held, one convened and one draft; ``persone`` by address. Call it inside ``usa_ambito``."""
    for tenuta in TENUTE:
        _tieni(tenuta)
    _in_programma(persone, deposito)
    _spedite()


def _spedite() -> None:
    """The calls were looked at and sent when they were written."""
    sessione.flush()
    for lettera in sessione.query(Messaggio).filter(Messaggio.riferimento_tipo == Seduta.__tablename__):
        lettera.trattenuto, lettera.inviato_il = False, lettera.creato_il


def _organo(slug: str) -> Organo:
    trovato = organo_per_slug(slug)
    if trovato is None:
        raise NonTrovato
    return trovato


def _tieni(t: Tenuta) -> None:
    organo = _organo(t.organo)
    with clocks.alle(t.convocata):
        bozza = sedute.crea(organo, dati=DatiSeduta(t.inizio, LUOGO, segreteria=SEGRETERIA), attore=None)
        for p in t.punti:
            tipo, oggetto = _oggetto(p)
            dati = DatiPunto(p.titolo, p.relatore, p.proposta, p.decide, None, tipo, oggetto)
            sedute.aggiungi_punto(bozza, dati=dati, attore=None)
        sedute.convoca(bozza, protocollo=t.protocollo, attore=None)
    seduta = queries.intera(t.organo, bozza.numero)
    if seduta is None:
        raise NonTrovato
    posti = {c.seggio.ordine: c.seggio_id for c in seduta.convocati}
    for posto, ora in sorted(t.arrivi.items(), key=lambda voce: voce[1].zfill(5)):
        _muovi(seduta, posti[posto], Verso.ENTRA, _alle(t, ora))
    with clocks.alle(_alle(t, t.aperta)):
        banco.apri(seduta, ora=_alle(t, t.aperta), in_seconda=False, attore=None)
        banco.invita(seduta, chi="Segreteria verbalizzante", classe=Classe.ALTRO, attore=None)
    for n, trattato in enumerate(t.punti):
        _tratta(t, seduta, posti, n, trattato)
    with clocks.alle(_alle(t, t.chiusa)):
        banco.chiudi(seduta, ora=_alle(t, t.chiusa), attore=None)


def _alle(t: Tenuta, ora: str) -> datetime:
    giorno = clocks.a_roma(t.inizio).date()
    return da_roma(datetime.combine(giorno, time.fromisoformat(ora.zfill(5))))


def _muovi(seduta: Seduta, seggio_id: int, verso: Verso, ora: datetime) -> None:
    with clocks.alle(ora):
        banco.segna(seduta, seggio_id=seggio_id, verso=verso, ora=ora, attore=None)


def _tratta(t: Tenuta, seduta: Seduta, posti: Mapping[int, int], n: int, trattato: Trattato) -> None:
    """Open an item, write what was said, vote, close it: a quarter of an hour."""
    punto = seduta.punti[n]
    for posto, ora in trattato.escono.items():
        _muovi(seduta, posti[posto], Verso.ESCE, _alle(t, ora))
    aperto = _alle(t, trattato.aperto)
    with clocks.alle(aperto):
        banco.apri_punto(punto, attore=None)
        banco.scrivi_discussione(
            punto, testo=trattato.discussione, delibera=trattato.decisione, versione=punto.versione, attore=None
        )
    with clocks.alle(aperto + timedelta(minutes=15)):
        sala = queries.stato_della_sala(seduta, clocks.adesso(), punto=punto)
        nomi = dict.fromkeys(sala.votanti, Voto.FAVOREVOLE)
        nomi |= {posti[p]: Voto.CONTRARIO for p in trattato.contro} | {posti[p]: Voto.ASTENUTO for p in trattato.astenuti}
        regola = queries.regola(seduta.organo, 1)
        if trattato.decide and regola is not None:
            scheda = votazioni.Scheda(Modo.NOMI, nomi=nomi)
            votazioni.vota(
                punto, regola=regola, scheda=scheda, eseguibile=trattato.eseguibile, importo=_soldi(trattato), attore=None
            )
        banco.chiudi_punto(punto, esito=StatoPunto.TRATTATO, attore=None)


def _scheda(codice: str) -> Scheda | None:
    return piano.scheda_per_codice(CICLO, codice) if codice else None


def _oggetto(trattato: Trattato) -> tuple[str, int] | tuple[None, None]:
    """Kind and id of what the item is about."""
    scheda, ciclo = _scheda(trattato.scheda), piano.ciclo_per_codice(CICLO) if trattato.piano else None
    if scheda is not None:
        return "scheda", scheda.id
    return ("piano", ciclo.id) if ciclo is not None else (None, None)


def _soldi(trattato: Trattato) -> Decimal | None:
    """What the plan says of the money that the decision moves."""
    scheda = _scheda(trattato.scheda)
    if scheda is not None:
        return sum((r.importo for r in piano.righe_di_scheda(scheda.id)), Decimal(0))
    numeri = piano.tre_numeri() if trattato.tutto else None
    return numeri.totale if numeri else None


def _in_programma(persone: Mapping[str, Utente], deposito: Deposito) -> None:
    """What the office has on its desk today: a sitting already convened and one to convene. Examples, and said so."""
    fra_una_settimana = da_roma(datetime.combine(oggi() + timedelta(days=7), time(15)))
    dati = DatiSeduta(
        fra_una_settimana, "Da completare (seduta d’esempio)", pubblica=True, segreteria=SEGRETERIA,
        collegamento="https://riunioni.example/cabina-di-regia",
    )  # fmt: skip
    with clocks.alle(clocks.adesso() - timedelta(hours=2)):
        convocata = sedute.crea(_organo("cabina-di-regia"), dati=dati, attore=None)
        b7 = _scheda("B.7")
        parere = DatiPunto(
            "Parere sul progetto di pronto intervento sociale", oggetto_tipo="scheda" if b7 else None,
            oggetto_id=b7.id if b7 else None,
        )  # fmt: skip
        verifica, comunicazioni = "Verifica dei servizi del piano: seduta d’esempio", "Comunicazioni dell’Ufficio di Piano"
        for punto in (DatiPunto(verifica), parere, DatiPunto(comunicazioni, decide=False)):
            sedute.aggiungi_punto(convocata, dati=punto, attore=None)
        _documento(convocata.punti[0], "Relazione sui servizi (esempio)", deposito, riservato=False)
        _documento(convocata.punti[1], "Bozza del parere (esempio)", deposito, riservato=True)
        sedute.convoca(convocata, protocollo="d’esempio", attore=None)
    _risposte(convocata, persone, deposito)
    fra_un_mese = da_roma(datetime.combine(oggi() + timedelta(days=30), time(10)))
    bozza = sedute.crea(_organo("coordinamento-istituzionale"), dati=DatiSeduta(fra_un_mese, "Da completare"), attore=None)
    sedute.aggiungi_punto(bozza, dati=DatiPunto("Relazione sociale dell’anno: seduta d’esempio"), attore=None)
    _proposta(persone["componente@casarano.example"], bozza)


def _documento(punto: Punto, titolo: str, deposito: Deposito, *, riservato: bool) -> None:
    """A paper of an item: a PDF that says it is an example."""
    istante = clocks.adesso()
    dati = pdf.dati_convocazione(
        pdf.Convocazione(
            ambito="Ambito sociale di Casarano", capofila="Casarano", numero="d’esempio", data=istante, fatti=(),
            voci=[pdf.Voce("1", punto.titolo, testo="Documento d’esempio della dimostrazione.")],
        )
    )  # fmt: skip
    contenuto = compone("convocazione", {**dati, "genere": "Documento"}, titolo=titolo)
    oggetto = deposito.put(io.BytesIO(contenuto), limite=None)
    file = FileEsaminato(f"{fai_slug(titolo)}.pdf", "application/pdf", "pdf", oggetto.dimensione, oggetto.sha256)
    scritto = documenti.DatiDocumento(titolo, riservato, pagine=1)
    documenti.aggiungi(punto, dati=scritto, file=file, chiave=oggetto.chiave, sha256=oggetto.sha256, attore=None)


def _risposte(seduta: Seduta, persone: Mapping[str, Utente], deposito: Deposito) -> None:
    """One member sends somebody else, one was convened by hand, one by PEC; a paper comes after the call."""
    intera = queries.intera(seduta.organo.slug, seduta.numero)
    if intera is None:
        raise NonTrovato
    ora = clocks.adesso()
    delega = risposte.DatiRisposta(Risposta.DELEGA, delegato="Assessore ai servizi sociali", nota="Delega d’esempio.")
    chi = persone["componente2@casarano.example"]
    suo = next(c for c in intera.convocati if c.utente_id == chi.id)
    risposte.rispondi(intera, suo, dati=delega, attore=chi)
    senza_accesso = [c for c in intera.convocati if c.utente_id is None]
    prove = ((Canale.MANO, "Firma per ricevuta (esempio)"), (Canale.PEC, "Ricevuta di consegna della PEC (esempio)"))
    for c, (canale, prova) in zip(senza_accesso, prove, strict=False):
        dati = risposte.DatiConsegna(canale, ora - timedelta(hours=1), ora - timedelta(minutes=50), prova=prova)
        risposte.prova_consegna(intera, c, dati=dati, letta=vista(c), attore=None)
    _documento(intera.punti[1], "Nota sui costi (esempio)", deposito, riservato=True)


def _proposta(chi: Utente, seduta: Seduta) -> None:
    """An item that a member asks for, waiting for the office."""
    posto = next(p for p in proposte_q.posti_di(chi.id) if p.organo_id == seduta.organo_id)
    dati = proposte.DatiProposta(
        posto.seggio_id,
        "Orari dello sportello sociale nei paesi (esempio)",
        "Chi lavora la mattina non riesce a venire allo sportello. Motivo d’esempio.",
        "Si chiede all’Ufficio di Piano di provare un’apertura di pomeriggio.",
    )
    proposte.proponi(dati=dati, attore=chi)
