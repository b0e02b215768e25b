"""Views of the Rete: for everyone (``pubbliche``), the enti (``ente``), the office (``ufficio``); ``elezioni``: for all."""

from . import elezioni, ente, pubbliche, ufficio  # noqa: F401  their routes
from .area import area

__all__ = ["area"]
