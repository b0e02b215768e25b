"""The thread of a whole plan: the tavoli it comes from, who was elected, what the bodies read and adopted, its sheets.

L. 328/2000 art. 19: the plan of the Ambito is adopted after those who take part in it were heard.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from ...clocks import a_roma, fine_giornata
from ...db import sessione
from ...i18n import _, _n
from ...money import scrivi_euro
from ...piano.models import Annualita, Ciclo, RigaBilancio, Scheda
from ...progetti.models import Impegno
from ...rete.models import Elezione, StatoElezione
from ...tavoli.models import Incontro, Percorso, Priorita, StatoPercorso, StatoTavolo, Tavolo
from ...templating import data_media
from ...web import indirizzo
from ..rules import Deciso, RigaFilo, frase_soldi
from . import decisioni
from .catena import in_parole, segna_qui


def passi_piano(ciclo: Ciclo, *, seduta: str | None = None) -> tuple[RigaFilo, ...]:
    """The thread of a plan that everyone may open; ``seduta``: address of the sitting whose minute shows it, where one does.

    One query, and one more where a body decided something.
    """
    fatti = _leggi(ciclo)
    prese = decisioni.del_piano(ciclo.id) if fatti.decisa else []
    adozione = [d for d in prese if _del_giorno_che_adotta(d, ciclo)]
    esame = [d for d in prese if d not in adozione]
    adottate = segna_qui(_una_per_una(adozione), seduta or "")
    sulle_schede = _per_seduta(d for d in esame if d.oggetto_tipo == "scheda")
    lette = segna_qui([*sulle_schede, *_una_per_una(d for d in esame if d.oggetto_tipo == "piano")], seduta or "")
    return (
        *_dal_percorso(fatti),
        _rappresentanti(fatti),
        _passo(_("Esame delle schede"), _prima(esame), "", _("Nessun organo ne ha ancora deciso."), decisioni=lette),
        _adozione(ciclo, adottate),
        *_soldi(ciclo, fatti, qui=seduta is None),
    )


@dataclass(frozen=True)
class _Fatti:
    """What exists around a plan, as one row."""

    percorso: str | None
    percorso_titolo: str | None
    tavoli: int
    primo: date | None
    priorita: int
    restituito_il: datetime | None
    elezione: str | None
    elezione_titolo: str | None
    eletti_il: datetime | None
    schede: int
    programmato: Decimal | None
    impegnato: Decimal | None
    decisa: bool


def _leggi(ciclo: Ciclo) -> _Fatti:
    cerca = (
        select(*_del_percorso(), Elezione.slug, Elezione.titolo, Elezione.voto_al, *_delle_schede(ciclo.id))
        .select_from(Ciclo)
        .outerjoin(Percorso, Percorso.id == _percorso(ciclo.id))
        .outerjoin(Elezione, Elezione.id == _elezione(ciclo))
        .where(Ciclo.id == ciclo.id)
    )
    riga: Any = sessione.execute(cerca).one()
    return _Fatti(*riga)


def _percorso(ciclo_id: int) -> Any:
    """The first public procedure that prepared the plan."""
    altro = aliased(Percorso)
    cerca = select(altro.id).where(altro.ciclo_id == ciclo_id, altro.stato == StatoPercorso.PUBBLICATO)
    return cerca.order_by(altro.atto_il, altro.id).limit(1).scalar_subquery()


def _elezione(ciclo: Ciclo) -> Any:
    """The last election of the ETS before the adoption, for a term that reaches into the plan."""
    altra, fine = aliased(Elezione), ciclo.adottato_il or date(ciclo.anno_a, 12, 31)
    cerca = select(altra.id).where(
        altra.stato == StatoElezione.SCRUTINATA,
        altra.mandato_al >= date(ciclo.anno_da, 1, 1),
        altra.voto_al <= fine_giornata(fine),
    )
    return cerca.order_by(altra.voto_al.desc(), altra.id.desc()).limit(1).scalar_subquery()


def _del_percorso() -> list[Any]:
    """The columns of ``_Fatti`` on the procedure, its tavoli, what they gave back."""
    tavoli = select(func.count(Tavolo.id)).where(Tavolo.percorso_id == Percorso.id)
    primo = select(func.min(Incontro.giorno)).where(Incontro.percorso_id == Percorso.id, Incontro.tavolo_id.is_not(None))
    resi = Tavolo.percorso_id == Percorso.id, Tavolo.stato == StatoTavolo.RESTITUITO
    priorita = select(func.count(Priorita.id)).join(Tavolo, Tavolo.id == Priorita.tavolo_id).where(*resi)
    reso = select(func.max(Tavolo.restituito_il)).where(*resi)
    conti = [q.correlate(Percorso).scalar_subquery() for q in (tavoli, primo, priorita, reso)]
    return [Percorso.slug, Percorso.titolo, *conti]


def _delle_schede(ciclo_id: int) -> list[Any]:
    """The columns of ``_Fatti`` on the sheets and their money, and whether a body decided on any of it."""
    sue = select(Scheda.id).where(Scheda.ciclo_id == ciclo_id)
    righe = RigaBilancio.annualita_id.in_(select(Annualita.id).where(Annualita.scheda_id.in_(sue)))
    programmato = select(func.sum(RigaBilancio.importo)).where(righe)
    impegnato = select(func.sum(Impegno.importo)).where(Impegno.riga_id.in_(select(RigaBilancio.id).where(righe)))
    quante = select(func.count(Scheda.id)).where(Scheda.ciclo_id == ciclo_id)
    return [*(q.scalar_subquery() for q in (quante, programmato, impegnato)), decisioni.se_del_piano(ciclo_id)]


def _passo(
    nome: str,
    quando: date | datetime | None,
    titolo: str,
    manca: str,
    *,
    url: str | None = None,
    atto: str = "",
    decisioni: Sequence[Deciso] = (),
) -> RigaFilo:
    """A step that was done if there is something of it, else «manca» with what to say of it."""
    if not titolo and not decisioni:
        return RigaFilo(nome, "manca", _("Non ancora"), manca, None, "")
    giorno = data_media(quando) if quando else _("Senza data")
    return RigaFilo(nome, "fatto", giorno, titolo, url, atto, tuple(decisioni))


def _dal_percorso(f: _Fatti) -> tuple[RigaFilo, RigaFilo]:
    """The needs and the priorities of the tavoli that prepared the plan."""
    pagina = indirizzo("tavoli.percorso", slug=f.percorso) if f.percorso else None
    quanti = _n("Un tavolo tematico", "%(num)s tavoli tematici", f.tavoli) if f.tavoli else ""
    quante = _n("Una priorità", "%(num)s priorità", f.priorita) if f.priorita else ""
    senza, aperti = _("Il percorso da cui nasce non è nel portale."), _("I tavoli non hanno ancora finito.")
    return (
        _passo(_("Bisogni"), f.primo, quanti, senza, url=pagina, atto=f.percorso_titolo or ""),
        _passo(_("Priorità"), f.restituito_il, quante, aperti, url=pagina),
    )


def _rappresentanti(f: _Fatti) -> RigaFilo:
    pagina = indirizzo("rete.elezione", slug=f.elezione) if f.elezione else None
    manca = _("Nessuna elezione nella Rete per questo piano.")
    return _passo(_("Rappresentanti"), f.eletti_il, f.elezione_titolo or "", manca, url=pagina)


def _alla(d: decisioni.RigaRegistro) -> str:
    return indirizzo("sedute.seduta", slug=d.organo_slug, numero=d.seduta)


def _del_giorno_che_adotta(d: decisioni.RigaRegistro, ciclo: Ciclo) -> bool:
    """On the whole plan, not before the day of its adoption: what a body said earlier is its reading, not the adoption."""
    return d.oggetto_tipo == "piano" and ciclo.adottato_il is not None and a_roma(d.presa_il).date() >= ciclo.adottato_il


def _una_per_una(prese: Iterable[decisioni.RigaRegistro]) -> list[Deciso]:
    return [Deciso(in_parole(d), _alla(d) + f"#p{d.punto_id}") for d in prese]


def _prima(prese: Iterable[decisioni.RigaRegistro]) -> datetime | None:
    return min((d.presa_il for d in prese), default=None)


def _per_seduta(prese: Iterable[decisioni.RigaRegistro]) -> list[Deciso]:
    """A line for each sitting that decided on sheets: three of them are not three lines."""
    trovate = []
    for (organo, _numero), gruppo in groupby(prese, key=lambda d: (d.organo, d.seduta)):
        sue = list(gruppo)
        quante = _n("una scheda", "%(num)s schede", len({d.chiave for d in sue}))
        testo = _("%(organo)s, %(giorno)s: %(quante)s", organo=organo, giorno=data_media(sue[0].presa_il), quante=quante)
        trovate.append(Deciso(testo, _alla(sue[0]) + f"#p{sue[0].punto_id}"))
    return trovate


def _adozione(ciclo: Ciclo, prese: Sequence[Deciso]) -> RigaFilo:
    titolo, pagina = (ciclo.titolo if ciclo.adottato_il else ""), indirizzo("piano.ciclo", ciclo=ciclo.codice)
    manca = _("Il piano non è ancora adottato.")
    return _passo(_("Adozione"), ciclo.adottato_il, titolo, manca, url=pagina, atto=ciclo.atto or "", decisioni=prese)


def _soldi(ciclo: Ciclo, f: _Fatti, *, qui: bool) -> tuple[RigaFilo, RigaFilo]:
    """The sheets with their money, and what was spent of it."""
    titolo = _n("Una scheda", "%(num)s schede", f.schede) if f.schede else ""
    soldi = frase_soldi(f.programmato, f.impegnato or Decimal(0), scrivi_euro)
    pagina, manca = indirizzo("piano.ciclo", ciclo=ciclo.codice) + "#schede", _("Le schede non sono ancora nel portale.")
    passo = _passo(_("Schede e soldi"), ciclo.adottato_il, titolo, manca, url=pagina, atto=soldi)
    passo = replace(passo, stato="qui", url=None) if qui and titolo else passo
    return passo, _passo(_("Spesa e rendiconto"), None, "", _("Si pubblica con il rendiconto annuale."))
