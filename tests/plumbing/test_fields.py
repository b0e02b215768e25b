"""Fields as Italians fill them in: what is right is read once and for all, what is wrong stays on the page as typed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form, FormField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from portal.errors import ErroreDominio
from portal.fields import (
    CodiceFiscaleEnteField,
    DataField,
    DataOraField,
    EuroField,
    ModuloBase,
    difetto_codice_fiscale,
    scelte,
)
from portal.i18n import _l

pytestmark = pytest.mark.usefixtures("italiano")

DATA_INESISTENTE = "Scrivi una data che esiste, per esempio 22/11/2026."
SBAGLIATA = "Una cifra del codice fiscale è sbagliata: ricontrollalo, l’ultima non torna con le altre."
ORA_INESISTENTE = "Scrivi giorno e ora, per esempio 22/11/2026 12:00."


class Riga(Form):
    costo = EuroField("Quanto costa?")
    nota = StringField("Nota")


class Modulo(ModuloBase):
    titolo = StringField("Come?", [Length(max=5, message="Al massimo 5 caratteri.")], filters=[lambda v: v and v.upper()])
    testo = TextAreaField("Che cosa?")
    importo = EuroField("Quanto?")
    giorno = DataField("Quando?")
    inizio = DataOraField("A che ora?")
    codice = CodiceFiscaleEnteField("Codice fiscale")
    anni = IntegerField("Anni")
    indirizzi = FieldList(StringField("Indirizzo"), min_entries=2)
    righe = FieldList(FormField(Riga), min_entries=1)
    altra = FormField(Riga)


def compila(classe: type[FlaskForm] = Modulo, valori: list[tuple[str, str]] | None = None, **campi: str) -> Any:
    inviati = MultiDict([*(valori or []), *campi.items()])
    modulo = classe(inviati, meta={"csrf": False})
    modulo.validate()
    return modulo


@pytest.mark.parametrize(
    ("campo", "scritto", "letto"),
    [
        ("importo", " 1.234,5 ", Decimal("1234.50")),
        ("importo", "", None),
        ("importo", "0", Decimal("0.00")),
        ("giorno", "2026-11-22", date(2026, 11, 22)),
        ("giorno", "22/11/2026", date(2026, 11, 22)),
        ("giorno", "29/2/2028", date(2028, 2, 29)),
        ("giorno", "  ", None),
        ("inizio", "2026-11-22T12:00", datetime(2026, 11, 22, 11, tzinfo=UTC)),
        ("inizio", "2026-07-22T23:59:59", datetime(2026, 7, 22, 21, 59, 59, tzinfo=UTC)),
        ("inizio", "22/11/2026 12:00", datetime(2026, 11, 22, 11, tzinfo=UTC)),
        ("inizio", "22/11/2026 12:00:01", datetime(2026, 11, 22, 11, 0, 1, tzinfo=UTC)),
        ("inizio", "", None),
        ("codice", " 81001 150754 ", "81001150754"),
        ("titolo", " abc ", "ABC"),
        ("testo", "\n a\u0000b \n", "ab"),
    ],
)
def test_cio_che_e_giusto_si_legge(campo: str, scritto: str, letto: object) -> None:
    modulo = compila(**{campo: scritto})
    assert modulo[campo].data == letto
    assert modulo[campo].errors in ((), [])


@pytest.mark.parametrize(
    ("campo", "scritto", "detto"),
    [
        ("importo", "99.766.80", "«99.766.80» non è un importo. Volevi scrivere 99.766,80?"),
        ("importo", "9" * 400, "L’importo è troppo grande."),
        ("importo", "tanto", "«tanto» non è un importo. Scrivilo così: 1.234,56."),
        ("giorno", "31/02/2026", DATA_INESISTENTE),
        ("giorno", "2026-13-01", DATA_INESISTENTE),
        ("giorno", "domani", DATA_INESISTENTE),
        ("giorno", "22/11/26", DATA_INESISTENTE),
        ("giorno", "0001-01-01", DATA_INESISTENTE),
        ("giorno", "9999-12-31", DATA_INESISTENTE),
        ("inizio", "2026-11-22T25:00", ORA_INESISTENTE),
        ("inizio", "0001-01-01T00:00", ORA_INESISTENTE),
        ("inizio", "22/11/2026", ORA_INESISTENTE),
        ("codice", "81001150755", SBAGLIATA),
        ("titolo", "TROPPO LUNGO", "Al massimo 5 caratteri."),
    ],
)
def test_cio_che_e_sbagliato_resta_come_e_stato_scritto(campo: str, scritto: str, detto: str) -> None:
    modulo = compila(**{campo: scritto})
    assert list(modulo[campo].errors) == [detto]
    assert modulo[campo]._value() == scritto
    assert modulo.ha_errori


@pytest.mark.parametrize(
    ("campo", "valore", "mostrato"),
    [
        ("importo", Decimal("1234.5"), "1.234,50"),
        ("importo", None, ""),
        ("giorno", date(2026, 11, 22), "2026-11-22"),
        ("giorno", None, ""),
        ("inizio", datetime(2026, 7, 22, 21, 59, 59, tzinfo=UTC), "2026-07-22T23:59:59"),
        ("inizio", None, ""),
    ],
)
def test_cio_che_e_salvato_si_mostra_come_si_scrive(campo: str, valore: object, mostrato: str) -> None:
    modulo = Modulo(None, meta={"csrf": False}, data={campo: valore})
    assert modulo[campo]._value() == mostrato


def test_le_liste_di_campi_tengono_le_righe_e_gli_errori_al_loro_posto() -> None:
    modulo = compila(
        valori=[
            ("indirizzi-0", " via Roma "),
            ("indirizzi-1", ""),
            ("indirizzi-2", "piazza\u0000 Duomo"),
            ("righe-0-costo", "1,50"),
            ("righe-0-nota", "a\u0000b"),
            ("righe-1-costo", "1.5"),
        ]
    )
    assert modulo.indirizzi.data == ["via Roma", "", "piazza Duomo"]
    assert modulo.righe.data == [{"costo": Decimal("1.50"), "nota": "ab"}, {"costo": None, "nota": None}]
    assert [riga.costo._value() for riga in modulo.righe] == ["1,50", "1.5"]
    assert [dict(riga.form.errors) for riga in modulo.righe] == [
        {},
        {"costo": ["«1.5» non è un importo. Volevi scrivere 1,50?"]},
    ]
    assert modulo.ha_errori


def test_un_modulo_usato_due_volte_non_accumula_filtri() -> None:
    for _volta in range(3):
        modulo = compila(testo=" a ")
    assert len(modulo.testo.filters) == 1


def test_un_rifiuto_del_dominio_va_sul_suo_campo_o_in_cima() -> None:
    modulo = compila(titolo="abc")
    assert not modulo.ha_errori
    modulo.rifiuta(ErroreDominio(_l("C’è già."), "titolo"))
    modulo.rifiuta(ErroreDominio("Aggiungi una riga.", "righe"))
    modulo.rifiuta(ErroreDominio("Adesso no."))
    modulo.rifiuta(ErroreDominio("Campo che qui non c’è.", "assente"))
    modulo.rifiuta(ErroreDominio("Questa parte non va.", "altra"))
    assert modulo.titolo.errors == ["C’è già."]
    assert modulo.righe.errors == ["Aggiungi una riga."]
    assert modulo.form_errors == ["Adesso no.", "Campo che qui non c’è.", "Questa parte non va."]
    assert modulo.ha_errori


def test_un_rifiuto_si_aggiunge_agli_errori_che_c_erano() -> None:
    class Obbligatorio(ModuloBase):
        nome = StringField("Nome", [DataRequired("Serve.")])

    modulo = compila(Obbligatorio, nome="   ")
    modulo.rifiuta(ErroreDominio("Anche questo.", "nome"))
    assert modulo.nome.errors == ["Serve.", "Anche questo."]


def test_le_scelte_sono_testo_anche_da_traduzioni_pigre() -> None:
    assert [(s.value, s.label) for s in scelte([("a", _l("Prima")), (2, "Seconda")])] == [("a", "Prima"), (2, "Seconda")]


PERSONA = "Questo è il codice fiscale di una persona: serve quello dell’ente, di 11 cifre."
CIFRE = "Il codice fiscale dell’ente è fatto di 11 cifre, senza lettere né spazi."


@pytest.mark.parametrize(
    ("codice", "difetto"),
    [
        ("81001150754", None),
        ("90048490479", None),
        ("12345678903", None),
        ("99000000002", None),  # no such provincial office: fine for a body, not for a partita IVA
        ("RSSMRA85T10A562S", PERSONA),
        ("RSSMRA85T10A56NH", PERSONA),
        ("IT12345678903", CIFRE),
        ("8100115075A", CIFRE),
        ("١٢٣٤٥٦٧٨٩٠٣", CIFRE),
        ("1234567890", "Il codice fiscale dell’ente ha 11 cifre: ne hai scritte 10."),
        ("123456789012", "Il codice fiscale dell’ente ha 11 cifre: ne hai scritte 12."),
        ("00000000000", "Questo codice fiscale non è valido."),
        ("99000000003", "Questo codice fiscale non è valido."),
    ],
)
def test_il_codice_fiscale_di_un_ente(codice: str, difetto: str | None) -> None:
    assert difetto_codice_fiscale(codice) == difetto


def test_cambiare_una_cifra_qualunque_si_scopre() -> None:
    giusto = "81001150754"
    for posto in range(11):
        for cifra in set("0123456789") - {giusto[posto]}:
            assert difetto_codice_fiscale(giusto[:posto] + cifra + giusto[posto + 1 :]) is not None
