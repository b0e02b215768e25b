"""Form fields as Italians fill them in. Syntax only: facts that need the database belong to operations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_wtf import FlaskForm
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError
from stdnum.it import codicefiscale, iva
from werkzeug.datastructures import MultiDict
from wtforms import Field, FieldList, FormField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import UnboundField
from wtforms.validators import ValidationError as ErroreCampo
from wtforms.widgets import TextInput

from .clocks import a_roma, da_roma
from .errors import ErroreDominio
from .i18n import _, _l
from .money import ImportoNonValido, leggi_euro, scrivi_euro

OBBLIGATORIO = _l("Questo campo serve: compilalo.")
SENZA_FILTRI = (FieldList, FormField)


def scelte(coppie: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Choices of a select or of radio buttons, from (value, label) pairs; labels may be lazy translations."""
    return [SelectChoice(value=valore, label=str(etichetta)) for valore, etichetta in coppie]


def _pulisci(valore: Any) -> Any:
    return valore.strip() if isinstance(valore, str) else valore


def _senza_nul(valore: Any) -> Any:
    return valore.replace("\x00", "") if isinstance(valore, str) else valore


class ModuloBase(FlaskForm):
    """Every form of the portal: spaces at the ends are dropped, domain errors land on their field."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What was sent, rows of the form included, without the NUL that PostgreSQL refuses and nobody types."""
            inviati = super().wrap_formdata(form, formdata)
            if not inviati:
                return inviati
            coppie = ((nome, valore) for nome in inviati for valore in inviati.getlist(nome))
            return MultiDict((nome, _senza_nul(valore)) for nome, valore in coppie)

        def bind_field(self, form: Any, unbound_field: UnboundField, options: dict[str, Any]) -> Field:
            if not issubclass(unbound_field.field_class, SENZA_FILTRI):
                filtri = list(unbound_field.kwargs.get("filters", ()))
                unbound_field.kwargs["filters"] = filtri if _pulisci in filtri else [_pulisci, *filtri]
            return unbound_field.bind(form=form, **options)

    def rifiuta(self, errore: ErroreDominio) -> None:
        """Put a domain error on the field it names, or at the top of the form."""
        campo = self._fields.get(errore.campo or "")
        if campo is None or isinstance(campo, FormField):  # the errors of a form inside a form are its fields' own
            self.form_errors.append(str(errore.messaggio))
        else:
            campo.errors = [*campo.errors, str(errore.messaggio)]

    @property
    def ha_errori(self) -> bool:
        return bool(self.form_errors) or any(campo.errors for campo in self)


class EuroField(StringField):
    """An amount in Italian notation; ``data`` is a Decimal with two places, or None when left blank."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])  # what was typed stays, right or wrong
        return "" if self.data is None else scrivi_euro(self.data, simbolo=False)

    def process_formdata(self, valuelist: list[str]) -> None:
        testo = (valuelist[0] if valuelist else "").strip()
        self.data = None
        if testo:
            try:
                self.data = leggi_euro(testo)
            except ImportoNonValido as errore:
                raise ValueError(str(errore)) from errore

    def process_data(self, value: Decimal | None) -> None:
        self.data = value


class DataField(StringField):
    """A date from ``<input type=date>`` or typed as gg/mm/aaaa; ``data`` is a ``date`` or None."""

    widget = TextInput()
    data: Any
    input_type = "date"

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.isoformat() if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        testo = (valuelist[0] if valuelist else "").strip()
        self.data = leggi_data(testo) if testo else None

    def process_data(self, value: date | None) -> None:
        self.data = value


def leggi_data(testo: str) -> date:
    """``2026-11-22`` or ``22/11/2026``. Raises ValueError that says how to write it."""
    if letta := _leggi(testo, ("%Y-%m-%d", "%d/%m/%Y")):
        return letta.date()
    raise ValueError(_("Scrivi una data che esiste, per esempio 22/11/2026."))


def _leggi(testo: str, forme: Iterable[str]) -> datetime | None:
    """The naive time written in one of the forms, in a year of ours: others are slips, and time zones fail on them."""
    for forma in forme:
        try:
            letta = datetime.strptime(testo, forma)  # noqa: DTZ007  whoever asks knows that it is Rome's
        except ValueError:
            continue
        return letta if 1800 <= letta.year <= 2999 else None
    return None


class DataOraField(StringField):
    """Date and time as Rome's clocks read them; ``data`` is an aware instant in UTC, or None."""

    data: Any
    input_type = "datetime-local"

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return a_roma(self.data).strftime("%Y-%m-%dT%H:%M:%S") if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        testo = (valuelist[0] if valuelist else "").strip()
        self.data = leggi_data_ora(testo) if testo else None

    def process_data(self, value: datetime | None) -> None:
        self.data = value


def leggi_data_ora(testo: str) -> datetime:
    """``2026-11-22T12:00[:00]`` or ``22/11/2026 12:00[:00]``, in Rome. Raises ValueError in words."""
    if letta := _leggi(testo, ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M")):
        return da_roma(letta)
    raise ValueError(_("Scrivi giorno e ora, per esempio 22/11/2026 12:00."))


class CodiceFiscaleEnteField(StringField):
    """The 11 digits of a body, checked by their control digit (same rule as the partita IVA)."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = "".join((valuelist[0] if valuelist else "").split())

    def pre_validate(self, form: Any) -> None:
        if self.data and (motivo := difetto_codice_fiscale(self.data)):
            raise ErroreCampo(motivo)


def difetto_codice_fiscale(codice: str) -> str | None:
    """What is wrong with the codice fiscale of a body, in words; None when it is right.

    11 digits with the control digit of the partita IVA (domain.md 2.4); a person's 16 characters are refused
    with their own sentence, because the field asks for the body's code.
    """
    if codicefiscale.is_valid(codice) and len(codice) == 16:
        return _("Questo è il codice fiscale di una persona: serve quello dell’ente, di 11 cifre.")
    if not codice.isdigit() or not codice.isascii():
        return _("Il codice fiscale dell’ente è fatto di 11 cifre, senza lettere né spazi.")
    try:
        iva.validate(codice)
    except InvalidLength:
        return _("Il codice fiscale dell’ente ha 11 cifre: ne hai scritte %(n)s.", n=len(codice))
    except InvalidChecksum:
        return _("Una cifra del codice fiscale è sbagliata: ricontrollalo, l’ultima non torna con le altre.")
    except ValidationError:
        # provincial office codes are stricter for IVA than for the codice fiscale of a body
        return None if _cifra_di_controllo(codice) else _("Questo codice fiscale non è valido.")
    return None


def _cifra_di_controllo(codice: str) -> bool:
    from stdnum import luhn

    return len(codice) == 11 and codice.strip("0") != "" and bool(luhn.is_valid(codice))
