"""Taking a message out of the building: SMTP by setting, else files in a folder (demonstration, development)."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .clocks import adesso
from .config import Config
from .outbox import Messaggio

Spedizione = Callable[[Messaggio], None]


class PostaNonInviata(Exception):
    """The message did not leave; the text is the kind of failure, fit for the archive."""


def componi(messaggio: Messaggio, da: str) -> EmailMessage:
    """The letter as a plain text e-mail. The Message-ID is stable, so that a second try is seen as the same."""
    posta = EmailMessage()
    posta["From"] = da
    posta["To"] = messaggio.destinatario
    posta["Subject"] = messaggio.oggetto
    posta["Date"] = format_datetime(messaggio.creato_il)
    posta["Message-ID"] = f"<coprogetta.{messaggio.id}@{da.rpartition('@')[2]}>" if messaggio.id else make_msgid()
    posta["Auto-Submitted"] = "auto-generated"
    posta.set_content(messaggio.testo)
    return posta


def spedizione(config: Config) -> Spedizione:
    """The way out this installation uses."""
    return _smtp(config) if config.smtp else _cartella(config)


def _smtp(config: Config) -> Spedizione:
    indirizzo = urlsplit(config.smtp)
    tipo = smtplib.SMTP_SSL if indirizzo.scheme == "smtps" else smtplib.SMTP
    porta = indirizzo.port or (465 if indirizzo.scheme == "smtps" else 25)

    def spedisci(messaggio: Messaggio) -> None:
        try:
            with tipo(indirizzo.hostname or "localhost", porta, timeout=20) as servizio:
                if indirizzo.scheme == "smtp" and servizio.has_extn("starttls"):
                    servizio.starttls()
                if indirizzo.username:
                    servizio.login(unquote(indirizzo.username), unquote(indirizzo.password or ""))
                servizio.send_message(componi(messaggio, config.posta_da))
        except smtplib.SMTPResponseException as errore:
            raise PostaNonInviata(f"il server di posta risponde {errore.smtp_code}") from errore
        except (smtplib.SMTPException, OSError) as errore:
            raise PostaNonInviata(type(errore).__name__) from errore

    return spedisci


def _cartella(config: Config) -> Spedizione:
    cartella = Path(config.dati) / "posta"

    def spedisci(messaggio: Messaggio) -> None:
        cartella.mkdir(parents=True, exist_ok=True)
        nome = f"{adesso():%Y%m%d-%H%M%S}-{messaggio.id:06d}.eml"
        (cartella / nome).write_bytes(bytes(componi(messaggio, config.posta_da)))

    return spedisci
