"""Minutes of the demonstration: two published, one with words left out; one that its members are reading; one just composed.

What was said at those sittings is an example, and the texts say so; the signatures are made here with keys that nobody has.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7

from .. import clocks
from ..ambiti.models import Ambito
from ..clocks import a_roma, da_roma
from ..errors import NonTrovato
from ..sedute import queries as sedute
from ..sedute.models import Seduta
from ..storage import Deposito
from ..verbale import queries
from ..verbale.contenuto import contenuto
from ..verbale.documenti import Copia, in_pdf
from ..verbale.models import EsitoOsservazione, GenereParte, Verbale
from ..verbale.operations import passi, testi
from ..verbale.operations.passi import Deposto
from ..verbale.rules.contenuto import scrivi
from ..verbale.rules.omissis import con_omissis

COORDINAMENTO, CABINA = "coordinamento-istituzionale", "cabina-di-regia"
OMESSO = "Primo Esempio"


@dataclass(frozen=True)
class Cammino:
    """A minute that goes all the way: its sitting, what it says in a line, what was left out of the copy and why."""

    organo: str
    seduta: date
    sommario: str
    punto: int
    """The item, from 0, to which ``aggiunta`` is added."""
    aggiunta: str
    osservazione: str
    risposta: str
    scritto: datetime
    osservato: datetime
    approvato: datetime
    pubblicato: datetime
    omesso: str = ""
    motivo: str = ""


def _alle(anno: int, mese: int, giorno: int, ore: int) -> datetime:
    return da_roma(datetime(anno, mese, giorno, ore))  # noqa: DTZ001  Rome's time, made aware by da_roma


CAMMINI = (
    Cammino(
        CABINA, date(2023, 3, 2), "Esempio: condivise le schede di dettaglio e la programmazione finanziaria.",
        4, "Le organizzazioni sindacali chiedono di rivedere ogni anno le ore di assistenza a casa. *Sintesi d’esempio.*",
        "Esempio: al punto 5 manca la richiesta sulle ore di assistenza a casa.", "Aggiunta alla discussione del punto 5.",
        _alle(2023, 3, 3, 9), _alle(2023, 3, 7, 9), _alle(2023, 3, 16, 12), _alle(2023, 3, 17, 10),
    ),
    Cammino(
        COORDINAMENTO, date(2023, 6, 1),
        "Esempio: i Comuni hanno approvato il rendiconto e adottato il Piano sociale di zona 2022-2024.",
        1, f"Una persona presente, {OMESSO}, chiede quando apre lo sportello del suo Comune.",
        "Esempio: al punto 2 va scritto che la domanda riguardava lo sportello.", "Il testo lo dice.",
        _alle(2023, 6, 1, 13), _alle(2023, 6, 5, 9), _alle(2023, 6, 15, 12), _alle(2023, 6, 16, 10),
        omesso=OMESSO, motivo="persona privata, art. 6 del regolamento UE 2016/679",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Luogo:
    """Where the copies go and what they say of themselves."""

    ambito: Ambito
    deposito: Deposito
    verifica: str


def carica(ambito: Ambito, deposito: Deposito, verifica: str) -> None:
    """Load the minutes. Call it inside ``usa_ambito``, after the sittings. ``verifica``: the address of ``/verifica``."""
    with clocks.alle(_alle(2023, 3, 1, 9)):
        testi.componi(_del_giorno(COORDINAMENTO, date(2023, 2, 28)), attore=None)
    for cammino in CAMMINI:
        _fino_in_fondo(cammino, Luogo(ambito, deposito, verifica))
    _in_lettura()


def _del_giorno(slug: str, giorno: date) -> Seduta:
    """The sitting of a body held on that day."""
    for numero in range(1, 20):
        seduta = sedute.intera(slug, numero)
        if seduta is not None and a_roma(seduta.inizio).date() == giorno:
            return seduta
    raise NonTrovato


def _riletto(seduta: Seduta) -> Verbale:
    trovato = queries.intero(seduta.organo.slug, seduta.numero)
    if trovato is None:
        raise NonTrovato
    return trovato


def _in_lettura() -> None:
    """Sent today: its members may still ask for changes."""
    seduta = _del_giorno(COORDINAMENTO, date(2023, 6, 15))
    testi.componi(seduta, attore=None)
    verbale = _riletto(seduta)
    frase = "Esempio: approvato il verbale della seduta che ha adottato il piano."
    testi.scrivi_sommario(verbale, sommario=frase, versione=verbale.versione, attore=None)
    passi.invia(verbale, indirizzo="", attore=None)


def _fino_in_fondo(c: Cammino, dove: Luogo) -> None:
    """Written, read again, approved by a later sitting, signed, published."""
    seduta = _del_giorno(c.organo, c.seduta)
    with clocks.alle(c.scritto):
        testi.componi(seduta, attore=None)
        _scritto(_riletto(seduta), c)
        passi.invia(_riletto(seduta), indirizzo="", attore=None)
    with clocks.alle(c.osservato):
        _osservato(_riletto(seduta), c)
    with clocks.alle(c.approvato):
        originale = _approvato(_riletto(seduta), dove)
    with clocks.alle(c.pubblicato):
        _firmato(_riletto(seduta), originale, dove.deposito)
    with clocks.alle(c.pubblicato + timedelta(hours=1)):
        _in_pubblico(_riletto(seduta), c, dove)


def _scritto(verbale: Verbale, c: Cammino) -> None:
    testi.scrivi_sommario(verbale, sommario=c.sommario, versione=verbale.versione, attore=None)
    parte = [p for p in verbale.parti if p.genere == GenereParte.PUNTO][c.punto]
    testi.scrivi_parte(parte, testo=f"{parte.testo}\n\n{c.aggiunta}", versione=parte.versione, attore=None)


def _osservato(verbale: Verbale, c: Cammino) -> None:
    posto = next(x.seggio_id for x in verbale.seduta.convocati if x.seggio.ordine == 2)
    scritta = testi.osserva(verbale, seggio_id=posto, testo=c.osservazione, attore=None, dall_ufficio=True)
    testi.rispondi(scritta, esito=EsitoOsservazione.ACCOLTA, risposta=c.risposta, attore=None)


def _approvato(verbale: Verbale, dove: Luogo) -> bytes:
    c = contenuto(verbale)
    firme = ("Chi presiede", "Chi scrive il verbale")
    pdf = in_pdf(c, Copia(dove.ambito.nome, dove.ambito.capofila, clocks.adesso(), firme=firme))
    voto = queries.voti_utili(verbale)[0]
    originale = _deponi(pdf, "verbale.pdf", dove.deposito)
    passi.approva(verbale, voto, fissato=scrivi(c), originale=originale, attore=None)
    return pdf


def _firmato(verbale: Verbale, originale: bytes, deposito: Deposito) -> None:
    busta = _firma(originale, ("Chi presiede (esempio)", "Chi scrive il verbale (esempio)"))
    file = _deponi(busta, "verbale.pdf.p7m", deposito)
    firmato = Deposto(file.nome, file.chiave, file.dimensione, file.sha256, "integra", 2)
    passi.firma(verbale, firmato=firmato, attore=None)


def _in_pubblico(verbale: Verbale, c: Cammino, dove: Luogo) -> None:
    omessi, note = [], []
    if c.omesso:
        testi.ometti(verbale, testo=c.omesso, motivo=c.motivo, attore=None)
        omessi, note = [c.omesso], [f"«[omissis]» sta per parole tolte da questa copia: {c.motivo}."]
    pubblico = con_omissis(contenuto(verbale), omessi)
    copia = Copia(
        dove.ambito.nome, dove.ambito.capofila, verbale.approvato_il or clocks.adesso(), note=tuple(note),
        codice=verbale.codice, verifica=dove.verifica,
    )  # fmt: skip
    nome = f"verbale-{verbale.anno}-{verbale.numero}.pdf"
    file = _deponi(in_pdf(pubblico, copia), nome, dove.deposito)
    passi.pubblica(verbale, copia=scrivi(pubblico), pubblico=file, indirizzo="", attore=None)


def _deponi(dati: bytes, nome: str, deposito: Deposito) -> Deposto:
    oggetto = deposito.put(io.BytesIO(dati), limite=None)
    return Deposto(nome, oggetto.chiave, oggetto.dimensione, oggetto.sha256)


def _firma(dati: bytes, chi: Sequence[str]) -> bytes:
    """A CAdES-like envelope with a signature each, by keys made now and forgotten."""
    busta = pkcs7.PKCS7SignatureBuilder().set_data(dati)
    for nome in chi:
        chiave = ec.generate_private_key(ec.SECP256R1())
        busta = busta.add_signer(_certificato(nome, chiave), chiave, hashes.SHA256())
    return busta.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


def _certificato(nome: str, chiave: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    soggetto = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, nome)])
    inizio = clocks.adesso().astimezone(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(soggetto)
        .issuer_name(soggetto)
        .public_key(chiave.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(inizio)
        .not_valid_after(inizio + timedelta(days=365))
        .sign(chiave, hashes.SHA256())
    )
