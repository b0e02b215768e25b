"""Flask-Login on our server-side sessions: the signed cookie carries a secret, the row says whether it still holds."""

from __future__ import annotations

from flask import Flask, g
from flask_login import LoginManager

from ..transaction import prima_del_commit
from . import operations, password, queries
from .models import Utente


def collega(app: Flask) -> None:
    gestore = LoginManager()
    gestore.session_protection = None  # sessions are ours: bound to a secret, listed and revocable
    gestore.init_app(app)
    gestore.user_loader(queries.utente_per_gettone)
    password.collega(app, app.config["PORTALE"])


@prima_del_commit
def _in_uso() -> None:
    """Who writes is there: their session ends twelve hours after the last thing saved, not after the login."""
    utente = g.get("_login_user") if g else None  # whoever the request was decided for; nobody in a command
    if isinstance(utente, Utente):
        operations.vista(utente)
