from __future__ import annotations

from wtforms import EmailField, PasswordField
from wtforms.validators import DataRequired, EqualTo, Length

from ..fields import OBBLIGATORIO, ModuloBase
from ..i18n import _l


class Accesso(ModuloBase):
    email = EmailField(_l("Il tuo indirizzo e-mail"), [DataRequired(OBBLIGATORIO), Length(max=300)])
    password = PasswordField(_l("La tua password"), [DataRequired(OBBLIGATORIO), Length(max=200)])


class Recupero(ModuloBase):
    email = EmailField(_l("Il tuo indirizzo e-mail"), [DataRequired(OBBLIGATORIO), Length(max=300)])


class NuovaPassword(ModuloBase):
    password = PasswordField(_l("La nuova password"), [DataRequired(OBBLIGATORIO), Length(max=200)])
    ripeti = PasswordField(
        _l("Scrivila ancora"),
        [DataRequired(OBBLIGATORIO), EqualTo("password", _l("Le due password sono diverse."))],
    )


class CambioPassword(NuovaPassword):
    attuale = PasswordField(_l("La password di adesso"), [DataRequired(OBBLIGATORIO)])
