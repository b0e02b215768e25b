"""``portal …``: the commands of whoever runs an installation. Same operations as the pages, no shortcuts."""

from __future__ import annotations

import sys

import click
from flask import Flask

from . import create_app
from .config import ConfigurazioneErrata, dall_ambiente


def _app() -> Flask:
    return create_app()


@click.group(help="Coprogetta: comandi di chi gestisce l’installazione.")
def cli() -> None:
    pass


@cli.group("db", help="La base dati.")
def base_dati() -> None:
    pass


@base_dati.command("aggiorna", help="Porta la base dati all’ultima versione.")
def aggiorna() -> None:
    from . import schema  # alembic is a quarter of a second: only these two commands need it

    schema.aggiorna(dall_ambiente().database)
    click.echo("La base dati è aggiornata.")


@base_dati.command("verifica", help="Dice se modelli e base dati sono d’accordo.")
def verifica_schema() -> None:
    from . import schema

    differenze = schema.differenze(dall_ambiente().database)
    for differenza in differenze:
        click.echo(differenza)
    sys.exit(1 if differenze else 0)


@cli.command(help="Avvia il server delle pagine.")
@click.option("--porta", default=8000, show_default=True)
@click.option("--indirizzo", default="127.0.0.1", show_default=True)
@click.option("--processi", default=2, show_default=True)
def serve(porta: int, indirizzo: str, processi: int) -> None:
    from .server import servi

    servi(indirizzo, porta, processi)


@cli.command(help="Spedisce i messaggi in coda, fa i lavori lunghi, chiude gli avvisi scaduti.")
@click.option("--una-volta", is_flag=True, help="Fa quello che c’è da fare e si ferma.")
def worker(una_volta: bool) -> None:
    from .worker import gira

    gira(_app(), una_volta=una_volta)


@cli.group(help="Il registro delle operazioni.")
def audit() -> None:
    pass


@audit.command("verifica", help="Ripercorre la catena: dice la prima riga cambiata, se c’è.")
def verifica_registro() -> None:
    from .audit.queries import rotture

    with _app().app_context():
        trovate = rotture()
    for r in trovate:
        click.echo(f"catena {r.catena}, riga {r.numero}: {r.motivo}")
    if not trovate:
        click.echo("Il registro è intero.")
    sys.exit(1 if trovate else 0)


@cli.group(help="I dati dimostrativi.")
def demo() -> None:
    pass


@demo.command("carica", help="Carica i dati dimostrativi, se non ci sono già.")
def carica() -> None:
    from .demo.carica import carica as carica_dati

    with _app().app_context():
        click.echo(carica_dati())


@demo.command("account", help="Elenca gli account di prova (solo in dimostrazione).")
def account() -> None:
    from .demo.account import righe

    for riga in righe(dall_ambiente()):
        click.echo(riga)


@cli.command("ricerca", help="Rifà l’indice della ricerca.")
def ricerca() -> None:
    from .guida.operations import reindicizza
    from .transaction import unita

    with _app().app_context(), unita():
        click.echo(f"Pagine indicizzate: {reindicizza()}")


def main() -> None:
    try:
        cli(prog_name="portal")
    except ConfigurazioneErrata as errore:
        click.echo(f"Configurazione: {errore}", err=True)
        sys.exit(2)
