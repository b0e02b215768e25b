"""Example enti and everyone's accounts."""

from __future__ import annotations

from ..ambiti.models import Ambito
from ..enti import operations as enti
from ..enti.models import Ente, SezioneRunts, StatoRunts, TipoEnte
from ..utenti import operations as utenti
from ..utenti.models import Utente
from ..utenti.rules import PAROLA_DIMOSTRAZIONE
from . import account
from .lettura import DATI, completo, leggi


def carica_enti() -> dict[str, Ente]:
    """The example enti by file name, registered with what their register says."""
    return {f.stem: _ente(leggi("enti", f.stem)) for f in sorted((DATI / "enti").glob("*.toml"))}


def _ente(dati: dict) -> Ente:  # type: ignore[type-arg]
    return enti.registra(
        codice_fiscale=dati["codice_fiscale"],
        dati={campo: completo(dati.get(campo)) or None for campo in enti.CAMPI},
        runts=runts(dati),
        attivita=dati["attivita"],
        attore=None,
        tipo=TipoEnte(dati["tipo"]),
        esempio=True,
    )


def runts(dati: dict) -> enti.DatiRunts:  # type: ignore[type-arg]
    return enti.DatiRunts(
        SezioneRunts(dati["sezione"]), dati["repertorio"], dati["iscritto_il"], StatoRunts(dati["stato_runts"]), "esempio"
    )


def carica_account(ambiti: dict[str, Ambito], enti_: dict[str, Ente]) -> dict[str, Utente]:
    """Every account by address, with its role."""
    fatti = {}
    for voce in account.ACCOUNT:
        utente = utenti.crea_utente(email=voce.email, nome=account.nome(voce), attore=None, password=PAROLA_DIMOSTRAZIONE)
        utenti.assegna_ruolo(
            utente,
            voce.ruolo,
            attore=None,
            ambito_id=ambiti[voce.ambito].id if voce.ambito else None,
            ente_id=enti_[voce.ente].id if voce.ente else None,
        )
        fatti[voce.email] = utente
    return fatti
