"""Views of the sittings: for everyone (``pubbliche``), for who is convened (``componente``), to prepare them (``ufficio``,
``documenti``, ``proposte``), to minute them (``banco``), for who was not there (``assenze``)."""

from . import assenze, banco, componente, documenti, proposte, pubbliche, ufficio  # noqa: F401  their routes
from .area import area

__all__ = ["area"]
