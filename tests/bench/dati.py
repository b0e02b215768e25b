"""The data of both sides: one Ambito with thousands of guide pages, calls, and drafts ready to be submitted.

Rows go in through the portal's own models, many at a time; the search index through the guide's own operation.
Prepared drafts lack only what is measured: the file and the submission.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask import Flask
from flask import session as biscotto
from flask_wtf.csrf import generate_csrf
from sqlalchemy import func, insert, select

from portal.ambiti.models import Ambito
from portal.avvisi.models import Avviso, Criterio, Lotto
from portal.clocks import adesso
from portal.db import Base, sessione
from portal.enti.models import AttivitaEnte, Ente, RilevazioneRunts, SezioneRunts, StatoRunts, TipoEnte
from portal.guida import operations as guida
from portal.guida.models import Categoria, Contatto, Sede, Servizio, StatoServizio, Traduzione
from portal.piano.models import Annualita, Ciclo, Fondo, RigaBilancio, Scheda, StatoCiclo
from portal.proposte.models import Allegato, CategoriaCosto, LottoProposto, Proposta, Ricevuta, Sezione, StatoProposta, Voce
from portal.proposte.rules import SEZIONI
from portal.tenancy import tutti_gli_ambiti, usa_ambito
from portal.transaction import unita
from portal.utenti.models import Ruolo, RuoloUtente, SessioneUtente, Utente
from portal.utenti.rules import DURATA_SESSIONE, nuovo_gettone
from tests import fabbrica

from .parole import Parole, Testi, domande

AMBITO = "bench"
AVVISI = 200
RICEVUTE = 1000
"""Proposals already received by the first call: its page must not depend on them."""
SCHEDE = 1000
LUNGHI = {"testo": 900, "fasi": 200, "privacy": 200, "oggetto": 60}
"""Texts of a call, in words."""
SCRITTO = "Il gruppo lavora ogni giorno con le famiglie. " * 80
"""A section of a proposal."""


@dataclass(frozen=True)
class Bozza:
    """A draft waiting to be submitted. ``cookie`` is the Cookie header of the ente's representative."""

    id: int
    documento_id: int
    dichiarazioni: tuple[int, ...]
    cookie: str
    csrf: str
    con_file: bool


@dataclass(frozen=True)
class Dati:
    """What was made, as the measures need it. ``coppie``: two middling words each; ``comune``: the commonest word."""

    servizi: tuple[str, ...]
    avvisi: tuple[str, ...]
    coppie: tuple[str, ...]
    comune: str
    bozze: tuple[Bozza, ...]
    limite: tuple[tuple[str, str, str], ...]
    """Rows of the bare limit: slug, title, text."""


def semina(app: Flask, *, servizi: int, con_file: int, senza_file: int) -> Dati:
    """Fill an empty, migrated database. ``app`` has the server's key: sessions are signed with it."""
    parole = Parole()
    testi = [parole.pagina() for _ in range(servizi)]
    with app.test_request_context("/"):
        with unita(), tutti_gli_ambiti():
            ambito = fabbrica.ambito(AMBITO, comuni=tuple(f"Comune {n}" for n in range(1, 8)))
        with usa_ambito(ambito.id), unita():
            schede = _piano(ambito.id, parole)
            avvisi = [_avviso(ambito, parole, schede[n % SCHEDE]) for n in range(AVVISI)]
            _servizi(ambito.id, testi, schede)
        with usa_ambito(ambito.id), unita():
            guida.reindicizza()
        with usa_ambito(ambito.id), unita():
            enti, cookie, csrf = _enti(app, RICEVUTE + con_file + senza_file)
            _proposte(avvisi[0], enti[:RICEVUTE], presentate=True)
            bozze = _proposte(avvisi[1], enti[RICEVUTE:], presentate=False)
            _allegati(avvisi[1], bozze[con_file:])
        pronte = _pronte(avvisi[1], bozze, cookie[RICEVUTE:], csrf, con_file)
    sessione.remove()
    limite = tuple((_slug(n), t.titolo, _cercato(t)) for n, t in enumerate(testi))
    coppie, comune = domande([f"{titolo} {corpo}" for _, titolo, corpo in limite[:2000]])
    return Dati(tuple(map(_slug, range(servizi))), tuple(a.slug for a in avvisi), tuple(coppie), comune, pronte, limite)


def _slug(numero: int) -> str:
    return f"servizio-{numero:05d}"


def _cercato(t: Testi) -> str:
    """The words that the portal's index has too (``guida.rules.corpo_ricerca``)."""
    inglese = f"{t.inglese[0]}. {t.inglese[1]} {t.breve[0]}"
    return "\n".join((t.parole, t.parole, t.descrizione, t.breve[0], t.a_chi, t.cosa_ottieni, inglese))


def _in_blocco(modello: type[Base], righe: Sequence[dict[str, Any]]) -> list[int]:
    """Insert many rows of one table; their ids, in the same order."""
    frase = insert(modello).returning(modello.id, sort_by_parameter_order=True)  # type: ignore[attr-defined]
    blocchi = (list(righe[i : i + 500]) for i in range(0, len(righe), 500))
    return [numero for blocco in blocchi for numero in sessione.scalars(frase, blocco)]


def _piano(ambito_id: int, parole: Parole) -> list[int]:
    """A plan with its sheets, three years each, two funds a year: ids of the sheets."""
    comune = {"ambito_id": ambito_id}
    ciclo = fabbrica.salva(
        Ciclo(
            codice="2022-2024", titolo="Piano sociale di zona", anno_da=2022, anno_a=2024, stato=StatoCiclo.ADOTTATO,
            adottato_il=date(2022, 7, 1), fonte="prova", **comune,
        )
    )  # fmt: skip
    fondi = [fabbrica.salva(Fondo(codice=f"F{n}", nome=f"Fondo {n}", **comune)).id for n in range(2)]
    schede = _in_blocco(
        Scheda,
        [
            {
                "ciclo_id": ciclo.id, "schema": "PRPS22", "codice": f"B.{n}", "titolo": parole.titolo(), "macro": "B",
                "macro_titolo": "Area B", "ordine": n, "totale_dichiarato": Decimal("90000.00"), "versione": 1, **comune,
            }
            for n in range(SCHEDE)
        ],
    )  # fmt: skip
    anni = [
        {"scheda_id": s, "anno": a, "importo_dichiarato": Decimal("30000.00"), "fonte_testo": "Fondo", **comune}
        for s in schede
        for a in (2022, 2023, 2024)
    ]
    righe = [
        {"annualita_id": a, "fondo_id": f, "ordine": i, "fonte": "Fondo", "importo": Decimal("15000.00"), **comune}
        for a in _in_blocco(Annualita, anni)
        for i, f in enumerate(fondi, 1)
    ]
    _in_blocco(RigaBilancio, righe)
    return schede


def _avviso(ambito: Ambito, parole: Parole, scheda_id: int) -> Avviso:
    """An open call as long as a real one: three lots, five criteria, several pages of text."""
    testi: dict[str, Any] = {"titolo": parole.titolo(8), "sommario": parole.frasi(24)}
    testi |= {nome: parole.markdown(quante) for nome, quante in LUNGHI.items()}
    avviso = fabbrica.avviso(ambito, scheda_id=scheda_id, pesi=(), **testi)
    comune = {"ambito_id": ambito.id}
    avviso.criteri = [
        Criterio(ordine=n, titolo=parole.titolo(4), descrizione=parole.frasi(12), peso=20, **comune) for n in range(1, 6)
    ]
    avviso.lotti += [
        Lotto(numero=n, titolo=parole.titolo(3), per_chi=parole.frasi(10), esempi=parole.markdown(24), **comune)
        for n in (2, 3)
    ]
    return fabbrica.salva(avviso)


def _servizi(ambito_id: int, testi: Sequence[Testi], schede: Sequence[int]) -> None:
    comune, categorie = {"ambito_id": ambito_id}, list(Categoria)
    righe = [
        {
            "slug": _slug(n), "titolo": t.titolo, "categoria": categorie[n % len(categorie)], "stato": StatoServizio.ATTIVO,
            "motivo_stato": "", "descrizione": t.descrizione, "protetto": False, "pubblicato": True,
            "scheda_id": schede[n % len(schede)], "breve_per_chi": t.breve[0], "breve_costo": t.breve[1],
            "breve_portare": t.breve[2], "breve_urgenza": t.breve[3], "a_chi": t.a_chi, "come_fare": t.lunghi[0],
            "cosa_serve": t.lunghi[1], "cosa_ottieni": t.cosa_ottieni, "tempi": t.lunghi[2], "costi": t.lunghi[3],
            "chi_paga": "", "condizioni": t.lunghi[4], "parole": t.parole, "argomenti": "", "fonte": "prova",
            "verificato_il": adesso().date(), "verificato_da": "Ufficio di Piano", "aggiornato_il": adesso(), "versione": 1,
            **comune,
        }
        for n, t in enumerate(testi)
    ]  # fmt: skip
    ids = _in_blocco(Servizio, righe)
    sede = {"ordine": 1, "nome": "Sportello", "indirizzo": "Via di prova 1", "orari": "lunedì 9-12", "accessibilita": "sì"}
    _in_blocco(Sede, [{"servizio_id": i, **sede, **comune} for i in ids])
    contatto = {"tipo": "email", "etichetta": "E-mail", "valore": "sportello@prova.example"}
    _in_blocco(Contatto, [{"servizio_id": i, "ordine": n, **contatto, **comune} for i in ids for n in (1, 2)])
    tradotte = [
        {
            "servizio_id": i, "lingua": "en", "titolo": t.inglese[0], "descrizione": t.inglese[1],
            "breve_per_chi": t.breve[0], "breve_costo": t.breve[1], "breve_portare": t.breve[2],
            "breve_urgenza": t.breve[3], **comune,
        }
        for i, t in zip(ids, testi, strict=True)
    ]  # fmt: skip
    _in_blocco(Traduzione, tradotte)


def _enti(app: Flask, quanti: int) -> tuple[list[int], list[str], str]:
    """Enti on the register, each with its representative logged in: ids, Cookie headers, one CSRF token good for all."""
    ora = adesso()
    enti = _in_blocco(
        Ente,
        [
            {
                "tipo": TipoEnte.ETS, "codice_fiscale": fabbrica.codice_fiscale(10_000 + n),
                "denominazione": f"Ente {n} APS", "forma_giuridica": "associazione", "pec": f"ente{n}@pec.prova.example",
                "comune": "Comune 1", "provincia": "LE", "registrato_il": ora, "versione": 1,
            }
            for n in range(quanti)
        ],
    )  # fmt: skip
    iscritto = {"stato": StatoRunts.ISCRITTO, "sezione": SezioneRunts.APS, "iscritto_il": date(2022, 3, 21), "fonte": ""}
    _in_blocco(RilevazioneRunts, [{"ente_id": e, "repertorio": e, "rilevata_il": ora, **iscritto} for e in enti])
    _in_blocco(AttivitaEnte, [{"ente_id": e, "lettera": lettera} for e in enti for lettera in "aw"])
    persone = [{"email": f"p{e}@prova.example", "nome": f"Persona {e}", "attivo": True, "creato_il": ora} for e in enti]
    utenti = _in_blocco(Utente, persone)
    ruoli = [{"utente_id": u, "ruolo": Ruolo.RAPPRESENTANTE, "ente_id": e} for u, e in zip(utenti, enti, strict=True)]
    _in_blocco(RuoloUtente, ruoli)
    gettoni = [nuovo_gettone() for _ in utenti]
    vita = {"creata_il": ora, "vista_il": ora, "scade_il": ora + DURATA_SESSIONE, "dispositivo": "prova"}
    sessioni = [{"utente_id": u, "gettone": g[1], **vita} for u, g in zip(utenti, gettoni, strict=True)]
    _in_blocco(SessioneUtente, sessioni)
    csrf = generate_csrf()
    return enti, [_cookie(app, g[0]) for g in gettoni], csrf


def _cookie(app: Flask, gettone: str) -> str:
    """The Cookie header of somebody who logged in."""
    firma = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    valori = {"_user_id": gettone, "_fresh": True, "csrf_token": biscotto["csrf_token"]}
    return f"{app.config['SESSION_COOKIE_NAME']}={firma.dumps(valori)}"


def _proposte(avviso: Avviso, enti: Sequence[int], *, presentate: bool) -> list[int]:
    """One proposal an ente, whole but for its attachments: ids."""
    ora, autore = adesso(), sessione.scalars(insert(Utente).returning(Utente.id), [_autore(presentate)]).one()
    comune = {"ambito_id": avviso.ambito_id}
    esito = {
        "stato": StatoProposta.PRESENTATA if presentate else StatoProposta.BOZZA,
        "presentata_il": ora - timedelta(hours=1) if presentate else None,
        "presentata_da": autore if presentate else None,
        "impronta": fabbrica.UNA_IMPRONTA if presentate else None,
    }
    righe = [
        {
            "avviso_id": avviso.id, "ente_id": e, "titolo": f"Proposta {e}", "attiva": 1, "creata_il": ora,
            "creata_da": autore, "versione": 1, **esito, **comune,
        }
        for e in enti
    ]  # fmt: skip
    ids = _in_blocco(Proposta, righe)
    scritta = {"testo": SCRITTO, "modificata_il": ora, "modificata_da": autore, "versione": 1}
    _in_blocco(Sezione, [{"proposta_id": p, "chiave": s.chiave, **scritta, **comune} for p in ids for s in SEZIONI])
    _in_blocco(LottoProposto, [{"proposta_id": p, "lotto_id": avviso.lotti[0].id, **comune} for p in ids])
    voce = {"categoria": CategoriaCosto.PERSONALE, "descrizione": "Operatori", "versione": 1, **comune}
    soldi = {"richiesto": Decimal("20000.00"), "quota_propria": Decimal("2000.00")}
    _in_blocco(Voce, [{"proposta_id": p, "ordine": n, **voce, **soldi} for p in ids for n in (1, 2, 3)])
    return ids


def _autore(presentate: bool) -> dict[str, Any]:
    return {"email": f"autore{presentate:d}@prova.example", "nome": "Chi scrive", "attivo": True, "creato_il": adesso()}


def _allegati(avviso: Avviso, bozze: Sequence[int]) -> None:
    """For drafts submitted without sending a file now: the row of one sent before."""
    fisso = {
        "documento_id": avviso.documenti[0].id, "nome": "progetto.pdf", "tipo": "application/pdf", "dimensione": 1234,
        "sha256": fabbrica.UNA_IMPRONTA, "firme": 0, "caricato_il": adesso(), "ambito_id": avviso.ambito_id,
    }  # fmt: skip
    autore = sessione.scalars(insert(Utente).returning(Utente.id), [{**_autore(False), "email": "file@prova.example"}]).one()
    _in_blocco(Allegato, [{"proposta_id": p, "chiave": f"prova-{p}", "caricato_da": autore, **fisso} for p in bozze])


def _pronte(avviso: Avviso, bozze: Sequence[int], cookie: Sequence[str], csrf: str, con_file: int) -> tuple[Bozza, ...]:
    documento, dichiarazioni = avviso.documenti[0].id, tuple(d.id for d in avviso.dichiarazioni)
    return tuple(
        Bozza(p, documento, dichiarazioni, chi, csrf, con_file=n < con_file)
        for n, (p, chi) in enumerate(zip(bozze, cookie, strict=True))
    )


def presentate(app: Flask, bozze: Sequence[Bozza]) -> Iterator[str]:
    """What is wrong with submissions that all answered well: states, attachments, numbers without gaps."""
    with app.app_context(), tutti_gli_ambiti():
        fatte = sessione.scalar(select(func.count()).where(Proposta.stato == StatoProposta.PRESENTATA)) or 0
        ricevute, ultima = sessione.execute(select(func.count(), func.max(Ricevuta.numero)).select_from(Ricevuta)).one()
        con_file = sessione.scalar(select(func.count()).where(Allegato.dimensione > 1_000_000)) or 0
    sessione.remove()
    attese = RICEVUTE + len(bozze)
    if (fatte, ricevute, ultima or 0) != (attese, len(bozze), len(bozze)):
        yield f"presentate {fatte} su {attese}, ricevute {ricevute}, ultimo numero {ultima}"
    if con_file != sum(b.con_file for b in bozze):
        yield f"file ricevuti {con_file} su {sum(b.con_file for b in bozze)}"
