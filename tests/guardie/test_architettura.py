"""Who may import whom, and where the few dangerous words may stand. The rules are those of the README's map."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from .sorgenti import (
    AREE,
    PORTAL,
    RADICE,
    Modulo,
    chiamate,
    dell_impianto,
    delle_aree,
    funzioni,
    moduli,
    nessuno,
    pubblicati,
    stringhe,
)

STRATI = ("models", "rules", "permissions", "workflow", "queries", "operations", "forms", "views")
ALTRI_STRATI = {
    ("audit", ""): "operations",  # the package gives ``registra``
    ("audit", "registra"): "operations",
    ("utenti", "accesso"): "views",  # the glue with Flask-Login
    ("utenti", "password"): "queries",  # reads the settings of the application at work
    ("avvisi", "calendario"): "queries",
    ("sedute", "calendario"): "queries",
    ("sedute", "convocazione"): "queries",
    ("proposte", "contenuto"): "queries",
    ("proposte", "documenti"): "queries",
    ("verbale", "contenuto"): "queries",
    ("verbale", "documenti"): "queries",
    ("progetti", "grafici"): "queries",
    ("home", "calendario"): "queries",
    ("home", "fonti"): "operations",
    ("home", "pagine_fisse"): "rules",
}
"""Where the modules with a name of their own stand: beside which layer."""

IMPIANTO_CON_FOLDER = {"pdf"}
IMPIANTO_CHE_CONOSCE = {
    "portal": None,  # create_app puts the building together
    "portal.aree": None,
    "portal.cli": None,
    "portal.worker": None,
    "portal.scadenze": None,
    "portal.schema": None,
    "portal.memoria": {"audit"},
    "portal.workflow": {"audit"},
}
"""The only plumbing that may name areas, and which (None: any)."""

ECCEZIONI: dict[tuple[str, str], str] = {
    ("portal.enti.views", "portal.utenti.operations"): "registering an ente and inviting people give a role in it",
}
"""Imports that break a rule, with the reason: shown here or not done at all."""

FLASK = {"flask", "flask_login", "flask_wtf", "flask_babel", "werkzeug", "wtforms"}
FLASK_CONCESSO = {
    ("portal.utenti.models", "flask_login.UserMixin"),
    ("portal.utenti.accesso", "flask"),
    ("portal.utenti.accesso", "flask_login"),
    ("portal.utenti.password", "flask.Flask"),
    ("portal.utenti.password", "flask.current_app"),
    ("portal.demo.carica", "flask.current_app"),
}
SQL = {"select", "insert", "update", "delete", "text", "literal_column"}
OROLOGIO = {"now", "utcnow", "today", "fromtimestamp", "utcfromtimestamp"}
MODULO_MASSIMO, FUNZIONE_MASSIMA = 400, 50


def livello(area: str, strato: str | None) -> int | None:
    """The height of a layer in its area; None for a module that nobody has placed."""
    nome = ALTRI_STRATI.get((area, strato or ""), strato)
    return STRATI.index(nome) if nome in STRATI else None


def test_ogni_cartella_e_un_area_o_un_pezzo_di_impianto():
    cartelle = {p.name for p in PORTAL.iterdir() if p.is_dir() and (p / "__init__.py").exists()}
    assert cartelle - set(AREE) - IMPIANTO_CON_FOLDER == set()


def test_ogni_modulo_di_un_area_ha_il_suo_posto():
    ignoti = [
        m.relativo
        for m in delle_aree()
        if m.area != "demo" and m.strato is not None and livello(str(m.area), m.strato) is None
    ]
    nessuno(ignoti)


def test_le_eccezioni_servono_ancora():
    veri = {(m.nome, ".".join(i.parti[:3])) for m in moduli() for i in m.importi}
    nessuno([e for e in ECCEZIONI if e not in veri])


def errori_dentro(m: Modulo) -> Iterator[str]:
    """Imports of a higher layer of the same area."""
    mio = livello(str(m.area), m.strato)
    for i in m.importi:
        if i.area != m.area or i.strato is None or mio is None:
            continue
        suo = livello(str(i.area), i.strato)
        if suo is not None and suo > mio:
            yield f"{m.relativo}:{i.riga} {m.strato} importa {i.strato} ({i.nome})"


def errori_fra_aree(m: Modulo) -> Iterator[str]:
    """Imports of a higher area, or of layers that no other area may use."""
    for i in m.importi:
        if i.area is None or i.area == m.area or (m.nome, ".".join(i.parti[:3])) in ECCEZIONI:
            continue
        if motivo := _vietato(m, i.area, i.strato):
            yield f"{m.relativo}:{i.riga} {motivo} ({i.nome})"


def _vietato(m: Modulo, area: str, strato: str | None) -> str | None:
    in_basso = AREE.index(area) < AREE.index(str(m.area))
    if m.area == "demo":
        return None
    if strato in ("views", "forms"):
        return f"{strato} di un’altra area"
    if m.strato == "views":
        if strato == "operations":
            return "operations di un’altra area"
        return None if in_basso or strato in ("queries", "permissions", "rules") else "area più in alto"
    if not in_basso:
        return "area più in alto"
    mio, suo = livello(str(m.area), m.strato), livello(area, strato)
    return "strato più in alto" if mio is not None and suo is not None and suo > mio else None


def test_dentro_un_area_si_importa_solo_verso_il_basso():
    nessuno([e for m in delle_aree() for e in errori_dentro(m)])


def test_fra_le_aree_si_importa_solo_verso_il_basso():
    nessuno([e for m in delle_aree() for e in errori_fra_aree(m)])


def test_l_impianto_non_conosce_le_aree():
    trovati = []
    for m in dell_impianto():
        concesse = IMPIANTO_CHE_CONOSCE.get(m.nome, set())
        for i in m.importi:
            if i.area is not None and concesse is not None and i.area not in concesse:
                trovati.append(f"{m.relativo}:{i.riga} {i.nome}")
    nessuno(trovati)


def test_flask_sta_solo_in_views_forms_e_impianto():
    trovati = []
    for m in delle_aree():
        if m.strato in ("views", "forms"):
            continue
        for i in m.importi:
            concesso = {(m.nome, i.nome), (m.nome, i.parti[0])} & FLASK_CONCESSO
            if i.parti[0] in FLASK and not concesso:
                trovati.append(f"{m.relativo}:{i.riga} {i.nome}")
    nessuno(trovati)


def test_le_select_stanno_solo_in_queries_operations_e_permissions():
    trovati = []
    for m in delle_aree():
        if m.strato in ("queries", "operations", "permissions") or m.area == "demo":
            continue
        importate = {i.parti[-1] for i in m.importi if i.parti[0] == "sqlalchemy"} & SQL
        for nome, nodo in chiamate(m.albero):
            ultimo = nome.rpartition(".")[2]
            if nome in importate or (nome != ultimo and ultimo in SQL and nome.startswith(("sa.", "sqlalchemy."))):
                trovati.append(f"{m.relativo}:{nodo.lineno} {nome}(")
            if ultimo in ("scalar", "scalars", "execute", "query") and nome.startswith("sessione."):
                trovati.append(f"{m.relativo}:{nodo.lineno} {nome}(")
    nessuno(trovati)


def test_il_commit_sta_solo_in_transaction():
    trovati = [
        f"{m.relativo}:{nodo.lineno} {nome}("
        for m in moduli()
        if m.nome != "portal.transaction"
        for nome, nodo in chiamate(m.albero)
        if nome.endswith(".commit")
    ]
    nessuno(trovati)


def chiede_l_ora(nome: str) -> bool:
    """Is this call the system's clock? ``time.monotonic`` and ``perf_counter`` measure, they do not tell the date."""
    oggetto, _, verbo = nome.rpartition(".")
    if verbo in OROLOGIO and oggetto.rpartition(".")[2] in ("datetime", "date", "dt"):
        return True
    return nome in ("time.time", "time.localtime", "time.gmtime", "time.strftime", "func.now", "func.current_timestamp")


def test_l_orologio_sta_solo_in_clocks():
    trovati = [
        f"{m.relativo}:{nodo.lineno} {nome}("
        for m in moduli()
        if m.nome != "portal.clocks"
        for nome, nodo in chiamate(m.albero)
        if chiede_l_ora(nome)
    ]
    importati = [
        f"{m.relativo}:{i.riga} {i.nome}" for m in moduli() for i in m.importi if i.nome in ("time.time", "time.localtime")
    ]
    nessuno(trovati + importati)


def test_nessuno_stampa():
    trovati = [f"{m.relativo}:{n.lineno}" for m in moduli() for nome, n in chiamate(m.albero) if nome in ("print", "pprint")]
    nessuno(trovati)


def test_le_aree_non_sanno_quale_base_dati_c_e():
    trovati = [
        f"{m.relativo}:{riga} {testo[:40]!r}"
        for m in delle_aree()
        for testo, riga in stringhe(m.albero)
        if "sqlite" in testo.lower() or "postgres" in testo.lower()
    ]
    importati = [f"{m.relativo}:{i.riga} {i.nome}" for m in delle_aree() for i in m.importi if "dialects" in i.nome]
    nessuno(trovati + importati)


def test_i_moduli_restano_piccoli():
    lunghi = {m.relativo: righe for m in moduli() if (righe := len(m.percorso.read_text().splitlines())) > MODULO_MASSIMO}
    nessuno(f"{nome}: {righe} righe" for nome, righe in lunghi.items())


def test_le_funzioni_restano_piccole():
    lunghe = [
        f"{m.relativo}:{f.lineno} {f.name}: {righe} righe"
        for m in moduli()
        for f in funzioni(m.albero)
        if (righe := (f.end_lineno or f.lineno) - f.lineno + 1) > FUNZIONE_MASSIMA
    ]
    nessuno(lunghe)


@pytest.mark.parametrize("nome", ["util", "utils", "common", "misc", "base", "services", "actions", "managers"])
def test_niente_cassetti(nome):
    """A module with such a name fills up with what has no place (trap 1 of the style notes)."""
    nessuno([m.relativo for m in moduli() if m.percorso.stem == nome])


def test_ogni_modulo_dice_perche_esiste():
    """A docstring where the file name alone does not say it: plumbing, packages of areas, modules with their own name."""
    muti = []
    for m in moduli():
        di_serie = m.area is not None and m.percorso.stem in (*STRATI, "area", "__init__") and m.strato is not None
        if not di_serie and ast.get_docstring(m.albero) is None and m.percorso.name != "__main__.py":
            muti.append(m.relativo)
    nessuno(muti)


def test_la_radice_ha_solo_quello_che_serve():
    ammessi = {
        "pyproject.toml", "portal", "templates", "static", "translations", "migrations", "tests", "README.md", "portale.py",
        "requirements.lock", "LICENSE", "publiccode.yml", "CHANGELOG.md",
    }  # fmt: skip
    visibili = {nome for p in pubblicati() if not (nome := p.relative_to(RADICE).parts[0]).startswith(".")}
    assert visibili - ammessi == set()
