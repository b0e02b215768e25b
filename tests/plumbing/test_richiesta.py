"""What may be shown again of a refused form: all that was typed, and no secret."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from portal.richiesta import campi_da_rimandare, campi_ritentabili

INVIATO = MultiDict(
    [
        ("csrf_token", "abc"),
        ("titolo", "Il mio progetto"),
        ("lotti", "1"),
        ("lotti", "3"),
        ("vuoto", "  "),
        ("password", "segreta"),
        ("Password_nuova", "segreta"),
        ("attuale", "segreta"),
        ("ripeti", "segreta"),
        ("gettone_token", "segreta"),
        ("codice_accesso", "segreta"),
        ("situazione_attuale", "Oggi mancano i posti."),
    ]
)


def test_si_rimanda_tutto_cio_che_e_stato_scritto_anche_le_scelte_multiple() -> None:
    assert campi_da_rimandare(INVIATO) == [
        ("titolo", "Il mio progetto"),
        ("lotti", "1"),
        ("lotti", "3"),
        ("situazione_attuale", "Oggi mancano i posti."),
    ]


def test_si_rilegge_un_testo_per_campo() -> None:
    assert campi_ritentabili(INVIATO) == {
        "titolo": "Il mio progetto",
        "lotti": "1\n3",
        "situazione_attuale": "Oggi mancano i posti.",
    }


def test_nessun_segreto_torna_indietro() -> None:
    assert "segreta" not in str(campi_da_rimandare(INVIATO))
    assert "abc" not in str(campi_da_rimandare(INVIATO))


def test_va_bene_anche_un_dizionario() -> None:
    assert campi_ritentabili({"anno": 2026, "password": "x"}) == {"anno": "2026"}
