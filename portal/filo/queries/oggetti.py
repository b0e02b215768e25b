"""What a body may decide on: the things of the Ambito that an item of an agenda can point to, by kind and id.

A kind that comes later (a table) adds itself to ``GENERI``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ...avvisi.models import Avviso
from ...avvisi.queries import PUBBLICI
from ...clocks import adesso
from ...db import sessione
from ...i18n import _, _l
from ...organi.models import Organo
from ...piano.models import Ciclo, Scheda
from ...piano.queries.pagine import PUBBLICI as CICLI_PUBBLICI
from ...progetti.models import Progetto
from ...proposte.models import Proposta, StatoProposta
from ...proposte.permissions import astensioni
from ...sedute.models import Seduta
from ...utenti.models import Utente
from ...utenti.permissions import ufficio
from ...verbale.models import StatoVerbale, Verbale
from ...web import indirizzo

MASSIMO = 200
"""Of each kind, in the choice of the office: the latest."""
Chiave = tuple[str, int]
"""Kind and id, as ``Punto.oggetto_tipo`` and ``oggetto_id`` keep them."""


@dataclass(frozen=True)
class Oggetto:
    """A thing that its reader may know of. ``titolo`` is its own text, in Italian; ``url`` None where it has no page yet."""

    tipo: str
    id: int
    titolo: str
    url: str | None

    @property
    def chiave(self) -> str:
        return f"{self.tipo}:{self.id}"


@dataclass(frozen=True)
class Genere:
    """A kind of thing. ``cerca``: those that a reader (None: everyone) may open, as a ``select``, the latest first, or None;
    ``leggi``: the thing of one of its rows."""

    parola: Any
    plurale: Any
    cerca: Callable[[Utente | None], Any]
    chiave: Any
    leggi: Callable[[Any], Oggetto]


def _dell_ufficio(utente: Utente | None) -> bool:
    return utente is not None and ufficio(utente, None)


def _piani(utente: Utente | None) -> Any:
    """The public ones; the office's, those being written too: a body adopts them."""
    cerca = select(Ciclo.id, Ciclo.codice, Ciclo.titolo, Ciclo.stato).order_by(Ciclo.anno_da.desc(), Ciclo.id.desc())
    return cerca if _dell_ufficio(utente) else cerca.where(Ciclo.stato.in_(CICLI_PUBBLICI))


def _piano(riga: Any) -> Oggetto:
    numero, codice, titolo, stato = riga
    return Oggetto("piano", numero, titolo, indirizzo("piano.ciclo", ciclo=codice) if stato in CICLI_PUBBLICI else None)


def _schede(utente: Utente | None) -> Any:
    """Those of a public plan; the office's, of a plan being written too: a body reads them before it adopts them."""
    cerca = select(Scheda.id, Scheda.codice, Scheda.titolo, Ciclo.codice, Ciclo.stato)
    cerca = cerca.join(Ciclo, Ciclo.id == Scheda.ciclo_id)
    if not _dell_ufficio(utente):
        cerca = cerca.where(Ciclo.stato.in_(CICLI_PUBBLICI))
    return cerca.order_by(Ciclo.anno_da.desc(), Scheda.ordine)


def _scheda(riga: Any) -> Oggetto:
    numero, codice, titolo, ciclo, stato = riga
    url = indirizzo("piano.scheda", ciclo=ciclo, codice=codice) if stato in CICLI_PUBBLICI else None
    return Oggetto("scheda", numero, f"{codice} {titolo}", url)


def _avvisi(utente: Utente | None) -> Any:
    """The published ones; the office's, drafts too: a body decides to publish them."""
    cerca = select(Avviso.id, Avviso.titolo, Avviso.slug, Avviso.stato).order_by(Avviso.id.desc())
    return cerca if _dell_ufficio(utente) else cerca.where(Avviso.stato.in_(PUBBLICI))


def _avviso(riga: Any) -> Oggetto:
    numero, titolo, slug, stato = riga
    return Oggetto(
        "avviso", numero, titolo, indirizzo("avvisi.avviso" if stato in PUBBLICI else "avvisi.prepara", slug=slug)
    )


def _proposte(utente: Utente | None) -> Any:
    """Those that this person of the office may open: after the term, on an avviso they need not abstain on."""
    if utente is None or not _dell_ufficio(utente):
        return None
    cerca = select(Proposta.id, Proposta.titolo, Avviso.slug).join(Avviso, Avviso.id == Proposta.avviso_id)
    cerca = cerca.where(Proposta.stato != StatoProposta.BOZZA, Avviso.termine < adesso().replace(microsecond=0))
    sue = astensioni(utente)
    if sue is not None:
        cerca = cerca.where(Proposta.avviso_id.not_in(sue))
    return cerca.order_by(Proposta.id.desc())


def _proposta(riga: Any) -> Oggetto:
    numero, titolo, slug = riga
    return Oggetto("proposta", numero, titolo, indirizzo("valutazione.proposta", slug=slug, proposta_id=numero))


def _verbali(utente: Utente | None) -> Any:
    """The published ones; the office's, those on their way too: a body approves them."""
    cerca = select(Verbale.id, Verbale.anno, Verbale.numero, Verbale.stato, Organo.nome, Organo.slug, Seduta.numero)
    cerca = cerca.join(Organo, Organo.id == Verbale.organo_id).join(Seduta, Seduta.id == Verbale.seduta_id)
    if not _dell_ufficio(utente):
        cerca = cerca.where(Verbale.stato == StatoVerbale.PUBBLICATO)
    return cerca.order_by(Verbale.id.desc())


def _verbale(riga: Any) -> Oggetto:
    chiave, anno, numero, stato, organo, slug, seduta = riga
    pagina = "verbale.verbale" if stato == StatoVerbale.PUBBLICATO else "verbale.ufficio"
    titolo = _("Verbale n. %(n)s del %(anno)s", n=numero, anno=anno)
    return Oggetto("verbale", chiave, f"{titolo}, {organo}", indirizzo(pagina, slug=slug, numero=seduta))


def _progetti(_utente: Utente | None) -> Any:
    return select(Progetto.id, Progetto.titolo, Progetto.slug).order_by(Progetto.id.desc())


def _progetto(riga: Any) -> Oggetto:
    numero, titolo, slug = riga
    return Oggetto("progetto", numero, titolo, indirizzo("progetti.progetto", slug=slug))


GENERI: dict[str, Genere] = {
    "piano": Genere(_l("piano di zona"), _l("Piani di zona"), _piani, Ciclo.id, _piano),
    "scheda": Genere(_l("scheda del piano"), _l("Schede del piano"), _schede, Scheda.id, _scheda),
    "avviso": Genere(_l("avviso"), _l("Avvisi"), _avvisi, Avviso.id, _avviso),
    "proposta": Genere(_l("proposta"), _l("Proposte"), _proposte, Proposta.id, _proposta),
    "progetto": Genere(_l("progetto"), _l("Progetti"), _progetti, Progetto.id, _progetto),
    "verbale": Genere(_l("verbale"), _l("Verbali"), _verbali, Verbale.id, _verbale),
}
"""By the word that the items keep."""


def leggi(chiavi: Collection[Chiave], utente: Utente | None) -> dict[Chiave, Oggetto]:
    """Those among these things that this reader may open: one query for each kind that is there."""
    trovati: dict[Chiave, Oggetto] = {}
    for tipo in sorted({t for t, _id in chiavi} & GENERI.keys()):
        genere = GENERI[tipo]
        cerca = genere.cerca(utente)
        if cerca is not None:
            ids = [i for t, i in chiavi if t == tipo]
            trovati |= {(tipo, r[0]): genere.leggi(r) for r in sessione.execute(cerca.where(genere.chiave.in_(ids)))}
    return trovati


def dei_punti(punti: Iterable[Any], utente: Utente | None) -> Mapping[int, Oggetto]:
    """Item of an agenda -> what it is about, where the reader may open it."""
    con = {p.id: (p.oggetto_tipo, p.oggetto_id) for p in punti if p.oggetto_tipo}
    letti = leggi(list(con.values()), utente) if con else {}
    return {punto: letti[chiave] for punto, chiave in con.items() if chiave in letti}


def da_scegliere(utente: Utente) -> dict[str, list[Oggetto]]:
    """The things to choose from, by the name of their kind; kinds of which there is none are not there."""
    gruppi: dict[str, list[Oggetto]] = {}
    for genere in GENERI.values():
        cerca = genere.cerca(utente)
        righe = sessione.execute(cerca.limit(MASSIMO)).all() if cerca is not None else []
        if righe:
            gruppi[str(genere.plurale)] = [genere.leggi(r) for r in righe]
    return gruppi
