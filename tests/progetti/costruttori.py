"""Selected proposals, a sheet with one line, the office's people: where a project starts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from portal.avvisi.models import StatoAvviso
from portal.db import sessione
from portal.progetti import operations, queries
from portal.progetti.models import Impegno, Progetto
from portal.proposte.models import StatoProposta
from portal.tenancy import tutti_gli_ambiti, usa_ambito
from portal.transaction import unita
from portal.utenti.models import Ruolo, Utente
from tests import fabbrica


@dataclass
class Scena:
    ambito: Any
    avviso_id: int
    scheda: Any
    riga_id: int
    operatore: Utente
    altro_operatore: Utente
    responsabile: Utente
    commissario: Utente
    enti: list[Any]
    rappresentanti: list[Utente] = field(default_factory=list)
    proposte: list[int] = field(default_factory=list)
    progetti: list[str] = field(default_factory=list)

    def url(self, resto: str = "") -> str:
        return f"/{self.ambito.slug}/ufficio/progetti{resto}"

    def pubblico(self, resto: str = "") -> str:
        return f"/{self.ambito.slug}/progetti{resto}"


def scena(
    app: Any,
    *,
    richiesti: Sequence[str] = ("40000.00",),
    programmato: str = "149000.00",
    risorse: str | None = "100000.00",
    stato: StatoProposta = StatoProposta.SELEZIONATA,
) -> Scena:
    with app.app_context(), tutti_gli_ambiti(), unita():
        ambito = fabbrica.ambito()
        scheda, riga = fabbrica.scheda(ambito, importo=programmato)
        avviso = fabbrica.avviso(ambito, stato=StatoAvviso.ESITO_PUBBLICATO, scheda_id=scheda.id, risorse=risorse)
        ruoli = (Ruolo.OPERATORE, Ruolo.OPERATORE, Ruolo.RESPONSABILE, Ruolo.COMMISSARIO)
        persone = fabbrica.salva_tutti(fabbrica.persona(ruolo, ambito=ambito) for ruolo in ruoli)
        enti = fabbrica.salva_tutti(fabbrica.ente_nuovo() for _ in richiesti)
        autori = fabbrica.salva_tutti(fabbrica.persona(Ruolo.RAPPRESENTANTE, ente=ente) for ente in enti)
        proposte = fabbrica.salva_tutti(
            fabbrica.proposta_nuova(avviso, ente, autore, stato=stato, richiesto=richiesto)
            for ente, autore, richiesto in zip(enti, autori, richiesti, strict=True)
        )
        s = Scena(ambito, avviso.id, scheda, riga.id, *persone, enti, autori, [p.id for p in proposte])
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


def crea(app: Any, s: Scena, n: int = 0, *, contributo: str = "40000.00", chi: Utente | None = None, **altro: Any) -> str:
    """A project of proposal ``n``; its slug."""
    valori = {"atto": "Determinazione 20", "approvato_il": date(2026, 1, 15), **altro}
    with dentro(app, s):
        proposta = queries.proposta_selezionata(s.proposte[n])
        assert proposta is not None
        fatto = operations.crea_progetto(
            proposta, titolo=f"Progetto {n + 1}", sintesi="Aiuta le persone.", contributo=Decimal(contributo),
            attore=chi or s.operatore, **valori,
        )  # fmt: skip
        s.progetti.append(fatto.slug)
        return fatto.slug


def progetto(s: Scena, n: int = 0) -> Progetto:
    trovato = queries.progetto(s.progetti[n])
    assert trovato is not None
    return trovato


def lega(
    app: Any, s: Scena, importo: str, n: int = 0, *, chi: Utente | None = None, riga_id: int | None = None, **altro: Any
) -> Impegno:
    with dentro(app, s):
        return operations.impegna(
            progetto(s, n), riga_id=riga_id or s.riga_id, importo=Decimal(importo), attore=chi or s.operatore, **altro
        )


def attiva(app: Any, s: Scena, n: int = 0) -> None:
    with dentro(app, s):
        operations.attiva(progetto(s, n), attore=s.operatore)


def residuo(app: Any, s: Scena) -> Decimal:
    with dentro(app, s):
        return queries.righe_legabili(s.scheda.id)[0].residuo


def altra_riga(app: Any, s: Scena, importo: str, codice: str = "B.8") -> int:
    """A line of another sheet."""
    with app.app_context(), tutti_gli_ambiti(), unita():
        return int(fabbrica.scheda(s.ambito, codice, anno=2024, importo=importo)[1].id)
