"""The form of a page of the guide, and the filters of its lists. Rows that stay blank are not saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from ..fields import OBBLIGATORIO, ModuloBase, scelte
from ..i18n import _l
from .models import Categoria, StatoServizio
from .rules import BREVE, CATEGORIE, COLONNE, STATI, Contenuto, DatiContatto, DatiSede, in_elenco

RIGHE_VUOTE = 2
"""Blank rows for places and contacts: who needs more saves and finds two others."""
TIPI_CONTATTO = (
    ("telefono", _l("Telefono")),
    ("email", _l("E-mail")),
    ("pec", _l("PEC")),
    ("sito", _l("Sito (https://…)")),
    ("testo", _l("Altro testo")),
)


def _riga_unica(valore: Any) -> Any:
    return " ".join(valore.split()) if isinstance(valore, str) else valore


def _a_capo(valore: Any) -> Any:
    """Browsers send CR LF; what is compared and stored has LF."""
    return valore.replace("\r\n", "\n").strip() if isinstance(valore, str) else valore


def _riga(etichetta: Any, massimo: int = 300, **altro: Any) -> StringField:
    return StringField(etichetta, [Length(max=massimo), *altro.pop("validators", ())], filters=[_riga_unica], **altro)


def _testo(etichetta: Any, massimo: int = 10_000) -> TextAreaField:
    return TextAreaField(etichetta, [Length(max=massimo)], filters=[_a_capo])


class ModuloSede(Form):
    nome = _riga(_l("Come si chiama il posto?"))
    indirizzo = _testo(_l("Qual è l’indirizzo?"), 500)
    orari = _testo(_l("In quali giorni e ore?"), 500)
    accessibilita = _testo(_l("Ci si arriva e si entra senza barriere?"), 500)


class ModuloContatto(Form):
    etichetta = _riga(_l("A che cosa serve questo contatto?"))
    valore = _riga(_l("Numero, indirizzo o nome"))
    tipo = SelectField(_l("Che tipo di contatto è?"), choices=lambda: scelte(TIPI_CONTATTO))


class ModuloServizio(ModuloBase):
    """``per_pagina`` fills the choices that come from the database."""

    titolo = _riga(_l("Come si chiama il servizio?"), 200, validators=[DataRequired(OBBLIGATORIO)])
    categoria = SelectField(_l("Dove lo cerca un cittadino?"), choices=lambda: scelte(CATEGORIE.items()))
    descrizione = TextAreaField(
        _l("Che cos’è, in due frasi?"), [DataRequired(OBBLIGATORIO), Length(max=255)], filters=[_a_capo, _riga_unica]
    )
    stato = RadioField(
        _l("Adesso il servizio funziona?"),
        [InputRequired(OBBLIGATORIO)],
        choices=lambda: scelte(STATI.items()),
        default=StatoServizio.ATTIVO.value,
    )
    motivo_stato = _testo(_l("Se non è attivo, perché?"), 500)
    protetto = BooleanField(_l("È una pagina per chi ha paura: mostra «Esci subito»"))
    scheda_id = SelectField(_l("Da quale scheda del Piano nasce?"), coerce=int)
    comuni = SelectMultipleField(
        _l("In quali Comuni c’è?"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_l("Nessuna scelta vuol dire tutto l’Ambito."),
    )
    breve_per_chi = _testo(BREVE["breve_per_chi"], 300)
    breve_costo = _testo(BREVE["breve_costo"], 300)
    breve_portare = _testo(BREVE["breve_portare"], 300)
    breve_urgenza = _testo(BREVE["breve_urgenza"], 300)
    a_chi = _testo(_l("A chi è rivolto?"))
    come_fare = _testo(_l("Che cosa deve fare, passo per passo?"))
    cosa_serve = _testo(_l("Che cosa serve?"))
    cosa_ottieni = _testo(_l("Che cosa ottiene?"))
    tempi = _testo(_l("Quanto tempo ci vuole? Ci sono scadenze?"))
    costi = _testo(_l("Quanto costa?"))
    chi_paga = _testo(_l("Chi lo paga?"), 1000)
    condizioni = _testo(_l("Quali regole valgono?"))
    parole = _testo(_l("Con quali parole lo cerca la gente?"), 2000)
    argomenti = _riga(_l("Di quali argomenti parla?"))
    fonte = _riga(_l("Da quali documenti viene il testo?"))
    sedi = FieldList(FormField(ModuloSede))
    contatti = FieldList(FormField(ModuloContatto))
    versione = IntegerField(widget=HiddenInput(), default=0)

    def per_pagina(self, *, schede: Iterable[tuple[int, str]], comuni: Iterable[tuple[int, str]]) -> ModuloServizio:
        """Set the choices and the blank rows at the end. Returns itself."""
        self.scheda_id.choices = scelte([(0, _l("Nessuna scheda")), *schede])
        self.comuni.choices = scelte(comuni)
        if not self.is_submitted():
            for elenco in (self.sedi, self.contatti):
                for _vuota in range(RIGHE_VUOTE):
                    elenco.append_entry()
        return self

    def contenuto(self) -> Contenuto:
        """What was typed, as values."""
        valori: dict[str, Any] = {c: getattr(self, c).data for c in COLONNE}
        valori = {c: "" if v is None else v for c, v in valori.items()}
        valori["categoria"] = Categoria(valori["categoria"])
        valori["stato"] = StatoServizio(valori["stato"])
        valori["scheda_id"] = valori["scheda_id"] or None
        valori["parole"] = _elenco(valori["parole"])
        valori["argomenti"] = _elenco(valori["argomenti"])
        return Contenuto(
            **valori,
            sedi=tuple(DatiSede(**riga) for riga in _piene(self.sedi.data, ("nome", "indirizzo"))),
            contatti=tuple(DatiContatto(**riga) for riga in _piene(self.contatti.data, ("etichetta", "valore"))),
            comuni=frozenset(self.comuni.data or ()),
        )


def _elenco(testo: str) -> str:
    return in_elenco(testo.replace("\n", ",").split(","))


def _piene(righe: Sequence[dict[str, Any]], chiavi: tuple[str, ...]) -> list[dict[str, str]]:
    """Rows in which something was typed in one of ``chiavi``."""
    piene = [{c: v or "" for c, v in riga.items() if c != "csrf_token"} for riga in righe]
    return [riga for riga in piene if any(riga[c] for c in chiavi)]


def iniziale(contenuto: Contenuto, versione: int) -> dict[str, Any]:
    """The values a form starts from."""
    valori = {c: getattr(contenuto, c) for c in COLONNE}
    return {
        **valori,
        "scheda_id": contenuto.scheda_id or 0,
        "comuni": sorted(contenuto.comuni),
        "sedi": [vars(s) for s in contenuto.sedi],
        "contatti": [vars(c) for c in contenuto.contatti],
        "versione": versione,
    }


class ModuloParere(ModuloBase):
    voto = IntegerField(_l("Questa pagina è chiara?"), [Optional()])
    commento = _testo(_l("Che cosa non hai capito?"), 1000)
    pagina = HiddenField()


class ModuloVerifica(ModuloBase):
    """«È ancora tutto vero»: who says so, as the public reads it (an office, not a person)."""

    da = _riga(_l("Chi ha controllato?"), validators=[DataRequired(OBBLIGATORIO)])
