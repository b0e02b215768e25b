"""Search: the forms of a word meet, everyday words find official ones, and both databases give the same results."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, NullPool, create_engine, text
from sqlalchemy.orm import Session

from portal import search
from portal.search import (
    MASSIMO,
    RicercaParola,
    RicercaVariante,
    RicercaVoce,
    cerca,
    ddl_indici,
    ddl_togli,
    ignora_in_autogenerate,
    metti,
    normalizza,
    radici,
    togli,
)
from portal.stems import VUOTE, gruppi
from tests.servizi import postgres, salti

TABELLE = [modello.__table__ for modello in (RicercaVoce, RicercaParola, RicercaVariante)]

# the forms of a word, which must all have one root; «|» separates words
FAMIGLIE = """
anziano anziani anziana anziane | disabile disabili disabilità | invalido invalidi invalida invalide invalidità |
minore minori minorenne minorenni | famiglia famiglie | familiare familiari | bambino bambini bambina bambine |
ragazzo ragazzi ragazza ragazze | giovane giovani | adolescente adolescenti adolescenza | figlio figli figlia
figlie | genitore genitori | genitoriale genitoriali genitorialità | madre madri | padre padri | mamma mamme |
nonno nonni nonna nonne | donna donne | uomo uomini | persona persone | cittadino cittadini cittadina cittadine |
straniero stranieri straniera straniere | migrante migranti | immigrato immigrati immigrata immigrate | rifugiato
rifugiati rifugiata rifugiate | richiedente richiedenti | italiano italiani italiana italiane | servizio servizi |
prestazione prestazioni | assistenza assistenze | assistente assistenti | assistito assistiti assistita assistite |
sociale sociali | sanitario sanitari sanitaria sanitarie | sociosanitario sociosanitari sociosanitaria
sociosanitarie | domiciliare domiciliari | domicilio domicili | residenza residenze | residente residenti |
residenziale residenziali | semiresidenziale semiresidenziali | comunale comunali | comune comuni | distretto
distretti | distrettuale distrettuali | zona zone | territorio territori | territoriale territoriali | ambito
ambiti | ufficio uffici | sportello sportelli | operatore operatori operatrice operatrici | educatore educatori
educatrice educatrici | volontario volontari volontaria volontarie | associazione associazioni | cooperativa
cooperative | fondazione fondazioni | ente enti | organizzazione organizzazioni | impresa imprese | progetto
progetti | progettazione progettazioni | programmazione programmazioni | piano piani | scheda schede | avviso
avvisi | bando bandi | domanda domande | istanza istanze | proposta proposte | requisito requisiti | criterio
criteri | punteggio punteggi | graduatoria graduatorie | commissione commissioni | convenzione convenzioni |
contratto contratti | contributo contributi | finanziamento finanziamenti | fondo fondi | bilancio bilanci | spesa
spese | pagamento pagamenti | buono buoni | assegno assegni | sussidio sussidi | pensione pensioni | pensionato
pensionati pensionata pensionate | reddito redditi | retta rette | tariffa tariffe | bolletta bollette | debito
debiti | povero poveri povera povere povertà | casa case | alloggio alloggi | abitazione abitazioni | abitativo
abitativi abitativa abitative | affitto affitti | sfratto sfratti | mutuo mutui | lavoro lavori | lavoratore
lavoratori lavoratrice lavoratrici | disoccupato disoccupati disoccupata disoccupate | tirocinio tirocini |
inserimento inserimenti | inclusione inclusioni | scuola scuole | scolastico scolastici scolastica scolastiche |
studente studenti studentessa studentesse | asilo asili | nido nidi | mensa mense | trasporto trasporti |
accompagnamento accompagnamenti | centro centri | diurno diurni diurna diurne | ricovero ricoveri | struttura
strutture | ospedale ospedali | medico medici medica mediche | infermiere infermieri infermiera infermiere |
psicologo psicologi psicologa psicologhe | psicologico psicologici psicologica psicologiche | pediatra pediatri |
consultorio consultori | ambulatorio ambulatori | visita visite | cura cure | terapia terapie | malattia malattie |
malato malati malata malate | cronico cronici cronica croniche | demenza demenze | dipendenza dipendenze | droga
droghe | gioco giochi | violenza violenze | maltrattamento maltrattamenti | abuso abusi | vittima vittime | tutela
tutele | tutore tutori | amministratore amministratori | amministrazione amministrazioni | affido affidi |
affidatario affidatari affidataria affidatarie | adozione adozioni | separazione separazioni | mediazione
mediazioni | mediatore mediatori mediatrice mediatrici | coniuge coniugi | vedovo vedovi vedova vedove | gravidanza
gravidanze | nascita nascite | neonato neonati neonata neonate | permesso permessi | soggiorno soggiorni |
documento documenti | certificato certificati | carta carte | tessera tessere | autonomo autonomi autonoma autonome
autonomia | autosufficiente autosufficienti | indipendente indipendenti | fragile fragili fragilità | debole deboli
| dimora dimore | dormitorio dormitori | telefono telefoni | telefonico telefonici telefonica telefoniche | orario
orari | giorno giorni | mese mesi | anno anni | sede sedi | luogo luoghi | via vie | responsabile responsabili |
referente referenti | rappresentante rappresentanti | legale legali | avvocato avvocati avvocata avvocate |
gratuito gratuiti gratuita gratuite | pubblico pubblici pubblica pubbliche | privato privati privata private |
tempo tempi | laboratorio laboratori | corso corsi | formazione formazioni | informazione informazioni |
orientamento orientamenti | aiuto aiuti | sostegno sostegni | intervento interventi | emergenza emergenze | urgente
urgenti urgenza | pronto pronta | detenuto detenuti detenuta detenute | carcere carceri | umano umani umana umane |
urbano urbani urbana urbane | sano sani sana sane | tavolo tavoli | riunione riunioni | verbale verbali | seduta
sedute | incontro incontri | rendiconto rendiconti | relazione relazioni | rete reti | organo organi | consiglio
consigli | assemblea assemblee | sindaco sindaci | voto voti | badante badanti | logopedista logopedisti
logopediste | fisioterapista fisioterapisti | autistico autistici autistica autistiche | carrozzina carrozzine |
barriera barriere | ausilio ausili | quartiere quartieri | parere pareri | genere generi | potere poteri | mestiere
mestieri | barbiere barbieri | ingegnere ingegneri | vaccino vaccini | veterano veterani | artigiano artigiani
artigiana artigiane | profugo profughi profuga profughe | nucleo nuclei | congedo congedi | psichiatrico
psichiatrici psichiatrica psichiatriche | mentale mentali | tossicodipendente tossicodipendenti | pasto pasti |
farmaco farmaci | farmacia farmacie | biblioteca biblioteche | oratorio oratori | estivo estivi estiva estive |
vacanza vacanze | parrocchia parrocchie | beneficiario beneficiari beneficiaria beneficiarie | destinatario
destinatari destinataria destinatarie | utente utenti | paziente pazienti | parente parenti | vicino vicini vicina
vicine | amico amici amica amiche
"""

# words that Snowball would join and that mean other things to who searches
DISTINTE = [
    ("casa", "caso"),
    ("comune", "comunità"),
    ("sede", "seduta"),
    ("mare", "marito"),
    ("parto", "parte"),
    ("posto", "posta"),
    ("corso", "corsa"),
    ("minore", "minoranza"),
    ("sport", "sportello"),
    ("mensa", "mese"),
    ("donna", "dono"),
    ("assegno", "segno"),
]

DOCUMENTI = {
    1: ("Assistenza domiciliare", "Un operatore viene a casa e aiuta l’anziano a lavarsi, vestirsi e mangiare.", 1),
    2: ("Centro antiviolenza", "Ascolto, protezione e casa rifugio per le donne che subiscono violenza.", 1),
    3: ("Contributo economico straordinario", "Un aiuto per pagare l’affitto, le bollette, le cure.", 1),
    4: ("Asilo nido comunale", "Iscrizioni, rette e graduatorie per bambine e bambini fino a tre anni.", 1),
    5: ("Sportello per cittadini stranieri", "Permesso di soggiorno, cittadinanza, ricongiungimento.", 1),
    6: ("Trasporto sociale per persone con disabilità", "Accompagnamento a scuola e alle visite mediche.", 2),
    7: ("Tirocinio di inclusione", "Un percorso per tornare al lavoro, con un tutor e un’indennità.", 2),
    8: ("Telefono amico", "Una voce nei momenti difficili, ogni giorno. Città di tutti. Legge 328/2000, art. 22.", 2),
    9: ("Guida per tutti gli Ambiti", "Come si chiede un servizio, chi risponde, in quanto tempo. I.S.E.E.", None),
    10: ("Co-progettazione con il Terzo settore", "Gli enti, i tavoli e le convenzioni: artt. 55-57.", 2),
    11: ("مساعدة", "خدمات اجتماعية للمهاجرين", 1),
    12: ("Emporio solidale", "La spesa gratuita per chi non riesce a comprare da mangiare.", 2),
}


def prepara(motore: Engine) -> None:
    """The tables, the index and the documents, as an area's operations would leave them."""
    with motore.begin() as connessione:
        for tabella in TABELLE:
            tabella.create(connessione)
        for comando in ddl_indici(motore.dialect.name):
            connessione.execute(text(comando))
    with Session(motore) as sessione:
        for numero, (titolo, corpo, ambito) in DOCUMENTI.items():
            metti(sessione, tipo="servizio", oggetto_id=numero, ambito_id=ambito, titolo=titolo, corpo=corpo)
        metti(sessione, tipo="avviso", oggetto_id=1, ambito_id=1, titolo="Avviso per il nido", corpo="Asilo.")
        sessione.commit()


def sqlite(cartella: Path) -> Engine:
    return create_engine(f"sqlite:///{cartella / 'ricerca.db'}", poolclass=NullPool)


def postgresql(nome: str) -> tuple[Engine, postgres.Server]:
    server = postgres.avvia_condiviso()
    if server is None:
        salti.manca("postgres", postgres.perche_manca())
    nome = f"{nome}_{os.getpid()}"
    server.elimina(nome)
    server.crea_da_modello(nome)
    return create_engine(server.url(nome), poolclass=NullPool), server


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def motore(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    if request.param == "sqlite":
        motore, server = sqlite(tmp_path_factory.mktemp("ricerca")), None
    else:
        motore, server = postgresql("ricerca")
    prepara(motore)
    yield motore
    motore.dispose()
    if server:
        server.elimina(str(motore.url.database))


@pytest.fixture
def sessione(motore: Engine) -> Iterator[Session]:
    with Session(motore) as sessione:
        yield sessione
        sessione.rollback()


def trova(sessione: Session, testo: str, **opzioni: Any) -> set[int]:
    opzioni = {"tipo": "servizio", "limite": 50} | opzioni
    return {riga.oggetto_id for riga in cerca(sessione, testo, **opzioni).righe}


@pytest.mark.parametrize("famiglia", [f.strip() for f in " ".join(FAMIGLIE.split()).split("|")])
def test_le_forme_di_una_parola_hanno_una_radice(famiglia: str) -> None:
    forme = famiglia.split()
    trovate = {forma: radici(forma) for forma in forme}
    assert trovate == dict.fromkeys(forme, trovate[forme[0]])
    assert len(trovate[forme[0]]) == 1


@pytest.mark.parametrize(("una", "altra"), DISTINTE)
def test_parole_diverse_restano_diverse(una: str, altra: str) -> None:
    assert radici(una) != radici(altra)


def test_normalizza() -> None:
    assert normalizza("Perché CITTÀ È ﬁne Ⅳ") == "perche citta e fine iv"
    assert normalizza("I.S.E.E. e co-progettazione") == "isee  e coprogettazione"


def test_le_parole_vuote_non_contano() -> None:
    assert radici("Come si fa a chiedere l’assistenza per la mia mamma?") == radici("assistenza mamma")
    assert radici("e di a da in") == []
    assert all(normalizza(parola) == parola for parola in VUOTE)


def test_ogni_radice_e_fatta_di_lettere_e_cifre() -> None:
    testo = "Ελληνικά مساعدة 援助 ß 3e4d 12e5 §104 ²³ Ⅷ ﬀ 🙂 ___ 'x' \"y\" a" + "z" * 500
    assert [r for r in radici(testo) if not (r.isascii() and r.isalnum() and r == r.lower() and len(r) <= 40)] == []
    assert radici("مساعدة") == radici("مساعدة!")
    assert radici("3e4d") == ["n3e4d"]


def test_le_parole_di_tutti_i_giorni_diventano_quelle_degli_uffici() -> None:
    assert gruppi("badante") == [(("badant",), ("assistent", "domiciliar"), ("assistent", "familiar"))]
    (gruppo,) = gruppi("permesso di soggiorno")
    assert gruppo[0] == ("permess", "soggiorn")
    assert ("stranier",) in gruppo
    assert len(gruppi("parola " * 5000)) == 1
    assert len(gruppi(" ".join(f"parola{n}" for n in range(1000)))) == 10


CERCATE = [
    ("assistenza", {1}),
    ("ASSISTENZE DOMICILIARI", {1}),
    ("anziani", {1}),
    ("badante", {1}),
    ("città", {8}),
    ("citta", {8}),
    ("telefoni", {8}),
    ("isee", {9}),
    ("I.S.E.E.", {9}),
    ("coprogettazione", {10}),
    ("co-progettazione", {10}),
    ("328", {8}),
    ("L. 328/2000", {8}),
    ("handicap", {6}),
    ("botte", {2}),
    ("ho paura di mio marito", {2}),
    ("casa rifugio", {2}),
    ("nido", {4}),
    ("bambini", {4}),
    ("permesso di soggiorno", {5}),
    ("extracomunitari", {5}),
    ("disoccupato", {7}),
    ("bollette", {3}),
    ("non arrivo a fine mese", {3}),
    ("fame", {12}),
    ("مساعدة", {11}),
    ("للمهاجرين", {11}),
    # beginnings of the last word
    ("telef", {8}),
    ("assisten", {1}),
    ("centro antiv", {2}),
    ("assistenz", {1}),
    # nothing has all the words: any of them
    ("telefono astronave", {8}),
    ("", set()),
    ("e di a", set()),
    ("xqzzt", set()),
]


@pytest.mark.parametrize(("testo", "attesi"), CERCATE)
def test_si_trova_quello_che_si_cerca(sessione: Session, testo: str, attesi: set[int]) -> None:
    assert trova(sessione, testo) == attesi


@pytest.mark.parametrize(
    ("testo", "corretta", "attesi"),
    [
        ("assitenza", "assistenza", {1}),
        ("handycapp", "handicap", {6}),
        ("badnte", "badante", {1}),
        ("senza cassa", "senza casa", {1, 2}),
        ("Anzziani", "anziani", {1}),
        ("disabbilità", "disabilità", {6}),
        ("disabilta", None, {6}),
        ("accompgnamento", "accompagnamento", {6}),
        ("antivoilenza", "antiviolenza", {2}),
        ("tirocignio", "tirocinio", {7}),
        ("telefno amico", "telefono amico", {8}),
        ("qwertyuiop", None, set()),
    ],
)
def test_gli_errori_si_correggono(sessione: Session, testo: str, corretta: str | None, attesi: set[int]) -> None:
    esito = cerca(sessione, testo, tipo="servizio")
    assert (esito.corretta, {r.oggetto_id for r in esito.righe}) == (corretta, attesi)


def test_chi_trova_non_si_corregge(sessione: Session) -> None:
    assert cerca(sessione, "assistenza", tipo="servizio").corretta is None


@pytest.mark.parametrize(
    "testo",
    [
        '"', "'", "*", "-", "NEAR", "NEAR(a b, 2)", "a OR", "AND NOT", "(", "))((", "titolo_radici:casa", "filtro:x",
        "^casa", "casa*", "-casa", "+casa", "ca'sa", 'ca"sa', "a & | !", "<->", ":*", "casa:*A", "\\", "%", "_", ";--",
        "🙂", "\x00casa", "\ud800", "\u202e", "a" * 10_000, "casa " * 2_000, "'; DROP TABLE ricerca_voce; --", "\n\t\r",
        "{}", "{0}", ":domanda", "%(x)s", "1e309", "٣٤", "½",
    ],
)  # fmt: skip
def test_quello_che_si_scrive_non_e_mai_sintassi(sessione: Session, testo: str) -> None:
    esito = cerca(sessione, testo, tipo="servizio")
    assert esito.totale_almeno == len(esito.righe)
    assert trova(sessione, f"telefono {testo[:50]}") >= {8}


def test_il_titolo_pesa_piu_del_corpo(sessione: Session) -> None:
    for numero, (titolo, corpo) in enumerate(
        [("Altro", "zefiro " + "parola " * 40), ("Zefiro", "parola " * 40), ("Altro", "zefiro " * 2 + "parola " * 39)], 100
    ):
        metti(sessione, tipo="peso", oggetto_id=numero, ambito_id=1, titolo=titolo, corpo=corpo)
    righe = cerca(sessione, "zefiro", tipo="peso").righe
    assert (righe[0].oggetto_id, righe[0].titolo, righe[0].tipo) == (101, "Zefiro", "peso")
    assert [r.rango for r in righe] == sorted((r.rango for r in righe), reverse=True)


def test_tipi_e_ambiti(sessione: Session) -> None:
    assert trova(sessione, "nido", tipo="avviso") == {1}
    entrambi = cerca(sessione, "nido", tipo=("avviso", "servizio")).righe
    assert {(r.tipo, r.oggetto_id) for r in entrambi} == {("avviso", 1), ("servizio", 4)}
    assert trova(sessione, "nido", tipo="avvis") == set()
    assert trova(sessione, "nido", tipo=()) == set()
    comuni = "aiuto tutti percorso servizio"
    assert trova(sessione, comuni) == {1, 3, 7, 8, 9} & trova(sessione, comuni)
    assert trova(sessione, "servizio", ambito_id=1) == set()
    assert trova(sessione, "servizio", ambito_id=(1, None)) == {9}
    assert trova(sessione, "servizio", ambito_id=(None,)) == {9}
    assert trova(sessione, "servizio", ambito_id=()) == set()
    assert trova(sessione, "telefono", ambito_id=(1, 2)) == {8}
    assert trova(sessione, "telefono", ambito_id=2) == {8}
    assert trova(sessione, "telefono", ambito_id=22) == set()
    assert trova(sessione, "telefono", ambito_id=tuple(range(2, 600))) == {8}


def test_pagine_e_conto(sessione: Session) -> None:
    for numero in range(1, 48):
        metti(sessione, tipo="pagina", oggetto_id=numero, ambito_id=1, titolo=f"Pagina {numero}", corpo="gelsomino")
    visti: list[int] = []
    for salta in (0, 20, 40, 60):
        esito = cerca(sessione, "gelsomini", tipo="pagina", limite=20, salta=salta)
        assert esito.totale_almeno == 47
        assert esito.corretta is None
        visti += [r.oggetto_id for r in esito.righe]
    assert len(visti) == 47
    assert set(visti) == set(range(1, 48))
    assert MASSIMO > 10_000


def test_si_aggiorna_e_si_toglie(sessione: Session) -> None:
    metti(sessione, tipo="servizio", oggetto_id=8, ambito_id=2, titolo="Numero verde", corpo="Nuovo testo.")
    assert trova(sessione, "telefono") == set()
    assert trova(sessione, "numero verde") == {8}
    metti(sessione, tipo="servizio", oggetto_id=8, ambito_id=3, titolo="Numero verde", corpo="Nuovo testo.")
    assert trova(sessione, "numero verde", ambito_id=2) == set()
    assert trova(sessione, "numero verde", ambito_id=3) == {8}
    togli(sessione, tipo="servizio", oggetto_id=8)
    togli(sessione, tipo="servizio", oggetto_id=8)
    assert trova(sessione, "numero verde") == set()


def test_l_annullamento_annulla_anche_l_indice(motore: Engine) -> None:
    with Session(motore) as sessione:
        metti(sessione, tipo="servizio", oggetto_id=500, ambito_id=1, titolo="Zibaldone", corpo="")
        assert trova(sessione, "zibaldone") == {500}
        sessione.rollback()
        assert trova(sessione, "zibaldone") == set()


def test_una_parola_lunga_o_un_testo_enorme_si_indicizzano(sessione: Session) -> None:
    corpo = "x" * 3000 + " " + " ".join(f"parola{n}" for n in range(30_000)) + " \0 fine"
    metti(sessione, tipo="grande", oggetto_id=1, ambito_id=1, titolo="Con\0 uno zero", corpo=corpo)
    assert trova(sessione, "parola12", tipo="grande") == {1}
    assert trova(sessione, "x" * 3000, tipo="grande") == {1}


def differenze(connessione: Connection) -> list[Any]:
    contesto = MigrationContext.configure(
        connessione,
        opts={
            "compare_type": True,
            "include_object": lambda o, nome, tipo, _r, _c: (
                not ignora_in_autogenerate(nome or "", tipo) and getattr(o, "table", o).name in {t.name for t in TABELLE}
            ),
        },
    )
    return list(compare_metadata(contesto, search.Base.metadata))


def test_alembic_non_vede_l_indice(motore: Engine) -> None:
    with motore.connect() as connessione:
        assert differenze(connessione) == []


@pytest.mark.parametrize("dialetto", ["sqlite", "postgresql"])
def test_l_indice_si_toglie_e_si_rifa(dialetto: str, tmp_path: Path) -> None:
    motore = sqlite(tmp_path) if dialetto == "sqlite" else postgresql("ricerca_indice")[0]
    prepara(motore)
    with motore.begin() as connessione:
        for comando in ddl_togli(dialetto):
            connessione.execute(text(comando))
    with motore.connect() as connessione:
        assert differenze(connessione) == []
    with motore.begin() as connessione:
        for comando in ddl_indici(dialetto):
            connessione.execute(text(comando))
    with Session(motore) as sessione:
        assert trova(sessione, "badante") == {1}
    motore.dispose()


def prova_tutto(motore: Engine) -> dict[str, tuple[tuple[int, ...], str | None]]:
    """What every query of this module finds on an engine already prepared."""
    chieste = [testo for testo, _attesi in CERCATE] + [corpo for _t, corpo, _a in DOCUMENTI.values()]
    chieste += [parola for _t, corpo, _a in DOCUMENTI.values() for parola in corpo.split()]
    chieste += [parola[:-2] + "x" for _t, corpo, _a in DOCUMENTI.values() for parola in corpo.split()]
    with Session(motore) as sessione:
        esiti = {testo: cerca(sessione, testo, tipo=("servizio", "avviso"), limite=50) for testo in chieste}
    return {testo: (tuple(sorted(r.oggetto_id for r in e.righe)), e.corretta) for testo, e in esiti.items()}


def test_le_due_basi_dati_trovano_le_stesse_cose(tmp_path: Path) -> None:
    uno, (altro, server) = sqlite(tmp_path), postgresql("ricerca_uguale")
    prepara(uno)
    prepara(altro)
    assert prova_tutto(uno) == prova_tutto(altro)
    altro.dispose()
    server.elimina(str(altro.url.database))
