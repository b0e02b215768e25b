"""The chain around a thing, read with one query, and what the bodies decided on it, if anything, with another.

Only public facts: published calls and outcomes, projects, sheets, published guide pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from ...ambiti.models import Ambito
from ...avvisi.models import Avviso, AvvisoPriorita
from ...avvisi.queries import PUBBLICI
from ...db import sessione
from ...guida.models import Servizio
from ...i18n import _, _n
from ...money import scrivi_euro
from ...piano.models import Annualita, Ciclo, RigaBilancio, Scheda
from ...progetti.models import Impegno, Progetto
from ...proposte.models import Proposta, StatoProposta
from ...sedute.models import Punto
from ...tavoli.models import Incontro, Priorita, PrioritaScheda, StatoTavolo, Tavolo
from ...templating import data_media
from ...valutazione.models import Esito
from ...web import indirizzo
from ..rules import Catena, Deciso, Nodo, Passo, RigaFilo, frase_soldi, passi
from . import decisioni
from .oggetti import Chiave

SENZA_AVVISO = frozenset({Passo.AVVISO, Passo.PROPOSTA, Passo.VALUTAZIONE, Passo.COPROGETTAZIONE, Passo.CONVENZIONE})


@dataclass(frozen=True)
class Riga:
    """The chain as one row of columns; None where a link is missing."""

    ambito: str
    scheda_id: int | None
    scheda_codice: str | None
    scheda_titolo: str | None
    ciclo_codice: str | None
    adottato_il: date | None
    avviso_id: int | None
    avviso_slug: str | None
    avviso_titolo: str | None
    pubblicato_il: datetime | None
    avviso_stato: Any
    esito_il: datetime | None
    esito_atto: str | None
    progetto_id: int | None
    progetto_slug: str | None
    progetto_titolo: str | None
    progetto_il: date | None
    progetto_atto: str | None
    contributo: Decimal | None
    ricevute: int
    programmato: Decimal | None
    impegnato: Decimal | None
    servizio_slug: str | None
    servizio_titolo: str | None
    verificato_il: date | None
    decisa: bool
    tavolo_slug: str | None
    tavolo_titolo: str | None
    incontro_il: date | None
    priorita_numero: int | None
    priorita_titolo: str | None
    restituito_il: datetime | None
    priorita_quante: int


_Progettata = aliased(Proposta)
_Ricevuta = aliased(Proposta)


def _colonne() -> tuple[Any, ...]:
    ricevute = (
        select(func.count())
        .where(
            _Ricevuta.avviso_id == Avviso.id,
            _Ricevuta.stato.not_in((StatoProposta.BOZZA, StatoProposta.RITIRATA)),
        )
        .correlate(Avviso)
        .scalar_subquery()
    )
    programmato = (
        select(func.sum(RigaBilancio.importo))
        .join(Annualita, Annualita.id == RigaBilancio.annualita_id)
        .where(Annualita.scheda_id == Scheda.id)
        .correlate(Scheda)
        .scalar_subquery()
    )
    impegnato = (
        select(func.sum(Impegno.importo))
        .join(RigaBilancio, RigaBilancio.id == Impegno.riga_id)
        .join(Annualita, Annualita.id == RigaBilancio.annualita_id)
        .where(Annualita.scheda_id == Scheda.id)
        .correlate(Scheda)
        .scalar_subquery()
    )
    decisa = exists().where(
        or_(
            *(
                and_(Punto.oggetto_tipo == tipo, Punto.oggetto_id == modello.id)
                for tipo, modello in (("scheda", Scheda), ("avviso", Avviso), ("progetto", Progetto))
            )
        )
    )
    return (
        Ambito.slug, Scheda.id, Scheda.codice, Scheda.titolo, Ciclo.codice, Ciclo.adottato_il, Avviso.id, Avviso.slug,
        Avviso.titolo, Avviso.pubblicato_il, Avviso.stato, Esito.pubblicato_il, Esito.atto, Progetto.id, Progetto.slug,
        Progetto.titolo, Progetto.approvato_il, Progetto.atto, Progetto.contributo, ricevute, programmato, impegnato,
        Servizio.slug, Servizio.titolo, Servizio.verificato_il, decisa.correlate(Scheda, Avviso, Progetto),
        Tavolo.slug, Tavolo.titolo, _primo_incontro(), Priorita.numero, Priorita.titolo, Tavolo.restituito_il,
        _priorita_di_scheda(func.count),
    )  # fmt: skip


def _primo_incontro() -> Any:
    """The first day on which the tavolo met."""
    cerca = select(func.min(Incontro.giorno)).where(Incontro.tavolo_id == Tavolo.id)
    return cerca.correlate(Tavolo).scalar_subquery()


def _priorita_di_scheda(conta: Any) -> Any:
    """``conta`` (the first, how many) of the published priorities that the sheet takes up."""
    sua, legata, dal_tavolo = aliased(Priorita), aliased(PrioritaScheda), aliased(Tavolo)
    cerca = (
        select(conta(sua.id))
        .join(legata, legata.priorita_id == sua.id)
        .join(dal_tavolo, dal_tavolo.id == sua.tavolo_id)
        .where(legata.scheda_id == Scheda.id, dal_tavolo.stato == StatoTavolo.RESTITUITO)
    )
    return cerca.correlate(Scheda).scalar_subquery()


# The statements are made once: putting them together takes longer than the database takes to answer.


@cache
def _da_scheda() -> Select[Any]:
    """From a sheet (``di``) outwards: its latest call, that call's outcome and project, its first guide page."""
    altro = aliased(Avviso)
    ultimo = select(func.max(altro.id)).where(altro.scheda_id == Scheda.id, altro.stato.in_(PUBBLICI))
    avviso = Avviso.id == ultimo.correlate(Scheda).scalar_subquery()
    base = select(*_colonne()).select_from(Scheda).join(Ciclo, Ciclo.id == Scheda.ciclo_id).outerjoin(Avviso, avviso)
    return _resto(base, _priorita_di_scheda(func.min)).where(Scheda.id == bindparam("di"))


@cache
def _da_avviso() -> Select[Any]:
    """From a call (``di``): its sheet, its outcome and project, its guide page."""
    return _dell_avviso(bindparam("di"))


@cache
def _da_proposta() -> Select[Any]:
    """From a proposal (``di``): the thread of its call."""
    return _dell_avviso(select(Proposta.avviso_id).where(Proposta.id == bindparam("di")).scalar_subquery())


@cache
def _da_progetto() -> Select[Any]:
    """From a project (``di``): the thread of the call that it came from."""
    sua = select(Proposta.avviso_id).join(Progetto, Progetto.proposta_id == Proposta.id)
    return _dell_avviso(sua.where(Progetto.id == bindparam("di")).scalar_subquery())


def _dell_avviso(quale: Any) -> Select[Any]:
    base = select(*_colonne()).select_from(Avviso)
    base = base.outerjoin(Scheda, Scheda.id == Avviso.scheda_id).outerjoin(Ciclo, Ciclo.id == Scheda.ciclo_id)
    sua, scelta, dal_tavolo = aliased(Priorita), aliased(AvvisoPriorita), aliased(Tavolo)
    propria = (
        select(func.min(sua.id))
        .join(scelta, scelta.priorita_id == sua.id)
        .join(dal_tavolo, dal_tavolo.id == sua.tavolo_id)
        .where(scelta.avviso_id == Avviso.id, dal_tavolo.stato == StatoTavolo.RESTITUITO)
        .correlate(Avviso)
        .scalar_subquery()
    )
    return _resto(base, func.coalesce(propria, _priorita_di_scheda(func.min))).where(Avviso.id == quale)


def _resto(cerca: Select[Any], priorita: Any) -> Select[Any]:
    """What follows and what comes before; ``priorita``: the id of the priority that the thread starts from."""
    altro = aliased(Servizio)
    primo = select(func.min(altro.id)).where(altro.scheda_id == Scheda.id, altro.pubblicato)
    servizio = Servizio.id == primo.correlate(Scheda).scalar_subquery()
    return (
        cerca.outerjoin(Esito, Esito.avviso_id == Avviso.id)
        .outerjoin(_Progettata, (_Progettata.avviso_id == Avviso.id) & (_Progettata.stato == StatoProposta.CONVENZIONATA))
        .outerjoin(Progetto, Progetto.proposta_id == _Progettata.id)
        .outerjoin(Servizio, servizio)
        .outerjoin(Priorita, Priorita.id == priorita)
        .outerjoin(Tavolo, Tavolo.id == Priorita.tavolo_id)
        .join(Ambito, Ambito.id == bindparam("nell_ambito"))  # one row, joined by value: its slug is in the addresses
        .order_by(Progetto.id.desc())
        .limit(1)
    )


_DA = {"scheda": _da_scheda, "avviso": _da_avviso, "progetto": _da_progetto, "proposta": _da_proposta}
"""Where the thread starts from, by the kind of the thing."""


def leggi(tipo: str, di: int, ambito_id: int) -> Riga | None:
    """The chain around a sheet, a call, a project or a proposal; None when there is no such thing."""
    riga = sessione.execute(_DA[tipo](), {"di": di, "nell_ambito": ambito_id}).first()
    return Riga(*riga) if riga is not None else None


def da_riga(r: Riga, qui: Passo | None) -> Catena:
    nodi = _dai_tavoli(r)
    if r.avviso_slug and r.avviso_titolo:
        nodi[Passo.AVVISO] = Nodo(r.avviso_titolo, url("avvisi.avviso", r, slug=r.avviso_slug), r.pubblicato_il)
        if r.avviso_stato not in ("pubblicato",) and r.ricevute:
            nodi[Passo.PROPOSTA] = Nodo(_("Proposte ricevute: %(n)s", n=r.ricevute))
    if r.esito_il:
        esito = url("valutazione.esito", r, slug=r.avviso_slug)
        nodi[Passo.VALUTAZIONE] = Nodo(_("Esito pubblicato"), esito, r.esito_il, r.esito_atto or "")
    if r.progetto_slug and r.progetto_titolo:
        progetto = url("progetti.progetto", r, slug=r.progetto_slug)
        soldi = _("Contributo %(euro)s. %(atto)s", euro=scrivi_euro(r.contributo), atto=r.progetto_atto or "")
        nodi[Passo.CONVENZIONE] = Nodo(r.progetto_titolo, progetto, r.progetto_il, soldi.strip())
    if r.scheda_codice and r.scheda_titolo:
        scheda = url("piano.scheda", r, ciclo=r.ciclo_codice, codice=r.scheda_codice)
        soldi = frase_soldi(r.programmato, r.impegnato or Decimal(0), scrivi_euro)
        nodi[Passo.SCHEDA] = Nodo(f"{r.scheda_codice} {r.scheda_titolo}", scheda, r.adottato_il, soldi)
    if r.servizio_slug and r.servizio_titolo:
        servizio = url("guida.servizio", r, slug=r.servizio_slug)
        nodi[Passo.SERVIZIO] = Nodo(r.servizio_titolo, servizio, r.verificato_il)
    return Catena(nodi, qui, decisioni=_decisioni(r))


def _decisioni(r: Riga) -> dict[Passo, tuple[Deciso, ...]]:
    """What the bodies decided on the call, the project and the sheet of the chain: asked only where there is something."""
    if not r.decisa:
        return {}
    dove: dict[Passo, Chiave] = {}
    for passo, tipo, numero in (
        (Passo.AVVISO, "avviso", r.avviso_id if r.avviso_stato in PUBBLICI else None),
        (Passo.CONVENZIONE, "progetto", r.progetto_id),
        (Passo.SCHEDA, "scheda", r.scheda_id),
    ):
        if numero is not None:
            dove[passo] = (tipo, numero)
    prese = decisioni.su(tuple(dove.values()))
    return {passo: tuple(_deciso(d, r) for d in prese[chiave]) for passo, chiave in dove.items() if chiave in prese}


def _deciso(d: decisioni.RigaRegistro, riga: Riga) -> Deciso:
    return Deciso(in_parole(d), url("sedute.seduta", riga, slug=d.organo_slug, numero=d.seduta) + f"#p{d.punto_id}")


def in_parole(d: decisioni.RigaRegistro) -> str:
    """Who decided, when, with which number."""
    return _(
        "%(organo)s, %(giorno)s, decisione %(anno)s/%(numero)s",
        organo=d.organo, giorno=data_media(d.presa_il), anno=d.anno, numero=d.numero,
    )  # fmt: skip


def segna_qui(prese: Iterable[Deciso], pagina: str) -> tuple[Deciso, ...]:
    """The same decisions, marked where they were taken at the sitting of this address."""
    return tuple(replace(d, qui=d.url.startswith(f"{pagina}#")) for d in prese)


def _dai_tavoli(r: Riga) -> dict[Passo, Nodo]:
    """The need and the priority that the sheet comes from; when there are more of them, it says how many."""
    if not r.tavolo_slug or not r.tavolo_titolo or not r.priorita_titolo:
        return {}
    altre = _n("e un’altra priorità dei tavoli", "e altre %(num)s priorità dei tavoli", r.priorita_quante - 1)
    pagina = url("tavoli.tavolo", r, slug=r.tavolo_slug)
    priorita = url("tavoli.tavolo", r, slug=r.tavolo_slug, _anchor=f"priorita-{r.priorita_numero}")
    return {
        Passo.BISOGNO: Nodo(r.tavolo_titolo, pagina, r.incontro_il, _("Tavolo tematico")),
        Passo.PRIORITA: Nodo(r.priorita_titolo, priorita, r.restituito_il, altre if r.priorita_quante > 1 else ""),
    }


def url(endpoint: str, riga: Riga, **valori: Any) -> str:
    return indirizzo(endpoint, ambito=riga.ambito, **valori)


def mostra(esistente: Catena) -> tuple[RigaFilo, ...]:
    return passi(esistente, data_media)


def senza_avviso(esistente: Catena) -> Catena:
    """A sheet or a service with no call behind: those steps are not missing, they were not foreseen."""
    if Passo.AVVISO in esistente.nodi:
        return esistente
    return replace(esistente, non_previsti=SENZA_AVVISO)
