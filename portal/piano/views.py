"""The public pages of the plan: the plan, a sheet, the checks, the data. Reading only."""

from __future__ import annotations

from typing import Any

from flask import Response, g, redirect, render_template, request, url_for

from ..access import public
from ..charts import prime
from ..errors import NonTrovato
from ..filo import queries as filo
from ..i18n import _
from ..memoria import in_memoria
from ..progetti import queries as progetti
from ..web import Area
from . import queries, rules

area = Area("piano", __name__)


def _piano(ciclo: str) -> queries.Piano:
    """The public plan of a cycle; raises ``NonTrovato``."""
    trovato = queries.piano(ciclo)
    if trovato is None:
        raise NonTrovato(_("Questo piano non c’è."))
    return trovato


def _filtri(piano: queries.Piano, fondi: dict[str, str], aree: dict[str, str]) -> rules.Filtri:
    """The filters of the address; a value that the plan has not is no filter."""
    anno, fondo, macro = (
        request.args.get("anno", type=int),
        request.args.get("fondo"),
        request.args.get("area"),
    )
    return rules.Filtri(
        anno if anno in piano.anni else None,
        fondo if fondo in fondi else None,
        macro if macro in aree else None,
    )


@area.get("/piano")
@public
def corrente() -> Any:
    ciclo = queries.ciclo_corrente()
    if ciclo is None:
        return render_template("piano/corrente.html")
    return redirect(url_for("piano.ciclo", ciclo=ciclo.codice))


@area.get("/piano/<ciclo>")
@public
@in_memoria
def ciclo(ciclo: str) -> Any:
    piano = _piano(ciclo)
    valori = queries.valori(piano)
    fondi = {r.fondo: r.fondo_nome for s in piano.schede for _anno, r in s.righe}
    aree = {s.macro: s.macro_titolo for s in piano.schede}
    filtri = _filtri(piano, fondi, aree)
    intero = rules.prospetto(piano.schede, piano.anni)
    anni = piano.anni if filtri.anno is None else (filtri.anno,)
    return render_template(
        "piano/ciclo.html",
        piano=piano,
        ciclo=piano.ciclo,
        prospetto=rules.prospetto(rules.filtra(piano.schede, filtri), anni),
        intero=intero,
        controlli=rules.controlla(valori),
        consuntivi=(*rules.consuntivi(valori), rules.Consuntivo(ciclo, intero.totale, None, None)),
        prime=prime,
        filtri=filtri,
        fondi=dict(sorted(fondi.items(), key=lambda f: f[1].lower())),
        aree=aree,
        filo_passi=filo.passi_piano(piano.ciclo),
    )


@area.get("/piano/<ciclo>/schede/<codice>")
@public
@in_memoria
def scheda(ciclo: str, codice: str) -> Any:
    piano = _piano(ciclo)
    normale = rules.normalizza_codice(codice) or codice
    trovata = piano.scheda(normale)
    if trovata is None:
        raise NonTrovato(_("Questa scheda non c’è nel piano."))
    if normale != codice:
        return redirect(url_for("piano.scheda", ciclo=ciclo, codice=normale), 301)
    posto = piano.schede.index(trovata)
    salvata = queries.scheda_per_id(trovata.id)
    return render_template(
        "piano/scheda.html",
        piano=piano,
        ciclo=piano.ciclo,
        scheda=trovata,
        quadro=rules.quadro_fondi(trovata, piano.anni),
        dettagli=queries.dettagli_scheda(trovata.id),
        segnalazioni=rules.controlla(queries.valori(piano)).di_scheda(normale),
        prima=piano.schede[posto - 1] if posto else None,
        dopo=piano.schede[posto + 1] if posto + 1 < len(piano.schede) else None,
        filo_passi=filo.passi_scheda(salvata) if salvata is not None else (),
        impegnato=progetti.impegnato_per_riga(trovata.id),
        progetti=progetti.progetti_di_scheda(trovata.id),
    )


@area.get("/piano/<ciclo>/controlli")
@public
def controlli(ciclo: str) -> Any:
    piano = _piano(ciclo)
    valori = queries.valori(piano)
    esito = rules.controlla(valori)
    gravita, regola = request.args.get("gravita"), request.args.get("regola")
    gravita = gravita if gravita in list(rules.Gravita) else None
    regola = regola if regola in {r.codice for r in rules.REGOLE} else None
    scelte = [s for s in esito.segnalazioni if gravita in (None, s.gravita) and regola in (None, s.regola)]
    return render_template(
        "piano/controlli.html",
        ciclo=piano.ciclo,
        controlli=esito,
        scelte=scelte,
        gravita=gravita,
        regola=regola,
        tolleranza=valori.tolleranza,
        fuori=rules.FUORI,
        con_scheda={s.codice for s in piano.schede},
    )


@area.get("/piano/<ciclo>/dati.csv")
@public
def dati_csv(ciclo: str) -> Response:
    piano = _piano(ciclo)
    return _allegato(rules.csv_piano(ciclo, piano.schede), "text/csv", f"piano-{g.ambito.slug}-{ciclo}.csv")


@area.get("/piano/<ciclo>/dati.json")
@public
def dati_json(ciclo: str) -> Response:
    piano = _piano(ciclo)
    testa = {
        "ambito": g.ambito.nome,
        "ciclo": piano.ciclo.codice,
        "titolo": piano.ciclo.titolo,
        "fonte": piano.ciclo.fonte,
        "licenza": "CC BY 4.0",
    }
    return _allegato(rules.json_piano(testa, piano.schede), "application/json", f"piano-{g.ambito.slug}-{ciclo}.json")


def _allegato(testo: str, tipo: str, nome: str) -> Response:
    risposta = Response(testo.encode(), content_type=f"{tipo}; charset=utf-8")
    risposta.headers.set("Content-Disposition", "attachment", filename=nome)
    return risposta
