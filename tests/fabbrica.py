"""Plain builders: one call makes a thing that is right, with the few differences a test cares about.

Rows are written straight through the models, so that a test of one area does not need the operations of another.
Call them inside the ``contesto`` fixture, or inside ``unita()`` with an Ambito chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any, TypeVar

from portal.ambiti.models import Ambito, Comune
from portal.avvisi.models import (
    Avviso,
    Criterio,
    DichiarazioneRichiesta,
    DocumentoRichiesto,
    Lotto,
    Requisito,
    StatoAvviso,
    TipoAvviso,
    TipoRequisito,
)
from portal.clocks import adesso
from portal.db import sessione
from portal.enti.models import AttivitaEnte, Ente, RilevazioneRunts, SezioneRunts, StatoRunts, TipoEnte
from portal.piano.models import Annualita, Ciclo, Fondo, RigaBilancio, Scheda, StatoCiclo
from portal.proposte.models import (
    Allegato,
    CategoriaCosto,
    Dichiarazione,
    Proposta,
    Ricevuta,
    Sezione,
    StatoProposta,
    Voce,
)
from portal.utenti.models import Ruolo, RuoloUtente, Utente

T = TypeVar("T")
_n = count(1)
UNA_IMPRONTA = "a" * 64


def salva(oggetto: T) -> T:
    sessione.add(oggetto)
    sessione.flush()
    return oggetto


def salva_tutti(oggetti: Iterable[T]) -> list[T]:
    """In one go: a flush costs more than the rows it writes."""
    tutti = list(oggetti)
    sessione.add_all(tutti)
    sessione.flush()
    return tutti


def cambia(oggetto: Any, **valori: Any) -> None:
    """Change a row from outside, whatever session it was loaded in."""
    from portal.tenancy import tutti_gli_ambiti

    with tutti_gli_ambiti():
        riga = sessione.get_one(type(oggetto), oggetto.id, populate_existing=True)
        for nome, valore in valori.items():
            setattr(riga, nome, valore)
        sessione.flush()


def ambito(slug: str | None = None, *, comuni: tuple[str, ...] = ("Capofila", "Altro Comune"), **altro: Any) -> Ambito:
    slug = slug or f"ambito-{next(_n)}"
    valori = {"nome": f"Ambito sociale di {slug.title()}", "capofila": comuni[0] if comuni else slug.title(), **altro}
    nuovo = salva(Ambito(slug=slug, **valori))
    if comuni:
        salva_tutti(Comune(ambito_id=nuovo.id, nome=nome, capofila=i == 0) for i, nome in enumerate(comuni))
    return nuovo


def utente(
    ruolo: Ruolo | None = None, *, ambito: Ambito | None = None, ente: Ente | None = None, email: str | None = None
) -> Utente:
    """A person, with one role where one is given (no password: tests log in with ``entra``)."""
    return salva(persona(ruolo, ambito=ambito, ente=ente, email=email))


def persona(
    ruolo: Ruolo | None = None, *, ambito: Ambito | None = None, ente: Ente | None = None, email: str | None = None
) -> Utente:
    """As ``utente``, not saved yet: many go together into ``salva_tutti``."""
    n = next(_n)
    nuovo = Utente(email=email or f"persona{n}@prova.example", nome=f"Persona di prova {n}", attivo=True, creato_il=adesso())
    nuovo.ruoli = []
    if ruolo is not None:
        nuovo.ruoli.append(
            RuoloUtente(ruolo=ruolo, ambito_id=ambito.id if ambito else None, ente_id=ente.id if ente else None)
        )
    return nuovo


def codice_fiscale(n: int) -> str:
    """A valid codice fiscale of a body that nobody has: 99 + number + control digit."""
    from stdnum import luhn

    base = f"99{n:08d}"
    return base + luhn.calc_check_digit(base)


def ente(**altro: Any) -> Ente:
    """A body registered in the RUNTS (``ente_nuovo``), saved."""
    return salva(ente_nuovo(**altro))


def ente_senza_runts(tipo: TipoEnte = TipoEnte.PUBBLICO, **altro: Any) -> Ente:
    """A public body, a union or another organisation: no record in the register, no letters of art. 5. Saved."""
    nuovo = ente_nuovo(tipo=tipo, attivita="", **{"denominazione": f"Ente di prova {next(_n)}", **altro})
    nuovo.rilevazioni = []
    return salva(nuovo)


def ente_nuovo(
    *,
    sezione: SezioneRunts = SezioneRunts.APS,
    stato: StatoRunts = StatoRunts.ISCRITTO,
    iscritto_il: date = date(2022, 3, 21),
    attivita: str = "aw",
    **altro: Any,
) -> Ente:
    n = next(_n)
    valori = {
        "tipo": TipoEnte.ETS,
        "codice_fiscale": codice_fiscale(n),
        "denominazione": f"Associazione di prova {n} APS",
        "forma_giuridica": "associazione",
        "pec": f"ente{n}@pec.prova.example",
        "comune": "Casarano",
        "provincia": "LE",
        "registrato_il": adesso(),
        **altro,
    }
    nuovo = Ente(**valori)
    nuovo.attivita = [AttivitaEnte(lettera=lettera) for lettera in attivita]
    nuovo.rilevazioni = [
        RilevazioneRunts(
            stato=stato,
            sezione=sezione,
            repertorio=50_000 + n,
            iscritto_il=iscritto_il,
            fonte="dichiarata dall’ente",
            rilevata_il=adesso(),
        )
    ]
    return nuovo


def scheda(
    ambito: Ambito, codice: str = "B.7", *, anno: int = 2023, importo: str = "149000.00", fondo: str = "REACT_EU"
) -> tuple[Scheda, RigaBilancio]:
    """A sheet with one budget line, in a cycle made on first use."""
    ciclo = _ciclo(ambito)
    n = next(_n)
    denaro = Fondo(ambito_id=ambito.id, codice=f"{fondo}_{n}", nome=fondo)
    nuova = Scheda(
        ambito_id=ambito.id,
        ciclo_id=ciclo.id,
        schema="PRPS22",
        codice=codice,
        titolo=f"Scheda {codice}",
        macro=codice[0],
        macro_titolo=f"Area {codice[0]}",
        ordine=n,
        totale_dichiarato=Decimal(importo),
    )
    salva_tutti([denaro, nuova])
    annualita = salva(
        Annualita(ambito_id=ambito.id, scheda_id=nuova.id, anno=anno, importo_dichiarato=Decimal(importo), fonte_testo=fondo)
    )
    riga = salva(
        RigaBilancio(
            ambito_id=ambito.id,
            annualita_id=annualita.id,
            fondo_id=denaro.id,
            ordine=1,
            fonte=fondo,
            importo=Decimal(importo),
        )
    )
    return nuova, riga


def _ciclo(ambito: Ambito) -> Ciclo:
    from sqlalchemy import select

    esistente = sessione.scalar(select(Ciclo).where(Ciclo.ambito_id == ambito.id, Ciclo.codice == "2022-2024"))
    return esistente or salva(
        Ciclo(
            ambito_id=ambito.id,
            codice="2022-2024",
            titolo="Piano sociale di zona 2022-2024",
            anno_da=2022,
            anno_a=2024,
            stato=StatoCiclo.ADOTTATO,
            fonte="prova",
        )
    )


def avviso(
    ambito: Ambito,
    *,
    stato: StatoAvviso = StatoAvviso.PUBBLICATO,
    termine: datetime | None = None,
    risorse: str | None = "100000.00",
    pesi: tuple[int, ...] = (60, 40),
    scheda_id: int | None = None,
    **altro: Any,
) -> Avviso:
    """A call that may be published: two criteria, one required document, one declaration, two requirements."""
    n = next(_n)
    bozza = stato == StatoAvviso.BOZZA
    ora = adesso()
    valori: dict[str, Any] = {
        "ambito_id": ambito.id,
        "slug": f"avviso-{n}",
        "anno": None if bozza else ora.year,
        "numero": None if bozza else n,
        "tipo": TipoAvviso.COPROGETTAZIONE,
        "stato": stato,
        "titolo": f"Avviso di prova {n}",
        "sommario": "Cerchiamo enti per progettare insieme un servizio.",
        "oggetto": "Un servizio di prova.",
        "base_giuridica": "Art. 55, comma 3, D.Lgs. 117/2017.",
        "testo": "## Che cosa cerchiamo\n\nUn progetto di prova.",
        "fasi": "Le fasi.",
        "privacy": "I dati.",
        "risorse": Decimal(risorse) if risorse is not None else None,
        "risorse_nota": "",
        "durata": "12 mesi",
        "rup": "Ufficio di Piano",
        "contatti": "Ufficio di Piano",
        "atto": "Determinazione di prova",
        "soglia": 60,
        "termine": termine or ora + timedelta(days=30),
        "chiarimenti_entro": None,
        "creato_il": ora,
        "pubblicato_il": None if bozza else ora - timedelta(days=1),
        "chiuso_il": ora if stato in (StatoAvviso.CHIUSO, StatoAvviso.ESITO_PUBBLICATO) else None,
        "scheda_id": scheda_id,
        **altro,
    }
    nuovo = Avviso(**valori)
    nuovo.lotti = [Lotto(ambito_id=ambito.id, numero=1, titolo="Lotto unico", per_chi="Tutti", esempi="", importo=None)]
    nuovo.criteri = [
        Criterio(ambito_id=ambito.id, ordine=i, titolo=f"Criterio {i}", descrizione="", peso=peso)
        for i, peso in enumerate(pesi, 1)
    ]
    nuovo.documenti = [
        DocumentoRichiesto(ambito_id=ambito.id, ordine=1, titolo="Documento di progetto", descrizione="", obbligatorio=True)
    ]
    nuovo.dichiarazioni = [
        DichiarazioneRichiesta(
            ambito_id=ambito.id, ordine=1, testo="Quello che ho scritto è vero.", norma="artt. 46-47 DPR 445/2000"
        )
    ]
    nuovo.requisiti = [
        Requisito(
            ambito_id=ambito.id, ordine=1, tipo=TipoRequisito.ISCRIZIONE_RUNTS, titolo="Iscrizione al RUNTS",
            testo="", norma="art. 4 D.Lgs. 117/2017", parametro="",
        ),
        Requisito(
            ambito_id=ambito.id, ordine=2, tipo=TipoRequisito.ATTIVITA_STATUTARIA, titolo="Attività adatta",
            testo="", norma="art. 5 D.Lgs. 117/2017", parametro="a,p,r,u,w",
        ),
    ]  # fmt: skip
    return salva(nuovo)


def proposta(avviso: Avviso, ente: Ente, autore: Utente, **altro: Any) -> Proposta:
    """A proposal with all its parts (``proposta_nuova``), saved."""
    return salva(proposta_nuova(avviso, ente, autore, **altro))


def proposta_nuova(
    avviso: Avviso,
    ente: Ente,
    autore: Utente,
    *,
    stato: StatoProposta = StatoProposta.BOZZA,
    richiesto: str = "40000.00",
    presentata_il: datetime | None = None,
    **altro: Any,
) -> Proposta:
    """A proposal with its sections, one cost line, its attachment row, and a receipt when it was submitted."""
    from portal.proposte.rules import SEZIONI

    n = next(_n)
    ora = adesso()
    bozza = stato == StatoProposta.BOZZA
    quando = None if bozza else presentata_il or ora
    nuova = Proposta(
        ambito_id=avviso.ambito_id,
        avviso_id=avviso.id,
        ente_id=ente.id,
        titolo=f"Proposta di prova {n}",
        stato=stato,
        attiva=None if stato == StatoProposta.RITIRATA else 1,
        creata_il=ora,
        creata_da=autore.id,
        presentata_il=quando,
        presentata_da=None if bozza else autore.id,
        impronta=None if bozza else UNA_IMPRONTA,
        **altro,
    )
    comune = {"ambito_id": avviso.ambito_id}
    nuova.sezioni = [
        Sezione(chiave=s.chiave, testo=f"Testo di {s.chiave}. " * 8, modificata_il=ora, modificata_da=autore.id, **comune)
        for s in SEZIONI
    ]
    nuova.voci = [
        Voce(
            ordine=1, categoria=CategoriaCosto.PERSONALE, descrizione="Operatori", richiesto=Decimal(richiesto),
            quota_propria=Decimal("5000.00"), **comune,
        )
    ]  # fmt: skip
    nuova.lotti = []
    nuova.allegati = [
        Allegato(
            documento_id=avviso.documenti[0].id, nome="progetto.pdf", tipo="application/pdf", dimensione=1234,
            sha256=f"{n:064x}", chiave=f"prova-{n}", firma=None, firme=0, caricato_il=ora, caricato_da=autore.id, **comune,
        )
    ]  # fmt: skip
    nuova.dichiarazioni = [
        Dichiarazione(richiesta_id=d.id, testo=d.testo, norma=d.norma, resa_il=quando or ora, resa_da=autore.id, **comune)
        for d in ([] if bozza else avviso.dichiarazioni)
    ]
    if not bozza:
        nuova.ricevuta = Ricevuta(
            anno=ora.year, numero=n, codice=f"PROVA-{n:06d}", emessa_il=quando, impronta=UNA_IMPRONTA, **comune
        )
    return nuova
