"""An evaluation from the formal check to the published outcome, through the operations of who does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from ..avvisi.models import Avviso
from ..clocks import alle
from ..proposte.models import Proposta
from ..proposte.queries import proposta_intera
from ..utenti.models import Utente
from ..valutazione import operations, queries
from ..valutazione.models import Esito
from .lettura import leggi


def valuta(avviso: Avviso, proposte: Sequence[Proposta], *, responsabile: Utente, commissari: Sequence[Utente]) -> Esito:
    """Admit these submitted proposals, appoint the commissioners (the first presides), score, publish.

    Points and reasons come from ``valutazioni/<slug>.toml``, one part per proposal in order of arrival; each step
    happens so many days after the term. Inside a unit of work, with the Ambito chosen.
    """
    dati = leggi("valutazioni", avviso.slug)
    with alle(_giorno(avviso, dati, "ammissibilita")):
        for proposta in proposte:
            operations.decidi(_intera(proposta), ammessa=True, motivo="", attore=responsabile)
    with alle(_giorno(avviso, dati, "nomina")):
        operations.nomina(
            avviso,
            atto=dati["atti"]["nomina"],
            presidente=commissari[0].id,
            componenti=[c.id for c in commissari[1:]],
            attore=responsabile,
        )
    with alle(_giorno(avviso, dati, "dichiarazioni")):
        for commissario in commissari:
            seggio = queries.seggio(avviso.slug, commissario.id)
            assert seggio is not None
            operations.dichiara(seggio, assenza=True, nota="", attore=commissario)
    with alle(_giorno(avviso, dati, "punteggi")):
        for proposta, parte in zip(proposte, dati["proposte"], strict=False):
            for posto, commissario in enumerate(commissari):
                _punti(avviso, proposta, commissario, posto, parte)
    with alle(_giorno(avviso, dati, "esito")):
        letto = queries.avviso_per_slug(avviso.slug)
        assert letto is not None
        impronta = queries.calcolo(letto).impronta
        return operations.pubblica(letto, atto=dati["atti"]["esito"], impronta=impronta, attore=responsabile)


def _giorno(avviso: Avviso, dati: Mapping[str, Any], passo: str) -> datetime:
    assert avviso.termine is not None
    return avviso.termine + timedelta(days=dati["giorni"][passo])


def _intera(proposta: Proposta) -> Proposta:
    trovata = proposta_intera(proposta.id)
    assert trovata is not None
    return trovata


def _punti(avviso: Avviso, proposta: Proposta, commissario: Utente, posto: int, parte: Mapping[str, Any]) -> None:
    """The scores of the commissioner in that place of the lists of points and reasons."""
    lavoro = queries.da_valutare(avviso.slug, proposta.id, commissario.id)
    assert lavoro is not None
    giudizi = {
        criterio.id: operations.Giudizio(Decimal(voce["punti"][posto]), voce["motivi"][posto])
        for criterio, voce in zip(lavoro.seggio.avviso.criteri, parte["criteri"], strict=True)
    }
    operations.assegna(lavoro, giudizi, versione=0, attore=commissario)
