"""From a selected proposal to a project whose money sits on lines of the plan.

The rule of this area: the line is held first, its residual is computed while it is held, and only then an amount is
bound. Two operators who bind the same residual at once queue on the line: one wins, the other reads why not.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from .. import access, audit, outbox
from ..clocks import adesso, oggi
from ..db import sessione
from ..errors import ErroreDominio, NonTrovato, TransizioneNonAmmessa
from ..i18n import _, _l, in_italiano
from ..money import scrivi_euro, somma
from ..piano import queries as piano
from ..proposte import operations as proposte
from ..proposte.models import Proposta, StatoProposta
from ..rete.operations import elezioni
from ..slugs import fai_slug
from ..utenti.models import Utente
from ..valutazione.queries import indirizzi
from ..vincoli import spiega
from ..workflow import advance
from . import queries, rules
from .models import Impegno, Progetto, StatoProgetto
from .permissions import P
from .rules import Controllo, Verdetto
from .workflow import PROGETTO

VINCOLI = {
    "uq_progetto_proposta_id": (None, _l("Di questa proposta c’è già un progetto.")),
    "uq_progetto_ambito_id_slug": ("titolo", _l("C’è già un progetto con questo titolo: cambialo un po’.")),
}


def crea_progetto(
    proposta: Proposta,
    *,
    titolo: str,
    sintesi: str,
    contributo: Decimal,
    atto: str,
    approvato_il: date,
    attore: Utente,
) -> Progetto:
    """Make a project of a selected proposal (with avviso, ente and cost lines loaded). ``contributo`` in euro.

    Raises ``ErroreDominio`` on the field: more than asked for, more than the avviso has left, a date to come.
    """
    access.check(P.CREA, proposta, attore)
    if proposta.stato != StatoProposta.SELEZIONATA:
        raise TransizioneNonAmmessa(_("Solo una proposta selezionata diventa un progetto."))
    if approvato_il > oggi():
        raise ErroreDominio(_("La data dell’atto è nel futuro."), "approvato_il")
    _controlla_contributo(proposta, contributo)
    progetto = Progetto(
        slug=fai_slug(titolo, queries.slug_usati(fai_slug(titolo)[:20])),
        proposta_id=proposta.id,
        ente_id=proposta.ente_id,
        titolo=titolo,
        sintesi=sintesi,
        contributo=contributo,
        atto=atto,
        approvato_il=approvato_il,
        stato=StatoProgetto.DA_LEGARE,
        creato_il=adesso(),
    )
    with spiega(VINCOLI):
        sessione.add(progetto)
    audit.registra(
        "progetti.crea", progetto, attore=attore, dettagli={"proposta": proposta.id, "contributo": str(contributo)}
    )
    return progetto


def _controlla_contributo(proposta: Proposta, contributo: Decimal) -> None:
    avviso = queries.avviso_bloccato(proposta.avviso_id)
    if avviso is None:
        raise NonTrovato
    richiesto, disponibile = somma(v.richiesto for v in proposta.voci), queries.disponibile(avviso)
    difetto = rules.difetto_contributo(contributo, richiesto=richiesto, disponibile=disponibile)
    if difetto == "richiesto":
        testo = _("La proposta chiede %(euro)s: il contributo non può essere di più.", euro=scrivi_euro(richiesto))
    elif difetto == "risorse":
        testo = _("L’avviso ha ancora %(euro)s: il contributo non può essere di più.", euro=scrivi_euro(disponibile))
    elif difetto == "valore":
        testo = _("Scrivi un importo maggiore di zero.")
    else:
        return
    raise ErroreDominio(testo, "contributo")


def impegna(
    progetto: Progetto,
    *,
    riga_id: int,
    importo: Decimal,
    attore: Utente,
    motivo: str | None = None,
    residuo_visto: Decimal | None = None,
) -> Impegno:
    """Bind a part of the contribution to a line of the plan, in euro.

    ``residuo_visto`` is what the person saw the line had left: when it has changed and the amount no longer fits,
    the refusal says who took it. Raises ``ErroreDominio`` on ``riga``, ``importo`` or ``motivo``,
    ``TransizioneNonAmmessa`` when the project is active already.
    """
    access.check(P.LEGA, progetto, attore)
    riga = piano.blocca_riga(riga_id)
    if riga is None:
        raise ErroreDominio(_("Scegli una riga del piano."), "riga")
    _da_legare(progetto.id)
    impegnato, legato = queries.impegnato_su(riga.id), queries.legato_di(progetto.id)
    controllo = rules.controlla_impegno(
        importo,
        programmato=riga.importo,
        impegnato=impegnato,
        da_legare=progetto.contributo - legato,
        puo_sforare=access.can(P.SFORA, progetto, attore),
        motivo=motivo,
    )
    if not controllo.verdetto.passa:
        raise _rifiuto(controllo, progetto.contributo - legato, riga.id, residuo_visto)
    oltre = controllo.verdetto == Verdetto.SFORAMENTO_ACCETTATO
    impegno = Impegno(
        progetto_id=progetto.id,
        riga_id=riga.id,
        importo=importo,
        residuo_prima=controllo.residuo,
        sforamento_motivo=(motivo or "").strip() if oltre else None,
        sforamento_da=attore.id if oltre else None,
        creato_il=adesso(),
        creato_da=attore.id,
    )
    sessione.add(impegno)
    sessione.flush()  # the next sum on this line must see it
    audit.registra("progetti.impegna", impegno, attore=attore, dettagli=_numeri(progetto, impegno, oltre))
    return impegno


def _da_legare(progetto_id: int) -> Progetto:
    """The project, held; after the line, always in this order."""
    progetto = queries.progetto_bloccato(progetto_id)
    if progetto is None or progetto.stato != StatoProgetto.DA_LEGARE:
        raise TransizioneNonAmmessa(_("Il progetto è già attivo: i suoi soldi non si spostano più da qui."))
    return progetto


def _numeri(progetto: Progetto, impegno: Impegno, oltre: bool) -> dict[str, object]:
    return {
        "progetto": progetto.id,
        "riga": impegno.riga_id,
        "importo": str(impegno.importo),
        "residuo_prima": str(impegno.residuo_prima),
        "sforamento": oltre,
    }


def _rifiuto(controllo: Controllo, da_legare: Decimal, riga_id: int, residuo_visto: Decimal | None) -> ErroreDominio:
    """The refusal with its figures, on the field that can put it right."""
    importo, oltre = scrivi_euro(controllo.importo), scrivi_euro(controllo.oltre)
    if controllo.verdetto == Verdetto.NON_VALIDO:
        return ErroreDominio(_("Scrivi un importo maggiore di zero, con due decimali al massimo."), "importo")
    if controllo.verdetto == Verdetto.OLTRE_CONTRIBUTO:
        return ErroreDominio(
            _(
                "Del contributo restano da legare %(resta)s: %(importo)s sono %(oltre)s di troppo.",
                resta=scrivi_euro(da_legare),
                importo=importo,
                oltre=oltre,
            ),
            "importo",
        )
    testo = " ".join((_nel_frattempo(controllo, riga_id, residuo_visto), _conto(controllo), _rimedio(controllo))).strip()
    return ErroreDominio(testo, "motivo" if controllo.verdetto == Verdetto.MANCA_MOTIVO else "importo")


def _nel_frattempo(controllo: Controllo, riga_id: int, residuo_visto: Decimal | None) -> str:
    """Who took the money that the person saw a moment ago; empty when nothing has changed."""
    ultimo = queries.ultimo_impegno_su(riga_id)
    if residuo_visto is None or residuo_visto <= controllo.residuo or ultimo is None:
        return ""
    return _(
        "Mentre compilavi, %(nome)s ha impegnato %(euro)s per «%(progetto)s»: ora restano %(resta)s, non più %(visto)s.",
        nome=ultimo.nome,
        euro=scrivi_euro(ultimo.importo),
        progetto=ultimo.progetto,
        resta=scrivi_euro(controllo.residuo),
        visto=scrivi_euro(residuo_visto),
    )


def _conto(controllo: Controllo) -> str:
    return _(
        "Su questa riga: programmato %(programmato)s, già impegnato %(impegnato)s, residuo %(residuo)s. "
        "%(importo)s sono %(oltre)s di troppo.",
        programmato=scrivi_euro(controllo.programmato),
        impegnato=scrivi_euro(controllo.impegnato),
        residuo=scrivi_euro(controllo.residuo),
        importo=scrivi_euro(controllo.importo),
        oltre=scrivi_euro(controllo.oltre),
    )


def _rimedio(controllo: Controllo) -> str:
    if controllo.verdetto == Verdetto.MANCA_MOTIVO:
        return _("Se vuoi superare il residuo, scrivi perché: il motivo e il tuo nome restano visibili a tutti.")
    return _("Solo il Responsabile può superare il residuo, scrivendo perché.")


def disimpegna(impegno: Impegno, *, attore: Utente) -> None:
    """Take a commitment back while the project is not active. Needs ``impegno.progetto``.

    Raises ``TransizioneNonAmmessa`` when it is active, ``NonTrovato`` when somebody was faster.
    """
    access.check(P.DISIMPEGNA, impegno, attore)
    piano.blocca_riga(impegno.riga_id)
    progetto = _da_legare(impegno.progetto_id)
    if all(i.id != impegno.id for i in progetto.impegni):
        raise NonTrovato
    oltre = impegno.sforamento_motivo is not None
    audit.registra("progetti.disimpegna", impegno, attore=attore, dettagli=_numeri(progetto, impegno, oltre))
    sessione.delete(impegno)
    sessione.flush()  # the residual must be free for who waits on the line


def attiva(progetto: Progetto, *, attore: Utente, collegamento: str = "") -> None:
    """Start a project whose whole contribution is bound; its proposal becomes convenzionata and the ente is told.

    Needs ``progetto.ente`` and ``progetto.proposta`` with avviso and ente. Raises ``ErroreDominio`` while something is
    still to be bound, ``TransizioneNonAmmessa`` when it is active already.
    """
    access.check(P.LEGA, progetto, attore)
    _da_legare(progetto.id)
    advance(progetto, PROGETTO, "attiva", attore=attore, dettagli={"contributo": str(progetto.contributo)})
    proposte.segna_convenzionata(progetto.proposta, attore=attore)
    elezioni.ricontrolla(progetto.ente_id, attore=attore)  # who manages services leaves the Cabina (domain.md 3.2)
    with in_italiano():
        outbox.accoda(
            a=indirizzi([progetto.ente_id])[progetto.ente_id],
            oggetto=_("Il progetto «%(titolo)s» può partire", titolo=progetto.titolo),
            testo=_(
                "Il contributo di %(euro)s per «%(titolo)s» di %(ente)s è coperto dal Piano sociale di zona (%(atto)s). "
                "L’Ufficio ti contatta per la firma della convenzione.\n\n%(link)s",
                euro=scrivi_euro(progetto.contributo),
                titolo=progetto.titolo,
                ente=progetto.ente.denominazione,
                atto=progetto.atto,
                link=collegamento,
            ).rstrip(),
            ambito_id=progetto.ambito_id,
            riferimento=progetto,
        )
