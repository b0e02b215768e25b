"""Plain values of a plan, and the whole plan of Casarano read from its files without a database."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from typing import Any

from portal.demo.piano import DATI
from portal.piano.rules import Tavola, Valori, ValoriAnno, ValoriRiga, ValoriScheda, normalizza_fondo
from portal.piano.rules import tavole as t
from portal.piano.rules.lettura import leggi_schede
from portal.piano.rules.lettura_voci import leggi_popolazione, leggi_quadro, leggi_voci

SCHEDE = "casarano_schede_pdz_2022_2024.json"
FINANZA = "casarano_finanza_e_governance.json"
QUADRO = "codici_prps22.json"


def euro(testo: str | None) -> Decimal | None:
    return None if testo is None else Decimal(testo)


def anno(quale: int, importo: str | None, *fonti: tuple[str, str], testo: str = "") -> ValoriAnno:
    """A year with its lines: ``anno(2022, "30.00", ("PdZ", "10.00"), ("QFP", "20.00"))``."""
    righe = tuple(ValoriRiga(normalizza_fondo(f).codice, f, Decimal(i), normalizza_fondo(f).nome) for f, i in fonti)
    return ValoriAnno(quale, euro(importo), testo or " + ".join(f for f, _ in fonti), righe)


def scheda(codice: str, totale: str | None, *anni: ValoriAnno) -> ValoriScheda:
    return ValoriScheda(codice, f"Scheda {codice}", euro(totale), anni, codice[0], f"Area {codice[0]}")


def tavola(righe: dict[str, dict[str, str | None]]) -> Tavola:
    return Tavola({(r, c): euro(v) for r, celle in righe.items() for c, v in celle.items()})


def valori(*schede: ValoriScheda, tolleranza: int = 5, **tavole: Tavola) -> Valori:
    return Valori(schede, tavole, (2022, 2023, 2024), tolleranza)


def dati(nome: str) -> dict[str, Any]:
    contenuto: dict[str, Any] = json.loads((DATI / nome).read_text(encoding="utf-8"))
    return contenuto


@cache
def casarano() -> Valori:
    """Every printed figure of the plan, as the files give it."""
    return Valori(_schede(), _tavole(), (2022, 2023, 2024), 5)


def _schede() -> tuple[ValoriScheda, ...]:
    return tuple(
        ValoriScheda(
            s.codice,
            s.titolo,
            s.totale,
            tuple(
                ValoriAnno(
                    a.anno,
                    a.importo,
                    a.fonte_testo,
                    tuple(ValoriRiga(normalizza_fondo(f.stampata).codice, f.stampata, f.importo) for f in a.fonti),
                )
                for a in s.anni
            ),
            s.macro,
            s.macro_titolo,
        )
        for s in leggi_schede(dati(SCHEDE))
    )


def _tavole() -> dict[str, Tavola]:
    celle: dict[str, dict[tuple[str, str], Decimal | None]] = {}
    for v in (*leggi_voci(dati(FINANZA)), *leggi_quadro(dati(QUADRO))):
        celle.setdefault(v.tavola, {})[v.riga, v.colonna] = v.importo if v.conteggio is None else Decimal(v.conteggio)
    popolazione = leggi_popolazione(dati(FINANZA))
    assert popolazione is not None
    per_eta = {(c, k): Decimal(n) for c, classi in popolazione.abitanti.items() for k, n in classi.items()}
    celle[t.POPOLAZIONE] = {**per_eta, **celle[t.POPOLAZIONE]}
    return {nome: Tavola(proprie) for nome, proprie in celle.items()}
