"""The form of /verifica: a code, files, or both."""

from __future__ import annotations

from flask_wtf.file import MultipleFileField
from wtforms import StringField
from wtforms.validators import Length

from ..fields import ModuloBase
from ..i18n import _l


class Verifica(ModuloBase):
    codice = StringField(_l("Qual è il codice?"), [Length(max=60)])
    file = MultipleFileField(_l("Quali file vuoi controllare?"))
