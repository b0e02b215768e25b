"""``python -m tests.bench.riunioni``: the minute's PDF and the page of a big sitting, beside the bare stack.

The PDF of a minute of 12 items and 30 members, from the database to the bytes, beside typst alone on the same data; then
with twice and four times the items (it must grow like the pages), and how long another page waits while one is made.
The page of a sitting of 200 members, with the pages kept ready switched off, beside a Flask view that reads as many rows
and prints them. CPU time of one process on SQLite, medians.
"""

from __future__ import annotations

import itertools
import json
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask, render_template_string
from sqlalchemy import create_engine, text

from portal import clocks, create_app, pdf, schema
from portal.ambiti.models import Ambito
from portal.clocks import adesso
from portal.sedute.models import Modo, Seduta, StatoPunto
from portal.sedute.operations import banco
from portal.tenancy import tutti_gli_ambiti, usa_ambito
from portal.transaction import unita
from portal.verbale import queries
from portal.verbale.contenuto import contenuto
from portal.verbale.documenti import Copia, in_pdf
from portal.verbale.operations import testi
from portal.verbale.rules.contenuto import ovunque
from tests import fabbrica
from tests.conftest import configurazione
from tests.sedute import costruttori as sedute

from .profilo import _chiama

PAROLE = "Chi parla dice che lo sportello apre tardi e che chi lavora non ci arriva. " * 12
COPIA = Copia("Ambito di prova", "Comune", adesso(), codice="AAAA-AAAA-AAAA-AAAA", verifica="https://prova.example/verifica")
GIRI = 15
LUNGO = 100
VOLTE = itertools.count()
RIGHE = """<!doctype html><html lang="it"><head><title>Seduta</title></head><body><main><h1>Seduta</h1><table>
{% for r in righe %}<tr><th scope="row">{{ r.chi }}</th><td>{{ r.qualita }}</td><td>{{ r.ora }}</td></tr>
{% endfor %}</table></main></body></html>"""


def seduta(ambito: Ambito, componenti: int, punti: int, nome: str) -> Seduta:
    """Held and closed: everyone there, a vote and a decision on each item."""
    organo = sedute.cabina(ambito, componenti)
    organo.slug = nome
    with clocks.alle(sedute.ORE_15):
        tenuta = sedute.aperta(organo, range(1, componenti + 1), *(f"Punto {n} di questa seduta" for n in range(punti)))
        for punto in tenuta.punti:
            banco.apri_punto(punto, attore=None)
            sedute.scrive(punto, PAROLE, "Si approva.")
            sedute.vota(punto, Modo.UNANIME, decisione="Si approva.")
            banco.chiudi_punto(punto, esito=StatoPunto.TRATTATO, attore=None)
    with clocks.alle(sedute.ORE_15 + timedelta(hours=2)):
        banco.chiudi(tenuta, ora=adesso(), attore=None)
        testi.componi(tenuta, attore=None)
    return tenuta


def cpu(funzione: Callable[[], object], giri: int = GIRI) -> float:
    """Milliseconds of CPU, the median; the first time warms up."""
    tempi = []
    for _giro in range(giri + 1):
        inizio = time.process_time()
        funzione()
        tempi.append((time.process_time() - inizio) * 1000)
    return statistics.median(tempi[1:])


def nostro(slug: str) -> bytes:
    """From the rows to the bytes. Each time the texts are others: typst remembers what it has laid out already."""
    verbale = queries.intero(slug, 1)
    assert verbale is not None
    giro = next(VOLTE)
    return in_pdf(ovunque(contenuto(verbale), lambda t: f"{t} {giro}" if len(t) > LUNGO else t), COPIA)


def nudo(slug: str) -> Callable[[], object]:
    """typst alone, on the data that it receives for that minute."""
    preso: list[tuple[Any, ...]] = []
    vera, pdf._compila = pdf._compila, lambda *a: preso.append(a) or b""  # type: ignore[func-returns-value]
    nostro(slug)
    pdf._compila = vera
    sorgente, atto, istante, caratteri = preso[0]
    dati = json.dumps(atto)
    return lambda: vera(sorgente, json.loads(dati.replace("ci arriva", f"ci arriva {next(VOLTE)}")), istante, caratteri)


def attesa(app: Flask, percorso: str, slug: str) -> tuple[float, float]:
    """p95 (milliseconds of the clock) of a page alone, and while PDFs are being made one after the other."""
    fermo = threading.Event()

    def lavora() -> None:
        with app.test_request_context("/prova/"), usa_ambito(1):
            while not fermo.is_set():
                nostro(slug)

    sola = _p95(app, percorso)
    filo = threading.Thread(target=lavora)
    filo.start()
    insieme = _p95(app, percorso)
    fermo.set()
    filo.join()
    return sola, insieme


def _p95(app: Flask, percorso: str) -> float:
    tempi = []
    for _giro in range(60):
        inizio = time.perf_counter()
        _chiama(app, [percorso])
        tempi.append((time.perf_counter() - inizio) * 1000)
    return sorted(tempi)[56]


def limite_pagina(righe: Sequence[dict[str, str]], url: str) -> float:
    """The least that reads the rows of the sitting and prints them."""
    motore = create_engine(url)
    nuda = Flask(__name__)

    @nuda.get("/seduta")
    def _vista() -> str:
        with motore.connect() as connessione:
            lette = connessione.execute(text("SELECT seggio_id, ora, verso FROM movimento LIMIT 200")).all()
        return render_template_string(RIGHE, righe=righe[: len(lette)])

    return statistics.median(_chiama(nuda, ["/seduta"] * 60))


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="coprogetta-bench-") as cartella:
        url = f"sqlite:///{cartella}/p.db"
        schema.aggiorna(url)
        app = create_app(configurazione(url, Path(cartella)))
        with app.test_request_context("/"), tutti_gli_ambiti(), unita():
            ambito = fabbrica.ambito("prova")
            with usa_ambito(ambito.id):
                for punti in (12, 24, 48):
                    seduta(ambito, 30, punti, f"p{punti}")
                seduta(ambito, 200, 3, "grande")
        with app.test_request_context("/prova/"), usa_ambito(1):
            for punti in (12, 24, 48):
                tutto, solo = cpu(lambda p=punti: nostro(f"p{p}")), cpu(nudo(f"p{punti}"))
                print(
                    f"PDF, {punti} punti e 30 componenti: {tutto:.0f} ms; typst solo {solo:.0f} ms; {tutto / solo:.2f} volte"
                )
        sola, insieme = attesa(app, "/prova/organi/p12/sedute/1", "p12")
        print(f"una pagina mentre si fanno PDF: p95 {insieme:.1f} ms, da sola {sola:.1f}; {insieme / sola:.2f} volte")
        righe = [{"chi": f"Comune {n}", "qualita": "Sindaco", "ora": "15:00"} for n in range(200)]
        nuda = limite_pagina(righe, url)
        pagina = statistics.median(_chiama(app, ["/prova/organi/grande/sedute/1"] * 60))
        print(f"pagina di 200 componenti: {pagina:.1f} ms; Flask nudo {nuda:.1f} ms; {nuda / pagina:.2f} del limite")


if __name__ == "__main__":
    main()
