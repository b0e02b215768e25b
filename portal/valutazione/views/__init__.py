from . import commissari, commissioni, esiti, ufficio  # noqa: F401  they add their routes
from .area import area

__all__ = ["area"]
