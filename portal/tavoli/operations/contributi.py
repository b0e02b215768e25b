"""Contributions of enti and citizens, and the office's answers. A citizen's address is thrown away in time."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ... import access, audit, outbox
from ...clocks import a_roma, adesso
from ...db import sessione
from ...enti.models import Ente
from ...errors import ErroreDominio, FuoriTermine, TroppiTentativi
from ...i18n import _, in_italiano
from ...tenancy import tutti_gli_ambiti
from ...utenti import queries as utenti
from ...utenti.models import Tentativo, Utente
from ...utenti.rules import attesa, nuovo_gettone
from ...workflow import advance
from .. import queries, rules
from ..models import Contributo, EsitoContributo, Mittente, StatoContributo, Tavolo
from ..permissions import P
from ..queries import ufficio
from ..workflow import CONTRIBUTO


@dataclass(frozen=True)
class Testi:
    """What a contribution says; only ``bisogno`` is asked for."""

    bisogno: str
    destinatari: str = ""
    proposta: str = ""
    risorse: str = ""


def scrivi_bozza(
    tavolo: Tavolo, ente: Ente, *, testi: Testi, attore: Utente | None, arrivo: datetime | None = None
) -> Contributo:
    """A draft of the ente, which nobody else reads. ``arrivo``: when the form reached us.

    Raises ``FuoriTermine`` after the term.
    """
    if motivo := rules.chiuso_ai_contributi(tavolo, rules.giorno_di(arrivo)):
        raise FuoriTermine(motivo)
    nuovo = Contributo(
        ambito_id=tavolo.ambito_id, tavolo=tavolo, tavolo_id=tavolo.id, ente=ente, ente_id=ente.id,
        stato=StatoContributo.BOZZA, creato_il=adesso(), creato_da=attore.id if attore else None, motivo="", **asdict(testi),
    )  # fmt: skip
    if attore is not None:
        access.check(P.SCRIVI, nuovo, attore)
    sessione.add(nuovo)
    sessione.flush()  # its id is the address of its page
    audit.registra("tavoli.scrivi_bozza", nuovo, attore=attore, dettagli={"ente": ente.id}, riservata=True)
    return nuovo


def cambia_bozza(contributo: Contributo, *, versione: int, testi: Testi, attore: Utente | None) -> None:
    """Change a draft, also after the term. Raises ``Conflitto``, or ``ErroreDominio`` once it was sent."""
    salvati = Testi(contributo.bisogno, contributo.destinatari, contributo.proposta, contributo.risorse)
    if contributo.stato != StatoContributo.BOZZA:
        raise ErroreDominio(_("Il contributo è già stato mandato: non si cambia più."))
    rules.stessa_versione(contributo.versione, versione, mio=_in_parole(testi), salvato=_in_parole(salvati))
    for campo, valore in asdict(testi).items():
        setattr(contributo, campo, valore)
    sessione.flush()  # a stale version must surface here
    audit.registra("tavoli.cambia_bozza", contributo, attore=attore, riservata=True)


def _in_parole(testi: Testi) -> dict[str, str]:
    nomi = (_("Bisogno"), _("Per chi"), _("Proposta"), _("Risorse"))
    return dict(zip(nomi, asdict(testi).values(), strict=True))


def invia(contributo: Contributo, *, attore: Utente | None, arrivo: datetime | None = None) -> None:
    """Send a draft to the office; ``arrivo``: when the form reached us. Needs ``tavolo.percorso``.

    Raises ``FuoriTermine``: the draft stays.
    """
    stato = ufficio.stato_bloccato(contributo.tavolo_id)
    if motivo := rules.chiuso_ai_contributi(contributo.tavolo, rules.giorno_di(arrivo), stato):
        raise FuoriTermine(motivo)
    momento = rules.momento(queries.giorni_incontri(contributo.tavolo_id), rules.giorno_di(arrivo))
    advance(contributo, CONTRIBUTO, "invia", attore=attore, dettagli={"ente": contributo.ente_id})
    contributo.momento = momento


def _conta_tentativo(email: str, indirizzo: str) -> None:
    """Count what comes from an address of mail and of the network, hashed as for the login. Raises ``TroppiTentativi``."""
    parole = (f"tavoli:email:{email}", f"tavoli:ip:{indirizzo}")
    chiavi = [hashlib.sha256(p.encode()).hexdigest() for p in parole]
    for chiave, limite in zip(chiavi, (rules.PER_EMAIL, rules.PER_INDIRIZZO), strict=True):
        if aspetta := attesa(utenti.falliti(chiave), limite, adesso()):
            minuti = -(-aspetta // 60)
            raise TroppiTentativi(_("Sono arrivati troppi contributi insieme: riprova fra %(n)s minuti.", n=minuti), aspetta)
    sessione.add_all(Tentativo(chiave=chiave, quando=adesso()) for chiave in chiavi)


def scrivi_da_cittadino(
    tavolo: Tavolo,
    *,
    testi: Testi,
    email: str,
    indirizzo: str,
    pagina: str,
    attore: Utente | None = None,
    arrivo: datetime | None = None,
) -> Contributo:
    """Keep what a citizen wrote until the link sent to ``email`` is followed. Needs ``tavolo.percorso``.

    ``indirizzo``: of the network; ``pagina``: the absolute address of the confirmation, with ``{gettone}`` in it.
    Raises ``FuoriTermine``, ``ErroreDominio`` where citizens are not asked, ``TroppiTentativi``.
    """
    if motivo := rules.chiuso_ai_contributi(tavolo, rules.giorno_di(arrivo)):
        raise FuoriTermine(motivo)
    if not tavolo.percorso.cittadini:
        raise FuoriTermine(_("In questo percorso scrivono solo gli enti."))
    email = email.strip().lower()
    _conta_tentativo(email, indirizzo)
    nuovo = Contributo(
        ambito_id=tavolo.ambito_id, tavolo=tavolo, tavolo_id=tavolo.id, ente=None, stato=StatoContributo.DA_CONFERMARE,
        creato_il=arrivo or adesso(), motivo="", **asdict(testi),
    )  # fmt: skip
    sessione.add(nuovo)
    sessione.flush()  # who wrote it is kept beside it
    gettone, impronta = nuovo_gettone()
    scade = adesso() + rules.CONFERMA
    sessione.add(Mittente(ambito_id=tavolo.ambito_id, contributo=nuovo, email=email, gettone=impronta, scade_il=scade))
    _chiedi_conferma(nuovo, tavolo, email, pagina.format(gettone=gettone))
    audit.registra("tavoli.scrivi_da_cittadino", nuovo, attore=attore, dettagli={"tavolo": tavolo.id}, riservata=True)
    return nuovo


def _chiedi_conferma(contributo: Contributo, tavolo: Tavolo, email: str, collegamento: str) -> None:
    with in_italiano():
        outbox.accoda(
            a=[email],
            oggetto=_("Conferma il tuo contributo al tavolo «%(tavolo)s»", tavolo=tavolo.titolo),
            testo=_(
                "Qualcuno, forse tu, ha scritto un contributo per il tavolo «%(tavolo)s».\n\n"
                "Arriva all’Ufficio di Piano solo se lo confermi entro %(ore)s ore, qui:\n%(url)s\n\n"
                "Se non sei stato tu, non fare niente: testo e indirizzo si cancellano da soli.",
                tavolo=tavolo.titolo, ore=int(rules.CONFERMA.total_seconds() // 3600), url=collegamento,
            ),
            ambito_id=tavolo.ambito_id,
            riferimento=contributo,
        )  # fmt: skip


def conferma(mittente: Mittente) -> bool:
    """The link was followed: the contribution reaches the office. False when it already had.

    Needs ``contributo.tavolo.percorso``. What was written in time may be confirmed after the term.
    Raises ``FuoriTermine`` when the tavolo has finished.
    """
    contributo = mittente.contributo
    if mittente.confermato_il is not None:
        return False
    stato = ufficio.stato_bloccato(contributo.tavolo_id)
    scritto = a_roma(contributo.creato_il).date()
    if motivo := rules.chiuso_ai_contributi(contributo.tavolo, scritto, stato):
        raise FuoriTermine(motivo)
    momento = rules.momento(queries.giorni_incontri(contributo.tavolo_id), scritto)
    advance(contributo, CONTRIBUTO, "conferma", attore=None)
    contributo.momento, mittente.confermato_il = momento, adesso()
    return True


@dataclass(frozen=True)
class Risposta:
    """The office's answer. ``pubblico``: the text shows nobody's private matters, everyone may read it."""

    esito: EsitoContributo
    motivo: str
    pubblico: bool


def rispondi(
    contributo: Contributo, risposta: Risposta, *, versione: int, attore: Utente | None, collegamento: str = ""
) -> None:
    """Answer with a reason and write to who sent it. Needs ente and tavolo.

    Raises ``Conflitto`` when somebody was faster, ``Vietato`` for who must abstain, ``ErroreDominio`` on ``motivo`` without
    one (art. 3 L. 241/1990).
    """
    rules.stessa_versione(
        contributo.versione, versione,
        mio={_("Risposta"): str(rules.ESITI[risposta.esito][0]), _("Motivo"): risposta.motivo},
        salvato={
            _("Risposta"): str(rules.ESITI[contributo.esito][0]) if contributo.esito else "",
            _("Motivo"): contributo.motivo,
        },
    )  # fmt: skip
    if not risposta.motivo.strip():
        raise ErroreDominio(_("Scrivi perché: ogni risposta ha il suo motivo."), "motivo")
    ufficio.stato_bloccato(contributo.tavolo_id)
    advance(contributo, CONTRIBUTO, "rispondi", attore=attore, dettagli={"esito": risposta.esito.value})
    contributo.esito, contributo.motivo, contributo.pubblico = risposta.esito, risposta.motivo, risposta.pubblico
    contributo.risposto_da = attore.id if attore else None
    sessione.flush()  # an answer given meanwhile must surface here
    _scrivi_risposta(contributo, collegamento)


def _scrivi_risposta(contributo: Contributo, collegamento: str) -> None:
    if contributo.ente is not None:
        a = [contributo.ente.pec, *utenti.indirizzi_dell_ente(contributo.ente.id)]
    else:
        email = queries.email_di(contributo.id)
        a = [email] if email else []
    assert contributo.esito is not None
    with in_italiano():
        outbox.accoda(
            a=a,
            oggetto=_("Tavolo «%(tavolo)s»: la risposta al contributo", tavolo=contributo.tavolo.titolo),
            testo=_(
                "L’Ufficio di Piano ha letto il contributo mandato al tavolo «%(tavolo)s».\n\n"
                "Risposta: %(esito)s\n\nPerché: %(motivo)s\n\n%(link)s",
                tavolo=contributo.tavolo.titolo, esito=rules.ESITI[contributo.esito][0], motivo=contributo.motivo,
                link=collegamento,
            ).strip(),
            ambito_id=contributo.ambito_id,
            riferimento=contributo,
        )  # fmt: skip


def dimentica(ids: Collection[int]) -> int:
    """Throw away these addresses, also from the letters; with them the texts that nobody confirmed. How many.

    GDPR art. 5 c. 1 e: kept no longer than the confirmation and the answer need.
    """
    with tutti_gli_ambiti():
        cerca = select(Mittente).where(Mittente.id.in_(ids)).options(joinedload(Mittente.contributo))
        righe = list(sessione.scalars(cerca.with_for_update(of=Mittente, skip_locked=True)))
        outbox.dimentica(Contributo.__tablename__, [m.contributo_id for m in righe])
        for mittente in righe:
            mai_confermato = mittente.confermato_il is None
            dettagli = {"mai_confermato": mai_confermato}
            audit.registra("tavoli.dimentica", mittente.contributo, attore=None, dettagli=dettagli, riservata=True)
            sessione.delete(mittente)
            sessione.flush()  # before the text that it points to
            if mai_confermato:
                sessione.delete(mittente.contributo)
        sessione.flush()  # still across Ambiti
    return len(righe)
