"""Views of the bodies: for everyone (``pubbliche``, ``decisioni``) and for the office (``ufficio``, ``posti``)."""

from . import decisioni, posti, pubbliche, ufficio  # noqa: F401  their routes
from .area import area

__all__ = ["area"]
