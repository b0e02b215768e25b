"""Writing, publishing and closing a call. One verb each; audit inside; never commits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import delete

from .. import audit, tenancy
from ..ambiti import queries as ambiti
from ..clocks import a_roma, adesso, oggi
from ..db import sessione
from ..errors import Conflitto, ErroreDominio
from ..i18n import _, _l
from ..numerazione import prossimo
from ..slugs import fai_slug
from ..utenti.models import Utente
from ..vincoli import spiega
from ..workflow import advance
from . import queries, rules
from .models import (
    Avviso,
    AvvisoPriorita,
    Criterio,
    DichiarazioneRichiesta,
    DocumentoRichiesto,
    Lotto,
    Requisito,
    StatoAvviso,
    TipoAvviso,
)
from .workflow import AVVISO

VINCOLI = {"uq_avviso_ambito_id_slug": ("titolo", _l("C’è già un avviso con un titolo così: cambialo un poco."))}
TESTI = ("titolo", "sommario", "oggetto", "base_giuridica", "testo", "fasi", "privacy", "durata")
PARTI: Mapping[str, type[Any]] = {
    "lotti": Lotto,
    "requisiti": Requisito,
    "criteri": Criterio,
    "documenti": DocumentoRichiesto,
    "dichiarazioni": DichiarazioneRichiesta,
}


def crea(*, titolo: str, tipo: TipoAvviso, ambito_id: int, attore: Utente | None, slug: str | None = None) -> Avviso:
    """A draft with a title and the default term of the Ambito; every other text is empty."""
    slug = slug or fai_slug(titolo, queries.slug_usati(fai_slug(titolo)[:20]))
    termine = rules.termine_proposto(
        oggi(),
        ambiti.impostazione_numero("avviso_giorni"),
        festivi=ambiti.festivita(),
        proroga=ambiti.impostazione_si("termini_festivi"),
    )
    avviso = Avviso(
        ambito_id=ambito_id, slug=slug, tipo=tipo, titolo=titolo, stato=StatoAvviso.BOZZA, creato_il=adesso(),
        termine=termine, soglia=60, rup="", contatti="", risorse_nota="",
        **dict.fromkeys(("sommario", "oggetto", "base_giuridica", "testo", "fasi", "privacy", "durata"), ""),
    )  # fmt: skip
    for parte in PARTI:
        setattr(avviso, parte, [])
    with spiega(VINCOLI):
        sessione.add(avviso)
    audit.registra("avvisi.crea", avviso, attore=attore)
    return avviso


def scrivi(avviso: Avviso, *, versione: int, valori: Mapping[str, Any], attore: Utente | None) -> None:
    """Save some columns of a draft. Raises ``Conflitto`` with both texts when somebody saved meanwhile."""
    _in_bozza(avviso)
    _stessa_versione(avviso, versione, valori)
    for campo, valore in valori.items():
        setattr(avviso, campo, valore)
    sessione.flush()  # a stale version must surface here
    audit.registra("avvisi.scrivi", avviso, attore=attore, dettagli={"campi": sorted(valori)})


def scrivi_parte(
    avviso: Avviso, parte: str, righe: Sequence[Mapping[str, Any]], *, versione: int, attore: Utente | None
) -> None:
    """Replace the rows of a part (``lotti``, ``requisiti``, ``criteri``, ``documenti``, ``dichiarazioni``) of a draft.

    Raises ``ErroreDominio`` when a rule of the part is broken, ``Conflitto`` when somebody saved meanwhile.
    """
    _in_bozza(avviso)
    _stessa_versione(avviso, versione, {})
    if parte == "requisiti":
        for riga in righe:
            if difetto := rules.difetto_parametro(riga["tipo"], riga["parametro"]):
                raise ErroreDominio(f"{riga['titolo']}: {difetto}")
    numero = "numero" if parte == "lotti" else "ordine"
    getattr(avviso, parte).clear()
    sessione.flush()  # the old rows leave before new ones take their numbers
    modello = PARTI[parte]
    setattr(avviso, parte, [modello(ambito_id=avviso.ambito_id, **{numero: n}, **riga) for n, riga in enumerate(righe, 1)])
    _tocca(avviso)
    audit.registra("avvisi.scrivi_parte", avviso, attore=attore, dettagli={"parte": parte, "righe": len(righe)})


def collega_priorita(avviso: Avviso, *, priorita: Collection[int], attore: Utente | None) -> None:
    """From which priorities of the tavoli a draft comes: exactly these. Raises ``ErroreDominio`` once it is published."""
    _in_bozza(avviso)
    sessione.execute(delete(AvvisoPriorita).where(AvvisoPriorita.avviso_id == avviso.id))
    proprio = {"ambito_id": avviso.ambito_id, "avviso_id": avviso.id}
    sessione.add_all(AvvisoPriorita(**proprio, priorita_id=p) for p in dict.fromkeys(priorita))
    audit.registra("avvisi.collega_priorita", avviso, attore=attore, dettagli={"priorita": sorted(priorita)})


def _tocca(avviso: Avviso) -> None:
    """Bump the version although only rows of a part changed."""
    from sqlalchemy.orm.attributes import flag_modified

    flag_modified(avviso, "titolo")
    sessione.flush()  # a stale version must surface here


def _in_bozza(avviso: Avviso) -> None:
    if avviso.stato != StatoAvviso.BOZZA:
        raise ErroreDominio(_("L’avviso è pubblicato: il testo non si cambia più, si corregge con una rettifica."))


def _stessa_versione(avviso: Avviso, versione: int, valori: Mapping[str, Any]) -> None:
    if versione == avviso.versione:
        return
    raise Conflitto(
        _("Mentre scrivevi, un’altra persona ha salvato questo avviso."),
        mio={c: str(v or "") for c, v in valori.items()},
        salvato={c: str(getattr(avviso, c) or "") for c in valori},
    )


def controlli(avviso: Avviso) -> tuple[rules.VoceControllo, ...]:
    """The checklist of a draft, now."""
    dati = rules.DaPubblicare(
        tipo=avviso.tipo,
        testi={c: getattr(avviso, c) for c in TESTI},
        risorse_presenti=avviso.risorse is not None,
        termine=avviso.termine,
        pesi=[c.peso for c in avviso.criteri],
        documenti=len(avviso.documenti),
        dichiarazioni=len(avviso.dichiarazioni),
        requisiti=[r.tipo for r in avviso.requisiti],
        rup=avviso.rup,
        atto=avviso.atto,
    )
    return rules.lista_controllo(dati, adesso(), ambiti.impostazione_numero("avviso_giorni_minimi"))


def pubblica(avviso: Avviso, *, attore: Utente | None) -> None:
    """Publish: takes its number, fixes the deadline of the questions. Raises ``ErroreDominio`` with what is missing."""
    manca = [v for v in controlli(avviso) if v.bloccante and not v.a_posto]
    if manca:
        raise ErroreDominio(_("Non si può ancora pubblicare: %(cosa)s.", cosa="; ".join(v.titolo for v in manca)))
    assert avviso.termine is not None
    avviso.anno = a_roma(adesso()).year
    avviso.numero = prossimo("avvisi", avviso.anno, ambito_id=avviso.ambito_id)
    avviso.chiarimenti_entro = rules.chiarimenti_entro(
        avviso.termine, ambiti.impostazione_numero("chiarimenti_giorni_prima")
    )
    advance(avviso, AVVISO, "pubblica", attore=attore, dettagli={"numero": avviso.numero, "termine": avviso.termine})


def chiudi_scaduto(avviso_id: int) -> bool:
    """Record that a call's term has passed; False when somebody did it first. For the worker."""
    with tenancy.tutti_gli_ambiti():
        avviso = sessione.get(Avviso, avviso_id, with_for_update=True)
        if avviso is None or avviso.stato != StatoAvviso.PUBBLICATO or rules.aperto(avviso.stato, avviso.termine, adesso()):
            return False
        advance(avviso, AVVISO, "chiudi", attore=None)
    return True


def assicura_chiuso(avviso: Avviso) -> None:
    """Before anything that needs a closed call: the term may have passed a moment ago, and the worker not yet by."""
    if avviso.stato == StatoAvviso.PUBBLICATO and not rules.aperto(avviso.stato, avviso.termine, adesso()):
        advance(avviso, AVVISO, "chiudi", attore=None)


def pubblica_esito(avviso: Avviso, *, attore: Utente) -> None:
    """The outcome is public: called by the evaluation."""
    assicura_chiuso(avviso)
    advance(avviso, AVVISO, "pubblica_esito", attore=attore)


def revoca(avviso: Avviso, *, motivo: str, attore: Utente) -> None:
    """Withdraw a published call with its reason, which stays on the page (L. 241/1990 artt. 3 and 21-quinquies)."""
    if len(motivo.strip()) < 20:
        raise ErroreDominio(_("Scrivi il motivo in almeno una frase: resta sulla pagina."), "motivo")
    advance(avviso, AVVISO, "revoca", attore=attore)
    avviso.motivo_revoca = motivo.strip()  # with the state, never before it: a CHECK of the table wants both or neither
