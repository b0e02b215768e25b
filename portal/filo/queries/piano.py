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

from ...clocks import fine_giornata
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


def passi_piano(ciclo_id: int, *, seduta: str | None = None) -> tuple[RigaFilo, ...]:
    """The thread of a plan that everyone may open; ``seduta``: address of the sitting whose minute shows it, where one does.

    Six queries, whatever the plan holds.
    """
    ciclo = sessione.get_one(Ciclo, ciclo_id)
    prese = decisioni.del_piano(ciclo_id)
    sul_piano = [d for d in prese if d.oggetto_tipo == "piano"]
    adottate = segna_qui((Deciso(in_parole(d), _alla(d) + f"#p{d.punto_id}") for d in sul_piano), seduta or "")
    lette = segna_qui(_per_seduta(d for d in prese if d.oggetto_tipo == "scheda"), seduta or "")
    return (
        *_dal_percorso(ciclo_id),
        _rappresentanti(ciclo),
        _passo(_("Esame delle schede"), _prima(prese), "", _("Nessun organo ne ha ancora deciso."), decisioni=lette),
        _adozione(ciclo, adottate),
        *_soldi(ciclo, qui=seduta is None),
    )


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


@dataclass(frozen=True)
class _Percorso:
    slug: str
    titolo: str
    tavoli: int
    primo: date | None
    priorita: int
    restituito_il: datetime | None


def _dal_percorso(ciclo_id: int) -> tuple[RigaFilo, RigaFilo]:
    """The needs and the priorities of the tavoli that prepared the plan."""
    tavoli = select(func.count(Tavolo.id)).where(Tavolo.percorso_id == Percorso.id)
    primo = select(func.min(Incontro.giorno)).where(Incontro.percorso_id == Percorso.id, Incontro.tavolo_id.is_not(None))
    resi = Tavolo.percorso_id == Percorso.id, Tavolo.stato == StatoTavolo.RESTITUITO
    priorita = select(func.count(Priorita.id)).join(Tavolo, Tavolo.id == Priorita.tavolo_id).where(*resi)
    reso = select(func.max(Tavolo.restituito_il)).where(*resi)
    del_percorso = [q.correlate(Percorso).scalar_subquery() for q in (tavoli, primo, priorita, reso)]
    cerca = select(Percorso.slug, Percorso.titolo, *del_percorso)
    cerca = cerca.where(Percorso.ciclo_id == ciclo_id, Percorso.stato == StatoPercorso.PUBBLICATO)
    riga = sessione.execute(cerca.order_by(Percorso.atto_il, Percorso.id).limit(1)).first()
    trovato = _Percorso(*riga) if riga else _Percorso("", "", 0, None, 0, None)
    pagina = indirizzo("tavoli.percorso", slug=trovato.slug) if riga else None
    quanti = _n("Un tavolo tematico", "%(num)s tavoli tematici", trovato.tavoli) if trovato.tavoli else ""
    quante = _n("Una priorità", "%(num)s priorità", trovato.priorita) if trovato.priorita else ""
    senza = _("Il percorso da cui nasce non è nel portale.")
    return (
        _passo(_("Bisogni"), trovato.primo, quanti, senza, url=pagina, atto=trovato.titolo),
        _passo(
            _("Priorità"), trovato.restituito_il, quante, _("I tavoli non hanno ancora restituito i lavori."), url=pagina
        ),
    )


def _rappresentanti(ciclo: Ciclo) -> RigaFilo:
    """The last election of the ETS before the adoption, for a term that reaches into the plan."""
    fine = ciclo.adottato_il or date(ciclo.anno_a, 12, 31)
    cerca = (
        select(Elezione)
        .where(
            Elezione.stato == StatoElezione.SCRUTINATA, Elezione.mandato_al >= date(ciclo.anno_da, 1, 1),
            Elezione.voto_al <= fine_giornata(fine),
        )
        .order_by(Elezione.voto_al.desc(), Elezione.id.desc())
        .limit(1)
    )  # fmt: skip
    eletta = sessione.scalar(cerca)
    pagina = indirizzo("rete.elezione", slug=eletta.slug) if eletta else None
    titolo, quando = (eletta.titolo, eletta.voto_al) if eletta else ("", None)
    return _passo(_("Rappresentanti"), quando, titolo, _("Nessuna elezione nella Rete per questo piano."), url=pagina)


def _alla(d: decisioni.RigaRegistro) -> str:
    return indirizzo("sedute.seduta", slug=d.organo_slug, numero=d.seduta)


def _prima(prese: Iterable[decisioni.RigaRegistro]) -> datetime | None:
    return min((d.presa_il for d in prese if d.oggetto_tipo == "scheda"), default=None)


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


def _soldi(ciclo: Ciclo, *, qui: bool) -> tuple[RigaFilo, RigaFilo]:
    """The sheets with their money, and what was spent of it."""
    schede = select(func.count(Scheda.id)).where(Scheda.ciclo_id == ciclo.id).scalar_subquery()
    cerca = (
        select(schede, func.sum(RigaBilancio.importo), _impegnato(ciclo.id))
        .join(Annualita, Annualita.id == RigaBilancio.annualita_id)
        .join(Scheda, Scheda.id == Annualita.scheda_id)
        .where(Scheda.ciclo_id == ciclo.id)
    )
    riga: Any = sessione.execute(cerca).one()
    quante, programmato, impegnato = riga
    titolo = _n("Una scheda", "%(num)s schede", quante) if quante else ""
    soldi = frase_soldi(programmato, impegnato or Decimal(0), scrivi_euro)
    pagina = indirizzo("piano.ciclo", ciclo=ciclo.codice) + "#schede"
    passo = _passo(
        _("Schede e soldi"), ciclo.adottato_il, titolo, _("Le schede non sono ancora nel portale."), url=pagina, atto=soldi
    )
    passo = replace(passo, stato="qui", url=None) if qui and titolo else passo
    return passo, _passo(_("Spesa e rendiconto"), None, "", _("Si pubblica con il rendiconto annuale."))


def _impegnato(ciclo_id: int) -> Any:
    cerca = (
        select(func.sum(Impegno.importo))
        .join(RigaBilancio, RigaBilancio.id == Impegno.riga_id)
        .join(Annualita, Annualita.id == RigaBilancio.annualita_id)
        .join(Scheda, Scheda.id == Annualita.scheda_id)
    )
    return cerca.where(Scheda.ciclo_id == ciclo_id).correlate(None).scalar_subquery()
