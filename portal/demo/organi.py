"""The bodies of Casarano as the governance chapter of its plan 2022-2024 describes them; people only by their role.

Composition and tasks come from the plan; quorum, notice and the acts of appointment are examples, and say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..ambiti.models import Ambito
from ..organi import operations
from ..organi.models import BaseQuote, Genere, NomeSoglia, Organo, Pubblicazione
from ..organi.operations import DatiRegola, DatiSeggio
from ..utenti.models import Utente

DAL = date(2022, 5, 20)
ELETTI = date(2022, 7, 14)
FONTE = "Piano sociale di zona 2022-2024, capitolo sulla governance"
ESEMPIO = "Atto di nomina d’esempio"
ORDINARIA = DatiRegola("Decisioni ordinarie", "votanti", "maggioranza", "teste", prevale_presidente=True)
UNANIME = DatiRegola("Nomina del Responsabile dell’Ufficio di Piano", "componenti", "tutti", "teste")
COMUNI = ("Casarano", "Collepasso", "Matino", "Parabita", "Ruffano", "Supersano", "Taurisano")
REGOLE = {
    "norma": FONTE,
    "quorum_teste": NomeSoglia.MAGGIORANZA,
    "quorum_quote": None,
    "seconda_teste": NomeSoglia.UN_TERZO,
    "seconda_quote": None,
    "base_quote": BaseQuote.CENTO,
    "conflitto_riduce": True,
    "preavviso_giorni": 5,
    "preavviso_ore": 24,
    "deleghe_massime": 1,
    "assenze_massime": 3,
    "assenze_norma": "Articolo d’esempio: chi manca tre volte di fila senza un motivo decade",
    "osservazioni_giorni": 5,
    "pubblicazione": Pubblicazione.VERBALE,
}
"""Examples, but for the source: the plan does not print them."""


ACCESSI = {"Comune di Matino": "componente@casarano.example", "Comune di Parabita": "componente2@casarano.example"}
"""Who has an account, among those that sit on the Cabina and on the Coordinamento."""


def carica(ambito: Ambito, persone: Mapping[str, Utente]) -> None:
    """Load the bodies and who sits there; ``persone`` by address. Call it inside ``usa_ambito``."""
    _coordinamento(ambito, persone)
    _cabina(ambito, persone)
    _sindacati(ambito)


def _organo(ambito: Ambito, ordine: int, nome: str, genere: Genere, compiti: str, *regole: DatiRegola) -> Organo:
    dati = {**REGOLE, "nome": nome, "genere": genere, "compiti": compiti, "ordine": ordine}
    return operations.crea(ambito_id=ambito.id, dati=dati, regole=regole, attore=None)


def _siede(
    organo: Organo,
    categoria: str,
    chi: str,
    qualita: str,
    *,
    presiede: bool = False,
    dal: date = DAL,
    voto: bool = True,
    utente: Utente | None = None,
) -> None:
    """A seat with who holds it; ``qualita`` empty: the seat alone."""
    dati = DatiSeggio(categoria, chi, dal, presiede=presiede, voto=voto)
    seggio = operations.aggiungi_seggio(organo, dati=dati, attore=None)
    if qualita:
        operations.nomina(
            seggio, nome="", qualita=qualita, atto=ESEMPIO, dal=dal, utente_id=utente.id if utente else None, attore=None
        )


def _coordinamento(ambito: Ambito, persone: Mapping[str, Utente]) -> None:
    organo = _organo(
        ambito, 1, "Coordinamento Istituzionale", Genere.COORDINAMENTO,
        "Dà gli indirizzi, adotta il Piano di Zona e i regolamenti, approva il bilancio e i rendiconti. "
        "Nomina il Responsabile dell’Ufficio di Piano, con il voto di tutti.",
        ORDINARIA, UNANIME,
    )  # fmt: skip
    for comune in COMUNI:
        qualita = "Sindaco, presidente" if comune == "Casarano" else "Sindaco o assessore delegato"
        chi = f"Comune di {comune}"
        utente = persone.get(ACCESSI.get(chi, ""))
        _siede(organo, "Comune", chi, qualita, presiede=comune == "Casarano", utente=utente)


def _cabina(ambito: Ambito, persone: Mapping[str, Utente]) -> None:
    organo = _organo(
        ambito, 2, "Cabina di Regia", Genere.CABINA,
        "Fa proposte, concerta le risorse, controlla la qualità dei servizi e verifica il piano. "
        "Riunisce i Comuni, l’Ufficio di Piano, i sindacati, il Distretto socio-sanitario e tre enti del Terzo settore "
        "eletti dalla Rete, scelti fra quelli che non gestiscono servizi per l’Ambito.",
        ORDINARIA,
    )  # fmt: skip
    _siede(organo, "Ufficio di Piano", "Ufficio di Piano", "Responsabile, coordina", presiede=True)
    for comune in COMUNI:
        chi = f"Comune di {comune}"
        _siede(organo, "Comune", chi, "Sindaco o assessore delegato", utente=persone.get(ACCESSI.get(chi, "")))
    for sigla in ("CGIL", "CISL", "UIL"):
        _siede(organo, "Organizzazione sindacale", sigla, "Rappresentante")
        _siede(organo, "Categoria dei pensionati", f"Pensionati {sigla}", "Referente")
    _siede(organo, "Azienda sanitaria", "Distretto socio-sanitario", "Direttore")
    for n in (1, 2, 3):
        _siede(organo, "Ente del Terzo settore", f"Posto {n} degli eletti dalla Rete", "", dal=ELETTI)


def _sindacati(ambito: Ambito) -> None:
    organo = _organo(
        ambito, 3, "Tavolo con le organizzazioni sindacali", Genere.SINDACATI,
        "È il luogo stabile del confronto con i sindacati sul piano, sui servizi e sui contratti di chi ci lavora.",
        ORDINARIA,
    )  # fmt: skip
    for sigla in ("CGIL", "CISL", "UIL"):
        _siede(organo, "Organizzazione sindacale", sigla, "Segreteria")
        _siede(organo, "Categoria dei pensionati", f"Pensionati {sigla}", "Referente")
