"""What a proposal must hold, section by section, and the fingerprint of what was submitted. Pure functions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ..i18n import _, _l
from ..money import scrivi_euro, scrivi_numero, somma
from .models import CategoriaCosto, StatoProposta


@dataclass(frozen=True)
class SezioneScritta:
    """A written section: its question, a hint, and the longest text it takes (characters)."""

    chiave: str
    titolo: Any
    domanda: Any
    aiuto: Any
    massimo: int = 6000
    minimo: int = 100


SEZIONI = (
    SezioneScritta(
        "requisiti_esperienza",
        _l("Requisiti ed esperienza"),
        _l("Che cosa avete già fatto, quando e dove?"),
        _l("Metti le date: da quando a quando. Di’ come rispettate ogni requisito dell’avviso."),
    ),
    SezioneScritta(
        "bisogni_territorio",
        _l("Bisogni e territorio"),
        _l("A quale bisogno rispondete, e come lo sapete?"),
        _l("Parla delle persone in generale. Non scrivere nomi, storie o dati di chi usa i servizi."),
    ),
    SezioneScritta(
        "attivita_calendario",
        _l("Attività e calendario"),
        _l("Che cosa farete, e quando?"),
        _l("Una riga per attività, con i mesi. Se rispondi a più lotti, dillo per ognuna."),
    ),
    SezioneScritta(
        "gruppo_lavoro",
        _l("Gruppo di lavoro"),
        _l("Chi ci lavora, con quale ruolo e per quante ore?"),
        _l("Indica i ruoli e le ore, non i nomi delle persone."),
    ),
    SezioneScritta(
        "risultati_impatto",
        _l("Risultati e impatto"),
        _l("Che cosa cambierà, e come lo misurate?"),
        _l("Pochi numeri che si possono controllare: quanti, entro quando, rispetto a che cosa."),
    ),
)
PER_CHIAVE: Mapping[str, SezioneScritta] = {s.chiave: s for s in SEZIONI}

CATEGORIE: Mapping[CategoriaCosto, Any] = {
    CategoriaCosto.PERSONALE: _l("Personale"),
    CategoriaCosto.VOLONTARI: _l("Spese documentate dei volontari"),
    CategoriaCosto.BENI: _l("Beni e attrezzature"),
    CategoriaCosto.SERVIZI: _l("Servizi e consulenze"),
    CategoriaCosto.LOCALI: _l("Locali"),
    CategoriaCosto.ASSICURAZIONI: _l("Assicurazioni"),
    CategoriaCosto.COSTI_INDIRETTI: _l("Costi indiretti"),
    CategoriaCosto.ALTRO: _l("Altro"),
    CategoriaCosto.APPORTI: _l("Apporti in natura: lavoro dei volontari, locali, mezzi (si valutano, non si rimborsano)"),
}

STATI: Mapping[StatoProposta, tuple[Any, str]] = {
    StatoProposta.BOZZA: (_l("bozza"), "neutro"),
    StatoProposta.PRESENTATA: (_l("presentata"), "info"),
    StatoProposta.RITIRATA: (_l("ritirata"), "neutro"),
    StatoProposta.AMMESSA: (_l("ammessa alla valutazione"), "info"),
    StatoProposta.NON_AMMESSA: (_l("non ammessa"), "errore"),
    StatoProposta.SELEZIONATA: (_l("selezionata"), "successo"),
    StatoProposta.IDONEA: (_l("idonea, non finanziata"), "attesa"),
    StatoProposta.NON_IDONEA: (_l("non idonea"), "errore"),
    StatoProposta.CONVENZIONATA: (_l("convenzionata"), "successo"),
}
"""Word and tone of each state, for lists."""


class StatoCompito(StrEnum):
    """The words of the task list (product.md)."""

    NON_INIZIATA = "non_iniziata"
    IN_CORSO = "in_corso"
    COMPLETA = "completa"
    DA_CORREGGERE = "da_correggere"
    NON_DOVUTA = "non_dovuta"
    DA_DICHIARARE = "da_dichiarare"


@dataclass(frozen=True)
class Compito:
    """A line of the task list: ``motivo`` says what is missing, empty when nothing is."""

    chiave: str
    gruppo: int
    titolo: str
    stato: StatoCompito
    nota: str
    motivo: str = ""

    @property
    def a_posto(self) -> bool:
        return self.stato in (StatoCompito.COMPLETA, StatoCompito.NON_DOVUTA, StatoCompito.DA_DICHIARARE)


GRUPPI = (_l("Chi siamo"), _l("Che cosa faremo"), _l("Con quali risorse"), _l("Allegati e dichiarazioni"))


def stato_testo(testo: str, sezione: SezioneScritta) -> tuple[StatoCompito, str]:
    """State of a written section and what is missing. A short text is «in corso», a long one «da correggere»."""
    lungo = len(testo.strip())
    if lungo == 0:
        return StatoCompito.NON_INIZIATA, _("non è iniziata")
    if lungo > sezione.massimo:
        return StatoCompito.DA_CORREGGERE, _("ci sono %(n)s caratteri di troppo", n=lungo - sezione.massimo)
    if lungo < sezione.minimo:
        return StatoCompito.IN_CORSO, _("è troppo breve: servono almeno %(n)s caratteri", n=sezione.minimo)
    return StatoCompito.COMPLETA, ""


@dataclass(frozen=True)
class Costo:
    """A cost line as numbers, in euro."""

    categoria: CategoriaCosto
    descrizione: str
    richiesto: Decimal
    quota_propria: Decimal

    @property
    def totale(self) -> Decimal:
        return self.richiesto + self.quota_propria


@dataclass(frozen=True)
class Quadro:
    """Totals of the quadro economico, in euro. Contributions in kind are valued apart and never reimbursed."""

    richiesto: Decimal
    denaro_proprio: Decimal
    apporti: Decimal

    @property
    def denaro(self) -> Decimal:
        return self.richiesto + self.denaro_proprio

    @property
    def valore(self) -> Decimal:
        return self.denaro + self.apporti


def quadro(costi: Iterable[Costo]) -> Quadro:
    righe = list(costi)
    apporti = [c for c in righe if c.categoria == CategoriaCosto.APPORTI]
    altri = [c for c in righe if c.categoria != CategoriaCosto.APPORTI]
    return Quadro(
        richiesto=somma(c.richiesto for c in righe),
        denaro_proprio=somma(c.quota_propria for c in altri),
        apporti=somma(c.quota_propria for c in apporti),
    )


def difetto_voce(costo: Costo) -> tuple[str, str] | None:
    """What is wrong with a cost line: (field, sentence), or None.

    Volunteers are reimbursed documented expenses only, and their work counts as a contribution in kind (art. 17 c. 3
    D.Lgs. 117/2017); no profit and no mark-up is a cost
    (domain.md 1.2); a line of zero says nothing.
    """
    if costo.richiesto < 0 or costo.quota_propria < 0:
        return "richiesto", _("L’importo non può essere negativo.")
    if costo.totale == 0:
        return "richiesto", _("Scrivi quanto chiedi o quanto mettete voi.")
    if costo.categoria == CategoriaCosto.APPORTI and costo.richiesto > 0:
        return "richiesto", _("Gli apporti in natura non si rimborsano: metti il loro valore nella quota vostra.")
    parole = costo.descrizione.lower()
    if any(p in parole for p in ("utile", "ricarico", "margine")) and "inutil" not in parole:
        return "descrizione", _("Utile e ricarico non si rimborsano: il contributo copre solo costi veri.")
    return None


def difetti_quadro(costi: Sequence[Costo], risorse: Decimal | None) -> list[str]:
    """What the quadro economico lacks before submission."""
    if not costi:
        return [_("non c’è ancora nessuna voce di spesa")]
    totali = quadro(costi)
    difetti = [difetto[1] for c in costi if (difetto := difetto_voce(c))]
    if totali.richiesto == 0:
        difetti.append(_("non chiedete nessun contributo"))
    if risorse is not None and totali.richiesto > risorse:
        difetti.append(
            _(
                "chiedete %(chiesto)s, ma l’avviso ne mette %(risorse)s: sono %(troppo)s di troppo",
                chiesto=scrivi_euro(totali.richiesto),
                risorse=scrivi_euro(risorse),
                troppo=scrivi_euro(totali.richiesto - risorse),
            )
        )
    return difetti


@dataclass(frozen=True)
class DocumentoAtteso:
    """A document the call asks for and whether it is there."""

    id: int
    titolo: str
    obbligatorio: bool
    caricato: str | None
    """Name of the file, None when there is none."""
    dettaglio: str = ""


@dataclass(frozen=True)
class Contenuto:
    """A proposal as values: what the task list and the fingerprint are made from."""

    titolo: str
    lotti_scelti: Sequence[int]
    lotti_dell_avviso: int
    testi: Mapping[str, str]
    costi: Sequence[Costo]
    risorse: Decimal | None
    documenti: Sequence[DocumentoAtteso]
    dichiarazioni: int
    rilevazione_presente: bool


def compiti(c: Contenuto) -> tuple[Compito, ...]:
    """The task list: every part of the proposal with its state in words."""
    return (
        _compito_ente(c),
        _compito_titolo(c),
        *(_compito_testo(c, s, 0 if s.chiave == "requisiti_esperienza" else 1) for s in SEZIONI),
        _compito_quadro(c),
        *(_compito_documento(d) for d in c.documenti),
        Compito(
            "dichiarazioni", 3, _("Dichiarazioni di chi rappresenta l’ente"), StatoCompito.DA_DICHIARARE,
            _("Si rendono al momento di presentare"),
        ),
    )  # fmt: skip


def _compito_ente(c: Contenuto) -> Compito:
    titolo = _("L’ente e i suoi dati")
    if c.rilevazione_presente:
        return Compito("ente", 0, titolo, StatoCompito.COMPLETA, _("Dati e iscrizione al RUNTS"))
    return Compito("ente", 0, titolo, StatoCompito.DA_CORREGGERE, "", _("mancano i dati del RUNTS"))


def _compito_titolo(c: Contenuto) -> Compito:
    nome = _("Titolo e lotti") if c.lotti_dell_avviso > 1 else _("Titolo")
    manca = []
    if not c.titolo.strip():
        manca.append(_("manca il titolo"))
    if c.lotti_dell_avviso > 1 and not c.lotti_scelti:
        manca.append(_("scegli almeno un lotto"))
    if not manca:
        return Compito("titolo", 0, nome, StatoCompito.COMPLETA, c.titolo)
    stato = StatoCompito.IN_CORSO if c.titolo.strip() or c.lotti_scelti else StatoCompito.NON_INIZIATA
    return Compito("titolo", 0, nome, stato, c.titolo, "; ".join(manca))


def _compito_testo(c: Contenuto, sezione: SezioneScritta, gruppo: int) -> Compito:
    testo = c.testi.get(sezione.chiave, "")
    stato, motivo = stato_testo(testo, sezione)
    nota = (
        _("%(n)s caratteri su %(max)s", n=scrivi_numero(len(testo.strip())), max=scrivi_numero(sezione.massimo))
        if testo.strip()
        else ""
    )
    return Compito(sezione.chiave, gruppo, str(sezione.titolo), stato, nota, motivo)


def _compito_quadro(c: Contenuto) -> Compito:
    difetti = difetti_quadro(c.costi, c.risorse)
    scritto = StatoCompito.DA_CORREGGERE if difetti else StatoCompito.COMPLETA
    stato = scritto if c.costi else StatoCompito.NON_INIZIATA
    nota = _("Contributo richiesto %(euro)s", euro=scrivi_euro(quadro(c.costi).richiesto)) if c.costi else ""
    return Compito("quadro", 2, _("Quadro economico"), stato, nota, "; ".join(difetti))


def _compito_documento(d: DocumentoAtteso) -> Compito:
    chiave = f"documento-{d.id}"
    if d.caricato:
        return Compito(chiave, 3, d.titolo, StatoCompito.COMPLETA, d.dettaglio or d.caricato)
    if not d.obbligatorio:
        return Compito(chiave, 3, d.titolo, StatoCompito.NON_DOVUTA, _("Facoltativo"))
    return Compito(chiave, 3, d.titolo, StatoCompito.NON_INIZIATA, "", _("manca il file"))


def mancanti(elenco: Iterable[Compito]) -> list[Compito]:
    """What stops the submission."""
    return [c for c in elenco if not c.a_posto]


def canonico(dati: Mapping[str, Any]) -> bytes:
    """The content as one text that is always the same for the same content (JSON, sorted keys, UTF-8)."""
    return json.dumps(dati, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_testo).encode()


def _testo(valore: Any) -> str:
    if isinstance(valore, datetime):
        return valore.isoformat(timespec="seconds")
    return str(valore)


def impronta(dati: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical content: changes if one letter, one cent or one file of it does."""
    return hashlib.sha256(canonico(dati)).hexdigest()
