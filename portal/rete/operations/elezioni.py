"""Electing who speaks for the Third Sector: the roll is frozen, one stands, one votes in secret, the office counts.

Audit inside; never commits. The register says that a ballot was cast and by whom, never what is on it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from secrets import SystemRandom, token_hex

from sqlalchemy import delete, insert, select

from ... import access, audit
from ...clocks import adesso, oggi
from ...db import sessione
from ...errors import ErroreDominio, FuoriTermine, TransizioneNonAmmessa
from ...i18n import _, _l, in_italiano
from ...organi import operations as organi
from ...organi.models import Fine, Mandato, Seggio
from ...slugs import fai_slug
from ...utenti.models import Utente
from ...vincoli import spiega
from ...workflow import advance
from ..models import Candidatura, Elettore, Elezione, EsitoCandidatura, Parita, Preferenza, SchedaVoto, StatoElezione
from ..permissions import P
from ..queries import elezioni as queries
from ..rules import elezioni as rules
from ..rules.elezioni import Fase
from ..workflow import ELEZIONE

SENZA_RILEGGERE = {"synchronize_session": False}
VINCOLI = {"uq_candidatura_elezione_id_ente_id": (None, _l("L’ente è già candidato a questa elezione."))}


@dataclass(frozen=True)
class DatiElezione:
    """How an election is held; instants aware, ``mandato_al`` the last day of who is elected."""

    titolo: str
    seggi: int
    preferenze: int
    parita: Parita
    elettorato_al: date
    candidature_entro: datetime
    voto_dal: datetime
    voto_al: datetime
    mandato_al: date


def _controlla(dati: DatiElezione) -> None:
    if dati.preferenze > dati.seggi:
        raise ErroreDominio(_("Le preferenze non possono essere più dei posti."), "preferenze")
    if dati.elettorato_al > oggi():
        raise ErroreDominio(_("Il registro di un giorno che deve venire non c’è ancora."), "elettorato_al")
    if dati.candidature_entro <= adesso():
        raise ErroreDominio(_("Il termine per candidarsi è già passato."), "candidature_entro")
    if dati.voto_dal < dati.candidature_entro:
        raise ErroreDominio(_("Si vota dopo che le candidature sono chiuse."), "voto_dal")
    if dati.voto_al <= dati.voto_dal:
        raise ErroreDominio(_("Il voto finisce prima di cominciare."), "voto_al")
    if dati.mandato_al <= oggi():
        raise ErroreDominio(_("Il mandato finisce prima di cominciare."), "mandato_al")


def indici(*, ambito_id: int, dati: DatiElezione, attore: Utente | None) -> Elezione:
    """Call an election and freeze who votes: the register of ``elettorato_al``, one vote for each ente.

    Raises ``ErroreDominio`` on terms that cannot be, or when nobody is in the Rete that day.
    """
    _controlla(dati)
    iscritti = queries.iscritti_al(dati.elettorato_al)
    if not iscritti:
        raise ErroreDominio(_("In quel giorno nella Rete non c’era nessuno."), "elettorato_al")
    slug = fai_slug(dati.titolo, queries.slug_usati(fai_slug(dati.titolo)[:30]))
    nuova = Elezione(
        ambito_id=ambito_id, slug=slug, stato=StatoElezione.INDETTA, indetta_il=adesso(), motivo="", **dati.__dict__
    )
    sessione.add(nuova)
    sessione.flush()  # the roll needs its id
    sessione.add_all(
        Elettore(ambito_id=ambito_id, elezione_id=nuova.id, adesione_id=a, ente_id=e, ha_votato=False) for a, e in iscritti
    )
    audit.registra("rete.indici", nuova, attore=attore, dettagli={"elettori": len(iscritti)})
    return nuova


def _fase(elezione: Elezione, ora: datetime) -> Fase:
    return rules.fase(elezione.stato, elezione.candidature_entro, elezione.voto_dal, elezione.voto_al, ora)


def candida(
    elettore: Elettore, *, presentazione: str, dichiara: bool, arrivo: datetime, attore: Utente | None
) -> Candidatura:
    """Stand for election. Needs election, ente and adhesion of ``elettore``; ``arrivo``: when the form reached us.

    Raises ``FuoriTermine`` after the term, ``ErroreDominio`` for who is no ETS, does not declare that it runs no service,
    or is found to run one.
    """
    if attore is not None:
        access.check(P.CANDIDA, elettore, attore)
    elezione = elettore.elezione
    if _fase(elezione, arrivo) != Fase.CANDIDATURE:
        raise FuoriTermine(_("Il termine per candidarsi è passato."))
    if motivo := rules.difetto_candidata(elettore.ente.tipo):
        raise ErroreDominio(motivo)
    if not dichiara:
        raise ErroreDominio(_("Per candidarsi serve la dichiarazione."), "dichiara")
    if motivo := queries.perche_gestore(elettore.ente_id):
        raise ErroreDominio(_("L’ente non si può candidare, perché gestisce servizi per l’Ambito: %(che)s.", che=motivo))
    with in_italiano():
        dichiarazione = str(rules.DICHIARAZIONE)
    nuova = Candidatura(
        ambito_id=elettore.ambito_id, elezione_id=elezione.id, ente_id=elettore.ente_id,
        ammessa_il=elettore.adesione.ammessa_il, presentazione=presentazione, dichiarazione=dichiarazione, resa_il=adesso(),
    )  # fmt: skip
    with spiega(VINCOLI):
        sessione.add(nuova)
    audit.registra("rete.candida", nuova, attore=attore, dettagli={"elezione": elezione.id, "ente": elettore.ente_id})
    return nuova


def vota(elettore: Elettore, *, preferenze: Collection[int], arrivo: datetime, attore: Utente | None) -> None:
    """Cast the ente's ballot, blank without preferences. Needs election with candidates, adhesion with representatives.

    Raises ``FuoriTermine`` outside the hours of the vote, ``TransizioneNonAmmessa`` for a second ballot (the first one
    counts), ``ErroreDominio`` for too many preferences or for somebody who does not stand.
    """
    if attore is not None:
        access.check(P.VOTA, elettore, attore)
    elezione = elettore.elezione
    ancora = queries.blocca_elezione(elezione.id) == StatoElezione.INDETTA
    if not ancora or _fase(elezione, arrivo) != Fase.VOTO:
        raise FuoriTermine(_("Adesso non si vota."))
    if queries.ha_votato(elettore.id):
        raise TransizioneNonAmmessa(_("L’ente ha già votato: vale il primo voto, e questo non si conta."))
    difetto = rules.difetto_scheda(preferenze, {c.id for c in elezione.candidature}, elezione.preferenze)
    if difetto == "troppe":
        raise ErroreDominio(_("Puoi scegliere al massimo %(n)s enti.", n=elezione.preferenze), "preferenze")
    if difetto is not None:
        raise ErroreDominio(_("Uno degli enti scelti non è candidato."), "preferenze")
    elettore.ha_votato = True
    _nell_urna(elezione, sorted(set(preferenze)))
    audit.registra("rete.vota", elettore, attore=attore, riservata=True)


def _nell_urna(elezione: Elezione, preferenze: list[int]) -> None:
    """Put a ballot among the others: all of them are written again, with new keys, in an order drawn by lot.

    A database keeps traces of its own: PostgreSQL, for each row, which transaction wrote it and where in the file. Beside
    the register, which says when each ente voted, the ballots left as they came would tell whose they are. So all those
    of an election bear the transaction of its last vote, and no order. The election must be held.
    """
    schede = [*queries.schede(elezione.id), preferenze]
    SystemRandom().shuffle(schede)
    nell_urna = select(SchedaVoto.id).where(SchedaVoto.elezione_id == elezione.id)
    sessione.execute(delete(Preferenza).where(Preferenza.scheda_id.in_(nell_urna)), execution_options=SENZA_RILEGGERE)
    sessione.execute(delete(SchedaVoto).where(SchedaVoto.elezione_id == elezione.id), execution_options=SENZA_RILEGGERE)
    chiavi = [token_hex(16) for _scheda in schede]
    dove = {"ambito_id": elezione.ambito_id}
    sessione.execute(insert(SchedaVoto), [{"id": chiave, "elezione_id": elezione.id, **dove} for chiave in chiavi])
    nomi = [
        {"id": token_hex(16), "scheda_id": chiave, "candidatura_id": candidata, **dove}
        for chiave, scheda in zip(chiavi, schede, strict=True)
        for candidata in scheda
    ]
    if nomi:
        sessione.execute(insert(Preferenza), nomi)


def scrutina(elezione: Elezione, *, attore: Utente | None) -> None:
    """Count, draw lots, say who is elected. Needs the candidates with their enti.

    Whoever runs services by now is not elected, though it has the votes. Raises ``ErroreDominio`` before the vote is over.
    """
    queries.blocca_elezione(elezione.id)
    conti, bianche = queries.voti(elezione.id), queries.bianche(elezione.id)
    gestori = {c.id for c in elezione.candidature if queries.perche_gestore(c.ente_id)}
    advance(elezione, ELEZIONE, "scrutina", attore=attore, dettagli={"bianche": bianche})
    elezione.bianche = bianche
    numeri = SystemRandom().sample(range(1, len(elezione.candidature) + 1), len(elezione.candidature))
    righe = {c.id: c for c in elezione.candidature}
    contati = [
        rules.Candidato(c.id, conti.get(c.id, 0), c.ammessa_il, n) for c, n in zip(elezione.candidature, numeri, strict=True)
    ]
    ordinati = rules.in_ordine(contati, elezione.parita)
    eletti = rules.eletti(ordinati, elezione.seggi, gestori)
    for posto, contato in enumerate(ordinati, 1):
        riga = righe[contato.chi]
        riga.voti, riga.posto, riga.sorte = contato.voti, posto, contato.sorte
        riga.gestore_dal = oggi() if riga.id in gestori else None
        riga.esito = EsitoCandidatura.ELETTA if riga.id in eletti else EsitoCandidatura.NON_ELETTA


def annulla(elezione: Elezione, *, motivo: str, attore: Utente | None) -> None:
    """Call the election off, with a reason that everyone reads; the ballots are never counted."""
    if not motivo:
        raise ErroreDominio(_("Scrivi perché l’elezione è annullata."), "motivo")
    advance(elezione, ELEZIONE, "annulla", attore=attore)
    elezione.motivo = motivo


def ricontrolla(ente_id: int, *, attore: Utente | None) -> list[Candidatura]:
    """An agreement with that ente has become active: its seats, if any, are to be declared forfeited (domain.md 3.2)."""
    segnate = [c for c in queries.in_carica(ente_id, oggi()) if c.gestore_dal is None]
    for candidatura in segnate:
        candidatura.gestore_dal = oggi()
        audit.registra("rete.segna_decadenza", candidatura, attore=attore, dettagli={"ente": ente_id})
    return segnate


def _rileggi(candidatura: Candidatura) -> None:
    """Once the election is held: somebody else may have put her on a seat meanwhile, or taken it away."""
    prima = candidatura.mandato_id
    sessione.refresh(candidatura, ["esito", "gestore_dal", "mandato_id"])
    if candidatura.mandato_id != prima:
        raise TransizioneNonAmmessa(_("Qualcuno l’ha già fatto, o la pagina non è aggiornata: ricaricala."))
    if candidatura.mandato is not None:
        sessione.refresh(candidatura.mandato, ["fine", "al"])


def dichiara_decadenza(candidatura: Candidatura, *, atto: str, attore: Utente | None) -> Candidatura | None:
    """Take the seat away by an act and give it to the next unelected, if there is one, who is returned.

    The mandate on a seat of a body, if it goes on, ends today. Needs ``mandato``. Raises ``TransizioneNonAmmessa`` for who
    holds no seat to be taken away, ``ErroreDominio`` without an act.
    """
    if attore is not None:
        access.check(P.ELEGGI, candidatura, attore)
    if not atto:
        raise ErroreDominio(_("Scrivi con quale atto."), "atto")
    queries.blocca_elezione(candidatura.elezione_id)
    _rileggi(candidatura)
    if not queries.da_lasciare(candidatura):
        raise TransizioneNonAmmessa(_("Per questo posto non c’è una decadenza da dichiarare."))
    mandato, giorno = candidatura.mandato, oggi()
    if mandato is not None and mandato.fine is None and (mandato.al is None or mandato.al >= giorno):
        organi.cessa(mandato, al=max(giorno, mandato.dal), fine=Fine.DECADENZA, atto=atto, attore=attore)
    subentra = queries.prossima(candidatura.elezione_id)
    candidatura.esito, candidatura.decaduta_il, candidatura.atto = EsitoCandidatura.DECADUTA, oggi(), atto
    if subentra is not None:
        subentra.esito = EsitoCandidatura.ELETTA
    chi = subentra.ente_id if subentra else None
    audit.registra("rete.dichiara_decadenza", candidatura, attore=attore, dettagli={"atto": atto, "subentra": chi})
    return subentra


def insedia(candidatura: Candidatura, *, seggio: Seggio, dal: date, atto: str, attore: Utente | None) -> Mandato:
    """Put an elected ente on a seat of a body, until the election's last day. Needs ente, election and ``mandato``.

    Raises ``TransizioneNonAmmessa`` for who is not elected or sits already, ``ErroreDominio`` without an act, on a day after
    the last one, on a seat that is not free.
    """
    if attore is not None:
        access.check(P.ELEGGI, candidatura, attore)
    queries.blocca_elezione(candidatura.elezione_id)
    _rileggi(candidatura)
    if candidatura.esito != EsitoCandidatura.ELETTA or candidatura.mandato_id is not None:
        raise TransizioneNonAmmessa(_("Quest’ente non è fra gli eletti che aspettano un posto."))
    if not atto:
        raise ErroreDominio(_("Scrivi con quale atto."), "atto")
    if dal > candidatura.elezione.mandato_al:
        raise ErroreDominio(_("Il mandato di chi è eletto finisce prima."), "dal")
    with in_italiano():
        qualita = str(_("Rappresentante eletto dalla Rete"))
    mandato = organi.nomina(
        seggio, nome=candidatura.ente.denominazione[:300], qualita=qualita, atto=atto, dal=dal,
        al=candidatura.elezione.mandato_al, utente_id=queries.parla_per(candidatura.ente_id, oggi()), attore=attore,
    )  # fmt: skip
    sessione.flush()  # the candidate points to its mandate
    candidatura.mandato_id = mandato.id
    audit.registra("rete.insedia", candidatura, attore=attore, dettagli={"seggio": seggio.id, "dal": dal.isoformat()})
    return mandato
