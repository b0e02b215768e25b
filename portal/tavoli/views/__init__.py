"""Views of the tavoli: for everyone (``pubbliche``), the enti (``ente``), the office (the others)."""

from . import ente, percorsi, pubbliche, restituzione, ufficio  # noqa: F401  their routes
from .area import area

__all__ = ["area"]
