"""Appointing a commission, its declarations, replacing who may not sit (domain.md 1.8).

The act of appointment is of the organ that signs it: here it is written down. A conflict found by roles counts
whatever a person declares; the person is replaced and, had they scored, their scores go (the register keeps them).
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from ... import access, audit, outbox
from ...ambiti.queries import impostazione_numero
from ...avvisi.models import Avviso, StatoAvviso
from ...clocks import adesso
from ...db import sessione
from ...errors import Conflitto, ErroreDominio, TransizioneNonAmmessa
from ...i18n import _, _l, in_italiano
from ...utenti.models import Utente
from ...vincoli import spiega
from ...workflow import advance
from .. import queries, rules
from ..models import Commissione, Membro, Punteggio, RuoloMembro, StatoCommissione, StatoDichiarazione
from ..permissions import P, Seggio
from ..workflow import COMMISSIONE

VINCOLI = {
    "uq_commissione_avviso_id": (None, _l("La commissione di questo avviso è già stata nominata.")),
    "uq_membro_commissione_id_utente_id": (None, _l("Questa persona è già nella commissione.")),
}


def nomina(avviso: Avviso, *, atto: str, presidente: int, componenti: Sequence[int], attore: Utente) -> Commissione:
    """Appoint the commission: ids of the president and of the other members, all commissioners of the Ambito.

    Raises ``ErroreDominio`` before the term, for a wrong number, for who is not a commissioner or has a conflict.
    """
    access.check(P.NOMINA, avviso, attore)
    if not rules.termine_passato(avviso.termine, adesso()) or avviso.stato in (
        StatoAvviso.ESITO_PUBBLICATO,
        StatoAvviso.REVOCATO,
    ):
        raise ErroreDominio(_("La commissione si nomina dopo la scadenza dell’avviso e prima dell’esito."))
    persone = [presidente, *componenti]
    _composizione(persone)
    candidabili = {c.utente_id: c for c in queries.candidabili(avviso)}
    for persona, campo in zip(persone, ["presidente", *["componenti"] * len(componenti)], strict=True):
        _senza_conflitti(candidabili.get(persona), campo)
    nuova = Commissione(avviso_id=avviso.id, atto=atto, stato=StatoCommissione.NOMINATA, nominata_il=adesso())
    nuova.membri = [_membro(p, RuoloMembro.PRESIDENTE if p == presidente else RuoloMembro.COMPONENTE) for p in persone]
    with spiega(VINCOLI):
        sessione.add(nuova)
    audit.registra("valutazione.nomina", nuova, attore=attore, dettagli={"avviso": avviso.id, "membri": persone})
    _chiedi_dichiarazioni(avviso, persone)
    return nuova


def _composizione(persone: Sequence[int]) -> None:
    previsti = impostazione_numero("commissione_componenti")
    if len(set(persone)) != len(persone):
        raise ErroreDominio(_("Il presidente non può essere anche fra gli altri componenti."), "componenti")
    difetto = rules.difetto_composizione(len(persone), 1, previsti)
    if difetto is not None:
        raise ErroreDominio(
            _(
                "La commissione ha %(previsti)s componenti, presidente compreso: ne hai scelti %(n)s.",
                previsti=previsti,
                n=len(persone),
            ),
            "componenti",
        )


def _senza_conflitti(persona: queries.Candidabile | None, campo: str) -> None:
    if persona is None:
        raise ErroreDominio(_("Scegli fra i commissari dell’Ambito."), campo)
    if persona.conflitti:
        raise ErroreDominio(
            _(
                "%(nome)s ha un ruolo in %(enti)s, che ha presentato una proposta: non può far parte della commissione.",
                nome=persona.nome,
                enti=", ".join(persona.conflitti),
            ),
            campo,
        )


def _membro(utente_id: int, ruolo: RuoloMembro) -> Membro:
    return Membro(utente_id=utente_id, ruolo=ruolo, dichiarazione=StatoDichiarazione.DA_RENDERE, conflitto_nota="")


def _chiedi_dichiarazioni(avviso: Avviso, persone: Sequence[int]) -> None:
    indirizzi = sessione.scalars(select(Utente.email).where(Utente.id.in_(persone))).all()
    with in_italiano():
        outbox.accoda(
            a=indirizzi,
            oggetto=_("Commissione per «%(titolo)s»: serve la tua dichiarazione", titolo=avviso.titolo),
            testo=_(
                "Fai parte della commissione che valuta le proposte per «%(titolo)s».\n\n"
                "Prima di leggere le proposte ogni componente dichiara se ha conflitti di interesse "
                "(art. 6-bis della legge 241/1990). Entra nel portale e apri «Le tue commissioni».",
                titolo=avviso.titolo,
            ),
            ambito_id=avviso.ambito_id,
            riferimento=avviso,
        )


def dichiara(seggio: Seggio, *, assenza: bool, nota: str, attore: Utente) -> StatoDichiarazione:
    """Make one's declaration; the last one without conflicts lets the commission start. Returns what was recorded.

    A role in an ente that applied is recorded as a conflict even when the person declares that there is none.
    Raises ``TransizioneNonAmmessa`` when it was made already, ``ErroreDominio`` on ``nota`` for a conflict unexplained.
    """
    access.check(P.DICHIARA, seggio, attore)
    commissione = _bloccata(seggio.commissione.id)
    membro = next((m for m in commissione.membri if m.id == seggio.membro.id), None)
    if membro is None or membro.dichiarazione != StatoDichiarazione.DA_RENDERE:
        raise TransizioneNonAmmessa(_("La tua dichiarazione è già registrata."))
    per_ruolo = rules.in_conflitto(attore.enti_ids(), seggio.enti)
    if not assenza and not nota.strip():
        raise ErroreDominio(_("Scrivi con quale ente e perché."), "nota")
    in_conflitto = bool(per_ruolo) or not assenza
    membro.dichiarazione = StatoDichiarazione.CONFLITTO if in_conflitto else StatoDichiarazione.ASSENZA
    membro.dichiarata_il = adesso()
    membro.conflitto_nota = _nota(seggio, per_ruolo, nota) if in_conflitto else ""
    audit.registra(
        "valutazione.dichiara",
        membro,
        attore=attore,
        dettagli={"dichiarata": "assenza" if assenza else "conflitto", "registrata": membro.dichiarazione},
    )
    if all(m.dichiarazione == StatoDichiarazione.ASSENZA for m in commissione.membri):
        _avvia(commissione, seggio.avviso, attore)
    return membro.dichiarazione


def _nota(seggio: Seggio, per_ruolo: frozenset[int], nota: str) -> str:
    nomi = queries.enti_concorrenti(seggio.avviso.id)
    motivi = [_("Ha un ruolo in %(ente)s.", ente=nomi[e]) for e in sorted(per_ruolo)]
    return " ".join([*motivi, nota.strip()]).strip()


def _avvia(commissione: Commissione, avviso: Avviso, attore: Utente) -> None:
    advance(commissione, COMMISSIONE, "avvia", attore=attore)
    with in_italiano():
        outbox.accoda(
            a=queries.indirizzi_dei_membri(commissione.id),
            oggetto=_("Commissione per «%(titolo)s»: puoi leggere le proposte", titolo=avviso.titolo),
            testo=_(
                "Tutte le dichiarazioni ci sono. Entra nel portale e apri «Le tue commissioni»: "
                "per ogni proposta dai i punti a ciascun criterio e scrivi perché."
            ),
            ambito_id=commissione.ambito_id,
            riferimento=commissione,
        )


def sostituisci(membro: Membro, *, con: int, motivo: str, attore: Utente) -> Membro:
    """Put another commissioner in a seat, with the same office in the commission. Needs ``membro.commissione.avviso``.

    The scores of who leaves are deleted (the register keeps them) and the commission waits for the new declaration.
    Raises ``ErroreDominio`` for who may not sit or without a reason, ``TransizioneNonAmmessa`` once it has ended.
    """
    avviso = membro.commissione.avviso
    access.check(P.NOMINA, avviso, attore)
    if not motivo.strip():
        raise ErroreDominio(_("Scrivi perché e con quale atto."), "motivo")
    commissione = _bloccata(membro.commissione_id)
    if commissione.stato == StatoCommissione.CONCLUSA:
        raise TransizioneNonAmmessa(_("I lavori della commissione sono conclusi."))
    if any(m.utente_id == con for m in commissione.membri):
        raise ErroreDominio(_("Questa persona è già nella commissione."), "con")
    _senza_conflitti({c.utente_id: c for c in queries.candidabili(avviso)}.get(con), "con")
    if commissione.stato == StatoCommissione.AL_LAVORO:
        advance(commissione, COMMISSIONE, "ferma", attore=attore)
    _annota_uscita(membro, con, motivo.strip(), attore)
    sessione.execute(delete(Punteggio).where(Punteggio.membro_id == membro.id))
    nuovo = _membro(con, membro.ruolo)
    with spiega(VINCOLI):
        commissione.membri.remove(membro)
        commissione.membri.append(nuovo)
    _chiedi_dichiarazioni(avviso, [con])
    return nuovo


def _annota_uscita(membro: Membro, con: int, motivo: str, attore: Utente) -> None:
    """Who leaves, who comes, why, and the scores that go: what the register keeps."""
    audit.registra(
        "valutazione.sostituisci",
        membro,
        attore=attore,
        dettagli={
            "esce": membro.utente_id,
            "entra": con,
            "motivo": motivo,
            "punteggi": queries.punteggi_di_membro(membro.id),
        },
    )


def _bloccata(commissione_id: int) -> Commissione:
    """The commission, held until the transaction ends: declarations, scores and outcome never overlap."""
    commissione = queries.commissione_bloccata(commissione_id)
    if commissione is None:
        raise Conflitto(_("La commissione è cambiata: ricarica la pagina."))
    return commissione
