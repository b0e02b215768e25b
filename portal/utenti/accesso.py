"""Flask-Login on our server-side sessions: the signed cookie carries a secret, the row says whether it still holds."""

from __future__ import annotations

from flask import Flask
from flask_login import LoginManager

from . import operations, queries


def collega(app: Flask) -> None:
    gestore = LoginManager()
    gestore.session_protection = None  # sessions are ours: bound to a secret, listed and revocable
    gestore.init_app(app)
    gestore.user_loader(queries.utente_per_gettone)
    config = app.config["PORTALE"]
    operations.configura(argon2=config.argon2, dimostrazione=config.demo)
