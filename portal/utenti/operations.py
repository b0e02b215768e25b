"""Login, sessions, passwords, roles. One verb each; audit inside; never commits."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from sqlalchemy import delete, update

from .. import audit, outbox
from ..clocks import adesso
from ..db import sessione
from ..errors import ErroreDominio, NonTrovato, TroppiTentativi
from ..i18n import _, _l, in_italiano
from ..vincoli import spiega
from . import queries, rules
from .models import RecuperoPassword, Ruolo, RuoloUtente, SessioneUtente, Tentativo, Utente
from .password import password_qui

VINCOLI = {"uq_utente_email": ("email", _l("C’è già un utente con questo indirizzo."))}


def _chiavi(email: str, indirizzo: str) -> tuple[str, str]:
    per_email = hashlib.sha256(f"email:{email.strip().lower()}".encode()).hexdigest()
    return per_email, hashlib.sha256(f"ip:{indirizzo}".encode()).hexdigest()


def accedi(*, email: str, password: str, indirizzo: str, dispositivo: str) -> tuple[Utente, str] | None:
    """Open a session: the user and the secret for the cookie; None when e-mail or password are wrong.

    Each failure is counted under the e-mail and under the network address, hashed.
    Raises ``TroppiTentativi`` when either has failed too often in the last quarter of an hour.
    """
    chiavi = _chiavi(email, indirizzo)
    for chiave, limite in zip(chiavi, (rules.PER_EMAIL, rules.PER_INDIRIZZO), strict=True):
        if attesa := rules.attesa(queries.falliti(chiave), limite, adesso()):
            minuti = -(-attesa // 60)
            raise TroppiTentativi(_("Troppi tentativi: riprova fra %(n)s minuti.", n=minuti), attesa)
    utente = queries.utente_per_email(email)
    if not _password_giusta(utente, password):
        sessione.add_all(Tentativo(chiave=chiave, quando=adesso()) for chiave in chiavi)
        return None
    assert utente is not None
    sessione.execute(delete(Tentativo).where(Tentativo.chiave == chiavi[0]))
    if password_qui().invecchiata(utente.password or ""):
        utente.password = password_qui().cifra(password)
    gettone = apri_sessione(utente, dispositivo=dispositivo)
    audit.registra("utenti.accedi", utente, attore=utente, riservata=True)
    return utente, gettone


def _password_giusta(utente: Utente | None, password: str) -> bool:
    cifrata = utente.password if utente is not None and utente.attivo else None
    return password_qui().giusta(cifrata, password)


def apri_sessione(utente: Utente, *, dispositivo: str) -> str:
    """A new session of the user; returns the secret, of which only the hash is kept."""
    gettone, impronta = rules.nuovo_gettone()
    ora = adesso()
    sessione.add(
        SessioneUtente(
            utente_id=utente.id,
            gettone=impronta,
            creata_il=ora,
            vista_il=ora,
            scade_il=ora + rules.DURATA_SESSIONE,
            dispositivo=rules.descrivi_dispositivo(dispositivo),
        )
    )
    return gettone


def esci(utente: Utente) -> None:
    """Close the session this request came with."""
    sessione.execute(delete(SessioneUtente).where(SessioneUtente.id == utente.sessione_id))
    audit.registra("utenti.esci", utente, attore=utente, riservata=True)


def revoca_sessione(utente: Utente, *, sessione_id: int) -> None:
    """Close one of the user's own sessions. Raises ``NonTrovato`` for somebody else's."""
    tolta = sessione.execute(
        delete(SessioneUtente)
        .where(SessioneUtente.id == sessione_id, SessioneUtente.utente_id == utente.id)
        .returning(SessioneUtente.id)
    ).scalar()
    if tolta is None:
        raise NonTrovato
    audit.registra("utenti.revoca_sessione", utente, attore=utente, dettagli={"sessione": sessione_id}, riservata=True)


def chiudi_le_altre(utente: Utente, *, tranne: int | None) -> None:
    """Close every session of the user but one (all, when ``tranne`` is None)."""
    sessione.execute(delete(SessioneUtente).where(SessioneUtente.utente_id == utente.id, SessioneUtente.id != (tranne or 0)))


def vista(utente: Utente) -> None:
    """The session of this request is in use: note it and push its end ahead, once a minute. For writing requests only."""
    ora, prima = adesso(), utente.vista_il
    if utente.sessione_id is None or (prima is not None and prima >= ora - rules.OGNI_QUANTO_VISTA):
        return
    nuovi = {"vista_il": ora, "scade_il": ora + rules.DURATA_SESSIONE}
    questa = update(SessioneUtente).where(SessioneUtente.id == utente.sessione_id)
    sessione.execute(questa.values(**nuovi), execution_options={"synchronize_session": False})


def chiedi_recupero(*, email: str, indirizzo_pagina: str) -> None:
    """Send a link to choose a new password. Says nothing on whether the address is known.

    ``indirizzo_pagina`` is the absolute address of the page, with ``{gettone}`` where the secret goes.
    """
    utente = queries.utente_per_email(email)
    if utente is None or not utente.attivo:
        return
    gettone = nuovo_recupero(utente, durata=rules.DURATA_RECUPERO)
    with in_italiano():
        outbox.accoda(
            a=[utente.email],
            oggetto=_("Scegli una nuova password"),
            testo=_(
                "Qualcuno, forse tu, ha chiesto di cambiare la password del portale Coprogetta.\n\n"
                "Per sceglierne una nuova apri questo collegamento entro %(ore)s ore:\n%(url)s\n\n"
                "Se non sei stato tu, non fare niente: la tua password resta quella di prima.",
                ore=int(rules.DURATA_RECUPERO.total_seconds() // 3600),
                url=indirizzo_pagina.format(gettone=gettone),
            ),
            riferimento=utente,
        )
    audit.registra("utenti.chiedi_recupero", utente, attore=None, riservata=True)


def nuovo_recupero(utente: Utente, *, durata: timedelta) -> str:
    gettone, impronta = rules.nuovo_gettone()
    sessione.add(RecuperoPassword(utente_id=utente.id, gettone=impronta, scade_il=adesso() + durata))
    return gettone


def scegli_password(recupero: RecuperoPassword, *, password: str) -> Utente:
    """Set the password with a link received by mail: the link is used up, every session is closed."""
    utente = queries.utente_per_id(recupero.utente_id)
    if utente is None:
        raise NonTrovato
    cambia_password(utente, password=password, attore=utente, tranne=None)
    recupero.usato_il = adesso()
    return utente


def cambia_password(utente: Utente, *, password: str, attore: Utente, tranne: int | None) -> None:
    """Raises ``ErroreDominio`` on the field ``password`` when the new one is weak."""
    if difetto := rules.difetto_password(password, utente.email):
        raise ErroreDominio(difetto, "password")
    utente.password = password_qui().cifra(password)
    chiudi_le_altre(utente, tranne=tranne)
    audit.registra("utenti.cambia_password", utente, attore=attore, riservata=True)


def verifica_password(utente: Utente, password: str) -> bool:
    return _password_giusta(utente, password)


def crea_utente(*, email: str, nome: str, attore: Utente | None, password: str | None = None) -> Utente:
    """A new account; without a password it waits for an invitation link. Raises ``ErroreDominio`` on ``email``."""
    utente = Utente(email=email.strip().lower(), nome=nome.strip(), attivo=True, creato_il=adesso(), password=None)
    utente.ruoli = []
    if password is not None:
        utente.password = password_qui().cifra(password)
    with spiega(VINCOLI):
        sessione.add(utente)
    audit.registra("utenti.crea", utente, attore=attore)
    return utente


def assegna_ruolo(
    utente: Utente, ruolo: Ruolo, *, attore: Utente | None, ambito_id: int | None = None, ente_id: int | None = None
) -> None:
    """Give a role, once: nothing happens when the person has it already."""
    if any((r.ruolo, r.ambito_id, r.ente_id) == (ruolo, ambito_id, ente_id) for r in utente.ruoli):
        return
    utente.ruoli.append(RuoloUtente(ruolo=ruolo, ambito_id=ambito_id, ente_id=ente_id))
    audit.registra(
        "utenti.assegna_ruolo", utente, attore=attore, dettagli={"ruolo": ruolo, "ambito": ambito_id, "ente": ente_id}
    )


def togli_ruolo(riga: RuoloUtente, *, attore: Utente) -> None:
    """Take a role away and close the person's sessions, so that it counts at once."""
    audit.registra("utenti.togli_ruolo", riga.utente, attore=attore, dettagli={"ruolo": riga.ruolo, "ente": riga.ente_id})
    chiudi_le_altre(riga.utente, tranne=None)
    sessione.delete(riga)
