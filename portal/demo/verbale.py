"""Minutes of the demonstration: one published, with words left out; one that its members are reading; one just composed.

What was said at those sittings is an example, and the texts say so; the signatures are made here with keys that nobody has.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
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


def carica(ambito: Ambito, deposito: Deposito, verifica: str) -> None:
    """Load the minutes. Call it inside ``usa_ambito``, after the sittings. ``verifica``: the address of ``/verifica``."""
    with clocks.alle(_alle(2023, 3, 1, 9)):
        testi.componi(_del_giorno(COORDINAMENTO, date(2023, 2, 28)), attore=None)
    _pubblicato(ambito, deposito, verifica)
    _in_lettura()


def _alle(anno: int, mese: int, giorno: int, ore: int) -> datetime:
    return da_roma(datetime(anno, mese, giorno, ore))  # noqa: DTZ001  Rome's time, made aware by da_roma


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
    seduta = _del_giorno(CABINA, date(2023, 3, 2))
    testi.componi(seduta, attore=None)
    verbale = _riletto(seduta)
    frase = "Esempio: condivise le schede di dettaglio e la programmazione finanziaria."
    testi.scrivi_sommario(verbale, sommario=frase, versione=verbale.versione, attore=None)
    passi.invia(verbale, indirizzo="", attore=None)


def _pubblicato(ambito: Ambito, deposito: Deposito, verifica: str) -> None:
    """The minute of the sitting that adopted the plan, all the way."""
    seduta = _del_giorno(COORDINAMENTO, date(2023, 6, 1))
    with clocks.alle(_alle(2023, 6, 1, 13)):
        testi.componi(seduta, attore=None)
        _scritto(_riletto(seduta))
        passi.invia(_riletto(seduta), indirizzo="", attore=None)
    with clocks.alle(_alle(2023, 6, 5, 9)):
        _osservato(_riletto(seduta))
    with clocks.alle(_alle(2023, 6, 15, 12)):
        originale = _approvato(_riletto(seduta), ambito, deposito)
    with clocks.alle(_alle(2023, 6, 16, 10)):
        _firmato(_riletto(seduta), originale, deposito)
    with clocks.alle(_alle(2023, 6, 16, 11)):
        _in_pubblico(_riletto(seduta), ambito, deposito, verifica)


def _scritto(verbale: Verbale) -> None:
    frase = "Esempio: i Comuni hanno approvato il rendiconto e adottato il Piano sociale di zona 2022-2024."
    testi.scrivi_sommario(verbale, sommario=frase, versione=verbale.versione, attore=None)
    seconda = [p for p in verbale.parti if p.genere == GenereParte.PUNTO][1]
    testo = f"{seconda.testo}\n\nUna persona presente, {OMESSO}, chiede quando apre lo sportello del suo Comune."
    testi.scrivi_parte(seconda, testo=testo, versione=seconda.versione, attore=None)


def _osservato(verbale: Verbale) -> None:
    posto = next(c.seggio_id for c in verbale.seduta.convocati if c.seggio.ordine == 2)
    domanda = "Esempio: al punto 2 va scritto che la domanda riguardava lo sportello."
    scritta = testi.osserva(verbale, seggio_id=posto, testo=domanda, attore=None, dall_ufficio=True)
    testi.rispondi(scritta, esito=EsitoOsservazione.ACCOLTA, risposta="Il testo lo dice.", attore=None)


def _approvato(verbale: Verbale, ambito: Ambito, deposito: Deposito) -> bytes:
    c = contenuto(verbale)
    copia = Copia(ambito.nome, ambito.capofila, clocks.adesso(), firme=("Chi presiede", "Chi scrive il verbale"))
    pdf = in_pdf(c, copia)
    voto = queries.voti_utili(verbale)[0]
    passi.approva(verbale, voto, fissato=scrivi(c), originale=_deponi(pdf, "verbale.pdf", deposito), attore=None)
    return pdf


def _firmato(verbale: Verbale, originale: bytes, deposito: Deposito) -> None:
    busta = _firma(originale, ("Chi presiede (esempio)", "Chi scrive il verbale (esempio)"))
    file = _deponi(busta, "verbale.pdf.p7m", deposito)
    firmato = Deposto(file.nome, file.chiave, file.dimensione, file.sha256, "integra", 2)
    passi.firma(verbale, firmato=firmato, attore=None)


def _in_pubblico(verbale: Verbale, ambito: Ambito, deposito: Deposito, verifica: str) -> None:
    motivo = "persona privata, art. 6 del regolamento UE 2016/679"
    testi.ometti(verbale, testo=OMESSO, motivo=motivo, attore=None)
    c = con_omissis(contenuto(verbale), [OMESSO])
    nota = f"«[omissis]» sta per parole tolte da questa copia: {motivo}."
    copia = Copia(ambito.nome, ambito.capofila, verbale.approvato_il or clocks.adesso(), note=(nota,),
                  codice=verbale.codice, verifica=verifica)  # fmt: skip
    file = _deponi(in_pdf(c, copia), f"verbale-{verbale.anno}-{verbale.numero}.pdf", deposito)
    passi.pubblica(verbale, copia=scrivi(c), pubblico=file, indirizzo="", attore=None)


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
