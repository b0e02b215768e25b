"""Views of the sittings: for everyone (``pubbliche``), to prepare them (``ufficio``), to minute them (``banco``), for
who was not there (``assenze``)."""

from . import assenze, banco, pubbliche, ufficio  # noqa: F401  their routes
from .area import area

__all__ = ["area"]
