"""The guide for everyone: list and search, the page, its print, the page for machines, «is it clear?»."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import g, json, redirect, render_template, request, url_for

from ...access import can, public
from ...clocks import oggi
from ...errors import ErroreDominio, NonTrovato
from ...filo.queries import passi_servizio
from ...i18n import _, lingua
from ...memoria import in_memoria
from ...paging import Pagina, cursore
from ...web import assoluto
from .. import operations, queries, rules
from ..forms import ModuloParere
from ..models import Categoria, Servizio, StatoServizio
from ..permissions import P
from .area import area


@area.get("/guida")
@public
def elenco() -> Any:
    """The guide: by words (``q``), by category, by comune, from A to Z. The address is the whole state."""
    filtri = _filtri()
    testo = request.args.get("q", "").strip()[:200]
    dati: dict[str, Any] = {"q": testo, "filtri": filtri, "categorie": rules.CATEGORIE, "comuni": g.comuni}
    if testo:
        trovati = queries.cerca(testo, filtri, ambito_id=g.ambito.id, salta=max(0, request.args.get("da", 0, type=int)))
        return render_template("guida/elenco.html", trovati=trovati, voci=_voci(trovati.righe), **dati)
    dopo = cursore()
    pagina = Pagina.da(queries.elenco(filtri, dopo=dopo), queries.PER_PAGINA, lambda r: r.id, dopo=dopo)
    quanti = queries.quanti(filtri)
    return render_template(
        "guida/elenco.html",
        trovati=None,
        pagina=pagina,
        voci=_voci(pagina.righe),
        quanti=quanti,
        iniziali=queries.iniziali(),
        **dati,
    )


def _voci(righe: Iterable[queries.RigaServizio]) -> list[dict[str, Any]]:
    """Rows of the list as ``componenti/elenco.html`` wants them."""
    return [
        {
            "titolo": r.titolo,
            "url": url_for("guida.servizio", slug=r.slug),
            "sopra": rules.CATEGORIE[r.categoria],
            "testo": r.descrizione,
            "stato": _("Servizio non attivo") if r.stato == StatoServizio.NON_ATTIVO else None,
            "tono": "attesa",
        }
        for r in righe
    ]


def _filtri() -> queries.Filtri:
    """From the address; what makes no sense is no filter."""
    categoria, comune = request.args.get("categoria", ""), request.args.get("comune", "")
    lettera = request.args.get("lettera", "").upper()
    return queries.Filtri(
        categoria=Categoria(categoria) if categoria in set(Categoria) else None,
        comune=comune if comune in g.comuni else None,
        lettera=lettera if len(lettera) == 1 and lettera.isalpha() else None,
    )


@area.get("/guida/<slug>")
@public
@in_memoria
def servizio(slug: str) -> Any:
    pagina = _visibile(slug)
    passi = passi_servizio(pagina.servizio)
    html = render_template("guida/servizio.html", passi=passi, grazie="grazie" in request.args, **_dati(pagina))
    return html, _riserbo(pagina.servizio)


@area.get("/guida/<slug>/stampa")
@public
def stampa(slug: str) -> Any:
    """The page on one sheet, to be given by hand to who has no connection."""
    pagina = _visibile(slug)
    html = render_template("guida/stampa.html", indirizzo=assoluto(".servizio", slug=slug), **_dati(pagina))
    return html, _riserbo(pagina.servizio)


@area.get("/guida/<slug>.json")
@public
def dati_collegati(slug: str) -> Any:
    """The page for machines, as JSON-LD."""
    pagina = _visibile(slug)
    comuni = [c.comune.nome for c in pagina.servizio.comuni] or g.comuni
    dati = rules.governo(pagina.servizio, url=assoluto(".servizio", slug=slug), ambito=g.ambito.nome, comuni=comuni)
    return json.dumps(dati, ensure_ascii=False), 200, {"Content-Type": "application/ld+json", **_riserbo(pagina.servizio)}


@area.route("/guida/<slug>/parere", methods=["GET", "POST"])
@public
def parere(slug: str) -> Any:
    """«Is this page clear?»: the answer chosen on the page, a word of why, sent from here (no name asked)."""
    servizio = _visibile(slug).servizio
    modulo = ModuloParere(data={"voto": request.args.get("voto", type=int)})
    stato = 200
    try:
        if modulo.validate_on_submit():
            operations.lascia_parere(servizio, chiarezza=modulo.voto.data or 0, testo=modulo.commento.data or "")
            return redirect(url_for(".servizio", slug=slug, grazie=1, _anchor="chiarezza"), 303)
    except ErroreDominio as errore:
        modulo.rifiuta(errore)
        stato = errore.stato_http if errore.stato_http == 429 else 422
    stato = 422 if modulo.ha_errori and stato == 200 else stato
    html = render_template("guida/parere.html", servizio=servizio, modulo=modulo, errori_modulo=stato != 200)
    return html, stato, _riserbo(servizio)


def _visibile(slug: str) -> queries.Pagina:
    """The page, if it is published or the reader may write it (a preview)."""
    pagina = queries.pagina(slug)
    if pagina is None or not (pagina.servizio.pubblicato or can(P.MODIFICA, pagina.servizio)):
        raise NonTrovato
    return pagina


def _dati(pagina: queries.Pagina) -> dict[str, Any]:
    """What the page and its print show, in the reader's language where there is a translation."""
    s = pagina.servizio
    traduzione = next((t for t in s.traduzioni if t.lingua == lingua()), None)
    return {
        "servizio": s,
        "testa": traduzione or s,
        "traduzione": traduzione,
        "sezioni": rules.SEZIONI,
        "indice": [(z.ancora, z.titolo) for z in rules.SEZIONI if z.chiave != "argomenti"],
        "presenti": {"it", *(t.lingua for t in s.traduzioni)},
        "con_numeri": rules.con_numeri,
        "breve": rules.BREVE,
        "categoria": rules.CATEGORIE[s.categoria],
        "argomenti": rules.voci(s.argomenti),
        "contatti": [(c.etichetta, c.valore, rules.indirizzo_contatto(c.tipo, c.valore)) for c in s.contatti],
        "manca": rules.manca,
        "superata": rules.da_verificare(s.verificato_il, oggi(), pagina.mesi),
        "prossimo": rules.prossimo_controllo(s.verificato_il, pagina.mesi) if s.verificato_il else None,
        "puo_modificare": can(P.MODIFICA, s),
    }


def _riserbo(s: Servizio) -> dict[str, str]:
    """A page for who is afraid leaves nothing behind: not in the cache, not in the next site's log."""
    return {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"} if s.protetto else {}
