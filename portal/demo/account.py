"""The accounts of the demonstration: one per role, one password, refused outside the demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..config import Config, ConfigurazioneErrata
from ..parole import parola_ruolo
from ..utenti.models import Ruolo
from ..utenti.rules import PAROLA_DIMOSTRAZIONE


@dataclass(frozen=True)
class Account:
    """A person of the demonstration: role for an Ambito (slug) or an ente (file name), or for everything."""

    email: str
    ruolo: Ruolo
    ambito: str | None = None
    ente: str | None = None


ACCOUNT = (
    Account("responsabile@casarano.example", Ruolo.RESPONSABILE, ambito="casarano"),
    Account("operatore@casarano.example", Ruolo.OPERATORE, ambito="casarano"),
    Account("operatore2@casarano.example", Ruolo.OPERATORE, ambito="casarano"),
    Account("commissario1@casarano.example", Ruolo.COMMISSARIO, ambito="casarano"),
    Account("commissario2@casarano.example", Ruolo.COMMISSARIO, ambito="casarano"),
    Account("commissario3@casarano.example", Ruolo.COMMISSARIO, ambito="casarano"),
    Account("componente@casarano.example", Ruolo.COMPONENTE, ambito="casarano"),
    Account("componente2@casarano.example", Ruolo.COMPONENTE, ambito="casarano"),
    Account("responsabile@gagliano.example", Ruolo.RESPONSABILE, ambito="gagliano"),
    Account("rappresentante@ente-esempio-1.example", Ruolo.RAPPRESENTANTE, ente="cooperativa-sociale-esempio"),
    Account("compilatore@ente-esempio-1.example", Ruolo.COMPILATORE, ente="cooperativa-sociale-esempio"),
    Account("rappresentante@ente-esempio-2.example", Ruolo.RAPPRESENTANTE, ente="associazione-esempio-aps"),
    Account("rappresentante@ente-esempio-3.example", Ruolo.RAPPRESENTANTE, ente="fondazione-esempio"),
    Account("rappresentante@ente-esempio-4.example", Ruolo.RAPPRESENTANTE, ente="volontari-esempio-odv"),
    Account("admin@portale.example", Ruolo.AMMINISTRATORE),
)


def nome(account: Account) -> str:
    """A role instead of a name: nobody real."""
    numero = "".join(c for c in account.email.partition("@")[0] if c.isdigit())
    return " ".join(p for p in (parola_ruolo(account.ruolo), numero, "(esempio)") if p)


def righe(config: Config) -> Iterator[str]:
    """Lines to print: address, role; then the password. Raises ``ConfigurazioneErrata`` outside the demonstration."""
    if not config.demo:
        raise ConfigurazioneErrata("gli account di prova esistono solo in dimostrazione")
    larghezza = max(len(a.email) for a in ACCOUNT)
    for account in ACCOUNT:
        yield f"  {account.email:<{larghezza}}  {parola_ruolo(account.ruolo)}"
    yield f"  La password è una per tutti: {PAROLA_DIMOSTRAZIONE}"
