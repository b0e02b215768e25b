"""Who opens what: every role on every endpoint, on real rows of two Ambiti.

Read ``ENTRA`` as «with this permission, these roles get in»; ``SA_CHE_C_E`` adds who is told 403 because they may know
that the thing exists. Everyone else gets 404, and an anonymous visitor is sent to the login page. ``ESEMPI`` says on
which rows each endpoint is opened: a new endpoint without an example, or with a permission that is not in the
table, fails here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask_login import current_user
from sqlalchemy import event

from portal import errors
from portal.proposte.rules import SEZIONI
from portal.utenti.models import Ruolo
from portal.web import SICURI
from tests.pagina import Cliente

from .mondo import GETTONE, Mondo
from .sorgenti import nessuno

ENTE = {"rappresentante", "delegato", "compilatore"}
IMPARZIALI = {"operatore", "responsabile"}
UFFICIO = {*IMPARZIALI, "ufficio_in_conflitto"}
"""Who is of the office, and who of them works for no ente that applied (L. 241/1990 art. 6-bis)."""
SI_ASTIENE = UFFICIO - IMPARZIALI
COMMISSARI = {"commissario", "in_conflitto"}
PERSONE = {*ENTE, *UFFICIO, *COMMISSARI, "altro_ente", "componente", "altro_ufficio", "admin"}
RUOLI = ("anonimo", *sorted(PERSONE))
TUTTI = set(RUOLI)
CON_UN_ENTE = {*ENTE, "altro_ente", "in_conflitto", *SI_ASTIENE}

ENTRA: dict[str, set[str]] = {
    "pubblico": TUTTI,
    "utenti.profilo": PERSONE,
    "utenti.ufficio": UFFICIO,
    "utenti.amministra": {"admin"},
    "enti.area": CON_UN_ENTE,
    "enti.modifica": {"rappresentante", "delegato"},
    "enti.persone": {"rappresentante"},
    "organi.modifica": UFFICIO,
    "organi.regola": {"responsabile"},
    "sedute.prepara": UFFICIO,
    "sedute.convoca": UFFICIO,
    "sedute.verbalizza": UFFICIO,
    "verbale.scrivi": UFFICIO,
    "verbale.pubblica": {"responsabile"},
    "verbale.osserva": {"componente"},
    "sedute.siede": {"componente"},
    "sedute.partecipa": {"componente"},
    "sedute.leggi": {*UFFICIO, "componente"},
    "rete.segui": ENTE,
    "rete.chiedi": {"rappresentante", "delegato"},
    "rete.cura": {"rappresentante", "delegato"},
    "rete.vedi": UFFICIO,
    "rete.categorie": UFFICIO,
    "rete.decidi": IMPARZIALI,
    "rete.escludi": {"responsabile"},
    "rete.eleggi": {"responsabile"},
    "rete.candida": {"rappresentante", "delegato"},
    "rete.vota": {"rappresentante", "delegato"},
    "tavoli.prepara": UFFICIO,
    "tavoli.ammetti": IMPARZIALI,
    "tavoli.rispondi": IMPARZIALI,
    "tavoli.segui": ENTE,
    "tavoli.chiedi": {"rappresentante", "delegato"},
    "tavoli.scrivi": ENTE,
    "tavoli.invia": {"rappresentante", "delegato"},
    "avvisi.prepara": UFFICIO,
    "avvisi.pubblica": UFFICIO,
    "avvisi.revoca": {"responsabile"},
    "proposte.vedi": ENTE,
    "proposte.scrivi": ENTE,
    "proposte.presenta": {"rappresentante", "delegato"},
    "proposte.leggi_presentata": {*ENTE, *IMPARZIALI, "commissario"},
    "valutazione.ufficio": UFFICIO,
    "valutazione.conduci": IMPARZIALI,
    "valutazione.apri": IMPARZIALI,
    "valutazione.ammetti": IMPARZIALI,
    "valutazione.nomina": IMPARZIALI,
    "valutazione.pubblica": IMPARZIALI,
    "valutazione.commissario": COMMISSARI,
    "valutazione.dichiara": COMMISSARI,
    "valutazione.valuta": {"commissario"},
    "progetti.ufficio": UFFICIO,
    "progetti.crea": IMPARZIALI,
    "progetti.lega": IMPARZIALI,
    "progetti.disimpegna": IMPARZIALI,
    "guida.modifica": UFFICIO,
    "home.ufficio": UFFICIO,
    "home.messaggi": UFFICIO,
    "home.registro": UFFICIO,
    "home.controlla": {"responsabile"},
    "ambiti.imposta": {"responsabile"},
}
SA_CHE_C_E: dict[str, set[str]] = {
    "enti.modifica": {"compilatore"},
    "enti.persone": {"compilatore", "delegato"},
    "avvisi.revoca": {"operatore", *SI_ASTIENE},
    "proposte.presenta": {"compilatore"},
    "proposte.leggi_presentata": SI_ASTIENE,
    "valutazione.conduci": SI_ASTIENE,
    "valutazione.apri": SI_ASTIENE,
    "valutazione.ammetti": SI_ASTIENE,
    "valutazione.nomina": SI_ASTIENE,
    "valutazione.pubblica": SI_ASTIENE,
    "progetti.crea": SI_ASTIENE,
    "progetti.lega": SI_ASTIENE,
    "progetti.disimpegna": SI_ASTIENE,
    "home.controlla": {"operatore", *SI_ASTIENE},
    "ambiti.imposta": {"operatore", *SI_ASTIENE},
    "organi.regola": {"operatore", *SI_ASTIENE},
    "verbale.pubblica": {"operatore", *SI_ASTIENE},
    "rete.chiedi": {"compilatore"},
    "rete.cura": {"compilatore"},
    "rete.decidi": SI_ASTIENE,
    "rete.escludi": {"operatore", *SI_ASTIENE},
    "rete.eleggi": {"operatore", *SI_ASTIENE},
    "rete.candida": {"compilatore"},
    "rete.vota": {"compilatore"},
    "tavoli.ammetti": SI_ASTIENE,
    "tavoli.rispondi": SI_ASTIENE,
    "tavoli.chiedi": {"compilatore"},
    "tavoli.invia": {"compilatore"},
}


@dataclass(frozen=True)
class Esempio:
    """An endpoint on a row. ``entra`` and ``sa`` replace the permission's roles where the row itself says no."""

    valori: Callable[[Mondo], dict[str, Any]] = field(default=lambda w: {})
    entra: set[str] | None = None
    sa: set[str] = field(default_factory=set)


def con(entra: set[str] | None = None, sa: set[str] | None = None, **nomi: str) -> Esempio:
    """``con(slug="aperto")``: the URL value ``slug`` is the row called ``aperto`` of this Ambito."""
    return Esempio(lambda w: {n: getattr(w.qui, dove) for n, dove in nomi.items()}, entra, sa or set())


def fisso(entra: set[str] | None = None, **valori: Any) -> Esempio:
    return Esempio(lambda w: dict(valori), entra)


def ente(entra: set[str] | None = None, **altri: str) -> Esempio:
    return Esempio(lambda w: {"ente_id": w.ente_id, **{n: getattr(w, dove) for n, dove in altri.items()}}, entra)


NESSUNO: set[str] = set()
SEMPRE = [Esempio()]
LETTERE = [
    con(messaggio_id="messaggio"),
    con(IMPARZIALI, messaggio_id="lettera"),
    con(NESSUNO, messaggio_id="lettera_chiusa"),
]
BOZZA_E_INVIATA = [con(proposta_id="proposta_bozza"), con(proposta_id="ammessa")]

PASSI_DEL_VERBALE = (
    "ufficio", "sommario", "invia", "nuova_osservazione", "approva", "firma", "omissis", "togli_omissis", "rettifica",
    "originale", "da_lavorare",
)  # fmt: skip
TAVOLO_E_ENTE = Esempio(lambda w: {"ente_id": w.ente_id, "tavolo_id": w.qui.tavolo_id})
SUL_PERCORSO = ("prepara_percorso", "scrivi_percorso", "pubblica_percorso", "nuovo_tavolo", "nuovo_incontro")
SUL_TAVOLO = ("scrivi_tavolo", "scrivi_restituzione", "restituisci", "nuova_priorita")
SULLA_PRIORITA = ("scrivi_priorita", "togli_priorita", "schede")
GESTI_DEL_BANCO = ("apri_punto", "discussione", "conflitto", "vota", "esito", "da_fare")
ESEMPI: dict[str, list[Esempio]] = {
    "bootstrap_italia": [fisso(nome="css/bootstrap-italia.min.css")],
    "home.installazione": SEMPRE,
    "home.ambito": SEMPRE,
    "home.cerca": [Esempio(), fisso(q="segreto")],
    "home.pagina": [fisso(nome="privacy"), fisso(NESSUNO, nome="che-non-esiste")],
    "home.esci_subito": SEMPRE,
    "home.salute": SEMPRE,
    "home.robots": SEMPRE,
    "home.mappa": SEMPRE,
    "home.verifica": SEMPRE,
    "home.scrivania": SEMPRE,
    "home.amministrazione": SEMPRE,
    "home.ufficio": SEMPRE,
    "home.messaggi": SEMPRE,
    "home.messaggio": LETTERE,
    "home.rilascia": LETTERE,
    "home.ritenta": [con(messaggio_id="messaggio"), con(IMPARZIALI, messaggio_id="lettera")],
    "home.registro": SEMPRE,
    "home.controlla": SEMPRE,
    "utenti.accedi": SEMPRE,
    "utenti.esci": SEMPRE,
    "utenti.recupera": SEMPRE,
    "utenti.nuova_password": [fisso(gettone=GETTONE), fisso(NESSUNO, gettone="inventato")],
    "utenti.profilo": SEMPRE,
    "utenti.chiudi_sessione": [fisso(sessione_id=1)],
    "enti.area": SEMPRE,
    "enti.registra": SEMPRE,
    "enti.registra_altro": SEMPRE,
    "enti.registrato": SEMPRE,
    "enti.scheda": [Esempio(), Esempio(lambda w: {"ente": w.ente_id}, ENTE)],
    "enti.modifica": [ente()],
    "enti.runts": [ente()],
    "enti.persone": [ente()],
    "enti.togli_persona": [ente(riga_id="riga_persona")],
    "ambiti.impostazioni": SEMPRE,
    "piano.corrente": SEMPRE,
    "piano.ciclo": [con(ciclo="ciclo"), con(NESSUNO, ciclo="ciclo_bozza")],
    "piano.controlli": [con(ciclo="ciclo"), con(NESSUNO, ciclo="ciclo_bozza")],
    "piano.dati_csv": [con(ciclo="ciclo"), con(NESSUNO, ciclo="ciclo_bozza")],
    "piano.dati_json": [con(ciclo="ciclo"), con(NESSUNO, ciclo="ciclo_bozza")],
    "piano.scheda": [con(ciclo="ciclo", codice="scheda"), con(NESSUNO, ciclo="ciclo_bozza", codice="scheda")],
    "avvisi.elenco": SEMPRE,
    "avvisi.avviso": [con(slug="aperto"), con(slug="concluso"), con(NESSUNO, slug="bozza")],
    "avvisi.domande": [con(slug="aperto"), con(NESSUNO, slug="bozza")],
    "avvisi.calendario_ics": [con(slug="aperto"), con(NESSUNO, slug="bozza")],
    "avvisi.ufficio": SEMPRE,
    "avvisi.nuovo": SEMPRE,
    "avvisi.prepara": [con(slug="bozza"), con(slug="aperto")],
    "avvisi.anteprima": [con(slug="bozza")],
    "avvisi.sezione": [Esempio(lambda w, s=s: {"slug": w.qui.bozza, "sezione": s}) for s in ("testo", "risorse", "criteri")],
    "avvisi.pubblica": [con(slug="bozza")],
    "avvisi.revoca": [con(slug="aperto")],
    "proposte.elenco": SEMPRE,
    "proposte.inizia": [
        con(avviso_id="aperto_id"),
        con(NESSUNO, CON_UN_ENTE, avviso_id="chiuso_id"),
        con(NESSUNO, avviso_id="bozza_id"),
    ],
    "proposte.compiti": BOZZA_E_INVIATA,
    "proposte.controlla": BOZZA_E_INVIATA,
    "proposte.quadro": BOZZA_E_INVIATA,
    "proposte.presenta": BOZZA_E_INVIATA,
    "proposte.presentata": BOZZA_E_INVIATA,
    "proposte.ricevuta_pdf": BOZZA_E_INVIATA,
    "proposte.proposta_pdf": [con(proposta_id="ammessa")],
    "proposte.titolo": [con(proposta_id="proposta_bozza")],
    "proposte.sezione": [
        Esempio(lambda w: {"proposta_id": w.qui.proposta_bozza, "chiave": "che_non_esiste"}, NESSUNO),
        Esempio(lambda w: {"proposta_id": w.qui.proposta_bozza, "chiave": SEZIONI[0].chiave}),
    ],
    "proposte.nuova_voce": [con(proposta_id="proposta_bozza")],
    "proposte.voce": [
        con(proposta_id="proposta_bozza", voce_id="voce"),
        con(NESSUNO, proposta_id="ammessa", voce_id="voce"),
    ],
    "proposte.togli_voce": [con(proposta_id="proposta_bozza", voce_id="voce")],
    "proposte.documento": [con(proposta_id="proposta_bozza", documento_id="documento")],
    "proposte.togli_documento": [con(proposta_id="proposta_bozza", documento_id="documento")],
    "proposte.rinvia": [con(proposta_id="proposta_bozza")],
    "proposte.ritira": [con(proposta_id="ammessa")],
    "proposte.allegato": [con(ENTE, allegato_id="allegato_bozza"), con(allegato_id="allegato_ammessa")],
    "valutazione.ufficio": SEMPRE,
    "valutazione.procedura": [con(slug="chiuso"), con(UFFICIO, slug="aperto"), con(NESSUNO, slug="bozza")],
    "valutazione.proposta": [
        con(slug="chiuso", proposta_id="ammessa"),
        con(NESSUNO, slug="aperto", proposta_id="proposta_bozza"),
        con(NESSUNO, slug="aperto", proposta_id="ammessa"),
    ],
    "valutazione.decidi": [con(slug="chiuso", proposta_id="ammessa")],
    "valutazione.nomina": [con(slug="chiuso")],
    "valutazione.sostituisci": [con(slug="chiuso", membro_id="membro"), con(NESSUNO, slug="aperto", membro_id="membro")],
    "valutazione.graduatoria": [con(slug="chiuso"), con(slug="concluso")],
    "valutazione.pubblica": [con(slug="chiuso")],
    "valutazione.esito": [
        con(slug="concluso"),
        con(NESSUNO, slug="chiuso"),
        con(NESSUNO, slug="aperto"),
        con(NESSUNO, slug="bozza"),
    ],
    "valutazione.commissario": SEMPRE,
    "valutazione.dichiarazione": [con(slug="chiuso"), con(NESSUNO, slug="aperto")],
    "valutazione.proposte": [con(slug="chiuso"), con(NESSUNO, slug="aperto")],
    "valutazione.punteggi": [
        con(slug="chiuso", proposta_id="ammessa"),
        con(NESSUNO, slug="chiuso", proposta_id="da_creare"),
    ],
    "progetti.elenco": SEMPRE,
    "progetti.progetto": [con(slug="progetto")],
    "progetti.ufficio": SEMPRE,
    "progetti.nuovo": [con(proposta_id="da_creare"), con(NESSUNO, proposta_id="ammessa")],
    "progetti.lega": [con(slug="progetto")],
    "progetti.attiva": [con(slug="progetto")],
    "progetti.disimpegna": [con(slug="progetto", impegno_id="impegno")],
    "guida.elenco": [Esempio(), fisso(q="segreto")],
    "guida.servizio": [con(slug="servizio"), con(UFFICIO, slug="servizio_bozza")],
    "guida.stampa": [con(slug="servizio"), con(UFFICIO, slug="servizio_bozza")],
    "guida.dati_collegati": [con(slug="servizio"), con(UFFICIO, slug="servizio_bozza")],
    "guida.parere": [con(slug="servizio"), con(UFFICIO, slug="servizio_bozza")],
    "guida.ufficio": SEMPRE,
    "guida.nuova": SEMPRE,
    "guida.scrivi": [con(slug="servizio_bozza")],
    "guida.pubblica": [con(slug="servizio_bozza")],
    "guida.ritira": [con(slug="servizio")],
    "guida.verificata": [con(slug="servizio")],
    "organi.elenco": SEMPRE,
    "organi.organo": [con(slug="organo"), con(UFFICIO, slug="organo_spento")],
    "organi.ufficio": SEMPRE,
    "organi.nuovo": SEMPRE,
    "organi.scrivi": [con(slug="organo")],
    "organi.seggi": [con(slug="organo"), con(slug="organo_spento")],
    "organi.seggio": [con(slug="organo", posto="posto"), con(NESSUNO, slug="organo_spento", posto="posto")],
    "organi.accesso": [con(slug="organo", posto="posto", mandato="mandato")],
    "organi.fine": [con(slug="organo", posto="posto", mandato="mandato")],
    "organi.decisioni": [Esempio(), fisso(q="si fa")],
    "organi.decisioni_csv": SEMPRE,
    "organi.stato": [con(slug="organo"), con(slug="organo_spento")],
    "organi.chiudi": [con(slug="organo", posto="posto")],
    "organi.decadenza": [con(slug="organo_assenze", posto="posto")],
    "sedute.assenze": [con(slug="organo_assenze", numero="seduta_assenze")],
    "home.calendario": SEMPRE,
    "home.calendario_ics": SEMPRE,
    "sedute.elenco": [con(slug="organo"), con(NESSUNO, slug="organo_spento")],
    "sedute.seduta": [con(slug="organo", numero="seduta"), con(NESSUNO, slug="organo", numero="seduta_bozza")],
    "sedute.ics": [con(slug="organo", numero="seduta"), con(NESSUNO, slug="organo", numero="seduta_bozza")],
    "sedute.feed": [con(slug="organo"), con(NESSUNO, slug="organo_spento")],
    "sedute.convocazione": [con(slug="organo", numero="seduta"), con(NESSUNO, slug="organo", numero="seduta_bozza")],
    "sedute.documento": [
        con(slug="organo", numero="seduta", documento_id="carta"),
        con(NESSUNO, slug="organo", numero="seduta", documento_id="carta_riservata"),
        con(NESSUNO, slug="organo", numero="seduta_bozza", documento_id="carta"),
    ],
    "sedute.mie": SEMPRE,
    "sedute.proponi": SEMPRE,
    "sedute.mia": [con(slug="organo", numero="seduta"), con(NESSUNO, slug="organo", numero="seduta_bozza")],
    "sedute.letta": [con(slug="organo", numero="seduta")],
    "sedute.mia_ics": [con(slug="organo", numero="seduta")],
    "sedute.convocazione_riservata": [
        con(slug="organo", numero="seduta"),
        con(UFFICIO, slug="organo", numero="seduta_bozza"),
    ],
    "sedute.documento_riservato": [
        con(slug="organo", numero="seduta", documento_id="carta"),
        con(slug="organo", numero="seduta", documento_id="carta_riservata"),
        con(NESSUNO, slug="organo", numero="seduta_bozza", documento_id="carta_riservata"),
    ],
    "sedute.documenti": [con(slug="organo", numero="seduta", punto="punto")],
    "sedute.togli_documento": [con(slug="organo", numero="seduta", punto="punto", documento_id="carta_riservata")],
    "sedute.sposta_punto": [con(slug="organo", numero="seduta_bozza", punto="punto_bozza")],
    "sedute.proposte": [con(slug="organo"), con(slug="organo_spento")],
    "sedute.accogli_proposta": [con(slug="organo", numero="seduta_bozza", proposto="proposto")],
    "sedute.respingi_proposta": [
        con(slug="organo", proposto="proposto"),
        con(NESSUNO, slug="organo_spento", proposto="proposto"),
    ],
    "sedute.ufficio": SEMPRE,
    "sedute.nuova": [con(slug="organo")],
    "sedute.prepara": [con(slug="organo", numero="seduta"), con(slug="organo", numero="seduta_bozza")],
    "sedute.scrivi": [con(slug="organo", numero="seduta_bozza")],
    "sedute.nuovo_punto": [con(slug="organo", numero="seduta_bozza")],
    "sedute.scrivi_punto": [con(slug="organo", numero="seduta_bozza", punto="punto_bozza")],
    "sedute.togli_punto": [con(slug="organo", numero="seduta_bozza", punto="punto_bozza")],
    "sedute.convoca": [con(slug="organo", numero="seduta_bozza")],
    "sedute.annulla": [con(slug="organo", numero="seduta_bozza")],
    "sedute.convocato": [con(slug="organo", numero="seduta", convocato="convocato")],
    "sedute.fatta": [con(slug="organo", azione_id="azione")],
    "sedute.al_banco": [con(slug="organo", numero="seduta")],
    "sedute.apri": [con(slug="organo", numero="seduta")],
    "sedute.segna": [con(slug="organo", numero="seduta")],
    "sedute.togli_presenza": [con(slug="organo", numero="seduta", movimento="movimento")],
    "sedute.invita": [con(slug="organo", numero="seduta")],
    "sedute.chiudi": [con(slug="organo", numero="seduta")],
    **{f"sedute.{gesto}": [con(slug="organo", numero="seduta", punto="punto")] for gesto in GESTI_DEL_BANCO},
    "verbale.elenco": SEMPRE,
    "verbale.componi": [con(slug="organo", numero="seduta")],
    **{f"verbale.{passo}": [con(slug="verbalizzato", numero="in_revisione")] for passo in PASSI_DEL_VERBALE},
    "verbale.parte": [con(slug="verbalizzato", numero="in_revisione", parte="parte")],
    "verbale.rispondi": [con(slug="verbalizzato", numero="in_revisione", osservazione="osservazione")],
    "verbale.pubblica": [con(slug="verbalizzato", numero="in_revisione")],
    "verbale.firmato": [con(slug="verbalizzato", numero="verbale")],
    "verbale.bozza": [con(slug="verbalizzato", numero="in_revisione")],
    **{
        f"verbale.{forma}": [
            con(slug="verbalizzato", numero="verbale"),
            con(NESSUNO, slug="verbalizzato", numero="in_revisione"),
        ]
        for forma in ("verbale", "pdf", "docx", "dati")
    },
    "rete.registro": SEMPRE,
    "rete.registro_csv": SEMPRE,
    "rete.nostra": SEMPRE,
    "rete.chiedi": [Esempio(lambda w: {"ente_id": w.ente_id, "slug": w.qui.slug})],
    "rete.adesione": [con(adesione_id="membro_rete"), con({"altro_ente", *SI_ASTIENE}, adesione_id="chiesta")],
    "rete.ritira": [con(adesione_id="membro_rete")],
    "rete.recedi": [con(adesione_id="membro_rete")],
    "rete.rappresentanti": [con(adesione_id="membro_rete")],
    "rete.fine": [
        con(adesione_id="membro_rete", persona_id="persona_rete"),
        con(NESSUNO, adesione_id="chiesta", persona_id="persona_rete"),
    ],
    "rete.ufficio": [Esempio(), fisso(stato="respinta")],
    "rete.scheda": [con(adesione_id="membro_rete"), con(adesione_id="chiesta")],
    "rete.decidi": [con(adesione_id="chiesta")],
    "rete.escludi": [con(adesione_id="membro_rete")],
    "rete.elezione": [con(slug="elezione")],
    "rete.candida": [con(elettore_id="elettore")],
    "rete.vota": [con(elettore_id="elettore")],
    "rete.nuova": SEMPRE,
    "rete.urna": [con(slug="elezione")],
    "rete.scrutina": [con(slug="elezione")],
    "rete.annulla": [con(slug="elezione")],
    "rete.decadenza": [con(slug="elezione", candidatura_id="candidata")],
    "rete.insedia": [con(slug="elezione", candidatura_id="candidata")],
    "rete.registra": SEMPRE,
    "rete.categorie": SEMPRE,
    "rete.categoria": [con(categoria_id="categoria")],
    "tavoli.elenco": SEMPRE,
    "tavoli.percorso": [con(slug="percorso"), con(NESSUNO, slug="percorso_bozza")],
    "tavoli.tavolo": [con(slug="tavolo"), con(slug="tavolo_finito"), con(NESSUNO, slug="tavolo_bozza")],
    "tavoli.cittadino": [con(slug="tavolo"), con(slug="tavolo_finito"), con(NESSUNO, slug="tavolo_bozza")],
    "tavoli.conferma": [con(gettone="gettone"), fisso(NESSUNO, gettone="inventato")],
    "tavoli.nostri": SEMPRE,
    "tavoli.dell_ente": [ente()],
    "tavoli.partecipa": [TAVOLO_E_ENTE],
    "tavoli.nuovo_contributo": [TAVOLO_E_ENTE],
    "tavoli.ritira": [con(partecipazione_id="partecipazione")],
    "tavoli.contributo": [
        con(contributo_id="contributo_bozza"),
        con(contributo_id="contributo_mandato"),
        con(NESSUNO, contributo_id="contributo_di_cittadino"),
    ],
    "tavoli.invia": [con(contributo_id="contributo_bozza")],
    "tavoli.ufficio": SEMPRE,
    "tavoli.prepara": [con(slug="tavolo"), con(slug="tavolo_bozza"), con(slug="tavolo_finito")],
    "tavoli.partecipazione": [con(partecipazione_id="partecipazione")],
    "tavoli.decidi": [con(IMPARZIALI | SI_ASTIENE, partecipazione_id="partecipazione")],
    "tavoli.arrivato": [
        con(contributo_id="contributo_mandato"),
        con(NESSUNO, contributo_id="contributo_bozza"),
        con(NESSUNO, contributo_id="contributo_di_cittadino"),
    ],
    "tavoli.rispondi": [con(IMPARZIALI | SI_ASTIENE, contributo_id="contributo_mandato")],
    "tavoli.nuovo_percorso": SEMPRE,
    **{f"tavoli.{dove}": [con(slug="percorso_bozza")] for dove in SUL_PERCORSO},
    **{f"tavoli.{dove}": [con(slug="tavolo")] for dove in SUL_TAVOLO},
    "tavoli.scrivi_incontro": [con(slug="percorso", incontro_id="incontro")],
    "tavoli.togli_incontro": [con(slug="percorso", incontro_id="incontro")],
    **{f"tavoli.{dove}": [con(slug="tavolo", numero="priorita")] for dove in SULLA_PRIORITA},
}

SEGRETI: dict[str, set[str]] = {
    "segreto-discussione": UFFICIO,
    "segreto-seduta": UFFICIO,
    "segreto-omesso": UFFICIO,
    "segreto-verbale": {*UFFICIO, "componente"},
    "segreto-osservazione": UFFICIO,
    "segreto-sala": {*UFFICIO, "componente"},
    "segreto-carta": {*UFFICIO, "componente"},
    "segreto-proposto": {*UFFICIO, "componente"},
    "segreto-conflitto": set(),
    "segreto-avviso": UFFICIO,
    "avviso-riservato": UFFICIO,
    "segreto-guida": UFFICIO,
    "segreto-organo": UFFICIO,
    "guida-riservata": UFFICIO,
    "segreto-parere": UFFICIO,
    "segreto-piano": UFFICIO,
    "segreto-messaggio": UFFICIO,
    "segreto-chiuso": set(),
    "segreto-rivale": IMPARZIALI,
    "segreto-punti": set(),
    "segreto-bozza": ENTE,
    "segreto-inviata": {*ENTE, *IMPARZIALI, "commissario"},
    "segreto-allegato": {*ENTE, *IMPARZIALI, "commissario"},
    "segreto-punteggio": {*IMPARZIALI, "commissario"},
    "segreto-persona": {*ENTE, *UFFICIO},
    "segreto-adesione": {*ENTE, *UFFICIO},
    "segreto-nome": {*ENTE, *UFFICIO},
    "segreto-restituzione": UFFICIO,
    "segreto-priorita": UFFICIO,
    "segreto-percorso": UFFICIO,
    "segreto-partecipa": UFFICIO,
    "segreto-contributo": ENTE,
    "segreto-mandato": {*ENTE, *UFFICIO},
    "segreto-cittadino": set(),
    "segreto-rifiuto": {*SI_ASTIENE, *UFFICIO, "in_conflitto"},
}
"""Words written in the rows, and the only roles on whose pages they may be read."""

NOMI_DI_TUTTI = {"piano.ciclo", "piano.controlli", "piano.dati_csv", "piano.dati_json"}
"""Pages on a row whose name (the years of a plan) exists in every Ambito."""


APRONO_TUTTO = ("anonimo", "rappresentante", "commissario", "responsabile", *SI_ASTIENE)
"""Roles that between them open nearly every page, and the one that a query of its own keeps out: enough for PostgreSQL,
because who gets in is decided in Python."""
BASTANO_LORO = {"anonimo", "altro_ente", "altro_ufficio"}
"""Roles that open the pages of everyone: for the others they are the same pages with another name at the top."""


def indirizzi(app: Any, metodo: str) -> Iterator[tuple[str, str, Esempio]]:
    """Endpoint, permission and example of everything that answers to that method."""
    for regola in sorted(app.url_map.iter_rules(), key=lambda r: r.endpoint):
        if metodo in (regola.methods or ()) and regola.endpoint != "static":
            for esempio in ESEMPI.get(regola.endpoint, ()):
                yield regola.endpoint, app.view_functions[regola.endpoint].accesso, esempio


def indirizzo(app: Any, endpoint: str, valori: dict[str, Any], ambito: str) -> str:
    if app.url_map.is_endpoint_expecting(endpoint, "ambito"):
        valori = {"ambito": ambito, **valori}
    return str(app.url_map.bind("localhost").build(endpoint, valori))


def atteso(permesso: str, esempio: Esempio, ruolo: str, *, modulo: bool = False) -> str:
    """``entra``, ``accedi`` (to the login page; 401 for a form), ``403`` or ``404``."""
    if ruolo in (ENTRA[permesso] if esempio.entra is None else esempio.entra):
        return "entra"
    if ruolo == "anonimo" and permesso != "pubblico":
        return "401" if modulo else "accedi"
    sa = esempio.sa if esempio.entra is not None else SA_CHE_C_E.get(permesso, set())
    return "403" if ruolo in sa else "404"


def esito(risposta: Any) -> str:
    if risposta.status_code in (301, 302, 303):
        return "accedi" if "/accedi" in risposta.headers["Location"] else "entra"
    return "entra" if risposta.status_code == 200 else str(risposta.status_code)


def entra(app: Any, creato: Mondo, ruolo: str) -> Cliente:
    cliente = Cliente(app)
    if ruolo != "anonimo":
        cliente.accedi(creato.persone[ruolo])
    return cliente


def trapelati(risposta: Any, url: str, ruolo: str) -> list[str]:
    """Words that this role may not read, apart from those it typed itself in the address."""
    testo = risposta.get_data().decode(errors="replace").lower()
    return [s for s, ammessi in SEGRETI.items() if ruolo not in ammessi and s not in url and s in testo]


def test_ogni_endpoint_e_nella_matrice(portale: Any):
    tutti = {r.endpoint for r in portale.url_map.iter_rules()} - {"static"}
    assert tutti - set(ESEMPI) == set(), "endpoint senza un esempio"
    assert set(ESEMPI) - tutti == set(), "esempi di endpoint che non ci sono più"
    permessi = {portale.view_functions[e].accesso for e in tutti}
    assert permessi - set(ENTRA) == set(), "permessi di cui la tabella non dice chi entra"


@pytest.fixture(autouse=True)
def _un_404_per_cornice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is logged in sees some two hundred pages of 404, the same but for the frame: drawn once for each frame."""
    disegna, viste = errors._pagina, {}

    def pagina(stato: int, **dati: Any) -> Any:
        if stato != 404 or not current_user.is_authenticated:
            return disegna(stato, **dati)
        cornice = errors._cornice()
        if cornice not in viste:
            viste[cornice] = disegna(stato, **dati)
        return viste[cornice]

    monkeypatch.setattr(errors, "_pagina", pagina)


@pytest.mark.parametrize(("genere", "ruolo"), [("sqlite", r) for r in RUOLI] + [("postgresql", r) for r in APRONO_TUTTO])
def test_matrice(mondo_su: Any, genere: str, ruolo: str):
    """Every page, for one role: who gets in gets in, everyone else does not, and no page shows others' secrets."""
    app, creato = mondo_su(genere)
    cliente, sbagliati, scritture = entra(app, creato, ruolo), [], []

    def guarda(_c: Any, _cur: Any, frase: str, *_: Any) -> None:
        if frase.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            scritture.append(frase[:60])

    event.listen(app.extensions["motore"], "before_cursor_execute", guarda)
    for endpoint, permesso, esempio in indirizzi(app, "GET"):
        if permesso == "pubblico" and esempio.entra is None and ruolo not in BASTANO_LORO:
            continue
        url = indirizzo(app, endpoint, esempio.valori(creato), creato.qui.slug)
        risposta = cliente._chiama("GET", url)
        avuto, voluto = esito(risposta), atteso(permesso, esempio, ruolo)
        if avuto != voluto:
            sbagliati.append(f"{endpoint} {url}: {avuto}, non {voluto}")
        sbagliati += [f"{endpoint} {url}: si legge {s}" for s in trapelati(risposta, url, ruolo)]
    event.remove(app.extensions["motore"], "before_cursor_execute", guarda)
    nessuno([*sbagliati, *(f"una pagina letta ha scritto: {frase}" for frase in scritture)])


@pytest.mark.parametrize("ruolo", RUOLI)
def test_chi_non_entra_non_scrive(mondo_su: Any, ruolo: str):
    """Forms that have no page of their own, sent with a good token by who may not (the others share their page's view)."""
    app, creato = mondo_su("sqlite")
    cliente, sbagliati = entra(app, creato, ruolo), []
    gettone = cliente.csrf("/verifica")
    con_pagina = {endpoint for endpoint, _permesso, _esempio in indirizzi(app, "GET")}
    for endpoint, permesso, esempio in indirizzi(app, "POST"):
        voluto = atteso(permesso, esempio, ruolo, modulo=True)
        if voluto == "entra" or endpoint in con_pagina:
            continue
        url = indirizzo(app, endpoint, esempio.valori(creato), creato.qui.slug)
        avuto = esito(cliente._chiama("POST", url, data={"csrf_token": gettone}))
        if avuto != voluto:
            sbagliati.append(f"{endpoint} {url}: {avuto}, non {voluto}")
    nessuno(sbagliati)


@pytest.mark.parametrize("ruolo", ["anonimo", "altro_ufficio", "responsabile"])
def test_le_righe_di_un_ambito_non_si_aprono_dall_indirizzo_dell_altro(mondo_su: Any, ruolo: str):
    """``/altrove/…/<a row of qui>``: not found, also for the office of either Ambito."""
    app, creato = mondo_su("sqlite")
    cliente, sbagliati, provati = entra(app, creato, ruolo), [], 0
    for endpoint, permesso, esempio in indirizzi(app, "GET"):
        valori = esempio.valori(creato)
        di_riga = app.url_map.is_endpoint_expecting(endpoint, "ambito") and set(valori) - {"q", "stato"}
        if not di_riga or endpoint in NOMI_DI_TUTTI:
            continue
        provati += 1
        url = indirizzo(app, endpoint, valori, creato.altrove.slug)
        avuto = esito(cliente._chiama("GET", url))
        voluto = "accedi" if ruolo == "anonimo" and permesso != "pubblico" else "404"
        if avuto != voluto:
            sbagliati.append(f"{endpoint} {url}: {avuto}, non {voluto}")
    nessuno(sbagliati)
    assert provati > 30


def test_la_matrice_ha_tutti_i_ruoli(mondo_su: Any):
    """A new role of the portal must get its column."""
    _app, creato = mondo_su("sqlite")
    assert {riga.ruolo for persona in creato.persone.values() for riga in persona.ruoli} == set(Ruolo)


def test_ogni_metodo_che_scrive_e_provato(portale: Any):
    scrivono = {r.endpoint for r in portale.url_map.iter_rules() if set(r.methods or ()) - SICURI}
    assert scrivono - {e for e, _p, _s in indirizzi(portale, "POST")} == set()
