"""Registering enti, their data and their people. Audit inside; never commits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .. import audit, outbox
from ..clocks import adesso, oggi
from ..db import sessione
from ..errors import Conflitto, ErroreDominio, Vietato
from ..i18n import _, _l, in_italiano
from ..utenti import operations as utenti
from ..utenti import queries as utenti_q
from ..utenti.models import DELL_ENTE, Ruolo, RuoloUtente, Utente
from ..utenti.rules import DURATA_INVITO
from ..vincoli import spiega
from . import rules
from .models import AttivitaEnte, Ente, RilevazioneRunts, SezioneRunts, StatoRunts, TipoEnte

VINCOLI = {
    "uq_ente_codice_fiscale": (
        "codice_fiscale",
        _l("Questo ente è già registrato: chiedi al suo rappresentante legale di invitarti."),
    )
}
CAMPI = ("denominazione", "forma_giuridica", "pec", "sito", "telefono", "indirizzo", "cap", "comune", "provincia")


@dataclass(frozen=True)
class DatiRunts:
    """What the ente says the register says of it."""

    sezione: SezioneRunts
    repertorio: int | None
    iscritto_il: date | None
    stato: StatoRunts = StatoRunts.ISCRITTO
    fonte: str = ""


def registra(
    *,
    codice_fiscale: str,
    dati: Mapping[str, str | None],
    attore: Utente | None,
    runts: DatiRunts | None = None,
    attivita: Iterable[str] = (),
    tipo: TipoEnte = TipoEnte.ETS,
    esempio: bool = False,
) -> Ente:
    """A new ente by its codice fiscale (already checked by the form), with what an ETS declares of the register.

    Raises ``ErroreDominio`` on ``codice_fiscale`` when it is there already, on ``iscritto_il`` for an impossible date;
    for an ETS without ``runts``, and for any other body with them (art. 4 D.Lgs. 117/2017).
    """
    if (runts is None) == (tipo == TipoEnte.ETS):
        raise ErroreDominio(rules.difetto_registro(tipo) or _("Di un ente del Terzo settore servono i dati del RUNTS."))
    ente = Ente(
        codice_fiscale=codice_fiscale, tipo=tipo, registrato_il=adesso(), esempio=esempio, **{c: dati.get(c) for c in CAMPI}
    )
    ente.attivita = [AttivitaEnte(lettera=lettera) for lettera in sorted(set(attivita))]
    ente.rilevazioni = [_rilevazione(runts)] if runts else []
    with spiega(VINCOLI):
        sessione.add(ente)
    audit.registra("enti.registra", ente, attore=attore, dettagli={"codice_fiscale": codice_fiscale, "tipo": tipo})
    return ente


def registra_con_rappresentante(ente: Ente, *, nome: str, email: str, indirizzo_pagina: str) -> Utente:
    """The account of who registers an ente from outside: the link to open it goes to the ente's PEC.

    ``indirizzo_pagina`` is the absolute address of the password page with ``{gettone}``. Raises ``ErroreDominio`` on
    ``email`` when the address has an account already.
    """
    if utenti_q.utente_per_email(email) is not None:
        raise ErroreDominio(_("C’è già un accesso con questo indirizzo: entra, poi registra l’ente."), "email")
    utente = utenti.crea_utente(email=email, nome=nome, attore=None)
    utenti.assegna_ruolo(utente, Ruolo.RAPPRESENTANTE, attore=None, ente_id=ente.id)
    gettone = utenti.nuovo_recupero(utente, durata=DURATA_INVITO)
    with in_italiano():
        outbox.accoda(
            a=[ente.pec],
            oggetto=_("Apri l’accesso di %(ente)s al portale", ente=ente.denominazione),
            testo=_(
                "%(ente)s è stato registrato sul portale Coprogetta.\n\n"
                "Chi lo rappresenta entra con l’indirizzo %(email)s. Per scegliere la password apri questo "
                "collegamento entro sette giorni:\n%(url)s\n\n"
                "Se nessuno del vostro ente lo ha chiesto, ignorate il messaggio e avvisate l’Ufficio di Piano.",
                ente=ente.denominazione,
                email=utente.email,
                url=indirizzo_pagina.format(gettone=gettone),
            ),
            riferimento=ente,
        )
    return utente


def _rilevazione(runts: DatiRunts) -> RilevazioneRunts:
    if rules.difetto_iscrizione(runts.iscritto_il, oggi()):
        raise ErroreDominio(_("La data di iscrizione va dal 23 novembre 2021 a oggi."), "iscritto_il")
    return RilevazioneRunts(
        stato=runts.stato,
        sezione=runts.sezione,
        repertorio=runts.repertorio,
        iscritto_il=runts.iscritto_il,
        fonte=runts.fonte or _("dichiarata dall’ente"),
        rilevata_il=adesso(),
    )


def modifica(
    ente: Ente,
    *,
    versione: int,
    dati: Mapping[str, str | None],
    attore: Utente,
    attivita: Iterable[str] = (),
    tipo: TipoEnte | None = None,
) -> None:
    """Change the data of the ente. ``tipo``: the right one, for a body outside the RUNTS that had chosen another.

    Raises ``Conflitto`` with both texts when somebody saved meanwhile, ``ErroreDominio`` on ``tipo`` for a change that
    makes an ETS or unmakes it: that is for the register to say.
    """
    if versione != ente.versione:
        raise Conflitto(
            _("Mentre scrivevi, un’altra persona ha cambiato i dati dell’ente."),
            mio={c: str(dati.get(c) or "") for c in CAMPI},
            salvato={c: str(getattr(ente, c) or "") for c in CAMPI},
        )
    tipo = tipo or ente.tipo
    if tipo != ente.tipo and TipoEnte.ETS in (tipo, ente.tipo):
        raise ErroreDominio(_("Se un ente è del Terzo settore lo dice il RUNTS."), "tipo")
    cambiati = [c for c in CAMPI if (dati.get(c) or None) != (getattr(ente, c) or None)]
    if tipo != ente.tipo:
        ente.tipo, cambiati = tipo, [*cambiati, "tipo"]
    for campo in CAMPI:
        setattr(ente, campo, dati.get(campo) or None)
    _aggiorna_attivita(ente, set(attivita))
    sessione.flush()  # a stale version must surface here
    audit.registra("enti.modifica", ente, attore=attore, dettagli={"campi": cambiati})


def _aggiorna_attivita(ente: Ente, volute: set[str]) -> None:
    ente.attivita = [a for a in ente.attivita if a.lettera in volute] + [
        AttivitaEnte(lettera=nuova) for nuova in sorted(volute - {a.lettera for a in ente.attivita})
    ]


def rileva(ente: Ente, runts: DatiRunts, *, attore: Utente) -> RilevazioneRunts:
    """Note what the register says today: the earlier ones stay (domain.md 2.3).

    Raises ``Vietato`` for a body that is no ETS, ``ErroreDominio`` on ``iscritto_il`` for an impossible date.
    """
    if motivo := rules.difetto_registro(ente.tipo):
        raise Vietato(motivo)
    nuova = _rilevazione(runts)
    ente.rilevazioni.insert(0, nuova)
    sessione.flush()  # its id goes to the register of operations
    audit.registra("enti.rileva", ente, attore=attore, dettagli={"stato": nuova.stato, "sezione": nuova.sezione})
    return nuova


def iscrivi(ente: Ente, runts: DatiRunts, *, attivita: Iterable[str], attore: Utente) -> RilevazioneRunts:
    """An organisation that has entered the register: from now on it is an ETS, and stays one (art. 4 D.Lgs. 117/2017).

    Raises ``Vietato`` for a public body or a union, which are no ETS (art. 4 c. 2), and for who is one already;
    ``ErroreDominio`` on ``iscritto_il`` for an impossible date.
    """
    if ente.tipo != TipoEnte.ALTRO:
        raise Vietato(rules.difetto_registro(ente.tipo) or _("È già un ente del Terzo settore."))
    nuova = _rilevazione(runts)
    ente.tipo = TipoEnte.ETS
    ente.rilevazioni.insert(0, nuova)
    _aggiorna_attivita(ente, set(attivita))
    sessione.flush()  # a stale version must surface here
    audit.registra("enti.iscrivi", ente, attore=attore, dettagli={"stato": nuova.stato, "sezione": nuova.sezione})
    return nuova


def invita(ente: Ente, *, nome: str, email: str, ruolo: Ruolo, indirizzo_pagina: str, attore: Utente) -> None:
    """Let a person work for the ente; a new address gets a link to choose a password, valid seven days."""
    if ruolo not in DELL_ENTE:
        raise ErroreDominio(_("Scegli un ruolo dell’ente."), "ruolo")
    utente = utenti_q.utente_per_email(email)
    collegamento = ""
    if utente is None:
        utente = utenti.crea_utente(email=email, nome=nome, attore=attore)
        gettone = utenti.nuovo_recupero(utente, durata=DURATA_INVITO)
        collegamento = "\n\n" + _(
            "Per scegliere la tua password apri questo collegamento entro sette giorni:\n%(url)s",
            url=indirizzo_pagina.format(gettone=gettone),
        )
    utenti.assegna_ruolo(utente, ruolo, attore=attore, ente_id=ente.id)
    with in_italiano():
        outbox.accoda(
            a=[utente.email],
            oggetto=_("%(ente)s ti ha invitato sul portale", ente=ente.denominazione),
            testo=_("Puoi lavorare per %(ente)s sul portale Coprogetta.", ente=ente.denominazione) + collegamento,
            riferimento=ente,
        )


def togli_persona(riga: RuoloUtente, *, ente: Ente, attore: Utente) -> None:
    """Stop a person from working for the ente. The last legal representative stays."""
    if riga.ruolo == Ruolo.RAPPRESENTANTE:
        rappresentanti = [r for r in utenti_q.persone_dell_ente(ente.id) if r.ruolo == Ruolo.RAPPRESENTANTE]
        if len(rappresentanti) == 1:
            raise ErroreDominio(_("Serve almeno un rappresentante legale: aggiungi prima quello nuovo."))
    utenti.togli_ruolo(riga, attore=attore)
