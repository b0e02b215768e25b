"""Nothing is done without a trace: every public operation writes an event, and nobody writes round the operations."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from functools import cache

import pytest

from portal.parole import AZIONI
from portal.workflow import Workflow

from .sorgenti import AREE, Modulo, chiamate, delle_aree, nessuno, nodi, stringhe

SENZA_EVENTO = {
    "portal.avvisi.operations.controlli": "reads: the checklist of a draft",
    "portal.guida.operations.contenuto_di": "reads: what a page says now",
    "portal.guida.operations.reindicizza": "rebuilds the search index from the rows: changes nothing that is said",
    "portal.sedute.operations.scrivi": "part of a delegation or of an answer, registered by who asks for it",
    "portal.sedute.operations.metti_in_fila": "part of adding or moving an item, registered there",
    "portal.sedute.operations.cambia_la_convocazione": "letters of a change that is registered where it is made",
    "portal.sedute.operations.scrivi_ai_convocati": "letters of an act that is registered where it is done",
    "portal.sedute.operations.scrivi_di_un_documento": "letters on a paper, registered where it is added",
    "portal.utenti.operations.verifica_password": "reads: is it the present password?",
    "portal.utenti.operations.vista": "the clock of a session, at every request: noise for a register of acts",
    "portal.utenti.operations.apri_sessione": "part of the login, which is registered by who asks for it",
    "portal.utenti.operations.chiudi_le_altre": "part of changing a password or losing a role, registered there",
    "portal.utenti.operations.nuovo_recupero": "part of inviting or recovering, registered by who asks for it",
    "portal.valutazione.operations.ostacoli": "reads: what stops a publication",
    "portal.valutazione.operations.in_parole": "words of a message",
    "portal.valutazione.operations.versione_di": "computes: the version of a set of scores",
}
"""Public functions of ``operations`` that write no event, each with its reason."""

STATO_SCRITTO = {"portal.piano.operations.schede": "a plan is imported in the state that its act gives it"}
"""Modules that set a ``stato`` without ``advance``, each with its reason."""

SCRIVONO = {"add", "add_all", "delete", "merge", "flush", "bulk_save_objects", "bulk_insert_mappings"}


def _operazioni() -> tuple[Modulo, ...]:
    return tuple(m for m in delle_aree() if m.strato == "operations" and m.area != "demo")


@cache
def funzioni_di(m: Modulo) -> dict[str, ast.FunctionDef]:
    """Functions of the module's first level, by name."""
    return {f.name: f for f in m.albero.body if isinstance(f, ast.FunctionDef)}


@cache
def _alias(m: Modulo) -> dict[str, str]:
    """Local name -> what it stands for, for everything imported from the areas."""
    nomi = {}
    for nodo in nodi(m.albero):
        if isinstance(nodo, ast.ImportFrom):
            for a in nodo.names:
                for i in m.importi:
                    if i.riga == nodo.lineno and i.parti[-1] == a.name:
                        nomi[a.asname or a.name] = i.nome
    return nomi


def nome_pubblico(m: Modulo, funzione: str) -> str:
    """How others call it: the package of the layer, whatever the file inside it."""
    return ".".join([*m.nome.split(".")[:3], funzione])


def chiama(m: Modulo, funzione: ast.FunctionDef) -> Iterator[str]:
    """What the function calls, by public name where it is an operation of some area."""
    for nome, _nodo in chiamate(funzione):
        primo, _, resto = nome.partition(".")
        if not resto and primo in funzioni_di(m):
            yield nome_pubblico(m, primo)
        vero = _alias(m).get(primo)
        if vero is not None:
            parti = [*vero.split("."), *([resto] if resto else [])]
            yield ".".join([*parti[:3], parti[-1]]) if len(parti) > 3 else ".".join(parti)


@cache
def che_registrano() -> frozenset[str]:
    """Functions that write an event, directly or through others: grown until nothing more is found."""
    corpi = {nome_pubblico(m, n): (m, f) for m in _operazioni() for n, f in funzioni_di(m).items()}
    trovate = {"portal.audit.registra", "portal.workflow.advance", "portal.workflow.advance.advance"}
    prima = -1
    while prima != len(trovate):
        prima = len(trovate)
        trovate |= {nome for nome, (m, f) in corpi.items() if trovate & set(chiama(m, f))}
    return frozenset(trovate)


def pubbliche() -> Iterator[tuple[str, str]]:
    for m in _operazioni():
        for nome, funzione in funzioni_di(m).items():
            if not nome.startswith("_") and m.area != "audit":
                yield nome_pubblico(m, nome), f"{m.relativo}:{funzione.lineno}"


def test_ogni_operazione_lascia_un_evento():
    nessuno(f"{dove} {nome}" for nome, dove in pubbliche() if nome not in che_registrano() and nome not in SENZA_EVENTO)


def test_le_eccezioni_del_registro_servono_ancora():
    ci_sono = {nome for nome, _dove in pubbliche()}
    nessuno(nome for nome in SENZA_EVENTO if nome not in ci_sono or nome in che_registrano())


def test_ogni_evento_ha_il_nome_della_sua_area():
    """``avvisi.pubblica``: the register is read by area and verb."""
    storti = []
    for m in _operazioni():
        for nome, nodo in chiamate(m.albero):
            if nome in ("audit.registra", "registra") and nodo.args and isinstance(nodo.args[0], ast.Constant):
                azione = str(nodo.args[0].value)
                if not re.fullmatch(rf"{m.area}\.[a-z]+(_[a-z]+)*", azione) or len(azione) > 40:
                    storti.append(f"{m.relativo}:{nodo.lineno} {azione}")
    nessuno(storti)


def nominate() -> set[str]:
    """Every action that an operation or a step of a workflow can write in the register."""
    dette = {
        valore
        for m in _operazioni()
        for valore, _riga in stringhe(m.albero)
        if re.fullmatch(rf"{m.area}\.[a-z]+(_[a-z]+)*", valore)
    }
    for m in delle_aree():
        if m.strato == "workflow":
            flussi = [w for w in vars(importlib.import_module(m.nome)).values() if isinstance(w, Workflow)]
            dette |= {f"{w.area}.{passo.nome}" for w in flussi for passo in w.transizioni}
    return dette


def test_ogni_azione_del_registro_ha_le_sue_parole():
    """The office reads the register in words: none is missing and none is left over."""
    assert "avvisi.pubblica" in nominate()
    nessuno(nominate() ^ set(AZIONI))


def test_si_scrive_solo_nelle_operazioni():
    """A view or a query that adds a row would leave no trace of it."""
    nessuno(
        f"{m.relativo}:{nodo.lineno} {nome}("
        for m in delle_aree()
        if m.strato != "operations" and m.area != "demo"
        for nome, nodo in chiamate(m.albero)
        if nome.rpartition(".")[2] in SCRIVONO
        and nome.rpartition(".")[0] in ("sessione", "sessione()", "db.sessione", "session")
    )


def test_uno_stato_cambia_solo_con_advance():
    """Which checks the source state, the permission and the conditions, and writes the event."""
    nessuno(
        f"{m.relativo}:{nodo.lineno}"
        for m in delle_aree()
        if m.area != "demo" and m.nome not in STATO_SCRITTO
        for nodo in nodi(m.albero)
        if isinstance(nodo, ast.Assign)
        for bersaglio in nodo.targets
        for parte in (bersaglio.elts if isinstance(bersaglio, ast.Tuple) else [bersaglio])
        if isinstance(parte, ast.Attribute) and parte.attr == "stato"
    )


@pytest.mark.parametrize("area", [a for a in AREE if any(m.area == a and m.strato == "operations" for m in delle_aree())])
def test_ogni_operazione_dice_chi_la_fa(area: str):
    """What writes an event names who did it: ``attore`` is asked for, never guessed from who is logged in."""
    indovinano = [
        f"{m.relativo}:{nodo.lineno}"
        for m in _operazioni()
        if m.area == area
        for nodo in nodi(m.albero)
        if isinstance(nodo, ast.Name) and nodo.id == "current_user"
    ]
    nessuno(indovinano)
