"""A procedure at any point of its evaluation, built through the operations that people use.

A ``Scena`` keeps ids and detached people; rows are read again inside ``dentro(app, scena)``, one unit of work each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from portal.avvisi.models import Avviso, StatoAvviso
from portal.clocks import adesso
from portal.db import sessione
from portal.proposte.models import Proposta, StatoProposta
from portal.proposte.queries import proposta_breve
from portal.tenancy import tutti_gli_ambiti, usa_ambito
from portal.transaction import unita
from portal.utenti.models import Ruolo, RuoloUtente, Utente
from portal.valutazione import operations, queries
from portal.valutazione.models import Commissione
from portal.valutazione.permissions import DaValutare
from tests import fabbrica
from tests.palco import scena as su_palco

PESI = (60, 40)
BUONI = ("50", "30")
"""Points per criterion of a proposal that passes: 80 in all."""


@dataclass
class Scena:
    ambito: Any
    slug: str
    avviso_id: int
    operatore: Utente
    responsabile: Utente
    commissari: list[Utente]
    enti: list[Any]
    rappresentanti: list[Utente]
    proposte: list[int] = field(default_factory=list)
    scheda_id: int | None = None
    riga_id: int | None = None

    def url(self, resto: str = "") -> str:
        return f"/{self.ambito.slug}/ufficio/avvisi/{self.slug}/valutazione{resto}"

    def commissione(self, resto: str = "") -> str:
        return f"/{self.ambito.slug}/commissione/{self.slug}{resto}"


@su_palco
def scena(
    app: Any,
    *,
    richiesti: Sequence[str] = ("40000.00", "40000.00", "40000.00"),
    termine: datetime | None = None,
    commissari: int = 5,
    **avviso: Any,
) -> Scena:
    """A closed call with proposals submitted one minute apart; nothing is decided yet."""
    with app.app_context(), tutti_gli_ambiti(), unita():
        ambito = fabbrica.ambito()
        scheda, riga = fabbrica.scheda(ambito)
        passato = termine or adesso() - timedelta(days=1)
        stato = StatoAvviso.CHIUSO if passato < adesso() else StatoAvviso.PUBBLICATO
        fatto = fabbrica.avviso(
            ambito, **{"stato": stato, "termine": passato, "pesi": PESI, "scheda_id": scheda.id, **avviso}
        )
        operatore, responsabile, *membri = fabbrica.salva_tutti(
            fabbrica.persona(ruolo, ambito=ambito)
            for ruolo in (Ruolo.OPERATORE, Ruolo.RESPONSABILE, *[Ruolo.COMMISSARIO] * commissari)
        )
        enti = fabbrica.salva_tutti(fabbrica.ente_nuovo() for _ in richiesti)
        autori = fabbrica.salva_tutti(fabbrica.persona(Ruolo.RAPPRESENTANTE, ente=ente) for ente in enti)
        proposte = fabbrica.salva_tutti(
            fabbrica.proposta_nuova(
                fatto, ente, autore, stato=StatoProposta.PRESENTATA, richiesto=richiesto,
                presentata_il=passato - timedelta(days=1) + timedelta(minutes=n), rilevazione_id=ente.rilevazioni[0].id,
            )
            for n, (ente, autore, richiesto) in enumerate(zip(enti, autori, richiesti, strict=True))
        )  # fmt: skip
        s = Scena(
            ambito=ambito,
            slug=fatto.slug,
            avviso_id=fatto.id,
            operatore=operatore,
            responsabile=responsabile,
            commissari=membri,
            enti=enti,
            rappresentanti=autori,
            proposte=[p.id for p in proposte],
            scheda_id=scheda.id,
            riga_id=riga.id,
        )
    sessione.remove()
    return s


@contextmanager
def dentro(app: Any, s: Scena) -> Iterator[None]:
    """One unit of work in the scene's Ambito, in a session of its own: people stay as they were loaded."""
    try:
        with app.app_context(), usa_ambito(s.ambito.id), unita():
            yield
    finally:
        sessione.remove()


def avviso(s: Scena) -> Avviso:
    trovato = queries.avviso_per_slug(s.slug)
    assert trovato is not None
    return trovato


def proposta(s: Scena, n: int) -> Proposta:
    trovata = proposta_breve(s.proposte[n])
    assert trovata is not None
    return trovata


def commissione(s: Scena) -> Commissione:
    trovata = queries.commissione(s.avviso_id)
    assert trovata is not None
    return trovata


@su_palco
def ammetti(app: Any, s: Scena, *, tranne: Sequence[int] = ()) -> Scena:
    """Decide on every proposal: those in ``tranne`` are not admitted."""
    with dentro(app, s):
        for n in range(len(s.proposte)):
            no = n in tranne
            operations.decidi(proposta(s, n), ammessa=not no, motivo="Manca l’iscrizione." if no else "", attore=s.operatore)
    return s


@su_palco
def nomina(app: Any, s: Scena, membri: Sequence[int] = (0, 1, 2)) -> Scena:
    with dentro(app, s):
        persone = [s.commissari[m].id for m in membri]
        operations.nomina(
            avviso(s), atto="Determinazione 12", presidente=persone[0], componenti=persone[1:], attore=s.operatore
        )
    return s


@su_palco
def dichiara(app: Any, s: Scena, chi: Sequence[int] = (0, 1, 2)) -> Scena:
    """These commissioners declare, in order, that they have no conflict."""
    for m in chi:
        with dentro(app, s):
            seggio = queries.seggio(s.slug, s.commissari[m].id)
            assert seggio is not None
            operations.dichiara(seggio, assenza=True, nota="", attore=s.commissari[m])
    return s


def valuta(app: Any, s: Scena, m: int, n: int, punti: Sequence[str] = BUONI, *, versione: int = 0) -> None:
    """Commissioner ``m`` scores proposal ``n``: one figure per criterion, in order; fewer figures, fewer scores."""
    with dentro(app, s):
        _assegna(s, m, n, punti, versione)


def _assegna(s: Scena, m: int, n: int, punti: Sequence[str], versione: int = 0) -> None:
    seggio = queries.seggio(s.slug, s.commissari[m].id)
    assert seggio is not None
    criteri = seggio.avviso.criteri
    giudizi = {c.id: operations.Giudizio(Decimal(p), "Si capisce bene.") for c, p in zip(criteri, punti, strict=False)}
    operations.assegna(DaValutare(seggio, proposta(s, n)), giudizi, versione=versione, attore=s.commissari[m])


def al_lavoro(app: Any, s: Scena, *, tranne: Sequence[int] = ()) -> Scena:
    """Admitted, appointed, declared: the commission may read."""
    return dichiara(app, nomina(app, ammetti(app, s, tranne=tranne)))


@su_palco
def valuta_tutto(app: Any, s: Scena, punti: Mapping[int, Sequence[str]] | None = None) -> Scena:
    """All three score every admitted proposal; ``punti`` names other figures for some of them."""
    with dentro(app, s):
        ammesse = {p.id for p in queries.candidate_valutabili(s.avviso_id)}
    for m in range(3):
        with dentro(app, s):
            for n in (n for n, identificativo in enumerate(s.proposte) if identificativo in ammesse):
                _assegna(s, m, n, (punti or {}).get(n, BUONI))
    return s


@su_palco
def pubblica(app: Any, s: Scena) -> Scena:
    with dentro(app, s):
        preso = avviso(s)
        operations.pubblica(preso, atto="Determinazione 15", impronta=queries.calcolo(preso).impronta, attore=s.operatore)
    return s


def tutto(app: Any, s: Scena, punti: Mapping[int, Sequence[str]] | None = None) -> Scena:
    """From submitted proposals to a published outcome."""
    return pubblica(app, valuta_tutto(app, al_lavoro(app, s), punti))


def lavora_per(app: Any, s: Scena, chi: Utente, ente: Any) -> None:
    """Give a person a role in an ente."""
    with dentro(app, s):
        sessione.add(chi)
        chi.ruoli.append(RuoloUtente(ruolo=Ruolo.COMPILATORE, ente_id=ente.id))


def astenuto(app: Any, s: Scena, *enti: Any) -> Utente:
    """Another operator of the office, who works for these enti too."""
    with dentro(app, s):
        nuovo = fabbrica.utente(Ruolo.OPERATORE, ambito=s.ambito)
        nuovo.ruoli.extend(RuoloUtente(ruolo=Ruolo.COMPILATORE, ente_id=ente.id) for ente in enti)
    return nuovo


def stati(app: Any, s: Scena) -> list[str]:
    with dentro(app, s):
        return [proposta(s, n).stato.value for n in range(len(s.proposte))]
