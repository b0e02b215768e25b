"""In which phase a percorso is, when it takes requests and contributions, what a restitution still lacks. Pure.

Art. 55 c. 2 D.Lgs. 117/2017 (co-programmazione); artt. 2 and 3 L. 241/1990 (terms and reasons).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from ..clocks import a_roma, adesso
from ..errors import Conflitto
from ..i18n import _, _l, _n
from ..utenti.rules import Limite
from .models import Area, Momento, StatoPercorso, StatoTavolo, Tavolo

CONFERMA = timedelta(hours=48)
"""How long the link that confirms a citizen's contribution is good for."""
CONSERVAZIONE = timedelta(days=30)
"""How long after the answer a citizen's address is kept: the time to write again if the letter did not arrive."""
PER_EMAIL, PER_INDIRIZZO = Limite(3), Limite(30)
"""Contributions of citizens in a quarter of an hour: from one address of mail, from one of the network (a whole room)."""

AREE: Mapping[Area, Any] = {
    Area.ACCESSO: _l("Il sistema di welfare d’accesso"),
    Area.FAMIGLIE: _l("Le politiche familiari e la tutela dei minori"),
    Area.INVECCHIAMENTO: _l("L’invecchiamento attivo"),
    Area.DISABILITA: _l("L’integrazione delle persone con disabilità e la presa in carico della non autosufficienza"),
    Area.INCLUSIONE: _l("L’inclusione sociale e il contrasto alle povertà"),
    Area.VIOLENZA: _l("La prevenzione e il contrasto del maltrattamento e della violenza su donne e minori"),
    Area.PARI_OPPORTUNITA: _l("Le pari opportunità e la conciliazione vita-lavoro"),
}
FASI: Sequence[str] = (
    "Concertazione e programmazione preliminare",
    "Programmazione partecipata",
    "Elaborazione del Piano sociale di zona",
    "Conferenza di concertazione generale",
    "Adozione del piano",
    "Conferenza dei servizi",
)
"""The six phases of the path of Casarano, 2022-2023: what a new percorso starts from. Content, not words of the portal."""
PARTECIPAZIONI: Mapping[str, tuple[Any, str]] = {
    "richiesta": (_l("in attesa della decisione"), "attesa"),
    "ammessa": (_l("ammesso al tavolo"), "successo"),
    "respinta": (_l("non ammesso"), "errore"),
    "ritirata": (_l("richiesta ritirata"), "neutro"),
}
CONTRIBUTI: Mapping[str, tuple[Any, str]] = {
    "bozza": (_l("bozza, non ancora mandata"), "neutro"),
    "da_confermare": (_l("da confermare per e-mail"), "neutro"),
    "inviato": (_l("aspetta la risposta"), "attesa"),
    "risposto": (_l("ha la risposta"), "successo"),
}
ESITI: Mapping[str, tuple[Any, str]] = {
    "accolto": (_l("Accolto"), "successo"),
    "accolto_in_parte": (_l("Accolto in parte"), "attesa"),
    "non_accolto": (_l("Non accolto"), "errore"),
    "fuori_ambito": (_l("Fuori ambito"), "neutro"),
}
MOMENTI: Mapping[str, Any] = {
    "prima": _l("arrivato prima degli incontri"),
    "durante": _l("arrivato durante gli incontri"),
    "dopo": _l("arrivato dopo gli incontri"),
}


class Periodo(Protocol):
    """A phase, as far as these rules look at it."""

    @property
    def numero(self) -> int: ...
    @property
    def dal(self) -> date | None: ...
    @property
    def al(self) -> date | None: ...


class StatoFase(StrEnum):
    FATTA = "fatta"
    IN_CORSO = "in_corso"
    DA_FARE = "da_fare"
    SENZA_DATA = "senza_data"


STATI_FASE: Mapping[StatoFase, tuple[Any, str]] = {
    StatoFase.FATTA: (_l("fatta"), "successo"),
    StatoFase.IN_CORSO: (_l("in corso"), "attesa"),
    StatoFase.DA_FARE: (_l("da fare"), "neutro"),
    StatoFase.SENZA_DATA: (_l("data non indicata"), "neutro"),
}


def stato_fase(dal: date | None, al: date | None, giorno: date) -> StatoFase:
    """How a phase stands on a day; both its days are inside. Without an end it lasts one day."""
    if dal is None:
        return StatoFase.SENZA_DATA
    if giorno < dal:
        return StatoFase.DA_FARE
    return StatoFase.FATTA if giorno > (al or dal) else StatoFase.IN_CORSO


def fase_corrente(fasi: Iterable[Periodo], giorno: date) -> int | None:
    """The number of the phase that runs on that day, the furthest when two do; None between two or out of all."""
    in_corso = [f.numero for f in fasi if stato_fase(f.dal, f.al, giorno) == StatoFase.IN_CORSO]
    return max(in_corso, default=None)


def difetto_fasi(fasi: Iterable[Periodo]) -> tuple[int, str] | None:
    """The first phase that ends before it starts, or starts before the one before it: its number and why; else None."""
    prima: date | None = None
    for fase in fasi:
        if fase.al is not None and (fase.dal is None or fase.al < fase.dal):
            return fase.numero, _("La fase %(n)s finisce prima di cominciare.", n=fase.numero)
        if fase.dal is not None and prima is not None and fase.dal < prima:
            return fase.numero, _("La fase %(n)s comincia prima di quella che la precede.", n=fase.numero)
        prima = fase.dal or prima
    return None


def difetto_istanza(*, pubblicato: bool, restituito: bool, istanze_al: date, giorno: date) -> str | None:
    """Why an ente cannot ask to sit at the tavolo; None when it can. Terms run to the end of their last day, in Rome."""
    if not pubblicato or restituito:
        return _("Questo tavolo ha finito i suoi lavori.")
    return (
        _("Si poteva chiedere di partecipare fino al %(giorno)s.", giorno=_giorno(istanze_al))
        if giorno > istanze_al
        else None
    )


def difetto_contributo(*, pubblicato: bool, restituito: bool, dal: date, al: date, giorno: date) -> str | None:
    """Why the tavolo takes no contribution on that day; None when it does (before, during and after its meetings)."""
    if not pubblicato:
        return _("Questo tavolo non è ancora aperto.")
    if restituito:
        return _("Questo tavolo ha finito i suoi lavori: la restituzione è pubblicata.")
    if giorno < dal:
        return _("I contributi si mandano dal %(giorno)s.", giorno=_giorno(dal))
    return _("I contributi si potevano mandare fino al %(giorno)s.", giorno=_giorno(al)) if giorno > al else None


def chiuso_alle_istanze(tavolo: Tavolo, giorno: date) -> str | None:
    """``difetto_istanza`` of a tavolo. Needs its percorso."""
    percorso = tavolo.percorso
    return difetto_istanza(
        pubblicato=percorso.stato == StatoPercorso.PUBBLICATO,
        restituito=tavolo.stato == StatoTavolo.RESTITUITO,
        istanze_al=percorso.istanze_al,
        giorno=giorno,
    )


def giorno_di(arrivo: datetime | None) -> date:
    """The day (Rome) that a term looks at: when the form reached us, however long the queue (domain.md 1.11); None: now."""
    return a_roma(arrivo or adesso()).date()


def chiuso_ai_contributi(tavolo: Tavolo, giorno: date, stato: StatoTavolo | None = None) -> str | None:
    """``difetto_contributo`` of a tavolo, in that state where it was read afresh. Needs its percorso."""
    percorso = tavolo.percorso
    return difetto_contributo(
        pubblicato=percorso.stato == StatoPercorso.PUBBLICATO,
        restituito=(stato or tavolo.stato) == StatoTavolo.RESTITUITO,
        dal=percorso.contributi_dal,
        al=percorso.contributi_al,
        giorno=giorno,
    )


def momento(incontri: Collection[date], giorno: date) -> Momento:
    """Before the first meeting, after the last one, or from the first to the last. With no meetings yet: before."""
    if not incontri or giorno < min(incontri):
        return Momento.PRIMA
    return Momento.DOPO if giorno > max(incontri) else Momento.DURANTE


def manca_alla_restituzione(*, testo: str, senza_risposta: int, priorita: int) -> list[str]:
    """What is missing before the restitution may be published, in words; empty when nothing is.

    Whoever wrote has a right to a reasoned answer first (art. 3 L. 241/1990).
    """
    manca = []
    if not testo.strip():
        manca.append(_("Scrivi il documento di restituzione."))
    if senza_risposta:
        manca.append(
            _n("%(num)s contributo aspetta la risposta.", "%(num)s contributi aspettano la risposta.", senza_risposta)
        )
    if not priorita:
        manca.append(_("Scrivi almeno una priorità."))
    return manca


def difetto_priorita(perche: str, contributi: Collection[int]) -> str | None:
    """A priority comes from a contribution, or says why it is one: nothing falls from the sky (art. 3 L. 241/1990)."""
    if contributi or perche.strip():
        return None
    return _("Lega almeno un contributo, o scrivi perché è una priorità.")


def da_dimenticare(ora: datetime) -> datetime:
    """Citizens who had their answer before this instant are forgotten (GDPR art. 5 c. 1 e)."""
    return ora - CONSERVAZIONE


def _giorno(giorno: date) -> str:
    return giorno.strftime("%d/%m/%Y")


def stessa_versione(salvata: int, mandata: int, *, mio: Mapping[str, str], salvato: Mapping[str, str]) -> None:
    """Raise ``Conflitto`` with both texts when somebody saved after the form was opened."""
    if salvata != mandata:
        raise Conflitto(
            _("Mentre scrivevi, un’altra persona ha salvato la stessa cosa."), mio=dict(mio), salvato=dict(salvato)
        )
