"""Where the time of a page goes: the portal in this process, without a server, called as a server calls it.

Four looks at each page: the time of a request (different pages in turn, then always the same), its queries, the
most expensive functions by their own time, and what the layers cost with all they call. Times are of the CPU, so
what else the machine does counts little. The profiler slows a request several times and a small function more than
a large one: its shares are shown as milliseconds of an unwatched request, and are an estimate.
"""

from __future__ import annotations

import cProfile
import pstats
import statistics
import time
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

from flask import Flask
from sqlalchemy import event
from werkzeug.test import EnvironBuilder

from .dati import AMBITO, Dati

RICHIESTE = 200
STRATI = (
    ("tutta la richiesta", "flask/app.py", "wsgi_app"),
    ("la vista", "flask/app.py", "dispatch_request"),
    ("template (render_template)", "flask/templating.py", "render_template"),
    ("contesto dei template", "portal/templating.py", "_contesto"),
    ("query (Session)", "sqlalchemy/orm/session.py", "_execute_internal"),
    ("query (SQLite)", "~", "<method 'execute' of 'sqlite3.Cursor' objects>"),
    ("Ambito e comuni", "portal/ambiti/queries.py", "ambito_e_comuni"),
    ("filo del servizio", "portal/filo/queries/__init__.py", "passi_servizio"),
    ("filo dell’avviso", "portal/filo/queries/__init__.py", "passi_avviso"),
    ("pagina della guida (query)", "portal/guida/queries/pubbliche.py", "pagina"),
    ("pagina dell’avviso (query)", "portal/avvisi/queries.py", "pagina"),
    ("Markdown", "portal/richtext.py", "rendi"),
    ("url_for", "flask/app.py", "url_for"),
    ("asset()", "portal/templating.py", "asset"),
    ("gettext", "portal/i18n.py", "_nel_modello"),
    ("scelta della lingua", "flask_babel/__init__.py", "get_locale"),
    ("CSRF", "flask_wtf/csrf.py", "generate_csrf"),
    ("sessione del biscotto", "flask/sessions.py", "save_session"),
    ("lettura della sessione", "flask/sessions.py", "open_session"),
    ("template cambiati? (stat)", "jinja2/environment.py", "is_up_to_date"),
    ("intestazioni", "portal/web.py", "_intestazioni"),
)
"""What to look for: its name, the end of its file, its function."""


def stampa(app: Flask, dati: Dati) -> None:
    pagine = {
        "guida": [f"/{AMBITO}/guida/{slug}" for slug in dati.servizi],
        "avviso": [f"/{AMBITO}/avvisi/{slug}" for slug in dati.avvisi],
        "ricerca": [f"/{AMBITO}/guida?q={coppia.replace(' ', '+')}" for coppia in dati.coppie],
    }
    for nome, percorsi in pagine.items():
        print(f"\n== {nome}", *_pagina(app, percorsi), sep="\n")


def _pagina(app: Flask, percorsi: Sequence[str]) -> Iterator[str]:
    _chiama(app, [*percorsi[:5]] * 4)
    diverse, stesse = _tempi(app, percorsi[: RICHIESTE * 5]), _tempi(app, percorsi[:1])
    yield f"una richiesta: CPU {diverse:.2f} ms con pagine diverse, {stesse:.2f} ms con la stessa (mediane di {RICHIESTE})"
    yield from _interrogazioni(app, percorsi[7])
    profilo = cProfile.Profile()
    da = [*percorsi[RICHIESTE:], *percorsi[:RICHIESTE]]
    profilo.runcall(_chiama, app, [da[i % len(da)] for i in range(RICHIESTE)])
    statistiche = pstats.Stats(profilo, stream=StringIO())
    per_secondo = diverse / statistiche.total_tt  # type: ignore[attr-defined]
    yield from _strati(statistiche, per_secondo)
    yield from _funzioni(statistiche, per_secondo)


def _chiama(app: Flask, percorsi: Sequence[str]) -> list[float]:
    """CPU time, in milliseconds, of one request for each path."""
    tempi = []
    for percorso in percorsi:
        ambiente = EnvironBuilder(path=percorso.partition("?")[0], query_string=percorso.partition("?")[2]).get_environ()
        stati: list[str] = []
        inizio = time.thread_time()
        risposta = app.wsgi_app(ambiente, lambda stato, _testate, _e=None, s=stati: s.append(stato))
        b"".join(risposta)
        getattr(risposta, "close", lambda: None)()
        tempi.append((time.thread_time() - inizio) * 1000)
        assert stati[0].startswith("200"), (percorso, stati)
    return tempi


def _tempi(app: Flask, percorsi: Sequence[str]) -> float:
    return statistics.median(_chiama(app, [percorsi[i % len(percorsi)] for i in range(RICHIESTE)]))


def _interrogazioni(app: Flask, percorso: str) -> Iterator[str]:
    motore, fatte, inizi = app.extensions["motore"], [], []

    def prima(*_: Any) -> None:
        inizi.append(time.thread_time())

    def dopo(_c: Any, _cur: Any, testo: str, *_: Any) -> None:
        fatte.append(((time.thread_time() - inizi[-1]) * 1000, " ".join(testo.split())[:110]))

    event.listen(motore, "before_cursor_execute", prima)
    event.listen(motore, "after_cursor_execute", dopo)
    _chiama(app, [percorso])
    event.remove(motore, "before_cursor_execute", prima)
    event.remove(motore, "after_cursor_execute", dopo)
    vere = [f for f in fatte if not f[1].startswith(("BEGIN", "PRAGMA"))]
    yield f"query: {len(vere)}, {sum(ms for ms, _ in vere):.2f} ms nella base dati"
    yield from (f"    {ms:6.2f} ms  {testo}" for ms, testo in vere)


def _strati(statistiche: pstats.Stats, per_secondo: float) -> Iterator[str]:
    yield f"{'per richiesta':38}{'chiamate':>9}{'ms in tutto':>13}"
    for nome, fine_file, funzione in STRATI:
        trovate = [
            (v[1], v[3])
            for (f, _, n), v in statistiche.stats.items()
            if f.endswith(fine_file) and n == funzione  # type: ignore[attr-defined]
        ]
        if trovate:
            quante, secondi = map(sum, zip(*trovate, strict=True))
            yield f"    {nome:34}{quante / RICHIESTE:9.1f}{secondi * per_secondo:13.2f}"


def _funzioni(statistiche: pstats.Stats, per_secondo: float, quante: int = 30) -> Iterator[str]:
    yield f"{'le più costose di loro':60}{'chiamate':>9}{'ms proprie':>11}{'ms in tutto':>12}"
    voci = sorted(statistiche.stats.items(), key=lambda v: -v[1][2])  # type: ignore[attr-defined]
    for (file, riga, nome), (_, chiamate, proprie, tutto, _) in voci[:quante]:
        dove = f"{'/'.join(file.split('/')[-2:])}:{riga} {nome}"[-58:]
        yield f"    {dove:58}{chiamate / RICHIESTE:7.1f}{proprie * per_secondo:11.3f}{tutto * per_secondo:12.3f}"
