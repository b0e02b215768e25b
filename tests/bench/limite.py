"""The bare limit: the least Flask code that answers with a page, a search, a list, a durable submission.

No login, no session, no translation, no permission, no Ambito: what is left is the stack itself, and no application
on it can be faster. The page is of the size of a page of the guide. ``limite_avvio`` serves it; LIMITE_DB is a
SQLAlchemy URL, LIMITE_FILE the folder of the files received.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from flask import Flask, abort, render_template, request
from jinja2 import DictLoader
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from .limite_dati import Proposta, Servizio, apri

RIGHE_ELENCO = 50
PAGINA = """<!doctype html>
<html lang="it"><head><meta charset="utf-8"><title>{{ titolo }}</title><link rel="stylesheet" href="/stile.css"></head>
<body><header><nav><ul>{% for b in blocchi[:10] %}
<li><a href="/voci/{{ b.numero }}">{{ b.titolo }}</a></li>{% endfor %}</ul></nav></header>
<main><h1>{{ titolo }}</h1><p>{{ corpo }}</p>
{% for b in blocchi %}<article id="b{{ b.numero }}"><h2><a href="/servizi/{{ b.numero }}">{{ b.titolo }}</a></h2>
<p>{{ b.testo }}</p>{% if loop.index is even %}<span class="badge">attivo</span>{% endif %}</article>
{% endfor %}</main></body></html>
"""
TESTO = (
    "Ogni persona che vive in uno dei Comuni può chiedere un colloquio allo sportello e portare chi vuole, "
    "anche senza appuntamento, il giovedì mattina. Chi non può muoversi telefona, e un operatore va a casa sua. "
) * 2
FISSI = [{"numero": n, "titolo": f"Il servizio numero {n} del territorio", "testo": TESTO} for n in range(56)]
CERCA = {
    "sqlite": "SELECT rowid AS numero, titolo, snippet(ricerca, 1, '', '', '…', 30) AS testo FROM ricerca"
    " WHERE ricerca MATCH :q ORDER BY rank LIMIT 20",
    "postgresql": "SELECT id AS numero, titolo, left(corpo, 200) AS testo FROM servizio, to_tsquery('simple', :q) d"
    " WHERE vettore @@ d ORDER BY ts_rank(vettore, d) DESC LIMIT 20",
}

motore = apri(os.environ["LIMITE_DB"])
cartella = Path(os.environ["LIMITE_FILE"])
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 24 * 1024 * 1024
app.jinja_loader = DictLoader({"pagina.html": PAGINA})


def pagina(titolo: str, corpo: str, blocchi: Sequence[Mapping[str, Any]]) -> str:
    return render_template("pagina.html", titolo=titolo, corpo=corpo, blocchi=blocchi)


@app.get("/ciao")
def ciao() -> str:
    return "ciao"


@app.get("/orm/<slug>")
def orm(slug: str) -> str:
    with Session(motore) as sessione:
        riga = sessione.scalar(select(Servizio).where(Servizio.slug == slug)) or abort(404)
        return pagina(riga.titolo, riga.corpo, FISSI)


@app.get("/core/<slug>")
def core(slug: str) -> str:
    cerca = select(Servizio.titolo, Servizio.corpo).where(Servizio.slug == slug)
    with motore.connect() as connessione:
        riga = connessione.execute(cerca).first() or abort(404)
    return pagina(riga.titolo, riga.corpo, FISSI)


@app.get("/elenco")
def elenco() -> str:
    dopo = request.args.get("dopo", 0, type=int)
    cerca = select(Servizio.id, Servizio.slug, Servizio.titolo).where(Servizio.id > dopo)
    with motore.connect() as connessione:
        righe = connessione.execute(cerca.order_by(Servizio.id).limit(RIGHE_ELENCO)).all()
    return pagina("Elenco", "", [{"numero": r.id, "titolo": r.titolo, "testo": r.slug} for r in righe])


@app.get("/cerca")
def ricerca() -> str:
    apice, insieme = ('"', " ") if motore.dialect.name == "sqlite" else ("'", " & ")
    parole = ("".join(c for c in parola if c.isalnum()) for parola in request.args.get("q", "").split())
    domanda = insieme.join(f"{apice}{parola}{apice}" for parola in parole)
    with motore.connect() as connessione:
        righe = connessione.execute(text(CERCA[motore.dialect.name]), {"q": domanda}).mappings().all()
    return pagina("Ricerca", "", [dict(r) for r in righe])


@app.post("/presenta")
def presenta() -> tuple[str, int]:
    codice, caricato = secrets.token_hex(8), request.files.get("file")
    impronta, dimensione = conserva(caricato, codice) if caricato else (None, None)
    valori = {"titolo": request.form["titolo"], "testo": request.form["testo"]}
    with motore.begin() as connessione:
        connessione.execute(insert(Proposta).values(codice=codice, sha256=impronta, dimensione=dimensione, **valori))
    return codice, 201


def conserva(caricato: FileStorage, nome: str) -> tuple[str, int]:
    """The file on the disk for good: hashed while it is written, flushed, renamed, and its folder flushed too."""
    impronta, dimensione, parte = hashlib.sha256(), 0, cartella / f"{nome}.part"
    with parte.open("wb") as uscita:
        while pezzo := caricato.stream.read(1024 * 1024):
            impronta.update(pezzo)
            dimensione += len(pezzo)
            uscita.write(pezzo)
        uscita.flush()
        os.fsync(uscita.fileno())
    parte.rename(cartella / nome)
    descrittore = os.open(cartella, os.O_RDONLY)
    os.fsync(descrittore)
    os.close(descrittore)
    return impronta.hexdigest(), dimensione
