"""Views of the home area, by reader: everyone (``pubbliche``), what is when (``agenda``), who checks a receipt
(``verifica``), machines (``macchine``), who logged in (``scrivania``), the office (``ufficio``)."""

from . import agenda, macchine, pubbliche, scrivania, ufficio, verifica  # noqa: F401  their routes
from .area import area

__all__ = ["area"]
