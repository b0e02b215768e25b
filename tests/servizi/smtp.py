"""A real mail server for the tests: receives on 127.0.0.1, keeps the messages and, when told, refuses them.

Outgoing mail is tested down to the wire: accented headers, attachments, another try after a temporary refusal
(4xx), giving up after a permanent one (5xx).
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

INDIRIZZO = "127.0.0.1"
ACCETTATO = "250 2.0.0 accettato"
RIFIUTO_TEMPORANEO = "451 4.3.0 server occupato, riprovare"
RIFIUTO_DEFINITIVO = "550 5.1.1 casella inesistente"


@dataclass(frozen=True)
class Ricevuto:
    """An accepted message: the envelope (sender, recipients) and the content, parsed."""

    mittente: str
    destinatari: tuple[str, ...]
    messaggio: EmailMessage


class Cassetta:
    """What the server has received, and how it must answer. Safe across threads."""

    def __init__(self, porta: int) -> None:
        self.porta = porta
        self._novita = threading.Condition()
        self._ricevuti: list[Ricevuto] = []
        self._rifiuti: list[str] = []

    @property
    def ricevuti(self) -> list[Ricevuto]:
        """The messages accepted so far, in order of arrival."""
        with self._novita:
            return list(self._ricevuti)

    def rifiuta(self, volte: int = 1, risposta: str = RIFIUTO_TEMPORANEO) -> None:
        """The next ``volte`` messages get ``risposta`` (a 4xx or 5xx code) instead of being accepted."""
        with self._novita:
            self._rifiuti += [risposta] * volte

    def attendi(self, quanti: int, secondi: float = 10) -> list[Ricevuto]:
        """The messages, once they are at least ``quanti``; AssertionError when the time is over first."""
        with self._novita:
            arrivati = self._novita.wait_for(lambda: len(self._ricevuti) >= quanti, secondi)
            assert arrivati, f"attesi {quanti} messaggi, arrivati {len(self._ricevuti)}"
            return list(self._ricevuti)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """The answer to a message (the name is the one aiosmtpd looks for)."""
        with self._novita:
            if self._rifiuti:
                return self._rifiuti.pop(0)
            contenuto = envelope.content if isinstance(envelope.content, bytes) else b""
            messaggio = message_from_bytes(contenuto, _class=EmailMessage, policy=policy.default)
            self._ricevuti.append(Ricevuto(envelope.mail_from or "", tuple(envelope.rcpt_tos), messaggio))
            self._novita.notify_all()
            return ACCETTATO


@contextmanager
def server_di_posta() -> Iterator[Cassetta]:
    """The server, running for the length of the block on a free port of 127.0.0.1."""
    cassetta = Cassetta(porta_libera())
    controllo = Controller(cassetta, hostname=INDIRIZZO, port=cassetta.porta)
    controllo.start()
    try:
        yield cassetta
    finally:
        controllo.stop()


def porta_libera() -> int:
    """A free port of 127.0.0.1."""
    with socket.socket() as presa:
        presa.bind((INDIRIZZO, 0))
        return int(presa.getsockname()[1])
