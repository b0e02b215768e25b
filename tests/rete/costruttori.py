"""A Rete for tests: a category, adhesions in any state with what that state needs, who speaks for an ente."""

from __future__ import annotations

from datetime import date, timedelta
from secrets import token_hex
from typing import Any

from portal.ambiti.models import Ambito
from portal.clocks import adesso
from portal.enti.models import Ente
from portal.rete.models import (
    Adesione,
    Candidatura,
    CategoriaRete,
    Elettore,
    Elezione,
    Parita,
    Preferenza,
    Rappresentante,
    SchedaVoto,
    StatoElezione,
)
from portal.rete.models import StatoAdesione as S
from tests.fabbrica import salva

DAL = date(2022, 6, 10)
DECISE = (S.AMMESSA, S.RESPINTA, S.RECESSA, S.ESCLUSA)
ENTRATE = (S.AMMESSA, S.RECESSA, S.ESCLUSA)


def categoria(
    ambito: Ambito, nome: str = "Enti del Terzo settore", *, ordine: int = 1, aperta: bool = True
) -> CategoriaRete:
    return salva(CategoriaRete(ambito_id=ambito.id, nome=nome, ordine=ordine, aperta=aperta))


def adesione(cat: CategoriaRete, ente: Ente, stato: S = S.AMMESSA, *, dal: date = DAL, al: date | None = None, **altro: Any):
    """In that state, with an act where it was decided: a member from ``dal``, until ``al`` where it left."""
    valori = {
        "presentazione": "Aiutiamo chi è solo.",
        "dichiarazione": "Dichiaro.",
        "chiesta_il": adesso(),
        "motivo": "",
        "motivo_fine": "",
        "atto": "Determinazione n. 1" if stato in DECISE else None,
        "decisa_il": adesso() if stato in DECISE else None,
        "ammessa_il": dal if stato in ENTRATE else None,
        "cessata_il": (al or date(2023, 3, 1)) if stato in (S.RECESSA, S.ESCLUSA) else None,
        "atto_fine": "Determinazione n. 2" if stato == S.ESCLUSA else None,
        "attiva": 1 if stato in (S.RICHIESTA, S.AMMESSA) else None,
        **altro,
    }
    return salva(Adesione(ambito_id=cat.ambito_id, categoria_id=cat.id, ente_id=ente.id, stato=stato, **valori))


def elezione(membro: Adesione, slug: str, **altro: Any) -> tuple[Elezione, Elettore, Candidatura]:
    """Just called: one ente votes, stands, and a ballot for it is in the urn."""
    ora, comune = adesso(), {"ambito_id": membro.ambito_id}
    valori = {
        "titolo": "Rappresentanti",
        "seggi": 3,
        "preferenze": 1,
        "parita": Parita.SORTEGGIO,
        "elettorato_al": DAL,
        "candidature_entro": ora + timedelta(days=1),
        "voto_dal": ora + timedelta(days=2),
        "voto_al": ora + timedelta(days=3),
        "mandato_al": date(2999, 1, 1),
        **altro,
    }
    nuova = salva(Elezione(slug=slug, stato=StatoElezione.INDETTA, indetta_il=ora, motivo="", **valori, **comune))
    voce = salva(Elettore(elezione_id=nuova.id, adesione_id=membro.id, ente_id=membro.ente_id, ha_votato=True, **comune))
    candidata = salva(
        Candidatura(
            elezione_id=nuova.id, ente_id=membro.ente_id, ammessa_il=DAL, presentazione="Noi", dichiarazione="Dichiaro.",
            resa_il=ora, **comune,
        )
    )  # fmt: skip
    scheda = salva(SchedaVoto(id=token_hex(16), elezione_id=nuova.id, **comune))
    salva(Preferenza(id=token_hex(16), scheda_id=scheda.id, candidatura_id=candidata.id, **comune))
    return nuova, voce, candidata


def rappresentante(membro: Adesione, qualita: str = "Presidente", *, dal: date = DAL, **altro: Any) -> Rappresentante:
    valori = {"nome": "Una persona", "delegato": False, "delega": "", "al": None, "utente_id": None, **altro}
    return salva(Rappresentante(ambito_id=membro.ambito_id, adesione_id=membro.id, qualita=qualita, dal=dal, **valori))
