"""The stage of the scenes: each test finds the scene as it was built, and never what another test wrote."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from portal import db
from portal.ambiti.models import Ambito
from portal.db import sessione
from portal.tenancy import tutti_gli_ambiti
from portal.transaction import unita
from tests import fabbrica
from tests.palco import Palco, scena

costruiti = []


@scena
def un_ambito(app):
    costruiti.append("scena")
    with tutti_gli_ambiti(), unita():
        return fabbrica.ambito()


@scena
def con_un_altro(app, ambito):
    costruiti.append("passo")
    with tutti_gli_ambiti(), unita():
        return {"prima": ambito.id, "dopo": fabbrica.ambito().id}


def quanti():
    with tutti_gli_ambiti():
        return sessione.scalar(select(func.count(Ambito.id)))


@pytest.fixture
def palco(banca, nuda):
    costruiti.clear()
    palco = Palco(db.apri(banca.nuova()))
    with nuda.test_request_context("/"):
        yield palco
    sessione.remove()
    palco.chiude()


def test_la_scena_si_costruisce_una_volta_e_cio_che_si_scrive_non_resta(palco, motore_vuoto, nuda):
    with palco.prova(motore_vuoto):
        prima = un_ambito(nuda)
        with tutti_gli_ambiti(), unita():
            fabbrica.ambito()
        assert quanti() == 2
    with palco.prova(motore_vuoto):
        dopo = un_ambito(nuda)
        assert quanti() == 1
    assert costruiti == ["scena"]
    assert dopo is not prima
    assert (dopo.id, dopo.slug) == (prima.id, prima.slug)


def test_un_passo_parte_dalla_sua_scena_e_chi_non_lo_chiede_non_lo_trova(palco, motore_vuoto, nuda):
    for _volta in range(2):
        with palco.prova(motore_vuoto):
            assert set(con_un_altro(nuda, un_ambito(nuda))) == {"prima", "dopo"}
            assert quanti() == 2
    assert costruiti == ["scena", "passo"]
    with palco.prova(motore_vuoto):
        un_ambito(nuda)
        assert quanti() == 1
    assert costruiti == ["scena", "passo"]


def test_chi_ha_gia_scritto_costruisce_dove_si_trova(palco, motore_vuoto, nuda):
    with palco.prova(motore_vuoto):
        un_ambito(nuda)
        with tutti_gli_ambiti(), unita():
            fabbrica.ambito()
        un_ambito(nuda)
        assert quanti() == 3
    assert costruiti == ["scena", "scena"]
