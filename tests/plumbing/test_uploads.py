"""What may be attached: real PDFs and real envelopes, honest and hostile; only a refusal may come out."""

from __future__ import annotations

import base64
import hashlib
import io
import random
import tracemalloc
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from asn1crypto import keys as chiavi_asn1
from asn1crypto import x509 as x509_asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter, copy_into_new_writer
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from portal import signatures
from portal.uploads import LIMITE, FileEsaminato, FileRifiutato, esamina, pulisci_nome

MIB = 1024 * 1024
EXE = b"MZ\x90\x00" + bytes(60) + b"This program cannot be run in DOS mode" + bytes(200)


@dataclass(frozen=True)
class Firmatario:
    chiave: Any
    certificato: x509.Certificate


@cache
def firmatario(quale: int = 0) -> Firmatario:
    """The first signs with RSA, as the cards of the providers do; the others with elliptic curves."""
    chiave: Any = ec.generate_private_key(ec.SECP256R1()) if quale else rsa.generate_private_key(65537, 2048)
    nome = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, f"Firmatario di prova {quale}")])
    inizio = datetime.now(UTC) - timedelta(days=1)
    certificato = (
        x509.CertificateBuilder()
        .subject_name(nome)
        .issuer_name(nome)
        .public_key(chiave.public_key())
        .serial_number(1000 + quale)
        .not_valid_before(inizio)
        .not_valid_after(inizio + timedelta(days=10))
        .sign(chiave, hashes.SHA256())
    )
    return Firmatario(chiave, certificato)


def un_pdf(testo: str = "Domanda di partecipazione", *, peso: int = 0) -> bytes:
    """A small PDF written by hand, with an exact cross-reference table; ``peso`` adds so many bytes of stream."""
    scritta = f"BT /F1 24 Tf 72 700 Td ({testo}) Tj ET".encode("latin-1") + b"\n" + b" " * peso
    oggetti = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(scritta), scritta),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    return assembla(oggetti, b"")


def assembla(oggetti: list[bytes], trailer: bytes = b"/Nota (/ByteRange)") -> bytes:
    """Objects as a PDF; the note makes it look signed, so that the reader goes through it all."""
    uscita, posizioni = io.BytesIO(), []
    uscita.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    for numero, corpo in enumerate(oggetti, 1):
        posizioni.append(uscita.tell())
        uscita.write(b"%d 0 obj\n%s\nendobj\n" % (numero, corpo))
    inizio = uscita.tell()
    uscita.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(oggetti) + 1))
    uscita.writelines(b"%010d 00000 n \n" % p for p in posizioni)
    uscita.write(b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(oggetti) + 1, trailer))
    uscita.write(b"startxref\n%d\n%%%%EOF\n" % inizio)
    return uscita.getvalue()


def un_p7m(dati: bytes, *chi: Firmatario, staccato: bool = False) -> bytes:
    busta = pkcs7.PKCS7SignatureBuilder().set_data(dati)
    for f in chi or (firmatario(),):
        busta = busta.add_signer(f.certificato, f.chiave, hashes.SHA256())
    opzioni = [pkcs7.PKCS7Options.Binary]
    if staccato:
        opzioni.append(pkcs7.PKCS7Options.DetachedSignature)
    return busta.sign(serialization.Encoding.DER, opzioni)


def in_ber(der: bytes, profondita: int = 0) -> bytes:
    """The same element with indefinite lengths and the document in pieces, as signing programs stream it."""
    fine = 2 if der[1] < 0x80 else 2 + (der[1] & 0x7F)
    etichetta, contenuto = der[:1], der[fine:]
    if der[0] == 0x04:
        pezzi = [contenuto[i : i + 1000] for i in range(0, len(contenuto), 1000)]
        return b"\x24\x80" + b"".join(b"\x04\x82" + len(p).to_bytes(2, "big") + p for p in pezzi) + b"\x00\x00"
    if not der[0] & 0x20 or profondita > 4 or der[0] == 0x31:
        return der
    figli, resto = [], contenuto
    while resto:
        lungo = 2 + resto[1]
        if resto[1] >= 0x80:
            quanti = resto[1] & 0x7F
            lungo = 2 + quanti + int.from_bytes(resto[2 : 2 + quanti], "big")
        # past the envelope, certificates and signatures keep the bytes that were signed
        figlio = resto[:lungo]
        figli.append(figlio if profondita == 2 and figlio[0] == 0xA0 else in_ber(figlio, profondita + 1))
        resto = resto[lungo:]
    return etichetta + b"\x80" + b"".join(figli) + b"\x00\x00"


def firma_pdf(pdf: bytes, campo: str = "Firma1", chi: Firmatario | None = None) -> bytes:
    chi = chi or firmatario()
    chiave = chi.chiave.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    strumento = signers.SimpleSigner(
        signing_cert=x509_asn1.Certificate.load(chi.certificato.public_bytes(serialization.Encoding.DER)),
        signing_key=chiavi_asn1.PrivateKeyInfo.load(chiave),
        cert_registry=SimpleCertificateStore(),
    )
    dati = signers.PdfSignatureMetadata(field_name=campo, md_algorithm="sha256")
    return signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), dati, signer=strumento).getvalue()


def cifra_pdf(pdf: bytes, apertura: str) -> bytes:
    scrittore: PdfFileWriter = copy_into_new_writer(PdfFileReader(io.BytesIO(pdf)))
    scrittore.encrypt(owner_pass="proprietario", user_pass=apertura)
    uscita = io.BytesIO()
    scrittore.write(uscita)
    return uscita.getvalue()


def guarda(dati: bytes, nome: str = "domanda.pdf", **opzioni: Any) -> FileEsaminato:
    return esamina(io.BytesIO(dati), nome, **opzioni)


def rifiuto(dati: bytes, nome: str = "domanda.pdf", **opzioni: Any) -> str:
    with pytest.raises(FileRifiutato) as errore:
        guarda(dati, nome, **opzioni)
    return str(errore.value.messaggio)


def uno_zip(*nomi: str) -> bytes:
    uscita = io.BytesIO()
    with zipfile.ZipFile(uscita, "w") as archivio:
        for nome in nomi:
            archivio.writestr(nome, "x")
    return uscita.getvalue()


def test_un_pdf_normale() -> None:
    dati = un_pdf()
    assert guarda(dati, "Statuto.PDF") == FileEsaminato(
        nome="Statuto.pdf",
        tipo="application/pdf",
        estensione="pdf",
        dimensione=len(dati),
        sha256=hashlib.sha256(dati).hexdigest(),
    )


def test_il_flusso_resta_dove_era() -> None:
    flusso = io.BytesIO(b"...." + un_pdf())
    flusso.seek(4)
    esamina(flusso, "a.pdf")
    assert flusso.tell() == 4
    vuoto = io.BytesIO(b"....")
    vuoto.seek(4)
    with pytest.raises(FileRifiutato):
        esamina(vuoto, "a.pdf")
    assert vuoto.tell() == 4


def test_vuoto() -> None:
    assert rifiuto(b"") == (
        "«domanda.pdf» è vuoto (0 byte). Apri il documento sul tuo computer, controlla che si veda, "
        "salvalo e caricalo di nuovo."
    )


def test_venti_megabyte_passano_e_uno_in_piu_no() -> None:
    giusto = un_pdf(peso=LIMITE - len(un_pdf(peso=20_000_000)) + 20_000_000)
    assert len(giusto) == LIMITE
    assert guarda(giusto).dimensione == LIMITE
    assert "«domanda.pdf» pesa 20,1 MB, il massimo è 20 MB." in rifiuto(giusto + b"\n")
    assert "pesa 2 MB, il massimo è 1,5 MB" in rifiuto(bytes(2 * MIB), limite=3 * MIB // 2)
    assert "pesa 0,1 MB, il massimo è 100 byte" in rifiuto(bytes(101), limite=100)


@pytest.mark.parametrize("nome", ["piano.docx", "foto.png", "virus.exe", "pagina.html", "disegno.svg"])
def test_estensione_non_ammessa(nome: str) -> None:
    estensione = nome.rpartition(".")[2]
    assert f"è un file .{estensione}: qui puoi caricare PDF, P7M." in rifiuto(un_pdf(), nome)


def test_senza_estensione() -> None:
    assert "manca la parte finale, per esempio «.pdf»" in rifiuto(un_pdf(), "domanda")


@pytest.mark.parametrize(
    ("dati", "cosa"),
    [
        (EXE, "un programma"),
        (uno_zip("a.txt"), "un archivio compresso"),
        (b"<html><body>Errore 404</body></html>", "una pagina web"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "un file .png"),
        (b"ciao a tutti", "un contenuto che non riconosciamo"),
        (bytes(5000), "un contenuto che non riconosciamo"),
        (EXE + un_pdf(), "un programma"),
    ],
)
def test_il_contenuto_non_e_quello_del_nome(dati: bytes, cosa: str) -> None:
    assert f"«domanda.pdf» finisce con .pdf ma dentro c’è {cosa}." in rifiuto(dati)


def test_un_p7m_che_si_chiama_pdf_e_viceversa() -> None:
    assert "ma dentro c’è un file firmato .p7m" in rifiuto(un_p7m(un_pdf()), "domanda.pdf")
    assert "ma dentro c’è un PDF" in rifiuto(un_pdf(), "domanda.pdf.p7m")
    assert "ma dentro c’è un archivio compresso" in rifiuto(uno_zip("a.pdf"), "domanda.p7m")


def test_immagini_solo_dove_si_ammettono() -> None:
    png = b"\x89PNG\r\n\x1a\n" + bytes(50)
    assert guarda(png, "logo.png", ammessi=frozenset({"png", "jpg"})).tipo == "image/png"
    assert guarda(b"\xff\xd8\xff\xe0" + bytes(50), "a.jpeg", ammessi=frozenset({"jpg", "jpeg"})).tipo == "image/jpeg"
    assert rifiuto(un_pdf(), "a.pdf", ammessi=frozenset({"png", "jpg"})) == (
        "«a.pdf» è un file .pdf: qui puoi caricare JPG, PNG."
    )


def test_pdf_interrotto() -> None:
    assert "è incompleto: manca la parte finale" in rifiuto(un_pdf()[:-30])
    assert "è incompleto" in rifiuto(b"%PDF-1.7\n")


def test_pdf_che_pyhanko_non_segue_passa_con_un_avviso() -> None:
    storto = un_pdf().replace(b"startxref\n", b"startxref\n99")
    esame = guarda(storto)
    assert esame.firma is None
    assert esame.avvisi == ("Il portale non riesce a leggere la struttura di «domanda.pdf»: controlla che si apra.",)


def test_pdf_con_password() -> None:
    assert "è protetto da una password" in rifiuto(cifra_pdf(un_pdf(), "segreta"))
    assert guarda(cifra_pdf(un_pdf(), "")).avvisi == (
        "«domanda.pdf» ha delle protezioni (per esempio sulla stampa): se puoi, toglile.",
    )


def test_p7m_integro() -> None:
    prima = datetime.now(UTC) - timedelta(seconds=5)
    esame = guarda(un_p7m(un_pdf()), "Domanda.pdf.p7m")
    assert (esame.nome, esame.estensione, esame.tipo) == ("Domanda.pdf.p7m", "p7m", "application/pkcs7-mime")
    assert esame.firma is not None
    assert (esame.firma.esito, esame.firma.quante, esame.firma.formati) == ("integra", 1, ("CAdES",))
    assert esame.firma.algoritmi == ("SHA-256 RSA",)
    assert prima <= esame.firma.momenti[0] <= datetime.now(UTC)
    assert esame.avvisi == ()


def test_mai_la_parola_valida_ne_un_nome() -> None:
    firma = guarda(un_p7m(un_pdf()), "a.p7m").firma
    assert firma is not None
    assert "Firmatario di prova" not in repr(firma)
    for esito in ("integra", "alterata", "non verificabile"):
        spiegazione = type(firma)(esito, 1, ("CAdES",)).spiegazione
        assert spiegazione.startswith(f"Firma {esito}:")
        assert "valida" not in spiegazione.split()


@pytest.mark.parametrize("forma", ["der", "ber", "base64", "pem", "coda"])
def test_p7m_in_ogni_forma(forma: str) -> None:
    der = un_p7m(un_pdf(peso=5000))
    dati = {
        "der": der,
        "ber": in_ber(der),
        "base64": base64.encodebytes(der),
        "pem": b"-----BEGIN PKCS7-----\r\n" + base64.encodebytes(der) + b"-----END PKCS7-----\r\n",
        "coda": der + b"\r\n",
    }[forma]
    firma = guarda(dati, "a.pdf.p7m").firma
    assert firma is not None
    assert (firma.esito, firma.quante) == ("integra", 1)


def test_p7m_alterato() -> None:
    busta = un_p7m(un_pdf("Importo richiesto 1000 euro"))
    esame = guarda(busta.replace(b"1000 euro", b"9000 euro"), "a.pdf.p7m")
    assert esame.firma is not None
    assert esame.firma.esito == "alterata"
    assert esame.avvisi == (
        "Il documento è stato modificato dopo la firma. Firma di nuovo l’originale e carica il nuovo file.",
    )


def test_p7m_con_la_firma_di_un_altro_documento() -> None:
    """The signed attributes are swapped whole: the signature holds, the digest does not (T12)."""
    uno, due = un_p7m(un_pdf("uno")), un_p7m(un_pdf("due"))
    esame = guarda(uno.replace(un_pdf("uno"), un_pdf("due")), "a.pdf.p7m")
    assert esame.firma is not None
    assert esame.firma.esito == "alterata"
    assert guarda(due, "a.pdf.p7m").firma.esito == "integra"  # type: ignore[union-attr]


def test_p7m_senza_certificato_non_si_verifica() -> None:
    from asn1crypto import cms

    busta = cms.ContentInfo.load(un_p7m(un_pdf()))
    busta["content"]["certificates"] = []
    esame = guarda(busta.dump(force=True), "a.pdf.p7m")
    assert esame.firma is not None
    assert (esame.firma.esito, esame.firma.quante) == ("non verificabile", 1)
    assert len(esame.avvisi) == 1


def test_piu_firmatari_e_buste_una_dentro_l_altra() -> None:
    due = un_p7m(un_pdf(), firmatario(0), firmatario(2))
    insieme = guarda(due, "accordo.pdf.p7m").firma
    assert insieme is not None
    assert (insieme.esito, insieme.quante) == ("integra", 2)
    assert sorted(insieme.algoritmi) == ["SHA-256 ECDSA", "SHA-256 RSA"]
    dentro = guarda(un_p7m(due, firmatario(3)), "accordo.pdf.p7m.p7m").firma
    assert dentro is not None
    assert (dentro.esito, dentro.quante) == ("integra", 3)
    tre = un_p7m(un_p7m(un_p7m(un_pdf())))
    assert guarda(tre, "accordo.p7m").firma.quante == 3  # type: ignore[union-attr]
    assert "più di 3 firme una dentro l’altra" in rifiuto(un_p7m(tre), "accordo.p7m")


def test_una_firma_interna_alterata_altera_tutto() -> None:
    dentro = un_p7m(un_pdf("mille euro")).replace(b"mille euro", b"cento euro")
    firma = guarda(un_p7m(dentro), "a.pdf.p7m.p7m").firma
    assert firma is not None
    assert (firma.esito, firma.quante) == ("alterata", 2)


def test_quello_che_sta_dentro_si_guarda_allo_stesso_modo() -> None:
    assert "Dentro la firma di «piano.docx.p7m» c’è un file .docx: si accettano PDF." in rifiuto(
        un_p7m(uno_zip("word/document.xml")), "piano.docx.p7m"
    )
    assert "c’è un programma" in rifiuto(un_p7m(EXE), "domanda.p7m")
    assert "«domanda.pdf» finisce con .pdf ma dentro c’è un programma" in rifiuto(un_p7m(EXE), "domanda.pdf.p7m")
    assert "è incompleto" in rifiuto(un_p7m(un_pdf()[:-30]), "domanda.pdf.p7m")
    assert "è protetto da una password" in rifiuto(un_p7m(cifra_pdf(un_pdf(), "x")), "domanda.pdf.p7m")
    assert "un contenuto che non riconosciamo" in rifiuto(un_p7m(b" "), "domanda.p7m")


def test_il_numero_di_versione_nel_nome_non_e_un_estensione() -> None:
    assert guarda(un_p7m(un_pdf()), "Statuto 2.1.p7m").nome == "Statuto 2.1.p7m"


def test_buste_che_non_si_aprono() -> None:
    der = un_p7m(un_pdf())
    assert "contiene solo la firma, senza il documento" in rifiuto(un_p7m(un_pdf(), staccato=True), "a.pdf.p7m")
    assert "è incompleto: forse la copia si è interrotta" in rifiuto(der[:-100], "a.pdf.p7m")
    assert "è incompleto" in rifiuto(in_ber(der)[:-4], "a.pdf.p7m")
    busta = pkcs7.PKCS7EnvelopeBuilder().set_data(un_pdf()).add_recipient(firmatario().certificato)
    cifrata = busta.encrypt(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])
    assert "è cifrato, non firmato" in rifiuto(cifrata, "a.pdf.p7m")


def test_pades() -> None:
    una = firma_pdf(un_pdf())
    esame = guarda(una)
    assert esame.firma is not None
    assert (esame.firma.esito, esame.firma.quante, esame.firma.formati) == ("integra", 1, ("PAdES",))
    assert esame.firma.algoritmi == ("SHA-256 RSA",)
    assert len(esame.firma.momenti) == 1
    due = guarda(firma_pdf(una, "Firma2", firmatario(4))).firma
    assert due is not None
    assert (due.esito, due.quante) == ("integra", 2)


def test_pades_alterato_o_cambiato_dopo() -> None:
    firmato = firma_pdf(un_pdf("Importo 1000 euro"))
    cambiato = guarda(firmato.replace(b"1000 euro", b"9000 euro")).firma
    assert cambiato is not None
    assert cambiato.esito == "alterata"
    aggiunta = IncrementalPdfFileWriter(io.BytesIO(firmato))
    pagina = aggiunta.root["/Pages"]["/Kids"][0]
    pagina["/MediaBox"][2] = type(pagina["/MediaBox"][2])(200)
    aggiunta.update_container(pagina)
    dopo = io.BytesIO()
    aggiunta.write(dopo)
    esame = guarda(dopo.getvalue())
    assert esame.firma is not None
    assert esame.firma.esito == "alterata"


def test_pades_dentro_un_p7m() -> None:
    firma = guarda(un_p7m(firma_pdf(un_pdf())), "a.pdf.p7m").firma
    assert firma is not None
    assert (firma.esito, firma.quante, firma.formati) == ("integra", 2, ("CAdES", "PAdES"))


@pytest.mark.parametrize(
    ("nome", "atteso"),
    [
        ("C:\\Users\\utente\\Desktop\\Statuto.PDF", "Statuto.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("  bilancio   2025 .pdf", "bilancio 2025.pdf"),
        ("Citta\u0300 di prova.pdf", "Città di prova.pdf"),
        ("fdp\u202efdp.exe\u202c.pdf", "fdpfdp.exe.pdf"),
        ("riga\r\nSet-Cookie: a=b.pdf", "riga Set-Cookie_ a=b.pdf"),
        ("a\x00b\x1bc.pdf", "abc.pdf"),
        ("Domanda.PDF.P7M", "Domanda.pdf.p7m"),
        (".pdf", "documento.pdf"),
        ("...", "documento"),
        ("", "documento"),
        ("a" * 300 + ".pdf.p7m", "a" * 112 + ".pdf.p7m"),
        ("a" * 300, "a" * 120),
        ("verbale 3.5.2026.pdf", "verbale 3.5.2026.pdf"),
        ("\ud800rotto.pdf", "rotto.pdf"),
    ],
)
def test_nomi(nome: str, atteso: str) -> None:
    assert pulisci_nome(nome) == atteso
    assert len(pulisci_nome(nome)) <= 120
    assert pulisci_nome(pulisci_nome(nome)) == atteso


def con_tabella_compressa(oggetti: dict[int, bytes], dentro: bytes) -> bytes:
    """A PDF whose catalogue (object 1) lives in object stream 2, found through a cross-reference stream."""
    uscita, posizioni = io.BytesIO(b"%PDF-1.7\n"), {}
    uscita.seek(0, 2)
    for numero, corpo in oggetti.items():
        posizioni[numero] = uscita.tell()
        uscita.write(b"%d 0 obj\n%s\nendobj\n" % (numero, corpo))
    inizio = uscita.tell()
    righe = [bytes(7), b"\x02" + (2).to_bytes(4, "big") + bytes(2)]
    righe += [b"\x01" + posizioni[n].to_bytes(4, "big") + bytes(2) for n in sorted(posizioni)]
    tabella = zlib.compress(b"".join(righe) + dentro, 9)
    uscita.write(
        b"%d 0 obj\n<< /Type /XRef /Size %d /W [1 4 2] /Root 1 0 R /Nota (/ByteRange) /Filter /FlateDecode "
        b"/Length %d >>\nstream\n" % (len(righe), len(righe), len(tabella))
    )
    uscita.write(tabella + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % inizio)
    return uscita.getvalue()


def compresso(contenuto: bytes) -> dict[int, bytes]:
    catalogo = b"1 0 << /Type /Catalog /Pages 3 0 R >>"
    stretto = zlib.compress(catalogo + contenuto, 9)
    return {
        2: b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
        % (len(stretto), stretto),
        3: b"<< /Type /Pages /Kids [] /Count 0 >>",
    }


def test_il_pdf_di_prova_compresso_si_legge() -> None:
    assert guarda(con_tabella_compressa(compresso(b""), b"")).avvisi == ()


@cache
def bombe() -> dict[str, tuple[bytes, str]]:
    """Small files that grow, recurse or loop when read."""
    catalogo = b"<< /Type /Catalog /Pages 2 0 R /AcroForm %s >>"
    pagine = b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>"
    campi = b"<< /FT /Sig /T (a) /Kids [3 0 R 3 0 R] /Parent 3 0 R >>"
    normale = un_pdf()
    xref = int(normale[normale.rindex(b"startxref") :].split()[1])
    firmati = bytes.fromhex("06092a864886f70d010702")
    pezzi = b"\x24\x80" + b"\x04\x01x" * 3_000_000
    return {
        "oggetti gonfi": (con_tabella_compressa(compresso(b" " * (48 * MIB)), b""), "a.pdf"),
        "tabella gonfia": (con_tabella_compressa(compresso(b""), bytes(48 * MIB)), "a.pdf"),
        "elenchi annidati": (assembla([catalogo % b"3 0 R", pagine, b"[" * 200_000 + b"]" * 200_000]), "a.pdf"),
        "campi in tondo": (assembla([catalogo % b"<< /Fields [3 0 R] >>", pagine, campi]), "a.pdf"),
        "radice che manca": (assembla([b"null"]), "a.pdf"),
        "tabelle in tondo": (normale.replace(b"/Root 1 0 R", b"/Root 1 0 R /Nota (/ByteRange) /Prev %d" % xref), "a.pdf"),
        "sequenze annidate": (b"\x30\x80" + firmati + b"\x30\x80" * 1_000_000, "a.p7m"),
        "lunghezza enorme": (b"\x30\x88" + b"\xff" * 8 + firmati, "a.p7m"),
        "milioni di pezzi": (in_ber(un_p7m(un_pdf())).replace(b"\x24\x80", pezzi, 1), "a.p7m"),
        "solo l'inizio": (b"\x30\x80" + firmati + bytes(10 * MIB), "a.p7m"),
        "base64 enorme": (b"MIIB" + b"A" * (15 * MIB), "a.p7m"),
    }


@pytest.mark.parametrize(
    ("quale", "esito"),
    [
        ("oggetti gonfi", "avviso"),
        ("tabella gonfia", "avviso"),
        ("elenchi annidati", "avviso"),
        ("campi in tondo", "avviso"),
        ("radice che manca", "avviso"),
        ("tabelle in tondo", "avviso"),
        ("sequenze annidate", "rifiuto"),
        ("lunghezza enorme", "rifiuto"),
        ("milioni di pezzi", "rifiuto"),
        ("solo l'inizio", "rifiuto"),
        ("base64 enorme", "rifiuto"),
    ],
)
def test_le_bombe_non_scoppiano(quale: str, esito: str) -> None:
    dati, nome = bombe()[quale]
    tracemalloc.start()
    try:
        avuto = "avviso" if guarda(dati, nome).avvisi else "niente"
    except FileRifiutato:
        avuto = "rifiuto"
    finally:
        _, massimo = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert avuto == esito
    assert massimo < 150 * MIB


def albero_senza_fine() -> bytes:
    """Five kilobytes, forty levels, each pointing twice at the next: 2**40 fields to whoever walks it."""
    oggetti = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [3 0 R] >> >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
    ]
    for numero in range(3, 43):
        oggetti.append(b"<< /FT /Sig /T (a) /Kids [%d 0 R %d 0 R] >>" % (numero + 1, numero + 1))
    return assembla([*oggetti, b"<< /T (z) >>"])


def test_un_file_che_non_finisce_si_abbandona(monkeypatch: pytest.MonkeyPatch) -> None:
    guarda(firma_pdf(un_pdf()))
    monkeypatch.setattr(signatures, "SECONDI", 0.3)
    esame = guarda(albero_senza_fine())
    assert esame.firma is not None
    assert (esame.firma.esito, len(esame.avvisi)) == ("non verificabile", 2)
    monkeypatch.undo()
    assert guarda(firma_pdf(un_pdf())).firma.esito == "integra"  # type: ignore[union-attr]


def test_il_lettore_si_puo_avviare_prima() -> None:
    signatures._processo.chiudi()
    assert signatures.prova()
    assert signatures._processo._vivo is not None


def test_il_lettore_che_muore_riparte() -> None:
    firmato = firma_pdf(un_pdf())
    guarda(firmato)
    lettore = signatures._processo
    assert lettore._vivo is not None
    primo = lettore._vivo.pid
    lettore._vivo.kill()
    assert guarda(firmato).firma.esito == "integra"  # type: ignore[union-attr]
    assert lettore._vivo.pid != primo


def test_piu_persone_insieme() -> None:
    """Requests of many threads share one process: each gets its own answer."""
    buste = [(un_p7m(un_pdf(f"numero {n}"), *[firmatario(5)] * (n % 3 + 1)), n % 3 + 1) for n in range(12)]
    with ThreadPoolExecutor(6) as gruppo:
        esami = list(gruppo.map(lambda b: guarda(b[0], "a.pdf.p7m"), buste))
    assert [e.firma.quante for e in esami if e.firma] == [quante for _, quante in buste]
    assert {e.firma.esito for e in esami if e.firma} == {"integra"}


def test_byte_a_caso_danno_solo_rifiuti() -> None:
    caso = random.Random(56)
    modelli = [
        (un_p7m(un_pdf()), "a.pdf.p7m"),
        (in_ber(un_p7m(un_pdf())), "a.p7m"),
        (firma_pdf(un_pdf()), "a.pdf"),
        (un_pdf(), "a.pdf"),
        (cifra_pdf(un_pdf(), ""), "a.pdf"),
    ]
    for giro in range(250):
        dati, nome = modelli[giro % len(modelli)]
        guasto = bytearray(dati)
        for _ in range(caso.randint(1, 12)):
            guasto[caso.randrange(len(guasto))] = caso.randrange(256)
        if caso.random() < 0.2:
            del guasto[caso.randrange(len(guasto)) :]
        try:
            esame = guarda(bytes(guasto), nome)
        except FileRifiutato:
            continue
        assert esame.dimensione == len(guasto)
