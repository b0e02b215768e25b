"""Views of the Rete: for everyone (``pubbliche``), for the enti (``ente``), for the office (``ufficio``)."""

from . import ente, pubbliche, ufficio  # noqa: F401  their routes
from .area import area

__all__ = ["area"]
