"""Coprogetta: where an Ambito Territoriale Sociale and the Third Sector plan and design services together.

``create_app`` puts the plumbing and the areas together, and does nothing else.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from . import db, errors, i18n, logs, memoria, templating, web
from .config import Config, dall_ambiente
from .percorsi import cartella

__version__ = "0.1.0"


def create_app(config: Config | None = None) -> Flask:
    """The portal as a WSGI application, configured from the environment unless a ``Config`` is given."""
    config = config or dall_ambiente()
    app = Flask(__name__, template_folder=str(cartella("templates")), static_folder=str(cartella("static")))
    app.config.from_mapping(config.per_flask(), INDIRIZZO=config.indirizzo, PORTALE=config)
    logs.configura(messaggi=config.ambiente == "sviluppo")
    app.extensions["motore"] = db.apri(config.database)
    if config.proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, config.proxy, config.proxy, config.proxy, config.proxy)  # type: ignore[method-assign]
    memoria.collega(app, config.memoria)  # before every other hook: a page that is ready needs none of them
    i18n.collega(app)
    templating.collega(app, demo=config.demo)
    errors.registra(app)
    _aree(app)
    CSRFProtect(app)  # last: its refusal is a page of the Ambito that the address names
    return app


@contextmanager
def _senza_spazzare() -> Iterator[None]:
    """Modules and tables stay for ever: looking for cycles among them, while they are made, is a sixth of the start."""
    attivo = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if attivo:
            gc.enable()


def _aree(app: Flask) -> None:
    with _senza_spazzare():
        from . import storage
        from .ambiti.queries import ambito_e_comuni
        from .aree import AREE
        from .utenti.accesso import collega as collega_accesso

    collega_accesso(app)
    app.extensions["deposito"] = storage.DepositoCartella(app.config["PORTALE"].dati / "allegati")
    for area in AREE:
        app.register_blueprint(area)
    web.collega(app, ambito_e_comuni)
