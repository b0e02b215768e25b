"""How an application keeps passwords: argon2id at its own cost, and whether the demonstration's one opens anything."""

from __future__ import annotations

from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from flask import Flask, current_app

from ..config import Config
from . import rules


@dataclass(frozen=True)
class Password:
    argon2: PasswordHasher
    dimostrazione: bool

    def cifra(self, password: str) -> str:
        """The hash to keep. Raises nothing: length is a rule of whoever chooses it."""
        return self.argon2.hash(password)

    def giusta(self, cifrata: str | None, password: str) -> bool:
        """Same time whether there is a hash to compare with or not: one is always computed."""
        di_prova = password == rules.PAROLA_DIMOSTRAZIONE and not self.dimostrazione
        if cifrata is None or di_prova:
            self.argon2.hash(password[:200])
            return False
        try:
            return self.argon2.verify(cifrata, password)
        except (Argon2Error, InvalidHashError):
            return False

    def invecchiata(self, cifrata: str) -> bool:
        """True when the hash was made at another cost than today's."""
        return self.argon2.check_needs_rehash(cifrata)


def collega(app: Flask, config: Config) -> None:
    app.extensions["password"] = Password(PasswordHasher(**config.argon2), dimostrazione=config.demo)


def password_qui() -> Password:
    """Of the application at work: two in one process keep their own."""
    return current_app.extensions["password"]
