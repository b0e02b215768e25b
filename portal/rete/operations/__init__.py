"""Joining the Rete, deciding, leaving, saying who speaks for an ente. Audit and letters inside; never commits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ... import access, audit, outbox
from ...clocks import adesso, oggi
from ...db import sessione
from ...enti.models import Ente
from ...errors import Conflitto, ErroreDominio
from ...i18n import _, _l, in_italiano
from ...organi.rules.mandati import Periodo
from ...utenti import queries as utenti
from ...utenti.models import Utente
from ...vincoli import spiega
from ...workflow import advance
from .. import queries, rules
from ..models import Adesione, CategoriaRete, Rappresentante, StatoAdesione
from ..permissions import P
from ..workflow import ADESIONE

VINCOLI = {
    "uq_adesione_una_per_ente": (None, _l("L’ente ha già chiesto di entrare in questa Rete, o ne fa già parte.")),
    "uq_categoria_rete_ambito_id_nome": ("nome", _l("C’è già una categoria con questo nome.")),
}


def crea_categoria(*, ambito_id: int, nome: str, attore: Utente | None) -> CategoriaRete:
    """A new category, after the others. Raises ``ErroreDominio`` on ``nome`` when it is there already."""
    nuova = CategoriaRete(ambito_id=ambito_id, nome=nome, ordine=queries.prossimo_ordine(), aperta=True)
    with spiega(VINCOLI):
        sessione.add(nuova)
    audit.registra("rete.crea_categoria", nuova, attore=attore)
    return nuova


def modifica_categoria(
    categoria: CategoriaRete, *, versione: int, nome: str, ordine: int, aperta: bool, attore: Utente | None
) -> None:
    """Change a category: members keep it. Raises ``Conflitto`` when somebody saved meanwhile."""
    if versione != categoria.versione:
        raise Conflitto(
            _("Mentre scrivevi, un’altra persona ha cambiato questa categoria."),
            mio={_("Nome"): nome},
            salvato={_("Nome"): categoria.nome},
        )
    with spiega(VINCOLI):
        categoria.nome, categoria.ordine, categoria.aperta = nome, ordine, aperta
    audit.registra("rete.modifica_categoria", categoria, attore=attore, dettagli={"aperta": aperta, "ordine": ordine})


def chiedi(
    ente: Ente, *, ambito_id: int, categoria: CategoriaRete, presentazione: str, dichiara: bool, attore: Utente | None
) -> Adesione:
    """Ask to join the Rete of an Ambito. Needs ``ente.rilevazioni``.

    Raises ``ErroreDominio`` without the declaration or the data of the RUNTS, in a closed category, or when a request
    or an adhesion is alive.
    """
    ultima = ente.rilevazioni[0] if ente.rilevazioni else None
    if motivo := rules.difetto_runts(ente.tipo, ultima.stato if ultima else None, ultima.repertorio if ultima else None):
        raise ErroreDominio(motivo)
    if not dichiara:
        raise ErroreDominio(_("Per chiedere di entrare serve la dichiarazione."), "dichiara")
    if not categoria.aperta or categoria.ambito_id != ambito_id:
        raise ErroreDominio(_("In questa categoria adesso non si entra: scegline un’altra."), "categoria")
    with in_italiano():
        dichiarazione = str(rules.dichiarazione(ente.tipo))
    nuova = Adesione(
        ambito_id=ambito_id, ente=ente, ente_id=ente.id, categoria=categoria, stato=StatoAdesione.RICHIESTA, attiva=1,
        presentazione=presentazione, dichiarazione=dichiarazione, rilevazione_id=ultima.id if ultima else None,
        chiesta_il=adesso(), chiesta_da=attore.id if attore else None, motivo="", motivo_fine="",
    )  # fmt: skip
    if attore is not None:
        access.check(P.CHIEDI, nuova, attore)
    with spiega(VINCOLI):
        sessione.add(nuova)
    audit.registra("rete.chiedi", nuova, attore=attore, dettagli={"ente": ente.id, "categoria": categoria.id})
    return nuova


def registra_storica(
    ente: Ente, *, ambito_id: int, categoria: CategoriaRete, ammessa_il: date, atto: str, attore: Utente | None
) -> Adesione:
    """Write a member that was admitted before the portal, on the day and by the act of then.

    Raises ``ErroreDominio`` without an act, on a day still to come or in which it was in the Rete already, or when a
    request or an adhesion is alive; ``Vietato`` for who works for the ente.
    """
    if not atto:
        raise ErroreDominio(_("Scrivi con quale atto."), "atto")
    if ammessa_il > oggi():
        raise ErroreDominio(_("Questo giorno deve ancora venire."), "ammessa_il")
    if (fino := queries.fuori_dal(ente.id)) and ammessa_il < fino:
        raise ErroreDominio(
            _("In quel giorno l’ente era già nella Rete, fino al %(giorno)s.", giorno=f"{fino:%d/%m/%Y}"), "ammessa_il"
        )
    ora = adesso()
    nuova = Adesione(
        ambito_id=ambito_id, ente=ente, ente_id=ente.id, categoria=categoria, stato=StatoAdesione.AMMESSA, attiva=1,
        presentazione="", dichiarazione="", chiesta_il=ora, chiesta_da=None, decisa_il=ora,
        decisa_da=attore.id if attore else None, motivo="", atto=atto, ammessa_il=ammessa_il, motivo_fine="",
    )  # fmt: skip
    if attore is not None:
        access.check(P.DECIDI, nuova, attore)
    with spiega(VINCOLI):
        sessione.add(nuova)
    dettagli = {"ente": ente.id, "ammessa_il": ammessa_il.isoformat(), "atto": atto}
    audit.registra("rete.registra_storica", nuova, attore=attore, dettagli=dettagli)
    return nuova


def ritira(adesione: Adesione, *, motivo: str, attore: Utente) -> None:
    """Take the request back before the decision."""
    advance(adesione, ADESIONE, "ritira", attore=attore, dettagli={"ente": adesione.ente_id})
    adesione.attiva, adesione.motivo_fine = None, motivo


@dataclass(frozen=True)
class Decisione:
    """What the office decides of a request; ``categoria`` may differ from the one asked for."""

    ammessa: bool
    categoria: CategoriaRete
    motivo: str
    atto: str


def decidi(adesione: Adesione, decisione: Decisione, *, versione: int, attore: Utente, collegamento: str = "") -> None:
    """Admit from today, or refuse, and write to the ente (the letter waits for a look). Needs ente and category.

    Raises ``Conflitto`` with what was typed when somebody was faster, ``Vietato`` for who must abstain,
    ``ErroreDominio`` on ``motivo`` for a refusal without one (art. 3 L. 241/1990).
    """
    if versione != adesione.versione:
        raise _superata(adesione, decisione.motivo, decisione.atto)
    if not decisione.ammessa and not decisione.motivo:
        raise ErroreDominio(_("Scrivi perché no: l’ente deve poter capire e rispondere."), "motivo")
    nome = "ammetti" if decisione.ammessa else "respingi"
    dettagli = {"ente": adesione.ente_id, "categoria": decisione.categoria.id, "atto": decisione.atto}
    advance(adesione, ADESIONE, nome, attore=attore, dettagli=dettagli)
    adesione.categoria = decisione.categoria
    adesione.motivo, adesione.atto, adesione.decisa_da = decisione.motivo, decisione.atto, attore.id
    if decisione.ammessa:
        adesione.ammessa_il = oggi()
    else:
        adesione.attiva = None
    sessione.flush()  # a decision taken meanwhile must surface here
    _scrivi_decisione(adesione, collegamento)


def _superata(adesione: Adesione, motivo: str, atto: str) -> Conflitto:
    return Conflitto(
        _("Mentre scrivevi, qualcuno ha già cambiato questa richiesta: riaprila prima di decidere."),
        mio={_("Motivo"): motivo, _("Atto"): atto},
        salvato={_("Stato"): str(rules.STATI[adesione.stato][0]), _("Atto"): adesione.atto_fine or adesione.atto or ""},
    )


def recedi(adesione: Adesione, *, motivo: str, attore: Utente) -> None:
    """Leave the Rete: from today the ente is not in the register any more; its past stays."""
    advance(adesione, ADESIONE, "recedi", attore=attore, dettagli={"ente": adesione.ente_id})
    adesione.attiva, adesione.cessata_il, adesione.motivo_fine = None, oggi(), motivo


def escludi(adesione: Adesione, *, versione: int, motivo: str, atto: str, attore: Utente, collegamento: str = "") -> None:
    """Put an ente out of the Rete from today, with reason and act; it is written to. Needs ``adesione.ente``.

    Raises ``Conflitto`` when somebody was faster, ``ErroreDominio`` without a reason or an act.
    """
    if versione != adesione.versione:
        raise _superata(adesione, motivo, atto)
    for testo, campo in ((motivo, "motivo"), (atto, "atto")):
        if not testo:
            raise ErroreDominio(_("Per escludere un ente servono il motivo e l’atto."), campo)
    advance(adesione, ADESIONE, "escludi", attore=attore, dettagli={"ente": adesione.ente_id, "atto": atto})
    adesione.attiva, adesione.cessata_il, adesione.motivo_fine, adesione.atto_fine = None, oggi(), motivo, atto
    sessione.flush()  # a change made meanwhile must surface here
    with in_italiano():
        _scrivi(
            adesione,
            _("Esclusione di %(ente)s dalla Rete per l’inclusione", ente=adesione.ente.denominazione),
            _(
                "Da oggi %(ente)s non fa più parte della Rete per l’inclusione (%(atto)s).\n\n"
                "Il motivo è questo:\n%(motivo)s\n\n%(ricorso)s\n\n%(link)s",
                ente=adesione.ente.denominazione, atto=atto, motivo=motivo, ricorso=_ricorso(), link=collegamento,
            ),
        )  # fmt: skip


def _scrivi_decisione(adesione: Adesione, collegamento: str) -> None:
    ente, atto = adesione.ente.denominazione, adesione.atto
    motivo = _("Motivo: %(motivo)s", motivo=adesione.motivo) if adesione.motivo else ""
    with in_italiano():
        if adesione.stato == StatoAdesione.AMMESSA:
            testo = _(
                "%(ente)s fa parte della Rete per l’inclusione nella categoria «%(categoria)s» (%(atto)s).\n\n"
                "Adesso scrivete nel portale chi vi rappresenta.",
                ente=ente, categoria=adesione.categoria.nome, atto=atto,
            )  # fmt: skip
        else:
            testo = _("La richiesta di %(ente)s non è stata accolta (%(atto)s).", ente=ente, atto=atto)
            motivo = f"{motivo}\n\n{_ricorso()}"
        oggetto = _("%(ente)s e la Rete per l’inclusione: la decisione", ente=ente)
        _scrivi(adesione, oggetto, f"{testo}\n\n{motivo}\n\n{collegamento}")


def _ricorso() -> str:
    """Where one may object: a duty of the act (art. 3 c. 4 L. 241/1990)."""
    return _(
        "Potete fare ricorso al Tribunale amministrativo regionale entro 60 giorni, "
        "o ricorso straordinario al Presidente della Repubblica entro 120."
    )


def _scrivi(adesione: Adesione, oggetto: str, testo: str) -> None:
    """Held until somebody of the office has looked at it: a decision is not a notice."""
    paragrafi = (p.strip() for p in testo.split("\n\n"))
    outbox.accoda(
        a=[adesione.ente.pec, *utenti.indirizzi_dell_ente(adesione.ente_id)],
        oggetto=oggetto,
        testo="\n\n".join(p for p in paragrafi if p),
        ambito_id=adesione.ambito_id,
        riferimento=adesione,
        trattenuto=True,
    )


@dataclass(frozen=True)
class DatiRappresentante:
    """Who speaks for the ente: ``qualita`` is public, ``nome`` is not. ``delega``: the written proxy of a delegate."""

    qualita: str
    nome: str
    dal: date
    al: date | None = None
    delegato: bool = False
    delega: str = ""
    utente_id: int | None = None


def nomina(adesione: Adesione, dati: DatiRappresentante, *, attore: Utente | None) -> Rappresentante:
    """Name the representative, or one more delegate. The representative of before ends the day before the new one.

    Raises ``ErroreDominio`` when the ente is not in the Rete that day, for a delegate without a proxy, or on days in
    which another representative is already named.
    """
    if attore is not None:
        access.check(P.CURA, adesione, attore)
    if adesione.stato != StatoAdesione.AMMESSA or adesione.ammessa_il is None or dati.dal < adesione.ammessa_il:
        raise ErroreDominio(_("In quel giorno l’ente non è nella Rete."), "dal")
    if dati.al is not None and dati.al < dati.dal:
        raise ErroreDominio(_("La fine è prima dell’inizio."), "al")
    if dati.delegato and not dati.delega:
        raise ErroreDominio(_("Per un delegato serve la delega scritta: di che giorno è, chi la firma."), "delega")
    if dati.delegato:
        dati_delega = dati.delega
    else:
        dati_delega = ""
        _fai_posto(adesione, Periodo(dati.dal, dati.al))
    valori = {**dati.__dict__, "delega": dati_delega}
    nuovo = Rappresentante(ambito_id=adesione.ambito_id, adesione_id=adesione.id, **valori)
    sessione.add(nuovo)
    sessione.flush()  # its id goes to the register of operations
    audit.registra("rete.nomina", nuovo, attore=attore, dettagli={"adesione": adesione.id, "dal": dati.dal.isoformat()})
    return nuovo


def _fai_posto(adesione: Adesione, nuovo: Periodo) -> None:
    queries.blocca(adesione.id)
    for altro in queries.titolari(adesione.id):
        if not Periodo(altro.dal, altro.al).tocca(nuovo):
            continue
        if altro.al is not None or altro.dal >= nuovo.dal:
            raise ErroreDominio(_("In quei giorni c’è già un altro rappresentante: chiudi prima il suo incarico."), "dal")
        altro.al = nuovo.dal - timedelta(days=1)


def cessa(rappresentante: Rappresentante, *, al: date, attore: Utente | None) -> None:
    """The last day of a representative or delegate. Needs ``rappresentante.adesione``.

    Raises ``ErroreDominio`` when it is before the first one, or later than the end already written.
    """
    if attore is not None:
        access.check(P.CURA, rappresentante.adesione, attore)
    if al < rappresentante.dal:
        raise ErroreDominio(_("L’incarico comincia dopo questa data."), "al")
    if rappresentante.al is not None and al > rappresentante.al:
        raise ErroreDominio(_("L’incarico finisce già prima."), "al")
    rappresentante.al = al
    audit.registra("rete.cessa", rappresentante, attore=attore, dettagli={"al": al.isoformat()})
