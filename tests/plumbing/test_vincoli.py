"""From the constraint that a race breaks to a sentence on the field, with the transaction still alive to say it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from portal.ambiti.models import Ambito, Comune
from portal.db import sessione
from portal.errors import ErroreDominio
from portal.utenti.models import Ruolo, RuoloUtente
from portal.vincoli import nome_vincolo, spiega
from tests import fabbrica

VINCOLI = {
    "uq_ambito_slug": ("slug", "C’è già un Ambito con questa parola."),
    "ck_ambito_slug_minuscolo": ("slug", "Solo minuscole."),
    "uq_comune_ambito_id_nome": (None, "Questo Comune c’è già."),
}


def nuovo_ambito(slug: str) -> Ambito:
    return Ambito(slug=slug, nome="Ambito", capofila="Capofila")


@pytest.mark.parametrize(
    ("istruzione", "nome"),
    [
        ("INSERT INTO ambito (slug, nome, capofila) VALUES ('doppio', 'x', 'x')", "uq_ambito_slug"),
        ("INSERT INTO ambito (slug, nome, capofila) VALUES ('Grande', 'x', 'x')", "ck_ambito_slug_minuscolo"),
        ("INSERT INTO comune (ambito_id, nome, capofila) VALUES ({id}, 'Capofila', FALSE)", "uq_comune_ambito_id_nome"),
        ("INSERT INTO ambito (id, slug, nome, capofila) VALUES ({id}, 'altro', 'x', 'x')", "pk_ambito"),
        ("INSERT INTO ambito (slug, nome) VALUES ('senza', 'x')", None),
    ],
)
def test_il_nome_del_vincolo_e_lo_stesso_sulle_due_basi_dati(contesto: Any, istruzione: str, nome: str | None) -> None:
    ambito = fabbrica.ambito("doppio")
    with pytest.raises(IntegrityError) as errore, sessione.begin_nested():
        sessione.execute(text(istruzione.format(id=ambito.id)))
    assert nome_vincolo(errore.value) == nome


def test_un_vincolo_previsto_diventa_un_errore_sul_campo(contesto: Any) -> None:
    fabbrica.ambito("doppio")
    with pytest.raises(ErroreDominio) as errore, spiega(VINCOLI):
        sessione.add(nuovo_ambito("doppio"))
    assert (errore.value.campo, str(errore.value)) == ("slug", "C’è già un Ambito con questa parola.")


def test_senza_campo_l_errore_e_di_tutto_il_modulo(contesto: Any) -> None:
    ambito = fabbrica.ambito()
    with pytest.raises(ErroreDominio) as errore, spiega(VINCOLI):
        sessione.add(Comune(ambito_id=ambito.id, nome="Capofila", capofila=False))
    assert errore.value.campo is None


def test_un_vincolo_non_previsto_resta_un_guasto(contesto: Any) -> None:
    utente = fabbrica.utente()
    with pytest.raises(IntegrityError), spiega(VINCOLI):
        sessione.add(RuoloUtente(utente_id=utente.id, ruolo=Ruolo.OPERATORE))


def test_dopo_il_rifiuto_la_pagina_puo_ancora_leggere_e_il_resto_e_salvo(contesto: Any) -> None:
    fabbrica.ambito("doppio")
    sessione.add(nuovo_ambito("prima"))
    with pytest.raises(ErroreDominio), spiega(VINCOLI):
        sessione.add(nuovo_ambito("doppio"))
    assert sessione.scalars(select(Ambito.slug).order_by(Ambito.id)).all() == ["doppio", "prima"]
    with spiega(VINCOLI):
        sessione.add(nuovo_ambito("dopo"))
    assert sessione.scalar(select(Ambito.slug).order_by(Ambito.id.desc()).limit(1)) == "dopo"


def test_se_va_bene_la_riga_ha_gia_il_suo_id(contesto: Any) -> None:
    nuovo = nuovo_ambito("nuovo")
    with spiega(VINCOLI):
        sessione.add(nuovo)
    assert nuovo.id > 0
