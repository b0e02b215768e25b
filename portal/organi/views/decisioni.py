"""The register of what every body decided: searched, filtered, one row for each decision, also as a sheet."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import Response, g, render_template, request

from ... import fogli
from ...access import public
from ...clocks import a_roma
from ...errors import NonTrovato
from ...filo.queries import decisioni as queries
from ...filo.queries import oggetti
from ...i18n import _
from ...memoria import in_memoria
from ...money import ImportoNonValido, leggi_euro, scrivi_euro
from ...paging import MASSIMO_INTERO, Pagina, cursore
from ...richtext import testo_semplice
from ...web import assoluto
from .area import area

PER_PAGINA = 20


def _filtri() -> queries.Filtri:
    """What the address asks for; what is no filter (a word for a year, money that is no money) asks for nothing."""
    minimo = None
    with suppress(ImportoNonValido):
        scritto = request.args.get("soldi", "").strip()
        minimo = abs(leggi_euro(scritto)) if scritto else None
    anno, scheda = request.args.get("anno", type=int), request.args.get("scheda", type=int)
    tipo = request.args.get("oggetto")
    return queries.Filtri(
        testo=request.args.get("q", "").strip()[:200],
        organo=request.args.get("organo") or None,
        anno=anno if anno and 0 < anno < 10_000 else None,
        tipo=tipo if tipo in oggetti.GENERI else None,
        scheda=scheda if scheda and 0 < scheda <= MASSIMO_INTERO else None,
        minimo=minimo,
    )


@area.get("/organi/decisioni")
@public
@in_memoria
def decisioni() -> Any:
    """The latest first; the address is the whole state of the page."""
    filtri, dopo = _filtri(), cursore()
    trovate = queries.registro(filtri, limite=PER_PAGINA + 1, prima_di=dopo)
    pagina = Pagina.da(trovate.righe, PER_PAGINA, lambda r: r.id, dopo=dopo)
    if dopo is not None and not pagina.righe:
        raise NonTrovato
    return render_template(
        "organi/decisioni.html",
        pagina=pagina,
        quante=trovate.quante,
        filtri=filtri,
        scelte=queries.scelte(),
        generi=oggetti.GENERI,
        oggetti=oggetti.leggi([r.chiave for r in pagina.righe if r.chiave], None),
        testo_semplice=testo_semplice,
        argomenti={c: v for c, v in request.args.items() if c not in ("dopo", "lingua")},
    )


@area.get("/organi/decisioni.csv")
@public
@in_memoria
def decisioni_csv() -> Response:
    """The same rows as a sheet, those that the filters leave."""
    righe = queries.registro(_filtri(), limite=queries.TETTO).righe
    cose = oggetti.leggi([r.chiave for r in righe if r.chiave], None)
    colonne = (
        _("Organo"), _("Anno"), _("Numero"), _("Giorno"), _("Punto"), _("Decisione"), _("Favorevoli"), _("Contrari"),
        _("Astenuti"), _("Riguarda"), _("Soldi che muove"), _("Indirizzo"),
    )  # fmt: skip
    foglio = fogli.scrivi(colonne, (_celle(r, cose.get(r.chiave) if r.chiave else None) for r in righe))
    risposta = Response(foglio.encode(), content_type="text/csv; charset=utf-8")
    risposta.headers.set("Content-Disposition", "attachment", filename=f"decisioni-{g.ambito.slug}.csv")
    return risposta


def _celle(r: queries.RigaRegistro, cosa: oggetti.Oggetto | None) -> tuple[Any, ...]:
    voti = ("" if v is None else v for v in (r.favorevoli, r.contrari, r.astenuti))
    soldi = scrivi_euro(r.importo, simbolo=False) if r.importo is not None else ""
    dove = assoluto("sedute.seduta", slug=r.organo_slug, numero=r.seduta, _anchor=f"p{r.punto_id}")
    return (
        r.organo, r.anno, r.numero, a_roma(r.presa_il).date().isoformat(), r.punto, testo_semplice(r.testo), *voti,
        cosa.titolo if cosa else "", soldi, dove,
    )  # fmt: skip
