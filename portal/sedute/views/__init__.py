"""Views of the sittings: for everyone (``pubbliche``), to prepare them (``ufficio``), to minute them (``banco``)."""

from . import banco, pubbliche, ufficio  # noqa: F401  their routes
from .area import area

__all__ = ["area"]
