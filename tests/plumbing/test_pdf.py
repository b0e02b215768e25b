"""The PDF acts: conform to both standards, complete, the same every time, whatever people write in them.

The text is read back from the content streams, glyph by glyph through each font's ToUnicode table: what these
tests find is what a screen reader and a copy find.
"""

from __future__ import annotations

import hashlib
import io
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pytest

from portal.pdf import SENZA_SEGNO, ErrorePdf, _caratteri, _compila, compone
from portal.pdf import proposta as copia
from portal.pdf.ricevuta import TITOLO, FileRicevuto, Ricevuta, dati_ricevuta
from portal.pdf.testi import a_paragrafi, dimensione, istante_completo, ripulisci
from portal.percorsi import cartella

MARGINE, LARGHEZZA_A4 = 62.36, 595.28  # points


def sha(testo: str) -> str:
    return hashlib.sha256(testo.encode()).hexdigest()


RICEVUTA = Ricevuta(
    ambito="Ambito sociale Esempio",
    capofila="Comune Esempio",
    numero="17/2026",
    ricevuta_il=datetime(2026, 11, 21, 10, 42, 7, tzinfo=UTC),
    avviso="Accompagnare chi riceve il Reddito di dignità",
    ente="Cooperativa sociale Esempio",
    codice_fiscale="00000000000",
    presentata_da="Persona Esempio",
    in_qualita_di="rappresentante legale",
    file=[FileRicevuto("progetto.pdf", 1_234_567, sha("a"), "Documento di progetto")],
    impronta=sha("contenuto"),
    codice_verifica="K7PW-3QDH-9XTA",
    indirizzo_verifica="https://portale.example/verifica",
    dichiarazioni=["L’ente è iscritto al RUNTS."],
    passi=["L’ufficio controlla entro 10 giorni che non manchi nulla."],
    responsabile="da completare",
)
QUADRO = copia.Quadro(
    "Quadro economico",
    ["Contributo", "Totale"],
    [("Personale", ["31.200,00\u00a0€", "35.200,00\u00a0€"]), ("Materiale", ["non indicato", "0,00\u00a0€"])],
    ["31.200,00\u00a0€", "35.200,00\u00a0€"],
    nota="Gli apporti in natura sono a parte.",
)
PROPOSTA = copia.Proposta(
    ambito="Ambito sociale Esempio",
    capofila="Comune Esempio",
    numero="17/2026",
    data=datetime(2026, 11, 21, 10, 42, 7, tzinfo=UTC),
    fatti=[("Ente", "Cooperativa sociale Esempio"), ("Lotto", None)],
    sezioni=[
        copia.Sezione("Bisogni", "Primo paragrafo.\nSua seconda riga.\n\n\nSecondo paragrafo."),
        copia.Sezione("Gruppo di lavoro"),
        copia.Sezione("Risorse", quadri=[QUADRO]),
    ],
    stato="Bozza, non presentata",
)


def ricevuta(**cambiati: object) -> bytes:
    r = replace(RICEVUTA, **cambiati)  # type: ignore[arg-type]
    return compone("ricevuta", dati_ricevuta(r), titolo=TITOLO.format(numero=r.numero))


def proposta(p: copia.Proposta = PROPOSTA) -> bytes:
    return compone("proposta", copia.dati_proposta(p), titolo=copia.TITOLO.format(numero=p.numero))


def apri(contenuto: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(contenuto))


def tabella_unicode(carattere: pikepdf.Object) -> dict[int, str]:
    coppie = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", carattere.ToUnicode.read_bytes())
    return {int(cid, 16): bytes.fromhex(testo.decode()).decode("utf-16-be") for cid, testo in coppie}


def frammenti(pagina: pikepdf.Page) -> Iterator[tuple[float, str]]:
    """Where each run of text begins, in points from the left, and the run."""
    tabelle = {nome: tabella_unicode(font) for nome, font in pagina.Resources.Font.items()}
    x, tabella = 0.0, {}
    for istruzione in pikepdf.parse_content_stream(pagina):
        operandi = istruzione.operands
        match str(istruzione.operator):
            case "cm":
                x = float(operandi[4])
            case "Tf":
                tabella = tabelle[str(operandi[0])]
            case "Tj" | "TJ":
                pezzi = operandi[0] if isinstance(operandi[0], pikepdf.Array) else operandi
                cid = b"".join(bytes(p) for p in pezzi if isinstance(p, pikepdf.String))
                yield x, "".join(tabella[int.from_bytes(cid[i : i + 2])] for i in range(0, len(cid), 2))


def leggi(contenuto: bytes) -> str:
    with apri(contenuto) as pdf:
        return "".join(pezzo for pagina in pdf.pages for _x, pezzo in frammenti(pagina))


def compatto(scritto: str) -> str:
    return re.sub(r"\s", "", scritto)


def marcatori(nodo: pikepdf.Object) -> Iterator[str]:
    """The tags of the structure tree, in reading order."""
    if isinstance(nodo, pikepdf.Array):
        for figlio in nodo:
            yield from marcatori(figlio)
    elif isinstance(nodo, pikepdf.Dictionary) and "/S" in nodo:
        yield str(nodo.S)
        yield from marcatori(nodo.get("/K", pikepdf.Array()))


@pytest.mark.parametrize("atto", [ricevuta, proposta])
def test_conforme_a_pdf_a_2a_e_pdf_ua_1(atto: Callable[[], bytes]) -> None:
    with apri(atto()) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
        assert meta["dc:title"] == str(pdf.docinfo["/Title"])
        assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("it", True)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        font = [f for pagina in pdf.pages for f in pagina.Resources.Font.values()]
        assert font
        assert [f for f in font if "/FontFile2" not in f.DescendantFonts[0].FontDescriptor] == []
        assert {str(f.BaseFont).split("+")[-1].split("-")[0] for f in font} <= {"TitilliumWeb", "RobotoMono"}
        assert {tuple(round(float(n)) for n in pagina.MediaBox) for pagina in pdf.pages} == {(0, 0, 595, 842)}


def test_struttura_della_ricevuta() -> None:
    with apri(ricevuta()) as pdf:
        lette = list(marcatori(pdf.Root.StructTreeRoot.K))
    titoli = [m for m in lette if re.fullmatch(r"/H\d", m)]
    assert titoli == ["/H1", *["/H2"] * 6]
    assert (lette.count("/Table"), lette.count("/TH"), lette.count("/TD"), lette.count("/Link")) == (
        1,
        3,
        3,
        1,
    )
    assert lette.count("/LI") == 6 + 1 + 2 + 1  # facts, steps, who is in charge, declarations


def test_la_ricevuta_dice_tutto() -> None:
    scritto = compatto(leggi(ricevuta()))
    attesi = [
        "Ricevuta della proposta n. 17/2026",
        "sabato 21 novembre 2026, ore 11:42:07 (ora di Roma, UTC+1)",
        "Protocollo non ancora assegnato",
        "Ente Cooperativa sociale Esempio",
        "Codice fiscale 00000000000",
        "Presentata da Persona Esempio",
        "In qualità di rappresentante legale",
        "Un file, 1,2 MB.",
        "progetto.pdf Documento di progetto 1,2 MB",
        sha("a"),
        sha("contenuto"),
        "Codice di verifica K7PW-3QDH-9XTA",
        "https://portale.example/verifica",
        "1. L’ente è iscritto al RUNTS.",
        "1. L’ufficio controlla entro 10 giorni che non manchi nulla.",
        "Esente da imposta di bollo ai sensi dell’art. 82, c. 5, D.Lgs. 117/2017.",
        "Pagina 1 di 2",
    ]
    assert [a for a in attesi if compatto(a) not in scritto] == []


def test_quello_che_manca_non_si_stampa() -> None:
    scritto = leggi(ricevuta(file=[], passi=[], dichiarazioni=["", " "], bollo=""))
    assert "Nessun file: la proposta è tutta nel testo compilato sul portale." in scritto
    assenti = [
        "Impronta SHA-256",
        "scegli lì",
        "succede adesso",
        "dichiarato",
        "bollo",
        "RUNTS",
        "Accesso con",
    ]
    assert [a for a in assenti if a in scritto] == []


def test_la_proposta_dice_tutto() -> None:
    scritto = leggi(proposta())
    righe = [
        "Bozza, non presentata",
        "Primo paragrafo.",
        "Sua seconda riga.",
        "Secondo paragrafo.",
        "Non compilata.",
    ]
    tabella = "VoceContributoTotalePersonale31.200,00€35.200,00€Materialenonindicato0,00€Totale31.200,00€35.200,00€"
    assert [riga for riga in righe if riga not in scritto] == []
    assert tabella in compatto(scritto)
    assert "Codice di verifica" not in scritto
    assert "Lotto" not in scritto


def test_stessi_dati_stessi_byte() -> None:
    assert ricevuta() == ricevuta()
    assert ricevuta() != ricevuta(ricevuta_il=datetime(2026, 11, 21, 10, 42, 8, tzinfo=UTC))


def test_la_data_del_file_viene_dai_dati() -> None:
    with apri(ricevuta()) as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261121104207Z"


def test_da_piu_fili_insieme() -> None:
    attesi = {n: ricevuta(numero=f"{n}/2026") for n in range(4)}
    usciti: dict[int, bytes] = {}

    def scrive(n: int) -> None:
        usciti[n] = ricevuta(numero=f"{n}/2026")

    fili = [threading.Thread(target=scrive, args=(n,)) for n in range(4)]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join()
    assert usciti == attesi


@pytest.mark.parametrize(
    "ostile",
    [
        '#read("/etc/passwd")',
        "#panic(1) – ‘€’",
        "*asterischi* _sottolineati_ `codice` = titolo",
        "- trattino / voce: valore",
        "<script>alert(1)</script> <etichetta>",
        "@rif $x^2$ // commento /* altro */ \\ \\u{41}",
        '"virgolette" \\" {json: true} ]',
        "ăâîșț ëç łżß ñ ǎ",
        "Ελληνικά кириллица",
    ],
)
def test_un_testo_resta_un_testo(ostile: str) -> None:
    scritto = leggi(ricevuta(ente=ostile))
    assert compatto(f"Ente{ostile}Codice fiscale") in compatto(scritto)
    assert "root:" not in scritto


@pytest.mark.parametrize(
    ("scritto", "stampato", "avverte"),
    [
        ("festa 🎉", "festa [U+1F389]", True),
        ("你好", "[U+4F60][U+597D]", True),
        ("\ue000", "[U+E000]", True),
        ("\ud800", "[U+D800]", True),
        ("fattura\u202efdp.exe", "fattura[U+202E]fdp.exe", True),
        ("caffe\u0301\x00 a\x07b\ufeffc", "caffé abc", False),
    ],
)
def test_caratteri_difficili(scritto: str, stampato: str, avverte: bool) -> None:
    letto = leggi(ricevuta(ente=scritto))
    assert f"Ente{compatto(stampato)}Codice" in compatto(letto)
    assert (SENZA_SEGNO in letto) is avverte


@pytest.mark.parametrize("parola", ["שלום", "مرحبا"])
def test_da_destra_a_sinistra(parola: str) -> None:
    # the letters are drawn from the left, so the last comes first; the tag ReversedChars says so to readers
    assert f"Ente{parola[::-1]}Codice" in compatto(leggi(ricevuta(ente=parola)))


@pytest.mark.parametrize(
    ("cambiati", "parola"),
    [
        ({"ente": "x" * 400}, "x" * 400),
        ({"file": [FileRicevuto("y" * 251 + ".pdf", 1, sha("a"))]}, "y" * 251 + ".pdf"),
        ({"numero": "9" * 120}, "9" * 120),
        (
            {"indirizzo_verifica": "https://portale.example/" + "v" * 200},
            "https://portale.example/" + "v" * 200,
        ),
    ],
)
def test_una_parola_lunghissima_resta_nel_foglio(cambiati: dict[str, object], parola: str) -> None:
    contenuto = ricevuta(**cambiati)
    assert parola in leggi(contenuto)
    with apri(contenuto) as pdf:
        inizi = [x for pagina in pdf.pages for x, pezzo in frammenti(pagina) if pezzo and pezzo in parola]
    assert len(inizi) > 20
    assert min(inizi) >= MARGINE - 0.01
    assert max(inizi) < LARGHEZZA_A4 - MARGINE


def test_trecento_file() -> None:
    file = [FileRicevuto(f"allegato-{n:03}.pdf", 1000 * n, sha(str(n)), "Allegato") for n in range(300)]
    contenuto = ricevuta(file=file)
    scritto = compatto(leggi(contenuto))
    assert [f.nome for f in file if f.nome not in scritto or f.sha256 not in scritto] == []
    with apri(contenuto) as pdf:
        pagine = len(pdf.pages)
        assert list(marcatori(pdf.Root.StructTreeRoot.K)).count("/TR") == 301
    assert f"Pagina{pagine}di{pagine}" in scritto
    assert scritto.count("DimensioneImprontaSHA-256") >= pagine - 2


@pytest.mark.parametrize(
    ("modello", "cambiati"),
    [
        ("inesistente", {}),
        ("../pdf/ricevuta", {}),
        ("proposta", {}),
        ("ricevuta", {"data_documento": "2026-11-21T10:00:00"}),
        ("ricevuta", {"data_documento": "ieri"}),
        ("ricevuta", {"data_documento": None}),
        ("ricevuta", {"file": "progetto.pdf"}),
    ],
)
def test_errori(modello: str, cambiati: dict[str, object]) -> None:
    with pytest.raises(ErrorePdf):
        compone(modello, {**dati_ricevuta(RICEVUTA), **cambiati}, titolo="x")


def test_senza_il_pacchetto_dei_caratteri_esce_lo_stesso() -> None:
    atto = ripulisci({**dati_ricevuta(RICEVUTA), "titolo": "Ricevuta n. 17/2026", "lingua": "it"})
    contenuto = _compila(cartella("templates") / "pdf" / "ricevuta.typ", atto, 1_800_000_000, _caratteri(None))
    assert "Ricevuta n. 17/2026" in leggi(contenuto)


@pytest.mark.parametrize(
    "cambiati",
    [
        {"impronta": "abc"},
        {"impronta": sha("a").upper()},
        {"file": [FileRicevuto("a.pdf", 1, "xyz")]},
        {"file": [FileRicevuto("a.pdf", -1, sha("a"))]},
        {"ricevuta_il": datetime(2026, 11, 21, 11, 42, 7)},
    ],
)
def test_dati_impossibili_per_una_ricevuta(cambiati: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="."):
        dati_ricevuta(replace(RICEVUTA, **cambiati))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "quadro",
    [
        replace(QUADRO, totale=["1,00"]),
        replace(QUADRO, righe=[("Personale", ["1,00"])]),
    ],
)
def test_un_quadro_con_righe_monche(quadro: copia.Quadro) -> None:
    with pytest.raises(ValueError, match="Quadro economico"):
        copia.dati_proposta(replace(PROPOSTA, sezioni=[copia.Sezione("Risorse", quadri=[quadro])]))


@pytest.mark.parametrize(
    ("istante", "atteso"),
    [
        ("2026-07-01T10:00:00+00:00", "mercoledì 1 luglio 2026, ore 12:00:00 (ora di Roma, UTC+2)"),
        ("2026-10-25T00:30:00+00:00", "domenica 25 ottobre 2026, ore 02:30:00 (ora di Roma, UTC+2)"),
        ("2026-10-25T01:30:00+00:00", "domenica 25 ottobre 2026, ore 02:30:00 (ora di Roma, UTC+1)"),
        ("2026-12-31T23:30:00+00:00", "venerdì 1 gennaio 2027, ore 00:30:00 (ora di Roma, UTC+1)"),
    ],
)
def test_un_solo_istante(istante: str, atteso: str) -> None:
    assert istante_completo(datetime.fromisoformat(istante)) == atteso


@pytest.mark.parametrize(
    ("byte", "atteso"),
    [
        (0, "0 byte"),
        (1000, "1 kB"),
        (1_234_567, "1,2 MB"),
        (25_000_000_000, "25 GB"),
        (1_234_500_000_000, "1.234,5 GB"),
    ],
)
def test_dimensione(byte: int, atteso: str) -> None:
    assert dimensione(byte) == atteso.replace(" ", "\u00a0")


def test_paragrafi_e_a_capo() -> None:
    assert a_paragrafi("uno\r\ndue  \r\n\r\n \n\n tre\x0bquattro\n") == ["uno\ndue", " tre\nquattro"]


def test_ripulisce_anche_dentro_le_strutture() -> None:
    assert ripulisci({"a": ["x\x00", ("y\r\nz", 3, None)]}) == {"a": ["x", ["y\nz", 3, None]]}
