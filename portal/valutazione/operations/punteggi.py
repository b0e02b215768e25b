"""Scores of a commissioner on a proposal: points and a reason per criterion; a change keeps the old points on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ... import access, audit
from ...avvisi.models import Criterio
from ...clocks import adesso
from ...db import sessione
from ...errors import Conflitto, ErroreDominio, TransizioneNonAmmessa
from ...i18n import _
from ...utenti.models import Utente
from .. import queries, rules
from ..models import Punteggio, StatoCommissione
from ..permissions import DaValutare, P


@dataclass(frozen=True)
class Giudizio:
    """What a commissioner writes on one criterion."""

    punti: Decimal
    motivazione: str


def versione_di(punteggi: list[Punteggio]) -> int:
    """A number that grows with every save of one's scores on a proposal: two windows never overwrite each other."""
    return sum(p.versione for p in punteggi)


def assegna(lavoro: DaValutare, giudizi: Mapping[int, Giudizio], *, versione: int, attore: Utente) -> None:
    """Save the scores given so far (criterio id -> giudizio); those not named stay as they are.

    Raises ``NonTrovato`` for who may not score this proposal, ``ErroreDominio`` on ``punti_<id>`` or ``motivo_<id>``,
    ``Conflitto`` when the same person saved from another window.
    """
    access.check(P.VALUTA, lavoro, attore)
    commissione = queries.commissione_bloccata(lavoro.seggio.commissione.id)
    if commissione is None or commissione.stato != StatoCommissione.AL_LAVORO:
        raise TransizioneNonAmmessa(_("La commissione non è al lavoro: i punteggi non si possono cambiare."))
    criteri = {c.id: c for c in lavoro.seggio.avviso.criteri}
    for criterio_id, giudizio in giudizi.items():
        _controlla(criteri[criterio_id], giudizio)
    salvati = {p.criterio_id: p for p in queries.miei_punteggi(lavoro.seggio.membro.id, lavoro.proposta.id)}
    if versione_di(list(salvati.values())) != versione:
        raise _conflitto(criteri, giudizi, salvati)
    nuovi: dict[str, str] = {}
    for criterio_id, giudizio in giudizi.items():
        if criterio_id in salvati:
            _cambia(salvati[criterio_id], giudizio, attore)
        else:
            sessione.add(_nuovo(lavoro, criterio_id, giudizio))
            nuovi[str(criterio_id)] = f"{giudizio.punti:.2f}"
    if nuovi:
        audit.registra(
            "valutazione.assegna", lavoro.seggio.membro, attore=attore,
            dettagli={"proposta": lavoro.proposta.id, "punti": nuovi},
        )  # fmt: skip


def _controlla(criterio: Criterio, giudizio: Giudizio) -> None:
    difetto = rules.difetto_punti(giudizio.punti, criterio.peso)
    if difetto == "troppi":
        raise ErroreDominio(_("Per questo criterio i punti vanno da 0 a %(n)s.", n=criterio.peso), f"punti_{criterio.id}")
    if difetto is not None:
        raise ErroreDominio(_("Scrivi i punti con due decimali al massimo, per esempio 12,50."), f"punti_{criterio.id}")
    if not giudizio.motivazione.strip():
        raise ErroreDominio(_("Scrivi perché: i punti senza motivo non valgono."), f"motivo_{criterio.id}")


def _nuovo(lavoro: DaValutare, criterio_id: int, giudizio: Giudizio) -> Punteggio:
    return Punteggio(
        membro_id=lavoro.seggio.membro.id,
        proposta_id=lavoro.proposta.id,
        criterio_id=criterio_id,
        punti=giudizio.punti,
        motivazione=giudizio.motivazione.strip(),
        scritto_il=adesso(),
    )


def _cambia(punteggio: Punteggio, giudizio: Giudizio, attore: Utente) -> None:
    prima = (punteggio.punti, punteggio.motivazione)
    if prima == (giudizio.punti, giudizio.motivazione.strip()):
        return
    punteggio.punti, punteggio.motivazione, punteggio.scritto_il = giudizio.punti, giudizio.motivazione.strip(), adesso()
    audit.registra(
        "valutazione.cambia_punteggio",
        punteggio,
        attore=attore,
        dettagli={
            "proposta": punteggio.proposta_id,
            "criterio": punteggio.criterio_id,
            "prima": f"{prima[0]:.2f}",
            "dopo": f"{giudizio.punti:.2f}",
            "motivazione_prima": prima[1],
        },
    )


def _conflitto(
    criteri: Mapping[int, Criterio], giudizi: Mapping[int, Giudizio], salvati: Mapping[int, Punteggio]
) -> Conflitto:
    def testo(punti: Decimal, motivo: str) -> str:
        return f"{punti:.2f}".replace(".", ",") + f"\n{motivo}"

    return Conflitto(
        _("Hai salvato questi punteggi da un’altra finestra. Quello che hai scritto adesso è qui sotto."),
        mio={criteri[i].titolo: testo(g.punti, g.motivazione) for i, g in giudizi.items()},
        salvato={criteri[i].titolo: testo(p.punti, p.motivazione) for i, p in salvati.items()},
    )
