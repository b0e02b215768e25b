"""Views of the bodies: for everyone (``pubbliche``) and for the office (``ufficio``)."""

from . import pubbliche, ufficio  # noqa: F401  their routes
from .area import area

__all__ = ["area"]
