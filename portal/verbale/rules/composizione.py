"""The words that the minute begins and ends with, from what the desk wrote: nobody types again what is known.

They are a draft: the office changes them. Hours are Rome's. In Italian, as acts are (domain.md 5.5).
"""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_date

from ...clocks import a_roma
from ...i18n import _
from ...sedute.rules.convocazione import Preavviso
from .contenuto import Contenuto


def premessa(c: Contenuto, presiede: str) -> str:
    """How the sitting began: when, where, called how, with how many, and whether the call was late (domain.md 3.5)."""
    apertura = _(
        "%(organo)s si riunisce il giorno %(giorno)s alle ore %(ora)s%(seconda)s. Luogo: %(luogo)s.",
        giorno=_giorno(c.aperta),
        ora=ora(c.aperta),
        luogo=c.luogo,
        organo=c.organo,
        seconda=_(", in seconda convocazione") if c.seconda else "",
    )
    chiamata = (
        _("La convocazione è del %(giorno)s, protocollo %(numero)s.", giorno=_giorno(c.convocata), numero=c.protocollo)
        if c.protocollo
        else _("La convocazione è del %(giorno)s.", giorno=_giorno(c.convocata))
    )
    righe = [apertura, " ".join([chiamata, *_in_ritardo(c.preavviso)]), _numero_legale(c)]
    if presiede or c.segreteria:
        righe.append(_chi(presiede, c.segreteria))
    return "\n\n".join(righe)


def _in_ritardo(p: Preavviso) -> list[str]:
    if not p.tardiva:
        return []
    if p.urgente:
        return [_("È partita %(ore)s ore prima: il regolamento ne chiede %(n)s.", ore=p.ore, n=p.ore_richieste)]
    return [_("È partita %(giorni)s giorni prima: il regolamento ne chiede %(n)s.", giorni=p.giorni, n=p.richiesti)]


def _numero_legale(c: Contenuto) -> str:
    if c.servono is None:
        return _("Sono presenti %(n)s componenti su %(tutti)s: la seduta è valida.", n=c.presenti, tutti=c.componenti)
    return _(
        "Sono presenti %(n)s componenti su %(tutti)s, ne servono %(servono)s: la seduta è valida.",
        n=c.presenti,
        tutti=c.componenti,
        servono=c.servono,
    )


def _chi(presiede: str, segreteria: str) -> str:
    if presiede and segreteria:
        return _("Presiede %(chi)s; scrive il verbale %(segreteria)s.", chi=presiede, segreteria=segreteria)
    return _("Presiede %(chi)s.", chi=presiede) if presiede else _("Scrive il verbale %(chi)s.", chi=segreteria)


def chiusura(c: Contenuto) -> str:
    return _("Non essendoci altro da trattare, la seduta si chiude alle ore %(ora)s.", ora=ora(c.chiusa))


def ora(istante: datetime) -> str:
    """«9:45», in Rome's time."""
    locale = a_roma(istante)
    return f"{locale.hour}:{locale.minute:02d}"


def _giorno(istante: datetime) -> str:
    return f"{format_date(a_roma(istante).date(), 'd MMMM yyyy', locale='it')}"
