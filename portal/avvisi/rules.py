"""What makes a call publishable, open, and open to an ente. Pure functions: values in, values out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from ..clocks import a_roma, da_roma, giorni_interi, termine_da
from ..enti.models import SezioneRunts, StatoRunts, TipoEnte
from ..enti.rules import ISCRITTI, SEZIONI, esente_bollo, forma_societaria, iscritto_da_mesi
from ..i18n import _, _l
from .models import StatoAvviso, TipoAvviso, TipoRequisito

TIPI: Mapping[TipoAvviso, Any] = {
    TipoAvviso.COPROGETTAZIONE: _l("Co-progettazione"),
    TipoAvviso.COPROGRAMMAZIONE: _l("Co-programmazione"),
    TipoAvviso.ACCREDITAMENTO: _l("Accreditamento"),
    TipoAvviso.CONVENZIONE_56: _l("Convenzione con ODV e APS"),
}
NORME: Mapping[TipoAvviso, str] = {
    TipoAvviso.COPROGETTAZIONE: "art. 55, comma 3, D.Lgs. 117/2017",
    TipoAvviso.COPROGRAMMAZIONE: "art. 55, comma 2, D.Lgs. 117/2017",
    TipoAvviso.ACCREDITAMENTO: "art. 55, comma 4, D.Lgs. 117/2017",
    TipoAvviso.CONVENZIONE_56: "art. 56, D.Lgs. 117/2017",
}
PESO_TOTALE = 100
VIETATE = ("gara", "offerta", "aggiudicatario", "stazione appaltante", "corrispettivo", "ribasso")
"""Words of public contracts, which art. 55 is not (Corte cost. 131/2020): the editor is warned, not stopped."""


def in_tempo(ora: datetime, termine: datetime) -> bool:
    """Is something that arrives at ``ora`` in time? The last second of the term is: 12:00:00 yes, 12:00:01 no."""
    return ora.replace(microsecond=0) <= termine


def aperto(stato: StatoAvviso, termine: datetime | None, ora: datetime) -> bool:
    """Published, and its term not passed: the term closes the call by itself, whatever the stored state says."""
    return stato == StatoAvviso.PUBBLICATO and termine is not None and in_tempo(ora, termine)


class Fase(StrEnum):
    """What a reader sees: the stored state and the clock together."""

    BOZZA = "bozza"
    APERTO = "aperto"
    IN_VALUTAZIONE = "in_valutazione"
    CONCLUSO = "concluso"
    REVOCATO = "revocato"


def fase(stato: StatoAvviso, termine: datetime | None, ora: datetime) -> Fase:
    if stato == StatoAvviso.BOZZA:
        return Fase.BOZZA
    if stato == StatoAvviso.REVOCATO:
        return Fase.REVOCATO
    if stato == StatoAvviso.ESITO_PUBBLICATO:
        return Fase.CONCLUSO
    return Fase.APERTO if aperto(stato, termine, ora) else Fase.IN_VALUTAZIONE


def termine_proposto(pubblicazione: date, giorni: int, *, festivi: Collection[date], proroga: bool) -> datetime:
    """Noon (Rome) of the day the term would end, counted from the day of publication."""
    giorno = termine_da(pubblicazione, giorni, locali=festivi, proroga_festivi=proroga)
    return da_roma(datetime.combine(giorno, time(12)))


def chiarimenti_entro(termine: datetime, giorni_prima: int) -> datetime:
    """Until when questions may be asked: the same hour, so many days before (domain.md 1.11 ``chiarimenti``)."""
    locale = a_roma(termine).replace(tzinfo=None)
    return da_roma(locale - timedelta(days=giorni_prima))


@dataclass(frozen=True)
class VoceControllo:
    """A line of the checklist. ``bloccante`` False: a warning that does not stop the publication."""

    chiave: str
    titolo: str
    a_posto: bool
    spiegazione: str
    sezione: str
    bloccante: bool = True


@dataclass(frozen=True)
class DaPubblicare:
    """What the checklist looks at (lengths and numbers, not rows)."""

    tipo: TipoAvviso
    testi: Mapping[str, str]
    risorse_presenti: bool
    termine: datetime | None
    pesi: Sequence[int]
    documenti: int
    dichiarazioni: int
    requisiti: Sequence[TipoRequisito]
    rup: str
    atto: str | None


TESTI_OBBLIGATORI: Mapping[str, Any] = {
    "sommario": _l("Riassunto"),
    "oggetto": _l("Oggetto"),
    "base_giuridica": _l("Base giuridica"),
    "testo": _l("Testo dell’avviso"),
    "fasi": _l("Fasi del procedimento"),
    "privacy": _l("Informativa sui dati personali"),
    "durata": _l("Durata"),
}


def lista_controllo(avviso: DaPubblicare, ora: datetime, giorni_minimi: int) -> tuple[VoceControllo, ...]:
    """What the law and good sense want before a call is published (DM 72/2021 §3, mandatory contents a-h).

    ``giorni_minimi`` is the congruous term of the Ambito's setting, in calendar days.
    """
    return (*_contenuti(avviso), *_quando_e_chi(avviso, ora, giorni_minimi))


def _contenuti(avviso: DaPubblicare) -> tuple[VoceControllo, ...]:
    """Texts, resources, criteria, requirements, declarations."""
    mancano = [str(nome) for chiave, nome in TESTI_OBBLIGATORI.items() if not avviso.testi.get(chiave, "").strip()]
    parole = parole_vietate(" ".join(avviso.testi.values()))
    senza_punti = avviso.tipo == TipoAvviso.COPROGRAMMAZIONE and not avviso.pesi
    somma = sum(avviso.pesi)
    return (
        VoceControllo(
            "testi", _("I testi ci sono tutti"), not mancano,
            _("Mancano: %(nomi)s.", nomi=", ".join(mancano))
            if mancano
            else _("Oggetto, norme, fasi, durata, dati personali."),
            "testo",
        ),
        VoceControllo(
            "parole", _("Non ci sono parole degli appalti"), not parole,
            _("Trovate: %(parole)s. La co-progettazione non è una gara.", parole=", ".join(parole))
            if parole
            else _("Nessuna."),
            "testo", bloccante=False,
        ),
        VoceControllo(
            "risorse", _("Le risorse sono dichiarate"),
            avviso.risorse_presenti or avviso.tipo == TipoAvviso.COPROGRAMMAZIONE,
            _("Il quadro economico di riferimento è un contenuto obbligatorio (DM 72/2021)."), "risorse",
        ),
        VoceControllo(
            "criteri", _("I pesi dei criteri fanno 100"), somma == PESO_TOTALE or senza_punti,
            _("Adesso fanno %(somma)s.", somma=somma), "criteri",
        ),
        VoceControllo(
            "requisiti", _("C’è il requisito di iscrizione al RUNTS"), TipoRequisito.ISCRIZIONE_RUNTS in avviso.requisiti,
            _("Possono partecipare gli enti iscritti (artt. 4 e 11 D.Lgs. 117/2017)."), "requisiti",
        ),
        VoceControllo(
            "dichiarazioni", _("C’è almeno una dichiarazione da rendere"), avviso.dichiarazioni > 0,
            _("Chi presenta dichiara i requisiti (artt. 46-47 DPR 445/2000)."), "dichiarazioni",
        ),
    )  # fmt: skip


def _quando_e_chi(avviso: DaPubblicare, ora: datetime, giorni_minimi: int) -> tuple[VoceControllo, ...]:
    """Term, official in charge, act."""
    giorni = giorni_interi(ora, avviso.termine) if avviso.termine else None
    if giorni is None:
        spiegazione = _("Non c’è un termine.")
    else:
        spiegazione = _("Il termine è già passato.") if giorni < 0 else _("Mancano %(n)s giorni.", n=giorni)
    return (
        VoceControllo(
            "termine", _("Il termine è nel futuro"), avviso.termine is not None and avviso.termine > ora,
            spiegazione, "risorse",
        ),
        VoceControllo(
            "congruo", _("Il termine lascia tempo a sufficienza"), giorni is not None and giorni >= giorni_minimi,
            _("Il minimo di questo Ambito è %(n)s giorni.", n=giorni_minimi), "risorse", bloccante=False,
        ),
        VoceControllo(
            "rup", _("C’è il responsabile del procedimento"), bool(avviso.rup.strip()),
            _("Va scritto in ogni avviso (artt. 4-6 L. 241/1990)."), "risorse",
        ),
        VoceControllo(
            "atto", _("C’è l’atto che approva l’avviso"), bool((avviso.atto or "").strip()),
            _("Scrivi tipo, numero e data dell’atto."), "risorse",
        ),
    )  # fmt: skip


def parole_vietate(testo: str) -> list[str]:
    """Words of public contracts found in a text, whole words only."""
    minuscolo = testo.lower()
    return [parola for parola in VIETATE if re.search(rf"\b{re.escape(parola)}\b", minuscolo)]


def pubblicabile(voci: Iterable[VoceControllo]) -> bool:
    return all(v.a_posto for v in voci if v.bloccante)


def difetto_ente(avviso: TipoAvviso, ente: TipoEnte) -> str | None:
    """Why a body of that kind cannot answer a call of that type, in words; None when it can.

    Artt. 55 and 56 D.Lgs. 117/2017 (co-progettazione: art. 55 c. 3) are for ETS, which are the bodies of art. 4 c. 1
    enrolled in the RUNTS; public bodies and unions are none (art. 4 c. 2). Others may only help an ETS that answers.
    """
    if ente == TipoEnte.ETS:
        return None
    return _(
        "A questo avviso rispondono solo gli enti del Terzo settore, cioè quelli iscritti al RUNTS "
        "(%(norma)s; art. 4 dello stesso decreto).",
        norma=NORME[avviso],
    )


class Riscontro(StrEnum):
    """How an ente stands to a requirement."""

    SODDISFATTO = "soddisfatto"
    NON_SODDISFATTO = "non_soddisfatto"
    DA_DICHIARARE = "da_dichiarare"
    DA_COMPLETARE = "da_completare"
    NON_DOVUTO = "non_dovuto"


@dataclass(frozen=True)
class Profilo:
    """What is known of an ente on a day."""

    stato: StatoRunts
    sezione: SezioneRunts | None
    iscritto_il: date | None
    rilevata_il: datetime | None
    attivita: frozenset[str]
    forma_giuridica: str | None


@dataclass(frozen=True)
class Esame:
    """A requirement looked at for an ente: outcome and reason."""

    requisito: Any
    riscontro: Riscontro
    spiegazione: str


def esamina(requisiti: Iterable[Any], profilo: Profilo, al: date, *, oggi: date, giorni_runts: int) -> tuple[Esame, ...]:
    """Requirement by requirement, with the reason: what the ente knows before opening any form.

    ``al`` is the day at which requirements must hold (the term); ``giorni_runts`` is for how many days before
    ``oggi`` a register check is good. Requirements without a computed rule are declared in the proposal.
    """
    vecchia = profilo.rilevata_il is None or (oggi - a_roma(profilo.rilevata_il).date()).days > giorni_runts
    return tuple(_esamina_uno(r, profilo, al, giorni_runts if vecchia else None) for r in requisiti)


def _esamina_uno(requisito: Any, profilo: Profilo, al: date, vecchia: int | None) -> Esame:
    """``vecchia``: the days a register check is good for, when the present one is older; else None."""
    funzione = _REGOLE.get(requisito.tipo)
    if funzione is None:
        if requisito.tipo == TipoRequisito.ESPERIENZA:
            return Esame(requisito, Riscontro.DA_COMPLETARE, _("Lo racconti nella proposta, con le date."))
        return Esame(requisito, Riscontro.DA_DICHIARARE, _("Lo dichiara chi rappresenta l’ente, dentro la proposta."))
    return Esame(requisito, *funzione(requisito, profilo, al, vecchia))


def _iscrizione(_r: Any, p: Profilo, _al: date, vecchia: int | None) -> tuple[Riscontro, str]:
    if p.stato == StatoRunts.EX_ONLUS:
        return Riscontro.DA_COMPLETARE, _("Ex ONLUS con domanda pendente: serve la ricevuta della domanda al RUNTS.")
    if p.stato not in ISCRITTI:
        return Riscontro.NON_SODDISFATTO, _("L’ente non risulta iscritto al RUNTS.")
    sezione = str(SEZIONI[p.sezione]) if p.sezione else _("sezione da completare")
    if vecchia is not None:
        return Riscontro.DA_COMPLETARE, _("Dati del RUNTS più vecchi di %(n)s giorni: aggiornali.", n=vecchia)
    if p.iscritto_il is None:
        return Riscontro.SODDISFATTO, sezione
    return Riscontro.SODDISFATTO, _("%(sezione)s, dal %(data)s.", sezione=sezione, data=p.iscritto_il.strftime("%d/%m/%Y"))


def _mesi(r: Any, p: Profilo, al: date, _vecchia: int | None) -> tuple[Riscontro, str]:
    mesi = int(r.parametro)
    if iscritto_da_mesi(p.iscritto_il, mesi, al):
        return Riscontro.SODDISFATTO, _("Iscritto da almeno %(n)s mesi.", n=mesi)
    return Riscontro.NON_SODDISFATTO, _(
        "Servono %(n)s mesi di iscrizione al %(data)s.", n=mesi, data=al.strftime("%d/%m/%Y")
    )


def _sezione(r: Any, p: Profilo, _al: date, _vecchia: int | None) -> tuple[Riscontro, str]:
    ammesse = _lista(r.parametro)
    if p.sezione is not None and p.sezione.value in ammesse:
        return Riscontro.SODDISFATTO, str(SEZIONI[p.sezione])
    nomi = ", ".join(str(SEZIONI[SezioneRunts(s)]) for s in ammesse)
    return Riscontro.NON_SODDISFATTO, _("L’avviso è per: %(sezioni)s.", sezioni=nomi)


def _attivita(r: Any, p: Profilo, _al: date, _vecchia: int | None) -> tuple[Riscontro, str]:
    comuni = sorted(set(_lista(r.parametro)) & p.attivita)
    if comuni:
        return Riscontro.SODDISFATTO, _("Lettere dello statuto: %(lettere)s. Ne basta una.", lettere=", ".join(comuni))
    return Riscontro.NON_SODDISFATTO, _("Nello statuto serve una di queste lettere: %(lettere)s.", lettere=r.parametro)


def _bollo(_r: Any, p: Profilo, _al: date, _vecchia: int | None) -> tuple[Riscontro, str]:
    if esente_bollo(p.stato, p.sezione, forma_societaria=forma_societaria(p.forma_giuridica)):
        return Riscontro.NON_DOVUTO, _("Esente: art. 82, comma 5, D.Lgs. 117/2017.")
    return Riscontro.DA_COMPLETARE, _("L’ente non è esente: serve l’imposta di bollo.")


def _lista(parametro: str) -> list[str]:
    return [voce.strip() for voce in parametro.split(",") if voce.strip()]


_REGOLE = {
    TipoRequisito.ISCRIZIONE_RUNTS: _iscrizione,
    TipoRequisito.ISCRIZIONE_MESI: _mesi,
    TipoRequisito.SEZIONE_RUNTS: _sezione,
    TipoRequisito.ATTIVITA_STATUTARIA: _attivita,
    TipoRequisito.BOLLO: _bollo,
}


def ammissibile(esami: Iterable[Esame]) -> bool:
    """No requirement is failed; what is to be declared or completed does not stop anyone from starting."""
    return all(e.riscontro != Riscontro.NON_SODDISFATTO for e in esami)


def difetto_parametro(tipo: TipoRequisito, parametro: str) -> str | None:
    """Why the parameter of a requirement does not fit its kind; None when it does."""
    if tipo == TipoRequisito.ISCRIZIONE_MESI and not (parametro.isdigit() and 0 < int(parametro) <= 120):
        return _("Scrivi quanti mesi, per esempio 6.")
    if tipo == TipoRequisito.ATTIVITA_STATUTARIA and not (
        _lista(parametro) and all(len(v) == 1 and "a" <= v <= "z" for v in _lista(parametro))
    ):
        return _("Scrivi le lettere dell’art. 5 separate da virgole, per esempio a,p,r.")
    if tipo == TipoRequisito.SEZIONE_RUNTS and not (
        _lista(parametro) and set(_lista(parametro)) <= {s.value for s in SezioneRunts}
    ):
        return _("Scrivi le sezioni separate da virgole: odv, aps, ef, is, ra, sms, ets.")
    return None
