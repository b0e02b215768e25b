"""Votes and what they decide. The numbers are checked by the rules; the verdict is the body's rule's, never typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ... import audit, search
from ...clocks import a_roma, adesso
from ...db import sessione
from ...errors import ErroreDominio
from ...i18n import _
from ...numerazione import prossimo
from ...organi.models import RegolaDiVoto
from ...organi.rules.quorum import SOGLIE, Componenti
from ...utenti.models import Utente
from .. import queries
from ..models import Decisione, Modo, Punto, Seduta, StatoPunto, StatoSeduta, Votazione, Voto, VotoNominale
from ..rules import ricerca
from ..rules.sala import Sala
from ..rules.scrutinio import Conteggio, di_conteggio, di_nomi, nominale, quote_di, unanime
from ..rules.voti import RegolaVoto, Scrutinio, esito


@dataclass(frozen=True)
class Scheda:
    """A vote as it was taken: names (by name), a count (hands, ballots), nothing (unanimous)."""

    modo: Modo
    oggetto: str = ""
    nomi: Mapping[int, Voto] | None = None
    conteggio: Conteggio | None = None
    presidente: Voto | None = None


def vota(
    punto: Punto,
    *,
    regola: RegolaDiVoto,
    scheda: Scheda,
    eseguibile: bool = False,
    importo: Decimal | None = None,
    attore: Utente | None,
) -> Votazione:
    """Register a vote and, when it passes and ``punto.delibera`` says what, the decision with its number.

    ``importo``: the money that the decision moves, in euro; it stays with the decision and never changes.
    Raises ``ErroreDominio`` on an item that is not open, without the quorum, or on numbers that cannot be true.
    """
    seduta = punto.seduta
    queries.blocca(seduta, punto)
    sala, componenti = _chi_puo_votare(seduta, punto)
    if regola.segreta and scheda.modo != Modo.SCHEDE:
        raise ErroreDominio(_("Su questi atti il voto è segreto: si contano le schede."), "modo")
    if (importo is not None or eseguibile) and not punto.delibera.strip():
        raise ErroreDominio(
            _("Scrivi che cosa si decide: i soldi e l’esecuzione immediata stanno con la decisione."), "importo"
        )
    scrutinio, nomi = _scrutina(seduta, sala, componenti, regola, scheda)
    verdetto = esito(scrutinio, RegolaVoto(regola.base, SOGLIE[regola.soglia], regola.peso, regola.prevale_presidente))
    votazione = Votazione(
        ambito_id=punto.ambito_id, punto_id=punto.id, oggetto=scheda.oggetto.strip(), modo=scheda.modo, ora=adesso(),
        regola=regola.nome, base=regola.base, soglia=regola.soglia, peso=regola.peso,
        prevale_presidente=regola.prevale_presidente, presidente=scrutinio.presidente, approvata=verdetto.approvata,
        **scrutinio.teste.__dict__, **quote_di(scrutinio),
    )  # fmt: skip
    votazione.nomi = [VotoNominale(ambito_id=punto.ambito_id, seggio_id=s, voto=v) for s, v in sorted(nomi.items())]
    punto.votazioni.append(votazione)
    sessione.flush()  # the decision points to its vote
    audit.registra("sedute.vota", votazione, attore=attore, dettagli={"punto": punto.id, "approvata": verdetto.approvata})
    if verdetto.approvata and punto.delibera.strip():
        decidi(punto, testo=punto.delibera, votazione=votazione, eseguibile=eseguibile, importo=importo, attore=attore)
        punto.delibera = ""
    return votazione


def _chi_puo_votare(seduta: Seduta, punto: Punto) -> tuple[Sala, Componenti]:
    if seduta.stato != StatoSeduta.APERTA or punto.stato != StatoPunto.IN_DISCUSSIONE:
        raise ErroreDominio(_("Si vota mentre il punto è in discussione."))
    sala = queries.stato_della_sala(seduta, adesso(), punto=punto)
    if not sala.conto.valida:
        raise ErroreDominio(
            _(
                "Non c’è il numero legale (%(n)s su %(tutti)s): non si può votare.",
                n=sala.conto.presenti,
                tutti=sala.conto.componenti,
            )
        )
    componenti = queries.componenti(seduta)
    return sala, componenti.senza(sala.fuori) if seduta.organo.conflitto_riduce else componenti


def _scrutina(
    seduta: Seduta, sala: Sala, componenti: Componenti, regola: RegolaDiVoto, scheda: Scheda
) -> tuple[Scrutinio, dict[int, Voto]]:
    """The numbers, and the names where the vote has them."""
    if scheda.modo in (Modo.NOMI, Modo.UNANIME):
        nomi = unanime(sala.votanti) if scheda.modo == Modo.UNANIME else nominale(sala.votanti, scheda.nomi or {})
        presiede = next((c.seggio_id for c in seduta.convocati if c.seggio.presiede), None)
        return di_nomi(componenti, sala.votanti, nomi, presiede, sala.conto.quota_base), nomi
    if scheda.conteggio is None:
        raise ErroreDominio(_("Scrivi quanti sono i favorevoli, i contrari e gli astenuti."), "favorevoli")
    presidente = scheda.presidente if scheda.modo == Modo.MANO else None
    return di_conteggio(componenti, sala.votanti, scheda.conteggio, peso=regola.peso, presidente=presidente), {}


def decidi(
    punto: Punto,
    *,
    testo: str,
    votazione: Votazione | None,
    eseguibile: bool = False,
    importo: Decimal | None = None,
    attore: Utente | None,
) -> Decisione:
    """A decision, with the next number of the body's year: no gaps, because the number is taken with the row."""
    seduta = punto.seduta
    ora = adesso()
    anno = a_roma(ora).year
    numero = prossimo(f"decisione-{seduta.organo_id}", anno, ambito_id=punto.ambito_id)
    nuova = Decisione(
        ambito_id=punto.ambito_id, organo_id=seduta.organo_id, punto_id=punto.id,
        votazione_id=votazione.id if votazione else None, anno=anno, numero=numero, testo=testo.strip(),
        eseguibile=eseguibile, importo=importo, presa_il=ora,
    )  # fmt: skip
    punto.decisioni.append(nuova)
    sessione.flush()  # the search index keeps its id
    titolo = ricerca.titolo(seduta.organo.nome, anno, numero, punto.titolo)
    search.metti(
        sessione(), tipo=ricerca.TIPO, oggetto_id=nuova.id, ambito_id=punto.ambito_id, titolo=titolo, corpo=nuova.testo
    )
    audit.registra("sedute.decidi", nuova, attore=attore, dettagli={"numero": f"{anno}/{numero}"})
    return nuova
