"""The menus and the frame of the page: which words lead where, for whom. Endpoints by name: an area that is not
there has no word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for

from .access import can
from .i18n import _, _l, _n
from .parole import RUOLI, parola_ruolo


@dataclass(frozen=True)
class Voce:
    testo: str
    url: str
    attiva: bool


@dataclass(frozen=True)
class Sito:
    """What the header and the footer say of where we are."""

    nome: str
    url: str
    radice: str
    sottotitolo: str | None = None
    riga_sottile: str | None = None
    comuni: tuple[str, ...] = ()
    contatti: tuple[tuple[str, str | None, str | None], ...] = ()
    logo: str | None = None
    accento: str | None = None
    descrizione: str | None = None


@dataclass(frozen=True)
class Collegamenti:
    """Addresses the frame needs; None for a page that does not exist."""

    home: str | None = None
    accedi: str | None = None
    cerca: str | None = None
    segnala: str | None = None
    accessibilita: str | None = None
    privacy: str | None = None
    note_legali: str | None = None
    dati: str | None = None
    licenza: str | None = None
    feed: str | None = None
    mappa: str | None = None
    verifica: str | None = None


@dataclass(frozen=True)
class Account:
    """The menu under the person's name; ``esci`` is where the log-out form is sent."""

    nome: str
    voci: tuple[tuple[str, str], ...]
    esci: str


@dataclass(frozen=True)
class RuoloCorrente:
    nome: str
    puo: str | None = None


PUBBLICO = (
    (_l("Guida ai servizi"), "guida.elenco"),
    (_l("Avvisi"), "avvisi.elenco"),
    (_l("Progetti"), "progetti.elenco"),
    (_l("Tavoli"), "tavoli.elenco"),
    (_l("Rete"), "rete.registro"),
    (_l("Organi e verbali"), "organi.elenco"),
    (_l("Calendario"), "home.calendario"),
    (_l("Piano di Zona"), "piano.corrente"),
)
UFFICIO = (
    (_l("Da fare"), "home.ufficio"),
    (_l("Avvisi"), "avvisi.ufficio"),
    (_l("Proposte"), "valutazione.ufficio"),
    (_l("Progetti"), "progetti.ufficio"),
    (_l("Guida"), "guida.ufficio"),
    (_l("Tavoli"), "tavoli.ufficio"),
    (_l("Rete"), "rete.ufficio"),
    (_l("Sedute"), "sedute.ufficio"),
    (_l("Messaggi"), "home.messaggi"),
    (_l("Registro"), "home.registro"),
    (_l("Impostazioni"), "ambiti.impostazioni"),
)
ENTE = (
    (_l("I nostri adempimenti"), "enti.area"),
    (_l("Proposte"), "proposte.elenco"),
    (_l("Tavoli"), "tavoli.nostri"),
    (_l("Rete"), "rete.nostra"),
    (_l("Il nostro ente"), "enti.scheda"),
)
INSIEME = {"sedute": "organi", "verbale": "organi"}
"""Areas that share a word of the menu: the bodies, their sittings, the minutes."""
DA_SOLE = frozenset({"enti.area", "home.calendario", "home.ufficio", "home.messaggi", "home.registro"})
"""Pages that are a word of their own in the menu, though they share their area with others."""
PUO = {
    "compilatore": _l("puoi scrivere, non presentare"),
    "rappresentante": _l("puoi scrivere e presentare"),
    "delegato": _l("puoi scrivere e presentare"),
}


def zona() -> str:
    """Where the page is: ``ufficio``, ``ente`` or ``pubblico``, read from the address."""
    parti = request.path.split("/")
    if len(parti) > 2 and parti[2] == "ufficio":
        return "ufficio"
    return "ente" if len(parti) > 1 and parti[1] == "ente" else "pubblico"


def voci(ambito: Any, utente: Any) -> list[Voce]:
    """The main menu of the page."""
    if zona() == "ente" and utente is not None:
        return _righe(ENTE)
    if ambito is None:
        return []
    # a page of error is drawn under /ufficio for anyone who asks: the office's words are for the office
    dell_ufficio = zona() == "ufficio" and utente is not None and ambito.id in utente.ambiti_ids()
    return _righe(_che_si_aprono(UFFICIO, utente) if dell_ufficio else PUBBLICO)


def _che_si_aprono(righe: Iterable[tuple[Any, str]], utente: Any) -> list[tuple[Any, str]]:
    """Those that lead the reader to a page of theirs, not to a refusal."""
    viste = current_app.view_functions
    return [
        (testo, nome) for testo, nome in righe if nome in viste and can(getattr(viste[nome], "accesso", ""), None, utente)
    ]


def _famiglia(endpoint: str) -> str:
    area = endpoint.partition(".")[0]
    return INSIEME.get(area, area)


def _righe(righe: Iterable[tuple[Any, str]]) -> list[Voce]:
    area = (request.endpoint or "").partition(".")[0]
    trovate = []
    for testo, endpoint in righe:
        if endpoint in current_app.view_functions:
            attiva = request.endpoint == endpoint or (_famiglia(area) == _famiglia(endpoint) and endpoint not in DA_SOLE)
            if request.endpoint in DA_SOLE:
                attiva = request.endpoint == endpoint
            trovate.append(Voce(str(testo), url_for(endpoint), attiva))
    return trovate


def sito(ambito: Any, comuni: tuple[str, ...]) -> Sito:
    """The frame of the page: the Ambito's, the enti's area or the installation's."""
    if zona() == "ente":
        return Sito(_("Area degli enti"), _url("enti.area") or "/", _("Area degli enti"), sottotitolo="Coprogetta")
    if ambito is None:
        sottotitolo = _("Dove gli Ambiti sociali e il Terzo settore progettano insieme")
        return Sito("Coprogetta", _url("home.installazione") or "/", _("Inizio"), sottotitolo=sottotitolo)
    quanti = _n(
        "Servizi, avvisi e decisioni di %(num)s Comune", "Servizi, avvisi e decisioni di %(num)s Comuni", len(comuni)
    )
    return Sito(
        ambito.nome,
        url_for("home.ambito"),
        _("Ufficio") if zona() == "ufficio" else _("Ambito"),
        sottotitolo=quanti if comuni else None,
        riga_sottile=_("Comune capofila: %(nome)s", nome=ambito.capofila),
        comuni=comuni,
        contatti=(
            (_("Ufficio di Piano"), ambito.telefono, None),
            (_("E-mail"), ambito.email, f"mailto:{ambito.email}" if ambito.email else None),
            (_("PEC"), ambito.pec, f"mailto:{ambito.pec}" if ambito.pec else None),
        ),
        accento=ambito.accento,
    )


def _url(endpoint: str, **valori: Any) -> str | None:
    return url_for(endpoint, **valori) if endpoint in current_app.view_functions else None


def collegamenti(ambito: Any) -> Collegamenti:
    return Collegamenti(
        home=_url("home.ambito") if ambito is not None else _url("home.installazione"),
        accedi=_url("utenti.accedi"),
        cerca=_url("guida.elenco") if ambito is not None else _url("home.installazione", _anchor="cerca"),
        segnala=_url("home.pagina", nome="aiuto"),
        mappa=_url("home.mappa"),
        accessibilita=_url("home.pagina", nome="accessibilita"),
        privacy=_url("home.pagina", nome="privacy"),
        note_legali=_url("home.pagina", nome="note-legali"),
        licenza=_url("home.pagina", nome="note-legali"),
        verifica=_url("home.verifica"),
    )


def account(utente: Any) -> Account | None:
    """The menu under the person's name."""
    if utente is None:
        return None
    righe: list[tuple[str, str | None]] = [(_("Le tue cose da fare"), _url("home.scrivania"))]
    if utente.enti_ids():
        righe.append((_("Area del tuo ente"), _url("enti.area")))
    righe.append((_("Accessi e password"), _url("utenti.profilo")))
    return Account(utente.nome, tuple((t, u) for t, u in righe if u), url_for("utenti.esci"))


def ruolo(ambito: Any, utente: Any) -> RuoloCorrente | None:
    """The role shown at the top of the page: the one that counts here, the widest first."""
    righe = utente.ruoli if utente is not None else ()
    qui = [r.ruolo for r in righe if (ambito is not None and r.ambito_id == ambito.id) or (zona() == "ente" and r.ente_id)]
    for nome in RUOLI:
        if nome in qui:
            return RuoloCorrente(parola_ruolo(nome), str(PUO[nome]) if nome in PUO else None)
    return None
