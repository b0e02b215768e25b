"""What a person may attach: is it the document it says it is, and can the office open it in ten years?

Every refusal says what is wrong and how to mend it, before the term expires. Nothing here stores anything:
``esamina`` reads, and the caller hands the same stream to ``portal.storage``. Signatures are only checked for
integrity (see ``portal.signatures``); the file is never rewritten, because that would break them (domain.md 1.10).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, BinaryIO

import puremagic

from .errors import ErroreDominio
from .i18n import _
from .signatures import BustaIllegibile, Firma, apri_busta, leggi_cms, leggi_pdf, peggiore
from .zipped_texts import ODT, testo_zippato

MIB = 1024 * 1024
LIMITE = 20 * MIB
AMMESSI = frozenset({"pdf", "p7m"})
CON_TESTI = AMMESSI | {"odt", "docx"}
"""Also texts that somebody will go on writing, where a file is a working paper."""
MAX_NOME = 120
MAX_BUSTE = 3
TIPI = {
    "pdf": "application/pdf",
    "p7m": "application/pkcs7-mime",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "odt": ODT,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# a zip header alone cannot tell documents apart: there the name is the better witness
_ZIPPATI = frozenset({"zip", "docx", "xlsx", "pptx", "odt", "ods"})
# puremagic guesses wildly on short matches: only these of its answers are worth repeating
_ALTRI_TIPI = _ZIPPATI | {"png", "jpg", "jpeg", "jfif", "gif", "tif", "doc", "xls", "rtf", "rar", "7z", "gz", "eml", "svg"}
_VIETATI = re.compile(r'[<>:"|?*\x00-\x1f]+')


class FileRifiutato(ErroreDominio):
    """The file cannot be taken; ``messaggio`` says why and what to do."""


@dataclass(frozen=True, slots=True)
class EsitoFirma:
    """The signatures of a file, all levels together, with no name in it.

    ``esito`` is «integra», «alterata» or «non verificabile»: the worst of all; ``momenti`` are the times that
    the signers' computers declared (aware UTC), where there are any; ``formati`` is CAdES, PAdES or both.
    """

    esito: str
    quante: int
    formati: tuple[str, ...]
    momenti: tuple[datetime, ...] = ()
    algoritmi: tuple[str, ...] = ()

    @property
    def spiegazione(self) -> str:
        frasi: dict[str, str] = {
            "integra": _(
                "Firma integra: il contenuto non è cambiato dopo la firma. "
                "Chi ha firmato e la validità del certificato si controllano a parte."
            ),
            "alterata": _("Firma alterata: il contenuto non è più quello che è stato firmato."),
        }
        return frasi.get(self.esito, str(_("Firma non verificabile: il portale non riesce a controllarla.")))


@dataclass(frozen=True, slots=True)
class FileEsaminato:
    """A file that may be stored: cleaned name, MIME type, size in bytes, SHA-256 in hexadecimal.

    ``estensione`` is that of the whole file; ``avvisi`` are sentences to show to who uploads it.
    """

    nome: str
    tipo: str
    estensione: str
    dimensione: int
    sha256: str
    firma: EsitoFirma | None = None
    avvisi: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Lettura:
    """What one level of the file told: its signatures, by format, and what to warn about."""

    firme: tuple[tuple[str, Firma], ...] = ()
    avvisi: tuple[str, ...] = ()


def esamina(flusso: BinaryIO, nome: str, *, ammessi: frozenset[str] = AMMESSI, limite: int = LIMITE) -> FileEsaminato:
    """Look at an uploaded file; the stream must be seekable and is left where it was.

    ``ammessi`` are extensions among ``TIPI``; ``limite`` is in bytes and bounds the memory used (about six times).
    Raises ``FileRifiutato`` and nothing else, whatever the bytes.
    """
    nome = pulisci_nome(nome)
    estensione = _estensione(nome)
    if estensione not in ammessi:
        raise _estensione_non_ammessa(nome, estensione, ammessi)
    dati = _leggi(flusso, nome, limite)
    lettura = _controlla(dati, nome, estensione, ammessi, MAX_BUSTE)
    firma = _riassumi(lettura.firme)
    return FileEsaminato(
        nome=nome,
        tipo=TIPI[estensione],
        estensione=estensione,
        dimensione=len(dati),
        sha256=hashlib.sha256(dati).hexdigest(),
        firma=firma,
        avvisi=lettura.avvisi + _avvisi_firma(firma),
    )


def pulisci_nome(nome: str) -> str:
    """A name safe to show and to put in a header: no folders, no invisible characters, NFC, at most 120.

    A long name loses characters before its extension, which is kept (also a double one: ``.pdf.p7m``).
    """
    nome = re.split(r"[/\\]", unicodedata.normalize("NFC", nome))[-1]
    nome = "".join(" " if c.isspace() else c for c in nome if unicodedata.category(c)[0] != "C" or c.isspace())
    nome = re.sub(r"\s+", " ", _VIETATI.sub("_", nome)).rstrip(" .")
    base, estensioni = _separa(nome)
    base = base.strip(" .") or "documento"
    return base[: MAX_NOME - len(estensioni)].rstrip(" .") + estensioni


def _separa(nome: str) -> tuple[str, str]:
    """The name and its extensions, lower case: ``("Statuto", ".pdf.p7m")``. Only short ones count as such."""
    coda = re.search(r"(?:\.(?:pdf|p7m))+$|\.[A-Za-z0-9]{1,5}$", nome, re.IGNORECASE)
    if coda is None:
        return nome, ""
    return nome[: coda.start()], coda.group().lower()


def _estensione(nome: str) -> str:
    return _separa(nome)[1].rpartition(".")[2]


def _leggi(flusso: BinaryIO, nome: str, limite: int) -> bytes:
    inizio = flusso.tell()
    try:
        dati = flusso.read(limite + 1)
        if not dati:
            raise FileRifiutato(
                _(
                    "«%(nome)s» è vuoto (0 byte). Apri il documento sul tuo computer, controlla che si veda, "
                    "salvalo e caricalo di nuovo.",
                    nome=nome,
                )
            )
        if len(dati) > limite:
            raise _troppo_grande(nome, flusso.seek(0, 2) - inizio, limite)
        return dati
    finally:
        flusso.seek(inizio)


def _controlla(dati: bytes, nome: str, estensione: str, ammessi: frozenset[str], buste: int) -> _Lettura:
    trovata = riconosci(dati)
    if trovata is None or TIPI[trovata] != TIPI.get(estensione):
        raise _contenuto_diverso(nome, estensione, dati, trovata)
    if trovata == "pdf":
        return _controlla_pdf(dati, nome)
    if trovata == "p7m":
        return _controlla_p7m(dati, nome, ammessi, buste)
    return _Lettura()


def riconosci(dati: bytes) -> str | None:
    """The kind of the content among ``TIPI``, whatever the name says; None if it is none of them."""
    if dati[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(b"%PDF-"):
        return "pdf"
    if dati.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if dati.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if dati.startswith(b"PK\x03\x04"):
        return testo_zippato(dati)
    return "p7m" if leggi_cms(dati) is not None else None


def _controlla_pdf(dati: bytes, nome: str) -> _Lettura:
    lettura = leggi_pdf(dati)
    if not lettura.intero:
        raise FileRifiutato(
            _(
                "Il PDF «%(nome)s» è incompleto: manca la parte finale, forse il salvataggio si è interrotto. "
                "Aprilo sul tuo computer, salvalo di nuovo come PDF e ricaricalo.",
                nome=nome,
            )
        )
    if lettura.chiede_password:
        raise FileRifiutato(
            _(
                "Il PDF «%(nome)s» è protetto da una password: chi deve leggerlo non potrebbe aprirlo. "
                "Salvane una copia senza password e carica quella.",
                nome=nome,
            )
        )
    avvisi = []
    if not lettura.leggibile:
        avvisi.append(_("Il portale non riesce a leggere la struttura di «%(nome)s»: controlla che si apra.", nome=nome))
    if lettura.protetto:
        avvisi.append(_("«%(nome)s» ha delle protezioni (per esempio sulla stampa): se puoi, toglile.", nome=nome))
    return _Lettura(tuple(("PAdES", f) for f in lettura.firme), tuple(avvisi))


def _controlla_p7m(dati: bytes, nome: str, ammessi: frozenset[str], buste: int) -> _Lettura:
    if buste == 0:
        raise FileRifiutato(
            _(
                "«%(nome)s» contiene più di %(quante)s firme una dentro l’altra. "
                "Parti dal documento originale e raccogli le firme sullo stesso file.",
                nome=nome,
                quante=MAX_BUSTE,
            )
        )
    try:
        busta = apri_busta(leggi_cms(dati) or b"")
    except BustaIllegibile as errore:
        raise _busta_illeggibile(nome, errore.difetto.value) from errore
    interno = _nome_interno(nome, busta.contenuto)
    if _estensione(interno) not in ammessi:
        raise _interno_non_ammesso(nome, interno, busta.contenuto, ammessi)
    dentro = _controlla(busta.contenuto, interno, _estensione(interno), ammessi, buste - 1)
    return replace(dentro, firme=tuple(("CAdES", f) for f in busta.firme) + dentro.firme)


def _nome_interno(nome: str, contenuto: bytes) -> str:
    """The name without its last ``.p7m``; where no known extension is left, the content gives it."""
    interno = nome[: -len(".p7m")]
    if _estensione(interno) in TIPI or len(_estensione(interno)) >= 3:
        return interno
    trovata = riconosci(contenuto)
    return f"{interno}.{trovata}" if trovata else interno


def _riassumi(firme: tuple[tuple[str, Firma], ...]) -> EsitoFirma | None:
    if not firme:
        return None
    sole = [firma for _formato, firma in firme]
    return EsitoFirma(
        esito=peggiore(f.esito for f in sole).value,
        quante=len(sole),
        formati=tuple(dict.fromkeys(formato for formato, _firma in firme)),
        momenti=tuple(sorted(f.momento for f in sole if f.momento)),
        algoritmi=tuple(dict.fromkeys(f.algoritmo for f in sole if f.algoritmo)),
    )


def _avvisi_firma(firma: EsitoFirma | None) -> tuple[str, ...]:
    if firma is None:
        return ()
    avvisi = []
    if firma.esito == "alterata":
        avvisi.append(_("Il documento è stato modificato dopo la firma. Firma di nuovo l’originale e carica il nuovo file."))
    elif firma.esito != "integra":
        avvisi.append(_("Il portale non riesce a controllare la firma: provala con il programma con cui hai firmato."))
    if any(a.startswith(("MD5", "SHA-1 ")) for a in firma.algoritmi):
        avvisi.append(_("La firma usa un algoritmo superato: aggiorna il programma di firma e firma di nuovo."))
    return tuple(avvisi)


def _megabyte(byte: int, *, per_eccesso: bool) -> str:
    """In MB with one decimal; a size rounds up and a limit down, so that «too big» always reads as such."""
    decimi = -(-byte * 10 // MIB) if per_eccesso else byte * 10 // MIB
    testo = f"{decimi // 10},{decimi % 10}".removesuffix(",0")
    return f"{testo} MB" if decimi else f"{byte} byte"


def _troppo_grande(nome: str, dimensione: int, limite: int) -> FileRifiutato:
    return FileRifiutato(
        _(
            "«%(nome)s» pesa %(peso)s, il massimo è %(limite)s. Riduci la risoluzione della scansione "
            "(bastano 200 punti per pollice in bianco e nero) o dividi il documento in più file.",
            nome=nome,
            peso=_megabyte(dimensione, per_eccesso=True),
            limite=_megabyte(limite, per_eccesso=False),
        )
    )


def _elenco(ammessi: frozenset[str]) -> str:
    return ", ".join(sorted(e.upper() for e in ammessi if e != "p7m") + (["P7M"] if "p7m" in ammessi else []))


def _estensione_non_ammessa(nome: str, estensione: str, ammessi: frozenset[str]) -> FileRifiutato:
    if not estensione:
        testo = _(
            "Dal nome «%(nome)s» non si capisce che tipo di file è: manca la parte finale, per esempio «.pdf». "
            "Qui puoi caricare: %(ammessi)s.",
            nome=nome,
            ammessi=_elenco(ammessi),
        )
    else:
        testo = _(
            "«%(nome)s» è un file .%(estensione)s: qui puoi caricare %(ammessi)s.",
            nome=nome,
            estensione=estensione,
            ammessi=_elenco(ammessi),
        )
        if "pdf" in ammessi:
            testo += " " + _("Apri il documento, scegli «Salva come» o «Esporta», e salvalo in PDF.")
    return FileRifiutato(testo)


def _contenuto_diverso(nome: str, estensione: str, dati: bytes, trovata: str | None) -> FileRifiutato:
    return FileRifiutato(
        _(
            "«%(nome)s» finisce con .%(estensione)s ma dentro c’è %(cosa)s. Cambiare il nome non basta: "
            "torna al documento originale, esportalo nel formato giusto e caricalo di nuovo.",
            nome=nome,
            estensione=estensione,
            cosa=_descrivi(dati, trovata),
        )
    )


def _interno_non_ammesso(nome: str, interno: str, dati: bytes, ammessi: frozenset[str]) -> FileRifiutato:
    return FileRifiutato(
        _(
            "Dentro la firma di «%(nome)s» c’è %(cosa)s: si accettano %(ammessi)s. "
            "Esporta il documento in PDF, firmalo di nuovo e carica il nuovo file.",
            nome=nome,
            cosa=_descrivi(dati, riconosci(dati), _estensione(interno)),
            ammessi=_elenco(ammessi - {"p7m"}),
        )
    )


def _descrivi(dati: bytes, trovata: str | None, estensione: str = "") -> str:
    """What the content looks like, in words; puremagic changed major version, so only its first guess is used."""
    if trovata is None:
        try:
            trovata = puremagic.magic_string(dati[:4096])[0].extension.strip(".").lower()
        except Exception:  # it declares two errors and raises more on odd bytes
            trovata = ""
    if trovata in _ZIPPATI:
        trovata = estensione if estensione in _ZIPPATI else "zip"
    nomi: dict[str, str] = {
        "pdf": _("un PDF"),
        "p7m": _("un file firmato .p7m"),
        "exe": _("un programma"),
        "zip": _("un archivio compresso"),
        "html": _("una pagina web"),
    }
    if trovata not in nomi and trovata not in _ALTRI_TIPI:
        return str(_("un contenuto che non riconosciamo"))
    return nomi.get(trovata, str(_("un file .%(estensione)s", estensione=trovata)))


def _busta_illeggibile(nome: str, difetto: str) -> FileRifiutato:
    spiegazioni: dict[str, Any] = {
        "staccata": _(
            "«%(nome)s» contiene solo la firma, senza il documento. "
            "Firma di nuovo scegliendo «CAdES con documento incluso».",
            nome=nome,
        ),
        "cifrata": _(
            "«%(nome)s» è cifrato, non firmato: solo il destinatario può aprirlo. "
            "Firma il documento senza cifrarlo e carica quello.",
            nome=nome,
        ),
        "incompleta": _(
            "Il file firmato «%(nome)s» è incompleto: forse la copia si è interrotta. "
            "Aprilo con il tuo programma di firma; se non si apre, firma di nuovo il documento.",
            nome=nome,
        ),
    }
    altro = _(
        "Il file firmato «%(nome)s» non si riesce a leggere. "
        "Controllalo con il tuo programma di firma, poi firma di nuovo il documento e ricaricalo.",
        nome=nome,
    )
    return FileRifiutato(spiegazioni.get(difetto, altro))
