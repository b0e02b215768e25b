from __future__ import annotations

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from ..fields import DataField, EuroField, ModuloBase
from ..i18n import _, _l

OBBLIGATORIO = _l("Questa risposta serve: completala.")
RIGA = Length(max=300, message=_l("Usa al massimo 300 caratteri."))


class NuovoProgetto(ModuloBase):
    titolo = StringField(_l("Come si chiama il progetto?"), [DataRequired(OBBLIGATORIO), RIGA])
    sintesi = TextAreaField(
        _l("Che cosa fa, in parole semplici?"),
        [DataRequired(OBBLIGATORIO), Length(max=1200, message=_l("Usa al massimo 1.200 caratteri."))],
    )
    contributo = EuroField(_l("Quanto riceve l’ente?"), [InputRequired(_l("Scrivi un importo, per esempio 1.234,56."))])
    atto = StringField(_l("Quale atto lo approva?"), [DataRequired(OBBLIGATORIO), RIGA])
    approvato_il = DataField(_l("Di quale giorno è l’atto?"), [InputRequired(OBBLIGATORIO)])


class NuovoImpegno(ModuloBase):
    riga = RadioField(_l("Da quale riga del piano?"), [InputRequired(_l("Scegli una riga del piano."))], coerce=int)
    importo = EuroField(_l("Quanto?"), [InputRequired(_l("Scrivi un importo, per esempio 1.234,56."))])
    motivo = TextAreaField(
        _l("Perché superi il residuo?"), [Length(max=2000, message=_l("Usa al massimo 2.000 caratteri."))]
    )

    def validate_importo(self, campo: EuroField) -> None:
        if campo.data is not None and campo.data <= 0:
            raise ValidationError(_("Scrivi un importo maggiore di zero."))
