"""What the law says of a body of the Third Sector: sections, activities, seniority of enrolment. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..i18n import _, _l
from .models import SezioneRunts, StatoRunts, TipoEnte

TIPI: Mapping[TipoEnte, Any] = {
    TipoEnte.ETS: _l("Ente del Terzo settore"),
    TipoEnte.PUBBLICO: _l("Ente pubblico"),
    TipoEnte.SINDACATO: _l("Organizzazione sindacale"),
    TipoEnte.ALTRO: _l("Altra organizzazione"),
}
FUORI_DAL_REGISTRO = (TipoEnte.PUBBLICO, TipoEnte.SINDACATO, TipoEnte.ALTRO)
"""Kinds with no record in the RUNTS: they sit in the Rete and at the tavoli (domain.md 3.1) as they are."""

SEZIONI: Mapping[SezioneRunts, Any] = {
    SezioneRunts.ODV: _l("Organizzazioni di volontariato (ODV)"),
    SezioneRunts.APS: _l("Associazioni di promozione sociale (APS)"),
    SezioneRunts.EF: _l("Enti filantropici"),
    SezioneRunts.IS: _l("Imprese sociali, incluse le cooperative sociali"),
    SezioneRunts.RA: _l("Reti associative"),
    SezioneRunts.SMS: _l("Società di mutuo soccorso"),
    SezioneRunts.ETS: _l("Altri enti del Terzo settore"),
}
"""Art. 46 c. 1 D.Lgs. 117/2017, letters a-g."""

STATI: Mapping[StatoRunts, Any] = {
    StatoRunts.ISCRITTO: _l("iscritto"),
    StatoRunts.IN_ISTRUTTORIA: _l("domanda in istruttoria"),
    StatoRunts.TRASMIGRATO: _l("iscritto per trasmigrazione dai registri regionali"),
    StatoRunts.CANCELLATO: _l("cancellato"),
    StatoRunts.NON_TROVATO: _l("non trovato"),
    StatoRunts.SOLO_REGISTRO_IMPRESE: _l("iscritto nella sezione speciale del registro imprese"),
    StatoRunts.EX_ONLUS: _l("ex ONLUS con domanda pendente"),
    StatoRunts.RAMO_RELIGIOSO: _l("ramo del Terzo settore di un ente religioso"),
}

ISCRITTI = frozenset(
    {StatoRunts.ISCRITTO, StatoRunts.TRASMIGRATO, StatoRunts.SOLO_REGISTRO_IMPRESE, StatoRunts.RAMO_RELIGIOSO}
)
"""States that count as enrolment. Social enterprises: art. 11 c. 3; religious branches: art. 4 c. 3."""

ATTIVITA: Mapping[str, Any] = {
    "a": _l("interventi e servizi sociali"),
    "b": _l("prestazioni sanitarie"),
    "c": _l("prestazioni socio-sanitarie"),
    "d": _l("educazione, istruzione e formazione"),
    "e": _l("ambiente e animali"),
    "f": _l("patrimonio culturale e paesaggio"),
    "g": _l("formazione universitaria"),
    "h": _l("ricerca scientifica"),
    "i": _l("cultura, arte e tempo libero di interesse sociale"),
    "j": _l("radio comunitarie"),
    "k": _l("turismo sociale, culturale o religioso"),
    "l": _l("doposcuola, dispersione scolastica, povertà educativa"),
    "m": _l("servizi ad altri enti del Terzo settore"),
    "n": _l("cooperazione allo sviluppo"),
    "o": _l("commercio equo e solidale"),
    "p": _l("inserimento nel lavoro"),
    "q": _l("alloggio sociale"),
    "r": _l("accoglienza e integrazione dei migranti"),
    "s": _l("agricoltura sociale"),
    "t": _l("sport dilettantistico"),
    "u": _l("beneficenza, sostegno a distanza, distribuzione di alimenti"),
    "v": _l("legalità, pace, difesa non armata"),
    "w": _l("diritti umani, civili e sociali; pari opportunità"),
    "x": _l("adozioni internazionali"),
    "y": _l("protezione civile"),
    "z": _l("riuso di beni inutilizzati o confiscati"),
}
"""Art. 5 c. 1 D.Lgs. 117/2017, letters a-z [M]: short names, the law's text is longer."""


def mesi_interi(dal: date, al: date) -> int:
    """Whole months between two dates: 0 when the second comes before the same day of the next month."""
    mesi = (al.year - dal.year) * 12 + al.month - dal.month
    return mesi - 1 if al.day < dal.day else mesi


def iscritto_da_mesi(iscritto_il: date | None, mesi: int, al: date) -> bool:
    """Enrolled for at least so many months on that day (art. 56 c. 1: six months, for agreements with ODV and APS)."""
    return iscritto_il is not None and mesi_interi(iscritto_il, al) >= mesi


def esente_bollo(stato: StatoRunts, sezione: SezioneRunts | None, *, forma_societaria: bool) -> bool:
    """Exempt from stamp duty: enrolled, and not a social enterprise in company form (art. 82 c. 1 and 5).

    Social co-operatives keep the exemption: they are not «in company form» for this purpose.
    """
    return stato in ISCRITTI and not (sezione == SezioneRunts.IS and forma_societaria)


def forma_societaria(forma_giuridica: str | None) -> bool:
    """Is the legal form a company's? Read from its name: s.r.l., s.p.a., s.n.c., s.a.s.; a co-operative is not."""
    pulita = (forma_giuridica or "").lower().replace(".", "").replace(" ", "")
    if "cooperativa" in pulita or "coop" in pulita:
        return False
    return any(sigla in pulita for sigla in ("srl", "spa", "snc", "sas", "società"))


def difetto_registro(tipo: TipoEnte) -> str | None:
    """Why the RUNTS says nothing of a body of that kind, in words; None for an ETS.

    Public bodies and unions are no ETS and cannot become one (art. 4 c. 2 D.Lgs. 117/2017).
    """
    if tipo == TipoEnte.ETS:
        return None
    return _("Il RUNTS è il registro degli enti del Terzo settore (art. 4 del D.Lgs. 117/2017): il vostro ente non lo è.")


def difetto_iscrizione(iscritto_il: date | None, oggi: date) -> bool:
    """An enrolment date in the future, or before the register opened (23 November 2021), is a slip."""
    return iscritto_il is not None and not date(2021, 11, 23) <= iscritto_il <= oggi
