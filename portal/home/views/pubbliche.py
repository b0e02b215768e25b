"""What everyone sees first: the installation, an Ambito, the search across Ambiti, the product's own pages."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from flask import current_app, g, redirect, render_template, request, url_for

from ...access import public
from ...ambiti import queries as ambiti
from ...avvisi import queries as avvisi
from ...avvisi.rules import TIPI
from ...charts import barre
from ...clocks import adesso
from ...errors import NonTrovato
from ...guida import queries as guida
from ...guida.rules import CATEGORIE
from ...i18n import lingua
from ...memoria import cambia_dopo, in_memoria
from ...money import scrivi_euro
from ...piano import queries as piano
from ...templating import percento
from .. import calendario, pagine_fisse, rules
from .area import area

USCITA = "https://www.wikipedia.org"
"""Where «Esci subito» leads unless the setting ``USCITA`` says another place: a page that tells nothing of the reader."""


@area.get("/")
@public
@in_memoria
def installazione() -> Any:
    """Every Ambito of the installation. Where there is one only, its home is the home."""
    tutti = ambiti.tutti()
    if len(tutti) == 1:
        return redirect(url_for(".ambito", ambito=tutti[0].slug), 302)
    comuni: dict[int, list[str]] = {}
    for comune in ambiti.comuni_di_tutti():
        comuni.setdefault(comune.ambito_id, []).append(comune.nome)
    return render_template(
        "home/installazione.html", ambiti=tutti, comuni=comuni, aperti=_aperti(avvisi.aperti_ovunque(6)), parole=rules.PAROLE
    )


@area.get("/<ambito>/")
@public
@in_memoria
def ambito() -> Any:
    """The home of an Ambito: what do you need, what is open now, the plan in three numbers."""
    numeri = piano.tre_numeri()
    return render_template(
        "home/ambito.html",
        parole=rules.PAROLE,
        pronto=rules.PRONTO_INTERVENTO if guida.esiste(rules.PRONTO_INTERVENTO) else None,
        aperti=_aperti(avvisi.aperti(3)),
        incontri=_incontri(),
        piano=numeri,
        anni=_anni(numeri.per_anno) if numeri else [],
        abitanti=ambiti.abitanti(),
        quanti_comuni=len(g.comuni),
    )


def _incontri() -> list[calendario.Appuntamento]:
    """The next meetings, for the home; each leaves it when it begins."""
    prossimi = calendario.prossime_sedute(3)
    for incontro in prossimi:
        cambia_dopo(incontro.quando)
    return prossimi


def _anni(per_anno: Iterable[tuple[int, Decimal]]) -> list[tuple[str, str, str, Decimal]]:
    """Rows for ``componenti/barre.html``; none when there is no money."""
    righe = barre((str(anno), str(anno), importo) for anno, importo in per_anno)
    if not any(b.importo for b in righe):
        return []
    return [(b.nome, scrivi_euro(b.importo), percento(b.quota), b.larghezza) for b in righe]


def _aperti(righe: list[avvisi.RigaAvviso]) -> list[dict[str, Any]]:
    """Open calls with their kind and the time that is left, in words."""
    ora = adesso()
    for r in righe:
        cambia_dopo(rules.resta_fino_a(ora, r.termine) if r.termine else None)
    return [
        {"avviso": r, "tipo": TIPI[r.tipo], "resta": rules.tempo_che_resta(ora, r.termine)}
        for r in righe
        if r.termine is not None
    ]


@area.get("/cerca")
@public
def cerca() -> Any:
    """Search in the guides of every Ambito."""
    testo = request.args.get("q", "").strip()[:200]
    da = max(0, request.args.get("da", 0, type=int))
    trovati = guida.cerca_ovunque(testo, salta=da) if testo else None
    per_id = guida.slug_ambiti([r.ambito_id for r in trovati.righe]) if trovati else {}
    voci = [
        {
            "titolo": r.titolo,
            "url": url_for("guida.servizio", ambito=per_id[r.ambito_id].slug, slug=r.slug),
            "sopra": f"{per_id[r.ambito_id].nome} · {CATEGORIE[r.categoria]}",
            "testo": r.descrizione,
        }
        for r in (trovati.righe if trovati else ())
    ]
    return render_template("home/cerca.html", q=testo, trovati=trovati, voci=voci, parole=rules.PAROLE)


@area.get("/pagine/<nome>")
@public
def pagina(nome: str) -> Any:
    """Legal notes, privacy, accessibility, help, how to clear the history."""
    trovata = pagine_fisse.pagina(nome, lingua())
    if trovata is None:
        raise NonTrovato
    testate = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"} if trovata.protetta else {}
    return render_template("home/pagina.html", pagina=trovata), testate


@area.get("/esci-subito")
@public
def esci_subito() -> Any:
    """Leave at once for a neutral page that does not learn where the reader comes from."""
    risposta = redirect(current_app.config.get("USCITA") or USCITA, 303)
    risposta.headers["Referrer-Policy"] = "no-referrer"
    risposta.headers["Cache-Control"] = "no-store"
    return risposta
