"""Pages of the minute: at the office's desk (``ufficio``, ``passi``), for who was there and for everyone (``letture``)."""

from . import letture, passi, ufficio
from .area import area

__all__ = ["area", "letture", "passi", "ufficio"]
