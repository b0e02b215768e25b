"""Words for values: what a person reads where the database holds a key. Keys unknown to the table are shown as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from .clocks import a_roma
from .i18n import _l

RUOLI: Mapping[str, Any] = {
    "responsabile": _l("Responsabile dell’Ufficio di Piano"),
    "operatore": _l("Operatore dell’Ufficio di Piano"),
    "commissario": _l("Commissario"),
    "componente": _l("Componente"),
    "rappresentante": _l("Rappresentante legale"),
    "delegato": _l("Delegato con procura"),
    "compilatore": _l("Compilatore"),
    "amministratore": _l("Amministratore"),
}

AZIONI: Mapping[str, Any] = {
    "ambiti.imposta": _l("ha cambiato le impostazioni"),
    "avvisi.crea": _l("ha creato l’avviso"),
    "avvisi.scrivi": _l("ha scritto una sezione dell’avviso"),
    "avvisi.scrivi_parte": _l("ha scritto un elenco dell’avviso"),
    "avvisi.collega_priorita": _l("ha legato l’avviso alle priorità dei tavoli"),
    "avvisi.pubblica": _l("ha pubblicato l’avviso"),
    "avvisi.chiudi": _l("ha chiuso l’avviso, a termine passato"),
    "avvisi.pubblica_esito": _l("ha segnato sull’avviso che l’esito è pubblicato"),
    "avvisi.revoca": _l("ha revocato l’avviso"),
    "enti.registra": _l("ha registrato l’ente"),
    "enti.modifica": _l("ha cambiato i dati dell’ente"),
    "enti.iscrivi": _l("ha scritto che l’ente è entrato nel RUNTS"),
    "enti.rileva": _l("ha scritto i dati letti nel RUNTS"),
    "organi.crea": _l("ha creato l’organo"),
    "organi.modifica": _l("ha cambiato le regole dell’organo"),
    "organi.aggiungi_seggio": _l("ha aggiunto un posto all’organo"),
    "organi.nomina": _l("ha nominato un componente"),
    "organi.invita": _l("ha dato un accesso a un componente"),
    "organi.cessa": _l("ha chiuso un mandato"),
    "organi.dichiara_decadenza": _l("ha dichiarato la decadenza di un componente per le assenze"),
    "organi.chiudi_seggio": _l("ha chiuso un posto dell’organo"),
    "organi.spegni": _l("ha spento l’organo"),
    "organi.riaccendi": _l("ha riacceso l’organo"),
    "sedute.crea": _l("ha preparato la bozza di una seduta"),
    "sedute.modifica": _l("ha cambiato quando e dove si tiene la seduta"),
    "sedute.aggiungi_punto": _l("ha aggiunto un punto all’ordine del giorno"),
    "sedute.modifica_punto": _l("ha cambiato un punto dell’ordine del giorno"),
    "sedute.togli_punto": _l("ha tolto un punto dall’ordine del giorno"),
    "sedute.convoca": _l("ha convocato la seduta"),
    "sedute.annulla": _l("ha annullato la seduta"),
    "sedute.prova_consegna": _l("ha scritto come è arrivata una convocazione"),
    "sedute.apri": _l("ha aperto la seduta"),
    "sedute.sposta_punto": _l("ha spostato un punto dell’ordine del giorno"),
    "sedute.aggiungi_documento": _l("ha aggiunto un documento a un punto"),
    "sedute.togli_documento": _l("ha tolto un documento da un punto"),
    "sedute.leggi": _l("ha letto la convocazione"),
    "sedute.rispondi": _l("ha risposto alla convocazione"),
    "sedute.proponi_punto": _l("ha proposto un punto"),
    "sedute.accogli_punto_proposto": _l("ha messo all’ordine del giorno un punto proposto"),
    "sedute.respingi_punto_proposto": _l("non ha accolto un punto proposto"),
    "sedute.rimetti_punto_proposto": _l("ha rimesso un punto fra quelli proposti"),
    "sedute.segna": _l("ha segnato un arrivo o un’uscita"),
    "sedute.annulla_movimento": _l("ha tolto un arrivo o un’uscita segnati per errore"),
    "sedute.giustifica": _l("ha scritto il motivo di un’assenza"),
    "sedute.delega": _l("ha scritto una delega"),
    "sedute.invita": _l("ha segnato chi è presente senza voto"),
    "sedute.apri_punto": _l("ha aperto un punto"),
    "sedute.scrivi_discussione": _l("ha scritto la discussione di un punto"),
    "sedute.dichiara_conflitto": _l("ha segnato chi esce per conflitto di interessi"),
    "sedute.tratta_punto": _l("ha chiuso un punto"),
    "sedute.rinvia_punto": _l("ha rinviato un punto"),
    "sedute.ritira_punto": _l("ha ritirato un punto"),
    "sedute.vota": _l("ha registrato un voto"),
    "sedute.decidi": _l("ha scritto una decisione"),
    "sedute.da_fare": _l("ha segnato qualcosa da fare"),
    "sedute.fatta": _l("ha segnato fatta una cosa da fare"),
    "verbale.componi": _l("ha composto la bozza del verbale"),
    "verbale.scrivi_parte": _l("ha scritto nel verbale"),
    "verbale.scrivi_sommario": _l("ha scritto il verbale in breve"),
    "verbale.invia": _l("ha mandato il verbale ai componenti"),
    "verbale.osserva": _l("ha fatto un’osservazione sul verbale"),
    "verbale.rispondi": _l("ha risposto a un’osservazione"),
    "verbale.approva": _l("ha segnato approvato il verbale"),
    "verbale.firma": _l("ha caricato il verbale firmato"),
    "verbale.ometti": _l("ha tolto parole dalla copia del verbale"),
    "verbale.togli_omissis": _l("ha rimesso parole nella copia del verbale"),
    "verbale.pubblica": _l("ha pubblicato il verbale"),
    "verbale.rettifica": _l("ha rettificato il verbale"),
    "sedute.chiudi": _l("ha chiuso la seduta"),
    "guida.crea": _l("ha creato la pagina della guida"),
    "guida.modifica": _l("ha cambiato la pagina della guida"),
    "guida.pubblica": _l("ha pubblicato la pagina della guida"),
    "guida.ritira": _l("ha tolto la pagina dalla guida pubblica"),
    "guida.segna_verificato": _l("ha segnato che la pagina è controllata"),
    "guida.lascia_parere": _l("ha detto se la pagina è chiara"),
    "guida.traduci": _l("ha scritto una traduzione"),
    "home.rilascia_messaggio": _l("ha lasciato partire il messaggio"),
    "home.ritenta_messaggio": _l("ha rimesso in coda il messaggio"),
    "piano.importa": _l("ha caricato le schede del piano"),
    "piano.importa_voci": _l("ha caricato le tabelle del piano"),
    "piano.importa_quadro": _l("ha caricato il quadro sinottico del piano"),
    "progetti.crea": _l("ha creato il progetto"),
    "progetti.impegna": _l("ha legato una parte del contributo a una riga del piano"),
    "progetti.disimpegna": _l("ha slegato una parte del contributo"),
    "progetti.attiva": _l("ha avviato il progetto"),
    "proposte.inizia": _l("ha iniziato la proposta"),
    "proposte.scrivi_titolo": _l("ha scritto il titolo"),
    "proposte.scrivi_sezione": _l("ha scritto una sezione"),
    "proposte.scrivi_voce": _l("ha scritto una voce di spesa"),
    "proposte.togli_voce": _l("ha tolto una voce di spesa"),
    "proposte.allega": _l("ha caricato un file"),
    "proposte.togli_allegato": _l("ha tolto un file"),
    "proposte.rinvia": _l("ha rimandato la bozza a chi la compila"),
    "proposte.presenta": _l("ha presentato la proposta"),
    "proposte.ritira": _l("ha ritirato la proposta"),
    "proposte.ammetti": _l("ha ammesso la proposta alla valutazione"),
    "proposte.non_ammettere": _l("non ha ammesso la proposta"),
    "proposte.seleziona": _l("ha segnato la proposta come selezionata"),
    "proposte.dichiara_idonea": _l("ha segnato la proposta come idonea, non finanziata"),
    "proposte.dichiara_non_idonea": _l("ha segnato la proposta come non idonea"),
    "proposte.convenziona": _l("ha segnato la proposta come convenzionata"),
    "rete.crea_categoria": _l("ha aggiunto una categoria della Rete"),
    "rete.modifica_categoria": _l("ha cambiato una categoria della Rete"),
    "rete.chiedi": _l("ha chiesto di entrare nella Rete"),
    "rete.ammetti": _l("ha ammesso l’ente nella Rete"),
    "rete.respingi": _l("ha respinto la richiesta di entrare nella Rete"),
    "rete.ritira": _l("ha ritirato la richiesta di entrare nella Rete"),
    "rete.recedi": _l("ha fatto uscire l’ente dalla Rete"),
    "rete.escludi": _l("ha escluso l’ente dalla Rete"),
    "rete.indici": _l("ha indetto l’elezione"),
    "rete.candida": _l("ha candidato l’ente"),
    "rete.vota": _l("ha votato per l’ente"),
    "rete.scrutina": _l("ha scrutinato i voti"),
    "rete.annulla": _l("ha annullato l’elezione"),
    "rete.segna_decadenza": _l("ha segnato una decadenza da dichiarare"),
    "rete.dichiara_decadenza": _l("ha dichiarato la decadenza di un eletto"),
    "rete.insedia": _l("ha messo un eletto sul posto di un organo"),
    "rete.registra_storica": _l("ha scritto nel registro della Rete un ente che c’era già"),
    "rete.nomina": _l("ha scritto chi rappresenta l’ente nella Rete"),
    "rete.cessa": _l("ha chiuso l’incarico di chi rappresenta l’ente"),
    "tavoli.crea_percorso": _l("ha preparato la bozza di un percorso"),
    "tavoli.scrivi_percorso": _l("ha cambiato il percorso"),
    "tavoli.pubblica": _l("ha pubblicato il percorso"),
    "tavoli.crea_tavolo": _l("ha aggiunto un tavolo"),
    "tavoli.scrivi_tavolo": _l("ha cambiato il tavolo"),
    "tavoli.crea_incontro": _l("ha aggiunto un incontro al calendario"),
    "tavoli.scrivi_incontro": _l("ha cambiato un incontro"),
    "tavoli.togli_incontro": _l("ha tolto un incontro dal calendario"),
    "tavoli.chiedi": _l("ha chiesto di partecipare al tavolo"),
    "tavoli.ammetti": _l("ha ammesso l’ente al tavolo"),
    "tavoli.respingi": _l("non ha ammesso l’ente al tavolo"),
    "tavoli.ritira": _l("ha ritirato la richiesta di partecipare"),
    "tavoli.scrivi_bozza": _l("ha scritto la bozza di un contributo"),
    "tavoli.cambia_bozza": _l("ha cambiato la bozza di un contributo"),
    "tavoli.invia": _l("ha mandato un contributo"),
    "tavoli.scrivi_da_cittadino": _l("un cittadino ha scritto un contributo, da confermare"),
    "tavoli.conferma": _l("un cittadino ha confermato il contributo"),
    "tavoli.rispondi": _l("ha risposto a un contributo"),
    "tavoli.dimentica": _l("l’indirizzo di un cittadino è stato cancellato"),
    "tavoli.scrivi_restituzione": _l("ha scritto la restituzione"),
    "tavoli.crea_priorita": _l("ha aggiunto una priorità"),
    "tavoli.scrivi_priorita": _l("ha cambiato una priorità"),
    "tavoli.collega_schede": _l("ha legato una priorità alle schede del piano"),
    "tavoli.togli_priorita": _l("ha tolto una priorità"),
    "tavoli.restituisci": _l("ha pubblicato la restituzione"),
    "utenti.crea": _l("ha creato l’utente"),
    "utenti.assegna_ruolo": _l("ha dato un ruolo"),
    "utenti.togli_ruolo": _l("ha tolto un ruolo"),
    "utenti.accedi": _l("ha fatto l’accesso"),
    "utenti.esci": _l("ha chiuso la sessione"),
    "utenti.revoca_sessione": _l("ha scollegato un dispositivo"),
    "utenti.chiedi_recupero": _l("ha chiesto di cambiare la password dimenticata"),
    "utenti.cambia_password": _l("ha cambiato la password"),
    "valutazione.decidi": _l("ha deciso se la proposta è ammessa"),
    "valutazione.nomina": _l("ha nominato la commissione"),
    "valutazione.dichiara": _l("ha risposto sui conflitti di interesse"),
    "valutazione.avvia": _l("ha avviato i lavori della commissione"),
    "valutazione.ferma": _l("ha fermato i lavori della commissione"),
    "valutazione.sostituisci": _l("ha sostituito un commissario"),
    "valutazione.assegna": _l("ha dato i punti a una proposta"),
    "valutazione.cambia_punteggio": _l("ha cambiato i punti dati"),
    "valutazione.concludi": _l("ha concluso i lavori della commissione"),
    "valutazione.pubblica": _l("ha pubblicato la graduatoria"),
}
"""What the register's actions are called, after the name of who did them. Complete: a guard reads the operations."""

FIRME: Mapping[str, Any] = {
    "integra": _l("integra"),
    "alterata": _l("alterata"),
    "non verificabile": _l("non verificabile"),
}
"""The only three things that may be said of a signature (``signatures.Integrita``)."""


def parola_ruolo(chiave: str) -> str:
    return str(RUOLI.get(str(chiave), chiave))


def parola_azione(chiave: str) -> str:
    return str(AZIONI.get(chiave, chiave))


def parola_firma(chiave: str) -> str:
    return str(FIRME.get(str(chiave), chiave))


GIORNO = re.compile(r"\d{4}-\d{2}-\d{2}")
VALORI: Mapping[Any, Any] = {"None": _l("niente"), "True": _l("sì"), "False": _l("no")}
ISTANTE = re.compile(rf"{GIORNO.pattern}T\d{{2}}:\d{{2}}:\d{{2}}(\.\d+)?([+-]\d{{2}}:\d{{2}}|Z)")


def parola_valore(valore: Any) -> str:
    """What the register keeps in JSON, as a person writes it: yes and no, a day and an hour in Rome's time, a list."""
    if isinstance(valore, list):
        return ", ".join(map(parola_valore, valore))
    if isinstance(valore, dict):
        return ", ".join(f"{_voce(c)} {parola_valore(v)}" for c, v in valore.items())
    testo = _giorno_scritto(str(valore)) if isinstance(valore, str) else None
    return testo or str(VALORI.get(str(valore)) or RUOLI.get(str(valore), valore))


def _giorno_scritto(testo: str) -> str | None:
    """A day or an instant as Italians write it; None for any other text, also one that looks like a day and is none."""
    with suppress(ValueError):
        if ISTANTE.fullmatch(testo):
            return a_roma(datetime.fromisoformat(testo)).strftime("%d/%m/%Y %H:%M:%S")
        if GIORNO.fullmatch(testo):
            return date.fromisoformat(testo).strftime("%d/%m/%Y")
    return None


def parola_dettagli(valori: Mapping[str, Any]) -> str:
    """The details of an event as «name: value», one after the other."""
    return " · ".join(f"{_voce(c)}: {parola_valore(v)}" for c, v in valori.items())


def _voce(chiave: str) -> str:
    return chiave.replace("_", " ")
