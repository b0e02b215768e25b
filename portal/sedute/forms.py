"""Forms of the sittings: when and where, items of the agenda, the desk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any

from wtforms import BooleanField, FileField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from ..clocks import a_roma, adesso
from ..errors import ErroreDominio
from ..fields import OBBLIGATORIO, DataField, DataOraField, EuroField, ModuloBase, scelte
from ..i18n import _, _l
from .models import Canale, Modo, Punto, Risposta, Seduta, Voto
from .operations.documenti import DatiDocumento
from .operations.proposte import DatiProposta
from .operations.risposte import DatiConsegna, DatiRisposta
from .operations.sedute import DatiPunto, DatiSeduta
from .operations.votazioni import Scheda
from .rules import parole
from .rules.presenze import istante_scritto
from .rules.scrutinio import Conteggio


def _riga(etichetta: Any, massimo: int = 300) -> StringField:
    return StringField(etichetta, [DataRequired(OBBLIGATORIO), Length(max=massimo)])


class ModuloSeduta(ModuloBase):
    inizio = DataOraField(_l("Quando comincia?"), [DataRequired(OBBLIGATORIO)])
    seconda_il = DataOraField(_l("Quando si tiene, se la prima volta manca il numero legale?"), [Optional()])
    luogo = _riga(_l("Dove?"))
    collegamento = StringField(_l("Con quale indirizzo si segue da lontano?"), [Length(max=300)])
    segreteria = StringField(_l("Chi scrive il verbale?"), [Length(max=300)])
    pubblica = BooleanField(_l("È pubblica: chiunque può assistere"))
    urgente = BooleanField(_l("È urgente"))
    versione = IntegerField(widget=HiddenInput(), default=0)

    def validate_collegamento(self, campo: StringField) -> None:
        if campo.data and not campo.data.startswith(("https://", "http://")):
            raise ValueError(_("Un indirizzo comincia con https://."))

    def dati(self) -> DatiSeduta:
        return DatiSeduta(
            inizio=self.inizio.data, luogo=self.luogo.data, seconda_il=self.seconda_il.data,
            collegamento=self.collegamento.data or "", pubblica=self.pubblica.data, urgente=self.urgente.data,
            segreteria=self.segreteria.data or "",
        )  # fmt: skip


def della_seduta(seduta: Seduta) -> dict[str, Any]:
    """What the form of a sitting holds when it is opened."""
    campi = ("inizio", "seconda_il", "luogo", "collegamento", "segreteria", "pubblica", "urgente", "versione")
    return {c: getattr(seduta, c) for c in campi}


class ModuloPunto(ModuloBase):
    titolo = _riga(_l("Di che cosa si parla?"))
    relatore = StringField(_l("Chi ne parla?"), [Length(max=300)])
    proposta = TextAreaField(_l("Che cosa si propone di decidere?"), [Length(max=20_000)])
    decide = BooleanField(_l("L’organo deve votare"), default=True)
    padre_id = SelectField(_l("Fa parte di un altro punto?"), coerce=int, default=0)
    oggetto = SelectField(_l("Di che cosa si decide?"), default="")
    versione = IntegerField(widget=HiddenInput(), default=0)

    def fra(self, gruppi: Mapping[str, Iterable[tuple[str, str]]], suo: str) -> ModuloPunto:
        """The things it may be about, by kind. ``suo``: the present one, kept even when its reader may not open it."""
        note = {chiave for righe in gruppi.values() for chiave, _titolo in righe}
        senza = [("", _("Niente di quello che c’è nel portale"))]
        if suo and suo not in note:
            senza.append((suo, _("Quello che c’è già scritto, che non puoi aprire")))
        con = [SelectChoice(c, titolo, optgroup=nome) for nome, righe in gruppi.items() for c, titolo in righe]
        self.oggetto.choices = [*scelte(senza), *con]
        return self

    def con_padri(self, padri: list[tuple[int, str]]) -> ModuloPunto:
        """The items it may be a part of. Returns itself."""
        self.padre_id.choices = scelte([(0, _l("No, è un punto a sé")), *padri])
        return self

    def dati(self) -> DatiPunto:
        return DatiPunto(
            self.titolo.data, self.relatore.data or "", self.proposta.data or "", self.decide.data,
            self.padre_id.data or None, *_chiave(self.oggetto.data),
        )  # fmt: skip


def _chiave(testo: str | None) -> tuple[str | None, int | None]:
    """Kind and id, from one of the choices."""
    tipo, _due_punti, numero = (testo or "").partition(":")
    return (tipo, int(numero)) if numero else (None, None)


def del_punto(punto: Punto) -> dict[str, Any]:
    valori = {c: getattr(punto, c) for c in ("titolo", "relatore", "proposta", "decide", "versione")}
    return {**valori, "oggetto": oggetto_di(punto)}


def oggetto_di(punto: Punto) -> str:
    """What the item is about, as the choice of the form writes it."""
    return f"{punto.oggetto_tipo}:{punto.oggetto_id}" if punto.oggetto_tipo else ""


class ModuloConvoca(ModuloBase):
    protocollo = StringField(_l("Con quale numero di protocollo?"), [Length(max=300)])


class ModuloMotivo(ModuloBase):
    motivo = _riga(_l("Perché la seduta non si tiene?"))


class ModuloConsegna(ModuloBase):
    """How the call reached somebody; ``vista`` is the fingerprint of what the page was opened with."""

    canale = SelectField(
        _l("Come si manda?"), choices=scelte([("", _l("non si sa ancora")), *parole.CANALI.items()]), default=""
    )
    spedita_il = DataOraField(_l("Quando è partita?"), [Optional()])
    consegnata_il = DataOraField(_l("Quando è stata consegnata?"), [Optional()])
    letta_il = DataOraField(_l("Quando è stata letta?"), [Optional()])
    prova = StringField(_l("Come si sa che è arrivata?"), [Length(max=300)])
    vista = StringField(widget=HiddenInput())

    def dati(self) -> DatiConsegna:
        canale = Canale(self.canale.data) if self.canale.data else None
        passi = (self.spedita_il.data, self.consegnata_il.data, self.letta_il.data)
        return DatiConsegna(canale, *passi, prova=self.prova.data or "")


class ModuloOra(ModuloBase):
    """An hour of the sitting, blank for now."""

    ora = StringField(_l("A che ora?"), [Length(max=8)])

    def istante(self, comincia: datetime) -> datetime:
        """The instant of the hour that was written (``istante_scritto``); now when blank. ``ErroreDominio`` on no hour."""
        scritta = (self.ora.data or "").strip().replace(".", ":")
        if not scritta:
            return adesso()
        try:
            return istante_scritto(comincia, time.fromisoformat(scritta.zfill(5)))
        except ValueError:
            raise ErroreDominio(_("Scrivi un’ora così: 14:57."), "ora") from None


class ModuloApertura(ModuloOra):
    in_seconda = BooleanField(_l("È la seconda convocazione"))


class ModuloDiscussione(ModuloBase):
    discussione = TextAreaField(_l("Discussione, in sintesi"), [Length(max=100_000)])
    delibera = TextAreaField(_l("Se passa, che cosa si decide?"), [Length(max=20_000)])
    versione = IntegerField(widget=HiddenInput(), default=0)
    vista = StringField(widget=HiddenInput())
    """The fingerprint of what the page was opened with: who typed nothing has nothing to save."""

    @property
    def testi(self) -> tuple[str, str]:
        """Discussion and decision with the line ends that the database keeps, whatever the browser sends."""
        return _a_capo(self.discussione.data), _a_capo(self.delibera.data)

    @property
    def toccata(self) -> bool:
        return self.vista.data != impronta(*self.testi)


def _a_capo(testo: str | None) -> str:
    return (testo or "").replace("\r\n", "\n")


def impronta(*testi: str) -> str:
    return hashlib.sha256("\x1f".join(_a_capo(t).strip() for t in testi).encode()).hexdigest()[:16]


class ModuloConflitto(ModuloBase):
    seggio_id = SelectField(_l("Chi esce?"), coerce=int)
    motivo = _riga(_l("Per quale motivo?"))


class ModuloDelega(ModuloBase):
    delegato = StringField(_l("Chi siede al suo posto, per delega?"), [Length(max=300)])


class ModuloAssenza(ModuloBase):
    seggio_id = SelectField(_l("Chi non c’era?"), coerce=int)
    motivo = _riga(_l("Per quale motivo?"))


class ModuloInvitato(ModuloBase):
    chi = _riga(_l("Chi è presente senza voto?"))
    classe = SelectField(_l("A che titolo?"), choices=scelte(parole.CLASSI.items()))


class ModuloAzione(ModuloBase):
    cosa = _riga(_l("Che cosa c’è da fare?"))
    chi = _riga(_l("Chi se ne occupa?"))
    entro = DataField(_l("Entro quando?"), [Optional()])


def _quanti(etichetta: Any) -> IntegerField:
    return IntegerField(etichetta, [Optional(), NumberRange(0, 10_000)])


class ModuloVoto(ModuloBase):
    """A vote: unanimous in one press, or counted, or by name (the names are radio buttons of the page: ``voto-<seat>``)."""

    regola = SelectField(_l("Con quale regola?"), coerce=int)
    modo = RadioField(_l("Come si vota?"), choices=scelte(parole.MODI.items()), default=Modo.UNANIME)
    oggetto = StringField(_l("Su che cosa, se non è la proposta del punto?"), [Length(max=300)])
    favorevoli = _quanti(_l("Favorevoli"))
    contrari = _quanti(_l("Contrari"))
    astenuti = _quanti(_l("Astenuti"))
    presidente = SelectField(
        _l("Come vota chi presiede?"), choices=scelte([("", _l("non serve dirlo")), *parole.VOTI.items()]), default=""
    )
    importo = EuroField(_l("Quanti soldi muove la decisione?"), [Optional(), NumberRange(0, 999_999_999)])
    eseguibile = BooleanField(_l("Immediatamente eseguibile, con voto separato"))

    def scheda(self, nomi: dict[int, Voto]) -> Scheda:
        conteggio = None
        if self.favorevoli.data is not None:
            conteggio = Conteggio(self.favorevoli.data, self.contrari.data or 0, self.astenuti.data or 0)
        presidente = Voto(self.presidente.data) if self.presidente.data else None
        return Scheda(Modo(self.modo.data), self.oggetto.data or "", nomi, conteggio, presidente)


class ModuloRisposta(ModuloBase):
    """What a member answers to the call. Who may be sent, and whether anybody, is the body's rule: ``per``."""

    risposta = RadioField(
        _l("Ci sarai?"), [DataRequired(_l("Scegli una risposta."))], choices=scelte(parole.RISPOSTE.items())
    )
    motivo = StringField(_l("Se non ci sarai, perché?"), [Length(max=300)])
    delegato = StringField(_l("Chi mandi?"), [Length(max=300)])
    a_posto = SelectField(_l("Oppure, quale altro componente?"), coerce=int, default=0)
    nota = TextAreaField(_l("Che cosa deve sapere l’ufficio della delega?"), [Length(max=2000)])

    def per(self, seduta: Seduta, seggio_id: int) -> ModuloRisposta:
        """Only what the body allows to who holds that seat. Returns itself."""
        organo = seduta.organo
        colleghi = [(c.seggio_id, c.seggio.rappresenta) for c in seduta.convocati if c.seggio_id != seggio_id]
        self.a_posto.choices = scelte([(0, _l("nessuno")), *colleghi])
        if not organo.deleghe_massime:
            self.risposta.choices = scelte((r, p) for r, p in parole.RISPOSTE.items() if r != Risposta.DELEGA)
        if not organo.deleghe_massime or not organo.deleghe_ai_componenti:
            del self.a_posto
        return self

    def dati(self) -> DatiRisposta:
        a_posto = self.a_posto.data if self.a_posto is not None else None
        return DatiRisposta(
            Risposta(self.risposta.data), self.motivo.data or "", self.delegato.data or "", a_posto or None,
            self.nota.data or "",
        )  # fmt: skip


class ModuloDocumento(ModuloBase):
    titolo = _riga(_l("Che documento è?"))
    file = FileField(_l("Scegli il file"))
    chi_legge = RadioField(
        _l("Chi lo può leggere?"),
        choices=scelte([("tutti", _l("Tutti")), ("convocati", _l("Solo chi è convocato"))]),
        default="convocati",
    )
    pagine = IntegerField(_l("Quante pagine ha?"), [Optional(), NumberRange(1, 10_000)])
    avvisa = BooleanField(_l("Scrivi a chi è convocato che c’è un documento in più"))

    def dati(self) -> DatiDocumento:
        return DatiDocumento(
            self.titolo.data, self.chi_legge.data != "tutti", self.pagine.data, avvisa=bool(self.avvisa.data)
        )


class ModuloProposta(ModuloBase):
    """An item that a member asks for."""

    seggio_id = SelectField(_l("A quale organo?"), coerce=int)
    titolo = _riga(_l("Di che cosa vuoi che si parli?"))
    motivo = TextAreaField(_l("Perché?"), [DataRequired(OBBLIGATORIO), Length(max=5000)])
    testo = TextAreaField(_l("Che cosa si potrebbe decidere?"), [Length(max=20_000)])

    def dati(self) -> DatiProposta:
        return DatiProposta(self.seggio_id.data, self.titolo.data, self.motivo.data, self.testo.data or "")


class ModuloRifiuto(ModuloBase):
    motivo = TextAreaField(_l("Perché non va all’ordine del giorno?"), [DataRequired(OBBLIGATORIO), Length(max=5000)])


def ora_di(istante: datetime) -> str:
    """«14:57», in Rome's time."""
    return a_roma(istante).strftime("%H:%M")
