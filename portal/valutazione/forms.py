from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from wtforms import HiddenField, IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from ..fields import ModuloBase, scelte
from ..i18n import _, _l
from .rules import PuntiNonValidi, leggi_punti

OBBLIGATORIO = _l("Questa risposta serve: completala.")
LUNGO = Length(max=4000, message=_l("Usa al massimo 4.000 caratteri."))
RIGA = Length(max=300, message=_l("Usa al massimo 300 caratteri."))


class Decisione(ModuloBase):
    """Admissibility: the confirmation comes on a second page, with ``conferma``."""

    decisione = RadioField(
        _l("La proposta è ammessa alla valutazione?"),
        [InputRequired(_l("Scegli sì o no."))],
        choices=lambda: scelte([("si", _("Sì, è ammessa")), ("no", _("No, non è ammessa"))]),
    )
    motivo = TextAreaField(_l("Perché?"), [LUNGO])
    conferma = HiddenField()

    def validate_motivo(self, campo: TextAreaField) -> None:
        if self.decisione.data == "no" and not campo.data:
            raise ValidationError(_("Scrivi perché non è ammessa: l’ente deve poter capire e rispondere."))


class Caselle(SelectMultipleField):
    """Several answers, each with its box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Nomina(ModuloBase):
    atto = StringField(_l("Con quale atto è nominata?"), [DataRequired(OBBLIGATORIO), RIGA])
    presidente = RadioField(_l("Chi presiede?"), [InputRequired(_l("Scegli chi presiede."))], coerce=int)
    componenti = Caselle(_l("Chi sono gli altri componenti?"), coerce=int)

    def fra(self, persone: Iterable[tuple[int, str]]) -> None:
        """Who may be chosen: id and name."""
        self.presidente.choices = self.componenti.choices = scelte(persone)


class Sostituzione(ModuloBase):
    con = RadioField(_l("Chi entra al suo posto?"), [InputRequired(_l("Scegli chi entra."))], coerce=int)
    motivo = TextAreaField(_l("Perché, e con quale atto?"), [DataRequired(OBBLIGATORIO), LUNGO])


class Dichiarazione(ModuloBase):
    risposta = RadioField(
        _l("Hai conflitti di interesse con uno di questi enti?"),
        [InputRequired(_l("Scegli una risposta."))],
        choices=lambda: scelte(
            [
                ("assenza", _("No, non ho conflitti di interesse")),
                ("conflitto", _("Sì, ho o potrei avere un conflitto di interesse")),
            ]
        ),
    )
    nota = TextAreaField(_l("Con quale ente e perché?"), [LUNGO])

    def validate_nota(self, campo: TextAreaField) -> None:
        if self.risposta.data == "conflitto" and not campo.data:
            raise ValidationError(_("Scrivi con quale ente e perché."))


class PuntiField(StringField):
    """Points in Italian notation; ``data`` is a Decimal with two places, or None when left blank."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])  # what was typed stays, right or wrong
        return "" if self.data is None else f"{self.data:.2f}".replace(".", ",")

    def process_formdata(self, valuelist: list[str]) -> None:
        testo = (valuelist[0] if valuelist else "").strip()
        self.data = None
        if testo:
            try:
                self.data = leggi_punti(testo)
            except PuntiNonValidi as errore:
                raise ValueError(_difetto_di_scrittura(str(errore), testo)) from errore

    def process_data(self, value: Decimal | None) -> None:
        self.data = value


def _difetto_di_scrittura(difetto: str, testo: str) -> str:
    if difetto == "punto":
        return _("I decimali si scrivono con la virgola: volevi scrivere %(n)s?", n=testo.replace(".", ","))
    if difetto == "decimali":
        return _("Due decimali al massimo, per esempio 12,50.")
    return _("Scrivi un numero, per esempio 12 o 12,50.")


class Punteggi(ModuloBase):
    """Points and reasons, one pair per criterion, added by ``modulo_punteggi``."""

    versione = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    solo_salva = HiddenField()

    def campi_di(self, criterio_id: int) -> tuple[PuntiField, TextAreaField]:
        return self[f"punti_{criterio_id}"], self[f"motivo_{criterio_id}"]

    def completa(self, criteri: Iterable[Any], *, parziale: bool) -> bool:
        """Points without a reason, or the other way round, are an error; a blank pair only in a final save."""
        for criterio in criteri:
            punti, motivo = self.campi_di(criterio.id)
            if parziale and punti.data is None and not punti.errors and not motivo.data:
                continue
            if punti.data is None and not punti.errors:
                punti.errors = [_("%(c)s: scrivi i punti, da 0 a %(n)s.", c=criterio.titolo, n=criterio.peso)]
            elif punti.data is not None and punti.data > criterio.peso:
                punti.errors = [_("%(c)s: i punti vanno da 0 a %(n)s.", c=criterio.titolo, n=criterio.peso)]
            if not motivo.data and not motivo.errors:
                motivo.errors = [_("%(c)s: scrivi perché, i punti senza motivo non valgono.", c=criterio.titolo)]
        return not self.ha_errori


def modulo_punteggi(criteri: Iterable[Any]) -> type[Punteggi]:
    """The form for the criteria of one avviso (objects with ``id``, ``titolo`` and ``peso``)."""
    campi: dict[str, Any] = {}
    for c in criteri:
        campi[f"punti_{c.id}"] = PuntiField(_l("Quanti punti, da 0 a %(n)s?", n=c.peso), [Optional()])
        campi[f"motivo_{c.id}"] = TextAreaField(_l("Perché?"), [LUNGO])
    return type("PunteggiDiUnAvviso", (Punteggi,), campi)


def valori_iniziali(punteggi: Iterable[Any]) -> Mapping[str, Any]:
    """What the form shows at first: the scores saved so far."""
    valori: dict[str, Any] = {}
    for p in punteggi:
        valori[f"punti_{p.criterio_id}"], valori[f"motivo_{p.criterio_id}"] = p.punti, p.motivazione
    return valori


class Pubblicazione(ModuloBase):
    atto = StringField(_l("Quale atto approva la graduatoria?"), [DataRequired(OBBLIGATORIO), RIGA])
    impronta = HiddenField()
    conferma = HiddenField()
