"""The Rete of Casarano in the months of its plan 2022-2024: born with the public call of May 2022, before the tables of
June and the election of 14 July. Enti, acts and offices held are examples."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from .. import clocks
from ..ambiti.models import Ambito
from ..clocks import da_roma
from ..db import sessione
from ..enti import operations as anagrafe
from ..enti.models import Ente, TipoEnte
from ..organi import operations as atti
from ..organi import queries as organi
from ..organi.models import Fine, Mandato
from ..outbox import Messaggio
from ..rete import operations
from ..rete.models import Adesione, CategoriaRete, Elezione, Parita
from ..rete.operations import DatiRappresentante, Decisione, elezioni
from ..rete.operations.elezioni import DatiElezione
from ..rete.queries import elezioni as elezioni_q
from ..utenti.models import Utente

CATEGORIE = {
    "casarano": ("Enti pubblici", "Organizzazioni sindacali", "Enti del Terzo settore", "Altre organizzazioni"),
    "gagliano": (
        "Enti pubblici: scuole, azienda sanitaria, centro per l’impiego, giustizia",
        "Rappresentante del tavolo permanente sulla povertà",
        "Enti del Terzo settore: organizzazioni di secondo livello e centrali cooperative",
        "Associazioni di tutela senza rapporti con la pubblica amministrazione",
    ),
}
"""Casarano’s are those of its plan; Gagliano’s an example, drawn from guidance on the Assegno di Inclusione."""
CHIESTE, AMMESSI, USCITA = date(2022, 5, 27), date(2022, 6, 8), date(2023, 3, 10)
VOTO = date(2022, 7, 14)
ATTO = "Determinazione d’esempio dell’8 giugno 2022"
PRESENTAZIONI = {
    "associazione-esempio-aps": "Ascolto, pacchi alimentari e corsi di italiano per chi non arriva a fine mese.",
    "cooperativa-sociale-esempio": "Assistenza a casa e trasporto per anziani e persone con disabilità.",
    "fondazione-esempio": "Sostiene con piccoli contributi i doposcuola dei Comuni dell’Ambito.",
    "volontari-esempio-odv": "Compagnia agli anziani soli e accompagnamento alle visite, con volontari formati.",
}


def carica_categorie(ambito: Ambito) -> list[CategoriaRete]:
    """The categories of an Ambito, in their order. Call it inside ``usa_ambito``."""
    return [operations.crea_categoria(ambito_id=ambito.id, nome=nome, attore=None) for nome in CATEGORIE[ambito.slug]]


def carica(ambito: Ambito, enti: Mapping[str, Ente], persone: Mapping[str, Utente], ultima: datetime) -> None:
    """Five members, one of which left in 2023, and a request made at ``ultima``. Call it inside ``usa_ambito``."""
    membri: list[Adesione] = []
    pubblici, sindacati, ets, _altre = carica_categorie(ambito)
    responsabile = persone["responsabile@casarano.example"]
    scuola = _altro_ente("Istituto scolastico Esempio", TipoEnte.PUBBLICO, "90000059999")
    sindacato = _altro_ente("Sindacato dei pensionati Esempio", TipoEnte.SINDACATO, "90000069998")
    for ente, categoria, testo, qualita in (
        (scuola, pubblici, "Segnala i ragazzi che rischiano di lasciare la scuola.", "Dirigente scolastico"),
        (sindacato, sindacati, "Porta ai tavoli le domande di chi è in pensione.", "Segretario di zona"),
        *((enti[nome], ets, PRESENTAZIONI[nome], "Presidente") for nome in list(PRESENTAZIONI)[:3]),
    ):
        adesione = _chiede(ambito, ente, categoria, testo, quando=_alle(CHIESTE))
        adesione.rilevazione = None  # what the register said in those days is not known
        with clocks.alle(_alle(AMMESSI)):
            decisione = Decisione(True, categoria, "", ATTO)
            operations.decidi(adesione, decisione, versione=adesione.versione, attore=responsabile)
            operations.nomina(adesione, DatiRappresentante(qualita, "Persona d’esempio", AMMESSI), attore=None)
        membri.append(adesione)
    _elezione(ambito, enti)
    _esce(membri[-1], persone["rappresentante@ente-esempio-3.example"])
    _spedite()
    _chiede(ambito, enti["volontari-esempio-odv"], ets, PRESENTAZIONI["volontari-esempio-odv"], quando=ultima)


def _elezione(ambito: Ambito, enti: Mapping[str, Ente]) -> None:
    """The election of 14 July 2022: three seats, the three example ETS of the Rete; who votes for whom is an example."""
    with clocks.alle(_alle(date(2022, 6, 24))):
        dati = DatiElezione(
            "Tre rappresentanti del Terzo settore nella Cabina di Regia", 3, 1, Parita.ANZIANITA, date(2022, 6, 21),
            _alle(date(2022, 7, 4)), _alle(VOTO), _alle(VOTO) + timedelta(hours=8), date(2024, 12, 31),
        )  # fmt: skip
        elezione = elezioni.indici(ambito_id=ambito.id, dati=dati, attore=None)
        sessione.flush()
        schede = [e.id for e in elezioni_q.elettori(elezione.id)]
        candidati = [enti[nome].id for nome in list(PRESENTAZIONI)[:3]]
        for elettore in (elezioni_q.elettore_ovunque(e) for e in schede):
            if elettore is not None and elettore.ente_id in candidati:
                testo = "Vogliamo portare nella Cabina di Regia la voce di chi incontriamo ogni giorno."
                elezioni.candida(elettore, presentazione=testo, dichiara=True, arrivo=clocks.adesso(), attore=None)
    sessione.expire(elezione, ["candidature"])  # those who stood since it was read
    with clocks.alle(_alle(VOTO)):
        for n, elettore in enumerate(elezioni_q.elettore_ovunque(e) for e in schede):
            if elettore is not None:
                scelta = sorted(c.id for c in elettore.elezione.candidature)[n % 3]
                elezioni.vota(elettore, preferenze=[scelta], arrivo=clocks.adesso(), attore=None)
    trovata = elezioni_q.elezione(elezione.slug)
    if trovata is not None:
        with clocks.alle(_alle(VOTO) + timedelta(hours=9)):
            elezioni.scrutina(trovata, attore=None)
            _sui_posti(trovata)


def _sui_posti(elezione: Elezione) -> None:
    """The elected take the three seats of the Cabina di Regia, in the order of the count."""
    liberi = [p for p in organi.posti_liberi(VOTO) if p.organo == "Cabina di Regia"]
    eletti = sorted((c for c in elezione.candidature if c.esito == "eletta"), key=lambda c: c.posto or 0)
    for candidatura, posto in zip(eletti, liberi, strict=False):
        seggio = organi.seggio_per_id(posto.id)
        if seggio is not None:
            elezioni.insedia(candidatura, seggio=seggio, dal=VOTO, atto="Verbale d’esempio dello scrutinio", attore=None)


def _alle(giorno: date) -> datetime:
    return da_roma(datetime.combine(giorno, time(10)))


def _altro_ente(nome: str, tipo: TipoEnte, codice_fiscale: str) -> Ente:
    """A body that is in no register of the Third Sector, and that nobody of the demonstration works for."""
    dati = {"denominazione": nome, "comune": "Casarano", "provincia": "LE", "pec": f"{tipo}@pec.esempio.example"}
    return anagrafe.registra(tipo=tipo, codice_fiscale=codice_fiscale, dati=dati, attore=None, esempio=True)


def _chiede(ambito: Ambito, ente: Ente, categoria: CategoriaRete, testo: str, *, quando: datetime) -> Adesione:
    with clocks.alle(quando):
        return operations.chiedi(
            ente, ambito_id=ambito.id, categoria=categoria, presentazione=testo, dichiara=True, attore=None
        )


def _esce(adesione: Adesione, rappresentante: Utente) -> None:
    with clocks.alle(_alle(USCITA)):
        for eletta in elezioni_q.in_carica(adesione.ente_id, USCITA):
            mandato = sessione.get(Mandato, eletta.mandato_id)
            if mandato is not None:
                atti.cessa(mandato, al=USCITA, fine=Fine.DIMISSIONI, atto="Lettera d’esempio", attore=rappresentante)
        operations.recedi(adesione, motivo="Non lavoriamo più nei Comuni dell’Ambito.", attore=rappresentante)


def _spedite() -> None:
    """The letters of 2022 were looked at and sent in 2022."""
    sessione.flush()
    for lettera in sessione.query(Messaggio).filter(Messaggio.riferimento_tipo == Adesione.__tablename__):
        lettera.trattenuto, lettera.inviato_il = False, lettera.creato_il
