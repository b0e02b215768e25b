"""The application for a WSGI server: ``portal.wsgi:app``."""

from . import create_app
from .server import senti_i_segnali

senti_i_segnali()
app = create_app()
