"""Writing the guide. One verb each, audited and put in the search index in the same transaction; never commits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from .. import audit, search
from ..ambiti.queries import comuni
from ..clocks import adesso
from ..db import sessione
from ..errors import Conflitto, ErroreDominio, TroppiTentativi
from ..i18n import _, _l
from ..piano.queries import schede_per_scelta
from ..slugs import fai_slug
from ..tenancy import tutti_gli_ambiti
from ..utenti.models import Utente
from ..vincoli import spiega
from . import queries, rules
from .models import Contatto, Parere, Sede, Servizio, ServizioComune, StatoServizio, Traduzione
from .rules import COLONNE, Contenuto, DatiContatto, DatiSede

VINCOLI: Mapping[str, tuple[str | None, Any]] = {
    "uq_servizio_ambito_id_slug": ("titolo", _l("C’è già una pagina con questo nome: cambia il titolo.")),
    "ck_servizio_descrizione_255": ("descrizione", _l("Usa al massimo 255 caratteri.")),
    "ck_servizio_motivo_stato": ("motivo_stato", _l("Scrivi perché il servizio non è attivo.")),
}
FINESTRA_PARERI = timedelta(minutes=10)
MASSIMO_PARERI = 40
"""Answers on one page in ten minutes; beyond it somebody is playing. Nothing is kept on who answers."""


def crea(*, ambito_id: int, contenuto: Contenuto, attore: Utente | None, slug: str | None = None) -> Servizio:
    """A new page, as a draft. Raises ``ErroreDominio`` on the field that is wrong."""
    _controlla(contenuto)
    nuovo = Servizio(
        ambito_id=ambito_id,
        slug=slug or fai_slug(contenuto.titolo, queries.slug_usati(fai_slug(contenuto.titolo)[:30])),
        pubblicato=False,
        verificato_il=None,
        verificato_da="",
        sedi=[],
        contatti=[],
        comuni=[],
        traduzioni=[],
    )
    _scrivi(nuovo, contenuto)
    with spiega(VINCOLI):
        sessione.add(nuovo)
    audit.registra("guida.crea", nuovo, attore=attore)
    return nuovo


def modifica(servizio: Servizio, *, contenuto: Contenuto, versione: int, attore: Utente | None) -> tuple[str, ...]:
    """Change a page: the names of the fields that changed.

    ``versione`` is the one the editor started from: when somebody saved meanwhile, ``Conflitto`` carries both texts.
    """
    salvato = contenuto_di(servizio)
    cambiati = rules.differenze(contenuto, salvato)
    if versione != servizio.versione:
        raise _conflitto(contenuto, salvato, cambiati)
    if not cambiati:
        return ()
    _controlla(contenuto)
    _scrivi(servizio, contenuto)
    with spiega(VINCOLI):
        pass
    audit.registra("guida.modifica", servizio, attore=attore, dettagli={"campi": cambiati})
    _indicizza(servizio)
    return cambiati


def pubblica(servizio: Servizio, *, attore: Utente | None) -> None:
    """Show the page to everyone. Raises ``ErroreDominio`` when what a citizen reads first is not there."""
    prima = ("descrizione", *rules.BREVE, "a_chi", "come_fare")
    mancanti = [str(rules.ETICHETTE[c]) for c in prima if not getattr(servizio, c)]
    if mancanti:
        raise ErroreDominio(_("Prima di pubblicare scrivi: %(campi)s.", campi=", ".join(mancanti)))
    _imposta_pubblicato(servizio, True, "guida.pubblica", attore)


def ritira(servizio: Servizio, *, attore: Utente | None) -> None:
    """Take the page away from the public guide; the office keeps it as a draft."""
    _imposta_pubblicato(servizio, False, "guida.ritira", attore)


def _imposta_pubblicato(servizio: Servizio, pubblicato: bool, azione: str, attore: Utente | None) -> None:
    if servizio.pubblicato == pubblicato:
        return
    servizio.pubblicato = pubblicato
    servizio.aggiornato_il = adesso()
    audit.registra(azione, servizio, attore=attore)
    _indicizza(servizio)


def segna_verificato(servizio: Servizio, *, da: str, il: date, attore: Utente | None) -> None:
    """Note that the office ``da`` read the page again on ``il`` and that all of it is still true."""
    servizio.verificato_il = il
    servizio.verificato_da = da
    audit.registra("guida.segna_verificato", servizio, attore=attore, dettagli={"il": il.isoformat()})


def lascia_parere(servizio: Servizio, *, chiarezza: int, testo: str) -> Parere:
    """«Questa pagina è chiara?», from 1 to 4. Raises ``ErroreDominio``, ``TroppiTentativi`` on a flood."""
    if chiarezza not in (1, 2, 3, 4):
        raise ErroreDominio(_("Scegli una risposta: per niente, poco, abbastanza o molto."), "voto")
    if queries.pareri_recenti(servizio.id, FINESTRA_PARERI, MASSIMO_PARERI) >= MASSIMO_PARERI:
        raise TroppiTentativi(_("Su questa pagina sono arrivate molte risposte insieme. Riprova tra poco."), 600)
    parere = Parere(
        ambito_id=servizio.ambito_id,
        servizio_id=servizio.id,
        chiarezza=chiarezza,
        testo=testo.strip()[:1000],
        lasciato_il=adesso(),
    )
    sessione.add(parere)
    audit.registra("guida.lascia_parere", servizio, attore=None, dettagli={"chiarezza": chiarezza}, riservata=True)
    return parere


def traduci(servizio: Servizio, lingua: str, testi: Mapping[str, str], *, attore: Utente | None) -> None:
    """Write or replace the translation of title, description and «in breve» in a language."""
    riga = next((t for t in servizio.traduzioni if t.lingua == lingua), None)
    if riga is None:
        riga = Traduzione(ambito_id=servizio.ambito_id, lingua=lingua)
        servizio.traduzioni.append(riga)
    campi = ("titolo", "descrizione", *rules.BREVE)
    if all(getattr(riga, c) == testi[c] for c in campi):
        return
    for campo in campi:
        setattr(riga, campo, testi[campo])
    audit.registra("guida.traduci", servizio, attore=attore, dettagli={"lingua": lingua})
    _indicizza(servizio)


def reindicizza() -> int:
    """Put every published page of every Ambito in the search index afresh; how many they are."""
    fatte, ultimo = 0, 0
    with tutti_gli_ambiti():
        while blocco := queries.blocco(ultimo):
            for servizio in blocco:
                _indicizza(servizio)
                fatte += servizio.pubblicato
            ultimo = blocco[-1].id
    return fatte


def importa(
    *, ambito_id: int, slug: str, contenuto: Contenuto, verificato_il: date | None, verificato_da: str, attore: Utente | None
) -> bool:
    """Create or update the page with that slug and publish it; True when something changed."""
    servizio = queries.servizio(slug)
    nuova = servizio is None
    if servizio is None:
        servizio = crea(ambito_id=ambito_id, contenuto=contenuto, slug=slug, attore=attore)
        cambiati: tuple[str, ...] = ("slug",)
    else:
        cambiati = modifica(servizio, contenuto=contenuto, versione=servizio.versione, attore=attore)
    if verificato_il and verificato_il != servizio.verificato_il:
        segna_verificato(servizio, da=verificato_da, il=verificato_il, attore=attore)
        cambiati = (*cambiati, "verificato_il")
    if nuova:
        pubblica(servizio, attore=attore)
    return bool(cambiati)


def contenuto_di(servizio: Servizio) -> Contenuto:
    """What the page says now, as values."""
    return Contenuto(
        **{c: getattr(servizio, c) for c in COLONNE},
        sedi=tuple(DatiSede(s.nome, s.indirizzo, s.orari, s.accessibilita) for s in servizio.sedi),
        contatti=tuple(DatiContatto(c.tipo, c.etichetta, c.valore) for c in servizio.contatti),
        comuni=frozenset(c.comune_id for c in servizio.comuni),
    )


def _controlla(contenuto: Contenuto) -> None:
    if not contenuto.titolo:
        raise ErroreDominio(_("Scrivi il nome del servizio."), "titolo")
    if len(contenuto.descrizione) > 255:
        raise ErroreDominio(_("Usa al massimo 255 caratteri."), "descrizione")
    if contenuto.stato == StatoServizio.NON_ATTIVO and not contenuto.motivo_stato:
        raise ErroreDominio(_("Scrivi perché il servizio non è attivo."), "motivo_stato")


def _scrivi(servizio: Servizio, contenuto: Contenuto) -> None:
    for colonna in COLONNE:
        setattr(servizio, colonna, getattr(contenuto, colonna))
    servizio.aggiornato_il = adesso()
    _allinea(servizio, servizio.sedi, Sede, contenuto.sedi)
    _allinea(servizio, servizio.contatti, Contatto, contenuto.contatti)
    presenti = {c.comune_id: c for c in servizio.comuni}
    for comune_id in presenti.keys() - contenuto.comuni:
        servizio.comuni.remove(presenti[comune_id])
    for comune_id in sorted(contenuto.comuni - presenti.keys()):
        servizio.comuni.append(ServizioComune(ambito_id=servizio.ambito_id, comune_id=comune_id))


def _allinea(servizio: Servizio, righe: list[Any], tipo: type[Any], dati: tuple[Any, ...]) -> None:
    """Rows take the values in order; they are reused, because the order is unique and inserts come before deletes."""
    for ordine, valori in enumerate(dati, 1):
        if ordine <= len(righe):
            riga = righe[ordine - 1]
        else:
            riga = tipo(ambito_id=servizio.ambito_id, ordine=ordine)
            righe.append(riga)
        riga.ordine = ordine
        for campo, valore in vars(valori).items():
            setattr(riga, campo, valore)
    del righe[len(dati) :]


def _conflitto(mio: Contenuto, salvato: Contenuto, campi: tuple[str, ...]) -> Conflitto:
    nomi = {
        "comuni": {c.id: c.nome for c in comuni()},
        "scheda_id": {s.id: f"{s.codice} {s.titolo}" for s in schede_per_scelta()},
    }
    return Conflitto(
        _("Mentre scrivevi, un’altra persona ha salvato questa pagina. Il tuo testo è qui sotto, accanto al suo."),
        mio={str(rules.ETICHETTE[c]): rules.in_testo(mio, c, nomi) for c in campi},
        salvato={str(rules.ETICHETTE[c]): rules.in_testo(salvato, c, nomi) for c in campi},
    )


def _indicizza(servizio: Servizio) -> None:
    """Only published pages can be found. The translations' titles are found too, in their own language."""
    sessione.flush()  # the index needs the id of a new page
    if not servizio.pubblicato:
        search.togli(sessione(), tipo=queries.TIPO, oggetto_id=servizio.id)
        return
    search.metti(
        sessione(),
        tipo=queries.TIPO,
        oggetto_id=servizio.id,
        ambito_id=servizio.ambito_id,
        titolo=servizio.titolo,
        corpo=rules.corpo_ricerca(servizio),
    )
