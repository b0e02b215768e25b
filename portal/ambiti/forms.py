from __future__ import annotations

from wtforms import RadioField, StringField

from ..fields import ModuloBase, scelte
from ..i18n import _, _l
from .rules import IMPOSTAZIONI


def modulo_impostazioni() -> type[ModuloBase]:
    """A field per setting: a number to type, or yes and no."""
    campi = {
        chiave: RadioField(
            voce.etichetta, choices=lambda: scelte([("si", _("Sì")), ("no", _("No"))]), description=voce.fonte
        )
        if voce.tipo == "si_no"
        else StringField(
            voce.etichetta, description=_l("Di solito %(n)s. Fonte: %(fonte)s.", n=voce.predefinito, fonte=voce.fonte)
        )
        for chiave, voce in IMPOSTAZIONI.items()
    }
    return type("Impostazioni", (ModuloBase,), campi)
