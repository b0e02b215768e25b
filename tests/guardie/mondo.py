"""Two Ambiti with a row of everything, and one person for every role: what the matrix and the tenancy guards look at.

``_popola`` fills one Ambito; called twice it makes the rows of the other, so that what might leak is really there.
Words that must not travel are written as ``segreto-…`` in titles and texts: a page that shows one to the wrong
person is found by searching for them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from portal import audit, clocks, outbox, tenancy
from portal.ambiti.models import Ambito, Comune, Festivita, Impostazione, Popolazione
from portal.avvisi.models import Avviso, AvvisoPriorita, StatoAvviso
from portal.clocks import adesso
from portal.db import sessione
from portal.enti.models import Ente
from portal.guida.models import Parere, Servizio, ServizioComune, Traduzione
from portal.numerazione import Numeratore
from portal.organi.models import NomeSoglia
from portal.piano.models import Ciclo, Intervento, Livello, RigaBilancio, Scheda, SchedaLivello, StatoCiclo, VoceDichiarata
from portal.progetti.models import Impegno, Progetto, StatoProgetto
from portal.proposte.models import LottoProposto, Proposta, StatoProposta
from portal.rete.models import StatoAdesione
from portal.sedute.models import Classe, ConflittoPunto, StatoPunto, Voto
from portal.sedute.operations import assenze
from portal.tavoli.models import StatoContributo, StatoPartecipazione, StatoTavolo
from portal.transaction import unita
from portal.utenti.models import RecuperoPassword, Ruolo, RuoloUtente, Utente
from portal.utenti.rules import impronta
from portal.valutazione.models import (
    Ammissibilita,
    Commissione,
    Esito,
    EsitoProposta,
    Membro,
    Punteggio,
    RigaEsito,
    RuoloMembro,
    StatoCommissione,
    StatoDichiarazione,
)
from portal.verbale.models import Rettifica
from tests import fabbrica
from tests.fabbrica import salva
from tests.guida import costruttori as guide
from tests.organi import costruttori as organi
from tests.rete import costruttori as rete
from tests.sedute import costruttori as riunioni
from tests.tavoli import costruttori as tavoli
from tests.verbale import costruttori as verbali

GETTONE = "gettone-di-prova-della-matrice"
CONTENUTO = b"%PDF-1.4 segreto-allegato\n"


@dataclass(frozen=True)
class Mondo:
    """``qui`` is the Ambito of the matrix, ``altrove`` the other: slugs and ids of the rows to open pages on.

    ``persone`` by the names of the matrix's roles; ``ente_id`` is the ente of ``rappresentante`` and ``compilatore``.
    """

    qui: Any
    altrove: Any
    ente_id: int
    riga_persona: int
    persone: dict[str, Utente]


@contextmanager
def scrivendo(app: Any) -> Iterator[None]:
    with app.test_request_context("/"), tenancy.tutti_gli_ambiti(), unita():
        yield


def crea(app: Any) -> Mondo:
    """The whole world, committed."""
    with scrivendo(app):
        enti = [fabbrica.ente() for _ in range(3)]
        qui = fabbrica.ambito("qui", comuni=("Qui", "Qui vicino"))
        altrove = fabbrica.ambito("altrove", comuni=("Altrove", "Altrove vicino", "Altrove lontano"))
        persone = _persone(enti, qui, altrove)
        righe = {a.slug: _popola(app, a, enti, persone) for a in (qui, altrove)}
        scade = adesso() + timedelta(hours=1)
        salva(
            RecuperoPassword(utente_id=persone["compilatore"].id, gettone=impronta(GETTONE), scade_il=scade, usato_il=None)
        )
        return Mondo(righe["qui"], righe["altrove"], enti[0].id, persone["compilatore"].ruoli[0].id, persone)


def _persone(enti: list[Ente], qui: Ambito, altrove: Ambito) -> dict[str, Utente]:
    """The conflicted commissioner works for the third ente, which applied to the same call.

    The conflicted operator works for the second and the third: each rival of the first ente in one of the two calls.
    """
    in_conflitto = fabbrica.utente(Ruolo.COMMISSARIO, ambito=qui)
    in_conflitto.ruoli.append(RuoloUtente(ruolo=Ruolo.COMPILATORE, ente_id=enti[2].id))
    ufficio_in_conflitto = fabbrica.utente(Ruolo.OPERATORE, ambito=qui)
    ufficio_in_conflitto.ruoli.extend(RuoloUtente(ruolo=Ruolo.COMPILATORE, ente_id=ente.id) for ente in enti[1:])
    return {
        "altro_ente": fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=enti[1]),
        "rappresentante": fabbrica.utente(Ruolo.RAPPRESENTANTE, ente=enti[0]),
        "compilatore": fabbrica.utente(Ruolo.COMPILATORE, ente=enti[0], email="segreto-persona@prova.example"),
        "delegato": fabbrica.utente(Ruolo.DELEGATO, ente=enti[0]),
        "commissario": fabbrica.utente(Ruolo.COMMISSARIO, ambito=qui),
        "in_conflitto": in_conflitto,
        "componente": fabbrica.utente(Ruolo.COMPONENTE, ambito=qui),
        "operatore": fabbrica.utente(Ruolo.OPERATORE, ambito=qui),
        "responsabile": fabbrica.utente(Ruolo.RESPONSABILE, ambito=qui),
        "ufficio_in_conflitto": ufficio_in_conflitto,
        "altro_ufficio": fabbrica.utente(Ruolo.RESPONSABILE, ambito=altrove),
        "admin": fabbrica.utente(Ruolo.AMMINISTRATORE),
    }


def _popola(app: Any, ambito: Ambito, enti: list[Ente], persone: dict[str, Utente]) -> Any:
    scheda, riga = fabbrica.scheda(ambito, "B.7" if ambito.slug == "qui" else "C.1")
    luogo = SimpleNamespace(ambito_id=ambito.id, slug=ambito.slug, ciclo="2022-2024", scheda=scheda.codice)
    aperto, chiuso, concluso = _avvisi(ambito, scheda, luogo)
    bozza = _proposta_in_bozza(app, aperto, enti[0], persone["rappresentante"], luogo)
    _in_valutazione(app, chiuso, enti, persone, luogo)
    _conclusa(concluso, enti, persone, riga, luogo)
    _guida(ambito, scheda, luogo)
    _piano(ambito, scheda, luogo)
    _organi(app, ambito, persone, luogo)
    _verbali(app, ambito, persone, luogo)
    _rete(ambito, enti, luogo)
    _tavoli(ambito, enti, scheda, aperto, luogo)
    _minute(ambito, aperto, bozza)
    luogo.messaggio = _lettera(ambito, None, "segreto-messaggio")
    luogo.lettera_chiusa = _dette(ambito, "segreto-chiuso", bozza)
    for modello in (Proposta, Ammissibilita, Commissione, Membro, Punteggio, Esito, Progetto, Impegno):
        cerca = select(modello).where(modello.ambito_id == ambito.id).order_by(modello.id.desc())
        luogo.lettera = _dette(ambito, "segreto-rivale", sessione.scalars(cerca.limit(1)).one())
    return luogo


def _lettera(ambito: Ambito, riferimento: Any, segreto: str) -> int:
    """A letter that did not leave, so that it is also in the lists of what is to be looked at."""
    outbox.accoda(a=["a@prova.example"], oggetto=segreto, testo=segreto, ambito_id=ambito.id, riferimento=riferimento)
    sessione.flush()
    scritta = sessione.scalars(select(outbox.Messaggio).order_by(outbox.Messaggio.id.desc()).limit(1)).one()
    scritta.tentativi = outbox.MASSIMO_TENTATIVI
    return int(scritta.id)


def _dette(ambito: Ambito, segreto: str, oggetto: Any) -> int:
    """A letter about that row (its id), and an event that tells of it, with scores too where there could be any."""
    audit.registra("proposte.prova", oggetto, attore=None, dettagli={"da": segreto})
    audit.registra("valutazione.prova", oggetto, attore=None, dettagli={"da": segreto, "punti": {"1": "segreto-punti"}})
    return _lettera(ambito, oggetto, segreto)


def _avvisi(ambito: Ambito, scheda: Scheda, luogo: Any) -> tuple[Avviso, Avviso, Avviso]:
    ieri = adesso() - timedelta(days=1)
    bozza = fabbrica.avviso(ambito, stato=StatoAvviso.BOZZA, slug=f"avviso-riservato-{ambito.slug}", titolo="segreto-avviso")
    aperto = fabbrica.avviso(ambito, scheda_id=scheda.id)
    chiuso = fabbrica.avviso(ambito, stato=StatoAvviso.CHIUSO, termine=ieri)
    concluso = fabbrica.avviso(ambito, stato=StatoAvviso.ESITO_PUBBLICATO, termine=ieri, scheda_id=scheda.id)
    luogo.bozza, luogo.bozza_id = bozza.slug, bozza.id
    luogo.aperto, luogo.aperto_id = aperto.slug, aperto.id
    luogo.chiuso, luogo.chiuso_id, luogo.concluso = chiuso.slug, chiuso.id, concluso.slug
    return aperto, chiuso, concluso


def _con_file(app: Any, proposta: Proposta) -> None:
    """The file of the proposal, really stored."""
    oggetto = app.extensions["deposito"].put(io.BytesIO(CONTENUTO), limite=None)
    allegato = proposta.allegati[0]
    allegato.chiave, allegato.dimensione, allegato.sha256 = oggetto.chiave, oggetto.dimensione, oggetto.sha256


def _proposta_in_bozza(app: Any, aperto: Avviso, ente: Ente, autore: Utente, luogo: Any) -> Proposta:
    bozza = fabbrica.proposta(aperto, ente, autore)
    bozza.titolo = "segreto-bozza"
    bozza.sezioni[0].testo = "segreto-bozza"
    _con_file(app, bozza)
    luogo.proposta_bozza, luogo.voce = bozza.id, bozza.voci[0].id
    luogo.documento, luogo.allegato_bozza = bozza.allegati[0].documento_id, bozza.allegati[0].id
    return bozza


def _in_valutazione(app: Any, chiuso: Avviso, enti: list[Ente], persone: dict[str, Utente], luogo: Any) -> None:
    """Two admitted proposals before a commission at work, in which one commissioner works for a body that applied."""
    autore, quando = persone["rappresentante"], adesso() - timedelta(days=2)
    ammesse = [
        fabbrica.proposta(
            chiuso, ente, autore, stato=StatoProposta.AMMESSA, presentata_il=quando, rilevazione_id=ente.rilevazioni[0].id
        )
        for ente in (enti[0], enti[2])
    ]
    prima = ammesse[0]
    prima.titolo = prima.sezioni[0].testo = "segreto-inviata"
    _con_file(app, prima)
    comune = {"ambito_id": chiuso.ambito_id}
    salva(
        Ammissibilita(
            proposta_id=prima.id, ammessa=True, motivo="", decisa_il=adesso(), decisa_da=persone["operatore"].id, **comune
        )
    )
    commissione = salva(
        Commissione(
            avviso_id=chiuso.id,
            atto="Determinazione di prova",
            stato=StatoCommissione.AL_LAVORO,
            nominata_il=adesso(),
            **comune,
        )
    )
    membri = [
        salva(
            Membro(
                commissione_id=commissione.id, utente_id=persone[chi].id, ruolo=ruolo,
                dichiarazione=StatoDichiarazione.ASSENZA, dichiarata_il=adesso(), conflitto_nota="", **comune,
            )
        )
        for chi, ruolo in (("commissario", RuoloMembro.PRESIDENTE), ("in_conflitto", RuoloMembro.COMPONENTE))
    ]  # fmt: skip
    salva(
        Punteggio(
            membro_id=membri[0].id, proposta_id=prima.id, criterio_id=chiuso.criteri[0].id, punti=Decimal(50),
            motivazione="segreto-punteggio", scritto_il=adesso(), **comune,
        )
    )  # fmt: skip
    luogo.ammessa, luogo.allegato_ammessa, luogo.membro = prima.id, prima.allegati[0].id, membri[0].id


def _conclusa(concluso: Avviso, enti: list[Ente], persone: dict[str, Utente], riga: RigaBilancio, luogo: Any) -> None:
    """A published outcome: the first proposal has a project with all its money bound, the second waits for one."""
    autore, ora, comune = persone["rappresentante"], adesso(), {"ambito_id": concluso.ambito_id}
    opera = persone["operatore"].id
    scelte = [
        fabbrica.proposta(concluso, ente, autore, stato=StatoProposta.SELEZIONATA, presentata_il=ora - timedelta(days=2))
        for ente in enti[:2]
    ]
    salva(
        Esito(
            avviso_id=concluso.id,
            atto="Determinazione di prova",
            pubblicato_il=ora,
            pubblicato_da=opera,
            impronta="a" * 64,
            **comune,
        )
    )
    for posto, proposta in enumerate(scelte, 1):
        salva(
            RigaEsito(
                avviso_id=concluso.id, proposta_id=proposta.id, posizione=posto, punti=Decimal(80),
                esito=EsitoProposta.SELEZIONATA, contributo=Decimal(40000), **comune,
            )
        )  # fmt: skip
    progetto = salva(
        Progetto(
            slug=f"progetto-{concluso.id}", proposta_id=scelte[0].id, ente_id=enti[0].id, titolo="Progetto di prova",
            sintesi="Un progetto.", contributo=Decimal(40000), atto="Determinazione di prova",
            approvato_il=date(2026, 1, 10), stato=StatoProgetto.DA_LEGARE, creato_il=ora, attivo_il=None, **comune,
        )
    )  # fmt: skip
    impegno = salva(
        Impegno(
            progetto_id=progetto.id, riga_id=riga.id, importo=Decimal(40000), residuo_prima=riga.importo,
            sforamento_motivo=None, sforamento_da=None, creato_il=ora, creato_da=opera, **comune,
        )
    )  # fmt: skip
    luogo.da_creare, luogo.progetto, luogo.impegno = scelte[1].id, progetto.slug, impegno.id


def _guida(ambito: Ambito, scheda: Scheda, luogo: Any) -> None:
    pubblica = guide.servizio(ambito, f"servizio-{ambito.slug}", scheda_id=scheda.id)
    bozza = guide.servizio(ambito, f"guida-riservata-{ambito.slug}", pubblicato=False, titolo="segreto-guida")
    comune = sessione.scalars(select(Comune).where(Comune.ambito_id == ambito.id)).first()
    assert comune is not None
    _righe_della_guida(pubblica, comune)
    luogo.servizio, luogo.servizio_bozza = pubblica.slug, bozza.slug


def _organi(app: Any, ambito: Ambito, persone: dict[str, Utente], luogo: Any) -> None:
    """A body that is at work, with somebody on its seat, and one that is not any more."""
    siede = persone["componente" if ambito.slug == "qui" else "altro_ufficio"].id
    cabina = organi.organo(ambito, f"cabina-{ambito.slug}", compiti="Fa proposte.")
    posto = organi.seggio(cabina)
    mandato = organi.nomina(posto, utente_id=siede)
    spento = organi.organo(ambito, f"spento-{ambito.slug}", nome="segreto-organo", attivo=False)
    sessione.flush()
    luogo.organo, luogo.organo_spento = cabina.slug, spento.slug
    luogo.posto, luogo.mandato = posto.ordine, mandato.id
    _sedute(cabina, luogo)
    _di_chi_e_convocato(app, cabina, siede, luogo)
    _assenze(ambito, luogo)


def _assenze(ambito: Ambito, luogo: Any) -> None:
    """A body whose first seat has missed the only sitting held: one is enough there; the third had a reason."""
    severo = organi.organo(ambito, f"severo-{ambito.slug}", assenze_massime=1, quorum_teste=NomeSoglia.UN_TERZO)
    for n in (1, 2, 3):
        organi.nomina(organi.seggio(severo, f"Posto {n}", presiede=n == 2))
    with clocks.alle(riunioni.ORE_15):
        tenuta = riunioni.aperta(severo, (2,), "Un punto")
        riunioni.banco.chiudi_punto(tenuta.punti[0], esito=StatoPunto.RINVIATO, attore=None)
        riunioni.banco.chiudi(tenuta, ora=adesso(), attore=None)
        assente = next(c.seggio_id for c in tenuta.convocati if c.seggio.ordine == 3)
        assenze.giustifica(tenuta, seggio_id=assente, motivo="segreto-assenza", attore=None)
    sessione.flush()
    luogo.organo_assenze, luogo.seduta_assenze = severo.slug, tenuta.numero


def _sedute(organo: Any, luogo: Any) -> None:
    """A sitting that is open, with a row of everything; one being prepared; one whose minute-taker alone reads the notes."""
    with clocks.alle(riunioni.ORE_15):
        aperta = riunioni.aperta(organo, (1,), "Il piano", "Il bilancio", collegamento="https://segreto-sala.example")
        punto = riunioni.in_discussione(aperta)
        riunioni.scrive(punto, "segreto-discussione")
        riunioni.vota(punto, riunioni.Modo.NOMI, nomi={aperta.convocati[0].seggio_id: Voto.FAVOREVOLE}, decisione="Si fa.")
        riunioni.banco.chiudi_punto(punto, esito=StatoPunto.TRATTATO, attore=None)
        bilancio = riunioni.in_discussione(aperta, 1)
        da_fare = riunioni.banco.da_fare(bilancio, cosa="Scrivere", chi="Ufficio", entro=None, attore=None)
        riunioni.banco.invita(aperta, chi="Stampa", classe=Classe.ALTRO, attore=None)
        sessione.flush()
        luogo.seduta, luogo.punto, luogo.azione = aperta.numero, bilancio.id, da_fare.id
        luogo.convocato, luogo.movimento = aperta.convocati[0].id, aperta.movimenti[0].id
    bozza = riunioni.bozza(organo, "segreto-seduta")
    sessione.flush()
    luogo.seduta_bozza, luogo.punto_bozza = bozza.numero, bozza.punti[0].id
    salva(ConflittoPunto(ambito_id=organo.ambito_id, punto_id=bilancio.id, seggio_id=aperta.convocati[0].seggio_id,
                         motivo="segreto-conflitto", dalle=adesso()))  # fmt: skip


def _verbali(app: Any, ambito: Ambito, persone: dict[str, Utente], luogo: Any) -> None:
    """A published minute, whose copy leaves words out; one that its members are reading, with a remark to answer."""
    organo, posti = organi.organo(ambito, f"verbali-{ambito.slug}"), (1, 2)
    for n in posti:
        organi.nomina(organi.seggio(organo, f"Comune {n}", presiede=n == 1))
    detto = "Parla segreto-omesso."
    pubblico = verbali.pubblicato(organo, app.extensions["deposito"], "segreto-omesso", posti=posti, discussione=detto)
    luogo.verbalizzato, luogo.verbale, luogo.omissis = organo.slug, pubblico.seduta.numero, pubblico.omissis[0].id
    bozza = verbali.in_revisione(organo, posti=posti, discussione="segreto-verbale")
    if ambito.slug == "qui":
        bozza.seduta.convocati[0].utente_id = persone["componente"].id
    osservazione = verbali.testi.osserva(
        bozza, seggio_id=bozza.seduta.convocati[1].seggio_id, testo="segreto-osservazione", attore=None, dall_ufficio=True
    )
    salva(Rettifica(ambito_id=ambito.id, verbale_id=pubblico.id, testo="Leggi: otto.", scritta_il=adesso(),
                    decisione_id=pubblico.seduta.punti[0].decisioni[0].id))  # fmt: skip
    luogo.in_revisione, luogo.parte, luogo.osservazione = bozza.seduta.numero, bozza.parti[1].id, osservazione.id


def _di_chi_e_convocato(app: Any, organo: Any, siede: int, luogo: Any) -> None:
    """Papers of an item, one for everyone and one that is not, and an item that who has the seat asked for."""
    seduta = riunioni.queries.intera(organo.slug, luogo.seduta)
    assert seduta is not None
    bilancio = next(p for p in seduta.punti if p.id == luogo.punto)
    aperta = riunioni.documento(bilancio, app, "Relazione", riservato=False, contenuto=b"%PDF-1.4 aperta")
    chiusa = riunioni.documento(bilancio, app, "segreto-carta")
    chiede = sessione.get_one(Utente, siede)
    proposto = riunioni.proposto(chiede, seduta.convocati[0].seggio_id, "segreto-proposto")
    sessione.flush()
    luogo.carta, luogo.carta_riservata, luogo.proposto = aperta.id, chiusa.id, proposto.id


def _rete(ambito: Ambito, enti: list[Ente], luogo: Any) -> None:
    """The first ente is in the Rete, the second has asked, the third was refused: only it and the office read why."""
    categoria = rete.categoria(ambito, f"Categoria di {ambito.slug}")
    membro = rete.adesione(categoria, enti[0], StatoAdesione.AMMESSA, presentazione="segreto-adesione")
    persona = rete.rappresentante(membro, nome="segreto-nome")
    elezione, elettore, candidata = rete.elezione(membro, f"elezione-{ambito.slug}")
    luogo.elezione, luogo.elettore, luogo.candidata = elezione.slug, elettore.id, candidata.id
    chiesta = rete.adesione(categoria, enti[1], StatoAdesione.RICHIESTA)
    rete.adesione(categoria, enti[2], StatoAdesione.RESPINTA, motivo="segreto-rifiuto")
    luogo.categoria, luogo.membro_rete, luogo.chiesta, luogo.persona_rete = categoria.id, membro.id, chiesta.id, persona.id


def _tavoli(ambito: Ambito, enti: list[Ente], scheda: Scheda, avviso: Avviso, luogo: Any) -> None:
    """An open tavolo with something of each ente and of a citizen, one that gave back, a percorso being prepared."""
    di = tavoli.percorso(ambito, f"percorso-{ambito.slug}")
    aperto = tavoli.tavolo(di, f"tavolo-{ambito.slug}", restituzione="segreto-restituzione")
    giorno = tavoli.incontro(aperto, date(2026, 12, 1))
    chiesta = tavoli.partecipazione(aperto, enti[0], perche="segreto-partecipa")
    bozza = tavoli.contributo(aperto, enti[0], StatoContributo.BOZZA, bisogno="segreto-contributo")
    mandato = tavoli.contributo(aperto, enti[0], bisogno="segreto-mandato")
    cittadino = tavoli.contributo(aperto, None, StatoContributo.DA_CONFERMARE, bisogno="Mancano autobus")
    tavoli.mittente(cittadino, f"{GETTONE}-{ambito.slug}", email="segreto-cittadino@prova.example")
    tavoli.partecipazione(aperto, enti[1], StatoPartecipazione.AMMESSA)
    pensata = tavoli.priorita(aperto, contributi=(mandato,), numero=1, titolo="segreto-priorita")
    finito = tavoli.tavolo(di, f"finito-{ambito.slug}", stato=StatoTavolo.RESTITUITO, restituzione="Il tavolo chiede.")
    risposto = tavoli.contributo(finito, enti[0], StatoContributo.RISPOSTO)
    detta = tavoli.priorita(finito, contributi=(risposto,), schede=(scheda,), numero=1)
    salva(AvvisoPriorita(ambito_id=ambito.id, avviso_id=avviso.id, priorita_id=detta.id))
    preparato = tavoli.percorso(ambito, f"percorso-bozza-{ambito.slug}", bozza=True, titolo="segreto-percorso")
    nascosto = tavoli.tavolo(preparato, f"tavolo-bozza-{ambito.slug}", titolo="segreto-percorso")
    luogo.percorso, luogo.percorso_bozza, luogo.tavolo, luogo.tavolo_bozza = (
        di.slug,
        preparato.slug,
        aperto.slug,
        nascosto.slug,
    )
    luogo.tavolo_finito, luogo.tavolo_id, luogo.incontro, luogo.priorita = finito.slug, aperto.id, giorno.id, pensata.numero
    luogo.partecipazione, luogo.contributo_bozza, luogo.contributo_mandato = chiesta.id, bozza.id, mandato.id
    luogo.contributo_di_cittadino, luogo.gettone = cittadino.id, f"{GETTONE}-{ambito.slug}"


def _righe_della_guida(servizio: Servizio, comune: Comune) -> None:
    proprio = {"ambito_id": servizio.ambito_id, "servizio_id": servizio.id}
    salva(ServizioComune(comune_id=comune.id, **proprio))
    salva(Parere(chiarezza=3, testo="segreto-parere", lasciato_il=adesso(), **proprio))
    breve = dict.fromkeys(("breve_per_chi", "breve_costo", "breve_portare", "breve_urgenza"), "-")
    salva(Traduzione(lingua="en", titolo="Home care", descrizione="Somebody comes.", **breve, **proprio))


def _piano(ambito: Ambito, scheda: Scheda, luogo: Any) -> None:
    """A cycle that is still being prepared, and the rows that a sheet may have."""
    proprio = {"ambito_id": ambito.id}
    bozza = Ciclo(
        codice="2025-2027",
        titolo="segreto-piano",
        anno_da=2025,
        anno_a=2027,
        stato=StatoCiclo.IN_PREPARAZIONE,
        fonte="prova",
        **proprio,
    )
    luogo.ciclo_bozza = salva(bozza).codice
    salva(SchedaLivello(scheda_id=scheda.id, livello=Livello.LEPS, **proprio))
    salva(Intervento(scheda_id=scheda.id, ordine=1, denominazione="Intervento", riferimento="", **proprio))
    voce = {"tavola": "prova", "riga": "una", "colonna": "sola", "ordine": 1, "importo": Decimal(1), "conteggio": None}
    salva(VoceDichiarata(ciclo_id=scheda.ciclo_id, **voce, **proprio))


def _minute(ambito: Ambito, avviso: Avviso, bozza: Proposta) -> None:
    """The small rows that no other builder makes."""
    proprio = {"ambito_id": ambito.id}
    comune = sessione.scalars(select(Comune).where(Comune.ambito_id == ambito.id)).first()
    assert comune is not None
    salva(Popolazione(comune_id=comune.id, anno=2021, classe="65+", abitanti=100, **proprio))
    salva(Festivita(giorno=date(2026, 5, 10), nome="Patrono", **proprio))
    salva(Impostazione(chiave="guida_mesi", valore="12", **proprio))
    salva(Numeratore(registro="prova", anno=2026, ultimo=1, **proprio))
    salva(LottoProposto(proposta_id=bozza.id, lotto_id=avviso.lotti[0].id, **proprio))
