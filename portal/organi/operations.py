"""Writing bodies, seats and mandates. One verb each, keyword-only after the object; audit inside; never commits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from .. import audit, outbox
from ..clocks import adesso, oggi
from ..db import sessione
from ..errors import Conflitto, ErroreDominio, TransizioneNonAmmessa
from ..i18n import _, in_italiano
from ..slugs import fai_slug
from ..utenti import operations as utenti
from ..utenti import queries as utenti_q
from ..utenti.models import Ruolo, Utente
from ..utenti.rules import DURATA_INVITO
from . import queries
from .models import Fine, Mandato, Organo, RegolaDiVoto, Seggio
from .rules.mandati import Mandato as Periodico
from .rules.mandati import Periodo, sovrapposti

RISERVATI = frozenset({"decisioni", "nuovo"})
"""Words that are addresses of their own, beside those of the bodies."""


@dataclass(frozen=True)
class DatiRegola:
    """A rule of vote as the regulation writes it."""

    nome: str
    base: str
    soglia: str
    peso: str
    prevale_presidente: bool = False
    segreta: bool = False


@dataclass(frozen=True)
class DatiSeggio:
    categoria: str
    rappresenta: str
    dal: date
    al: date | None = None
    quota: Decimal | None = None
    voto: bool = True
    presiede: bool = False
    ente_id: int | None = None


def crea(
    *, ambito_id: int, dati: Mapping[str, Any], regole: Iterable[DatiRegola], attore: Utente | None, slug: str | None = None
) -> Organo:
    """A new body. ``dati``: the columns of ``Organo`` but id, slug, versione. Raises ``ErroreDominio`` without a rule."""
    slug = slug or fai_slug(dati["nome"], RISERVATI | queries.slug_usati(fai_slug(dati["nome"])[:30]))
    nuovo = Organo(ambito_id=ambito_id, slug=slug, **dati)
    nuovo.regole = _regole(ambito_id, regole)
    sessione.add(nuovo)
    sessione.flush()  # its seats need its id
    audit.registra("organi.crea", nuovo, attore=attore)
    return nuovo


def modifica(
    organo: Organo, *, versione: int, dati: Mapping[str, Any], regole: Iterable[DatiRegola], attore: Utente | None
) -> None:
    """Change a body's rules. Raises ``Conflitto`` when somebody saved meanwhile."""
    if versione != organo.versione:
        raise Conflitto(
            _("Mentre scrivevi, un’altra persona ha cambiato le regole di quest’organo."),
            mio={_("Nome"): dati["nome"], _("Compiti"): dati["compiti"]},
            salvato={_("Nome"): organo.nome, _("Compiti"): organo.compiti},
        )
    nuove = _regole(organo.ambito_id, regole)
    cambiati = sorted(campo for campo, valore in dati.items() if getattr(organo, campo) != valore)
    for campo in cambiati:
        setattr(organo, campo, dati[campo])
    flag_modified(organo, "nome")  # the version grows also when only the rules of vote change
    organo.regole.clear()
    sessione.flush()  # the old rules leave their places before the new ones take them
    organo.regole = nuove
    audit.registra("organi.modifica", organo, attore=attore, dettagli={"campi": cambiati, "regole": len(organo.regole)})


def _regole(ambito_id: int, regole: Iterable[DatiRegola]) -> list[RegolaDiVoto]:
    righe = [RegolaDiVoto(ambito_id=ambito_id, ordine=n, **r.__dict__) for n, r in enumerate(regole, 1)]
    if not righe:
        raise ErroreDominio(_("Scrivi almeno una regola di voto."))
    return righe


def aggiungi_seggio(organo: Organo, *, dati: DatiSeggio, attore: Utente | None) -> Seggio:
    """A new seat, after the others. Raises ``ErroreDominio`` on a second seat that presides in the same days."""
    queries.blocca_organo(organo.id)
    if dati.presiede and (altro := queries.un_altro_presidente(organo.id, dati.dal, dati.al)):
        raise ErroreDominio(_("Presiede già %(altro)s: un organo ha un presidente solo.", altro=altro), "presiede")
    nuovo = Seggio(
        ambito_id=organo.ambito_id, organo_id=organo.id, ordine=queries.prossimo_posto(organo.id), **dati.__dict__
    )
    sessione.add(nuovo)
    sessione.flush()  # the next one comes after it, and who sits there needs its id
    audit.registra("organi.aggiungi_seggio", nuovo, attore=attore, dettagli={"organo": organo.id})
    return nuovo


def nomina(
    seggio: Seggio,
    *,
    nome: str,
    qualita: str,
    atto: str,
    dal: date,
    al: date | None = None,
    supplente: bool = False,
    utente_id: int | None = None,
    attore: Utente | None,
) -> Mandato:
    """Put somebody on a seat. Raises ``ErroreDominio`` on days the seat is not there, or already taken by another."""
    periodo = Periodo(dal, al)
    if al is not None and al < dal:
        raise ErroreDominio(_("La fine è prima dell’inizio."), "al")
    if not Periodo(seggio.dal, seggio.al).contiene(dal):
        raise ErroreDominio(_("In quel giorno il seggio non c’è."), "dal")
    queries.blocca_seggio(seggio.id)
    nuovo = Periodico(seggio.id, 0, periodo, supplente)
    if any(nuovo in coppia for coppia in sovrapposti([*queries.mandati_di(seggio.id), nuovo])):
        raise ErroreDominio(_("In quei giorni sul seggio c’è già un’altra persona: chiudi prima il suo mandato."), "dal")
    mandato = Mandato(
        ambito_id=seggio.ambito_id, seggio_id=seggio.id, utente_id=utente_id, nome=nome.strip(), qualita=qualita.strip(),
        atto=atto.strip(), supplente=supplente, dal=dal, al=al, nominato_il=adesso(),
    )  # fmt: skip
    sessione.add(mandato)
    audit.registra("organi.nomina", mandato, attore=attore, dettagli={"seggio": seggio.id, "dal": dal.isoformat()})
    return mandato


def cessa(mandato: Mandato, *, al: date, fine: Fine, atto: str = "", attore: Utente | None) -> None:
    """End a mandate on a day, included. Raises ``ErroreDominio`` when it is over, had not begun, or ends before that."""
    _finisci(mandato, al, fine, atto)
    audit.registra("organi.cessa", mandato, attore=attore, dettagli={"al": al.isoformat(), "fine": fine})


def _finisci(mandato: Mandato, al: date, fine: Fine, atto: str) -> None:
    if al < mandato.dal:
        raise ErroreDominio(_("Il mandato comincia dopo questa data."), "al")
    if mandato.fine is not None:
        raise ErroreDominio(_("Questo mandato è già finito."), "al")
    if mandato.al is not None and al > mandato.al:
        raise ErroreDominio(_("Il mandato finisce già prima: per andare oltre serve un’altra nomina."), "al")
    mandato.al, mandato.fine, mandato.atto_fine = al, fine, atto.strip()


def invita(mandato: Mandato, *, seggio: Seggio, email: str, indirizzo_pagina: str, attore: Utente | None) -> Utente:
    """Let who sits there into the portal: to read the calls, answer, ask for items (from the next call on).

    A new address gets a link to choose a password, valid seven days; ``indirizzo_pagina`` has ``{gettone}`` in it.
    Raises ``ErroreDominio`` on a mandate that is over, or that has an account already.
    """
    if mandato.utente_id is not None or (mandato.al is not None and mandato.al < oggi()):
        raise ErroreDominio(_("Ha già un accesso, o il mandato è finito."), "email")
    utente, gettone = utenti_q.utente_per_email(email), ""
    if utente is None:
        chi = mandato.nome or f"{mandato.qualita}, {seggio.rappresenta}"
        utente = utenti.crea_utente(email=email, nome=chi, attore=attore)
        gettone = utenti.nuovo_recupero(utente, durata=DURATA_INVITO)
    utenti.assegna_ruolo(utente, Ruolo.COMPONENTE, attore=attore, ambito_id=mandato.ambito_id)
    mandato.utente_id = utente.id
    _scrivi_a_chi_siede(utente, mandato, seggio.organo.nome, indirizzo_pagina.format(gettone=gettone) if gettone else "")
    audit.registra("organi.invita", mandato, attore=attore, dettagli={"seggio": seggio.id})
    return utente


def _scrivi_a_chi_siede(utente: Utente, mandato: Mandato, organo: str, url: str) -> None:
    with in_italiano():
        righe = [_("Nel portale Coprogetta leggi le convocazioni di %(organo)s, i documenti, e rispondi.", organo=organo)]
        if url:
            righe.append(_("Per scegliere la tua password apri questo collegamento entro sette giorni:\n%(url)s", url=url))
        outbox.accoda(
            a=[utente.email], oggetto=_("Siedi in %(organo)s", organo=organo), testo="\n\n".join(righe),
            ambito_id=mandato.ambito_id, riferimento=mandato,
        )  # fmt: skip


def dichiara_decadenza(mandato: Mandato, *, al: date, atto: str, assenze: Sequence[date], attore: Utente | None) -> None:
    """End a mandate by an act, for these absences in a row (their days).

    Raises ``ErroreDominio`` without an act or absences, or on a last day before the last absence.
    """
    if not assenze:
        raise ErroreDominio(_("Le assenze di fila non bastano: la decadenza non si può dichiarare."))
    if not atto.strip():
        raise ErroreDominio(_("Scrivi con quale atto."), "atto")
    if al < max(assenze):
        raise ErroreDominio(_("L’ultima assenza è del %(giorno)s.", giorno=f"{max(assenze):%d/%m/%Y}"), "al")
    _finisci(mandato, al, Fine.DECADENZA, atto)
    giorni = [g.isoformat() for g in assenze]
    dettagli = {"al": al.isoformat(), "atto": mandato.atto_fine, "assenze": giorni}
    audit.registra("organi.dichiara_decadenza", mandato, attore=attore, dettagli=dettagli)


def chiudi_seggio(seggio: Seggio, *, al: date, motivo: str, anche_mandati: bool, attore: Utente | None) -> None:
    """Close a seat on a day, its last one. Needs ``seggio.mandati``.

    Raises ``ErroreDominio`` without a reason, before it began, later than the end it has already, or while somebody sits
    there after that day: unless ``anche_mandati``, that ends the mandates with it.
    """
    if not motivo.strip():
        raise ErroreDominio(_("Scrivi perché il posto si chiude."), "motivo")
    if al < seggio.dal or (seggio.al is not None and al > seggio.al):
        raise ErroreDominio(_("In quel giorno il seggio non c’è."), "al")
    queries.blocca_seggio(seggio.id)
    oltre = [m for m in seggio.mandati if m.al is None or m.al > al]
    if any(m.dal > al for m in oltre):
        raise ErroreDominio(_("C’è una nomina che comincia dopo quel giorno."), "al")
    if oltre and not anche_mandati:
        raise ErroreDominio(_("Dopo quel giorno ci siede ancora qualcuno: %(chi)s.", chi=oltre[0].qualita), "al")
    for mandato in oltre:
        mandato.fine = None  # it was to end later: it ends with the seat
        _finisci(mandato, al, Fine.SCADENZA, motivo)
    seggio.al, seggio.motivo = al, motivo.strip()
    dettagli = {"al": al.isoformat(), "motivo": seggio.motivo, "mandati": len(oltre)}
    audit.registra("organi.chiudi_seggio", seggio, attore=attore, dettagli=dettagli)


def spegni(organo: Organo, *, motivo: str, attore: Utente | None) -> None:
    """The body meets no more; what it did stays. Raises ``ErroreDominio`` without a reason, or with a sitting going on."""
    if not organo.attivo:
        raise TransizioneNonAmmessa(_("L’organo è già spento."))
    queries.blocca_organo(organo.id)
    if perche := queries.in_corso(organo.id):
        raise ErroreDominio(perche)
    _cambia_stato(organo, "organi.spegni", False, motivo, attore)


def riaccendi(organo: Organo, *, motivo: str, attore: Utente | None) -> None:
    """It may meet again. Raises ``ErroreDominio`` without a reason."""
    if organo.attivo:
        raise TransizioneNonAmmessa(_("L’organo è già acceso."))
    _cambia_stato(organo, "organi.riaccendi", True, motivo, attore)


def _cambia_stato(organo: Organo, azione: str, attivo: bool, motivo: str, attore: Utente | None) -> None:
    if not motivo.strip():
        raise ErroreDominio(_("Scrivi perché."), "motivo")
    organo.attivo, organo.stato_dal, organo.stato_motivo = attivo, oggi(), motivo.strip()
    audit.registra(azione, organo, attore=attore, dettagli={"motivo": organo.stato_motivo})
