"""Who asks, who decides, who excludes. Whoever of the office works for an ente does not decide on it.

L. 241/1990 art. 6-bis; DPR 62/2013 art. 7.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from ..access import regola
from ..clocks import oggi
from ..i18n import _l
from ..organi.rules.mandati import Periodo
from ..utenti.models import Utente
from ..utenti.permissions import responsabile, ufficio

ASTENSIONE = _l(
    "Lavori per questo ente: la legge ti chiede di astenerti (art. 6-bis della legge 241/1990). "
    "Se ne occupa un’altra persona dell’Ufficio."
)


ASTENSIONE_ELEZIONE = _l(
    "Lavori per un ente candidato: la legge ti chiede di astenerti (art. 6-bis della legge 241/1990). "
    "Se ne occupa un’altra persona dell’Ufficio."
)


class P(StrEnum):
    SEGUI = "rete.segui"
    CHIEDI = "rete.chiedi"
    CURA = "rete.cura"
    VEDI = "rete.vedi"
    CATEGORIE = "rete.categorie"
    DECIDI = "rete.decidi"
    ESCLUDI = "rete.escludi"
    ELEGGI = "rete.eleggi"
    CANDIDA = "rete.candida"
    VOTA = "rete.vota"


regola(P.VEDI)(ufficio)
regola(P.CATEGORIE)(ufficio)


@regola(P.SEGUI)
def segui(utente: Utente, adesione: Any) -> bool:
    """What became of the ente's request: whoever works for the ente."""
    return adesione.ente_id in utente.enti_ids()


@regola(P.CHIEDI, noto_a=segui)
def chiedi(utente: Utente, adesione: Any) -> bool:
    """Ask to join: the legal representative, or a delegate with procura (CAD art. 65)."""
    return adesione.ente_id in utente.puo_presentare_per


@regola(P.CURA, noto_a=segui)
def cura(utente: Utente, adesione: Any) -> bool:
    """Withdraw, leave, say who speaks for the ente: as above."""
    return adesione.ente_id in utente.puo_presentare_per


def _ci_lavora(utente: Utente, adesione: Any) -> bool:
    return adesione.ente_id in utente.enti_ids()


@regola(P.DECIDI, noto_a=ufficio, perche=ASTENSIONE)
def decidi(utente: Utente, adesione: Any) -> bool:
    """Admit or refuse: the staff, but not who works for the ente, in any role."""
    return ufficio(utente, adesione) and not _ci_lavora(utente, adesione)


def _perche_non_esclude(utente: Utente, adesione: Any) -> Any:
    return ASTENSIONE if responsabile(utente, adesione) else None


@regola(P.ESCLUDI, noto_a=ufficio, perche=_perche_non_esclude)
def escludi(utente: Utente, adesione: Any) -> bool:
    """Put an ente out of the Rete: the Responsabile, under the same abstention."""
    return responsabile(utente, adesione) and not _ci_lavora(utente, adesione)


def _candidati(oggetto: Any) -> set[int]:
    """The enti that stand."""
    if hasattr(oggetto, "ente_id"):
        return {oggetto.ente_id}
    return {c.ente_id for c in getattr(getattr(oggetto, "elezione", oggetto), "candidature", ())}


def _perche_non_elegge(utente: Utente, oggetto: Any) -> Any:
    return ASTENSIONE_ELEZIONE if responsabile(utente, oggetto) else None


@regola(P.ELEGGI, noto_a=ufficio, perche=_perche_non_elegge)
def eleggi(utente: Utente, oggetto: Any) -> bool:
    """Call an election, count it, call it off, take a seat away: the Responsabile, but not who works for a candidate.

    ``oggetto``: nothing, an election with its candidates, something of one (``elezione``), or a candidate.
    """
    return responsabile(utente, oggetto) and _candidati(oggetto).isdisjoint(utente.enti_ids())


@regola(P.CANDIDA, noto_a=segui)
def candida(utente: Utente, elettore: Any) -> bool:
    """Stand for election: who represents the ente by law, or a delegate with procura."""
    return elettore.ente_id in utente.puo_presentare_per


@regola(P.VOTA, noto_a=segui)
def vota(utente: Utente, elettore: Any) -> bool:
    """Vote for the ente: as above, or whoever it has named in the Rete, representative or delegate, in these days."""
    if elettore.ente_id in utente.puo_presentare_per:
        return True
    nominati = (r for r in elettore.adesione.rappresentanti if r.utente_id == utente.id)
    return segui(utente, elettore) and any(Periodo(r.dal, r.al).contiene(oggi()) for r in nominati)
