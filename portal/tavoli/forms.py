"""Forms of the tavoli: what enti and citizens write, what the office prepares, decides, answers and gives back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
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
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from ..fields import OBBLIGATORIO, DataField, ModuloBase, scelte
from ..i18n import _, _l
from . import rules
from .models import Area, Contributo, EsitoContributo, Incontro, Percorso, Tavolo
from .operations.contributi import Risposta, Testi
from .operations.partecipazioni import Decisione
from .operations.percorsi import DatiFase, DatiIncontro, DatiPercorso, DatiTavolo
from .operations.restituzione import DatiPriorita

LUNGO = Length(max=20_000, message=_l("Usa al massimo 20.000 caratteri."))
CORTO = Length(max=4000, message=_l("Usa al massimo 4.000 caratteri."))
RIGA = Length(max=300, message=_l("Usa al massimo 300 caratteri."))
SCEGLI = InputRequired(_l("Scegli una risposta."))
NIENTE_DATI = _l("Non scrivere nomi né storie di persone che si possano riconoscere: si pubblica.")


class Spunte(SelectMultipleField):
    """Several choices as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def numero(testo: str | None) -> int:
    """The version that a hidden field carried: -1, which no row has, for anything else."""
    giusto = testo is not None and len(testo) <= 9 and testo.isascii() and testo.isdigit()
    return int(testo) if testo and giusto else -1


class ModuloPartecipa(ModuloBase):
    chi = StringField(
        _l("Chi verrà, in quale veste?"),
        [DataRequired(OBBLIGATORIO), RIGA],
        description=_l("Il ruolo, non il nome: lo leggono tutti."),
    )
    perche = TextAreaField(_l("Perché volete partecipare?"), [DataRequired(OBBLIGATORIO), CORTO])


class ModuloContributo(ModuloBase):
    bisogno = TextAreaField(_l("Quale bisogno vedete?"), [DataRequired(OBBLIGATORIO), CORTO], description=NIENTE_DATI)
    destinatari = TextAreaField(_l("Chi riguarda, e in quali Comuni?"), [CORTO])
    proposta = TextAreaField(_l("Che cosa proponete di fare?"), [CORTO])
    risorse = TextAreaField(
        _l("Con quali risorse?"),
        [CORTO],
        description=_l("Quello che serve e quello che potete mettere voi: persone, luoghi, denaro."),
    )
    versione = HiddenField()

    def testi(self) -> Testi:
        return Testi(self.bisogno.data, self.destinatari.data or "", self.proposta.data or "", self.risorse.data or "")


def del_contributo(contributo: Contributo) -> dict[str, Any]:
    campi = ("bisogno", "destinatari", "proposta", "risorse", "versione")
    return {c: getattr(contributo, c) for c in campi}


class ModuloCittadino(ModuloBase):
    bisogno = TextAreaField(_l("Quale bisogno vedi?"), [DataRequired(OBBLIGATORIO), CORTO], description=NIENTE_DATI)
    destinatari = TextAreaField(_l("Chi riguarda, e in quali Comuni?"), [CORTO])
    proposta = TextAreaField(_l("Che cosa proponi di fare?"), [CORTO])
    email = EmailField(
        _l("Il tuo indirizzo e-mail"),
        [
            DataRequired(OBBLIGATORIO), RIGA,
            Regexp(r"^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+$", message=_l("Scrivi un indirizzo così: nome@esempio.it.")),
        ],
        description=_l("Serve per la conferma e la risposta. Non si pubblica, e si cancella 30 giorni dopo la risposta."),
    )  # fmt: skip

    def testi(self) -> Testi:
        return Testi(self.bisogno.data, self.destinatari.data or "", self.proposta.data or "")


class ModuloDecisione(ModuloBase):
    esito = RadioField(
        _l("L’ente partecipa al tavolo?"),
        [SCEGLI],
        choices=lambda: scelte([("si", _("Sì, è ammesso")), ("no", _("No, non è ammesso"))]),
    )
    motivo = TextAreaField(
        _l("Perché?"), [CORTO], description=_l("Se la risposta è no serve sempre: l’ente deve poter capire e rispondere.")
    )
    atto = StringField(
        _l("Con quale atto?"),
        [DataRequired(OBBLIGATORIO), RIGA],
        description=_l("Per esempio: determinazione n. 12 del 14/07/2022."),
    )
    versione = HiddenField()

    def decisione(self) -> Decisione:
        return Decisione(self.esito.data == "si", self.motivo.data or "", self.atto.data)


class ModuloRisposta(ModuloBase):
    esito = RadioField(
        _l("Che cosa rispondi?"),
        [SCEGLI],
        choices=lambda: scelte((e, str(testo)) for e, (testo, _tono) in rules.ESITI.items()),
    )
    motivo = TextAreaField(
        _l("Perché?"), [LUNGO], description=_l("La risposta si pubblica: di’ che cosa entra nel piano e che cosa no.")
    )
    pubblico = BooleanField(
        _l("Pubblica il contributo con la risposta"),
        description=_l("Togli la spunta se nel testo si riconosce una persona: si conta, ma non si legge."),
    )
    versione = HiddenField()

    def risposta(self) -> Risposta:
        return Risposta(EsitoContributo(self.esito.data), self.motivo.data or "", self.pubblico.data)


class RigaFase(Form):
    titolo = StringField(_l("Come si chiama la fase?"), [DataRequired(OBBLIGATORIO), RIGA])
    testo = TextAreaField(_l("Che cosa si fa?"), [CORTO])
    dal = DataField(_l("Dal"), [Optional()])
    al = DataField(_l("Al"), [Optional()])


class ModuloPercorso(ModuloBase):
    titolo = StringField(_l("Come si chiama il percorso?"), [DataRequired(OBBLIGATORIO), RIGA])
    presentazione = TextAreaField(_l("A che cosa serve, e chi può partecipare?"), [DataRequired(OBBLIGATORIO), LUNGO])
    ciclo_id = SelectField(_l("Quale piano prepara?"), coerce=int)
    atto = StringField(_l("Con quale atto comincia?"), [DataRequired(OBBLIGATORIO), RIGA])
    atto_il = DataField(_l("Di quale giorno è l’atto?"), [DataRequired(OBBLIGATORIO)])
    istanze_al = DataField(_l("Fino a quando gli enti possono chiedere di partecipare?"), [DataRequired(OBBLIGATORIO)])
    contributi_dal = DataField(_l("Da quando si mandano i contributi?"), [DataRequired(OBBLIGATORIO)])
    contributi_al = DataField(_l("Fino a quando si mandano i contributi?"), [DataRequired(OBBLIGATORIO)])
    cittadini = BooleanField(_l("Possono scrivere anche i cittadini"))
    nota = TextAreaField(_l("C’è un’avvertenza da mostrare sulle pagine?"), [CORTO])
    fasi = FieldList(FormField(RigaFase), min_entries=6, max_entries=6)
    versione = HiddenField()

    def con_cicli(self, cicli: Iterable[tuple[int, str]]) -> None:
        self.ciclo_id.choices = scelte([(0, _("Nessuno di quelli nel portale")), *cicli])

    def dati(self) -> DatiPercorso:
        campi = ("titolo", "presentazione", "atto", "atto_il", "istanze_al", "contributi_dal", "contributi_al", "cittadini")
        valori = {c: self[c].data for c in campi}
        return DatiPercorso(**valori, ciclo_id=self.ciclo_id.data or None, nota=self.nota.data or "")

    def le_fasi(self) -> list[DatiFase]:
        righe = enumerate((voce.form for voce in self.fasi), 1)
        return [DatiFase(n, f.titolo.data, f.testo.data or "", f.dal.data, f.al.data) for n, f in righe]


def del_percorso(percorso: Percorso | None) -> dict[str, Any]:
    """What the form holds when it is opened: a new one starts from the six phases."""
    if percorso is None:
        return {"fasi": [{"titolo": titolo} for titolo in rules.FASI], "cittadini": True, "ciclo_id": 0}
    campi = (
        "titolo", "presentazione", "atto", "atto_il", "istanze_al", "contributi_dal", "contributi_al", "cittadini", "nota",
        "versione",
    )  # fmt: skip
    fasi = [{c: getattr(f, c) for c in ("titolo", "testo", "dal", "al")} for f in percorso.fasi]
    return {**{c: getattr(percorso, c) for c in campi}, "ciclo_id": percorso.ciclo_id or 0, "fasi": fasi}


class ModuloTavolo(ModuloBase):
    numero = IntegerField(_l("Che numero ha?"), [InputRequired(OBBLIGATORIO), NumberRange(1, 999)])
    titolo = StringField(_l("Come si chiama il tavolo?"), [DataRequired(OBBLIGATORIO), RIGA])
    testo = TextAreaField(_l("Di che cosa si parla?"), [DataRequired(OBBLIGATORIO), LUNGO])
    aree = Spunte(_l("Di quali aree si occupa?"), [InputRequired(_l("Scegli almeno un’area."))], coerce=Area)
    organo_id = SelectField(
        _l("I suoi incontri sono sedute di un organo?"), coerce=int,
        description=_l("Se sì, convocazioni e verbali si fanno in «Sedute»."),
    )  # fmt: skip
    versione = HiddenField()

    def con_organi(self, organi: Iterable[tuple[int, str]]) -> None:
        self.organo_id.choices = scelte([(0, _("No")), *organi])
        self.aree.choices = scelte((a, str(testo)) for a, testo in rules.AREE.items())

    def dati(self) -> DatiTavolo:
        return DatiTavolo(
            self.numero.data, self.titolo.data, self.testo.data, tuple(self.aree.data), self.organo_id.data or None
        )


def del_tavolo(tavolo: Tavolo) -> dict[str, Any]:
    valori = {c: getattr(tavolo, c) for c in ("numero", "titolo", "testo", "versione")}
    return {**valori, "aree": [a.area for a in tavolo.aree], "organo_id": tavolo.organo_id or 0}


class ModuloIncontro(ModuloBase):
    giorno = DataField(_l("In quale giorno?"), [DataRequired(OBBLIGATORIO)])
    ora = StringField(
        _l("A che ora?"), [Optional(), Regexp(r"^([01]?\d|2[0-3])[:.][0-5]\d$", message=_l("Scrivi un’ora così: 14:57."))]
    )
    titolo = StringField(_l("Che cosa si fa?"), [DataRequired(OBBLIGATORIO), RIGA])
    luogo = StringField(_l("Dove?"), [RIGA])
    tavolo_id = SelectField(_l("Di quale tavolo è?"), coerce=int)
    seduta_id = SelectField(_l("È la seduta di un organo?"), coerce=int)
    resoconto = TextAreaField(
        _l("Com’è andata, in breve?"), [LUNGO], description=_l("Le persone solo con il loro ruolo. Si scrive anche dopo.")
    )
    versione = HiddenField()

    def fra(self, tavoli: Iterable[tuple[int, str]], sedute: Iterable[tuple[int, str]]) -> None:
        self.tavolo_id.choices = scelte([(0, _("Di tutto il percorso")), *tavoli])
        self.seduta_id.choices = scelte([(0, _("No")), *sedute])

    def dati(self) -> DatiIncontro:
        return DatiIncontro(
            self.giorno.data, self.titolo.data, (self.ora.data or "").replace(".", ":"), self.luogo.data or "",
            self.resoconto.data or "", self.tavolo_id.data or None, self.seduta_id.data or None,
        )  # fmt: skip


def dell_incontro(incontro: Incontro) -> dict[str, Any]:
    valori = {c: getattr(incontro, c) for c in ("giorno", "ora", "titolo", "luogo", "resoconto", "versione")}
    return {**valori, "tavolo_id": incontro.tavolo_id or 0, "seduta_id": incontro.seduta_id or 0}


class ModuloRestituzione(ModuloBase):
    restituzione = TextAreaField(
        _l("Che cosa restituisce il tavolo?"), [LUNGO],
        description=_l("I bisogni, gli interventi, i modi, le risorse; e che cosa non è stato accolto, e perché."),
    )  # fmt: skip
    versione = HiddenField()


def _quali_schede() -> Spunte:
    return Spunte(_l("Quali schede del piano la riprendono?"), coerce=int)


class ModuloSchede(ModuloBase):
    schede = _quali_schede()

    def con_schede(self, schede: Iterable[tuple[int, str]]) -> None:
        """The sheets to choose from; with none of them there is no question."""
        self.schede.choices = scelte(schede)
        if not self.schede.choices:
            del self.schede

    @property
    def scelte(self) -> list[int]:
        return list(self.schede.data or ()) if "schede" in self else []


class ModuloPriorita(ModuloSchede):
    titolo = StringField(_l("Qual è la priorità?"), [DataRequired(OBBLIGATORIO), RIGA])
    perche = TextAreaField(_l("Perché è una priorità?"), [LUNGO])
    contributi = Spunte(_l("Da quali contributi nasce?"), coerce=int)
    schede = _quali_schede()  # again, so that it is the last question
    versione = HiddenField()

    def con_contributi(self, contributi: Iterable[tuple[int, str]]) -> None:
        """The contributions to choose from; with none of them there is no question."""
        self.contributi.choices = scelte(contributi)
        if not self.contributi.choices:
            del self.contributi

    def dati(self) -> DatiPriorita:
        legati = (self.contributi.data or ()) if "contributi" in self else ()
        return DatiPriorita(self.titolo.data, self.perche.data or "", legati, self.scelte)
